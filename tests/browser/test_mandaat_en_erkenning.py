"""The mandaatregister as a samenwerkingsverband sees it, and a quality list that a beheerder processes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aanvragen.models import Erkenninglijst, GgzInstelling
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.browser.spelers import Toneel
from tests.fabriek.wereld import NU_B, geef_mandaat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KOP = "kvk;naam;geldig_van;geldig_tot;fidelity_score;fidelity_datum\n"


@pytest.fixture
def wereld(settings: Any, toneel: Toneel) -> fabriek.Wereld:
    settings.KLOK_VERSCHUIVING = NU_B - datetime.now(UTC)
    with klok_op(NU_B):
        return fabriek.maak_wereld_b()


def test_het_mandaat_van_zeven_gemeenten(toneel: Toneel, wereld: fabriek.Wereld) -> None:
    with klok_op(NU_B):
        geef_mandaat(wereld.regeling, "0296", van=datum_van(NU_B) + timedelta(days=1))
        consulent = wereld.van_gemeente("0225")
        geef_mandaat(wereld.regeling, "0209", gebruiker=consulent.gebruiker, functie="IPS-consulent")
        geef_mandaat(wereld.regeling, "0209", tot=datum_van(NU_B), functie="Teamleider")
    speler = toneel.met(consulent)
    speler.ga("/gemeenten/mandaat/")
    speler.ziet(
        "Het college van Heumen heeft nog geen mandaat.", "Het mandaat van het college van Wijchen geldt pas"
    )
    speler.druk("Model voor een ondermandaat van Druten")
    speler.ziet("Ondermandaat- en machtigingsbesluit IPS-trajecten gemeente Druten", "Artikel 6 Instemming")


def test_een_lijst_eerst_zien_en_dan_verwerken(
    toneel: Toneel, wereld: fabriek.Wereld, tmp_path: Path
) -> None:
    with klok_op(NU_B):
        nieuw = fabriek.maak_instelling("Pluryn", erkend=False)
        beheerder = wereld.met(Rol.BEHEERDER)
        beheerder.persoon.is_staff = True
        beheerder.persoon.save(update_fields=["is_staff"])
    slecht, goed = tmp_path / "slecht.csv", tmp_path / "goed.csv"
    slecht.write_text(f"{KOP}{nieuw.kvk};=Pluryn;2023-02-30;;;\n", encoding="utf-8")
    regels = (
        f"{nieuw.kvk};Stichting Pluryn;2023-01-01;;104;2022-11-15\n99999999;Nog niet bekend;2023-01-01;;;\n"
    )
    goed.write_text(KOP + regels, encoding="utf-8-sig")
    speler = toneel.met(beheerder)
    page = speler.page
    speler.ga("/beheer/aanvragen/ipserkenning/lijst/")
    page.get_by_label("Bron").fill("divosa.nl/ips, lijst van maart 2023")
    page.get_by_label("niet op de lijst").select_option("ja")
    page.get_by_label("Bestand").set_input_files(slecht)
    speler.druk("Bekijk wat er verandert")
    speler.ziet("Regel 2: de kolom naam begint met “=”")
    page.get_by_label("Bestand").set_input_files(goed)
    speler.druk("Bekijk wat er verandert")
    speler.ziet("Komt erbij: 1", "Eindigt: 1", "Onbekend KvK-nummer: 1", "op de lijst staat Stichting Pluryn")
    speler.bekijk("verschil")
    speler.druk("Verwerk deze lijst")
    speler.ziet("Het KvK-nummer van regel 3 kennen wij niet.")
    page.get_by_label("Sla de regels met een onbekend KvK-nummer over").check()
    speler.druk("Verwerk deze lijst")
    speler.ziet("divosa.nl/ips, lijst van maart 2023", "Komt erbij: Pluryn")
    assert Erkenninglijst.objects.count() == 1
    assert set(GgzInstelling.objects.biedt_ips_op(datum_van(NU_B))) == {nieuw}
