"""The loting between those who were received at the same moment: from a seed, so that anyone can repeat it."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def volgorde(zaad: str, kenmerken: Iterable[str]) -> list[str]:
    """The kenmerken, best first: by the SHA-256 of `zaad:kenmerk`. The order in which they are given is of no account.

    `printf 'zaad:kenmerk' | sha256sum` for each, sorted, gives the same; the database checks it in SQL.
    """
    return sorted(kenmerken, key=lambda kenmerk: lotnummer(zaad, kenmerk))


def lotnummer(zaad: str, kenmerk: str) -> str:
    """The lot of one kenmerk: the SHA-256 in hexadecimal; the lowest goes first."""
    return sha256(f"{zaad}:{kenmerk}".encode()).hexdigest()
