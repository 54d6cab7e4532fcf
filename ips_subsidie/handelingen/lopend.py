"""Which act is being carried out now, for what must name it without being told: the grootboek of the budget."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Lopend:
    """The code of the act and the person who does it; None for the system."""

    code: str
    gebruiker_id: UUID | None = None


BUITEN = Lopend("buiten_een_handeling")
_huidig: ContextVar[Lopend] = ContextVar("lopende_handeling", default=BUITEN)


def lopend() -> Lopend:
    """The act of this moment; `BUITEN` where nothing of the register is running."""
    return _huidig.get()


@contextmanager
def als_lopend(code: str, gebruiker_id: UUID | None) -> Iterator[None]:
    """Name what is done within the block."""
    token = _huidig.set(Lopend(code, gebruiker_id))
    try:
        yield
    finally:
        _huidig.reset(token)
