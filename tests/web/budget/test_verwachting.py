"""The forecast on the budget page: from which numbers, and in which words."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse

from budget.handelingen import plaatsen
from budget.handelingen.laden import laad_regeling
from budget.regels.prognose import Prognose, Tempo, Verwachting
from budget.web.verwachting import Krapste, in_woorden
from ips_subsidie.kalender.klok import AMSTERDAM, klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.web.bezoek import als

EINDE = date(2019, 11, 29)


def prognose(verwachting, *, over=142, **overig):
    return Prognose(verwachting, 58, 33, over, EINDE, **overig)


LEEG = prognose(
    Verwachting.LOOPT_LEEG, dag=date(2019, 8, 22), vroegst=date(2019, 8, 6), laatst=date(2019, 9, 10)
)
OVER = prognose(Verwachting.BLIJFT_OVER, rest=40, rest_minst=12, rest_meest=61)


@pytest.mark.parametrize(
    ("gezien", "krapste", "zinnen"),
    [
        (
            LEEG,
            Krapste(142),
            [
                "In 33 dagen kwamen er 58 complete aanvragen binnen. Er zijn nog 142 plaatsen over.",
                "Gaat het zo door, dan is de laatste plaats rond 22 augustus 2019 vergeven.",
                "Zeker is dat niet. In 8 van de 10 gevallen gebeurt het van 6 augustus 2019 "
                "tot en met 10 september 2019.",
            ],
        ),
        (
            prognose(
                Verwachting.LOOPT_LEEG, over=1, dag=date(2019, 6, 4), vroegst=date(2019, 6, 3), laatst=None
            ),
            Krapste(1, in_tijdvak=True),
            [
                "In 33 dagen kwamen er 58 complete aanvragen binnen. Er is nog 1 plaats over in dit tijdvak.",
                "Gaat het zo door, dan is de laatste plaats rond 4 juni 2019 vergeven.",
                "Zeker is dat niet. Het kan al op 3 juni 2019 zo zijn. Het kan ook dat er op 29 november 2019, het "
                "einde van het tijdvak, nog iets over is.",
            ],
        ),
        (
            OVER,
            Krapste(142),
            [
                "In 33 dagen kwamen er 58 complete aanvragen binnen. Er zijn nog 142 plaatsen over.",
                "Gaat het zo door, dan zijn er na 29 november 2019, het einde van het tijdvak, nog ongeveer "
                "40 plaatsen over.",
                "Zeker is dat niet. In 8 van de 10 gevallen ligt het van 12 tot en met 61.",
            ],
        ),
        (
            OVER,
            Krapste(142, cent=85_200_000),
            [
                "In 33 dagen kwamen er 58 complete aanvragen binnen. Er is nog €\xa0852.000,00 over. Dat is genoeg "
                "voor ongeveer 142 aanvragen van een gemiddeld bedrag.",
                "Gaat het zo door, dan is er na 29 november 2019 nog geld over voor ongeveer 40 aanvragen.",
                "Zeker is dat niet. In 8 van de 10 gevallen ligt het van 12 tot en met 61.",
            ],
        ),
    ],
)
def test_de_zinnen(gezien, krapste, zinnen):
    *gezegd, voorbehoud = in_woorden(gezien, krapste)
    assert gezegd == zinnen
    assert "klopt deze verwachting niet meer" in voorbehoud


@pytest.mark.parametrize(
    ("tempo", "woord"), [(Tempo.SNELLER, "duidelijk meer"), (Tempo.TRAGER, "duidelijk minder")]
)
def test_een_ander_tempo_wordt_gezegd(tempo, woord):
    assert woord in in_woorden(LEEG, Krapste(142), tempo)[-1]


@pytest.mark.parametrize("krapste", [Krapste(0), Krapste(0, cent=100)])
def test_vol_en_te_weinig_zijn_een_enkele_zin(krapste):
    for soort in (Verwachting.VOL, Verwachting.TE_WEINIG):
        [zin] = in_woorden(prognose(soort, over=0), krapste)
        assert ("geld" in zin) == (krapste.cent is not None)


# --- on the page -------------------------------------------------------------------------------------------------


def dag(maand, dag_, uur=12):
    return datetime.combine(date(2019, maand, dag_), time(uur), AMSTERDAM)


def pagina(wereld, op, rol=Rol.MINISTERIE):
    with klok_op(op):
        antwoord = als(wereld.met(rol)).get(reverse("budget:overzicht"))
    return antwoord.context["verwachting"]


def druppel(wereld, aantal, *, van, per_dag=1):
    """So many complete aanvragen, spread over the days, at different moments."""
    for nummer in range(aantal):
        moment = van + timedelta(days=nummer // per_dag, minutes=nummer)
        fabriek.sluit_plaatsen_aan(wereld, 1, route="uwv", nu=moment)


@pytest.mark.django_db
def test_wat_wacht_en_wat_is_toegekend_tellen_mee_wat_weg_is_niet():
    wereld = fabriek.maak_wereld(nu=dag(5, 1), plafond_trajecten=40)
    druppel(wereld, 6, van=dag(5, 2))
    fabriek.verleen_plaatsen(wereld, 2, nu=dag(5, 9))
    [weg] = fabriek.sluit_plaatsen_aan(wereld, 1, nu=dag(5, 10))
    plaatsen.laat_vallen(weg, dag(5, 11))
    eerste, *_ = pagina(wereld, dag(5, 20))
    assert eerste == "In 20 dagen kwamen er 8 complete aanvragen binnen. Er zijn nog 32 plaatsen over."


@pytest.mark.django_db
@pytest.mark.parametrize("op", [dag(4, 30), dag(11, 30)])
def test_buiten_het_tijdvak_is_er_geen_verwachting(op):
    wereld = fabriek.maak_wereld(nu=dag(4, 1))
    assert pagina(wereld, op) == []


@pytest.mark.django_db
def test_de_dag_is_die_in_amsterdam():
    """Half past eleven in the evening of 30 april UTC is 1 mei in Amsterdam: the first day of the tijdvak."""
    wereld = fabriek.maak_wereld(nu=dag(4, 1))
    avond = datetime.combine(date(2019, 5, 1), time(0, 30), AMSTERDAM)
    [zin] = pagina(wereld, avond)
    assert zin.startswith("In 1 dag kwamen er 0 complete aanvragen binnen.")


@pytest.mark.django_db
def test_te_weinig_en_zonder_grens():
    wereld = fabriek.maak_wereld(nu=dag(5, 1))
    druppel(wereld, 4, van=dag(5, 2))
    [zin] = pagina(wereld, dag(5, 20))
    assert "te weinig" in zin
    fabriek.laad(dag(5, 21), zonder=("plafond_trajecten",))
    assert pagina(wereld, dag(5, 22)) == []


@pytest.mark.django_db
def test_geld_dat_eerder_op_is_dan_de_plaatsen_bepaalt_de_verwachting():
    tekst = fabriek.regelingtekst().replace("[potten]\n", "[potten]\nplafond_bedrag_cent = 12_000_000\n")
    wereld = fabriek.maak_wereld(nu=dag(5, 1))
    laad_regeling(tekst, reden="geld", nu=dag(5, 1, 13))
    druppel(wereld, 10, van=dag(5, 2))
    eerste, *_ = pagina(wereld, dag(5, 20))
    assert "€\xa040.000,00 over" in eerste
    assert "ongeveer 5 aanvragen" in eerste


@pytest.mark.django_db
def test_een_pot_van_het_tijdvak_die_eerder_vol_is():
    tekst = fabriek.regelingtekst().replace(
        "[termijnen]", "[potten.tijdvak.2019]\nplafond_trajecten = 12\n\n[termijnen]"
    )
    wereld = fabriek.maak_wereld(nu=dag(5, 1))
    laad_regeling(tekst, reden="tijdvak", nu=dag(5, 1, 13))
    druppel(wereld, 6, van=dag(5, 2))
    eerste, *_ = pagina(wereld, dag(5, 20))
    assert "nog 6 plaatsen over in dit tijdvak" in eerste


@pytest.mark.django_db
def test_als_het_de_laatste_weken_veel_drukker_is():
    wereld = fabriek.maak_wereld(nu=dag(5, 1))
    druppel(wereld, 5, van=dag(5, 2))
    druppel(wereld, 30, van=dag(7, 20), per_dag=3)
    assert "duidelijk meer" in pagina(wereld, dag(8, 1))[-1]
