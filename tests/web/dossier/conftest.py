from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.actor import Actor
from tests import fabriek


@pytest.fixture
def wereld(db: None) -> fabriek.Wereld:
    return fabriek.maak_wereld()


@pytest.fixture(autouse=True)
def _op_de_dag_zelf() -> Iterator[datetime]:
    with klok_op(fabriek.NU):
        yield fabriek.NU


def als(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.gebruiker)
    return client


@pytest.fixture
def client(wereld: fabriek.Wereld) -> Client:
    """The behandelaar of the instelling of this world."""
    return als(wereld.behandelaar)


def formulierdata(antwoord: Any) -> dict[str, str]:
    """What a browser would send of a form that was just shown: its hidden fields."""
    formulier = antwoord.context["formulier"]
    verborgen = {"sleutel": str(formulier["sleutel"].value())}
    versie = formulier["versie"].value()
    return verborgen | ({"versie": str(versie)} if versie is not None else {})
