"""One invented example of every letter in a bezwaar, as in `voorbeelden`."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

from ips_subsidie.brieven import gegevens as g
from ips_subsidie.brieven import gegevens_bezwaar as b

_ONTVANGEN = datetime(2019, 6, 27, 9, 30, tzinfo=UTC)
_BEZWAAR: dict[str, Any] = {
    "bezwaar_kenmerk": "BZW-7KMX2PD",
    "besluit": "de afwijzing",
    "besluit_datum": date(2019, 6, 13),
    "bezwaar_ontvangen_op": date(2019, 6, 27),
}
_GRONDEN = "Voor Nijmegen telt u een traject mee dat nooit is begonnen. Er was nog plaats."


def alle(kop: dict[str, Any], besluit: dict[str, Any], ondertekening: g.Ondertekening) -> tuple[g.Brief, ...]:
    """Every letter once, with the head of a letter and of a besluit as `voorbeelden` makes them."""
    return (
        ontvangst(kop),
        b.BezwaarHerstel(
            **kop,
            **_BEZWAAR,
            ontbrekend="Schrijf waarom u het niet eens bent met het besluit.",
            uiterste_dag=date(2019, 7, 22),
            ondertekening=ondertekening,
        ),
        b.BezwaarHoorzitting(
            **kop,
            **_BEZWAAR,
            wanneer=datetime(2019, 7, 25, 12, 0, tzinfo=UTC),
            waar="Per videogesprek",
            commissie=False,
            ondertekening=ondertekening,
        ),
        b.BezwaarVerdaging(
            **kop,
            **_BEZWAAR,
            reden="Wij wachten op een antwoord van de gemeente.",
            nieuwe_dag=date(2019, 10, 17),
            met_instemming=False,
            ondertekening=ondertekening,
        ),
        beslissing(besluit),
    )


def ontvangst(kop: dict[str, Any]) -> b.BezwaarOntvangst:
    """In the portal, with a file."""
    return b.BezwaarOntvangst(
        **kop,
        **_BEZWAAR,
        ontvangen_op=_ONTVANGEN,
        op_tijd=True,
        beslissen_voor=date(2019, 9, 5),
        gronden=_GRONDEN,
        bijlagen=(g.Bijlage(naam="telling.pdf", soort="Bezwaar", sha256="0f" * 32),),
    )


def beslissing(besluit: dict[str, Any]) -> b.BezwaarBeslissing:
    """Gegrond: the refusal is taken back."""
    middel = dataclasses.replace(besluit["rechtsmiddelen"], beroep=True)
    return b.BezwaarBeslissing(
        **besluit | {"rechtsmiddelen": middel},
        **_BEZWAAR,
        uitkomst="gegrond",
        gevolg="Wij herroepen het besluit en kennen de aanvraag alsnog toe. U krijgt daarover een brief.",
        gehoord="Wij hoorden u op 25 juli 2019.\n\nU vertelde hoe u tot uw telling kwam.",
        bezwaren=_GRONDEN,
        advies="De commissie adviseert het bezwaar gegrond te verklaren.",
    )
