"""Help with a bezwaar: from sending it to the beslissing."""

from ips_subsidie.vormgeving.hulp import Hulp, Hulpteksten

HULP: Hulpteksten = {
    "aanvragen:bezwaren": Hulp(
        "U ziet de bezwaren waar nog op beslist moet worden, wat het eerst moet bovenaan.",
        "Pak een bezwaar op; wie het besluit voorbereidde of nam, mag het niet behandelen.",
    ),
    "aanvragen:bezwaar": Hulp(
        "U ziet één bezwaar: de gronden, de termijnen en wat er al is gedaan.",
        "Bovenaan staat wie er aan zet is: de indiener, wie het behandelt of wie beslist.",
    ),
    "aanvragen:bezwaar_indienen": Hulp(
        "U maakt bezwaar tegen een besluit en schrijft op waarom u het er niet mee eens bent.",
        "U krijgt een bevestiging; iemand die het besluit niet nam, behandelt uw bezwaar en nodigt u zo nodig uit.",
    ),
    "aanvragen:bezwaar_registreren": Hulp(
        "U legt een bezwaar vast dat met de post of aan de balie binnenkwam.",
        "De indiener krijgt een bevestiging; daarna beoordeelt u of het bezwaar op tijd was.",
    ),
    "aanvragen:bezwaar_aanvullen": Hulp(
        "U vult aan wat er in het bezwaar nog ontbrak.",
        "De termijn loopt daarna verder, en wie het bezwaar behandelt gaat ermee door.",
    ),
    "aanvragen:bezwaar_intrekken": Hulp(
        "U trekt het bezwaar in.",
        "Het besluit blijft dan zoals het is, en niemand hoeft nog iets te doen.",
    ),
    "aanvragen:bezwaar_oppakken": Hulp(
        "U pakt dit bezwaar op, zodat duidelijk is wie het behandelt.",
        "Beoordeel daarna of het op tijd was.",
    ),
    "aanvragen:bezwaar_ontvankelijkheid": Hulp(
        "U beoordeelt of het bezwaar op tijd was, en zo niet of daar een goede reden voor is.",
        "Daarna nodigt u de indiener uit om te vertellen waarom, of legt u vast waarom dat niet hoeft.",
    ),
    "aanvragen:bezwaar_herstel_vragen": Hulp(
        "U vraagt de indiener om wat er in het bezwaar ontbreekt, met een laatste dag.",
        "De termijn staat zo lang stil; de indiener vult aan, of u gaat na die dag verder.",
    ),
    "aanvragen:bezwaar_hoorzitting_plannen": Hulp(
        "U kiest wanneer de indiener zijn bezwaar kan toelichten.",
        "De indiener krijgt een uitnodiging; daarna legt u vast wat er is gezegd.",
    ),
    "aanvragen:bezwaar_gehoord": Hulp(
        "U legt vast dat de indiener is gehoord, en wat er is gezegd.",
        "Daarna komt het advies, en stelt u een beslissing voor.",
    ),
    "aanvragen:bezwaar_afzien": Hulp(
        "U legt vast waarom niemand gehoord hoeft te worden.",
        "Daarna stelt u een beslissing voor die bij die reden past.",
    ),
    "aanvragen:bezwaar_advies_vastleggen": Hulp(
        "U legt het advies over het bezwaar vast.",
        "Daarna stelt u een beslissing voor; een collega beslist.",
    ),
    "aanvragen:bezwaar_verdagen": Hulp(
        "U stelt de beslissing op het bezwaar uit.",
        "De indiener krijgt een brief met de nieuwe laatste dag.",
    ),
    "aanvragen:bezwaar_doorzenden": Hulp(
        "U stuurt een bezwaar door naar wie erover moet beslissen.",
        "De indiener krijgt bericht; de dag van ontvangst hier blijft tellen.",
    ),
    "aanvragen:bezwaar_voorstellen": Hulp(
        "U stelt voor wat er op het bezwaar wordt beslist, en wat daaruit volgt.",
        "Een collega beslist zoals u voorstelt, of legt het aan u terug.",
    ),
    "aanvragen:bezwaar_terugleggen": Hulp(
        "U legt het voorstel terug bij wie het bezwaar behandelt, en schrijft op waarom.",
        "Uw collega doet een nieuw voorstel.",
    ),
    "aanvragen:bezwaar_beslissen": Hulp(
        "U beslist op het bezwaar, zoals een collega voorstelde.",
        "De indiener krijgt de brief en kan in beroep; is het bezwaar gegrond, dan verandert het dossier meteen.",
    ),
}
