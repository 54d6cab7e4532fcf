"""A regeling file with an error: the line is named, what is wrong too, and nothing has changed."""

import io
import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from budget.models import Pot, Regeling, RegelingVersie
from budget.regels.inlezen import RegelingFout, lees_regeling
from budget.regels.regeling import CapBijFusie, NietPassend, RangBasis, Vrijval
from tests import fabriek
from tests.fabriek import REGELINGBESTAND, regelingtekst

TEKST = REGELINGBESTAND.read_text(encoding="utf-8")


def regel_van(tekst, patroon, nummer=1):
    """The line on which this stands for the n-th time."""
    return [i for i, r in enumerate(tekst.splitlines(), 1) if re.match(patroon, r)][nummer - 1]


def met(oud, nieuw, keer=1):
    assert oud in TEKST
    return TEKST.replace(oud, nieuw, keer)


TWEEDE_TIJDVAK = '[[tijdvak]]\ncode = "tweede"\nvan = 2019-11-29\ntot_en_met = 2019-12-31\n'

FOUTEN = [
    pytest.param(
        met("maanden = 24", "maanden = vier"), r"maanden = vier", "geen geldige TOML", id="geen TOML"
    ),
    pytest.param(
        met('code = "IPS-CMD-2019"', 'code = "x y"'),
        r"code =",
        "code.*letters, cijfers",
        id="code met spatie",
    ),
    pytest.param(
        met("naam = ", "neam = ", 1),
        None,
        "^“naam”: ontbreekt",
        id="sleutel ontbreekt bovenaan: het hele bestand",
    ),
    pytest.param(
        met("bezwaartermijn_weken", "bezwaartermijn_wekken"),
        r"\[termijnen\]",
        "bezwaartermijn_weken.*ontbreekt",
        id="sleutel verkeerd gespeld",
    ),
    pytest.param(
        met("maanden = 24\n", "maanden = 24\nextra = 1\n"),
        r"extra =",
        "extra.*niet bekend",
        id="sleutel te veel",
    ),
    pytest.param(met("maanden = 24", "maanden = 0"), r"maanden = 0", "maanden.*1 of meer", id="duur nul"),
    pytest.param(
        met("maanden = 24", 'maanden = "24"'), r'maanden = "24"', "maanden.*heel getal", id="getal als tekst"
    ),
    pytest.param(
        met("maanden = 24", "maanden = true"), r"maanden = true", "maanden.*heel getal", id="ja als getal"
    ),
    pytest.param(
        met("rijk_cent = 400_000", "rijk_cent = -1"),
        r"rijk_cent = -1",
        "rijk_cent.*0 of meer",
        id="negatief bedrag",
    ),
    pytest.param(
        met("rijk_cent = 800_000", "rijk_cent = 8000.00"),
        r"rijk_cent = 8000",
        "rijk_cent.*heel getal",
        id="bedrag met komma",
    ),
    pytest.param(
        met("rijk_cent = 800_000", "rijk_cent = 0"),
        r"rijk_cent = 0",
        "route zonder bedrag",
        id="route zonder bedrag",
    ),
    pytest.param(
        met("toestemming = false", 'toestemming = "nee"'),
        r"toestemming = .nee",
        "true of false",
        id="nee als tekst",
    ),
    pytest.param(
        met("tot_en_met = 2019-11-29", "tot_en_met = 2019-04-30"),
        r"tot_en_met",
        "ligt voor",
        id="tijdvak achterstevoren",
    ),
    pytest.param(
        met("van = 2019-05-01", "van = 2019-05-01T00:00:00"), r"van = ", "zonder tijd", id="dag met tijd"
    ),
    pytest.param(
        met("van = 2019-05-01", "van = 2019-02-30"),
        r"van = 2019-02-30",
        "geen geldige TOML",
        id="30 februari",
    ),
    pytest.param(
        met('toets = "inhoudelijk"', 'toets = "diep"'),
        r'toets = "diep"',
        "“diep” bestaat niet",
        id="onbekende toets",
    ),
    pytest.param(
        met('rang_basis = "volledig_ontvangst"', 'rang_basis = "loten"'),
        r"rang_basis",
        "bestaat niet",
        id="onbekende rang_basis",
    ),
    pytest.param(
        met('cap_bij_fusie = "som"', 'cap_bij_fusie = "soms"'),
        r"cap_bij_fusie",
        "bestaat niet; kies uit: som, per_oude_gemeente",
        id="T90 onbekende cap_bij_fusie",
    ),
    pytest.param(
        met('vrijval_bij = ["ingetrokken_voor_start",', 'vrijval_bij = ["zomaar",'),
        r"vrijval_bij",
        "zomaar",
        id="onbekende vrijval",
    ),
    pytest.param(
        met("einde_traject = [180, 90, 30]", "einde_traject = [180, -1]"),
        r"einde_traject",
        "vanaf 0",
        id="herinnering -1 dag",
    ),
    pytest.param(
        met("einde_traject = [180, 90, 30]", "einde_traject = 30"),
        r"einde_traject",
        "een lijst",
        id="geen lijst",
    ),
    pytest.param(met('uitleg = "', 'uitleg = ""\nvoor_wie_oud = "'), r"uitleg", "niet leeg", id="lege tekst"),
    pytest.param(
        met("[termijnen]\nbeslistermijn_weken = 8\n", "[termijnen]\n"),
        r"\[termijnen\]",
        "beslistermijn_weken.*ontbreekt",
        id="sleutel ontbreekt: de kop van de tabel",
    ),
    pytest.param(
        met('cap_telt_routes = ["gemeente"]', 'cap_telt_routes = ["dorp"]'),
        r"\[potten\]",
        "dorp.*bestaat niet",
        id="cap over onbekende route",
    ),
    pytest.param(
        regelingtekst(sub_plafond={"dorp": 3}),
        r"\[potten\]",
        "dorp.*bestaat niet",
        id="sub-plafond van onbekende route",
    ),
    pytest.param(
        met('[[grond]]\ncode = "plafond"', '[[grond]]\ncode = "vol"'),
        r"\[\[grond\]\]",
        "plafond.*ontbreekt",
        id="grond ontbreekt",
    ),
    pytest.param(
        met('grond = "ander_traject"', 'grond = "nergens"'),
        r"\[\[grond\]\]",
        "nergens.*ontbreekt",
        id="controle met onbekende grond",
    ),
    pytest.param(
        met('[[document]]\ncode = "overig"', '[[document]]\ncode = "akkoord_deelnemer"'),
        r"\[\[document\]\]",
        "twee keer",
        id="dubbele code",
    ),
    pytest.param(
        met("[[doelgroep]]", TWEEDE_TIJDVAK + "[[doelgroep]]"),
        r"\[\[tijdvak\]\]",
        "overlappen",
        id="tijdvakken overlappen",
    ),
]


@pytest.mark.parametrize(("tekst", "regel", "melding"), FOUTEN)
def test_een_fout_noemt_de_regel(tekst, regel, melding):
    with pytest.raises(RegelingFout) as fout:
        lees_regeling(tekst)
    assert re.search(melding, str(fout.value)), str(fout.value)
    assert fout.value.regel == (regel_van(tekst, regel) if regel else 0), str(fout.value)


@pytest.mark.django_db
def test_een_fout_verandert_niets(tmp_path):
    wereld = fabriek.maak_wereld()
    voor = (list(Pot.objects.values_list().order_by("pk")), RegelingVersie.objects.count())
    bestand = tmp_path / "fout.toml"
    for tekst in (
        regelingtekst(plafond_trajecten=-3),
        regelingtekst(plafond_trajecten=300) + "\n[over]\nx = 1\n",
    ):
        bestand.write_text(tekst, encoding="utf-8")
        with pytest.raises(CommandError, match=r"fout\.toml: regel \d+: .*Er is niets gewijzigd\."):
            call_command("regeling", "laden", str(bestand))
    fabriek.verleen_plaatsen(wereld, 1)
    bestand.write_text(regelingtekst(plafond_trajecten=0), encoding="utf-8")
    with pytest.raises(CommandError, match=r"ligt onder wat al is verleend.*Er is niets gewijzigd\."):
        call_command("regeling", "laden", str(bestand))
    assert RegelingVersie.objects.count() == voor[1]
    assert wereld.pot().grens_trajecten == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("naam", "inhoud", "melding"),
    [("weg.toml", None, "kan niet worden gelezen"), ("latin.toml", "naam = “é”".encode("cp1252"), "UTF-8")],
)
def test_een_bestand_dat_niet_te_lezen_is(tmp_path, naam, inhoud, melding):
    if inhoud is not None:
        (tmp_path / naam).write_bytes(inhoud)
    with pytest.raises(CommandError, match=melding):
        call_command("regeling", "laden", str(tmp_path / naam))
    assert not Regeling.objects.exists()


@pytest.mark.django_db
def test_laden_en_tonen():
    uit = io.StringIO()
    for _ in range(2):
        call_command("regeling", "laden", str(REGELINGBESTAND), stdout=uit)
    call_command("regeling", "tonen", "IPS-CMD-2019", stdout=uit)
    regels = uit.getvalue().splitlines()
    assert regels[0] == "IPS-CMD-2019 versie 1 geladen, geldig vanaf 2019-01-01."
    assert regels[1] == "IPS-CMD-2019 versie 1 ongewijzigd, geldig vanaf 2019-01-01."
    assert TEKST.strip() in uit.getvalue()
    with pytest.raises(CommandError, match=r"Regeling X is er niet\. Wel: IPS-CMD-2019"):
        call_command("regeling", "tonen", "X")


def test_wat_er_in_ips_cmd_2019_staat():
    """Sections 1 and 3 of the domain text, as values."""
    inhoud = lees_regeling(TEKST)
    assert [(t.van, t.tot_en_met) for t in inhoud.tijdvakken] == [(date(2019, 5, 1), date(2019, 11, 29))]
    assert [(d.code, d.maanden, d.verlenging_max_maanden) for d in inhoud.doelgroepen] == [("CMD", 24, 12)]
    assert {
        r.code: (r.rijk_cent, r.gemeente_cent, r.bedrag_voor("CMD").bedrag_cent, r.toestemming)
        for r in inhoud.routes
    } == {
        "uwv": (800_000, 0, 800_000, False),
        "gemeente": (400_000, 400_000, 800_000, True),
    }
    potten = inhoud.potten
    assert (potten.plafond_trajecten, potten.plafond_bedrag_cent, potten.sub_plafond) == (200, None, {})
    assert (potten.cap_per_gemeente, potten.cap_telt_routes) == (5, ("gemeente",))
    regels = inhoud.regels
    assert (regels.rang_basis, regels.niet_passend_beleid) == (
        RangBasis.VOLLEDIG_ONTVANGST,
        NietPassend.OVERSLAAN,
    )
    assert regels.cap_bij_fusie is CapBijFusie.SOM
    assert lees_regeling(met('cap_bij_fusie = "som"\n', "")).regels == regels  # of a text from before it
    assert regels.vrijval_bij == {
        Vrijval.INGETROKKEN_VOOR_START,
        Vrijval.INGETROKKEN_MET_TERUGWERKENDE_KRACHT,
    }
    assert (regels.aanvulling_na_sluiting, regels.geen_dienstverband, regels.start_voor_besluit) == (
        True,
        True,
        False,
    )
    assert inhoud.termijnen.hersteltermijn_dagen == 14
    assert inhoud.herinneringen.einde_traject == (180, 90, 30)
