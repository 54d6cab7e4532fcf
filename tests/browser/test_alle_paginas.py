"""Every page of every role, in every status: looked at by axe, at 1280 and at 320 px, without a script error.

Which act pages there are follows from the registry, so a new act is looked at without a line here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from aanvragen.models import Aanvraag
from ips_subsidie.handelingen.kern import mogelijke_handelingen
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.browser.spelers import Toneel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VAST: dict[Rol, tuple[str, ...]] = {
    Rol.BEHANDELAAR: (
        "aanvragen:lijst", "aanvragen:nieuw", "aanvragen:voordrachten", "berichten", "aanvragen:trajecten",
        "berichtvoorkeuren", "aanvragen:termijnen",
        "budget:facturen", "budget:te_factureren", "overleg:overzicht",
    ),
    Rol.INSTELLINGSBEHEERDER: ("sessies", "sessie_terug", "collegas", "budget:rekening", "budget:rekening_doorgeven"),
    Rol.GEMEENTEBESLISSER: (
        "aanvragen:toestemmingen", "aanvragen:voordrachten", "aanvragen:voordracht_doen", "aanvragen:werkvoorraad",
        "aanvragen:einde", "overleg:werkvoorraad", "aanvragen:termijnen",
    ),
    Rol.UWV_BEOORDELAAR: (
        "aanvragen:werkvoorraad", "aanvragen:verlengingen", "aanvragen:termijnen", "overleg:agendalink",
    ),
    Rol.UWV_BESLISSER: ("budget:overzicht", "budget:grootboek", "budget:loting_voorbereiden"),
    Rol.UWV_FINANCIEN: (
        "budget:plafond_wijzigen", "budget:grootboek", "aanvragen:budgetvragen", "aanvragen:einde", "budget:facturen",
        "budget:inkooporders", "budget:betaalbatches", "budget:rekeningen", "budget:terugvorderingen",
    ),
    Rol.MINISTERIE: ("budget:overzicht", "budget:wijzigingen"),
    Rol.BEHEERDER: ("admin:index", "admin:aanvragen_aanvraag_changelist", "admin:budget_regelingversie_add"),
}  # fmt: skip
OPENBAAR = (
    "account_login", "account_reset_password", "budget:openbaar", "toegankelijkheid", "privacy", "kwetsbaarheid",
)  # fmt: skip


# Three walks of about the same length, so that two processes share the work; together all of VAST.
WANDELINGEN: dict[str, tuple[Rol, ...]] = {
    "instelling": (Rol.BEHANDELAAR, Rol.INSTELLINGSBEHEERDER, Rol.MINISTERIE),
    "gemeente": (Rol.GEMEENTEBESLISSER, Rol.UWV_FINANCIEN),
    "uwv": (Rol.UWV_BEOORDELAAR, Rol.UWV_BESLISSER, Rol.BEHEERDER),
}


def _delen(aanvraag: Aanvraag) -> list[Any]:
    traject = getattr(aanvraag, "traject", None)
    return [aanvraag, *([traject, *traject.verlengingen.all()] if traject else [])]


def _paginas(aanvragen: list[Aanvraag], actor: Actor) -> Iterator[tuple[str, str]]:
    """The dossier of each aanvraag that this actor sees, and the page of every act that can be done on it now.

    With the status in which it is: the same page in another status is another page to look at.
    """
    for aanvraag in aanvragen:
        if not Aanvraag.objects.zichtbaar_voor(actor).filter(pk=aanvraag.pk).exists():
            continue
        yield reverse("aanvragen:dossier", args=[aanvraag.pk]), aanvraag.status
        for deel in _delen(aanvraag):
            for mogelijk in mogelijke_handelingen(deel, actor, fabriek.NU):
                yield reverse(f"aanvragen:{mogelijk.handeling.naam}", args=[deel.pk]), deel.status


def _wereld() -> tuple[fabriek.Wereld, list[Aanvraag]]:
    """A dossier in every status."""
    wereld = fabriek.maak_wereld(cap_per_gemeente=100)
    aanvragen = [fabriek.gestart(wereld).aanvraag, fabriek.verlenging_gevraagd(wereld).traject.aanvraag]
    # Before the other that is afgewezen: a page is looked at once for each status.
    aanvragen.append(fabriek.stel_alsnog_voor(wereld, fabriek.afgewezen(wereld)))
    aanvragen += [maak(wereld) for maak in fabriek.MAAK.values()]
    aanvragen.append(fabriek.beoordeeld(wereld))
    fabriek.voordracht(wereld)
    return wereld, [Aanvraag.objects.get(pk=a.pk) for a in aanvragen]


def _speler(wereld: fabriek.Wereld, rol: Rol) -> Actor:
    if rol == Rol.GEMEENTEBESLISSER:
        return wereld.lid(wereld.gemeente().organisatie, rol)
    actor = wereld.met(rol)
    if rol == Rol.BEHEERDER:
        actor.persoon.is_staff = True
        actor.persoon.save(update_fields=["is_staff"])
    return actor


def test_de_wandelingen_gaan_over_alle_rollen() -> None:
    assert sorted(rol for rollen in WANDELINGEN.values() for rol in rollen) == sorted(VAST)


@pytest.mark.parametrize("wandeling", WANDELINGEN)
def test_elke_pagina_van_elke_rol(toneel: Toneel, wandeling: str) -> None:
    with klok_op(fabriek.NU):
        wereld, aanvragen = _wereld()
        spelers = {rol: _speler(wereld, rol) for rol in WANDELINGEN[wandeling]}
        routes = {
            rol: {**{reverse(naam): "" for naam in VAST[rol]}, **dict(_paginas(aanvragen, actor))}
            for rol, actor in spelers.items()
        }
    if wandeling == "uwv":
        anoniem = toneel.anoniem()
        for naam in OPENBAAR:
            anoniem.ga(reverse(naam))
    for rol, paden in routes.items():
        speler = toneel.met(spelers[rol])
        for pad, staat in paden.items():
            speler.ga(pad, f"{rol} {staat}")
            assert "Deze pagina" not in speler.page.title(), f"{pad} als {rol}"
    assert len(toneel.gezien) > 30, len(toneel.gezien)
