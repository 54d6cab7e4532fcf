"""The beheerder of the portal, logged in, on a day of IPS-CMD-2019."""

import pytest

from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.toegang.personen import ingelogd_als, maak_lid


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(fabriek.NU):
        yield


@pytest.fixture
def client():
    return ingelogd_als(maak_lid(Rol.BEHEERDER, van=fabriek.LID_VANAF))
