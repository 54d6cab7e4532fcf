"""The quality list in the admin: choose, look, process; and a single erkenning by hand."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from aanvragen.models import Erkenninglijst, IpsErkenning
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.toegang.personen import ingelogd_als, maak_lid
from tests.web.sql import met_hoogstens

pytestmark = pytest.mark.django_db
PAD = "/beheer/aanvragen/ipserkenning/lijst/"
KOP = "kvk;naam;geldig_van;geldig_tot;fidelity_score;fidelity_datum"
VELDEN = {"bron": "Lijst van 3 juni 2019", "peildatum": "2019-06-03", "volledig": "nee"}


@pytest.fixture
def instelling():
    return fabriek.maak_instelling("Pluryn", erkend=False)


def lijst(*regels):
    return "\n".join([KOP, *regels]) + "\n"


def goed(instelling):
    return lijst(f"{instelling.kvk};Stichting Pluryn;2019-01-01;;101;2018-11-01")


def stuur(client, inhoud=None, **over):
    data = VELDEN | {"bekijken": "1"} | over
    if inhoud is not None:
        ruw = inhoud if isinstance(inhoud, bytes) else inhoud.encode()
        data["bestand"] = SimpleUploadedFile("lijst.csv", ruw, content_type="text/csv")
    return client.post(PAD, data)


def tweede_stap(eerste, **over):
    """What a browser sends of the page that shows what would change."""
    context = eerste.context
    return {
        "tekst": context["tekst"],
        "gezien": context["verschil"].vingerafdruk,
        "sleutel": str(context["sleutel"]),
        "verwerken": "1",
        "bekijken": "",
    } | over


def verwerk(client, eerste, **over):
    data = VELDEN | tweede_stap(eerste, **over)
    del data["bekijken"]
    return client.post(PAD, data)


def test_eerst_zien_dan_verwerken(client, instelling):
    lijstpagina = client.get(reverse("admin:aanvragen_ipserkenning_changelist")).content.decode()
    assert PAD in lijstpagina
    assert client.get(PAD).status_code == 200
    eerste = stuur(client, goed(instelling))
    tekst = eerste.content.decode()
    for woorden in ("Komt erbij: 1", "op de lijst staat", "Stichting Pluryn", "1 januari 2019", "101"):
        assert woorden in tekst
    assert not IpsErkenning.objects.exists()

    antwoord = verwerk(client, eerste)
    gemaakt = Erkenninglijst.objects.get()
    assert antwoord.headers["Location"] == reverse("admin:aanvragen_erkenninglijst_change", args=[gemaakt.pk])
    erkenning = IpsErkenning.objects.get()
    assert (erkenning.fidelity_score, erkenning.bron) == (101, "Lijst van 3 juni 2019")
    pagina = client.get(antwoord.headers["Location"]).content.decode()
    assert "Komt erbij: Pluryn" in pagina
    assert "De lijst is verwerkt. Er zijn 1 erkenningen gewijzigd." in pagina
    assert Regel.objects.filter(handeling="erkenning.lijst_verwerken").count() == 1


def test_twee_keer_verwerken_is_een_keer(client, instelling):
    eerste = stuur(client, goed(instelling))
    data = VELDEN | tweede_stap(eerste)
    del data["bekijken"]
    assert [client.post(PAD, data).status_code for _ in range(2)] == [302, 302]
    assert Erkenninglijst.objects.count() == IpsErkenning.objects.count() == 1


def test_met_windows_regeleinden_uit_de_browser(client, instelling):
    """A browser makes \\r\\n of every line end in a field: the list stays the same one."""
    eerste = stuur(client, goed(instelling))
    assert verwerk(client, eerste, tekst=eerste.context["tekst"].replace("\n", "\r\n")).status_code == 302


def test_een_onbekend_kvk_nummer_vraagt_een_keuze(client, instelling):
    eerste = stuur(client, lijst(*goed(instelling).splitlines()[1:], "99999999;Nieuw;2019-01-01;;;"))
    assert "Onbekend KvK-nummer: 1" in eerste.content.decode()
    geweigerd = verwerk(client, eerste)
    assert "Het KvK-nummer van regel 3 kennen wij niet" in geweigerd.content.decode()
    assert not IpsErkenning.objects.exists()
    assert geweigerd.context["tekst"]
    assert verwerk(client, geweigerd, onbekend_overslaan="on").status_code == 302
    assert Erkenninglijst.objects.get().overgeslagen == 1


def test_intussen_veranderd_laat_het_opnieuw_zien(client, instelling):
    eerste = stuur(client, goed(instelling))
    IpsErkenning.objects.create(instelling=instelling, geldig_van=date(2019, 1, 1), bron="met de hand")
    antwoord = verwerk(client, eerste)
    tekst = antwoord.content.decode()
    assert "De erkenningen zijn intussen veranderd" in tekst
    assert "Verandert: 1" in tekst
    assert IpsErkenning.objects.get().bron == "met de hand"
    assert verwerk(client, antwoord).status_code == 302


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        (b"", "Het bestand is leeg."),
        (b"\xef\xbb\xbf", "Het bestand is leeg."),
        (None, "Kies het bestand met de lijst."),
        (lijst("90000011;=1+1;2019-01-01;;;"), "Regel 2: de kolom naam begint met “=”"),
        (lijst("9000001;Pluryn;2019-01-01;;;"), "Regel 2: KvK-nummer “9000001” heeft geen 8 cijfers"),
        (lijst("90000011;Pluryn;2019-02-30;;;"), "Regel 2: geldig_van “2019-02-30” is geen datum"),
        (lijst("90000011;Pluryn;2019-02-01;2019-01-01;;"), "Regel 2: de einddatum"),
        (lijst(*["90000011;Pluryn;2019-01-01;;;"] * 2), "Regel 3: KvK-nummer 90000011 met deze begindatum staat ook"),
        ("kvk;instelling\n1;2\n", "Regel 1: de kolom naam ontbreekt"),
        (lijst("90000011;Zorg België;2019-01-01;;;").encode("cp1252"), "Regel 2: dit bestand is niet opgeslagen"),
        (lijst(*(f"{i:08};Naam;2019-01-01;;;" for i in range(10_000))), "De lijst heeft 10.000 regels"),
        (b"PK\x03\x04\x00", "Dit is geen CSV-bestand"),
        (b"x" * 1_500_000, "Het bestand is te groot"),
        (lijst(*(f"{i};<script>;x;;;" for i in range(60))), "andere fouten"),
    ],
    ids=[
        "leeg", "alleen BOM", "geen bestand", "formule", "kvk", "datum", "einde voor begin", "dubbel", "kop", "cp1252",
        "10.000 regels", "Excel", "te groot", "veel fouten",
    ],
)  # fmt: skip
def test_een_slechte_lijst_verandert_niets(client, instelling, inhoud, melding):
    antwoord = stuur(client, inhoud)
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert melding in tekst
    assert "<script>;" not in tekst
    assert "Lijst van 3 juni 2019" in tekst  # what was typed stays
    assert "Verwerk deze lijst" not in tekst
    assert not Erkenninglijst.objects.exists()


@pytest.mark.parametrize(
    ("over", "melding"),
    [
        ({"bron": ""}, "Schrijf waar de lijst vandaan komt."),
        ({"bron": "x" * 201}, "200"),
        ({"bron": "met een \x00 erin"}, ""),
        ({"peildatum": ""}, "Vul de datum van de lijst in."),
        ({"peildatum": "31-02-2019"}, "Dit is geen datum."),
        ({"peildatum": "2019-06-04"}, "De datum van de lijst ligt in de toekomst."),
        ({"volledig": ""}, "Kies wat er gebeurt"),
        ({"volledig": "misschien"}, ""),
    ],
)
def test_een_fout_in_een_ander_veld_bewaart_de_lijst(client, instelling, over, melding):
    antwoord = stuur(client, goed(instelling), **over)
    assert melding in antwoord.content.decode()
    assert antwoord.context["verschil"] is None
    if "peildatum" in over and over["peildatum"] == "2019-06-04":
        return
    assert antwoord.context["tekst"] == goed(instelling)
    goede = client.post(PAD, VELDEN | {"bekijken": "1", "tekst": antwoord.context["tekst"]})
    assert "Komt erbij: 1" in goede.content.decode()


@pytest.mark.parametrize(
    "over", [{"sleutel": "x"}, {"sleutel": ""}, {"gezien": ""}, {"gezien": "y" * 65}, {"tekst": ""}]
)
def test_geknoei_met_de_verborgen_velden_geeft_geen_fout_van_het_portaal(client, instelling, over):
    antwoord = verwerk(client, stuur(client, goed(instelling)), **over)
    assert antwoord.status_code in (200, 302)
    assert IpsErkenning.objects.count() == (1 if over == {"sleutel": ""} else 0)


def test_alleen_de_beheerder(instelling):
    assert Client().get(PAD).status_code == 302
    for rol in (Rol.UWV_BESLISSER, Rol.INSTELLINGSBEHEERDER, Rol.GEMEENTEBESLISSER, Rol.MINISTERIE):
        ander = ingelogd_als(maak_lid(rol, van=fabriek.LID_VANAF))
        assert ander.get(PAD).status_code == 403
        assert stuur(ander, goed(instelling)).status_code == 403


def test_zien_kost_een_vast_aantal_vragen(client, instelling):
    met_hoogstens_ = 12
    andere = [fabriek.maak_instelling(f"Zorg {i}") for i in range(5)]
    regels = [f"{een.kvk};Naam;2019-01-01;;;" for een in [instelling]]
    regels += [f"{een.kvk};Naam;{fabriek.LID_VANAF};2019-06-01;;" for een in andere]
    with met_hoogstens(met_hoogstens_):
        antwoord = stuur(client, lijst(*regels))
    assert "Eindigt: 5" in antwoord.content.decode()


# --- by hand ---------------------------------------------------------------------------------------------------


def toevoegen(client, instelling, **over):
    data = {"instelling": instelling.pk, "geldig_van": "2019-01-01", "geldig_tot": "", "bron": "lijst",
            "fidelity_score": "", "fidelity_datum": ""} | over  # fmt: skip
    return client.post(reverse("admin:aanvragen_ipserkenning_add"), data)


@pytest.mark.parametrize(
    ("over", "melding"),
    [
        ({"geldig_tot": "2018-12-31"}, "De einddatum ligt niet na de begindatum."),
        ({"geldig_tot": "2019-01-01"}, "De einddatum ligt niet na de begindatum."),
        ({"fidelity_score": "20", "fidelity_datum": "2018-11-01"}, "Vul een score in van 25 tot en met 125."),
        ({"fidelity_score": "100"}, "Vul de score en de datum van de score in, of geen van beide."),
        ({"bron": ""}, "verplicht"),
    ],
)
def test_met_de_hand_toevoegen_wat_niet_kan(client, instelling, over, melding):
    antwoord = toevoegen(client, instelling, **over)
    assert antwoord.status_code == 200
    assert melding in antwoord.content.decode()
    assert not IpsErkenning.objects.exists()


def test_met_de_hand_staat_in_het_logboek_en_overlapt_niet(client, instelling):
    assert toevoegen(client, instelling, geldig_tot="2019-06-01").status_code == 302
    assert toevoegen(client, instelling, geldig_van="2019-06-01").status_code == 302
    dubbel = toevoegen(client, instelling, geldig_van="2019-03-01")
    assert "al een erkenning" in dubbel.content.decode()
    eerste = IpsErkenning.objects.earliest("geldig_van")
    pad = reverse("admin:aanvragen_ipserkenning_change", args=[eerste.pk])
    data = {"geldig_tot": "2019-07-01", "bron": "lijst", "fidelity_score": "", "fidelity_datum": ""}
    assert "al een erkenning" in client.post(pad, data).content.decode()
    assert client.post(pad, data | {"geldig_tot": "2019-05-01"}).status_code == 302
    assert [r.handeling for r in Regel.objects.filter(onderwerp="aanvragen.ipserkenning").order_by("pk")] == [
        "beheer.toevoegen", "beheer.toevoegen", "beheer.wijzigen",
    ]  # fmt: skip
