"""Help with making an aanvraag and sending it."""

from ips_subsidie.vormgeving.hulp import Hulp, Hulpteksten

HULP: Hulpteksten = {
    "aanvragen:lijst": Hulp(
        "U ziet de aanvragen van uw instelling, de nieuwste bovenaan.",
        "Begin een nieuwe aanvraag, of open er een om te zien of u, de gemeente of UWV aan zet is.",
    ),
    "aanvragen:nieuw": Hulp(
        "U kiest voor welke regeling u subsidie aanvraagt.",
        "Daarna vult u de aanvraag in; u verstuurt hem pas als alles klaar is.",
    ),
    "aanvragen:invullen": Hulp(
        "U ziet uit welke delen de aanvraag bestaat, en welke nog niet klaar zijn.",
        "Vul elk deel in; is alles klaar, dan controleert u de aanvraag en verstuurt u hem.",
    ),
    "aanvragen:onderdeel": Hulp(
        "U vult één deel van de aanvraag in.",
        "Na het opslaan gaat u naar het volgende deel; u kunt alles nog wijzigen tot u de aanvraag verstuurt.",
    ),
    "aanvragen:aanvraag_ondertekenen": Hulp(
        "U legt vast dat de deelnemer de aanvraag ondertekent: op het scherm of met een document.",
        "Daarna kunt u de aanvraag versturen; verandert u iets wat ondertekend is, dan moet het opnieuw.",
    ),
    "aanvragen:ondertekenen_scherm": Hulp(
        "U leest wat er in de aanvraag over u staat, en u tekent als u het ermee eens bent.",
        "Geef het scherm daarna terug aan uw behandelaar; die verstuurt de aanvraag.",
    ),
    "aanvragen:aanvraag_indienen": Hulp(
        "U controleert alle antwoorden en verstuurt de aanvraag.",
        "Daarna kijkt UWV of de gemeente of de aanvraag compleet is, en krijgt u bericht.",
    ),
    "aanvragen:verstuurd": Hulp(
        "Uw aanvraag is ontvangen; hier staat wanneer, en onder welk kenmerk.",
        "UWV of de gemeente beslist binnen de termijn die hier staat; tot dan hoeft u niets te doen.",
    ),
    "aanvragen:aanvraag_aanvullen": Hulp(
        "U ziet wat er nog ontbreekt en stuurt dat op.",
        "Daarna loopt de beslistermijn weer verder, en gaat wie beslist door met uw aanvraag.",
    ),
    "aanvragen:aanvraag_intrekken": Hulp(
        "U trekt de hele aanvraag in.",
        "De aanvraag stopt daarna; wilt u later toch subsidie, dan doet u een nieuwe aanvraag.",
    ),
    "aanvragen:aanvraag_akkoord_intrekken": Hulp(
        "U meldt dat de deelnemer niet meer akkoord gaat met de aanvraag en het delen van gegevens.",
        "De aanvraag stopt en een gemeente die niet beslist, ziet het dossier niet meer; dit kan niet terug.",
    ),
    "aanvragen:aanvraag_toestemming_vragen": Hulp(
        "U vraagt de gemeente waar de deelnemer woont om toestemming.",
        "De gemeente geeft of weigert die; daarna kunt u de aanvraag naar UWV versturen.",
    ),
    "aanvragen:aanvraag_toestemming_opnieuw_vragen": Hulp(
        "U vraagt de gemeente opnieuw om toestemming, omdat zij die introk.",
        "De gemeente beslist opnieuw, en u krijgt daarvan bericht.",
    ),
}
