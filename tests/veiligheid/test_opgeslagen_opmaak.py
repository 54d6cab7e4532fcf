"""P25: what was stored with markup in it is text on every page that shows it, of every role and of the admin."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.urls import reverse

from aanvragen.models import Aanvraag, Deelnemer
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.models import Gebruiker, Organisatie
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.gesprek.hulp import schrijf
from tests.toegang.personen import ingelogd_als, maak_lid
from tests.toegang.test_alle_adressen import als
from tests.veiligheid.raar import NOOIT_TERUG
from tests.veiligheid.test_elke_waarde import GROEPEN, LATER, _actor, _dossierpaginas, _vaste_paginas

pytestmark = pytest.mark.django_db
KWAAD = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>' onmouseover='alert(1)' {{ 7777*7777 }}"


@pytest.fixture
def wereld() -> Iterator[fabriek.Wereld]:
    """One dossier or more in which every text that a person writes is markup."""
    with klok_op(fabriek.NU):
        wereld = fabriek.maak_wereld(cap_per_gemeente=100)
        over = {"achternaam": KWAAD[:60], "toelichting": KWAAD}
        aanvraag = fabriek.ingediend(wereld, route="uwv", **over)
        fabriek.concept(wereld)
        fabriek.wacht_op_toestemming(wereld, **over)
        fabriek.beoordeeld(wereld, **over)
        fabriek.gestopt(wereld, **over)
        fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld, route="uwv", **over), gronden=KWAAD)
        fabriek.in_gebreke_gesteld(wereld, route="uwv", **over)
        fabriek.voordracht(wereld)
        schrijf(aanvraag, wereld.behandelaar, "uwv", tekst=KWAAD)
        Organisatie.objects.update(naam=KWAAD)
        Gebruiker.objects.update(naam=KWAAD)
    with klok_op(LATER):
        yield wereld


def _mis(tekst: str, waar: str) -> list[str]:
    return [f"{waar}: {stuk!r}" for stuk in NOOIT_TERUG if stuk in tekst]


@pytest.mark.parametrize("groep", GROEPEN)
def test_p25_opmaak_van_een_ander_blijft_tekst(wereld: fabriek.Wereld, groep: str) -> None:
    assert Deelnemer.objects.filter(achternaam=KWAAD[:60]).exists()
    mis: list[str] = []
    getoond = 0
    for rol in GROEPEN[groep]:
        actor = _actor(wereld, rol)
        client = als(actor)
        paden = {bezoek.naam: bezoek.adres for bezoek in [*_vaste_paginas(actor), *_dossierpaginas(actor)]}
        for aanvraag in Aanvraag.objects.zichtbaar_voor(actor):
            for naam in ("aanvragen:dossier", "aanvragen:gesprek"):
                paden[f"{naam} {aanvraag.status}"] = reverse(naam, args=[aanvraag.pk])
        for waar, pad in paden.items():
            antwoord = client.get(pad)
            if "html" in antwoord.headers["Content-Type"]:
                mis += _mis(antwoord.text, f"{waar} als {rol}")
                getoond += "&lt;script&gt;alert(1)" in antwoord.text
    assert mis == []
    assert getoond > 10, "de proef stond nergens"


def test_p25_ook_in_het_beheer(wereld: fabriek.Wereld) -> None:
    client = ingelogd_als(maak_lid(Rol.BEHEERDER, van=fabriek.LID_VANAF))
    mis: list[str] = []
    getoond = 0
    for model in admin.site._registry:
        basis = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        rijen = list(model._default_manager.order_by("-pk")[:2])
        paden = [
            reverse(f"{basis}_changelist"),
            *(reverse(f"{basis}_change", args=[rij.pk]) for rij in rijen),
        ]
        for pad in paden:
            antwoord = client.get(pad)
            mis += _mis(antwoord.text, pad)
            getoond += "&lt;script&gt;alert(1)" in antwoord.text
    assert mis == []
    assert getoond > 10
