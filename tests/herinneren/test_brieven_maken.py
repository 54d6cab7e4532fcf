"""The PDF of a letter: made once, kept, under a name that tells nothing of a person."""

import threading

import pytest
from django.db import connection

from aanvragen import brieven_maken
from aanvragen.models import Brief, BriefBestand
from aanvragen.tasks import maak_brieven
from ips_subsidie.opslag.models import Bestand
from tests import fabriek


@pytest.mark.django_db
def test_elke_brief_krijgt_een_keer_een_pdf():
    aanvraag = fabriek.toegekend(fabriek.maak_wereld(), route="uwv")
    brieven = {b.sjabloon: b for b in Brief.objects.all()}
    assert set(brieven) == {"aanvraag_kopie", "verlening"}
    los = brieven_maken.inhoud_van(brieven["verlening"])
    maak_brieven()
    maak_brieven()
    assert BriefBestand.objects.count() == Bestand.objects.count() == 2
    bestand = brieven_maken.pdf_van(brieven["verlening"])
    assert Bestand.objects.count() == 2
    assert bestand.naam == f"{aanvraag.kenmerk}-verlening.pdf"
    assert bytes(bestand.inhoud) == los == brieven_maken.inhoud_van(brieven["verlening"])
    assert los.startswith(b"%PDF")


@pytest.mark.django_db
def test_een_brief_die_niet_lukt_houdt_de_rest_niet_op():
    aanvraag = fabriek.ingediend(fabriek.maak_wereld(), route="uwv")
    eerste = Brief.objects.get()
    kapot = Brief.objects.create(
        aanvraag=aanvraag, sjabloon="bestaat_niet", titel="x", gegevens={}, datum=eerste.datum,
        gemaakt_op=fabriek.NU.replace(year=2018),
    )  # fmt: skip
    assert brieven_maken.maak_ontbrekende() == 1
    assert brieven_maken.maak_ontbrekende() == 0
    assert not BriefBestand.objects.filter(brief=kapot).exists()


@pytest.mark.samen
@pytest.mark.django_db(transaction=True)
def test_twee_tegelijk_maken_er_een():
    fabriek.ingediend(fabriek.maak_wereld(), route="uwv")
    brief = Brief.objects.get()
    klaar, gevonden = threading.Barrier(2), []

    def maak() -> None:
        try:
            klaar.wait(5)
            gevonden.append(brieven_maken.pdf_van(Brief.objects.get(pk=brief.pk)).pk)
        finally:
            connection.close()

    draden = [threading.Thread(target=maak) for _ in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    assert len(gevonden) == 2
    assert len(set(gevonden)) == 1
    assert Bestand.objects.count() == 1
