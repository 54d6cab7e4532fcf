"""Help with the budget, the loting, facturen and betalen."""

from ips_subsidie.vormgeving.hulp import Hulp, Hulpteksten

_STAND: Hulpteksten = {
    "budget:overzicht": Hulp(
        "U ziet per regeling hoeveel plaatsen en geld er zijn, en hoeveel daarvan is vergeven.",
        "Wordt een plaats toegekend of komt er een vrij, dan verandert dit overzicht meteen mee.",
    ),
    "budget:openbaar": Hulp(
        "U leest welke subsidieregelingen er zijn, voor wie, en hoeveel er nog over is.",
        "Een ggz-instelling doet de aanvraag; UWV of de gemeente beslist daarover.",
    ),
    "budget:grootboek": Hulp(
        "U ziet elke verandering van het budget, de nieuwste bovenaan.",
        "Aan deze regels verandert niemand iets; een fout wordt hersteld met een nieuwe regel.",
    ),
    "budget:plafond_wijzigen": Hulp(
        "U wijzigt een grens van het budget en schrijft op waarom.",
        "Wat voor de bekendmaking binnenkwam, houdt de oude grens; UWV beslist over de rest met de nieuwe.",
    ),
    "budget:wijzigingen": Hulp(
        "U ziet elke wijziging van de grenzen, met wie het deed en waarom.",
        "Iemand van financiën bij UWV kan een grens wijzigen; die wijziging staat daarna hier.",
    ),
    "budget:loting_voorbereiden": Hulp(
        "U bereidt een loting voor tussen aanvragen die op hetzelfde moment binnenkwamen.",
        "Daarna trekt een beslisser bij UWV de volgorde, en die bepaalt wie er eerst een plaats krijgt.",
    ),
    "budget:loting": Hulp(
        "U ziet wie er aan de loting meedoen, en na de trekking in welke volgorde.",
        "UWV beslist over de aanvragen in deze volgorde; iedereen kan de trekking narekenen.",
    ),
    "budget:loting_trekken": Hulp(
        "U trekt de volgorde van de loting, en dat kan één keer.",
        "De volgorde staat daarna vast en UWV beslist in die volgorde over de aanvragen.",
    ),
}

_FACTUREN: Hulpteksten = {
    "budget:facturen": {
        "instelling": Hulp(
            "U ziet de facturen van uw instelling, de nieuwste bovenaan.",
            "UWV of de gemeente controleert een factuur en betaalt hem; is hij afgekeurd, dan staat erbij waarom.",
        ),
        "gemeente": Hulp(
            "U ziet de facturen die uw gemeente moet controleren of betalen.",
            "Controleer een factuur; een collega keurt hem goed, en daarna betaalt u buiten het portaal.",
        ),
        "uwv": Hulp(
            "U ziet de facturen die UWV moet controleren of betalen, wat wacht bovenaan.",
            "Controleer een factuur; een collega keurt hem goed, en daarna gaat hij mee in een betaalbatch.",
        ),
    },
    "budget:te_factureren": Hulp(
        "U ziet wat uw instelling nog kan factureren, per aanvraag en per betaler.",
        "Kies een bedrag en stuur de factuur; UWV of de gemeente controleert hem.",
    ),
    "budget:factuur_indienen": Hulp(
        "U stuurt een factuur voor een toegekend bedrag.",
        "Wie betaalt, controleert de factuur en laat weten of hij is goedgekeurd.",
    ),
    "budget:factuur": Hulp(
        "U ziet één factuur: wat erin staat, wat ermee gebeurde en wat er nu kan.",
        "Bij de status staat wie er aan zet is: wie controleert, wie goedkeurt of wie betaalt.",
    ),
    "budget:factuur_controleren": Hulp(
        "U controleert of de factuur klopt met wat is toegekend.",
        "Daarna keurt een collega de factuur goed of af.",
    ),
    "budget:factuur_goedkeuren": Hulp(
        "U keurt een factuur goed die een collega heeft gecontroleerd.",
        "Daarna wordt hij betaald, en de instelling ziet dat hij is goedgekeurd.",
    ),
    "budget:factuur_afkeuren": Hulp(
        "U keurt een factuur af en schrijft op waarom.",
        "De instelling krijgt bericht en kan een nieuwe factuur sturen.",
    ),
    "budget:factuur_crediteren": Hulp(
        "U maakt een factuur ongedaan met een creditfactuur.",
        "Wie betaalt, controleert de creditfactuur; was er al betaald, dan volgt een terugvordering.",
    ),
    "budget:factuur_betaald_melden": Hulp(
        "U meldt dat uw gemeente de factuur heeft betaald.",
        "De instelling ziet dat het geld onderweg is; verder hoeft niemand iets te doen.",
    ),
}

_BETALEN: Hulpteksten = {
    "budget:inkooporders": Hulp(
        "U ziet voor welke toegekende trajecten nog een inkooporder nodig is.",
        "Plaats de order; daarna kan de instelling haar factuur sturen.",
    ),
    "budget:inkooporder_plaatsen": Hulp(
        "U legt het nummer van de inkooporder vast.",
        "De instelling krijgt het nummer en zet het op haar factuur.",
    ),
    "budget:betaalbatches": Hulp(
        "U ziet de betaalbatches en hoeveel goedgekeurde facturen nog op een batch wachten.",
        "Maak een batch, haal het bestand voor de bank op en meld daarna dat er is betaald.",
    ),
    "budget:betaalbatch_maken": Hulp(
        "U zet goedgekeurde facturen samen in een bestand voor de bank.",
        "Haal daarna het bestand op, laat de bank betalen en meld dat het is gebeurd.",
    ),
    "budget:betaalbatch": Hulp(
        "U ziet één betaalbatch met de facturen en het bestand voor de bank.",
        "Heeft de bank betaald, meld dat dan hier; gaat het niet door, laat de batch dan vervallen.",
    ),
    "budget:betaalbatch_uitgevoerd": Hulp(
        "U meldt dat de bank deze batch heeft betaald.",
        "De facturen staan daarna op betaald, en de instellingen zien dat.",
    ),
    "budget:betaalbatch_laten_vervallen": Hulp(
        "U laat een batch vervallen die niet naar de bank gaat.",
        "De facturen wachten daarna weer op een nieuwe batch.",
    ),
    "budget:terugvorderingen": Hulp(
        "U ziet welke bedragen terugbetaald moeten worden, en door wie.",
        "De instelling betaalt terug; wie vordert, meldt daarna dat het geld er is.",
    ),
    "budget:terugvordering_voldaan": Hulp(
        "U meldt dat het bedrag is terugbetaald.",
        "De terugvordering is daarna klaar; de instelling ziet dat.",
    ),
    "budget:terugvordering_intrekken": Hulp(
        "U trekt een terugvordering in en schrijft op waarom.",
        "De instelling hoeft daarna niets terug te betalen en krijgt bericht.",
    ),
    "budget:rekening": Hulp(
        "U ziet op welk rekeningnummer uw instelling wordt betaald.",
        "Geef een nieuw nummer door als het verandert; UWV bevestigt het voordat er geld naartoe gaat.",
    ),
    "budget:rekening_doorgeven": Hulp(
        "U geeft een rekeningnummer van uw instelling door.",
        "Iemand van financiën bij UWV controleert en bevestigt het; tot die tijd verandert er niets.",
    ),
    "budget:rekeningen": Hulp(
        "U ziet welke rekeningnummers nog op een bevestiging wachten, de oudste bovenaan.",
        "Bel de instelling op een nummer dat u al kent, en bevestig het rekeningnummer of wijs het af.",
    ),
    "budget:rekening_bevestigen": Hulp(
        "U bevestigt dat dit rekeningnummer van de instelling is.",
        "Betalingen gaan daarna naar dit nummer; de instelling krijgt bericht.",
    ),
    "budget:rekening_afwijzen": Hulp(
        "U wijst een rekeningnummer af.",
        "De instelling krijgt bericht en geeft zo nodig een ander nummer door.",
    ),
}

HULP: Hulpteksten = {**_STAND, **_FACTUREN, **_BETALEN}
