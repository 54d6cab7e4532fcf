"""T38 to T48, T85: for whom, by which route, and the toestemming of the gemeente."""

from datetime import date, timedelta

import pytest

from aanvragen.handelingen import indienen, invullen, toestemming
from aanvragen.models import Besluit, Brief
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN
from tests.fabriek import (
    ARNHEM,
    DRUTEN,
    NIJMEGEN,
    NU,
    beoordeeld,
    compleet,
    dien_aanvulling_in,
    dien_in,
    doe,
    geef_toestemming,
    gestart,
    geweigerd,
    ingediend,
    ken_toe,
    klaar_om_in_te_dienen,
    laat_buiten_behandeling,
    maak_wereld,
    met_toestemming,
    neem_in_behandeling,
    toegekend,
    trek_toestemming_in,
    uit_voordracht,
    verleen_plaatsen,
    vers,
    voordracht,
    vraag_aanvulling,
    vraag_toestemming,
    wacht_op_toestemming,
    weiger_toestemming,
    wijs_af,
)

pytestmark = pytest.mark.django_db
LANG_GELEDEN = date(2017, 4, 1)  # 26 months before June 2019
KLEIN = {"werk": "klein", "werk_uren": 6, "werk_toelichting": "Zes uur per week, op oproep."}


@pytest.mark.parametrize(
    ("velden", "codes"),
    [
        pytest.param({"doelgroep": "EPA"}, ["niet_in_doelgroep"], id="T38 EPA hoort niet bij deze regeling"),
        pytest.param(
            {"begonnen_in": LANG_GELEDEN}, ["onvolledig"], id="T39 26 maanden in behandeling: motiveren"
        ),
        pytest.param(
            {"begonnen_in": LANG_GELEDEN, "langer_toelichting": "Er was een wachtlijst voor de behandeling."},
            [],
            id="T39 gemotiveerd: geen weigering",
        ),
        pytest.param({"begonnen_in": date(2017, 6, 1)}, [], id="T39 24 maanden is niet langer"),
        pytest.param(
            {**KLEIN, "ander_werk": False}, ["niet_in_doelgroep"], id="T40 kleine baan, zelfde werk"
        ),
        pytest.param(
            {**KLEIN, "ander_werk": True}, [], id="T40 kleine baan, ander werk: een mens weegt de omvang"
        ),
        pytest.param({"werk": "klein"}, ["onvolledig"], id="T40 kleine baan zonder uren en uitleg"),
        pytest.param({"werk": "groot"}, ["niet_in_doelgroep"], id="gewone baan"),
        pytest.param({"gediagnosticeerd": False}, ["niet_in_doelgroep"], id="geen diagnose"),
        pytest.param({"in_sggz": False}, ["niet_in_doelgroep"], id="niet in de specialistische ggz"),
        pytest.param({"ander_traject": True}, ["ander_traject"], id="UWV-route: ander traject"),
        pytest.param(
            {"route": "uwv", "uitkering": "bijstand"},
            ["verkeerde_route"],
            id="bijstand hoort bij de gemeente",
        ),
        pytest.param(
            {"gewenste_start": date(2019, 6, 2)}, ["start_in_verleden"], id="T64 gewenste start gisteren"
        ),
    ],
)
def test_doelgroep_bij_indienen(wereld, velden, codes):
    aanvraag = compleet(wereld, **{"route": "uwv", **velden})
    if codes:
        assert geweigerd(lambda: dien_in(wereld, aanvraag)) == codes
        assert vers(aanvraag).status == "concept"
    else:
        assert dien_in(wereld, aanvraag).status == "ingediend"


def test_t38_de_tekst_wijst_naar_de_andere_regeling(wereld):
    aanvraag = compleet(wereld, route="uwv", doelgroep="EPA")
    with pytest.raises(HandelingGeweigerd, match="UWV een andere regeling") as weigering:
        dien_in(wereld, aanvraag)
    assert weigering.value.redenen[0].grond
    # Nor is the gemeente bothered with it.
    bij_gemeente = compleet(wereld, doelgroep="EPA")
    assert geweigerd(lambda: vraag_toestemming(wereld, bij_gemeente)) == ["niet_in_doelgroep"]


def test_op_de_gemeenteroute_weegt_de_gemeente_het_andere_traject(wereld):
    aanvraag = wacht_op_toestemming(wereld, ander_traject=True)
    codes = geweigerd(
        lambda: doe(
            toestemming.verlenen, aanvraag, wereld.van_gemeente(), uitkering_klopt=False, geen_ander_traject=False,
            voorzieningen="", functie="Klantmanager",
        )
    )  # fmt: skip
    assert codes == ["uitkering", "ander_traject"]


def test_t42_zonder_toestemming_niet_ingediend_en_niet_afgewezen(wereld):
    aanvraag = compleet(wereld)
    assert geweigerd(lambda: dien_in(wereld, aanvraag)) == ["geen_toestemming"]
    wachtend = wacht_op_toestemming(wereld)
    assert geweigerd(lambda: dien_in(wereld, wachtend)) == ["wacht_op_toestemming"]
    assert not Besluit.objects.exists()


def test_t42_weggevallen_toestemming_eerst_een_hersteltermijn(wereld):
    aanvraag = neem_in_behandeling(wereld, trek_toestemming_in(wereld, ingediend(wereld)))
    gronden = ("geen_toestemming",)
    assert geweigerd(lambda: wijs_af(wereld, aanvraag, gronden=gronden)) == ["eerst_hersteltermijn"]


def test_t42_de_toestemming_komt_in_de_hersteltermijn(wereld):
    aanvraag = trek_toestemming_in(wereld, ingediend(wereld))
    aanvraag = vraag_aanvulling(wereld, aanvraag, vraag="De toestemmingsverklaring ontbreekt.")
    assert aanvraag.status == "onvolledig"
    assert geweigerd(lambda: dien_aanvulling_in(wereld, aanvraag)) == ["geen_toestemming"]
    doe(toestemming.opnieuw_vragen, aanvraag, wereld.behandelaar)
    assert vers(aanvraag).status == "onvolledig"
    aanvraag = geef_toestemming(wereld, vers(aanvraag), NU + timedelta(days=2))
    aanvraag = dien_aanvulling_in(wereld, aanvraag, NU + timedelta(days=3))
    assert ken_toe(wereld, aanvraag, NU + timedelta(days=4)).status == "toegekend"


def test_t42_geweigerd_in_de_hersteltermijn_beslist_uwv(wereld):
    aanvraag = vraag_aanvulling(wereld, trek_toestemming_in(wereld, ingediend(wereld)))
    doe(toestemming.opnieuw_vragen, aanvraag, wereld.behandelaar)
    aanvraag = weiger_toestemming(wereld, vers(aanvraag))
    assert (aanvraag.status, aanvraag.levende_toestemming()) == ("onvolledig", None)
    aanvraag = laat_buiten_behandeling(wereld, aanvraag, NU + timedelta(days=15))
    assert aanvraag.besluiten.get().soort == "buiten_behandeling"


def test_t43_de_gemeente_weigert(wereld):
    aanvraag = weiger_toestemming(wereld, wacht_op_toestemming(wereld))
    assert (aanvraag.status, aanvraag.ontvangen_op, aanvraag.reservering) == ("vervallen", None, None)
    assert geweigerd(lambda: dien_in(wereld, aanvraag)) == ["status", "geen_toestemming"]
    # No besluit of UWV and no letter: the regeling is not compulsory for a gemeente.
    assert not Besluit.objects.exists()
    assert not Brief.objects.exists()
    assert aanvraag.toestemmingen.get().motivering
    assert Bericht.objects.filter(
        soort="toestemming_geweigerd", organisatie=wereld.instelling.organisatie
    ).exists()


def test_t43_weigeren_vraagt_een_motivering(wereld):
    aanvraag = wacht_op_toestemming(wereld)
    codes = geweigerd(
        lambda: doe(
            toestemming.weigeren, aanvraag, wereld.van_gemeente(), motivering=" ", functie="Klantmanager"
        )
    )
    assert codes == ["motivering"]


def test_t44_een_zesde_toestemming_mag(wereld):
    verleen_plaatsen(wereld, 5)
    aanvraag = met_toestemming(wereld)
    assert aanvraag.toestemmingen.get().status == "verleend"
    zesde = beoordeeld(wereld)
    assert geweigerd(lambda: ken_toe(wereld, zesde)) == ["cap_gemeente"]


def test_t44_de_toestemmingen_van_een_gemeente_zijn_genummerd(db):
    wereld = maak_wereld(cap_per_gemeente=2)
    nummers = [met_toestemming(wereld).toestemmingen.get().volgnummer for _ in range(3)]
    assert nummers == [1, 2, 3]
    assert met_toestemming(wereld, gemeente=ARNHEM).toestemmingen.get().volgnummer == 1
    # A declaration can't say "3 of 2".
    brieven = Brief.objects.filter(sjabloon__startswith="toestemmings", titel__contains="Nijmegen")
    assert sorted(str(b.gegevens.get("nummer")) for b in brieven) == ["1", "2", "None"]


@pytest.mark.parametrize(
    ("status", "maak"),
    [("verleend", met_toestemming), ("gebruikt", ingediend), ("ingelost", toegekend)],
)
def test_de_toestemming_volgt_de_aanvraag(wereld, status, maak):
    aanvraag = maak(wereld)
    assert aanvraag.toestemmingen.get().status == status
    if status == "ingelost":
        assert "status" in geweigerd(lambda: trek_toestemming_in(wereld, aanvraag))
        assert vers(aanvraag).toestemmingen.get().status == "ingelost"
    else:
        assert trek_toestemming_in(wereld, aanvraag).toestemmingen.get().status == "ingetrokken"


def test_zonder_levende_toestemming_wordt_niet_toegekend(wereld):
    aanvraag = trek_toestemming_in(wereld, beoordeeld(wereld))
    assert geweigerd(lambda: ken_toe(wereld, aanvraag)) == ["geen_toestemming"]
    assert wereld.pot().verleend_trajecten == 0


def test_t46_verhuizen_na_toekenning_verandert_niets_aan_de_telling(wereld):
    from aanvragen.handelingen import traject

    deel = gestart(wereld)
    doe(
        traject.gebeurtenis_melden, deel, wereld.behandelaar, NU + timedelta(days=10),
        soort="verhuizing", datum=date(2019, 6, 10), toelichting="Verhuisd naar Arnhem",
    )  # fmt: skip
    aanvraag = vers(deel.aanvraag)
    assert (aanvraag.gemeente.code, aanvraag.reservering.gemeente.code) == (NIJMEGEN, NIJMEGEN)
    assert aanvraag.besluiten.get().gemeente_cent == 400_000
    assert wereld.pot("gemeente", gemeente=NIJMEGEN).verleend_trajecten == 1
    assert not wereld.regeling.potten.filter(gemeente__code=ARNHEM).exists()
    deel.refresh_from_db()
    assert (deel.status, deel.gebeurtenissen.get().soort) == ("gestart", "verhuizing")


@pytest.mark.parametrize(
    ("uitkering", "route"),
    [
        pytest.param("uwv", "uwv", id="uitkering van UWV"),
        pytest.param("bijstand", "gemeente", id="bijstand"),
        pytest.param("geen", "gemeente", id="geen uitkering"),
        pytest.param("beide", None, id="T47 bijstand en een deel WIA: een mens kiest"),
    ],
)
def test_t47_route_bij_uitkering(wereld, uitkering, route):
    inhoud = wereld.regeling.versies.get().inhoud
    gevonden = inhoud.route_bij_uitkering(uitkering)
    assert (gevonden.code if gevonden else None) == route


@pytest.mark.parametrize("route", ["uwv", "gemeente"])
def test_t47_bij_beide_kan_elke_route_maar_niet_geen(wereld, route):
    aanvraag = klaar_om_in_te_dienen(wereld, route=route, uitkering="beide")
    assert dien_in(wereld, aanvraag).route == route
    zonder = compleet(wereld, route=route, uitkering="beide")
    doe(
        invullen.onderdeel_opslaan, zonder, wereld.behandelaar,
        onderdeel=invullen.Onderdeel.SITUATIE, waarden={"route": ""}, versie=zonder.versie,
    )  # fmt: skip
    assert geweigerd(lambda: dien_in(wereld, vers(zonder))) == ["onvolledig"]


def test_t48_een_voordracht_geeft_de_instelling_een_taak(wereld):
    gedaan = voordracht(wereld)
    taken = Bericht.objects.filter(soort="voordracht_gedaan", onderwerp_id=str(gedaan.pk))
    assert {b.organisatie_id for b in taken} == {wereld.instelling.organisatie_id}
    # No word of the inwoner in what is sent around.
    assert not any(gedaan.achternaam in b.titel or gedaan.bsn in b.titel + b.pad for b in taken)


def test_t48_de_instelling_blijft_aanvrager(wereld):
    aanvraag = uit_voordracht(wereld)
    assert (aanvraag.instelling, aanvraag.initiatief) == (wereld.instelling, "gemeente")
    assert (aanvraag.gemeente.code, aanvraag.route, aanvraag.status) == (NIJMEGEN, "gemeente", "concept")
    for rol in GEMEENTEROLLEN:
        gemeente = wereld.van_gemeente(rol=rol)
        codes = geweigerd(lambda gemeente=gemeente: doe(indienen.indienen, aanvraag, gemeente))
        assert codes[0] == "rol"
    assert vers(aanvraag).status == "concept"


def test_t48_alleen_inwoners_van_de_eigen_gemeente_en_alleen_aan_wie_ips_biedt(wereld):
    from aanvragen.handelingen import voordragen
    from tests.fabriek import maak_instelling

    codes = geweigerd(
        lambda: doe(
            voordragen.doen, None, wereld.van_gemeente(NIJMEGEN),
            gemeente=wereld.gemeente(ARNHEM), instelling=maak_instelling(erkend=False), bsn="999990019",
            voorletters="V.", achternaam="V", geboortedatum=date(1985, 5, 5), uitkering="bijstand",
            akkoord_op=date(2019, 6, 4), contact_naam="C", contact_telefoon="",
        )
    )  # fmt: skip
    assert codes == ["niet_uw_gemeente", "geen_ips", "akkoord"]


def test_t85_het_werkbedrijf_doet_het_voor_druten(db):
    wereld = maak_wereld(cap_per_gemeente=1)
    werkbedrijf = wereld.van_gemeente(DRUTEN)
    assert werkbedrijf.organisatie.soort == "samenwerkingsverband"
    assert werkbedrijf == wereld.van_gemeente(NIJMEGEN)
    in_druten, in_nijmegen = toegekend(wereld, gemeente=DRUTEN), toegekend(wereld, gemeente=NIJMEGEN)
    for aanvraag, code in ((in_druten, DRUTEN), (in_nijmegen, NIJMEGEN)):
        gegeven = aanvraag.toestemmingen.get()
        assert (gegeven.gemeente.code, gegeven.organisatie) == (code, werkbedrijf.organisatie)
        assert wereld.pot("gemeente", gemeente=code).verleend_trajecten == 1
    vol = beoordeeld(wereld, NU + timedelta(days=1), gemeente=DRUTEN)
    assert geweigerd(lambda: ken_toe(wereld, vol, NU + timedelta(days=1))) == ["cap_gemeente"]
    # The verband has no pot: only its gemeenten have.
    assert set(
        wereld.regeling.potten.filter(gemeente__isnull=False).values_list("gemeente__code", flat=True)
    ) == {
        DRUTEN,
        NIJMEGEN,
    }
