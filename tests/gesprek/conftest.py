import pytest

from tests import fabriek


@pytest.fixture
def wereld(db) -> fabriek.Wereld:
    """IPS-CMD-2019: UWV decides."""
    return fabriek.maak_wereld()


@pytest.fixture
def wereld_b(db) -> fabriek.Wereld:
    """IPS-GEM-2023: the gemeente decides, and UWV sees a dossier from when she asks budget for it."""
    return fabriek.maak_wereld_b()
