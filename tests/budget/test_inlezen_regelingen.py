"""What a regeling file can say since IPS-GEM-2023, and what is wrong with it: the line is named."""

import re
from dataclasses import fields
from datetime import date, datetime

import pytest

from budget.regels.inlezen import RegelingFout, lees_regeling
from budget.regels.regeling import Bedrag, Beslisser, DubbelTraject, Mijlpaal
from ips_subsidie.kalender.dagen import AMSTERDAM
from tests.budget.test_inlezen import regel_van
from tests.fabriek import REGELINGBESTAND, REGELINGEN

TEKST = REGELINGBESTAND.read_text(encoding="utf-8")
TEKST_B, TEKST_C, TEKST_D = (
    (REGELINGEN / f"{naam}.toml").read_text(encoding="utf-8")
    for naam in ("ips-gem-2023", "ips-uwv-2018", "ips-proef-d")
)


def in_tekst(tekst, oud, nieuw):
    assert tekst.count(oud) == 1, f"{oud!r} staat {tekst.count(oud)} keer in het bestand"
    return tekst.replace(oud, nieuw)


def in_b(oud, nieuw):
    return in_tekst(TEKST_B, oud, nieuw)


def in_d(oud, nieuw):
    return in_tekst(TEKST_D, oud, nieuw)


EINDE_2025 = "tot = 2025-11-19\n"
# Each: the wrong text, the line it is about, what is said.
FOUTEN_VAN_TOEN = [
    pytest.param(
        in_b("tot_inclusief = true\n", ""),
        (r"\[\[tijdvak\]\]", 3),
        "tot_inclusief.*ontbreekt",
        id="T10 tot zonder te zeggen of de dag meetelt",
    ),
    pytest.param(
        in_b(EINDE_2025, "tot_en_met = 2025-11-19\n"),
        (r"tot_inclusief", 1),
        "tot_inclusief.*niet bekend",
        id="T10 tot_inclusief bij een tot en met",
    ),
    pytest.param(
        in_b(EINDE_2025, ""), (r"\[\[tijdvak\]\]", 3), "“tot”: ontbreekt", id="T10 zonder laatste dag"
    ),
    pytest.param(
        in_b(EINDE_2025, "tot = 2024-11-20\n").replace("tot_inclusief = true", "tot_inclusief = false"),
        (r"tot = 2024-11-20", 1),
        "ligt voor",
        id="T10 tot en niet met de eerste dag",
    ),
    pytest.param(
        in_b("tot_inclusief = true", 'tot_inclusief = "ja"'),
        (r"tot_inclusief", 1),
        "true of false",
        id="T10 ja als tekst",
    ),
    pytest.param(
        in_b("gepubliceerd_op = 2023-02-24", "gepubliceerd_op = 2023-02-24T09:00:00"),
        (r"gepubliceerd_op", 1),
        "zonder tijd",
        id="T08 publicatie met tijd",
    ),
    pytest.param(
        in_b('[[route.bedrag]]\ndoelgroep = "EPA"', '[[route.bedrag]]\ndoelgroep = "LVB"'),
        (r"\[\[route\]\]", 1),
        "LVB.*bestaat niet",
        id="bedrag voor een onbekende doelgroep",
    ),
    pytest.param(
        in_b('[[route.bedrag]]\ndoelgroep = "EPA"\nrijk_cent = 1_200_000\ngemeente_cent = 0\n', ""),
        (r"\[\[route\]\]", 1),
        "“gemeente” heeft de doelgroep “EPA” geen bedrag",
        id="doelgroep zonder bedrag",
    ),
    pytest.param(
        in_b("rijk_cent = 1_200_000", "rijk_cent = 0"),
        (r"rijk_cent = 0", 1),
        "zonder bedrag",
        id="bedrag van nul",
    ),
    pytest.param(
        in_b("procent = 100", "procent = 99"),
        (r"\[\[betaalmoment\]\]", 1),
        "samen niet 100",
        id="een moment van 99%",
    ),
    pytest.param(
        TEKST_D.replace("procent = 50", "procent = 60"),
        (r"\[\[betaalmoment\]\]", 1),
        "samen niet 100",
        id="twee momenten van 60%",
    ),
    pytest.param(
        TEKST_D.replace("procent = 50", "procent = 0", 1),
        (r"procent = 0", 1),
        "1 of meer",
        id="een moment van niets",
    ),
    pytest.param(
        in_d('bij = "vaststelling"', 'bij = "morgen"'),
        (r'bij = "morgen"', 1),
        "“morgen” bestaat niet",
        id="onbekende mijlpaal",
    ),
    pytest.param(
        in_d('bij = "vaststelling"', 'bij = "inkooporder"'),
        (r"\[\[betaalmoment\]\]", 1),
        "geen route met een inkooporder",
        id="betalen na een inkooporder die er niet is",
    ),
    pytest.param(
        in_d('code = "einde"', 'code = "start"'),
        (r"\[\[betaalmoment\]\]", 1),
        "twee keer",
        id="twee momenten met een code",
    ),
    pytest.param(
        in_b('beslisser = "gemeente"\n', ""),
        (r"budget_vragen", 1),
        "alleen een gemeente die zelf beslist",
        id="budget vragen zonder gemeente die beslist",
    ),
    pytest.param(
        in_b("toestemming = false", "toestemming = true"),
        (r"toestemming = true", 1),
        "geeft niet ook toestemming",
        id="beslissen en toestemming geven",
    ),
    pytest.param(
        in_b('beslisser = "gemeente"', 'beslisser = "provincie"'),
        (r'beslisser = "provincie"', 1),
        "“provincie” bestaat niet; kies uit: uwv, gemeente",
        id="onbekende beslisser",
    ),
    pytest.param(
        in_b('[[grond]]\ncode = "geen_erkenning"', '[[grond]]\ncode = "erkenning"'),
        (r"\[\[grond\]\]", 1),
        "geen_erkenning.*ontbreekt",
        id="erkenning zonder grond",
    ),
    pytest.param(
        in_b('[[grond]]\ncode = "start_te_vroeg"', '[[grond]]\ncode = "vroeg"'),
        (r"\[\[grond\]\]", 1),
        "start_te_vroeg.*ontbreekt",
        id="eerste dag van de start zonder grond",
    ),
    pytest.param(
        in_b("[potten.tijdvak.2024]", "[potten.tijdvak.2029]"),
        (r"\[potten\]", 1),
        "2029.*bestaat niet",
        id="grens van een onbekend tijdvak",
    ),
    pytest.param(
        in_b("[[route]]\n", '[[route]]\nvoorbeeld = true\n'),
        (r"voorbeeld = true", 1),
        "niet bekend",
        id="voorbeeldbedragen verkeerd gespeld",
    ),
    pytest.param(
        in_b('ander_traject = "waarschuw"', 'ander_traject = "misschien"'),
        (r"ander_traject", 1),
        "“misschien” bestaat niet; kies uit: blokkeer, waarschuw",
        id="ander traject: geen van beide",
    ),
    pytest.param(
        in_b("reservering_geldig_dagen = 28", "reservering_geldig_dagen = 0"),
        (r"reservering_geldig_dagen", 1),
        "1 of meer",
        id="reservering van nul dagen",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("tekst", "plek", "melding"), FOUTEN_VAN_TOEN)
def test_een_fout_in_wat_b_c_en_d_zeggen_noemt_de_regel(tekst, plek, melding):
    with pytest.raises(RegelingFout) as fout:
        lees_regeling(tekst)
    assert re.search(melding, str(fout.value)), str(fout.value)
    assert fout.value.regel == regel_van(tekst, *plek), str(fout.value)


@pytest.mark.parametrize(
    ("inclusief", "laatste"), [("true", date(2025, 11, 19)), ("false", date(2025, 11, 18))]
)
def test_t10_alleen_de_schakelaar_beslist_of_de_dag_van_tot_meetelt(inclusief, laatste):
    inhoud = lees_regeling(in_b("tot_inclusief = true", f"tot_inclusief = {inclusief}"))
    tijdvak = inhoud.tijdvakken[-1]
    assert (tijdvak.code, tijdvak.tot_en_met) == ("2025", laatste)
    middag = datetime(2025, 11, 19, 12, tzinfo=AMSTERDAM)
    assert (inhoud.tijdvak_van(middag) is tijdvak) is (inclusief == "true")


def test_t08_een_tijdvak_opent_niet_voor_het_is_gepubliceerd():
    """The day of publication counts whole; the money of who comes too early is that of the tijdvak before."""
    later = in_b("gepubliceerd_op = 2023-02-24", "gepubliceerd_op = 2023-03-10")
    inhoud = lees_regeling(later)
    tijdvak = inhoud.tijdvakken[0]
    assert (tijdvak.van, tijdvak.begint) == (date(2023, 3, 1), date(2023, 3, 10))
    assert inhoud.tijdvak_van(datetime(2023, 3, 9, 23, 59, 59, tzinfo=AMSTERDAM)) is None
    assert inhoud.tijdvak_van(datetime(2023, 3, 10, tzinfo=AMSTERDAM)) is tijdvak
    # Published before its first day it opens on that day.
    assert lees_regeling(TEKST_B).tijdvakken[0].begint == date(2023, 3, 1)


def test_wat_er_in_ips_gem_2023_staat():
    """Section 2 of the domain text, as values."""
    inhoud = lees_regeling(TEKST_B)
    assert [(t.code, t.van, t.tot_en_met) for t in inhoud.tijdvakken] == [
        ("2023", date(2023, 3, 1), date(2023, 12, 31)),
        ("2024", date(2024, 1, 1), date(2024, 11, 19)),
        ("2025", date(2024, 11, 20), date(2025, 11, 19)),
    ]
    assert all(t.bron and t.twijfel for t in inhoud.tijdvakken)
    assert [(d.code, d.maanden, d.verlenging_max_maanden) for d in inhoud.doelgroepen] == [
        ("CMD", 24, 0),
        ("EPA", 36, 0),
    ]
    (route,) = inhoud.routes
    assert (route.beslisser, route.budget_vragen, route.inkooporder, route.toestemming) == (
        Beslisser.GEMEENTE,
        True,
        True,
        False,
    )
    assert route.uitkeringen == ("bijstand", "ioaw", "ioaz", "geen")
    assert (route.bedrag_voor("CMD"), route.bedrag_voor("EPA")) == (Bedrag(800_000, 0), Bedrag(1_200_000, 0))
    assert [(m.bij, m.procent) for m in inhoud.betaalmomenten] == [(Mijlpaal.INKOOPORDER, 100)]
    assert (inhoud.potten.plafond_bedrag_cent, inhoud.potten.cap_per_gemeente) == (None, None)
    assert {code: g.plafond_bedrag_cent for code, g in inhoud.potten.tijdvak.items()} == dict.fromkeys(
        ("2023", "2024", "2025"), 1_000_000_000
    )
    # What no source says is marked as an example.
    assert route.voorbeeldbedragen
    assert inhoud.potten.voorbeeldbedragen
    assert all(grenzen.voorbeeldbedragen for grenzen in inhoud.potten.tijdvak.values())
    regels = inhoud.regels
    assert (regels.erkenning, regels.handtekening, regels.sggz, regels.inschrijving_werkzoekend) == (
        True,
        True,
        False,
        True,
    )
    assert (regels.start_voor_besluit, regels.start_vanaf, regels.retro_indienen_tot) == (
        True,
        date(2022, 1, 1),
        date(2023, 12, 31),
    )
    assert regels.ander_traject is DubbelTraject.WAARSCHUW
    assert inhoud.instantie.mandaat == "de Minister voor Armoedebeleid, Participatie en Pensioenen"


def test_wat_er_in_c_en_d_staat():
    c, d = lees_regeling(TEKST_C), lees_regeling(TEKST_D)
    (uwv,), (wijk,) = c.routes, d.routes
    assert (uwv.beslisser, uwv.bedrag_voor("EPA").bedrag_cent, uwv.inkooporder) == (
        Beslisser.UWV,
        800_000,
        False,
    )
    assert [(x.code, x.maanden) for x in c.doelgroepen] == [("EPA", 36)]
    # Continuous: each tijdvak begins on the day after the one before.
    assert [(b.van - a.tot_en_met).days for a, b in zip(c.tijdvakken, c.tijdvakken[1:], strict=False)] == [
        1
    ] * 3
    assert (wijk.beslisser, wijk.budget_vragen, d.potten.cap_per_gemeente) == (Beslisser.GEMEENTE, False, 3)
    for doelgroep in ("CMD", "EPA"):
        delen = wijk.bedrag_voor(doelgroep)
        assert delen.rijk_cent * 10 == delen.bedrag_cent * 6
    assert [(m.bij, m.procent) for m in d.betaalmomenten] == [
        (Mijlpaal.START, 50),
        (Mijlpaal.VASTSTELLING, 50),
    ]
    assert {x.verlenging_max_maanden for x in d.doelgroepen} == {6}


def test_wat_een_oudere_versie_niet_noemt_blijft_zoals_het_was():
    """IPS-CMD-2019 says nothing of what came later, and is read as it always was."""
    inhoud = lees_regeling(TEKST)
    assert {r.beslisser for r in inhoud.routes} == {Beslisser.UWV}
    assert not any(
        r.budget_vragen or r.inkooporder or r.bedragen or r.voorbeeldbedragen for r in inhoud.routes
    )
    assert [(m.bij, m.procent) for m in inhoud.betaalmomenten] == [(Mijlpaal.START, 100)]
    assert (inhoud.instantie.mandaat, inhoud.regels.start_vanaf) == ("", None)
    assert (inhoud.regels.erkenning, inhoud.regels.handtekening) == (False, False)
    assert inhoud.regels.sggz
    assert all(getattr(inhoud.termijnen, veld.name) for veld in fields(inhoud.termijnen))
