"""Services for a while: for the tests and for single commands. Their data is thrown away."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ips_subsidie.lokaal.diensten import postgresql, valkey
from ips_subsidie.lokaal.processen import Stop
from ips_subsidie.lokaal.staat import bezet

_VOORVOEGSEL = f"ips-tijdelijk-{os.getuid()}-"


@contextlib.contextmanager
def tijdelijke_diensten(stop: Stop) -> Iterator[dict[str, str]]:
    """The addresses of a PostgreSQL and a Valkey of our own; one that the environment names is used as is."""
    omgeving = _genoemd()
    with contextlib.ExitStack() as stapel:
        if {"DATABASE_URL", "REDIS_URL"} <= omgeving.keys():
            yield omgeving
            return
        _ruim_wezen_op()
        staat = Path(tempfile.mkdtemp(prefix=_VOORVOEGSEL))
        stapel.callback(_verwijder, staat)
        stapel.enter_context(bezet(staat))
        if "DATABASE_URL" not in omgeving:
            omgeving |= stapel.enter_context(postgresql(staat, stop, vluchtig=True)).omgeving
        if "REDIS_URL" not in omgeving:
            omgeving |= stapel.enter_context(valkey(staat, stop, vluchtig=True)).omgeving
        yield omgeving


def _genoemd() -> dict[str, str]:
    omgeving = {naam: os.environ[naam] for naam in ("DATABASE_URL", "REDIS_URL") if os.environ.get(naam)}
    if "DATABASE_URL" in omgeving:
        omgeving["DATABASE_EIGENAAR_URL"] = (
            os.environ.get("DATABASE_EIGENAAR_URL") or omgeving["DATABASE_URL"]
        )
    return omgeving


def _verwijder(staat: Path) -> None:
    verwijzing = staat / "pg-map"  # where PostgreSQL ran as nobody
    if verwijzing.exists():
        shutil.rmtree(verwijzing.read_text(), ignore_errors=True)
    shutil.rmtree(staat, ignore_errors=True)


def _ruim_wezen_op() -> None:
    """Remove the folders of runs that were killed: no process holds their lock any more."""
    for staat in Path(tempfile.gettempdir()).glob(_VOORVOEGSEL + "*"):
        try:
            with (staat / "slot").open() as slot:
                fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _verwijder(staat)
        except OSError:
            continue
