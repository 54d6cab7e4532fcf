"""The encryption of a backup: AES-256-GCM in pieces, so that a file of any size passes through little memory.

A file begins with a header: the mark, the name of the key (length and ASCII) and 32 random bytes of salt. From key and
salt comes a key of this file alone (HKDF). Then pieces of 1 MiB follow, each with its own nonce: its number, and
whether it is the last one. A piece that was altered, moved, left out or cut off doesn't open.
"""

import base64
import binascii
import hmac
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from ips_subsidie.reservekopie.fout import ReservekopieFout

MERK = b"IPS-RESERVEKOPIE-1\n"
STUK = 1024 * 1024
_TAG, _ZOUT, _SLEUTEL = 16, 32, 32
_LANGSTE_NAAM = 32


@dataclass(frozen=True)
class Sleutels:
    """The keys of backups by name; the first one writes, all of them read."""

    op_naam: dict[str, bytes] = field(repr=False)

    @classmethod
    def uit_settings(cls) -> "Sleutels":
        """Of settings.RESERVEKOPIE_SLEUTELS; raises ReservekopieFout where one is missing, bad or used elsewhere."""
        gegeven: dict[str, str] = settings.RESERVEKOPIE_SLEUTELS
        if not gegeven:
            raise ReservekopieFout(
                "Zet RESERVEKOPIE_SLEUTEL: `naam:sleutel`, met een sleutel uit `openssl rand -base64 32`."
            )
        return cls({naam: _lees(naam, tekst) for naam, tekst in gegeven.items()})

    @property
    def schrijver(self) -> str:
        return next(iter(self.op_naam))

    def voor(self, naam: str) -> bytes:
        try:
            return self.op_naam[naam]
        except KeyError:
            raise ReservekopieFout(
                f"De sleutel {naam!r} van deze reservekopie staat niet in RESERVEKOPIE_SLEUTEL."
            ) from None

    def zegel(self, naam: str, inhoud: bytes) -> str:
        """A keyed digest over `inhoud`: who doesn't have the key can't make another manifest pass for ours."""
        return hmac.digest(
            _afgeleid(self.voor(naam), b"", b"ips reservekopie manifest"), inhoud, "sha256"
        ).hex()


def _lees(naam: str, tekst: str) -> bytes:
    if not (naam.isascii() and naam.isalnum() and len(naam) <= _LANGSTE_NAAM):
        raise ReservekopieFout(
            "RESERVEKOPIE_SLEUTEL is `naam:sleutel`; de naam heeft letters en cijfers, hooguit 32."
        )
    try:
        rauw = base64.b64decode(tekst, validate=True)
    except (binascii.Error, ValueError):
        raise ReservekopieFout(
            f"De sleutel {naam!r} in RESERVEKOPIE_SLEUTEL is geen geldige base64."
        ) from None
    if len(rauw) != _SLEUTEL:
        raise ReservekopieFout(f"De sleutel {naam!r} in RESERVEKOPIE_SLEUTEL moet 32 bytes zijn.")
    # Who finds the backup and one key may not have both: a restored database still keeps its fields shut.
    if tekst in {*settings.VELD_SLEUTELS.values(), settings.VELD_INDEX_SLEUTEL}:
        raise ReservekopieFout(
            "RESERVEKOPIE_SLEUTEL is dezelfde als een sleutel van de velden. Maak een eigen sleutel."
        )
    return rauw


def _afgeleid(sleutel: bytes, zout: bytes, doel: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_SLEUTEL, salt=zout or None, info=doel).derive(sleutel)


def versleutel(bron: IO[bytes], doel: IO[bytes], sleutels: Sleutels) -> None:
    """Read `bron` to its end and write it encrypted to `doel`."""
    naam, zout = sleutels.schrijver, os.urandom(_ZOUT)
    kop = MERK + bytes([len(naam)]) + naam.encode("ascii") + zout
    doel.write(kop)
    kist = AESGCM(_afgeleid(sleutels.voor(naam), zout, b"ips reservekopie inhoud"))
    for nummer, stuk, laatste in _stukken(bron, STUK):
        doel.write(kist.encrypt(_nonce(nummer, laatste), stuk, kop))


def ontsleutel(bron: IO[bytes], doel: IO[bytes], sleutels: Sleutels) -> None:
    """Write to `doel` what was encrypted in `bron`; raises ReservekopieFout where anything was changed or cut off."""
    kop, naam, zout = _kop(bron)
    kist = AESGCM(_afgeleid(sleutels.voor(naam), zout, b"ips reservekopie inhoud"))
    for nummer, stuk, laatste in _stukken(bron, STUK + _TAG):
        try:
            doel.write(kist.decrypt(_nonce(nummer, laatste), stuk, kop))
        except (InvalidTag, ValueError):
            raise ReservekopieFout(
                "De reservekopie is veranderd of niet heel, of de sleutel is een andere. Neem een andere kopie."
            ) from None


def _kop(bron: IO[bytes]) -> tuple[bytes, str, bytes]:
    kop = bron.read(len(MERK) + 1)
    if not kop.startswith(MERK) or len(kop) != len(MERK) + 1:
        raise ReservekopieFout("Dit bestand is geen reservekopie van het portaal.")
    rest = bron.read(kop[-1] + _ZOUT)
    return kop + rest, rest[: kop[-1]].decode("latin-1"), rest[kop[-1] :]


def _stukken(bron: IO[bytes], grootte: int) -> Iterator[tuple[int, bytes, bool]]:
    """Pieces of this size with their number; also an empty source has one, the last."""
    nummer, stuk = 0, bron.read(grootte)
    while True:
        volgend = bron.read(grootte) if len(stuk) == grootte else b""
        yield nummer, stuk, not volgend
        if not volgend:
            return
        nummer, stuk = nummer + 1, volgend


def _nonce(nummer: int, laatste: bool) -> bytes:
    return nummer.to_bytes(11, "big") + bytes([laatste])
