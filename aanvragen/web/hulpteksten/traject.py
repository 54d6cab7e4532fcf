"""Help with the traject: from its start to the vaststelling of the subsidie."""

from ips_subsidie.vormgeving.hulp import Hulp, Hulpteksten

_TRAJECT: Hulpteksten = {
    "aanvragen:trajecten": Hulp(
        "U ziet de trajecten van uw instelling, wat het eerst eindigt bovenaan.",
        "Open een traject om te melden wat er gebeurt, of om verlenging te vragen.",
    ),
    "aanvragen:traject": Hulp(
        "U ziet één traject, met wat er is gemeld.",
        "Meld het als er iets verandert; na de laatste dag stuurt u het verslag.",
    ),
    "aanvragen:traject_starten": Hulp(
        "U geeft door op welke dag het traject is gestart.",
        "Vanaf die dag telt de duur; meld het daarna als er iets verandert.",
    ),
    "aanvragen:traject_niet_starten": Hulp(
        "U meldt dat het traject niet doorgaat.",
        "Wie besliste, UWV of de gemeente, trekt daarna het besluit in, en u krijgt een brief.",
    ),
    "aanvragen:traject_stoppen": Hulp(
        "U meldt dat het traject eerder stopt, met de laatste dag en de reden.",
        "Waar de gemeente beslist, bevestigt zij dit; daarna stuurt u het verslag.",
    ),
    "aanvragen:traject_gebeurtenis_melden": Hulp(
        "U meldt wat er in het traject gebeurde, bijvoorbeeld dat iemand werk vond.",
        "Aan de subsidie verandert niets; de melding staat daarna in het dossier.",
    ),
    "aanvragen:verlenging_vragen": Hulp(
        "U vraagt om meer maanden voor dit traject; dat kan tot en met de laatste dag.",
        "Wie de subsidie gaf, UWV of de gemeente, beslist, en u krijgt een brief.",
    ),
    "aanvragen:verlenging_intrekken": Hulp(
        "U trekt uw verzoek om verlenging in.",
        "Het traject eindigt dan op de dag die al vaststond.",
    ),
    "aanvragen:traject_verslag_indienen": Hulp(
        "U stuurt het verslag van het traject; dat kan één keer.",
        "UWV of de gemeente stelt daarna vast hoeveel subsidie het wordt, en u krijgt een brief.",
    ),
}

_EINDE: Hulpteksten = {
    "aanvragen:einde": Hulp(
        "U ziet wat er aan het einde van trajecten op uw organisatie wacht.",
        "Bevestig of verwerk een stopbericht, of bereid de vaststelling voor; een collega beslist daarover.",
    ),
    "aanvragen:stopbericht_bevestigen": Hulp(
        "U bevestigt aan UWV dat het traject is gestopt.",
        "UWV verwerkt het in de betalingen, en de instelling stuurt het verslag.",
    ),
    "aanvragen:stopbericht_verwerken": Hulp(
        "U meldt dat UWV het stopbericht heeft verwerkt in de betalingen.",
        "Het verdwijnt uit de lijst; de instelling stuurt het verslag.",
    ),
    "aanvragen:stopbericht_herroepen": Hulp(
        "U draait een stopbericht terug dat een vergissing was.",
        "Het traject loopt weer tot de laatste dag die het had, en de instelling krijgt bericht.",
    ),
    "aanvragen:vaststelling_termijn_stellen": Hulp(
        "U vraagt de instelling nog een keer om het verslag, met een laatste dag.",
        "Komt het verslag niet, dan kunt u het bedrag daarna zonder verslag laten vaststellen.",
    ),
    "aanvragen:vaststelling_voorstellen": Hulp(
        "U stelt voor om het hele bedrag vast te stellen.",
        "Een collega beslist daarover, en de instelling krijgt een brief.",
    ),
    "aanvragen:vaststelling_lager_voorstellen": Hulp(
        "U stelt voor om een lager bedrag vast te stellen, en schrijft op waarom.",
        "De instelling kan eerst reageren; daarna beslist een collega.",
    ),
    "aanvragen:vaststelling_zienswijze_geven": Hulp(
        "U reageert op het voornemen om een lager bedrag vast te stellen.",
        "Wie beslist, leest uw reactie voordat er een besluit komt, en u krijgt een brief.",
    ),
    "aanvragen:vaststelling_vaststellen": Hulp(
        "U stelt vast hoeveel subsidie het wordt, zoals een collega voorstelde.",
        "De instelling krijgt de brief; daarna wordt de rest betaald of teruggevraagd.",
    ),
}

HULP: Hulpteksten = {**_TRAJECT, **_EINDE}
