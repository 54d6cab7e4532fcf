"""The last line: what an act would never write at the end of a traject, the database refuses of any writer."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import F

from aanvragen.models import Beeindigingsverslag, Besluit, Stopbericht, Traject, Vaststelling
from ips_subsidie.kalender.klok import begin_van_dag
from tests import fabriek
from tests.databank import weigert
from tests.fabriek import NU

LATER = NU + timedelta(days=91)


def zet(model, **velden):
    return lambda: model.objects.update(**velden)


def test_wat_de_handelingen_schrijven_mag(wereld):
    assert weigert(lambda: fabriek.vastgesteld(wereld)) == ""


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"gestopt_op": F("startdatum") - timedelta(days=1)}, "traject_gestopt_binnen_de_looptijd"),
        ({"gestopt_op": F("laatste_dag") + timedelta(days=1)}, "traject_gestopt_binnen_de_looptijd"),
        ({"gestopt_op": F("startdatum")}, "traject_stopt_met_stopbericht"),
        ({"status": "gestart", "gestopt_op": None}, "traject_stopt_met_stopbericht"),
    ],
)
def test_een_traject_stopt_zoals_gemeld(wereld, velden, regel):
    fabriek.gestopt(wereld)
    assert weigert(zet(Traject, **velden)) == regel


def test_een_traject_stopt_niet_zonder_stopbericht(wereld):
    traject = fabriek.gestart(wereld)
    assert (
        weigert(zet(Traject, status="voortijdig_beeindigd", gestopt_op=traject.startdatum))
        == "traject_stopt_met_stopbericht"
    )


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"datum_einde": F("datum_einde") - timedelta(days=1)}, "traject_stopt_met_stopbericht"),
        ({"status": "verwerkt"}, "stopbericht_status_met_moment"),
        ({"status": "herroepen"}, "stopbericht_herroepen_met_reden"),
        ({"status": "zomaar"}, "stopbericht_status_bekend"),
        ({"reden": "zomaar"}, "stopbericht_met_reden"),
        ({"bevestigd_op": None}, "stopbericht_status_met_moment"),
    ],
)
def test_een_stopbericht_is_heel(wereld, velden, regel):
    fabriek.gestopt(wereld)
    assert weigert(zet(Stopbericht, **velden)) == regel


def test_een_levend_stopbericht_per_traject(wereld):
    stopbericht = fabriek.gestopt(wereld).stopberichten.get()
    stopbericht.pk = None
    stopbericht.id = uuid4()
    assert weigert(lambda: stopbericht.save(force_insert=True)) == "stopbericht_een_per_traject"


def verslag(traject, op, **over) -> Beeindigingsverslag:
    return Beeindigingsverslag(
        traject=traject, reden_einde="looptijd", activiteiten="x", ingediend_op=op,
        ingediend_door=traject.aanvraag.aangemaakt_door, **({"uitkomst": "geen"} | over),
    )  # fmt: skip


def test_geen_verslag_voor_het_einde(wereld):
    """The last second of the last day is too early, and that day ends at midnight in Amsterdam."""
    traject = fabriek.gestart(wereld)
    middernacht = begin_van_dag(traject.laatste_dag + timedelta(days=1))
    assert weigert(verslag(traject, middernacht - timedelta(seconds=1)).save) == "verslag_na_het_einde"
    assert weigert(verslag(traject, middernacht).save) == ""


@pytest.mark.parametrize(
    "over",
    [
        {"uitkomst": "werk"},
        {"uitkomst": "geen", "sector": "bouw"},
        {"uitkomst": "opleiding", "opleiding": ""},
        {
            "uitkomst": "werk",
            "sector": "bouw",
            "contract": "vast",
            "uren_per_week": 61,
            "begonnen_op": NU.date(),
        },
        {"uitkomst": "zomaar"},
    ],
)
def test_een_verslag_is_heel(wereld, over):
    traject = fabriek.gestopt(wereld)
    assert weigert(verslag(traject, LATER, **over).save) == "verslag_gegevens_bij_uitkomst"


def test_een_verslag_verandert_niet(wereld):
    fabriek.stuur_verslag(wereld, fabriek.gestopt(wereld), LATER)
    assert "permission denied" in weigert(zet(Beeindigingsverslag, activiteiten="anders"))
    assert "permission denied" in weigert(lambda: Stopbericht.objects.all()._raw_delete("default"))
    assert "permission denied" in weigert(lambda: Vaststelling.objects.all()._raw_delete("default"))


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"verleend_cent": 800_001}, "vaststelling_van_de_verlening"),
        (
            {
                "voorgesteld_cent": 800_001,
                "voorgenomen_cent": 1,
                "reden": "verplichting",
                "zienswijze_tot": LATER.date(),
            },
            "vaststelling_niet_boven_verleend",
        ),
        ({"voorgesteld_cent": 799_999}, "vaststelling_lager_na_voornemen"),
        ({"status": "vastgesteld"}, "vaststelling_met_besluit"),
        ({"opsteller": None}, "vaststelling_voorstel_is_heel"),
        ({"motivering": ""}, "vaststelling_voorstel_is_heel"),
        ({"termijn_tot": F("verslag_uiterlijk")}, "vaststelling_termijnen_op_volgorde"),
    ],
)
def test_een_voorstel_is_heel_en_niet_te_hoog(wereld, velden, regel):
    fabriek.stel_voor(wereld, fabriek.stuur_verslag(wereld, fabriek.gestopt(wereld), LATER), LATER)
    assert weigert(zet(Vaststelling, **velden)) == regel


def test_vastgesteld_is_vastgesteld(wereld):
    fabriek.vastgesteld(wereld)
    assert weigert(zet(Vaststelling, reden="verplichting")) == "vaststelling_ligt_vast"


def test_het_besluit_zegt_wat_is_voorgesteld(wereld):
    """Another amount than was proposed, an opsteller who is not the one, and a besluit without a vaststelling."""
    vaststelling = fabriek.stel_voor(
        wereld, fabriek.stuur_verslag(wereld, fabriek.gestopt(wereld), LATER), LATER
    )
    verlening = vaststelling.dossier.besluiten.get(soort="verlening")

    def besluit(bedrag: int) -> Besluit:
        return Besluit(
            aanvraag=vaststelling.dossier, soort="vaststelling", vorig_besluit=verlening,
            dagtekening=LATER.date(), bekendgemaakt_op=LATER, bezwaar_tot=LATER.date() + timedelta(days=42),
            motivering="x", bedrag_cent=bedrag, rijk_cent=bedrag, gemeente_cent=0,
            opsteller=wereld.beoordelaar.persoon, ondertekenaar=wereld.beslisser.persoon,
        )  # fmt: skip

    def stel_vast(bedrag: int) -> None:
        een = besluit(bedrag)
        een.save(force_insert=True)
        Vaststelling.objects.update(status="vastgesteld", besluit=een)

    assert weigert(lambda: besluit(800_000).save(force_insert=True)) == "besluit_met_vaststelling"
    assert weigert(lambda: stel_vast(799_999)) == "vaststelling_zoals_voorgesteld"
    assert weigert(lambda: stel_vast(800_000)) == ""


@pytest.mark.parametrize(
    "velden",
    [
        {"soort": "verlies_baan", "sector": "bouw"},
        {"soort": "verhuizing", "uitkering": "bijstand"},
        {"soort": "werkhervatting", "begeleider_naam": "N. Nieuw"},
        {"soort": "werkhervatting", "uren_per_week": 61},
        {"soort": "zomaar"},
    ],
)
def test_een_gebeurtenis_heeft_alleen_wat_erbij_hoort(wereld, velden):
    traject = fabriek.gestart(wereld)
    maak = traject.gebeurtenissen.create
    rest = {"datum": traject.startdatum, "gemeld_op": NU, "gemeld_door": wereld.behandelaar.persoon}
    assert weigert(lambda: maak(**rest, **velden)).startswith("gebeurtenis_")
