from datetime import UTC, date, datetime

import pytest

from ips_subsidie.vormgeving import charts
from ips_subsidie.vormgeving.onderdelen import Actie, Rij, Staaf, Stuk, Taak
from ips_subsidie.vormgeving.templatetags import opmaak
from tests.vormgeving.hulp import Elementen, teken

KWAAD = '<script>&"\x00</script>'


@pytest.mark.parametrize(
    ("cent", "verwacht"),
    [
        (800_000, "€\xa08.000,00"),
        (1, "€\xa00,01"),
        (0, "€\xa00,00"),
        (-123_456, "€\xa0-1.234,56"),
        (123_456_789_012, "€\xa01.234.567.890,12"),
        (None, ""),
    ],
)
def test_euro(cent: int | None, verwacht: str) -> None:
    assert opmaak.euro(cent) == verwacht


def test_datum_en_tijdstip_in_amsterdam() -> None:
    laat = datetime(2019, 6, 2, 22, 30, tzinfo=UTC)
    assert opmaak.datum(laat) == "3 juni 2019"
    assert opmaak.tijdstip(laat) == "3 juni 2019, 00:30 uur"
    assert opmaak.datum(date(2019, 6, 3)) == "3 juni 2019"
    assert opmaak.datum(None) == opmaak.tijdstip(None) == ""
    with pytest.raises(ValueError, match="tijdzone"):
        opmaak.datum(datetime(2019, 6, 3))  # noqa: DTZ001


def test_bsn_is_gemaskeerd() -> None:
    assert opmaak.bsn_gemaskeerd("123456782") == "•••••6782"
    assert opmaak.bsn_gemaskeerd(None) == ""


@pytest.mark.parametrize(
    ("grootte", "verwacht"), [(1, "1 kB"), (84_000, "82 kB"), (2_621_440, "2,5 MB"), (None, "")]
)
def test_bestandsgrootte(grootte: int | None, verwacht: str) -> None:
    assert opmaak.bestandsgrootte(grootte) == verwacht


def test_badge() -> None:
    assert "utrecht-status-badge--success" in opmaak.badge("Toegekend", "goed")
    assert "&lt;b&gt;" in opmaak.badge("<b>")
    with pytest.raises(KeyError):
        opmaak.badge("x", "onbekend")


def test_kruimelpad_en_paginering() -> None:
    html = teken('{% load opmaak %}{% kruimelpad "Aanvragen" "/a" "IPS-1" %}')
    assert [a["href"] for a in Elementen(html).van("a")] == ["/a"]
    assert 'aria-current="page"' in html
    assert teken("{% load opmaak %}{% paginering v None %}", v="") == ""
    assert 'rel="next"' in teken("{% load opmaak %}{% paginering v None %}", v="?na=1")


def test_samenvatting() -> None:
    html = teken(
        "{% load opmaak %}{% samenvatting r %}",
        r=[Rij("Naam", KWAAD), Rij("Mail", "", "/wijzig"), Rij("Aantal", 0)],
    )
    assert "<script>" not in html
    assert "Niet ingevuld" in html
    assert ">0<" in html
    assert "Wijzig" in html
    assert "mail" in html


def test_takenlijst_zonder_adres_is_geen_link() -> None:
    html = teken(
        "{% load opmaak %}{% takenlijst t %}",
        t=[Taak("Een", "Klaar", "goed", "/1"), Taak("Twee", "Kan nog niet")],
    )
    assert len(Elementen(html).van("a")) == 1


def test_actie_is_een_formulier_met_versie_en_sleutel() -> None:
    acties = [
        Actie("Toekennen", "/t", "post", "primair", versie=0, sleutel="abc"),
        Actie("Bekijken", "/b"),
        Actie("Afwijzen", "", redenen=["U mag niet."]),
    ]
    html = teken("{% load opmaak %}{% acties a %}", a=acties, csrf_token="teken")
    invoer = {i["name"]: i["value"] for i in Elementen(html).van("input")}
    assert invoer == {"csrfmiddlewaretoken": "teken", "sleutel": "abc", "versie": "0"}
    assert "disabled" not in html
    assert "U mag niet." in html
    assert teken("{% load opmaak %}{% acties a %}", a=[]) == ""


@pytest.mark.parametrize(
    "svg",
    [
        charts.stapelbalk([Stuk(KWAAD, 3, "gebruikt"), Stuk("Vrij", 1, "vrij")], titel=KWAAD),
        charts.stapelbalk([], titel="Leeg"),
        charts.stapelbalk([Stuk("Niets", 0, "vrij")], titel="Nul"),
        charts.maandstaven([Staaf(KWAAD, 3, 1), Staaf("feb", 0)], titel=KWAAD),
        charts.maandstaven([], titel="Leeg"),
        charts.naamstaven([Staaf(KWAAD, 5, 0, 5), Staaf("Arnhem", 0, 0, 0)], titel=KWAAD),
        charts.naamstaven([], titel="Leeg"),
    ],
)
def test_grafiek_is_veilig_en_te_horen(svg: str) -> None:
    from xml.etree import ElementTree as ET

    wortel = ET.fromstring(svg)  # noqa: S314 - made by ourselves just now
    namen = [element.tag for element in wortel.iter()]
    assert namen[:3] == ["svg", "title", "desc"]
    assert "script" not in namen
    assert wortel.get("role") == "img"
    assert set(str(wortel.get("aria-labelledby")).split()) == {wortel[0].get("id"), wortel[1].get("id")}
    assert "style=" not in svg
    assert "\x00" not in svg


def test_delen_van_de_balk_sluiten_aan() -> None:
    svg = charts.stapelbalk([Stuk("a", 1, "gebruikt"), Stuk("b", 3, "vrij")], titel="t")
    rechthoeken = Elementen(svg).van("rect")
    assert [(r["x"], r["width"]) for r in rechthoeken] == [("0.000%", "25.000%"), ("25.000%", "75.000%")]


def test_een_gemeente_met_vijf_van_vijf_is_vol() -> None:
    svg = charts.naamstaven([Staaf("Nijmegen", 5, 0, 5), Staaf("Arnhem", 4, 1, 5)], titel="t")
    assert svg.count("g-vol") == 1
    assert "4 van 5, 1 gevraagd" in svg
