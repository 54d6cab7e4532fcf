"""What was sent just after a session ended is not lost, and nobody else gets to see it (P11)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from ips_subsidie.toegang import bewaren, sessies
from ips_subsidie.toegang.inlogmodellen import Einde, Sessie
from ips_subsidie.toegang.tasks import ruim_op
from tests.toegang.personen import ingelogd_als, maak_lid
from tests.toegang.test_sessies import START, log_in

pytestmark = pytest.mark.django_db

FORMULIER = {
    "lidmaatschap": "7",
    "notitie": "regel 1\nregel <2>",
    "meer": ["a", "b"],
    "wachtwoord": "geheim!",
}


def te_laat(lid, klok) -> tuple[Client, str]:
    client = ingelogd_als(lid)
    klok.shift(timedelta(minutes=20))
    antwoord = client.post(reverse("rol_kiezen"), FORMULIER)
    assert antwoord.status_code == 403
    return client, antwoord.content.decode()


def test_wat_na_het_einde_werd_verstuurd_gaat_niet_verloren():
    lid = maak_lid()
    with time_machine.travel(START, tick=False) as klok:
        _, tekst = te_laat(lid, klok)
        assert "u deed 15 minuten niets" in tekst
        assert "nog niet opgeslagen" in tekst
        assert "geheim!" not in Sessie.objects.get(bewaard__isnull=False).bewaard
        nieuw = log_in(lid)
        pagina = nieuw.get(reverse("sessie_verder")).content.decode()
        assert f'action="{reverse("rol_kiezen")}"' in pagina
        assert "regel &lt;2&gt;" in pagina
        assert pagina.count('name="meer"') == 2
        assert "geheim!" not in pagina
        assert "csrfmiddlewaretoken" in pagina
        nieuw.post(reverse("sessie_verder"))
        assert nieuw.get(reverse("sessie_verder")).url == reverse("start")


def test_wat_bewaard_is_ziet_alleen_wie_het_verstuurde_en_een_uur_lang():
    lid = maak_lid()
    with time_machine.travel(START, tick=False) as klok:
        te_laat(lid, klok)
        assert ingelogd_als(maak_lid()).get(reverse("sessie_verder")).url == reverse("start")
        assert bewaren.lees(lid.gebruiker) is not None
        klok.shift(timedelta(minutes=61))
        assert bewaren.lees(lid.gebruiker) is None
        ruim_op()
        assert not Sessie.objects.filter(bewaard__isnull=False).exists()


def test_wat_bewaard_is_staat_versleuteld_in_de_databank():
    lid = maak_lid()
    with time_machine.travel(START, tick=False) as klok:
        te_laat(lid, klok)
    with connection.cursor() as cursor:
        cursor.execute("SELECT bewaard FROM toegang_sessie WHERE bewaard IS NOT NULL")
        ((rauw,),) = cursor.fetchall()
    assert b"regel" not in bytes(rauw)


@pytest.mark.parametrize("einde", [Einde.INGETROKKEN, Einde.BEHEER, Einde.ROL])
def test_van_een_sessie_die_een_ander_kan_hebben_wordt_niets_bewaard(einde):
    lid = maak_lid()
    client = ingelogd_als(lid)
    sessies.beeindig(lid.gebruiker_id, einde)
    antwoord = client.post(reverse("rol_kiezen"), FORMULIER)
    assert antwoord.url.startswith(reverse("account_login"))
    assert not Sessie.objects.filter(bewaard__isnull=False).exists()


def test_wie_nooit_was_ingelogd_bewaart_niets():
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "verzonnen" * 4
    assert client.post(reverse("rol_kiezen"), FORMULIER).status_code == 302
    assert not Sessie.objects.filter(bewaard__isnull=False).exists()


def test_te_veel_om_te_bewaren_zegt_dat():
    lid = maak_lid()
    with time_machine.travel(START, tick=False) as klok:
        client = ingelogd_als(lid)
        klok.shift(timedelta(minutes=20))
        tekst = client.post(reverse("rol_kiezen"), {"veel": "x" * 300_000}).content.decode()
    assert "doe het nog een keer" in tekst


@pytest.mark.parametrize(
    ("hoe", "zin"),
    [
        ("stil", "u deed 15 minuten niets"),
        ("lang", "u was 12 uur ingelogd"),
        (Einde.WACHTWOORD, "Uw wachtwoord is gewijzigd"),
        (Einde.BEHEER, "De beheerder heeft u uitgelogd"),
    ],
)
def test_de_inlogpagina_zegt_waarom_u_bent_uitgelogd(hoe, zin):
    lid = maak_lid()
    with time_machine.travel(START, tick=False) as klok:
        client = ingelogd_als(lid)
        if hoe == "lang":
            for _ in range(71):
                klok.shift(timedelta(minutes=10))
                client.post(reverse("sessie"))
            klok.shift(timedelta(minutes=11))
        elif hoe == "stil":
            klok.shift(timedelta(minutes=16))
        else:
            sessies.beeindig(lid.gebruiker_id, hoe)
        assert zin in client.get(reverse("start"), follow=True).content.decode()
