"""Tables of the overleg. Whose overleg it is, is said once: `ReeksQuerySet.zichtbaar_voor`."""

from overleg.models.agenda import Agendalink, AgendalinkStatus, Agendapunt, AgendapuntStatus, Punt
from overleg.models.reeks import (
    Bijeenkomst,
    BijeenkomstStatus,
    Deelnemer,
    OverlegSoort,
    Reeks,
    ReeksStatus,
)

__all__ = [
    "Agendalink",
    "AgendalinkStatus",
    "Agendapunt",
    "AgendapuntStatus",
    "Bijeenkomst",
    "BijeenkomstStatus",
    "Deelnemer",
    "OverlegSoort",
    "Punt",
    "Reeks",
    "ReeksStatus",
]
