"""The regeling, the organisaties and the people; and places that are taken without a dossier."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from aanvragen.models import Aanvraag, GgzInstelling, IpsErkenning
from budget.handelingen import plaatsen
from budget.handelingen.laden import laad_regeling
from budget.models import Pot, Regeling, RegelingVersie, Reservering
from gemeenten.models import Gemeente, Mandaat, Ondermandaat, handelende_organisatie
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap, Organisatie
from ips_subsidie.toegang.rollen import ROLLEN_PER_SOORT, OrganisatieSoort, Rol

NU = datetime(2019, 6, 3, 8, 0, tzinfo=UTC)
# In the tijdvak of IPS-GEM-2023: a Monday.
NU_B = datetime(2023, 6, 5, 8, 0, tzinfo=UTC)
REGELINGEN = Path(__file__).parents[2] / "budget/regelingen"
REGELING_A, REGELING_B = "ips-cmd-2019", "ips-gem-2023"
REGELINGBESTAND = REGELINGEN / f"{REGELING_A}.toml"
NIJMEGEN, ARNHEM, DRUTEN = "0268", "0202", "0225"
LID_VANAF = date(2018, 1, 1)

_volgnummer = itertools.count(1)


def bsn(n: int) -> str:
    """The n-th test BSN: nine digits from 9999…, valid by the elfproef, nobody's."""
    for kop in itertools.count(99990000 + n):
        cijfers = [int(c) for c in str(kop)]
        controle = sum(g * c for g, c in zip(range(9, 1, -1), cijfers, strict=True)) % 11
        if controle <= 9:
            return f"{kop}{controle}"
    raise AssertionError("unreachable")


def bsn_reeks() -> Callable[[], str]:
    """A source of BSNs, each given once."""
    gegeven: set[str] = set()
    teller = itertools.count(1)

    def volgende() -> str:
        while (nummer := bsn(next(teller))) in gegeven:
            pass
        gegeven.add(nummer)
        return nummer

    return volgende


def tekst_van(waarde: Any) -> str:
    """A value as TOML; of those that a regeling knows JSON writes the same."""
    return json.dumps(waarde)


def regelingtekst(bestand: str = REGELING_A, **vervang: Any) -> str:
    """The text of a regeling with parameters replaced by name: `regelingtekst(cap_per_gemeente=2)`.

    `bestand` is that of a file in budget/regelingen. `sub_plafond={"gemeente": 75}` and
    `zonder=("plafond_trajecten",)` add a table and take lines away; `tijdvakplafond={"2023": 800_000}` is in cents.
    """
    tekst = (REGELINGEN / f"{bestand}.toml").read_text(encoding="utf-8")
    sub = vervang.pop("sub_plafond", None)
    for naam in vervang.pop("zonder", ()):
        tekst, aantal = re.subn(rf"(?m)^{naam} = .*\n", "", tekst)
        assert aantal == 1, f"{naam} staat {aantal} keer in het bestand"
    for code, cent in vervang.pop("tijdvakplafond", {}).items():
        kop = rf"(\[potten\.tijdvak\.{code}\]\nplafond_bedrag_cent = ).*"
        tekst, aantal = re.subn(kop, rf"\g<1>{cent}", tekst)
        assert aantal == 1, f"het plafond van {code} staat {aantal} keer in het bestand"
    for naam, waarde in vervang.items():
        nieuw = tekst_van(waarde)
        tekst, aantal = re.subn(rf"(?m)^{naam} = .*$", f"{naam} = {nieuw}", tekst)
        assert aantal == 1, f"{naam} staat {aantal} keer in het bestand"
    if sub:
        regels = "".join(f"{route} = {grens}\n" for route, grens in sub.items())
        tekst = tekst.replace("[termijnen]", f"[potten.sub_plafond]\n{regels}\n[termijnen]")
    return tekst


def laad(nu: datetime = NU, reden: str = "voor een test", **vervang: Any) -> RegelingVersie:
    """Load a regeling, IPS-CMD-2019 unless `bestand` is given, with overrides as in `regelingtekst`.

    A second call makes a new version from `nu` on.
    """
    return laad_regeling(regelingtekst(**vervang), reden=reden, nu=nu)[0]


def geef_mandaat(
    regeling: Regeling,
    code: str,
    organisatie: Organisatie | None = None,
    *,
    van: date = LID_VANAF,
    tot: date | None = None,
    gebruiker: Gebruiker | None = None,
    functie: str = "Klantmanager IPS",
) -> Ondermandaat:
    """The college of this gemeente decides in mandaat, and who decides at `organisatie` (her own) signs for it."""
    gemeente = Gemeente.objects.get(code=code)
    mandaat, _ = Mandaat.objects.get_or_create(
        gemeente=gemeente,
        regeling=regeling.code,
        defaults={"mandaatgever": "de Minister", "bron": "Stcrt. 2023, 6260", "geldig_van": van},
    )
    return Ondermandaat.objects.create(
        mandaat=mandaat,
        organisatie=organisatie or handelende_organisatie(gemeente, van),
        functie=functie,
        gebruiker=gebruiker,
        bron="Mandaatbesluit 2023",
        geldig_van=van,
        geldig_tot=tot,
    )


def maak_actor(rol: Rol, organisatie: Organisatie, naam: str = "") -> Actor:
    """A new person with this role, since LID_VANAF."""
    nummer = next(_volgnummer)
    gebruiker = Gebruiker.objects.create_user(
        f"{rol}{nummer}@voorbeeld.example", "drie groene fietsen", naam=naam or f"{rol.label} {nummer}"
    )
    return Actor.van(
        Lidmaatschap.objects.create(
            gebruiker=gebruiker, organisatie=organisatie, rol=rol, geldig_van=LID_VANAF
        )
    )


def maak_organisatie(soort: OrganisatieSoort, naam: str = "") -> Organisatie:
    return Organisatie.objects.create(soort=soort, naam=naam or f"{soort.label} {next(_volgnummer)}")


def maak_instelling(naam: str = "", *, erkend: bool = True) -> GgzInstelling:
    """A ggz-instelling, known for IPS since LID_VANAF unless `erkend` is False."""
    nummer = next(_volgnummer)
    instelling = GgzInstelling.objects.create(
        organisatie=maak_organisatie(OrganisatieSoort.INSTELLING, naam or f"Ggz Voorbeeld {nummer}"),
        kvk=f"{nummer:08}",
        adres="Voorbeeldstraat 1",
        postcode="1234 AB",
        plaats="Voorbeeldstad",
    )
    if erkend:
        IpsErkenning.objects.create(instelling=instelling, geldig_van=LID_VANAF, bron="voorbeeld")
    return instelling


@dataclass(frozen=True)
class Wereld:
    """One regeling, one instelling and the people at UWV; gemeenten get their people when asked for."""

    regeling: Regeling
    instelling: GgzInstelling
    behandelaar: Actor
    beoordelaar: Actor
    beslisser: Actor
    nieuwe_bsn: Callable[[], str] = field(default_factory=bsn_reeks)
    _leden: dict[tuple[Any, Rol], Actor] = field(default_factory=dict)

    def bij_andere_instelling(self) -> Wereld:
        """The same world seen from another ggz-instelling: its behandelaar makes the dossiers."""
        instelling = maak_instelling()
        return replace(
            self, instelling=instelling, behandelaar=self.lid(instelling.organisatie, Rol.BEHANDELAAR)
        )

    @property
    def uwv(self) -> Organisatie:
        assert self.beslisser.organisatie is not None
        return self.beslisser.organisatie

    def gemeente(self, code: str = NIJMEGEN) -> Gemeente:
        return Gemeente.objects.select_related("organisatie").get(code=code)

    def van_gemeente(
        self, code: str = NIJMEGEN, rol: Rol = Rol.GEMEENTEBESLISSER, nu: datetime = NU
    ) -> Actor:
        """Who acts for this gemeente: at the gemeente itself, or at the verband that does it for her."""
        return self.lid(handelende_organisatie(self.gemeente(code), datum_van(nu)), rol)

    def voorbereider(self, aanvraag: Aanvraag, nu: datetime = NU) -> Actor:
        """Who prepares the besluit, at the party that decides this one."""
        if not aanvraag.gemeente_beslist:
            return self.beoordelaar
        assert aanvraag.gemeente is not None
        return self.van_gemeente(aanvraag.gemeente.code, Rol.GEMEENTEMEDEWERKER, nu)

    def besluitnemer(self, aanvraag: Aanvraag, nu: datetime = NU) -> Actor:
        """Who takes the besluit, at the party that decides this one."""
        if not aanvraag.gemeente_beslist:
            return self.beslisser
        assert aanvraag.gemeente is not None
        return self.van_gemeente(aanvraag.gemeente.code, Rol.GEMEENTEBESLISSER, nu)

    def collega(self, actor: Actor) -> Actor:
        """The other person with this role there."""
        assert actor.organisatie is not None
        sleutel = (f"collega {actor.organisatie.pk}", actor.rol)
        if sleutel not in self._leden:
            self._leden[sleutel] = maak_actor(actor.rol, actor.organisatie)
        return self._leden[sleutel]

    def lid(self, organisatie: Organisatie, rol: Rol) -> Actor:
        """The one person with this role there."""
        if (organisatie.pk, rol) not in self._leden:
            self._leden[organisatie.pk, rol] = maak_actor(rol, organisatie)
        return self._leden[organisatie.pk, rol]

    def met(self, rol: Rol) -> Actor:
        """A person with any role, at an organisatie of its kind: `wereld.met(Rol.MINISTERIE)`."""
        eigen = {
            Rol.BEHANDELAAR: self.behandelaar,
            Rol.UWV_BEOORDELAAR: self.beoordelaar,
            Rol.UWV_BESLISSER: self.beslisser,
        }
        if rol in eigen:
            return eigen[rol]
        soort = next(s for s, rollen in ROLLEN_PER_SOORT.items() if rol in rollen)
        if soort is OrganisatieSoort.GEMEENTE:
            return self.van_gemeente(rol=rol)
        if soort is OrganisatieSoort.UWV:
            return self.lid(self.uwv, rol)
        if soort is OrganisatieSoort.INSTELLING:
            return self.lid(self.instelling.organisatie, rol)
        al = next((a for (_, r), a in self._leden.items() if r == rol), None)
        return al or self.lid(maak_organisatie(soort), rol)

    def pot(self, soort: str = "totaal", *, route: str = "", gemeente: str | None = None) -> Pot:
        """A pot as it stands now; the pattern of the cap where no gemeente is given."""
        return Pot.objects.get(
            regeling=self.regeling,
            soort=soort,
            periode="",
            route=route,
            gemeente=self.gemeente(gemeente) if gemeente else None,
        )


def maak_wereld(nu: datetime = NU, **vervang: Any) -> Wereld:
    """Everything a dossier needs; `vervang` replaces parameters of the regeling (see `regelingtekst`)."""
    versie = laad(nu, **vervang)
    if versie.in_mandaat:
        for code in (NIJMEGEN, ARNHEM, DRUTEN):
            geef_mandaat(versie.regeling, code)
    instelling = maak_instelling()
    uwv = maak_organisatie(OrganisatieSoort.UWV, "UWV")
    wereld = Wereld(
        regeling=versie.regeling,
        instelling=instelling,
        behandelaar=maak_actor(Rol.BEHANDELAAR, instelling.organisatie),
        beoordelaar=maak_actor(Rol.UWV_BEOORDELAAR, uwv),
        beslisser=maak_actor(Rol.UWV_BESLISSER, uwv),
    )
    for actor in (wereld.behandelaar, wereld.beoordelaar, wereld.beslisser):
        assert actor.organisatie is not None
        wereld._leden[actor.organisatie.pk, actor.rol] = actor
    return wereld


def maak_wereld_b(nu: datetime = NU_B, **vervang: Any) -> Wereld:
    """As `maak_wereld`, for IPS-GEM-2023; three gemeenten have their mandaat."""
    return maak_wereld(nu, bestand=REGELING_B, **vervang)


def doe(handeling: Handeling[Any, Any], deel: Any, actor: Actor, nu: datetime = NU, **invoer: Any) -> Any:
    """Carry out an act at `nu`, with the clock standing there."""
    with klok_op(nu):
        return handeling(deel, actor, nu=nu, **invoer)


def vers(aanvraag: Aanvraag) -> Aanvraag:
    """The same dossier, read anew with nothing kept of before."""
    return Aanvraag.objects.get(pk=aanvraag.pk)


def geweigerd(doe_iets: Callable[[], Any]) -> list[str]:
    """The codes with which this is refused; it must be."""
    try:
        doe_iets()
    except HandelingGeweigerd as weigering:
        return weigering.codes
    raise AssertionError("dit had geweigerd moeten worden")


def verleen_plaatsen(
    wereld: Wereld,
    aantal: int,
    *,
    gemeenten: Sequence[str] = (NIJMEGEN,),
    route: str = "gemeente",
    nu: datetime = NU,
) -> list[Reservering]:
    """Grant places through the engine without a dossier to each, spread evenly over these gemeenten."""
    with transaction.atomic():
        reserveringen = sluit_plaatsen_aan(wereld, aantal, gemeenten=gemeenten, route=route, nu=nu)
        for reservering in reserveringen:
            plaatsen.neem_plaats(reservering, nu)
    return reserveringen


def sluit_plaatsen_aan(
    wereld: Wereld,
    aantal: int,
    *,
    gemeenten: Sequence[str] = (NIJMEGEN,),
    route: str = "gemeente",
    nu: datetime = NU,
) -> list[Reservering]:
    """Complete and waiting in the queue, without a dossier to each."""
    bij = [wereld.gemeente(code) for code in gemeenten]
    versie = wereld.regeling.versie_op(datum_van(nu))
    with transaction.atomic():
        return [
            plaatsen.sluit_aan(
                versie,
                kenmerk=f"PLAATS-{next(_volgnummer)}",
                route=route,
                gemeente=bij[i % len(bij)],
                doelgroep="CMD",
                persoon=f"{next(_volgnummer)}".encode(),
                nu=nu,
            )
            for i in range(aantal)
        ]
