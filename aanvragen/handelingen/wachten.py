"""What of a dossier waits for a besluit, and until when there was time for it (Awb 4:13 to 4:15, 7:10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from aanvragen.handelingen.beslistermijn import termijn_van
from aanvragen.models import Aanvraag, Bezwaar, Vaststelling, Verlenging
from aanvragen.models.beslistermijn import Opschorting, OpschortingSoort
from aanvragen.models.ingebrekestelling import BESLIST_OP_AANVRAAG
from aanvragen.regels.bezwaar import OPEN_BEZWAAR, Indiener
from aanvragen.regels.dwangsom import Waarover
from aanvragen.regels.statussen import OPEN, VaststellingStatus, VerlengingStatus
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.termijnen import beslistermijn

Deel = Aanvraag | Verlenging | Vaststelling | Bezwaar

_AAN_DE_BEURT = (
    VaststellingStatus.VERSLAG_ONTVANGEN,
    VaststellingStatus.VOORGESTELD,
    VaststellingStatus.VOORGENOMEN_LAGER,
)


@dataclass(frozen=True)
class Wacht:
    """Something on which there must be a besluit. `termijn_tot` is the last day for it, inclusive, the Atw applied."""

    over: Waarover
    deel: Deel
    termijn_tot: date
    opgeschort: bool = False

    @property
    def code(self) -> str:
        """How a form names it, within its dossier."""
        return self.over.value if self.over is Waarover.AANVRAAG else f"{self.over.value}-{self.deel.pk}"

    @property
    def titel(self) -> str:
        if isinstance(self.deel, Verlenging):
            return f"{self.over.label} van {datum_van(self.deel.gevraagd_op):%d-%m-%Y}"
        if isinstance(self.deel, Bezwaar):
            return f"{self.over.label} {self.deel.kenmerk}"
        return self.over.label

    def te_laat(self, op: date) -> bool:
        return not self.opgeschort and op > self.termijn_tot


def wachtenden(aanvraag: Aanvraag, op: date) -> list[Wacht]:
    """What waited for a besluit on day `op`; also what was decided since, on or after that day."""
    bronnen = (_aanvraag, _verlengingen, _vaststelling, _bezwaren)
    return [wacht for bron in bronnen for wacht in bron(aanvraag, op)]


def _besluit_van(deel: Deel | None) -> date | None:
    besluit = deel.besluit_op_bezwaar if isinstance(deel, Bezwaar) else getattr(deel, "besluit", None)
    return besluit.dagtekening if besluit is not None else None


def _beslist_sinds(aanvraag: Aanvraag, op: date) -> date | None:
    """The first besluit on the aanvraag on or after this day."""
    besluiten = aanvraag.besluiten.filter(soort__in=BESLIST_OP_AANVRAAG, dagtekening__gte=op)
    return besluiten.order_by("dagtekening").values_list("dagtekening", flat=True).first()


def _aanvraag(aanvraag: Aanvraag, op: date) -> Iterator[Wacht]:
    if aanvraag.ontvangen_op is None or datum_van(aanvraag.ontvangen_op) > op:
        return
    if aanvraag.status in OPEN:
        yield Wacht(Waarover.AANVRAAG, aanvraag, *termijn_op(aanvraag, op))
    elif _beslist_sinds(aanvraag, op) is not None:
        assert aanvraag.beslis_uiterlijk is not None
        yield Wacht(Waarover.AANVRAAG, aanvraag, aanvraag.beslis_uiterlijk)


def termijn_op(aanvraag: Aanvraag, op: date) -> tuple[date, bool]:
    """The last day to decide as it stands on this day, and whether the term stands still then (Awb 4:15).

    The term runs on from the day on which an aanvulling should have come, also when nobody wrote that down yet. What
    was asked after the term had passed does not make it stand still.
    """
    assert aanvraag.beslis_uiterlijk is not None
    tot: date = aanvraag.beslis_uiterlijk
    stil: Opschorting | None = aanvraag.opschortingen.filter(hervat_op__isnull=True).first()
    if stil is None or stil.uitgenodigd_op > tot or stil.uitgenodigd_op >= op:
        return tot, False
    herstel = aanvraag.hersteltermijn_tot
    if stil.soort == OpschortingSoort.AANVULLING and herstel is not None and op > herstel:
        return termijn_van(aanvraag, op).laatste_dag, False
    return tot, True


def _verlengingen(aanvraag: Aanvraag, op: date) -> Iterator[Wacht]:
    for verlenging in Verlenging.objects.filter(traject__aanvraag=aanvraag).select_related("besluit"):
        gevraagd_op = datum_van(verlenging.gevraagd_op)
        if gevraagd_op <= op and _wacht(verlenging, op, verlenging.status == VerlengingStatus.AANGEVRAAGD):
            yield Wacht(Waarover.VERLENGING, verlenging, termijn_verlenging(aanvraag, verlenging))


def termijn_verlenging(aanvraag: Aanvraag, verlenging: Verlenging) -> date:
    """The last day to decide. No regeling sets one: a reasonable term, as long as that for the aanvraag (4:13)."""
    weken = aanvraag.inhoud.termijnen.beslistermijn_weken
    return beslistermijn(datum_van(verlenging.gevraagd_op), feestdagen(), weken=weken).laatste_dag


def vaststelling_te_laat(vaststelling: Vaststelling, op: date) -> bool:
    """Asked for with a verslag, and not decided in time."""
    wacht = vaststelling.status in _AAN_DE_BEURT and not vaststelling.ambtshalve
    return wacht and op > vaststelling.beslis_uiterlijk


def _vaststelling(aanvraag: Aanvraag, op: date) -> Iterator[Wacht]:
    """With a verslag, which is the aanvraag tot vaststelling; without one nobody asked (Awb 4:44)."""
    deel = (
        Vaststelling.objects.filter(traject__aanvraag=aanvraag, ambtshalve=False)
        .select_related("besluit")
        .first()
    )
    if deel is not None and _wacht(deel, op, deel.status in _AAN_DE_BEURT):
        yield Wacht(Waarover.VASTSTELLING, deel, deel.beslis_uiterlijk)


def _bezwaren(aanvraag: Aanvraag, op: date) -> Iterator[Wacht]:
    """Of the instelling: a letter about the dwangsom goes to her (Awb 7:14)."""
    bezwaren = aanvraag.bezwaren.filter(indiener=Indiener.INSTELLING)
    for bezwaar in bezwaren.select_related("besluit_op_bezwaar"):
        if datum_van(bezwaar.ontvangen_op) <= op and _wacht(bezwaar, op, bezwaar.status in OPEN_BEZWAAR):
            yield Wacht(Waarover.BEZWAAR, bezwaar, bezwaar.beslis_uiterlijk)


def _wacht(deel: Deel, op: date, nog_open: bool) -> bool:
    besluit = _besluit_van(deel)
    return nog_open or (besluit is not None and besluit >= op)
