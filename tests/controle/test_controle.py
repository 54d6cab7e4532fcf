"""The check of everything: clean after acts, and each kind of finding is found."""

import io
import random
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connections, transaction
from django.urls import reverse

from aanvragen import controle, tasks
from aanvragen.models import Aanvraag
from budget.models import Controle
from budget.regels.regeling import Vrijval
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.toegang.rollen import Rol
from tests.databank import eigenaar
from tests.fabriek import (
    MAAK,
    NU,
    afgewezen,
    alsnog_toegekend,
    beoordeeld,
    ingediend,
    ken_toe,
    maak_wereld,
    toegekend,
    trek_besluit_in,
    verleen_plaatsen,
    verlengd,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wereld(db):
    return maak_wereld()


def stuk(sql, *waarden, tabellen=()):
    """Break something as the owner, with the triggers of these tables away for as long as it takes."""
    with eigenaar() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger "
            "WHERE tgrelid::regclass::text = ANY (%s) AND NOT tgisinternal AND tgenabled = 'A'",
            [list(tabellen)],
        )
        aan = cursor.fetchall()
        for tabel, naam in aan:
            cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER {naam}")
        try:
            cursor.execute(sql, list(waarden) or None)
        finally:
            for tabel, naam in aan:
                cursor.execute(f"ALTER TABLE {tabel} ENABLE ALWAYS TRIGGER {naam}")


def codes():
    return {bevinding.code for bevinding in controle.alle_bevindingen()}


def draai():
    """What the command says, and its exit code."""
    uit = io.StringIO()
    try:
        call_command("controleer", stdout=uit)
    except SystemExit as einde:
        return uit.getvalue(), einde.code
    return uit.getvalue(), 0


def test_leeg_en_alles_wat_de_handelingen_doen(wereld):
    assert draai() == ("Alles klopt: 4 potten, 1 boeking, 0 verleende trajecten.\n", 0)
    for maak in MAAK.values():
        maak(wereld)
    verlengd(wereld, gemeente="0202")
    alsnog_toegekend(wereld, gemeente="0202")
    uitvoer, code = draai()
    assert code == 0, uitvoer
    assert uitvoer.startswith("Alles klopt: ")
    assert "3 verleende trajecten" in uitvoer


def test_na_een_willekeurige_reeks(db):
    """Any acts in any order, also those that are refused: what stands in the tables adds up."""
    toeval = random.Random(2019)
    wereld = maak_wereld(cap_per_gemeente=3, plafond_trajecten=8)
    maak = [*MAAK.values(), beoordeeld, beoordeeld, toegekend, alsnog_toegekend]
    for nummer in range(30):
        nu = NU + timedelta(hours=nummer)
        try:
            gemaakt = toeval.choice(maak)(wereld, nu, gemeente=toeval.choice(["0268", "0202"]))
            if gemaakt.status == "toegekend" and toeval.random() < 0.3:
                trek_besluit_in(wereld, gemaakt, nu, gebeurtenis=toeval.choice([None, *Vrijval]))
        except HandelingGeweigerd:
            continue
    assert controle.alle_bevindingen() == []


# Each: how the dossier came about, what somebody with all rights breaks, and what is found.
_STUK = {
    "status met de hand": (
        beoordeeld,
        "UPDATE aanvragen_aanvraag SET status = 'toegekend', beslist_op = now() WHERE id = %s",
        {"status_en_plaats", "status_en_besluit", "traject"},
    ),
    "toekenning teruggedraaid": (
        toegekend,
        "UPDATE aanvragen_aanvraag SET status = 'in_behandeling' WHERE id = %s",
        {"status_en_plaats", "status_en_besluit", "traject"},
    ),
    "dossier los van de plaats": (
        toegekend,
        "UPDATE aanvragen_aanvraag SET reservering_id = NULL, status = 'besluit_ingetrokken' WHERE id = %s",
        {"plaats_zonder_dossier", "dossier_zonder_plaats", "status_en_besluit", "boeking_zonder_dossier", "bedrag"},
    ),
    "ander kenmerk": (
        toegekend,
        "UPDATE aanvragen_aanvraag SET kenmerk = 'IPS-ANDERS0' WHERE id = %s",
        {"wat_gevraagd_is", "boeking_zonder_dossier"},
    ),
    "andere gemeente": (
        toegekend,
        "UPDATE aanvragen_aanvraag SET gemeente_id = (SELECT id FROM gemeenten_gemeente WHERE code = '0202') "
        "WHERE id = %s",
        {"wat_gevraagd_is"},
    ),
    "andere deelnemer": (
        toegekend,
        "UPDATE aanvragen_deelnemer SET bsn_index = decode('00ff', 'hex') WHERE aanvraag_id = %s",
        {"persoon"},
    ),
    "ander bedrag": (
        toegekend,
        "UPDATE aanvragen_besluit SET bedrag_cent = 800100, rijk_cent = 400100 WHERE aanvraag_id = %s",
        {"bedrag"},
    ),
    "geen traject": (toegekend, "DELETE FROM aanvragen_traject WHERE aanvraag_id = %s", {"traject"}),
    "besluit weg": (
        afgewezen,
        "DELETE FROM aanvragen_brief WHERE aanvraag_id = %s AND besluit_id IS NOT NULL; "
        "DELETE FROM aanvragen_besluit WHERE aanvraag_id = %s",
        {"status_en_besluit"},
    ),
    "een official na bezwaar": (
        alsnog_toegekend,
        "DELETE FROM logboek_regel WHERE handeling = 'bezwaar.voorstellen' AND dossier_id = %s",
        {"na_bezwaar"},
    ),
    "handeling die er niet is": (
        toegekend,
        "UPDATE budget_boeking SET handeling = 'aanvraag.cadeau' "
        "WHERE kenmerk = (SELECT kenmerk FROM aanvragen_aanvraag WHERE id = %s)",
        {"boeking_zonder_handeling"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("wat", _STUK)
def test_wat_niet_klopt_wordt_gevonden(wereld, wat):
    maak, sql, verwacht = _STUK[wat]
    toegekend(wereld, gemeente="0202")
    aanvraag = maak(wereld)
    assert codes() == set()
    tabellen = (
        "aanvragen_aanvraag", "aanvragen_besluit", "aanvragen_brief", "aanvragen_deelnemer", "aanvragen_traject",
        "budget_boeking", "budget_reservering", "logboek_regel",
    )  # fmt: skip
    stuk(sql, *[aanvraag.pk] * sql.count("%s"), tabellen=tabellen)
    assert codes() == verwacht
    uitvoer, code = draai()
    assert code == 1
    assert uitvoer.startswith("Er klopt iets niet: ")
    assert "IPS-" in uitvoer


def test_delen_die_niet_optellen(wereld):
    aanvraag = toegekend(wereld)
    with pytest.raises(IntegrityError):
        stuk(
            "UPDATE aanvragen_besluit SET rijk_cent = 1 WHERE aanvraag_id = %s",
            aanvraag.pk,
            tabellen=("aanvragen_besluit",),
        )


def test_twee_trajecten_van_een_persoon(db):
    wereld = maak_wereld(dubbel_traject="waarschuw")
    een, twee = (
        toegekend(wereld, bsn="999900006"),
        toegekend(wereld, NU + timedelta(hours=1), bsn="999900006"),
    )
    assert codes() == set()
    stuk("UPDATE budget_regelingversie SET dubbel_traject = 'blokkeer'", tabellen=("budget_regelingversie",))
    tekst = next(b.tekst for b in controle.alle_bevindingen() if b.code == "twee_trajecten")
    assert een.kenmerk in tekst
    assert twee.kenmerk in tekst


def test_een_plaats_zonder_dossier(wereld):
    verleen_plaatsen(wereld, 1)
    assert codes() >= {"plaats_zonder_dossier", "boeking_zonder_dossier"}


def test_bewaking_die_uit_staat(wereld):
    with eigenaar() as cursor:
        cursor.execute("ALTER TABLE aanvragen_aanvraag DISABLE TRIGGER aanvraag_status_met_besluit")
        try:
            assert codes() == {"bewaking_van_status_uit"}
        finally:
            cursor.execute("ALTER TABLE aanvragen_aanvraag ENABLE ALWAYS TRIGGER aanvraag_status_met_besluit")


def test_toekennen_tijdens_de_controle_is_geen_bevinding(wereld):
    """One snapshot: a grant that commits between two questions is seen whole or not at all."""
    aanvraag = beoordeeld(wereld)

    def ken_toe_ernaast():
        ken_toe(wereld, aanvraag)
        connections.close_all()

    with controle._een_moment():
        assert codes() == set()
        draad = threading.Thread(target=ken_toe_ernaast)
        draad.start()
        draad.join(30)
        assert codes() == set()
        assert Aanvraag.objects.get(pk=aanvraag.pk).status == "in_behandeling"
        with pytest.raises(Exception, match="read-only"), transaction.atomic():
            Aanvraag.objects.filter(pk=aanvraag.pk).update(toelichting="x")
    assert Aanvraag.objects.get(pk=aanvraag.pk).status == "toegekend"
    assert codes() == set()


def test_elke_nacht_bewaard_en_alleen_gemeld_als_er_iets_is(wereld):
    toegekend(wereld)
    for rol in (Rol.UWV_FINANCIEN, Rol.BEHEERDER, Rol.MINISTERIE):
        wereld.met(rol)
    tasks.controleer()
    assert Controle.objects.get().geslaagd
    assert not Bericht.objects.filter(soort="controle").exists()
    stuk("DELETE FROM aanvragen_traject", tabellen=("aanvragen_traject",))
    tasks.controleer()
    laatste = Controle.objects.first()
    assert not laatste.geslaagd
    assert [b["code"] for b in laatste.bevindingen] == ["traject"]
    berichten = Bericht.objects.filter(soort="controle")
    assert {b.rol: b.pad for b in berichten} == {
        Rol.UWV_FINANCIEN: reverse("budget:overzicht"),
        Rol.BEHEERDER: reverse("admin:budget_controle_changelist"),
    }
    assert "1 bevinding" in berichten[0].titel


def test_om_drie_uur_in_nederland(settings):
    regel = settings.CELERY_BEAT_SCHEDULE["controleren"]
    assert regel["task"] == tasks.controleer.name
    assert (regel["schedule"].hour, regel["schedule"].minute) == ({3}, {0})
    assert settings.CELERY_TIMEZONE == "Europe/Amsterdam"


def test_veel_bevindingen_worden_begrensd_bewaard(wereld, monkeypatch):
    monkeypatch.setattr(controle, "HOOGSTENS_BEWAARD", 2)
    for _ in range(3):
        toegekend(wereld)
    stuk("DELETE FROM aanvragen_traject", tabellen=("aanvragen_traject",))
    bewaard = controle.controleer_en_bewaar(NU)
    assert [b["code"] for b in bewaard.bevindingen] == ["traject", "traject", "meer"]
    assert bewaard.bevindingen[-1]["tekst"] == "En nog 1 andere."


def test_een_losse_verandering_wordt_al_door_de_databank_gestopt(wereld):
    """What the check would find can't come about through the application's own role."""
    aanvraag = toegekend(wereld)
    with pytest.raises(IntegrityError), transaction.atomic():
        Aanvraag.objects.filter(pk=aanvraag.pk).update(status="ingetrokken")
    assert codes() == set()


def test_een_kopie_die_is_veranderd_wordt_gevonden(wereld):
    ontvangst = ingediend(wereld).ontvangsten.get()
    stuk(
        "UPDATE aanvragen_brief SET gegevens = jsonb_set(gegevens, '{kenmerk}', '\"IPS-ANDERS\"') WHERE id = %s",
        ontvangst.kopie_id, tabellen=["aanvragen_brief"],
    )  # fmt: skip
    assert codes() == {"kopie_veranderd"}
