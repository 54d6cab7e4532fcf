"""Child processes that do not outlive us, also when we are killed without warning."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import IO

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Opstartfout(Exception):
    """Something a person can mend. The text is one clear line for the terminal."""


class Gestopt(Exception):
    """A signal asked us to stop; raised where we wait, so that everything unwinds in order."""


class Stop:
    """Remembers that a signal came. A handler that only remembers cannot interrupt half an action."""

    def __init__(self) -> None:
        self.gevraagd = False

    def luister(self) -> None:
        for nummer in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(nummer, self._ontvang)

    def _ontvang(self, _nummer: int, _frame: FrameType | None) -> None:
        self.gevraagd = True

    def controleer(self) -> None:
        if self.gevraagd:
            raise Gestopt

    def slaap(self, seconden: float) -> None:
        """Sleep a moment of a waiting loop; raises Gestopt when a signal came."""
        self.controleer()
        time.sleep(seconden)
        self.controleer()


def sterf_met_ouder(nummer: int = signal.SIGTERM) -> None:
    """Ask the kernel to signal this process when its parent dies, also by kill -9 (Linux only)."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(nummer))


def start(
    argv: Sequence[str | Path],
    *,
    uitvoer: IO[bytes] | int | None,
    env: Mapping[str, str] | None = None,
    sein: int = signal.SIGTERM,
    gebruiker: int | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches us only and we stop all in order."""
    ouder = os.getpid()

    def voor_exec() -> None:
        sterf_met_ouder(sein)
        if os.getppid() != ouder:  # the parent died before the kernel knew of our wish
            os._exit(1)

    extra = (
        {} if gebruiker is None else {"user": gebruiker, "group": gebruiker, "extra_groups": [], "cwd": "/"}
    )
    return subprocess.Popen(  # type: ignore[call-overload]
        [str(deel) for deel in argv],
        env=dict(os.environ if env is None else env),
        stdin=subprocess.DEVNULL,
        stdout=uitvoer,
        stderr=subprocess.STDOUT if uitvoer is not None else None,
        preexec_fn=voor_exec,  # noqa: PLW1509  # we start programs from one thread
        start_new_session=True,
        **extra,
    )


def beeindig(proces: subprocess.Popen[bytes], *, sein: int = signal.SIGTERM, geduld: float = 20) -> None:
    """Ask a program to stop, wait, and kill it when it will not."""
    with contextlib.suppress(ProcessLookupError):
        proces.send_signal(sein)
    try:
        proces.wait(geduld)
    except subprocess.TimeoutExpired:
        proces.kill()
        proces.wait()


@contextlib.contextmanager
def draaiend(
    proces: subprocess.Popen[bytes], *, sein: int = signal.SIGTERM
) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield proces
    finally:
        beeindig(proces, sein=sein)


def voer_uit(
    argv: Sequence[str | Path],
    stop: Stop,
    *,
    uitvoer: IO[bytes] | int | None,
    env: Mapping[str, str] | None = None,
    gebruiker: int | None = None,
) -> int:
    """Run a program to its end and return its exit code; a signal to us ends it first."""
    with draaiend(start(argv, uitvoer=uitvoer, env=env, gebruiker=gebruiker)) as proces:
        while proces.poll() is None:
            stop.slaap(0.02)
        return proces.returncode


def wacht_tot(
    klaar: Callable[[], bool],
    proces: subprocess.Popen[bytes],
    stop: Stop,
    *,
    wat: str,
    log: Path,
    geduld: float,
) -> None:
    """Wait until `klaar()`; an Opstartfout when the program stops or answers too late."""
    einde = time.monotonic() + geduld
    while not klaar():
        if proces.poll() is not None:
            raise Opstartfout(f"{wat} stopte bij het starten, zie {log}{staart(log)}")
        if time.monotonic() > einde:
            raise Opstartfout(f"{wat} antwoordt niet binnen {geduld:.0f} seconden, zie {log}{staart(log)}")
        stop.slaap(0.03)


def staart(log: Path, regels: int = 15) -> str:
    """The last lines of a log, indented, for under a message."""
    try:
        tekst = log.read_text(errors="replace").splitlines()[-regels:]
    except OSError:
        return ""
    return "".join(f"\n    {regel}" for regel in tekst)
