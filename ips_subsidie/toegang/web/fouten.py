"""Refusals that Django or a view hands out: a page that says what to do."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_mislukt(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too long open, or its session ended; going back keeps what was typed."""
    return render(request, "403_csrf.html", status=403)


def te_vaak(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


def niet_zo(request: HttpRequest, toegestaan: Sequence[str]) -> HttpResponse:
    """This address exists, but not for this method."""
    antwoord = render(request, "405.html", status=405)
    antwoord.headers["Allow"] = ", ".join(toegestaan)
    return antwoord
