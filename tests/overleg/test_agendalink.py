"""The secret address of one's own calendar: what it holds, who may have it, and when it ends."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap
from ips_subsidie.toegang.rollen import Functie
from overleg.handelingen import agendalinks, bijeenkomsten, reeksen
from overleg.models import Agendalink
from tests import fabriek
from tests.fabriek import NU, doe, geweigerd
from tests.overleg.fabriek import WEKEN, eerste, maak_reeks, met_functie, zet_op_agenda
from tests.web.behandeling.hulp import als, tekst
from tests.web.sql import met_hoogstens

pytestmark = pytest.mark.django_db
PAGINA = "/overleg/agenda/"


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(NU):
        yield


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


@pytest.fixture
def beleid(wereld):
    return met_functie(wereld, Functie.BELEID)


@pytest.fixture
def reeks(wereld, beleid):
    return maak_reeks(wereld, beleid=beleid)


@pytest.fixture
def link(wereld):
    return doe(agendalinks.maken, None, wereld.behandelaar)


def haal(link, **kopregels):
    return Client().get(reverse("overleg:feed", args=[link.geheim]), **kopregels)


def test_alleen_de_hash_wordt_bewaard(link):
    assert len(link.geheim) >= 43  # 32 bytes in base64
    bewaard = Agendalink.objects.get()
    assert bewaard.hash == hashlib.sha256(link.geheim.encode()).hexdigest()
    assert bewaard.geheim == ""
    for regel in Regel.objects.all():
        assert link.geheim not in f"{regel.gegevens}{regel.onderwerp_id}"


def test_wat_een_agenda_leest(wereld, reeks, link):
    aanvraag = fabriek.met_toestemming(wereld)
    zet_op_agenda(eerste(reeks), wereld.behandelaar, aanvraag.kenmerk)
    antwoord = haal(link)
    assert antwoord.status_code == 200
    assert antwoord.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert antwoord.headers["Cache-Control"] == "private, no-cache"
    assert not antwoord.cookies
    afspraken = Calendar.from_ical(antwoord.content).events
    assert len(afspraken) == WEKEN
    een = afspraken[0]
    assert een["summary"] == "Vacatureoverleg WerkBedrijf Rijk van Nijmegen"
    assert een["dtstart"].dt == datetime(2019, 6, 4, 8, 0, tzinfo=UTC)
    assert een["dtend"].dt - een["dtstart"].dt == timedelta(minutes=60)
    assert een["location"] == "Zaal 3"
    assert een["description"] == "Aantal agendapunten: 1"
    assert een["status"] == "CONFIRMED"
    inhoud = antwoord.content.decode().replace("\r\n ", "")
    for mag_niet in (
        aanvraag.kenmerk,
        "IPS-",
        str(aanvraag.pk),
        "Voorbeeld,",
        wereld.behandelaar.persoon.naam,
    ):
        assert mag_niet not in inhoud.replace("IPS-overleg", "").replace("IPS-subsidieportaal", "")


def test_afgelast_en_verplaatst_staan_er_zo_in(wereld, beleid, reeks, link):
    een, twee = reeks.bijeenkomsten.order_by("begint_op")[:2]
    doe(bijeenkomsten.afgelasten, een, beleid, reden="Ziek")
    doe(
        bijeenkomsten.verplaatsen, twee, beleid, dag=twee.dag + timedelta(days=1), begint_om=reeks.begint_om,
        duur_minuten=30, plaats="Zaal 9", link="", reden="Bezet",
    )  # fmt: skip
    eerst, dan = Calendar.from_ical(haal(link).content).events[:2]
    assert (eerst["status"], eerst["summary"].partition(":")[0]) == ("CANCELLED", "Gaat niet door")
    assert (dan["dtstart"].dt.day, dan["sequence"], dan["location"]) == (12, 1, "Zaal 9")


def test_alleen_het_overleg_waaraan_men_meedoet(wereld, beleid, reeks, link):
    ander = wereld.bij_andere_instelling()
    van_ander = doe(agendalinks.maken, None, ander.behandelaar)
    assert not Calendar.from_ical(haal(van_ander).content).events
    doe(reeksen.deelnemers_wijzigen, reeks, beleid, deelnemers=[ander.instelling.organisatie])
    assert len(Calendar.from_ical(haal(van_ander).content).events) == WEKEN
    assert not Calendar.from_ical(haal(link).content).events


def test_wie_het_al_heeft_krijgt_niets_opnieuw(wereld, reeks, link):
    antwoord = haal(link)
    etag = antwoord.headers["ETag"]
    zelfde = haal(link, headers={"if-none-match": etag})
    assert (zelfde.status_code, zelfde.content) == (304, b"")
    assert zelfde.headers["ETag"] == etag
    assert zelfde.headers["Cache-Control"] == "private, no-cache"
    zet_op_agenda(eerste(reeks), wereld.behandelaar, fabriek.met_toestemming(wereld).kenmerk)
    assert haal(link, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("sleutel", ["x", "%00", "%F0%9F%98%80", "..%2f", "a" * 2000])
def test_een_link_die_er_niet_is(link, sleutel):
    assert Client().get(f"/overleg/agenda/{sleutel}.ics").status_code == 404


def test_een_link_met_een_teken_anders_en_de_hash_zelf(link):
    for bijna in (link.geheim[:-1], link.geheim + "A", link.geheim.swapcase(), link.hash):
        assert Client().get(f"/overleg/agenda/{bijna}.ics").status_code == 404


def test_een_link_kan_alleen_gelezen_worden(link):
    assert Client().post(reverse("overleg:feed", args=[link.geheim])).status_code == 405
    assert Client().head(reverse("overleg:feed", args=[link.geheim])).status_code == 200


def test_het_geheim_komt_nooit_in_het_log(wereld, link, caplog):
    adres = reverse("overleg:feed", args=[link.geheim])
    with caplog.at_level("DEBUG"):
        Client().post(adres)
        Client().get(adres.replace(".ics", "x.ics"))
        doe(agendalinks.intrekken, link, wereld.behandelaar)
        assert Client().get(adres).status_code == 410
    # The database's own log of statements is off outside tests; it would hold the hash at most.
    assert link.geheim not in "".join(r.getMessage() for r in caplog.records)


def test_ingetrokken_is_weg(wereld, link):
    doe(agendalinks.intrekken, link, wereld.behandelaar)
    antwoord = haal(link)
    assert antwoord.status_code == 410
    assert "VCALENDAR" not in antwoord.content.decode()
    assert geweigerd(lambda: agendalinks.intrekken(link, wereld.behandelaar, nu=NU)) == ["status"]


def test_vernieuwen_beeindigt_de_vorige(wereld, link):
    nieuw = doe(agendalinks.maken, None, wereld.behandelaar)
    assert nieuw.geheim != link.geheim
    assert haal(link).status_code == 410
    assert haal(nieuw).status_code == 200
    with pytest.raises(IntegrityError), transaction.atomic():
        Agendalink.objects.filter(pk=link.pk).update(status="geldig", ingetrokken_op=None)


def test_de_link_stopt_met_het_lidmaatschap(wereld, link):
    lid = Lidmaatschap.objects.filter(pk=wereld.behandelaar.lidmaatschap_id)
    lid.update(geldig_tot=NU.date() + timedelta(days=1))
    assert haal(link).status_code == 200
    with klok_op(NU + timedelta(days=1)):
        assert haal(link).status_code == 410
    lid.update(geldig_tot=None)
    Gebruiker.objects.filter(pk=wereld.behandelaar.gebruiker_id).update(is_active=False)
    assert haal(link).status_code == 410


def test_een_ander_trekt_uw_link_niet_in(wereld, beleid, link):
    assert geweigerd(lambda: agendalinks.intrekken(link, beleid, nu=NU)) == ["niet_van_u"]
    adres = reverse("overleg:agendalink_intrekken", args=[link.pk])
    assert als(beleid).post(adres).status_code == 404
    assert haal(link).status_code == 200


def test_de_pagina_toont_het_geheim_een_keer(wereld):
    client = als(wereld.behandelaar)
    assert "U hebt nu geen link" in tekst(client.get(PAGINA))
    sleutel = {"sleutel": "6a9b3c1e-6f0e-4d2f-9a5e-0d8f3b1c2a47"}
    antwoord = client.post(PAGINA + "maken/", sleutel)
    adres = antwoord.context["adres"]
    assert adres in antwoord.content.decode()
    assert antwoord.headers["Cache-Control"] == "no-store"
    assert Client().get("/" + adres.split("/", 3)[3]).status_code == 200
    nog_eens = client.post(PAGINA + "maken/", sleutel)
    assert "U maakte deze link al" in tekst(nog_eens)
    assert Agendalink.objects.count() == 1
    pagina = client.get(PAGINA)
    assert adres not in pagina.content.decode()
    assert "U hebt een link" in tekst(pagina)
    intrekken = reverse("overleg:agendalink_intrekken", args=[Agendalink.objects.get().pk])
    assert client.post(intrekken).status_code == 302
    assert Client().get("/" + adres.split("/", 3)[3]).status_code == 410


def test_wat_de_link_kost(wereld, reeks, link):
    haal(link)
    # BEGIN … READ ONLY, the link, the dates.
    with met_hoogstens(3):
        haal(link)
    with met_hoogstens(2):
        Client().get("/overleg/agenda/verkeerd.ics")
