"""What who decides must know of a dossier at this moment: places, rank, doubles, things to look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from aanvragen.handelingen.beslissen import gebeurtenissen_bij, is_begonnen
from aanvragen.models import Aanvraag, Beoordeling
from aanvragen.models.samenvatting import secties_van
from aanvragen.regels.volledigheid import behandeling_te_lang
from aanvragen.web.behandeling.formulieren import VANAF_NU
from budget.handelingen.plaatsen import Stand, standen_van
from budget.handelingen.uitzondering import grens_op
from budget.models import Pot, PotSoort, Reservering, ReserveringStatus
from budget.regels.regeling import Vrijval
from ips_subsidie.kalender.klok import datum_van, nu
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import bsn_gemaskeerd, datum

AANTAL_EERDER = 3


@dataclass(frozen=True)
class Potregel:
    """One limit that this aanvraag falls under, and what is left of it."""

    titel: str
    verleend: int
    grens: int | None

    @property
    def vrij(self) -> int | None:
        return None if self.grens is None else max(0, self.grens - self.verleend)

    @property
    def vol(self) -> bool:
        return self.grens is not None and self.verleend >= self.grens


@dataclass(frozen=True)
class Rang:
    """The place in the queue: how many are before it, of which of the same gemeente and route."""

    eerder: int
    eerder_zelfde_gemeente: int
    eersten: list[tuple[str, UUID]]

    @property
    def nummer(self) -> int:
        return self.eerder + 1


@dataclass(frozen=True)
class Waarschuwing:
    titel: str
    tekst: str


def potregels(aanvraag: Aanvraag) -> list[Potregel]:
    if aanvraag.reservering is None:
        return []
    return [
        Potregel(_titel(stand, aanvraag), stand.pot.verleend_trajecten, stand.pot.grens_trajecten)
        for stand in standen_van(aanvraag.reservering, nu())
    ]


def _titel(stand: Stand, aanvraag: Aanvraag) -> str:
    """What people call this pot; after a merger with the gemeenten that count along."""
    pot = stand.pot
    naam = {
        PotSoort.TOTAAL: "Hele regeling",
        PotSoort.ROUTE: aanvraag.inhoud.route(aanvraag.route).naam,
        PotSoort.GEMEENTE: f"Gemeente {aanvraag.gemeente}",
    }[PotSoort(pot.soort)]
    if stand.samen_met:
        naam = f"{naam} samen met {' en '.join(stand.samen_met)}"
    return f"{naam}, tijdvak {pot.periode}" if pot.periode else naam


def rang_van(aanvraag: Aanvraag, actor: Actor) -> Rang | None:
    """None for an aanvraag that isn't in the queue: it waits for an aanvulling, or was decided.

    The first in the queue are named only as far as the actor may see them.
    """
    r = aanvraag.reservering
    if r is None or r.status != ReserveringStatus.IN_VOLGORDE:
        return None
    beter = Reservering.objects.beter_dan(r)
    telling = beter.order_by().aggregate(
        alle=Count("pk"), zelfde=Count("pk", filter=Q(gemeente_id=r.gemeente_id, route=r.route))
    )
    eersten = (
        list(
            beter.filter(aanvraag__in=Aanvraag.objects.zichtbaar_voor(actor).order_by()).values_list(
                "kenmerk", "aanvraag__pk"
            )[:AANTAL_EERDER]
        )
        if telling["alle"]
        else []
    )
    return Rang(telling["alle"], telling["zelfde"], eersten)


def dubbele_van(aanvraag: Aanvraag, actor: Actor) -> list[Aanvraag]:
    """Other aanvragen for the same person, of whichever instelling, found by the keyed hash of the BSN."""
    if aanvraag.deelnemer.bsn_index is None:
        return []
    return list(
        Aanvraag.objects.zichtbaar_voor(actor)
        .filter(deelnemer__bsn_index=bytes(aanvraag.deelnemer.bsn_index))
        .exclude(pk=aanvraag.pk)
        .select_related("instelling__organisatie")
        .order_by("-ontvangen_op")[:10]
    )


def waarschuwingen(aanvraag: Aanvraag) -> list[Waarschuwing]:
    """What asks for a person's judgement; none of these refuses by itself."""
    uit = []
    if aanvraag.na_storing:
        uit.append(
            Waarschuwing(
                "Na sluiting ontvangen, na een storing",
                "Het portaal had een storing op de laatste dag. Weeg of de aanvraag nog op tijd is.",
            )
        )
    if aanvraag.heeft_behandelgegevens_voor_uwv:
        uit += _behandeling(aanvraag)
    route = aanvraag.routeregels
    if route is not None and route.toestemming and aanvraag.levende_toestemming() is None:
        uit.append(
            Waarschuwing(
                "Geen geldige toestemming",
                "De gemeente heeft de toestemming ingetrokken. Vraag de instelling eerst om een aanvulling.",
            )
        )
    return uit


def boven_de_grens(aanvraag: Aanvraag) -> list[Waarschuwing]:
    """Which pots have no room for a grant after a gegrond bezwaar; none of them stops it (Awb 4:25 lid 3)."""
    if aanvraag.reservering is None:
        return []
    reservering = aanvraag.reservering
    standen = standen_van(reservering, nu())
    vol = [_titel(stand, aanvraag) for stand in standen if _gaat_erboven(stand.pot, reservering)]
    if not vol:
        return []
    return [
        Waarschuwing(
            "Er is geen plaats meer over",
            f"Deze grens is bereikt: {', '.join(vol)}. Na een gegrond bezwaar komt de plaats er bovenop. Financiën "
            "bij UWV en het ministerie krijgen daar bericht van.",
        )
    ]


def _gaat_erboven(pot: Pot, reservering: Reservering) -> bool:
    """Would this go beyond the limit that holds for it (Awb 4:27)? Counted as the engine does when it books that."""
    trajecten, cent = pot.grens_trajecten, pot.grens_cent
    if pot.verlaagd_op is not None and reservering.ontvangen_op < pot.verlaagd_op:
        trajecten, cent = grens_op(pot, reservering, nu())
    met = pot.verleend_trajecten + pot.gereserveerd_trajecten + 1 - pot.uitzondering_trajecten
    met_cent = pot.verleend_cent + pot.gereserveerd_cent + reservering.rijk_cent - pot.uitzondering_cent
    return (trajecten is not None and met > trajecten) or (cent is not None and met_cent > cent)


def intrekkeuzes(aanvraag: Aanvraag) -> list[tuple[str, str, str]]:
    """Why a besluit can be withdrawn now: the value, the words, and what each means for the place."""
    traject = getattr(aanvraag, "traject", None)
    if traject is None:
        return []
    derde = (Vrijval.GEGROND_BEZWAAR_DERDE, "Een ander maakte bezwaar tegen dit besluit en kreeg gelijk")
    keuzes: list[tuple[Vrijval | None, str]] = [
        (Vrijval.INGETROKKEN_VOOR_START, "Het traject is niet gestart"),
        derde,
    ]
    if is_begonnen(traject):
        keuzes = [
            (None, "Het traject stopt: het besluit geldt vanaf vandaag niet meer"),
            (
                Vrijval.INGETROKKEN_MET_TERUGWERKENDE_KRACHT,
                "Met terugwerkende kracht: alsof het er nooit was",
            ),
            derde,
        ]
    vrij_bij = aanvraag.inhoud.regels.vrijval_bij
    return [
        (
            str(keuze) if keuze is not None else VANAF_NU,
            titel,
            "De plaats komt vrij voor de volgende."
            if vrij_bij & set(gebeurtenissen_bij(traject, keuze))
            else "De plaats blijft gebruikt.",
        )
        for keuze, titel in keuzes
    ]


def _behandeling(aanvraag: Aanvraag) -> list[Waarschuwing]:
    """Longer than in beginsel: only where the content is tested, and never a refusal by itself (T39)."""
    behandeling = getattr(aanvraag, "behandeling", None)
    maximum = aanvraag.inhoud.termijnen.behandeling_max_maanden
    if behandeling is None or aanvraag.ontvangen_op is None:
        return []
    if not behandeling_te_lang(behandeling.begonnen_in, datum_van(aanvraag.ontvangen_op), maximum):
        return []
    return [
        Waarschuwing(
            f"De behandeling duurt langer dan {maximum} maanden",
            f"Dat is geen reden om af te wijzen. De instelling schrijft: {behandeling.langer_toelichting or 'niets'}",
        )
    ]


def gegevens_van(aanvraag: Aanvraag) -> list[tuple[str, list[Rij]]]:
    """What was filled in; the attestation of treatment only where UWV tests the content (T125)."""
    secties = secties_van(
        aanvraag,
        bsn_gemaskeerd(aanvraag.deelnemer.bsn),
        met_behandeling=aanvraag.heeft_behandelgegevens_voor_uwv,
    )
    return [(titel, [Rij(vraag, antwoord) for vraag, antwoord in rijen]) for _, titel, rijen in secties]


def uitkomstrijen(aanvraag: Aanvraag, beoordeling: Beoordeling) -> list[Rij]:
    """The answers of the reviewer to the checklist."""
    rijen = [
        Rij("Beoordeeld door", str(beoordeling.beoordelaar)),
        Rij("Beoordeeld op", datum(beoordeling.beoordeeld_op)),
    ]
    for controle in aanvraag.inhoud.route(aanvraag.route).controles:
        uitkomst = beoordeling.uitkomsten.get(controle.code, {})
        antwoord = "Ja" if uitkomst.get("klopt") else "Nee"
        toelichting = uitkomst.get("toelichting") or ""
        rijen.append(Rij(controle.vraag, f"{antwoord}. {toelichting}" if toelichting else antwoord))
    rijen.append(Rij("Advies", beoordeling.get_advies_display()))
    if beoordeling.gronden:
        rijen.append(Rij("Gronden", grondteksten(aanvraag, beoordeling.gronden)))
    return rijen


def grondteksten(aanvraag: Aanvraag, codes: Iterable[str]) -> str:
    bekend = {grond.code: grond.tekst for grond in aanvraag.inhoud.gronden}
    return "\n".join(bekend[code] for code in codes if code in bekend)


def voorstel_toekennen(aanvraag: Aanvraag) -> str:
    """A motivering to start from: what the checklist of the route asks, said as found."""
    punten = "\n".join(f"- {c.vraag}" for c in aanvraag.inhoud.route(aanvraag.route).controles)
    return (
        "Uw aanvraag voldoet aan de voorwaarden van de regeling. Wij hebben dit vastgesteld:\n"
        f"{punten}\nEr is nog plaats binnen de grenzen van de regeling. Daarom kennen wij uw aanvraag toe."
    )


def voorstel_afwijzen(aanvraag: Aanvraag, gronden: Iterable[str]) -> str:
    teksten = grondteksten(aanvraag, gronden)
    return f"{teksten}\nDaarom wijzen wij uw aanvraag af." if teksten else ""
