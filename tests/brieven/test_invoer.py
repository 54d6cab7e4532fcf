"""Whatever somebody typed: it is printed as typed, or refused in one known way."""

import dataclasses
import time
import unicodedata
from datetime import date

import pytest

from ips_subsidie.brieven import tekens, voorbeelden
from ips_subsidie.brieven.maak import GRENS_BYTES, BriefMislukt, maak_brief, maak_pdf
from ips_subsidie.brieven.tekens import leesbaar
from tests.brieven.pdftekst import tekst, zonder_wit

DAG = date(2019, 7, 8)

LETTERLIJK = [
    '#read("/etc/passwd")',
    '#{ panic() } #import "@preview/x:1.0.0": * #eval("1")',
    'Zij zei: "ja", \'nee\' en \\"misschien\\" \\ \\n \\u{41}',
    "*vet* _schuin_ `code` $x^2$ @label <label> [x] {y} ~ -- ---",
    "= Geen kop",
    "- geen punt",
    "// geen commentaar /* ook niet */",
    "{{ geen }} {% sjabloon %} <script>alert(1)</script> &amp; </rdf:li>",
    "Ĳsbrand Łukasz Şahin Đorđe ﬁ ½ ² € £ … “krullen”",
    "١٢٣ 123",
    "😀 🚀 👩‍👩‍👧 🇳🇱",
]


def _afwijzing_met(motivering: str) -> bytes:
    return maak_brief(dataclasses.replace(voorbeelden.afwijzing(), motivering=motivering))


@pytest.mark.parametrize("woorden", LETTERLIJK)
def test_tekst_wordt_letterlijk_gedrukt(woorden: str) -> None:
    gelezen = unicodedata.normalize("NFKC", tekst(_afwijzing_met(f"Begin. {woorden} Einde.")))
    verwacht = unicodedata.normalize("NFKC", zonder_wit(leesbaar(woorden)))
    if "😀" in woorden:  # joined signs come back in parts
        verwacht = "😀"
    if "١" in woorden:  # digits of right-to-left writing are set in their own direction
        assert all(teken in gelezen for teken in "١٢٣")
        return
    assert verwacht in gelezen
    assert "root:" not in gelezen


def test_injectie_in_elk_veld_van_de_kop() -> None:
    kwaad = '#read("/etc/passwd")'
    brief = voorbeelden.afwijzing()
    brief = dataclasses.replace(
        brief,
        kenmerk=kwaad,
        regeling=kwaad,
        uw_kenmerk=kwaad,
        afzender=dataclasses.replace(brief.afzender, naam=kwaad, regels=(kwaad,)),
        geadresseerde=dataclasses.replace(brief.geadresseerde, naam=kwaad, regels=(kwaad,)),
        deelnemer=dataclasses.replace(brief.deelnemer, naam=kwaad, bsn=kwaad, woongemeente=kwaad),
    )
    gelezen = tekst(maak_brief(brief))
    assert gelezen.count(kwaad) >= 9
    assert "root:" not in gelezen


def test_rechts_naar_links_komt_er_heel_in() -> None:
    gelezen = tekst(_afwijzing_met("Naam: مرحبا en שלום."))
    for letter in "مرحبا" + "שלום":
        assert letter in gelezen


def test_richtingtekens_worden_zichtbaar() -> None:
    # Without this a text could be read as "€ 000.8" where "8.000 €" is meant.
    assert leesbaar("a\u202eb\u2066c\u200fd") == "a[U+202E]b[U+2066]c[U+200F]d"


def test_onbekende_tekens_worden_hun_code() -> None:
    assert leesbaar("中\ue000\x07") == "[U+4E2D][U+E000][U+0007]"
    assert zonder_wit("[U+4E2D]") in tekst(_afwijzing_met("Naam 中"))


def test_regeleinden_en_samengestelde_letters() -> None:
    assert leesbaar("a\r\nb\rc\vd\x0ce\u2028f") == "a\nb\nc\nd\ne\nf"
    assert leesbaar("e\u0301") == "é"


def test_alles_wat_een_lettertype_kent_geeft_een_brief() -> None:
    """PDF/A refuses a missing glyph: all code points that we let through must have one."""
    dekking = sorted(tekens._dekking())
    assert len(dekking) > 3_000
    woorden = leesbaar(" ".join(map(chr, (punt for punt in dekking if punt >= 32))))
    stap = 9_000
    for begin in range(0, len(woorden), stap):
        assert _afwijzing_met("x" + woorden[begin : begin + stap])


def test_heel_unicode_op_losse_tekens() -> None:
    """A walk over the first two planes: never anything but a letter."""
    punten = [punt for punt in range(1, 0x20000, 37) if not 0xD800 <= punt <= 0xDFFF]
    assert _afwijzing_met("x " + "".join(map(chr, punten)))


@pytest.mark.parametrize("kwaad", ["a\x00b", "half \ud83d teken"])
def test_null_byte_en_half_teken_geweigerd(kwaad: str) -> None:
    with pytest.raises(BriefMislukt, match="null-byte of een half teken"):
        _afwijzing_met(kwaad)


def test_lange_motivering() -> None:
    zin = "Dit is een zin van de motivering. "
    motivering = (zin * 200)[:5_000]
    gelezen = _zonder_voet(tekst(_afwijzing_met(motivering)))
    assert gelezen.count(zonder_wit(zin)) == motivering.count(zin.strip())


def test_woord_zonder_spaties_blijft_heel_en_op_de_bladzijde() -> None:
    assert "q" * 5_000 in _zonder_voet(tekst(_afwijzing_met("q" * 5_000)))


def _zonder_voet(gelezen: str) -> str:
    """Take out what stands between two pages."""
    for pagina in range(1, 9):
        kop, voet = "8juli2019·kenmerkIPS-CMD-2019-00042IPS-subsidieportaal", f"Pagina{pagina}van"
        for totaal in range(1, 9):
            gelezen = gelezen.replace(f"{voet}{totaal}", "")
        gelezen = gelezen.replace(kop, "")
    return gelezen


@pytest.mark.parametrize("deel", ["woord ", "x", "مرحبا ", "😀"])
def test_op_de_grens_van_de_grootte_blijft_het_snel(deel: str) -> None:
    ruimte = GRENS_BYTES - 6_000
    begin = time.monotonic()
    assert _afwijzing_met("a" + deel * (ruimte // len(deel.encode())))
    assert time.monotonic() - begin < 15


@pytest.mark.parametrize("tekstgrootte", [GRENS_BYTES, 10_000_000])
def test_te_groot_geweigerd(tekstgrootte: int) -> None:
    with pytest.raises(BriefMislukt, match="groter dan"):
        _afwijzing_met("x" * tekstgrootte)


def test_groei_door_codes_telt_mee() -> None:
    with pytest.raises(BriefMislukt, match="groter dan"):
        _afwijzing_met("中" * 20_000)


@pytest.mark.parametrize(
    "sjabloon", ["bestaat_niet", "huisstijl", "../../maak", "", "verlening.typ", "/etc/passwd"]
)
def test_onbekend_sjabloon(sjabloon: str) -> None:
    with pytest.raises(BriefMislukt, match="bestaat niet"):
        maak_pdf(sjabloon, {}, datum=DAG)


def test_ontbrekend_gegeven_is_dezelfde_fout_zonder_gegevens_in_de_tekst() -> None:
    with pytest.raises(BriefMislukt) as gevangen:
        maak_pdf("verlening", {"kenmerk": "geheim-123", "afzender": {"naam": "UWV"}}, datum=DAG)
    assert "geheim-123" not in str(gevangen.value)
    assert gevangen.value.__cause__ is None
    assert gevangen.value.diagnose


@pytest.mark.parametrize("kwaad", [{"x": DAG}, {"x": float("nan")}, {"x": b"bytes"}, {"x": {1, 2}}])
def test_geen_json(kwaad: dict[str, object]) -> None:
    with pytest.raises(BriefMislukt, match="geen JSON"):
        maak_pdf("verlening", kwaad, datum=DAG)


def test_te_diep() -> None:
    diep: list[object] = []
    for _ in range(100_000):
        diep = [diep]
    with pytest.raises(BriefMislukt):
        maak_pdf("verlening", {"x": diep}, datum=DAG)
