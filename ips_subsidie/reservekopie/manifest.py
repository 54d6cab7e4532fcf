"""What lies beside a backup: what it holds and how to know that it is whole. Sealed with the key of the backup."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from ips_subsidie.reservekopie.fout import ReservekopieFout
from ips_subsidie.reservekopie.inhoud import Inhoud
from ips_subsidie.reservekopie.sleutels import Sleutels

ACHTERVOEGSEL, VAN_MANIFEST = ".reservekopie", ".json"
_FORMAAT = 1


@dataclass(frozen=True)
class Manifest:
    """One backup. `gemaakt_op` is an aware datetime, `grootte` the bytes of the encrypted file."""

    bestand: str
    gemaakt_op: datetime
    grootte: int
    sha256: str
    sleutel: str
    postgresql: int
    inhoud: Inhoud

    def schrijf(self, map_: Path, sleutels: Sleutels) -> Path:
        """Write it whole or not at all: only with its manifest a file counts as a backup."""
        inhoud = json.dumps(
            {"formaat": _FORMAAT, **asdict(self), "gemaakt_op": self.gemaakt_op.isoformat()}, sort_keys=True
        )
        pad = (map_ / self.bestand).with_suffix(VAN_MANIFEST)
        deel = pad.with_suffix(".json-deel")
        zegel = sleutels.zegel(self.sleutel, inhoud.encode())
        deel.write_text(json.dumps({"manifest": inhoud, "zegel": zegel}, indent=1) + "\n")
        deel.chmod(0o600)
        deel.replace(pad)
        return pad


def lees(pad: Path, sleutels: Sleutels) -> Manifest:
    """The manifest of this backup, or of its `.json`; raises ReservekopieFout where it is missing or was altered."""
    pad = pad.with_suffix(VAN_MANIFEST)
    try:
        kist = json.loads(pad.read_text())
        tekst, zegel = str(kist["manifest"]), str(kist["zegel"])
        velden = json.loads(tekst)
        sleutel = str(velden["sleutel"])
    except FileNotFoundError:
        raise ReservekopieFout(f"Het manifest {pad.name} ontbreekt; zonder is de kopie niet af.") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise ReservekopieFout(f"Het manifest {pad.name} is niet te lezen.") from None
    if not hmac.compare_digest(sleutels.zegel(sleutel, tekst.encode()), zegel):
        raise ReservekopieFout(f"Het manifest {pad.name} is veranderd, of de sleutel is een andere.")
    if velden.pop("formaat") != _FORMAAT:
        raise ReservekopieFout(f"Het manifest {pad.name} is van een andere versie van het portaal.")
    inhoud = velden.pop("inhoud")
    tabellen = {naam: (int(aantal), str(som)) for naam, (aantal, som) in inhoud["tabellen"].items()}
    return Manifest(
        **{**velden, "gemaakt_op": datetime.fromisoformat(velden["gemaakt_op"])},
        inhoud=Inhoud(tabellen, inhoud["reeksen"], tuple(inhoud["migraties"])),
    )


def som_van(pad: Path) -> str:
    """The SHA-256 of a file."""
    with pad.open("rb") as bron:
        return hashlib.file_digest(bron, "sha256").hexdigest()


def alle(map_: Path) -> list[Path]:
    """The backups in this folder that are complete, the oldest first: their names sort by time."""
    return sorted(pad for pad in map_.glob(f"*{ACHTERVOEGSEL}") if pad.with_suffix(VAN_MANIFEST).exists())
