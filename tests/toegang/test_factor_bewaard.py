"""Second factors as they are kept (P9, P33), mailed (P30), shown in the admin, and switched on (P40)."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings as instellingen
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from ips_subsidie.berichten import beveiligingsmails
from ips_subsidie.kalender.klok import nu
from ips_subsidie.opslag.velden import OntcijferFout
from ips_subsidie.toegang import factor
from ips_subsidie.toegang.factormodellen import Beveiligingsmelding
from ips_subsidie.toegang.rollen import Rol
from tests.toegang.factoren import factor_van, log_in, met_app, met_codes, wachtwoord
from tests.toegang.personen import ingelogd_als, maak_lid
from tests.toegang.sleutel import Sleutel
from tests.toegang.test_tweede_factor import STAP, ingelogd, voeg_passkey_toe

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _verplicht(settings):
    settings.MFA_VERPLICHT = True
    cache.clear()


@pytest.fixture
def lid():
    return maak_lid(Rol.INSTELLINGSBEHEERDER)


def test_geheimen_staan_versleuteld_en_gaan_mee_met_een_nieuwe_sleutel(lid, settings):
    """P9, P33: neither the secret of an app nor the codes can be read in the database; altered ones are refused."""
    app = met_app(lid.gebruiker)
    codes = met_codes(lid.gebruiker)
    rij = factor_van(lid.gebruiker, "totp")
    assert app.geheim not in str(rij.data)
    assert not any(code in str(factor_van(lid.gebruiker, "recovery_codes").data) for code in codes)
    oud = dict(settings.VELD_SLEUTELS)
    settings.VELD_SLEUTELS = {"b": "YmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmI=", **oud}
    assert factor.hersleutel() == 2
    assert factor.hersleutel() == 0
    settings.VELD_SLEUTELS = {"b": settings.VELD_SLEUTELS["b"]}
    assert factor.onthul(factor_van(lid.gebruiker, "totp").data["secret"]) == app.geheim
    assert ingelogd(log_in(lid, app))
    geheim = factor_van(lid.gebruiker, "totp").data["secret"]
    for fout in (geheim[:-2] + "00", "00" * 40, app.geheim):
        with pytest.raises((OntcijferFout, ValueError)):
            factor.onthul(fout)


def test_de_mail_zegt_wat_er_gebeurde_en_geen_naam(lid):
    """P30: one mail for each change, sent once."""
    for wat in ("app_erbij", "code_gebruikt", "hersteld"):
        Beveiligingsmelding.objects.create(gebruiker=lid.gebruiker, wat=wat, gemaakt_op=nu())
    beveiligingsmails.verstuur(nu())
    beveiligingsmails.verstuur(nu())
    assert len(mail.outbox) == 3
    for bericht in mail.outbox:
        assert bericht.to == [lid.gebruiker.email]
        assert lid.gebruiker.naam not in bericht.body + bericht.subject
        assert "Was u dit niet?" in bericht.body
        assert instellingen.SITE_ADRES in bericht.body
    assert "stel een nieuwe tweede stap in" in mail.outbox[2].body


def test_in_het_beheer_staat_geen_geheim(lid):
    app = met_app(lid.gebruiker)
    beheerder = maak_lid(Rol.BEHEERDER)
    client = log_in(beheerder, met_app(beheerder.gebruiker))
    rij = factor_van(lid.gebruiker, "totp")
    for pad in (
        reverse("admin:mfa_authenticator_changelist"),
        reverse("admin:mfa_authenticator_change", args=[rij.pk]),
    ):
        antwoord = client.get(pad)
        assert antwoord.status_code == 200
        assert app.geheim not in antwoord.content.decode()
        assert rij.data["secret"] not in antwoord.content.decode()
    assert (
        client.post(reverse("admin:mfa_authenticator_delete", args=[rij.pk]), {"post": "yes"}).status_code
        == 403
    )


def test_de_bladzijde_beveiliging_vraagt_weinig(lid, django_assert_max_num_queries):
    app = met_app(lid.gebruiker)
    client = log_in(lid, app)
    for _ in range(3):
        voeg_passkey_toe(client, Sleutel())
    with django_assert_max_num_queries(12):
        assert client.get(reverse("beveiliging")).status_code == 200


def test_hoogstens_twaalf_manieren(lid):
    client = log_in(lid, met_app(lid.gebruiker))
    for _ in range(10):
        assert voeg_passkey_toe(client, Sleutel()).status_code == 302
    assert "U hebt al veel passkeys" in voeg_passkey_toe(client, Sleutel()).content.decode()


@pytest.mark.parametrize(
    ("waarde", "uitkomst"), [(None, "True True"), ("uit", "False False"), ("onzin", "IPS_MFA")]
)
def test_zonder_woord_is_het_verplicht(waarde, uitkomst):
    """P9, P40: production doesn't have to switch it on, and a typing error doesn't switch it off."""
    omgeving = {k: w for k, w in os.environ.items() if k != "IPS_MFA"}
    if waarde is not None:
        omgeving["IPS_MFA"] = waarde
    opdracht = "from ips_subsidie.settings import basis as b; print(b.MFA_VERPLICHT, b.HERBEVESTIGEN)"
    gedaan = subprocess.run(
        [sys.executable, "-c", opdracht], env=omgeving, capture_output=True, text=True, check=False
    )
    assert uitkomst in gedaan.stdout + gedaan.stderr


def test_zonder_verplichting_blijft_wie_een_factor_heeft_eraan_gehouden(client, lid, settings):
    settings.MFA_VERPLICHT = False
    met_app(lid.gebruiker)
    assert wachtwoord(client, lid).url == reverse(STAP)
    assert ingelogd_als(maak_lid()).get(reverse("beveiliging")).status_code == 200
