"""What is run, as data: the steps before, the steps of the first time, and the programs that stay."""

import sys
from dataclasses import dataclass

from ips_subsidie.lokaal.logins import WACHTWOORD, als_tabel

_PYTHON = sys.executable
_BEHEER = (_PYTHON, "manage.py")


@dataclass(frozen=True)
class Stap:
    """A command that must end well before the next one."""

    tekst: str
    argv: tuple[str, ...]
    als_eigenaar: bool = False


@dataclass(frozen=True)
class Programma:
    """A program that stays. In its arguments {poort} and {staat} are filled in."""

    naam: str
    argv: tuple[str, ...]


def _python(naam: str, argumenten: str) -> Programma:
    # Split before anything is filled in: a path may hold spaces.
    return Programma(naam, (_PYTHON, *argumenten.split()))


@dataclass(frozen=True)
class Recept:
    """All of one run; the first program is the one that answers at `gezond`."""

    voorbereiding: tuple[Stap, ...]
    vulling: tuple[Stap, ...]
    programmas: tuple[Programma, ...]
    gezond: str = "/health"
    welkom: str = "{adres}"


RECEPT = Recept(
    voorbereiding=(Stap("Databank bijwerken", (*_BEHEER, "migrate", "--verbosity", "0"), als_eigenaar=True),),
    vulling=(
        Stap("Regelingen en demogegevens laden", (*_BEHEER, "demo")),
        Stap("Overleg van de demo maken", (*_BEHEER, "demo_overleg")),
    ),
    programmas=(
        _python(
            "web",
            "-m gunicorn ips_subsidie.wsgi --worker-class ips_subsidie.webwerker.Werker --workers 2 --threads 4 "
            "--bind 127.0.0.1:{poort} --graceful-timeout 5 --no-control-socket",
        ),
        _python("worker", "-m celery -A ips_subsidie worker --concurrency 2 --loglevel WARNING"),
        _python(
            "beat", "-m celery -A ips_subsidie beat --loglevel WARNING --schedule {staat}/beat --pidfile="
        ),
    ),
    welkom=f"""
Het IPS-subsidieportaal draait op {{adres}}

Inloggen kan met het wachtwoord {WACHTWOORD} als:
{als_tabel()}

Stoppen: Ctrl-C""",
)
