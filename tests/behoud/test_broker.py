"""P17: the broker is emptied and killed, and the mail server hangs: all that is due is done, nothing twice.

Real worker, beat and Valkey. IPS_RONDEN=20 for twenty rounds; IPS_ZAAD=… repeats the draws of a run.
"""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
import redis

from ips_subsidie.berichten.models import Bericht
from ips_subsidie.lokaal.diensten import Dienst, valkey
from ips_subsidie.lokaal.processen import Opstartfout, Stop
from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.rollen import Rol
from tests.behoud.portaal import programma, wacht_tot
from tests.behoud.storing import Storing, Wijze
from tests.behoud.test_stoppen import BEAT, WERKER, verzonden
from tests.fabriek import NU
from tests.samen.postbode import Postbode
from tests.toegang.personen import maak_lid

pytestmark = [pytest.mark.samen, pytest.mark.django_db(transaction=True)]
RONDEN = int(os.environ.get("IPS_RONDEN") or 5)


class Broker:
    """A Valkey of our own that may be killed, and comes back with what it had on disk."""

    def __init__(self, staat: Path) -> None:
        self.staat, self.stapel = staat, contextlib.ExitStack()
        self.dienst: Dienst = self._start()

    def _start(self) -> Dienst:
        for poging in range(50):
            try:
                return self.stapel.enter_context(valkey(self.staat, Stop()))
            except Opstartfout:
                if poging == 49:
                    raise
                time.sleep(0.1)
        raise AssertionError("unreachable")

    def dood(self) -> None:
        self.dienst.proces.kill()
        self.dienst.proces.wait()
        self.stapel.close()
        self.dienst = self._start()

    def leeg(self) -> None:
        with redis.Redis.from_url(self.dienst.omgeving["REDIS_URL"]) as klant:
            klant.flushall()


@pytest.fixture
def broker(tmp_path: Path):
    broker = Broker(tmp_path)
    yield broker
    broker.stapel.close()


@dataclass
class Toneel:
    """The worker, what it works with, and what was done to them."""

    tmp_path: Path
    broker: Broker
    post: Storing
    stapel: contextlib.ExitStack
    lid: Lidmaatschap
    dobbel: random.Random
    geplaatst: int = 0
    gedaan: Counter[str] = field(default_factory=Counter)

    def start(self, naam: str, *argv: str) -> subprocess.Popen[bytes]:
        eigen = {
            "REDIS_URL": self.broker.dienst.omgeving["REDIS_URL"],
            "IPS_MAILPOORT": str(self.post.poort),
            "IPS_MAILTIJD": "2",
        }
        return self.stapel.enter_context(programma(self.tmp_path / f"{naam}.log", *argv, **eigen))

    def begin(self) -> None:
        self.start("beat", *BEAT, str(self.tmp_path / "schema"))
        self.werker = self.start("werker", *WERKER)

    def bewaak(self) -> None:
        """As production does (`restart: unless-stopped`): a worker that ended by itself is started again."""
        if self.werker.poll() is not None:
            self.gedaan["worker zelf gestopt"] += 1
            self.werker = self.start("werker", *WERKER)

    def plaats(self) -> None:
        Bericht.objects.create(
            organisatie=self.lid.organisatie, rol=self.lid.rol, soort="proef", onderwerp_id=str(self.geplaatst),
            titel=f"Taak {self.geplaatst}", pad="/berichten/", gemaakt_op=NU,
        )  # fmt: skip
        self.geplaatst += 1

    def stoor(self) -> None:
        """Empty the broker or kill it, or both; and one in three times the mail server says nothing for a while."""
        wat = self.dobbel.choice(("geleegd", "gedood", "geleegd en gedood"))
        if "geleegd" in wat:
            self.broker.leeg()
        if "gedood" in wat:
            self.broker.dood()
        self.gedaan[wat] += 1
        if self.dobbel.random() < 1 / 3:
            self.post.zet(Wijze.HANG)
            self.plaats()
            time.sleep(2.5)
            self.post.zet(Wijze.DOOR)
            self.gedaan["mailserver hing"] += 1

    def alles_weg(self) -> bool:
        self.bewaak()
        return verzonden() == self.geplaatst


def test_zonder_broker_raakt_niets_weg(tmp_path: Path, broker: Broker) -> None:
    """P17, P20: emptied or killed at any moment, every message that was placed is mailed once, within two minutes."""
    lid = maak_lid(Rol.UWV_BEOORDELAAR, van=NU.date() - timedelta(days=9))
    dobbel = random.Random(int(os.environ.get("IPS_ZAAD") or 11))
    with (
        Postbode(3, een_op=10**9) as postbode,
        Storing(("127.0.0.1", postbode.poort)) as post,
        contextlib.ExitStack() as stapel,
    ):
        toneel = Toneel(tmp_path, broker, post, stapel, lid, dobbel)
        toneel.begin()
        toneel.plaats()
        wacht_tot(toneel.alles_weg, 90, "de eerste mail is weg")
        for _ in range(RONDEN):
            for _ in range(4):
                toneel.plaats()
                time.sleep(dobbel.uniform(0, 0.4))
            toneel.stoor()
            toneel.bewaak()
        duur = wacht_tot(toneel.alles_weg, 120, "alle mails zijn weg")
        stapel.close()
        print(
            f"{toneel.geplaatst} mails, alles weg {duur:.0f} s na de laatste storing; {dict(toneel.gedaan)}; "
            f"{postbode.bus.herhaald} herhaald"
        )
        # One each by its Message-ID; what the server took while it hung may have come again under the same one.
        post_van = postbode.bus.mails[lid.gebruiker.email]
    verwacht = Counter({f"IPS-subsidieportaal: Taak {n}": 1 for n in range(toneel.geplaatst)})
    assert Counter(str(mail["Subject"]) for mail in post_van) == verwacht
