"""T90 with two at once: one place is left for gemeenten that went together, each with a pot of her own."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from budget.handelingen import plaatsen
from gemeenten.models import GemeenteOpvolging
from tests.budget.hulp import UUR, fouten_in_de_boeken, neem, wacht
from tests.fabriek import ARNHEM, NIJMEGEN, maak_wereld, verleen_plaatsen
from tests.samen.test_vergrendel import wacht_tot_iemand_wacht

pytestmark = [pytest.mark.samen, pytest.mark.django_db(transaction=True)]
JULI = datetime(2019, 7, 8, 8, 0, tzinfo=UTC)


def test_t90_twee_tegelijk_om_de_laatste_plaats_van_een_familie():
    wereld = maak_wereld()
    GemeenteOpvolging.objects.create(
        van=wereld.gemeente(NIJMEGEN), naar=wereld.gemeente(ARNHEM), datum=date(2019, 7, 1), soort="fusie",
        neemt_verplichtingen_over=True,
    )  # fmt: skip
    verleen_plaatsen(wereld, 2, gemeenten=[NIJMEGEN], nu=JULI)
    verleen_plaatsen(wereld, 2, gemeenten=[ARNHEM], nu=JULI)
    eerste, tweede = wacht(wereld, JULI, NIJMEGEN), wacht(wereld, JULI + UUR, ARNHEM)
    uit: list[str] = []

    def verleen() -> None:
        try:
            uit.append(neem(tweede, JULI + 2 * UUR))
        finally:
            connection.close()

    draad = threading.Thread(target=verleen)
    with transaction.atomic():
        plaatsen.neem_plaats(eerste, JULI + 2 * UUR)
        draad.start()
        wacht_tot_iemand_wacht()
    draad.join(timeout=20)
    assert uit == ["cap_gemeente"]
    assert fouten_in_de_boeken() == []
