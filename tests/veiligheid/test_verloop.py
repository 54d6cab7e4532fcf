"""P21: no path to a forbidden state. Whoever may do something does it, in any order, on any day, with any choice.

Nothing here knows which act comes after which: a step is one of the acts that the program itself offers to somebody,
its own form filled in by chance and sent. After each step holds what must hold always.
IPS_ZAAD=… repeats a course that failed; IPS_STAPPEN=2000 makes a long one.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from aanvragen.controle import alle_bevindingen
from aanvragen.models import Aanvraag, Besluit
from ips_subsidie.handelingen.kern import mogelijke_handelingen
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.logboek import keten
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.budget.hulp import fouten_in_de_boeken
from tests.toegang.test_alle_adressen import ADRESSEN, als
from tests.veiligheid.wandelen import Paginaformulier, delen, formulieren, pagina_van

pytestmark = pytest.mark.django_db
STAPPEN = int(os.environ.get("IPS_STAPPEN") or 60)
ZADEN = [int(os.environ["IPS_ZAAD"])] if "IPS_ZAAD" in os.environ else [1, 2]
# Mostly the same day, for much must be done before anything has passed.
LATER = [timedelta(minutes=5)] * 16 + [timedelta(days=1), timedelta(days=9), timedelta(days=45)]


@dataclass
class Verloop:
    """A world, and all that was done in it."""

    wereld: fabriek.Wereld
    dobbel: random.Random
    moment: datetime
    dossiers: list[UUID]
    gedaan: list[str] = field(default_factory=list)
    ontvangen: dict[UUID, datetime] = field(default_factory=dict)

    def mensen(self) -> list[Actor]:
        """Two of each who acts on a dossier, so that nothing waits for a second pair of eyes."""
        eersten = [
            self.wereld.behandelaar,
            self.wereld.van_gemeente(rol=Rol.GEMEENTEMEDEWERKER),
            self.wereld.van_gemeente(),
            self.wereld.beoordelaar,
            self.wereld.beslisser,
        ]
        return [mens for een in eersten for mens in (een, self.wereld.collega(een))]

    def keuzes(self) -> list[tuple[Actor, str, str]]:
        """Who can do what now with one of the dossiers, and on which page."""
        nummer = self.dobbel.choice(self.dossiers)
        return [
            (actor, mogelijk.handeling.code, reverse(naam, args=[deel.pk]))
            for actor in self.mensen()
            for aanvraag in Aanvraag.objects.zichtbaar_voor(actor).filter(pk=nummer)
            for deel in delen(aanvraag)
            for mogelijk in mogelijke_handelingen(deel, actor, self.moment)
            if not mogelijk.redenen and (naam := pagina_van(mogelijk.handeling)) in ADRESSEN
        ]

    def stap(self) -> None:
        self.moment += self.dobbel.choice(LATER)
        with klok_op(self.moment):
            if not (kan := self.keuzes()):
                return
            # Rather what was done least, however many people can do it; but to withdraw is rare.
            codes = sorted({code for _, code, _ in kan})
            gedaan = Counter(stap.partition(" ")[0] for stap in self.gedaan)
            kans = [(0.05 if c.endswith("intrekken") else 1) / (1 + gedaan[c]) ** 2 for c in codes]
            [code] = self.dobbel.choices(codes, kans)
            actor, _, adres = self.dobbel.choice([k for k in kan if k[1] == code])
            self._doe(actor, code, adres)

    def _doe(self, actor: Actor, code: str, adres: str) -> None:
        client, voor = als(actor), _standen()
        pagina = client.get(adres)
        assert pagina.status_code in (200, 302), (code, pagina.status_code)
        if pagina.status_code == 302:  # it says on the dossier itself why not
            return
        eigen = [f for f in formulieren(pagina.text, adres) if f.methode == "post" and f.adres == adres]
        antwoord = client.post(adres, self._invullen(eigen[0]))
        assert antwoord.status_code in (200, 302, 409), (code, antwoord.status_code)
        self.gedaan.append(f"{code} {antwoord.status_code}")
        self._klopt(voor)

    def _invullen(self, formulier: Paginaformulier) -> dict[str, Any]:
        """Any of the choices, and a day somewhere around now."""
        data = formulier.met()
        for naam, keuzes in formulier.keuzes.items():
            data[naam] = self.dobbel.choice(keuzes)
        dag = datum_van(self.moment) + timedelta(days=self.dobbel.choice([0, 0, 0, 1, 7, -1, -20, 60]))
        for naam in data:
            for einde, deel in {"_dag": dag.day, "_maand": dag.month, "_jaar": dag.year}.items():
                if naam.endswith(einde):
                    data[naam] = str(deel)
        return data

    def _klopt(self, voor: dict[UUID, str]) -> None:
        """A status changes by an act that says so in the logboek; a moment of receipt, once there, never."""
        na = _standen()
        for pk in na:
            if pk in voor and voor[pk] != na[pk]:
                regel = Regel.objects.filter(dossier_id=pk, soort=Soort.HANDELING, gegevens__naar=na[pk])
                assert regel.filter(gegevens__van=voor[pk]).exists(), (voor[pk], na[pk])
        for pk, op in Aanvraag.objects.filter(ontvangen_op__isnull=False).values_list("pk", "ontvangen_op"):
            assert self.ontvangen.setdefault(pk, op) == op
        vreemd = self.wereld.lid(self.wereld.gemeente("0202").organisatie, Rol.GEMEENTEBESLISSER)
        assert not Aanvraag.objects.zichtbaar_voor(vreemd).exists()
        assert fouten_in_de_boeken() == []


def _standen() -> dict[UUID, str]:
    return dict(Aanvraag.objects.values_list("pk", "status"))


@pytest.mark.parametrize("zaad", ZADEN)
@pytest.mark.parametrize("regeling", ["IPS-CMD-2019", "IPS-GEM-2023"])
def test_p21_geen_weg_naar_een_verboden_toestand(regeling: str, zaad: int) -> None:
    in_2019 = regeling == "IPS-CMD-2019"
    nu = fabriek.NU if in_2019 else fabriek.NU_B
    with klok_op(nu):
        wereld = fabriek.maak_wereld() if in_2019 else fabriek.maak_wereld_b()
        aanvragen = [maak(wereld, nu) for maak in (fabriek.compleet, fabriek.ingediend, fabriek.beoordeeld)]
        aanvragen.append(fabriek.gestart(wereld, nu).aanvraag)
    dossiers = [aanvraag.pk for aanvraag in aanvragen]  # in this order: their numbers are drawn anew each run
    verloop = Verloop(wereld, random.Random(f"{regeling} {zaad}"), nu, dossiers)
    try:
        for _ in range(STAPPEN):
            verloop.stap()
        with klok_op(verloop.moment):
            assert alle_bevindingen() == []
            assert keten.controleer().klopt
    except BaseException:
        print(f"IPS_ZAAD={zaad}", *verloop.gedaan, sep="\n")
        raise
    gelukt = Counter(stap.removesuffix(" 302") for stap in verloop.gedaan if stap.endswith("302"))
    print(dict(gelukt), dict(Counter(Aanvraag.objects.values_list("status", flat=True))))
    assert len(gelukt) >= 10, gelukt
    assert Besluit.objects.exists()
