"""How a bezwaar is played: made by the instelling, treated by a beoordelaar who had no hand in the besluit."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from aanvragen.handelingen.bezwaar import behandelen, beslissen, indienen
from aanvragen.models import Bezwaar
from aanvragen.models.besluit import Rechtsmiddel
from aanvragen.regels.bezwaar import Afzien, Gevolg, Uitkomst

if TYPE_CHECKING:
    from aanvragen.demo.spelen import Spel

_GRONDEN = (
    "U schrijft dat de deelnemer niet bij de doelgroep hoort. Dat klopt niet: wij hebben dat in de aanvraag uitgelegd. "
    "Wilt u de aanvraag opnieuw bekijken?"
)
_GEBELD = "De instelling zei aan de telefoon dat een hoorzitting niet nodig is."
_MOTIVERING = (
    "De instelling heeft gelijk. Uit de aanvraag blijkt dat de deelnemer bij de doelgroep hoort. Op de dag van de "
    "afwijzing was er nog plaats."
)


def maken(s: Spel, nu: datetime) -> None:
    besluit = s.dossier.besluiten.filter(rechtsmiddel=Rechtsmiddel.BEZWAAR).latest("bekendgemaakt_op")
    indienen.indienen(
        s.dossier, s.behandelaar, besluit_id=besluit.pk, gronden=_GRONDEN, wil_gehoord=False, nu=nu
    )


def wegen(s: Spel, nu: datetime) -> None:
    behandelen.ontvankelijkheid(_van(s), s.bezwaarbehandelaar, nu=nu)


def voorstellen(s: Spel, nu: datetime) -> None:
    """Without a hearing, which the instelling didn't want."""
    behandelen.afzien(_van(s), s.bezwaarbehandelaar, reden=Afzien.GEEN_WENS, toelichting=_GEBELD, nu=nu)
    beslissen.voorstellen(
        _van(s),
        s.bezwaarbehandelaar,
        uitkomst=Uitkomst.GEGROND,
        gevolg=Gevolg.ALSNOG_TOEKENNEN,
        motivering=_MOTIVERING,
        nu=nu,
    )


def _van(s: Spel) -> Bezwaar:
    return Bezwaar.objects.get(aanvraag=s.dossier)
