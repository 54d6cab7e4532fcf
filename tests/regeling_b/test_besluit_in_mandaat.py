"""Scheme B from part 1 to part 3: the gemeente treats, UWV holds the budget, the college decides in mandaat."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from aanvragen.handelingen import beslissen, budget_vragen, doorzenden, ondertekenen
from aanvragen.handelingen.bezwaar import beslissen as beslis_op_bezwaar
from aanvragen.models import Aanvraag, Besluit, Doorzending, Traject
from aanvragen.regels.statussen import AanvraagStatus
from budget.models import Reservering, ReserveringStatus
from gemeenten.models import Mandaat, Ondermandaat
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import ARNHEM, NIJMEGEN, NU_B, doe, geweigerd, vers

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld():
    return fabriek.maak_wereld_b()


def test_van_deel_1_tot_het_besluit(wereld):
    aanvraag = fabriek.toegekend(wereld, NU_B, doelgroep="EPA", gewenste_start=date(2022, 1, 1))
    besluit = Besluit.objects.get(aanvraag=aanvraag, soort="verlening")
    assert (besluit.bedrag_cent, besluit.maanden) == (1_200_000, 36)
    assert aanvraag.reservering.status == ReserveringStatus.VERLEEND
    assert Traject.objects.get(aanvraag=aanvraag).vroegste_start == date(2022, 1, 1)
    # T84: Minister, college, functionaris, in that order.
    onder = besluit.brief.gegevens["ondertekening"]
    assert onder["namens"] == "De Minister,"
    assert onder["lijnen"] == [
        "namens deze,", "het college van burgemeester en wethouders van Nijmegen,", "namens dit college,",
    ]  # fmt: skip
    assert onder["functie"] == "Klantmanager IPS"
    assert besluit.brief.gegevens["rechtsmiddelen"]["bezwaar_bij"]["naam"].startswith("Minister")


def test_t75_zonder_antwoord_van_uwv_geen_toekenning(wereld):
    aanvraag = fabriek.beoordeeld(wereld, NU_B)
    beslisser = wereld.besluitnemer(aanvraag, NU_B)
    assert geweigerd(lambda: doe(beslissen.toekennen, aanvraag, beslisser, NU_B, motivering="x")) == [
        "geen_budget_gevraagd"
    ]
    aanvraag = fabriek.vraag_budget(wereld, aanvraag, NU_B)
    assert geweigerd(lambda: doe(beslissen.toekennen, aanvraag, beslisser, NU_B, motivering="x")) == [
        "status",
        "geen_budget_gevraagd",
    ]


def test_t76_geen_budget_wordt_een_afwijzing_met_rechtsmiddelen():
    wereld = fabriek.maak_wereld_b(tijdvakplafond={"2023": 1_600_000})
    fabriek.toegekend(wereld, NU_B, doelgroep="EPA")
    aanvraag = fabriek.budget_gevraagd(wereld, NU_B)
    uwv = wereld.met(Rol.UWV_FINANCIEN)
    assert geweigerd(lambda: doe(budget_vragen.reserveren, aanvraag, uwv, NU_B)) == ["plafond"]
    doe(budget_vragen.weigeren, aanvraag, uwv, NU_B)
    aanvraag = vers(aanvraag)
    assert aanvraag.status == AanvraagStatus.GEEN_BUDGET
    beslisser = wereld.besluitnemer(aanvraag, NU_B)
    assert (
        geweigerd(lambda: doe(beslissen.toekennen, aanvraag, beslisser, NU_B, motivering="x"))[0] == "status"
    )
    aanvraag = fabriek.wijs_af(wereld, aanvraag, NU_B, gronden=("plafond",))
    besluit = Besluit.objects.get(aanvraag=aanvraag)
    assert (besluit.soort, besluit.gronden) == ("afwijzing", ["plafond"])
    assert besluit.brief.gegevens["rechtsmiddelen"]["laatste_dag"]
    assert aanvraag.reservering.status == ReserveringStatus.VERVALLEN


def test_uwv_zegt_niet_dat_er_geen_budget_is_zolang_er_budget_is(wereld):
    aanvraag = fabriek.budget_gevraagd(wereld, NU_B)
    assert geweigerd(lambda: doe(budget_vragen.weigeren, aanvraag, wereld.met(Rol.UWV_FINANCIEN), NU_B)) == [
        "niet_vol"
    ]
    assert vers(aanvraag).status == AanvraagStatus.BUDGET_GEVRAAGD


def test_t29_wie_niet_past_houdt_een_kleiner_traject_niet_op():
    wereld = fabriek.maak_wereld_b(tijdvakplafond={"2023": 900_000})
    groot = fabriek.budget_gevraagd(wereld, NU_B, doelgroep="EPA")
    klein = fabriek.budget_gevraagd(wereld, NU_B + timedelta(hours=1))
    uwv = wereld.met(Rol.UWV_FINANCIEN)
    assert geweigerd(lambda: doe(budget_vragen.reserveren, groot, uwv, NU_B + timedelta(hours=2))) == [
        "plafond"
    ]
    doe(budget_vragen.reserveren, klein, uwv, NU_B + timedelta(hours=2))
    assert vers(klein).reservering.status == ReserveringStatus.GERESERVEERD


def test_een_verlopen_reservering_geeft_geen_plaats_en_komt_vrij(wereld):
    aanvraag = fabriek.budget_gereserveerd(wereld, NU_B)
    rang = aanvraag.reservering.rang_op
    laatste = datum_van(NU_B) + timedelta(days=28)
    beslisser = wereld.besluitnemer(aanvraag, NU_B)
    op_tijd, te_laat = NU_B + timedelta(days=28), NU_B + timedelta(days=29)
    assert datum_van(aanvraag.reservering.gereserveerd_tot) == laatste + timedelta(days=1)
    assert geweigerd(lambda: doe(budget_vragen.laten_verlopen, aanvraag, Actor.systeem(), op_tijd)) == [
        "geldt_nog"
    ]
    assert geweigerd(lambda: doe(beslissen.toekennen, aanvraag, beslisser, te_laat, motivering="x")) == [
        "reservering_verlopen"
    ]
    doe(budget_vragen.laten_verlopen, aanvraag, Actor.systeem(), te_laat)
    aanvraag = vers(aanvraag)
    assert aanvraag.status == AanvraagStatus.IN_BEHANDELING
    assert (aanvraag.reservering.status, aanvraag.reservering.rang_op) == (
        ReserveringStatus.IN_VOLGORDE,
        rang,
    )
    assert wereld.pot().gereserveerd_cent == 0
    # Asked again, and decided in time.
    aanvraag = fabriek.ken_toe(wereld, fabriek.reserveer_budget(wereld, aanvraag, te_laat), te_laat)
    assert aanvraag.status == AanvraagStatus.TOEGEKEND


def test_ook_de_databank_kent_een_verlopen_reservering(wereld):
    aanvraag = fabriek.budget_gereserveerd(wereld, NU_B)
    with pytest.raises(IntegrityError, match="verlopen"), transaction.atomic():
        Reservering.objects.filter(pk=aanvraag.reservering_id).update(
            status="verleend", verleend_op=NU_B + timedelta(days=40)
        )


def test_doorzenden_houdt_de_eerste_ontvangst(wereld):
    aanvraag = fabriek.beoordeeld(wereld, NU_B)
    eerst = wereld.voorbereider(aanvraag, NU_B)
    ontvangen, rang, uiterlijk = (
        aanvraag.ontvangen_op,
        aanvraag.reservering.rang_op,
        aanvraag.beslis_uiterlijk,
    )
    doe(
        doorzenden.doorzenden, aanvraag, eerst, NU_B + timedelta(days=2),
        gemeente=wereld.gemeente(ARNHEM), reden="De deelnemer is ingeschreven in Arnhem.",
    )  # fmt: skip
    aanvraag = vers(aanvraag)
    assert (aanvraag.status, aanvraag.gemeente.code) == (AanvraagStatus.INGEDIEND, ARNHEM)
    assert (aanvraag.ontvangen_op, aanvraag.reservering.rang_op) == (ontvangen, rang)
    assert (aanvraag.beslis_uiterlijk, aanvraag.reservering.gemeente.code) == (uiterlijk, ARNHEM)
    assert ondertekenen.geldige_handtekening(aanvraag) is not None
    with klok_op(NU_B + timedelta(days=2)):
        assert not Aanvraag.objects.zichtbaar_voor(eerst).filter(pk=aanvraag.pk).exists()
        assert (
            Aanvraag.objects.zichtbaar_voor(wereld.van_gemeente(ARNHEM, nu=NU_B))
            .filter(pk=aanvraag.pk)
            .exists()
        )
    assert fabriek.ken_toe(wereld, aanvraag, NU_B + timedelta(days=3)).status == AanvraagStatus.TOEGEKEND
    assert Doorzending.objects.get().van.code == NIJMEGEN


@pytest.mark.parametrize(
    ("gemeente", "reden", "code"),
    [(NIJMEGEN, "x", "gemeente"), (ARNHEM, " ", "reden"), ("0003", "x", "gemeente")],
    ids=["dezelfde", "zonder reden", "opgeheven"],
)
def test_niet_zomaar_doorzenden(wereld, gemeente, reden, code):
    aanvraag = fabriek.ingediend(wereld, NU_B)
    wie = wereld.voorbereider(aanvraag, NU_B)
    assert geweigerd(
        lambda: doe(
            doorzenden.doorzenden, aanvraag, wie, NU_B, gemeente=wereld.gemeente(gemeente), reden=reden
        )
    ) == [code]
    assert vers(aanvraag).gemeente.code == NIJMEGEN


@pytest.mark.parametrize(
    ("wat", "van", "tot"),
    [
        ("morgen", timedelta(days=1), None),
        ("tot vandaag", -timedelta(days=100), timedelta(days=0)),
    ],
)
def test_t82_een_mandaat_dat_vandaag_niet_geldt(wereld, wat, van, tot):
    aanvraag = fabriek.budget_gereserveerd(wereld, NU_B)
    dag = datum_van(NU_B)
    einde = dag + tot if tot is not None else None
    Mandaat.objects.filter(gemeente__code=NIJMEGEN).update(geldig_van=dag + van, geldig_tot=einde)
    beslisser = wereld.besluitnemer(aanvraag, NU_B)
    assert geweigerd(lambda: doe(beslissen.toekennen, aanvraag, beslisser, NU_B, motivering="x")) == [
        "geen_mandaat"
    ]
    assert geweigerd(
        lambda: doe(beslissen.afwijzen, aanvraag, beslisser, NU_B, motivering="x", gronden=["algemeen"])
    ) == ["geen_mandaat"]
    assert vers(aanvraag).status == AanvraagStatus.BUDGET_GERESERVEERD
    assert not Besluit.objects.filter(aanvraag=aanvraag).exists()


def test_een_ondermandaat_op_naam_is_niet_voor_een_ander(wereld):
    aanvraag = fabriek.budget_gereserveerd(wereld, NU_B)
    Ondermandaat.objects.filter(mandaat__gemeente__code=NIJMEGEN).update(
        gebruiker=wereld.voorbereider(aanvraag, NU_B).gebruiker
    )
    beslisser = wereld.besluitnemer(aanvraag, NU_B)
    assert geweigerd(lambda: doe(beslissen.toekennen, aanvraag, beslisser, NU_B, motivering="x")) == [
        "geen_mandaat"
    ]


def test_de_databank_weigert_een_besluit_zonder_mandaat(wereld):
    aanvraag = fabriek.toegekend(wereld, NU_B)
    besluit = Besluit.objects.get(aanvraag=aanvraag)
    velden = {v.attname: getattr(besluit, v.attname) for v in Besluit._meta.concrete_fields if v.name != "id"}
    for ondermandaat in (None, Ondermandaat.objects.get(mandaat__gemeente__code=ARNHEM).pk):
        nieuw = velden | {"soort": "verlenging_afgewezen", "ondermandaat_id": ondermandaat}
        with pytest.raises(IntegrityError, match="geen mandaat"), transaction.atomic():
            Besluit.objects.bulk_create([Besluit(**nieuw)])


def test_in_regeling_a_tekent_niemand_in_mandaat():
    wereld = fabriek.maak_wereld()
    besluit = Besluit.objects.get(aanvraag=fabriek.toegekend(wereld))
    assert besluit.ondermandaat is None
    assert besluit.brief.gegevens["ondertekening"]["lijnen"] == []


def test_t49_zonder_handtekening_naar_een_hersteltermijn(wereld):
    aanvraag = fabriek.vul_in(wereld, fabriek.concept(wereld, NU_B), fabriek.invoer(wereld, nu=NU_B), NU_B)
    assert geweigerd(lambda: fabriek.dien_in(wereld, aanvraag, NU_B)) == ["handtekening"]
    aanvraag = fabriek.dien_in(wereld, aanvraag, NU_B, handtekening_volgt=True)
    assert geweigerd(lambda: fabriek.neem_in_behandeling(wereld, aanvraag, NU_B)) == ["niet_ondertekend"]
    aanvraag = fabriek.vraag_aanvulling(
        wereld, aanvraag, NU_B, vraag="De handtekening van de deelnemer ontbreekt."
    )
    assert aanvraag.status == AanvraagStatus.ONVOLLEDIG
    assert geweigerd(lambda: fabriek.dien_aanvulling_in(wereld, aanvraag, NU_B)) == ["handtekening"]
    # Signed after all: complete from then on.
    later = NU_B + timedelta(days=4)
    aangevuld = fabriek.dien_aanvulling_in(wereld, fabriek.onderteken(wereld, aanvraag, later), later)
    assert (aangevuld.status, aangevuld.reservering.rang_op) == (AanvraagStatus.INGEDIEND, later)


def test_t49_komt_de_handtekening_niet_dan_buiten_behandeling(wereld):
    aanvraag = fabriek.vul_in(wereld, fabriek.concept(wereld, NU_B), fabriek.invoer(wereld, nu=NU_B), NU_B)
    aanvraag = fabriek.dien_in(wereld, aanvraag, NU_B, handtekening_volgt=True)
    aanvraag = fabriek.vraag_aanvulling(wereld, aanvraag, NU_B)
    aanvraag = fabriek.laat_buiten_behandeling(wereld, aanvraag, NU_B + timedelta(days=15))
    assert aanvraag.status == AanvraagStatus.BUITEN_BEHANDELING
    assert Besluit.objects.get(aanvraag=aanvraag).ondermandaat is not None


def test_een_verband_beslist_voor_een_gemeente_en_niet_voor_een_andere(wereld):
    """Druten has her IPS done by the WerkBedrijf; Arnhem has not (T85; membership and mandaat both on the day)."""
    druten = fabriek.toegekend(wereld, NU_B, gemeente="0225")
    verband = wereld.besluitnemer(druten, NU_B)
    besluit = Besluit.objects.get(aanvraag=druten)
    assert besluit.brief.gegevens["ondertekening"]["lijnen"][1].endswith("van Druten,")
    arnhem = fabriek.budget_gereserveerd(wereld, NU_B, gemeente=ARNHEM)
    assert "niet_van_u" in geweigerd(lambda: doe(beslissen.toekennen, arnhem, verband, NU_B, motivering="x"))


def test_uwv_ziet_de_aanvraag_pas_als_er_om_budget_is_gevraagd(wereld):
    aanvraag = fabriek.beoordeeld(wereld, NU_B)
    assert not Aanvraag.objects.zichtbaar_voor(wereld.beslisser).exists()
    fabriek.vraag_budget(wereld, aanvraag, NU_B)
    assert Aanvraag.objects.zichtbaar_voor(wereld.beslisser).exists()


def test_uwv_beslist_niet_over_wat_van_de_gemeente_is(wereld):
    aanvraag = fabriek.budget_gereserveerd(wereld, NU_B)
    assert geweigerd(lambda: doe(beslissen.toekennen, aanvraag, wereld.beslisser, NU_B, motivering="x")) == [
        "niet_aan_u",
        "geen_mandaat",
    ]


def test_wie_afwees_kent_na_bezwaar_niet_alsnog_toe(wereld):
    """Awb 10:3 lid 3: what comes of a bezwaar is not for who decided."""
    aanvraag = fabriek.afgewezen(wereld, NU_B)
    zelf = wereld.besluitnemer(aanvraag, NU_B)
    aanvraag = fabriek.stel_alsnog_voor(wereld, aanvraag, NU_B)
    bezwaar = aanvraag.bezwaren.get()
    codes = geweigerd(lambda: doe(beslis_op_bezwaar.beslissen, bezwaar, zelf, NU_B, motivering="x"))
    assert codes == ["betrokken"]
    assert fabriek.ken_alsnog_toe(wereld, aanvraag, NU_B).status == AanvraagStatus.TOEGEKEND


def test_gereserveerd_geld_hoort_bij_een_dossier_dat_op_zijn_besluit_wacht(wereld):
    """The last line: whoever writes, at commit the status and the place agree."""
    aanvraag = fabriek.budget_gereserveerd(wereld, NU_B)
    Aanvraag.objects.filter(pk=aanvraag.pk).update(status="in_behandeling")
    with pytest.raises(IntegrityError, match="past niet bij de status"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
