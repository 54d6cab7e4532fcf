"""Processing a quality list: the act, and what the database holds of an erkenning (T50)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from aanvragen.handelingen.erkennen import bekijk, lijst_verwerken
from aanvragen.models import Erkenninglijst, GgzInstelling, IpsErkenning
from ips_subsidie.kalender.klok import AMSTERDAM, datum_van
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import geweigerd
from tests.toegang.personen import maak_actor

pytestmark = pytest.mark.django_db
NU = datetime(2023, 6, 1, 10, tzinfo=AMSTERDAM)
VANDAAG = date(2023, 6, 1)
KOP = "kvk;naam;geldig_van;geldig_tot;fidelity_score;fidelity_datum"


@pytest.fixture
def beheerder():
    return maak_actor(Rol.BEHEERDER)


@pytest.fixture
def instellingen():
    """Two: one with an erkenning since 2019, one without."""
    return fabriek.maak_instelling("IrisZorg"), fabriek.maak_instelling("Pluryn", erkend=False)


def regel(instelling, van="2023-01-01", tot="", score="", datum="", naam=None):
    kvk = instelling if isinstance(instelling, str) else instelling.kvk
    return f"{kvk};{naam or 'Naam'};{van};{tot};{score};{datum}"


def lijst(*regels):
    return "\n".join([KOP, *regels])


def verwerk(actor, tekst, *, gezien=None, nu=NU, **over):
    keuze = {"peildatum": VANDAAG, "volledig": False} | {
        k: over.pop(k) for k in ("peildatum", "volledig") if k in over
    }
    if gezien is None:
        gezien = bekijk(tekst, nu=nu, **keuze).vingerafdruk
    invoer = {"bron": "Lijst van 1 juni 2023", "onbekend_overslaan": False} | over
    return lijst_verwerken(None, actor, nu=nu, tekst=tekst, gezien=gezien, **keuze, **invoer)


def stand():
    return sorted(
        IpsErkenning.objects.values_list(
            "instelling__organisatie__naam", "geldig_van", "geldig_tot", "fidelity_score", "bron"
        )
    )


def test_erbij_beeindigd_en_gewijzigd_in_een_keer(beheerder, instellingen):
    iris, pluryn = instellingen
    oud = IpsErkenning.objects.get()
    tekst = lijst(
        regel(iris, oud.geldig_van.isoformat(), "2023-01-01"),
        regel(iris, "2023-01-01", "", "108", "2022-11-15"),
        regel(pluryn, "2024-01-01"),
    )
    gemaakt = verwerk(beheerder, tekst)
    bron = "Lijst van 1 juni 2023"
    assert stand() == [
        ("IrisZorg", oud.geldig_van, date(2023, 1, 1), None, bron),
        ("IrisZorg", date(2023, 1, 1), None, 108, bron),
        ("Pluryn", date(2024, 1, 1), None, None, bron),
    ]
    assert set(IpsErkenning.objects.values_list("lijst", flat=True)) == {gemaakt.pk}
    assert [w["soort"] for w in gemaakt.wijzigingen] == ["beeindigd", "erbij", "erbij"]
    assert gemaakt.wijzigingen[0]["was"] == {"geldig_tot": None, "score": None, "score_datum": None}
    assert (gemaakt.tekst, gemaakt.verwerkt_op, gemaakt.verwerkt_door) == (tekst, NU, beheerder.persoon)
    regel_ = Regel.objects.get(handeling="erkenning.lijst_verwerken")
    assert (regel_.soort, regel_.onderwerp, regel_.onderwerp_id) == (
        Soort.HANDELING, "aanvragen.erkenninglijst", str(gemaakt.pk),
    )  # fmt: skip


def test_de_grens_tussen_twee_erkenningen_schuift_op(beheerder, instellingen):
    """The first gets shorter before the second can begin earlier, and the other way round."""
    iris, _ = instellingen
    begin = IpsErkenning.objects.get().geldig_van.isoformat()
    verwerk(beheerder, lijst(regel(iris, begin, "2022-01-01"), regel(iris, "2023-01-01")))
    for einde in ("2021-01-01", "2023-01-01", "2022-06-01"):
        verwerk(beheerder, lijst(regel(iris, begin, einde), regel(iris, "2023-01-01")))
        assert str(IpsErkenning.objects.earliest("geldig_van").geldig_tot) == einde


def test_een_volledige_lijst(beheerder, instellingen):
    _, pluryn = instellingen
    verwerk(beheerder, lijst(regel(pluryn)), volledig=True, peildatum=date(2023, 5, 1))
    assert set(GgzInstelling.objects.biedt_ips_op(date(2023, 4, 30))) == set(instellingen)
    assert set(GgzInstelling.objects.biedt_ips_op(date(2023, 5, 1))) == {pluryn}


def _niets_veranderd(doe, was):
    codes = geweigerd(doe)
    assert stand() == was
    assert not Erkenninglijst.objects.exists()
    assert Regel.objects.filter(soort=Soort.WEIGERING, handeling="erkenning.lijst_verwerken").count() == 1
    return codes


@pytest.mark.parametrize(
    ("regels", "over", "code"),
    [
        (lambda i, p: [regel(p), regel("9999999")], {"gezien": "x"}, "lijst"),
        (lambda i, p: [regel(p, naam="=1+1")], {"gezien": "x"}, "lijst"),
        (lambda i, p: [regel(p), regel(i)], {"gezien": "x"}, "lijst"),
        (lambda i, p: [regel(p), regel("99999999")], {}, "onbekend_kvk"),
        (lambda i, p: [regel(p)], {"gezien": "iets anders"}, "intussen_gewijzigd"),
        (lambda i, p: [regel(p)], {"gezien": "x", "peildatum": date(2023, 6, 2)}, "peildatum"),
        (lambda i, p: [regel("99999999")], {"onbekend_overslaan": True}, "niets_anders"),
    ],
    ids=["kvk", "formule", "overlap", "onbekend kvk", "intussen", "toekomst", "niets anders"],
)
def test_wat_niet_kan_verandert_niets(beheerder, instellingen, regels, over, code):
    was = stand()
    tekst = lijst(*regels(*instellingen))
    assert set(_niets_veranderd(lambda: verwerk(beheerder, tekst, **over), was)) == {code}


def test_een_onbekend_kvk_nummer_overslaan(beheerder, instellingen):
    _, pluryn = instellingen
    gemaakt = verwerk(beheerder, lijst(regel(pluryn), regel("99999999")), onbekend_overslaan=True)
    assert (gemaakt.overgeslagen, len(gemaakt.wijzigingen)) == (1, 1)


def test_wat_iemand_anders_intussen_wijzigde_wordt_niet_overschreven(beheerder, instellingen):
    iris, _ = instellingen
    begin = IpsErkenning.objects.get().geldig_van.isoformat()
    tekst = lijst(regel(iris, begin, "2024-01-01"))
    gezien = bekijk(tekst, peildatum=VANDAAG, volledig=False, nu=NU).vingerafdruk
    IpsErkenning.objects.update(geldig_tot=date(2023, 2, 1))
    codes = geweigerd(lambda: verwerk(beheerder, tekst, gezien=gezien))
    assert codes == ["intussen_gewijzigd"]
    assert IpsErkenning.objects.get().geldig_tot == date(2023, 2, 1)


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol not in (Rol.BEHEERDER, Rol.SYSTEEM)])
def test_alleen_de_beheerder(instellingen, rol):
    _, pluryn = instellingen
    was = stand()
    tekst = lijst(regel(pluryn))
    assert _niets_veranderd(lambda: verwerk(maak_actor(rol), tekst), was) == ["rol"]


def test_een_verwerkte_lijst_is_niet_te_wijzigen_of_weg_te_halen(beheerder, instellingen):
    gemaakt = verwerk(beheerder, lijst(regel(instellingen[1])))
    for doe in (
        lambda: Erkenninglijst.objects.update(bron="x"),
        lambda: Erkenninglijst.objects.filter(pk=gemaakt.pk)._raw_delete("default"),
    ):
        with (
            pytest.raises(Exception, match=r"neemt alleen toevoegingen aan|permission denied"),
            transaction.atomic(),
        ):
            doe()


def test_vijfduizend_regels_met_een_vast_aantal_vragen(beheerder, django_assert_max_num_queries):
    """The number of statements depends on the batches, not on the lines."""
    eerste = fabriek.maak_instelling("Pluryn", erkend=False)
    dagen = [date(2008, 1, 1) + timedelta(days=i) for i in range(5_000)]
    tekst = lijst(*(regel(eerste, d.isoformat(), (d + timedelta(days=1)).isoformat()) for d in dagen))
    gezien = bekijk(tekst, peildatum=VANDAAG, volledig=False, nu=NU).vingerafdruk
    with django_assert_max_num_queries(30):
        verwerk(beheerder, tekst, gezien=gezien)
    assert IpsErkenning.objects.count() == 5_000


# --- T50: on the day of receipt --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("van", "tot", "erkend"),
    [
        ("2023-06-01", None, True),
        ("2023-06-02", None, False),
        ("2023-05-31", "2023-06-02", True),
        ("2023-05-01", "2023-06-01", False),
    ],
    ids=["begint die dag", "begint de dag erna", "laatste dag", "net voorbij"],
)
def test_T50_erkend_op_de_dag_van_ontvangst(instellingen, van, tot, erkend):
    _, pluryn = instellingen
    IpsErkenning.objects.create(
        instelling=pluryn, bron="lijst", geldig_van=date.fromisoformat(van),
        geldig_tot=date.fromisoformat(tot) if tot else None,
    )  # fmt: skip
    assert (pluryn in GgzInstelling.objects.biedt_ips_op(datum_van(NU))) is erkend


def test_T50_een_latere_erkenning_helpt_niet_ook_niet_naast_een_oude(instellingen):
    iris, _ = instellingen
    IpsErkenning.objects.update(geldig_tot=date(2023, 5, 1))
    IpsErkenning.objects.create(instelling=iris, bron="lijst", geldig_van=date(2023, 6, 2))
    for dag, erkend in ((date(2023, 4, 30), True), (date(2023, 6, 1), False), (date(2023, 6, 2), True)):
        assert (iris in GgzInstelling.objects.biedt_ips_op(dag)) is erkend


EERDER = {"geldig_van": date(2010, 1, 1), "geldig_tot": date(2011, 1, 1)}

# --- what the database refuses ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "velden",
    [
        {"geldig_van": date(2023, 1, 1)},
        {"geldig_van": date(2010, 1, 1)},
        {"geldig_van": date(2010, 1, 1), "geldig_tot": date(2010, 1, 1)},
        EERDER | {"fidelity_score": 24, "fidelity_datum": VANDAAG},
        EERDER | {"fidelity_score": 126, "fidelity_datum": VANDAAG},
        EERDER | {"fidelity_score": 100},
        EERDER | {"fidelity_datum": VANDAAG},
    ],
    ids=["overlapt", "loopt door", "leeg", "te laag", "te hoog", "score zonder datum", "datum zonder score"],
)  # fmt: skip
def test_de_databank_weigert_wat_niet_kan(instellingen, velden):
    iris, _ = instellingen
    with pytest.raises(IntegrityError), transaction.atomic():
        IpsErkenning.objects.create(instelling=iris, bron="lijst", **velden)
