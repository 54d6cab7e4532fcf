"""Scheme B: the gemeente is reminded of her terms, and budget that nobody used comes free again."""

from datetime import timedelta

import pytest

from aanvragen import herinneren
from aanvragen.regels.statussen import AanvraagStatus
from budget.models import ReserveringStatus
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import NU_B, vers

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld():
    return fabriek.maak_wereld_b()


def herinnerd(nu):
    with klok_op(nu):
        herinneren.herinner(nu)
    rijen = Bericht.objects.filter(soort__startswith="herinnering").values_list(
        "soort", "organisatie__naam", "rol"
    )
    return sorted((soort, naam, str(rol)) for soort, naam, rol in rijen)


def test_de_beslistermijn_is_van_de_gemeente_en_niet_van_uwv(wereld):
    aanvraag = fabriek.in_behandeling(wereld, NU_B)
    assert aanvraag.beslis_uiterlijk is not None
    veertien = NU_B + timedelta(days=56 - 14)
    assert herinnerd(veertien) == [
        ("herinnering_beslistermijn_14", "WerkBedrijf Rijk van Nijmegen", Rol.GEMEENTEMEDEWERKER.value)
    ]


def test_voor_een_reservering_verloopt_hoort_de_gemeente_het(wereld):
    fabriek.budget_gereserveerd(wereld, NU_B)
    assert herinnerd(NU_B + timedelta(days=21)) == [
        ("herinnering_reservering_7", "WerkBedrijf Rijk van Nijmegen", rol.value)
        for rol in sorted((Rol.GEMEENTEMEDEWERKER, Rol.GEMEENTEBESLISSER), key=lambda r: r.value)
    ]
    # The next day the same milestone is not said again.
    assert len(herinnerd(NU_B + timedelta(days=22))) == 2


def test_wat_niet_op_tijd_is_gebruikt_komt_in_de_nacht_vrij(wereld):
    aanvraag = fabriek.budget_gereserveerd(wereld, NU_B)
    assert herinneren.laat_reserveringen_verlopen(NU_B + timedelta(days=28)) == 0
    later = NU_B + timedelta(days=29)
    with klok_op(later):
        assert herinneren.laat_reserveringen_verlopen(later) == 1
        assert herinneren.laat_reserveringen_verlopen(later) == 0
    aanvraag = vers(aanvraag)
    assert (aanvraag.status, aanvraag.reservering.status) == (
        AanvraagStatus.IN_BEHANDELING, ReserveringStatus.IN_VOLGORDE,
    )  # fmt: skip
    assert wereld.pot().gereserveerd_cent == 0
