"""Tables of the dossier. Whose a dossier is, is said once: `AanvraagQuerySet.zichtbaar_voor`."""

from aanvragen.models.aanvraag import Aanvraag, Bijlage
from aanvragen.models.beoordeling import Beoordeling
from aanvragen.models.beslistermijn import Opschorting, OpschortingSoort, Verdaging
from aanvragen.models.besluit import Besluit, BesluitSoort, Brief, BriefBestand
from aanvragen.models.bewaren import Bewaarplicht
from aanvragen.models.bezwaar import Bezwaar
from aanvragen.models.deelnemer import Behandeling, Deelnemer
from aanvragen.models.doorzending import Doorzending
from aanvragen.models.gemeentetoets import Gemeentetoets
from aanvragen.models.gesprek import Gelezen, Gespreksbericht
from aanvragen.models.handtekening import Handtekening
from aanvragen.models.herinnering import Herinnering
from aanvragen.models.ingebrekestelling import Ingebrekestelling
from aanvragen.models.instelling import Erkenninglijst, GgzInstelling, IpsErkenning
from aanvragen.models.intrekking import Intrekkingsvoornemen
from aanvragen.models.noodtoegang import Noodtoegang
from aanvragen.models.ontvangst import Ontvangst, OntvangstSoort
from aanvragen.models.stopbericht import Stopbericht
from aanvragen.models.storing import Storing, Storingsoordeel
from aanvragen.models.toestemming import Toestemming, Voordracht
from aanvragen.models.traject import Traject, Trajectgebeurtenis, Verlenging
from aanvragen.models.vaststelling import Vaststelling
from aanvragen.models.verslag import Beeindigingsverslag

__all__ = [
    "Aanvraag",
    "Beeindigingsverslag",
    "Behandeling",
    "Beoordeling",
    "Besluit",
    "BesluitSoort",
    "Bewaarplicht",
    "Bezwaar",
    "Bijlage",
    "Brief",
    "BriefBestand",
    "Deelnemer",
    "Doorzending",
    "Erkenninglijst",
    "Gelezen",
    "Gemeentetoets",
    "Gespreksbericht",
    "GgzInstelling",
    "Handtekening",
    "Herinnering",
    "Ingebrekestelling",
    "Intrekkingsvoornemen",
    "IpsErkenning",
    "Noodtoegang",
    "Ontvangst",
    "OntvangstSoort",
    "Opschorting",
    "OpschortingSoort",
    "Stopbericht",
    "Storing",
    "Storingsoordeel",
    "Toestemming",
    "Traject",
    "Trajectgebeurtenis",
    "Vaststelling",
    "Verdaging",
    "Verlenging",
    "Voordracht",
]
