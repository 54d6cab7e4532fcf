"""T15 to T37: order of receipt, and who gets the last places."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from aanvragen.models import Aanvraag, Besluit, Brief, Deelnemer
from budget.models import Reservering
from budget.regels.regeling import Vrijval
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.logboek.models import Regel
from tests.fabriek import (
    NIJMEGEN,
    NU,
    beoordeel,
    beoordeeld,
    besluit_ingetrokken,
    bsn,
    dien_aanvulling_in,
    dien_in,
    gestart,
    gestopt,
    geweigerd,
    in_behandeling,
    ingediend,
    ken_toe,
    klaar_om_in_te_dienen,
    maak_wereld,
    onvolledig,
    sluit_plaatsen_aan,
    toegekend,
    trek_besluit_in,
    trek_in,
    verleen_plaatsen,
    vers,
    vraag_aanvulling,
    wijs_af,
)

pytestmark = pytest.mark.django_db
# Twenty gemeenten of four digits that exist in 2019, Nijmegen not among them.
VEEL_GEMEENTEN = ["0202", "0344", "0363", "0518", "0599", "0034", "0014", "0106", "0114", "0150",
                  "0153", "0193", "0200", "0228", "0267", "0274", "0307", "0345", "0361", "0392"]  # fmt: skip


def juni(dag, uur=10):
    return datetime(2019, 6, dag, uur, tzinfo=UTC)


def reden_van(doe_iets):
    with pytest.raises(HandelingGeweigerd) as weigering:
        doe_iets()
    (reden,) = weigering.value.redenen
    return reden


def twee_om_de_vijfde_plaats(wereld):
    """Nijmegen has 4; GA-1 received 1 June and asked to complete, GA-2 complete on 3 June."""
    verleen_plaatsen(wereld, 4, nu=juni(1, 8))
    ga1 = vraag_aanvulling(wereld, ingediend(wereld, juni(1)), juni(2))
    return ga1, beoordeeld(wereld, juni(3))


def test_t15_volledig_ontvangen_gaat_voor(wereld):
    ga1, ga2 = twee_om_de_vijfde_plaats(wereld)
    ga1 = beoordeel(wereld, dien_aanvulling_in(wereld, ga1, juni(10)), juni(11))
    reden = reden_van(lambda: ken_toe(wereld, ga1, juni(12)))
    assert reden.code == "voorrang"
    assert ga2.kenmerk in reden.tekst
    ken_toe(wereld, ga2, juni(12))
    reden = reden_van(lambda: ken_toe(wereld, ga1, juni(12)))
    assert (reden.code, reden.grond) == ("cap_gemeente", True)
    ga1 = wijs_af(wereld, vers(ga1), juni(13), gronden=("cap_gemeente",))
    assert (ga1.status, ga1.besluiten.get().gronden) == ("afgewezen", ["cap_gemeente"])
    assert wereld.pot("gemeente", gemeente=NIJMEGEN).verleend_trajecten == 5


def test_t16_eerste_ontvangst_gaat_voor(db):
    wereld = maak_wereld(rang_basis="eerste_ontvangst")
    ga1, ga2 = twee_om_de_vijfde_plaats(wereld)
    # GA-2 waits as long as GA-1 is not decided upon, also while GA-1 is being completed.
    assert geweigerd(lambda: ken_toe(wereld, ga2, juni(4))) == ["voorrang"]
    ga1 = beoordeel(wereld, dien_aanvulling_in(wereld, ga1, juni(10)), juni(11))
    assert ga1.reservering.rang_op == juni(1)
    assert geweigerd(lambda: ken_toe(wereld, ga2, juni(12))) == ["voorrang"]
    assert ken_toe(wereld, ga1, juni(12)).status == "toegekend"
    assert geweigerd(lambda: ken_toe(wereld, ga2, juni(12))) == ["cap_gemeente"]


def test_wat_het_formulier_niet_vroeg_kost_geen_rang(wereld):
    """ECLI:NL:RVS:2013:CA1381: asked for beyond the form, it keeps its place in the order."""
    verleen_plaatsen(wereld, 4, nu=juni(1, 8))
    ga1 = vraag_aanvulling(wereld, ingediend(wereld, juni(1)), juni(2), op_formulier=False)
    ga2 = beoordeeld(wereld, juni(3))
    assert geweigerd(lambda: ken_toe(wereld, ga2, juni(4))) == ["voorrang"]
    ga1 = dien_aanvulling_in(wereld, ga1, juni(10))
    assert ga1.reservering.rang_op == juni(1)
    assert ken_toe(wereld, ga1, juni(11)).status == "toegekend"


def test_t21_de_zesde_wordt_afgewezen_en_kost_geen_plaats(wereld):
    verleen_plaatsen(wereld, 5)
    zesde = beoordeeld(wereld, NU + timedelta(hours=1))
    assert geweigerd(lambda: ken_toe(wereld, zesde)) == ["cap_gemeente"]
    zesde = wijs_af(wereld, zesde, gronden=("cap_gemeente",))
    assert (zesde.status, zesde.reservering.status) == ("afgewezen", "vervallen")
    assert (
        wereld.pot().verleend_trajecten == wereld.pot("gemeente", gemeente=NIJMEGEN).verleend_trajecten == 5
    )


def test_t22_vijf_in_behandeling_en_een_zesde(wereld):
    sluit_plaatsen_aan(wereld, 5)
    zesde = beoordeeld(wereld, NU + timedelta(hours=1))
    assert zesde.status == "in_behandeling"
    assert geweigerd(lambda: ken_toe(wereld, zesde)) == ["voorrang"]
    assert Reservering.objects.in_volgorde().count() == 6


def test_t23_de_uwv_route_telt_niet_voor_de_gemeente(wereld):
    verleen_plaatsen(wereld, 5)
    ua = toegekend(wereld, NU + timedelta(hours=1), route="uwv", gemeente=NIJMEGEN)
    assert ua.status == "toegekend"
    assert wereld.pot("gemeente", gemeente=NIJMEGEN).verleend_trajecten == 5
    assert wereld.pot("route", route="uwv").verleend_trajecten == 1
    assert wereld.pot().verleend_trajecten == 6


def test_t24_deelplafond_van_de_gemeenteroute(db):
    wereld = maak_wereld(sub_plafond={"gemeente": 75})
    verleen_plaatsen(wereld, 74, gemeenten=VEEL_GEMEENTEN)
    ga75, ga76 = beoordeeld(wereld, juni(4)), beoordeeld(wereld, juni(5))
    assert geweigerd(lambda: ken_toe(wereld, ga76, juni(6))) == ["voorrang"]
    ken_toe(wereld, ga75, juni(6))
    assert geweigerd(lambda: ken_toe(wereld, ga76, juni(6))) == ["sub_plafond"]
    assert wereld.pot("route", route="gemeente").verleend_trajecten == wereld.pot().verleend_trajecten == 75
    # The pool is not full: an aanvraag of the other route still gets its place.
    assert toegekend(wereld, juni(7), route="uwv").status == "toegekend"


def test_t24_zonder_deelplafond_loopt_de_gemeenteroute_door(wereld):
    verleen_plaatsen(wereld, 75, gemeenten=VEEL_GEMEENTEN)
    assert toegekend(wereld, juni(4)).status == "toegekend"


def test_t25_de_tweehonderdste_en_de_tweehonderdeerste(wereld):
    """One after the other; at the same instant: tests/samen."""
    verleen_plaatsen(wereld, 199, route="uwv")
    een, twee = beoordeeld(wereld, juni(4), route="uwv"), beoordeeld(wereld, juni(5), route="uwv")
    ken_toe(wereld, een, juni(6))
    reden = reden_van(lambda: ken_toe(wereld, twee, juni(6)))
    assert (reden.code, reden.grond) == ("plafond", True)
    assert Reservering.objects.filter(status="verleend").count() == wereld.pot().verleend_trajecten == 200
    regels = Regel.objects.filter(handeling="aanvraag.toekennen").order_by("pk")
    assert [(r.soort, r.dossier_id) for r in regels] == [("handeling", een.pk), ("weigering", twee.pk)]


@pytest.mark.parametrize(
    "schaars",
    [
        pytest.param({"plafond_trajecten": 1}, id="T26 laatste plaats van de regeling"),
        pytest.param({"cap_per_gemeente": 1}, id="T26 laatste plaats van de gemeente"),
        pytest.param({"sub_plafond": {"gemeente": 1}}, id="T26 laatste plaats van de route"),
    ],
)
def test_t26_een_snelle_beoordelaar_gaat_niet_voor(db, schaars):
    wereld = maak_wereld(**schaars)
    eerst = ingediend(wereld, juni(4))
    snel = beoordeeld(wereld, juni(4, 11))
    reden = reden_van(lambda: ken_toe(wereld, snel, juni(4, 12)))
    assert reden.code == "voorrang"
    assert eerst.kenmerk in reden.tekst
    assert vers(snel).status == "in_behandeling"
    assert wereld.pot().verleend_trajecten == 0
    wijs_af(
        wereld,
        beoordeel(wereld, eerst, juni(5), advies="afwijzen", gronden=("algemeen",)),
        gronden=("algemeen",),
    )
    assert ken_toe(wereld, snel, juni(5)).status == "toegekend"


def test_t26_een_andere_gemeente_houdt_niet_op(wereld):
    """A better-ranked one only goes first where it wants the same scarce place."""
    verleen_plaatsen(wereld, 4)
    ingediend(wereld, juni(4), gemeente="0202")
    assert toegekend(wereld, juni(5)).status == "toegekend"


@pytest.mark.parametrize("maak", [ingediend, onvolledig, in_behandeling, beoordeeld])
def test_t31_intrekken_voor_het_besluit_gebruikt_geen_plaats(wereld, maak):
    verleen_plaatsen(wereld, 1)
    aanvraag = trek_in(wereld, maak(wereld))
    assert (aanvraag.status, aanvraag.reservering.status) == ("ingetrokken", "vervallen")
    assert (
        wereld.pot().verleend_trajecten == wereld.pot("gemeente", gemeente=NIJMEGEN).verleend_trajecten == 1
    )
    assert not Besluit.objects.exists()


@pytest.mark.parametrize(
    ("vrijval_bij", "over"),
    [
        pytest.param(["ingetrokken_voor_start"], 4, id="T32 de regeling geeft de plaats vrij"),
        pytest.param(["gegrond_bezwaar_derde"], 5, id="T32 de regeling geeft de plaats niet vrij"),
    ],
)
def test_t32_nooit_gestart_en_ingetrokken(db, vrijval_bij, over):
    wereld = maak_wereld(vrijval_bij=vrijval_bij)
    verleen_plaatsen(wereld, 4)
    vijfde = toegekend(wereld, juni(4))
    zesde = wijs_af(wereld, beoordeel(wereld, ingediend(wereld, juni(5)), juni(5)), gronden=("cap_gemeente",))
    trek_besluit_in(wereld, vijfde, juni(6))
    assert (
        wereld.pot("gemeente", gemeente=NIJMEGEN).verleend_trajecten
        == wereld.pot().verleend_trajecten
        == over
    )
    assert vers(zesde).status == "afgewezen"
    nieuw = beoordeeld(wereld, juni(7))
    if over == 5:
        assert geweigerd(lambda: ken_toe(wereld, nieuw, juni(7))) == ["cap_gemeente"]
    else:
        assert ken_toe(wereld, nieuw, juni(7)).status == "toegekend"


def test_t32_een_ingetrokken_besluit_blijft_staan(wereld):
    aanvraag = besluit_ingetrokken(wereld)
    soorten = list(aanvraag.besluiten.order_by("bekendgemaakt_op", "soort").values_list("soort", flat=True))
    assert sorted(soorten) == ["intrekking", "verlening"]
    assert aanvraag.besluiten.get(soort="intrekking").vorig_besluit.soort == "verlening"
    assert aanvraag.traject.status == "niet_gestart"


def test_t33_gestart_en_gestopt_houdt_de_plaats_bezet(wereld):
    verleen_plaatsen(wereld, 4)
    gestopt(wereld, juni(4))
    assert wereld.pot("gemeente", gemeente=NIJMEGEN).verleend_trajecten == 5
    nieuw = beoordeeld(wereld, NU + timedelta(days=100))
    assert geweigerd(lambda: ken_toe(wereld, nieuw, NU + timedelta(days=101))) == ["cap_gemeente"]


@pytest.mark.parametrize(
    ("gebeurtenis", "over"),
    [
        pytest.param(None, 5, id="T33 vanaf vandaag: de plaats blijft gebruikt"),
        pytest.param(Vrijval.INGETROKKEN_MET_TERUGWERKENDE_KRACHT, 4, id="T33 met terugwerkende kracht"),
        pytest.param(Vrijval.GEGROND_BEZWAAR_DERDE, 5, id="T33 wat de regeling niet noemt geeft niets vrij"),
    ],
)
def test_t33_gestart_en_ingetrokken(wereld, gebeurtenis, over):
    verleen_plaatsen(wereld, 4)
    aanvraag = gestart(wereld, juni(4)).aanvraag
    aanvraag = trek_besluit_in(wereld, aanvraag, juni(20), gebeurtenis=gebeurtenis)
    assert aanvraag.status == "besluit_ingetrokken"
    assert wereld.pot("gemeente", gemeente=NIJMEGEN).verleend_trajecten == over
    brief = aanvraag.brieven.get(besluit__soort="intrekking").gegevens
    assert (brief["werkt_vanaf"] is None) == (gebeurtenis is not None)


def test_t33_gegrond_bezwaar_van_een_ander_geeft_vrij_waar_de_regeling_dat_zegt(db):
    wereld = maak_wereld(vrijval_bij=["gegrond_bezwaar_derde"])
    aanvraag = gestart(wereld, juni(4)).aanvraag
    aanvraag = trek_besluit_in(wereld, aanvraag, juni(20), gebeurtenis=Vrijval.GEGROND_BEZWAAR_DERDE)
    assert aanvraag.reservering.status == "vrijgegeven"
    (grond,) = aanvraag.brieven.get(besluit__soort="intrekking").gegevens["gronden"]
    assert grond["code"] == "gegrond_bezwaar_derde"
    # What is free goes to the next in order.
    assert toegekend(wereld, juni(21)).status == "toegekend"


def test_t33_wat_gestart_is_wordt_niet_voor_de_start_ingetrokken(wereld):
    aanvraag = gestart(wereld, juni(4)).aanvraag
    voor_start = Vrijval.INGETROKKEN_VOOR_START
    assert geweigerd(lambda: trek_besluit_in(wereld, aanvraag, juni(5), gebeurtenis=voor_start)) == [
        "gebeurtenis"
    ]


def test_t36_dezelfde_deelnemer_bij_twee_instellingen(wereld):
    ander = wereld.bij_andere_instelling()
    een = beoordeeld(wereld, juni(4), bsn=bsn(1))
    twee = beoordeeld(ander, juni(5), bsn=bsn(1), gemeente="0202")
    assert een.instelling != twee.instelling
    # Not before the first received was decided upon, and not after it was granted.
    assert geweigerd(lambda: ken_toe(ander, twee, juni(6))) == ["voorrang"]
    ken_toe(wereld, een, juni(6))
    reden = reden_van(lambda: ken_toe(ander, twee, juni(6)))
    assert (reden.code, reden.grond) == ("dubbel_traject", True)
    assert wijs_af(ander, twee, juni(7), gronden=("dubbel_traject",)).status == "afgewezen"


def test_t36_alleen_waarschuwen_als_de_regeling_dat_zegt(db):
    wereld = maak_wereld(dubbel_traject="waarschuw")
    toegekend(wereld, juni(4), bsn=bsn(1))
    assert toegekend(wereld.bij_andere_instelling(), juni(5), bsn=bsn(1)).status == "toegekend"


def test_t37_dubbel_geklikt_is_een_keer_ingediend(wereld):
    aanvraag, sleutel = klaar_om_in_te_dienen(wereld), uuid.uuid4()
    een = dien_in(wereld, aanvraag, juni(4), sleutel=sleutel)
    twee = dien_in(wereld, aanvraag, juni(4, 11), sleutel=sleutel)
    assert (een.pk, een.ontvangen_op) == (twee.pk, twee.ontvangen_op) == (aanvraag.pk, juni(4))
    assert Aanvraag.objects.count() == Deelnemer.objects.count() == Reservering.objects.count() == 1
    assert Brief.objects.filter(titel="Kopie van de aanvraag").count() == 1
    # Without the key it is a second attempt, and refused.
    assert geweigerd(lambda: dien_in(wereld, aanvraag, juni(4, 12))) == ["status"]
