"""What the acts of a bezwaar share: for whom they are, who has no hand in it, and who is told what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from aanvragen.handelingen.dossier import behandelt, meld_beslisser, meld_gemeente, meld_instelling
from aanvragen.models import Bezwaar
from aanvragen.regels.bezwaar import Indiener, Wijze
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.toegang.actor import Actor

# Read with the row, for the letters and the terms.
SAMEN = (
    "besluit",
    "bestand",
    "aanvraag__regeling_versie",
    "aanvraag__instelling__organisatie",
    "aanvraag__gemeente",
    "aanvraag__deelnemer",
)


def indiener_of_behandelaar(bezwaar: Bezwaar, actor: Actor) -> bool:
    """For the instelling whose bezwaar it is, and for the party that treats it."""
    return actor.is_instelling or behandelt(bezwaar, actor)


def eigen_bezwaar(bezwaar: Bezwaar, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """An instelling acts on its own bezwaar; for who has no login the party that treats it does."""
    van_instelling = bezwaar.indiener == Indiener.INSTELLING
    if actor.is_instelling and not van_instelling:
        yield Reden("niet_uw_bezwaar", "Dit bezwaar is van iemand anders.")
    elif not actor.is_instelling and van_instelling and bezwaar.wijze == Wijze.PORTAAL:
        yield Reden("doet_instelling", "De ggz-instelling doet dit zelf in het portaal.")


def niet_betrokken(bezwaar: Bezwaar, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """Not who prepared or signed the besluit (Awb 7:5, 10:3 lid 3); the database asks it again."""
    if actor.gebruiker_id in (bezwaar.besluit.opsteller_id, bezwaar.besluit.ondertekenaar_id):
        yield Reden(
            "betrokken",
            "U werkte mee aan het besluit waartegen dit bezwaar is. Een collega die dat niet deed, moet dit doen.",
        )


def meld_indiener(bezwaar: Bezwaar, soort: str, titel: str, nu: datetime) -> None:
    """Tell the instelling, whose dossier it is, whoever made the bezwaar; and a gemeente that made it."""
    meld_instelling(bezwaar.aanvraag, soort, titel, nu)
    if bezwaar.indiener == Indiener.GEMEENTE:
        meld_gemeente(bezwaar.aanvraag, soort, titel, nu)


def meld_behandelaar(
    bezwaar: Bezwaar, soort: str, titel: str, nu: datetime, *, beslist: bool = False
) -> None:
    """Tell who treats it, or (`beslist`) who decides."""
    meld_beslisser(bezwaar.aanvraag, soort, titel, nu, beslist=beslist)
