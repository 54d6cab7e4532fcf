"""Reminders day by day: each milestone once, nothing twice, and after days off only the nearest one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection

from aanvragen import herinneren
from aanvragen.handelingen.behandelen import oppakken
from aanvragen.herinneren import plaatsen
from aanvragen.models import Aanvraag, Herinnering, Storing, Toestemming
from aanvragen.regels.statussen import AanvraagStatus, ToestemmingStatus
from ips_subsidie.berichten import bezorgen
from ips_subsidie.berichten.doorgeven import geef_door
from ips_subsidie.berichten.groepen import Groep, groep_van
from ips_subsidie.berichten.lezen import bak_van, markeer_gelezen
from ips_subsidie.berichten.models import Bericht, Verzending
from ips_subsidie.kalender.klok import AMSTERDAM, datum_van, klok_op
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap
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
    return [(datum_van(b.gemaakt_op), b.soort.removeprefix("herinnering_"), b.rol) for b in rijen]


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
    # The versions; each kind with a savepoint and its own timeout, one of them with berichten; and twice the
    # regeling with its version, for lapsing and for the tijdvak.
    with django_assert_num_queries(1 + len(plaatsen.SOORTEN) * 4 + 1 + 2 * 2):
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


def pak_op(wereld, aanvraag, wie=None):
    fabriek.doe(oppakken, aanvraag, wie or wereld.beoordelaar)


def wie_leest(soort="herinnering_beslistermijn"):
    """For whom each is first; None is everyone with the role."""
    berichten = Bericht.objects.filter(soort__startswith=soort).order_by("gemaakt_op")
    return [(b.soort.rpartition("_")[2], b.gebruiker) for b in berichten]


def test_wie_een_dossier_oppakte_hoort_het_eerst_en_bij_de_laatste_mijlpaal_iedereen(wereld):
    pak_op(wereld, fabriek.ingediend(wereld, route="uwv"))
    for dag in dagen(date(2019, 7, 14), date(2019, 7, 29)):
        draai(dag)
    assert wie_leest() == [("14", wereld.beoordelaar.persoon), ("3", None)]


@pytest.mark.parametrize("weg", ["lidmaatschap", "account"])
def test_wie_er_niet_meer_werkt_krijgt_geen_herinnering(wereld, weg):
    pak_op(wereld, fabriek.ingediend(wereld, route="uwv"))
    if weg == "account":
        Gebruiker.objects.filter(pk=wereld.beoordelaar.gebruiker_id).update(is_active=False)
    else:
        lid = Lidmaatschap.objects.filter(pk=wereld.beoordelaar.lidmaatschap_id)
        lid.update(geldig_tot=date(2019, 7, 15))
    draai(date(2019, 7, 15))
    assert wie_leest() == [("14", None)]


def test_wat_een_collega_niet_leest_gaat_na_twee_werkdagen_naar_de_anderen(wereld):
    collega = wereld.collega(wereld.beoordelaar)
    pak_op(wereld, fabriek.ingediend(wereld, route="uwv"))
    donderdag = date(2019, 7, 18)
    draai(donderdag)

    def ziet(actor):
        return bak_van(actor).filter(soort__startswith="herinnering_").exists()

    assert (ziet(wereld.beoordelaar), ziet(collega)) == (True, False)
    for dag in dagen(donderdag, donderdag + timedelta(days=4)):
        assert geef_door(datetime.combine(dag, time(23, 50), AMSTERDAM)) == 0
    dinsdag = datetime.combine(donderdag + timedelta(days=5), time(0, 10), AMSTERDAM)
    assert geef_door(dinsdag) == 1
    assert geef_door(dinsdag) == 0
    assert ziet(collega)
    bezorgen.zet_uit(dinsdag)
    aan = Verzending.objects.filter(bericht__soort__startswith="herinnering_").values_list(
        "gebruiker", flat=True
    )
    assert set(aan) == {wereld.beoordelaar.gebruiker_id, collega.gebruiker_id}


def test_wat_gelezen_is_gaat_niet_door_en_van_wie_weg_is_meteen(wereld):
    een, twee = (fabriek.ingediend(wereld, route="uwv") for _ in range(2))
    collega = wereld.collega(wereld.beoordelaar)
    pak_op(wereld, een)
    pak_op(wereld, twee, collega)
    moment = datetime.combine(date(2019, 7, 16), time(6), AMSTERDAM)
    draai(moment.date())
    markeer_gelezen(bak_van(wereld.beoordelaar), wereld.beoordelaar, nu=moment)
    Lidmaatschap.objects.filter(pk=collega.lidmaatschap_id).update(geldig_tot=moment.date())
    assert geef_door(moment) == 1
    doorgegeven = Bericht.objects.get(doorgegeven_op__isnull=False)
    assert doorgegeven.gebruiker_id == collega.gebruiker_id
    assert geef_door(moment + timedelta(days=30)) == 0


def test_een_termijn_die_in_de_stilstand_voorbijging_wordt_alsnog_gemeld(wereld):
    """Three days of downtime over the last day: told once, and that it is too late; not after two weeks any more."""
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    draai(date(2019, 7, 1))
    draai(date(2019, 7, 30))
    draai(date(2019, 7, 31))
    bericht = Bericht.objects.get(soort__startswith="herinnering_beslistermijn")
    assert bericht.titel == (
        f"Te laat. Beoordeel een aanvraag: beslissen kon tot en met 29-07-2019 ({aanvraag.kenmerk})"
    )
    ander = fabriek.ingediend(wereld, route="uwv")
    draai(ander.beslis_uiterlijk + timedelta(days=20))
    assert Bericht.objects.filter(soort__startswith="herinnering_beslistermijn").count() == 1


@pytest.mark.parametrize("wissel", [date(2020, 3, 29), date(2019, 10, 27)])
def test_de_klok_die_verspringt_verandert_geen_mijlpaal(wereld, wissel):
    """By the hour over the night of the change: each milestone on its own day, once."""
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    Aanvraag.objects.filter(pk=aanvraag.pk).update(beslis_uiterlijk=wissel + timedelta(days=3))
    uur = datetime.combine(wissel - timedelta(days=1), time(12), AMSTERDAM).astimezone(UTC)
    for _ in range(48):
        with klok_op(uur):
            herinneren.herinner(uur)
        uur += timedelta(hours=1)
    assert Counter(h[:2] for h in herinneringen("beslistermijn")) == {
        (wissel - timedelta(days=1), "beslistermijn_14"): 1,
        (wissel, "beslistermijn_3"): 1,
    }


def test_bezwaar_en_ingebrekestelling_aan_wie_beslist(wereld):
    bezwaar = fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld, route="uwv"))
    for dag in dagen(bezwaar.beslis_uiterlijk - timedelta(days=16), bezwaar.beslis_uiterlijk):
        draai(dag)
    uwv = (Rol.UWV_BEOORDELAAR, Rol.UWV_BESLISSER)
    assert Counter(herinneringen("bezwaar")) == Counter(
        (bezwaar.beslis_uiterlijk - timedelta(days=voor), f"bezwaar_{voor}", rol)
        for voor in (14, 3)
        for rol in uwv
    )
    te_laat = fabriek.ingediend(wereld, route="uwv")
    fabriek.stel_in_gebreke(wereld, te_laat)
    eerste = te_laat.ingebrekestellingen.get().eerste_dag
    draai(eerste - timedelta(days=4))
    berichten = Bericht.objects.filter(soort="herinnering_dwangsom_3")
    assert {b.rol for b in berichten} == set(uwv)
    assert f"{eerste - timedelta(days=1):%d-%m-%Y}" in berichten[0].titel


def test_twee_keer_tegelijk_gestart_is_een_keer(wereld):
    """The second finds the first at work and leaves it to her."""
    fabriek.ingediend(wereld, route="uwv")
    ander = connection.copy()
    with ander.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended('herinneren.beslistermijn', 0))")
    assert draai(date(2019, 7, 16)) == 0
    ander.close()
    assert draai(date(2019, 7, 16)) == 1


def test_een_soort_die_mislukt_houdt_de_rest_niet_op(wereld, monkeypatch):
    fabriek.onvolledig(wereld, route="uwv")
    stuk = replace(plaatsen.SOORTEN[0], rij="SELECT 1/0")
    monkeypatch.setattr(plaatsen, "SOORTEN", (stuk, *plaatsen.SOORTEN[1:]))
    with pytest.raises(ExceptionGroup):
        draai(date(2019, 6, 14))
    assert herinneringen("hersteltermijn")


def test_elke_soort_noemt_een_bestaande_groep():
    assert {groep_van(f"herinnering_{soort.code}") for soort in plaatsen.SOORTEN} == {
        Groep.HERINNERING, Groep.WETTELIJK,
    }  # fmt: skip
