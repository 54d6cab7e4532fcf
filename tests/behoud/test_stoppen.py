"""P18, P24: an update stops web and worker with SIGTERM: what is under way is finished, nothing new is taken."""

from __future__ import annotations

import signal
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from django.urls import reverse

from aanvragen.models import Gespreksbericht
from ips_subsidie.berichten.models import Bericht, Verzending, VerzendingStatus
from ips_subsidie.reservekopie.databank import van_app, van_eigenaar
from ips_subsidie.toegang.rollen import Rol
from tests.behoud.portaal import CELERY, Bezoeker, bericht, programma, wacht_tot, web
from tests.fabriek import NU, ingediend, maak_wereld
from tests.samen.postbode import Postbode
from tests.toegang.personen import WACHTWOORD, maak_lid

pytestmark = [pytest.mark.samen, pytest.mark.django_db(transaction=True)]
WERKER = (*CELERY, "worker", "--concurrency", "1", "--loglevel", "WARNING")
BEAT = (*CELERY, "beat", "--loglevel", "ERROR", "--pidfile=", "--schedule")


def test_het_web_maakt_af_wat_loopt(tmp_path: Path) -> None:
    """P24: the act under way is done and answered; a new visitor is refused at once, not left hanging."""
    wereld = maak_wereld()
    aanvraag = ingediend(wereld)
    gebruiker = wereld.behandelaar.persoon
    gebruiker.set_password(WACHTWOORD)
    gebruiker.save()
    with web(tmp_path / "web.log") as (proces, adres):
        bezoeker = Bezoeker(adres, gebruiker.email)
        assert bezoeker.log_in().status_code == 302
        pad = reverse("aanvragen:gesprek_schrijven", args=[aanvraag.pk])
        velden = bericht(bezoeker.formulier(pad), "Onderweg")
        antwoorden: list[requests.Response] = []
        # Who isn't the same role sees of a session only that it is there.
        with van_eigenaar().verbind() as slot, van_app().verbind(autocommit=True) as kijker:
            slot.execute("SELECT 1 FROM aanvragen_aanvraag WHERE id = %s FOR UPDATE", [aanvraag.pk])
            klik = threading.Thread(target=lambda: antwoorden.append(bezoeker.stuur(pad, velden)))
            klik.start()
            wacht_tot(lambda: _wacht_op_slot(kijker), 20, "de handeling staat te wachten")
            proces.send_signal(signal.SIGTERM)
            begin = time.monotonic()
            wacht_tot(lambda: _geweigerd(adres), 10, "nieuw bezoek wordt geweigerd")
            assert not antwoorden
        klik.join(20)
        assert proces.wait(20) == 0
        print(f"gestopt na {time.monotonic() - begin:.1f} s")
    assert [a.status_code for a in antwoorden] == [302]
    assert Gespreksbericht.objects.filter(tekst="Onderweg").count() == 1


def _wacht_op_slot(verbinding: Any) -> bool:
    rij = verbinding.execute(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND usename = 'app' AND datname = current_database()"
    ).fetchone()
    return bool(rij[0])


def _geweigerd(adres: str) -> bool:
    try:
        requests.get(f"{adres}/gezond", timeout=2)
    except requests.ConnectionError:
        return True
    except requests.Timeout:
        pytest.fail("een nieuwe bezoeker blijft hangen")
    return False


def maak_berichten(aantal: int) -> str:
    """So many that one person is mailed about; gives the address."""
    lid = maak_lid(Rol.UWV_BEOORDELAAR, van=NU.date() - timedelta(days=9))
    Bericht.objects.bulk_create(
        Bericht(
            organisatie=lid.organisatie, rol=lid.rol, soort="proef", onderwerp_id=str(n), titel=f"Taak {n}",
            pad="/berichten/", gemaakt_op=NU,
        )
        for n in range(aantal)
    )  # fmt: skip
    return lid.gebruiker.email


def verzonden() -> int:
    return Verzending.objects.filter(status=VerzendingStatus.VERZONDEN).count()


def test_de_worker_maakt_af_wat_loopt(tmp_path: Path) -> None:
    """P18: SIGTERM in the middle of a run of slow mails: it ends by itself and keeps count."""
    aantal = 6
    with Postbode(1, een_op=10**9, traag=0.5) as postbode:
        email = maak_berichten(aantal)
        mail = {"IPS_MAILPOORT": str(postbode.poort)}
        with (
            programma(tmp_path / "beat.log", *BEAT, str(tmp_path / "beat"), **mail),
            programma(tmp_path / "werker.log", *WERKER, **mail) as werker,
        ):
            wacht_tot(lambda: verzonden() >= 1, 90, "de eerste mail is weg")
            werker.send_signal(signal.SIGTERM)
            begin = time.monotonic()
            assert werker.wait(60) == 0
            print(f"worker gestopt na {time.monotonic() - begin:.1f} s, {verzonden()} van {aantal} verzonden")
        assert len(postbode.bus.mails[email]) == verzonden()
        assert postbode.bus.herhaald == 0
        # Its successor does the rest, and nothing again.
        with (
            programma(tmp_path / "beat.log", *BEAT, str(tmp_path / "beat"), **mail),
            programma(tmp_path / "werker.log", *WERKER, **mail),
        ):
            wacht_tot(lambda: verzonden() == aantal, 90, "de rest is weg")
        assert len(postbode.bus.mails[email]) == aantal
        assert postbode.bus.herhaald == 0


def test_een_gedode_worker_wordt_opgevolgd(tmp_path: Path) -> None:
    """P15, P18: kill -9 of the whole worker between two mails: the next one takes over, within three minutes."""
    aantal = 6
    with Postbode(1, een_op=10**9, traag=0.3) as postbode:
        email = maak_berichten(aantal)
        mail = {"IPS_MAILPOORT": str(postbode.poort)}
        with programma(tmp_path / "beat.log", *BEAT, str(tmp_path / "beat"), **mail):
            with programma(tmp_path / "werker.log", *WERKER, **mail) as werker:
                wacht_tot(lambda: verzonden() >= 1, 90, "de eerste mail is weg")
                werker.kill()
            begin = time.monotonic()
            with programma(tmp_path / "werker.log", *WERKER, **mail):
                wacht_tot(lambda: verzonden() == aantal, 180, "de rest is weg")
            print(
                f"overgenomen en klaar na {time.monotonic() - begin:.1f} s, {postbode.bus.herhaald} herhaald"
            )
        # One mail each by its Message-ID: what was under way may have come twice under the same one.
        assert len(postbode.bus.mails[email]) == aantal
        assert postbode.bus.herhaald <= 1
