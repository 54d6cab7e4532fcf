"""A verband with its people by functie, and a series of overleg made through the acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Lidmaatschap, Organisatie
from ips_subsidie.toegang.rollen import Functie, Rol
from overleg.handelingen import agendapunten, reeksen
from overleg.models import Agendapunt, Bijeenkomst, Reeks
from tests.fabriek import NIJMEGEN, NU, Wereld, doe, maak_actor

EERSTE, LAATSTE = date(2019, 6, 4), date(2019, 7, 30)
WEKEN = 9


def met_functie(
    wereld: Wereld, functie: str, *, code: str = NIJMEGEN, rol: Rol = Rol.GEMEENTEMEDEWERKER
) -> Actor:
    """A person of her own at who acts for this gemeente, with this functie."""
    organisatie = wereld.van_gemeente(code).organisatie
    assert organisatie is not None
    actor = maak_actor(rol, organisatie)
    Lidmaatschap.objects.filter(pk=actor.lidmaatschap_id).update(functie=functie)
    return replace(actor, functie=functie)


def invoer(*deelnemers: Organisatie, **anders: Any) -> dict[str, Any]:
    """What a series needs: every Tuesday at ten, from 4 June up to and including 30 July 2019."""
    return {
        "soort": "vacature", "om_de_weken": 1, "eerste_dag": EERSTE, "laatste_dag": LAATSTE,
        "begint_om": time(10, 0), "duur_minuten": 60, "plaats": "Zaal 3", "link": "",
        "zonder_feestdagen": False, "deelnemers": list(deelnemers),
    } | anders  # fmt: skip


def maak_reeks(
    wereld: Wereld, *deelnemers: Organisatie, beleid: Actor | None = None, nu: datetime = NU, **anders: Any
) -> Reeks:
    """By the verband of Nijmegen, with the instelling of `wereld` unless others are given."""
    return doe(
        reeksen.maken, None, beleid or met_functie(wereld, Functie.BELEID), nu,
        **invoer(*(deelnemers or (wereld.instelling.organisatie,)), **anders),
    )  # fmt: skip


def eerste(reeks: Reeks) -> Bijeenkomst:
    return reeks.bijeenkomsten.earliest("begint_op")


def zet_op_agenda(bijeenkomst: Bijeenkomst, actor: Actor, kenmerk: str, nu: datetime = NU) -> Agendapunt:
    return doe(agendapunten.toevoegen, bijeenkomst, actor, nu, kenmerk=kenmerk, punt="voortgang")
