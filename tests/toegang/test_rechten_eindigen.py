"""P8: who loses a right loses the session with it: the next request is refused, whatever took the right away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang import sessies, uitnodigen
from ips_subsidie.toegang.inlogmodellen import Einde, Sessie
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap
from ips_subsidie.toegang.rollen import Rol
from tests.toegang.personen import WACHTWOORD, ingelogd_als, maak_actor, maak_lid
from tests.toegang.test_sessies import is_binnen, log_in

pytestmark = pytest.mark.django_db


def _wachtwoord(lid):
    client = ingelogd_als(lid)
    nieuw = {"password1": "vier blauwe trams", "password2": "vier blauwe trams"}
    assert (
        client.post(reverse("account_change_password"), {"oldpassword": WACHTWOORD, **nieuw}).status_code
        == 302
    )


def _hersteld_wachtwoord(lid):
    lid.gebruiker.set_password("vier blauwe trams")
    lid.gebruiker.save()


def _in_bulk_gewijzigd_wachtwoord(lid):
    Gebruiker.objects.filter(pk=lid.gebruiker_id).update(password="!onbruikbaar")


def _gedeactiveerd(lid):
    beheerder = ingelogd_als(maak_lid(Rol.BEHEERDER))
    beheerder.post(
        reverse("admin:toegang_gebruiker_changelist"),
        {"action": "deactiveren", "_selected_action": [str(lid.gebruiker_id)]},
    )


def _beeindigd(lid):
    uitnodigen.beeindig(lid, maak_actor(Rol.INSTELLINGSBEHEERDER, lid.organisatie), nu=timezone.now())


def _andere_rol(lid):
    Lidmaatschap.objects.filter(pk=lid.pk).update(rol=Rol.INSTELLINGSBEHEERDER)


def _lidmaatschap_weg(lid):
    lid.delete()


def _geen_beheer_meer(lid):
    Gebruiker.objects.filter(pk=lid.gebruiker_id).update(is_staff=True)
    ingelogd_als(lid)
    Gebruiker.objects.filter(pk=lid.gebruiker_id).update(is_staff=False)


def _factor(lid):
    sessies.beeindig(lid.gebruiker_id, Einde.FACTOR)


def _overal_uit(lid):
    assert log_in(lid).post(reverse("sessies"), {"sessie": "overal"}).url == reverse("account_login")


def _door_de_beheerder(lid):
    beheerder = ingelogd_als(maak_lid(Rol.BEHEERDER))
    beheerder.post(
        reverse("admin:toegang_gebruiker_changelist"),
        {"action": "uitloggen", "_selected_action": [str(lid.gebruiker_id)]},
    )
    assert is_binnen(beheerder)


MANIEREN = {
    _wachtwoord: Einde.WACHTWOORD,
    _hersteld_wachtwoord: Einde.WACHTWOORD,
    _in_bulk_gewijzigd_wachtwoord: Einde.WACHTWOORD,
    _gedeactiveerd: Einde.ACCOUNT_UIT,
    _beeindigd: Einde.ROL,
    _andere_rol: Einde.ROL,
    _lidmaatschap_weg: Einde.ROL,
    _geen_beheer_meer: Einde.ROL,
    _factor: Einde.FACTOR,
    _overal_uit: Einde.INGETROKKEN,
    _door_de_beheerder: Einde.BEHEER,
}


@pytest.mark.parametrize("manier", MANIEREN, ids=lambda m: m.__name__.strip("_"))
def test_p8_het_volgende_verzoek_wordt_geweigerd(manier):
    lid = maak_lid()
    maak_lid(gebruiker=lid.gebruiker)  # another role elsewhere: it must not keep the session alive
    client, ander = ingelogd_als(lid), ingelogd_als(maak_lid())
    rij = Sessie.objects.get(gebruiker=lid.gebruiker)
    assert is_binnen(client)
    manier(lid)
    for wijze in (client.get, client.post):
        assert wijze(reverse("rol_kiezen")).url.startswith(reverse("account_login"))
    rij.refresh_from_db()
    assert (rij.einde, rij.gegevens) == (MANIEREN[manier], "")
    assert is_binnen(ander)


def test_p8_een_einde_dat_nog_komt_logt_nog_niemand_uit():
    lid = maak_lid()
    client = ingelogd_als(lid)
    lid.geldig_tot = vandaag() + timedelta(days=30)
    lid.save()
    assert is_binnen(client)


def test_p8_een_andere_functie_logt_niemand_uit():
    lid = maak_lid(Rol.GEMEENTEMEDEWERKER)
    client = ingelogd_als(lid)
    lid.functie = "beleid"
    lid.save()
    assert is_binnen(client)
