"""Small helpers: a page without a database, and HTML that can be asked for its inputs and links."""

from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory


def geen_navigatie(request: HttpRequest) -> list[dict[str, Any]]:
    return [{"titel": "Overzicht", "url": "/", "actief": True, "aantal": 3}]


def verzoek(pad: str = "/") -> HttpRequest:
    request = RequestFactory().get(pad)
    request.user = AnonymousUser()
    return request


def teken(sjabloon: str, **context: Any) -> str:
    return Template(sjabloon).render(Context(context)).strip()


def crispy(formulier: Any, **context: Any) -> str:
    return teken("{% load crispy_forms_tags %}{% crispy f %}", f=formulier, **context)


class Elementen(HTMLParser):
    """Every element with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.alle: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.alle.append((tag, dict(attrs)))

    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _, attrs in self.alle if attrs.get("id")]

    def van(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for naam, attrs in self.alle if naam == tag]
