"""Too early, two weeks, a dwangsom by the day, the besluit on it and its payment; who may do what (Awb 4:17, 4:18)."""

from datetime import date, timedelta

import pytest

from aanvragen import dwangsommen
from aanvragen.handelingen import dwangsom, ingebrekestelling
from aanvragen.models import Ingebrekestelling, Ontvangst
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import NU, NU_B, doe, geweigerd, om, vers

EEN_DAG = timedelta(days=1)


def lees(deel: Ingebrekestelling) -> Ingebrekestelling:
    return Ingebrekestelling.objects.get(pk=deel.pk)


def nacht(nu) -> int:
    with klok_op(nu):
        return dwangsommen.werk_bij(nu)


# --- too early or not ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dagen", "status"),
    [(-1, "prematuur"), (0, "prematuur"), (1, "loopt")],
    ids=["dag ervoor", "op de laatste dag", "dag erna"],
)
def test_te_vroeg_tot_en_met_de_laatste_dag(wereld, dagen, status):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    deel = fabriek.stel_in_gebreke(wereld, aanvraag, fabriek.na_de_termijn(aanvraag, dagen))
    assert (deel.status, deel.termijn_tot) == (status, aanvraag.beslis_uiterlijk)
    assert (deel.eerste_dag is None) == (status == "prematuur")


def test_op_de_maandag_waarnaar_de_termijn_schoof_is_het_te_vroeg(wereld):
    """Domain text, 5.1 rule 7: the term ended on Sunday, so on Monday there was still time."""
    zondag = om(date(2019, 6, 9))
    aanvraag = fabriek.ingediend(wereld, zondag, route="uwv")
    assert aanvraag.beslis_uiterlijk == date(2019, 8, 5)  # 4 August is a Sunday
    op_maandag = fabriek.stel_in_gebreke(wereld, aanvraag, om(date(2019, 8, 5)))
    op_dinsdag = fabriek.stel_in_gebreke(wereld, vers(aanvraag), om(date(2019, 8, 6)))
    assert (op_maandag.status, op_dinsdag.status) == ("prematuur", "loopt")


def test_terwijl_de_termijn_stilstaat_is_het_te_vroeg(wereld):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    vlak_ervoor = om(aanvraag.beslis_uiterlijk - timedelta(days=2))
    aanvraag = fabriek.vraag_aanvulling(wereld, aanvraag, vlak_ervoor)
    deel = fabriek.stel_in_gebreke(wereld, aanvraag, fabriek.na_de_termijn(aanvraag))
    assert (deel.status, deel.opgeschort) == ("prematuur", True)


def test_na_de_hersteltermijn_loopt_de_termijn_weer(wereld):
    """Nobody wrote down yet that the aanvulling never came; the days that were left still count."""
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    tot = aanvraag.beslis_uiterlijk
    aanvraag = fabriek.vraag_aanvulling(wereld, aanvraag, om(tot - timedelta(days=2)))
    herstel = aanvraag.hersteltermijn_tot
    te_vroeg = fabriek.stel_in_gebreke(wereld, vers(aanvraag), om(herstel + EEN_DAG))
    te_laat = fabriek.stel_in_gebreke(wereld, vers(aanvraag), om(herstel + timedelta(days=7)))
    assert (te_vroeg.status, te_laat.status) == ("prematuur", "loopt")
    assert te_vroeg.termijn_tot > tot


def test_waarover_niets_te_beslissen_valt_kan_geen_ingebrekestelling(wereld):
    toegekend = fabriek.toegekend(wereld, route="uwv")
    assert geweigerd(lambda: fabriek.stel_in_gebreke(wereld, toegekend, NU + EEN_DAG)) == [
        "niets_te_beslissen"
    ]
    ingetrokken = fabriek.trek_in(wereld, fabriek.ingediend(wereld))
    laat = fabriek.na_de_termijn(ingetrokken)
    assert geweigerd(lambda: fabriek.stel_in_gebreke(wereld, ingetrokken, laat)) == ["niets_te_beslissen"]


def test_een_tegelijk(wereld):
    aanvraag = fabriek.ingediend(wereld)
    fabriek.stel_in_gebreke(wereld, aanvraag)
    later = fabriek.na_de_termijn(aanvraag, 3)
    assert geweigerd(lambda: fabriek.stel_in_gebreke(wereld, vers(aanvraag), later)) == ["loopt_al"]


def test_de_ontvangst_is_bewezen_en_de_brief_noemt_de_dagen(wereld):
    deel = fabriek.in_gebreke_gesteld(wereld, route="uwv")
    brief = deel.aanvraag.brieven.get(sjabloon="ingebrekestelling")
    assert Ontvangst.objects.get(soort="ingebrekestelling").kopie == brief
    assert brief.gegevens["toelichting"] == "Wij wachten op uw besluit."
    assert str(deel.eerste_dag.year) in brief.gegevens["eerste_dag"]
    assert Bericht.objects.filter(soort="ingebrekestelling", rol=Rol.UWV_BESLISSER).exists()


# --- registered by an official ---------------------------------------------------------------------------


def test_per_post_geldt_de_dag_van_ontvangst(wereld):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    ontvangen = aanvraag.beslis_uiterlijk + EEN_DAG
    deel = fabriek.registreer_ingebrekestelling(
        wereld, aanvraag, om(ontvangen + timedelta(days=20)), ontvangen
    )
    assert (deel.ontvangen_op, deel.eerste_dag) == (ontvangen, ontvangen + timedelta(days=15))
    # It was registered late: the dwangsom runs already.
    assert deel.status == "verbeurd"


def test_ook_nog_te_registreren_na_het_besluit(wereld):
    """The letter lay in the post while the besluit was taken: it counts all the same."""
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    ontvangen = aanvraag.beslis_uiterlijk + EEN_DAG
    besluit = ontvangen + timedelta(days=17)
    aanvraag = fabriek.ken_toe(wereld, aanvraag, om(besluit))
    deel = fabriek.registreer_ingebrekestelling(wereld, aanvraag, om(besluit + EEN_DAG), ontvangen)
    assert (deel.status, deel.dagen, deel.bedrag_cent) == ("verbeurd", 2, 4_600)
    assert deel.gestopt_op == besluit


@pytest.mark.parametrize(
    ("over", "codes"),
    [
        ({"ontvangen_op": date(2020, 1, 1)}, ["ontvangen_op"]),
        ({"wijze": "portaal"}, ["wijze"]),
        ({"wijze": "postduif"}, ["wijze"]),
        ({"waarover": "verlenging"}, ["waarover"]),
        ({"ontvangen_op": date(2019, 6, 1)}, ["waarover"]),  # before the aanvraag came in
    ],
)
def test_onmogelijk_te_registreren(wereld, over, codes):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    nu = fabriek.na_de_termijn(aanvraag)
    invoer = {"ontvangen_op": datum_van(nu)} | over
    assert geweigerd(lambda: fabriek.registreer_ingebrekestelling(wereld, aanvraag, nu, **invoer)) == codes
    assert not Ingebrekestelling.objects.exists()


def test_alleen_wie_beslist_registreert(wereld_b):
    aanvraag = fabriek.ingediend(wereld_b, NU_B)
    nu = fabriek.na_de_termijn(aanvraag)
    invoer = {"waarover": "aanvraag", "ontvangen_op": datum_van(nu), "wijze": "post"}
    uwv, vreemd = wereld_b.beoordelaar, wereld_b.van_gemeente(fabriek.ARNHEM, Rol.GEMEENTEMEDEWERKER, nu)
    for actor, code in ((uwv, "niet_aan_u"), (vreemd, "niet_van_u"), (wereld_b.behandelaar, "rol")):
        doen = lambda actor=actor: doe(ingebrekestelling.registreren, aanvraag, actor, nu, **invoer)  # noqa: E731
        assert geweigerd(doen) == [code]


# --- what time makes of it -------------------------------------------------------------------------------


def test_op_tijd_beslist_dan_niets(wereld):
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    deel = fabriek.stel_in_gebreke(wereld, aanvraag)
    fabriek.ken_toe(wereld, vers(aanvraag), om(deel.eerste_dag - EEN_DAG))
    assert nacht(om(deel.eerste_dag)) == 1
    deel = lees(deel)
    assert (deel.status, deel.dagen) == ("op_tijd", None)
    codes = geweigerd(lambda: fabriek.stel_dwangsom_voor(wereld, deel, om(deel.eerste_dag)))
    assert codes == ["status", "op_tijd"]


@pytest.mark.parametrize(
    ("te_laat", "dagen", "euro"),
    [(1, 1, 23), (14, 14, 322), (15, 15, 357), (29, 29, 857), (42, 42, 1442), (60, 42, 1442)],
)
def test_besluit_na_zoveel_dagen(wereld, te_laat, dagen, euro):
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    deel = fabriek.stel_in_gebreke(wereld, aanvraag)
    besluit = om(deel.eerste_dag + timedelta(days=te_laat))
    fabriek.ken_toe(wereld, vers(aanvraag), besluit)
    deel = fabriek.stel_dwangsom_vast(wereld, lees(deel), besluit + EEN_DAG)
    assert (deel.status, deel.dagen, deel.bedrag_cent) == ("vastgesteld", dagen, euro * 100)
    assert deel.besluit.bedrag_cent == deel.besluit.rijk_cent == euro * 100
    assert deel.betaal_uiterlijk >= deel.besluit.dagtekening + timedelta(weeks=6)


def test_de_nacht_telt_en_zegt_wie_er_iets_moet_doen(wereld):
    aanvraag = fabriek.beoordeeld(wereld, route="uwv")
    deel = fabriek.stel_in_gebreke(wereld, aanvraag)
    assert nacht(om(deel.eerste_dag - EEN_DAG)) == 0
    assert nacht(om(deel.eerste_dag)) == 1
    assert nacht(om(deel.eerste_dag)) == 0
    assert lees(deel).status == "verbeurd"
    assert Bericht.objects.filter(soort="dwangsom_loopt", rol=Rol.UWV_BESLISSER).exists()
    # Nobody decides: on the 43rd day it is certain how much it is.
    assert nacht(om(deel.laatste_dag)) == 0
    assert nacht(om(deel.laatste_dag + EEN_DAG)) == 1
    deel = lees(deel)
    assert (deel.dagen, deel.bedrag_cent, deel.gestopt_op) == (42, 144_200, None)
    assert deel.vaststellen_uiterlijk == deel.laatste_dag + timedelta(days=14)
    assert Bericht.objects.filter(soort="dwangsom_vaststellen").exists()


def test_na_dagen_dat_het_programma_uitstond_klopt_het_ook(wereld):
    deel = fabriek.in_gebreke_gesteld(wereld)
    assert nacht(om(deel.laatste_dag + timedelta(days=3))) == 2
    assert lees(deel).bedrag_cent == 144_200


def test_intrekken_van_de_aanvraag_stopt_de_teller(wereld):
    deel = fabriek.in_gebreke_gesteld(wereld)
    dag = deel.eerste_dag + timedelta(days=3)
    fabriek.trek_in(wereld, vers(deel.aanvraag), om(dag))
    deel = fabriek.stel_dwangsom_vast(wereld, lees(deel), om(dag + timedelta(days=9)))
    assert (deel.gestopt_op, deel.dagen, deel.bedrag_cent) == (dag, 3, 6_900)


def test_na_een_dwangsom_over_hetzelfde_besluit_geen_tweede(wereld):
    deel = fabriek.in_gebreke_gesteld(wereld)
    later = om(deel.laatste_dag + timedelta(days=2))
    fabriek.stel_dwangsom_vast(wereld, deel, later)
    codes = geweigerd(lambda: fabriek.stel_in_gebreke(wereld, vers(deel.aanvraag), later + EEN_DAG))
    assert codes == ["al_vastgesteld"]


# --- over something else ---------------------------------------------------------------------------------


def test_over_een_verlenging(wereld):
    verlenging = fabriek.verlenging_gevraagd(wereld, route="uwv")
    aanvraag = verlenging.traject.aanvraag
    op = om(date(2019, 7, 30))  # eight weeks after Monday 3 June is Monday 29 July
    deel = fabriek.stel_in_gebreke(wereld, aanvraag, op, waarover=f"verlenging-{verlenging.pk}")
    assert (deel.over, deel.verlenging, deel.status) == ("verlenging", verlenging, "loopt")
    fabriek.beslis_verlenging(wereld, verlenging, om(deel.eerste_dag + timedelta(days=2)))
    deel = fabriek.stel_dwangsom_vast(wereld, lees(deel), om(deel.eerste_dag + timedelta(days=4)))
    assert (deel.dagen, deel.bedrag_cent) == (2, 4_600)
    # The besluit on the aanvraag is long there: that is not the one that one waited for.
    assert vers(aanvraag).beslist_op < verlenging.gevraagd_op + EEN_DAG


def test_over_de_vaststelling(wereld):
    traject = fabriek.gestopt(wereld, route="uwv")
    later = NU + timedelta(days=91)
    vaststelling = fabriek.stuur_verslag(wereld, traject, later)
    op = om(vaststelling.beslis_uiterlijk + EEN_DAG)
    code = f"vaststelling-{vaststelling.pk}"
    deel = fabriek.stel_in_gebreke(wereld, vers(traject.aanvraag), op, waarover=code)
    besluit = om(deel.eerste_dag + timedelta(days=1))
    fabriek.stel_vast(wereld, fabriek.stel_voor(wereld, vaststelling, besluit), besluit)
    assert fabriek.stel_dwangsom_vast(wereld, lees(deel), besluit).dagen == 1


def test_een_intrekking_stopt_de_teller_van_de_verlenging(wereld):
    verlenging = fabriek.verlenging_gevraagd(wereld, route="uwv")
    aanvraag = verlenging.traject.aanvraag
    deel = fabriek.stel_in_gebreke(
        wereld, aanvraag, om(date(2019, 7, 30)), waarover=f"verlenging-{verlenging.pk}"
    )
    dag = deel.eerste_dag + timedelta(days=2)
    fabriek.trek_besluit_in(wereld, vers(aanvraag), om(dag))
    assert (lees(deel).gestopt_op, lees(deel).besloten_op) == (dag, dag)


def test_over_een_bezwaar_van_de_instelling(wereld):
    """A beslissing op bezwaar may be late too (Awb 7:14)."""
    bezwaar = fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld, route="uwv"))
    laat = om(bezwaar.beslis_uiterlijk + EEN_DAG)
    deel = fabriek.stel_in_gebreke(wereld, vers(bezwaar.aanvraag), laat, waarover=f"bezwaar-{bezwaar.pk}")
    assert (deel.over, deel.bezwaar, deel.status) == ("bezwaar", bezwaar, "loopt")
    # The refusal itself was long there: that is not the beslissing that one waits for.
    assert deel.besloten_op is None


# --- the besluit on it -----------------------------------------------------------------------------------


def test_vier_ogen(wereld):
    deel = fabriek.in_gebreke_gesteld(wereld, route="uwv")
    nu = om(deel.laatste_dag + timedelta(days=2))
    codes = geweigerd(lambda: doe(dwangsom.vaststellen, deel, wereld.beslisser, nu, motivering="x"))
    assert codes == ["status", "niet_voorgesteld"]
    deel = fabriek.stel_dwangsom_voor(wereld, deel, nu)
    zelf = Actor.van(
        Lidmaatschap.objects.create(
            gebruiker=wereld.beoordelaar.persoon, organisatie=wereld.uwv, rol=Rol.UWV_BESLISSER,
            geldig_van=fabriek.LID_VANAF,
        )
    )  # fmt: skip
    assert geweigerd(lambda: doe(dwangsom.vaststellen, deel, zelf, nu, motivering="x")) == ["vier_ogen"]


def test_zolang_de_dwangsom_loopt_is_het_bedrag_niet_zeker(wereld):
    deel = fabriek.in_gebreke_gesteld(wereld)
    tijdens = om(deel.eerste_dag + timedelta(days=5))
    assert geweigerd(lambda: fabriek.stel_dwangsom_voor(wereld, deel, tijdens)) == ["loopt"]
    ervoor = om(deel.eerste_dag - EEN_DAG)
    assert geweigerd(lambda: fabriek.stel_dwangsom_voor(wereld, deel, ervoor)) == ["nog_tijd"]


def test_niets_verschuldigd_met_een_reden_van_de_wet(wereld):
    deel = fabriek.in_gebreke_gesteld(wereld, route="uwv")
    tijdens = om(deel.eerste_dag + timedelta(days=5))
    deel = fabriek.stel_dwangsom_voor(wereld, deel, tijdens, uitzondering="onredelijk_laat")
    codes = geweigerd(lambda: doe(dwangsom.vaststellen, deel, wereld.beslisser, tijdens, motivering="x"))
    assert codes == ["voorstel_anders"]
    deel = fabriek.stel_dwangsom_vast(wereld, deel, tijdens)
    assert (deel.status, deel.besluit.bedrag_cent) == ("niet_verschuldigd", 0)
    brief = deel.besluit.brief.gegevens
    assert brief["bedrag"] == ""
    assert brief["gronden"][0]["bron"] == "Awb artikel 4:17, zesde lid, onder a"


def test_de_brief_telt_voor(wereld):
    deel = fabriek.in_gebreke_gesteld(wereld, route="uwv")
    deel = fabriek.stel_dwangsom_vast(wereld, deel, om(deel.laatste_dag + timedelta(days=2)))
    brief = deel.besluit.brief.gegevens
    assert [deel_["dagen"] for deel_ in brief["dagbedragen"]] == [14, 14, 14]
    assert brief["bedrag"].replace("\xa0", " ") == "€ 1.442,00"
    assert deel.besluit.bezwaar_tot > deel.besluit.dagtekening


def test_de_gemeente_stelt_vast_in_mandaat_en_meldt_de_betaling(wereld_b):
    """The besluit of a gemeente in mandaat is that of who gave it: so is the debt (Awb 10:2)."""
    deel = fabriek.in_gebreke_gesteld(wereld_b, NU_B)
    nu = om(deel.laatste_dag + timedelta(days=2))
    deel = fabriek.stel_dwangsom_vast(wereld_b, deel, nu)
    assert deel.besluit.ondermandaat is not None
    assert (deel.besluit.rijk_cent, deel.besluit.gemeente_cent) == (144_200, 0)
    financien = wereld_b.met(Rol.UWV_FINANCIEN)
    dag = datum_van(nu)
    codes = geweigerd(lambda: doe(dwangsom.betaald_melden, deel, financien, nu, betaald_op=dag))
    assert codes == ["niet_aan_u"]
    assert fabriek.meld_dwangsom_betaald(wereld_b, deel, nu, dag).betaald_op == dag


def test_betaald_op_een_dag_die_kan(wereld):
    deel = fabriek.in_gebreke_gesteld(wereld, route="uwv")
    nu = om(deel.laatste_dag + timedelta(days=2))
    deel = fabriek.stel_dwangsom_vast(wereld, deel, nu)
    dag = datum_van(nu)
    for fout in (dag - EEN_DAG, dag + EEN_DAG):
        assert geweigerd(lambda fout=fout: fabriek.meld_dwangsom_betaald(wereld, deel, nu, fout)) == [
            "betaald_op"
        ]
    deel = fabriek.meld_dwangsom_betaald(wereld, deel, nu, dag)
    assert geweigerd(lambda: fabriek.meld_dwangsom_betaald(wereld, deel, nu, dag)) == ["al_betaald"]
