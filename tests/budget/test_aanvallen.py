"""Nobody over-grants: not by SQL as the application's role, not through the ORM. The database refuses."""

import copy
import re
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from budget.models import Boeking, Loting, Pot, Potgrens, Regeling, RegelingVersie, Reservering, Uitzondering
from tests.budget import aanvallen
from tests.budget.hulp import fouten_in_de_boeken, gegeven, sql
from tests.fabriek import NU

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opstelling(blijvend):
    return aanvallen.stel_op()


@pytest.fixture
def wereld(opstelling):
    """The budget under attack; afterwards nobody has more than before, and the books are right."""
    wereld, voor = copy.deepcopy(opstelling), gegeven()
    yield wereld
    assert gegeven() == voor
    assert fouten_in_de_boeken() == []


def geweigerd(opdrachten):
    """What the database said to these, each tried whatever became of the one before."""
    meldingen = []
    for opdracht in opdrachten:
        try:
            with transaction.atomic():
                sql(opdracht)
        except DatabaseError as fout:
            meldingen.append(str(fout))
    return meldingen


@pytest.mark.parametrize("aanval", aanvallen.IN_SQL, ids=lambda aanval: aanval.naam[:70])
def test_met_sql(wereld, aanval):
    meldingen = geweigerd(aanval.opdrachten)
    assert any(re.search(aanval.melding, melding) for melding in meldingen), meldingen


def van(*kenmerken):
    return Reservering.objects.filter(kenmerk__in=kenmerken)


def een(wie, **velden):
    r = Reservering.objects.get(kenmerk=wie)
    for naam, waarde in velden.items():
        setattr(r, naam, waarde)
    return r


def nieuw(kenmerk="X-1", **velden):
    """Another like A-1."""
    velden = {"pk": None, "kenmerk": kenmerk, "persoon": kenmerk.encode(), "volgnr": 10_000_000, **velden}
    r = een("A-1", **velden)
    r.pk = r._meta.pk.get_default()
    r._state.adding = True
    return r


VERLEEND = {"status": "verleend", "verleend_op": NU}
VERLEENVELDEN = ["status", "verleend_op"]
MET_DE_ORM = {
    "create": lambda: nieuw(**VERLEEND).save(force_insert=True),
    "bulk_create": lambda: Reservering.objects.bulk_create(
        [nieuw(f"X-{i}", volgnr=10_000_000 + i, **VERLEEND) for i in range(6)]
    ),
    "bulk_create over bestaande": lambda: Reservering.objects.bulk_create(
        [een("V-1", **VERLEEND)], update_conflicts=True, unique_fields=["id"], update_fields=VERLEENVELDEN
    ),
    "bulk_update van zes": lambda: Reservering.objects.bulk_update(
        [een(f"W-{i}", **VERLEEND) for i in range(1, 7)], VERLEENVELDEN
    ),
    "update van zes": lambda: van("W-1", "W-2", "W-3", "W-4", "W-5", "W-6").update(**VERLEEND),
    "update van alles": lambda: Reservering.objects.update(**VERLEEND),
    "save van een wachtende": lambda: een("W-1", **VERLEEND).save(update_fields=VERLEENVELDEN),
    "save van een afgewezene": lambda: een("V-1", **VERLEEND).save(update_fields=VERLEENVELDEN),
    "save van een vrijgegevene": lambda: een("F-1", **VERLEEND).save(update_fields=VERLEENVELDEN),
    "save van alle velden": lambda: een("W-1", **VERLEEND).save(),
    "save met een andere gemeente": lambda: een(
        "W-1", gemeente_id=een("A-1").gemeente_id, **VERLEEND
    ).save(update_fields=[*VERLEENVELDEN, "gemeente"]),
    "update_or_create": lambda: Reservering.objects.update_or_create(kenmerk="D-1", defaults=VERLEEND),
    "update van de gemeente": lambda: van("G-1").update(gemeente=een("A-1").gemeente_id),
    "update van het bedrag": lambda: van("G-1").update(rijk_cent=F("rijk_cent") - 1),
    "update van de rang": lambda: van("A-3").update(rang_op=F("rang_op") - timedelta(days=2)),
    "update van het lot": lambda: van("T-2").update(rang_lot=1),
    "delete": lambda: van("G-1").delete(),
    "delete van een regeling": lambda: Regeling.objects.filter(code="RUIM-2019").delete(),
    "raw": lambda: list(Reservering.objects.raw("delete from budget_reservering returning *")),
    "pot: update": lambda: Pot.objects.update(verleend_trajecten=F("verleend_trajecten") - 1),
    "pot: save": lambda: Pot(**Pot.objects.filter(soort="totaal").values()[0] | {"grens_trajecten": 99}).save(),
    "pot: create": lambda: Pot.objects.create(regeling=Regeling.objects.first(), soort="totaal", periode="x"),
    "pot: delete": lambda: Pot.objects.all().delete(),
    "pot: select_for_update": lambda: list(Pot.objects.select_for_update(of=("self",))),
    "grens: create": lambda: Potgrens.objects.create(
        pot=Pot.objects.first(), vanaf=NU, trajecten=99, versie=RegelingVersie.objects.first()
    ),
    "boeking: create": lambda: Boeking(**Boeking.objects.values()[0] | {"id": None}).save(),
    "boeking: update": lambda: Boeking.objects.update(trajecten=0),
    "boeking: delete": lambda: Boeking.objects.all()._raw_delete("default"),
    "versie: update": lambda: RegelingVersie.objects.update(grenzen=[]),
    "uitzondering: bevestigd erbij": lambda: Uitzondering.objects.create(
        reservering=een("V-1"), bezwaar_kenmerk="B", beslist_op=NU.date(), motivering="x", voorgesteld_op=NU,
        voorgesteld_door=_mens(0), bevestigd_op=NU, bevestigd_door=_mens(1),
    ),
    "loting: getrokken erbij": lambda: Loting.objects.create(
        regeling=een("T-1").regeling, rang_op=een("T-1").rang_op, deelnemers=["T-1", "T-2"], zaad="z",
        status="getrokken", uitslag=["T-2", "T-1"], voorbereid_op=NU, voorbereid_door=_mens(0), getrokken_op=NU,
        getrokken_door=_mens(1),
    ),
}  # fmt: skip


def _mens(n):
    from ips_subsidie.toegang.models import Gebruiker

    return Gebruiker.objects.order_by("email")[n]


@pytest.mark.parametrize("poging", MET_DE_ORM.values(), ids=MET_DE_ORM)
def test_met_de_orm(wereld, poging):
    with pytest.raises(DatabaseError), transaction.atomic():
        poging()


def kopieer(rij):
    """Send this row with COPY, the fast way in of PostgreSQL."""
    velden = Reservering._meta.concrete_fields
    opdracht = f"copy budget_reservering ({', '.join(f.column for f in velden)}) from stdin"
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(opdracht) as kopie:
        kopie.write_row([getattr(rij, f.attname) for f in velden])


def test_met_copy(wereld):
    rij = nieuw(**VERLEEND)
    with pytest.raises(psycopg.errors.CheckViolation, match="begint in de volgorde"), transaction.atomic():
        kopieer(rij)


def test_geen_functie_van_de_motor_is_te_roepen():
    """Also those that a later migration makes: by default the role may execute what is new."""
    te_roepen = sql(
        "select proname from pg_proc where proname like any (array['budget%', 'aanvragen%']) "
        "and prorettype <> 'trigger'::regtype and has_function_privilege('app', oid, 'execute')"
    )
    assert te_roepen == []


def test_de_aanvallen_zijn_met_velen():
    assert len(aanvallen.IN_SQL) + len(MET_DE_ORM) > 100
    assert len({a.naam for a in aanvallen.IN_SQL}) >= len(aanvallen.IN_SQL) - 1
