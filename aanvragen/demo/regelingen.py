"""The regelingen that a local program begins with: each from the day on which it was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from budget.handelingen.laden import laad_regeling
from budget.models import Regeling
from ips_subsidie.kalender.klok import datum_van


@dataclass(frozen=True)
class Bekendgemaakt:
    """A file in budget/regelingen, when it was published and where."""

    code: str
    gepubliceerd_op: date
    bron: str


REGELINGEN = (
    Bekendgemaakt("IPS-UWV-2018", date(2018, 7, 19), "Beleidsregels UWV subsidieonderzoek IPS 2018"),
    Bekendgemaakt("IPS-CMD-2019", date(2019, 4, 24), "Stcrt. 2019, 24003"),
    Bekendgemaakt("IPS-PROEF-D", date(2022, 12, 15), "Verzonnen"),
    Bekendgemaakt("IPS-GEM-2023", date(2023, 2, 24), "Stcrt. 2023, 6260"),
)


def laad_regelingen(nu: datetime) -> None:
    """Load what was published by now; one that is there already stays as it is, with its later versions."""
    aanwezig = set(Regeling.objects.values_list("code", flat=True))
    for een in REGELINGEN:
        if een.code in aanwezig or een.gepubliceerd_op > datum_van(nu):
            continue
        bestand = settings.PROJECT / "budget/regelingen" / f"{een.code.lower()}.toml"
        laad_regeling(
            bestand.read_text(encoding="utf-8"),
            reden="De regeling zoals zij is bekendgemaakt.",
            nu=nu,
            gepubliceerd_op=een.gepubliceerd_op,
            bron=een.bron,
        )
