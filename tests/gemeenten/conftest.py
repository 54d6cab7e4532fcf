from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gemeenten.models import Deelname, Gemeente, GemeenteOpvolging, Samenwerkingsverband
from ips_subsidie.toegang.models import Organisatie


@pytest.fixture
def maak_gemeente(db) -> Callable[..., Gemeente]:
    def maak(code: str, naam: str, **velden: Any) -> Gemeente:
        organisatie = Organisatie.objects.create(naam=f"Gemeente {naam}", soort="gemeente")
        velden.setdefault("provincie", "Utrecht")
        return Gemeente.objects.create(code=code, naam=naam, organisatie=organisatie, **velden)

    return maak


@pytest.fixture
def maak_verband(db) -> Callable[..., Samenwerkingsverband]:
    def maak(
        naam: str, *gemeenten: Gemeente, van: date = date(2018, 1, 1), **velden: Any
    ) -> Samenwerkingsverband:
        organisatie = Organisatie.objects.create(naam=naam, soort="samenwerkingsverband")
        verband = Samenwerkingsverband.objects.create(organisatie=organisatie)
        for gemeente in gemeenten:
            Deelname.objects.create(verband=verband, gemeente=gemeente, geldig_van=van, **velden)
        return verband

    return maak


@pytest.fixture
def volg_op(db) -> Callable[..., GemeenteOpvolging]:
    def volg(van: Gemeente, naar: Gemeente, datum: date, *, draagt: bool = True) -> GemeenteOpvolging:
        Gemeente.objects.filter(pk=van.pk).update(geldig_tot=datum)
        van.geldig_tot = datum
        return GemeenteOpvolging.objects.create(
            van=van, naar=naar, datum=datum, soort="fusie", neemt_verplichtingen_over=draagt
        )

    return volg


@pytest.fixture
def gemeente(db) -> Callable[[str], Gemeente]:
    return lambda code: Gemeente.objects.select_related("organisatie").get(code=code)
