"""A version adds a pot while somebody waits to be granted: the one who waited counts in it."""

import threading

import pytest
from django.db import connection, transaction

from tests.budget.hulp import UUR, fouten_in_de_boeken, laad_tekst, met_tijdvakgrens, neem, wacht
from tests.fabriek import NU, maak_wereld, regelingtekst
from tests.samen.test_vergrendel import wacht_tot_iemand_wacht

pytestmark = [pytest.mark.samen, pytest.mark.django_db(transaction=True)]


def test_wie_op_de_versie_wachtte_telt_in_haar_pot():
    wereld = maak_wereld()
    eerste = wacht(wereld, NU, route="uwv")
    uit: list[str] = []

    def verleen() -> None:
        try:
            uit.append(neem(eerste, NU + 2 * UUR))
        finally:
            connection.close()

    draad = threading.Thread(target=verleen)
    with transaction.atomic():
        laad_tekst(met_tijdvakgrens(regelingtekst(), plafond_trajecten=1, cap_per_gemeente=1), NU + UUR)
        draad.start()
        wacht_tot_iemand_wacht()
    draad.join(timeout=20)
    assert uit == ["gelukt"]
    assert fouten_in_de_boeken() == []
    assert neem(wacht(wereld, NU + 3 * UUR, route="uwv"), NU + 4 * UUR) == "plafond"
