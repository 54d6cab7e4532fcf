"""Help with treating an aanvraag and deciding on it, at UWV or the gemeente."""

from ips_subsidie.vormgeving.hulp import Hulp, Hulpteksten

_BEHANDELEN: Hulpteksten = {
    "aanvragen:werkvoorraad": Hulp(
        "U ziet de aanvragen waar nog over beslist moet worden, wat het eerst moet bovenaan.",
        "Pak een aanvraag op om hem te behandelen; een collega neemt daarna het besluit.",
    ),
    "aanvragen:verlengingen": Hulp(
        "U ziet welke instellingen om verlenging vragen, het traject dat het eerst eindigt bovenaan.",
        "De een beoordeelt een verzoek, een collega beslist; de instelling krijgt een brief.",
    ),
    "aanvragen:aanvraag_oppakken": Hulp(
        "U pakt deze aanvraag op, zodat collega’s weten dat u hem behandelt.",
        "Kijk daarna of de aanvraag compleet is en neem hem in behandeling.",
    ),
    "aanvragen:aanvraag_overnemen": Hulp(
        "U neemt deze aanvraag over van een collega.",
        "Daarna behandelt u hem; in het dossier staat dat u hem overnam.",
    ),
    "aanvragen:aanvraag_loslaten": Hulp(
        "U geeft deze aanvraag terug aan uw team.",
        "Een collega kan hem daarna oppakken; de termijn loopt gewoon door.",
    ),
    "aanvragen:aanvraag_in_behandeling_nemen": Hulp(
        "U bevestigt dat de aanvraag compleet is, of gaat verder met wat er is.",
        "De instelling krijgt bericht; daarna beoordeelt u de aanvraag.",
    ),
    "aanvragen:aanvraag_aanvulling_vragen": Hulp(
        "U vraagt de instelling wat er ontbreekt, en geeft haar daar tijd voor.",
        "De beslistermijn staat stil; de instelling stuurt een aanvulling, of u gaat na de termijn verder.",
    ),
    "aanvragen:aanvraag_verdagen": Hulp(
        "U laat de instelling op tijd weten dat het besluit later komt.",
        "De instelling krijgt een brief met de nieuwe laatste dag, en voor die dag moet er een besluit zijn.",
    ),
    "aanvragen:aanvraag_opschorten": Hulp(
        "U zet de beslistermijn stil tot en met een dag, met een reden die de wet noemt.",
        "De instelling krijgt een brief; na die dag loopt de termijn vanzelf verder.",
    ),
    "aanvragen:aanvraag_storing_beoordelen": Hulp(
        "U beoordeelt of een aanvraag die na een storing binnenkwam, telt als op tijd.",
        "Wat u kiest staat vast; daarna beoordeelt u de aanvraag, of een collega wijst hem af.",
    ),
    "aanvragen:aanvraag_beoordelen": Hulp(
        "U beantwoordt de vragen van de regeling en geeft een advies met uw motivering.",
        "Daarna neemt een collega het besluit; waar de gemeente beslist, vraagt zij eerst budget bij UWV.",
    ),
    "aanvragen:aanvraag_doorzenden": Hulp(
        "U stuurt deze aanvraag door naar de gemeente waar de deelnemer woont.",
        "Die gemeente behandelt hem verder; u ziet het dossier daarna niet meer, en de instelling krijgt bericht.",
    ),
}

_BUDGET: Hulpteksten = {
    "aanvragen:budgetvragen": Hulp(
        "U ziet welke gemeenten budget vragen, wie het langst wacht bovenaan.",
        "Reserveer het budget of meld dat het er niet is; daarna neemt de gemeente het besluit.",
    ),
    "aanvragen:aanvraag_budget_vragen": Hulp(
        "U vraagt UWV of er budget is voor deze aanvraag.",
        "UWV reserveert het budget of meldt dat het er niet is; daarna neemt de gemeente het besluit.",
    ),
    "aanvragen:aanvraag_budget_reserveren": Hulp(
        "U reserveert budget voor een aanvraag waar de gemeente over beslist.",
        "De gemeente krijgt bericht en moet beslissen zolang de reservering geldt.",
    ),
    "aanvragen:aanvraag_budget_weigeren": Hulp(
        "U meldt dat er geen budget is voor deze aanvraag.",
        "De gemeente krijgt bericht en wijst de aanvraag met een besluit af.",
    ),
}

_BESLISSEN: Hulpteksten = {
    "aanvragen:aanvraag_toekennen": Hulp(
        "U kent de subsidie toe, met de motivering die in de brief komt.",
        "De instelling krijgt de brief en kan het traject starten; de plaats is dan vergeven.",
    ),
    "aanvragen:aanvraag_afwijzen": Hulp(
        "U wijst de aanvraag af op de gronden die u kiest, met uw motivering.",
        "De instelling krijgt de brief en kan binnen zes weken bezwaar maken.",
    ),
    "aanvragen:aanvraag_buiten_behandeling": Hulp(
        "U neemt een aanvraag die niet compleet werd, niet in behandeling.",
        "De instelling krijgt de brief; zij kan bezwaar maken of een nieuwe aanvraag doen.",
    ),
    "aanvragen:aanvraag_besluit_intrekken": Hulp(
        "U trekt een toegekende subsidie in, met de reden en uw motivering.",
        "De instelling krijgt de brief en kan bezwaar maken; soms komt de plaats weer vrij.",
    ),
    "aanvragen:aanvraag_voornemen_intrekken": Hulp(
        "U laat de instelling weten dat u de subsidie wilt intrekken, en waarom.",
        "De instelling kan eerst reageren; daarna neemt een collega het besluit.",
    ),
    "aanvragen:verlenging_adviseren": Hulp(
        "U beoordeelt het verzoek om verlenging en geeft een advies.",
        "Daarna beslist een collega, en de instelling krijgt een brief.",
    ),
    "aanvragen:verlenging_toekennen": Hulp(
        "U verlengt het traject.",
        "De instelling krijgt de brief, en het traject loopt door tot de nieuwe laatste dag.",
    ),
    "aanvragen:verlenging_afwijzen": Hulp(
        "U wijst de verlenging af, met uw motivering.",
        "De instelling krijgt de brief en kan bezwaar maken; het traject eindigt op de oude laatste dag.",
    ),
}

HULP: Hulpteksten = {**_BEHANDELEN, **_BUDGET, **_BESLISSEN}
