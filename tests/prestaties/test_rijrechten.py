"""What the second line costs: pages at 10,000 aanvragen with the policies at work, and with a party that passes them.

make prestaties
"""

from __future__ import annotations

import dataclasses

import pytest
from django.db import connection
from django.urls import reverse

from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.rijrechten import Blik
from tests import fabriek
from tests.prestaties.test_paginas import _bezoeker, _mediaan
from tests.prestaties.veel import vermenigvuldig

pytestmark = [pytest.mark.prestaties, pytest.mark.django_db]

AANTAL = 10_000
# The page asks for what it may see already; the database looks at the same rows once more.
HOOGSTE_VERHOUDING = 1.5


def test_wat_de_tweede_lijn_kost(monkeypatch: pytest.MonkeyPatch) -> None:
    echt = Blik.van
    with klok_op(fabriek.NU):
        wereld = fabriek.maak_wereld()
        eerste = fabriek.ingediend(wereld)
        vermenigvuldig(eerste, AANTAL - 1)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        paginas = {
            "lijst behandelaar": (wereld.behandelaar, reverse("aanvragen:lijst")),
            "toestemmingen gemeente": (wereld.van_gemeente(), reverse("aanvragen:toestemmingen")),
            "werkvoorraad UWV": (wereld.beoordelaar, reverse("aanvragen:werkvoorraad")),
            "dossier UWV": (wereld.beoordelaar, reverse("aanvragen:dossier", args=[eerste.pk])),
        }
        verhoudingen: dict[str, float] = {}
        print(f"\n{'pagina':<26}{'ms zonder':>12}{'ms met':>12}{'verhouding':>12}")
        for naam, (actor, url) in paginas.items():
            client = _bezoeker(actor)
            met = _mediaan(lambda client=client, url=url: client.get(url))
            with monkeypatch.context() as mp:
                mp.setattr(
                    Blik, "van", lambda actor, nu: dataclasses.replace(echt(actor, nu), partij="systeem")
                )
                zonder = _mediaan(lambda client=client, url=url: client.get(url))
            verhoudingen[naam] = met / zonder
            print(f"{naam:<26}{zonder:>12.1f}{met:>12.1f}{met / zonder:>12.2f}")
    assert {n: round(v, 2) for n, v in verhoudingen.items() if v > HOOGSTE_VERHOUDING} == {}
