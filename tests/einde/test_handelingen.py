"""Who may do what at the end of a traject, in which order, and what is refused with which reason."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError

from aanvragen import herinneren
from aanvragen.handelingen import stoppen, vaststellen
from aanvragen.handelingen import traject as acts
from aanvragen.handelingen.verslag import verslag_vragen
from aanvragen.models import Aanvraag, Beeindigingsverslag, Stopbericht, Traject, Vaststelling
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import NU, NU_B, doe, geweigerd

STOP_B = NU_B + timedelta(days=90)
LATER_B = NU_B + timedelta(days=91)
LATER = NU + timedelta(days=91)


def gestopt_b(wereld) -> Traject:
    """Started at NU_B, stopped at STOP_B, and not confirmed."""
    return fabriek.gestopt(wereld, NU_B)


def middag(dag) -> datetime:
    return datetime(dag.year, dag.month, dag.day, 10, tzinfo=UTC)


# --- stopbericht ----------------------------------------------------------------------------------------


def test_alleen_wie_beslist_bevestigt(wereld_b):
    stopbericht = gestopt_b(wereld_b).stopberichten.get()
    uwv, instelling = wereld_b.met(Rol.UWV_FINANCIEN), wereld_b.behandelaar
    for actor in (uwv, instelling):
        assert geweigerd(lambda actor=actor: doe(stoppen.bevestigen, stopbericht, actor, LATER_B)) == ["rol"]
    vreemd = wereld_b.van_gemeente(fabriek.ARNHEM, nu=LATER_B)
    assert geweigerd(lambda: doe(stoppen.bevestigen, stopbericht, vreemd, LATER_B)) == ["niet_van_u"]
    assert fabriek.bevestig_stop(wereld_b, stopbericht.traject, LATER_B).bevestigd_door is not None


def test_verwerken_pas_na_de_bevestiging(wereld_b):
    stopbericht = gestopt_b(wereld_b).stopberichten.get()
    financien = wereld_b.met(Rol.UWV_FINANCIEN)
    assert geweigerd(lambda: doe(stoppen.verwerken, stopbericht, financien, LATER_B)) == ["status"]
    fabriek.bevestig_stop(wereld_b, stopbericht.traject, LATER_B)
    assert fabriek.verwerk_stop(wereld_b, stopbericht.traject, LATER_B).verwerkt_door == financien.persoon


def test_elk_deel_heeft_zijn_brief(wereld_b):
    traject = gestopt_b(wereld_b)
    fabriek.bevestig_stop(wereld_b, traject, LATER_B)
    brieven = traject.aanvraag.brieven.filter(sjabloon="stopbericht").order_by("gemaakt_op")
    assert [b.titel for b in brieven] == ["Stopbericht, deel 1", "Stopbericht, deel 2"]
    deel_1, deel_2 = (b.gegevens for b in brieven)
    assert deel_1["geadresseerde"]["naam"] == deel_2["afzender"]["naam"] == "Gemeente Nijmegen"
    assert deel_2["geadresseerde"]["naam"] == "UWV"


@pytest.mark.parametrize("bevestigd", [False, True])
def test_teruggedraaid_loopt_het_traject_weer(wereld_b, bevestigd):
    traject = gestopt_b(wereld_b)
    if bevestigd:
        fabriek.bevestig_stop(wereld_b, traject, LATER_B)
    traject = fabriek.draai_stop_terug(wereld_b, traject, LATER_B)
    assert (traject.status, traject.gestopt_op, traject.stop_reden) == ("gestart", None, "")
    assert Stopbericht.objects.get().status == "herroepen"
    verplichting = traject.aanvraag.reservering.verplichtingen.get()
    assert verplichting.status == "open"
    if bevestigd:
        assert Vaststelling.objects.get().status == "opgeschort"
    # And it can be stopped again, on another day.
    later = LATER_B + timedelta(days=9)
    traject = fabriek.stop(wereld_b, traject, later)
    fabriek.bevestig_stop(wereld_b, traject, later)
    assert Vaststelling.objects.get().status == "verslag_gevraagd"
    assert [s.status for s in Stopbericht.objects.order_by("gemeld_op")] == ["herroepen", "bevestigd"]


def test_terugdraaien_vraagt_een_reden_en_kan_niet_na_het_verslag(wereld):
    traject = fabriek.gestopt(wereld)
    stopbericht = traject.stopberichten.get()
    assert geweigerd(lambda: doe(stoppen.herroepen, stopbericht, wereld.beslisser, LATER, reden=" ")) == [
        "reden"
    ]
    fabriek.stuur_verslag(wereld, traject, LATER)
    codes = geweigerd(lambda: fabriek.draai_stop_terug(wereld, traject, LATER))
    assert codes == ["verslag_ingediend"]


def test_een_keer_stoppen(wereld):
    traject = fabriek.gestopt(wereld)
    assert geweigerd(lambda: fabriek.stop(wereld, traject, LATER)) == ["status"]


# --- gebeurtenissen -------------------------------------------------------------------------------------


def meld(wereld, traject, nu=LATER, **invoer):
    invoer = {"soort": "werkhervatting", "datum": traject.startdatum} | invoer
    return doe(acts.gebeurtenis_melden, traject, wereld.behandelaar, nu, **invoer)


@pytest.mark.parametrize(
    ("invoer", "codes"),
    [
        ({"sector": "bouw", "uren_per_week": 1}, []),
        ({"sector": "maan"}, ["gegevens"]),
        ({"uren_per_week": 0}, ["gegevens"]),
        ({"uren_per_week": 61}, ["gegevens"]),
        ({"contract": "levenslang"}, ["gegevens"]),
        ({"uitkering": "bijstand"}, ["gegevens"]),
        ({"soort": "plaatsing"}, ["eerst_werk"]),
        ({"soort": "wijziging_uitkering", "uitkering": "ioaw"}, []),
        ({"soort": "wijziging_uitkering", "uitkering": "loon"}, ["gegevens"]),
        ({"soort": "wissel_begeleider", "begeleider_naam": "N. Nieuw"}, []),
        ({"soort": "verlies_baan", "sector": "bouw"}, ["gegevens"]),
        ({"soort": "feest"}, ["soort"]),
        ({"onbekend": "x"}, ["gegevens"]),
    ],
)
def test_gegevens_bij_een_gebeurtenis(wereld, invoer, codes):
    traject = fabriek.gestart(wereld)
    if codes:
        assert geweigerd(lambda: meld(wereld, traject, **invoer)) == codes
        assert not traject.gebeurtenissen.exists()
    else:
        assert meld(wereld, traject, **invoer).pk


def test_verhuizing_met_gemeente_verandert_niets_aan_het_dossier(wereld):
    """T46."""
    traject = fabriek.gestart(wereld)
    meld(wereld, traject, soort="verhuizing", gemeente=wereld.gemeente(fabriek.ARNHEM))
    assert traject.gebeurtenissen.get().bijzonderheden == "gemeente Arnhem"
    assert Aanvraag.objects.get().gemeente.code == fabriek.NIJMEGEN


def test_na_de_stop_alleen_wat_ervoor_gebeurde(wereld):
    traject = fabriek.gestopt(wereld)
    assert meld(wereld, traject, datum=traject.gestopt_op).pk
    codes = geweigerd(lambda: meld(wereld, traject, datum=traject.gestopt_op + timedelta(days=1)))
    assert codes == ["datum"]


# --- verslag --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("over", "codes"),
    [
        ({}, []),
        ({"uitkomst": "geen", "begonnen_op": None}, []),
        ({"uitkomst": "opleiding", "opleiding": "Mbo logistiek"}, []),
        ({"uitkomst": "opleiding", "opleiding": " "}, ["opleiding"]),
        ({"uitkomst": "prijs"}, ["uitkomst"]),
        ({"sector": ""}, ["sector"]),
        ({"uren_per_week": None}, ["uren_per_week"]),
        ({"uren_per_week": 61}, ["uren_per_week"]),
        ({"contract": "x"}, ["contract"]),
        ({"begonnen_op": None}, ["begonnen_op"]),
        ({"begonnen_op": NU.date() - timedelta(days=1)}, ["begonnen_op"]),
        ({"begonnen_op": NU.date() + timedelta(days=91)}, ["begonnen_op"]),
        ({"activiteiten": " \n"}, ["activiteiten"]),
    ],
)
def test_het_verslag(wereld, over, codes):
    traject = fabriek.gestopt(wereld)
    if codes:
        assert geweigerd(lambda: fabriek.stuur_verslag(wereld, traject, LATER, **over)) == codes
        assert not Beeindigingsverslag.objects.exists()
        return
    fabriek.stuur_verslag(wereld, traject, LATER, **over)
    verslag = Beeindigingsverslag.objects.get()
    assert verslag.reden_einde == "keuze"
    assert (verslag.uitkomst == "werk") == bool(verslag.sector)
    assert geweigerd(lambda: fabriek.stuur_verslag(wereld, traject, LATER)) == ["verslag_ingediend"]
    assert traject.aanvraag.brieven.filter(sjabloon="verslag_kopie").count() == 1


def test_het_verslag_komt_na_het_einde(wereld):
    traject = fabriek.gestart(wereld)
    op = middag(traject.laatste_dag)
    assert geweigerd(lambda: fabriek.stuur_verslag(wereld, traject, op)) == ["loopt_nog"]
    vaststelling = fabriek.stuur_verslag(wereld, traject, op + timedelta(days=1))
    assert vaststelling.status == "verslag_ontvangen"
    assert Beeindigingsverslag.objects.get().reden_einde == "looptijd"


def test_een_open_verlenging_gaat_voor(wereld):
    verlenging = fabriek.verlenging_gevraagd(wereld)
    traject = verlenging.traject
    nu = middag(traject.laatste_dag) + timedelta(days=1)
    assert geweigerd(lambda: fabriek.stuur_verslag(wereld, traject, nu)) == ["verlenging_open"]
    assert geweigerd(lambda: doe(verslag_vragen, traject, Actor.systeem(), nu)) == ["verlenging_open"]
    with fabriek.klok_op(nu):
        assert herinneren.vraag_verslagen(nu) == 0
    fabriek.beslis_verlenging(wereld, verlenging, nu, toe=False)
    with fabriek.klok_op(nu):
        assert herinneren.vraag_verslagen(nu) == 1


def test_herinnering_aan_het_verslag(wereld):
    fabriek.gestopt(wereld)
    uiterlijk = Vaststelling.objects.get().verslag_uiterlijk
    for dag in (15, 14, 13):
        moment = middag(uiterlijk - timedelta(days=dag))
        with fabriek.klok_op(moment):
            herinneren.herinner(moment)
    berichten = Bericht.objects.filter(soort__startswith="herinnering_verslag")
    assert {b.soort for b in berichten} == {"herinnering_verslag_14"}
    assert {b.organisatie_id for b in berichten} == {wereld.instelling.organisatie_id}
    assert f"{uiterlijk:%d-%m-%Y}" in berichten[0].titel


# --- vaststelling ---------------------------------------------------------------------------------------


def ontvangen(wereld) -> Vaststelling:
    return fabriek.stuur_verslag(wereld, fabriek.gestopt(wereld), LATER)


def test_vier_ogen(wereld):
    vaststelling = fabriek.stel_voor(wereld, ontvangen(wereld), LATER)
    ook = wereld.lid(wereld.uwv, Rol.UWV_BESLISSER)
    Vaststelling.objects.filter(pk=vaststelling.pk).update(opsteller=ook.persoon)
    vaststelling.refresh_from_db()
    codes = geweigerd(lambda: doe(vaststellen.vaststellen, vaststelling, ook, LATER, motivering="x"))
    assert codes == ["vier_ogen"]


def test_alleen_de_partij_die_besliste(wereld_b):
    traject = gestopt_b(wereld_b)
    fabriek.bevestig_stop(wereld_b, traject, LATER_B)
    vaststelling = fabriek.stuur_verslag(wereld_b, traject, LATER_B)
    codes = geweigerd(
        lambda: doe(vaststellen.voorstellen, vaststelling, wereld_b.beoordelaar, LATER_B, motivering="x")
    )
    assert codes == ["niet_aan_u"]
    vaststelling = fabriek.stel_voor(wereld_b, vaststelling, LATER_B)
    codes = geweigerd(
        lambda: doe(vaststellen.vaststellen, vaststelling, wereld_b.beslisser, LATER_B, motivering="x")
    )
    assert "niet_aan_u" in codes


def test_niet_zolang_de_stop_niet_bevestigd_is(wereld_b):
    vaststelling = fabriek.stuur_verslag(wereld_b, gestopt_b(wereld_b), LATER_B)
    codes = geweigerd(lambda: fabriek.stel_voor(wereld_b, vaststelling, LATER_B))
    assert codes == ["stop_niet_bevestigd"]


@pytest.mark.parametrize(
    ("bedrag", "reden", "codes"),
    [
        (800_001, "verplichting", ["bedrag"]),
        (-1, "verplichting", ["bedrag"]),
        (800_000, "verplichting", ["bedrag"]),
        (1, "", ["reden"]),
        (1, "zomaar", ["reden"]),
    ],
)
def test_een_onmogelijk_bedrag(wereld, bedrag, reden, codes):
    vaststelling = ontvangen(wereld)
    assert codes == geweigerd(
        lambda: doe(
            vaststellen.lager_voorstellen, vaststelling, wereld.beoordelaar, LATER,
            bedrag_cent=bedrag, reden=reden, motivering="Zo is het.",
        )
    )  # fmt: skip
    vaststelling.refresh_from_db()
    assert vaststelling.status == "verslag_ontvangen"


def test_na_de_zienswijze_hoger_mag_zonder_nieuw_voornemen_en_lager_niet(wereld):
    vaststelling = fabriek.stel_voor(wereld, ontvangen(wereld), LATER, bedrag_cent=300_000)
    tot = vaststelling.zienswijze_tot
    vaststelling = fabriek.geef_zienswijze(wereld, vaststelling, LATER)
    assert geweigerd(lambda: fabriek.geef_zienswijze(wereld, vaststelling, LATER)) == ["al_gegeven"]
    nu = LATER + timedelta(days=1)
    vaststelling = fabriek.stel_voor(wereld, vaststelling, nu, bedrag_cent=400_000)
    assert (vaststelling.voorgenomen_cent, vaststelling.zienswijze_tot) == (300_000, tot)
    assert vaststelling.zienswijze
    vaststelling = fabriek.stel_voor(wereld, vaststelling, nu, bedrag_cent=200_000)
    assert vaststelling.voorgenomen_cent == 200_000
    assert vaststelling.zienswijze_tot > tot
    assert not vaststelling.zienswijze
    brieven = vaststelling.dossier.brieven.filter(sjabloon="voornemen_lager")
    assert brieven.count() == 2


def test_vastgesteld_ligt_alles_stil(wereld):
    vaststelling = fabriek.vastgesteld(wereld)
    traject, nu = vaststelling.traject, LATER + timedelta(days=1)
    assert geweigerd(lambda: fabriek.stel_voor(wereld, vaststelling, nu)) == ["status"]
    assert "verslag_ingediend" in geweigerd(lambda: fabriek.draai_stop_terug(wereld, traject, nu))
    with fabriek.klok_op(nu):
        assert herinneren.vraag_verslagen(nu) == 0


def test_een_ingetrokken_besluit_stopt_alles(wereld):
    vaststelling = ontvangen(wereld)
    fabriek.trek_besluit_in(wereld, vaststelling.dossier, LATER)
    assert geweigerd(lambda: fabriek.stel_voor(wereld, vaststelling, LATER)) == ["besluit_ingetrokken"]
    assert not Vaststelling.objects.te_doen(wereld.beslisser).exists()


def test_werklijsten_per_partij(wereld_b):
    traject = gestopt_b(wereld_b)
    gemeente, uwv = wereld_b.van_gemeente(nu=LATER_B), wereld_b.met(Rol.UWV_FINANCIEN)
    vreemd = wereld_b.van_gemeente(fabriek.ARNHEM, nu=LATER_B)
    zicht = Stopbericht.objects.zichtbaar_voor
    with fabriek.klok_op(LATER_B):
        assert [zicht(a).te_bevestigen().count() for a in (gemeente, uwv, vreemd)] == [1, 1, 0]
        fabriek.bevestig_stop(wereld_b, traject, LATER_B)
        assert [zicht(a).te_bevestigen().count() for a in (gemeente, uwv)] == [0, 0]
        assert [zicht(a).te_verwerken().count() for a in (uwv, vreemd)] == [1, 0]
        doen = Vaststelling.objects.te_doen
        assert [doen(a).count() for a in (gemeente, uwv, vreemd)] == [1, 0, 0]


def test_de_volgorde_van_de_stappen_staat_in_het_logboek(wereld_b):
    traject = gestopt_b(wereld_b)
    fabriek.bevestig_stop(wereld_b, traject, LATER_B)
    fabriek.verwerk_stop(wereld_b, traject, LATER_B)
    vaststelling = fabriek.stel_voor(wereld_b, fabriek.stuur_verslag(wereld_b, traject, LATER_B), LATER_B)
    fabriek.stel_vast(wereld_b, vaststelling, LATER_B)
    from ips_subsidie.logboek.models import Regel

    codes = list(
        Regel.objects.filter(dossier_id=traject.aanvraag_id, soort="handeling")
        .order_by("pk")
        .values_list("handeling", flat=True)
    )
    verwacht = [
        "traject.starten", "traject.stoppen", "stopbericht.bevestigen", "stopbericht.verwerken",
        "traject.verslag_indienen", "vaststelling.voorstellen", "vaststelling.vaststellen",
    ]  # fmt: skip
    assert [code for code in codes if code in verwacht] == verwacht
    assert all(een != twee for een, twee in pairwise(codes) if een in verwacht)


def test_een_verslag_is_geen_vrij_formulier(wereld):
    """The model itself refuses a mix of answers, as the database does."""
    verslag = Beeindigingsverslag(traject=fabriek.gestopt(wereld), uitkomst="geen", sector="bouw")
    with pytest.raises(ValidationError):
        verslag.validate_constraints()
