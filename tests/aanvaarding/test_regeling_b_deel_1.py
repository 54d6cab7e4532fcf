"""T49 to T53, T59, T60 and T62: part 1 of the form of IPS-GEM-2023, from the instelling to the gemeente."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from aanvragen.handelingen import behandelen, indienen
from aanvragen.handelingen.dossier import waarden_van
from aanvragen.handelingen.handtekening import geldige_handtekening
from aanvragen.models import IpsErkenning
from aanvragen.regels.statussen import AanvraagStatus
from aanvragen.regels.toegang_regeling import let_op
from tests import fabriek
from tests.fabriek import NU_B, compleet, concept, dien_in, doe, geweigerd, ingediend, invoer, vers, vul_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld():
    return fabriek.maak_wereld_b()


def zonder_handtekening(wereld, nu=NU_B, **keuzes):
    return vul_in(wereld, concept(wereld, nu), invoer(wereld, nu=nu, **keuzes), nu)


def test_t49_zonder_handtekening_alleen_met_zoveel_woorden(wereld):
    aanvraag = zonder_handtekening(wereld)
    assert geweigerd(lambda: dien_in(wereld, aanvraag, NU_B)) == ["handtekening"]
    verstuurd = dien_in(wereld, aanvraag, NU_B, handtekening_volgt=True)
    assert verstuurd.status == AanvraagStatus.INGEDIEND
    assert verstuurd.gemeente_beslist
    assert verstuurd.ontvangen_op == NU_B


def test_t49_onvolledig_en_dan_alsnog_ondertekend(wereld):
    aanvraag = dien_in(wereld, zonder_handtekening(wereld), NU_B, handtekening_volgt=True)
    gemeente = wereld.voorbereider(aanvraag, NU_B)
    opgepakt = fabriek.pak_op(wereld, aanvraag, NU_B)
    compleet_vinden = partial(doe, behandelen.in_behandeling_nemen, opgepakt, gemeente, NU_B)
    assert geweigerd(compleet_vinden) == ["niet_ondertekend"]
    wacht = fabriek.vraag_aanvulling(wereld, opgepakt, NU_B)
    assert wacht.status == AanvraagStatus.ONVOLLEDIG
    aanvullen = partial(
        doe,
        indienen.aanvullen,
        wacht,
        wereld.behandelaar,
        NU_B + timedelta(days=2),
        antwoord="De handtekening.",
    )
    assert geweigerd(aanvullen) == ["handtekening"]
    fabriek.onderteken(wereld, wacht, NU_B + timedelta(days=1))
    aanvullen()
    assert vers(aanvraag).status == AanvraagStatus.INGEDIEND
    # What was added to the toelichting is no change of what was signed.
    assert geldige_handtekening(vers(aanvraag)) is not None


def test_t49_en_anders_buiten_behandeling(wereld):
    aanvraag = dien_in(wereld, zonder_handtekening(wereld), NU_B, handtekening_volgt=True)
    wacht = fabriek.vraag_aanvulling(wereld, aanvraag, NU_B)
    weg = fabriek.laat_buiten_behandeling(wereld, wacht, NU_B + timedelta(days=15))
    assert weg.status == AanvraagStatus.BUITEN_BEHANDELING


@pytest.mark.parametrize(
    ("van", "tot", "codes"),
    [
        pytest.param(None, None, ["geen_erkenning"], id="T50 nooit erkend"),
        pytest.param(date(2023, 6, 6), None, ["geen_erkenning"], id="T50 pas vanaf morgen"),
        pytest.param(date(2023, 1, 1), date(2023, 6, 5), ["geen_erkenning"], id="T50 tot vandaag"),
        pytest.param(date(2023, 6, 5), None, [], id="T50 vanaf vandaag"),
        pytest.param(date(2023, 1, 1), date(2023, 6, 6), [], id="T50 nog een dag"),
    ],
)
def test_t50_erkenning_op_de_dag_van_ontvangst(wereld, van, tot, codes):
    aanvraag = compleet(wereld, NU_B)
    IpsErkenning.objects.filter(instelling=wereld.instelling).delete()
    if van is not None:
        IpsErkenning.objects.create(
            instelling=wereld.instelling, geldig_van=van, geldig_tot=tot, bron="voorbeeld"
        )
    if codes:
        assert geweigerd(lambda: dien_in(wereld, aanvraag, NU_B)) == codes
    else:
        assert dien_in(wereld, aanvraag, NU_B).status == AanvraagStatus.INGEDIEND


@pytest.mark.parametrize("uitkering", ["ioaw", "ioaz", "bijstand"])
def test_t51_ioaw_wordt_aangenomen(wereld, uitkering):
    assert ingediend(wereld, NU_B, uitkering=uitkering).status == AanvraagStatus.INGEDIEND


@pytest.mark.parametrize("doelgroep", ["CMD", "EPA"])
def test_t51_ook_voor_epa(wereld, doelgroep):
    assert ingediend(wereld, NU_B, doelgroep=doelgroep).doelgroep == doelgroep


def test_t52_alleen_wia_hoort_bij_uwv(wereld):
    aanvraag = compleet(wereld, NU_B, uitkering="uwv")
    assert geweigerd(lambda: dien_in(wereld, aanvraag, NU_B)) == ["niet_in_doelgroep"]
    redenen = indienen.indienen.redenen(aanvraag, wereld.behandelaar, NU_B)
    assert "vraag bij UWV" in redenen[0].tekst


@pytest.mark.parametrize(("ingeschreven", "vlaggen"), [(False, ["niet_ingeschreven"]), (True, [])])
def test_t53_niet_ingeschreven_is_een_vlag_en_geen_weigering(wereld, ingeschreven, vlaggen):
    aanvraag = zonder_handtekening(wereld, uitkering="geen", werkzoekend_ingeschreven=ingeschreven)
    fabriek.onderteken(wereld, aanvraag, NU_B)
    verstuurd = dien_in(wereld, aanvraag, NU_B)
    assert verstuurd.status == AanvraagStatus.INGEDIEND
    redenen = let_op(verstuurd.inhoud, waarden_van(verstuurd, NU_B.date()))
    assert [r.code for r in redenen] == vlaggen


def test_t53_de_vraag_moet_wel_beantwoord_zijn(wereld):
    aanvraag = zonder_handtekening(wereld, uitkering="geen")
    assert geweigerd(lambda: dien_in(wereld, aanvraag, NU_B, handtekening_volgt=True)) == ["onvolledig"]


@pytest.mark.parametrize(
    ("start", "nu", "codes"),
    [
        pytest.param(date(2021, 12, 31), NU_B, ["start_te_vroeg"], id="T60 een dag te vroeg"),
        pytest.param(date(2022, 1, 1), datetime(2023, 3, 1, 9, tzinfo=UTC), [], id="T59 op de eerste dag"),
        pytest.param(
            date(2022, 1, 1), datetime(2023, 12, 31, 22, 30, tzinfo=UTC), [], id="op de laatste dag"
        ),
        pytest.param(
            date(2022, 6, 1), datetime(2024, 1, 2, 9, tzinfo=UTC), ["start_in_verleden"], id="in 2024 te laat"
        ),
        pytest.param(date(2022, 3, 1), datetime(2023, 4, 11, 9, tzinfo=UTC), [], id="T62 gestart in 2022"),
    ],
)
def test_t59_t60_t62_een_start_voor_het_besluit(start, nu, codes):
    """T62: whether it has stopped meanwhile is for a person to weigh; nothing refuses it by itself."""
    wereld = fabriek.maak_wereld_b(datetime(2023, 2, 28, 9, tzinfo=UTC))
    aanvraag = compleet(wereld, nu, gewenste_start=start)
    if codes:
        assert geweigerd(lambda: dien_in(wereld, aanvraag, nu)) == codes
    else:
        verstuurd = dien_in(wereld, aanvraag, nu)
        assert (verstuurd.status, verstuurd.gewenste_start) == (AanvraagStatus.INGEDIEND, start)


def test_de_lijst_van_vragen_is_korter_dan_die_van_a(wereld):
    """No werk, no sggz, no month of the treatment: it can be sent without them."""
    aanvraag = zonder_handtekening(
        wereld, werk="", in_sggz=None, begonnen_in=None, akkoord_op=None, gediagnosticeerd=True
    )
    assert dien_in(wereld, aanvraag, NU_B, handtekening_volgt=True).status == AanvraagStatus.INGEDIEND
