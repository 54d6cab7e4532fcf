"""All that is due, as somebody's own calendar reads it: the same secret, whole days, a kenmerk and no name."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.models import Lidmaatschap
from overleg.handelingen import agendalinks
from tests import fabriek
from tests.fabriek import NU, doe
from tests.web.behandeling.hulp import als
from tests.web.sql import met_hoogstens

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(NU):
        yield


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


def haal(link, **kopregels):
    return Client().get(reverse("overleg:termijnfeed", args=[link.geheim]), **kopregels)


def test_wat_er_moet_gebeuren_in_hele_dagen_met_kenmerk_en_zonder_naam(wereld):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    link = doe(agendalinks.maken, None, wereld.beoordelaar)
    antwoord = haal(link)
    assert antwoord.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert antwoord.headers["Cache-Control"] == "private, no-cache"
    (een,) = Calendar.from_ical(antwoord.content).events
    assert een["dtstart"].dt == aanvraag.beslis_uiterlijk
    assert een["dtend"].dt == aanvraag.beslis_uiterlijk + timedelta(days=1)
    assert een["summary"] == f"Uiterlijk vandaag: Aanvraag beoordelen ({aanvraag.kenmerk})"
    assert een["url"].endswith(reverse("aanvragen:dossier", args=[aanvraag.pk]))
    inhoud = antwoord.content.decode().replace("\r\n ", "")
    for mag_niet in (aanvraag.deelnemer.naam, aanvraag.deelnemer.bsn, wereld.beoordelaar.persoon.naam):
        assert mag_niet not in inhoud
    assert haal(link, headers={"if-none-match": antwoord.headers["ETag"]}).status_code == 304
    fabriek.pak_op(wereld, aanvraag)
    fabriek.beoordeel(wereld, fabriek.neem_in_behandeling(wereld, fabriek.vers(aanvraag)))
    assert not Calendar.from_ical(haal(link).content).events


def test_ingetrokken_of_niet_meer_in_dienst_is_weg(wereld):
    fabriek.ingediend(wereld, route="uwv")
    link = doe(agendalinks.maken, None, wereld.beoordelaar)
    Lidmaatschap.objects.filter(pk=wereld.beoordelaar.lidmaatschap_id).update(geldig_tot=NU.date())
    assert haal(link).status_code == 410
    ander = doe(agendalinks.maken, None, wereld.behandelaar)
    doe(agendalinks.intrekken, ander, wereld.behandelaar)
    assert haal(ander).status_code == 410
    assert Client().get("/overleg/agenda/verkeerd/termijnen.ics").status_code == 404
    assert Client().post(reverse("overleg:termijnfeed", args=[link.geheim])).status_code == 405


def test_uwv_krijgt_alleen_de_link_van_de_termijnen(wereld):
    antwoord = als(wereld.beoordelaar).post("/overleg/agenda/maken/", {})
    assert antwoord.context["adres"] == ""
    assert antwoord.context["termijnadres"].endswith("/termijnen.ics")
    van_instelling = als(wereld.behandelaar).post("/overleg/agenda/maken/", {}).context
    assert van_instelling["adres"].endswith(".ics")
    assert van_instelling["termijnadres"].endswith("/termijnen.ics")


def test_wat_de_feed_kost(wereld):
    for _ in range(3):
        fabriek.ingediend(wereld, route="uwv")
    link = doe(agendalinks.maken, None, wereld.beoordelaar)
    haal(link)
    # BEGIN … READ ONLY, the link, who its owner is (set and, within a test, set back), the list.
    with met_hoogstens(5):
        assert len(Calendar.from_ical(haal(link).content).events) == 3
