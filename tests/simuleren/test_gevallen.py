"""Replays with known outcome: the cases of the domain text by number."""

from datetime import date

import pytest

from aanvragen.models import Aanvraag
from budget.models import Loting, LotingStatus
from tests.simuleren.hulp import ARNHEM, CAP, gebeurtenis, gespeeld, kort, scenario, toegekend

pytestmark = pytest.mark.django_db


def vijfde_plaats(**parameters):
    """T15 and T16: Nijmegen has 4; GA-1 received incomplete on 1 June, completed on 10 June; GA-2 on 3 June."""
    return gespeeld(
        scenario(
            *toegekend(4),
            gebeurtenis("06-01 10:00", "indienen", "GA-1", volledig=False),
            gebeurtenis("06-03 10:00", "indienen", "GA-2"),
            gebeurtenis("06-04 10:00", "toekennen", "GA-2" if parameters else "GA-1"),
            gebeurtenis("06-10 10:00", "aanvullen", "GA-1"),
            gebeurtenis("06-11 10:00", "toekennen", "GA-1"),
            gebeurtenis("06-11 11:00", "toekennen", "GA-2"),
            gebeurtenis("06-11 12:00", "toekennen", "GA-1"),
            gebeurtenis("06-12 10:00", "afwijzen", "GA-2" if parameters else "GA-1"),
            **parameters,
        )
    )[8:]


def test_t15_volledig_ontvangst():
    regels = vijfde_plaats()
    assert kort(regels) == [
        ("indienen", "GA-1", "gelukt"),
        ("indienen", "GA-2", "gelukt"),
        ("toekennen", "GA-1", "geblokkeerd", "termijn_loopt"),
        ("aanvullen", "GA-1", "gelukt"),
        ("toekennen", "GA-1", "geblokkeerd", "voorrang"),
        ("toekennen", "GA-2", "gelukt"),
        ("toekennen", "GA-1", "geweigerd", "cap_gemeente"),
        ("afwijzen", "GA-1", "gelukt"),
    ]
    assert [r["status"] for r in regels] == [
        "onvolledig", "ingediend", "onvolledig", "ingediend", "ingediend", "toegekend", "ingediend", "afgewezen",
    ]  # fmt: skip
    assert [r["rang"] for r in regels] == [
        None,
        "2019-06-03T10:00:00+02:00",
        None,
        "2019-06-10T10:00:00+02:00",
        "2019-06-10T10:00:00+02:00",
        "2019-06-03T10:00:00+02:00",
        "2019-06-10T10:00:00+02:00",
        None,
    ]
    assert [r["vrij"][CAP] for r in regels] == [1, 1, 1, 1, 1, 0, 0, 0]


def test_t16_eerste_ontvangst():
    regels = vijfde_plaats(rang_basis="eerste_ontvangst")
    assert kort(regels) == [
        ("indienen", "GA-1", "gelukt"),
        ("indienen", "GA-2", "gelukt"),
        ("toekennen", "GA-2", "geblokkeerd", "voorrang"),
        ("aanvullen", "GA-1", "gelukt"),
        ("toekennen", "GA-1", "gelukt"),
        ("toekennen", "GA-2", "geweigerd", "cap_gemeente"),
        ("toekennen", "GA-1", "geblokkeerd", "status"),
        ("afwijzen", "GA-2", "gelukt"),
    ]
    assert {r["rang"] for r in regels if r["aanvraag"] == "GA-1"} == {"2019-06-01T10:00:00+02:00"}


@pytest.mark.parametrize(
    ("mag", "verwacht"),
    [
        (True, [("gelukt",), ("gelukt",)]),
        (False, [("geweigerd", "gesloten"), ("geblokkeerd", "termijn_loopt")]),
    ],
)
def test_t18_aangevuld_na_de_sluiting(mag, verwacht):
    regels = gespeeld(
        scenario(
            gebeurtenis("2019-11-28T10:00:00+01:00", "indienen", "GA", volledig=False),
            gebeurtenis("2019-12-05T10:00:00+01:00", "aanvullen", "GA"),
            gebeurtenis("2019-12-06T10:00:00+01:00", "toekennen", "GA"),
            aanvulling_na_sluiting=mag,
        )
    )
    assert [regel[2:] for regel in kort(regels)[1:]] == verwacht
    if mag:
        assert regels[1]["rang"] == "2019-12-05T10:00:00+01:00"


def test_t21_de_zesde_van_een_gemeente():
    regels = gespeeld(
        scenario(
            *toegekend(5),
            gebeurtenis("06-02 10:00", "indienen", "GA-6"),
            gebeurtenis("06-03 10:00", "toekennen", "GA-6"),
            gebeurtenis("06-04 10:00", "afwijzen", "GA-6"),
            gebeurtenis("06-05 10:00", "indienen", "UA", route="uwv"),
            gebeurtenis("06-06 10:00", "toekennen", "UA"),
        )
    )[10:]
    assert kort(regels) == [
        ("indienen", "GA-6", "gelukt"),
        ("toekennen", "GA-6", "geweigerd", "cap_gemeente"),
        ("afwijzen", "GA-6", "gelukt"),
        ("indienen", "UA", "gelukt"),
        ("toekennen", "UA", "gelukt"),  # T23: this route does not count for the gemeente
    ]
    assert [r["vrij"] for r in regels[2::2]] == [
        {"plafond_trajecten": 195, CAP: 0},
        {"plafond_trajecten": 194, CAP: 0},
    ]
    assert Aanvraag.objects.get(status="afgewezen").besluiten.get().gronden == ["cap_gemeente"]


def test_t24_deelplafond():
    regels = gespeeld(
        scenario(
            gebeurtenis("06-02 10:00", "indienen", "GA-1"),
            gebeurtenis("06-02 11:00", "indienen", "GA-2"),
            gebeurtenis("06-03 10:00", "toekennen", "GA-1"),
            gebeurtenis("06-03 11:00", "toekennen", "GA-2"),
            sub_plafond_gemeente=1,
        )
    )
    assert kort(regels)[-1] == ("toekennen", "GA-2", "geweigerd", "sub_plafond")
    assert regels[-1]["vrij"] == {"plafond_trajecten": 199, "sub_plafond_gemeente": 0, CAP: 4}


@pytest.mark.parametrize(
    ("beleid", "laatste"), [("overslaan", ("gelukt",)), ("stoppen", ("geweigerd", "plafond"))]
)
def test_t29_wie_niet_past(beleid, laatste):
    """€9.000 left: a better-ranked aanvraag of 36 months needs more, the next of 24 months fits."""
    regels = gespeeld(
        scenario(
            gebeurtenis("06-02 10:00", "indienen", "DRIE", route="uwv", bedrag_cent=1_200_000, maanden=36),
            gebeurtenis("06-02 11:00", "indienen", "TWEE", route="uwv"),
            gebeurtenis("06-03 10:00", "toekennen", "DRIE"),
            gebeurtenis("06-03 11:00", "afwijzen", "DRIE"),
            gebeurtenis("06-03 12:00", "toekennen", "TWEE"),
            niet_passend_beleid=beleid,
            plafond_bedrag_cent=900_000,
        )
    )
    assert kort(regels)[2:4] == [
        ("toekennen", "DRIE", "geweigerd", "plafond"),
        ("afwijzen", "DRIE", "gelukt"),
    ]
    assert kort(regels)[4][2:] == laatste
    assert regels[-1]["vrij"]["plafond_bedrag_cent"] == (100_000 if beleid == "overslaan" else 900_000)


def test_t31_intrekken_voor_het_besluit():
    regels = gespeeld(
        scenario(
            *toegekend(1),
            gebeurtenis("06-02 10:00", "indienen", "GA"),
            gebeurtenis("06-03 10:00", "intrekken", "GA"),
            gebeurtenis("06-04 10:00", "toekennen", "GA"),
        )
    )[2:]
    assert kort(regels)[1:] == [
        ("intrekken", "GA", "gelukt"),
        ("toekennen", "GA", "geblokkeerd", "status"),
    ]
    assert [(r["status"], r["rang"], r["vrij"][CAP]) for r in regels[1:]] == [("ingetrokken", None, 4)] * 2


@pytest.mark.parametrize(
    ("vrijval_bij", "nieuw"),
    [(["ingetrokken_voor_start"], ("gelukt",)), (["gegrond_bezwaar_derde"], ("geweigerd", "cap_gemeente"))],
)
def test_t32_nooit_gestart_en_ingetrokken(vrijval_bij, nieuw):
    regels = gespeeld(
        scenario(
            *toegekend(5),
            gebeurtenis("06-02 10:00", "indienen", "ZES"),
            gebeurtenis("06-03 10:00", "afwijzen", "ZES"),
            gebeurtenis("06-04 10:00", "intrekken_besluit", "EERDER-5"),
            gebeurtenis("06-05 10:00", "toekennen", "ZES"),
            gebeurtenis("06-06 10:00", "indienen", "ZEVEN"),
            gebeurtenis("06-07 10:00", "toekennen", "ZEVEN"),
            vrijval_bij=vrijval_bij,
        )
    )[10:]
    assert kort(regels)[2:4] == [
        ("intrekken_besluit", "EERDER-5", "gelukt"),
        ("toekennen", "ZES", "geblokkeerd", "status"),
    ]
    assert regels[2]["status"] == "besluit_ingetrokken"
    assert regels[2]["vrij"][CAP] == (1 if nieuw == ("gelukt",) else 0)
    assert kort(regels)[5][2:] == nieuw


def test_t33_gestart_en_gestopt_houdt_de_plaats():
    regels = gespeeld(
        scenario(
            *toegekend(5),
            gebeurtenis("06-03 10:00", "starten", "EERDER-1"),
            gebeurtenis("09-03 10:00", "stoppen", "EERDER-1"),
            gebeurtenis("09-04 10:00", "indienen", "NIEUW"),
            gebeurtenis("09-05 10:00", "toekennen", "NIEUW"),
        )
    )[10:]
    assert kort(regels) == [
        ("starten", "EERDER-1", "gelukt"),
        ("stoppen", "EERDER-1", "gelukt"),
        ("indienen", "NIEUW", "gelukt"),
        ("toekennen", "NIEUW", "geweigerd", "cap_gemeente"),
    ]
    assert [r["vrij"][CAP] for r in regels] == [0, 0, 0, 0]


def test_t36_dezelfde_client():
    regels = gespeeld(
        scenario(
            gebeurtenis("06-02 10:00", "indienen", "EEN", client="Sam"),
            gebeurtenis("06-02 11:00", "indienen", "TWEE", client="Sam", gemeente=ARNHEM),
            gebeurtenis("06-03 10:00", "toekennen", "TWEE"),
            gebeurtenis("06-03 11:00", "toekennen", "EEN"),
            gebeurtenis("06-03 12:00", "toekennen", "TWEE"),
        )
    )
    assert kort(regels)[2:] == [
        ("toekennen", "TWEE", "geblokkeerd", "voorrang"),
        ("toekennen", "EEN", "gelukt"),
        ("toekennen", "TWEE", "geweigerd", "dubbel_traject"),
    ]
    assert regels[-1]["vrij"] == {"plafond_trajecten": 199, CAP: 4, f"cap_per_gemeente:{ARNHEM}": 5}


def test_t28_gelijk_ontvangen_wordt_geloot():
    gelijk = "2019-06-01T10:00:00.123456+02:00"
    regels = gespeeld(
        scenario(
            gebeurtenis(gelijk, "indienen", "A"),
            gebeurtenis(gelijk, "indienen", "B"),
            gebeurtenis("06-02 10:00", "toekennen", "A"),
            gebeurtenis("06-03 10:00", "loten", "A"),
            gebeurtenis("06-03 11:00", "loten", "A"),
            gebeurtenis("06-04 10:00", "toekennen", "A"),
            gebeurtenis("06-04 11:00", "toekennen", "B"),
            gebeurtenis("06-04 12:00", "toekennen", "A"),
            plafond_trajecten=1,
        )
    )
    assert kort(regels)[2:5] == [
        ("toekennen", "A", "geblokkeerd", "loting"),
        ("loten", "A", "gelukt"),
        ("loten", "A", "geblokkeerd", "niets_te_loten"),
    ]
    # Who won, nobody knows beforehand; one did, and the other is told so.
    einde = [regel[2:] for regel in kort(regels)[5:]]
    assert einde in (
        [("gelukt",), ("geweigerd", "plafond"), ("geblokkeerd", "status")],
        [("geblokkeerd", "voorrang"), ("gelukt",), ("geweigerd", "plafond")],
    )


def test_zonder_gebeurtenis_loten_loot_de_simulatie_zelf_en_een_keer():
    """Two moments with a tie: the scenario draws for the second, and too late."""
    eerst, later = "2019-06-01T10:00:00+02:00", "2019-06-05T10:00:00+02:00"
    regels = gespeeld(
        scenario(
            *(gebeurtenis(eerst, "indienen", naam) for naam in "AB"),
            gebeurtenis("06-02 10:00", "toekennen", "A"),
            gebeurtenis("06-02 11:00", "toekennen", "B"),
            gebeurtenis("06-02 12:00", "toekennen", "A"),
            gebeurtenis("06-03 10:00", "plafond_wijzigen", plafond_trajecten=2),
            gebeurtenis("06-04 10:00", "toekennen", "A"),
            gebeurtenis("06-04 11:00", "toekennen", "B"),
            gebeurtenis("06-04 12:00", "plafond_wijzigen", plafond_trajecten=3),
            *(gebeurtenis(later, "indienen", naam) for naam in "CD"),
            gebeurtenis("06-06 10:00", "toekennen", "C"),
            gebeurtenis("06-07 10:00", "loten", "D"),
            plafond_trajecten=1,
        )
    )
    eigen = [regel[2:] for regel in kort(regels)[2:5]]
    assert eigen in (
        [("gelukt",), ("geweigerd", "plafond"), ("geblokkeerd", "status")],
        # Who lost stays the loser.
        [("geblokkeerd", "voorrang"), ("gelukt",), ("geweigerd", "plafond")],
    )
    assert Loting.objects.filter(status=LotingStatus.GETROKKEN).count() == 2
    eerste = Loting.objects.order_by("rang_op").first()
    assert eerste.voorbereid_door_id != eerste.getrokken_door_id
    assert kort(regels)[-2:] == [("toekennen", "C", "geblokkeerd", "loting"), ("loten", "D", "gelukt")]


def test_de_simulatie_loot_niet_als_er_meer_in_de_weg_staat():
    """B lives elsewhere than the gemeente that agreed: a ground to refuse, so there is nothing to draw for."""
    gelijk = "2019-06-01T10:00:00+02:00"
    regels = gespeeld(
        scenario(
            gebeurtenis(gelijk, "indienen", "A"),
            gebeurtenis(gelijk, "indienen", "B", woont_in=ARNHEM),
            gebeurtenis("06-02 10:00", "toekennen", "B"),
            plafond_trajecten=1,
        )
    )
    assert regels[-1]["uitkomst"] == "geweigerd"
    assert not Loting.objects.exists()


@pytest.mark.parametrize("moment", ["1900-01-01T00:00:00Z", "2200-01-01T23:59:59+14:00"])
def test_aan_de_randen_van_de_kalender(moment):
    dag = date.fromisoformat(moment[:10])
    regels = gespeeld(
        scenario(
            gebeurtenis(moment, "indienen", "A", startdatum=dag),
            gebeurtenis(moment, "indienen", "B", volledig=False),
            gebeurtenis(moment, "plafond_wijzigen", plafond_trajecten=300),
        )
    )
    assert [r["uitkomst"] for r in regels][:2] == ["geweigerd", "geweigerd"]
