"""The factories reach every status, and the acts do what FASEN says of them."""

import pytest
from stdnum.nl import bsn as elfproef

from aanvragen.models import Aanvraag
from aanvragen.regels.statussen import AanvraagStatus, TrajectStatus
from tests import fabriek

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", AanvraagStatus)
def test_elke_status_van_een_aanvraag(status):
    _, aanvraag, _ = fabriek.maak_in(status)
    assert aanvraag.status == status


@pytest.mark.parametrize("status", TrajectStatus)
def test_elke_status_van_een_traject(status):
    assert fabriek.MAAK_TRAJECT[status](fabriek.maak_wereld()).status == status


def test_bsn_is_geldig_en_eenmalig():
    reeks = fabriek.bsn_reeks()
    nummers = [reeks() for _ in range(500)]
    assert len(set(nummers)) == 500
    assert all(elfproef.is_valid(n) and len(n) == 9 for n in nummers)


def test_een_voordracht_wordt_een_concept():
    aanvraag = fabriek.uit_voordracht(fabriek.maak_wereld())
    assert (aanvraag.status, aanvraag.initiatief) == ("concept", "gemeente")
    assert Aanvraag.objects.get().route == "gemeente"


def test_verlengd():
    assert fabriek.verlengd(fabriek.maak_wereld()).verlengd_maanden == 12
