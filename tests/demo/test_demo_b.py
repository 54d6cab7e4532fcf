"""The demo on a reference date of IPS-GEM-2023: next to the past of IPS-CMD-2019, in every status, through the acts."""

from datetime import date, datetime, time

import pytest
from django.core.management import call_command
from django.db.models import Count, F

from aanvragen.controle import alle_bevindingen
from aanvragen.demo.personen import elfproef
from aanvragen.models import Aanvraag, Deelnemer, IpsErkenning, Stopbericht, Traject, Vaststelling
from aanvragen.models.besluit import Besluit
from aanvragen.regels.statussen import (
    AanvraagStatus,
    StopberichtStatus,
    TrajectStatus,
    VaststellingStatus,
)
from budget.models import Bankrekening, Betaalbatch, Betaalverplichting, Factuur, Inkooporder, Regeling
from gemeenten.models import Gemeente, Mandaat, gemeenten_van
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.klok import AMSTERDAM, klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.models import Organisatie
from overleg.models import Agendapunt, Bijeenkomst, Reeks

pytestmark = pytest.mark.django_db
CODE = "IPS-GEM-2023"


def om_negen(dag: date) -> datetime:
    return datetime.combine(dag, time(9), AMSTERDAM)


DAG = om_negen(date(2023, 6, 5))


def demo(moment: datetime = DAG) -> None:
    with klok_op(moment):
        call_command("demo")


def van_b(model, pad: str = "aanvraag"):
    return model.objects.filter(**{f"{pad}__regeling__code": CODE})


def statussen(rijen) -> set[str]:
    return set(rijen.order_by().values_list("status", flat=True))


def test_de_hele_demo_van_2023(capsys):
    demo()
    assert set(Regeling.objects.values_list("code", flat=True)) == {
        "IPS-UWV-2018", "IPS-CMD-2019", "IPS-PROEF-D", CODE,
    }  # fmt: skip
    _alle_statussen()
    _geld()
    _mandaat()
    _mensen_en_tijd()
    assert alle_bevindingen() == []
    aantal = Regel.objects.count()
    capsys.readouterr()
    demo()
    assert "niet opnieuw geladen" in capsys.readouterr().out
    assert Regel.objects.count() == aantal
    _overleg(capsys)


def _alle_statussen() -> None:
    aanvragen = Aanvraag.objects.filter(regeling__code=CODE)
    assert statussen(aanvragen) == set(AanvraagStatus.values) - {
        # No toestemming is asked in this regeling, its budget is far from used up, and its tijdvak still runs.
        "wacht_op_toestemming", "geen_budget", "vervallen",
    }  # fmt: skip
    verleden = Aanvraag.objects.exclude(regeling__code=CODE)
    assert verleden.count() > 55
    assert "wacht_op_toestemming" not in statussen(verleden)
    assert statussen(van_b(Traject)) == set(TrajectStatus.values)
    assert statussen(van_b(Stopbericht, "traject__aanvraag")) == set(StopberichtStatus.values) - {"herroepen"}
    vaststellingen = van_b(Vaststelling, "traject__aanvraag")
    assert statussen(vaststellingen) == set(VaststellingStatus.values) - {"opgeschort"}
    bedragen = vaststellingen.filter(status="vastgesteld").values_list(
        "besluit__bedrag_cent", "verleend_cent"
    )
    assert {vastgesteld < verleend for vastgesteld, verleend in bedragen} == {True, False}
    ingediend = aanvragen.filter(status="ingediend")
    assert any(a.levende_handtekening() is None for a in ingediend)
    assert aanvragen.filter(doorzendingen__isnull=False).exists()
    bijna = aanvragen.filter(
        status="budget_gereserveerd", reservering__gereserveerd_tot__lt=om_negen(date(2023, 6, 8))
    )
    assert bijna.exists()
    assert van_b(Traject).filter(startdatum__year=2022, aanvraag__ontvangen_op__year=2023).exists()
    assert aanvragen.values("gemeente").distinct().count() >= 8
    assert aanvragen.values("instelling").distinct().count() == 4


def _geld() -> None:
    assert statussen(Factuur.objects) >= {
        "in_controle",
        "gecontroleerd",
        "goedgekeurd",
        "afgekeurd",
        "betaald",
    }
    assert statussen(Betaalbatch.objects) == {"gemaakt", "uitgevoerd"}
    assert statussen(Bankrekening.objects) == {"wacht", "bevestigd"}
    assert not Factuur.objects.filter(gecontroleerd_door=F("goedgekeurd_door")).exists()
    verplichtingen = Betaalverplichting.objects.filter(reservering__regeling__code=CODE)
    assert verplichtingen.filter(status="geblokkeerd").exists()
    assert verplichtingen.filter(terugvorderingen__isnull=False).exists()
    besteld = Inkooporder.objects.values("reservering")
    assert verplichtingen.exclude(reservering__in=besteld).filter(status="open").exists()
    assert set(IpsErkenning.objects.values_list("fidelity_score", flat=True)) == {
        113,
        106,
        117,
        100,
    }


def _mandaat() -> None:
    werkbedrijf = Organisatie.objects.get(naam="WerkBedrijf Rijk van Nijmegen")
    van_verband = set(gemeenten_van(werkbedrijf, DAG.date()))
    assert len(van_verband) == 7
    met = set(Gemeente.objects.filter(mandaten__in=Mandaat.objects.geldig_op(DAG.date())))
    assert van_verband < met
    wacht = Aanvraag.objects.get(gemeente__naam="Ede", status="budget_gereserveerd", regeling__code=CODE)
    assert wacht.gemeente not in met
    besluiten = van_b(Besluit)
    assert besluiten.exists()
    assert not besluiten.filter(ondermandaat__isnull=True).exists()
    assert not besluiten.filter(ondertekenaar=F("opsteller")).exists()


def _mensen_en_tijd() -> None:
    for deelnemer in Deelnemer.objects.all():
        assert deelnemer.bsn is None or (deelnemer.bsn.startswith("9999") and elfproef(deelnemer.bsn))
    samen = Deelnemer.objects.filter(bsn_index__isnull=False).values("bsn_index")
    assert samen.annotate(n=Count("aanvraag__regeling", distinct=True)).filter(n__gt=1).count() == 0
    handelingen = Regel.objects.exclude(handeling="bericht.lezen")
    assert not handelingen.filter(soort=Soort.WEIGERING).exists()
    assert {regel.op.year for regel in handelingen} == {2019, 2023}
    assert handelingen.order_by("op").last().op < DAG.replace(hour=0)
    assert not Bericht.objects.filter(uitgezet_op=None).exists()
    assert Bericht.objects.ongelezen().exists()


def _overleg(capsys) -> None:
    with klok_op(DAG):
        call_command("demo_overleg")
        assert "2 reeksen overleg en 8 agendapunten" in capsys.readouterr().out
        assert set(Reeks.objects.values_list("soort", "om_de_weken")) == {("vacature", 1), ("casuistiek", 8)}
        assert Bijeenkomst.objects.filter(begint_op__lt=DAG).exists()
        assert not Agendapunt.objects.filter(bijeenkomst__begint_op__lt=DAG).exists()
        assert not Bericht.objects.filter(uitgezet_op=None).exists()
        call_command("demo_overleg")
    assert "Er is niets gemaakt" in capsys.readouterr().out
    assert Reeks.objects.count() == 2
