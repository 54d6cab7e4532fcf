"""One form per onderdeel of the aanvraag, and one per act that asks something."""

from aanvragen.regels.volledigheid import Onderdeel
from aanvragen.web.instelling.formulieren.basis import Onderdeelformulier
from aanvragen.web.instelling.formulieren.behandeling import BehandelingFormulier
from aanvragen.web.instelling.formulieren.deelnemer import DeelnemerFormulier
from aanvragen.web.instelling.formulieren.instelling import InstellingFormulier
from aanvragen.web.instelling.formulieren.situatie import SituatieFormulier
from aanvragen.web.instelling.formulieren.traject import TrajectFormulier

# The bijlagen are files, each saved at once: they have a page of their own.
FORMULIEREN: dict[Onderdeel, type[Onderdeelformulier]] = {
    formulier.onderdeel: formulier
    for formulier in (
        InstellingFormulier,
        DeelnemerFormulier,
        SituatieFormulier,
        BehandelingFormulier,
        TrajectFormulier,
    )
}

__all__ = ["FORMULIEREN", "Onderdeelformulier"]
