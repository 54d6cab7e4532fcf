"""T28, T29 and T34: equals draw lots, who does not fit is skipped or stops the rest, and a bezwaar that was right."""

from datetime import UTC, date, datetime

import pytest

from aanvragen.handelingen import beslissen
from aanvragen.handelingen.bezwaar import beslissen as bezwaar_beslissen
from aanvragen.models import Traject
from aanvragen.web.behandeling.stand import boven_de_grens
from budget.handelingen import loting, plafond
from budget.models import Boeking, Loting, Uitzondering
from budget.regels.loting import volgorde
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.rollen import Rol
from tests.fabriek import (
    LID_VANAF,
    NIJMEGEN,
    afgewezen,
    beoordeel,
    beoordeeld,
    doe,
    geweigerd,
    ingediend,
    ken_alsnog_toe,
    ken_toe,
    maak_bezwaar,
    maak_wereld,
    start,
    stel_alsnog_voor,
    stel_beslissing_voor,
    stop,
    toegekend,
    trek_besluit_in,
    trek_toestemming_in,
    verleen_plaatsen,
    vers,
    wijs_af,
)

pytestmark = pytest.mark.django_db


def juni(dag, uur=10):
    return datetime(2019, 6, dag, uur, tzinfo=UTC)


# --- T28 -----------------------------------------------------------------------------------------------


def bereid_voor(wereld, rang_op, nu, *, door=None):
    return doe(
        loting.voorbereiden, None, door or wereld.beoordelaar, nu, regeling=wereld.regeling, rang_op=rang_op
    )


def trek(wereld, rang_op, nu):
    doe(loting.trekken, bereid_voor(wereld, rang_op, nu), wereld.beslisser, nu)
    return Loting.objects.get()


def test_t28_op_hetzelfde_moment_beslist_het_lot(db):
    wereld = maak_wereld(plafond_trajecten=1)
    twee = {a.kenmerk: a for a in (beoordeeld(wereld, juni(4)), beoordeeld(wereld, juni(4)))}
    for kenmerk, aanvraag in twee.items():
        with pytest.raises(HandelingGeweigerd) as weigering:
            ken_toe(wereld, aanvraag, juni(5))
        (reden,) = weigering.value.redenen
        (ander,) = set(twee) - {kenmerk}
        assert (reden.code, reden.grond) == ("loting", False)
        assert ander in reden.tekst
    getrokken = trek(wereld, juni(4), juni(5))
    assert getrokken.uitslag == volgorde(getrokken.zaad, sorted(twee))
    assert {getrokken.voorbereid_door, getrokken.getrokken_door} == {
        wereld.beoordelaar.persoon,
        wereld.beslisser.persoon,
    }
    eerste, laatste = (vers(twee[kenmerk]) for kenmerk in getrokken.uitslag)
    assert geweigerd(lambda: ken_toe(wereld, laatste, juni(6))) == ["voorrang"]
    assert ken_toe(wereld, eerste, juni(6)).status == "toegekend"
    assert geweigerd(lambda: ken_toe(wereld, vers(laatste), juni(6))) == ["plafond"]
    regels = Regel.objects.filter(handeling__startswith="loting.", soort=Soort.HANDELING).order_by("pk")
    assert [regel.handeling for regel in regels] == ["loting.voorbereiden", "loting.trekken"]


def test_t28_een_mens_loot_niet_alleen(db):
    wereld = maak_wereld(plafond_trajecten=1)
    beoordeeld(wereld, juni(4)), beoordeeld(wereld, juni(4))
    een = bereid_voor(wereld, juni(4), juni(5), door=wereld.beslisser)
    assert geweigerd(lambda: doe(loting.trekken, een, wereld.beslisser, juni(5))) == ["vier_ogen"]


def test_t28_zonder_schaarste_is_er_niets_te_loten(wereld):
    een, twee = beoordeeld(wereld, juni(4)), beoordeeld(wereld, juni(4))
    assert [ken_toe(wereld, a, juni(5)).status for a in (een, twee)] == ["toegekend"] * 2


def test_t28_loten_tussen_wie_op_een_dag_binnenkwam(db):
    """`gelijke_rang = "loting"`: within a day the hour says nothing."""
    wereld = maak_wereld(plafond_trajecten=1, gelijke_rang="loting")
    vroeg, laat = beoordeeld(wereld, juni(4, 8)), beoordeeld(wereld, juni(4, 15))
    assert vroeg.reservering.rang_op == laat.reservering.rang_op
    assert geweigerd(lambda: ken_toe(wereld, vroeg, juni(5))) == ["loting"]
    getrokken = trek(wereld, vroeg.reservering.rang_op, juni(5))
    winnaar = next(a for a in (vroeg, laat) if a.kenmerk == getrokken.uitslag[0])
    assert ken_toe(wereld, vers(winnaar), juni(6)).status == "toegekend"


# --- T29 -----------------------------------------------------------------------------------------------


def wereld_met_vijfduizend_euro(beleid):
    """€ 5.000 left: too little for the UWV route (€ 8.000), enough for the gemeente route (€ 4.000)."""
    wereld = maak_wereld(juni(1), niet_passend_beleid=beleid)
    doe(
        plafond.wijzigen, None, wereld.met(Rol.UWV_FINANCIEN), juni(2), regeling=wereld.regeling,
        grenzen={"plafond_bedrag_cent": 500_000}, gepubliceerd_op=date(2019, 6, 2), bron="Stcrt. 2019, 1",
        reden="Er is niet meer geld.",
    )  # fmt: skip
    return wereld, beoordeeld(wereld, juni(4), route="uwv"), beoordeeld(wereld, juni(5))


def test_t29_overslaan(db):
    wereld, groot, klein = wereld_met_vijfduizend_euro("overslaan")
    assert geweigerd(lambda: ken_toe(wereld, groot, juni(6))) == ["plafond"]
    wijs_af(wereld, vers(groot), juni(6), gronden=("plafond",))
    assert ken_toe(wereld, klein, juni(7)).status == "toegekend"
    assert wereld.pot().vrij_cent == 100_000


def test_t29_overslaan_wacht_niet_op_wie_toch_niet_past(db):
    wereld, groot, klein = wereld_met_vijfduizend_euro("overslaan")
    assert ken_toe(wereld, klein, juni(6)).status == "toegekend"
    assert geweigerd(lambda: ken_toe(wereld, groot, juni(6))) == ["plafond"]


def test_t29_stoppen(db):
    wereld, groot, klein = wereld_met_vijfduizend_euro("stoppen")
    assert geweigerd(lambda: ken_toe(wereld, klein, juni(6))) == ["voorrang"]
    wijs_af(wereld, vers(groot), juni(6), gronden=("plafond",))
    assert geweigerd(lambda: ken_toe(wereld, klein, juni(7))) == ["plafond"]
    assert wereld.pot().vrij_cent == 500_000


def test_t29_stoppen_alleen_na_een_weigering_op_schaarste(db):
    wereld, groot, klein = wereld_met_vijfduizend_euro("stoppen")
    wijs_af(wereld, groot, juni(6), gronden=("niet_in_doelgroep",))
    assert ken_toe(wereld, klein, juni(7)).status == "toegekend"


# --- T34 -----------------------------------------------------------------------------------------------


def zesde_van_nijmegen(wereld):
    """Refused on the cap; five were granted, of which (as the bezwaar shows) one should not have counted."""
    verleen_plaatsen(wereld, 5, nu=juni(1))
    return wijs_af(wereld, beoordeeld(wereld, juni(3)), juni(4), gronden=("cap_gemeente",))


def test_t34_alsnog_toegekend_boven_de_cap(wereld):
    for rol in (Rol.UWV_FINANCIEN, Rol.MINISTERIE):
        wereld.met(rol)
    zesde = zesde_van_nijmegen(wereld)
    assert zesde.toestemmingen.get().status == "verlopen"
    zesde = ken_alsnog_toe(wereld, stel_alsnog_voor(wereld, zesde, juni(20)), juni(21))
    assert (zesde.status, zesde.reservering.status, zesde.traject.status) == (
        "toegekend", "verleend", "gepland",
    )  # fmt: skip
    pot = wereld.pot("gemeente", gemeente=NIJMEGEN)
    assert (pot.verleend_trajecten, pot.vrij_trajecten, pot.uitzondering_trajecten) == (6, -1, 1)
    assert wereld.pot().verleend_trajecten == 6
    assert wereld.pot().uitzondering_trajecten == 0
    besluit = zesde.besluiten.get(soort="verlening")
    assert besluit.vorig_besluit == zesde.besluiten.get(soort="afwijzing")
    assert (besluit.bedrag_cent, besluit.maanden) == (800_000, 24)
    # Neither of the two had a hand in the refusal (Awb 7:5, 10:3).
    assert (besluit.opsteller, besluit.ondertekenaar) == (
        wereld.collega(wereld.beoordelaar).persoon,
        wereld.collega(wereld.beslisser).persoon,
    )
    assert zesde.toestemmingen.get().status == "ingelost"
    # Nobody else gets a place by it.
    assert geweigerd(lambda: ken_toe(wereld, beoordeeld(wereld, juni(22)), juni(22))) == ["cap_gemeente"]


def test_t34_de_brief_zegt_wat_hij_vervangt(wereld):
    zesde = ken_alsnog_toe(wereld, zesde_van_nijmegen(wereld), juni(20))
    brief = zesde.brieven.get(besluit__soort="verlening")
    assert brief.gegevens["bezwaar"] == {
        "afgewezen_op": "4\xa0juni\xa02019", "gegrond_op": "20\xa0juni\xa02019",
        "kenmerk": zesde.bezwaren.get().kenmerk,
    }  # fmt: skip
    assert "gemeente Nijmegen van 03-06-2019" in brief.gegevens["toestemming"]


def test_t34_wie_het_hoort(wereld):
    for rol in (Rol.UWV_FINANCIEN, Rol.MINISTERIE):
        wereld.met(rol)
    ken_alsnog_toe(wereld, zesde_van_nijmegen(wereld), juni(20))
    alarm = Bericht.objects.filter(soort="boven_de_grens")
    assert {b.rol for b in alarm} == {Rol.UWV_FINANCIEN, Rol.UWV_BESLISSER, Rol.MINISTERIE}
    assert {b.pad for b in alarm} == {"/budget/"}
    assert {b.titel for b in alarm} == {
        "Na een gegrond bezwaar is meer toegekend dan de grens: gemeente Nijmegen"
    }
    overig = Bericht.objects.filter(soort__startswith="alsnog")
    assert {(b.soort, b.rol) for b in overig} == {
        *(("alsnog_toegekend", rol) for rol in (Rol.BEHANDELAAR, Rol.INSTELLINGSBEHEERDER)),
        *(("alsnog_toegekend", rol) for rol in (Rol.GEMEENTEMEDEWERKER, Rol.GEMEENTEBESLISSER)),
    }


def test_t34_het_grootboek_noemt_de_uitzondering(wereld):
    zesde = ken_alsnog_toe(wereld, zesde_van_nijmegen(wereld), juni(20))
    boeking = Boeking.objects.get(soort="uitzondering")
    assert (boeking.kenmerk, boeking.handeling) == (zesde.kenmerk, "bezwaar.beslissen")
    assert (boeking.door, boeking.trajecten, boeking.pot) == (
        wereld.collega(wereld.beslisser).persoon, 1, wereld.pot("gemeente", gemeente=NIJMEGEN),
    )  # fmt: skip
    wie = ("bezwaar.voorstellen", "bezwaar.beslissen")
    regels = Regel.objects.filter(dossier_id=zesde.pk, handeling__in=wie).order_by("pk")
    assert [(r.handeling, r.gebruiker) for r in regels] == [
        ("bezwaar.voorstellen", wereld.collega(wereld.beoordelaar).persoon),
        ("bezwaar.beslissen", wereld.collega(wereld.beslisser).persoon),
    ]


def test_t34_waar_plaats_is_gaat_niets_boven_de_grens(wereld):
    """A gegrond bezwaar against another ground: granted within the pots, and nobody is alarmed."""
    aanvraag = ken_alsnog_toe(wereld, afgewezen(wereld, juni(3), route="uwv"), juni(20))
    assert aanvraag.status == "toegekend"
    assert wereld.pot().verleend_trajecten == 1
    assert not Boeking.objects.filter(soort="uitzondering").exists()
    assert not Bericht.objects.filter(soort="boven_de_grens").exists()


def test_t34_ook_boven_het_plafond_van_de_regeling(db):
    wereld = maak_wereld(plafond_trajecten=1)
    toegekend(wereld, juni(2), route="uwv")
    aanvraag = beoordeeld(wereld, juni(3), route="uwv")
    aanvraag = wijs_af(wereld, aanvraag, juni(4), gronden=("plafond",))
    assert ken_alsnog_toe(wereld, aanvraag, juni(20)).status == "toegekend"
    assert (wereld.pot().verleend_trajecten, wereld.pot().vrij_trajecten) == (2, -1)


def verlaag(wereld, trajecten, nu):
    doe(
        plafond.wijzigen, None, wereld.met(Rol.UWV_FINANCIEN), nu, regeling=wereld.regeling,
        grenzen={"plafond_trajecten": trajecten}, gepubliceerd_op=datum_van(nu), bron="Stcrt. 2019, 1",
        reden="Er is minder geld.",
    )  # fmt: skip


def test_t34_na_een_verlaging_houdt_een_oude_aanvraag_haar_grens(db):
    """Received before the limit was lowered: the older limit leaves room, so nothing goes beyond it (Awb 4:27)."""
    wereld = maak_wereld(plafond_trajecten=3)
    toegekend(wereld, juni(2), route="uwv")
    aanvraag = afgewezen(wereld, juni(3), route="uwv")
    verlaag(wereld, 1, juni(6))
    assert boven_de_grens(aanvraag) == []
    assert ken_alsnog_toe(wereld, aanvraag, juni(20)).status == "toegekend"
    assert (wereld.pot().vrij_trajecten, wereld.pot().uitzondering_trajecten) == (-1, 0)
    assert not Boeking.objects.filter(soort="uitzondering").exists()
    assert not Bericht.objects.filter(soort="boven_de_grens").exists()


def test_t34_na_een_verlaging_gaat_ook_een_oude_aanvraag_boven_haar_eigen_grens(db):
    wereld = maak_wereld(plafond_trajecten=3)
    for rol in (Rol.UWV_FINANCIEN, Rol.MINISTERIE):
        wereld.met(rol)
    aanvraag = afgewezen(wereld, juni(2), route="uwv")
    for dag in (2, 3):
        toegekend(wereld, juni(dag), route="uwv")
    derde = beoordeeld(wereld, juni(4), route="uwv")
    verlaag(wereld, 2, juni(6))
    assert ken_toe(wereld, derde, juni(7)).status == "toegekend"
    [waarschuwing] = boven_de_grens(aanvraag)
    assert "Hele regeling" in waarschuwing.tekst
    ken_alsnog_toe(wereld, aanvraag, juni(20))
    assert wereld.pot().uitzondering_trajecten == 1
    assert "hele regeling" in Bericht.objects.filter(soort="boven_de_grens")[0].titel


def test_na_intrekken_valt_er_niets_meer_te_stoppen(wereld):
    aanvraag = toegekend(wereld, juni(3), route="uwv")
    deel = start(wereld, aanvraag, juni(5))
    trek_besluit_in(wereld, vers(aanvraag), juni(25))
    deel = Traject.objects.get(pk=deel.pk)
    assert geweigerd(lambda: stop(wereld, deel, juni(26))) == ["besluit_ingetrokken"]


def test_t34_daarna_kan_het_besluit_worden_ingetrokken(wereld):
    aanvraag = ken_alsnog_toe(wereld, zesde_van_nijmegen(wereld), juni(20))
    aanvraag = trek_besluit_in(wereld, aanvraag, juni(25))
    assert (aanvraag.status, aanvraag.reservering.status) == ("besluit_ingetrokken", "vrijgegeven")
    assert wereld.pot("gemeente", gemeente=NIJMEGEN).verleend_trajecten == 5


def test_t34_niet_zonder_voorstel_en_niet_alleen(wereld):
    zesde = zesde_van_nijmegen(wereld)
    ander = wereld.collega(wereld.beslisser)
    bezwaar = maak_bezwaar(wereld, zesde, juni(20))
    codes = geweigerd(lambda: doe(bezwaar_beslissen.beslissen, bezwaar, ander, juni(20), motivering="x"))
    assert codes == ["status"]
    zesde = stel_alsnog_voor(wereld, zesde, juni(20))
    bezwaar = zesde.bezwaren.get()
    zelf = Actor.van(
        Lidmaatschap.objects.create(
            gebruiker=bezwaar.opsteller, organisatie=wereld.uwv, rol=Rol.UWV_BESLISSER, geldig_van=LID_VANAF
        )
    )
    codes = geweigerd(lambda: doe(bezwaar_beslissen.beslissen, bezwaar, zelf, juni(20), motivering="x"))
    assert codes == ["vier_ogen"]
    assert vers(zesde).status == "afgewezen"
    assert not Uitzondering.objects.exists()
    assert not Boeking.objects.filter(soort="uitzondering").exists()
    # Nor does he withdraw afterwards what he proposed.
    zesde = ken_alsnog_toe(wereld, vers(zesde), juni(21))
    codes = geweigerd(lambda: doe(beslissen.besluit_intrekken, zesde, zelf, juni(22), motivering="x"))
    assert "vier_ogen" in codes


def test_t34_ingetrokken_toestemming_herleeft_niet(wereld):
    """The gemeente pays half: what she had withdrawn before the refusal does not come back by the bezwaar."""
    aanvraag = trek_toestemming_in(wereld, ingediend(wereld, juni(3)), juni(3, 12))
    aanvraag = beoordeel(wereld, aanvraag, juni(4), advies="afwijzen", gronden=("algemeen",))
    aanvraag = wijs_af(wereld, aanvraag, juni(4), gronden=("algemeen",))
    assert geweigerd(lambda: stel_alsnog_voor(wereld, aanvraag, juni(20))) == ["geen_toestemming"]


def test_t34_alleen_na_een_afwijzing(wereld):
    aanvraag = toegekend(wereld, juni(3), route="uwv")
    assert geweigerd(lambda: stel_alsnog_voor(wereld, aanvraag, juni(20))) == ["gevolg"]


def test_t34_een_persoon_krijgt_er_geen_tweede_traject_door(wereld):
    een = afgewezen(wereld, juni(3), bsn="999900006")
    toegekend(wereld.bij_andere_instelling(), juni(5), bsn="999900006", gemeente="0202")
    assert geweigerd(lambda: ken_alsnog_toe(wereld, een, juni(20))) == ["dubbel_traject"]
    assert vers(een).status == "afgewezen"
    assert vers(een).toestemmingen.get().status == "verlopen"


def test_t34_een_voorstel_is_te_verbeteren(wereld):
    """A typing error must not end in the letter; the last proposal counts, with who made it."""
    aanvraag = stel_alsnog_voor(wereld, afgewezen(wereld, juni(3), route="uwv"), juni(19))
    stel_beslissing_voor(
        wereld, aanvraag.bezwaren.get(), juni(20), gevolg="alsnog_toekennen", motivering="Beter."
    )
    aanvraag = ken_alsnog_toe(wereld, vers(aanvraag), juni(21))
    assert aanvraag.besluiten.get(soort="verlening").motivering.startswith("Een van de vijf")
    assert aanvraag.reservering.uitzonderingen.get().voorgesteld_op == juni(20)
