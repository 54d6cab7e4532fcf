"""Who and what a scenario needs before its first event: the regeling, organisaties, and people with roles."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from aanvragen.demo.personen import Persoon, personen
from aanvragen.models import Aanvraag, GgzInstelling, IpsErkenning
from aanvragen.simuleren.regelingen import met_bedragen
from aanvragen.simuleren.scenario import Scenario
from budget.handelingen import rekeningen
from budget.handelingen.laden import laad_regeling
from budget.models import Regeling
from gemeenten.models import (
    Gemeente,
    Mandaat,
    Ondermandaat,
    OpvolgerOnbekend,
    handelende_organisatie,
    opvolger_op,
)
from ips_subsidie.berichten.uitbak import zonder_haast
from ips_subsidie.kalender.klok import begin_van_dag, datum_van, klok_op
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap, Organisatie
from ips_subsidie.toegang.rollen import OrganisatieSoort, Rol

KIEM = 2019  # of the invented people: every run has the same
EERSTE_TESTNUMMER = 999_900_000
# The example that banks give; the rekening of the instelling.
IBAN = "NL91ABNA0417164300"
BRON = "Simulatie"


@dataclass(frozen=True)
class Partij:
    """Who prepares a besluit, and the colleague who takes it."""

    voorbereider: Actor
    beslisser: Actor


@dataclass
class Wereld:
    """The regeling, one instelling with a rekening, UWV; gemeenten and clients get their people when they are named."""

    scenario: Scenario
    regeling: Regeling
    tekst: str  # of the regeling as it stands now, apart from the amounts of one aanvraag
    sinds: date
    instelling: GgzInstelling
    behandelaar: Actor
    beoordelaar: Actor
    beslisser: Actor
    financien: Actor
    financien_collega: Actor
    _personen: Iterator[Persoon] = field(
        default_factory=lambda: personen(random.Random(KIEM), EERSTE_TESTNUMMER)  # noqa: S311  # no secret
    )
    _clienten: dict[str, Persoon] = field(default_factory=dict)
    _gemeenten: dict[str, Gemeente] = field(default_factory=dict)
    _partijen: dict[Any, Partij] = field(default_factory=dict)
    _nummers: dict[str, int] = field(default_factory=dict)

    def client(self, naam: str) -> Persoon:
        """The same person for the same name."""
        if naam not in self._clienten:
            self._clienten[naam] = next(self._personen)
        return self._clienten[naam]

    def gemeente(self, code: str) -> Gemeente:
        if code not in self._gemeenten:
            self._gemeenten[code] = Gemeente.objects.select_related("organisatie").get(code=code)
        return self._gemeenten[code]

    def mensen_van(self, code: str, nu: datetime) -> Partij:
        """Who acts for this gemeente today: there, or at the verband that does it. Made at the first call.

        Where the regeling asks a mandaat, they have it.
        """
        organisatie = handelende_organisatie(self.gemeente(code), datum_van(nu))
        if organisatie.pk not in self._partijen:
            rollen = (Rol.GEMEENTEMEDEWERKER, Rol.GEMEENTEBESLISSER)
            self._partijen[organisatie.pk] = Partij(*(_lid(organisatie, rol, self.sinds) for rol in rollen))
        if self.scenario.inhoud.instantie.mandaat:
            self._geef_mandaat(code, organisatie, datum_van(nu))
        return self._partijen[organisatie.pk]

    def _geef_mandaat(self, code: str, organisatie: Organisatie, dag: date) -> None:
        try:
            college = opvolger_op(self.gemeente(code), dag)
        except OpvolgerOnbekend:  # nobody can sign for it
            return
        mandaat, _ = Mandaat.objects.get_or_create(
            gemeente=college,
            regeling=self.regeling.code,
            defaults={
                "mandaatgever": self.scenario.inhoud.instantie.mandaat, "bron": BRON, "geldig_van": self.sinds,
            },
        )  # fmt: skip
        Ondermandaat.objects.get_or_create(
            mandaat=mandaat,
            organisatie=organisatie,
            defaults={"functie": "Klantmanager IPS", "bron": BRON, "geldig_van": self.sinds},
        )

    def zorg_voor(self, codes: Iterable[str], nu: datetime) -> None:
        """Let these gemeenten have their people, whatever becomes of the event that asks for them."""
        for code in codes:
            self.mensen_van(code, nu)

    def partij(self, aanvraag: Aanvraag, nu: datetime) -> Partij:
        """Who prepares and who decides, at the party that the regeling says."""
        if not aanvraag.gemeente_beslist:
            return Partij(self.beoordelaar, self.beslisser)
        assert aanvraag.gemeente is not None
        return self.mensen_van(aanvraag.gemeente.code, nu)

    def nummer(self, soort: str) -> str:
        """The next number of this kind, such as F-0001."""
        self._nummers[soort] = self._nummers.get(soort, 0) + 1
        return f"{soort}-{self._nummers[soort]:04}"

    def zet_bedragen(self, nu: datetime, **anders: Any) -> None:
        """Let the regeling in force have these amounts (those of `met_bedragen`); without any, its own."""
        if self.scenario.eigen_bedragen:
            tekst = met_bedragen(self.tekst, **anders) if anders else self.tekst
            laad_regeling(tekst, reden=BRON, nu=nu)


@transaction.atomic
def maak_wereld(scenario: Scenario) -> Wereld:
    """Load the regeling, from well before the first event on, and make the organisaties and people."""
    eerste = min(datum_van(scenario.gebeurtenissen[0].op), *(t.van for t in scenario.inhoud.tijdvakken))
    sinds = date(eerste.year - 1, 1, 1)
    nu = begin_van_dag(sinds)
    with klok_op(nu):
        versie, _ = laad_regeling(scenario.regeling, reden=BRON, nu=nu, geldig_vanaf=sinds)
    uwv = _organisatie("UWV", OrganisatieSoort.UWV)
    ggz = _organisatie("Ggz-instelling van de simulatie", OrganisatieSoort.INSTELLING)
    instelling = GgzInstelling.objects.create(
        organisatie=ggz, kvk="90000099", adres="Voorbeeldkade 1", postcode="1234 XX", plaats="Voorbeeldstad"
    )
    IpsErkenning.objects.create(instelling=instelling, geldig_van=sinds, bron=BRON)
    financien = _lid(uwv, Rol.UWV_FINANCIEN, sinds)
    _geef_rekening(_lid(ggz, Rol.INSTELLINGSBEHEERDER, sinds), financien, nu)
    return Wereld(
        scenario=scenario,
        regeling=versie.regeling,
        tekst=versie.tekst,
        sinds=sinds,
        instelling=instelling,
        behandelaar=_lid(ggz, Rol.BEHANDELAAR, sinds),
        beoordelaar=_lid(uwv, Rol.UWV_BEOORDELAAR, sinds),
        beslisser=_lid(uwv, Rol.UWV_BESLISSER, sinds),
        financien=financien,
        financien_collega=_lid(uwv, Rol.UWV_FINANCIEN, sinds),
    )


def _geef_rekening(beheerder: Actor, financien: Actor, nu: datetime) -> None:
    """The instelling gives its rekening, and UWV confirms it."""
    with klok_op(nu), zonder_haast():
        rekening = rekeningen.doorgeven(
            None, beheerder, iban=IBAN, tenaamstelling="Ggz-instelling van de simulatie", nu=nu
        )
        rekeningen.bevestigen(rekening, financien, nu=nu)


def _organisatie(naam: str, soort: OrganisatieSoort) -> Organisatie:
    return Organisatie.objects.get_or_create(naam=naam, soort=soort)[0]


def _lid(organisatie: Organisatie, rol: Rol, sinds: date) -> Actor:
    gebruiker = Gebruiker.objects.create(
        email=f"{rol}.{organisatie.pk}.{Gebruiker.objects.count()}@simulatie.example",
        naam=f"{rol.label} van {organisatie.naam}"[:120],
        password=make_password(None),
        aangemaakt_op=begin_van_dag(sinds),
    )
    return Actor.van(
        Lidmaatschap.objects.create(gebruiker=gebruiker, organisatie=organisatie, rol=rol, geldig_van=sinds)
    )
