"""P25: any value in any field: never an error of ours, nothing carried out, nothing shown as markup; a refusal says so.

Every form of every page of an act, of every role, is filled in as a willing person would, and then with one field after
another replaced by an odd value. By default each field gets one of the values, so that all values pass by in every
run; IPS_WAARDEN=alle tries all of them in all fields, which takes long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from aanvragen.models import Aanvraag
from aanvragen.regels.volledigheid import Onderdeel
from ips_subsidie.handelingen.kern import mogelijke_handelingen
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, UWV_ROLLEN, Rol
from tests import fabriek
from tests.toegang.test_alle_adressen import ADRESSEN, ROLLEN, als, verwacht
from tests.veiligheid.raar import ALLE, NOOIT_TERUG, WAARDEN, verstuurbaar
from tests.veiligheid.wandelen import Paginaformulier, delen, formulieren, pagina_van

pytestmark = pytest.mark.django_db
PER_VELD = len(WAARDEN) if ALLE else 1
# The day on which the pages are visited: the traject that stopped has then stopped.
LATER = fabriek.NU + timedelta(days=91)
GROEPEN: dict[str, list[Rol]] = {
    "instelling": [*INSTELLINGSROLLEN, Rol.MINISTERIE],
    "gemeente": [*GEMEENTEROLLEN],
    "uwv": [*UWV_ROLLEN, Rol.BEHEERDER],
}
MINSTENS = {"instelling": 20, "gemeente": 10, "uwv": 20}  # pages with a form or without
OVERSLAAN = {"account_logout", "stijlgids", "sessie", "overleg:feed", "overleg:termijnfeed"}


@dataclass(frozen=True)
class Bezoek:
    """A page of this role, and which act it offers."""

    rol: Rol
    adres: str
    naam: str


@pytest.fixture(scope="module")
def geteld() -> Iterator[Counter[str]]:
    """What was tried in this module; printed with `-s`."""
    telling: Counter[str] = Counter()
    yield telling
    print(dict(telling))


@pytest.fixture(autouse=True)
def _zonder_rem(settings: Any) -> None:
    """Here a form is sent more often than anybody may; that is looked at elsewhere."""
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def wereld() -> Iterator[fabriek.Wereld]:
    with klok_op(fabriek.NU):
        wereld = fabriek.maak_wereld(cap_per_gemeente=100)
        fabriek.verlenging_gevraagd(wereld)
        fabriek.stel_alsnog_voor(wereld, fabriek.afgewezen(wereld))
        for maak in fabriek.MAAK.values():
            maak(wereld)
        fabriek.beoordeeld(wereld)
        gestopt = fabriek.gestopt(wereld)
        fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld, route="uwv"))
        fabriek.in_gebreke_gesteld(wereld)
        fabriek.neem_voor_in_te_trekken(wereld, gestopt.aanvraag)
        fabriek.voordracht(wereld)
    with klok_op(LATER):
        yield wereld


def _actor(wereld: fabriek.Wereld, rol: Rol) -> Actor:
    if rol in (Rol.GEMEENTEBESLISSER, Rol.GEMEENTEMEDEWERKER):
        return wereld.lid(wereld.gemeente().organisatie, rol)
    return wereld.met(rol)


def _vaste_paginas(actor: Actor) -> Iterator[Bezoek]:
    """Each page without a number in its address that this role may open."""
    for naam, patroon in ADRESSEN.items():
        open_ = verwacht(naam)
        mag = open_ in ("openbaar", "ingelogd") or actor.rol in open_
        if (
            mag
            and naam not in OVERSLAAN
            and not patroon.pattern.converters
            and "(?P<" not in str(patroon.pattern)
        ):
            yield Bezoek(actor.rol, reverse(naam), naam)


def _dossierpaginas(actor: Actor) -> Iterator[Bezoek]:
    """The page of each act that this role can do on some dossier, and each onderdeel of a concept."""
    for aanvraag in Aanvraag.objects.zichtbaar_voor(actor).order_by("aangemaakt_op", "id"):
        for deel in delen(aanvraag):
            for mogelijk in mogelijke_handelingen(deel, actor, LATER):
                naam = pagina_van(mogelijk.handeling)
                if naam in ADRESSEN:
                    yield Bezoek(actor.rol, reverse(naam, args=[deel.pk]), naam)
        if aanvraag.status == "concept" and actor.is_instelling:
            for onderdeel in Onderdeel:
                adres = reverse("aanvragen:onderdeel", args=[aanvraag.pk, onderdeel])
                yield Bezoek(actor.rol, adres, f"onderdeel {onderdeel}")


def _keuze(teller: int) -> list[str]:
    """The names of the values whose turn it is."""
    namen = list(WAARDEN)
    return [namen[(teller * PER_VELD + k) % len(namen)] for k in range(PER_VELD)]


def _stuur(client: Client, formulier: Paginaformulier, data: dict[str, Any]) -> Any:
    return (
        client.post(formulier.adres, data)
        if formulier.methode == "post"
        else client.get(formulier.adres, data)
    )


def _fouten(antwoord: Any, hoe: str) -> list[str]:
    """What is wrong with this answer, whatever was sent."""
    if antwoord.status_code >= 500:
        return [f"{hoe}: {antwoord.status_code}"]
    if "html" not in antwoord.headers.get("Content-Type", ""):
        return []
    fout = [f"{hoe}: {stuk!r} staat op de pagina" for stuk in NOOIT_TERUG if stuk in antwoord.text]
    kwaad = [
        kop for kop in antwoord.headers if kop.lower() == "set-cookie" and "kwaad" in antwoord.headers[kop]
    ]
    return fout + [f"{hoe}: {kop}" for kop in kwaad]


def _zonder_melding(antwoord: Any) -> bool:
    """Is this a form that was refused, and that doesn't say where or why?"""
    formulier = (antwoord.context or {}).get("form") or (antwoord.context or {}).get("formulier")
    if antwoord.status_code != 200 or formulier is None or not formulier.is_bound or not formulier.errors:
        return False
    return not any(teken in antwoord.text for teken in ("data-foutoverzicht", 'role="alert"'))


def _probeer(
    client: Client, formulier: Paginaformulier, veld: str, waarde: str, hoe: str, geteld: Counter[str]
) -> list[str]:
    """Send it, look at the answer and at where it leads; then undo it, so that the next begins from the same."""
    with transaction.atomic():
        antwoord = _stuur(client, formulier, formulier.met(**{veld: verstuurbaar(waarde)}))
        fouten = _fouten(antwoord, hoe)
        if antwoord.status_code == 302 and not fouten:
            geteld["aangenomen"] += 1
            if antwoord.headers["Location"].startswith(("/", "?")):
                fouten = _fouten(client.get(antwoord.headers["Location"]), f"{hoe}, de pagina daarna")
            else:
                fouten = [f"{hoe}: naar {antwoord.headers['Location']}"]
        elif antwoord.status_code == 200 and _zonder_melding(antwoord):
            fouten.append(f"{hoe}: geweigerd zonder melding")
        transaction.set_rollback(True)
    geteld["geprobeerd"] += 1
    return fouten


@pytest.mark.parametrize("groep", GROEPEN)
def test_p25_elke_waarde_in_elk_veld(wereld: fabriek.Wereld, groep: str, geteld: Counter[str]) -> None:
    """Each page once, in the first role of the group that can open it."""
    fouten: list[str] = []
    gezien: set[str] = set()
    for rol in GROEPEN[groep]:
        actor = _actor(wereld, rol)
        client = als(actor)
        client.raise_request_exception = False
        for bezoek in [*_vaste_paginas(actor), *_dossierpaginas(actor)]:
            if bezoek.naam in gezien:
                continue
            pagina = client.get(bezoek.adres)
            if pagina.status_code != 200 or "html" not in pagina.headers["Content-Type"]:
                continue
            gezien.add(bezoek.naam)
            fouten += _doorloop(client, bezoek, pagina.text, geteld)
    geteld["paginas"] += len(gezien)
    assert len(gezien) >= MINSTENS[groep], sorted(gezien)
    assert fouten == [], "\n".join(fouten[:40])


def _doorloop(client: Client, bezoek: Bezoek, html: str, geteld: Counter[str]) -> list[str]:
    fouten: list[str] = []
    for formulier in formulieren(html, bezoek.adres):
        for veld in formulier.velden:
            geteld["velden"] += 1
            for naam in _keuze(geteld["velden"]):
                hoe = f"{bezoek.naam} als {bezoek.rol}: {veld} = {naam}"
                fouten += _probeer(client, formulier, veld, WAARDEN[naam], hoe, geteld)
    return fouten


def test_p25_er_zijn_genoeg_waarden() -> None:
    assert len(WAARDEN) >= 40


LIJSTEN = [
    "aanvragen:lijst", "aanvragen:werkvoorraad", "aanvragen:termijnen", "budget:grootboek", "berichten",
    "budget:facturen", "overleg:overzicht", "budget:overzicht",
]  # fmt: skip
VRAGEN = ("na", "voor", "op", "zoek", "status", "soort", "regeling", "periode", "gemeente", "van")


def test_p25_elke_waarde_in_een_adres(wereld: fabriek.Wereld) -> None:
    """What an address may ask of a list, and what it may not."""
    fouten = []
    namen = list(WAARDEN)
    for plek, naam in enumerate(LIJSTEN):
        client = als(_actor(wereld, next(rol for rol in ROLLEN if rol in verwacht(naam))))
        client.raise_request_exception = False
        for teller, vraag in enumerate(VRAGEN):
            for waarde in namen if len(namen) == PER_VELD else namen[(plek + teller) % 7 :: 7]:
                antwoord = client.get(reverse(naam), {vraag: verstuurbaar(WAARDEN[waarde])})
                fouten += _fouten(antwoord, f"{naam}?{vraag}={waarde}")
    assert fouten == [], "\n".join(fouten[:40])
