"""P22: a connection to a database that says nothing any more is given up, and is not used again."""

import time

import psycopg
import pytest
from django.db import connection

from ips_subsidie.databank.verbinding import Verbinding, met_geduld
from ips_subsidie.reservekopie.databank import van_app
from tests.behoud.portaal import socket_van_databank
from tests.behoud.storing import Storing, Wijze

pytestmark = [pytest.mark.samen, pytest.mark.django_db(transaction=True)]


def verbind(poort: int, geduld: float | None) -> Verbinding:
    delen = dict(van_app().delen) | {"host": "127.0.0.1", "port": str(poort)}
    return met_geduld(geduld).connect(autocommit=True, **delen)


@pytest.mark.parametrize("wijze", [Wijze.HANG, Wijze.SLIK])
def test_wie_niet_antwoordt_wordt_opgegeven(wijze: Wijze) -> None:
    with Storing(socket_van_databank()) as weg:
        verbinding = verbind(weg.poort, 0.5)
        assert verbinding.execute("SELECT 1").fetchone() == (1,)
        weg.zet(wijze)
        begin = time.monotonic()
        with pytest.raises(psycopg.OperationalError, match="antwoordt niet binnen"):
            verbinding.execute("SELECT 2")
        assert 0.4 < time.monotonic() - begin < 3
        weg.zet(Wijze.DOOR)
        # Its late answer can never be taken for that of the next question.
        assert verbinding.closed
        with pytest.raises(psycopg.OperationalError):
            verbinding.execute("SELECT 3")


def test_wie_op_tijd_antwoordt_niet() -> None:
    with Storing(socket_van_databank()) as weg, verbind(weg.poort, 5) as verbinding:
        weg.zet(Wijze.TRAAG)
        assert verbinding.execute("SELECT 1 FROM pg_sleep(0.3)").fetchone() == (1,)


def test_zonder_geduld_duurt_het_zolang_het_duurt() -> None:
    with Storing(socket_van_databank()) as weg, verbind(weg.poort, None) as verbinding:
        assert verbinding.execute("SELECT 1 FROM pg_sleep(0.5)").fetchone() == (1,)


def test_zo_zijn_de_verbindingen_van_het_portaal(settings) -> None:
    """Of the site with patience; of the owner, who migrates, without, and short with locks."""
    connection.ensure_connection()
    assert isinstance(connection.connection, Verbinding)
    assert connection.connection.geduld == settings.DATABASES["default"]["GEDULD"] == 30.0
    assert settings.DATABASE_EIGENAAR["GEDULD"] is None
    assert "lock_timeout=2s" in settings.DATABASE_EIGENAAR["OPTIONS"]["options"]


def test_ook_uit_de_pool() -> None:
    """Whoever makes the pool, also by asking whether there is one."""
    bron = connection.copy()
    bron.settings_dict["GEDULD"] = 6.0
    bron.settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 2}
    try:
        assert bron.pool is not None
        bron.ensure_connection()
        assert isinstance(bron.connection, Verbinding)
        assert bron.connection.geduld == 6.0
    finally:
        bron.close()
        bron.close_pool()
