"""The bezwaar: its statuses, what can come of it, and when it was in time (Awb chapters 6 and 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from ips_subsidie.kalender.dagen import voluit
from ips_subsidie.kalender.rekenen import Opschorting
from ips_subsidie.kalender.termijnen import Termijn, beslissing_op_bezwaar

# Sent in time by post it may come in a week late (Awb 6:9 lid 2).
POST_DAGEN = 7


class BezwaarStatus(TextChoices):
    """From receipt to the beslissing (domain text, 4.10)."""

    ONTVANGEN = "ontvangen", "Ontvangen"
    ONTVANKELIJKHEID = "ontvankelijkheid", "Wacht op de gronden"
    HOORZITTING = "hoorzitting", "Horen en advies"
    VOORGESTELD = "voorgesteld", "Klaar voor beslissing"
    GEGROND = "gegrond", "Gegrond"
    ONGEGROND = "ongegrond", "Ongegrond"
    NIET_ONTVANKELIJK = "niet_ontvankelijk", "Niet-ontvankelijk"
    INGETROKKEN = "ingetrokken", "Ingetrokken"
    DOORGEZONDEN = "doorgezonden", "Doorgezonden"


# There must still be a beslissing.
OPEN_BEZWAAR = (
    BezwaarStatus.ONTVANGEN,
    BezwaarStatus.ONTVANKELIJKHEID,
    BezwaarStatus.HOORZITTING,
    BezwaarStatus.VOORGESTELD,
)
BESLIST_BEZWAAR = (BezwaarStatus.GEGROND, BezwaarStatus.ONGEGROND, BezwaarStatus.NIET_ONTVANKELIJK)


class Indiener(TextChoices):
    INSTELLING = "instelling", "De ggz-instelling"
    DEELNEMER = "deelnemer", "De deelnemer"
    GEMEENTE = "gemeente", "De gemeente"
    ANDER = "ander", "Iemand anders met een belang"


class Wijze(TextChoices):
    PORTAAL = "portaal", "In het portaal"
    POST = "post", "Per post"
    LOKET = "loket", "Aan het loket"


class Verschoning(TextChoices):
    """Why a late bezwaar counts all the same (Awb 6:11); since 2026 an outage by name (2:21)."""

    STORING = "storing", "Er was een storing van het portaal op de laatste dag"
    BEKENDMAKING = "bekendmaking", "Het besluit was niet goed bekendgemaakt, of noemde de termijn niet goed"
    OVERMACHT = "overmacht", "Door overmacht kon de indiener niet eerder"
    ANDERS = "anders", "Een andere reden die niet aan de indiener ligt"


class Afzien(TextChoices):
    """Why nobody is heard (Awb 7:3, a to e)."""

    NIET_ONTVANKELIJK = "niet_ontvankelijk", "Het bezwaar is kennelijk niet-ontvankelijk"
    ONGEGROND = "ongegrond", "Het bezwaar is kennelijk ongegrond"
    GEEN_WENS = "geen_wens", "De indiener wil niet worden gehoord"
    GEEN_REACTIE = "geen_reactie", "De indiener zei niet op tijd dat hij wil worden gehoord"
    VOLLEDIG = "volledig", "Wij komen helemaal tegemoet aan het bezwaar"


class Uitkomst(TextChoices):
    GEGROND = "gegrond", "Gegrond"
    ONGEGROND = "ongegrond", "Ongegrond"
    NIET_ONTVANKELIJK = "niet_ontvankelijk", "Niet-ontvankelijk"


class Gevolg(TextChoices):
    """What a gegrond bezwaar does (Awb 7:11 lid 2). All but `MOTIVERING` take the besluit back."""

    ALSNOG_TOEKENNEN = "alsnog_toekennen", "De aanvraag wordt alsnog toegekend"
    OPNIEUW = "opnieuw", "De aanvraag wordt opnieuw behandeld, met haar oude plaats in de volgorde"
    HERLEVEN = "herleven", "De intrekking vervalt: de subsidie geldt weer"
    VERLENGEN = "verlengen", "De verlenging wordt alsnog toegekend"
    HOGER_VASTSTELLEN = "hoger_vaststellen", "De subsidie wordt op een hoger bedrag vastgesteld"
    MOTIVERING = "motivering", "Het besluit blijft, met een andere motivering"


# By the soort of the besluit against which the bezwaar is. What is not here can only be motivated better.
_GEVOLGEN: Mapping[str, tuple[Gevolg, ...]] = {
    "afwijzing": (Gevolg.ALSNOG_TOEKENNEN, Gevolg.OPNIEUW, Gevolg.MOTIVERING),
    "buiten_behandeling": (Gevolg.OPNIEUW, Gevolg.MOTIVERING),
    "intrekking": (Gevolg.HERLEVEN, Gevolg.MOTIVERING),
    "verlenging_afgewezen": (Gevolg.VERLENGEN, Gevolg.MOTIVERING),
    "vaststelling": (Gevolg.HOGER_VASTSTELLEN, Gevolg.MOTIVERING),
}


def gevolgen_bij(soort: str) -> tuple[Gevolg, ...]:
    """What a gegrond bezwaar against a besluit of this soort can do."""
    return _GEVOLGEN.get(soort, (Gevolg.MOTIVERING,))


def herroept(uitkomst: str, gevolg: str) -> bool:
    """Does this beslissing take the besluit back?"""
    return uitkomst == Uitkomst.GEGROND and gevolg != Gevolg.MOTIVERING


@dataclass(frozen=True)
class Ontvangst:
    """Was a bezwaar in time, and in steps why."""

    op_tijd: bool
    stappen: tuple[str, ...]


def op_tijd(*, bezwaar_tot: date, ontvangen_op: date, per_post: bool, verzonden_op: date | None) -> Ontvangst:
    """Came it before the end of the term; by post: sent before it, and here within a week after it (Awb 6:9).

    All are days in Amsterdam, inclusive. A posted one without a known day of sending counts by its receipt.
    """
    stappen = [
        f"De laatste dag voor bezwaar was {voluit(bezwaar_tot)}.",
        f"Het bezwaar is ontvangen op {voluit(ontvangen_op)}.",
    ]
    if ontvangen_op <= bezwaar_tot:
        return Ontvangst(True, (*stappen, "Dat is op tijd (artikel 6:9, eerste lid, van de Awb)."))
    if not per_post:
        return Ontvangst(False, (*stappen, "Dat is te laat (artikel 6:9, eerste lid, van de Awb)."))
    tot = bezwaar_tot + timedelta(days=POST_DAGEN)
    if verzonden_op is None:
        stappen.append("Van de dag van verzenden is niets bekend. Dan telt de dag van ontvangst.")
        return Ontvangst(False, (*stappen, "Dat is te laat."))
    stappen.append(f"Het is op de post gedaan op {voluit(verzonden_op)}.")
    goed = verzonden_op <= bezwaar_tot and ontvangen_op <= tot
    stappen.append(
        "Per post is het op tijd als het voor het einde van de termijn is verzonden en uiterlijk een week daarna "
        f"is ontvangen, dus uiterlijk {voluit(tot)} (artikel 6:9, tweede lid, van de Awb)."
    )
    stappen.append(
        "Dat is zo: het bezwaar is op tijd." if goed else "Dat is niet zo: het bezwaar is te laat."
    )
    return Ontvangst(goed, tuple(stappen))


def beslistermijn(
    *,
    bezwaar_tot: date,
    ontvangen_op: date,
    feestdagen: Mapping[date, str],
    commissie: bool = False,
    verdaagd: bool = False,
    herstel: Opschorting | None = None,
) -> Termijn:
    """By when there must be a beslissing (Awb 7:10): six weeks after the bezwaartermijn, twelve with a commissie.

    `herstel` suspends (lid 2). A bezwaar that came after the term is counted from its receipt, since the law's own
    first day can have passed before it was there: a judgement, in favour of who has to decide on it.
    """
    return beslissing_op_bezwaar(
        max(bezwaar_tot, ontvangen_op),
        feestdagen,
        commissie=commissie,
        verdaagd=verdaagd,
        opschortingen=(herstel,) if herstel is not None else (),
    )
