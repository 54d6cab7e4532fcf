"""What stands in a dossier, by who looks: the data, the toestemming, the besluiten, the traject, the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from aanvragen.models import Aanvraag, Besluit, Toestemming, Traject, Verlenging
from aanvragen.models.besluit import Rechtsmiddel
from aanvragen.models.samenvatting import HANDTEKENING, Rijen, secties_van
from aanvragen.regels.statussen import (
    LEVENDE_TOESTEMMING,
    OPEN,
    ToestemmingStatus,
    TrajectStatus,
    VerlengingStatus,
    fase_van,
)
from aanvragen.regels.volledigheid import Onderdeel
from budget.handelingen.plaatsen import Stand, standen_van
from budget.models import PotSoort, Reservering, ReserveringStatus
from budget.regels.regeling import Beslisser
from ips_subsidie.kalender.klok import datum_van, nu
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol
from ips_subsidie.vormgeving.onderdelen import Rij, Soort
from ips_subsidie.vormgeving.templatetags.opmaak import bsn_gemaskeerd, datum, euro, tijdstip

# What the gemeente needs of the situatie (domain text, 5.5), by the question as the summary asks it.
_VOOR_GEMEENTE = (
    "Uitkering", "Route", "Volgt een ander re-integratietraject", "Deelnemer akkoord op", HANDTEKENING,
)  # fmt: skip

# What UWV needs to hold budget and to buy, where the gemeente decides (domain text, 6.3 part 2).
_BIJ_INKOOP = (Onderdeel.INSTELLING, Onderdeel.DEELNEMER, Onderdeel.SITUATIE, Onderdeel.TRAJECT)
_VOOR_INKOOP = ("Instelling", "Naam", "Gemeente", "Doelgroep", "Gewenste start", "Start")

TOESTEMMING_SOORT: dict[str, Soort] = {
    ToestemmingStatus.GEVRAAGD: "let_op",
    ToestemmingStatus.VERLEEND: "goed",
    ToestemmingStatus.GEBRUIKT: "goed",
    ToestemmingStatus.INGELOST: "goed",
    ToestemmingStatus.GEWEIGERD: "fout",
    ToestemmingStatus.INGETROKKEN: "inactief",
    ToestemmingStatus.VERLOPEN: "inactief",
}
TRAJECT_SOORT: dict[str, Soort] = {
    TrajectStatus.GEPLAND: "neutraal",
    TrajectStatus.GESTART: "goed",
    TrajectStatus.VOORTIJDIG_BEEINDIGD: "inactief",
    TrajectStatus.NIET_GESTART: "inactief",
}
VERLENGING_SOORT: dict[str, Soort] = {
    VerlengingStatus.AANGEVRAAGD: "let_op",
    VerlengingStatus.TOEGEKEND: "goed",
    VerlengingStatus.AFGEWEZEN: "fout",
    VerlengingStatus.INGETROKKEN: "inactief",
}


def ziet_behandeling(aanvraag: Aanvraag, actor: Actor) -> bool:
    """The attestation of treatment: the instelling that gave it, and who tests it at UWV (T125)."""
    if actor.is_instelling:
        return True
    toetst = actor.rol in (Rol.UWV_BEOORDELAAR, Rol.UWV_BESLISSER)
    return toetst and aanvraag.heeft_behandelgegevens_voor_uwv


def secties(aanvraag: Aanvraag, actor: Actor) -> list[tuple[str, list[Rij]]]:
    """What was filled in, as far as this actor needs it; the BSN masked for everyone."""
    deelnemer = getattr(aanvraag, "deelnemer", None)
    bsn = str(bsn_gemaskeerd(deelnemer.bsn)) if deelnemer else ""
    alle = secties_van(aanvraag, bsn, met_behandeling=ziet_behandeling(aanvraag, actor))
    if actor.is_gemeente and not aanvraag.gemeente_beslist:
        alle = [_voor_gemeente(*sectie) for sectie in alle if sectie[0] is not Onderdeel.TRAJECT]
    if actor.is_uwv and aanvraag.gemeente_beslist:
        alle = [_voor_inkoop(*sectie) for sectie in alle if sectie[0] in _BIJ_INKOOP]
    return [(titel, [Rij(vraag, antwoord) for vraag, antwoord in rijen]) for _, titel, rijen in alle]


def _voor_inkoop(onderdeel: Onderdeel, titel: str, rijen: Rijen) -> tuple[Onderdeel, str, Rijen]:
    return onderdeel, titel, [rij for rij in rijen if rij[0] in _VOOR_INKOOP]


def _voor_gemeente(onderdeel: Onderdeel, titel: str, rijen: Rijen) -> tuple[Onderdeel, str, Rijen]:
    if onderdeel is Onderdeel.SITUATIE:
        rijen = [rij for rij in rijen if rij[0] in _VOOR_GEMEENTE]
    return onderdeel, titel, rijen


def feiten(aanvraag: Aanvraag, actor: Actor) -> list[Rij]:
    """When it came in and by when there must be a besluit; at UWV also who works on it."""
    if aanvraag.ontvangen_op is None:
        return []
    rijen = [
        Rij(_ontvangen_door(aanvraag), str(tijdstip(aanvraag.ontvangen_op))),
        Rij("Beslissen uiterlijk", datum(aanvraag.beslis_uiterlijk) if aanvraag.beslist_op is None else ""),
        Rij("Beslist op", datum(aanvraag.beslist_op)),
    ]
    rijen += _budgetfeiten(aanvraag)
    if actor.is_gemeente if aanvraag.gemeente_beslist else actor.is_uwv:
        behandelaar = aanvraag.opgepakt_door
        rijen.append(Rij("Opgepakt door", str(behandelaar) if behandelaar else "Niemand"))
        rijen.append(Rij("Let op", "Ontvangen na een storing van het portaal" if aanvraag.na_storing else ""))
    return [rij for rij in rijen if not rij.leeg]


def _ontvangen_door(aanvraag: Aanvraag) -> str:
    return "Ontvangen door de gemeente" if aanvraag.gemeente_beslist else "Ontvangen door UWV"


def _budgetfeiten(aanvraag: Aanvraag) -> list[Rij]:
    """What UWV was asked and answered, where the gemeente decides."""
    reservering = aanvraag.reservering
    if aanvraag.budget_gevraagd_op is None or reservering is None:
        return []
    tot = reservering.gereserveerd_tot if reservering.status == ReserveringStatus.GERESERVEERD else None
    return [
        Rij("Budget gevraagd op", datum(aanvraag.budget_gevraagd_op)),
        Rij("Bedrag", str(euro(reservering.bedrag_cent))),
        # The instant is the first one after the last day that counts.
        Rij("Budget gereserveerd tot en met", datum(tot - timedelta(minutes=1)) if tot else ""),
    ]


# --- toestemming, besluiten, traject -----------------------------------------------------------------


def toestemmingen_van(aanvraag: Aanvraag) -> list[Toestemming]:
    alle = list(aanvraag.toestemmingen.select_related("organisatie", "gemeente"))
    # The buttons of several acts ask for it.
    aanvraag.__dict__["_levende_toestemming"] = next(
        (t for t in alle if t.status in LEVENDE_TOESTEMMING), None
    )
    return alle


def levende(toestemmingen: list[Toestemming]) -> str | None:
    """The status of the one that counts, as `Aanvraag.levende_toestemming` has it."""
    dood = (ToestemmingStatus.GEWEIGERD, ToestemmingStatus.INGETROKKEN, ToestemmingStatus.VERLOPEN)
    return next((t.status for t in toestemmingen if t.status not in dood), None)


def toestemming_blokken(aanvraag: Aanvraag, toestemmingen: list[Toestemming]) -> list[dict[str, Any]]:
    cap = aanvraag.inhoud.potten.cap_per_gemeente
    return [
        {
            "status": t.get_status_display(),
            "soort": TOESTEMMING_SOORT[t.status],
            "rijen": [rij for rij in _toestemming_rijen(t, cap) if not rij.leeg],
        }
        for t in toestemmingen
    ]


def _toestemming_rijen(t: Toestemming, cap: int | None) -> list[Rij]:
    nummer = f"{t.volgnummer} van {cap}" if cap and t.volgnummer else str(t.volgnummer or "")
    return [
        Rij("Gemeente", t.gemeente.naam),
        Rij("Behandeld door", t.organisatie.naam if t.organisatie_id != t.gemeente.organisatie_id else ""),
        Rij("Gevraagd op", datum(t.gevraagd_op)),
        Rij("Beslist op", datum(t.beslist_op)),
        Rij("Nummer", nummer),
        Rij("Voorzieningen die al lopen", t.voorzieningen),
        Rij("Ingetrokken op", datum(t.ingetrokken_op)),
        Rij("Motivering", t.motivering),
    ]


@dataclass(frozen=True)
class Besluitblok:
    besluit: Besluit
    url: str
    op: date
    # Taken back after a gegrond bezwaar.
    vervangen: bool = False
    # What stands of it now, and the colour of that.
    stand: str = ""
    kleur: str = "info"

    @property
    def kan_bezwaar(self) -> bool:
        return self.op <= self.besluit.bezwaar_tot

    @property
    def beroep(self) -> bool:
        return self.besluit.rechtsmiddel == Rechtsmiddel.BEROEP


def verlengingen_van(traject: Traject | None) -> list[Verlenging]:
    """Those of this traject, each knowing it, so that its acts ask nothing again."""
    if traject is None:
        return []
    verlengingen = list(traject.verlengingen.all())
    for verlenging in verlengingen:
        verlenging.traject = traject
    return verlengingen


def traject_blok(traject: Traject, verlengingen: list[Verlenging], *, met_motivering: bool) -> dict[str, Any]:
    """The traject with its days, verlengingen and gebeurtenissen."""
    rijen = [
        Rij("Duur", f"{traject.maanden} maanden"),
        Rij("Verlengd met", f"{traject.verlengd_maanden} maanden" if traject.verlengd_maanden else ""),
        Rij("Starten kan vanaf", datum(traject.vroegste_start) if traject.startdatum is None else ""),
        Rij("Gestart op", datum(traject.startdatum)),
        Rij("Laatste dag", datum(traject.laatste_dag)),
        Rij("Gestopt op", datum(traject.gestopt_op)),
        Rij("Reden", traject.get_stop_reden_display() if traject.stop_reden else ""),
    ]
    return {
        "status": traject.get_status_display(),
        "soort": TRAJECT_SOORT[traject.status],
        "rijen": [rij for rij in rijen if not rij.leeg],
        "verlengingen": [
            {
                "status": v.get_status_display(),
                "soort": VERLENGING_SOORT[v.status],
                "maanden": v.maanden,
                "op": v.gevraagd_op,
                "motivering": v.motivering if met_motivering else "",
            }
            for v in verlengingen
        ],
        "gebeurtenissen": list(traject.gebeurtenissen.select_related("gemeente")[:50])
        if traject.startdatum
        else [],
    }


# --- what UWV weighs ---------------------------------------------------------------------------------


def voor_uwv(actor: Actor) -> dict[str, Any]:
    """Rank and duplicates as parts of the query of the dossier itself: `beter` and `dubbel`."""
    if not actor.is_uwv:
        return {}
    return {"beter": Subquery(_beter(), output_field=IntegerField()), "dubbel": ArraySubquery(_dubbel())}


def _beter() -> QuerySet[Any, Any]:
    """How many wait before this one; equals without a loting count as before nobody."""
    eigen_op, eigen_lot = OuterRef("reservering__rang_op"), OuterRef("reservering__rang_lot")
    return (
        Reservering.objects.filter(
            Q(rang_op__lt=eigen_op) | Q(rang_op=eigen_op, rang_lot__lt=eigen_lot),
            status=ReserveringStatus.IN_VOLGORDE,
            regeling_id=OuterRef("regeling_id"),
        )
        .order_by()
        .annotate(aantal=Func(F("pk"), function="COUNT"))
        .values("aantal")
    )


def _dubbel() -> QuerySet[Any, Any]:
    """Other aanvragen at UWV for the same person, of whichever instelling."""
    return (
        Aanvraag.objects.filter(
            deelnemer__bsn_index=OuterRef("deelnemer__bsn_index"), ontvangen_op__isnull=False
        )
        .exclude(pk=OuterRef("pk"))
        .order_by("ontvangen_op", "id")
        .values(
            gegevens=JSONObject(
                id="id",
                kenmerk="kenmerk",
                status="status",
                beslisser="beslisser",
                instelling="instelling__organisatie__naam",
            )
        )[:10]
    )


def dubbelen(aanvraag: Any) -> list[dict[str, str]]:
    return [
        {
            "kenmerk": ander["kenmerk"],
            "instelling": ander["instelling"],
            "status": fase_van(
                ander["status"], gemeente_beslist=ander["beslisser"] == Beslisser.GEMEENTE.value
            ).tekst,
            "url": reverse("aanvragen:dossier", args=[ander["id"]]),
        }
        for ander in getattr(aanvraag, "dubbel", None) or []
    ]


def plaatsen(aanvraag: Any) -> dict[str, Any] | None:
    """Pools, cap and rank at this moment, while UWV still has to decide."""
    reservering: Reservering | None = aanvraag.reservering
    if reservering is None or aanvraag.status not in OPEN:
        return None
    in_volgorde = reservering.status == ReserveringStatus.IN_VOLGORDE
    return {
        "rang": aanvraag.beter + 1 if in_volgorde else None,
        "rang_vanaf": datum_van(reservering.rang_op) if reservering.rang_op else None,
        "potten": [_pot(aanvraag, stand) for stand in standen_van(reservering, nu())],
    }


def _pot(aanvraag: Aanvraag, stand: Stand) -> dict[str, Any]:
    pot = stand.pot
    naam = {
        PotSoort.TOTAAL: "Hele regeling",
        PotSoort.ROUTE: aanvraag.inhoud.route(aanvraag.route).naam,
        PotSoort.GEMEENTE: f"Gemeente {aanvraag.gemeente}",
    }[PotSoort(pot.soort)]
    if stand.samen_met:
        naam = f"{naam} samen met {' en '.join(stand.samen_met)}"
    verleend, grens = pot.verleend_trajecten, pot.grens_trajecten
    return {
        "naam": naam,
        "verleend": verleend,
        "grens": grens,
        "vrij": None if grens is None else grens - verleend,
    }
