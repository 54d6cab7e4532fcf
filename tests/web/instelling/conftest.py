from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client

from aanvragen.models import Aanvraag
from ips_subsidie.kalender.klok import klok_op
from tests import fabriek
from tests.web.bezoek import als


@pytest.fixture
def wereld(db: None) -> fabriek.Wereld:
    return fabriek.maak_wereld()


@pytest.fixture(autouse=True)
def _op_de_dag_zelf() -> Iterator[datetime]:
    with klok_op(fabriek.NU):
        yield fabriek.NU


@pytest.fixture
def client(wereld: fabriek.Wereld) -> Client:
    """The behandelaar of the instelling of this world."""
    return als(wereld.behandelaar)


@pytest.fixture
def aanvraag(wereld: fabriek.Wereld) -> Aanvraag:
    return fabriek.concept(wereld)
