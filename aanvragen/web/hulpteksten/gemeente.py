"""Help with what a gemeente does beside deciding: toestemming, voordrachten, her own check and the mandaat."""

from ips_subsidie.vormgeving.hulp import Hulp, Hulpteksten

HULP: Hulpteksten = {
    "aanvragen:toestemmingen": Hulp(
        "U ziet voor welke inwoners een instelling toestemming vraagt, wat het langst wacht bovenaan.",
        "Open een vraag en geef of weiger toestemming; daarna kan de instelling verder.",
    ),
    "aanvragen:toestemming_verlenen": Hulp(
        "U geeft namens de gemeente toestemming voor dit traject, na een controle in uw eigen gegevens.",
        "De instelling krijgt bericht en stuurt de aanvraag naar UWV, dat over de subsidie beslist.",
    ),
    "aanvragen:toestemming_weigeren": Hulp(
        "U weigert toestemming en schrijft op waarom.",
        "De instelling krijgt bericht; de aanvraag gaat dan niet naar UWV.",
    ),
    "aanvragen:toestemming_intrekken": Hulp(
        "U trekt een gegeven toestemming in; dat kan zolang UWV nog niet heeft toegekend.",
        "De instelling en UWV krijgen bericht, en de instelling kan opnieuw toestemming vragen.",
    ),
    "aanvragen:gemeentetoets_vastleggen": Hulp(
        "U legt vast wat u in uw eigen administratie over deze inwoner vond.",
        "Wie bij de gemeente beslist, gebruikt dit; een nieuwe toets komt in de plaats van de oude.",
    ),
    "aanvragen:voordrachten": {
        "instelling": Hulp(
            "U ziet welke inwoners gemeenten bij uw instelling voordragen, de nieuwste bovenaan.",
            "Open een voordracht en neem haar aan of niet; neemt u haar aan, dan begint een aanvraag.",
        ),
        "gemeente": Hulp(
            "U ziet welke inwoners uw gemeente heeft voorgedragen, de nieuwste bovenaan.",
            "De instelling reageert op een voordracht; neemt zij haar aan, dan begint zij een aanvraag.",
        ),
    },
    "aanvragen:voordracht_doen": Hulp(
        "U draagt een inwoner die akkoord is voor bij een ggz-instelling met IPS.",
        "De instelling krijgt bericht en neemt de voordracht aan of niet.",
    ),
    "aanvragen:voordracht": {
        "instelling": Hulp(
            "U ziet wie de gemeente voordraagt, en wie u daarover kunt bellen.",
            "Neem de voordracht aan en begin een aanvraag, of laat weten waarom het niet kan.",
        ),
        "gemeente": Hulp(
            "U ziet wie uw gemeente heeft voorgedragen, en wat de instelling antwoordde.",
            "De instelling is aan zet; zolang zij niet reageerde, kunt u de voordracht intrekken.",
        ),
    },
    "aanvragen:voordracht_aannemen": Hulp(
        "U neemt de voordracht aan en begint een aanvraag.",
        "De gegevens van de gemeente staan er dan al in; u vult de rest aan en verstuurt de aanvraag.",
    ),
    "aanvragen:voordracht_afwijzen": Hulp(
        "U neemt de voordracht niet aan en schrijft kort waarom.",
        "De gemeente krijgt uw antwoord; verder gebeurt er niets.",
    ),
    "aanvragen:voordracht_intrekken": Hulp(
        "U trekt een voordracht in waar nog niet op is gereageerd.",
        "De instelling ziet dat en hoeft niets meer te doen.",
    ),
    "mandaat:overzicht": Hulp(
        "U ziet welke mandaten uw gemeente heeft om besluiten te nemen, en wat er nog ontbreekt.",
        "Mist er iets, gebruik dan de modeltekst; de beheerder legt het mandaat daarna vast.",
    ),
    "mandaat:model": Hulp(
        "U leest een modeltekst voor het mandaat van uw gemeente.",
        "Laat de tekst door uw gemeente vaststellen en stuur het besluit naar de beheerder van het portaal.",
    ),
}
