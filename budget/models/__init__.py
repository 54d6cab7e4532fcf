"""Tables of the budget: regelingen and their versions, pots, places in the queue, the grootboek; and the money."""

from budget.models.bankrekeningen import Bankrekening, BankrekeningStatus
from budget.models.betaalbatches import Betaalbatch, BetaalbatchStatus
from budget.models.facturen import Factuur, FactuurSoort, FactuurStatus
from budget.models.grootboek import Boeking, BoekingSoort, Controle, Rekening
from budget.models.potten import Pot, Potgrens, PotSoort
from budget.models.regelingen import Regeling, RegelingVersie
from budget.models.reserveringen import Reservering, ReserveringStatus
from budget.models.terugvorderingen import Terugvordering, TerugvorderingStatus
from budget.models.uitzonderingen import Loting, LotingStatus, Uitzondering
from budget.models.verplichtingen import (
    Betaalmoment,
    Betaalverplichting,
    Debiteur,
    Inkooporder,
    VerplichtingStatus,
)

__all__ = [
    "Bankrekening",
    "BankrekeningStatus",
    "Betaalbatch",
    "BetaalbatchStatus",
    "Betaalmoment",
    "Betaalverplichting",
    "Boeking",
    "BoekingSoort",
    "Controle",
    "Debiteur",
    "Factuur",
    "FactuurSoort",
    "FactuurStatus",
    "Inkooporder",
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
    "Terugvordering",
    "TerugvorderingStatus",
    "Uitzondering",
    "VerplichtingStatus",
]
