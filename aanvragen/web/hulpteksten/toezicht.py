"""Help with the logboek: of one dossier, and for the toezichthouder."""

from ips_subsidie.vormgeving.hulp import Hulp, Hulpteksten

HULP: Hulpteksten = {
    "aanvragen:logboek": Hulp(
        "U ziet wie dit dossier bekeek en wie er iets in deed.",
        "Vertrouwt u een regel niet, meld het dan volgens de afspraken van uw organisatie voor een datalek.",
    ),
    "toezicht:overzicht": Hulp(
        "U ziet wat opvalt in het gebruik van het portaal, wat het eerst beoordeeld moet zijn bovenaan.",
        "Open een signaal, kijk of er een goede reden is, en schrijf op wat u vond.",
    ),
    "toezicht:signaal": Hulp(
        "U ziet om welke regels van het logboek het gaat.",
        "Vraag zo nodig na bij de organisatie en sluit het signaal af; een incident meldt u ook als datalek.",
    ),
    "toezicht:logboek": Hulp(
        "U zoekt in het logboek op het kenmerk van een dossier of op het e-mailadres van een medewerker.",
        "Ook dat u zoekt, komt in het logboek.",
    ),
}
