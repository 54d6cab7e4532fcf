"""Valid dossiers in any status, made through the acts and never around them.

    wereld = maak_wereld()                                  # regeling, instelling, people at UWV
    aanvraag = toegekend(wereld, gemeente="0268")           # a new dossier, all the way
    aanvraag = ingediend(wereld, route="uwv", bsn=bsn(7))   # or half the way
    dien_aanvulling_in(wereld, onvolledig(wereld))          # or one step more

Names of a status (`ingediend`) make a dossier that has it; names of a doing (`dien_in`) take an existing one a step
further. Every function takes `nu`, the instant at which it happens: NU, a Monday in the tijdvak, unless given.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from aanvragen.handelingen import (
    behandelen,
    beslissen,
    indienen,
    intrekken,
    invullen,
    toestemming,
    traject,
    verlengen,
    voordragen,
)
from aanvragen.models import Aanvraag, GgzInstelling, IpsErkenning, Traject, Verlenging, Voordracht
from aanvragen.regels.statussen import AanvraagStatus, TrajectStatus
from aanvragen.regels.volledigheid import Onderdeel
from budget.handelingen import plaatsen
from budget.handelingen.laden import laad_regeling
from budget.models import Pot, Regeling, RegelingVersie, Reservering
from gemeenten.models import Gemeente, handelende_organisatie
from ips_subsidie.handelingen.kern import Handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap, Organisatie
from ips_subsidie.toegang.rollen import ROLLEN_PER_SOORT, OrganisatieSoort, Rol

NU = datetime(2019, 6, 3, 8, 0, tzinfo=UTC)
REGELINGBESTAND = Path(__file__).parents[1] / "budget/regelingen/ips-cmd-2019.toml"
NIJMEGEN, ARNHEM, DRUTEN = "0268", "0202", "0225"
LID_VANAF = date(2018, 1, 1)

_volgnummer = itertools.count(1)


# --- Small things ----------------------------------------------------------------------------------------------


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


def regelingtekst(**vervang: Any) -> str:
    """The text of IPS-CMD-2019 with parameters replaced by name: `regelingtekst(cap_per_gemeente=2)`.

    `sub_plafond={"gemeente": 75}` and `zonder=("plafond_trajecten",)` add a table and take lines away.
    """
    tekst = REGELINGBESTAND.read_text(encoding="utf-8")
    sub = vervang.pop("sub_plafond", None)
    for naam in vervang.pop("zonder", ()):
        tekst, aantal = re.subn(rf"(?m)^{naam} = .*\n", "", tekst)
        assert aantal == 1, f"{naam} staat {aantal} keer in het bestand"
    for naam, waarde in vervang.items():
        nieuw = tekst_van(waarde)
        tekst, aantal = re.subn(rf"(?m)^{naam} = .*$", f"{naam} = {nieuw}", tekst)
        assert aantal == 1, f"{naam} staat {aantal} keer in het bestand"
    if sub:
        regels = "".join(f"{route} = {grens}\n" for route, grens in sub.items())
        tekst = tekst.replace("[termijnen]", f"[potten.sub_plafond]\n{regels}\n[termijnen]")
    return tekst


def laad(nu: datetime = NU, reden: str = "voor een test", **vervang: Any) -> RegelingVersie:
    """Load IPS-CMD-2019, with overrides as in `regelingtekst`; a second call makes a new version from `nu` on."""
    return laad_regeling(regelingtekst(**vervang), reden=reden, nu=nu)[0]


def maak_actor(rol: Rol, organisatie: Organisatie, naam: str = "") -> Actor:
    """A new person with this role, since LID_VANAF."""
    nummer = next(_volgnummer)
    gebruiker = Gebruiker.objects.create_user(
        f"{rol}{nummer}@voorbeeld.example", "drie groene fietsen", naam=naam or f"{rol.label} {nummer}"
    )
    return Actor.van(
        Lidmaatschap.objects.create(gebruiker=gebruiker, organisatie=organisatie, rol=rol, geldig_van=LID_VANAF)
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

    def van_gemeente(self, code: str = NIJMEGEN, rol: Rol = Rol.GEMEENTEBESLISSER, nu: datetime = NU) -> Actor:
        """Who acts for this gemeente: at the gemeente itself, or at the verband that does it for her."""
        return self.lid(handelende_organisatie(self.gemeente(code), datum_van(nu)), rol)

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
            regeling=self.regeling, soort=soort, route=route, gemeente=self.gemeente(gemeente) if gemeente else None
        )


def maak_wereld(nu: datetime = NU, **vervang: Any) -> Wereld:
    """Everything a dossier needs; `vervang` replaces parameters of the regeling (see `regelingtekst`)."""
    versie = laad(nu, **vervang)
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
    wereld: Wereld, aantal: int, *, gemeenten: Sequence[str] = (NIJMEGEN,), route: str = "gemeente", nu: datetime = NU
) -> list[Reservering]:
    """Grant places through the engine without a dossier to each, spread evenly over these gemeenten."""
    with transaction.atomic():
        reserveringen = sluit_plaatsen_aan(wereld, aantal, gemeenten=gemeenten, route=route, nu=nu)
        for reservering in reserveringen:
            plaatsen.neem_plaats(reservering, nu)
    return reserveringen


def sluit_plaatsen_aan(
    wereld: Wereld, aantal: int, *, gemeenten: Sequence[str] = (NIJMEGEN,), route: str = "gemeente", nu: datetime = NU
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


# --- What is filled in -----------------------------------------------------------------------------------------


def invoer(
    wereld: Wereld,
    *,
    route: str = "gemeente",
    gemeente: str = NIJMEGEN,
    bsn: str | None = None,
    nu: datetime = NU,
    **over: Any,
) -> dict[Onderdeel, dict[str, Any]]:
    """The values of every onderdeel of a complete aanvraag; `over` replaces fields by their name."""
    dag = datum_van(nu)
    waarden: dict[Onderdeel, dict[str, Any]] = {
        Onderdeel.INSTELLING: {
            "behandelaar_naam": "D. de Groot",
            "trajectbegeleider_naam": "T. Bakker",
            "trajectbegeleider_email": "t.bakker@voorbeeld.example",
            "trajectbegeleider_telefoon": "024 123 45 67",
        },
        Onderdeel.DEELNEMER: {
            "bsn": bsn or wereld.nieuwe_bsn(),
            "voorletters": "A.B.",
            "achternaam": "Voorbeeld",
            "geboortedatum": date(1990, 1, 31),
            "adres": "Proefweg 12",
            "postcode": "6511 AA",
            "woonplaats": "Voorbeeldstad",
            "gemeente_id": wereld.gemeente(gemeente).pk,
        },
        Onderdeel.SITUATIE: {
            "doelgroep": "CMD",
            "uitkering": {"gemeente": "bijstand", "uwv": "uwv"}[route],
            "route": route,
            "werk": "geen",
            "werk_uren": None,
            "werk_toelichting": "",
            "ander_werk": None,
            "ander_traject": False,
            "werkwens_op": dag - timedelta(days=20),
            "akkoord_op": dag - timedelta(days=10),
        },
        Onderdeel.BEHANDELING: {
            "gediagnosticeerd": True,
            "in_sggz": True,
            "begonnen_in": (dag - timedelta(days=300)).replace(day=1),
            "langer_toelichting": "",
        },
        Onderdeel.TRAJECT: {"gewenste_start": dag + timedelta(days=90), "toelichting": ""},
    }
    for naam, waarde in over.items():
        onderdeel = next((o for o, velden in waarden.items() if naam in velden), None)
        assert onderdeel is not None, f"er is geen veld {naam}; wel: {[v for w in waarden.values() for v in w]}"
        waarden[onderdeel][naam] = waarde
    return waarden


def vul_in(
    wereld: Wereld, aanvraag: Aanvraag, waarden: dict[Onderdeel, dict[str, Any]], nu: datetime = NU
) -> Aanvraag:
    """Save these onderdelen, one act each."""
    for onderdeel, velden in waarden.items():
        doe(
            invullen.onderdeel_opslaan, aanvraag, wereld.behandelaar, nu,
            onderdeel=onderdeel, waarden=velden, versie=aanvraag.versie,
        )  # fmt: skip
    return vers(aanvraag)


# --- One step further ------------------------------------------------------------------------------------------


def vraag_toestemming(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    doe(toestemming.vragen, aanvraag, wereld.behandelaar, nu)
    return vers(aanvraag)


def geef_toestemming(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU, *, door: Actor | None = None) -> Aanvraag:
    assert aanvraag.gemeente is not None
    doe(
        toestemming.verlenen, aanvraag, door or wereld.van_gemeente(aanvraag.gemeente.code, nu=nu), nu,
        uitkering_klopt=True, geen_ander_traject=True, voorzieningen="", functie="Klantmanager",
    )  # fmt: skip
    return vers(aanvraag)


def weiger_toestemming(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    assert aanvraag.gemeente is not None
    doe(
        toestemming.weigeren, aanvraag, wereld.van_gemeente(aanvraag.gemeente.code, nu=nu), nu,
        motivering="Er loopt al een voorziening.", functie="Klantmanager",
    )  # fmt: skip
    return vers(aanvraag)


def trek_toestemming_in(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    assert aanvraag.gemeente is not None
    doe(
        toestemming.intrekken, aanvraag, wereld.van_gemeente(aanvraag.gemeente.code, nu=nu), nu,
        motivering="De inwoner heeft geen bijstand meer.",
    )  # fmt: skip
    return vers(aanvraag)


def dien_in(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU, **sleutel: Any) -> Aanvraag:
    doe(indienen.indienen, aanvraag, wereld.behandelaar, nu, **sleutel)
    return vers(aanvraag)


def pak_op(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    if aanvraag.behandelaar_uwv_id is None:
        doe(behandelen.oppakken, aanvraag, wereld.beoordelaar, nu)
    return vers(aanvraag)


def vraag_aanvulling(
    wereld: Wereld,
    aanvraag: Aanvraag,
    nu: datetime = NU,
    *,
    vraag: str = "Het akkoord van de deelnemer ontbreekt.",
    termijn_tot: date | None = None,
    op_formulier: bool = True,
) -> Aanvraag:
    """Ask for an aanvulling, by default within fourteen days."""
    doe(
        behandelen.aanvulling_vragen, pak_op(wereld, aanvraag, nu), wereld.beoordelaar, nu,
        vraag=vraag, termijn_tot=termijn_tot or datum_van(nu) + timedelta(days=14), op_formulier=op_formulier,
    )  # fmt: skip
    return vers(aanvraag)


def dien_aanvulling_in(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    doe(indienen.aanvullen, aanvraag, wereld.behandelaar, nu, antwoord="Het akkoord staat nu bij de bijlagen.")
    return vers(aanvraag)


def neem_in_behandeling(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    doe(behandelen.in_behandeling_nemen, pak_op(wereld, aanvraag, nu), wereld.beoordelaar, nu)
    return vers(aanvraag)


def beoordeel(
    wereld: Wereld,
    aanvraag: Aanvraag,
    nu: datetime = NU,
    *,
    advies: str = "toekennen",
    gronden: tuple[str, ...] = (),
    niet: tuple[str, ...] = (),
) -> Aanvraag:
    """Answer every controle with yes, but those in `niet`; taken into treatment first where that is still to do."""
    if aanvraag.status == AanvraagStatus.INGEDIEND:
        aanvraag = neem_in_behandeling(wereld, aanvraag, nu)
    controles = aanvraag.inhoud.route(aanvraag.route).controles
    doe(
        behandelen.beoordelen, aanvraag, wereld.beoordelaar, nu,
        uitkomsten={c.code: {"klopt": c.code not in niet} for c in controles},
        advies=advies, gronden=list(gronden), motivering="Zo staat het in het dossier.",
    )  # fmt: skip
    return vers(aanvraag)


def ken_toe(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    """Grant; reviewed first where that is still to do."""
    if not hasattr(aanvraag, "beoordeling"):
        aanvraag = beoordeel(wereld, aanvraag, nu)
    doe(beslissen.toekennen, aanvraag, wereld.beslisser, nu, motivering="De aanvraag voldoet aan de regeling.")
    return vers(aanvraag)


def wijs_af(
    wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU, *, gronden: tuple[str, ...] = ("niet_in_doelgroep",)
) -> Aanvraag:
    """Refuse; reviewed first where that is still to do."""
    if not hasattr(aanvraag, "beoordeling"):
        aanvraag = beoordeel(wereld, aanvraag, nu, advies="afwijzen", gronden=gronden)
    doe(
        beslissen.afwijzen, aanvraag, wereld.beslisser, nu,
        gronden=list(gronden), motivering="De aanvraag voldoet niet aan de regeling.",
    )  # fmt: skip
    return vers(aanvraag)


def laat_buiten_behandeling(wereld: Wereld, aanvraag: Aanvraag, nu: datetime) -> Aanvraag:
    doe(beslissen.buiten_behandeling, aanvraag, wereld.beslisser, nu, motivering="De aanvulling is niet gekomen.")
    return vers(aanvraag)


def trek_besluit_in(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    doe(beslissen.besluit_intrekken, aanvraag, wereld.beslisser, nu, motivering="Het traject gaat niet door.")
    return vers(aanvraag)


def trek_in(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    doe(intrekken.intrekken, aanvraag, wereld.behandelaar, nu)
    return vers(aanvraag)


def start(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU, *, op: date | None = None) -> Traject:
    """Report the start, by default on the day of `nu`."""
    deel = Traject.objects.get(aanvraag=aanvraag)
    doe(traject.starten, deel, wereld.behandelaar, nu, startdatum=op or datum_van(nu))
    return Traject.objects.get(pk=deel.pk)


def stop(wereld: Wereld, deel: Traject, nu: datetime, *, op: date | None = None, reden: str = "keuze") -> Traject:
    doe(traject.stoppen, deel, wereld.behandelaar, nu, gestopt_op=op or datum_van(nu), stop_reden=reden)
    return Traject.objects.get(pk=deel.pk)


def start_niet(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Traject:
    deel = Traject.objects.get(aanvraag=aanvraag)
    doe(traject.niet_starten, deel, wereld.behandelaar, nu, toelichting="De deelnemer ziet ervan af.")
    return Traject.objects.get(pk=deel.pk)


def vraag_verlenging(wereld: Wereld, deel: Traject, nu: datetime = NU, *, maanden: int = 12) -> Verlenging:
    return doe(
        verlengen.vragen, deel, wereld.behandelaar, nu,
        maanden=maanden, motivering="De deelnemer heeft nu een proefplaatsing.",
    )  # fmt: skip


def beslis_verlenging(wereld: Wereld, verlenging: Verlenging, nu: datetime = NU, *, toe: bool = True) -> Traject:
    """Advised on and decided."""
    doe(
        verlengen.adviseren, verlenging, wereld.beoordelaar, nu,
        advies="toekennen" if toe else "afwijzen", motivering="Zie het verzoek.",
    )  # fmt: skip
    besluit = verlengen.toekennen if toe else verlengen.afwijzen
    doe(besluit, verlenging, wereld.beslisser, nu, motivering="Zie het advies.")
    return Traject.objects.get(pk=verlenging.traject_id)


# --- A dossier in a status -------------------------------------------------------------------------------------
# `keuzes` are those of `invoer`: route, gemeente, bsn, and any field by its name.


def concept(wereld: Wereld, nu: datetime = NU) -> Aanvraag:
    """Nothing filled in yet."""
    return doe(invullen.beginnen, None, wereld.behandelaar, nu, regeling=wereld.regeling)


def compleet(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """A concept with everything filled in."""
    return vul_in(wereld, concept(wereld, nu), invoer(wereld, nu=nu, **keuzes), nu)


def wacht_op_toestemming(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return vraag_toestemming(wereld, compleet(wereld, nu, **keuzes), nu)


def met_toestemming(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """The gemeente gave her toestemming; still to be submitted."""
    return geef_toestemming(wereld, wacht_op_toestemming(wereld, nu, **keuzes), nu)


def klaar_om_in_te_dienen(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """All that stands before submitting, whatever the route."""
    if keuzes.get("route", "gemeente") == "gemeente":
        return met_toestemming(wereld, nu, **keuzes)
    return compleet(wereld, nu, **keuzes)


def ingediend(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return dien_in(wereld, klaar_om_in_te_dienen(wereld, nu, **keuzes), nu)


def onvolledig(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return vraag_aanvulling(wereld, ingediend(wereld, nu, **keuzes), nu)


def in_behandeling(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return neem_in_behandeling(wereld, ingediend(wereld, nu, **keuzes), nu)


def beoordeeld(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """In behandeling, with the advice to grant."""
    return beoordeel(wereld, in_behandeling(wereld, nu, **keuzes), nu)


def toegekend(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return ken_toe(wereld, beoordeeld(wereld, nu, **keuzes), nu)


def afgewezen(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return wijs_af(wereld, in_behandeling(wereld, nu, **keuzes), nu)


def buiten_behandeling(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """Decided fifteen days after `nu`: the hersteltermijn has passed then."""
    return laat_buiten_behandeling(wereld, onvolledig(wereld, nu, **keuzes), nu + timedelta(days=15))


def ingetrokken(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return trek_in(wereld, ingediend(wereld, nu, **keuzes), nu)


def vervallen(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return weiger_toestemming(wereld, wacht_op_toestemming(wereld, nu, **keuzes), nu)


def besluit_ingetrokken(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return trek_besluit_in(wereld, toegekend(wereld, nu, **keuzes), nu)


MAAK: dict[AanvraagStatus, Callable[..., Aanvraag]] = {
    AanvraagStatus.CONCEPT: compleet,
    AanvraagStatus.WACHT_OP_TOESTEMMING: wacht_op_toestemming,
    AanvraagStatus.INGEDIEND: ingediend,
    AanvraagStatus.ONVOLLEDIG: onvolledig,
    AanvraagStatus.IN_BEHANDELING: in_behandeling,
    AanvraagStatus.TOEGEKEND: toegekend,
    AanvraagStatus.AFGEWEZEN: afgewezen,
    AanvraagStatus.BUITEN_BEHANDELING: buiten_behandeling,
    AanvraagStatus.INGETROKKEN: ingetrokken,
    AanvraagStatus.VERVALLEN: vervallen,
    AanvraagStatus.BESLUIT_INGETROKKEN: besluit_ingetrokken,
}


def gestart(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Traject:
    """A traject that was granted and started on the day of `nu`."""
    return start(wereld, toegekend(wereld, nu, **keuzes), nu)


def gestopt(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Traject:
    """Started on the day of `nu`, stopped ninety days later."""
    return stop(wereld, gestart(wereld, nu, **keuzes), nu + timedelta(days=90))


def niet_gestart(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Traject:
    return start_niet(wereld, toegekend(wereld, nu, **keuzes), nu)


MAAK_TRAJECT: dict[TrajectStatus, Callable[..., Traject]] = {
    TrajectStatus.GEPLAND: lambda wereld, nu=NU, **keuzes: toegekend(wereld, nu, **keuzes).traject,
    TrajectStatus.GESTART: gestart,
    TrajectStatus.VOORTIJDIG_BEEINDIGD: gestopt,
    TrajectStatus.NIET_GESTART: niet_gestart,
}


def verlenging_gevraagd(wereld: Wereld, nu: datetime = NU, *, maanden: int = 12, **keuzes: Any) -> Verlenging:
    return vraag_verlenging(wereld, gestart(wereld, nu, **keuzes), nu, maanden=maanden)


def verlengd(wereld: Wereld, nu: datetime = NU, *, maanden: int = 12, **keuzes: Any) -> Traject:
    return beslis_verlenging(wereld, verlenging_gevraagd(wereld, nu, maanden=maanden, **keuzes), nu)


def voordracht(
    wereld: Wereld, nu: datetime = NU, *, gemeente: str = NIJMEGEN, bsn: str | None = None, uitkering: str = "bijstand"
) -> Voordracht:
    """The gemeente proposes an inwoner to the instelling."""
    return doe(
        voordragen.doen, None, wereld.van_gemeente(gemeente, nu=nu), nu,
        gemeente=wereld.gemeente(gemeente), instelling=wereld.instelling, bsn=bsn or wereld.nieuwe_bsn(),
        voorletters="V.", achternaam="Voorgedragen", geboortedatum=date(1985, 5, 5), uitkering=uitkering,
        akkoord_op=datum_van(nu) - timedelta(days=3), contact_naam="C. Contact", contact_telefoon="024 123 45 67",
    )  # fmt: skip


def uit_voordracht(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """The concept that an instelling began by accepting a voordracht."""
    return doe(
        voordragen.aannemen, voordracht(wereld, nu, **keuzes), wereld.behandelaar, nu, regeling=wereld.regeling
    )
