"""Anchors: the heads of the chains, written to files outside the database.

Who owns the tables can rewrite a chain from some line to its end, with all hashes right. An anchor of before then
differs. Each file holds the heads that changed since the files before it, and the fingerprint of the file before it: so
one that is changed or gone shows too. Put the folder where the database's administrators can't write, or copy it there.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from ips_subsidie.logboek.keten import Breuk, Schakel, koppen
from ips_subsidie.logboek.schrijven import Onderwerp, schrijf_gebeurtenis

_BEGIN = "0" * 64


class GeenAnkermap(Exception):
    """IPS_ANKERMAP is not set, or is no folder that can be written to."""


@dataclass(frozen=True)
class Ankers:
    """What the files say: places with their hash, what isn't right with the files, and when the last one was made."""

    schakels: tuple[Schakel, ...] = ()
    breuken: tuple[Breuk, ...] = ()
    laatste_op: datetime | None = None
    laatste_hash: str = _BEGIN


def ankermap() -> Path:
    """The folder of IPS_ANKERMAP. Raises GeenAnkermap, with a Dutch sentence that says what to do."""
    if not settings.ANKERMAP:
        raise GeenAnkermap(
            "Zet IPS_ANKERMAP op een map buiten de databank. "
            "Zonder anker merkt niemand dat een hele keten is herschreven."
        )
    return Path(settings.ANKERMAP)


def maak_anker(nu: datetime) -> Path | None:
    """Write the heads that changed since the last anchor to a new file; None when none did.

    The line about it comes first, so that its own head is in the file. Raises GeenAnkermap.
    """
    map_ = ankermap()
    eerder = lees_ankers(map_)
    bekend = set(eerder.schakels)
    if not any(kop not in bekend for kop in koppen()):
        return None
    with transaction.atomic():
        schrijf_gebeurtenis(
            "logboek.anker", onderwerp=Onderwerp("logboek.anker"), rol="systeem", op=nu,
            gegevens={"vorig_anker": eerder.laatste_hash},
        )  # fmt: skip
    nieuw = [kop for kop in koppen() if kop not in bekend]
    inhoud = _tekst(nu, eerder.laatste_hash, nieuw)
    try:
        return _schrijf(map_, f"anker-{nu.astimezone(UTC):%Y%m%dT%H%M%S%fZ}.jsonl", inhoud)
    except OSError as fout:
        raise GeenAnkermap(
            f"In de map van IPS_ANKERMAP kan niet geschreven worden: {fout.strerror}."
        ) from fout


def lees_ankers(map_: Path) -> Ankers:
    """All anchors of this folder, oldest first, and whether each file follows on the one before it."""
    schakels: dict[Schakel, None] = {}
    breuken: list[Breuk] = []
    vorige, laatste_op = _BEGIN, None
    for bestand in sorted(map_.glob("anker-*.jsonl")) if map_.is_dir() else ():
        inhoud = bestand.read_bytes()
        try:
            kop, *regels = inhoud.decode("utf-8").splitlines()
            gegevens = json.loads(kop)
            laatste_op = datetime.fromisoformat(gegevens["op"])
            schakels |= dict.fromkeys(Schakel(*json.loads(regel)) for regel in regels)
            if len(regels) != gegevens["aantal"]:
                raise ValueError("aantal")
        except (ValueError, KeyError, TypeError, UnicodeDecodeError):
            breuken.append(Breuk("ankerbestand", f"Het ankerbestand {bestand.name} is niet heel."))
            gegevens = {}
        if gegevens.get("vorige", vorige) != vorige:
            breuken.append(
                Breuk("ankerbestand", f"Het ankerbestand voor {bestand.name} is weg of veranderd.")
            )
        vorige = sha256(inhoud).hexdigest()
    return Ankers(tuple(schakels), tuple(breuken), laatste_op, vorige)


def _tekst(nu: datetime, vorige: str, nieuw: list[Schakel]) -> str:
    def regels() -> Iterator[str]:
        yield json.dumps({"op": nu.isoformat(), "vorige": vorige, "aantal": len(nieuw)})
        for schakel in nieuw:
            yield json.dumps(list(schakel))

    return "".join(f"{regel}\n" for regel in regels())


def _schrijf(map_: Path, naam: str, inhoud: str) -> Path:
    """A whole file or none: written beside its name, synced, and then put there; never over another."""
    map_.mkdir(parents=True, exist_ok=True)
    tijdelijk = map_ / f".{naam}.nieuw"
    with os.fdopen(
        os.open(tijdelijk, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o440), "w", encoding="utf-8"
    ) as uit:
        uit.write(inhoud)
        uit.flush()
        os.fsync(uit.fileno())
    os.link(tijdelijk, map_ / naam)
    tijdelijk.unlink()
    return map_ / naam
