"""P35: each page or download that shows a client leaves exactly one line about that client; each refusal too."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from aanvragen.models import Aanvraag, BesluitSoort, Deelnemer, Voordracht
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.poort import poort_van
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, UWV_ROLLEN, Rol
from tests import fabriek
from tests.gesprek.hulp import vraag
from tests.opslag.conftest import maak_png
from tests.web.bezoek import als

pytestmark = pytest.mark.django_db
ROLLEN = [rol for rol in Rol if rol is not Rol.SYSTEEM]
# By the first part of the path: which object its number is of.
_PER_PAD = (
    "traject", "verlenging", "voordrachten", "brieven", "bijlagen", "gesprek", "bezwaar", "stopbericht", "vaststelling",
    "ingebrekestelling", "voornemen",
)  # fmt: skip
_MET_DOSSIER = "aanvraag"


def _adressen(resolver: URLResolver, ruimte: str = "") -> Iterator[tuple[str, URLPattern]]:
    for patroon in resolver.url_patterns:
        if isinstance(patroon, URLResolver):
            if patroon.app_name != "admin":
                yield from _adressen(
                    patroon, f"{ruimte}{patroon.namespace}:" if patroon.namespace else ruimte
                )
        else:
            yield f"{ruimte}{patroon.name}", patroon


ADRESSEN = dict(_adressen(get_resolver()))


@pytest.fixture
def wereld() -> Iterator[fabriek.Wereld]:
    with klok_op(fabriek.NU):
        yield fabriek.maak_wereld()


def maak_clienten(wereld: fabriek.Wereld) -> dict[str, uuid.UUID]:
    """A dossier in every phase, each with a name that nobody else has; the numbers by what begins their path."""
    namen = (f"Zwaluwstaart{letter}" for letter in "abcdefghijklmnop")
    verlenging = fabriek.verlenging_gevraagd(wereld, achternaam=next(namen))
    aanvraag = verlenging.traject.aanvraag
    gestopt = fabriek.gestopt(wereld, achternaam=next(namen))
    for maak in (fabriek.compleet, fabriek.wacht_op_toestemming, fabriek.ingediend, fabriek.onvolledig):
        maak(wereld, achternaam=next(namen))
    fabriek.ingediend(wereld, route="uwv", achternaam=next(namen))
    bestand = Bestand.objects.bewaar_inhoud(maak_png(), "akkoord.png")
    bijlage = aanvraag.bijlagen.create(
        soort="overig", bestand=bestand, toegevoegd_op=fabriek.NU, toegevoegd_door=wereld.behandelaar.persoon
    )
    return {
        _MET_DOSSIER: aanvraag.pk,
        "traject": verlenging.traject.pk,
        "verlenging": verlenging.pk,
        "stopbericht": gestopt.stopberichten.get().pk,
        "vaststelling": gestopt.vaststelling.pk,
        "bezwaar": fabriek.maak_bezwaar(wereld, aanvraag).pk,
        "ingebrekestelling": fabriek.in_gebreke_gesteld(wereld).pk,
        "voornemen": fabriek.neem_voor_in_te_trekken(wereld, gestopt.aanvraag).pk,
        "voordrachten": fabriek.voordracht(wereld).pk,
        "brieven": aanvraag.brieven.get(besluit__isnull=False).pk,
        "bijlagen": bijlage.pk,
        "gesprek": vraag(aanvraag, wereld.behandelaar, "gemeente").pk,
    }


def adres(naam: str, nummers: dict[str, uuid.UUID], clienten: dict[str, Any]) -> str | None:
    """The address with the number of an object of these; None where it takes something else than such a number."""
    patroon = ADRESSEN[naam]
    pad = str(patroon.pattern)
    waarden: dict[str, Any] = {}
    for sleutel in patroon.pattern.converters:
        if sleutel == "nummer" and naam.startswith("aanvragen:"):
            waarden[sleutel] = nummers[next((s for s in _PER_PAD if pad.startswith(f"{s}/")), _MET_DOSSIER)]
        elif sleutel == "onderdeel":
            waarden[sleutel] = "deelnemer"
        elif sleutel == "soort":
            waarden[sleutel] = BesluitSoort.VERLENING
        else:
            return None
    return None if "(?P<" in pad else reverse(naam, kwargs=waarden)


def _namen() -> dict[str, uuid.UUID]:
    """The client by a name that only this one has."""
    namen = {d.achternaam: d.pk for d in Deelnemer.objects.all()}
    return namen | {v.achternaam: v.pk for v in Voordracht.objects.all()}


def _herkenbaar(namen: dict[str, uuid.UUID]) -> dict[str, uuid.UUID]:
    """Those whose name stands on no page for another reason."""
    return {naam: nummer for naam, nummer in namen.items() if naam != "Voorbeeld"}


def _tekst(antwoord: Any) -> str:
    soort = antwoord.headers.get("Content-Type", "")
    if antwoord.streaming or not soort.startswith(("text/", "application/json")):
        return ""
    return HttpResponse(antwoord.content).content.decode()


def _gezien_en_geschreven(
    client: Any, url: str, namen: dict[str, uuid.UUID]
) -> tuple[int, set[Any], Counter[Any]]:
    """The status, the clients whose name is in the answer, and of whom a line was written."""
    voor = Regel.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    antwoord = client.get(url)
    tekst = _tekst(antwoord)
    gezien = {nummer for naam, nummer in _herkenbaar(namen).items() if naam in tekst}
    nieuw = Regel.objects.filter(pk__gt=voor, soort=Soort.LEZING, dossier_id__isnull=False)
    nieuw |= Regel.objects.filter(pk__gt=voor, soort=Soort.LEZING, client_id__isnull=False)
    return antwoord.status_code, gezien, Counter(nieuw.values_list("client_id", flat=True))


def _fouten_van(
    actor: Actor, nummers: dict[str, uuid.UUID], namen: dict[str, uuid.UUID]
) -> tuple[list[str], int]:
    """What this person sees without a line, or has a line of without seeing it; and how many clients were seen."""
    mis, getoond = [], 0
    client, herkenbaar = als(actor), set(_herkenbaar(namen).values())
    for naam, patroon in ADRESSEN.items():
        poort = poort_van(patroon.callback)
        url = adres(naam, nummers, namen)
        mag = poort is not None and (poort.rollen is None or actor.rol in poort.rollen)
        if not mag or url is None or naam == "account_logout":
            continue
        status, gezien, geschreven = _gezien_en_geschreven(client, url, namen)
        over_dossier = status == 200 and "nummer" in patroon.pattern.converters
        wat = {
            "meer dan een regel over een cliënt": bool(set(geschreven.values()) - {1}),
            f"{len(gezien - set(geschreven))} cliënten te zien zonder regel": bool(gezien - set(geschreven)),
            "een dossier zonder regel": over_dossier and not geschreven,
            f"een regel over wie niet te zien is ({status})": bool((set(geschreven) & herkenbaar) - gezien)
            and not over_dossier,
        }
        mis += [f"{naam} als {actor.rol}: {fout}" for fout, waar in wat.items() if waar]
        getoond += len(gezien)
    return mis, getoond


def test_elke_pagina_met_een_client_laat_precies_een_regel_na(wereld: fabriek.Wereld) -> None:
    """P35: over every address, for somebody of each role who may see these clients."""
    nummers, namen = maak_clienten(wereld), _namen()
    mis, getoond = [], {}
    for rol in ROLLEN:
        fouten, getoond[rol] = _fouten_van(wereld.met(rol), nummers, namen)
        mis += fouten
    assert "\n".join(mis) == ""
    ziet_clienten = {rol for rol, aantal in getoond.items() if aantal}
    assert ziet_clienten == {*INSTELLINGSROLLEN, *GEMEENTEROLLEN, *UWV_ROLLEN}


@pytest.mark.parametrize("methode", ["get", "post"])
def test_elke_weigering_laat_precies_een_regel_na(wereld: fabriek.Wereld, methode: str) -> None:
    """P35: whoever asks for a dossier of another gets no answer, and that was asked stands in the logboek."""
    nummers = maak_clienten(wereld)
    anders = wereld.bij_andere_instelling()
    arnhem = wereld.gemeente(fabriek.ARNHEM).organisatie
    mis, gevraagd = [], 0
    vreemden: list[Actor] = [anders.behandelaar, wereld.lid(arnhem, Rol.GEMEENTEBESLISSER)]
    for actor in vreemden:
        client = als(actor)
        for naam, patroon in ADRESSEN.items():
            poort = poort_van(patroon.callback)
            if not naam.startswith("aanvragen:") or "nummer" not in patroon.pattern.converters:
                continue
            url = adres(naam, nummers, {})
            if url is None or poort is None or poort.rollen is None or actor.rol not in poort.rollen:
                continue
            voor = Regel.objects.count()
            antwoord = getattr(client, methode)(url)
            if antwoord.status_code == 405:
                continue
            gevraagd += 1
            regels = list(Regel.objects.order_by("-pk")[: Regel.objects.count() - voor])
            if antwoord.status_code != 404 or [r.soort for r in regels] != [Soort.WEIGERING]:
                mis.append(
                    f"{naam} als {actor.rol}: {antwoord.status_code}, {[str(r.soort) for r in regels]}"
                )
    assert "\n".join(mis) == ""
    assert gevraagd > 40


def test_een_regel_zegt_alles_wat_nen_7513_vraagt(wereld: fabriek.Wereld) -> None:
    """P35: event, time, client, who, namens wie, role, object, result, where from; one trace a request."""
    aanvraag = fabriek.ingediend(wereld)
    als(wereld.behandelaar).get(
        reverse("aanvragen:dossier", args=[aanvraag.pk]),
        headers={
            "user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
        },
        REMOTE_ADDR="192.0.2.7",
    )
    regel = Regel.objects.filter(soort=Soort.LEZING).latest("pk")
    assert (regel.handeling, regel.op, regel.begonnen_op) == ("dossier.bekijken", fabriek.NU, fabriek.NU)
    assert (regel.gebruiker_id, regel.organisatie_id, regel.rol) == (
        wereld.behandelaar.gebruiker_id, wereld.behandelaar.organisatie_id, Rol.BEHANDELAAR,
    )  # fmt: skip
    assert (regel.dossier_id, regel.client_id, regel.kenmerk) == (
        aanvraag.pk, aanvraag.deelnemer.pk, aanvraag.kenmerk,
    )  # fmt: skip
    assert (regel.adres, regel.toestel, regel.verwerking) == (
        "192.0.2.7",
        "Firefox op Windows",
        "ips-aanvraag",
    )
    assert (len(regel.spoor), len(regel.deel)) == (32, 16)


def test_een_formulier_dat_oud_is_toont_het_dossier_en_laat_een_regel_na(wereld: fabriek.Wereld) -> None:
    """P35: a stale form answers with 409, and shows the client all the same."""
    aanvraag = fabriek.in_behandeling(wereld, route="uwv")
    Aanvraag.objects.filter(pk=aanvraag.pk).update(versie=aanvraag.versie + 1)
    url = reverse("aanvragen:aanvraag_loslaten", args=[aanvraag.pk])
    voor = Regel.objects.filter(soort=Soort.LEZING).count()
    antwoord = als(wereld.beoordelaar).post(url, {"versie": aanvraag.versie, "sleutel": str(uuid.uuid4())})
    assert antwoord.status_code == 409
    assert Regel.objects.filter(soort=Soort.LEZING).count() == voor + 1
