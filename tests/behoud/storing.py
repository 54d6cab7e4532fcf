"""A way to a service that can be disturbed: TCP in front, the real service behind it (by address or socket)."""

from __future__ import annotations

import contextlib
import enum
import select
import socket
import threading
import time
from types import TracebackType

_HAP = 65536
_TRAAG = 0.1


class Wijze(enum.Enum):
    """What happens to who comes by. SLIK passes on what is asked and keeps what is answered: a lost reply."""

    DOOR = "door"
    HANG = "hang"
    TRAAG = "traag"
    KAP = "kap"
    WEIGER = "weiger"
    SLIK = "slik"


class Storing:
    """`with Storing(doel) as weg:` listens on 127.0.0.1 at `weg.poort`; `weg.zet(Wijze.HANG)` disturbs."""

    def __init__(self, doel: str | tuple[str, int]) -> None:
        self.doel, self.wijze = doel, Wijze.DOOR
        self._luister = self._open(0)
        self.poort: int = self._luister.getsockname()[1]
        self._stop, self._slot = threading.Event(), threading.Lock()
        self._paren: set[tuple[socket.socket, socket.socket]] = set()
        self.verbindingen = 0
        self._draad = threading.Thread(target=self._neem_aan, daemon=True)

    @staticmethod
    def _open(poort: int) -> socket.socket:
        luister = socket.socket()
        luister.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        luister.bind(("127.0.0.1", poort))
        luister.listen(64)
        return luister

    def __enter__(self) -> Storing:
        self._draad.start()
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self._stop.set()
        self._luister.close()
        self._kap()
        self._draad.join(5)

    def zet(self, wijze: Wijze) -> None:
        """From now on; going back to DOOR ends what still hung, as a network that comes back does."""
        vorige, self.wijze = self.wijze, wijze
        if wijze is Wijze.WEIGER:
            # shutdown as well: a thread that waits in accept would keep the port open.
            with contextlib.suppress(OSError):
                self._luister.shutdown(socket.SHUT_RDWR)
            self._luister.close()
        elif vorige is Wijze.WEIGER:
            self._luister = self._open(self.poort)
        if wijze in (Wijze.KAP, Wijze.WEIGER) or (wijze is Wijze.DOOR and vorige in (Wijze.HANG, Wijze.SLIK)):
            self._kap()

    def _kap(self) -> None:
        with self._slot:
            for paar in self._paren:
                for kant in paar:
                    with contextlib.suppress(OSError):
                        kant.shutdown(socket.SHUT_RDWR)

    def _neem_aan(self) -> None:
        while not self._stop.is_set():
            try:
                klant, _ = self._luister.accept()
            except OSError:
                time.sleep(0.02)
                continue
            self.verbindingen += 1
            if self.wijze is Wijze.KAP:
                klant.close()
                continue
            threading.Thread(target=self._bedien, args=(klant,), daemon=True).start()

    def _bedien(self, klant: socket.socket) -> None:
        try:
            dienst = self._bel()
        except OSError:
            klant.close()
            return
        paar = (klant, dienst)
        with self._slot:
            self._paren.add(paar)
        try:
            self._pomp(klant, dienst)
        finally:
            with self._slot:
                self._paren.discard(paar)
            for kant in paar:
                kant.close()

    def _bel(self) -> socket.socket:
        if isinstance(self.doel, tuple):
            return socket.create_connection(self.doel, 5)
        dienst = socket.socket(socket.AF_UNIX)
        dienst.connect(self.doel)
        return dienst

    def _pomp(self, klant: socket.socket, dienst: socket.socket) -> None:
        while not self._stop.is_set():
            if self.wijze is Wijze.HANG:
                time.sleep(0.02)
                if _weg(klant) or _weg(dienst):
                    return
                continue
            klaar, _, _ = select.select([klant, dienst], [], [], 0.1)
            try:
                if not all(self._geef_door(bron, klant, dienst) for bron in klaar):
                    return
            except OSError:
                return

    def _geef_door(self, bron: socket.socket, klant: socket.socket, dienst: socket.socket) -> bool:
        """One piece to the other side; False when this side is done."""
        if self.wijze is Wijze.HANG:
            return True
        stuk = bron.recv(_HAP)
        if self.wijze is Wijze.TRAAG:
            time.sleep(_TRAAG)
        if bron is klant:
            dienst.sendall(stuk)
        elif self.wijze is not Wijze.SLIK:
            klant.sendall(stuk)
        return bool(stuk)


def _weg(kant: socket.socket) -> bool:
    """Was this side closed? Without taking anything from it."""
    with contextlib.suppress(BlockingIOError):
        try:
            return kant.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except ConnectionError:
            return True
    return False
