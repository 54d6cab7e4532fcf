"""What holds for every test: the database as the role `app`, and guards that no test can switch off."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

from tests import bewaking, databank, logwacht

_PRESTATIES = Path(__file__).parent / "prestaties"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Benchmarks are run by name only: they take long and prove nothing about right or wrong."""
    if collection_path != _PRESTATIES:
        return None
    gevraagd = any("prestaties" in arg for arg in config.invocation_params.args)
    return None if gevraagd else True


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: "pytest_django.DjangoDbBlocker",  # noqa: F821
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Instead of pytest-django's: the owner makes the database and migrates, the tests connect as `app`."""
    verbosity = request.config.option.verbose

    def maak(*, keepdb: bool = False) -> Any:
        with databank.standaardverbinding_als_eigenaar():
            gemaakt = setup_databases(
                verbosity=verbosity, interactive=False, keepdb=keepdb, serialized_aliases=set()
            )
        databank.onthoud_referentie()
        return gemaakt

    if "PYTEST_XDIST_WORKER" in os.environ:
        with django_db_blocker.unblock(), databank.naar_voorbeeld(maak):
            yield
        return
    with django_db_blocker.unblock():
        gemaakt = maak(keepdb=django_db_keepdb and not django_db_createdb)
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock(), databank.standaardverbinding_als_eigenaar():
            teardown_databases(gemaakt, verbosity=verbosity)


@pytest.fixture(scope="module")
def blijvend(
    django_db_setup: None,
    django_db_blocker: "pytest_django.DjangoDbBlocker",  # noqa: F821
) -> Iterator[None]:
    """What a fixture of the module makes after this one is there for each of its tests, which start from it anew.

    An object of Python is not: give each test a copy of its own. Not for a module with transactional tests.
    """
    om_alles = transaction.atomic()
    om_alles._from_testcase = True  # type: ignore[attr-defined]
    with django_db_blocker.unblock(), om_alles:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session", autouse=True)
def _bewaking(django_test_environment: None) -> Iterator[None]:
    with (
        pytest.MonkeyPatch.context() as monkeypatch,
        bewaking.onbekende_variabele_is_fout(monkeypatch),
        bewaking.slot_zonder_of_is_fout(monkeypatch),
    ):
        # Django would empty the tables as `app`, which may not, and would take the rows of migrations along.
        monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: databank.leeg_databank())
        yield


@pytest.fixture(scope="session")
def _wacht_over_logs(django_test_environment: None) -> Iterator[logwacht.Wacht]:
    with logwacht.op_wacht() as wacht:
        yield wacht


@pytest.fixture(autouse=True)
def _geen_gegevens_in_logs(_wacht_over_logs: logwacht.Wacht) -> Iterator[None]:
    """P34: a test during which a BSN, a name or a password reaches a logger fails, whatever else it tests."""
    _wacht_over_logs.gevonden.clear()
    yield
    assert _wacht_over_logs.gevonden == []
