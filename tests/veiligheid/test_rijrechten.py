"""P5: the database holds even when the code forgets. Every question here is asked without a scope, on purpose."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from celery import shared_task
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import DatabaseError

from aanvragen.models import (
    Aanvraag,
    Bijlage,
    Deelnemer,
    Gespreksbericht,
    Handtekening,
    Noodtoegang,
    Toestemming,
    Voordracht,
)
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rijrechten import Blik, als_systeem, met_blik
from ips_subsidie.toegang.rollen import Rol
from tests import databank, fabriek
from tests.veiligheid.vol import vul

# Tables of this app that are about no client: the register of instellingen, and of outages.
NIET_VAN_EEN_DOSSIER = {"GgzInstelling", "IpsErkenning", "Erkenninglijst", "Storing"}
# Tables of other apps that point at a dossier, and why the database shows all their rows.
ELDERS = {"overleg.Agendapunt": "who takes part in the overleg sees that there is a point, not whose"}
# What says who it is, or what somebody told: beheer needs a noodtoegang for it.
PERSONEN = {
    "Deelnemer", "Behandeling", "Brief", "BriefBestand", "Bezwaar", "Handtekening", "Gespreksbericht", "Voordracht",
}  # fmt: skip
TABELLEN = [
    m for m in apps.get_app_config("aanvragen").get_models() if m.__name__ not in NIET_VAN_EEN_DOSSIER
]


def _pad(model: type[models.Model]) -> str:
    """The lookup from a row to its dossier."""
    velden = {veld.name for veld in model._meta.get_fields()}
    if "aanvraag" in velden:
        return "aanvraag"
    return "traject__aanvraag" if "traject" in velden else "brief__aanvraag"


@pytest.fixture
def wereld(db: None) -> Iterator[fabriek.Wereld]:
    with klok_op(fabriek.NU):
        wereld = fabriek.maak_wereld()
        vul(wereld, fabriek.NIJMEGEN)
        vul(wereld.bij_andere_instelling(), fabriek.ARNHEM)
        yield wereld


@pytest.fixture
def klein(db: None) -> Iterator[fabriek.Wereld]:
    """One dossier, sent in."""
    with klok_op(fabriek.NU):
        wereld = fabriek.maak_wereld()
        fabriek.ingediend(wereld)
        yield wereld


def _actoren(wereld: fabriek.Wereld) -> dict[str, Actor]:
    return {
        "instelling": wereld.behandelaar,
        "andere instelling": wereld.bij_andere_instelling().behandelaar,
        "gemeente": wereld.van_gemeente(fabriek.NIJMEGEN),
        "andere gemeente": wereld.van_gemeente(fabriek.ARNHEM),
        "vreemde gemeente": wereld.lid(wereld.gemeente("0363").organisatie, Rol.GEMEENTEMEDEWERKER),
        "uwv": wereld.beoordelaar,
        "ministerie": wereld.met(Rol.MINISTERIE),
    }


def _mag(model: type[Any], actor: Actor) -> set[Any]:
    """What the rules of the pages let this actor see of this table, asked as the system."""
    alles = model._default_manager.all()
    if model.__name__ in ("Aanvraag", "Voordracht"):
        return set(alles.zichtbaar_voor(actor).values_list("pk", flat=True))
    if model.__name__ == "Herinnering":
        return set()
    if model is Gespreksbericht:
        alles = alles.leesbaar_voor(actor)
    dossiers = Aanvraag.objects.zichtbaar_voor(actor)
    return set(alles.filter(**{f"{_pad(model)}__in": dossiers}).values_list("pk", flat=True))


def _ziet(model: type[Any]) -> set[Any]:
    return set(model._base_manager.values_list("pk", flat=True))


def test_P5_elke_tabel_van_een_dossier_heeft_rijrechten(db: None) -> None:
    """A new model that hangs on a dossier fails here until it has its policy."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, count(p.oid) FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid"
            " WHERE c.relrowsecurity GROUP BY 1"
        )
        beleid = dict(cursor.fetchall())
    zonder = [m._meta.label for m in TABELLEN if not beleid.get(m._meta.db_table)]
    assert zonder == []
    elders = {
        m._meta.label
        for m in apps.get_models()
        for veld in m._meta.get_fields()
        if m._meta.app_label != "aanvragen" and veld.many_to_one and veld.related_model in TABELLEN
    }
    assert elders == set(ELDERS)


def test_P5_wie_ongericht_vraagt_ziet_alleen_het_eigene(wereld: fabriek.Wereld) -> None:
    """Every table as every party: exactly the rows that the pages would show, 0 foreign ones; as nobody: 0 rows."""
    gezien = 0
    for naam, actor in _actoren(wereld).items():
        for model in TABELLEN:
            mag, alles = _mag(model, actor), _ziet(model)
            assert alles, f"{model.__name__} is leeg: deze toets zegt daar niets van"
            with transaction.atomic(), met_blik(Blik.van(actor, fabriek.NU)):
                ziet = _ziet(model)
            assert ziet == mag, (
                f"{model.__name__} als {naam}: {len(ziet - mag)} vreemd, {len(mag - ziet)} kwijt"
            )
            gezien += len(ziet)
    assert gezien > 100
    _niemand_ziet_iets()
    _beheer_ziet_niet_wie(wereld)
    _schrijven_bij_een_ander_kan_niet(wereld)


def _niemand_ziet_iets() -> None:
    for blik in (Blik(), Blik(partij="onbekend"), Blik(partij="instelling"), Blik(partij="gemeente")):
        with transaction.atomic(), met_blik(blik):
            assert {m.__name__: len(_ziet(m)) for m in TABELLEN if _ziet(m)} == {}


def _beheer_ziet_niet_wie(wereld: fabriek.Wereld) -> None:
    beheerder = wereld.met(Rol.BEHEERDER)
    with transaction.atomic(), met_blik(Blik.van(beheerder, fabriek.NU)):
        zichtbaar = {m.__name__ for m in TABELLEN if _ziet(m)}
    assert {m.__name__ for m in TABELLEN} - zichtbaar == PERSONEN


def test_P5_een_noodtoegang_opent_een_dossier_voor_een_beheerder_zolang_hij_duurt(
    klein: fabriek.Wereld,
) -> None:
    wereld = klein
    beheerder = wereld.met(Rol.BEHEERDER)
    ander = wereld.collega(beheerder)
    wie = Deelnemer.objects.first()
    assert wie is not None
    open_ = Noodtoegang.objects.create(
        aanvraag=wie.aanvraag, gebruiker=beheerder.persoon, grond="storing", reden="een fout oplossen",
        begonnen_op=fabriek.NU, tot=fabriek.NU + timedelta(minutes=30),
    )  # fmt: skip
    verwacht = [
        (beheerder, 0, {wie.pk}), (beheerder, 29, {wie.pk}), (beheerder, 30, set()), (beheerder, -1, set()),
        (ander, 5, set()),
    ]  # fmt: skip
    for actor, minuut, ziet in verwacht:
        with transaction.atomic(), met_blik(Blik.van(actor, fabriek.NU + timedelta(minutes=minuut))):
            assert _ziet(Deelnemer) == ziet, (actor, minuut)
    open_.beeindigd_op = fabriek.NU + timedelta(minutes=10)
    open_.save(update_fields=["beeindigd_op"])
    with transaction.atomic(), met_blik(Blik.van(beheerder, fabriek.NU + timedelta(minutes=11))):
        assert _ziet(Deelnemer) == set()


def _weigert(actor: Actor, doe: Any) -> str:
    try:
        with transaction.atomic(), met_blik(Blik.van(actor, fabriek.NU)):
            gedaan = doe()
    except DatabaseError as fout:
        return str(fout).split("\n")[0]
    return f"{gedaan} rijen" if gedaan is not None else ""


def _schrijven_bij_een_ander_kan_niet(wereld: fabriek.Wereld) -> None:
    """UPDATE and DELETE find 0 rows; an INSERT, or handing a row to oneself or another, is refused."""
    actor = wereld.behandelaar
    vreemd = Aanvraag.objects.exclude(instelling=wereld.instelling).exclude(ontvangen_op=None).first()
    eigen = Aanvraag.objects.filter(instelling=wereld.instelling).first()
    assert vreemd is not None
    assert eigen is not None
    toestemming = Toestemming.objects.filter(aanvraag=vreemd).first()
    assert toestemming is not None
    nieuw = _voordracht()
    beleid = "new row violates row-level security policy"
    andere = vreemd.instelling
    assert _weigert(actor, lambda: Aanvraag.objects.filter(pk=vreemd.pk).update(toelichting="x")) == "0 rijen"
    assert _weigert(actor, lambda: Deelnemer.objects.filter(aanvraag=vreemd).delete()[0]) == "0 rijen"
    assert beleid in _weigert(actor, lambda: Aanvraag.objects.filter(pk=eigen.pk).update(instelling=andere))
    toestemming.pk, toestemming.status = None, "verlopen"
    toestemming._state.adding = True
    assert beleid in _weigert(actor, toestemming.save)
    _wijst_niet_naar_een_ander(eigen)
    assert beleid in _weigert(wereld.met(Rol.MINISTERIE), lambda: Voordracht.objects.create(**nieuw))


def _wijst_niet_naar_een_ander(eigen: Aanvraag) -> None:
    """A part of one dossier points at no part of another: the keys are composite."""
    bijlage = Bijlage.objects.exclude(aanvraag=eigen).first()
    assert bijlage is not None
    gezet = Handtekening(
        aanvraag=eigen, wijze="bestand", naam="x", tekst="x", inhoud_hash="0" * 64, gezet_op=fabriek.NU,
        vastgelegd_door=eigen.aangemaakt_door, bijlage=bijlage, vervallen_op=fabriek.NU,
    )  # fmt: skip
    assert databank.weigert(gezet.save) == "handtekening_bijlage_van_dossier"


def _voordracht() -> dict[str, Any]:
    een = Voordracht.objects.values(
        "gemeente_id", "organisatie_id", "instelling_id", "voorletters", "geboortedatum", "uitkering", "akkoord_op",
        "contact_naam", "gedaan_op", "gedaan_door_id",
    )[0]  # fmt: skip
    return {**een, "achternaam": "Nieuw", "bsn": fabriek.bsn(99)}


def test_als_systeem_geldt_binnen_het_blok_en_ook_na_een_fout_niet_langer(klein: fabriek.Wereld) -> None:
    with transaction.atomic(), met_blik(Blik()):
        with als_systeem():
            assert Aanvraag.objects.exists()
        assert not Aanvraag.objects.exists()
        with pytest.raises(ValueError, match="midden"), als_systeem():
            raise ValueError("midden")
        assert not Aanvraag.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic(), als_systeem(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert not Aanvraag.objects.exists()
    assert Aanvraag.objects.exists()


def test_een_blik_geldt_niet_zonder_transactie() -> None:
    class _Los:
        in_atomic_block = False

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("ips_subsidie.toegang.rijrechten.connection", _Los())
        with pytest.raises(RuntimeError, match="per transactie"), met_blik(Blik()):
            pass


@pytest.mark.django_db(transaction=True)
def test_P5_een_gehouden_verbinding_onthoudt_niets() -> None:
    """The next transaction on the same connection is nobody again, as behind a pool; so is the next after a crash."""
    with klok_op(fabriek.NU):
        wereld = fabriek.maak_wereld()
        fabriek.ingediend(wereld)
        gezien: list[int] = []
        tel = "SELECT count(*) FROM aanvragen_aanvraag"
        zet = "SELECT set_config('ips.partij', 'systeem', true)"

        # A connection as the web opens it: without the option that makes it the system's.
        lijn = connection.copy()
        opties = {n: w for n, w in lijn.settings_dict["OPTIONS"].items() if n != "options"}
        lijn.settings_dict = {**lijn.settings_dict, "OPTIONS": opties}
        try:
            with lijn.cursor() as cursor:
                for stap in (tel, "BEGIN", zet, tel, "COMMIT", tel, "BEGIN", zet, tel, "ROLLBACK", tel):
                    cursor.execute(stap)
                    if stap is tel:
                        gezien.append(cursor.fetchone()[0])
        finally:
            lijn.close()
        assert gezien == [0, 1, 0, 1, 0]


@shared_task
def _tel_dossiers() -> int:
    return Aanvraag.objects.count()


@pytest.mark.django_db(transaction=True)
def test_P5_een_taak_zonder_naam_ziet_niets() -> None:
    """A Celery task in a process that nobody made the system finds 0 rows; in a worker it finds them all."""
    with klok_op(fabriek.NU):
        fabriek.ingediend(fabriek.maak_wereld())
    geteld: dict[str, int] = {}

    def werker(naam: str, opties: str) -> None:
        connection.settings_dict = {
            **connection.settings_dict,
            "OPTIONS": {**connection.settings_dict["OPTIONS"], "options": opties},
        }
        try:
            geteld[naam] = _tel_dossiers.apply().get()
        finally:
            connection.close()

    for naam, opties in (("zonder", ""), ("worker", "-c ips.partij=systeem")):
        draad = threading.Thread(target=werker, args=(naam, opties))
        draad.start()
        draad.join()
    assert geteld == {"zonder": 0, "worker": 1}


def test_P5_de_eigenaar_is_niet_gebonden(db: None) -> None:
    """The backup and the functions across dossiers see everything; nothing is FORCEd."""
    with databank.eigenaar() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity")
        assert cursor.fetchall() == []


_TOON = "from django.db import connection; print(connection.settings_dict['OPTIONS'].get('options', ''))"
_WORKER = (
    "import ips_subsidie; from celery.signals import {s} as s; "
    "s.send(sender='x', instance=None, conf={{}}, options={{}}); "
)


@pytest.mark.parametrize(
    ("begin", "partij", "ziet"),
    [
        (_WORKER.format(s="celeryd_init"), "", "systeem"),
        (_WORKER.format(s="beat_init"), "", "systeem"),
        ("import ips_subsidie.wsgi; ", "systeem", ""),
        ("", "", ""),
    ],
    ids=["worker", "beat", "web", "niemand"],
)
def test_P5_een_proces_is_wie_het_hoort_te_zijn(begin: str, partij: str, ziet: str) -> None:
    """Worker and beat are the system though nobody said so; the web isn't though somebody did."""
    uit = subprocess.run(
        [sys.executable, "-c", begin + _TOON],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "ips_subsidie.settings.test", "IPS_PARTIJ": partij},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ("ips.partij=systeem" in uit.stdout) == (ziet == "systeem")
