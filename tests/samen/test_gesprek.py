"""Two people who write in one conversation at the same moment, and one who lost the dossier while waiting."""

import threading

import pytest
from django.db import connection, transaction

from aanvragen.handelingen import doorzenden
from aanvragen.models import Gespreksbericht
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import ARNHEM, NIJMEGEN, NU_B, doe, geweigerd, vers
from tests.gesprek.hulp import GEMEENTE, INSTELLING, UWV, schrijf
from tests.samen.test_samen import tegelijk
from tests.samen.test_vergrendel import wacht_tot_iemand_wacht

pytestmark = [pytest.mark.samen, pytest.mark.django_db(transaction=True)]


def test_elk_bericht_krijgt_een_eigen_nummer():
    wereld = fabriek.maak_wereld()
    aanvraag = fabriek.ingediend(wereld)
    wie = (wereld.behandelaar, wereld.van_gemeente(), wereld.beoordelaar) * 2
    uit = tegelijk(
        *(lambda actor=actor: schrijf(aanvraag, actor, INSTELLING, GEMEENTE, UWV) for actor in wie)
    )
    assert sorted(bericht.volgnummer for bericht in uit) == [1, 2, 3, 4, 5, 6]


def test_wie_het_dossier_tijdens_het_wachten_kwijtraakt_schrijft_niets():
    """Sent on to another gemeente while somebody of the first one presses the button."""
    wereld = fabriek.maak_wereld_b()
    aanvraag = fabriek.ingediend(wereld, NU_B)
    eerst = wereld.van_gemeente(NIJMEGEN, Rol.GEMEENTEMEDEWERKER, NU_B)
    uit: list[list[str]] = []

    def probeer() -> None:
        try:
            uit.append(geweigerd(lambda: schrijf(vers(aanvraag), eerst, INSTELLING, nu=NU_B)))
        finally:
            connection.close()

    with transaction.atomic():
        doe(
            doorzenden.doorzenden, vers(aanvraag), eerst, NU_B, gemeente=wereld.gemeente(ARNHEM), reden="Verhuisd."
        )  # fmt: skip
        draad = threading.Thread(target=probeer)
        draad.start()
        wacht_tot_iemand_wacht()
    draad.join(timeout=20)
    assert uit == [["niet_van_u"]]
    assert not Gespreksbericht.objects.exists()
