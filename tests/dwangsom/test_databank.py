"""The last line: what an act would never write about a late besluit, the database refuses of any writer."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import F

from aanvragen.models import Ingebrekestelling
from ips_subsidie.kalender.dwangsom import MAX_DAGEN, tarief_op
from tests import fabriek
from tests.databank import eigenaar, weigert
from tests.fabriek import om

EEN_DAG = timedelta(days=1)


def zet(**velden):
    return lambda: Ingebrekestelling.objects.update(**velden)


@pytest.mark.parametrize("ontvangen", [date(2018, 12, 31), date(2019, 1, 1)])
@pytest.mark.usefixtures("db")
def test_de_databank_rekent_als_de_kalender(ontvangen):
    # The app may not call it; the trigger that does runs as the owner.
    with eigenaar() as cursor:
        cursor.execute(
            "SELECT array_agg(aanvragen_dwangsom_cent(%s, n) ORDER BY n) FROM generate_series(0, %s) n",
            [ontvangen, MAX_DAGEN],
        )
        geteld = cursor.fetchone()[0]
    assert geteld == [tarief_op(ontvangen).bedrag_cent(n) for n in range(MAX_DAGEN + 1)]


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"ontvangen_op": F("ontvangen_op") - timedelta(days=3)}, "ingebrekestelling_blijft"),
        ({"termijn_tot": F("termijn_tot") - timedelta(days=3)}, "ingebrekestelling_blijft"),
        ({"eerste_dag": F("eerste_dag") - timedelta(days=3)}, "ingebrekestelling_blijft"),
        ({"wijze": "post"}, "ingebrekestelling_blijft"),
        ({"toelichting": "anders"}, "ingebrekestelling_blijft"),
        ({"status": "zomaar"}, "ingebrekestelling_status_bekend"),
        ({"status": "prematuur"}, "ingebrekestelling_na_de_termijn"),
        ({"status": "vastgesteld"}, "ingebrekestelling_met_besluit"),
        ({"status": "vastgesteld", "motivering": "x"}, "ingebrekestelling_met_besluit"),
        ({"betaald_op": date(2020, 1, 1)}, "ingebrekestelling_betaald_na_besluit"),
    ],
)
def test_wat_vaststaat_blijft(wereld, velden, regel):
    fabriek.in_gebreke_gesteld(wereld, route="uwv")
    assert weigert(zet(**velden)) == regel


@pytest.mark.parametrize(
    ("over", "regel"),
    [
        ({"ontvangen_op": F("x")}, "ingebrekestelling_na_de_termijn"),
        ({"eerste_dag": F("x")}, "ingebrekestelling_dagen"),
        ({"laatste_dag": F("x")}, "ingebrekestelling_dagen"),
        ({"over": "verlenging"}, "ingebrekestelling_een_dossier"),
    ],
)
def test_een_nieuwe_klopt_met_de_wet(wereld, over, regel):
    deel = fabriek.in_gebreke_gesteld(wereld, route="uwv")
    nieuw = Ingebrekestelling.objects.get(pk=deel.pk)
    nieuw.pk = nieuw.id = None
    nieuw.id = Ingebrekestelling._meta.pk.default()
    nieuw.status = "op_tijd"  # one that is open there may be only once
    waarden = {
        "ontvangen_op": nieuw.termijn_tot, "eerste_dag": nieuw.eerste_dag + EEN_DAG,
        "laatste_dag": nieuw.laatste_dag - EEN_DAG,
    }  # fmt: skip
    for veld, waarde in over.items():
        setattr(nieuw, veld, waarde if isinstance(waarde, str) else waarden[veld])
    if "ontvangen_op" in over:
        nieuw.eerste_dag = nieuw.ontvangen_op + timedelta(days=15)
        nieuw.laatste_dag = nieuw.eerste_dag + timedelta(days=41)
    assert weigert(lambda: nieuw.save(force_insert=True)) == regel


def test_een_open_ingebrekestelling_per_besluit(wereld):
    deel = fabriek.in_gebreke_gesteld(wereld, route="uwv")
    deel.id = Ingebrekestelling._meta.pk.default()
    assert weigert(lambda: deel.save(force_insert=True)) == "ingebrekestelling_een_per_aanvraag"


def test_een_ander_bedrag_dan_de_dagen_geven_wordt_niet_vastgesteld(wereld):
    """The days in the row add up with the amount; the database counts them once more from the days themselves."""
    deel = fabriek.in_gebreke_gesteld(wereld, route="uwv")
    nu = om(deel.laatste_dag + timedelta(days=2))
    deel = fabriek.stel_dwangsom_voor(wereld, deel, nu)
    Ingebrekestelling.objects.update(dagen=41, bedrag_cent=139_700)
    assert weigert(lambda: fabriek.stel_dwangsom_vast(wereld, deel, nu)) == "dwangsom_past"
    Ingebrekestelling.objects.update(dagen=42, bedrag_cent=144_200)
    assert weigert(lambda: fabriek.stel_dwangsom_vast(wereld, deel, nu)) == ""
    assert weigert(zet(bedrag_cent=1)) == "ingebrekestelling_blijft"
    assert weigert(zet(status="verbeurd", besluit=None)) == "ingebrekestelling_blijft"


def test_geen_dag_na_het_besluit_waarop_werd_gewacht(wereld):
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    deel = fabriek.stel_in_gebreke(wereld, aanvraag)
    besluit = om(deel.eerste_dag + timedelta(days=5))
    fabriek.ken_toe(wereld, aanvraag, besluit)
    deel = fabriek.stel_dwangsom_voor(wereld, Ingebrekestelling.objects.get(), besluit)
    Ingebrekestelling.objects.update(
        gestopt_op=F("gestopt_op") + timedelta(days=1), dagen=6, bedrag_cent=13_800
    )
    assert weigert(lambda: fabriek.stel_dwangsom_vast(wereld, deel, besluit)) == "dwangsom_past"


def test_een_besluit_over_een_dwangsom_hoort_ergens_bij(wereld):
    aanvraag = fabriek.toegekend(wereld, route="uwv")
    los = aanvraag.besluiten.get()
    los.id = type(los)._meta.pk.default()
    los.soort, los.maanden = "dwangsom", 0
    assert weigert(lambda: los.save(force_insert=True)) == "dwangsom_van_iets"


def test_niets_wordt_verwijderd(wereld):
    fabriek.in_gebreke_gesteld(wereld, route="uwv")
    with connection.cursor() as cursor:
        melding = weigert(lambda: cursor.execute("DELETE FROM aanvragen_ingebrekestelling"))
    assert melding == "Een ingebrekestelling wordt niet verwijderd."
