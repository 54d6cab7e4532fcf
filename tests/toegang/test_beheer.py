"""The admin of the ground floor: useful lists, nothing deleted, every change written down."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.urls import reverse

from ips_subsidie.berichten import bezorgen
from ips_subsidie.berichten.hartslag import klop
from ips_subsidie.berichten.models import Verzending, VerzendingStatus
from ips_subsidie.berichten.uitbak import plaats
from ips_subsidie.berichten.voorkeuren import stel_in
from ips_subsidie.handelingen.models import Uitvoering
from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.logboek.models import Oordeel, Regel, Signaal
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Beveiligingsmelding, Lidmaatschap, Uitnodiging, Wachtwoordvraag
from ips_subsidie.toegang.oidc.models import Identiteit, Inlogdienst
from ips_subsidie.toegang.rollen import OrganisatieSoort, Rol
from tests.toegang.personen import (
    ingelogd_als,
    maak_gebruiker,
    maak_lid,
    maak_organisatie,
    maak_uitnodiging,
)

pytestmark = pytest.mark.django_db
APPS = ("toegang", "logboek", "berichten", "handelingen")
MODELLEN = sorted((m for m in admin.site._registry if m._meta.app_label in APPS), key=lambda m: m._meta.label)
ALLEEN_LEZEN = {
    "logboek.Regel", "logboek.Signaal", "logboek.Oordeel",
    "berichten.Bericht", "berichten.Hartslag", "berichten.Verzending", "berichten.Voorkeur",
    "handelingen.Uitvoering",
    "toegang.LidmaatschapGeschiedenis", "toegang.Beveiligingsmelding", "toegang.Sessie", "toegang.Wachtwoordvraag",
    "toegang.Identiteit",
}  # fmt: skip


@pytest.fixture
def beheerder():
    return maak_lid(Rol.BEHEERDER)


@pytest.fixture
def client(beheerder):
    return ingelogd_als(beheerder)


@pytest.fixture
def _gevuld(beheerder):
    """A row of each model."""
    maak_uitnodiging()
    lid = maak_lid()
    plaats([lid.organisatie_id], [lid.rol], soort="s", titel="t", pad="/", onderwerp_id="1", nu=nu())
    bezorgen.zet_uit(nu())
    stel_in(Actor.van(lid), {"geld": "geen"}, nu=nu())
    Beveiligingsmelding.objects.create(gebruiker=lid.gebruiker, wat="app_erbij", gemaakt_op=nu())
    Uitvoering.objects.create(gebruiker=lid.gebruiker, handeling="proef", op=nu())
    dienst = Inlogdienst.objects.create(
        organisatie=lid.organisatie, naam="Dienst", issuer="https://login.voorbeeld.example", client_id="c", geheim="g",
        acr_waarden=["x"],
    )  # fmt: skip
    Identiteit.objects.create(inlogdienst=dienst, sub="1", gebruiker=lid.gebruiker, gekoppeld_op=nu())
    Wachtwoordvraag.objects.create(gebruiker=lid.gebruiker, gevraagd_op=nu())
    klop(nu())
    signaal = Signaal.objects.create(
        soort="steekproef", dag=vandaag(), aantal=1, regels=[1], gemaakt_op=nu(), uiterlijk=vandaag()
    )
    Oordeel.objects.create(signaal=signaal, uitkomst="in_orde", toelichting="t", op=nu(), door=lid.gebruiker)
    ingelogd_als(beheerder).post(
        reverse("admin:toegang_organisatie_change", args=[lid.organisatie_id]), {"naam": "Andere naam"}
    )


def pad_van(model, wat, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{wat}", args=args)


def test_elk_model_van_deze_verdieping_staat_erin():
    labels = {m._meta.label for m in MODELLEN}
    assert labels >= ALLEEN_LEZEN | {
        "toegang.Gebruiker", "toegang.Organisatie", "toegang.Lidmaatschap", "toegang.Uitnodiging",
    }  # fmt: skip


@pytest.mark.usefixtures("_gevuld")
@pytest.mark.parametrize("model", MODELLEN, ids=lambda m: m._meta.label)
def test_lijst_zoeken_en_pagina_van_elk_model(client, model, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        assert client.get(pad_van(model, "changelist")).status_code == 200
    for zoek in ("a", "7", "\x00", "😀", "x" * 2000, "'\"--"):
        assert client.get(pad_van(model, "changelist"), {"q": zoek}).status_code in (200, 302)
    rij = model._default_manager.first()
    assert rij is not None
    assert client.get(pad_van(model, "change", rij.pk)).status_code == 200


@pytest.mark.usefixtures("_gevuld")
@pytest.mark.parametrize("model", MODELLEN, ids=lambda m: m._meta.label)
def test_niets_wordt_verwijderd_en_geschiedenis_niet_gewijzigd(client, model):
    rij = model._default_manager.first()
    aantal = model._default_manager.count()
    assert client.post(pad_van(model, "delete", rij.pk), {"post": "yes"}).status_code == 403
    client.post(pad_van(model, "changelist"), {"action": "delete_selected", "_selected_action": [rij.pk]})
    assert model._default_manager.count() == aantal
    if model._meta.label in ALLEEN_LEZEN:
        assert client.get(pad_van(model, "add")).status_code == 403
        assert client.post(pad_van(model, "change", rij.pk), {}).status_code == 403


def test_wachtwoord_is_nergens_te_zien(client, beheerder):
    pad = reverse("admin:toegang_gebruiker_change", args=[beheerder.gebruiker_id])
    tekst = client.get(pad).content.decode()
    assert beheerder.gebruiker.password not in tekst
    assert 'name="password"' not in tekst


def test_deactiveren_zet_iemand_er_meteen_uit(client, beheerder):
    lid = maak_lid(Rol.INSTELLINGSBEHEERDER)
    weg = ingelogd_als(lid)
    assert weg.get(reverse("collegas")).status_code == 200
    lijst = reverse("admin:toegang_gebruiker_changelist")
    client.post(lijst, {"action": "deactiveren", "_selected_action": [lid.gebruiker_id]})
    assert weg.get(reverse("collegas")).status_code == 302
    regel = Regel.objects.get(handeling="beheer.deactiveren")
    assert (regel.gebruiker, regel.rol) == (beheerder.gebruiker, Rol.BEHEERDER)
    assert (regel.onderwerp, regel.onderwerp_id) == ("toegang.gebruiker", str(lid.gebruiker_id))
    client.post(lijst, {"action": "activeren", "_selected_action": [lid.gebruiker_id]})
    lid.gebruiker.refresh_from_db()
    assert lid.gebruiker.is_active


def test_zichzelf_deactiveren_kan_niet(client, beheerder):
    lijst = reverse("admin:toegang_gebruiker_changelist")
    client.post(lijst, {"action": "deactiveren", "_selected_action": [beheerder.gebruiker_id]})
    beheerder.gebruiker.refresh_from_db()
    assert beheerder.gebruiker.is_active


def test_rechten_zijn_niet_te_geven_via_de_gebruiker(client):
    gebruiker = maak_gebruiker()
    client.post(
        reverse("admin:toegang_gebruiker_change", args=[gebruiker.pk]),
        {
            "naam": "Nieuwe naam", "email": gebruiker.email, "is_staff": "on", "is_superuser": "on",
            "lidmaatschappen-TOTAL_FORMS": 0, "lidmaatschappen-INITIAL_FORMS": 0,
        },
    )  # fmt: skip
    gebruiker.refresh_from_db()
    assert gebruiker.naam == "Nieuwe naam"
    assert not gebruiker.is_staff
    assert not gebruiker.is_superuser
    assert Regel.objects.get(handeling="beheer.wijzigen").gegevens == {"velden": ["naam"]}


def nieuw_lid(client, gebruiker, organisatie, rol, van, tot=""):
    return client.post(
        reverse("admin:toegang_lidmaatschap_add"),
        {
            "gebruiker": gebruiker.pk, "organisatie": organisatie.pk, "rol": rol,
            "geldig_van": van, "geldig_tot": tot,
        },
    )  # fmt: skip


def test_lidmaatschap_wordt_gecontroleerd(client):
    gebruiker, organisatie = maak_gebruiker(), maak_organisatie()
    dag = vandaag()
    assert nieuw_lid(client, gebruiker, organisatie, Rol.BEHANDELAAR, dag).status_code == 302
    assert Regel.objects.filter(handeling="beheer.toevoegen").count() == 1
    dubbel = nieuw_lid(client, gebruiker, organisatie, Rol.BEHANDELAAR, dag + timedelta(days=3))
    assert "Deze persoon heeft deze rol al" in dubbel.content.decode()
    past_niet = nieuw_lid(client, gebruiker, organisatie, Rol.UWV_BESLISSER, dag)
    assert "Kies een rol die past bij" in past_niet.content.decode()
    gisteren = dag - timedelta(days=1)
    omgekeerd = nieuw_lid(client, maak_gebruiker(), organisatie, Rol.BEHANDELAAR, dag, gisteren)
    assert "De einddatum ligt voor de begindatum." in omgekeerd.content.decode()
    assert Lidmaatschap.objects.filter(organisatie=organisatie).count() == 1


def test_lidmaatschap_eindigt_door_een_datum(client):
    lid = maak_lid()
    pad = reverse("admin:toegang_lidmaatschap_change", args=[lid.pk])
    client.post(pad, {"geldig_van": lid.geldig_van, "geldig_tot": vandaag(), "rol": Rol.INSTELLINGSBEHEERDER})
    lid.refresh_from_db()
    assert (lid.geldig_tot, lid.rol) == (vandaag(), Rol.BEHANDELAAR)


def test_de_eerste_van_een_organisatie_wordt_door_de_beheerder_uitgenodigd(client, beheerder):
    organisatie = maak_organisatie(OrganisatieSoort.GEMEENTE)
    pad = reverse("admin:toegang_uitnodiging_add")
    fout = client.post(pad, {"email": "a@b.example", "organisatie": organisatie.pk, "rol": Rol.BEHANDELAAR})
    assert "Kies een rol die bij deze organisatie past." in fout.content.decode()
    client.post(pad, {"email": "A@b.example", "organisatie": organisatie.pk, "rol": Rol.GEMEENTEBESLISSER})
    uitnodiging = Uitnodiging.objects.get()
    assert (uitnodiging.email, uitnodiging.uitgenodigd_door) == ("a@b.example", beheerder.gebruiker)
    assert Regel.objects.filter(handeling="toegang.uitnodigen").count() == 1


def test_mislukte_mail_opnieuw(client):
    lid = maak_lid()
    plaats([lid.organisatie_id], [lid.rol], soort="s", titel="t", pad="/", onderwerp_id="1", nu=nu())
    bezorgen.zet_uit(nu())
    Verzending.objects.update(status=VerzendingStatus.MISLUKT, pogingen=8)
    verzending = Verzending.objects.get()
    client.post(
        reverse("admin:berichten_verzending_changelist"),
        {"action": "opnieuw_versturen", "_selected_action": [verzending.pk]},
    )
    verzending.refresh_from_db()
    assert (verzending.status, verzending.pogingen) == (VerzendingStatus.KLAAR, 0)
    assert Regel.objects.filter(handeling="beheer.opnieuw_versturen").exists()
