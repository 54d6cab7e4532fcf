"""One invented example of every letter of the end of a traject, as in `voorbeelden`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from ips_subsidie.brieven import gegevens as g
from ips_subsidie.brieven import gegevens_einde as e

_GROND = g.Grond(
    code="niet_uitgevoerd",
    tekst="Het traject is niet of niet helemaal uitgevoerd.",
    bron="artikel 4:46, tweede lid, onder a, van de Algemene wet bestuursrecht",
)
_GEMELD = datetime(2019, 7, 8, 9, 30, tzinfo=UTC)


def alle(kop: dict[str, Any], besluit: dict[str, Any], ondertekening: g.Ondertekening) -> tuple[g.Brief, ...]:
    """Every letter once, with the head of a letter and of a besluit as `voorbeelden` makes them."""
    return (
        stopbericht(kop),
        verslag_verzoek(kop, ondertekening),
        verslag_kopie(kop),
        voornemen_lager(kop, ondertekening),
        vaststelling(besluit),
    )


def stopbericht(kop: dict[str, Any]) -> e.Stopbericht:
    """Deel 2: the gemeente confirms to UWV."""
    return e.Stopbericht(
        **kop,
        deel=2,
        instelling="IrisZorg",
        besluit_kenmerk="IPS-CMD-2019-00041",
        laatste_dag_traject=date(2019, 7, 5),
        reden="De deelnemer is verhuisd",
        toelichting="De deelnemer woont nu aan de andere kant van het land.",
        gemeld_op=_GEMELD,
        bevestigd_op=datetime(2019, 7, 8, 12, 5, 12, tzinfo=UTC),
        door="K. Tekenaar",
    )


def verslag_verzoek(kop: dict[str, Any], ondertekening: g.Ondertekening) -> e.Verslagverzoek:
    """For the second time, with a term."""
    return e.Verslagverzoek(
        **kop,
        laatste_dag_traject=date(2019, 5, 3),
        gestopt=True,
        uiterste_dag=date(2019, 7, 22),
        eerder_gevraagd_op=date(2019, 5, 6),
        ondertekening=ondertekening,
    )


def verslag_kopie(kop: dict[str, Any]) -> e.Verslagkopie:
    return e.Verslagkopie(
        **kop,
        ontvangen_op=datetime(2019, 7, 8, 12, 5, 12, tzinfo=UTC),
        ingediend_door="T. Bakker",
        secties=(
            g.Sectie(
                titel="Wat het traject opleverde",
                rijen=(
                    g.Rij(vraag="Resultaat", antwoord="Betaald werk"),
                    g.Rij(vraag="Sector", antwoord="Horeca en toerisme"),
                    g.Rij(vraag="Uren per week", antwoord="24"),
                ),
            ),
            g.Sectie(titel="Begeleiding", rijen=(g.Rij(vraag="Verdere steun", antwoord=""),)),
        ),
    )


def voornemen_lager(kop: dict[str, Any], ondertekening: g.Ondertekening) -> e.VoornemenLager:
    return e.VoornemenLager(
        **kop,
        verleend_cent=800_000,
        voorgenomen_cent=300_050,
        gronden=(_GROND,),
        motivering="Het traject stopte na negen maanden.\n\nDaarom krijgt u een deel van het bedrag.",
        zienswijze_tot=date(2019, 7, 22),
        ondertekening=ondertekening,
    )


def vaststelling(besluit: dict[str, Any]) -> e.Vaststelling:
    """Lower than was verleend, and paid already: a part must be paid back."""
    return e.Vaststelling(
        **besluit,
        besluit_kenmerk="IPS-CMD-2019-00041",
        besluit_datum=date(2019, 6, 3),
        startdatum=date(2019, 6, 3),
        laatste_dag_traject=date(2019, 7, 5),
        verleend_cent=800_000,
        vastgesteld_cent=300_051,
        verdeling=(
            g.Deelbedrag(betaler="Het Rijk", bedrag_cent=150_025),
            g.Deelbedrag(betaler="Gemeente Nijmegen", bedrag_cent=150_026),
        ),
        gronden=(_GROND,),
        zienswijze="Wij deden meer dan u denkt.",
        betaald_cent=400_000,
        terug_te_betalen_cent=99_949,
    )
