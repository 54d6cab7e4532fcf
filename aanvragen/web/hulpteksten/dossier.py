"""Help with the page of a dossier, what all is due, and the conversation."""

from ips_subsidie.vormgeving.hulp import Hulp, Hulpteksten

HULP: Hulpteksten = {
    "aanvragen:dossier": Hulp(
        "U ziet alles van één aanvraag wat u mag zien: de gegevens, de besluiten, het traject en wat er gebeurde.",
        "In het blok bovenaan staat wie er aan zet is en voor wanneer; bent u dat, dan staan daar uw knoppen.",
    ),
    "aanvragen:handtekening": Hulp(
        "U ziet welke tekst de deelnemer heeft ondertekend, en wanneer.",
        "Verandert er iets aan die tekst, dan vervalt de handtekening en vraagt de instelling hem opnieuw.",
    ),
    "aanvragen:inzage": Hulp(
        "U ziet welke gegevens er over de deelnemer zijn, wie ze zag en hoe lang zij blijven.",
        "Download het bestand en geef het aan de deelnemer; daarna hoeft u niets te doen.",
    ),
    "aanvragen:inzage_bestand": Hulp(
        "U downloadt de gegevens over de deelnemer als bestand.",
        "Geef het bestand alleen aan de deelnemer zelf, en controleer eerst wie dat is.",
    ),
    "aanvragen:ontvangst": Hulp(
        "U ziet het bewijs van wat er is ontvangen: het moment, de kopie en een controlegetal.",
        "Bewaar deze pagina als bewijs; klopt er iets niet, neem dan contact op met wie beslist.",
    ),
    "aanvragen:termijnen": Hulp(
        "U ziet wat uw organisatie nog moet doen en voor wanneer, wat het eerst moet bovenaan.",
        "Kies een regel om het te doen; u kunt deze dagen ook in uw eigen agenda zetten.",
    ),
    "aanvragen:gesprek": Hulp(
        "U leest de berichten bij dit dossier die voor u zijn, en u ziet welke vragen nog open staan.",
        "Beantwoord de vragen aan u, of schrijf zelf een bericht; bij elk bericht staat wie het leest.",
    ),
    "aanvragen:gesprek_schrijven": Hulp(
        "U schrijft een bericht bij dit dossier en kiest zelf wie het leest.",
        "Wie u kiest krijgt een melding; vraagt u om een antwoord, dan blijft uw vraag open tot dat er is.",
    ),
    "aanvragen:gesprek_antwoorden": Hulp(
        "U beantwoordt een vraag bij dit dossier.",
        "Wie de vraag kon lezen, leest uw antwoord, en de vraag staat daarna niet meer open.",
    ),
}
