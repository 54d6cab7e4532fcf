"""The mandaatregister in the admin: with its source, in the logboek, and nothing that could never count."""

from datetime import date, timedelta

import pytest
from django.test import Client

from gemeenten.models import Mandaat, Ondermandaat
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.admin.paden import pad_van
from tests.fabriek.wereld import NU_B
from tests.toegang.personen import ingelogd_als, maak_lid

pytestmark = pytest.mark.django_db
DRUTEN, UTRECHT = "0225", "0344"
VANDAAG = datum_van(NU_B)
GEEN_MANDAAT = "In deze periode heeft het college zelf geen mandaat."


@pytest.fixture
def wereld():
    with klok_op(NU_B):
        yield fabriek.maak_wereld_b()


@pytest.fixture
def client(wereld):
    return ingelogd_als(maak_lid(Rol.BEHEERDER, van=fabriek.LID_VANAF))


def mandaat_toevoegen(client, van_gemeente, **over):
    data = {
        "gemeente": van_gemeente.pk, "regeling": "IPS-GEM-2023", "mandaatgever": "de Minister", "bron": "Stcrt. 2023",
        "geldig_van": "2023-03-01", "geldig_tot": "", **over,
    }  # fmt: skip
    return client.post(pad_van(Mandaat, "add"), data)


def mandaat_wijzigen(client, mandaat, **over):
    inline = {f"ondermandaten-{naam}_FORMS": "0" for naam in ("TOTAL", "INITIAL")}
    data = {"mandaatgever": "de Minister", "bron": "b", "geldig_van": "2023-03-01", "geldig_tot": ""}
    return client.post(pad_van(Mandaat, "change", mandaat.pk), inline | data | over)


def ondermandaat_toevoegen(client, mandaat, organisatie, **over):
    data = {
        "mandaat": mandaat.pk, "organisatie": organisatie.pk, "functie": "klantmanager", "gebruiker": "",
        "bron": "besluit van het college", "geldig_van": "2023-03-01", "geldig_tot": "", **over,
    }  # fmt: skip
    return client.post(pad_van(Ondermandaat, "add"), data)


@pytest.fixture
def mandaat(wereld):
    return Mandaat.objects.create(
        gemeente=wereld.gemeente(UTRECHT), regeling="IPS-GEM-2023", mandaatgever="de Minister", bron="besluit",
        geldig_van=date(2023, 3, 1), geldig_tot=date(2024, 1, 1),
    )  # fmt: skip


def test_toevoegen_en_beeindigen_staat_in_het_logboek(client, wereld):
    gemeente = wereld.gemeente(UTRECHT)
    assert mandaat_toevoegen(client, gemeente).status_code == 302
    gemaakt = Mandaat.objects.get(gemeente=gemeente)
    assert ondermandaat_toevoegen(client, gemaakt, gemeente.organisatie).status_code == 302
    onder = Ondermandaat.objects.get(mandaat=gemaakt)
    data = {"geldig_van": "2023-03-01", "geldig_tot": "2023-09-01", "bron": "ingetrokken"}
    assert client.post(pad_van(Ondermandaat, "change", onder.pk), data).status_code == 302
    assert mandaat_wijzigen(client, gemaakt, geldig_tot="2023-09-01").status_code == 302
    regels = Regel.objects.filter(onderwerp__in=["gemeenten.mandaat", "gemeenten.ondermandaat"]).order_by(
        "pk"
    )
    assert [(r.handeling, r.onderwerp) for r in regels] == [
        ("beheer.toevoegen", "gemeenten.mandaat"),
        ("beheer.toevoegen", "gemeenten.ondermandaat"),
        ("beheer.wijzigen", "gemeenten.ondermandaat"),
        ("beheer.wijzigen", "gemeenten.mandaat"),
    ]
    assert regels[2].gegevens["velden"] == ["bron", "geldig_tot"]


def test_het_formulier_kent_de_regelingen_en_de_mandaatgever(client):
    pagina = client.get(pad_van(Mandaat, "add")).content.decode()
    assert '<option value="IPS-GEM-2023"' in pagina
    assert "de Minister voor Armoedebeleid, Participatie en Pensioenen" in pagina


@pytest.mark.parametrize(
    ("over", "melding"),
    [
        ({"regeling": "IPS-CMD-2019"}, "geen beschikbare keuze"),
        ({"regeling": ""}, "verplicht"),
        ({"bron": ""}, "verplicht"),
        ({"mandaatgever": " "}, "verplicht"),
        ({"geldig_tot": "2023-03-01"}, "De einddatum ligt niet na de begindatum."),
        ({"geldig_tot": "2022-03-01"}, "De einddatum ligt niet na de begindatum."),
        ({"gemeente": "0"}, "Deze keuze is niet beschikbaar"),
        ({"geldig_van": "31-02-2023"}, ""),
    ],
)
def test_een_mandaat_dat_niet_kan(client, wereld, over, melding):
    antwoord = mandaat_toevoegen(client, wereld.gemeente(UTRECHT), **over)
    assert antwoord.status_code == 200
    assert melding in antwoord.content.decode()
    assert not Mandaat.objects.filter(gemeente__code=UTRECHT).exists()


def test_een_gemeente_die_dan_niet_bestaat(client, wereld):
    antwoord = mandaat_toevoegen(client, wereld.gemeente("0003"))
    assert "Op deze dag bestaat de gemeente Appingedam niet" in antwoord.content.decode()


def test_overlap_bij_toevoegen_en_bij_wijzigen(client, wereld, mandaat):
    gemeente = wereld.gemeente(UTRECHT)
    assert "al een mandaat" in mandaat_toevoegen(client, gemeente, geldig_van="2023-12-31").content.decode()
    assert mandaat_toevoegen(client, gemeente, geldig_van="2024-01-01").status_code == 302
    assert "al een mandaat" in mandaat_wijzigen(client, mandaat, geldig_tot="2024-01-02").content.decode()
    mandaat.refresh_from_db()
    assert mandaat.geldig_tot == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("over", "melding"),
    [
        ({"geldig_van": "2024-01-01"}, GEEN_MANDAAT),
        ({"geldig_van": "2023-01-01", "geldig_tot": "2023-03-01"}, GEEN_MANDAAT),
        ({"geldig_tot": "2023-03-01"}, "De einddatum ligt niet na de begindatum."),
        ({"functie": ""}, "verplicht"),
        ({"bron": ""}, "verplicht"),
        ({"gebruiker": "00000000-0000-0000-0000-000000000000"}, "Deze keuze is niet beschikbaar"),
    ],
)  # fmt: skip
def test_een_ondermandaat_dat_nooit_telt(client, wereld, mandaat, over, melding):
    antwoord = ondermandaat_toevoegen(client, mandaat, mandaat.gemeente.organisatie, **over)
    assert antwoord.status_code == 200
    assert melding in antwoord.content.decode()
    assert not mandaat.ondermandaten.exists()


def test_T85_alleen_de_gemeente_zelf_of_een_verband_dat_voor_haar_uitvoert(client, wereld, mandaat):
    verband = wereld.van_gemeente(DRUTEN).organisatie
    for ander in (verband, wereld.gemeente(DRUTEN).organisatie, wereld.uwv, wereld.instelling.organisatie):
        antwoord = ondermandaat_toevoegen(client, mandaat, ander)
        assert "Kies de gemeente Utrecht zelf" in antwoord.content.decode()
    van_druten = Mandaat.objects.get(gemeente__code=DRUTEN)
    assert ondermandaat_toevoegen(client, van_druten, verband).status_code == 302
    assert ondermandaat_toevoegen(client, van_druten, wereld.gemeente(DRUTEN).organisatie).status_code == 302


def test_op_naam_alleen_van_wie_daar_beslist(client, wereld, mandaat):
    eigen = mandaat.gemeente.organisatie
    beslisser, medewerker = (
        wereld.lid(eigen, rol).gebruiker for rol in (Rol.GEMEENTEBESLISSER, Rol.GEMEENTEMEDEWERKER)
    )
    vertrokken = maak_lid(
        Rol.GEMEENTEBESLISSER, eigen, van=fabriek.LID_VANAF, tot=VANDAAG - timedelta(days=1)
    ).gebruiker
    for wie in (medewerker, vertrokken, wereld.beslisser.gebruiker):
        antwoord = ondermandaat_toevoegen(
            client, mandaat, eigen, gebruiker=wie.pk, geldig_van=VANDAAG.isoformat()
        )
        assert "Deze persoon is dan geen beslisser bij" in antwoord.content.decode()
    assert ondermandaat_toevoegen(client, mandaat, eigen, gebruiker=beslisser.pk).status_code == 302


def test_wie_en_waarvoor_ligt_vast_en_niets_gaat_weg(client, wereld, mandaat):
    ondermandaat_toevoegen(client, mandaat, mandaat.gemeente.organisatie)
    onder = mandaat.ondermandaten.get()
    data = {"functie": "iets anders", "geldig_van": "2023-03-01", "geldig_tot": "", "bron": "x"}
    client.post(pad_van(Ondermandaat, "change", onder.pk), data)
    onder.refresh_from_db()
    assert (onder.functie, onder.bron) == ("klantmanager", "x")
    for rij in (mandaat, onder):
        assert client.post(pad_van(type(rij), "delete", rij.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("vraag", ["", "utrecht", "\x00", "😀", "x" * 2000, "'\"--"])
def test_zoeken_en_filteren(client, mandaat, vraag, django_assert_max_num_queries):
    for model in (Mandaat, Ondermandaat):
        with django_assert_max_num_queries(22):
            assert client.get(pad_van(model, "changelist"), {"q": vraag}).status_code in (200, 302)
        for geldig in ("nu", "niet"):
            assert client.get(pad_van(model, "changelist"), {"geldig": geldig}).status_code == 200


def test_alleen_de_beheerder(wereld):
    assert Client().get(pad_van(Mandaat, "add")).status_code == 302
    for actor in (wereld.beslisser, wereld.van_gemeente(UTRECHT), wereld.behandelaar):
        ander = Client()
        ander.force_login(actor.gebruiker)
        for model in (Mandaat, Ondermandaat):
            assert ander.get(pad_van(model, "add")).status_code == 403
            assert ander.post(pad_van(model, "add"), {}).status_code == 403
