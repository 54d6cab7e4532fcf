"""Who and what a scenario needs before its first event: the regeling, organisaties, and people with roles."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from aanvragen.demo.personen import Persoon, personen
from aanvragen.models import GgzInstelling, IpsErkenning
from aanvragen.simuleren.regelingen import met_bedragen
from aanvragen.simuleren.scenario import Scenario
from budget.handelingen.laden import laad_regeling
from budget.models import Regeling
from gemeenten.models import Gemeente, handelende_organisatie
from ips_subsidie.kalender.klok import begin_van_dag, datum_van, klok_op
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap, Organisatie
from ips_subsidie.toegang.rollen import OrganisatieSoort, Rol

KIEM = 2019  # of the invented people: every run has the same
EERSTE_TESTNUMMER = 999_900_000


@dataclass
class Wereld:
    """The regeling, one instelling, UWV; gemeenten and clients get their people when a scenario names them."""

    scenario: Scenario
    regeling: Regeling
    tekst: str  # of the regeling as it stands now, apart from the amounts of one aanvraag
    sinds: date
    instelling: GgzInstelling
    behandelaar: Actor
    beoordelaar: Actor
    beslisser: Actor
    financien: Actor
    _personen: Iterator[Persoon] = field(
        default_factory=lambda: personen(random.Random(KIEM), EERSTE_TESTNUMMER)  # noqa: S311  # no secret
    )
    _clienten: dict[str, Persoon] = field(default_factory=dict)
    _gemeenten: dict[str, Gemeente] = field(default_factory=dict)
    _leden: dict[Any, Actor] = field(default_factory=dict)

    def client(self, naam: str) -> Persoon:
        """The same person for the same name."""
        if naam not in self._clienten:
            self._clienten[naam] = next(self._personen)
        return self._clienten[naam]

    def gemeente(self, code: str) -> Gemeente:
        if code not in self._gemeenten:
            self._gemeenten[code] = Gemeente.objects.select_related("organisatie").get(code=code)
        return self._gemeenten[code]

    def van_gemeente(self, code: str, nu: datetime) -> Actor:
        """Who decides for this gemeente today: there, or at the verband that acts for it. Made at the first call."""
        organisatie = handelende_organisatie(self.gemeente(code), datum_van(nu))
        if organisatie.pk not in self._leden:
            self._leden[organisatie.pk] = _lid(organisatie, Rol.GEMEENTEBESLISSER, self.sinds)
        return self._leden[organisatie.pk]

    def zet_bedragen(self, nu: datetime, **anders: Any) -> None:
        """Let the regeling in force have these amounts (those of `met_bedragen`); without any, its own."""
        if self.scenario.eigen_bedragen:
            tekst = met_bedragen(self.tekst, **anders) if anders else self.tekst
            laad_regeling(tekst, reden="Simulatie", nu=nu)


@transaction.atomic
def maak_wereld(scenario: Scenario) -> Wereld:
    """Load the regeling, from well before the first event on, and make the organisaties and people."""
    eerste = min(datum_van(scenario.gebeurtenissen[0].op), *(t.van for t in scenario.inhoud.tijdvakken))
    sinds = date(eerste.year - 1, 1, 1)
    nu = begin_van_dag(sinds)
    with klok_op(nu):
        versie, _ = laad_regeling(scenario.regeling, reden="Simulatie", nu=nu, geldig_vanaf=sinds)
    uwv = _organisatie("UWV", OrganisatieSoort.UWV)
    ggz = _organisatie("Ggz-instelling van de simulatie", OrganisatieSoort.INSTELLING)
    instelling = GgzInstelling.objects.create(
        organisatie=ggz, kvk="90000099", adres="Voorbeeldkade 1", postcode="1234 XX", plaats="Voorbeeldstad"
    )
    IpsErkenning.objects.create(instelling=instelling, geldig_van=sinds, bron="Simulatie")
    return Wereld(
        scenario=scenario,
        regeling=versie.regeling,
        tekst=versie.tekst,
        sinds=sinds,
        instelling=instelling,
        behandelaar=_lid(ggz, Rol.BEHANDELAAR, sinds),
        beoordelaar=_lid(uwv, Rol.UWV_BEOORDELAAR, sinds),
        beslisser=_lid(uwv, Rol.UWV_BESLISSER, sinds),
        financien=_lid(uwv, Rol.UWV_FINANCIEN, sinds),
    )


def _organisatie(naam: str, soort: OrganisatieSoort) -> Organisatie:
    return Organisatie.objects.get_or_create(naam=naam, soort=soort)[0]


def _lid(organisatie: Organisatie, rol: Rol, sinds: date) -> Actor:
    gebruiker = Gebruiker.objects.create(
        email=f"{rol}.{organisatie.pk}@simulatie.example",
        naam=f"{rol.label} van {organisatie.naam}"[:120],
        password=make_password(None),
        aangemaakt_op=begin_van_dag(sinds),
    )
    return Actor.van(
        Lidmaatschap.objects.create(gebruiker=gebruiker, organisatie=organisatie, rol=rol, geldig_van=sinds)
    )
