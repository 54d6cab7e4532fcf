"""Every address as everyone. A new view without a row here is red; so is a row that the view no longer says.

Three walks: the table against what the views say of themselves; every address as anonymous and in each role; every
address of a dossier as somebody from another organisatie.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from aanvragen.models import Aanvraag, BesluitSoort
from ips_subsidie.handelingen.kern import REGISTER
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.middleware import SESSIESLEUTEL
from ips_subsidie.toegang.poort import poort_van
from ips_subsidie.toegang.rollen import (
    BESLISSERS,
    GEMEENTEROLLEN,
    INSTELLINGSROLLEN,
    UWV_ROLLEN,
    VOORBEREIDERS,
    Rol,
)
from tests import fabriek
from tests.gesprek.hulp import vraag
from tests.opslag.conftest import maak_png

pytestmark = pytest.mark.django_db

OPENBAAR, INGELOGD = "openbaar", "ingelogd"
INSTELLING, GEMEENTE, UWV = set(INSTELLINGSROLLEN), set(GEMEENTEROLLEN), set(UWV_ROLLEN)
ROLLEN = [rol for rol in Rol if rol is not Rol.SYSTEEM]

# Who may open what. Pages that offer an act are not here: they follow from the registry of acts.
WIE: dict[str, Any] = {
    "start": INGELOGD,
    "gezond": OPENBAAR,
    "gereed": OPENBAAR,
    "health": OPENBAAR,
    "rol_kiezen": INGELOGD,
    "sessie": OPENBAAR,
    "sessie_verder": INGELOGD,
    "sessie_terug": INGELOGD,
    "sessies": INGELOGD,
    "account_login": OPENBAAR,
    "oidc_kiezen": OPENBAAR,
    "oidc_terug": OPENBAAR,
    "oidc_bevestigen": INGELOGD,
    "account_logout": OPENBAAR,
    "account_change_password": INGELOGD,
    "mfa_authenticate": OPENBAAR,
    "beveiliging": INGELOGD,
    "tweede_factor": INGELOGD,
    "app_instellen": INGELOGD,
    "passkey_toevoegen": INGELOGD,
    "factor_verwijderen": INGELOGD,
    "herstelcodes": INGELOGD,
    "herstelcodes_bestand": INGELOGD,
    "herstelcodes_bewaard": INGELOGD,
    "bevestigen": INGELOGD,
    "account_reset_password": OPENBAAR,
    "account_reset_password_done": OPENBAAR,
    "account_reset_password_from_key": OPENBAAR,
    "account_reset_password_from_key_done": OPENBAAR,
    "uitnodiging": OPENBAAR,
    "collegas": {Rol.INSTELLINGSBEHEERDER, Rol.GEMEENTEBESLISSER, Rol.UWV_BESLISSER, Rol.MINISTERIE},
    "collega_functie": {Rol.GEMEENTEBESLISSER},
    "collega_herstellen": {
        Rol.INSTELLINGSBEHEERDER,
        Rol.GEMEENTEBESLISSER,
        Rol.UWV_BESLISSER,
        Rol.MINISTERIE,
    },
    "collega_beeindigen": {
        Rol.INSTELLINGSBEHEERDER,
        Rol.GEMEENTEBESLISSER,
        Rol.UWV_BESLISSER,
        Rol.MINISTERIE,
    },
    "berichten": set(ROLLEN),
    "bericht": set(ROLLEN),
    "berichtvoorkeuren": set(ROLLEN),
    "toegankelijkheid": OPENBAAR,
    "privacy": OPENBAAR,
    "kwetsbaarheid": OPENBAAR,
    "security_txt": OPENBAAR,
    "robots_txt": OPENBAAR,
    "favicon": OPENBAAR,
    "stijlgids": OPENBAAR,
    "budget:openbaar": OPENBAAR,
    "budget:overzicht": UWV | {Rol.MINISTERIE},
    "budget:grootboek": UWV,
    "budget:loting": UWV,
    "budget:wijzigingen": UWV | {Rol.MINISTERIE},
    "budget:facturen": INSTELLING | GEMEENTE | {Rol.UWV_FINANCIEN},
    "budget:factuur": INSTELLING | GEMEENTE | {Rol.UWV_FINANCIEN},
    "budget:factuur_bestand": INSTELLING | GEMEENTE | {Rol.UWV_FINANCIEN},
    "budget:te_factureren": INSTELLING,
    "budget:inkooporders": {Rol.UWV_FINANCIEN},
    "budget:betaalbatches": {Rol.UWV_FINANCIEN},
    "budget:betaalbatch": {Rol.UWV_FINANCIEN},
    "budget:betaalbatch_bestand": {Rol.UWV_FINANCIEN},
    "budget:terugvorderingen": INSTELLING | GEMEENTE | {Rol.UWV_FINANCIEN},
    "budget:rekening": INSTELLING,
    "budget:rekeningen": {Rol.UWV_FINANCIEN},
    "aanvragen:lijst": INSTELLING,
    "aanvragen:nieuw": INSTELLING,
    "aanvragen:invullen": INSTELLING,
    "aanvragen:onderdeel": INSTELLING,
    "aanvragen:ondertekenen_scherm": INSTELLING,
    "aanvragen:verstuurd": INSTELLING,
    "aanvragen:dossier": INSTELLING | GEMEENTE | UWV,
    "aanvragen:logboek": {Rol.INSTELLINGSBEHEERDER, Rol.GEMEENTEBESLISSER, Rol.UWV_BESLISSER},
    "aanvragen:gesprek": INSTELLING | GEMEENTE | UWV,
    "aanvragen:gesprek_bestand": INSTELLING | GEMEENTE | UWV,
    "aanvragen:handtekening": INSTELLING | GEMEENTE | UWV,
    "aanvragen:inzage": {Rol.INSTELLINGSBEHEERDER, Rol.UWV_BESLISSER, Rol.GEMEENTEBESLISSER},
    "aanvragen:inzage_bestand": {Rol.INSTELLINGSBEHEERDER, Rol.UWV_BESLISSER, Rol.GEMEENTEBESLISSER},
    "aanvragen:ontvangst": INSTELLING | GEMEENTE | UWV,
    "aanvragen:brief": INSTELLING | GEMEENTE | UWV,
    "aanvragen:bijlage": INSTELLING | GEMEENTE | UWV,
    "aanvragen:toestemmingen": GEMEENTE,
    "aanvragen:voordrachten": GEMEENTE | INSTELLING,
    "aanvragen:voordracht": GEMEENTE | INSTELLING,
    "aanvragen:werkvoorraad": UWV | GEMEENTE,
    "aanvragen:werkvoorraad_csv": UWV | GEMEENTE,
    "aanvragen:termijnen": INSTELLING | GEMEENTE | UWV,
    "aanvragen:termijnen_csv": INSTELLING | GEMEENTE | UWV,
    "aanvragen:verlengingen": UWV | GEMEENTE,
    "aanvragen:einde": GEMEENTE | UWV,
    "aanvragen:trajecten": INSTELLING,
    "aanvragen:traject": INSTELLING,
    "aanvragen:bezwaren": {*VOORBEREIDERS, *BESLISSERS},
    "aanvragen:bezwaar": INSTELLING | GEMEENTE | UWV,
    "aanvragen:bezwaar_bestand": INSTELLING | GEMEENTE | UWV,
    "aanvragen:bezwaar_voorbeeld": set(BESLISSERS),
    "aanvragen:te_laat": GEMEENTE | UWV,
    "aanvragen:ingebrekestelling_bestand": INSTELLING | GEMEENTE | UWV,
    "aanvragen:dwangsom_voorbeeld": set(BESLISSERS),
    "aanvragen:vaststelling_voorbeeld": {Rol.UWV_BESLISSER, Rol.GEMEENTEBESLISSER},
    "aanvragen:besluit_voorbeeld": {Rol.UWV_BESLISSER, Rol.GEMEENTEBESLISSER},
    "aanvragen:budgetvragen": UWV,
    "mandaat:overzicht": GEMEENTE,
    "mandaat:model": GEMEENTE,
    "mandaat:tekst": GEMEENTE,
    "toezicht:overzicht": {Rol.TOEZICHTHOUDER},
    "toezicht:signaal": {Rol.TOEZICHTHOUDER},
    "toezicht:logboek": {Rol.TOEZICHTHOUDER},
    "overleg:overzicht": GEMEENTE | INSTELLING,
    "overleg:werkvoorraad": GEMEENTE,
    "overleg:reeks": GEMEENTE | INSTELLING,
    "overleg:bijeenkomst": GEMEENTE | INSTELLING,
    "overleg:agendalink": GEMEENTE | INSTELLING | UWV,
    "overleg:feed": OPENBAAR,
    "overleg:termijnfeed": OPENBAAR,
    "overleg:contactpersonen": GEMEENTE | {Rol.INSTELLINGSBEHEERDER},
}


def _adressen(resolver: URLResolver, ruimte: str = "") -> Iterator[tuple[str, URLPattern]]:
    for patroon in resolver.url_patterns:
        if isinstance(patroon, URLResolver):
            if patroon.app_name != "admin":  # the admin has its own gate, tested in test_beheer
                naam = f"{ruimte}{patroon.namespace}:" if patroon.namespace else ruimte
                yield from _adressen(patroon, naam)
        else:
            yield f"{ruimte}{patroon.name}", patroon


ADRESSEN = dict(_adressen(get_resolver()))
# An act is offered by a page of the app that it belongs to.
HANDELINGEN = {f"{h.doe.__module__.partition('.')[0]}:{h.naam}": set(h.door) for h in REGISTER.values()}


def verwacht(naam: str) -> Any:
    return WIE.get(naam, HANDELINGEN.get(naam))


@pytest.mark.parametrize("naam", ADRESSEN)
def test_elk_adres_zegt_voor_wie_het_is(naam: str) -> None:
    poort = poort_van(ADRESSEN[naam].callback)
    assert poort is not None, f"{naam} zegt niet voor wie het is"
    assert verwacht(naam) is not None, f"zet {naam} in de tabel van wie wat mag"
    zegt = OPENBAAR if poort.openbaar else INGELOGD if poort.rollen is None else set(poort.rollen)
    assert zegt == verwacht(naam)


def test_elke_regel_van_de_tabel_is_een_adres() -> None:
    assert set(WIE) - set(ADRESSEN) == set()


@pytest.fixture
def wereld() -> Iterator[fabriek.Wereld]:
    with klok_op(fabriek.NU):
        yield fabriek.maak_wereld()


def als(actor: Actor | None) -> Client:
    client = Client(raise_request_exception=True)
    if actor is not None:
        client.force_login(actor.persoon)
        sessie = client.session
        sessie[SESSIESLEUTEL] = actor.lidmaatschap_id
        sessie.save()
    return client


_VOORBEELD = {"onderdeel": "deelnemer", "sleutel": "x", "soort": BesluitSoort.VERLENING}


def adres(naam: str, **waarden: Any) -> str:
    """The path of this name with made-up numbers where it needs them, or those given."""
    argumenten = {}
    for sleutel, omzetter in ADRESSEN[naam].pattern.converters.items():
        getal = type(omzetter).__name__ == "IntConverter"
        argumenten[sleutel] = waarden.get(sleutel, 0 if getal else _VOORBEELD.get(sleutel, uuid.UUID(int=0)))
    if not argumenten and "(?P<" in str(ADRESSEN[naam].pattern):
        argumenten = {"uidb36": "1", "key": "a-b"}
    return reverse(naam, kwargs=argumenten)


def test_zonder_inloggen_alleen_wat_openbaar_is(wereld: fabriek.Wereld) -> None:
    client = als(None)
    for naam in ADRESSEN:
        antwoord = client.get(adres(naam))
        if naam == "mfa_authenticate":  # the second step of logging in: without the first one begins there
            assert antwoord.status_code == 302
            continue
        naar_inloggen = antwoord.status_code == 302 and "/inloggen/" in antwoord.headers["Location"]
        assert naar_inloggen == (verwacht(naam) != OPENBAAR), f"{naam}: {antwoord.status_code}"


@pytest.mark.parametrize("rol", ROLLEN)
def test_elke_rol_komt_alleen_waar_zij_mag(wereld: fabriek.Wereld, rol: Rol) -> None:
    client = als(wereld.met(rol))
    for naam in ADRESSEN:
        mag = verwacht(naam) in (OPENBAAR, INGELOGD) or rol in verwacht(naam)
        for antwoord in (client.get(adres(naam)), client.post(adres(naam))):
            if naam in ("account_logout",):
                client = als(wereld.met(rol))
            # Here no worker runs, and that is what /gereed says.
            assert antwoord.status_code < 500 or naam == "gereed", f"{naam} als {rol}"
            assert (antwoord.status_code != 403) == mag, f"{naam} als {rol}: {antwoord.status_code}"


def _dossiers(wereld: fabriek.Wereld) -> dict[str, uuid.UUID]:
    """A dossier with everything: numbers by the name that the addresses give them."""
    verlenging = fabriek.verlenging_gevraagd(wereld)
    aanvraag = verlenging.traject.aanvraag
    gestopt = fabriek.gestopt(wereld)
    return {
        "aanvraag": aanvraag.pk,
        "traject": verlenging.traject.pk,
        "verlenging": verlenging.pk,
        "stopbericht": gestopt.stopberichten.get().pk,
        "vaststelling": gestopt.vaststelling.pk,
        "bezwaar": fabriek.maak_bezwaar(wereld, aanvraag).pk,
        "ingebrekestelling": fabriek.in_gebreke_gesteld(wereld).pk,
        "voornemen": fabriek.neem_voor_in_te_trekken(wereld, gestopt.aanvraag).pk,
        "voordracht": fabriek.voordracht(wereld).pk,
        "brief": aanvraag.brieven.get(besluit__isnull=False).pk,
        "bijlage": _bijlage(wereld, aanvraag),
        "gesprek": vraag(aanvraag, wereld.behandelaar, "gemeente").pk,
    }


def _bijlage(wereld: fabriek.Wereld, aanvraag: Aanvraag) -> uuid.UUID:
    """Made beside the acts: this dossier is past the status in which one is added."""
    bestand = Bestand.objects.bewaar_inhoud(maak_png(), "akkoord.png")
    return aanvraag.bijlagen.create(
        soort="overig", bestand=bestand, toegevoegd_op=fabriek.NU, toegevoegd_door=wereld.behandelaar.persoon
    ).pk


def _vreemden(wereld: fabriek.Wereld) -> list[Actor]:
    anders = wereld.bij_andere_instelling()
    return [
        anders.behandelaar,
        wereld.lid(wereld.gemeente(fabriek.ARNHEM).organisatie, Rol.GEMEENTEMEDEWERKER),
        wereld.lid(wereld.gemeente(fabriek.ARNHEM).organisatie, Rol.GEMEENTEBESLISSER),
    ]


def _nummer_voor(naam: str, nummers: dict[str, uuid.UUID]) -> uuid.UUID:
    pad = str(ADRESSEN[naam].pattern)
    stukken = {"traject": "traject", "verlenging": "verlenging", "voordrachten": "voordracht"}
    stukken |= {"brieven": "brief", "bijlagen": "bijlage"}
    stukken |= {"gesprek": "gesprek", "bezwaar": "bezwaar"}
    stukken |= {"stopbericht": "stopbericht", "vaststelling": "vaststelling"}
    stukken |= {"ingebrekestelling": "ingebrekestelling", "voornemen": "voornemen"}
    for stuk, soort in stukken.items():
        if pad.startswith(f"{stuk}/"):
            return nummers[soort]
    return nummers["aanvraag"]


def test_een_ander_ziet_en_doet_niets_met_uw_dossier(wereld: fabriek.Wereld) -> None:
    nummers = _dossiers(wereld)
    voor = Aanvraag.objects.values("versie", "status").get(pk=nummers["aanvraag"])
    met_nummer = [
        n for n in ADRESSEN if n.startswith("aanvragen:") and "nummer" in ADRESSEN[n].pattern.converters
    ]
    gezien = 0
    for actor in _vreemden(wereld):
        client = als(actor)
        for naam in met_nummer:
            if actor.rol not in verwacht(naam):
                continue
            url = adres(naam, nummer=_nummer_voor(naam, nummers))
            for antwoord in (client.get(url), client.post(url)):
                gezien += 1
                assert antwoord.status_code in (404, 405), f"{naam} als {actor}: {antwoord.status_code}"
    assert gezien > 20
    assert Aanvraag.objects.values("versie", "status").get(pk=nummers["aanvraag"]) == voor
    assert Regel.objects.filter(soort=Soort.WEIGERING, dossier_id=nummers["aanvraag"]).exists()


@pytest.mark.parametrize("rol", [Rol.MINISTERIE, Rol.BEHEERDER])
def test_wie_geen_dossiers_ziet_ziet_er_geen(wereld: fabriek.Wereld, rol: Rol) -> None:
    fabriek.toegekend(wereld)
    assert Aanvraag.objects.zichtbaar_voor(wereld.met(rol)).count() == 0
