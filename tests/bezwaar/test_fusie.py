"""T95: a bezwaar that runs at a gemeente that merges goes on at the one that follows her (Wet arhi art. 44 lid 3)."""

from datetime import UTC, date, datetime

import pytest

from aanvragen.handelingen.bezwaar import behandelen, beslissen
from aanvragen.models import Bezwaar
from gemeenten.models import Gemeente, GemeenteOpvolging
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.rollen import OrganisatieSoort, Rol
from tests import fabriek
from tests.fabriek import NU_B, doe, geweigerd, vers

pytestmark = pytest.mark.django_db
P, R = "9001", "9003"
FUSIE = date(2023, 7, 1)
JULI = datetime(2023, 7, 10, 8, 0, tzinfo=UTC)


@pytest.fixture
def wereld(db):
    """P goes into R on 1 July 2023; both have their mandaat."""
    wereld = fabriek.maak_wereld_b()
    for code, naam in ((P, "Pannerveen"), (R, "Rondestad")):
        Gemeente.objects.create(
            code=code, naam=naam, provincie="Utrecht",
            organisatie=fabriek.maak_organisatie(OrganisatieSoort.GEMEENTE, f"Gemeente {naam}"),
            geldig_van=FUSIE if code == R else None, geldig_tot=FUSIE if code == P else None,
        )  # fmt: skip
    GemeenteOpvolging.objects.create(
        van=Gemeente.objects.get(code=P), naar=Gemeente.objects.get(code=R), datum=FUSIE, soort="fusie",
        neemt_verplichtingen_over=True,
    )  # fmt: skip
    fabriek.geef_mandaat(wereld.regeling, P)
    fabriek.geef_mandaat(wereld.regeling, R, Gemeente.objects.get(code=R).organisatie, van=FUSIE)
    return wereld


def test_t95_de_opvolger_gaat_ermee_verder(wereld):
    aanvraag = fabriek.afgewezen(wereld, NU_B, gemeente=P)
    bezwaar = fabriek.maak_bezwaar(wereld, aanvraag, NU_B)
    organisatie = Gemeente.objects.get(code=R).organisatie
    medewerker = wereld.lid(organisatie, Rol.GEMEENTEMEDEWERKER)
    beslisser = wereld.lid(organisatie, Rol.GEMEENTEBESLISSER)
    assert geweigerd(lambda: doe(behandelen.ontvankelijkheid, bezwaar, medewerker, NU_B)) == ["niet_van_u"]
    with klok_op(JULI):
        assert Bezwaar.objects.te_doen(medewerker).get() == bezwaar
    doe(behandelen.ontvankelijkheid, Bezwaar.objects.get(), medewerker, JULI)
    doe(behandelen.gehoord, Bezwaar.objects.get(), medewerker, JULI, op=JULI.date(), verslag="Besproken.")
    doe(
        beslissen.voorstellen, Bezwaar.objects.get(), medewerker, JULI,
        uitkomst="gegrond", gevolg="alsnog_toekennen", motivering="Er was plaats.",
    )  # fmt: skip
    doe(beslissen.beslissen, Bezwaar.objects.get(), beslisser, JULI, motivering="Er was plaats.")
    aanvraag = vers(aanvraag)
    assert aanvraag.status == "toegekend"
    besluit = Bezwaar.objects.get().besluit_op_bezwaar
    assert besluit.ondermandaat.mandaat.gemeente.code == R
    # History keeps the gemeente of then.
    assert aanvraag.gemeente.code == P
