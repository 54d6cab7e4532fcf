"""What fails every test of the session: an undefined variable in our templates, a lock that names no table.

Only our own templates and code are held to this: those of Django and other packages rely on both.
"""

import contextlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet
from django.template import engines
from django.template.base import FilterExpression, Node

PROJECT = Path(__file__).resolve().parents[1]
_VANGT_LEEG_OP = {"default", "default_if_none", "yesno"}


class OnbekendeVariabele(AssertionError):
    """A template of ours names a variable that the view did not give."""


class _Nu(threading.local):
    """The node and the expression that this thread is rendering."""

    sjabloon: str = ""
    uitdrukking: FilterExpression | None = None


_nu = _Nu()


class _Ongeldig(str):
    """Django's `string_if_invalid`. It asks its truth first: false means empty, as in production."""

    __slots__ = ()

    def __bool__(self) -> bool:
        uitdrukking = _nu.uitdrukking
        if uitdrukking is None or not _is_eigen(_nu.sjabloon):
            return False
        return not any(filter_.__name__ in _VANGT_LEEG_OP for filter_, _ in uitdrukking.filters)

    def __contains__(self, deel: object) -> bool:
        return deel == "%s"

    def __mod__(self, variabele: object) -> str:  # type: ignore[override]
        raise OnbekendeVariabele(f"{_nu.sjabloon}: onbekende variabele {variabele}")


def _is_eigen(bestand: str) -> bool:
    pad = Path(bestand)
    return pad.is_relative_to(PROJECT) and not pad.is_relative_to(PROJECT / ".venv")


@contextlib.contextmanager
def onbekende_variabele_is_fout(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    teken_node, los_op = Node.render_annotated, FilterExpression.resolve

    def render_annotated(self: Node, context: Any) -> Any:
        vorige, origin = _nu.sjabloon, getattr(self, "origin", None)
        _nu.sjabloon = origin.name if origin and origin.name else vorige
        try:
            return teken_node(self, context)
        finally:
            _nu.sjabloon = vorige

    def resolve(self: FilterExpression, context: Any, ignore_failures: bool = False) -> Any:
        vorige, _nu.uitdrukking = _nu.uitdrukking, self
        try:
            return los_op(self, context, ignore_failures)
        finally:
            _nu.uitdrukking = vorige

    monkeypatch.setattr(Node, "render_annotated", render_annotated)
    monkeypatch.setattr(FilterExpression, "resolve", resolve)
    for motor in engines.all():
        if hasattr(motor, "engine"):
            monkeypatch.setattr(motor.engine, "string_if_invalid", _Ongeldig())
    yield


@contextlib.contextmanager
def slot_zonder_of_is_fout(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`select_for_update()` without `of` also locks what select_related() joins: other people's rows."""
    oorspronkelijk = QuerySet.select_for_update

    def select_for_update(self: QuerySet[Any], *args: Any, **opties: Any) -> QuerySet[Any]:
        frame = sys._getframe(1)
        if frame.f_code.co_filename.endswith("django/db/models/manager.py") and frame.f_back:
            frame = frame.f_back
        if not opties.get("of") and _is_eigen(frame.f_code.co_filename):
            raise AssertionError('select_for_update() zonder of=("self",)')
        return oorspronkelijk(self, *args, **opties)

    monkeypatch.setattr(QuerySet, "select_for_update", select_for_update)
    yield
