"""P6: the permission tests bite. Each rule of access is broken in turn; n of n must be noticed.

Who notices are the questions that the other tests ask, in a form that takes little time: what each party sees (asked of
the code and of the database), what each gate lets through, and what docs/handelingen.md says of each act.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from aanvragen.management import overzicht
from aanvragen.models import Aanvraag, Gespreksbericht, Voordracht
from aanvragen.models import aanvraag as aanvraag_module
from aanvragen.models.aanvraag import AanvraagQuerySet
from aanvragen.models.gesprek import GespreksberichtQuerySet
from aanvragen.models.toestemming import VoordrachtQuerySet
from gemeenten.models import Gemeente
from ips_subsidie.handelingen.kern import REGISTER
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang import kopregels, middleware, rijrechten, transactie
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import Poort, poort_van
from ips_subsidie.toegang.rijrechten import Blik
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.gesprek.hulp import schrijf
from tests.toegang.test_alle_adressen import ADRESSEN, INGELOGD, OPENBAAR, adres, als, verwacht

DOCUMENT = Path(__file__).parents[2] / "docs/handelingen.md"
Wereld = dict[str, Any]


@pytest.fixture
def wereld(db: None) -> Iterator[Wereld]:
    with klok_op(fabriek.NU):
        een = fabriek.maak_wereld()
        ander = een.bij_andere_instelling()
        eigen, vreemd = fabriek.ingediend(een), fabriek.ingediend(ander, gemeente=fabriek.ARNHEM)
        concept = fabriek.concept(een)
        nodig = {
            "eigen": eigen.pk, "vreemd": vreemd.pk, "concept": concept.pk, "voordracht": fabriek.voordracht(een).pk,
            "notitie": schrijf(eigen, een.behandelaar, tekst="alleen voor ons").pk,
            "bericht": schrijf(eigen, een.behandelaar, "uwv", tekst="aan UWV").pk,
        }  # fmt: skip
        beheerder = een.met(Rol.BEHEERDER)
        beheerder.persoon.is_staff = False
        beheerder.persoon.save()
        yield {"namen": {pk: naam for naam, pk in nodig.items()}, "actoren": _actoren(een, ander)}


def _actoren(een: fabriek.Wereld, ander: fabriek.Wereld) -> dict[str, Actor]:
    return {
        "instelling": een.behandelaar,
        "andere instelling": ander.behandelaar,
        "gemeente": een.van_gemeente(fabriek.NIJMEGEN),
        "andere gemeente": een.van_gemeente(fabriek.ARNHEM),
        "uwv": een.beoordelaar,
        "ministerie": een.met(Rol.MINISTERIE),
        "beheer": een.met(Rol.BEHEERDER),
    }


# What each sees of the rows above: word for word, not worked out by the code that is broken here.
ZIET: dict[str, set[str]] = {
    "instelling": {"eigen", "concept", "voordracht", "notitie", "bericht"},
    "andere instelling": {"vreemd"},
    "gemeente": {"eigen", "voordracht"},
    "andere gemeente": {"vreemd"},
    "uwv": {"eigen", "vreemd", "bericht"},
    "ministerie": set(),
    "beheer": set(),
}
# Of the tables themselves beheer sees the skeleton: that there are dossiers.
ZIET_IN_DATABANK = ZIET | {"beheer": {"eigen", "vreemd", "concept"}}


def _vraag_de_code(wereld: Wereld) -> None:
    for naam, actor in wereld["actoren"].items():
        dossiers = Aanvraag.objects.zichtbaar_voor(actor)
        gezien = {*dossiers.values_list("pk", flat=True)}
        gezien |= {*Voordracht.objects.zichtbaar_voor(actor).values_list("pk", flat=True)}
        gesprek = Gespreksbericht.objects.leesbaar_voor(actor)
        gezien |= {*gesprek.filter(aanvraag__in=dossiers).values_list("pk", flat=True)}
        assert {wereld["namen"][pk] for pk in gezien} == ZIET[naam], naam
        if naam in ("ministerie", "beheer"):  # no act on a dossier names these roles
            continue
        verstuurd = Aanvraag.objects.exclude(status="concept")
        eigen = {wereld["namen"][een.pk] for een in verstuurd if een.hoort_bij(actor)}
        assert eigen == ZIET[naam] & {"eigen", "vreemd"}, naam


def _vraag_de_databank(wereld: Wereld) -> None:
    for naam, actor in wereld["actoren"].items():
        gezien: set[Any] = set()
        with transaction.atomic(), rijrechten.met_blik(Blik.van(actor, fabriek.NU)):
            for model in (Aanvraag, Voordracht, Gespreksbericht):
                gezien |= {*model._base_manager.values_list("pk", flat=True)}
        assert {wereld["namen"][pk] for pk in gezien} == ZIET_IN_DATABANK[naam], naam


def _vraag_de_verzoeken(wereld: Wereld) -> None:
    """A few requests, each with the one answer it may have."""
    actoren = wereld["actoren"]
    eigen, vreemd = (
        next(pk for pk, naam in wereld["namen"].items() if naam == wie) for wie in ("eigen", "vreemd")
    )
    verwachtingen: list[tuple[Actor | None, str, str, int]] = [
        (None, "get", adres("aanvragen:lijst"), 302),
        (None, "get", adres("start"), 302),
        (None, "get", "/beheer/", 302),
        (actoren["beheer"], "get", "/beheer/", 403),  # a beheerder who is no staff
        (actoren["uwv"], "get", "/beheer/", 403),
        (actoren["uwv"], "get", adres("aanvragen:lijst"), 403),
        (actoren["instelling"], "get", adres("aanvragen:werkvoorraad"), 403),
        (actoren["ministerie"], "get", adres("aanvragen:dossier", nummer=eigen), 403),
        (actoren["instelling"], "get", adres("aanvragen:dossier", nummer=eigen), 200),
        (actoren["instelling"], "get", adres("aanvragen:dossier", nummer=vreemd), 404),
        (actoren["andere instelling"], "get", adres("aanvragen:dossier", nummer=eigen), 404),
        (actoren["instelling"], "put", adres("aanvragen:dossier", nummer=eigen), 405),
    ]
    for actor, methode, pad, status in verwachtingen:
        client: Client = als(actor)
        client.raise_request_exception = False
        antwoord = getattr(client, methode)(pad)
        assert antwoord.status_code == status, f"{methode} {pad} als {actor}: {antwoord.status_code}"


def _vraag_de_poorten() -> None:
    for naam, patroon in ADRESSEN.items():
        poort = poort_van(patroon.callback)
        assert poort is not None, naam
        zegt = OPENBAAR if poort.openbaar else INGELOGD if poort.rollen is None else set(poort.rollen)
        assert zegt == verwacht(naam), naam


Mutatie = Callable[[pytest.MonkeyPatch], None]


def _zet(doel: Any, naam: str, waarde: Any) -> Mutatie:
    return lambda mp: mp.setattr(doel, naam, waarde)


def _alles(rijen: Any, actor: Any) -> Any:
    return rijen.all()


_ECHT = AanvraagQuerySet.zichtbaar_voor
_BLIK = Blik.van.__func__  # type: ignore[attr-defined]


def _zonder(partij: str) -> Callable[[Any, Any], Any]:
    """The rule of visibility without the condition for one party."""

    def zichtbaar_voor(rijen: Any, actor: Any) -> Any:
        return rijen.all() if rijrechten.partij_van(actor) == partij else _ECHT(rijen, actor)

    return zichtbaar_voor


def _blik(**over: Any) -> classmethod:  # type: ignore[type-arg]
    return classmethod(lambda cls, actor, nu: dataclasses.replace(_BLIK(cls, actor, nu), **over))


CODE: dict[str, Mutatie] = {
    **{
        f"zichtbaar_voor zonder voorwaarde voor {partij}": _zet(AanvraagQuerySet, "zichtbaar_voor", _zonder(partij))
        for partij in ("instelling", "gemeente", "uwv", "ministerie", "beheer")
    },
    "elk dossier hoort bij iedereen": _zet(Aanvraag, "hoort_bij", lambda een, actor: True),
    "geen dossier hoort bij iemand": _zet(Aanvraag, "hoort_bij", lambda een, actor: False),
    "zichtbaar_voor weg": _zet(AanvraagQuerySet, "zichtbaar_voor", _alles),
    "zichtbaar_voor dicht": _zet(AanvraagQuerySet, "zichtbaar_voor", lambda rijen, actor: rijen.none()),
    "voordrachten van iedereen": _zet(VoordrachtQuerySet, "zichtbaar_voor", _alles),
    "gesprek van iedereen": _zet(GespreksberichtQuerySet, "leesbaar_voor", _alles),
    "alle gemeenten": _zet(aanvraag_module, "gemeenten_voor", lambda actor: Gemeente.objects.all()),
}  # fmt: skip
DATABANK: dict[str, Mutatie] = {
    "iedereen is het systeem": _zet(Blik, "van", _blik(partij="systeem")),
    "iedereen is UWV": _zet(Blik, "van", _blik(partij="uwv")),
    "iedereen is beheer": _zet(Blik, "van", _blik(partij="beheer")),
    "iedereen is instelling": _zet(Blik, "van", _blik(partij="instelling")),
    "niemand heeft een organisatie": _zet(Blik, "van", _blik(organisatie_id=None)),
    "geen gemeenten": _zet(Blik, "van", _blik(gemeenten=None)),
    "elke gemeente handelt voor elke": lambda mp: mp.setattr(
        Blik,
        "van",
        classmethod(
            lambda cls, a, nu: dataclasses.replace(_BLIK(cls, a, nu), gemeenten=Gemeente.objects.all())
        ),
    ),
    "de databank hoort niets": _zet(rijrechten, "met_blik", lambda blik, **over: nullcontext()),
}
VERZOEKEN: dict[str, Mutatie] = {
    "elke poort openbaar": _zet(middleware, "poort_van", lambda view: Poort(openbaar=True)),
    "elke poort alleen ingelogd": _zet(middleware, "poort_van", lambda view: Poort()),
    "geen poort voor het beheer": _zet(middleware.PoortMiddleware, "_beheer", lambda zelf, request: None),
    "elke methode": _zet(kopregels, "METHODEN", ("GET", "HEAD", "POST", "PUT")),
    "code vergeet het filter en de databank ook": lambda mp: (
        mp.setattr(AanvraagQuerySet, "zichtbaar_voor", _alles),
        mp.setattr(transactie, "met_blik", lambda blik, **over: nullcontext()),
    )[0],
}


def _merkt(vraag: Callable[[], None], mutatie: Mutatie) -> bool:
    """Whether this question fails while the rule is broken; any answer but the right one counts, an error too."""
    with pytest.MonkeyPatch.context() as mp:
        mutatie(mp)
        try:
            with transaction.atomic():
                vraag()
        except Exception:
            return True
    return False


def test_P6_elke_gebroken_regel_wordt_gemerkt(wereld: Wereld) -> None:
    vragen: list[tuple[Callable[[Wereld], None], dict[str, Mutatie]]] = [
        (_vraag_de_code, CODE), (_vraag_de_databank, DATABANK), (_vraag_de_verzoeken, VERZOEKEN),
    ]  # fmt: skip
    gemerkt, alle = 0, 0
    for vraag, mutaties in vragen:
        vraag(wereld)  # nothing broken: nothing noticed
        for naam, mutatie in mutaties.items():
            alle += 1
            assert _merkt(lambda vraag=vraag: vraag(wereld), mutatie), f"niet gemerkt: {naam}"
            gemerkt += 1
    assert gemerkt == alle >= 25


def test_P6_een_vergeten_filter_toont_niets_zolang_de_databank_het_weet(wereld: Wereld) -> None:
    """One line broken, the other holds: the code shows all, and the page of another's dossier still isn't there."""
    actoren = wereld["actoren"]
    vreemd = next(pk for pk, naam in wereld["namen"].items() if naam == "vreemd")
    with pytest.MonkeyPatch.context() as mp:
        mp.setattr(AanvraagQuerySet, "zichtbaar_voor", _alles)
        antwoord = als(actoren["instelling"]).get(adres("aanvragen:dossier", nummer=vreemd))
    assert antwoord.status_code == 404


def test_P6_elke_poort_die_opengaat_wordt_gemerkt() -> None:
    _vraag_de_poorten()
    gemerkt = 0
    for naam, patroon in ADRESSEN.items():
        if verwacht(naam) == OPENBAAR:
            continue
        for anders in (Poort(openbaar=True), Poort(rollen=frozenset(Rol))):
            with pytest.MonkeyPatch.context() as mp:
                mp.setattr(patroon.callback, "poort", anders)
                with pytest.raises(AssertionError):
                    _vraag_de_poorten()
            gemerkt += 1
    assert gemerkt > 150


def _document() -> str:
    return overzicht.overzicht()


def test_P6_elke_handeling_die_ruimer_wordt_wordt_gemerkt() -> None:
    """Who may, from which status and on what conditions: the document that a test holds to the code says it."""
    zoals_het_is = DOCUMENT.read_text(encoding="utf-8").rstrip("\n")
    assert _document().rstrip("\n") == zoals_het_is, "draai manage.py handelingen_doc --schrijf"
    gemerkt = 0
    for code, handeling in list(REGISTER.items()):
        ruimer: list[dict[str, Any]] = [{"door": tuple(Rol)}]
        ruimer += [{"van": ()}] if handeling.van else []
        ruimer += [{"relatie": None}] if handeling.relatie else []
        ruimer += [{"voorwaarden": ()}] if handeling.voorwaarden else []
        for over in ruimer:
            with pytest.MonkeyPatch.context() as mp:
                mp.setitem(REGISTER, code, dataclasses.replace(handeling, **over))
                assert _document().rstrip("\n") != zoals_het_is, f"niet gemerkt: {code} {list(over)}"
            gemerkt += 1
    assert gemerkt > 140
