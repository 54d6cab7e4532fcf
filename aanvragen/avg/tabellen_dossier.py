"""The register of the dossier itself: the aanvraag and everything that hangs on it."""

from aanvragen.avg.register import tabel
from aanvragen.avg.soorten import Termijnen, Weg, Zicht
from ips_subsidie.logboek.verwerkingen import Verwerking as V

_A, _T, _B, _D = V.AANVRAAG, V.TRAJECT, V.BEZWAAR, Termijnen.DOSSIER

TABELLEN = (
    tabel(
        "aanvragen.Aanvraag", _A, _D, Weg.LEEG, pad="pk", zicht=Zicht.ALLEN,
        persoon=(
            "uitkering werk werk_uren ander_werk werkzoekend_ingeschreven ander_traject werkwens_op akkoord_op"
        ),
        gezondheid="doelgroep",
        tekst="werk_toelichting toelichting aanvulling_vraag aanvulling_punten",
        verloop=(
            "kenmerk status initiatief aangemaakt_op gemeente route gewenste_start beslisser ontvangen_op na_storing "
            "beslis_uiterlijk aanvulling_gevraagd_op aanvulling_op_formulier hersteltermijn_tot beslist_op heropend_op "
            "budget_gevraagd_op akkoord_ingetrokken_op vernietigd_op"
        ),
        medewerker=(
            "behandelaar_naam trajectbegeleider_naam trajectbegeleider_email trajectbegeleider_telefoon "
            "aangemaakt_door budget_gevraagd_door aanvulling_gevraagd_door opgepakt_door opgepakt_op"
        ),
        techniek="id regeling regeling_versie instelling versie gemeente_organisatie reservering",
        overleeft="doelgroep",
        waarom="Doelgroep, route en gemeente blijven om te tellen; met niets erbij wijzen zij niemand aan.",
    ),
    tabel(
        "aanvragen.Deelnemer", _A, _D, Weg.RIJ, pad="aanvraag", zicht=Zicht.ALLEN, versleuteld="bsn",
        bsn="bsn bsn_index",
        persoon="voorletters achternaam geboortedatum adres postcode woonplaats",
        techniek="id aanvraag",
        niet_in_inzage="bsn_index",
        waarom="De index is een zoeksleutel en zegt de deelnemer niets.",
    ),
    tabel(
        "aanvragen.Behandeling", _A, _D, Weg.RIJ, pad="aanvraag", zicht=Zicht.BEHANDELING,
        gezondheid="gediagnosticeerd in_sggz begonnen_in langer_toelichting",
        techniek="id aanvraag",
    ),
    tabel(
        "aanvragen.Bijlage", _A, _D, Weg.RIJ, pad="aanvraag", zicht=Zicht.BIJLAGE,
        verloop="soort toegevoegd_op weggehaald_op", medewerker="toegevoegd_door",
        techniek="id aanvraag bestand",
    ),
    tabel(
        "aanvragen.Handtekening", _A, _D, Weg.RIJ, pad="aanvraag", zicht=Zicht.BIJLAGE,
        persoon="naam", tekst="tekst", verloop="wijze gezet_op vervallen_op",
        medewerker="vastgelegd_door", techniek="id aanvraag inhoud_hash bijlage",
    ),
    tabel(
        "aanvragen.Beoordeling", _A, _D, Weg.RIJ, pad="aanvraag", zicht=Zicht.BEOORDELING,
        tekst="uitkomsten motivering", verloop="advies gronden beoordeeld_op", medewerker="beoordelaar",
        techniek="id aanvraag",
    ),
    tabel(
        "aanvragen.Opschorting", _A, _D, Weg.LEEG, pad="aanvraag", zicht=Zicht.ALLEN,
        tekst="reden", verloop="soort uitgenodigd_op hervat_op", medewerker="door", techniek="id aanvraag",
    ),
    tabel(
        "aanvragen.Verdaging", _A, _D, Weg.LEEG, pad="aanvraag", zicht=Zicht.ALLEN,
        tekst="reden", verloop="op tot", medewerker="door", techniek="id aanvraag",
    ),
    tabel(
        "aanvragen.Storingsoordeel", _A, _D, Weg.LEEG, pad="aanvraag", zicht=Zicht.ALLEN,
        tekst="motivering", verloop="aanvaard op", medewerker="door", techniek="id aanvraag storing",
    ),
    tabel(
        "aanvragen.Besluit", _A, _D, Weg.LEEG, pad="aanvraag", zicht=Zicht.ALLEN,
        tekst="motivering",
        verloop=(
            "soort dagtekening bekendgemaakt_op bezwaar_tot rechtsmiddel herroept ronde gronden bedrag_cent rijk_cent "
            "gemeente_cent maanden"
        ),
        medewerker="opsteller ondertekenaar", techniek="id aanvraag vorig_besluit ondermandaat",
    ),
    tabel(
        "aanvragen.Brief", _A, _D, Weg.RIJ, pad="aanvraag", zicht=Zicht.BRIEF,
        inhoud="gegevens", verloop="sjabloon titel datum gemaakt_op", techniek="id aanvraag besluit",
    ),
    tabel(
        "aanvragen.BriefBestand", _A, _D, Weg.RIJ, pad="brief__aanvraag", techniek="id brief bestand",
    ),
    tabel(
        "aanvragen.Ontvangst", _A, _D, Weg.RIJ, pad="aanvraag", zicht=Zicht.INSTELLING,
        verloop="soort ontvangen_op sha256", medewerker="door", techniek="id aanvraag kopie",
    ),
    tabel(
        "aanvragen.Doorzending", _A, _D, Weg.LEEG, pad="aanvraag", zicht=Zicht.ALLEN,
        tekst="reden", verloop="van naar op", medewerker="door", techniek="id aanvraag",
    ),
    tabel(
        "aanvragen.Gemeentetoets", _A, _D, Weg.RIJ, pad="aanvraag", zicht=Zicht.GEMEENTE,
        persoon="uitkering_klopt ander_traject", tekst="voorzieningen", verloop="vastgelegd_op",
        medewerker="vastgelegd_door", techniek="id aanvraag organisatie",
    ),
    tabel(
        "aanvragen.Toestemming", _A, _D, Weg.LEEG, pad="aanvraag", zicht=Zicht.ALLEN,
        persoon="uitkering_klopt geen_ander_traject", tekst="voorzieningen motivering",
        verloop="status gevraagd_op beslist_op volgnummer ingetrokken_op",
        medewerker="beslist_door functie", techniek="id aanvraag gemeente organisatie",
    ),
    tabel(
        "aanvragen.Voordracht", V.TOELEIDING, _D, Weg.RIJ, pad="aanvraag", zicht=Zicht.ALLEN, versleuteld="bsn",
        bsn="bsn bsn_index", persoon="voorletters achternaam geboortedatum uitkering akkoord_op", tekst="antwoord",
        verloop="status gedaan_op beantwoord_op", medewerker="contact_naam contact_telefoon gedaan_door",
        techniek="id gemeente organisatie instelling aanvraag", niet_in_inzage="bsn_index",
        waarom="De index is een zoeksleutel. Een voordracht zonder aanvraag gaat na een jaar weg.",
    ),
    tabel(
        "aanvragen.Gespreksbericht", V.CONTACT, _D, Weg.RIJ, pad="aanvraag", zicht=Zicht.GESPREK,
        tekst="tekst", verloop="volgnummer soort kant op zichtbaar_voor antwoord_van", medewerker="afzender",
        techniek="id aanvraag organisatie antwoord_op bestand",
    ),
    tabel(
        "aanvragen.Gelezen", V.CONTACT, _D, Weg.RIJ, pad="aanvraag",
        verloop="kant tot op", medewerker="door", techniek="id aanvraag organisatie",
    ),
    tabel(
        "overleg.Agendapunt", V.OVERLEG, _D, Weg.RIJ, pad="aanvraag",
        verloop="punt status toegevoegd_op", medewerker="toegevoegd_door",
        techniek="id bijeenkomst aanvraag organisatie",
    ),
    tabel(
        "aanvragen.Traject", _T, _D, Weg.BLIJFT, pad="aanvraag", zicht=Zicht.ALLEN,
        verloop=(
            "status maanden verlengd_maanden vroegste_start startdatum laatste_dag gestopt_op stop_reden"
        ),
        techniek="id aanvraag versie",
        waarom="Begin, einde en reden van een traject worden geteld.",
    ),
    tabel(
        "aanvragen.Trajectgebeurtenis", _T, _D, Weg.RIJ, pad="traject__aanvraag", zicht=Zicht.ALLEN,
        persoon="uren_per_week contract uitkering sector gemeente", tekst="toelichting",
        verloop="soort datum gemeld_op", medewerker="begeleider_naam gemeld_door", techniek="id traject",
    ),
    tabel(
        "aanvragen.Verlenging", _T, _D, Weg.LEEG, pad="traject__aanvraag", zicht=Zicht.ALLEN,
        tekst="motivering advies_motivering", verloop="status maanden gevraagd_op beslis_uiterlijk advies",
        medewerker="gevraagd_door beoordelaar", techniek="id traject besluit",
        niet_in_inzage="advies_motivering",
        waarom="Het advies is intern beraad tot het besluit er is; de reden staat in het besluit.",
    ),
    tabel(
        "aanvragen.Stopbericht", _T, _D, Weg.LEEG, pad="traject__aanvraag", zicht=Zicht.ALLEN,
        tekst="toelichting herroep_reden",
        verloop="status datum_einde reden gemeld_op bevestigd_op verwerkt_op herroepen_op",
        medewerker="gemeld_door bevestigd_door verwerkt_door herroepen_door", techniek="id traject versie",
    ),
    tabel(
        "aanvragen.Beeindigingsverslag", _T, _D, Weg.LEEG, pad="traject__aanvraag", zicht=Zicht.ALLEN,
        persoon="opleiding", tekst="activiteiten vervolg",
        verloop="uitkomst sector uren_per_week contract begonnen_op reden_einde ingediend_op",
        medewerker="ingediend_door", techniek="id traject",
        waarom="Wat een traject opleverde wordt geteld: uitkomst, sector, uren en contract blijven.",
    ),
    tabel(
        "aanvragen.Vaststelling", _T, _D, Weg.LEEG, pad="traject__aanvraag", zicht=Zicht.ALLEN,
        tekst="motivering zienswijze",
        verloop=(
            "status verleend_cent verslag_gevraagd_op verslag_uiterlijk termijn_tot beslis_uiterlijk voorgesteld_cent "
            "reden ambtshalve voorgesteld_op voorgenomen_cent zienswijze_tot zienswijze_op"
        ),
        medewerker="opsteller", techniek="id traject versie besluit",
    ),
    tabel(
        "aanvragen.Bezwaar", _B, _D, Weg.LEEG, pad="aanvraag", zicht=Zicht.ALLEN,
        persoon="indiener_naam indiener_adres",
        tekst="gronden verschoning_toelichting verslag advies motivering hoorzitting_plaats",
        verloop=(
            "kenmerk status indiener wijze ontvangen_op verzonden_op wil_gehoord te_laat verschoonbaar verschoning "
            "herstel_gevraagd_op herstel_tot hersteld_op commissie beslis_uiterlijk verdaagd_op verdaagd_tot "
            "uitstel_tot hoorzitting_op gehoord_op afgezien uitkomst gevolg bedrag_cent voorgesteld_op ingetrokken_op "
            "doorgezonden_op doorgezonden_naar"
        ),
        medewerker="ingevoerd_door opgepakt_door opsteller",
        techniek="id besluit aanvraag versie bestand besluit_op_bezwaar",
        niet_in_inzage="advies",
        waarom="Het advies is intern beraad tot er is beslist.",
    ),
    tabel(
        "aanvragen.Ingebrekestelling", _B, _D, Weg.LEEG, pad="aanvraag", zicht=Zicht.ALLEN,
        tekst="toelichting motivering",
        verloop=(
            "over status termijn_tot opgeschort ontvangen_op wijze vastgelegd_op eerste_dag laatste_dag gestopt_op "
            "dagen bedrag_cent vaststellen_uiterlijk uitzondering voorgesteld_op betaal_uiterlijk betaald_op"
        ),
        medewerker="vastgelegd_door opsteller",
        techniek="id aanvraag verlenging vaststelling bezwaar versie bestand besluit",
    ),
    tabel(
        "aanvragen.Intrekkingsvoornemen", _B, _D, Weg.LEEG, pad="aanvraag", zicht=Zicht.ALLEN,
        tekst="motivering zienswijze",
        verloop="status reden voorgenomen_op zienswijze_tot zienswijze_op afgezien_op",
        medewerker="opsteller zienswijze_door", techniek="id aanvraag versie besluit",
    ),
    tabel(
        "aanvragen.Noodtoegang", V.BEHEER, Termijnen.LOGBOEK, pad="aanvraag", zicht=Zicht.ALLEN,
        verloop="grond begonnen_op tot beeindigd_op", medewerker="gebruiker reden", techniek="id aanvraag",
    ),
    tabel(
        "aanvragen.Bewaarplicht", V.RECHTEN, Termijnen.LOGBOEK, pad="aanvraag", zicht=Zicht.ALLEN,
        verloop="grond reden gezet_op opgeheven_op", medewerker="gezet_door opgeheven_door", techniek="id aanvraag",
        waarom="De reden noemt geen namen; zij blijft als uitleg waarom er later is vernietigd.",
    ),
    tabel(
        "budget.Reservering", V.BETALING, _D, Weg.LEEG, pad="aanvraag",
        bsn="persoon",
        verloop=(
            "status tijdvak route gemeente doelgroep ontvangen_op rang_op rang_lot verleend_op gereserveerd_tot "
            "past_niet gewijzigd_op kenmerk"
        ),
        geld="bedrag_cent rijk_cent gemeente_cent", medewerker="door",
        techniek="id regeling versie volgnr handeling", niet_in_inzage="persoon",
        waarom="De plaats blijft om te tellen; alleen de sleutel van het BSN gaat eruit.",
    ),
)  # fmt: skip
