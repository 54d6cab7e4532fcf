"""Reminders day by day: each milestone once, nothing twice, and after days off only the nearest one."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import pytest

from aanvragen import herinneren
from aanvragen.models import Aanvraag, Herinnering, Storing, Toestemming
from aanvragen.regels.statussen import AanvraagStatus, ToestemmingStatus
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.klok import AMSTERDAM, klok_op
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, Rol
from tests import fabriek

pytestmark = pytest.mark.django_db
SLUIT = date(2019, 11, 29)


@pytest.fixture
def wereld():
    return fabriek.maak_wereld()


def draai(dag: date, uur: int = 6) -> int:
    moment = datetime.combine(dag, time(uur), AMSTERDAM)
    with klok_op(moment):
        vervallen = herinneren.laat_vervallen(moment)
        return herinneren.herinner(moment) + vervallen


def dagen(van: date, tot: date) -> Iterable[date]:
    return (van + timedelta(days=n) for n in range((tot - van).days + 1))


def herinneringen(soort: str) -> list[tuple[date, str, str]]:
    """Day, kind with milestone, and role of each bericht of this kind."""
    rijen = Bericht.objects.filter(soort__startswith=f"herinnering_{soort}").order_by("gemaakt_op", "rol")
    return [(b.dag, b.soort.removeprefix("herinnering_"), b.rol) for b in rijen]


def test_beslistermijn_dag_voor_dag_aan_de_beoordelaar(wereld):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    assert aanvraag.beslis_uiterlijk == date(2019, 7, 29)
    for dag in dagen(date(2019, 6, 3), date(2019, 8, 2)):
        draai(dag, 1)
        draai(dag, 23)
    assert herinneringen("beslistermijn") == [
        (date(2019, 7, 15), "beslistermijn_14", Rol.UWV_BEOORDELAAR),
        (date(2019, 7, 26), "beslistermijn_3", Rol.UWV_BEOORDELAAR),
    ]
    bericht = Bericht.objects.filter(soort="herinnering_beslistermijn_3").get()
    assert (bericht.pad, bericht.organisatie) == (f"/aanvragen/{aanvraag.pk}/", wereld.uwv)
    assert (
        bericht.titel == f"Beoordeel een aanvraag: beslissen kan tot en met 29-07-2019 ({aanvraag.kenmerk})"
    )


def test_na_de_beoordeling_gaat_de_herinnering_naar_de_beslisser(wereld):
    fabriek.beoordeeld(wereld, route="uwv")
    draai(date(2019, 7, 16))
    assert herinneringen("beslistermijn") == [(date(2019, 7, 16), "beslistermijn_14", Rol.UWV_BESLISSER)]


def test_hersteltermijn_aan_de_instelling_en_geen_beslistermijn_zolang_die_stilstaat(wereld):
    fabriek.onvolledig(wereld, route="uwv")
    for dag in dagen(date(2019, 6, 3), date(2019, 7, 29)):
        draai(dag)
    dag = date(2019, 6, 14)
    assert herinneringen("hersteltermijn") == [
        (dag, "hersteltermijn_3", rol) for rol in sorted(INSTELLINGSROLLEN)
    ]
    assert herinneringen("beslistermijn") == []


def test_wachtende_toestemming_na_7_en_21_dagen_aan_wie_namens_de_gemeente_handelt(wereld):
    aanvraag = fabriek.wacht_op_toestemming(wereld)
    for dag in dagen(date(2019, 6, 3), date(2019, 7, 31)):
        draai(dag)
    assert herinneringen("wachten") == [
        (dag, f"wachten_op_toestemming_{na}", rol)
        for dag, na in ((date(2019, 6, 10), 7), (date(2019, 6, 24), 21))
        for rol in sorted(GEMEENTEROLLEN)
    ]
    assert {b.organisatie for b in Bericht.objects.filter(soort__startswith="herinnering_wachten")} == {
        aanvraag.gemeente_organisatie
    }


def test_sluitend_tijdvak_een_keer_per_instelling_met_open_aanvragen(wereld):
    fabriek.concept(wereld)
    fabriek.wacht_op_toestemming(wereld)
    klaar = wereld.bij_andere_instelling()
    fabriek.ingediend(klaar, route="uwv")
    for dag in dagen(date(2019, 10, 15), date(2019, 12, 5)):
        draai(dag)
    gevonden = herinneringen("einde_tijdvak")
    assert [(dag, rol) for dag, _, rol in gevonden] == [
        (SLUIT - timedelta(days=voor), rol) for voor in (30, 7) for rol in sorted(INSTELLINGSROLLEN)
    ]
    berichten = Bericht.objects.filter(soort__startswith="herinnering_einde_tijdvak")
    assert {b.organisatie for b in berichten} == {wereld.instelling.organisatie}
    assert {b.pad for b in berichten} == {"/aanvragen/"}
    assert "29-11-2019" in berichten[0].titel


def test_einde_traject_180_90_en_30_dagen_en_na_verlenging_opnieuw(wereld):
    traject = fabriek.gestart(wereld, route="uwv")
    laatste = traject.laatste_dag
    for dag in dagen(laatste - timedelta(days=185), laatste - timedelta(days=60)):
        draai(dag)
    gevonden = Counter(herinneringen("einde_traject"))
    assert gevonden == Counter(
        (laatste - timedelta(days=voor), f"einde_traject_{voor}", rol)
        for voor in (180, 90)
        for rol in INSTELLINGSROLLEN
    )
    moment = datetime.combine(laatste - timedelta(days=59), time(9), AMSTERDAM)
    verlenging = fabriek.vraag_verlenging(wereld, traject, moment, maanden=6)
    nieuw = fabriek.beslis_verlenging(wereld, verlenging, moment).laatste_dag
    Bericht.objects.all().delete()
    for dag in dagen(laatste - timedelta(days=58), nieuw + timedelta(days=3)):
        draai(dag)
    assert Counter(h for h in herinneringen("einde_traject") if h[2] == Rol.BEHANDELAAR) == Counter(
        (nieuw - timedelta(days=voor), f"einde_traject_{voor}", Rol.BEHANDELAAR) for voor in (180, 90, 30)
    )


def test_gemiste_dagen_worden_een_keer_ingehaald_met_alleen_de_laatste_mijlpaal(wereld):
    laatste = fabriek.gestart(wereld, route="uwv").laatste_dag
    draai(laatste - timedelta(days=200))
    for voor in (85, 85, 84, 40, 29, 29, 0):
        draai(laatste - timedelta(days=voor))
    draai(laatste + timedelta(days=1))
    assert [h[:2] for h in herinneringen("einde_traject") if h[2] == Rol.BEHANDELAAR] == [
        (laatste - timedelta(days=85), "einde_traject_90"),
        (laatste - timedelta(days=29), "einde_traject_30"),
    ]


def test_gestopt_traject_en_voorbij_traject_geven_niets(wereld):
    laatste = fabriek.gestopt(wereld, route="uwv").laatste_dag
    ander = fabriek.gestart(wereld, route="uwv").laatste_dag
    draai(max(laatste, ander) + timedelta(days=1))
    draai(laatste - timedelta(days=500))
    assert herinneringen("einde_traject") == []


def test_een_aanvraag_houdt_de_mijlpalen_van_haar_eigen_versie(wereld):
    fabriek.ingediend(wereld, route="uwv")
    fabriek.laad(fabriek.NU, beslistermijn=[20])
    fabriek.ingediend(wereld, route="uwv")
    assert draai(date(2019, 7, 10)) == 1
    assert herinneringen("beslistermijn") == [(date(2019, 7, 10), "beslistermijn_20", Rol.UWV_BEOORDELAAR)]


def test_aantal_statements_hangt_niet_af_van_het_aantal_dossiers(wereld, django_assert_num_queries):
    for _ in range(3):
        fabriek.ingediend(wereld, route="uwv")
    # The versions; ten kinds with a savepoint and their own timeout, one of them with berichten; and twice the
    # regeling with its version, for lapsing and for the tijdvak.
    with django_assert_num_queries(1 + 10 * 4 + 1 + 2 * 2):
        assert draai(date(2019, 7, 16)) == 3
    assert Herinnering.objects.count() == 3


def test_geen_herinnering_noemt_een_persoon(wereld):
    aanvraag = fabriek.wacht_op_toestemming(wereld)
    draai(date(2019, 6, 12))
    for bericht in Bericht.objects.all():
        assert aanvraag.deelnemer.achternaam not in bericht.titel


def test_wie_na_het_laatste_tijdvak_nog_wacht_vervalt_een_keer(wereld):
    gevraagd = fabriek.wacht_op_toestemming(wereld)
    verleend = fabriek.met_toestemming(wereld)
    concept = fabriek.concept(wereld)
    draai(SLUIT)
    assert fabriek.vers(gevraagd).status == AanvraagStatus.WACHT_OP_TOESTEMMING
    draai(SLUIT + timedelta(days=1))
    assert fabriek.vers(gevraagd).status == AanvraagStatus.WACHT_OP_TOESTEMMING
    assert draai(SLUIT + timedelta(days=2), 0) == 2
    assert draai(SLUIT + timedelta(days=2), 1) == 0
    assert {fabriek.vers(a).status for a in (gevraagd, verleend)} == {AanvraagStatus.VERVALLEN}
    assert set(Toestemming.objects.values_list("status", flat=True)) == {ToestemmingStatus.VERLOPEN}
    assert fabriek.vers(concept).status == AanvraagStatus.CONCEPT
    regels = Regel.objects.filter(handeling="aanvraag.laten_vervallen")
    assert {(r.rol, r.gebruiker_id) for r in regels} == {(Rol.SYSTEEM, None)}
    assert Bericht.objects.filter(soort="vervallen").count() == 8


def test_een_later_tijdvak_houdt_de_aanvraag_levend(wereld):
    aanvraag = fabriek.wacht_op_toestemming(wereld)
    tekst = fabriek.regelingtekst().replace("tot_en_met = 2019-11-29", "tot_en_met = 2019-12-20")
    fabriek.laad_regeling(tekst, reden="langer", nu=datetime(2019, 11, 20, 12, tzinfo=AMSTERDAM))
    draai(SLUIT + timedelta(days=3))
    assert Aanvraag.objects.get(pk=aanvraag.pk).status == AanvraagStatus.WACHT_OP_TOESTEMMING


def test_na_een_storing_op_de_laatste_avond_is_er_een_dag_meer(wereld):
    aanvraag = fabriek.met_toestemming(wereld)
    avond = datetime.combine(SLUIT, time(20), AMSTERDAM)
    Storing.objects.create(van=avond, tot=avond + timedelta(hours=2), toelichting="het netwerk")
    draai(SLUIT + timedelta(days=1))
    assert fabriek.vers(aanvraag).status == AanvraagStatus.WACHT_OP_TOESTEMMING
    draai(SLUIT + timedelta(days=2))
    assert fabriek.vers(aanvraag).status == AanvraagStatus.VERVALLEN
