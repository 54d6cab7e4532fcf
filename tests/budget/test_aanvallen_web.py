"""Through the admin, and by hand at a decided dossier: nothing is given out, and the message is plain Dutch."""

import pytest
from django.contrib import admin
from django.db import DatabaseError, transaction
from django.urls import reverse

from aanvragen.models import Aanvraag
from budget.models import Pot, RegelingVersie, Reservering
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.rollen import Rol
from tests.budget.hulp import gegeven, met_geld, sql
from tests.fabriek import LID_VANAF, NU, beoordeeld, maak_wereld, regelingtekst, toegekend, verleen_plaatsen
from tests.toegang.personen import ingelogd_als, maak_lid

pytestmark = pytest.mark.django_db
MODELLEN = sorted(
    (m for m in admin.site._registry if m._meta.app_label == "budget"), key=lambda m: m._meta.model_name
)


@pytest.fixture(autouse=True)
def _klok():
    with klok_op(NU):
        yield


@pytest.fixture
def wereld():
    wereld = maak_wereld(plafond_trajecten=3)
    verleen_plaatsen(wereld, 3)
    return wereld


@pytest.fixture
def beheer(wereld):
    return ingelogd_als(maak_lid(Rol.BEHEERDER, van=LID_VANAF))


def pad(model, wat, *args):
    return reverse(f"admin:budget_{model._meta.model_name}_{wat}", args=args)


@pytest.mark.parametrize("model", MODELLEN, ids=lambda m: m._meta.model_name)
def test_de_beheerder_zet_niets_met_de_hand(wereld, beheer, model):
    voor = gegeven()
    rij = model._default_manager.first()
    meer = {
        "grens_trajecten": 1000,
        "verleend_trajecten": 0,
        "status": "verleend",
        "trajecten": 0,
        "_save": "Opslaan",
    }
    if rij is not None:
        waarden = {f.name: getattr(rij, f.attname) or "" for f in model._meta.concrete_fields} | meer
        assert beheer.post(pad(model, "change", rij.pk), waarden).status_code == 403
        assert beheer.post(pad(model, "delete", rij.pk), {"post": "yes"}).status_code == 403
        keuze = {"action": "delete_selected", "_selected_action": [rij.pk], "post": "yes", "index": 0}
        assert beheer.post(pad(model, "changelist"), keuze).status_code in (200, 302, 403)
    antwoord = beheer.post(pad(model, "add"), meer)
    assert antwoord.status_code == (200 if model is RegelingVersie else 403)
    assert gegeven() == voor


ONMOGELIJK = {
    "onder wat is verleend": (regelingtekst(plafond_trajecten=2), "onder wat al is verleend"),
    "plafond onder nul": (regelingtekst(plafond_trajecten=-1), "plafond_trajecten"),
    "cap onder nul": (regelingtekst(cap_per_gemeente=-5), "cap_per_gemeente"),
    "bedrag onder nul": (regelingtekst().replace("rijk_cent = 400_000", "rijk_cent = -400_000"), "rijk_cent"),
    "geld onder nul": (met_geld(regelingtekst(), -1), "plafond_bedrag_cent"),
    "geld onder wat is verleend": (
        met_geld(regelingtekst(plafond_trajecten=3), 1),
        "onder wat al is verleend",
    ),
    "een half traject": (regelingtekst(plafond_trajecten=3.5), "plafond_trajecten"),
    "een woord": (regelingtekst(plafond_trajecten="veel"), "plafond_trajecten"),
    "waar": (regelingtekst(plafond_trajecten=True), "plafond_trajecten"),
    "meer dan er past": (regelingtekst(plafond_trajecten=3_000_000_000), "plafond_trajecten"),
    "veel meer dan er past": (met_geld(regelingtekst(), 10**18 * 90), "plafond_bedrag_cent"),
}


@pytest.mark.parametrize(("tekst", "melding"), ONMOGELIJK.values(), ids=ONMOGELIJK)
def test_een_grens_die_niet_kan_staat_in_het_formulier(wereld, beheer, tekst, melding):
    voor = gegeven()
    invoer = {
        "tekst": tekst, "geldig_vanaf": "2019-06-10", "gepubliceerd_op": "2019-06-03", "bron": "Stcrt.",
        "reden": "Test.",
    }  # fmt: skip
    antwoord = beheer.post(pad(RegelingVersie, "add"), invoer)
    assert antwoord.status_code == 200
    assert melding in " ".join(antwoord.context["adminform"].form.errors.get("tekst", []))
    assert gegeven() == voor
    assert RegelingVersie.objects.count() == 1


HANDMATIG = [
    "update budget_reservering set status = 'vrijgegeven', handeling = 'x'",
    "update aanvragen_aanvraag set status = 'besluit_ingetrokken'",
    "update aanvragen_aanvraag set status = 'afgewezen'",
    "update aanvragen_aanvraag set reservering_id = null",
    "delete from aanvragen_besluit",
    "update aanvragen_besluit set rijk_cent = 1, bedrag_cent = 1, gemeente_cent = 0",
]


@pytest.mark.parametrize("opdracht", HANDMATIG)
def test_een_plaats_van_een_toegekende_aanvraag_komt_niet_met_de_hand_vrij(opdracht):
    """Whoever frees it by hand could give it to somebody else, while the first still has a besluit."""
    wereld = maak_wereld(plafond_trajecten=1)
    toegekend(wereld, route="uwv")
    voor = gegeven()
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(f"{opdracht}; set constraints all immediate")
    assert gegeven() == voor
    assert Aanvraag.objects.get().status == "toegekend"


def test_een_aanvraag_wordt_niet_met_de_hand_toegekend():
    wereld = maak_wereld(plafond_trajecten=2)
    beoordeeld(wereld)
    for opdracht in (
        "update aanvragen_aanvraag set status = 'toegekend'",
        "update budget_reservering set status = 'verleend', verleend_op = now(), handeling = 'x'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            sql(f"{opdracht}; set constraints all immediate")
    assert Pot.objects.get(soort="totaal").verleend_trajecten == 0
    assert Reservering.objects.get().status == "in_volgorde"
