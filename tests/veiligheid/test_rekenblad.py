"""P28: a list as a file is safe in a spreadsheet, whole, and holds no more than the screen."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.rollen import Rol
from ips_subsidie.vormgeving.rekenblad import als_csv, veilige_cel
from tests import fabriek
from tests.fabriek import NU
from tests.web.behandeling.hulp import als
from tests.web.sql import tel_sql

FORMULES = [
    "=1+1", "=HYPERLINK(\"https://kwaad.example\";\"klik\")", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0",
    "@SUM(1;1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1", "\u202e=1+1",
    "＝1+1", "＋1", "－1", "＠SUM(1)", "'=1+1", "\"=1+1", "%0A=1", "|calc", "=\u00001+1", "\x00=1+1", "\x0b=1+1",
    "-1e5", "+1_000", "-１", "-٣", "=", "-", "--1", "-1-1", "DDE\n=1+1",
]  # fmt: skip
ONSCHULDIG = [
    "Groningen", "IPS-2019-000123", "0123", "000000012", "-4", "+4", "-1.234,50", "12,5", "a=b", "x@y.example",
    "Sint-Oedenrode", "'s-Hertogenbosch", "",
]  # fmt: skip


def lees_csv(inhoud: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(inhoud.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))


@pytest.mark.parametrize("formule", FORMULES)
def test_p28_geen_cel_is_een_formule(formule: str) -> None:
    cel = veilige_cel(formule)
    if cel.startswith("DDE"):
        assert cel == "DDE =1+1"  # one line, so that nothing begins anew in the next
        return
    assert cel.startswith("'"), repr(cel)
    assert "\n" not in cel
    assert "\r" not in cel
    assert "\x00" not in cel


@pytest.mark.parametrize("waarde", ONSCHULDIG)
def test_p28_de_rest_blijft_wat_het_is(waarde: str) -> None:
    """Zeros in front stay, also in a number of nine digits; what begins with an apostrophe of its own stays too."""
    assert veilige_cel(waarde) == waarde


def test_p28_dagen_getallen_en_niets() -> None:
    assert veilige_cel(date(2019, 6, 3)) == "03-06-2019"
    assert veilige_cel(1234) == "1234"
    assert veilige_cel(None) == ""
    with pytest.raises(TypeError):
        veilige_cel(datetime(2019, 6, 3, tzinfo=NU.tzinfo))


def test_p28_het_bestand_komt_terug_zoals_het_was() -> None:
    """Every odd value, quotes and separators included: as many rows and cells as went in."""
    rijen = [[waarde, "vast", 7] for waarde in FORMULES + ONSCHULDIG]
    antwoord = als_csv("proef", ["a", "b", "c"], rijen)
    gelezen = lees_csv(antwoord.content)
    assert gelezen[0] == ["a", "b", "c"]
    assert [rij[1:] for rij in gelezen[1:]] == [["vast", "7"]] * len(rijen)
    assert [rij[0] for rij in gelezen[1:]] == [veilige_cel(rij[0]) for rij in rijen]
    assert antwoord.headers["Content-Disposition"] == 'attachment; filename="proef.csv"'
    assert "sandbox" in antwoord.headers["Content-Security-Policy"]


def test_p28_een_rij_die_niet_past_is_een_fout() -> None:
    with pytest.raises(ValueError, match="1 cellen onder 2 koppen"):
        als_csv("proef", ["a", "b"], [["x"]])


# --- the lists -----------------------------------------------------------------------------------------

LIJSTEN = [
    ("aanvragen:werkvoorraad", "aanvragen:werkvoorraad_csv", Rol.UWV_BEOORDELAAR),
    ("aanvragen:termijnen", "aanvragen:termijnen_csv", Rol.UWV_BEOORDELAAR),
    ("aanvragen:termijnen", "aanvragen:termijnen_csv", Rol.BEHANDELAAR),
]


def _op_het_scherm(client: Any, adres: str) -> int:
    """All rows of the list, page after page."""
    aantal, verder = 0, adres
    while verder:
        pagina = client.get(verder)
        aantal += len(pagina.context["regels"])
        verder = adres + pagina.context["volgende"] if pagina.context["volgende"] else ""
    return aantal


@pytest.mark.django_db
@pytest.mark.parametrize(("scherm", "bestand", "rol"), LIJSTEN)
def test_p28_evenveel_rijen_als_het_scherm(
    scherm: str, bestand: str, rol: Rol, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row count = screen count, over more than one page and more than one batch."""
    monkeypatch.setattr("aanvragen.web.behandeling.werkvoorraad.PER_PAGINA", 2)
    monkeypatch.setattr("aanvragen.web.termijnen.lijst.PER_PAGINA", 2)
    monkeypatch.setattr("aanvragen.web.termijnen.lijst.PER_HAP", 3)
    with klok_op(NU):
        wereld = fabriek.maak_wereld()
        for dagen in range(5):
            fabriek.ingediend(wereld, NU - timedelta(days=dagen), route="uwv")
        fabriek.onvolledig(wereld, route="uwv")
        fabriek.concept(wereld)
        client = als(wereld.met(rol))
        antwoord = client.get(reverse(bestand))
        rijen = lees_csv(antwoord.content)[1:]
        assert len(rijen) == _op_het_scherm(client, reverse(scherm)) > 0
    assert antwoord.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in antwoord.headers["Cache-Control"]


@pytest.mark.django_db
def test_p28_de_filters_van_het_scherm_gelden(monkeypatch: pytest.MonkeyPatch) -> None:
    with klok_op(NU):
        wereld = fabriek.maak_wereld()
        fabriek.ingediend(wereld, route="uwv")
        wacht = fabriek.onvolledig(wereld, route="uwv")
        client = als(wereld.beoordelaar)
        pagina = client.get(reverse("aanvragen:werkvoorraad"), {"status": "onvolledig"})
        rijen = lees_csv(client.get(pagina.context["csv_url"]).content)[1:]
        assert [rij[0] for rij in rijen] == [wacht.kenmerk]
        termijnen = client.get(reverse("aanvragen:termijnen"), {"op": "kenmerk"})
        kenmerken = [rij[3] for rij in lees_csv(client.get(termijnen.context["csv_url"]).content)[1:]]
        assert kenmerken == sorted(kenmerken)


@pytest.mark.django_db
def test_p28_geen_bsn_geen_naam_en_een_regel_in_het_logboek() -> None:
    with klok_op(NU):
        wereld = fabriek.maak_wereld()
        aanvraag = fabriek.ingediend(wereld, route="uwv")
        persoon = aanvraag.deelnemer
        Organisatie.objects.filter(pk=wereld.instelling.organisatie_id).update(naam="=cmd|' /C calc'!A0")
        client = als(wereld.beoordelaar)
        for naam in ("aanvragen:werkvoorraad_csv", "aanvragen:termijnen_csv"):
            tekst = client.get(reverse(naam)).content.decode("utf-8-sig")
            assert persoon.bsn not in tekst
            assert persoon.achternaam not in tekst
            assert not any(cel.startswith("=") for rij in lees_csv(tekst.encode()) for cel in rij)
        assert "'=cmd" in client.get(reverse("aanvragen:werkvoorraad_csv")).content.decode()
    namen = Regel.objects.filter(handeling__endswith="_als_csv").values_list("handeling", flat=True)
    assert set(namen) == {"aanvragen.werkvoorraad_als_csv", "aanvragen.termijnen_als_csv"}


@pytest.mark.django_db
def test_p28_meer_rijen_kost_geen_vraag_meer() -> None:
    with klok_op(NU):
        wereld = fabriek.maak_wereld()
        client = als(wereld.beoordelaar)
        aantallen = []
        for _ in range(2):
            fabriek.ingediend(wereld, route="uwv")
            fabriek.ingediend(wereld, route="uwv")
            with tel_sql() as telling:
                client.get(reverse("aanvragen:werkvoorraad_csv"))
            aantallen.append(telling.aantal)
    assert aantallen[0] == aantallen[1]
