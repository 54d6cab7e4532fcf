"""The register of budget, money and regelingen: nothing here names a deelnemer."""

from aanvragen.avg.register import tabel
from aanvragen.avg.soorten import Termijnen, Weg
from ips_subsidie.logboek.verwerkingen import Verwerking as V

_G, _R, _BLIJFT, _D = V.BETALING, V.REGELING, Termijnen.BLIJVEND, Termijnen.DOSSIER

TABELLEN = (
    tabel(
        "budget.Bankrekening", _G, _BLIJFT,
        organisatie="iban tenaamstelling", verloop="status vastgelegd_op bevestigd_op reden",
        medewerker="vastgelegd_door bevestigd_door", techniek="id organisatie",
    ),
    tabel(
        "budget.Betaalbatch", _G, _BLIJFT,
        geld="aantal totaal_cent", verloop="berichtnummer status uitvoeren_op gemaakt_op afgerond_op reden",
        medewerker="gemaakt_door afgerond_door", techniek="id bestand",
    ),
    tabel("budget.Regeling", _R, _BLIJFT, stam="code naam", techniek="id"),
    tabel(
        "budget.RegelingVersie", _R, _BLIJFT,
        stam=(
            "nummer geldig_vanaf tekst reden bron gepubliceerd_op grenzen_vanaf grenzen tijdvakken dubbel_traject "
            "niet_passend_beleid cap_bij_fusie in_mandaat vastgelegd_op"
        ),
        medewerker="vastgelegd_door", techniek="id regeling handeling",
    ),
    tabel(
        "budget.Betaalverplichting", _G, _BLIJFT,
        geld=(
            "bedrag_cent vastgesteld_cent gefactureerd_cent betaald_cent teruggevorderd_cent inkooporder_nodig "
            "betaaltermijn_dagen"
        ),
        verloop="debiteur status geblokkeerd_om ontstaan_op", techniek="id reservering gemeente crediteur",
    ),
    tabel(
        "budget.Betaalmoment", _G, _BLIJFT,
        geld="bedrag_cent gefactureerd_cent", verloop="volgnummer code naam bij opeisbaar_op",
        techniek="id verplichting",
    ),
    tabel(
        "budget.Inkooporder", _G, _BLIJFT,
        geld="bedrag_cent", verloop="nummer geplaatst_op", medewerker="geplaatst_door", techniek="id reservering",
    ),
    tabel(
        "budget.Factuur", _G, _D, Weg.LEEG, pad="verplichting__reservering__aanvraag",
        geld="bedrag_cent btw_cent gecrediteerd_cent betaald_cent",
        organisatie="iban nummer",
        verloop=(
            "soort factuurdatum status ontvangen_op betalen_uiterlijk gecontroleerd_op goedgekeurd_op reden betaald_op"
        ),
        medewerker="ingediend_door gecontroleerd_door goedgekeurd_door",
        techniek="id verplichting betaalmoment crediteert crediteur bestand betaalbatch",
        waarom="Bedragen en dagen blijven; voor het bestand komt een leeg bewijs in de plaats.",
    ),
    tabel(
        "budget.Pot", _R, _BLIJFT,
        geld=(
            "grens_trajecten grens_cent hoogste_trajecten hoogste_cent verleend_trajecten verleend_cent "
            "gereserveerd_trajecten gereserveerd_cent uitzondering_trajecten uitzondering_cent"
        ),
        stam="soort periode route telt_routes verlaagd_op gestopt_rang_op gestopt_rang_lot",
        techniek="id regeling gemeente",
    ),
    tabel("budget.Potgrens", _R, _BLIJFT, geld="trajecten cent", stam="vanaf", techniek="id pot versie"),
    tabel(
        "budget.Boeking", _G, _BLIJFT,
        geld="trajecten cent", verloop="op kenmerk soort van naar", medewerker="door",
        techniek="id mutatie regeling pot reservering handeling",
    ),
    tabel("budget.Controle", _G, _BLIJFT, verloop="op bevindingen", techniek="id"),
    tabel(
        "budget.Terugvordering", _G, _BLIJFT,
        geld="bedrag_cent", verloop="reden status ontstaan_op uiterlijk afgerond_op toelichting",
        medewerker="afgerond_door", techniek="id verplichting",
    ),
    tabel(
        "budget.Loting", _R, _BLIJFT,
        verloop="rang_op status deelnemers zaad uitslag voorbereid_op getrokken_op",
        medewerker="voorbereid_door getrokken_door", techniek="id regeling",
        waarom="De deelnemers aan een loting zijn kenmerken.",
    ),
    tabel(
        "budget.Uitzondering", _R, _D, Weg.LEEG, pad="reservering__aanvraag",
        tekst="motivering", verloop="bezwaar_kenmerk beslist_op voorgesteld_op bevestigd_op boven_grens",
        medewerker="voorgesteld_door bevestigd_door", techniek="id reservering",
        niet_in_inzage="motivering", waarom="De reden staat in de beslissing op bezwaar.",
    ),
)  # fmt: skip
