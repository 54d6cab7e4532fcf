"""Visiting pages as somebody, and sending what a browser would send."""

from __future__ import annotations

from typing import Any

from django.test import Client

from ips_subsidie.toegang.actor import Actor


def als(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.gebruiker)
    return client


def formulierdata(antwoord: Any) -> dict[str, str]:
    """What a browser would send of a form that was just shown: its hidden fields."""
    formulier = antwoord.context["formulier"]
    verborgen = {"sleutel": str(formulier["sleutel"].value())}
    versie = formulier["versie"].value()
    return verborgen | ({"versie": str(versie)} if versie is not None else {})
