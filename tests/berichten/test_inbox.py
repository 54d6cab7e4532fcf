"""The inbox shows what is for the own organisatie and role, and reading it is written down."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.rollen import Rol
from tests.toegang.personen import ingelogd_als, maak_lid

pytestmark = pytest.mark.django_db


def maak_bericht(organisatie, rol=Rol.BEHANDELAAR, titel="Er is een aanvulling gevraagd", **velden):
    velden.setdefault("pad", "/privacy/")
    return Bericht.objects.create(
        organisatie=organisatie, rol=rol, titel=titel,
        soort="proef", onderwerp_id=str(Bericht.objects.count()),
        gemaakt_op=nu(), **velden,
    )  # fmt: skip


def test_alleen_de_eigen_organisatie_en_rol():
    lid = maak_lid()
    maak_bericht(lid.organisatie, titel="Van ons")
    maak_bericht(lid.organisatie, rol=Rol.INSTELLINGSBEHEERDER, titel="Van een andere rol")
    maak_bericht(maak_lid().organisatie, titel="Van een ander")
    tekst = ingelogd_als(lid).get(reverse("berichten")).content.decode()
    assert "Van ons" in tekst
    assert "Van een" not in tekst
    assert '<span class="app-nav__aantal">1</span>' in tekst


def test_openen_leest_en_volgt_de_link():
    lid = maak_lid()
    bericht = maak_bericht(lid.organisatie)
    client = ingelogd_als(lid)
    pad = reverse("bericht", args=[bericht.pk])
    assert client.get(pad).status_code == 405
    for _ in range(2):
        assert client.post(pad).url == "/privacy/"
    bericht.refresh_from_db()
    assert bericht.gelezen_door == lid.gebruiker
    assert Regel.objects.filter(handeling="bericht.lezen", onderwerp_id=str(bericht.pk)).count() == 1
    assert "app-nav__aantal" not in client.get(reverse("berichten")).content.decode()


def test_een_pad_naar_elders_wordt_niet_gevolgd():
    lid = maak_lid()
    bericht = maak_bericht(lid.organisatie, pad="//kwaad.example/")
    antwoord = ingelogd_als(lid).post(reverse("bericht", args=[bericht.pk]))
    assert antwoord.url == reverse("berichten")


def test_andermans_bericht_is_er_niet():
    bericht = maak_bericht(maak_lid().organisatie)
    client = ingelogd_als(maak_lid())
    for nummer in (bericht.pk, 10**30):
        assert client.post(reverse("bericht", args=[nummer])).status_code == 404
    bericht.refresh_from_db()
    assert bericht.gelezen_op is None


def test_alles_gelezen_raakt_alleen_de_eigen_bak():
    lid, ander = maak_lid(), maak_lid()
    for _ in range(3):
        maak_bericht(lid.organisatie)
    vreemd = maak_bericht(ander.organisatie)
    antwoord = ingelogd_als(lid).post(reverse("berichten"), follow=True)
    assert "3 berichten zijn gemarkeerd" in antwoord.content.decode()
    vreemd.refresh_from_db()
    assert vreemd.gelezen_op is None


def test_lege_bak_zegt_dat():
    assert "Er zijn geen berichten." in ingelogd_als(maak_lid()).get(reverse("berichten")).content.decode()


def test_bladeren_en_een_vast_aantal_vragen():
    lid = maak_lid()
    client = ingelogd_als(lid)
    aantallen = []
    for erbij in (2, 58):
        for _ in range(erbij):
            maak_bericht(lid.organisatie)
        with CaptureQueriesContext(connection) as vragen:
            assert client.get(reverse("berichten")).status_code == 200
        aantallen.append(len(vragen))
    assert aantallen[0] == aantallen[1] <= 12
    assert "Pagina 2 van 3" in client.get(reverse("berichten"), {"pagina": 2}).content.decode()
    assert client.get(reverse("berichten"), {"pagina": "\x00"}).status_code == 200
