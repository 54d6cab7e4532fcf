"""Coming in by an invitation, and ending somebody's access."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from ips_subsidie.berichten import bezorgen
from ips_subsidie.kalender.klok import klok_op, nu, vandaag
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap, Uitnodiging
from ips_subsidie.toegang.rollen import OrganisatieSoort, Rol
from ips_subsidie.toegang.uitnodigen import beeindig, link_van, neem_aan
from tests.toegang.personen import (
    WACHTWOORD,
    ingelogd_als,
    maak_actor,
    maak_gebruiker,
    maak_lid,
    maak_organisatie,
    maak_uitnodiging,
)

pytestmark = pytest.mark.django_db
GOED = {"naam": "Anna Ö. de Wit 😀", "wachtwoord": "vier blauwe trams", "herhaling": "vier blauwe trams"}


@pytest.fixture(autouse=True)
def _lege_tellers():
    cache.clear()


def test_van_uitnodigen_tot_inloggen():
    beheerder = maak_lid(Rol.INSTELLINGSBEHEERDER)
    client = ingelogd_als(beheerder)
    antwoord = client.post(reverse("collegas"), {"email": " Anna@Voorbeeld.example ", "rol": Rol.BEHANDELAAR})
    assert antwoord.url == reverse("collegas")
    assert "anna@voorbeeld.example" in client.get(reverse("collegas")).content.decode()
    bezorgen.verstuur_uitnodigingen(nu())
    bezorgen.verstuur_uitnodigingen(nu())
    (bericht,) = mail.outbox
    assert bericht.to == ["anna@voorbeeld.example"]
    assert beheerder.organisatie.naam not in bericht.body
    link = re.search(r"(/uitnodiging/\S+)", bericht.body)[1]

    nieuw = Client()
    assert beheerder.organisatie.naam in nieuw.get(link).content.decode()
    assert nieuw.post(link, GOED).url == reverse("start")
    lid = Lidmaatschap.objects.get(gebruiker__email="anna@voorbeeld.example")
    assert (lid.organisatie, lid.rol, lid.geldig_van) == (beheerder.organisatie, Rol.BEHANDELAAR, vandaag())
    assert lid.gebruiker.naam == GOED["naam"]
    assert not lid.gebruiker.is_staff
    nieuw.post(reverse("account_login"), {"login": "anna@voorbeeld.example", "password": GOED["wachtwoord"]})
    assert nieuw.get("/").url == reverse("aanvragen:lijst")
    codes = list(Regel.objects.filter(handeling__startswith="toegang.").values_list("handeling", flat=True))
    assert sorted(codes) == ["toegang.uitnodigen", "toegang.uitnodiging_aannemen"]


def test_twee_keer_gebruiken_kan_niet():
    link = link_van(maak_uitnodiging())
    assert Client().post(link, GOED).status_code == 302
    for antwoord in (Client().get(link), Client().post(link, GOED)):
        assert antwoord.status_code == 404
        assert "om een nieuwe uitnodiging" in antwoord.content.decode()
    assert Lidmaatschap.objects.count() == 1


def test_verlopen_uitnodiging():
    uitnodiging = maak_uitnodiging()
    link = link_van(uitnodiging)
    with klok_op(uitnodiging.verloopt_op):
        assert Client().get(link).status_code == 404
        assert Client().post(link, GOED).status_code == 404
    with klok_op(uitnodiging.verloopt_op - timedelta(seconds=1)):
        assert Client().get(link).status_code == 200
    with pytest.raises(ValidationError, match="verlopen"):
        neem_aan(uitnodiging, naam="x", wachtwoord="vier blauwe trams", nu=uitnodiging.verloopt_op)


def test_verzonnen_of_beschadigde_uitnodiging():
    link = link_van(maak_uitnodiging())
    for vals in (link[:-2] + "/", "/uitnodiging/x/", "/uitnodiging/%00/", "/uitnodiging/%F0%9F%98%80/"):
        antwoord = Client().get(vals)
        assert antwoord.status_code == 404
        assert "Deze uitnodiging werkt niet" in antwoord.content.decode()
    kaal = Uitnodiging.objects.get()
    assert Client().get(reverse("uitnodiging", args=[str(kaal.pk)])).status_code == 404


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"naam": ""}, "Vul uw naam in."),
        ({"wachtwoord": "kort", "herhaling": "kort"}, "Gebruik minstens 12 tekens"),
        ({"wachtwoord": "qwertyuiopas", "herhaling": "ander wachtwoord"}, "niet hetzelfde"),
        ({"wachtwoord": "12345678910", "herhaling": "12345678910"}, "makkelijk te raden"),
        ({"naam": "a\x00b"}, "weggehaald"),
        ({"naam": "x" * 121}, "120 tekens"),
        ({"wachtwoord": "x" * 10_000, "herhaling": "x" * 10_000}, "te lang"),
    ],
)
def test_fouten_staan_er_in_het_nederlands_en_er_gaat_niets_verloren(velden, melding):
    uitnodiging = maak_uitnodiging()
    antwoord = Client().post(link_van(uitnodiging), {**GOED, **velden})
    assert antwoord.status_code == 200
    assert melding in antwoord.content.decode()
    uitnodiging.refresh_from_db()
    assert uitnodiging.gebruikt_op is None
    assert not Gebruiker.objects.filter(email=uitnodiging.email).exists()


def test_wie_al_een_account_heeft_geeft_het_eigen_wachtwoord():
    bestaand = maak_lid(Rol.BEHANDELAAR)
    uitnodiging = maak_uitnodiging(email=bestaand.gebruiker.email.upper())
    link = link_van(uitnodiging)
    assert "U hebt al een account" in Client().get(link).content.decode()
    fout = Client().post(link, {"wachtwoord": "een ander wachtwoord", "naam": "Kaper"})
    assert "waarmee u al inlogt" in fout.content.decode()
    assert Client().post(link, {"wachtwoord": WACHTWOORD, "naam": "Kaper"}).status_code == 302
    bestaand.gebruiker.refresh_from_db()
    assert bestaand.gebruiker.naam != "Kaper"
    assert bestaand.gebruiker.lidmaatschappen.count() == 2


def test_raden_van_een_wachtwoord_via_een_uitnodiging_is_begrensd():
    link = link_van(maak_uitnodiging(email=maak_gebruiker().email))
    for _ in range(5):
        assert Client().post(link, {"wachtwoord": "raden raden raden"}).status_code == 200
    assert Client().post(link, {"wachtwoord": WACHTWOORD}).status_code == 429


def test_uitgezet_account_komt_niet_terug_met_een_uitnodiging():
    gebruiker = maak_gebruiker(is_active=False)
    link = link_van(maak_uitnodiging(email=gebruiker.email))
    assert Client().post(link, {"wachtwoord": WACHTWOORD}).status_code == 200
    assert not Lidmaatschap.objects.filter(gebruiker=gebruiker).exists()


def test_twee_uitnodigingen_voor_dezelfde_rol_geven_een_lidmaatschap():
    organisatie, email = maak_organisatie(), "dubbel@voorbeeld.example"
    een, twee = (maak_uitnodiging(organisatie, email=email) for _ in range(2))
    assert Client().post(link_van(een), GOED).status_code == 302
    assert Client().post(link_van(twee), {"wachtwoord": GOED["wachtwoord"]}).status_code == 302
    assert Lidmaatschap.objects.filter(gebruiker__email=email).count() == 1


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"email": "geen adres", "rol": Rol.BEHANDELAAR}, "Vul een e-mailadres in met een @"),
        ({"email": "", "rol": Rol.BEHANDELAAR}, "Vul een e-mailadres in, bijvoorbeeld"),
        ({"email": "a@b.nl", "rol": ""}, "Kies de rol van uw collega."),
        ({"email": "a@b.nl", "rol": Rol.UWV_BESLISSER}, "Kies een van de antwoorden."),
        ({"email": "a@b.nl", "rol": Rol.BEHEERDER}, "Kies een van de antwoorden."),
    ],
)
def test_verkeerd_uitnodigen(velden, melding):
    client = ingelogd_als(maak_lid(Rol.INSTELLINGSBEHEERDER))
    assert melding in client.post(reverse("collegas"), velden).content.decode()
    assert not Uitnodiging.objects.exists()


def test_wie_de_rol_al_heeft_wordt_niet_uitgenodigd():
    beheerder = maak_lid(Rol.INSTELLINGSBEHEERDER)
    collega = maak_lid(Rol.BEHANDELAAR, beheerder.organisatie)
    antwoord = ingelogd_als(beheerder).post(
        reverse("collegas"), {"email": collega.gebruiker.email.upper(), "rol": Rol.BEHANDELAAR}
    )
    assert "Deze persoon heeft deze rol al." in antwoord.content.decode()


@pytest.mark.parametrize(
    "rol", [Rol.BEHANDELAAR, Rol.GEMEENTEMEDEWERKER, Rol.UWV_BEOORDELAAR, Rol.UWV_FINANCIEN]
)
def test_wie_niet_mag_uitnodigen_ziet_de_pagina_niet(rol):
    assert ingelogd_als(maak_lid(rol)).get(reverse("collegas")).status_code == 403


def test_toegang_van_een_collega_beeindigen():
    beheerder = maak_lid(Rol.INSTELLINGSBEHEERDER)
    collega = maak_lid(Rol.BEHANDELAAR, beheerder.organisatie)
    client, weg = ingelogd_als(beheerder), ingelogd_als(collega)
    pad = reverse("collega_beeindigen", args=[collega.pk])
    assert collega.gebruiker.naam in client.get(pad).content.decode()
    collega.refresh_from_db()
    assert collega.geldig_tot is None
    assert client.post(pad).url == reverse("collegas")
    assert weg.get(reverse("berichten")).url.startswith(reverse("account_login"))
    weg.force_login(collega.gebruiker)
    assert weg.get(reverse("berichten")).url == reverse("rol_kiezen")
    assert client.post(pad).status_code == 404


def test_toegang_bij_een_ander_is_er_niet():
    vreemd = maak_lid(Rol.BEHANDELAAR)
    client = ingelogd_als(maak_lid(Rol.INSTELLINGSBEHEERDER))
    for nummer in (vreemd.pk, 10**30):
        pad = reverse("collega_beeindigen", args=[nummer])
        assert client.get(pad).status_code == 404
        assert client.post(pad).status_code == 404
    vreemd.refresh_from_db()
    assert vreemd.geldig_tot is None


def test_de_eigen_toegang_beeindigen_kan_niet():
    beheerder = maak_lid(Rol.INSTELLINGSBEHEERDER)
    client = ingelogd_als(beheerder)
    antwoord = client.post(reverse("collega_beeindigen", args=[beheerder.pk]), follow=True)
    assert "U kunt uw eigen toegang niet beëindigen" in antwoord.content.decode()


def test_uitnodigen_en_dezelfde_dag_beeindigen_kan_telkens_weer():
    actor = maak_actor(Rol.INSTELLINGSBEHEERDER)
    gebruiker = maak_gebruiker()
    for _ in range(3):
        uitnodiging = maak_uitnodiging(actor.organisatie, email=gebruiker.email)
        neem_aan(uitnodiging, naam="", wachtwoord=WACHTWOORD, nu=nu())
        lid = Lidmaatschap.objects.geldig_op(vandaag()).get(gebruiker=gebruiker)
        beeindig(lid, actor, nu=nu())
        assert not Lidmaatschap.objects.geldig_op(vandaag()).filter(gebruiker=gebruiker).exists()
        with pytest.raises(ValidationError, match="al beëindigd"):
            beeindig(lid, actor, nu=nu())


def test_beheerder_krijgt_toegang_tot_het_beheer():
    organisatie = maak_organisatie(OrganisatieSoort.BEHEER)
    gebruiker = maak_gebruiker()
    neem_aan(
        maak_uitnodiging(organisatie, email=gebruiker.email, rol=Rol.BEHEERDER),
        naam="", wachtwoord=WACHTWOORD, nu=nu(),
    )  # fmt: skip
    client = Client()
    client.force_login(gebruiker)
    assert client.get("/beheer/").status_code == 200


def test_de_lijst_bladert_en_kost_altijd_even_veel(django_assert_max_num_queries):
    beheerder = maak_lid(Rol.INSTELLINGSBEHEERDER)
    for _ in range(30):
        maak_lid(Rol.BEHANDELAAR, beheerder.organisatie)
    maak_lid(Rol.BEHANDELAAR)
    client = ingelogd_als(beheerder)
    with django_assert_max_num_queries(12):
        tekst = client.get(reverse("collegas")).content.decode()
    assert "Pagina 1 van 2" in tekst
    assert tekst.count("Toegang beëindigen<") >= 24
    for pagina in ("2", "99999999999999999999", "x", "-1", "\x00"):
        assert client.get(reverse("collegas"), {"pagina": pagina}).status_code == 200
