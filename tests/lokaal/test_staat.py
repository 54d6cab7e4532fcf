"""What the local starter keeps, and what it says when a tool is not there."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ips_subsidie.lokaal import diensten, staat
from ips_subsidie.lokaal.logins import LOGINS, als_tabel
from ips_subsidie.lokaal.processen import Opstartfout

NU = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_klok_begint_op_de_ijkdatum_en_loopt_door(tmp_path: Path) -> None:
    verschuiving = staat.klokverschuiving(tmp_path, None, NU)
    # Nine in the morning in Amsterdam, in summer.
    assert NU + timedelta(seconds=verschuiving) == datetime(2019, 6, 3, 7, 0, tzinfo=UTC)
    assert staat.klokverschuiving(tmp_path, None, NU + timedelta(days=3)) == verschuiving
    assert staat.klokverschuiving(tmp_path, date(2019, 6, 3), NU + timedelta(days=3)) == verschuiving


def test_andere_ijkdatum_verzet_de_klok(tmp_path: Path) -> None:
    staat.klokverschuiving(tmp_path, None, NU)
    later = NU + timedelta(days=3)
    verschuiving = staat.klokverschuiving(tmp_path, date(2020, 1, 2), later)
    assert later + timedelta(seconds=verschuiving) == datetime(2020, 1, 2, 8, 0, tzinfo=UTC)
    assert staat.klokverschuiving(tmp_path, None, later + timedelta(hours=1)) == verschuiving


def test_de_klok_gaat_niet_terug(tmp_path: Path) -> None:
    # The dossiers of 2023 would lie in the future.
    verschuiving = staat.klokverschuiving(tmp_path, date(2023, 6, 5), NU)
    with pytest.raises(Opstartfout, match=r"05-06-2023.*IPS_STAAT=.*-2019-06-03 IPS_DATUM=2019-06-03"):
        staat.klokverschuiving(tmp_path, date(2019, 6, 3), NU)
    assert staat.klokverschuiving(tmp_path, None, NU) == verschuiving
    assert staat.ijkdatum(tmp_path) == "2023-06-05"


def test_geheimen_blijven_en_zijn_van_ons_alleen(tmp_path: Path) -> None:
    geheimen = staat.geheimen(tmp_path)
    assert staat.geheimen(tmp_path) == geheimen
    assert set(geheimen) == {"DJANGO_SECRET_KEY", "VELD_SLEUTELS", "VELD_INDEX_SLEUTEL"}
    assert (tmp_path / "geheim.json").stat().st_mode & 0o077 == 0


def test_kapot_bestand_is_een_regel(tmp_path: Path) -> None:
    (tmp_path / "klok.json").write_text("{")
    with pytest.raises(Opstartfout, match=r"klok\.json is niet te lezen"):
        staat.klokverschuiving(tmp_path, None, NU)


@pytest.mark.parametrize("naam", ["x" * 120, "map met spaties"])
def test_lang_of_vreemd_pad_krijgt_een_korte_map_voor_sockets(tmp_path: Path, naam: str) -> None:
    kort = staat.contactmap(tmp_path / naam)
    assert len(str(kort)) < 80
    assert " " not in str(kort)
    assert kort.stat().st_mode & 0o077 == 0
    assert staat.contactmap(tmp_path / naam) == kort
    kort.rmdir()


def test_ontbrekend_gereedschap_is_een_regel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diensten, "_pakket", lambda naam: None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Opstartfout, match=r"PostgreSQL ontbreekt: .*DATABASE_URL"):
        diensten.postgres_programmas()
    with pytest.raises(Opstartfout, match=r"Valkey ontbreekt: .*REDIS_URL"):
        diensten.valkey_programma()


def test_logins_staan_alle_in_de_tabel() -> None:
    assert len({login.email for login in LOGINS}) == len(LOGINS) == 18
    assert all(login.email in als_tabel() for login in LOGINS)
