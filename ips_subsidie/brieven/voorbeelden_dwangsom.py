"""One invented example of every letter of a besluit that comes too late and of a withdrawal, as in `voorbeelden`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from ips_subsidie.brieven import gegevens as g
from ips_subsidie.brieven import gegevens_dwangsom as d


def alle(kop: dict[str, Any], besluit: dict[str, Any], ondertekening: g.Ondertekening) -> tuple[g.Brief, ...]:
    """Every letter once, with the head of a letter and of a besluit as `voorbeelden` makes them."""
    return (
        ingebrekestelling(kop, ondertekening),
        dwangsom(besluit),
        voornemen_intrekking(kop, ondertekening),
        zienswijze_kopie(kop),
    )


def ingebrekestelling(kop: dict[str, Any], ondertekening: g.Ondertekening) -> d.IngebrekestellingOntvangen:
    """In time to count: two weeks to decide."""
    return d.IngebrekestellingOntvangen(
        **kop,
        waarover="de aanvraag",
        ontvangen_op=date(2019, 7, 8),
        termijn_tot=date(2019, 7, 5),
        uiterlijk_beslissen=date(2019, 7, 22),
        eerste_dag=date(2019, 7, 23),
        hoogstens_cent=144_200,
        toelichting="Wij wachten al negen weken op uw besluit.\n\nDe deelnemer wil beginnen.",
        stappen=(
            "De ingebrekestelling is ontvangen op 8 juli 2019.",
            "Twee weken daarna is 22 juli 2019.",
            "De eerste dag van de dwangsom is de dag erna: 23 juli 2019.",
        ),
        ondertekening=ondertekening,
    )


def dwangsom(besluit: dict[str, Any]) -> d.Dwangsom:
    """Sixteen days too late."""
    return d.Dwangsom(
        **besluit,
        waarover="de aanvraag",
        termijn_tot=date(2019, 5, 24),
        ingebrekestelling_op=date(2019, 5, 27),
        eerste_dag=date(2019, 6, 11),
        laatste_dag=date(2019, 6, 26),
        beslist_op=date(2019, 6, 27),
        dagen=16,
        bedrag_cent=39_200,
        dagbedragen=(
            d.Dagbedrag(dagen=14, per_dag_cent=2_300, samen_cent=32_200),
            d.Dagbedrag(dagen=2, per_dag_cent=3_500, samen_cent=7_000),
        ),
        betalen_uiterlijk=date(2019, 8, 19),
    )


def voornemen_intrekking(kop: dict[str, Any], ondertekening: g.Ondertekening) -> d.VoornemenIntrekken:
    return d.VoornemenIntrekken(
        **kop,
        besluit_kenmerk="IPS-CMD-2019-00041",
        besluit_datum=date(2019, 6, 3),
        verleend_cent=800_000,
        gronden=(
            g.Grond(
                code="verplichting",
                tekst="Een verplichting bij de subsidie is niet nagekomen.",
                bron="Awb artikel 4:48, eerste lid, onder b",
            ),
        ),
        motivering="Wij kregen drie maanden lang geen bericht van u.\n\nHet is niet duidelijk of het traject loopt.",
        zienswijze_tot=date(2019, 7, 22),
        ondertekening=ondertekening,
    )


def zienswijze_kopie(kop: dict[str, Any]) -> d.Zienswijzekopie:
    return d.Zienswijzekopie(
        **kop,
        waarover="het voornemen om de subsidie in te trekken",
        ontvangen_op=datetime(2019, 7, 8, 12, 5, 12, tzinfo=UTC),
        ingediend_door="T. Bakker",
        zienswijze="Het traject loopt wel.\n\nWij stuurden u op 1 juli een bericht.",
    )
