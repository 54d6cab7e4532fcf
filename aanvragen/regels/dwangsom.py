"""What an ingebrekestelling comes to: too early, in time, or a dwangsom of so many days (Awb 4:17, 4:18).

Pure: a day and facts in, a stand out. What a day costs stands in `kalender.dwangsom`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from ips_subsidie.kalender.dwangsom import Dwangsom


class IngebrekestellingStatus(TextChoices):
    PREMATUUR = "prematuur", "Te vroeg"
    LOOPT = "loopt", "Nog twee weken om te beslissen"
    OP_TIJD = "op_tijd", "Op tijd beslist"
    VERBEURD = "verbeurd", "Dwangsom verschuldigd"
    VASTGESTELD = "vastgesteld", "Dwangsom vastgesteld"
    NIET_VERSCHULDIGD = "niet_verschuldigd", "Geen dwangsom verschuldigd"


# The dwangsom may still have to be determined.
OPEN_INGEBREKESTELLING = (IngebrekestellingStatus.LOOPT, IngebrekestellingStatus.VERBEURD)


class Waarover(TextChoices):
    """Which besluit is asked for. Each of these is a beschikking op aanvraag, or follows on one (Awb 4:17, 7:14)."""

    AANVRAAG = "aanvraag", "De aanvraag"
    VERLENGING = "verlenging", "Het verzoek om verlenging"
    VASTSTELLING = "vaststelling", "De vaststelling van de subsidie"
    BEZWAAR = "bezwaar", "Het bezwaar"


class Wijze(TextChoices):
    PORTAAL = "portaal", "In het portaal"
    POST = "post", "Per post"
    MAIL = "mail", "Per e-mail"
    LOKET = "loket", "Afgegeven aan het loket"


class Uitzondering(TextChoices):
    """Why nothing is owed although it was too late (Awb 4:17 lid 6, a to c)."""

    ONREDELIJK_LAAT = "onredelijk_laat", "De ingebrekestelling kwam onredelijk laat"
    GEEN_BELANGHEBBENDE = "geen_belanghebbende", "De aanvrager is geen belanghebbende"
    KENNELIJK_ONGEGROND = "kennelijk_ongegrond", "De aanvraag was kennelijk niet-ontvankelijk of ongegrond"


UITZONDERING_BRON = {
    Uitzondering.ONREDELIJK_LAAT: "Awb artikel 4:17, zesde lid, onder a",
    Uitzondering.GEEN_BELANGHEBBENDE: "Awb artikel 4:17, zesde lid, onder b",
    Uitzondering.KENNELIJK_ONGEGROND: "Awb artikel 4:17, zesde lid, onder c",
}


def is_prematuur(ontvangen_op: date, termijn_tot: date, *, opgeschort: bool) -> bool:
    """Received while there was still time: up to and including the last day, as the Atw moved it (domain text, 5.1).

    While the term stands still (Awb 4:15) it can't have passed.
    """
    return opgeschort or ontvangen_op <= termijn_tot


@dataclass(frozen=True)
class Stand:
    """Where it stands on a day. `dagen` and `bedrag_cent` are what is owed until then; `klaar`: nothing comes on top.

    `laatste_dag` is the last day that is owed, None where none is.
    """

    status: IngebrekestellingStatus
    dagen: int
    bedrag_cent: int
    klaar: bool
    laatste_dag: date | None


def stand_op(dwangsom: Dwangsom, besloten_op: date | None, op: date) -> Stand:
    """The stand on day `op` of an ingebrekestelling that was not too early.

    `besloten_op` is the day on which the besluit was bekendgemaakt, or the aanvraag withdrawn: it ends the counting.
    """
    if besloten_op is not None and besloten_op <= op:
        dagen, klaar = dwangsom.dagen_bij_besluit(besloten_op), True
    else:
        dagen, klaar = dwangsom.dagen(op), op > dwangsom.laatste_dag
    if dagen:
        status = IngebrekestellingStatus.VERBEURD
    else:
        status = IngebrekestellingStatus.OP_TIJD if klaar else IngebrekestellingStatus.LOOPT
    laatste = dwangsom.dag(dagen) if dagen else None
    return Stand(status, dagen, dwangsom.tarief.bedrag_cent(dagen), klaar, laatste)
