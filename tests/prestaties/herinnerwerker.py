"""The processes of `herinneringen.py`: `python -m tests.prestaties.herinnerwerker OPDRACHT [AANTAL]`, one line of JSON.

maak AANTAL      that many trajecten, one in ten of which is due
herinner         what the worker does at night, and the memory that it took
per_rij AANTAL   the same for so many, row by row
pagina           what the page of all that is due costs an instelling
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from datetime import date, datetime, timedelta
from typing import Any

import django
import psycopg

EEN_OP, INSTELLINGEN = 10, 50
# Every index on it is made again when it is full: as much work for the disk as in a year, in a minute.
_TABELLEN = ("aanvragen_aanvraag", "aanvragen_traject")
_INDEXEN = """
SELECT schemaname || '.' || quote_ident(indexname), indexdef FROM pg_indexes
WHERE tablename = %s AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""


def moment() -> datetime:
    from tests.fabriek import NU

    return NU + timedelta(days=650)


def maak(aantal: int) -> dict[str, Any]:
    """Copies of one dossier with its traject, spread over instellingen, as the superuser and without triggers."""
    from aanvragen.models import Aanvraag, Traject
    from ips_subsidie.toegang.rollen import Rol
    from tests import fabriek
    from tests.prestaties.veel import kopieer

    wereld = fabriek.maak_wereld()
    traject = fabriek.gestart(wereld, route="uwv")
    instellingen = []
    for _ in range(INSTELLINGEN):
        anders = wereld.bij_andere_instelling()
        anders.lid(anders.instelling.organisatie, Rol.INSTELLINGSBEHEERDER)
        instellingen.append(anders.instelling.pk)
    with psycopg.connect(os.environ["IPS_BEHEER_URL"]) as verbinding, verbinding.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        weg = [rij for tabel in _TABELLEN for rij in cursor.execute(_INDEXEN, [tabel]).fetchall()]
        for tabel in _TABELLEN:
            cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
        for naam, _ in weg:
            cursor.execute(f"DROP INDEX {naam}")
        cursor.execute(
            "CREATE TEMP TABLE kopie AS SELECT g, gen_random_uuid() a, gen_random_uuid() t, gen_random_uuid() r, "
            "'K' || g AS kenmerk, (%s::bigint[])[1 + (g / %s) %% %s] AS instelling FROM generate_series(1, %s) g",
            [instellingen, EEN_OP, INSTELLINGEN, aantal - 1],
        )
        kopieer(cursor, Aanvraag, traject.aanvraag_id, {
            "id": "k.a", "kenmerk": "k.kenmerk", "reservering_id": "k.r", "instelling_id": "k.instelling",
        })  # fmt: skip
        kopieer(cursor, Traject, traject.pk, {
            "id": "k.t", "aanvraag_id": "k.a", "laatste_dag": f"o.laatste_dag + mod(g, {EEN_OP}) * 400",
        })  # fmt: skip
        for _, opdracht in weg:
            cursor.execute(opdracht)
        verbinding.commit()
        verbinding.autocommit = True
        cursor.execute("VACUUM ANALYZE")
    return {"trajecten": Traject.objects.count()}


def herinner() -> dict[str, Any]:
    """The task of the night, a second time, and the expansion into mails."""
    from aanvragen.tasks import herinner as taak
    from ips_subsidie.berichten import bezorgen
    from ips_subsidie.berichten.models import Bericht, Verzending
    from ips_subsidie.berichten.uitbak import zonder_haast
    from ips_subsidie.kalender.klok import klok_op

    begin_mb = _geheugen()
    # No broker here: finding out that there is none would take longer than the work.
    with klok_op(moment()), zonder_haast():
        eerste, tweede = _duur(taak), _duur(taak)
        uitzetten = _duur(_zet_alles_uit)
    return {
        "berichten": Bericht.objects.count(), "mails": Verzending.objects.count(), "s": eerste, "opnieuw_s": tweede,
        "uitzetten_s": uitzetten, "begin_mb": begin_mb, "mb": _geheugen(), "partij": bezorgen.PARTIJ,
    }  # fmt: skip


def _zet_alles_uit() -> None:
    from ips_subsidie.berichten import bezorgen

    while bezorgen.zet_uit(moment()):
        pass


def per_rij(aantal: int) -> dict[str, Any]:
    """As it would be written without thought: read, look whether it was done, write; each its own transaction."""
    from aanvragen.models import Herinnering, Traject
    from ips_subsidie.berichten.uitbak import plaats, zonder_haast
    from ips_subsidie.kalender.klok import datum_van
    from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN

    nu = moment()
    dag: date = datum_van(nu)
    te_melden = Traject.objects.filter(
        status="gestart", laatste_dag__range=(dag, dag + timedelta(days=180)), aanvraag__status="toegekend"
    )
    # Drawn from all that is due, outside the time: the first ones lie side by side on the disk.
    gekozen = list(te_melden.order_by("pk").values_list("pk", flat=True)[:aantal])
    trajecten = te_melden.filter(pk__in=gekozen).select_related("aanvraag__instelling")

    def doe() -> None:
        with zonder_haast():
            for traject in trajecten:
                _, nieuw = Herinnering.objects.get_or_create(
                    soort="per_rij", onderwerp_id=traject.pk, termijn=traject.laatste_dag, mijlpaal=180,
                    defaults={"gedaan_op": nu},
                )  # fmt: skip
                if nieuw:
                    plaats(
                        [traject.aanvraag.instelling.organisatie_id], INSTELLINGSROLLEN, soort="per_rij", titel="x",
                        pad="/", onderwerp_id=str(traject.aanvraag_id), nu=nu,
                    )  # fmt: skip

    return {"s": _duur(doe), "aantal": aantal}


def pagina(_: int = 0) -> dict[str, Any]:
    """The median in ms of the page, in each order, for an instelling with one in INSTELLINGEN of all trajecten."""
    from django.test import Client

    from ips_subsidie.kalender.klok import klok_op
    from ips_subsidie.toegang.models import Lidmaatschap
    from ips_subsidie.toegang.rollen import Rol

    leden = (
        Lidmaatschap.objects.filter(rol=Rol.INSTELLINGSBEHEERDER).select_related("gebruiker").order_by("pk")
    )
    uit = {}
    with klok_op(moment()):
        for op in ("dag", "soort", "kenmerk"):
            client = Client()
            client.force_login(leden[0].gebruiker)
            tijden = []
            for _n in range(9):
                begin = time.perf_counter()
                antwoord = client.get("/aanvragen/termijnen/", {"op": op})
                tijden.append((time.perf_counter() - begin) * 1000)
                assert antwoord.status_code == 200
                assert antwoord.content.decode().count('data-kop="Kenmerk"') == 25
            uit[op] = statistics.median(tijden[1:])
    return uit


def _duur(doe: Any) -> float:
    begin = time.perf_counter()
    doe()
    return time.perf_counter() - begin


def _geheugen() -> float:
    """The most this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    django.setup()
    opdrachten: dict[str, Any] = {"maak": maak, "herinner": herinner, "per_rij": per_rij, "pagina": pagina}
    print(json.dumps(opdrachten[sys.argv[1]](*(int(a) for a in sys.argv[2:]))))
