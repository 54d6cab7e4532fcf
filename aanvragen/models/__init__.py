"""Tables of the dossier. Whose a dossier is, is said once: `AanvraagQuerySet.zichtbaar_voor`."""

from aanvragen.models.aanvraag import Aanvraag, Bijlage
from aanvragen.models.beoordeling import Beoordeling
from aanvragen.models.besluit import Besluit, BesluitSoort, Brief, BriefBestand
from aanvragen.models.deelnemer import Behandeling, Deelnemer
from aanvragen.models.herinnering import Herinnering
from aanvragen.models.instelling import GgzInstelling, IpsErkenning
from aanvragen.models.storing import Storing
from aanvragen.models.toestemming import Toestemming, Voordracht
from aanvragen.models.traject import Traject, Trajectgebeurtenis, Verlenging

__all__ = [
    "Aanvraag",
    "Behandeling",
    "Beoordeling",
    "Besluit",
    "BesluitSoort",
    "Bijlage",
    "Brief",
    "BriefBestand",
    "Deelnemer",
    "GgzInstelling",
    "Herinnering",
    "IpsErkenning",
    "Storing",
    "Toestemming",
    "Traject",
    "Trajectgebeurtenis",
    "Verlenging",
    "Voordracht",
]
