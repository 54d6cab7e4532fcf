"""P40: production starts only with an environment that is whole; all that is wrong is said at once, without values."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from ips_subsidie.settings.controle import VERPLICHT, controleer

PROJECT = Path(__file__).resolve().parents[2]


def sleutel(zaad: str) -> str:
    return base64.b64encode(hashlib.sha256(zaad.encode()).digest()).decode()


GOED = {
    "DJANGO_SECRET_KEY": hashlib.sha512(b"proef").hexdigest(),
    "ALLOWED_HOSTS": "portaal.example,127.0.0.1",
    "SITE_ADRES": "https://portaal.example",
    "DATABASE_URL": "postgresql://app:w8@localhost/ips",
    "REDIS_URL": "redis://localhost:6379/0",
    "EMAIL_URL": "smtp://localhost:25",
    "MAIL_AFZENDER": "portaal@portaal.example",
    "CONTACT_TOEGANKELIJKHEID": "toegankelijk@portaal.example",
    "CONTACT_PRIVACY": "privacy@portaal.example",
    "CONTACT_BEVEILIGING": "veilig@portaal.example",
    "VELD_SLEUTELS": f"b:{sleutel('b')},a:{sleutel('a')}",
    "VELD_INDEX_SLEUTEL": sleutel("index"),
}

FOUT: list[tuple[dict[str, str], str]] = [
    *(({naam: ""}, f"{naam} ontbreekt") for naam in VERPLICHT),
    ({"DJANGO_SECRET_KEY": "kort"}, "DJANGO_SECRET_KEY is te zwak"),
    ({"DJANGO_SECRET_KEY": "a" * 80}, "DJANGO_SECRET_KEY is te zwak"),
    ({"DJANGO_SECRET_KEY": "django-insecure-" + GOED["DJANGO_SECRET_KEY"]}, "is een voorbeeld"),
    ({"DJANGO_SECRET_KEY": "alleen-lokaal-en-nooit-in-productie"}, "is een voorbeeld"),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS noemt geen gewone naam"),
    ({"ALLOWED_HOSTS": ".portaal.example"}, "ALLOWED_HOSTS noemt geen gewone naam"),
    ({"ALLOWED_HOSTS": "https://portaal.example"}, "ALLOWED_HOSTS noemt geen gewone naam"),
    ({"SITE_ADRES": "http://portaal.example"}, "SITE_ADRES is geen adres"),
    ({"SITE_ADRES": "https://portaal.example/"}, "SITE_ADRES is geen adres"),
    ({"SITE_ADRES": "https://ander.example"}, "staat"),
    ({"DATABASE_URL": "sqlite:///ips.db"}, "geen adres van PostgreSQL"),
    ({"DATABASE_URL": "postgresql://eigenaar:w8@localhost/ips"}, "noemt de eigenaar"),
    ({"DATABASE_URL": "postgresql://postgres@localhost/ips"}, "noemt de eigenaar"),
    ({"VELD_SLEUTELS": "a:bouw"}, "geen 32 willekeurige bytes"),
    ({"VELD_SLEUTELS": f"a:{base64.b64encode(b'a' * 32).decode()}"}, "geen 32 willekeurige bytes"),
    ({"VELD_SLEUTELS": f"a:{base64.b64encode(os.urandom(31)).decode()}"}, "geen 32 willekeurige bytes"),
    ({"VELD_SLEUTELS": f"a:{sleutel('a')},a:{sleutel('b')}"}, "een eigen naam"),
    ({"VELD_SLEUTELS": sleutel("a")}, "VELD_SLEUTELS"),
    ({"VELD_INDEX_SLEUTEL": "kort"}, "VELD_INDEX_SLEUTEL is geen"),
    ({"VELD_INDEX_SLEUTEL": sleutel("a")}, "Twee sleutels zijn gelijk"),
    ({"IPS_DATUM": "2019-06-03"}, "IPS_DATUM verzet de klok"),
    ({"IPS_KLOK_VERSCHUIVING": "1"}, "IPS_KLOK_VERSCHUIVING verzet de klok"),
    ({"DEBUG": "1"}, "DEBUG bestaat niet"),
]


def test_p40_een_goede_omgeving_is_goed() -> None:
    controleer(GOED)
    controleer(GOED | {"DATABASE_URL": "postgresql://eigenaar@localhost/ips", "IPS_ALS_EIGENAAR": "1"})


@pytest.mark.parametrize(
    ("over", "melding"), FOUT, ids=[f"{n} {next(iter(o))}" for n, (o, _) in enumerate(FOUT)]
)
def test_p40_wat_er_mis_is_wordt_gezegd_zonder_de_waarde(over: dict[str, str], melding: str) -> None:
    omgeving = GOED | over
    with pytest.raises(ImproperlyConfigured) as fout:
        controleer(omgeving)
    assert melding in str(fout.value)
    geheim = [omgeving["DJANGO_SECRET_KEY"], omgeving["VELD_INDEX_SLEUTEL"], omgeving["DATABASE_URL"]]
    geheim += omgeving["VELD_SLEUTELS"].replace(":", ",").split(",")
    assert [waarde for waarde in geheim if len(waarde) > 4 and waarde in str(fout.value)] == []


def test_p40_alles_wat_ontbreekt_in_een_keer() -> None:
    with pytest.raises(ImproperlyConfigured) as fout:
        controleer({})
    assert all(f"- {naam} ontbreekt" in str(fout.value) for naam in VERPLICHT)


def _start(*opdracht: str, **over: str) -> subprocess.CompletedProcess[str]:
    omgeving = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "ips_subsidie.settings.productie",
        **GOED,
        **over,
    }
    return subprocess.run(
        [sys.executable, *opdracht],
        cwd=PROJECT,
        env=omgeving,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_p40_als_proces_start_niets_zonder_geheimen() -> None:
    """The web process itself: nothing listens, and the reason stands at the end of what it says."""
    uit = _start("-c", "import ips_subsidie.wsgi", DJANGO_SECRET_KEY="", VELD_SLEUTELS="a:kort")
    assert uit.returncode != 0
    assert "DJANGO_SECRET_KEY ontbreekt" in uit.stderr
    assert "willekeurige bytes" in uit.stderr


def test_p40_check_deploy_heeft_niets_te_zeggen() -> None:
    uit = _start("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert uit.returncode == 0, uit.stderr
    assert "0 silenced" in uit.stdout


VAST = {
    "DEBUG": False,
    "LOKAAL": False,
    "MFA_VERPLICHT": True,
    "SESSION_COOKIE_NAME": "__Host-sessie",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_DOMAIN": None,
    "SESSION_COOKIE_PATH": "/",
    "CSRF_COOKIE_NAME": "__Host-csrf",
    "CSRF_COOKIE_SECURE": True,
    "CSRF_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_SAMESITE": "Lax",
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SILENCED_SYSTEM_CHECKS": [],
}
_TOON = f"""
import json, django
django.setup()
from django.conf import settings
print(json.dumps({{naam: getattr(settings, naam) for naam in {list(VAST)}}}))
"""


def test_p40_koekjes_en_https_in_productie() -> None:
    """DEBUG is off whatever the environment says, cookies are for https and this host only, and MFA is compulsory."""
    uit = _start("-c", _TOON)
    assert uit.returncode == 0, uit.stderr
    assert json.loads(uit.stdout) == VAST
