"""Tables of the budget: regelingen and their versions, pots, places in the queue, the grootboek."""

from budget.models.grootboek import Boeking, BoekingSoort, Controle, Rekening
from budget.models.potten import Pot, Potgrens, PotSoort
from budget.models.regelingen import Regeling, RegelingVersie
from budget.models.reserveringen import Reservering, ReserveringStatus
from budget.models.uitzonderingen import Loting, LotingStatus, Uitzondering

__all__ = [
    "Boeking",
    "BoekingSoort",
    "Controle",
    "Loting",
    "LotingStatus",
    "Pot",
    "PotSoort",
    "Potgrens",
    "Regeling",
    "RegelingVersie",
    "Rekening",
    "Reservering",
    "ReserveringStatus",
    "Uitzondering",
]
