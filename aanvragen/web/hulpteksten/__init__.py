"""Help with the pages of the dossier, one module per phase of its life."""

from aanvragen.web.hulpteksten.aanvragen import HULP as AANVRAGEN
from aanvragen.web.hulpteksten.besluiten import HULP as BESLUITEN
from aanvragen.web.hulpteksten.bezwaar import HULP as BEZWAAR
from aanvragen.web.hulpteksten.dossier import HULP as DOSSIER
from aanvragen.web.hulpteksten.gemeente import HULP as GEMEENTE
from aanvragen.web.hulpteksten.te_laat import HULP as TE_LAAT
from aanvragen.web.hulpteksten.toezicht import HULP as TOEZICHT
from aanvragen.web.hulpteksten.traject import HULP as TRAJECT
from ips_subsidie.vormgeving.hulp import Hulpteksten

HULP: Hulpteksten = {
    **DOSSIER, **AANVRAGEN, **GEMEENTE, **BESLUITEN, **TRAJECT, **BEZWAAR, **TE_LAAT, **TOEZICHT,
}  # fmt: skip
