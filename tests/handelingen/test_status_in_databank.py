"""The last line for the status: what an act would never write, the database refuses at the commit of any writer."""

import uuid

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from aanvragen.models import Aanvraag, Besluit
from budget.models import Reservering
from tests.databank import eigenaar
from tests.fabriek import (
    MAAK,
    NU,
    afgewezen,
    beoordeeld,
    besluit_ingetrokken,
    buiten_behandeling,
    maak_wereld,
    neem_voor_in_te_trekken,
    reageer_op_voornemen,
    toegekend,
    verleen_plaatsen,
    vers,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld(db):
    return maak_wereld()


def bij_commit(doe):
    """The name of the rule that stops `doe` when its transaction would commit; empty when none does."""
    try:
        with transaction.atomic():
            doe()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as fout:
        return fout.__cause__.diag.constraint_name
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return ""


def zet(aanvraag, **velden):
    return lambda: Aanvraag.objects.filter(pk=aanvraag.pk).update(**velden)


@pytest.mark.parametrize("status", MAAK)
def test_wat_de_handelingen_schrijven_mag(wereld, status):
    assert bij_commit(lambda: MAAK[status](wereld)) == ""


@pytest.mark.parametrize("status", ["toegekend", "afgewezen", "buiten_behandeling"])
def test_een_status_zonder_besluit(wereld, status):
    aanvraag = beoordeeld(wereld)
    assert bij_commit(zet(aanvraag, status=status, beslist_op=NU)) == "aanvraag_status_met_besluit"
    assert vers(aanvraag).status == "in_behandeling"


@pytest.mark.parametrize(
    ("maak", "naar"),
    [
        (toegekend, "in_behandeling"),
        (toegekend, "ingetrokken"),
        (toegekend, "besluit_ingetrokken"),
        (toegekend, "afgewezen"),
        (afgewezen, "toegekend"),
        (afgewezen, "in_behandeling"),
        (buiten_behandeling, "ingediend"),
        (besluit_ingetrokken, "toegekend"),
    ],
)
def test_een_besluit_wordt_niet_met_de_hand_teruggedraaid(wereld, maak, naar):
    aanvraag = maak(wereld)
    assert bij_commit(zet(aanvraag, status=naar)) == "aanvraag_status_met_besluit"


def test_het_opslaan_van_een_object_helpt_niet(wereld):
    aanvraag = toegekend(wereld)
    aanvraag.status = "in_behandeling"
    assert bij_commit(aanvraag.save) == "aanvraag_status_met_besluit"


@pytest.mark.parametrize(
    ("maak", "plaats"),
    [(toegekend, "vrijgegeven"), (beoordeeld, "verleend")],
)
def test_de_plaats_hoort_bij_de_status(wereld, maak, plaats):
    """Also when only the reservering is changed."""
    aanvraag = maak(wereld)

    def schrijf():
        Reservering.objects.filter(pk=aanvraag.reservering_id).update(status=plaats, verleend_op=NU)

    assert bij_commit(schrijf) == "aanvraag_status_met_plaats"


def test_de_plaats_van_een_ander_telt_niet(wereld):
    aanvraag = toegekend(wereld)
    (van_een_ander,) = verleen_plaatsen(wereld, 1)
    assert bij_commit(zet(aanvraag, reservering=van_een_ander)) == "aanvraag_status_met_plaats"


def test_een_nieuwe_rij_die_al_is_toegekend(wereld):
    voorbeeld = toegekend(wereld)
    kopie = vers(voorbeeld)
    kopie.pk, kopie.kenmerk, kopie.reservering = uuid.uuid4(), "IPS-NAMAAK0", None
    assert bij_commit(lambda: kopie.save(force_insert=True)) in (
        "aanvraag_ingediend_is_compleet",
        "aanvraag_status_met_besluit",
    )


def test_een_tweede_verlening_of_een_losse_intrekking(wereld):
    aanvraag = toegekend(wereld)
    besluit = Besluit.objects.get()

    def nog_een(**over):
        kopie = Besluit.objects.get(pk=besluit.pk)
        kopie.pk = uuid.uuid4()
        for naam, waarde in over.items():
            setattr(kopie, naam, waarde)
        return lambda: kopie.save(force_insert=True)

    assert bij_commit(nog_een()) in ("besluit_een_in_eerste_aanleg", "besluit_een_verlening")
    assert bij_commit(nog_een(vorig_besluit=besluit)) == "besluit_na_herroeping"
    afwijzing = {"soort": "afwijzing", "gronden": ["algemeen"]}
    assert bij_commit(nog_een(**afwijzing)) == "besluit_een_in_eerste_aanleg"
    assert bij_commit(nog_een(**afwijzing, vorig_besluit=besluit)) == "besluit_na_herroeping"
    assert bij_commit(nog_een(soort="intrekking")) == "intrekking_na_horen"
    reageer_op_voornemen(wereld, neem_voor_in_te_trekken(wereld, vers(aanvraag)))
    assert bij_commit(nog_een(soort="intrekking")) == "besluit_intrekking_van_een_besluit"
    assert vers(aanvraag).status == "toegekend"


@pytest.mark.django_db(transaction=True)
def test_bij_een_echte_commit(wereld):
    """As the application's own role, in a transaction of its own: refused at the commit, nothing changed."""
    aanvraag = beoordeeld(wereld)
    with pytest.raises(IntegrityError, match="besluiten niet"), transaction.atomic():
        zet(aanvraag, status="toegekend", beslist_op=NU)()
    assert vers(aanvraag).status == "in_behandeling"


@pytest.mark.parametrize(
    "poging",
    [
        "ALTER TABLE aanvragen_aanvraag DISABLE TRIGGER aanvraag_status_met_besluit",
        "DROP TRIGGER reservering_met_dossier ON budget_reservering",
        "SET session_replication_role = replica",
        "SELECT aanvragen_eis_plaats('toegekend', 'x', 'verleend', 'x')",
        "DROP FUNCTION aanvragen_status_past() CASCADE",
        "UPDATE aanvragen_besluit SET soort = 'afwijzing'",
    ],
)
def test_de_toepassing_zet_dit_niet_uit(db, poging):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(poging)


def test_ook_de_eigenaar_en_een_kopie_worden_nagekeken(db):
    """ENABLE ALWAYS: `session_replication_role = replica` does not pass it."""
    with eigenaar() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled::text FROM pg_trigger WHERE tgname IN ('aanvraag_begint_met_besluit', "
            "'aanvraag_status_met_besluit', 'reservering_met_dossier')"
        )
        assert {stand for _, stand in cursor.fetchall()} == {"A"}
