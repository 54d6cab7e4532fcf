"""The picture: read aloud it says the same, and it needs nothing from elsewhere."""

from xml.etree import ElementTree as ET

import pytest

from aanvragen.simuleren.grafiek import _stap, teken
from tests.simuleren.hulp import gebeurtenis, scenario, uitkomsten

SVG = "{http://www.w3.org/2000/svg}"


def beeld(tekst):
    return ET.fromstring(tekst)  # noqa: S314 - made by ourselves just now


def uitleg(svg):
    return svg.findtext(f"{SVG}desc")


@pytest.mark.django_db
def test_de_pot_door_de_tijd():
    gespeeld = uitkomsten(
        scenario(
            gebeurtenis("06-01 10:00", "indienen", "A"),
            gebeurtenis("06-02 10:00", "toekennen", "A"),
            gebeurtenis("06-03 10:00", "indienen", "B"),
            gebeurtenis("08-01 10:00", "toekennen", "B"),
            gebeurtenis("08-02 10:00", "plafond_wijzigen", plafond_trajecten=2),
            plafond_trajecten=1,
        )
    )
    svg = beeld(teken("IPS <CMD>", gespeeld))
    assert svg.findtext(f"{SVG}title") == "IPS <CMD>: toegekende trajecten door de tijd"
    assert uitleg(svg) == (
        "Van 1 juni 2019 tot en met 2 augustus 2019. Aan het eind toegekend: 1 van de 2 trajecten. "
        "De pot was vol op 2 juni 2019. Aantal keer geweigerd: 1."
    )
    assert svg.get("role") == "img"
    assert set(svg.get("aria-labelledby").split()) == {e.get("id") for e in svg if e.get("id")}
    teksten = [e.text for e in svg.iter(f"{SVG}text")]
    assert [t for t in teksten if t in ("mei", "jun", "jul", "aug", "sep")] == ["jun", "jul", "aug"]
    assert {"2019", "toegekend", "plafond", "geweigerd (1×)", "vol op 2 juni 2019"} <= set(teksten)
    kaal = ET.tostring(svg, encoding="unicode").replace("http://www.w3.org/2000/svg", "")
    assert not any(woord in kaal for woord in ("http", "url(", "style=", "@font"))


@pytest.mark.django_db
def test_in_euro_en_zonder_plafond():
    gebeurtenissen = (
        gebeurtenis("06-01 10:00", "indienen", "A", route="uwv"),
        gebeurtenis("06-02 10:00", "toekennen", "A"),
    )
    euro = uitkomsten(scenario(*gebeurtenissen, plafond_trajecten="geen", plafond_bedrag_cent=1_000_000))
    assert "Aan het eind toegekend: 8.000 van de 10.000 euro. De pot raakte niet vol." in uitleg(
        beeld(teken("X", euro))
    )


@pytest.mark.django_db
def test_zonder_plafond():
    gespeeld = uitkomsten(scenario(gebeurtenis("06-01 10:00", "indienen", "A"), plafond_trajecten="geen"))
    assert "Aan het eind toegekend: 0 trajecten. Aantal" in uitleg(beeld(teken("X", gespeeld)))


@pytest.mark.parametrize(
    ("hoogste", "stap"),
    [(1, 1), (8, 1), (9, 2), (16, 2), (17, 5), (41, 10), (200, 50), (201, 50), (900_000, 200_000)],
)
def test_de_stap_van_de_as(hoogste, stap):
    assert _stap(hoogste) == stap


@pytest.mark.django_db
def test_waar_alleen_een_tijdvak_een_grens_heeft():
    """The pot of the tijdvak in which the scenario begins; what is held counts along."""
    gespeeld = uitkomsten(
        scenario(
            gebeurtenis("2023-06-05 10:00", "indienen", "A"),
            gebeurtenis("2023-06-06 10:00", "budget_vragen", "A"),
            gebeurtenis("2023-06-07 10:00", "budget_antwoord", "A"),
            regeling="IPS-GEM-2023",
            **{"plafond_bedrag_cent@2023": 800_000},
        )
    )
    assert uitleg(beeld(teken("X", gespeeld))) == (
        "Van 5 juni 2023 tot en met 7 juni 2023. Aan het eind toegekend: 8.000 van de 8.000 euro. "
        "De pot was vol op 7 juni 2023. Aantal keer geweigerd: 0."
    )
