"""How the budget page says what is out of the ordinary: beyond the limit, held, per tijdvak, and what a check found."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from budget.handelingen import plaatsen, uitzondering
from budget.handelingen.laden import laad_regeling
from budget.handelingen.loting import te_loten, trekken, voorbereiden
from budget.handelingen.plafond import wijzigen
from budget.models import Controle
from budget.web.potstanden import Potstand, Ruimte, boven_in_woorden, ruimte_in_woorden
from ips_subsidie.kalender.klok import AMSTERDAM, datum_van, klok_op
from ips_subsidie.toegang.rollen import Rol
from ips_subsidie.vormgeving.templatetags.opmaak import euro, getal
from tests import fabriek
from tests.web.bezoek import als
from tests.web.sql import met_hoogstens


def haal(wereld, rol=Rol.UWV_FINANCIEN, **vraag):
    antwoord = als(wereld.met(rol)).get(reverse("budget:overzicht"), vraag)
    return antwoord, antwoord.content.decode()


@pytest.mark.parametrize(
    ("ruimte", "toon", "woorden"),
    [
        (Ruimte(None, 5), getal, "geen grens"),
        (Ruimte(20, 5, 3), getal, "12 van 20 vrij"),
        (Ruimte(20, 20), getal, "0 van 20 vrij"),
        (Ruimte(1200, 1199, 2), getal, "1 boven de grens van 1.200"),
        (Ruimte(100_000, 40_000), euro, "€\xa0600,00 van €\xa01.000,00 vrij"),
    ],
)
def test_ruimte_in_woorden_is_nooit_negatief(ruimte, toon, woorden):
    assert ruimte_in_woorden(ruimte, toon) == woorden
    assert "-" not in woorden


@pytest.mark.parametrize(
    ("stand", "stukken"),
    [
        (
            Potstand("Nijmegen", Ruimte(5, 6), Ruimte(None, 0), 1),
            ["6 trajecten vergeven bij een grens van 5, dus 1 boven de grens. 1 daarvan is", "4:25"],
        ),
        (
            Potstand("Hele regeling", Ruimte(3, 5, 1), Ruimte(None, 0), 0),
            ["6 trajecten vergeven bij een grens van 3, dus 3 boven de grens. De grens is verlaagd.", "4:27"],
        ),
        (
            Potstand("Hele regeling", Ruimte(3, 5), Ruimte(100, 300), 1),
            ["5 trajecten", "en €\xa03,00 vergeven", "1 daarvan is", "4:25", "Voor de andere", "4:27"],
        ),
    ],
)
def test_boven_de_grens_zegt_waarom(stand, stukken):
    zin = boven_in_woorden(stand)
    assert zin.startswith(f"{stand.naam}: ")
    for stuk in stukken:
        assert stuk in zin, zin


def _na_bezwaar(wereld):
    """A grant beyond the pots: refused, gegrond bezwaar, proposed by one and confirmed by another."""
    [plaats] = fabriek.sluit_plaatsen_aan(wereld, 1)
    plaatsen.laat_vallen(plaats, fabriek.NU)
    uitzondering.stel_voor(
        plaats, wereld.beoordelaar, bezwaar_kenmerk="BZ-1", beslist_op=datum_van(fabriek.NU),
        motivering="Een van de vijf telde niet mee.", nu=fabriek.NU,
    )  # fmt: skip
    uitzondering.bevestig(plaats, wereld.beslisser, fabriek.NU)


@pytest.mark.django_db
@pytest.mark.parametrize("rol", [Rol.UWV_FINANCIEN, Rol.MINISTERIE])
def test_na_een_gegrond_bezwaar_boven_de_grens_met_woorden_en_getal(klok, rol):
    wereld = fabriek.maak_wereld(plafond_trajecten=5, cap_per_gemeente=5)
    fabriek.verleen_plaatsen(wereld, 5)
    _na_bezwaar(wereld)
    antwoord, tekst = haal(wereld, rol)
    assert "Er is meer vergeven dan de grens" in tekst
    zinnen = antwoord.context["boven"]
    assert [zin.split(":")[0] for zin in zinnen] == ["Nijmegen", "Hele regeling"]
    assert all("6 trajecten vergeven bij een grens van 5, dus 1 boven de grens" in zin for zin in zinnen)
    assert dict(antwoord.context["pool"]["rijen"]) == {
        "Gebruikt (toegekend)": "6", "Gereserveerd (wacht op besluit)": "0", "Vrij": "0", "Boven de grens": "1",
        "Alle plaatsen": "5",
    }  # fmt: skip
    assert 'width="100.000%"' in antwoord.context["pool"]["beeld"]
    assert "6 van 5" in tekst
    assert antwoord.context["verwachting"] == [
        "Voor elke plaats is er nu een complete aanvraag. Er is niets meer over voor nieuwe aanvragen."
    ]
    _, openbaar = (als(wereld.met(rol)).get(reverse("budget:openbaar")),) * 2
    assert "Geen plaatsen meer" in openbaar.content.decode()


@pytest.mark.django_db
def test_geld_boven_het_plafond_staat_er_als_bedrag_erboven(klok):
    tekst = fabriek.regelingtekst().replace("[potten]\n", "[potten]\nplafond_bedrag_cent = 400_000\n")
    wereld = fabriek.maak_wereld()
    laad_regeling(tekst, reden="geld", nu=fabriek.NU)
    fabriek.verleen_plaatsen(wereld, 1)
    _na_bezwaar(wereld)
    antwoord, _ = haal(wereld)
    assert dict(antwoord.context["geld"])["Boven het plafond van het Rijk"] == "€\xa04.000,00"
    assert "Nog beschikbaar van het Rijk" not in dict(antwoord.context["geld"])


@pytest.mark.django_db
def test_wat_wordt_vastgehouden_staat_er_apart(wereld):
    [plaats] = fabriek.sluit_plaatsen_aan(wereld, 1)
    plaatsen.reserveer(plaats, fabriek.NU, fabriek.NU + timedelta(days=30))
    antwoord, _ = haal(wereld)
    assert dict(antwoord.context["pool"]["rijen"])["Gereserveerd (vastgehouden)"] == "1"
    assert dict(antwoord.context["geld"])["Vastgehouden van het Rijk"] == "€\xa04.000,00"
    assert antwoord.context["cijfers"].totaal.over == 199


@pytest.mark.django_db
def test_potten_per_tijdvak_op_de_pagina_en_openbaar(klok):
    tekst = fabriek.regelingtekst().replace(
        "[termijnen]", "[potten.tijdvak.2019]\nplafond_trajecten = 4\n\n[termijnen]"
    )
    wereld = fabriek.maak_wereld()
    laad_regeling(tekst, reden="tijdvak", nu=fabriek.NU)
    fabriek.verleen_plaatsen(wereld, 3)
    antwoord, tekst = haal(wereld, Rol.MINISTERIE)
    [rij] = antwoord.context["tijdvakken"]
    assert (rij["naam"], rij["toegekend"], rij["plaatsen"], rij["geld"]) == (
        "2019", "3", "1 van 4 vrij", "geen grens",
    )  # fmt: skip
    assert "Per tijdvak" in tekst
    openbaar = als(wereld.met(Rol.MINISTERIE)).get(reverse("budget:openbaar")).content.decode()
    assert "1 van de 4 plaatsen" in openbaar


# --- the nightly check -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_voor_de_eerste_controle(wereld):
    assert "Dat is nog niet gebeurd" in haal(wereld)[1]


@pytest.mark.django_db
def test_de_laatste_controle_klopt(wereld):
    nacht = datetime(2019, 6, 17, 3, tzinfo=AMSTERDAM)
    Controle.objects.create(
        op=nacht - timedelta(days=1), bevindingen=[{"code": "teller", "tekst": "Oud nieuws."}]
    )
    Controle.objects.create(op=nacht, bevindingen=[])
    for rol in (Rol.UWV_BESLISSER, Rol.MINISTERIE):
        tekst = haal(wereld, rol)[1]
        assert "Laatste controle: 17 juni 2019, 03:00 uur" in tekst
        assert "Alles klopt" in tekst
        assert "Oud nieuws" not in tekst


@pytest.mark.django_db
def test_wat_niet_klopt_leest_uwv_en_niet_het_ministerie(wereld):
    vondst = "Dossier IPS-AAAA heeft een toekenning en de pot niet."
    Controle.objects.create(op=fabriek.NU, bevindingen=[{"code": "dossier", "tekst": vondst}])
    assert vondst in haal(wereld, Rol.UWV_BEOORDELAAR)[1]
    van_het_ministerie = haal(wereld, Rol.MINISTERIE)[1]
    assert vondst not in van_het_ministerie
    assert "Er klopt iets niet" in van_het_ministerie


# --- what is linked, and at what cost ----------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rol", "namen"),
    [
        (Rol.MINISTERIE, {"wijzigingen"}),
        (Rol.UWV_FINANCIEN, {"wijzigingen", "grootboek", "plafond_wijzigen"}),
        (Rol.UWV_BESLISSER, {"wijzigingen", "grootboek", "loting_voorbereiden"}),
        (Rol.UWV_BEOORDELAAR, {"wijzigingen", "grootboek", "loting_voorbereiden"}),
    ],
)
def test_ieder_ziet_de_weg_naar_wat_hij_mag(wereld, rol, namen):
    fabriek.sluit_plaatsen_aan(wereld, 2)
    tekst = haal(wereld, rol)[1]
    alle = {"wijzigingen", "grootboek", "plafond_wijzigen", "loting_voorbereiden"}
    assert {naam for naam in alle if f'"{reverse(f"budget:{naam}")}?regeling=' in tekst} == namen


@pytest.mark.django_db
def test_naar_de_loting_alleen_als_er_gelijken_zijn(wereld):
    fabriek.sluit_plaatsen_aan(wereld, 1)
    assert reverse("budget:loting_voorbereiden") not in haal(wereld, Rol.UWV_BESLISSER)[1]


def _loot(wereld):
    [gelijk] = te_loten(wereld.regeling)
    nu = fabriek.NU + timedelta(days=1)
    een = fabriek.doe(
        voorbereiden, None, wereld.beoordelaar, nu, regeling=wereld.regeling, rang_op=gelijk.rang_op
    )
    fabriek.doe(trekken, een, wereld.beslisser, nu)
    return een


@pytest.mark.django_db
def test_na_de_loting_blijft_zij_te_vinden(wereld):
    fabriek.sluit_plaatsen_aan(wereld, 2)
    loting = reverse("budget:loting", args=[_loot(wereld).pk])
    lijst = reverse("budget:loting_voorbereiden")
    for rol, naar_lijst, naar_loting in (
        (Rol.UWV_BESLISSER, True, False), (Rol.UWV_FINANCIEN, False, True), (Rol.MINISTERIE, False, False),
    ):  # fmt: skip
        tekst = haal(wereld, rol)[1]
        assert (f"{lijst}?" in tekst, loting in tekst) == (naar_lijst, naar_loting), rol
    pagina = als(wereld.met(Rol.UWV_FINANCIEN)).get(loting)
    assert pagina.status_code == 200
    assert f"{lijst}?" not in pagina.content.decode()  # no way that ends at a closed door


@pytest.mark.django_db
def test_het_aantal_statements(wereld):
    fabriek.sluit_plaatsen_aan(wereld, 10)
    fabriek.verleen_plaatsen(
        wereld, 10, gemeenten=[fabriek.ARNHEM], route="uwv", nu=fabriek.NU - timedelta(days=1)
    )
    for geloot in (False, True):
        if geloot:
            _loot(wereld)
        for rol, hoogstens in (
            (Rol.MINISTERIE, 12), (Rol.UWV_FINANCIEN, 12 + geloot), (Rol.UWV_BESLISSER, 13),
        ):  # fmt: skip
            client = als(wereld.met(rol))
            client.get(reverse("budget:overzicht"))
            with met_hoogstens(hoogstens):
                client.get(reverse("budget:overzicht"))


def _wijzig(wereld, trajecten, nu):
    with klok_op(nu):
        wijzigen(
            None, wereld.met(Rol.UWV_FINANCIEN), nu=nu, sleutel=uuid4(), regeling=wereld.regeling,
            grenzen={"plafond_trajecten": trajecten}, gepubliceerd_op=datum_van(nu), bron="Stcrt.", reden="op",
        )  # fmt: skip


@pytest.mark.django_db
def test_een_verlaagd_plafond_staat_meteen_op_de_pagina(wereld):
    fabriek.verleen_plaatsen(wereld, 3)
    _wijzig(wereld, 3, fabriek.NU + timedelta(hours=1))
    antwoord, tekst = haal(wereld)
    assert dict(antwoord.context["pool"]["rijen"])["Vrij"] == "0"
    assert "De grens is verlaagd" not in tekst  # nobody waits


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("oud", "zin"),
    [
        (1, "1 aanvraag die wacht kwam binnen voor de verlaging van 5 juni 2019. Daarvoor geldt"),
        (2, "2 aanvragen die wachten kwamen binnen voor de verlaging van 5 juni 2019. Voor hen geldt"),
    ],
)
def test_wie_wacht_van_voor_de_verlaging_houdt_de_oude_grens(klok, oud, zin):
    wereld = fabriek.maak_wereld(cap_per_gemeente=50)
    fabriek.verleen_plaatsen(wereld, 3)
    fabriek.sluit_plaatsen_aan(wereld, oud)
    _wijzig(wereld, 3, fabriek.NU + timedelta(days=2))
    fabriek.sluit_plaatsen_aan(wereld, 1, nu=fabriek.NU + timedelta(days=4))
    antwoord, tekst = haal(wereld)
    assert f"{zin} de oude, hogere grens (artikel 4:27 van de Awb)." == antwoord.context["verlaging"]
    assert "De grens is verlaagd" in tekst
    assert "Er zijn te weinig plaatsen" not in tekst
    rijen = dict(antwoord.context["pool"]["rijen"])
    assert rijen["Wacht op besluit, met de oude grens"] == str(oud)
    assert (rijen["Gereserveerd (wacht op besluit)"], rijen["Vrij"]) == ("0", "0")
    [verwachting] = antwoord.context["verwachting"]
    assert verwachting.startswith("Er is nu geen verwachting.")
    client = als(wereld.met(Rol.UWV_FINANCIEN))
    client.get(reverse("budget:overzicht"))
    with met_hoogstens(12):
        client.get(reverse("budget:overzicht"))


@pytest.mark.django_db
def test_weer_verhoogd_is_er_geen_oude_grens_meer(klok):
    wereld = fabriek.maak_wereld(cap_per_gemeente=50)
    fabriek.sluit_plaatsen_aan(wereld, 2)
    _wijzig(wereld, 1, fabriek.NU + timedelta(days=2))
    _wijzig(wereld, 300, fabriek.NU + timedelta(days=3))
    antwoord, tekst = haal(wereld)
    assert antwoord.context["verlaging"] == ""
    assert "De grens is verlaagd" not in tekst
    assert dict(antwoord.context["pool"]["rijen"])["Gereserveerd (wacht op besluit)"] == "2"
