"""The functie of somebody at a gemeente or verband: given, changed, refused, and where its work begins."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.models import Lidmaatschap, Uitnodiging
from ips_subsidie.toegang.rollen import Functie, OrganisatieSoort, Rol
from ips_subsidie.toegang.uitnodigen import geef_functie, neem_aan
from tests.toegang.personen import ingelogd_als, maak_actor, maak_lid, maak_organisatie

pytestmark = pytest.mark.django_db


@pytest.fixture
def verband():
    return maak_organisatie(OrganisatieSoort.SAMENWERKINGSVERBAND)


@pytest.fixture
def beslisser(verband):
    return maak_lid(Rol.GEMEENTEBESLISSER, verband)


def pad(lid):
    return reverse("collega_functie", args=[lid.pk])


def test_uitnodigen_met_een_functie(beslisser):
    client = ingelogd_als(beslisser)
    velden = {"email": "nieuw@voorbeeld.example", "rol": Rol.GEMEENTEMEDEWERKER, "functie": Functie.CONSULENT}
    assert client.post(reverse("collegas"), velden).status_code == 302
    uitnodiging = Uitnodiging.objects.get()
    assert "IPS-consulent" in client.get(reverse("collegas")).content.decode()
    neem_aan(uitnodiging, naam="Anna", wachtwoord="drie groene fietsen", nu=nu())
    assert Lidmaatschap.objects.get(gebruiker__naam="Anna").functie == Functie.CONSULENT


def test_uitnodigen_zonder_functie_kan_ook(beslisser):
    client = ingelogd_als(beslisser)
    assert (
        client.post(
            reverse("collegas"), {"email": "nieuw@voorbeeld.example", "rol": Rol.GEMEENTEMEDEWERKER}
        ).status_code
        == 302
    )
    assert Uitnodiging.objects.get().functie == ""


def test_een_instelling_heeft_geen_functies():
    client = ingelogd_als(maak_lid(Rol.INSTELLINGSBEHEERDER))
    assert "Functie" not in client.get(reverse("collegas")).content.decode()
    velden = {"email": "nieuw@voorbeeld.example", "rol": Rol.BEHANDELAAR, "functie": Functie.BELEID}
    assert client.post(reverse("collegas"), velden).status_code == 302
    assert Uitnodiging.objects.get().functie == ""


def test_een_functie_geven_en_weer_weghalen(beslisser, verband):
    collega = maak_lid(Rol.GEMEENTEMEDEWERKER, verband)
    client = ingelogd_als(beslisser)
    assert client.get(pad(collega)).status_code == 200
    for functie in (Functie.ADMINISTRATIEF, ""):
        assert client.post(pad(collega), {"functie": functie}).status_code == 302
        collega.refresh_from_db()
        assert collega.functie == functie
    assert Regel.objects.filter(handeling="toegang.functie_geven").count() == 2
    geschiedenis = apps.get_model("toegang", "LidmaatschapGeschiedenis").objects.filter(pgh_obj_id=collega.pk)
    assert list(geschiedenis.order_by("pgh_id").values_list("functie", flat=True)) == [
        "",
        "administratief",
        "",
    ]


@pytest.mark.parametrize("functie", ["directeur", "\x00", "BELEID"])
def test_een_functie_die_er_niet_is(beslisser, functie):
    antwoord = ingelogd_als(beslisser).post(pad(beslisser), {"functie": functie})
    assert antwoord.status_code == 200
    assert "Kies een van de antwoorden" in antwoord.content.decode()
    with pytest.raises(ValidationError, match="uit de lijst"):
        geef_functie(beslisser, functie, maak_actor(Rol.BEHEERDER), nu=nu())
    beslisser.refresh_from_db()
    assert beslisser.functie == ""


def test_een_ander_geeft_uw_collega_geen_functie(beslisser):
    vreemd = maak_lid(Rol.GEMEENTEBESLISSER)
    assert ingelogd_als(vreemd).post(pad(beslisser), {"functie": "beleid"}).status_code == 404
    with pytest.raises(PermissionDenied):
        geef_functie(beslisser, "beleid", maak_actor(Rol.GEMEENTEBESLISSER), nu=nu())
    medewerker = maak_lid(Rol.GEMEENTEMEDEWERKER, beslisser.organisatie)
    assert ingelogd_als(medewerker).post(pad(beslisser), {"functie": "beleid"}).status_code == 403


def test_alleen_bij_een_gemeente_of_verband(beslisser):
    behandelaar = maak_lid(Rol.BEHANDELAAR)
    with pytest.raises(ValidationError, match="gemeente of samenwerkingsverband"):
        geef_functie(behandelaar, "beleid", maak_actor(Rol.BEHEERDER), nu=nu())
    for lid, functie in ((behandelaar, "beleid"), (beslisser, "directeur")):
        with pytest.raises(IntegrityError, match="lidmaatschap_functie_past"), transaction.atomic():
            Lidmaatschap.objects.filter(pk=lid.pk).update(functie=functie)


def test_de_functie_zegt_waar_het_werk_begint(beslisser):
    client = ingelogd_als(beslisser)
    assert client.get("/").url == reverse("aanvragen:toestemmingen")
    Lidmaatschap.objects.filter(pk=beslisser.pk).update(functie=Functie.BELEID)
    assert client.get("/").url == reverse("overleg:werkvoorraad")
