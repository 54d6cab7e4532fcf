"""`manage.py gemeenten laden`: the same file twice, a planned merger, and files that are wrong."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gemeenten.laden import INDELING
from gemeenten.models import Gemeente, GemeenteOpvolging, keuzes_op, opvolger_op
from gemeenten.regels.indeling import IndelingFout, lees
from ips_subsidie.toegang.models import Organisatie

KOP = "code;naam;provincie;geldig_van;geldig_tot;opvolgers\n"


def laad(pad: Path | None = None) -> str:
    uit = StringIO()
    call_command("gemeenten", "laden", *([str(pad)] if pad else []), stdout=uit)
    return uit.getvalue()


@pytest.fixture
def bestand(tmp_path):
    def schrijf(*vervang: tuple[str, str], erbij: str = "") -> Path:
        tekst = INDELING.read_text(encoding="utf-8")
        for oud, nieuw in vervang:
            assert oud in tekst
            tekst = tekst.replace(oud, nieuw)
        pad = tmp_path / "gemeenten.csv"
        pad.write_text(tekst + erbij, encoding="utf-8")
        return pad

    return schrijf


@pytest.mark.django_db
def test_nogmaals_laden_verandert_niets():
    assert laad() == "Er is niets veranderd.\n"
    assert Gemeente.objects.count() == 360
    assert Organisatie.objects.filter(soort="gemeente", gemeente__isnull=False).count() == 360
    assert Organisatie.objects.get(gemeente__code="0268").naam == "Gemeente Nijmegen"
    assert GemeenteOpvolging.objects.filter(soort="splitsing").count() == 4
    assert GemeenteOpvolging.objects.filter(soort="fusie", neemt_verplichtingen_over=True).count() == 17


@pytest.mark.django_db
def test_T94_een_geplande_fusie_verandert_de_keuzes_van_nu_niet(bestand):
    vandaag, straks = date(2026, 11, 1), date(2027, 1, 1)
    voor = keuzes_op(vandaag)
    pad = bestand(
        ("0402;Hilversum;Noord-Holland;;;", "0402;Hilversum;Noord-Holland;;2027-01-01;9402"),
        ("1696;Wijdemeren;Noord-Holland;;;", "1696;Wijdemeren;Noord-Holland;;2027-01-01;9402"),
        erbij="9402;Gooi en Plassen;Noord-Holland;2027-01-01;;\n",
    )
    verslag = laad(pad)
    assert "9402 Gooi en Plassen: nieuw" in verslag
    assert "0402 Hilversum: geldig_tot van leeg naar 2027-01-01" in verslag
    assert "0402 Hilversum: opgevolgd door 9402 Gooi en Plassen" in verslag
    assert keuzes_op(vandaag) == voor
    assert len(keuzes_op(straks)) == len(voor) - 1
    hilversum = Gemeente.objects.get(code="0402")
    assert opvolger_op(hilversum, vandaag) == hilversum
    assert opvolger_op(hilversum, straks).code == "9402"

    terug = laad()  # called off
    assert "0402 Hilversum: opvolging vervallen" in terug
    assert "9402 Gooi en Plassen: staat niet in het bestand en blijft staan" in terug
    assert opvolger_op(Gemeente.objects.get(code="0402"), straks).code == "0402"


@pytest.mark.django_db
def test_een_andere_naam_gaat_mee_naar_de_organisatie_behalve_een_gekozen_naam(bestand):
    Organisatie.objects.filter(gemeente__code="0003").update(naam="Appingedam, afdeling Werk")
    verslag = laad(bestand(("0268;Nijmegen", "0268;Nieuwmegen"), ("0003;Appingedam", "0003;Apdam")))
    assert "0268 Nieuwmegen: naam van Nijmegen naar Nieuwmegen" in verslag
    assert Gemeente.objects.zoeken("nieuwmegen").get().organisatie.naam == "Gemeente Nieuwmegen"
    assert Gemeente.objects.get(code="0003").organisatie.naam == "Appingedam, afdeling Werk"


@pytest.mark.django_db
def test_een_verschoven_fusie_en_een_aangewezen_opvolger_blijven_goed(bestand):
    GemeenteOpvolging.objects.filter(van__code="0788", naar__code="0824").update(
        neemt_verplichtingen_over=True
    )
    verslag = laad(bestand(("0457;Weesp;Noord-Holland;;2022-03-24", "0457;Weesp;Noord-Holland;;2022-04-01")))
    assert "0457 Weesp: opvolging door 0363 nu op 2022-04-01" in verslag
    assert GemeenteOpvolging.objects.filter(van__code="0788", neemt_verplichtingen_over=True).count() == 1


@pytest.mark.django_db
def test_een_fout_in_het_bestand_verandert_niets(bestand):
    pad = bestand(
        ("0268;Nijmegen", "0268;Nieuwmegen"), erbij="12;Kort;Utrecht;;;\n0268;Nijmegen;Utrecht;;;\n"
    )
    with pytest.raises(CommandError) as fout:
        laad(pad)
    assert "Regel 362: De code '12' is niet vier cijfers." in str(fout.value)
    assert "Regel 363: De code 0268 staat ook op regel" in str(fout.value)
    assert Gemeente.objects.get(code="0268").naam == "Nijmegen"


@pytest.mark.django_db
def test_een_bestand_dat_er_niet_is(tmp_path):
    with pytest.raises(CommandError, match=r"nergens\.csv"):
        laad(tmp_path / "nergens.csv")
    with pytest.raises(CommandError):
        laad(tmp_path)


GOED = "0001;Aa;Utrecht;;;"


@pytest.mark.parametrize(
    ("inhoud", "regel", "melding"),
    [
        (b"", 1, "De kop moet zijn"),
        (b"code,naam\n", 1, "De kop moet zijn"),
        (KOP.encode(), 1, "geen gemeenten"),
        (f"{KOP}{GOED}\n0002;Bee\n".encode(), 3, "2 velden"),
        (f"{KOP}{GOED};x\n".encode(), 2, "7 velden"),
        (f"{KOP}００01;Aa;Utrecht;;;\n".encode(), 2, "niet vier cijfers"),
        (f"{KOP}0001;;Utrecht;;;\n".encode(), 2, "leeg, te lang"),
        (f"{KOP}0001;{'a' * 81};Utrecht;;;\n".encode(), 2, "leeg, te lang"),
        (f"{KOP}0001;A\x1ba;Utrecht;;;\n".encode(), 2, "leeg, te lang"),
        (f"{KOP}0001;Aa;Antwerpen;;;\n".encode(), 2, "'Antwerpen' bestaat niet"),
        (f"{KOP}0001;Aa;Utrecht;1-1-2021;;\n".encode(), 2, "geen datum als"),
        (f"{KOP}0001;Aa;Utrecht;2021-02-30;;\n".encode(), 2, "2021-02-30 bestaat niet"),
        (f"{KOP}0001;Aa;Utrecht;2021-01-01;2021-01-01;0002\n".encode(), 2, "later zijn"),
        (f"{KOP}{GOED}0002\n".encode(), 2, "en anders niet"),
        (f"{KOP}0001;Aa;Utrecht;;2021-01-01;\n".encode(), 2, "en anders niet"),
        (f"{KOP}0001;Aa;Utrecht;;2021-01-01;x\n".encode(), 2, "geen verschillende codes"),
        (f"{KOP}0001;Aa;Utrecht;;2021-01-01;0002\n".encode(), 2, "staat niet in het bestand"),
        (f"{KOP}0001;Aa;Utrecht;;2021-01-01;0001\n".encode(), 2, "bestaat niet op 2021-01-01"),
        (f"{KOP}{GOED}\n{GOED}\n".encode(), 3, "staat ook op regel 2"),
        (f'{KOP}"0001;Aa\n'.encode(), 2, "geen geldige CSV"),
        (KOP.encode() + b"0001;\xff;Utrecht;;;\n", 2, "geen UTF-8"),
        (f"{KOP}{GOED}\n0002;B\0;Utrecht;;;\n".encode(), 3, "nul-teken"),
        (b"x" * 1_000_001, 1, "te groot"),
    ],
)
def test_fouten_noemen_hun_regel(inhoud, regel, melding):
    with pytest.raises(IndelingFout) as fout:
        lees(inhoud)
    assert any(nummer == regel and melding in tekst for nummer, tekst in fout.value.fouten)


def test_een_goed_bestand_met_bom_en_regels_van_windows():
    rijen = lees(("\ufeff" + KOP + GOED + "\n\n").replace("\n", "\r\n").encode())
    assert [(rij.code, rij.naam, rij.regel) for rij in rijen] == [("0001", "Aa", 2)]
