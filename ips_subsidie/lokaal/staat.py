"""What stays between two starts: the state folder, who holds it, the local secrets and the clock."""

import base64
import contextlib
import fcntl
import hashlib
import json
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ips_subsidie.lokaal.processen import Opstartfout

STANDAARDDATUM = date(2019, 6, 3)
_BEGIN_WERKDAG = time(9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
# A socket path stops at 107 characters; the longest name in the folder takes 20 of them.
_LANGSTE_MAP = 85


@contextlib.contextmanager
def bezet(staat: Path) -> Iterator[bool]:
    """Hold the state folder for this process alone. The kernel lets go of the lock, however we end.

    Gives whether the former holder was killed: its programs may still be closing.
    """
    try:
        staat.mkdir(mode=0o700, parents=True, exist_ok=True)
        slot = (staat / "slot").open("a+")
    except OSError as fout:
        raise Opstartfout(f"de map {staat} is niet te gebruiken: {fout.strerror}") from fout
    with slot:
        try:
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            slot.seek(0)
            pid = slot.read().strip() or "onbekend"
            raise Opstartfout(
                f"het draait al (proces {pid}, map {staat}). "
                "Stop dat eerst, of kies een andere map met IPS_STAAT."
            ) from None
        slot.seek(0)
        gedood = bool(slot.read())
        slot.truncate(0)
        slot.write(str(os.getpid()))
        slot.flush()
        try:
            yield gedood
        finally:
            slot.truncate(0)


def contactmap(staat: Path) -> Path:
    """The private folder for sockets: the state folder, or a short one where its path is too long or odd."""
    if len(os.fsencode(staat)) <= _LANGSTE_MAP and re.fullmatch(r"[\w/.-]+", str(staat), re.ASCII):
        return staat
    kort = Path(tempfile.gettempdir())
    if len(os.fsencode(kort)) > _LANGSTE_MAP - 30:
        kort = Path("/tmp")  # noqa: S108  # owner and mode are checked below
    kort /= f"ips-{os.getuid()}-{hashlib.sha256(os.fsencode(staat)).hexdigest()[:12]}"
    kort.mkdir(mode=0o700, exist_ok=True)
    kenmerk = kort.lstat()
    if kort.is_symlink() or kenmerk.st_uid != os.getuid() or kenmerk.st_mode & 0o077:
        raise Opstartfout(f"de map {kort} is niet van u alleen; verwijder die map.")
    return kort


def geheimen(staat: Path) -> dict[str, str]:
    """Secrets of this installation as environment variables, made at the first start."""
    bestand = staat / "geheim.json"
    if not bestand.exists():

        def sleutel() -> str:
            return base64.b64encode(secrets.token_bytes(32)).decode()

        _schrijf(
            bestand,
            {
                "DJANGO_SECRET_KEY": secrets.token_urlsafe(50),
                "VELD_SLEUTELS": f"a:{sleutel()}",
                "VELD_INDEX_SLEUTEL": sleutel(),
            },
        )
    return {naam: str(waarde) for naam, waarde in _lees(bestand).items()}


def gevraagde_datum(tekst: str | None) -> date | None:
    """IPS_DATUM as a date; None when it is not set."""
    if not tekst:
        return None
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise Opstartfout(
            f"IPS_DATUM is geen datum: {tekst!r}. Schrijf jjjj-mm-dd, zoals 2019-06-03."
        ) from None


def klokverschuiving(staat: Path, gevraagd: date | None, nu: datetime) -> float:
    """Seconds between the one clock of the program and that of the machine.

    Time runs on over restarts: the offset is kept, until a later date is asked for. What is in the folder happened
    before its date, so the clock does not go back.
    """
    bestand = staat / "klok.json"
    bewaard = _lees(bestand) if bestand.exists() else {}
    if bewaard and gevraagd and gevraagd < (was := date.fromisoformat(bewaard["ijkdatum"])):
        raise Opstartfout(
            f"de gegevens in {staat} zijn van {was:%d-%m-%Y}, en IPS_DATUM={gevraagd} ligt daarvoor. Kies een eigen "
            f"map: IPS_STAAT={staat}-{gevraagd} IPS_DATUM={gevraagd} make run. Of verwijder {staat} en begin opnieuw."
        )
    if not bewaard or (gevraagd and gevraagd.isoformat() != bewaard["ijkdatum"]):
        bewaard = {
            "ijkdatum": (gevraagd or STANDAARDDATUM).isoformat(),
            "gestart_op": nu.astimezone(UTC).isoformat(),
        }
        _schrijf(bestand, bewaard)
    ijkmoment = datetime.combine(date.fromisoformat(bewaard["ijkdatum"]), _BEGIN_WERKDAG)
    return (ijkmoment - datetime.fromisoformat(bewaard["gestart_op"])).total_seconds()


def ijkdatum(staat: Path) -> str:
    """The reference date, as ISO 8601, for which the clock was set last."""
    return str(_lees(staat / "klok.json")["ijkdatum"])


def _lees(bestand: Path) -> dict[str, Any]:
    try:
        inhoud: dict[str, Any] = json.loads(bestand.read_text())
    except (OSError, ValueError) as fout:
        raise Opstartfout(
            f"{bestand} is niet te lezen ({fout}). Herstel het, of begin opnieuw zonder die map."
        ) from fout
    return inhoud


def _schrijf(bestand: Path, inhoud: dict[str, str]) -> None:
    """Write all or nothing, for our eyes only: a file half written would lock people out of their data."""
    nieuw = bestand.with_suffix(".nieuw")
    nieuw.unlink(missing_ok=True)
    with os.fdopen(os.open(nieuw, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as uit:
        json.dump(inhoud, uit, indent=1)
    nieuw.replace(bestand)
