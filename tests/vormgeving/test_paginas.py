import gzip
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.http import HttpRequest
from django.template.loader import get_template, render_to_string

from ips_subsidie.vormgeving import bouw, context
from ips_subsidie.vormgeving.web import stijlgids
from tests.vormgeving.hulp import Elementen, verzoek

PROJECT = Path(__file__).resolve().parents[2]
SJABLONEN = sorted(
    pad
    for map_ in ("templates", "ips_subsidie/vormgeving/templates")
    for pad in (PROJECT / map_).rglob("*.html")
)
FOUTPAGINAS = ["400.html", "403.html", "403_csrf.html", "404.html", "405.html", "429.html", "500.html"]


@pytest.fixture(autouse=True)
def _zonder_databank(settings: LazySettings) -> None:
    settings.NAVIGATIE = "tests.vormgeving.hulp.geen_navigatie"


def _ingelogd() -> HttpRequest:
    request = verzoek("/stijlgids/")
    request.actor = SimpleNamespace(  # type: ignore[attr-defined]
        gebruiker=SimpleNamespace(naam="S. de Vries"),
        organisatie=SimpleNamespace(naam="RIBW Nijmegen & Rivierenland"),
        rol=SimpleNamespace(label="Behandelaar"),
    )
    return request


def test_stijlgids_toont_alles_zonder_dubbele_ids_of_inline_stijl() -> None:
    html = stijlgids(_ingelogd()).content.decode()
    elementen = Elementen(html)
    ids = elementen.ids()
    assert len(ids) == len(set(ids))
    assert len(elementen.van("h1")) == 1
    for _, attrs in elementen.alle:
        assert "style" not in attrs
        assert not [naam for naam in attrs if naam.startswith("on")]
    beschreven = " ".join(
        str(attrs["aria-describedby"]) for _, attrs in elementen.alle if attrs.get("aria-describedby")
    )
    assert set(beschreven.split()) <= set(ids)
    assert "RIBW Nijmegen &amp; Rivierenland" in html


def test_pagina_voor_wie_niet_is_ingelogd() -> None:
    html = render_to_string("basis.html", request=verzoek())
    assert "Uitloggen" not in html
    assert "data-sessie-seconden" not in html
    assert '<html lang="nl"' in html


def test_referentiedatum_in_een_balk(settings: LazySettings) -> None:
    settings.REFERENTIEDATUM_TONEN = False
    assert "Oefenomgeving" not in render_to_string("basis.html", request=verzoek())
    settings.REFERENTIEDATUM_TONEN = True
    assert "Oefenomgeving" in render_to_string("basis.html", request=verzoek())


def test_een_actor_zonder_organisatie() -> None:
    request = verzoek()
    request.actor = SimpleNamespace(  # type: ignore[attr-defined]
        gebruiker=SimpleNamespace(naam="Beheer"), organisatie=None, rol=SimpleNamespace(label="Beheerder")
    )
    assert context.pagina(request)["ingelogd"] == context.Ingelogd("Beheer", "", "Beheerder")


@pytest.mark.parametrize("naam", FOUTPAGINAS)
def test_foutpagina_heeft_niets_nodig(naam: str) -> None:
    html = get_template(naam).render()
    assert len(Elementen(html).van("h1")) == 1
    assert "style=" not in html


@pytest.mark.parametrize("pad", SJABLONEN, ids=lambda pad: str(pad.relative_to(PROJECT)))
def test_sjabloon_past_in_de_csp_en_blijft_kort(pad: Path) -> None:
    tekst = pad.read_text(encoding="utf-8")
    assert len(tekst.splitlines()) < 150
    assert not re.search(r"""\sstyle=|<style|\son[a-z]+=["']|javascript:""", tekst)
    assert not re.search(r"<script(?![^>]*\ssrc=)", tekst)


def test_stylesheet_is_bij_en_klein_genoeg() -> None:
    css = bouw.DOEL.read_bytes()
    assert css.decode() == bouw.bouw(), "draai `make css`"
    js = (PROJECT / "static/js/portaal.js").read_bytes()
    lettertype = (PROJECT / "static/fonts/source-sans-3-latin-wght-normal.woff2").read_bytes()
    assert len(gzip.compress(css, 9)) + len(gzip.compress(js, 9)) + len(lettertype) <= 60_000


def test_gebruikte_klassen_staan_in_de_stylesheet() -> None:
    css = bouw.DOEL.read_text(encoding="utf-8")
    gebruikt = set()
    for pad in SJABLONEN:
        for klassen in re.findall(
            r'class="([^"]*)"', re.sub(r"{[%{].*?[%}]}", " ", pad.read_text(encoding="utf-8"))
        ):
            gebruikt |= {k for k in klassen.split() if k.startswith("app-") and not k.endswith("-")}
    merken = {"app-kruimelpad__stap"}
    ontbreekt = {k for k in gebruikt - merken if f".{k}" not in css}
    assert not ontbreekt


@pytest.mark.parametrize(
    ("ruw", "klein"),
    [
        ("a :hover { color: red; }", "a :hover{color:red}"),
        ("/* weg */ a{margin: calc(1px + 2px) }", "a{margin:calc(1px + 2px)}"),
        ('a::before { content: "a  {b; }" }', 'a::before{content:"a  {b; }"}'),
        (
            "@media (min-width: 4rem) and (color) { a > b , c { x: y } }",
            "@media (min-width:4rem) and (color){a > b,c{x:y}}",
        ),
    ],
)
def test_verkleinen(ruw: str, klein: str) -> None:
    assert bouw.verklein(ruw) == klein
