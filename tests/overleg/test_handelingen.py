"""The acts of the overleg: who may, what comes of it, and what is refused without a change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.rollen import Functie, Rol
from overleg.handelingen import agendapunten, bijeenkomsten, reeksen
from overleg.models import Agendapunt, Bijeenkomst, Deelnemer, Reeks
from tests import fabriek
from tests.fabriek import ARNHEM, DRUTEN, NIJMEGEN, NU, doe, geweigerd
from tests.overleg.fabriek import WEKEN, eerste, invoer, maak_reeks, met_functie, zet_op_agenda

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(NU):
        yield


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


@pytest.fixture
def beleid(wereld):
    return met_functie(wereld, Functie.BELEID)


@pytest.fixture
def reeks(wereld, beleid):
    return maak_reeks(wereld, beleid=beleid)


def verplaats(bijeenkomst, actor, nu=NU, **anders):
    velden = {
        "dag": date(2019, 6, 5), "begint_om": time(9, 30), "duur_minuten": 45, "plaats": "Zaal 1", "link": "",
        "reden": "De zaal is bezet.",
    }  # fmt: skip
    return doe(bijeenkomsten.verplaatsen, bijeenkomst, actor, nu, **velden | anders)


def test_een_reeks_staat_er_meteen_helemaal(wereld, beleid, reeks):
    assert reeks.bijeenkomsten.count() == WEKEN
    assert eerste(reeks).begint_op == datetime(2019, 6, 4, 8, 0, tzinfo=UTC)
    assert {d.organisatie for d in reeks.deelnemers.all()} == {
        beleid.organisatie,
        wereld.instelling.organisatie,
    }
    regel = Regel.objects.get(handeling="reeks.maken")
    assert (regel.soort, regel.onderwerp_id) == (Soort.HANDELING, str(reeks.pk))
    assert {b.organisatie for b in Bericht.objects.filter(soort="overleg_uitnodiging")} == {
        wereld.instelling.organisatie
    }


def test_feestdagen_blijven_weg_als_dat_gevraagd_is(wereld, beleid):
    """Second Whitsun fell on Monday 10 June 2019."""
    maandagen = {"eerste_dag": date(2019, 6, 3), "laatste_dag": date(2019, 6, 17), "begint_om": time(14, 0)}
    met = maak_reeks(wereld, beleid=beleid, **maandagen)
    zonder = maak_reeks(wereld, beleid=beleid, zonder_feestdagen=True, **maandagen)
    assert met.bijeenkomsten.count() == 3
    assert [b.dag.day for b in zonder.bijeenkomsten.all()] == [3, 17]


@pytest.mark.parametrize("functie", [Functie.ADMINISTRATIEF, Functie.CONSULENT, ""])
def test_alleen_een_beleidsmedewerker_maakt_een_reeks(wereld, functie):
    actor = met_functie(wereld, functie)
    codes = geweigerd(lambda: reeksen.maken(None, actor, nu=NU, **invoer(wereld.instelling.organisatie)))
    assert codes == ["functie"]
    assert not Reeks.objects.exists()
    assert Regel.objects.get(soort=Soort.WEIGERING).handeling == "reeks.maken"


@pytest.mark.parametrize(
    ("anders", "codes"),
    [
        ({"laatste_dag": None}, ["laatste_dag"]),
        ({"laatste_dag": date(2019, 6, 3)}, ["laatste_dag"]),
        ({"laatste_dag": date(2022, 6, 3)}, ["laatste_dag"]),
        ({"eerste_dag": date(2019, 6, 2)}, ["eerste_dag"]),
        ({"om_de_weken": 0}, ["ritme"]),
        ({"duur_minuten": 5}, ["duur"]),
        ({"plaats": "", "link": "http://x.example"}, ["link"]),
        ({"plaats": ""}, ["plaats"]),
        ({"soort": "borrel"}, ["soort"]),
        ({"soort": "borrel", "plaats": "", "laatste_dag": None}, ["laatste_dag", "plaats", "soort"]),
        ({"deelnemers": []}, ["deelnemers"]),
        (
            {"eerste_dag": date(2019, 6, 10), "laatste_dag": date(2019, 6, 10), "zonder_feestdagen": True},
            ["leeg"],
        ),
    ],
)
def test_een_reeks_die_niet_kan(wereld, beleid, anders, codes):
    velden = invoer(wereld.instelling.organisatie) | anders
    assert geweigerd(lambda: reeksen.maken(None, beleid, nu=NU, **velden)) == codes
    assert not Reeks.objects.exists()
    assert not Bijeenkomst.objects.exists()


def test_alleen_wie_in_de_regio_hoort_kan_worden_uitgenodigd(wereld, beleid):
    for vreemd in (
        fabriek.maak_instelling(erkend=False).organisatie,
        wereld.gemeente(ARNHEM).organisatie,
        wereld.uwv,
    ):
        velden = invoer(vreemd)
        assert geweigerd(lambda v=velden: reeksen.maken(None, beleid, nu=NU, **v)) == ["deelnemers"]
    eigen_gemeente = wereld.gemeente(DRUTEN).organisatie
    assert maak_reeks(wereld, eigen_gemeente, beleid=beleid).deelnemers.count() == 2


def test_deelnemers_wijzigen(wereld, beleid, reeks):
    ander = wereld.bij_andere_instelling()
    aanvraag = fabriek.met_toestemming(wereld)
    zet_op_agenda(eerste(reeks), wereld.behandelaar, aanvraag.kenmerk)
    doe(reeksen.deelnemers_wijzigen, reeks, beleid, deelnemers=[ander.instelling.organisatie])
    assert not Reeks.objects.zichtbaar_voor(wereld.behandelaar).exists()
    assert Reeks.objects.zichtbaar_voor(ander.behandelaar).exists()
    assert Agendapunt.objects.get().status == "weggehaald"
    assert geweigerd(lambda: reeksen.deelnemers_wijzigen(reeks, beleid, nu=NU, deelnemers=[])) == [
        "deelnemers"
    ]
    doe(reeksen.deelnemers_wijzigen, reeks, beleid, deelnemers=[wereld.instelling.organisatie])
    assert Reeks.objects.zichtbaar_voor(wereld.behandelaar).exists()
    assert Deelnemer.objects.filter(reeks=reeks).count() == 4  # two of them left


def test_stoppen_laat_staan_wat_was(wereld, beleid, reeks):
    later = NU + timedelta(days=14)
    doe(reeksen.stoppen, reeks, beleid, later)
    assert reeks.bijeenkomsten.filter(status="gepland").count() == 2
    assert reeks.bijeenkomsten.filter(status="afgelast", reden=reeksen.REEKS_GESTOPT).count() == WEKEN - 2
    assert geweigerd(lambda: reeksen.stoppen(reeks, beleid, nu=later)) == ["status"]


def test_een_ander_verband_stopt_uw_reeks_niet(wereld, reeks):
    vreemd = met_functie(wereld, Functie.BELEID, code=ARNHEM)
    assert geweigerd(lambda: reeksen.stoppen(reeks, vreemd, nu=NU)) == ["niet_van_u"]


def test_verplaatsen(wereld, beleid, reeks):
    een = eerste(reeks)
    Bericht.objects.all().delete()
    verplaats(een, met_functie(wereld, Functie.CONSULENT))
    een.refresh_from_db()
    assert een.begint_op == datetime(2019, 6, 5, 7, 30, tzinfo=UTC)
    assert (een.dag, een.versie, een.duur_minuten) == (date(2019, 6, 4), 2, 45)
    assert {b.organisatie for b in Bericht.objects.all()} == {wereld.instelling.organisatie}
    assert "Zaal" not in Bericht.objects.first().titel


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"reden": "  "}, "reden"),
        ({"dag": date(2019, 6, 2)}, "dag"),
        ({"dag": date(2019, 6, 11)}, "dag"),  # the next one of the series
        ({"duur_minuten": 0}, "duur"),
        ({"plaats": ""}, "plaats"),
    ],
)
def test_verplaatsen_dat_niet_kan(beleid, reeks, anders, code):
    een = eerste(reeks)
    assert geweigerd(lambda: verplaats(een, beleid, **anders)) == [code]
    een.refresh_from_db()
    assert een.versie == 1


def test_wie_het_overleg_niet_houdt_wijzigt_het_niet(wereld, beleid, reeks):
    een = eerste(reeks)
    assert geweigerd(lambda: verplaats(een, met_functie(wereld, ""))) == ["functie"]
    assert "rol" in geweigerd(lambda: verplaats(een, wereld.behandelaar))
    doe(reeksen.deelnemers_wijzigen, reeks, beleid, deelnemers=[wereld.gemeente(DRUTEN).organisatie])
    druten = wereld.lid(wereld.gemeente(DRUTEN).organisatie, Rol.GEMEENTEMEDEWERKER)
    assert "niet_uw_overleg" in geweigerd(lambda: verplaats(een, druten))
    assert geweigerd(lambda: verplaats(een, beleid, NU + timedelta(days=2))) == ["voorbij"]


def test_afgelasten_schuift_de_agenda_door(wereld, beleid, reeks):
    een, volgende = reeks.bijeenkomsten.order_by("begint_op")[:2]
    a, b = fabriek.met_toestemming(wereld), fabriek.met_toestemming(wereld)
    for aanvraag in (a, b):
        zet_op_agenda(een, wereld.behandelaar, aanvraag.kenmerk)
    zet_op_agenda(volgende, wereld.behandelaar, b.kenmerk)
    assert geweigerd(lambda: bijeenkomsten.afgelasten(een, beleid, nu=NU, reden="")) == ["reden"]
    doe(bijeenkomsten.afgelasten, een, beleid, reden="Ziek.")
    assert set(volgende.agendapunten.filter(status="open").values_list("aanvraag", flat=True)) == {a.pk, b.pk}
    assert not een.agendapunten.filter(status="open").exists()
    assert geweigerd(lambda: zet_op_agenda(een, wereld.behandelaar, a.kenmerk)) == ["status"]


@pytest.mark.parametrize("getypt", ["{}", " {} ", "{kort}", "ips {kort}", "ips-{kort}"])
def test_een_kenmerk_zoals_iemand_het_typt(wereld, reeks, getypt):
    kenmerk = fabriek.met_toestemming(wereld).kenmerk
    kort = kenmerk.removeprefix("IPS-").lower()
    assert zet_op_agenda(eerste(reeks), wereld.behandelaar, getypt.format(kenmerk, kort=kort))


def test_een_dossier_staat_er_een_keer_op(wereld, beleid, reeks):
    een = eerste(reeks)
    kenmerk = fabriek.met_toestemming(wereld).kenmerk
    punt = zet_op_agenda(een, wereld.behandelaar, kenmerk)
    assert geweigerd(lambda: zet_op_agenda(een, beleid, kenmerk)) == ["dubbel"]
    with pytest.raises(IntegrityError, match="agendapunt_niet_dubbel"), transaction.atomic():
        Agendapunt.objects.create(
            bijeenkomst=een, aanvraag=punt.aanvraag, organisatie=punt.organisatie, punt="anders",
            toegevoegd_op=NU, toegevoegd_door=beleid.persoon,
        )  # fmt: skip
    doe(agendapunten.weghalen, punt, wereld.behandelaar)
    assert zet_op_agenda(een, beleid, kenmerk)


@pytest.mark.parametrize("kenmerk", ["", "IPS-2222222", "\x00", "😀" * 20, "%"])
def test_een_kenmerk_dat_er_niet_is(wereld, reeks, kenmerk):
    een = eerste(reeks)
    kenmerk = kenmerk.replace("\x00", "")  # the form takes that out
    assert geweigerd(lambda: zet_op_agenda(een, wereld.behandelaar, kenmerk)) == ["kenmerk"]


def test_een_vreemd_dossier_is_er_niet(wereld, beleid, reeks):
    """Of another instelling, of another regio, and a concept that the gemeente doesn't know yet."""
    een = eerste(reeks)
    ander = fabriek.met_toestemming(wereld.bij_andere_instelling())
    assert geweigerd(lambda: zet_op_agenda(een, wereld.behandelaar, ander.kenmerk)) == ["kenmerk"]
    assert geweigerd(lambda: zet_op_agenda(een, beleid, ander.kenmerk)) == ["niet_aan_tafel"]
    arnhem = fabriek.met_toestemming(wereld, gemeente=ARNHEM)
    assert geweigerd(lambda: zet_op_agenda(een, beleid, arnhem.kenmerk)) == ["kenmerk"]
    assert geweigerd(lambda: zet_op_agenda(een, wereld.behandelaar, arnhem.kenmerk)) == ["niet_aan_tafel"]
    uwv = fabriek.ingediend(wereld, route="uwv", gemeente=NIJMEGEN)
    assert geweigerd(lambda: zet_op_agenda(een, wereld.behandelaar, uwv.kenmerk)) == ["niet_aan_tafel"]
    assert not Agendapunt.objects.exists()


def test_wie_niet_meedoet_zet_er_niets_op(wereld, reeks):
    ander = wereld.bij_andere_instelling()
    aanvraag = fabriek.met_toestemming(ander)
    assert geweigerd(lambda: zet_op_agenda(eerste(reeks), ander.behandelaar, aanvraag.kenmerk)) == [
        "niet_van_u"
    ]


def test_na_afloop_verandert_de_agenda_niet(wereld, reeks):
    een = eerste(reeks)
    kenmerk = fabriek.met_toestemming(wereld).kenmerk
    punt = zet_op_agenda(een, wereld.behandelaar, kenmerk)
    later = een.eindigt_op
    assert geweigerd(lambda: agendapunten.weghalen(punt, wereld.behandelaar, nu=later)) == ["voorbij"]
    assert geweigerd(lambda: zet_op_agenda(een, wereld.behandelaar, kenmerk, later)) == ["voorbij"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE overleg_reeks SET laatste_dag = eerste_dag - 1",
        "UPDATE overleg_reeks SET plaats = '', link = ''",
        "UPDATE overleg_reeks SET om_de_weken = 0",
        "UPDATE overleg_bijeenkomst SET status = 'afgelast', reden = ''",
        "UPDATE overleg_bijeenkomst SET duur_minuten = 0",
        "UPDATE overleg_deelnemer SET vertrokken_op = uitgenodigd_op - interval '1 day'",
    ],
)
def test_de_databank_weigert_het_ook(reeks, sql):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
