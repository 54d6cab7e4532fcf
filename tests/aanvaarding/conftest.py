import pytest

from tests import fabriek


@pytest.fixture
def wereld(db) -> fabriek.Wereld:
    """IPS-CMD-2019 as it is, one instelling, UWV."""
    return fabriek.maak_wereld()
