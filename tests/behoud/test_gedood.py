"""P15, P16: the web is killed while people send forms: what was acknowledged is there, and nothing is there twice.

Twenty times `kill -9` of a process of gunicorn, or the connection to PostgreSQL taken away, at a moment chosen by lot.
IPS_RONDEN=200 for two hundred; IPS_ZAAD=… repeats the draws. Worker, beat, broker and PostgreSQL itself are killed in
tests/samen/test_bezorgen.py.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
import requests
from django.urls import reverse

from aanvragen.models import Gespreksbericht
from ips_subsidie.reservekopie.databank import van_app
from tests.behoud.portaal import Bezoeker, bericht, wacht_tot, web
from tests.fabriek import ingediend, maak_wereld
from tests.toegang.personen import WACHTWOORD

pytestmark = [pytest.mark.samen, pytest.mark.django_db(transaction=True)]
RONDEN = int(os.environ.get("IPS_RONDEN") or 20)


def kinderen(pid: int) -> list[int]:
    return [int(kind) for kind in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def dood_iets(gunicorn: int, dobbel: random.Random) -> str:
    """One of the two, if there is one just now."""
    if dobbel.random() < 0.5 and (werkers := kinderen(gunicorn)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(dobbel.choice(werkers), signal.SIGKILL)
        return "proces"
    # A role may end its own sessions.
    with van_app().verbind(autocommit=True) as verbinding:
        verbinding.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename = 'app' AND application_name = 'web' AND datname = current_database()"
        )
    return "verbinding"


class Schrijver:
    """Somebody who sends message after message, and clicks again until it is acknowledged."""

    def __init__(self, bezoeker: Bezoeker, pad: str, naam: str) -> None:
        self.bezoeker, self.pad, self.naam = bezoeker, pad, naam
        self.bevestigd: list[str] = []
        self.opnieuw = 0
        self.klaar, self.fout = threading.Event(), ""
        self.draad = threading.Thread(target=self._loop)

    def _loop(self) -> None:
        try:
            while not self.klaar.is_set():
                self._een()
        except Exception as fout:  # shown by the test
            self.fout = f"{type(fout).__name__}: {fout}"

    def _een(self) -> None:
        tekst = f"{self.naam} {len(self.bevestigd)}"
        velden = bericht(self._volhard(lambda: self.bezoeker.formulier(self.pad)), tekst)
        self._volhard(lambda: self._stuur(velden))
        self.bevestigd.append(tekst)

    def _stuur(self, velden: dict[str, str]) -> bool:
        antwoord = self.bezoeker.stuur(self.pad, velden)
        assert antwoord.status_code == 302, antwoord.status_code
        return True

    def _volhard(self, doe):
        """As a person does: again, for as long as it takes (within a minute)."""
        einde = time.monotonic() + 60
        while True:
            try:
                return doe()
            except (requests.RequestException, AssertionError):
                self.opnieuw += 1
                if time.monotonic() > einde:
                    raise
                time.sleep(0.1)


def test_bevestigd_is_bewaard_en_een_keer(tmp_path: Path) -> None:
    dobbel = random.Random(int(os.environ.get("IPS_ZAAD") or 5))
    wereld = maak_wereld()
    aanvraag = ingediend(wereld)
    gebruiker = wereld.behandelaar.persoon
    gebruiker.set_password(WACHTWOORD)
    gebruiker.save()
    pad = reverse("aanvragen:gesprek_schrijven", args=[aanvraag.pk])
    gedood: Counter[str] = Counter()
    with web(tmp_path / "web.log", PGAPPNAME="web", DATABASE_POOL="1") as (gunicorn, adres):
        schrijvers = []
        for naam in ("Eerste", "Tweede"):
            bezoeker = Bezoeker(adres, gebruiker.email)
            assert bezoeker.log_in().status_code == 302
            schrijvers.append(Schrijver(bezoeker, pad, naam))
        for schrijver in schrijvers:
            schrijver.draad.start()
        for _ in range(RONDEN):
            # Not before something went well since the former one: a web that is always dead proves nothing.
            tot = sum(len(s.bevestigd) for s in schrijvers)
            wacht_tot(
                lambda tot=tot: sum(len(s.bevestigd) for s in schrijvers) > tot, 60, "er gaat weer iets goed"
            )
            time.sleep(dobbel.uniform(0, 0.8))
            gedood[dood_iets(gunicorn.pid, dobbel)] += 1
        for schrijver in schrijvers:
            schrijver.klaar.set()
        for schrijver in schrijvers:
            schrijver.draad.join(90)
    bevestigd = [tekst for s in schrijvers for tekst in s.bevestigd]
    opnieuw = sum(s.opnieuw for s in schrijvers)
    print(f"{dict(gedood)}: {len(bevestigd)} bevestigd, {opnieuw} keer opnieuw geklikt, 0 verloren, 0 dubbel")
    assert [s.fout for s in schrijvers] == ["", ""]
    assert len(bevestigd) >= RONDEN
    assert Counter(Gespreksbericht.objects.values_list("tekst", flat=True)) == Counter(bevestigd)
