"""Login services in the admin, and what the database itself holds of them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from joserfc.jwk import ECKey, RSAKey

from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.oidc.models import Identiteit, Inlogdienst
from ips_subsidie.toegang.rollen import OrganisatieSoort, Rol
from tests.oidc.conftest import maak_dienst
from tests.oidc.server import GEHEIM
from tests.toegang.personen import ingelogd_als, maak_lid, maak_organisatie

pytestmark = pytest.mark.django_db
NIEUW = {
    "naam": "Gemeente Voorbeeld", "issuer": "https://login.voorbeeld.example", "client_id": "portaal",
    "bewijs": "client_secret_basic", "nieuw_geheim": "een nieuw geheim", "acr_waarden": "urn:mfa,urn:hoog",
    "amr_waarden": "", "hoogstens_minuten": "60", "actief": "on",
}  # fmt: skip


@pytest.fixture
def beheer():
    return ingelogd_als(maak_lid(Rol.BEHEERDER))


def sla_op(beheer, organisatie: Organisatie, **velden: str):
    return beheer.post(
        reverse("admin:toegang_inlogdienst_add"), NIEUW | {"organisatie": str(organisatie.pk)} | velden
    )


def test_een_geheim_gaat_erin_en_komt_er_niet_uit(beheer, settings):
    """P12, P34: it is on no page and in no line of the logboek."""
    assert sla_op(beheer, maak_organisatie()).status_code == 302
    dienst = Inlogdienst.objects.get()
    assert (dienst.geheim, dienst.acr_waarden) == ("een nieuw geheim", ["urn:mfa", "urn:hoog"])
    pad = reverse("admin:toegang_inlogdienst_change", args=[dienst.pk])
    assert "een nieuw geheim" not in beheer.get(pad).content.decode()
    fout = beheer.post(pad, NIEUW | {"naam": "", "nieuw_geheim": "nog een geheim"})
    assert "nog een geheim" not in fout.content.decode()
    assert beheer.post(pad, NIEUW | {"nieuw_geheim": "", "naam": "Andere naam"}).status_code == 302
    dienst.refresh_from_db()
    assert (dienst.geheim, dienst.naam) == ("een nieuw geheim", "Andere naam")
    assert "een nieuw geheim" not in repr(list(Regel.objects.values_list("gegevens", flat=True)))
    assert Regel.objects.filter(handeling="beheer.wijzigen", onderwerp="toegang.inlogdienst").exists()


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"nieuw_geheim": ""}, "Vul het geheim in dat u van de dienst kreeg."),
        ({"issuer": "ftp://x"}, "Vul een adres in dat met https:// begint."),
        ({"issuer": "https://x.example?a=1"}, "zonder vraagteken of hekje"),
        ({"acr_waarden": ""}, "anders is een wachtwoord alleen genoeg"),
        ({"actief": "", "verplicht": "on"}, "die uit staat, kan niet verplicht zijn"),
        ({"hoogstens_minuten": "0"}, "1"),
        ({"hoogstens_minuten": "100000"}, "720"),
        ({"bewijs": "private_key_jwt"}, "geen RSA-privésleutel"),
    ],
)
def test_wat_niet_kan_krijgt_een_zin(beheer, velden, zin):
    antwoord = sla_op(beheer, maak_organisatie(), **velden)
    assert antwoord.status_code == 200
    assert zin in antwoord.content.decode()
    assert not Inlogdienst.objects.exists()


def test_alleen_https_buiten_een_oefenomgeving(beheer, settings):
    settings.OIDC_HTTP = False
    assert (
        "https://"
        in sla_op(beheer, maak_organisatie(), issuer="http://login.voorbeeld.example").content.decode()
    )
    assert not Inlogdienst.objects.exists()


def test_een_privesleutel_moet_er_een_zijn(beheer):
    organisatie = maak_organisatie()
    kort = RSAKey.generate_key(2048).as_pem(private=True).decode()
    anders = ECKey.generate_key("P-256").as_pem(private=True).decode()
    publiek = RSAKey.generate_key(2048).as_pem(private=False).decode()
    for sleutel in (kort, anders, publiek):
        assert (
            "RSA-privésleutel"
            in sla_op(beheer, organisatie, bewijs="private_key_jwt", nieuw_geheim=sleutel).content.decode()
        )
    goed = RSAKey.generate_key(3072).as_pem(private=True).decode()
    assert sla_op(beheer, organisatie, bewijs="private_key_jwt", nieuw_geheim=goed).status_code == 302


def test_beheerders_sluiten_zichzelf_niet_buiten(beheer):
    """By the form, and by the database whoever asks."""
    organisatie = maak_organisatie(OrganisatieSoort.BEHEER)
    assert "Voor de beheerders kan dit niet" in sla_op(beheer, organisatie, verplicht="on").content.decode()
    dienst = Inlogdienst.objects.create(
        organisatie=organisatie, naam="b", issuer="https://a.example", client_id="c", geheim="g", acr_waarden=["x"],
        actief=True,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Inlogdienst.objects.filter(pk=dienst.pk).update(verplicht=True)


def test_ontkoppelen(beheer, dienst, lid):
    identiteit = Identiteit.objects.create(
        inlogdienst=dienst, sub="1", gebruiker=lid.gebruiker, gekoppeld_op=nu()
    )
    pad = reverse("admin:toegang_identiteit_changelist")
    beheer.post(pad, {"action": "ontkoppelen", "_selected_action": [identiteit.pk]})
    identiteit.refresh_from_db()
    assert identiteit.beeindigd_op is not None
    assert Regel.objects.filter(handeling="beheer.ontkoppelen", onderwerp_id=str(identiteit.pk)).exists()


def test_wat_de_databank_zelf_weigert(dienst, lid, server):
    """P5: whatever the code forgets."""
    identiteit = Identiteit.objects.create(
        inlogdienst=dienst, sub="1", gebruiker=lid.gebruiker, gekoppeld_op=nu()
    )
    ander = maak_lid(Rol.UWV_BESLISSER)
    weigert = [
        lambda: Identiteit.objects.create(
            inlogdienst=dienst, sub="2", gebruiker=ander.gebruiker, gekoppeld_op=nu()
        ),
        lambda: Identiteit.objects.create(
            inlogdienst=dienst, sub="2", gebruiker=lid.gebruiker, gekoppeld_op=nu()
        ),
        lambda: Identiteit.objects.filter(pk=identiteit.pk).update(gebruiker=ander.gebruiker),
        lambda: Identiteit.objects.filter(pk=identiteit.pk).update(sub="9"),
        lambda: Inlogdienst.objects.update(acr_waarden=[], amr_waarden=[]),
        lambda: Inlogdienst.objects.update(organisatie=ander.organisatie),
        lambda: Inlogdienst.objects.update(actief=False, verplicht=True),
        lambda: maak_dienst(server, ander),
    ]
    for doe in weigert:
        with pytest.raises(IntegrityError), transaction.atomic():
            doe()
    with connection.cursor() as cursor:
        for tabel in ("toegang_identiteit", "toegang_inlogdienst"):
            cursor.execute("SELECT has_table_privilege('app', %s, 'DELETE')", [tabel])
            assert cursor.fetchone() == (False,)
    assert Inlogdienst.objects.get().geheim == GEHEIM
