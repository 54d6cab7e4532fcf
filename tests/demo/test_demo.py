"""The demo: complete, through the acts, in the past, and never twice or in production."""

from datetime import datetime, time

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from aanvragen.controle import alle_bevindingen
from aanvragen.demo.personen import elfproef
from aanvragen.models import (
    Aanvraag,
    Deelnemer,
    Gespreksbericht,
    GgzInstelling,
    Toestemming,
    Traject,
    Verlenging,
    Voordracht,
)
from aanvragen.regels.statussen import (
    AanvraagStatus,
    ToestemmingStatus,
    TrajectStatus,
    VerlengingStatus,
    VoordrachtStatus,
)
from budget.models import Pot, Regeling
from ips_subsidie.berichten.models import Bericht, Verzending
from ips_subsidie.kalender.klok import AMSTERDAM, klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.lokaal.logins import LOGINS, WACHTWOORD
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap
from tests import fabriek

pytestmark = pytest.mark.django_db
DAG = datetime.combine(datetime(2019, 6, 3), time(9), AMSTERDAM)  # noqa: DTZ001


def demo(moment: datetime = DAG) -> None:
    with klok_op(moment):
        call_command("demo")


def per_status(model) -> dict[str, int]:
    return dict(model.objects.order_by().values_list("status").annotate(n=Count("pk")))


def test_de_hele_demo(capsys, django_capture_on_commit_callbacks):
    fabriek.laad()
    with django_capture_on_commit_callbacks() as na_afloop:
        demo()
    assert na_afloop == []
    # Those that were published by now, and dossiers of one of them only.
    assert set(Regeling.objects.values_list("code", flat=True)) == {"IPS-UWV-2018", "IPS-CMD-2019"}
    assert set(Aanvraag.objects.values_list("regeling__code", flat=True)) == {"IPS-CMD-2019"}
    # In this regeling nobody asks UWV for budget.
    budget = {"budget_gevraagd", "budget_gereserveerd", "geen_budget"}
    assert set(per_status(Aanvraag)) == set(AanvraagStatus.values) - budget
    assert set(per_status(Toestemming)) == set(ToestemmingStatus.values)
    assert set(per_status(Voordracht)) == set(VoordrachtStatus.values)
    assert set(per_status(Traject)) == set(TrajectStatus.values)
    assert set(per_status(Verlenging)) == set(VerlengingStatus.values)
    assert 55 <= Aanvraag.objects.count() <= 70
    assert set(Gespreksbericht.objects.values_list("soort", flat=True)) == {"vraag", "antwoord", "notitie"}
    assert Gespreksbericht.objects.open_vragen().exists()
    _nijmegen_vier_van_vijf()
    _mensen()
    _verleden()
    _logins()
    assert alle_bevindingen() == []
    aantal = Regel.objects.count()
    capsys.readouterr()
    demo()
    assert "niet opnieuw geladen" in capsys.readouterr().out
    assert Regel.objects.count() == aantal


def _nijmegen_vier_van_vijf() -> None:
    pot = Pot.objects.get(soort="gemeente", gemeente__naam="Nijmegen")
    assert (pot.verleend_trajecten, pot.grens_trajecten) == (4, 5)
    vijfde = Aanvraag.objects.get(gemeente__naam="Nijmegen", route="gemeente", status="in_behandeling")
    assert vijfde.beoordeling.advies == "toekennen"


def _mensen() -> None:
    for deelnemer in Deelnemer.objects.all():
        assert deelnemer.bsn is None or (deelnemer.bsn.startswith("9999") and elfproef(deelnemer.bsn))
    dubbel = (
        Deelnemer.objects.values("bsn_index").annotate(n=Count("pk")).filter(n__gt=1, bsn_index__isnull=False)
    )
    assert len(dubbel) == 1
    assert set(GgzInstelling.objects.values_list("organisatie__naam", flat=True)) == {
        "IrisZorg", "RIBW Nijmegen & Rivierenland", "Pro Persona", "Pluryn",
    }  # fmt: skip


def _verleden() -> None:
    handelingen = Regel.objects.exclude(handeling="bericht.lezen")
    assert not handelingen.filter(soort=Soort.WEIGERING).exists()
    assert handelingen.order_by("op").first().op.date() >= DAG.date().replace(month=5, day=1)
    assert handelingen.order_by("op").last().op < DAG.replace(hour=0)
    assert not Bericht.objects.filter(uitgezet_op=None).exists()
    assert not Verzending.objects.exists()
    assert Bericht.objects.ongelezen().exists()


def _logins() -> None:
    for login in LOGINS:
        gebruiker = Gebruiker.objects.get(email=login.email)
        assert gebruiker.check_password(WACHTWOORD)
        assert gebruiker.is_staff == (login.rol == "beheerder")
        assert Lidmaatschap.objects.filter(
            gebruiker=gebruiker, rol=login.rol, organisatie__naam=login.organisatie
        )
    anderen = Gebruiker.objects.exclude(email__in=[login.email for login in LOGINS])
    assert not any(gebruiker.has_usable_password() for gebruiker in anderen)
    consulent = Lidmaatschap.objects.filter(gebruiker__email="consulent@werkbedrijf.example")
    assert sorted(consulent.values_list("rol", flat=True)) == ["gemeentebeslisser", "gemeentemedewerker"]


def test_niet_in_productie(settings):
    settings.LOKAAL = False
    with pytest.raises(CommandError, match="alleen lokaal"):
        demo()
    assert not Gebruiker.objects.exists()


@pytest.mark.parametrize(
    "moment", [DAG.replace(year=2026), DAG.replace(month=5, day=10), DAG.replace(month=12)]
)
def test_buiten_het_tijdvak_wel_logins_geen_dossiers(capsys, moment):
    fabriek.laad(moment)
    demo(moment)
    assert "01-05-2019 tot en met 29-11-2019" in capsys.readouterr().err
    assert Gebruiker.objects.filter(email="behandelaar@iriszorg.example").exists()
    assert not Aanvraag.objects.exists()


def test_voor_de_eerste_regeling_zegt_het_welke_datum_wel_kan(capsys):
    demo(DAG.replace(year=2018, month=3))
    assert "IPS_DATUM=2019-06-03" in capsys.readouterr().err
    assert not Regeling.objects.exists()
