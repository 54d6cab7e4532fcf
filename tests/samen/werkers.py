"""Processes that grant at the same time, each with a connection of its own: `python -m tests.samen.werkers`.

It reads one task as JSON from its input, forks the workers, and every worker writes one line of JSON for each thing
that is certain: a grant after its commit, a refusal with its reason. A worker that is killed is replaced.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from multiprocessing import get_context
from typing import Any

import django
from django.conf import settings

# Ended by pg_terminate_backend, the connection is simply gone, waited too long for somebody else: try again.
OPNIEUW = ("57P01", None, "55P03")
GEDULD = 20
VOL = ""  # refused, and left where it was


def meld(**wat: Any) -> None:
    """One line, written at once: lines of two workers never mix."""
    os.write(1, (json.dumps(wat) + "\n").encode())


def werk(taak: dict[str, Any], nummer: int, los: Any) -> None:
    """One worker: the rounds one after the other, all workers at once in each."""
    from django.db import connection

    dobbel = random.Random(f"{taak['zaad']}-{nummer}-{os.getpid() if taak.get('moorden') else ''}")
    stap = {"plaatsen": beslis_plaats, "dossiers": beslis_dossier}[taak["wat"]]
    for regeling in taak["regelingen"]:
        if los is not None:
            connection.ensure_connection()
            los.wait(timeout=60)
        while kies_en_beslis(taak, regeling, dobbel, stap):
            pass
    connection.close()


def kies_en_beslis(
    taak: dict[str, Any], regeling: str, dobbel: random.Random, stap: Callable[..., Any]
) -> bool:
    """Decide one that waits, or the one that goes before it; False when nobody waits any more."""
    from django.db import InterfaceError, OperationalError, connection

    from budget.models import Reservering

    laatste = os.path.exists(taak.get("stop", ""))
    try:
        rij = Reservering.objects.in_volgorde().filter(regeling__code=regeling)
        wie = list(rij.values_list("kenmerk", flat=True))
        kenmerk = dobbel.choice(wie) if wie else ""
        while kenmerk:
            kenmerk = stap(taak, kenmerk)
    except (OperationalError, InterfaceError) as fout:
        taak["geduld"] = taak.get("geduld", GEDULD) - 1
        if getattr(fout.__cause__, "sqlstate", None) not in OPNIEUW or not taak["geduld"]:
            raise
        meld(afgebroken=os.getpid())
        connection.close()
        return True
    taak["geduld"] = GEDULD
    return bool(wie) and not (laatste and kenmerk == VOL)


def beslis_plaats(taak: dict[str, Any], kenmerk: str) -> str | None:
    """Grant it or drop it at the level of the engine; gives the one that must be decided first."""
    from django.db import transaction

    from budget.handelingen import plaatsen
    from budget.models import Reservering
    from ips_subsidie.handelingen.lopend import als_lopend
    from ips_subsidie.handelingen.weigering import HandelingGeweigerd

    nu = datetime.fromisoformat(taak["nu"])

    def van_mij() -> Reservering | None:
        rij = Reservering.objects.select_related("versie").filter(kenmerk=kenmerk, status="in_volgorde")
        return rij.select_for_update(of=("self",), no_key=True).first()

    with als_lopend("test.werker", None):
        try:
            with transaction.atomic():
                reservering = van_mij()
                if reservering is None:
                    return None
                plaatsen.neem_plaats(reservering, nu)
        except HandelingGeweigerd as weigering:
            (reden,) = weigering.redenen
            if not reden.grond:
                return reden.tekst.split()[1]
            if "stop" in taak:
                return VOL
            with transaction.atomic():
                reservering = van_mij()
                if reservering is not None:
                    plaatsen.laat_vallen(reservering, nu, past_niet=True)
            if reservering is not None:
                meld(geweigerd=kenmerk, grond=reden.code)
            return None
    meld(verleend=kenmerk)
    return None


def geweken(weigering: Any) -> bool:
    """Somebody else was first, or was busy with it for too long; a deadlock is neither."""
    oorzaak = getattr(weigering.__cause__, "__cause__", None)
    return "status" in weigering.codes or getattr(oorzaak, "sqlstate", None) == "55P03"


def beslis_dossier(taak: dict[str, Any], kenmerk: str) -> str | None:
    """The same through the acts: toekennen, and afwijzen on the ground that stood in the way."""
    import uuid

    from aanvragen.handelingen import beslissen
    from aanvragen.models import Aanvraag
    from ips_subsidie.handelingen.weigering import HandelingGeweigerd
    from ips_subsidie.kalender.klok import klok_op
    from ips_subsidie.toegang.actor import Actor
    from ips_subsidie.toegang.models import Lidmaatschap

    nu = datetime.fromisoformat(taak["nu"])
    beslisser = Actor.van(
        Lidmaatschap.objects.get(pk=taak["beslissers"][os.getpid() % len(taak["beslissers"])])
    )
    aanvraag = Aanvraag.objects.get(reservering__kenmerk=kenmerk)
    with klok_op(nu):
        try:
            beslissen.toekennen(aanvraag, beslisser, nu=nu, sleutel=uuid.uuid4(), motivering="Goed.")
        except HandelingGeweigerd as weigering:
            reden = weigering.redenen[0]
            if geweken(weigering):
                return None
            if reden.code in ("voorrang", "loting"):
                return reden.tekst.split()[1]
            if not reden.grond:
                raise
            try:
                beslissen.afwijzen(
                    aanvraag, beslisser, nu=nu, sleutel=uuid.uuid4(), gronden=[reden.code], motivering="Vol."
                )
            except HandelingGeweigerd as ander:
                if geweken(ander):
                    return None
                raise
            meld(geweigerd=kenmerk, grond=reden.code)
            return None
    meld(verleend=kenmerk)
    return None


def warm_op(taak: dict[str, Any]) -> None:
    """Load and read once what every worker needs, so that they fight over places and not over the processor."""
    from django.db import connection

    from budget.models import RegelingVersie

    import_module("aanvragen.handelingen.beslissen")

    for versie in RegelingVersie.objects.filter(regeling__code__in=taak["regelingen"]):
        assert versie.inhoud.code in taak["regelingen"]
    connection.close()


def splits(taak: dict[str, Any], nummer: int, los: Any) -> int:
    """A new worker; returns its number in the operating system."""
    pid = os.fork()
    if pid:
        return pid
    try:
        settings.DATABASES["default"]["OPTIONS"]["application_name"] = "werker"
        werk(taak, nummer, los)
    except BaseException as fout:
        meld(fout=f"{type(fout).__name__}: {fout}", waar=traceback.format_exc()[-1500:])
        os._exit(1)
    os._exit(0)


def moeder(taak: dict[str, Any]) -> None:
    """Fork the workers, kill as many as the task says, and wait for all of them."""
    dobbel = random.Random(taak["zaad"])
    warm_op(taak)
    los = None if taak.get("moorden") else get_context("fork").Barrier(taak["werkers"])
    leven = {splits(taak, n, los) for n in range(taak["werkers"])}
    moorden, volgende = taak.get("moorden", 0), time.monotonic() + 0.1
    while leven:
        pid, einde = os.waitpid(-1, os.WNOHANG)
        if pid:
            leven.discard(pid)
            if os.WIFSIGNALED(einde):
                meld(gedood=pid)
                leven.add(splits(taak, pid, los))
        elif moorden and time.monotonic() > volgende:
            moorden, volgende = moorden - 1, time.monotonic() + dobbel.uniform(0.01, 0.12)
            os.kill(dobbel.choice(sorted(leven)), signal.SIGKILL)
        else:
            time.sleep(0.005)
    meld(einde=True)


if __name__ == "__main__":
    opdracht = json.loads(sys.stdin.readline())
    settings.DATABASES["default"]["NAME"] = opdracht["databank"]
    # Not yet "werker": a test that breaks the connections of the workers leaves that of their mother whole.
    settings.DATABASES["default"]["OPTIONS"]["application_name"] = "moeder"
    django.setup()
    moeder(opdracht)
