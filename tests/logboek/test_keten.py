"""P35: the logboek is chained, and every way to change it behind its back shows."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from ips_subsidie.kalender.klok import klok_op, nu
from ips_subsidie.logboek import tasks
from ips_subsidie.logboek.anker import GeenAnkermap, lees_ankers, maak_anker
from ips_subsidie.logboek.keten import controleer
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.logboek.schrijven import Onderwerp, regel, schrijf, schrijf_gebeurtenis
from tests import databank
from tests.toegang.personen import maak_actor

DOSSIER_A, DOSSIER_B = uuid.UUID(int=0xA), uuid.UUID(int=0xB)
KETEN_A, KETEN_B = f"dossier:{DOSSIER_A}", f"dossier:{DOSSIER_B}"

_UIT = "ALTER TABLE logboek_regel DISABLE TRIGGER USER"
_VAN_A = f"WHERE keten = '{KETEN_A}' AND volgnr = 2"
# The whole chain anew from its second line on, as the trigger makes it: what only an anchor notices.
_HERSCHRIJF = f"""
CREATE TEMPORARY TABLE oud ON COMMIT DROP AS SELECT * FROM logboek_regel WHERE keten = '{KETEN_A}';
DELETE FROM logboek_regel WHERE keten = '{KETEN_A}';
DELETE FROM logboek_keten WHERE keten = '{KETEN_A}';
UPDATE oud SET handeling = 'iets.anders' WHERE volgnr = 2;
ALTER TABLE logboek_regel ENABLE TRIGGER schakel;
INSERT INTO logboek_regel SELECT * FROM oud ORDER BY volgnr;
"""
_KOLOM = {
    "op": "op + interval '1 microsecond'",
    "begonnen_op": "begonnen_op - interval '1 second'",
    "soort": "'handeling'",
    "handeling": "'iets.anders'",
    "gebruiker_id": "NULL",
    "organisatie_id": "NULL",
    "rol": "'beheerder'",
    "onderwerp": "'iets'",
    "onderwerp_id": "'9'",
    "client_id": "NULL",
    "kenmerk": "'x'",
    "gegevens": 'gegevens || \'{"van": "y"}\'',
    "verwerking": "'portaal-beheer'",
    "adres": "'192.0.2.9'",
    "toestel": "'x'",
    "spoor": "repeat('0', 32)",
    "deel": "repeat('0', 16)",
    "vorm": "2",
    "vorige": "decode(repeat('11', 32), 'hex')",
    "hash": "decode(repeat('11', 32), 'hex')",
    "id": "id + 100000",
}
KNOEIEN: dict[str, str] = {
    **{
        f"kolom {kolom} veranderd": f"UPDATE logboek_regel SET {kolom} = {waarde} {_VAN_A}"
        for kolom, waarde in _KOLOM.items()
    },
    "regel uit het midden weg": f"DELETE FROM logboek_regel {_VAN_A}",
    "eerste regel weg": f"DELETE FROM logboek_regel WHERE keten = '{KETEN_A}' AND volgnr = 1",
    "laatste regel weg": f"DELETE FROM logboek_regel WHERE keten = '{KETEN_A}' AND volgnr = 4",
    "hele keten weg": f"DELETE FROM logboek_regel WHERE keten = '{KETEN_A}'",
    "alle regels weg": "TRUNCATE logboek_regel",
    "regel naar een andere keten": f"UPDATE logboek_regel SET keten = '{KETEN_B}', volgnr = 99 {_VAN_A}",
    "regel naar een ander dossier": f"UPDATE logboek_regel SET dossier_id = '{DOSSIER_B}' {_VAN_A}",
    "plaatsen verwisseld": f"""
        UPDATE logboek_regel SET volgnr = -volgnr WHERE keten = '{KETEN_A}' AND volgnr IN (2, 3);
        UPDATE logboek_regel SET volgnr = 5 + volgnr WHERE keten = '{KETEN_A}' AND volgnr < 0""",
    "nagemaakte regel ertussen": f"""
        INSERT INTO logboek_regel SELECT (jsonb_populate_record(r, '{{"id": 999999, "volgnr": 5}}')).*
        FROM logboek_regel r {_VAN_A}""",
    "regel dubbel": f"""
        ALTER TABLE logboek_regel DROP CONSTRAINT logboek_plek_in_keten;
        INSERT INTO logboek_regel
        SELECT (jsonb_populate_record(r, '{{"id": 999999}}')).* FROM logboek_regel r {_VAN_A}""",
    "regel vervangen, keten niet": f"""
        UPDATE logboek_regel SET handeling = 'iets.anders', hash = sha256('x') {_VAN_A}""",
    "kop terug": f"UPDATE logboek_keten SET volgnr = 3 WHERE keten = '{KETEN_A}'",
    "kop met een andere hash": f"UPDATE logboek_keten SET hash = sha256('x') WHERE keten = '{KETEN_A}'",
    "kop weg": f"DELETE FROM logboek_keten WHERE keten = '{KETEN_A}'",
    "kop van een keten die er niet is": """
        INSERT INTO logboek_keten VALUES ('dossier:weg', 1, sha256('x'), sha256('y'))""",
    "laatste regel weg, met de kop": f"""
        DELETE FROM logboek_regel WHERE keten = '{KETEN_A}' AND volgnr = 4;
        UPDATE logboek_keten k SET volgnr = r.volgnr, vorige = r.vorige, hash = r.hash
        FROM logboek_regel r WHERE k.keten = r.keten AND r.keten = '{KETEN_A}' AND r.volgnr = 3""",
    "hele keten weg, met de kop": f"""
        DELETE FROM logboek_regel WHERE keten = '{KETEN_A}'; DELETE FROM logboek_keten WHERE keten = '{KETEN_A}'""",
    "keten herschreven met goede hashes": _HERSCHRIJF,
}
# Not the lines but what guards them.
UITZETTEN = ("schakel", "alleen_toevoegen_rij", "alleen_toevoegen_leeg")
ALLEEN_MET_ANKER = {
    "laatste regel weg, met de kop",
    "hele keten weg, met de kop",
    "keten herschreven met goede hashes",
}


def _vul() -> None:
    """Two dossiers, a person and the system, each with a chain; written in one statement and in several."""
    actor, client = maak_actor(), uuid.uuid4()
    for dossier in (DOSSIER_A, DOSSIER_B):
        over = Onderwerp("aanvragen.aanvraag", str(dossier), dossier, client, "K-1")
        for soort in (Soort.HANDELING, Soort.LEZING):
            schrijf(
                [regel(actor, soort, "dossier.bekijken", over, op=nu(), gegevens={"van": 1.50, "a": None})]
            )
        schrijf(regel(actor, Soort.WEIGERING, "x.y", over, op=nu()) for _ in range(2))
    schrijf_gebeurtenis("inloggen.gelukt", onderwerp=Onderwerp("toegang.gebruiker"), gebruiker=actor.persoon)
    schrijf_gebeurtenis("inloggen.mislukt", onderwerp=Onderwerp("toegang.gebruiker"), geweigerd=True)


@pytest.mark.django_db
def test_elke_regel_staat_in_de_keten_van_haar_dossier_persoon_of_het_systeem() -> None:
    """P35."""
    _vul()
    plekken = list(Regel.objects.order_by("keten", "volgnr").values_list("keten", "volgnr", "soort"))
    persoon = Regel.objects.get(handeling="inloggen.gelukt").gebruiker_id
    assert [(keten, volgnr) for keten, volgnr, _ in plekken] == [
        *((KETEN_A, n) for n in range(1, 5)),
        *((KETEN_B, n) for n in range(1, 5)),
        (f"gebruiker:{persoon}", 1),
        ("systeem", 1),
    ]
    uitkomst = controleer()
    assert (uitkomst.klopt, uitkomst.regels, uitkomst.ketens) == (True, 10, 4)


@pytest.mark.django_db
def test_de_keten_is_van_de_databank_wat_het_programma_ook_zegt() -> None:
    """P35: a leaked password of the application can't place a line where it likes, nor move a head."""
    een = regel(None, Soort.HANDELING, "x.y", Onderwerp("x"), op=nu())
    een.keten, een.volgnr, een.hash, een.vorm = KETEN_A, 77, b"\x11" * 32, 9
    schrijf([een])
    assert Regel.objects.values_list("keten", "volgnr", "vorm").get() == ("systeem", 1, 1)
    for opdracht in (
        "UPDATE logboek_keten SET volgnr = 1",
        "DELETE FROM logboek_keten",
        "TRUNCATE logboek_keten",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(opdracht)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO logboek_keten VALUES ('x', 1, sha256('x'), sha256('x'))")
    assert controleer().klopt


@pytest.mark.django_db
def test_de_hash_gaat_over_elke_kolom() -> None:
    """P35: a column that is added later can't be forgotten: it must be in the tampering above, and so in the hash."""
    kolommen = {veld.column for veld in Regel._meta.concrete_fields}
    assert kolommen == {*_KOLOM, "keten", "volgnr", "dossier_id"}


@pytest.mark.django_db
def test_de_hash_hangt_niet_van_de_instellingen_van_de_sessie_af() -> None:
    """P35: what one session wrote, another checks: in another time zone and with other formats."""
    _vul()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Kathmandu'; SET LOCAL DateStyle = 'German'")
        cursor.execute("SET LOCAL bytea_output = 'escape'; SET LOCAL extra_float_digits = -5")
    _vul_een_erbij()
    assert controleer().breuken == ()


def _vul_een_erbij() -> None:
    schrijf([regel(None, Soort.LEZING, "x.y", Onderwerp("x"), op=nu(), gegevens={"getal": 0.1})])


def _knoei(opdracht: str, ankers: Any) -> tuple[set[str], set[str]]:
    """The codes of what is found without and with anchors, after this; and all as it was."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"{_UIT}; {opdracht}; SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE logboek_regel ENABLE ALWAYS TRIGGER schakel")
            cursor.execute("ALTER TABLE logboek_regel ENABLE ALWAYS TRIGGER alleen_toevoegen_rij")
            cursor.execute("ALTER TABLE logboek_regel ENABLE ALWAYS TRIGGER alleen_toevoegen_leeg")
        gevonden = {b.code for b in controleer().breuken}, {b.code for b in controleer(ankers).breuken}
        transaction.set_rollback(True)
    return gevonden


@pytest.mark.django_db(transaction=True)
def test_elk_knoeien_van_de_eigenaar_valt_op(tmp_path, settings) -> None:
    """P35: at least 20 kinds of tampering, as the owner and with the triggers off: each is found."""
    settings.ANKERMAP = str(tmp_path)
    _vul()
    maak_anker(nu())
    ankers = lees_ankers(tmp_path).schakels
    assert len(KNOEIEN) + len(UITZETTEN) >= 20
    with databank.standaardverbinding_als_eigenaar():
        gevonden = {naam: _knoei(opdracht, ankers) for naam, opdracht in KNOEIEN.items()}
        for naam in UITZETTEN:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(f"ALTER TABLE logboek_regel DISABLE TRIGGER {naam}")
                assert [b.code for b in controleer().breuken] == ["bewaking"]
                transaction.set_rollback(True)
    assert [naam for naam, (_, met) in gevonden.items() if not met] == []
    # What an anchor is for: nothing inside the database tells these.
    assert {naam for naam, (zonder, _) in gevonden.items() if not zonder} == ALLEEN_MET_ANKER
    assert controleer(ankers).klopt


@pytest.mark.django_db(transaction=True)
def test_de_opdracht_zegt_welke_regel_en_eindigt_met_1() -> None:
    """P35."""
    _vul()
    uit = StringIO()
    call_command("logboek", "controleren", stdout=uit)
    assert "Het logboek klopt: 10 regels in 4 ketens" in uit.getvalue()
    een = Regel.objects.get(keten=KETEN_A, volgnr=2)
    with databank.eigenaar() as cursor:
        cursor.execute(f"{_UIT}; UPDATE logboek_regel SET rol = 'x' {_VAN_A}")
        cursor.execute(
            "; ".join(f"ALTER TABLE logboek_regel ENABLE ALWAYS TRIGGER {naam}" for naam in UITZETTEN)
        )
    uit = StringIO()
    with pytest.raises(SystemExit) as einde:
        call_command("logboek", "controleren", stdout=uit)
    assert einde.value.code == 1
    assert f"Regel {een.pk} " in uit.getvalue()
    assert "is veranderd nadat zij geschreven was" in uit.getvalue()


# --- anchors ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_een_anker_bevat_wat_er_sinds_het_vorige_bij_kwam(tmp_path, settings) -> None:
    """P35."""
    settings.ANKERMAP = str(tmp_path)
    moment = datetime(2019, 6, 3, 8, tzinfo=UTC)
    with klok_op(moment):
        _vul()
        eerste = maak_anker(moment)
        _vul_een_erbij()
        tweede = maak_anker(moment + timedelta(days=1))
        regels = [json.loads(r) for r in eerste.read_text().splitlines()]
    assert regels[0]["aantal"] == 4 == len(regels) - 1
    assert eerste.stat().st_mode & 0o777 == 0o440
    assert [r[0] for r in map(json.loads, tweede.read_text().splitlines()[1:])] == ["systeem"]
    gelezen = lees_ankers(tmp_path)
    assert (gelezen.breuken, gelezen.laatste_op) == ((), moment + timedelta(days=1))
    assert controleer(gelezen.schakels).klopt
    # After an anchor there is always its own line; nothing else is no reason for another file.
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("knoei", ["veranderd", "weg", "half", "rommel"])
def test_een_anker_dat_veranderd_of_weg_is_valt_op(tmp_path, settings, knoei) -> None:
    """P35."""
    settings.ANKERMAP = str(tmp_path)
    bestanden = []
    for dag in range(3):
        _vul_een_erbij()
        bestanden.append(maak_anker(nu() + timedelta(days=dag)))
    midden = bestanden[1]
    midden.chmod(0o640)
    if knoei == "veranderd":
        midden.write_text(midden.read_text().replace('"systeem"', '"systeem "'))
    elif knoei == "weg":
        midden.unlink()
    elif knoei == "half":
        midden.write_text(midden.read_text()[:-20])
    else:
        midden.write_bytes(b"\xff\x00")
    assert {b.code for b in lees_ankers(tmp_path).breuken} == {"ankerbestand"}
    with pytest.raises(SystemExit):
        call_command("logboek", "controleren", stdout=StringIO())


@pytest.mark.django_db
def test_zonder_map_zegt_de_opdracht_wat_er_moet_gebeuren(settings, tmp_path, caplog) -> None:
    with pytest.raises(CommandError, match="Zet IPS_ANKERMAP"):
        call_command("logboek", "anker")
    tasks.anker()
    assert "geen anker" in caplog.text
    _vul_een_erbij()
    (tmp_path / "vol").write_text("")
    settings.ANKERMAP = str(tmp_path / "vol")
    with pytest.raises(GeenAnkermap, match="kan niet geschreven"):
        maak_anker(nu())
