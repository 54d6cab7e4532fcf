"""Watches every record that is logged during the tests, of every logger and at every level."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterator

from ips_subsidie.settings.logs import logs
from ips_subsidie.settings.verhullen import is_bsn

# What the people of the tests are called, and the password that they have.
NAMEN = ("Voorgedragen", "drie groene fietsen")
# These are given the path of a request by Django: what counts is the line that comes of it.
_VAN_ANDEREN = "django."
_NEGEN_CIJFERS = re.compile(r"(?<![\w.-])\d{9}(?![\w.-])")


class Wacht(logging.Handler):
    """Keeps the records that hold what must not be logged, in what the logger was given or in the line it gave."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        opmaak = dict(logs("DEBUG")["formatters"]["json"])
        self.setFormatter(opmaak.pop("()")(**opmaak))
        self.gevonden: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        geschreven = self.format(record)
        gegeven = geschreven if record.name.startswith(_VAN_ANDEREN) else record.getMessage()
        if any(is_bsn(cijfers) for cijfers in _NEGEN_CIJFERS.findall(f"{gegeven} {geschreven}")):
            self.gevonden.append(f"een BSN, door {record.name}: {record.pathname}:{record.lineno}")
        if any(naam in gegeven or naam in geschreven for naam in NAMEN):
            self.gevonden.append(
                f"een naam of wachtwoord, door {record.name}: {record.pathname}:{record.lineno}"
            )


@contextlib.contextmanager
def op_wacht() -> Iterator[Wacht]:
    """Everything passes the root logger; what is shown of it on the console stays what it was."""
    wacht, wortel = Wacht(), logging.getLogger()
    niveau, handlers = wortel.level, [h for h in wortel.handlers if h.level == logging.NOTSET]
    for handler in handlers:
        handler.setLevel(niveau)
    wortel.setLevel(logging.DEBUG)
    wortel.addHandler(wacht)
    try:
        yield wacht
    finally:
        wortel.removeHandler(wacht)
        wortel.setLevel(niveau)
        for handler in handlers:
            handler.setLevel(logging.NOTSET)
