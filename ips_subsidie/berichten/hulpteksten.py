"""Help with the inbox and the mails."""

from ips_subsidie.vormgeving.hulp import Hulp, Hulpteksten

HULP: Hulpteksten = {
    "berichten": Hulp(
        "U ziet wat er voor uw rol te doen of te weten is, het nieuwste bovenaan.",
        "Open een bericht om naar de pagina te gaan waar u verder kunt; een collega met uw rol kan dat ook doen.",
    ),
    "berichtvoorkeuren": Hulp(
        "U kiest per soort bericht of u meteen een mail krijgt, één keer per dag, of geen mail.",
        "In het portaal ziet u elk bericht; mails die de wet vraagt, krijgt u altijd.",
    ),
}
