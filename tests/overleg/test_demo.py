"""The overleg of the demo: only locally, and only where the demo itself is. What it makes: tests/demo."""

import io

import pytest
from django.core.management import CommandError, call_command

from ips_subsidie.kalender.klok import klok_op
from overleg.models import Reeks
from tests.fabriek import NU

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(NU):
        yield


def test_zonder_de_demo_is_er_geen_overleg(settings):
    settings.LOKAAL = True
    uit = io.StringIO()
    call_command("demo_overleg", stdout=uit)
    assert "niets gemaakt" in uit.getvalue()
    assert not Reeks.objects.exists()


def test_niet_in_productie(settings):
    settings.LOKAAL = False
    with pytest.raises(CommandError, match="alleen lokaal"):
        call_command("demo_overleg")
