"""Tables of the budget: regelingen and their versions, pots, and places in the queue."""

from budget.models.potten import Pot, PotSoort
from budget.models.regelingen import Regeling, RegelingVersie
from budget.models.reserveringen import Reservering, ReserveringStatus

__all__ = ["Pot", "PotSoort", "Regeling", "RegelingVersie", "Reservering", "ReserveringStatus"]
