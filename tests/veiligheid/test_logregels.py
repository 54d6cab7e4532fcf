"""P34: no BSN, name, token, password, key or body in any line of the log, at any level; one line of JSON an event."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.db import IntegrityError, transaction
from django.test import Client

from ips_subsidie.settings.logs import logs
from ips_subsidie.settings.verhullen import WEG, verhul_tekst
from ips_subsidie.toegang.models import Gebruiker
from tests import logwacht
from tests.fabriek import bsn
from tests.toegang.personen import maak_gebruiker

BSN = bsn(77)
MET_PUNTEN = f"{BSN[:4]}.{BSN[4:6]}.{BSN[6:]}"
TOKEN = "cz8abc-0123456789abcdef0123456789abcdef"


@pytest.fixture
def regels() -> Iterator[Any]:
    """A logger as every process has it, and a function that gives its lines."""
    uit = io.StringIO()
    opmaak = logs("DEBUG")["formatters"]["json"]
    fabriek = dict(opmaak)
    handler = logging.StreamHandler(uit)
    handler.setFormatter(fabriek.pop("()")(**fabriek))
    logger = logging.getLogger("proef")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    yield lambda: uit.getvalue().splitlines()
    logger.removeHandler(handler)
    logger.propagate = True


GEHEIM = {
    "bsn": (f"dossier van {BSN} gelezen", BSN),
    "bsn met punten": (f"dossier van {MET_PUNTEN} gelezen", MET_PUNTEN),
    "bsn als getal": (f"nummer={int(BSN)}", BSN),
    "wachtwoord": ("inloggen met wachtwoord=Drie-groene-fietsen", "Drie-groene-fietsen"),
    "token in json": ('{"access_token": "abcdefgh"}', "abcdefgh"),
    "token in een kop": ("Authorization: Bearer abcDEF.ghi-jkl_mno", "abcDEF"),
    "link voor een nieuw wachtwoord": (f"Not Found: /wachtwoord/nieuw/{TOKEN}/", "0123456789abcdef"),
    "agendalink": ("GET /overleg/agenda/Zk3vT9qLm2WxYb7RtNcE1g.ics", "Zk3vT9qLm2WxYb7RtNcE1g"),
    "code van een inlogdienst": ("GET /terug/?code=abcdefgh&state=ijklmnop", "abcdefgh"),
    "mailadres": ("550 5.1.1 <jan.jansen@voorbeeld.example> unknown", "jan.jansen"),
}


@pytest.mark.parametrize("wat", GEHEIM)
@pytest.mark.parametrize("niveau", [logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR])
def test_wat_geheim_is_gaat_uit_de_regel(regels, wat, niveau) -> None:
    """P34: in the text, among the arguments, beside the text and nested in it."""
    tekst, geheim = GEHEIM[wat]
    stdlib, eigen = logging.getLogger("proef"), structlog.get_logger("proef")
    stdlib.log(niveau, tekst)
    stdlib.log(niveau, "iets met %s", tekst)
    eigen.log(niveau, "iets", waarde=tekst, lijst=[{"diep": (tekst,)}])
    assert len(regels()) == 3
    for regel in regels():
        assert geheim not in regel
        assert WEG in regel


@pytest.mark.parametrize(
    "naam",
    ["wachtwoord", "password", "csrfmiddlewaretoken", "sessionid", "veld_sleutel", "cookie", "body", "bsn"],
)
def test_een_waarde_met_een_geheime_naam_staat_er_nooit(regels, naam) -> None:
    """P34."""
    structlog.get_logger("proef").warning("iets", **{naam: "kort"})
    structlog.get_logger("proef").warning("iets", gegevens={naam: ["kort"]})
    assert "kort" not in "".join(regels())


@pytest.mark.parametrize(
    "tekst",
    [
        "brief 0b7e2a52-3b0f-4cf0-9c7e-2f3f9f4a1b2c van dossier IPS-7K3-9QM gemaakt",
        "anker om 2026-11-23T11:55:54.390092Z",
        "12345 rijen in 1,25 s; 10 van 200",
        "ips_subsidie.berichten.tasks.bezorg klaar",
        "nummer 123456789 is er geen",
        'new row for relation "aanvragen_deelnemer" violates check constraint "deelnemer_geboren"',
    ],
)
def test_wat_men_nodig_heeft_om_een_fout_te_vinden_blijft(tekst) -> None:
    assert verhul_tekst(tekst) == tekst


@pytest.mark.django_db
def test_een_fout_van_de_databank_noemt_geen_waarden(regels) -> None:
    """P34: PostgreSQL tells which row it was; the log doesn't. What rule it was stays."""
    maak_gebruiker("jan.jansen@voorbeeld.example", naam="Zwaluwstaart")
    try:
        with transaction.atomic():
            Gebruiker.objects.create_user("Jan.Jansen@voorbeeld.example", naam="Zwaluwstaart")
    except IntegrityError:
        logging.getLogger("proef").exception("mislukt")
    (regel,) = regels()
    assert "gebruiker_email" in regel
    assert "Traceback" in regel
    assert "jansen" not in regel.lower()


def test_een_fout_noemt_geen_getypte_waarde(regels) -> None:
    """P34: `int('Jansen')` says what was typed."""
    getypt = "".join(
        ["Zwaluw", "staart"]
    )  # a traceback shows the line of code, and that isn't what was typed
    try:
        int(getypt)
    except ValueError:
        logging.getLogger("proef").exception("mislukt")
    (regel,) = regels()
    assert "Zwaluwstaart" not in regel
    assert "ValueError" in regel


@pytest.mark.parametrize(
    "kwaad", ["a\nINFO nep", 'a\r\n{"event": "nep"}', "a\u2028b", "\x1b[31mrood", "a\x00b"]
)
def test_niemand_schrijft_er_een_regel_bij(regels, kwaad) -> None:
    """P34: one event is one line of ASCII, whatever is in it."""
    logging.getLogger("proef").warning("Not Found: %s", f"/{kwaad}/")
    structlog.get_logger("proef").warning(kwaad, pad=kwaad)
    assert len(regels()) == 2
    for regel in regels():
        assert regel.isascii()
        assert regel.isprintable()
        assert json.loads(regel)["level"] == "warning"


@pytest.mark.django_db
def test_een_pad_met_een_geheim_komt_er_niet_in(capfd) -> None:
    """P34: through Django's own logger of requests, as the site is set up."""
    Client().get(f"/bestaat-niet/{TOKEN}/{BSN}/%0aINFO%20nep/")
    uit = capfd.readouterr().err
    assert TOKEN not in uit
    assert BSN not in uit
    for regel in uit.splitlines():
        json.loads(regel)


def test_opdrachten_en_sjablonen_komen_nooit_in_een_regel() -> None:
    """P34: the parameters of a statement are what people typed; also not when somebody asks for level DEBUG."""
    ingesteld = logs("DEBUG")
    for naam in ("django.db.backends", "django.template"):
        assert ingesteld["loggers"][naam]["level"] == "WARNING"


@pytest.mark.parametrize("bericht", [f"dossier {BSN}", "mevrouw Voorgedragen", "drie groene fietsen"])
def test_de_wacht_over_alle_tests_ziet_het(bericht) -> None:
    """P34: what watches every test of the suite (tests/logwacht.py) does see it."""
    wacht = logwacht.Wacht()
    wacht.handle(logging.LogRecord("aanvragen", logging.DEBUG, "x", 1, "iets: %s", (bericht,), None))
    assert len(wacht.gevonden) == 1
    wacht.handle(logging.LogRecord("aanvragen", logging.DEBUG, "x", 1, "iets: %s", ("gewoon",), None))
    assert len(wacht.gevonden) == 1
    # And it hangs where every record passes.
    assert any(isinstance(handler, logwacht.Wacht) for handler in logging.getLogger().handlers)
