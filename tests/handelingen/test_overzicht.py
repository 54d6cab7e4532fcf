"""The registry as a whole: the page is current, every status can be reached, and every act says what it means."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from aanvragen.management.overzicht import ELDERS, OBJECTEN, stappen, statussen
from aanvragen.models import Aanvraag
from aanvragen.regels import statussen as enums
from aanvragen.regels.statussen import (
    FASEN,
    INVULBAAR,
    LEVENDE_TOESTEMMING,
    OPEN,
    AanvraagStatus,
    Partij,
)
from ips_subsidie.handelingen.kern import REGISTER
from ips_subsidie.toegang.rollen import Rol

BESTAND = Path(__file__).parents[2] / "docs/handelingen.md"
VORMGEVING = {"neutraal", "info", "goed", "let_op", "fout", "inactief"}


def test_docs_handelingen_is_van_nu():
    uit = io.StringIO()
    call_command("handelingen_doc", stdout=uit)
    assert BESTAND.read_text(encoding="utf-8") == uit.getvalue(), "draai: manage.py handelingen_doc --schrijf"


@pytest.mark.parametrize("model", OBJECTEN, ids=lambda m: m.__name__)
def test_elke_status_is_te_bereiken(model):
    alle = stappen(model)
    bereikt = {naar for van, naar, _ in alle if van is None}
    assert bereikt, "waar begint dit?"
    while nieuw := {naar for van, naar, _ in alle if van in bereikt} - bereikt:
        bereikt |= nieuw
    assert bereikt == set(statussen(model))
    assert {van for van, _, _ in alle if van} <= set(statussen(model))
    assert {code for _, _, code in alle} <= set(REGISTER)


def test_wat_elders_gebeurt_bestaat():
    assert {code for _, _, _, code in ELDERS} <= set(REGISTER)


def test_elke_status_heeft_een_fase_in_gewone_woorden():
    assert set(FASEN) == set(AanvraagStatus)
    for status, fase in FASEN.items():
        assert fase.badge in VORMGEVING, status
        assert fase.taak.endswith("."), status
        assert fase.tekst
        assert (fase.aan_zet is Partij.NIEMAND) == (status in eindes()), status
    for enum in (enums.AanvraagStatus, enums.ToestemmingStatus, enums.TrajectStatus, enums.VerlengingStatus):
        assert len({lid.label for lid in enum}) == len(enum)


def eindes():
    """Statuses of an aanvraag in which nobody has anything left to do, unless a bezwaar is gegrond."""
    eigen = [h for h in REGISTER.values() if h.op is Aanvraag and not h.code.startswith("aanvraag.alsnog_")]
    return {s for s in AanvraagStatus if not [h for h in eigen if s in h.van]}


def test_groepen_van_statussen():
    assert set(OPEN) < set(AanvraagStatus)
    assert set(INVULBAAR) == {"concept", "wacht_op_toestemming", "onvolledig"}
    assert set(enums.ToestemmingStatus) - set(LEVENDE_TOESTEMMING) == {"geweigerd", "ingetrokken", "verlopen"}


@pytest.mark.parametrize("code", REGISTER)
def test_elke_handeling_zegt_wat_zij_betekent(code):
    h = REGISTER[code]
    assert len(h.uitleg.split()) >= 4, "geen uitleg in de docstring"
    assert h.uitleg[0].isupper()
    assert h.door
    assert h.titel[0].isupper()
    assert h.knop in ("primair", "secundair", "gevaar", "geen")
    assert (h.op is None) == bool(h.maakt)
    if Rol.SYSTEEM in h.door:
        assert h.knop == "geen"
    if h.op is not None and h.van:
        assert set(h.van) <= set(statussen(h.op))
        assert all(h.doel_van(van) in (None, *statussen(h.op)) for van in h.van)
    onderwerp, woord = code.split(".")
    assert onderwerp in {
        "aanvraag", "toestemming", "voordracht", "traject", "verlenging", "plafond", "loting", "erkenning",
        "stopbericht", "vaststelling", "bezwaar",
        "ingebrekestelling", "dwangsom", "intrekking",
        "reeks", "bijeenkomst", "agendapunt", "agendalink", "contactpersoon", "gemeentetoets", "gesprek",
        "noodtoegang",
        "inkooporder", "factuur", "betaalbatch", "terugvordering", "rekening",
    }  # fmt: skip
    assert woord.isidentifier()
