"""Who signs for a college: mandaat, ondermandaat and who acts for her, all on one day (T82, T84, T85, T89)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from aanvragen.handelingen.briefdelen import ondertekening
from gemeenten.models import Mandaat, Ondermandaat, ondermandaat_voor, ontbreekt
from gemeenten.models.register import Geldigheid, registerstanden
from ips_subsidie.toegang.rollen import Rol
from tests.toegang.personen import maak_actor

pytestmark = pytest.mark.django_db
DAG = date(2024, 4, 4)
LANG = date(2023, 1, 1)
REGELING = "IPS-GEM-2023"


@pytest.fixture
def geef(gemeente):
    """An ondermandaat, under the mandaat of the college that is made with it."""

    def maak(code, organisatie=None, *, van=LANG, tot=None, mandaat_van=LANG, mandaat_tot=None, **velden):
        een = gemeente(code)
        mandaat, _ = Mandaat.objects.get_or_create(
            gemeente=een,
            regeling=REGELING,
            geldig_van=mandaat_van,
            defaults={"mandaatgever": "de Minister voor APP", "bron": "besluit", "geldig_tot": mandaat_tot},
        )
        velden = {"functie": "klantmanager", "bron": "besluit van het college"} | velden
        return Ondermandaat.objects.create(
            mandaat=mandaat,
            organisatie=organisatie or een.organisatie,
            geldig_van=van,
            geldig_tot=tot,
            **velden,
        )

    return maak


@pytest.fixture
def heemskerk(gemeente):
    return gemeente("0396")


@pytest.fixture
def klantmanager(heemskerk):
    return maak_actor(Rol.GEMEENTEBESLISSER, heemskerk.organisatie)


# --- T82: on the day itself ------------------------------------------------------------------------------------


def test_T82_mandaat_vanaf_morgen_is_vandaag_geen_mandaat(geef, heemskerk, klantmanager):
    morgen = date(2024, 4, 5)
    geef("0396", van=morgen, mandaat_van=morgen)
    assert ondermandaat_voor(heemskerk, REGELING, klantmanager, DAG) is None
    assert ontbreekt(heemskerk, REGELING, klantmanager, DAG) == [
        "Het mandaat van het college van Heemskerk geldt pas vanaf 05-04-2024."
    ]
    assert ondermandaat_voor(heemskerk, REGELING, klantmanager, morgen) is not None
    assert ontbreekt(heemskerk, REGELING, klantmanager, morgen) == []


@pytest.mark.parametrize(
    ("over", "mag"),
    [
        ({"van": DAG}, True),
        ({"van": DAG + timedelta(days=1)}, False),
        ({"tot": DAG + timedelta(days=1)}, True),
        ({"tot": DAG}, False),
        ({"mandaat_tot": DAG + timedelta(days=1)}, True),
        ({"mandaat_tot": DAG}, False),
        ({"mandaat_van": DAG}, True),
        ({"mandaat_van": DAG + timedelta(days=1)}, False),
    ],
    ids=[
        "begint vandaag", "begint morgen", "laatste dag", "gisteren voorbij", "mandaat: laatste dag",
        "mandaat: gisteren voorbij", "mandaat begint vandaag", "mandaat begint morgen",
    ],
)  # fmt: skip
def test_T82_beide_gelden_op_de_dag_zelf(geef, heemskerk, klantmanager, over, mag):
    geef("0396", **over)
    assert (ondermandaat_voor(heemskerk, REGELING, klantmanager, DAG) is not None) is mag
    assert bool(ontbreekt(heemskerk, REGELING, klantmanager, DAG)) is not mag


def test_T82_zonder_iets_en_voor_een_andere_regeling(geef, heemskerk, klantmanager):
    geen = ["Het college van Heemskerk heeft vandaag geen mandaat voor deze regeling."]
    assert ontbreekt(heemskerk, REGELING, klantmanager, DAG) == geen
    geef("0396")
    assert ontbreekt(heemskerk, "IPS-ANDERS", klantmanager, DAG) == geen


def test_op_naam_of_voor_een_functie(geef, heemskerk, klantmanager):
    collega = maak_actor(Rol.GEMEENTEBESLISSER, heemskerk.organisatie)
    op_naam = geef("0396", gebruiker=klantmanager.gebruiker, functie="klantmanager werk")
    assert ondermandaat_voor(heemskerk, REGELING, klantmanager, DAG) == op_naam
    assert ondermandaat_voor(heemskerk, REGELING, collega, DAG) is None
    assert "geen ondermandaat voor u" in ontbreekt(heemskerk, REGELING, collega, DAG)[0]
    voor_allen = geef("0396", functie="teammanager")
    assert ondermandaat_voor(heemskerk, REGELING, collega, DAG) == voor_allen
    assert ondermandaat_voor(heemskerk, REGELING, klantmanager, DAG) == op_naam


# --- T84: in whose name ----------------------------------------------------------------------------------------


def test_T84_van_minister_naar_college_naar_functionaris(geef, heemskerk, klantmanager):
    geef("0396", functie="klantmanager")
    ondermandaat = ondermandaat_voor(heemskerk, REGELING, klantmanager, DAG)
    onder = ondertekening(None, "K. de Vries", "iets anders", ondermandaat)
    assert [onder.namens, *onder.lijnen, onder.functie] == [
        "De Minister voor APP,",
        "namens deze,",
        "het college van burgemeester en wethouders van Heemskerk,",
        "namens dit college,",
        "klantmanager",
    ]


@pytest.mark.parametrize(
    ("model", "leeg"),
    [("mandaat", "mandaatgever"), ("mandaat", "bron"), ("onder", "functie"), ("onder", "bron")],
)
def test_T84_zonder_mandaatgever_functie_of_bron_is_er_geen(geef, model, leeg):
    ondermandaat = geef("0396")
    rij = ondermandaat.mandaat if model == "mandaat" else ondermandaat
    with pytest.raises(IntegrityError), transaction.atomic():
        type(rij).objects.filter(pk=rij.pk).update(**{leeg: ""})


# --- T85: a samenwerkingsverband -------------------------------------------------------------------------------


def test_T85_het_verband_tekent_voor_de_ene_gemeente_en_niet_voor_de_andere(geef, gemeente):
    druten, arnhem = gemeente("0225"), gemeente("0202")
    verband = druten.deelnames.get().verband.organisatie
    consulent = maak_actor(Rol.GEMEENTEBESLISSER, verband)
    geef("0225", verband)
    geef("0202", verband)  # an ondermandaat alone makes nobody act for a gemeente
    assert ondermandaat_voor(druten, REGELING, consulent, DAG) is not None
    assert ondermandaat_voor(arnhem, REGELING, consulent, DAG) is None
    assert ontbreekt(arnhem, REGELING, consulent, DAG) == [
        "Uw organisatie handelt vandaag niet voor de gemeente Arnhem."
    ]
    wijchen = gemeente("0296")
    assert "geen mandaat" in ontbreekt(wijchen, REGELING, consulent, DAG)[0]


@pytest.mark.parametrize(
    ("deelname", "ondermandaat", "mag"),
    [
        ({}, {}, True),
        ({"geldig_tot": DAG}, {}, False),
        ({"geldig_tot": DAG + timedelta(days=1)}, {}, True),
        ({"geldig_van": DAG + timedelta(days=1)}, {}, False),
        ({"voert_ips_uit": False}, {}, False),
        ({}, {"tot": DAG}, False),
        ({}, {"van": DAG + timedelta(days=1)}, False),
    ],
    ids=[
        "beide", "deelname voorbij", "laatste dag van de deelname", "deelname begint morgen", "doet mee zonder IPS",
        "ondermandaat voorbij", "ondermandaat begint morgen",
    ],
)  # fmt: skip
def test_T85_deelname_en_mandaat_gelden_allebei_op_de_dag(geef, gemeente, deelname, ondermandaat, mag):
    druten = gemeente("0225")
    verband = druten.deelnames.get().verband.organisatie
    consulent = maak_actor(Rol.GEMEENTEBESLISSER, verband)
    druten.deelnames.update(**deelname)
    geef("0225", verband, **ondermandaat)
    assert (ondermandaat_voor(druten, REGELING, consulent, DAG) is not None) is mag


def test_T85_de_gemeente_zelf_tekent_niet_zolang_het_verband_uitvoert(geef, gemeente):
    druten = gemeente("0225")
    zelf = maak_actor(Rol.GEMEENTEBESLISSER, druten.organisatie)
    geef("0225")
    assert ondermandaat_voor(druten, REGELING, zelf, DAG) is None
    druten.deelnames.update(geldig_tot=DAG)
    assert ondermandaat_voor(druten, REGELING, zelf, DAG) is not None


# --- after a merger --------------------------------------------------------------------------------------------


def test_T89_na_een_fusie_tekent_het_college_van_de_opvolger(geef, gemeente):
    appingedam, eemsdelta = gemeente("0003"), gemeente("1979")
    oud, nieuw = (maak_actor(Rol.GEMEENTEBESLISSER, g.organisatie) for g in (appingedam, eemsdelta))
    geef("0003", van=date(2019, 1, 1), mandaat_van=date(2019, 1, 1))
    assert ondermandaat_voor(appingedam, REGELING, oud, date(2020, 12, 31)) is not None
    assert ondermandaat_voor(appingedam, REGELING, oud, date(2021, 1, 1)) is None
    assert ondermandaat_voor(appingedam, REGELING, nieuw, DAG) is None
    assert "college van Eemsdelta" in ontbreekt(appingedam, REGELING, nieuw, DAG)[0]
    geef("1979")
    assert ondermandaat_voor(appingedam, REGELING, nieuw, DAG).mandaat.gemeente == eemsdelta


# --- the register as a whole -----------------------------------------------------------------------------------


def test_het_register_en_de_handtekening_zeggen_hetzelfde(geef, gemeente):
    """For each gemeente and person the page says what the act would."""
    codes = ["0225", "0268", "0296", "0202", "0396", "0363"]
    gemeenten = [gemeente(code) for code in codes]
    verband = gemeenten[0].deelnames.get().verband.organisatie
    organisaties = [verband, *(g.organisatie for g in gemeenten)]
    actoren = [
        maak_actor(Rol.GEMEENTEBESLISSER, organisatie) for organisatie in organisaties for _ in range(2)
    ]
    geef("0225", verband)
    geef("0225")
    geef("0268", verband, gebruiker=actoren[0].gebruiker)
    geef("0296", verband, van=DAG + timedelta(days=1))
    geef("0202", mandaat_tot=DAG)
    geef("0396", gebruiker=next(a for a in actoren if a.organisatie == gemeenten[4].organisatie).gebruiker)
    geef("0363", tot=DAG)
    for dag in (DAG - timedelta(days=1), DAG, DAG + timedelta(days=1)):
        for stand in registerstanden(gemeenten, [REGELING], dag):
            kan = [a for a in actoren if ondermandaat_voor(stand.gemeente, REGELING, a, dag) is not None]
            assert [a for a in actoren if stand.mag_tekenen(a)] == kan, (stand.gemeente, dag)
            assert bool(stand.ontbreekt) is not bool(kan), (stand.gemeente, dag)


@pytest.mark.parametrize(
    ("perioden", "stand", "van"),
    [
        ([], None, None),
        ([(date(2023, 1, 1), None)], Geldigheid.NU, date(2023, 1, 1)),
        ([(date(2022, 1, 1), date(2023, 1, 1)), (date(2025, 1, 1), None)], Geldigheid.LATER, date(2025, 1, 1)),
        ([(date(2021, 1, 1), date(2022, 1, 1)), (date(2022, 1, 1), DAG)], Geldigheid.VOORBIJ, date(2022, 1, 1)),
    ],
)  # fmt: skip
def test_het_register_toont_het_mandaat_dat_ertoe_doet(heemskerk, perioden, stand, van):
    for begin, eind in perioden:
        Mandaat.objects.create(
            gemeente=heemskerk,
            regeling=REGELING,
            mandaatgever="x",
            bron="y",
            geldig_van=begin,
            geldig_tot=eind,
        )
    [gevonden] = registerstanden([heemskerk], [REGELING], DAG)
    assert gevonden.stand is stand
    assert (gevonden.mandaat.geldig_van if gevonden.mandaat else None) == van
    assert gevonden.ontbreekt


def test_het_register_kost_drie_vragen(geef, gemeente, django_assert_num_queries):
    gemeenten = [gemeente(code) for code in ("0225", "0268", "0296", "0202")]
    for code in ("0225", "0268", "0202"):
        geef(code)
    with django_assert_num_queries(3):
        for stand in registerstanden(gemeenten, [REGELING, "IPS-ANDERS"], DAG):
            namen = [f"{een}" for een in stand.ondermandaten]
            assert stand.ontbreekt or (stand.handelt.naam and namen)


# --- what the database refuses ---------------------------------------------------------------------------------


def test_twee_mandaten_tegelijk_kan_niet(geef, heemskerk):
    geef("0396")
    dubbel = Mandaat(
        gemeente=heemskerk, regeling=REGELING, mandaatgever="x", bron="y", geldig_van=date(2024, 1, 1)
    )
    with pytest.raises(ValidationError, match="al een mandaat"):
        dubbel.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        dubbel.save()


@pytest.mark.parametrize("op_naam", [True, False])
def test_hetzelfde_ondermandaat_twee_keer_kan_niet(geef, klantmanager, op_naam):
    gebruiker = klantmanager.gebruiker if op_naam else None
    geef("0396", gebruiker=gebruiker, tot=DAG)
    with pytest.raises(IntegrityError), transaction.atomic():
        geef("0396", gebruiker=gebruiker, van=DAG - timedelta(days=1))
    geef("0396", gebruiker=gebruiker, van=DAG)
    geef("0396", gebruiker=gebruiker, functie="teammanager")


@pytest.mark.parametrize("model", ["mandaat", "onder"])
def test_het_einde_komt_na_het_begin(geef, model):
    ondermandaat = geef("0396")
    rij = ondermandaat.mandaat if model == "mandaat" else ondermandaat
    rij.geldig_tot = rij.geldig_van
    with pytest.raises(ValidationError, match="niet na de begindatum"):
        rij.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        rij.save()
