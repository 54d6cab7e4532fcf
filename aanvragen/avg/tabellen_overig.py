"""The register of the rest: accounts, logboek, messages, gemeenten, overleg and what Django keeps itself."""

from aanvragen.avg.register import tabel
from aanvragen.avg.soorten import Termijnen, Weg
from ips_subsidie.logboek.verwerkingen import Verwerking as V

_BLIJFT, _ACCOUNT, _KORT = Termijnen.BLIJVEND, Termijnen.ACCOUNT, Termijnen.KORT

_TOEGANG = (
    tabel(
        "toegang.Gebruiker", V.TOEGANG, _ACCOUNT,
        medewerker="email naam last_login aangemaakt_op", geheim="password",
        techniek="id is_superuser is_active is_staff",
    ),
    tabel("toegang.Organisatie", V.TOEGANG, _BLIJFT, organisatie="naam soort", techniek="id"),
    tabel(
        "toegang.Lidmaatschap", V.TOEGANG, _ACCOUNT,
        medewerker="rol functie geldig_van geldig_tot", techniek="id gebruiker organisatie",
    ),
    tabel(
        "toegang.LidmaatschapGeschiedenis", V.TOEGANG, _ACCOUNT,
        medewerker="rol functie geldig_van geldig_tot", techniek=(
            "pgh_id pgh_created_at pgh_label pgh_obj pgh_context id gebruiker organisatie"
        ),
    ),
    tabel(
        "toegang.Uitnodiging", V.TOEGANG, _KORT, Weg.VERLOOPT,
        medewerker="email rol functie uitgenodigd_door", verloop="gemaakt_op verloopt_op gebruikt_op gemaild_op",
        techniek="id organisatie",
    ),
    tabel(
        "toegang.Inlogdienst", V.TOEGANG, _BLIJFT, organisatie="naam issuer client_id", geheim="geheim",
        versleuteld="geheim", techniek=(
            "id organisatie bewijs acr_waarden amr_waarden hoogstens_minuten uitloggen_bij_dienst actief verplicht"
        ),
    ),
    tabel(
        "toegang.Identiteit", V.TOEGANG, _ACCOUNT,
        medewerker="sub gebruiker gekoppeld_op beeindigd_op", techniek="id inlogdienst",
    ),
    tabel(
        "toegang.Sessie", V.TOEGANG, _KORT, Weg.VERLOOPT,
        medewerker="gebruiker adres toestel", geheim="sleutel gegevens", tekst="bewaard", versleuteld="bewaard",
        verloop="begonnen_op gezien_op verloopt_op beeindigd_op einde bewaard_op", techniek="id",
    ),
    tabel(
        "toegang.Wachtwoordvraag", V.TOEGANG, _KORT, Weg.VERLOOPT,
        medewerker="gebruiker", verloop="gevraagd_op gemaild_op", techniek="id",
    ),
    tabel(
        "mfa.Authenticator", V.TOEGANG, _ACCOUNT,
        geheim="data", medewerker="created_at last_used_at type", techniek="id user",
    ),
    tabel(
        "toegang.Beveiligingsmelding", V.TOEGANG, _ACCOUNT,
        medewerker="gebruiker", verloop="wat gemaakt_op gemaild_op", techniek="id",
    ),
    tabel(
        "account.EmailAddress", V.TOEGANG, _ACCOUNT, medewerker="email", techniek="id user verified primary"
    ),
    tabel(
        "account.EmailConfirmation", V.TOEGANG, _KORT, Weg.VERLOOPT,
        geheim="key", verloop="created sent", techniek="id email_address",
    ),
    tabel(
        "sessions.Session", V.TOEGANG, _KORT, Weg.VERLOOPT,
        geheim="session_key session_data", verloop="expire_date",
    ),
)  # fmt: skip
_LOGBOEK = (
    tabel(
        "logboek.Regel", V.TOEZICHT, Termijnen.LOGBOEK,
        medewerker="gebruiker rol adres toestel", verloop="op begonnen_op soort handeling kenmerk gegevens verwerking",
        techniek=(
            "id organisatie onderwerp onderwerp_id dossier_id client_id spoor deel vorm keten volgnr vorige hash"
        ),
        waarom="Een regel houdt nummers en codes; zonder het dossier wijst `client_id` niemand meer aan.",
    ),
    tabel(
        "logboek.Signaal", V.TOEZICHT, Termijnen.LOGBOEK,
        medewerker="gebruiker", verloop="soort dag aantal regels gemaakt_op uiterlijk", techniek="id organisatie",
        waarom="`regels` zijn nummers van regels van het logboek.",
    ),
    tabel(
        "logboek.Oordeel", V.TOEZICHT, Termijnen.LOGBOEK,
        medewerker="door", verloop="op uitkomst toelichting", techniek="id signaal",
    ),
    tabel(
        "admin.LogEntry", V.BEHEER, _ACCOUNT,
        medewerker="user action_time", techniek="id content_type object_id object_repr action_flag change_message",
    ),
    tabel(
        "handelingen.Uitvoering", V.TOEZICHT, Termijnen.LOGBOEK,
        medewerker="gebruiker", verloop="handeling op", techniek="id sleutel invoer resultaat_soort resultaat_id",
        waarom="`invoer` is een kenteken met sleutel; wat iemand invulde is er niet uit af te leiden.",
    ),
    tabel(
        "berichten.Bericht", V.CONTACT, Termijnen.LOGBOEK,
        medewerker="gebruiker gelezen_door rol",
        verloop="soort groep termijn titel pad gemaakt_op gelezen_op doorgegeven_op uitgezet_op",
        techniek="id organisatie onderwerp_id", waarom="Een titel noemt alleen het kenmerk.",
    ),
    tabel(
        "berichten.Verzending", V.CONTACT, Termijnen.LOGBOEK,
        medewerker="gebruiker", verloop="dag status pogingen volgende_poging_op verzonden_op fout",
        techniek="id bericht overzicht",
    ),
    tabel(
        "berichten.Voorkeur", V.CONTACT, _ACCOUNT,
        medewerker="gebruiker groep wijze gewijzigd_op", techniek="id",
    ),
    tabel("berichten.Hartslag", V.BEHEER, Termijnen.LOGBOEK, techniek="naam op"),
    tabel(
        "aanvragen.Herinnering", V.CONTACT, Termijnen.LOGBOEK,
        verloop="soort termijn mijlpaal gedaan_op", techniek="id onderwerp_id",
    ),
)  # fmt: skip
_REGIO = (
    tabel(
        "gemeenten.Gemeente", V.REGELING, _BLIJFT,
        stam="code naam provincie geldig_van geldig_tot sorteernaam zoektekst", techniek="id organisatie",
    ),
    tabel(
        "gemeenten.GemeenteOpvolging", V.REGELING, _BLIJFT,
        stam="van naar datum soort neemt_verplichtingen_over", techniek="id",
    ),
    tabel("gemeenten.Samenwerkingsverband", V.REGELING, _BLIJFT, techniek="id organisatie"),
    tabel(
        "gemeenten.Deelname", V.REGELING, _BLIJFT,
        stam="geldig_van geldig_tot voert_ips_uit", techniek="id verband gemeente",
    ),
    tabel(
        "gemeenten.Contactpersoon", V.OVERLEG, _ACCOUNT,
        medewerker="naam functie email telefoon", techniek="id organisatie",
    ),
    tabel(
        "gemeenten.Mandaat", V.REGELING, _BLIJFT,
        stam="regeling mandaatgever bron geldig_van geldig_tot", techniek="id gemeente",
    ),
    tabel(
        "gemeenten.Ondermandaat", V.REGELING, _BLIJFT,
        medewerker="functie gebruiker", stam="bron geldig_van geldig_tot", techniek="id mandaat organisatie",
    ),
    tabel(
        "aanvragen.GgzInstelling", V.REGELING, _BLIJFT,
        organisatie="kvk agb adres postcode plaats", techniek="id organisatie",
    ),
    tabel(
        "aanvragen.Erkenninglijst", V.REGELING, _BLIJFT,
        organisatie="tekst wijzigingen", stam="bron peildatum volledig overgeslagen verwerkt_op",
        medewerker="verwerkt_door", techniek="id",
    ),
    tabel(
        "aanvragen.IpsErkenning", V.REGELING, _BLIJFT,
        organisatie="geldig_van geldig_tot bron fidelity_score fidelity_datum", techniek="id instelling lijst",
    ),
    tabel("aanvragen.Storing", V.BEHEER, _BLIJFT, stam="van tot toelichting", techniek="id"),
    tabel(
        "overleg.Reeks", V.OVERLEG, _BLIJFT,
        organisatie="plaats link", verloop=(
            "soort status eerste_dag laatste_dag om_de_weken begint_om duur_minuten zonder_feestdagen gemaakt_op"
        ),
        medewerker="gemaakt_door", techniek="id organisatie",
    ),
    tabel(
        "overleg.Deelnemer", V.OVERLEG, _BLIJFT,
        verloop="uitgenodigd_op vertrokken_op", techniek="id reeks organisatie",
    ),
    tabel(
        "overleg.Bijeenkomst", V.OVERLEG, _BLIJFT,
        organisatie="plaats link", verloop="dag begint_op duur_minuten status reden gewijzigd_op",
        techniek="id reeks versie",
    ),
    tabel(
        "overleg.Agendalink", V.OVERLEG, _KORT,
        geheim="hash", verloop="status gemaakt_op ingetrokken_op", techniek="id lidmaatschap",
    ),
)  # fmt: skip
_TECHNIEK = (
    tabel(
        "opslag.Bestand", V.AANVRAAG, Termijnen.DOSSIER, Weg.VERLOOPT,
        inhoud="inhoud naam", techniek="id soort grootte sha256 gemaakt_op",
        waarom="Een bestand gaat weg met de rij die ernaar wijst; de naam kan van een persoon zijn.",
    ),
    tabel(
        "opslag.Virusscan", V.BEHEER, Termijnen.DOSSIER, Weg.VERLOOPT, verloop="uitslag op", techniek="id bestand",
        waarom="Gaat weg met het bestand.",
    ),
    tabel(
        "opslag.Vernietiging", V.RECHTEN, _BLIJFT,
        verloop="kenmerk_hash regeling klassen aantallen einde_dossier bewaren_tot op", medewerker="door",
        techniek="id transactie", waarom="Het bewijs van vernietiging noemt niemand.",
    ),
    tabel("kalender.Feestdag", V.BEHEER, _BLIJFT, stam="datum naam grondslag zeker", techniek="id"),
    tabel("auth.Permission", V.BEHEER, _BLIJFT, techniek="id name content_type codename"),
    tabel("auth.Group", V.BEHEER, _BLIJFT, techniek="id name"),
    tabel("contenttypes.ContentType", V.BEHEER, _BLIJFT, techniek="id app_label model"),
    tabel("pghistory.Context", V.TOEGANG, _ACCOUNT, techniek="id created_at updated_at metadata"),
)  # fmt: skip

TABELLEN = (*_TOEGANG, *_LOGBOEK, *_REGIO, *_TECHNIEK)
