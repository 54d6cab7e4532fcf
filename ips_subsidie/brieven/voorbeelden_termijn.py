"""One of each letter about the beslistermijn, to look at and to test."""

from datetime import date
from typing import Any

from ips_subsidie.brieven.bouwstenen import Ondertekening
from ips_subsidie.brieven.gegevens import Brief
from ips_subsidie.brieven.gegevens_termijn import Opschortingsbrief, Verdagingsbrief


def alle(kop: dict[str, Any], ondertekening: Ondertekening) -> tuple[Brief, ...]:
    """Give each once; `kop` is what stands at the head of every letter."""
    over: dict[str, Any] = {"aanvraag_ontvangen_op": date(2019, 6, 11), "ondertekening": ondertekening}
    opschorting: dict[str, Any] = {
        "hervat_op": date(2019, 7, 22),
        "beslissen_voor": date(2019, 8, 20),
        "reden": "U schreef ons op 5 juli 2019 dat u wilt wachten op de verhuizing van de deelnemer.",
    }
    return (
        Verdagingsbrief(
            **kop,
            **over,
            reden="Wij hebben meer tijd nodig om te onderzoeken in welke gemeente de deelnemer woont.",
            beslissen_voor=date(2019, 8, 20),
        ),
        Opschortingsbrief(**kop, **over, **opschorting, instemming=True),
    )
