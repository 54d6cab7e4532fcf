"""What the letters about the beslistermijn need; see `gegevens`."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from ips_subsidie.brieven.bouwstenen import Ondertekening
from ips_subsidie.brieven.gegevens import Brief
from ips_subsidie.brieven.opmaak import datum_met_dag


@dataclass(frozen=True, kw_only=True)
class Verdagingsbrief(Brief):
    """The besluit comes later than the term said, and by when (Awb 4:14)."""

    sjabloon: ClassVar[str] = "verdaging"
    laatste_dagen: ClassVar[tuple[str, ...]] = ("beslissen_voor",)

    aanvraag_ontvangen_op: date
    reden: str
    beslissen_voor: date
    ondertekening: Ondertekening

    def __post_init__(self) -> None:
        """It is later than today."""
        if self.beslissen_voor <= self.datum:
            raise ValueError("het besluit komt na de datum van de brief")


@dataclass(frozen=True, kw_only=True)
class Opschortingsbrief(Brief):
    """The beslistermijn stands still by consent (`instemming`) or overmacht, and runs again on `hervat_op` (4:15)."""

    sjabloon: ClassVar[str] = "opschorting"

    aanvraag_ontvangen_op: date
    instemming: bool
    reden: str
    hervat_op: date
    beslissen_voor: date
    ondertekening: Ondertekening

    def __post_init__(self) -> None:
        """It runs again after today, and the last day comes after that."""
        if not self.datum < self.hervat_op <= self.beslissen_voor:
            raise ValueError("de termijn loopt weer voor de laatste dag")

    def naar_json(self) -> dict[str, Any]:
        """Add the weekday to the days."""
        return super().naar_json() | {
            "hervat_op": datum_met_dag(self.hervat_op),
            "beslissen_voor": datum_met_dag(self.beslissen_voor),
        }
