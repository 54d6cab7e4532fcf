"""The clock stands where the acts of these tests happen."""

import pytest

from ips_subsidie.kalender.klok import klok_op
from tests.fabriek import NU


@pytest.fixture
def klok():
    with klok_op(NU):
        yield NU
