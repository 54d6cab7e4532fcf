"""Small real files: whole ones, and ones that should be refused."""

import io
import struct
import zlib
from collections.abc import Callable

import pikepdf
import pytest

PdfMaker = Callable[..., bytes]


def maak_pdf(
    pas_aan: Callable[[pikepdf.Pdf], None] | None = None, *, paginas: int = 1, **opslaan: object
) -> bytes:
    pdf = pikepdf.new()
    for _ in range(paginas):
        pdf.add_blank_page()
    if pas_aan is not None:
        pas_aan(pdf)
    uit = io.BytesIO()
    pdf.save(uit, **opslaan)
    return uit.getvalue()


def png_deel(soort: bytes, gegevens: bytes) -> bytes:
    return (
        struct.pack(">I", len(gegevens)) + soort + gegevens + struct.pack(">I", zlib.crc32(soort + gegevens))
    )


def maak_png(breedte: int = 1, hoogte: int = 1) -> bytes:
    kop = struct.pack(">IIBBBBB", breedte, hoogte, 8, 2, 0, 0, 0)
    beeld = zlib.compress(b"\0\xff\xff\xff")
    return b"\x89PNG\r\n\x1a\n" + png_deel(b"IHDR", kop) + png_deel(b"IDAT", beeld) + png_deel(b"IEND", b"")


def maak_jpeg(breedte: int = 16, hoogte: int = 16) -> bytes:
    from PIL import Image

    uit = io.BytesIO()
    Image.effect_noise((breedte, hoogte), 40).save(uit, "JPEG", progressive=True)
    return uit.getvalue()


@pytest.fixture(scope="session")
def pdf() -> bytes:
    return maak_pdf()


@pytest.fixture(scope="session")
def png() -> bytes:
    return maak_png()


@pytest.fixture(scope="session")
def jpeg() -> bytes:
    return maak_jpeg()
