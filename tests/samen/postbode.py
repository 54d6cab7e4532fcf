"""A mail server for tests that fails one in five times, in each way that a real one does.

Like the mailboxes of people it keeps one of each Message-ID: a mail that came in, while the sender was not told, comes
again under the same one. Those repeats are counted.
"""

from __future__ import annotations

import random
import socketserver
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any

FOUTEN = ("geen_ontvanger", "niet_bewaard", "weg_voor_bewaren", "weg_na_bewaren")


@dataclass
class Bus:
    """What came in: the mails by receiver, the repeats, and what went wrong how often."""

    mails: dict[str, list[EmailMessage]] = field(default_factory=dict)
    herhaald: int = 0
    fouten: Counter[str] = field(default_factory=Counter)
    _gezien: set[tuple[str, str]] = field(default_factory=set)

    def bewaar(self, aan: str, inhoud: bytes) -> None:
        mail: Any = message_from_bytes(inhoud, policy=policy.default)
        if (aan, mail["Message-ID"]) in self._gezien:
            self.herhaald += 1
            return
        self._gezien.add((aan, mail["Message-ID"]))
        self.mails.setdefault(aan, []).append(mail)

    def __len__(self) -> int:
        return sum(len(post) for post in self.mails.values())


class Postbode:
    """`with Postbode(zaad) as postbode:` listens on 127.0.0.1 at `postbode.poort`; `postbode.bus` is what it got."""

    def __init__(self, zaad: int, een_op: int = 5, traag: float = 0.004) -> None:
        self.bus, self.een_op, self.traag = Bus(), een_op, traag
        self.dobbel, self.slot = random.Random(zaad), threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Gesprek)
        self._server.postbode = self
        self.poort: int = self._server.server_address[1]

    def __enter__(self) -> Postbode:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def leeg(self) -> None:
        with self.slot:
            self.bus = Bus()

    def loot(self, *welke: str) -> str:
        """Which of these faults strikes now: one of them, one time in `een_op`, else none."""
        with self.slot:
            if self.dobbel.randrange(self.een_op):
                return ""
            gekozen = self.dobbel.choice(welke)
            self.bus.fouten[gekozen] += 1
            return gekozen

    def bewaar(self, aan: list[str], inhoud: bytes) -> None:
        with self.slot:
            for een in aan:
                self.bus.bewaar(een, inhoud)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    postbode: Postbode

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A sender that was killed in the middle of a conversation is what this is for."""


class _Gesprek(socketserver.StreamRequestHandler):
    """One conversation: as much of SMTP as a sender needs (RFC 5321)."""

    server: _Server

    def handle(self) -> None:
        postbode, aan = self.server.postbode, []
        if postbode.loot("dicht"):
            return self._zeg("421 later")
        self._zeg("220 postbode")
        # One draw a mail, at its receiver: what strikes later is kept until then.
        straks = ""
        for regel in self.rfile:
            woord = regel.strip().upper()
            if woord.startswith((b"EHLO", b"HELO", b"RSET", b"NOOP", b"MAIL")):
                aan = []
                self._zeg("250 postbode")
            elif woord.startswith(b"RCPT"):
                straks = postbode.loot(*FOUTEN)
                if straks == "geen_ontvanger":
                    self._zeg("451 straks")
                    continue
                aan.append(regel.partition(b"<")[2].partition(b">")[0].decode())
                self._zeg("250 ja")
            elif woord.startswith(b"DATA"):
                self._zeg("354 toe maar")
                if not self._ontvang(postbode, aan, straks):
                    return None
            elif woord.startswith(b"QUIT"):
                return self._zeg("221 dag")
            else:
                self._zeg("502 dat kan ik niet")
        return None

    def _ontvang(self, postbode: Postbode, aan: list[str], straks: str) -> bool:
        """Take the mail in, or fail in the way that was drawn; False when the line is cut."""
        inhoud = bytearray()
        for regel in self.rfile:
            if regel.rstrip(b"\r\n") == b".":
                break
            inhoud += regel[1:] if regel.startswith(b".") else regel
        else:
            return False  # the sender is gone half-way: not a mail
        time.sleep(postbode.traag)
        if straks == "niet_bewaard":
            self._zeg("451 straks")
            return True
        if straks == "weg_voor_bewaren":
            return False
        postbode.bewaar(aan, bytes(inhoud))
        if straks == "weg_na_bewaren":
            return False
        self._zeg("250 bewaard")
        return True

    def _zeg(self, regel: str) -> None:
        self.wfile.write(f"{regel}\r\n".encode())
