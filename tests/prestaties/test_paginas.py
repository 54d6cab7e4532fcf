"""What a page costs at 100 and at 10,000 aanvragen, measured in one run; the figure is the ratio.

make prestaties
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.middleware import SESSIESLEUTEL
from tests import fabriek
from tests.prestaties.veel import vermenigvuldig

pytestmark = [pytest.mark.prestaties, pytest.mark.django_db]

KLEIN, GROOT, RONDES = 100, 10_000, 15
# A page may cost somewhat more with a hundred times the rows (a count, a wider index), not in proportion.
HOOGSTE_VERHOUDING = 3.0


def _bezoeker(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.persoon)
    sessie = client.session
    sessie[SESSIESLEUTEL] = actor.lidmaatschap_id
    sessie.save()
    return client


def _mediaan(haal: Callable[[], object]) -> float:
    haal()
    tijden = []
    for _ in range(RONDES):
        begin = time.perf_counter()
        haal()
        tijden.append(time.perf_counter() - begin)
    return statistics.median(tijden) * 1000


def test_paginatijden_groeien_niet_mee() -> None:
    with klok_op(fabriek.NU):
        wereld = fabriek.maak_wereld()
        eerste = fabriek.ingediend(wereld)
        paginas = {
            "lijst behandelaar": (wereld.behandelaar, reverse("aanvragen:lijst")),
            "toestemmingen gemeente": (wereld.van_gemeente(), reverse("aanvragen:toestemmingen")),
            "werkvoorraad UWV": (wereld.beoordelaar, reverse("aanvragen:werkvoorraad")),
            "dossier UWV": (wereld.beoordelaar, reverse("aanvragen:dossier", args=[eerste.pk])),
            "budget UWV": (wereld.beslisser, reverse("budget:overzicht")),
        }
        bezoekers = {naam: (_bezoeker(actor), url) for naam, (actor, url) in paginas.items()}
        metingen: dict[str, list[float]] = {naam: [] for naam in paginas}
        staat = 1
        for aantal in (KLEIN, GROOT):
            vermenigvuldig(eerste, aantal - staat)
            staat = aantal
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            for naam, (client, url) in bezoekers.items():
                assert client.get(url).status_code == 200, naam
                metingen[naam].append(_mediaan(lambda client=client, url=url: client.get(url)))
    print(f"\n{'pagina':<26}{'ms bij ' + str(KLEIN):>14}{'ms bij ' + str(GROOT):>14}{'verhouding':>12}")
    for naam, (klein, groot) in metingen.items():
        print(f"{naam:<26}{klein:>14.1f}{groot:>14.1f}{groot / klein:>12.2f}")
    te_veel = {n: round(g / k, 2) for n, (k, g) in metingen.items() if g / k > HOOGSTE_VERHOUDING}
    assert not te_veel
