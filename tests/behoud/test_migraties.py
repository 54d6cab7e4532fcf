"""P24: an update doesn't bring the portal to a stand: no migration holds a lock for long, and none waits for one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from ips_subsidie.lokaal import diensten
from ips_subsidie.reservekopie.databank import van_app, van_eigenaar
from tests.behoud.portaal import PROJECT, omgeving

# The last migration of each app that was released; what comes after it is looked at.
BASIS = {
    "aanvragen": 17, "berichten": 2, "budget": 12, "gemeenten": 3, "handelingen": 2, "kalender": 1, "logboek": 2,
    "opslag": 4, "overleg": 1, "toegang": 4,
}  # fmt: skip
# The connection of the owner sets lock_timeout (settings.diensten); the rest is how Django writes.
STIJL = (
    "require-lock-timeout", "require-statement-timeout", "prefer-text-field", "prefer-bigint-over-smallint",
    "prefer-bigint-over-int", "ban-drop-default",
)  # fmt: skip
# Of the release before the first real dossier: a table that is locked holds nobody up yet.
UITZONDERINGEN = {
    "aanvragen.0020_inzage_en_intrekken": {"constraint-missing-not-valid", "ban-drop-constraint"},
    "aanvragen.0021_rijrechten": {
        "constraint-missing-not-valid", "adding-foreign-key-constraint", "disallowed-unique-constraint",
    },
    # Every line of the logboek is written anew, to get its place in its chain: a moment without writing is meant.
    "logboek.0003_keten": {
        "constraint-missing-not-valid", "adding-not-nullable-field", "disallowed-unique-constraint",
    },
}  # fmt: skip
SQUAWK = Path(sys.executable).with_name("squawk")


def bezwaren(sql: str) -> set[str]:
    """The rules that this SQL breaks, within one transaction on PostgreSQL 18."""
    argv = [str(SQUAWK), "--reporter", "json", "--assume-in-transaction", "--pg-version", "18.0"]
    argv += ["--stdin-filepath", "migratie.sql", *(f"--exclude={regel}" for regel in STIJL)]
    uit = subprocess.run(argv, input=sql, capture_output=True, text=True, check=False)
    assert uit.returncode in (0, 1), uit.stderr
    return {bevinding["rule_name"] for bevinding in json.loads(uit.stdout)}


@pytest.mark.django_db
def test_geen_migratie_houdt_een_slot_lang_vast() -> None:
    """P24: squawk finds nothing in what came after the last release, but for what is named above."""
    lader = MigrationLoader(connection, replace_migrations=False)
    gevonden, bekeken = {}, 0
    for app, naam in sorted(lader.graph.nodes):
        if app in BASIS and int(naam[:4]) > BASIS[app]:
            sql = "\n".join(lader.collect_sql([(lader.graph.nodes[app, naam], False)]))
            bekeken += 1
            bezwaar = bezwaren(sql) - UITZONDERINGEN.get(f"{app}.{naam}", set()) if sql else set()
            if bezwaar:
                gevonden[f"{app}.{naam}"] = bezwaar
    print(f"{bekeken} migraties bekeken")
    assert gevonden == {}
    assert bekeken >= 13, "een keuring die niets bekijkt keurt niets"


@pytest.mark.parametrize(
    ("sql", "bezwaar"),
    [
        ("CREATE INDEX x ON aanvragen_aanvraag (kenmerk);", "require-concurrent-index-creation"),
        ("ALTER TABLE aanvragen_aanvraag ADD COLUMN x integer NOT NULL;", "adding-required-field"),
        ("ALTER TABLE aanvragen_aanvraag ALTER COLUMN kenmerk TYPE text;", "changing-column-type"),
        ("ALTER TABLE aanvragen_aanvraag RENAME COLUMN kenmerk TO nummer;", "renaming-column"),
        ("ALTER TABLE aanvragen_aanvraag DROP COLUMN kenmerk;", "ban-drop-column"),
        ("ALTER TABLE aanvragen_aanvraag ADD CONSTRAINT x CHECK (true);", "constraint-missing-not-valid"),
        ("ALTER TABLE aanvragen_aanvraag ADD CONSTRAINT x UNIQUE (kenmerk);", "disallowed-unique-constraint"),
    ],
)
def test_de_keuring_ziet_wat_stilzet(sql: str, bezwaar: str) -> None:
    assert bezwaar in bezwaren(sql)


def migreer(*argv: str) -> subprocess.CompletedProcess[str]:
    eigen = omgeving(
        DJANGO_SETTINGS_MODULE="tests.behoud.migratie_instellingen",
        DATABASE_EIGENAAR_URL=van_eigenaar().url(),
    )
    return subprocess.run(
        [sys.executable, "manage.py", "migrate", "proefapp", *argv], cwd=PROJECT, env=eigen, check=False,
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def kolommen() -> set[str]:
    with van_eigenaar().verbind() as verbinding:
        vraag = (
            "SELECT attname FROM pg_attribute WHERE attrelid = 'toegang_organisatie'::regclass AND attnum > 0"
        )
        return {naam for (naam,) in verbinding.execute(vraag).fetchall()}


class Lezer:
    """Somebody who goes on reading the table, and knows the longest wait in seconds."""

    def __init__(self) -> None:
        self.langst, self.keren, self._klaar = 0.0, 0, threading.Event()
        self.draad = threading.Thread(target=self._lees)

    def _lees(self) -> None:
        with van_app().verbind(autocommit=True) as verbinding:
            while not self._klaar.is_set():
                begin = time.monotonic()
                verbinding.execute("SELECT naam FROM toegang_organisatie LIMIT 1").fetchall()
                self.langst, self.keren = max(self.langst, time.monotonic() - begin), self.keren + 1
                time.sleep(0.02)

    def stop(self) -> None:
        self._klaar.set()
        self.draad.join()


@pytest.mark.samen
@pytest.mark.django_db(transaction=True)
def test_een_migratie_geeft_op_en_laat_niemand_staan() -> None:
    """P24: under a transaction that stays open it ends by itself; who reads meanwhile waits no longer than that."""
    lezer = Lezer()
    try:
        with van_app().verbind() as open_transactie:
            open_transactie.execute("SELECT naam FROM toegang_organisatie LIMIT 1")
            lezer.draad.start()
            uit = migreer()
            lezer.stop()
        assert uit.returncode != 0
        assert "lock timeout" in uit.stderr
        assert "proef" not in kolommen()
        print(f"{lezer.keren} keer gelezen, de langste wachttijd {lezer.langst:.2f} s")
        assert 1.0 < lezer.langst < 4.0, "hij stond in de rij, en kort"
        assert migreer().returncode == 0
        assert "proef" in kolommen()
    finally:
        lezer.stop()
        assert migreer("zero").returncode == 0
    assert "proef" not in kolommen()


@pytest.mark.django_db
def test_geen_vraag_duurt_eindeloos() -> None:
    """P22: the role of the site ends a statement, a wait for a lock and a transaction in which nothing happens."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, current_setting('statement_timeout'), current_setting('lock_timeout'),"
            " current_setting('idle_in_transaction_session_timeout')"
        )
        assert cursor.fetchone() == ("app", "15s", "5s", "30s")


def test_de_grenzen_zijn_overal_dezelfde() -> None:
    """Locally, in the tests and in compose: the same lines."""
    regel = re.compile(r"alter role app set .*;")
    in_compose = regel.findall((PROJECT / "deploy/postgres-init.sh").read_text())
    assert len(in_compose) == 3
    assert regel.findall(diensten._ROLLEN) == in_compose


@pytest.mark.samen
@pytest.mark.django_db(transaction=True)
def test_de_grenzen_werken() -> None:
    """P22: really, as the role `app`: the wait for a lock ends after five seconds."""
    with van_eigenaar().verbind() as houder, van_app().verbind(autocommit=True) as wachter:
        houder.execute("LOCK TABLE toegang_organisatie IN ACCESS EXCLUSIVE MODE")
        begin = time.monotonic()
        with pytest.raises(psycopg.errors.LockNotAvailable):
            wachter.execute("SELECT count(*) FROM toegang_organisatie")
        assert 4.5 < time.monotonic() - begin < 8
