"""An act that waited for the lock judges what stands there after the wait, also in the parts that it reads along."""

import threading
import time

import pytest
from django.db import connection, transaction

from aanvragen.handelingen import beslissen
from aanvragen.models import Aanvraag, Beoordeling
from ips_subsidie.logboek.models import Regel
from tests.fabriek import beoordeeld, doe, geweigerd, ken_toe, maak_wereld, vers

pytestmark = [pytest.mark.samen, pytest.mark.django_db(transaction=True)]


def wacht_tot_iemand_wacht() -> None:
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                           "AND datname = current_database()")  # fmt: skip
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("niemand wacht op het slot")


def test_een_advies_dat_tijdens_het_wachten_omslaat_telt():
    wereld = maak_wereld()
    aanvraag = beoordeeld(wereld)
    assert "beoordeling" in beslissen.toekennen.samen
    uit: list[list[str]] = []

    def probeer() -> None:
        try:
            poging = vers(aanvraag)
            uit.append(
                geweigerd(lambda: doe(beslissen.toekennen, poging, wereld.beslisser, motivering="Goed."))
            )
        finally:
            connection.close()

    with transaction.atomic():
        Aanvraag.objects.select_for_update(of=("self",), no_key=True).get(pk=aanvraag.pk)
        draad = threading.Thread(target=probeer)
        draad.start()
        wacht_tot_iemand_wacht()
        Beoordeling.objects.filter(aanvraag=aanvraag).update(advies="afwijzen", gronden=["algemeen"])
    draad.join(timeout=20)
    assert uit == [["advies"]]
    assert vers(aanvraag).status == "in_behandeling"


def test_wie_te_lang_wacht_leest_dat_het_druk_is():
    """A colleague holds the dossier longer than we wait for it: a clear refusal, nothing changed, try again."""
    wereld = maak_wereld()
    aanvraag = beoordeeld(wereld)
    vast, klaar = threading.Event(), threading.Event()

    def houd_vast() -> None:
        with transaction.atomic():
            Aanvraag.objects.select_for_update(of=("self",)).get(pk=aanvraag.pk)
            vast.set()
            klaar.wait(timeout=20)
        connection.close()

    draad = threading.Thread(target=houd_vast)
    draad.start()
    assert vast.wait(timeout=20)
    try:
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '200ms'")
        assert geweigerd(lambda: ken_toe(wereld, aanvraag)) == ["bezet"]
    finally:
        klaar.set()
        draad.join(timeout=20)
        with connection.cursor() as cursor:
            cursor.execute("reset lock_timeout")
    assert Regel.objects.get(handeling="aanvraag.toekennen").soort == "weigering"
    assert ken_toe(wereld, aanvraag).status == "toegekend"
