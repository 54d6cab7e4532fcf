"""The nightly reminders over many trajecten: two statements a kind, against the same row by row."""

import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from aanvragen import herinneren
from aanvragen.models import Herinnering, Traject
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.berichten.uitbak import plaats
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN
from tests import fabriek
from tests.prestaties.veel import kopieer

pytestmark = [pytest.mark.prestaties, pytest.mark.django_db]
TRAJECTEN, EEN_OP = 50_000, 5  # one in ten is due
PER_RIJ = 500


def _veel(traject: Traject) -> None:
    """Copies of one granted dossier with its traject; one in EEN_OP ends within the reach of a reminder."""
    aanvraag = traject.aanvraag
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE kopie AS SELECT g, gen_random_uuid() a, gen_random_uuid() t, gen_random_uuid() r, "
            "'K' || g AS kenmerk FROM generate_series(1, %s) g",
            [TRAJECTEN],
        )
        kopieer(cursor, type(aanvraag.reservering), aanvraag.reservering_id, {
            "id": "k.r", "kenmerk": "k.kenmerk", "volgnr": "nextval('budget_rang')",
            "persoon": "convert_to(k.kenmerk, 'UTF8')", "status": "'in_volgorde'", "verleend_op": "NULL",
        })  # fmt: skip
        kopieer(cursor, type(aanvraag), aanvraag.pk, {
            "id": "k.a", "kenmerk": "k.kenmerk", "reservering_id": "k.r",
        })  # fmt: skip
        kopieer(cursor, Traject, traject.pk, {
            "id": "k.t", "aanvraag_id": "k.a", "laatste_dag": f"o.laatste_dag + mod(g, {EEN_OP}) * 400",
        })  # fmt: skip
        cursor.execute("DROP TABLE kopie; ANALYZE")


def _per_rij(nu) -> None:
    """As it would be written without thought: read, look whether it was done, write."""
    dag = datum_van(nu)
    trajecten = Traject.objects.filter(status="gestart", laatste_dag__range=(dag, dag + timedelta(days=180)))
    for traject in trajecten.select_related("aanvraag__instelling")[:PER_RIJ]:
        _, nieuw = Herinnering.objects.get_or_create(
            soort="per_rij", onderwerp_id=traject.pk, termijn=traject.laatste_dag, mijlpaal=180,
            defaults={"gedaan_op": nu},
        )  # fmt: skip
        if nieuw:
            plaats(
                [traject.aanvraag.instelling.organisatie_id], INSTELLINGSROLLEN, soort="per_rij", titel="x", pad="/",
                onderwerp_id=str(traject.aanvraag_id), nu=nu,
            )  # fmt: skip


def test_verzameling_tegen_rij_voor_rij():
    traject = fabriek.gestart(fabriek.maak_wereld(), route="uwv")
    _veel(traject)
    nu = fabriek.NU + timedelta(days=650)
    with klok_op(nu), transaction.atomic():
        begin = time.perf_counter()
        aantal = herinneren.herinner(nu) / len(INSTELLINGSROLLEN)
        samen = (time.perf_counter() - begin) / aantal
        begin = time.perf_counter()
        assert herinneren.herinner(nu) == 0
        opnieuw = time.perf_counter() - begin
        begin = time.perf_counter()
        _per_rij(nu)
        los = (time.perf_counter() - begin) / PER_RIJ
    assert Bericht.objects.filter(soort="herinnering_einde_traject_90").exists()
    print(
        f"\n{aantal:.0f} van {TRAJECTEN} trajecten: {samen * aantal:.2f} s samen, opnieuw {opnieuw:.2f} s; "
        f"per stuk {samen * 1e6:.0f} µs tegen {los * 1e6:.0f} µs rij voor rij: {los / samen:.0f} keer"
    )
    # The copies are toegekend without a place or a besluit: that would be refused at commit, which does not come.
    transaction.set_rollback(True)
    assert los / samen > 20
