"""What is written in the conversations of the demo: questions, an answer, a note."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from aanvragen.handelingen import gesprek
from aanvragen.regels.gesprek import Kant

if TYPE_CHECKING:
    from aanvragen.demo.spelen import Spel


def vragen(s: Spel, nu: datetime) -> None:
    """UWV asks the instelling."""
    tekst = "De gewenste start valt in de vakantie. Klopt die dag nog?"
    gesprek.schrijven(
        None, s.beoordelaar, aanvraag=s.dossier, lezers=[Kant.INSTELLING], antwoord_van=Kant.INSTELLING,
        tekst=tekst, nu=nu,
    )  # fmt: skip


def antwoorden(s: Spel, nu: datetime) -> None:
    vraag = s.dossier.gesprek.open_vragen().get()
    gesprek.antwoorden(
        None, s.behandelaar, vraag=vraag, tekst="Ja, de trajectbegeleider is er dan wel.", nu=nu
    )


def noteren(s: Spel, nu: datetime) -> None:
    """For the colleagues at UWV alone."""
    gesprek.schrijven(
        None,
        s.beoordelaar,
        aanvraag=s.dossier,
        lezers=[],
        tekst="Ik bel de instelling maandag nog even.",
        nu=nu,
    )


def gemeente_vragen(s: Spel, nu: datetime) -> None:
    """The instelling asks the gemeente."""
    gesprek.schrijven(
        None, s.behandelaar, aanvraag=s.dossier, lezers=[Kant.GEMEENTE], antwoord_van=Kant.GEMEENTE,
        tekst="Wie is bij u de consulent voor dit traject?", nu=nu,
    )  # fmt: skip
