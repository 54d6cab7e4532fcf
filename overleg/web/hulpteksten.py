"""Help with the overleg of the regio, its work and its contact cards."""

from ips_subsidie.vormgeving.hulp import Hulp, Hulpteksten

HULP: Hulpteksten = {
    "overleg:overzicht": Hulp(
        "U ziet welk overleg er komt, het eerste bovenaan.",
        "Open een bijeenkomst om de agenda te bekijken of er een punt op te zetten.",
    ),
    "overleg:werkvoorraad": Hulp(
        "U ziet het werk van uw gemeente of regio, in delen, met hoeveel er in elk deel ligt.",
        "Kies een deel en open een dossier om te zien wie er aan zet is.",
    ),
    "overleg:reeks_maken": Hulp(
        "U plant een overleg dat steeds terugkomt.",
        "De deelnemers krijgen bericht en zien de bijeenkomsten in hun overzicht en agenda.",
    ),
    "overleg:reeks": Hulp(
        "U ziet één overleg met zijn bijeenkomsten vanaf vandaag.",
        "Open een bijeenkomst voor de agenda; wie het overleg plande, kan deelnemers wijzigen of ermee stoppen.",
    ),
    "overleg:reeks_deelnemers_wijzigen": Hulp(
        "U kiest wie er meedoen aan dit overleg.",
        "Wie erbij komt, krijgt bericht en ziet het overleg in het eigen overzicht.",
    ),
    "overleg:reeks_stoppen": Hulp(
        "U stopt met dit overleg.",
        "De bijeenkomsten die nog komen vervallen en de deelnemers krijgen bericht; wat was, blijft staan.",
    ),
    "overleg:bijeenkomst": Hulp(
        "U ziet wanneer en waar het overleg is, wie er komen en wat er op de agenda staat.",
        "U kunt een dossier op de agenda zetten; het kenmerk ziet alleen wie dat dossier mag zien.",
    ),
    "overleg:bijeenkomst_verplaatsen": Hulp(
        "U kiest een andere dag, tijd of plaats voor deze bijeenkomst.",
        "De deelnemers krijgen bericht en hun agenda verandert mee.",
    ),
    "overleg:bijeenkomst_afgelasten": Hulp(
        "U laat deze bijeenkomst niet doorgaan.",
        "De deelnemers krijgen bericht, en de agenda schuift door naar de volgende bijeenkomst.",
    ),
    "overleg:agendapunt_toevoegen": Hulp(
        "U zet een dossier op de agenda van deze bijeenkomst.",
        "De deelnemers bespreken het op het overleg; het kenmerk ziet alleen wie dat dossier mag zien.",
    ),
    "overleg:agendapunt_weghalen": Hulp(
        "U haalt een punt van de agenda.",
        "De andere deelnemers zien het punt daarna niet meer.",
    ),
    "overleg:agendalink": Hulp(
        "U ziet of uw eigen agenda met een geheime link uw overleg en uw laatste dagen kan ophalen.",
        "Maak een link en zet hem in uw agenda, of trek hem in als iemand anders hem kent.",
    ),
    "overleg:agendalink_maken": Hulp(
        "U ziet één keer de geheime links voor uw agenda.",
        "Zet ze nu in uw agenda, want wij bewaren ze niet; later kunt u nieuwe maken.",
    ),
    "overleg:agendalink_intrekken": Hulp(
        "U trekt de geheime link van uw agenda in.",
        "Uw agenda krijgt daarna niets nieuws meer; u kunt altijd een nieuwe link maken.",
    ),
    "overleg:contactpersonen": Hulp(
        "U ziet de contactkaarten van uw organisatie.",
        "Anderen zien deze kaarten bij de dossiers die zij met u delen, dus houd ze bij.",
    ),
    "overleg:contactpersoon_toevoegen": Hulp(
        "U maakt een contactkaart voor iemand van uw organisatie.",
        "Wie een dossier met u deelt, ziet daarna wie er te bellen is.",
    ),
    "overleg:contactpersoon_wijzigen": Hulp(
        "U wijzigt een contactkaart van uw organisatie.",
        "Wie een dossier met u deelt, ziet meteen de nieuwe gegevens.",
    ),
    "overleg:contactpersoon_weghalen": Hulp(
        "U haalt een contactkaart weg.",
        "De kaart staat daarna niet meer bij de dossiers; zet er zo nodig een andere voor in de plaats.",
    ),
}
