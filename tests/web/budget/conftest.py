"""What the tests of these pages share: a clock, a world, and reading a page as somebody."""

from datetime import datetime, time

import pytest

from ips_subsidie.kalender.klok import AMSTERDAM, klok_op
from tests import fabriek

DAG = datetime.combine(datetime(2019, 6, 17), time(9), AMSTERDAM)  # noqa: DTZ001


@pytest.fixture
def klok():
    with klok_op(DAG):
        yield DAG


@pytest.fixture
def wereld(klok, db):
    return fabriek.maak_wereld()
