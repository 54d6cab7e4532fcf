"""What one act announces goes to the outbox at once, and calls a worker once."""

import pytest

from ips_subsidie.berichten import uitbak
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.toegang.rollen import OrganisatieSoort, Rol
from tests.fabriek import NU, maak_organisatie

pytestmark = pytest.mark.django_db


@pytest.fixture
def meld():
    uwv = maak_organisatie(OrganisatieSoort.UWV)

    def meld(soort: str) -> None:
        uitbak.plaats(
            [uwv.pk], [Rol.UWV_BESLISSER, Rol.UWV_FINANCIEN], soort=soort, titel="Kijk", pad="/", onderwerp_id="1",
            nu=NU,
        )  # fmt: skip

    return meld


def test_een_opdracht_en_een_keer_haast(meld, django_assert_num_queries, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as na_commit, django_assert_num_queries(1), uitbak.gebundeld():
        meld("een")
        meld("twee")
        meld("een")
    assert sorted(Bericht.objects.values_list("soort", flat=True)) == ["een", "een", "twee", "twee"]
    assert na_commit == [uitbak.haast]


def test_een_fout_meldt_niets(meld):
    def faal():
        with uitbak.gebundeld():
            meld("een")
            raise ValueError("mis")

    with pytest.raises(ValueError, match="mis"):
        faal()
    assert not Bericht.objects.exists()
    meld("los")
    assert Bericht.objects.count() == 2


def test_niets_te_melden_is_niets(django_assert_num_queries, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as na_commit, django_assert_num_queries(0), uitbak.gebundeld():
        pass
    assert na_commit == []
