"""Starts PostgreSQL and Valkey for the tests; loaded with `-p`: pytest-django reads the settings early.

Only the controlling process starts them: workers of xdist inherit the addresses. With DATABASE_URL or
REDIS_URL set, that server is used. Killed or not, no server outlives the run.
"""

import contextlib
import os
from collections.abc import Generator

import pytest

from ips_subsidie.lokaal.processen import Opstartfout, Stop
from ips_subsidie.lokaal.tijdelijk import tijdelijke_diensten

_stapel = contextlib.ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    # A wrapper runs before every plain hook, and so before pytest-django's.
    if "PYTEST_XDIST_WORKER" not in os.environ:
        try:
            os.environ.update(_stapel.enter_context(tijdelijke_diensten(Stop())))
        except Opstartfout as fout:
            raise pytest.UsageError(str(fout)) from fout
    return (yield)


def pytest_unconfigure() -> None:
    _stapel.close()
