"""What each kind of event does, and what it leaves behind."""

from datetime import date

import pytest

from aanvragen.models import Aanvraag
from ips_subsidie.logboek.models import Regel
from tests.fabriek import regelingtekst
from tests.simuleren.hulp import ARNHEM, CAP, gebeurtenis, gespeeld, kort, scenario, toegekend

pytestmark = pytest.mark.django_db


def test_de_regel_heeft_de_sleutels_in_vaste_volgorde():
    (regel,) = gespeeld(scenario(gebeurtenis("06-01 10:00", "indienen", "GA-1")))
    assert list(regel.items()) == [
        ("op", "2019-06-01T10:00:00+02:00"),
        ("wat", "indienen"),
        ("aanvraag", "GA-1"),
        ("uitkomst", "gelukt"),
        ("redenen", []),
        ("status", "ingediend"),
        ("rang", "2019-06-01T10:00:00+02:00"),
        ("vrij", {"plafond_trajecten": 200, CAP: 5}),
        (
            "geld",
            {"verplicht_cent": 0, "gefactureerd_cent": 0, "betaald_cent": 0, "teruggevorderd_cent": 0},
        ),
    ]


def test_buiten_het_tijdvak_en_de_doelgroep():
    regels = gespeeld(
        scenario(
            gebeurtenis("2019-04-30T23:59:59.999999+02:00", "indienen", "VROEG"),
            gebeurtenis("2019-05-01T00:00:00+02:00", "indienen", "VROEG"),
            gebeurtenis("06-01 10:00", "indienen", "EPA", doelgroep="EPA"),
            gebeurtenis("06-01 10:00", "indienen", "EPA-UWV", doelgroep="EPA", route="uwv"),
            gebeurtenis("06-02 10:00", "toekennen", "EPA"),
            gebeurtenis("2019-11-30T00:00:00+01:00", "indienen", "LAAT"),
            gebeurtenis("2019-11-30T00:00:00+01:00", "indienen", "LAAT-UWV", route="uwv"),
        )
    )
    assert [(*rij[1:], regel["status"]) for rij, regel in zip(kort(regels), regels, strict=True)] == [
        ("VROEG", "geweigerd", "buiten_tijdvak", None),
        ("VROEG", "gelukt", "ingediend"),
        ("EPA", "geweigerd", "niet_in_doelgroep", None),
        ("EPA-UWV", "geweigerd", "niet_in_doelgroep", None),
        ("EPA", "geblokkeerd", "niet_ingediend", None),
        ("LAAT", "geweigerd", "buiten_tijdvak", None),
        ("LAAT-UWV", "geweigerd", "buiten_tijdvak", None),
    ]
    # What was refused has left nothing behind.
    assert Aanvraag.objects.count() == 1


def test_een_geweigerde_gebeurtenis_verandert_niets():
    """Also the acts before the refused one (picking up, confirming, reviewing) are undone."""
    gespeeld(
        scenario(
            *toegekend(1),
            gebeurtenis("06-02 10:00", "indienen", "GA"),
            gebeurtenis("06-03 10:00", "toekennen", "GA"),
            cap_per_gemeente=1,
        )
    )
    aanvraag = Aanvraag.objects.get(status="ingediend")
    assert (aanvraag.opgepakt_door, hasattr(aanvraag, "beoordeling")) == (None, False)
    assert set(Regel.objects.filter(dossier_id=aanvraag.pk).values_list("soort", flat=True)) == {"handeling"}


def test_een_aanvulling_met_eigen_termijn_na_een_onvolledige_indiening():
    regels = gespeeld(
        scenario(
            gebeurtenis("06-01 10:00", "indienen", "GA", volledig=False),
            gebeurtenis("06-04 10:00", "aanvulling_vragen", "GA", termijn_dagen=7),
            gebeurtenis("06-11 10:00", "buiten_behandeling", "GA"),
            gebeurtenis("06-12 10:00", "toekennen", "GA"),
            gebeurtenis("06-12 11:00", "buiten_behandeling", "GA"),
        )
    )
    assert kort(regels)[1:] == [
        ("aanvulling_vragen", "GA", "gelukt"),
        ("buiten_behandeling", "GA", "geblokkeerd", "termijn_loopt"),
        ("toekennen", "GA", "geblokkeerd", "onvolledig"),
        ("buiten_behandeling", "GA", "gelukt"),
    ]
    assert [(r["status"], r["rang"]) for r in regels][1:] == [("onvolledig", None)] * 3 + [
        ("buiten_behandeling", None)
    ]


def test_wat_het_formulier_niet_vroeg_kost_geen_rang():
    regels = gespeeld(
        scenario(
            gebeurtenis("06-01 10:00", "indienen", "GA"),
            gebeurtenis("06-02 10:00", "aanvulling_vragen", "GA", op_formulier=False),
            gebeurtenis("06-03 10:00", "aanvullen", "GA"),
            gebeurtenis("06-04 10:00", "aanvulling_vragen", "GA"),
            gebeurtenis("06-05 10:00", "aanvullen", "GA"),
            gebeurtenis("06-06 10:00", "aanvulling_vragen", "GA", termijn_dagen=1),
            gebeurtenis("06-06 11:00", "aanvulling_vragen", "GA", termijn_dagen=1),
            gebeurtenis("06-08 10:00", "toekennen", "GA"),
        )
    )
    assert kort(regels)[6:] == [
        ("aanvulling_vragen", "GA", "geblokkeerd", "status"),
        ("toekennen", "GA", "geblokkeerd", "onvolledig"),
    ]
    eerst = "2019-06-01T10:00:00+02:00"
    assert [r["rang"] for r in regels][:5] == [eerst, eerst, eerst, None, "2019-06-05T10:00:00+02:00"]


def test_de_levensloop_na_het_besluit():
    regels = gespeeld(
        scenario(
            gebeurtenis("06-01 10:00", "indienen", "GA"),
            gebeurtenis("06-02 10:00", "starten", "GA"),
            gebeurtenis("06-02 11:00", "toekennen", "GA"),
            gebeurtenis("06-03 10:00", "starten", "GA", startdatum=date.fromisoformat("2019-06-01")),
            gebeurtenis("06-03 11:00", "starten", "GA", startdatum=date.fromisoformat("2019-06-02")),
            gebeurtenis("06-04 10:00", "verlengen", "GA", maanden=13),
            gebeurtenis("06-04 11:00", "verlengen", "GA", maanden=12),
            gebeurtenis("06-05 10:00", "intrekken_besluit", "GA", met_terugwerkende_kracht=True),
        )
    )
    assert kort(regels)[1:] == [
        ("starten", "GA", "geblokkeerd", "niet_toegekend"),
        ("toekennen", "GA", "gelukt"),
        ("starten", "GA", "geblokkeerd", "start_voor_akkoord"),
        ("starten", "GA", "gelukt"),
        ("verlengen", "GA", "geblokkeerd", "te_veel_maanden"),
        ("verlengen", "GA", "gelukt"),
        ("intrekken_besluit", "GA", "gelukt"),
    ]
    assert [r["vrij"][CAP] for r in regels][-2:] == [4, 5]


def test_wonen_in_een_andere_gemeente():
    regels = gespeeld(
        scenario(
            gebeurtenis("06-01 10:00", "indienen", "GA", woont_in=ARNHEM),
            gebeurtenis("06-02 10:00", "toekennen", "GA"),
            gebeurtenis("06-02 11:00", "afwijzen", "GA"),
            gebeurtenis("06-02 12:00", "aanvulling_vragen", "GA"),
            gebeurtenis("06-03 10:00", "aanvullen", "GA"),
            gebeurtenis("06-04 10:00", "afwijzen", "GA"),
        )
    )
    assert kort(regels)[1:3] == [
        ("toekennen", "GA", "geweigerd", "geen_toestemming"),
        ("afwijzen", "GA", "geblokkeerd", "eerst_hersteltermijn"),
    ]
    assert kort(regels)[-1] == ("afwijzen", "GA", "gelukt")


def test_afwijzen_op_eigen_gronden():
    regels = gespeeld(
        scenario(
            gebeurtenis("06-01 10:00", "indienen", "A"),
            gebeurtenis("06-01 11:00", "indienen", "B"),
            gebeurtenis("06-02 10:00", "afwijzen", "A"),
            gebeurtenis("06-02 11:00", "afwijzen", "B", gronden=["niet_in_doelgroep", "ander_traject"]),
        )
    )
    assert kort(regels)[2:] == [("afwijzen", "A", "gelukt"), ("afwijzen", "B", "gelukt")]
    gronden = Aanvraag.objects.order_by("ontvangen_op").values_list("besluiten__gronden", flat=True)
    assert list(gronden) == [["algemeen"], ["niet_in_doelgroep", "ander_traject"]]


def test_plafond_wijzigen():
    regels = gespeeld(
        scenario(
            gebeurtenis("06-01 10:00", "indienen", "A", route="uwv", maanden=12),
            gebeurtenis("06-01 11:00", "indienen", "B", route="uwv"),
            gebeurtenis("06-02 10:00", "toekennen", "A"),
            gebeurtenis("06-03 09:00", "plafond_wijzigen", plafond_trajecten=0),
            gebeurtenis(
                "06-03 10:00",
                "plafond_wijzigen",
                plafond_trajecten=1,
                gepubliceerd_op=date.fromisoformat("2019-07-01"),
            ),
            gebeurtenis(
                "06-03 11:00",
                "plafond_wijzigen",
                plafond_trajecten=1,
                gepubliceerd_op=date.fromisoformat("2019-06-03"),
            ),
            gebeurtenis("06-04 10:00", "indienen", "C", route="uwv"),
            gebeurtenis("06-05 10:00", "toekennen", "B"),
            gebeurtenis("06-05 11:00", "toekennen", "C"),
            gebeurtenis("06-06 10:00", "plafond_wijzigen", plafond_trajecten=3),
            gebeurtenis("06-06 11:00", "toekennen", "C"),
            plafond_trajecten=2,
        )
    )
    assert [(r["aanvraag"], r["uitkomst"], *r["redenen"]) for r in regels][3:] == [
        (None, "geblokkeerd", "onder_verleend"),
        (None, "geblokkeerd", "nog_niet_gepubliceerd"),
        (None, "gelukt"),
        ("C", "gelukt"),
        ("B", "gelukt"),  # received before the publication: the old, higher plafond holds (Awb 4:27)
        ("C", "geweigerd", "plafond"),
        (None, "gelukt"),
        ("C", "gelukt"),
    ]
    assert [r["vrij"]["plafond_trajecten"] for r in regels][2:] == [1, 1, 1, 0, 0, -1, -1, 1, 0]
    assert [(r["status"], r["rang"]) for r in regels if r["aanvraag"] is None] == [(None, None)] * 4


def test_een_eigen_regeling_met_een_grens_per_tijdvak(tmp_path):
    tekst = regelingtekst().replace(
        "[termijnen]", "[potten.tijdvak.2019]\nplafond_trajecten = 1\n[termijnen]"
    )
    (tmp_path / "eigen.toml").write_text(tekst.replace('"IPS-CMD-2019"', '"EIGEN"'), encoding="utf-8")
    regels = gespeeld(
        scenario(gebeurtenis("06-01 10:00", "indienen", "A"), gebeurtenis("06-01 11:00", "toekennen", "A"),
                 cap_per_gemeente="geen").replace('"IPS-CMD-2019"', '"eigen.toml"'),
        tmp_path,
    )  # fmt: skip
    assert regels[-1]["vrij"] == {"plafond_trajecten": 199, "plafond_trajecten@2019": 0}
