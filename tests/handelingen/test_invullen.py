"""What can be changed when: everything in a concept, not what the gemeente is judging by."""

from datetime import date

import pytest

from aanvragen.handelingen import invullen
from aanvragen.regels.statussen import AanvraagStatus
from aanvragen.regels.volledigheid import Onderdeel
from ips_subsidie.kalender.klok import klok_op
from tests import fabriek

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld():
    with klok_op(fabriek.NU):
        yield fabriek.maak_wereld()


@pytest.mark.parametrize(
    ("onderdeel", "waarden", "mag"),
    [
        (Onderdeel.TRAJECT, {"gewenste_start": date(2019, 10, 1)}, True),
        (Onderdeel.BEHANDELING, {"begonnen_in": date(2018, 7, 1)}, True),
        (Onderdeel.INSTELLING, {"behandelaar_naam": "Een ander"}, False),
        (Onderdeel.DEELNEMER, {"achternaam": "Anders"}, False),
        (Onderdeel.SITUATIE, {"ander_traject": True}, False),
    ],
)
def test_wat_bij_de_gemeente_ligt_ligt_vast(wereld, onderdeel, waarden, mag):
    aanvraag = fabriek.wacht_op_toestemming(wereld)

    def sla_op():
        invullen.onderdeel_opslaan(
            aanvraag, wereld.behandelaar,
            onderdeel=onderdeel, waarden=waarden, versie=aanvraag.versie, nu=fabriek.NU,
        )  # fmt: skip

    if mag:
        sla_op()
    else:
        assert fabriek.geweigerd(sla_op) == ["bij_de_gemeente"]
    vers = fabriek.vers(aanvraag)
    assert vers.status == AanvraagStatus.WACHT_OP_TOESTEMMING
    assert (vers.gewenste_start == date(2019, 10, 1)) == (onderdeel is Onderdeel.TRAJECT)
    assert vers.deelnemer.achternaam != "Anders"
