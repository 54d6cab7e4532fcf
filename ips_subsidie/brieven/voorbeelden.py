"""One invented example of every letter: for tests, for looking at them, and to show what goes in.

The bestuursorgaan, the instelling and the gemeente exist; persons, addresses and kenmerken do not.
"""

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

from ips_subsidie.brieven import gegevens as g
from ips_subsidie.brieven import (
    voorbeelden_bezwaar,
    voorbeelden_dwangsom,
    voorbeelden_einde,
    voorbeelden_termijn,
)

REGELING = "Subsidieregeling onderzoek IPS voor CMD (Staatscourant 2019, 24003)"
DATUM = date(2019, 7, 8)

UWV = g.Partij(
    naam="UWV",
    regels=("Afdeling Subsidies", "Postbus 00000", "0000 AA Voorbeeldstad", "", "Telefoon 000 000 00 00"),
)
INSTELLING = g.Partij(
    naam="IrisZorg", regels=("T.a.v. mevrouw J. Voorbeeld", "Teststraat 1", "6500 AA  Nijmegen")
)
DEELNEMER = g.Deelnemer(
    naam="Sanne de Vries-Çelik",
    geboortedatum=date(1988, 3, 27),
    bsn="•••••6782",
    woongemeente="Nijmegen",
)
BESLISSER = g.Ondertekening(
    namens="Namens de Raad van bestuur van UWV,", naam="mr. P. Beslisser", functie="Teammanager Subsidies"
)
GEMEENTE = g.Ondertekening(
    namens="Namens het college van burgemeester en wethouders van Nijmegen,",
    naam="K. Tekenaar",
    functie="Beleidsmedewerker IPS, WerkBedrijf Rijk van Nijmegen",
)
RECHTSMIDDELEN = g.Rechtsmiddelen(
    laatste_dag=date(2019, 8, 19),
    bezwaar_bij=g.Partij(
        naam="UWV, afdeling Bezwaar en Beroep", regels=("Postbus 00000", "0000 AA Voorbeeldstad")
    ),
)
MOTIVERING = (
    "De deelnemer is in behandeling in de specialistische ggz en wil betaald werk. De deelnemer heeft geen "
    "dienstbetrekking.\n\nDe gemeente Nijmegen heeft toestemming gegeven. Op het moment van dit besluit "
    "waren voor Nijmegen vier van de vijf trajecten toegekend en was er nog budget."
)
GROND_CAP = g.Grond(
    code="A-03",
    tekst="Voor de gemeente zijn al vijf trajecten toegekend.",
    bron="Subsidieregeling onderzoek IPS voor CMD",
)


def _kop(nummer: int) -> dict[str, Any]:
    return {
        "afzender": UWV,
        "geadresseerde": INSTELLING,
        "kenmerk": f"IPS-CMD-2019-{nummer:05d}",
        "datum": DATUM,
        "regeling": REGELING,
        "deelnemer": DEELNEMER,
        "uw_kenmerk": "IZ/2019/114",
        "behandeld_door": "A. Beoordelaar",
        "contact": "Stuur ons een bericht in het portaal, bij deze aanvraag.",
    }


def _besluit(nummer: int, *artikelen: str) -> dict[str, Any]:
    return _kop(nummer) | {
        "aanvraag_ontvangen_op": date(2019, 6, 11),
        "grondslag": (
            REGELING,
            *(f"artikel {artikel} van de Algemene wet bestuursrecht" for artikel in artikelen),
        ),
        "motivering": MOTIVERING,
        "ondertekening": BESLISSER,
        "rechtsmiddelen": RECHTSMIDDELEN,
    }


def verlening() -> g.Verlening:
    """On the gemeente route: half Rijk, half gemeente."""
    return g.Verlening(
        **_besluit(41, "4:29"),
        route="Gemeente",
        toestemming="Verklaring van de gemeente Nijmegen van 24 mei 2019, kenmerk TV-NIJ-2019-05",
        activiteit="U begeleidt de deelnemer naar betaald werk en ondersteunt daarna bij het behouden van "
        "dat werk. U doet dat met een IPS-traject (Individuele Plaatsing en Steun), modelgetrouw uitgevoerd.",
        bedrag_cent=800_000,
        verdeling=(
            g.Deelbedrag(betaler="Rijk", bedrag_cent=400_000, toelichting="Uitbetaald door UWV"),
            g.Deelbedrag(betaler="Gemeente Nijmegen", bedrag_cent=400_000, toelichting="Uit eigen middelen"),
        ),
        startregel="Het traject begint op de datum van dit besluit.",
        startdatum=DATUM,
        laatste_dag=date(2021, 7, 7),
        verplichtingen=(
            "u voert het traject modelgetrouw uit;",
            "u meldt het in het portaal als het traject eerder stopt;",
            "u werkt mee aan het onderzoek dat bij de regeling hoort;",
            "u houdt een administratie bij waaruit blijkt wat u hebt gedaan.",
        ),
        betaling="Wij betalen het Rijksdeel nadat het traject is begonnen.",
    )


def verlening_na_bezwaar() -> g.Verlening:
    """In the place of a refusal, after a gegrond bezwaar."""
    return dataclasses.replace(
        verlening(),
        kenmerk="IPS-CMD-2019-00046",
        startdatum=None,
        laatste_dag=None,
        bezwaar=g.Bezwaar(
            afgewezen_op=date(2019, 6, 13), gegrond_op=date(2019, 7, 4), kenmerk="BB-2019-0071"
        ),
    )


def afwijzing() -> g.Afwijzing:
    """Two grounds at once."""
    return g.Afwijzing(
        **_besluit(42, "4:25, tweede lid,", "4:35")
        | {"motivering": "Voor Nijmegen zijn al vijf trajecten toegekend. Een zesde is niet mogelijk."},
        gronden=(
            GROND_CAP,
            g.Grond(
                code="A-04",
                tekst="Het subsidieplafond is bereikt.",
                bron="Artikel 4:25, tweede lid, van de Algemene wet bestuursrecht",
            ),
        ),
        vervolg="Voor deze regeling kunt u geen nieuwe aanvraag doen voor een inwoner van Nijmegen.",
    )


def buiten_behandeling() -> g.BuitenBehandeling:
    """After a hersteltermijn without an answer."""
    return g.BuitenBehandeling(
        **_besluit(43, "4:5, eerste lid,")
        | {"motivering": "Wij kunnen zonder deze stukken niet beoordelen of u recht hebt op subsidie."},
        aanvulling_gevraagd_op=date(2019, 6, 14),
        hersteltermijn_tot=date(2019, 6, 28),
        ontbrekend=("de toestemmingsverklaring van de gemeente;", "de beoogde startdatum van het traject."),
        opnieuw_indienen_tot=date(2019, 11, 29),
    )


def verlenging_toegekend() -> g.VerlengingToegekend:
    """The most there is: twelve months."""
    return g.VerlengingToegekend(
        **_besluit(44, "4:29") | {"motivering": "De deelnemer werkt sinds kort en heeft nog steun nodig."},
        besluit_kenmerk="IPS-CMD-2019-00041",
        startdatum=date(2017, 7, 10),
        oude_laatste_dag=date(2019, 7, 9),
        nieuwe_laatste_dag=date(2020, 7, 9),
        maanden=12,
    )


def verlenging_afgewezen() -> g.VerlengingAfgewezen:
    """Asked a day too late."""
    return g.VerlengingAfgewezen(
        **_besluit(45, "4:35")
        | {"motivering": "U vroeg de verlenging aan na de laatste dag van het traject."},
        besluit_kenmerk="IPS-CMD-2019-00041",
        laatste_dag=date(2019, 6, 10),
        gronden=(
            g.Grond(code="V-01", tekst="Het traject was al geëindigd.", bron="Artikel 1 van de regeling"),
        ),
    )


def intrekking() -> g.Intrekking:
    """Never started, partly paid."""
    return g.Intrekking(
        **_besluit(46, "4:48, eerste lid, onderdeel a,", "4:57")
        | {"motivering": "Het traject is niet begonnen. De activiteit vindt daarom niet plaats."},
        besluit_kenmerk="IPS-CMD-2019-00041",
        besluit_datum=date(2019, 5, 20),
        bedrag_cent=800_000,
        gronden=(
            g.Grond(
                code="I-01",
                tekst="De activiteit heeft niet plaatsgevonden en zal niet plaatsvinden.",
                bron="Artikel 4:48, eerste lid, onderdeel a, van de Algemene wet bestuursrecht",
            ),
        ),
        betaald_cent=160_000,
        terug_te_betalen_cent=160_000,
        zienswijze="Op 1 juli 2019 vroegen wij uw zienswijze. U liet weten dat u het eens bent.",
    )


def aanvulling() -> g.Aanvulling:
    """Two documents are missing."""
    return g.Aanvulling(
        **_kop(47),
        aanvraag_ontvangen_op=date(2019, 7, 1),
        ontbrekend=("de toestemmingsverklaring van de gemeente;", "de beoogde startdatum van het traject."),
        uiterste_dag=date(2019, 7, 22),
        ondertekening=BESLISSER,
        toelichting="De verklaring die u meestuurde, gaat over een andere deelnemer.",
    )


def ontvangstbevestiging() -> g.Ontvangstbevestiging:
    """Receipt, with the last day to decide."""
    return g.Ontvangstbevestiging(
        **_kop(48),
        ontvangen_op=datetime(2019, 7, 8, 12, 5, 12, tzinfo=UTC),
        beslissen_voor=date(2019, 9, 2),
    )


def aanvraag_kopie() -> g.AanvraagKopie:
    """Some parts of a form, one question skipped."""
    rij = g.Rij
    return g.AanvraagKopie(
        **_kop(49),
        ontvangen_op=datetime(2019, 7, 8, 12, 5, 12, tzinfo=UTC),
        ingediend_door="B. Behandelaar (IrisZorg)",
        secties=(
            g.Sectie(
                titel="Instelling en behandelaar",
                rijen=(
                    rij(vraag="Instelling", antwoord="IrisZorg, KvK 00000000"),
                    rij(
                        vraag="Trajectbegeleider IPS", antwoord="C. Begeleider\nc.begeleider@iriszorg.example"
                    ),
                ),
            ),
            g.Sectie(
                titel="Situatie en wens",
                rijen=(
                    rij(vraag="Welke uitkering heeft de deelnemer?", antwoord="Bijstand (Participatiewet)"),
                    rij(vraag="Heeft de deelnemer nu een dienstbetrekking?", antwoord="Nee"),
                    rij(vraag="Volgt de deelnemer een ander re-integratietraject?", antwoord="Nee"),
                    rij(vraag="Toelichting (niet verplicht)", antwoord=""),
                ),
            ),
        ),
        bijlagen=(g.Bijlage(naam="toestemmingsverklaring.pdf", soort="PDF", sha256="9f86d081884c7d65" * 4),),
    )


def toestemmingsverklaring() -> g.Toestemmingsverklaring:
    """Given by the samenwerkingsverband for Nijmegen, the fifth of five."""
    return g.Toestemmingsverklaring(
        **_kop(0)
        | {
            "afzender": g.Partij(
                naam="WerkBedrijf Rijk van Nijmegen",
                regels=("Namens de gemeente Nijmegen", "Postbus 00000", "0000 AA Voorbeeldstad"),
            ),
            "kenmerk": "TV-NIJ-2019-05",
            "behandeld_door": "K. Tekenaar",
        },
        gemeente="Nijmegen",
        verband="WerkBedrijf Rijk van Nijmegen",
        instelling="IrisZorg",
        uitkering="Bijstand (Participatiewet)",
        ondertekening=GEMEENTE,
        verklaringen=(
            "de deelnemer woont in de gemeente Nijmegen;",
            "de deelnemer krijgt een uitkering op grond van de Participatiewet;",
            "de deelnemer volgt geen ander re-integratietraject.",
        ),
        nummer=5,
        geldig_tot=date(2019, 11, 29),
    )


def alle() -> tuple[g.Brief, ...]:
    """Give every letter once."""
    return (
        verlening(), afwijzing(), buiten_behandeling(), verlenging_toegekend(), verlenging_afgewezen(),
        intrekking(), aanvulling(), ontvangstbevestiging(), aanvraag_kopie(), toestemmingsverklaring(),
        *voorbeelden_termijn.alle(_kop(50), BESLISSER),
        *voorbeelden_einde.alle(_kop(51), _besluit(52, "4:42", "4:46"), BESLISSER),
        *voorbeelden_bezwaar.alle(_kop(55), _besluit(56, "7:11", "7:12"), BESLISSER),
        *voorbeelden_dwangsom.alle(_kop(53), _besluit(54, "4:17", "4:18"), BESLISSER),
    )  # fmt: skip
