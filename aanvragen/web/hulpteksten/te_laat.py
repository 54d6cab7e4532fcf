"""Help with what comes too late: ingebrekestelling and dwangsom, and hearing before an intrekking."""

from ips_subsidie.vormgeving.hulp import Hulp, Hulpteksten

HULP: Hulpteksten = {
    "aanvragen:te_laat": Hulp(
        "U ziet waar uw organisatie over had moeten beslissen en dat nog niet deed.",
        "Neem eerst de besluiten waarvoor een ingebrekestelling loopt, want die kosten per dag geld.",
    ),
    "aanvragen:ingebrekestelling_indienen": Hulp(
        "U laat weten dat het besluit te laat is.",
        "Er zijn dan nog twee weken om te beslissen; daarna kost elke dag de beslisser een dwangsom.",
    ),
    "aanvragen:ingebrekestelling_registreren": Hulp(
        "U legt een ingebrekestelling vast die niet via het portaal binnenkwam.",
        "Beslis binnen twee weken; daarna telt het portaal vanzelf de dwangsom per dag.",
    ),
    "aanvragen:dwangsom_voorstellen": Hulp(
        "U bereidt voor welke dwangsom er is, of waarom er geen is.",
        "Een collega stelt dat vast, en de instelling krijgt een brief.",
    ),
    "aanvragen:dwangsom_vaststellen": Hulp(
        "U stelt vast welke dwangsom de instelling krijgt.",
        "De instelling krijgt de brief, en binnen zes weken moet er zijn betaald.",
    ),
    "aanvragen:dwangsom_niet_verschuldigd": Hulp(
        "U stelt vast dat er geen dwangsom is, en waarom niet.",
        "De instelling krijgt de brief en kan bezwaar maken.",
    ),
    "aanvragen:dwangsom_betaald_melden": Hulp(
        "U meldt dat de dwangsom is betaald.",
        "De instelling ziet dat; verder hoeft niemand iets te doen.",
    ),
    "aanvragen:intrekking_afzien": Hulp(
        "U laat het voornemen los om de subsidie in te trekken.",
        "De subsidie blijft zoals zij was, en de instelling krijgt bericht.",
    ),
    "aanvragen:intrekking_zienswijze_geven": Hulp(
        "U reageert op het voornemen om de subsidie in te trekken.",
        "Wie beslist, leest uw reactie voordat er een besluit komt, en u krijgt een brief.",
    ),
}
