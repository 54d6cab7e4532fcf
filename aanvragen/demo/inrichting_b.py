"""What IPS-GEM-2023 needs beside dossiers: mandaten, newer scores, rekeningen. All of it invented."""

from __future__ import annotations

from datetime import date, datetime

from aanvragen.demo.organisaties import INSTELLINGEN, actoren, organisatie_met
from aanvragen.handelingen import erkennen
from aanvragen.models import IpsErkenning
from budget.handelingen import betalen, rekeningen
from budget.models import Bankrekening, BankrekeningStatus, Betaalbatch, BetaalbatchStatus, Factuur, Regeling
from gemeenten.models import Gemeente, Mandaat, Ondermandaat
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol

WERKBEDRIJF = "WerkBedrijf Rijk van Nijmegen"
MANDAAT_VAN = date(2023, 3, 1)
# Who signs for the college of which gemeente. Ede has none yet: its page says what is missing.
ONDERMANDATEN = (
    ("Nijmegen", WERKBEDRIJF, "Teamleider IPS"),
    ("Wijchen", WERKBEDRIJF, "Teamleider IPS"),
    ("Beuningen", WERKBEDRIJF, "Teamleider IPS"),
    ("Berg en Dal", WERKBEDRIJF, "Teamleider IPS"),
    ("Druten", WERKBEDRIJF, "Teamleider IPS"),
    ("Heumen", WERKBEDRIJF, "Teamleider IPS"),
    ("Mook en Middelaar", WERKBEDRIJF, "Teamleider IPS"),
    ("Arnhem", "Gemeente Arnhem", "Klantmanager IPS"),
    ("Tiel", "Gemeente Tiel", "Teammanager Werk en Inkomen"),
)
# No bank has this code, so the rekeningen are nobody's; the check digits are right.
IBANS = {
    "IrisZorg": "NL68DEMO0000000101",
    "RIBW Nijmegen & Rivierenland": "NL41DEMO0000000102",
    "Pro Persona": "NL14DEMO0000000103",
    "Pluryn": "NL84DEMO0000000104",
}
ONBEVESTIGD = "Pluryn"
# The scores of the quality list of 2023.
SCORES_OP = date(2022, 11, 14)
SCORES = {"IrisZorg": 113, "RIBW Nijmegen & Rivierenland": 106, "Pro Persona": 117, "Pluryn": 100}


def maak_mandaten(regeling: Regeling) -> None:
    """The mandaten of the colleges and who signs for them; what is there already stays."""
    gemeenten = {g.naam: g for g in Gemeente.objects.geldig_op(MANDAAT_VAN)}
    for naam, organisatie, functie in ONDERMANDATEN:
        mandaat, _ = Mandaat.objects.get_or_create(
            gemeente=gemeenten[naam],
            regeling=regeling.code,
            defaults={
                "mandaatgever": regeling.versies.latest("nummer").inhoud.instantie.mandaat,
                "bron": "Verzonnen voor de demo",
                "geldig_van": MANDAAT_VAN,
            },
        )
        Ondermandaat.objects.get_or_create(
            mandaat=mandaat,
            organisatie=organisatie_met(organisatie),
            functie=functie,
            defaults={"bron": "Verzonnen voor de demo", "geldig_van": MANDAAT_VAN},
        )


def erkenningen_bijwerken(nu: datetime) -> None:
    """The beheerder reads in the newest quality list: the same instellingen, with newer scores."""
    regels = ["kvk;naam;geldig_van;geldig_tot;fidelity_score;fidelity_datum"]
    for een in INSTELLINGEN:
        erkenning = IpsErkenning.objects.filter(instelling__kvk=een.kvk).latest("geldig_van")
        score = f"{SCORES[een.naam]};{SCORES_OP}"
        regels.append(f"{een.kvk};{een.naam};{erkenning.geldig_van};{erkenning.geldig_tot or ''};{score}")
    tekst, peildatum = "\n".join(regels), datum_van(nu)
    gezien = erkennen.bekijk(tekst, peildatum=peildatum, volledig=False, nu=nu).vingerafdruk
    erkennen.lijst_verwerken(
        None, _actor("Beheer IPS-subsidieportaal", Rol.BEHEERDER), tekst=tekst, bron="Verzonnen kwaliteitslijst",
        peildatum=peildatum, volledig=False, onbekend_overslaan=False, gezien=gezien, nu=nu,
    )  # fmt: skip


def rekeningen_doorgeven(nu: datetime) -> None:
    for naam, iban in IBANS.items():
        beheerder = _actor(naam, Rol.INSTELLINGSBEHEERDER)
        rekeningen.doorgeven(None, beheerder, iban=iban, tenaamstelling=f"Stichting {naam}"[:70], nu=nu)


def rekeningen_bevestigen(nu: datetime) -> None:
    """All but one, so that there is one to confirm."""
    wacht = Bankrekening.objects.filter(status=BankrekeningStatus.WACHT)
    for rekening in wacht.exclude(organisatie__naam=ONBEVESTIGD):
        rekeningen.bevestigen(rekening, _financien(), nu=nu)


def betaalbatch_maken(nu: datetime) -> None:
    facturen = list(Factuur.objects.te_betalen().values_list("pk", flat=True))
    betalen.maken(None, _financien(), facturen=facturen, uitvoeren_op=datum_van(nu), nu=nu)


def betaalbatch_uitgevoerd(nu: datetime) -> None:
    for batch in Betaalbatch.objects.filter(status=BetaalbatchStatus.GEMAAKT):
        betalen.uitgevoerd(batch, _financien(), betaald_op=datum_van(nu), nu=nu)


def _financien() -> Actor:
    return _actor("UWV", Rol.UWV_FINANCIEN)


def _actor(organisatie: str, rol: Rol) -> Actor:
    return actoren()[organisatie, rol]


LOSSE_HANDELINGEN = {
    "erkenningen_bijwerken": erkenningen_bijwerken,
    "rekeningen_doorgeven": rekeningen_doorgeven,
    "rekeningen_bevestigen": rekeningen_bevestigen,
    "betaalbatch_maken": betaalbatch_maken,
    "betaalbatch_uitgevoerd": betaalbatch_uitgevoerd,
}
