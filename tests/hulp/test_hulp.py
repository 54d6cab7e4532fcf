"""Every page says in two sentences what happens here and what comes next. A new page without them is red."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from ips_subsidie.hulp import HULP, hulp_bij
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.poort import poort_van
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, UWV_ROLLEN
from ips_subsidie.vormgeving.hulp import Hulp
from tests import fabriek
from tests.web.bezoek import als

# What is opened but shows no page of its own: a file, a feed, an answer for a machine, or only a button.
GEEN_PAGINA = {
    "gezond",
    "gereed",
    "health",
    "security_txt",
    "robots_txt",
    "favicon",
    "sessie",
    "account_logout",
    "herstelcodes_bestand",
    "herstelcodes_bewaard",
    "bericht",
    "stijlgids",
    "aanvragen:bijlage",
    "aanvragen:besluit_voorbeeld",
    "aanvragen:brief",
    "aanvragen:bezwaar_voorbeeld",
    "aanvragen:bezwaar_bestand",
    "aanvragen:dwangsom_voorbeeld",
    "aanvragen:gesprek_bestand",
    "aanvragen:gesprek_gelezen",
    "aanvragen:ingebrekestelling_bestand",
    "aanvragen:termijnen_csv",
    "aanvragen:vaststelling_voorbeeld",
    "aanvragen:werkvoorraad_csv",
    "budget:betaalbatch_bestand",
    "budget:factuur_bestand",
    "mandaat:tekst",
    "overleg:feed",
    "overleg:termijnfeed",
}
# More would be no help but a manual.
HOOGSTENS = 160


def _adressen(resolver: URLResolver, ruimte: str = "") -> Iterator[tuple[str, URLPattern]]:
    for patroon in resolver.url_patterns:
        if isinstance(patroon, URLResolver):
            if patroon.app_name != "admin":  # the admin has words of its own
                naam = f"{ruimte}{patroon.namespace}:" if patroon.namespace else ruimte
                yield from _adressen(patroon, naam)
        else:
            yield f"{ruimte}{patroon.name}", patroon


ADRESSEN = dict(_adressen(get_resolver()))
TEKSTEN = [
    (naam, hulp) for naam, een in HULP.items() for hulp in ([een] if isinstance(een, Hulp) else een.values())
]


@pytest.mark.parametrize("naam", sorted(set(ADRESSEN) - GEEN_PAGINA))
def test_elke_pagina_heeft_hulp(naam):
    tekst = HULP.get(naam)
    assert tekst is not None, f"schrijf bij {naam} wat hier gebeurt en wat er daarna komt"
    if isinstance(tekst, Hulp):
        return
    poort = poort_van(ADRESSEN[naam].callback)
    rollen = poort.rollen if poort and poort.rollen else frozenset()
    groepen = {"instelling": INSTELLINGSROLLEN, "gemeente": GEMEENTEROLLEN, "uwv": UWV_ROLLEN}
    for lezer, groep in groepen.items():
        assert lezer in tekst or "ieder" in tekst or not rollen & set(groep), f"{naam} zegt niets aan {lezer}"


def test_geen_hulp_zonder_pagina():
    assert set(HULP) - set(ADRESSEN) == set()


@pytest.mark.parametrize(("naam", "hulp"), TEKSTEN, ids=lambda een: een if isinstance(een, str) else "")
def test_twee_zinnen_in_gewone_taal(naam, hulp):
    for zin in (hulp.hier, hulp.daarna):
        assert re.fullmatch(r"[A-Z].*[^.]\.", zin), f"{naam}: geen hele zin"
        assert not re.search(r"[.!?] ", zin), f"{naam}: meer dan één zin"
        assert len(zin) <= HOOGSTENS, f"{naam}: te lang ({len(zin)} tekens)"
        assert not re.search(r"\b(Awb|dient|middels|indien|reeds|tevens|conform|derhalve)\b", zin), naam
    assert hulp.hier != hulp.daarna


def test_dezelfde_pagina_helpt_ieder_op_zijn_manier(db):
    wereld = fabriek.maak_wereld()
    adres = reverse("aanvragen:voordrachten")
    gezien = set()
    for actor in (wereld.behandelaar, wereld.van_gemeente()):
        vraag = RequestFactory().get(adres)
        vraag.resolver_match, vraag.actor = resolve(adres), actor
        gezien.add(hulp_bij(vraag))
    assert len(gezien) == 2
    assert None not in gezien


def test_de_hulp_staat_op_de_pagina(db):
    """Also without logging in, and not on a page that there isn't."""
    with klok_op(fabriek.NU):
        wereld = fabriek.maak_wereld()
        client = als(wereld.behandelaar)
        for adres in (reverse("aanvragen:lijst"), reverse("privacy"), reverse("berichten")):
            html = client.get(adres).content.decode()
            assert html.count("Hulp bij deze pagina") == 1, adres
        assert "Hulp bij deze pagina" not in client.get("/is-er-niet/").content.decode()
