"""Help with logging in, colleagues and the pages that everybody may read."""

from ips_subsidie.vormgeving.hulp import Hulp, Hulpteksten

HULP: Hulpteksten = {
    "start": Hulp(
        "Dit is het begin van het portaal, met het werk dat bij uw rol hoort.",
        "Kies waar u mee verder wilt; in uw berichten staat wat er nu van u wordt gevraagd.",
    ),
    "rol_kiezen": Hulp(
        "U kiest voor welke organisatie en in welke rol u nu werkt.",
        "Daarna ziet u het werk van die organisatie, en u kunt later altijd wisselen.",
    ),
    "account_login": Hulp(
        "U logt in met uw e-mailadres en wachtwoord.",
        "Daarna kiest u zo nodig uw rol en ziet u het werk van uw organisatie; hebt u nog geen account, vraag dan de "
        "beheerder van uw organisatie om een uitnodiging.",
    ),
    "oidc_kiezen": Hulp(
        "U logt in via de inlogpagina van uw eigen organisatie.",
        "Kies uw organisatie; daarna logt u daar in en komt u vanzelf terug in het portaal.",
    ),
    "oidc_terug": Hulp(
        "U komt terug van de inlogpagina van uw organisatie.",
        "Het portaal controleert wie u bent, en daarna ziet u het werk van uw organisatie.",
    ),
    "oidc_bevestigen": Hulp(
        "U laat opnieuw zien dat u het bent, omdat u iets gaat doen dat extra zeker moet zijn.",
        "Log nog een keer in bij uw organisatie; daarna gaat u verder waar u was.",
    ),
    "mfa_authenticate": Hulp(
        "U laat met een code of een passkey zien dat u het echt bent.",
        "Daarna bent u ingelogd en ziet u het werk van uw organisatie.",
    ),
    "beveiliging": Hulp(
        "U ziet hoe u inlogt, en u kunt dat hier wijzigen.",
        "Krijgt u een nieuwe telefoon, stel die dan eerst in en verwijder daarna de oude.",
    ),
    "tweede_factor": Hulp(
        "U kiest de tweede stap waarmee u voortaan inlogt.",
        "Na het instellen krijgt u herstelcodes, en daarna kunt u aan het werk.",
    ),
    "app_instellen": Hulp(
        "U koppelt een app op uw telefoon aan uw account.",
        "Bij het inloggen vult u voortaan ook de code uit de app in.",
    ),
    "passkey_toevoegen": Hulp(
        "U maakt een passkey op dit apparaat, op uw telefoon of op een USB-sleutel.",
        "Bij het inloggen bevestigt u voortaan met die passkey.",
    ),
    "factor_verwijderen": Hulp(
        "U verwijdert een app of passkey waarmee u inlogt.",
        "Op andere apparaten wordt u uitgelogd; met uw andere tweede stap logt u daar weer in.",
    ),
    "herstelcodes": Hulp(
        "Hier staan uw herstelcodes, één keer, of u maakt nieuwe.",
        "Bewaar ze op een veilige plek: daarmee logt u in als u uw telefoon of sleutel niet hebt.",
    ),
    "bevestigen": Hulp(
        "U laat opnieuw zien dat u het bent, omdat u iets belangrijks gaat doen.",
        "Daarna gaat u verder waar u was; een kwartier lang vragen wij het niet nog eens.",
    ),
    "account_change_password": Hulp(
        "U kiest een nieuw wachtwoord.",
        "Daarna bent u overal uitgelogd en logt u opnieuw in met het nieuwe wachtwoord.",
    ),
    "account_reset_password": Hulp(
        "U vraagt een link om een nieuw wachtwoord te kiezen.",
        "Kennen wij uw e-mailadres, dan krijgt u een mail; open de link in die mail.",
    ),
    "account_reset_password_done": Hulp(
        "Uw vraag om een nieuw wachtwoord is verstuurd.",
        "Open de link in de mail die u krijgt; komt er niets, kijk dan bij ongewenste mail of vraag het opnieuw.",
    ),
    "account_reset_password_from_key": Hulp(
        "U kiest een nieuw wachtwoord voor uw account.",
        "Daarna logt u in met het nieuwe wachtwoord.",
    ),
    "account_reset_password_from_key_done": Hulp(
        "Uw wachtwoord is gewijzigd.",
        "U kunt nu inloggen met het nieuwe wachtwoord.",
    ),
    "uitnodiging": Hulp(
        "Een collega nodigt u uit, en u maakt hier uw account.",
        "Daarna logt u in en ziet u het werk van uw organisatie; werkt de link niet meer, vraag uw collega dan om een "
        "nieuwe.",
    ),
    "sessies": Hulp(
        "U ziet op welke apparaten u nu bent ingelogd.",
        "Een apparaat dat u uitlogt, kan meteen niets meer; daar moet u opnieuw inloggen.",
    ),
    "sessie_terug": Hulp(
        "U bent weer ingelogd.",
        "Ga terug naar het tabblad waarin u bezig was; daar kunt u verder met wat u had ingevuld.",
    ),
    "sessie_verder": Hulp(
        "U ziet wat u verstuurde toen u al was uitgelogd.",
        "Kies of u het alsnog verstuurt; doet u niets, dan is het na een uur weg.",
    ),
    "collegas": Hulp(
        "U ziet wie er voor uw organisatie in het portaal werkt, en u kunt een collega uitnodigen.",
        "Uw collega krijgt een mail met een link en kan daarna meteen aan het werk.",
    ),
    "collega_functie": Hulp(
        "U kiest welk werk voor IPS deze collega doet.",
        "De werkvoorraad van uw collega begint daarna met dat werk; wat iemand mag, verandert niet.",
    ),
    "collega_herstellen": Hulp(
        "U verwijdert de tweede stap van een collega die alles kwijt is.",
        "Uw collega krijgt een mail, logt in met het wachtwoord en stelt een nieuwe tweede stap in.",
    ),
    "collega_beeindigen": Hulp(
        "U beëindigt de toegang van een collega voor uw organisatie.",
        "Uw collega kan daarna niet meer bij de dossiers; het werk blijft staan voor de andere collega’s.",
    ),
    "toegankelijkheid": Hulp(
        "Hier staat hoe toegankelijk dit portaal is, en wat nog niet goed werkt.",
        "Loopt u ergens tegenaan, meld het dan met de gegevens op deze pagina.",
    ),
    "privacy": Hulp(
        "Hier staat welke persoonsgegevens dit portaal bewaart, waarom, en wie ze ziet.",
        "Wilt u gegevens inzien of laten verbeteren, gebruik dan de gegevens op deze pagina.",
    ),
    "kwetsbaarheid": Hulp(
        "Hier staat hoe u een zwakke plek in de beveiliging meldt.",
        "Wij bevestigen uw melding en laten u weten wat wij ermee doen.",
    ),
}
