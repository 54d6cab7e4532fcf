"""Who may open a view: said at the view, checked before it runs. A view that says nothing stays shut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from ips_subsidie.toegang.rollen import Rol

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True)
class Poort:
    """`openbaar`: everyone. Else: logged in, and acting in one of `rollen` (None: any role, or none yet)."""

    openbaar: bool = False
    rollen: frozenset[Rol] | None = None


def openbaar(view: V) -> V:
    """Anyone may open this, without logging in."""
    return _met(Poort(openbaar=True), view)


def ingelogd(view: V) -> V:
    """Anyone who is logged in, whatever the role; also who has none."""
    return _met(Poort(), view)


def voor(*rollen: Rol) -> Callable[[V], V]:
    """Only who acts in one of these roles."""
    return lambda view: _met(Poort(rollen=frozenset(rollen)), view)


def gevoelig(view: V) -> V:
    """What this page does asks for a proof of who is there, no older than a quarter of an hour (toegang.drempels)."""
    view.gevoelig = True  # type: ignore[attr-defined]
    return view


def poort_van(view: Callable[..., Any]) -> Poort | None:
    return getattr(view, "poort", None)


def _met(poort: Poort, view: V) -> V:
    view.poort = poort  # type: ignore[attr-defined]
    # Login is checked here; Django's own check must not ask it a second time of a public view.
    view.login_required = False  # type: ignore[attr-defined]
    return view
