"""Sessions: when they begin and end (P8, P11), what a page knows of its own, and what came too late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang import sessies
from ips_subsidie.toegang.inlogmodellen import Einde, Sessie
from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.sessieopslag import hash_van
from ips_subsidie.toegang.tasks import ruim_op
from tests.databank import weigert
from tests.toegang.personen import WACHTWOORD, ingelogd_als, maak_lid

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def is_binnen(client: Client) -> bool:
    """Whether a page that asks for a login opens; asked by a script it would keep the session alive."""
    return client.get(reverse("rol_kiezen")).status_code == 200


def log_in(lid: Lidmaatschap, **kop: str) -> Client:
    client = Client(**kop)
    antwoord = client.post(reverse("account_login"), {"login": lid.gebruiker.email, "password": WACHTWOORD})
    assert antwoord.status_code == 302, antwoord.content.decode()
    return client


def stand(client: Client) -> dict[str, object]:
    return client.get(reverse("sessie")).json()


# --- P11: idle and absolute, by the clock -------------------------------------------------------------------------


def test_p11_na_vijftien_minuten_stil_is_het_voorbij():
    with time_machine.travel(START, tick=False) as klok:
        client = ingelogd_als(maak_lid())
        klok.shift(timedelta(minutes=14, seconds=59))
        assert is_binnen(client)
        klok.shift(timedelta(minutes=14, seconds=59))
        assert is_binnen(client)
        klok.shift(timedelta(minutes=15, seconds=1))
        assert not is_binnen(client)


def test_p11_na_twaalf_uur_is_het_voorbij_hoe_druk_men_ook_was():
    with time_machine.travel(START, tick=False) as klok:
        client = ingelogd_als(maak_lid())
        for _ in range(12 * 6 - 1):
            klok.shift(timedelta(minutes=10))
            assert is_binnen(client)
        assert stand(client)["verlengbaar"] is False
        assert client.post(reverse("sessie")).json()["seconden"] == 600
        klok.shift(timedelta(minutes=10, seconds=1))
        assert not is_binnen(client)


def test_p11_een_koekje_van_later_datum_helpt_niet():
    """The server decides: a cookie that the browser keeps on its own is worth nothing."""
    with time_machine.travel(START, tick=False) as klok:
        client = log_in(maak_lid())
        assert client.cookies[settings.SESSION_COOKIE_NAME]["expires"] == ""
        assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""
        klok.shift(timedelta(minutes=16))
        nep = Client()
        nep.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        assert not is_binnen(nep)


def test_vragen_hoe_lang_nog_houdt_niet_wakker_en_blijven_wel():
    with time_machine.travel(START, tick=False) as klok:
        client = ingelogd_als(maak_lid())
        klok.shift(timedelta(minutes=10))
        assert stand(client)["seconden"] == 300
        klok.shift(timedelta(minutes=4))
        assert stand(client)["seconden"] == 60
        antwoord = client.post(reverse("sessie"))
        assert (antwoord.status_code, antwoord.json()["seconden"]) == (200, 900)
        klok.shift(timedelta(minutes=14))
        assert stand(client)["ingelogd"] is True
        klok.shift(timedelta(minutes=2))
        assert stand(client) == {"ingelogd": False}
        assert client.post(reverse("sessie")).status_code == 403


def test_binnen_een_minuut_wordt_het_gebruik_niet_weer_geschreven():
    with time_machine.travel(START, tick=False) as klok:
        client = ingelogd_als(maak_lid())
        klok.shift(timedelta(seconds=59))
        is_binnen(client)
        assert Sessie.objects.get(gebruiker__isnull=False).gezien_op == START
        klok.shift(timedelta(seconds=2))
        is_binnen(client)
        assert Sessie.objects.get(gebruiker__isnull=False).gezien_op == START + timedelta(seconds=61)


# --- P11: the key -------------------------------------------------------------------------------------------------


def test_p11_nieuw_nummer_bij_het_inloggen():
    lid = maak_lid()
    client = Client()
    client.session["iets"] = 1
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    client.post(reverse("account_login"), {"login": lid.gebruiker.email, "password": WACHTWOORD})
    nieuw = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert nieuw != "a" * 32
    assert is_binnen(client)
    oud = Client()
    oud.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert not is_binnen(oud)


def test_p11_na_uitloggen_is_het_oude_koekje_dood():
    client = log_in(maak_lid())
    koekje = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(reverse("account_logout"))
    opnieuw = Client()
    opnieuw.cookies[settings.SESSION_COOKIE_NAME] = koekje
    assert not is_binnen(opnieuw)
    assert Sessie.objects.get(sleutel=hash_van(koekje)).einde == Einde.UITGELOGD


def test_in_de_databank_staat_geen_sleutel_waarmee_men_binnenkomt():
    client = log_in(maak_lid())
    koekje = client.cookies[settings.SESSION_COOKIE_NAME].value
    rij = Sessie.objects.get(gebruiker__isnull=False)
    assert koekje not in "".join(str(getattr(rij, veld.attname)) for veld in Sessie._meta.concrete_fields)
    nep = Client()
    nep.cookies[settings.SESSION_COOKIE_NAME] = rij.sleutel
    assert not is_binnen(nep)


def test_opnieuw_inloggen_binnen_een_sessie_geeft_een_nieuw_nummer():
    lid = maak_lid()
    client = log_in(lid)
    eerst = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.force_login(lid.gebruiker)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != eerst
    assert sessies.levende(lid.gebruiker_id).count() == 1


def test_een_sessie_die_tijdens_een_verzoek_eindigt_blijft_dood():
    lid = maak_lid()
    sessie = ingelogd_als(lid).session
    sessie["iets"] = "nieuws"
    sessies.beeindig(lid.gebruiker_id, Einde.BEHEER)
    with pytest.raises(UpdateError):
        sessie.save()
    assert Sessie.objects.get(gebruiker=lid.gebruiker).gegevens == ""


# --- the database holds it too ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wijziging", "regel"),
    [
        ({"verloopt_op": timedelta(minutes=16)}, "sessie_kwartier_stil"),
        ({"gezien_op": timedelta(hours=13), "verloopt_op": timedelta(hours=13)}, "sessie_twaalf_uur"),
        ({"begonnen_op": timedelta(minutes=1)}, "sessie_van_een_persoon"),
        ({"einde": "rol"}, "sessie_einde_met_reden"),
        ({"sleutel": "x"}, "sessie_sleutel_blijft"),
    ],
)
def test_p11_de_databank_laat_een_sessie_niet_langer_duren(wijziging, regel):
    lid = maak_lid()
    ingelogd_als(lid)
    rij = Sessie.objects.get(gebruiker=lid.gebruiker)
    waarden = {veld: rij.gezien_op + w if isinstance(w, timedelta) else w for veld, w in wijziging.items()}
    assert weigert(lambda: Sessie.objects.filter(pk=rij.pk).update(**waarden)) == regel


def test_p11_wat_geeindigd_is_komt_niet_terug():
    lid, ander = maak_lid(), maak_lid()
    ingelogd_als(lid)
    rij = Sessie.objects.filter(gebruiker=lid.gebruiker)
    assert weigert(lambda: rij.update(gebruiker=ander.gebruiker)) == "sessie_van_een_persoon"
    sessies.beeindig(lid.gebruiker_id, Einde.BEHEER)
    assert weigert(lambda: rij.update(beeindigd_op=None, einde="")) == "sessie_blijft_beeindigd"
    assert weigert(lambda: rij.update(gegevens="iets")) == "sessie_blijft_beeindigd"


# --- the list -----------------------------------------------------------------------------------------------------


def test_p11_de_eigen_sessies_staan_op_een_lijst_en_gaan_uit():
    lid = maak_lid()
    hier = log_in(lid, HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.77")
    daar = log_in(lid, REMOTE_ADDR="2001:db8:aa:bb::1")
    vreemd = log_in(maak_lid())
    tekst = hier.get(reverse("sessies")).content.decode()
    assert "Firefox op Windows" in tekst
    assert "203.0.113.0" in tekst
    assert "203.0.113.77" not in tekst
    assert "2001:db8:aa::" in tekst
    assert tekst.count('name="sessie"') == 2  # the other one, and everywhere
    nummer = Sessie.objects.get(adres="2001:db8:aa::").pk
    antwoord = hier.post(reverse("sessies"), {"sessie": nummer}, follow=True)
    assert "Dat apparaat is uitgelogd" in antwoord.content.decode()
    assert [is_binnen(c) for c in (hier, daar, vreemd)] == [True, False, True]
    regel = Regel.objects.get(handeling="sessie.intrekken")
    assert (regel.gebruiker, regel.gegevens) == (lid.gebruiker, {"aantal": 1})
    assert daar.get(reverse("start")).status_code == 302


def test_de_sessie_van_een_ander_gaat_niet_uit():
    mijn, ander = log_in(maak_lid()), maak_lid()
    zijn = log_in(ander)
    nummer = Sessie.objects.get(gebruiker=ander.gebruiker).pk
    antwoord = mijn.post(reverse("sessies"), {"sessie": nummer}, follow=True)
    assert "was al afgelopen" in antwoord.content.decode()
    assert is_binnen(zijn)
    assert not Regel.objects.filter(handeling="sessie.intrekken").exists()


@pytest.mark.parametrize("welke", ["", "x", "\x00", "0", "é" * 3000])
def test_onzin_laat_de_lijst_gewoon_zien(welke):
    client = log_in(maak_lid())
    assert client.post(reverse("sessies"), {"sessie": welke}).status_code == 200
    assert is_binnen(client)


def test_de_lijst_is_in_bladzijden_en_vraagt_niet_per_rij(django_assert_max_num_queries):
    lid = maak_lid()
    for _ in range(30):
        ingelogd_als(lid)
    client = ingelogd_als(lid)
    with django_assert_max_num_queries(12):
        tekst = client.get(reverse("sessies")).content.decode()
    assert "Pagina 1 van 2" in tekst


# --- what a page knows --------------------------------------------------------------------------------------------


def test_een_pagina_kent_het_einde_en_niet_wie_het_is():
    lid = maak_lid()
    client = ingelogd_als(lid)
    tekst = client.get(reverse("sessies")).content.decode()
    assert 'data-sessie-seconden="899"' in tekst or 'data-sessie-seconden="900"' in tekst
    assert "js/sessie.js" in tekst
    assert str(lid.gebruiker_id) not in tekst
    buiten = Client().get(reverse("account_login")).content.decode()
    assert "data-sessie" not in buiten
    assert "js/sessie.js" not in buiten


def test_wie_is_per_persoon_en_rol_per_lidmaatschap():
    lid = maak_lid()
    tweede = maak_lid(gebruiker=lid.gebruiker)
    eerste, ook = ingelogd_als(lid), ingelogd_als(lid)
    standen = [stand(eerste), stand(ook), stand(ingelogd_als(maak_lid()))]
    assert standen[0]["wie"] == standen[1]["wie"] != standen[2]["wie"]
    assert standen[0]["rol"] == ""
    eerste.post(reverse("rol_kiezen"), {"lidmaatschap": lid.pk})
    ook.post(reverse("rol_kiezen"), {"lidmaatschap": tweede.pk})
    assert "" != stand(eerste)["rol"] != stand(ook)["rol"]
    assert standen[2]["rol"] != ""


def test_het_token_van_een_nieuwe_login_telt_en_het_oude_niet():
    lid = maak_lid()
    client = Client(enforce_csrf_checks=True)
    pagina = client.get(reverse("account_login"))
    token = pagina.context["csrf_token"]
    client.post(
        reverse("account_login"),
        {"login": lid.gebruiker.email, "password": WACHTWOORD, "csrfmiddlewaretoken": str(token)},
    )
    assert client.post(reverse("sessie"), {"csrfmiddlewaretoken": str(token)}).status_code == 403
    vers = stand(client)["csrf"]
    assert client.post(reverse("sessie"), headers={"X-CSRFToken": vers}).status_code == 200


# --- tidying up ---------------------------------------------------------------------------------------------------


def test_na_een_dag_is_een_sessie_vergeten_en_een_levende_blijft():
    with time_machine.travel(START, tick=False) as klok:
        ingelogd_als(maak_lid())
        klok.shift(timedelta(hours=24))
        levend = ingelogd_als(maak_lid())
        Client().get(reverse("account_login"))
        ruim_op()
        assert Sessie.objects.filter(gebruiker__isnull=False).count() == 2
        klok.shift(timedelta(minutes=14))
        is_binnen(levend)
        klok.shift(timedelta(minutes=2))
        call_command("clearsessions")
        assert Sessie.objects.filter(gebruiker__isnull=False).count() == 1
        assert is_binnen(levend)
