"""What the sources may not hold: no door around the escaping, the checks, the outbox and the clock; and no secret."""

from __future__ import annotations

import ast
import re
import subprocess
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from stdnum.nl import bsn

from tests.veiligheid import bronregels as b
from tests.veiligheid.bronregels import EIGEN, PROJECT, Regel

KLOK = "the technical clock: sessions, security.txt and the supervisor of a demo live in real time"
VERZONNEN = "invented people and events; the seed makes them come out the same"
REGELS = [
    Regel("merkt zelf iets als veilige opmaak", b.roept("mark_safe", "SafeString", "SafeText"), {
        "ips_subsidie/vormgeving/opbouw.py": "what crispy rendered, escaped already",
        "ips_subsidie/vormgeving/charts.py": "an SVG that ElementTree wrote, which escapes",
        "ips_subsidie/vormgeving/templatetags/nlds.py": "what Django's own widgets rendered",
    }),
    Regel("zet de controle op csrf uit", b.noemt("csrf_exempt"), {}),
    Regel("gaat langs de ORM", b.roept(r"objects\.raw", r"\.extra", "RawSQL"), {}),
    Regel("laat een formulier alle velden toe", b.alle_velden, {}),
    Regel("voert tekst uit", b.roept("eval", "exec", "__import__", r"os\.system", r"os\.popen"), {}),
    Regel("pakt uit wat code kan zijn", b.noemt("pickle", "marshal", "shelve", "yaml"), {}),
    Regel("start een schelp", b.met_schelp, {}),
    Regel("plakt SQL aan elkaar", b.geplakt_sql, {
        "aanvragen/herinneren/plaatsen.py": "two constants of the module; values go as parameters",
        "ips_subsidie/toegang/rijrechten.py": "constants, and the SQL that the ORM made; values go as parameters",
        "ips_subsidie/handelingen/kern.py": "the name of a table of ours, quoted by Django",
    }),
    Regel("geeft werk buiten de uitbak om", b.roept("delay", "apply_async", "send_task"), {
        "ips_subsidie/berichten/uitbak.py": "the hint after commit; the sweeper does the rest",
    }),
    Regel("leest een andere klok", b.roept(r"datetime\.now", "utcnow", r"date\.today", r"timezone\.now", "localdate"), {
        "ips_subsidie/kalender/klok.py": "this is the clock",
        "ips_subsidie/lokaal/toezicht.py": KLOK,
        "ips_subsidie/toegang/bewaren.py": KLOK,
        "ips_subsidie/toegang/sessieopslag.py": KLOK,
        "ips_subsidie/toegang/sessies.py": KLOK,
        "ips_subsidie/toegang/tasks.py": KLOK,
        "ips_subsidie/toegang/web/wegwijzers.py": KLOK,
    }),
    Regel("kiest bij toeval zonder geheim", b.noemt("random"), {
        "aanvragen/simuleren/wereld.py": VERZONNEN,
        "aanvragen/demo/spelen.py": VERZONNEN,
        "aanvragen/demo/spelen_b.py": VERZONNEN,
        "aanvragen/demo/personen.py": VERZONNEN,
        "aanvragen/demo/teksten.py": VERZONNEN,
    }),
    Regel("stuurt door naar wat een verzoek zegt", b.omleiding_naar_invoer, {}),
    Regel("schrijft een verzoek in een log", b.logt_verzoek, {}),
    Regel("gebruikt een gebroken hash", b.noemt("md5", "sha1"), {
        "ips_subsidie/toegang/wachtwoorden.py": "the list of leaked passwords goes by SHA-1; it protects nothing",
    }),
    Regel("vertrouwt elk certificaat", b.zonder_controle_van_tls, {}),
    Regel("maakt een te raden bestandsnaam", b.noemt("mktemp"), {}),
]  # fmt: skip


@cache
def bronnen() -> list[tuple[str, ast.AST]]:
    """Every module of ours with its tree; migrations apart, which are written once and read by squawk."""
    paden = [pad for map_ in EIGEN for pad in (PROJECT / map_).rglob("*.py") if "migrations" not in pad.parts]
    return [(str(pad.relative_to(PROJECT)), ast.parse(pad.read_text())) for pad in sorted(paden)]


@pytest.mark.parametrize("regel", REGELS, ids=lambda regel: regel.naam)
def test_bron_houdt_zich_aan(regel: Regel) -> None:
    mis = [f"{pad}:{lijn}" for pad, boom in bronnen() if pad not in regel.mag for lijn in regel.zoek(boom)]
    assert mis == [], f"{regel.naam}: {mis}"
    over = [
        pad
        for pad in regel.mag
        if not any(pad == naam and list(regel.zoek(boom)) for naam, boom in bronnen())
    ]
    assert over == [], f"{regel.naam}: deze uitzondering is niet meer nodig: {over}"


FOUT = [
    ("merkt zelf", "from django.utils.safestring import mark_safe\nmark_safe(x)"),
    ("csrf", "@csrf_exempt\ndef f(r): pass"),
    ("langs de ORM", "Aanvraag.objects.raw('x')"), ("langs de ORM", "qs.annotate(x=RawSQL('1', []))"),
    ("alle velden", "class M:\n    fields = '__all__'"),
    ("voert tekst uit", "eval(x)"), ("voert tekst uit", "os.system('ls')"), ("pakt uit", "pickle.loads(x)"),
    ("schelp", "subprocess.run(x, shell=True)"), ("schelp", "subprocess.run(x, shell=y)"),
    ("plakt SQL", "cursor.execute(f'select {x}')"), ("plakt SQL", "cursor.execute('select %s' % x)"),
    ("plakt SQL", "cursor.execute('select ' + x)"), ("plakt SQL", "c.execute('select {}'.format(x))"),
    ("uitbak", "taak.delay(1)"), ("andere klok", "datetime.now()"), ("andere klok", "date.today()"),
    ("bij toeval", "random.choice(x)"), ("verzoek zegt", "redirect(request.GET['next'])"),
    ("verzoek zegt", "HttpResponseRedirect(request.META.get('HTTP_REFERER'))"),
    ("in een log", "log.info('x', body=request.POST)"), ("gebroken hash", "hashlib.md5(x)"),
    ("certificaat", "requests.get(x, verify=False)"), ("te raden", "tempfile.mktemp()"),
]  # fmt: skip


@pytest.mark.parametrize(("wat", "code"), FOUT, ids=[f"{n} {wat}" for n, (wat, _) in enumerate(FOUT)])
def test_elke_bronregel_bijt(wat: str, code: str) -> None:
    """A rule that sees nothing is no rule."""
    (regel,) = (regel for regel in REGELS if wat in regel.naam)
    assert list(regel.zoek(ast.parse(code)))


# --- templates -----------------------------------------------------------------------------------------

IN_SJABLOON = {
    "|safe": r"\|\s*safe(seq)?\b",
    "autoescape": r"{%\s*autoescape",
    "style": r"\sstyle\s*=|<style",
    "gebeurtenis": r"\son[a-z]+\s*=\s*[\"']",
    "javascript:": r"javascript:",
    "script zonder bestand": r"<script(?![^>]*\ssrc=)(?![^>]*application/json)",
    "debug": r"{%\s*debug",
    "ander adres": r"(src|action)=[\"']https?://|<link[^>]*href=[\"']https?://",
}


@pytest.mark.parametrize("wat", IN_SJABLOON)
def test_sjablonen_laten_niets_van_buiten_toe(wat: str) -> None:
    mis = []
    for map_ in ("templates", "ips_subsidie/vormgeving/templates"):
        for pad in sorted((PROJECT / map_).rglob("*.html")):
            if re.search(IN_SJABLOON[wat], pad.read_text()):
                mis.append(str(pad.relative_to(PROJECT)))
    assert mis == []


# --- the repository ------------------------------------------------------------------------------------

GEHEIM = {
    "sleutel": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "sleutel van een dienst": r"\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "token": r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.",
    "wachtwoord in een adres": r"[a-z]+://[^\s:/@<>{}$'\"]+:(?!w8@|wachtwoord@|x@|\$)[^\s:/@<>{}$'\"]{6,}@",
}
# Numbers for tests: RvIG's own begin with 9999; then what forms show as an example, and what is too small to be given.
_TESTNUMMER = re.compile(r"9999\d{5}|123456782|111222333|012345672|0000000\d\d")
_NEGEN_CIJFERS = re.compile(r"(?<![0-9A-Za-z.,_-])[0-9]{9}(?![0-9A-Za-z_-]|[.,][0-9])")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NIET_LEZEN = {".woff2", ".ttf", ".png", ".jpg", ".pdf", ".ico", ".lock"}


@cache
def bestanden() -> list[tuple[str, str]]:
    """Every text file of the repository, those that aren't committed yet included."""
    uit = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=PROJECT, capture_output=True, text=True,
        check=True,
    ).stdout.splitlines()  # fmt: skip
    paden = [naam for naam in uit if Path(naam).suffix not in _NIET_LEZEN and (PROJECT / naam).is_file()]
    return [(naam, (PROJECT / naam).read_text(errors="replace")) for naam in paden]


def test_er_is_een_hoop_nagekeken() -> None:
    assert len(bestanden()) > 500
    assert len(bronnen()) > 200


@pytest.mark.parametrize("soort", GEHEIM)
def test_p43_geen_geheim_in_de_bronnen(soort: str) -> None:
    zoek = re.compile(GEHEIM[soort])
    mis = [naam for naam, tekst in bestanden() if zoek.search(tekst)]
    assert [naam for naam in mis if not (soort.endswith("adres") and naam.startswith("tests/"))] == []


def test_p32_geen_bsn_in_de_bronnen_dan_een_testnummer() -> None:
    """Every number of nine digits that passes the elfproef is one that nobody has."""
    mis = [
        f"{naam}: {nummer}"
        for naam, tekst in bestanden()
        for nummer in set(_NEGEN_CIJFERS.findall(tekst))
        if bsn.is_valid(nummer) and not _TESTNUMMER.fullmatch(nummer)
    ]
    assert mis == []


def test_geen_bron_leest_anders_dan_zij_draait() -> None:
    """Characters that turn the order of reading around (Trojan Source), and names that look like another."""
    assert [naam for naam, tekst in bestanden() if _BIDI.search(tekst)] == []
    namen = {knoop.id for _, boom in bronnen() for knoop in ast.walk(boom) if isinstance(knoop, ast.Name)}
    assert [naam for naam in namen if unicodedata.normalize("NFKC", naam) != naam or not naam.isascii()] == []
