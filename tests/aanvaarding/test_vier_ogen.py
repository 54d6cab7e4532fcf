"""Who prepared does not decide (4.4), and what happens to a review when the dossier changes."""

from datetime import date, timedelta

import pytest

from aanvragen.handelingen import behandelen, beslissen
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.rollen import Rol
from tests.fabriek import (
    NU,
    beoordeel,
    beoordeeld,
    dien_aanvulling_in,
    doe,
    gestart,
    geweigerd,
    in_behandeling,
    ken_toe,
    laat_buiten_behandeling,
    neem_in_behandeling,
    neem_voor_in_te_trekken,
    onvolledig,
    reageer_op_voornemen,
    toegekend,
    trek_besluit_in,
    vers,
    vraag_aanvulling,
    vraag_verlenging,
    wijs_af,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def beide_petten(wereld):
    """The beoordelaar, who is beslisser too."""
    return Actor.van(
        Lidmaatschap.objects.create(
            gebruiker=wereld.beoordelaar.gebruiker,
            organisatie=wereld.uwv,
            rol=Rol.UWV_BESLISSER,
            geldig_van=date(2019, 1, 1),
        )
    )


def gehoord(wereld):
    """The instelling reacted to the voornemen to withdraw."""
    aanvraag = toegekend(wereld)
    reageer_op_voornemen(wereld, neem_voor_in_te_trekken(wereld, aanvraag))
    return vers(aanvraag)


@pytest.mark.parametrize(
    ("handeling", "maak", "invoer", "dagen"),
    [
        pytest.param(beslissen.toekennen, beoordeeld, {}, 0, id="toekennen"),
        pytest.param(beslissen.afwijzen, beoordeeld, {"gronden": ["algemeen"]}, 0, id="afwijzen"),
        pytest.param(beslissen.buiten_behandeling, onvolledig, {}, 15, id="buiten behandeling"),
        pytest.param(beslissen.besluit_intrekken, gehoord, {}, 0, id="besluit intrekken"),
    ],
)
def test_wie_beoordeelde_beslist_niet(wereld, beide_petten, handeling, maak, invoer, dagen):
    aanvraag = maak(wereld)
    moment = NU + timedelta(days=dagen)
    codes = geweigerd(lambda: doe(handeling, aanvraag, beide_petten, moment, motivering="x", **invoer))
    assert codes == ["vier_ogen"]
    doe(handeling, vers(aanvraag), wereld.beslisser, moment, motivering="x", **invoer)


def test_zonder_beoordeling_geen_besluit(wereld):
    aanvraag = in_behandeling(wereld)
    assert geweigerd(lambda: doe(beslissen.toekennen, aanvraag, wereld.beslisser, motivering="x")) == [
        "niet_beoordeeld"
    ]


def test_wie_om_de_aanvulling_vroeg_blijft_de_opsteller(wereld):
    """Letting go changes nothing of who prepared the besluit; nobody needs to take the dossier up for it."""
    aanvraag = onvolledig(wereld)
    doe(behandelen.loslaten, aanvraag, wereld.beoordelaar)
    later = NU + timedelta(days=15)
    assert laat_buiten_behandeling(wereld, aanvraag, later).status == "buiten_behandeling"
    assert vers(aanvraag).besluiten.get().opsteller == wereld.beoordelaar.persoon


def test_na_een_aanvulling_wordt_opnieuw_beoordeeld(wereld):
    aanvraag = vraag_aanvulling(wereld, beoordeeld(wereld))
    aanvraag = neem_in_behandeling(wereld, dien_aanvulling_in(wereld, aanvraag))
    codes = geweigerd(lambda: doe(beslissen.toekennen, aanvraag, wereld.beslisser, motivering="x"))
    assert codes == ["niet_beoordeeld"]
    assert ken_toe(wereld, beoordeel(wereld, vers(aanvraag))).status == "toegekend"


def test_het_advies_om_af_te_wijzen_wordt_niet_omzeild(wereld):
    aanvraag = beoordeel(wereld, in_behandeling(wereld), advies="afwijzen", gronden=("algemeen",))
    assert geweigerd(lambda: ken_toe(wereld, aanvraag)) == ["advies"]
    assert wijs_af(wereld, aanvraag, gronden=("algemeen",)).status == "afgewezen"


@pytest.mark.parametrize(
    ("over", "codes"),
    [
        pytest.param({"niet": ("woonplaats",)}, ["advies"], id="toekennen met een nee"),
        pytest.param({"advies": "afwijzen"}, ["gronden"], id="afwijzen zonder grond"),
        pytest.param({"advies": "afwijzen", "gronden": ("zomaar",)}, ["gronden"], id="grond die er niet is"),
    ],
)
def test_een_beoordeling_klopt_met_zichzelf(wereld, over, codes):
    aanvraag = in_behandeling(wereld)
    assert geweigerd(lambda: beoordeel(wereld, aanvraag, **over)) == codes


def test_een_ingetrokken_besluit_valt_niet_te_verlengen(wereld):
    deel = gestart(wereld)
    trek_besluit_in(wereld, vers(deel.aanvraag))
    deel = type(deel).objects.get(pk=deel.pk)
    assert "besluit_ingetrokken" in geweigerd(lambda: vraag_verlenging(wereld, deel))
