"""P4: nothing tells whether an account or a dossier exists: not the status, not the text, not the time it takes.

The times are measured in turns, so that whatever else the machine does falls on both; the medians may differ 10 ms.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ips_subsidie.berichten.tasks import bezorg
from ips_subsidie.kalender.klok import klok_op, nu
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang import wachtwoordlinks
from ips_subsidie.toegang.inlogmodellen import Wachtwoordvraag
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.toegang.personen import WACHTWOORD, ingelogd_als, maak_lid
from tests.web.bezoek import als

pytestmark = pytest.mark.django_db
GRENS = 0.010  # seconds between the medians
RONDES = 9
FOUT = "een heel ander wachtwoord"
ARGON = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.fixture(autouse=True)
def _zonder_grenzen(settings: Any) -> Iterator[None]:
    """The limits on guessing would answer before the question does; the hash is the one of production."""
    settings.ACCOUNT_RATE_LIMITS = {}
    settings.PASSWORD_HASHERS = ARGON
    cache.clear()
    yield
    cache.clear()


def verschil_van(een: Callable[[], Any], ander: Callable[[], Any]) -> float:
    """The difference of the medians of both, in seconds: the smallest of three series.

    What a busy machine adds to one side it doesn't add three times; what the code adds, it adds in each.
    """
    een()
    ander()
    kleinste = _serie(een, ander)
    for _ in range(2):
        if kleinste >= GRENS:
            kleinste = min(kleinste, _serie(een, ander))
    return kleinste


def _serie(een: Callable[[], Any], ander: Callable[[], Any]) -> float:
    tijden: tuple[list[float], list[float]] = ([], [])
    for _ in range(RONDES):
        for lijst, vraag in zip(tijden, (een, ander), strict=True):
            begin = time.perf_counter()
            vraag()
            lijst.append(time.perf_counter() - begin)
    return abs(median(tijden[0]) - median(tijden[1]))


def post(naam: str, **gegevens: str) -> Any:
    return Client().post(reverse(naam), gegevens)


def kaal(antwoord: Any, *weg: str) -> str:
    """The page without what the visitor typed, and without tokens."""
    tekst = antwoord.content.decode()
    for stuk in weg:
        tekst = tekst.replace(stuk, "")
    return kaal_tekst(tekst)


def kaal_tekst(tekst: str) -> str:
    return re.sub(r'value="[^"]*"|data-sessie-seconden="\d+"', "", tekst)


def test_p4_inloggen_zegt_niet_of_er_een_account_is() -> None:
    email = maak_lid().gebruiker.email
    uit = maak_lid().gebruiker
    uit.is_active = False
    uit.save()
    adressen = [email, uit.email, "niemand@voorbeeld.example"]
    antwoorden = [post("account_login", login=adres, password=FOUT) for adres in adressen]
    assert {a.status_code for a in antwoorden} == {200}
    assert len({kaal(a, adres) for a, adres in zip(antwoorden, adressen, strict=True)}) == 1


@pytest.mark.parametrize("wie", ["actief", "uitgezet"])
def test_p4_inloggen_duurt_even_lang_met_en_zonder_account(wie: str) -> None:
    gebruiker = maak_lid().gebruiker
    gebruiker.is_active = wie == "actief"
    gebruiker.save()
    verschil = verschil_van(
        lambda: post("account_login", login=gebruiker.email, password=FOUT),
        lambda: post("account_login", login="niemand@voorbeeld.example", password=FOUT),
    )
    assert verschil < GRENS, f"{verschil * 1000:.1f} ms"


def test_p4_wachtwoord_vergeten_antwoordt_en_duurt_hetzelfde() -> None:
    email = maak_lid().gebruiker.email
    wel, niet = (
        post("account_reset_password", email=adres) for adres in (email, "niemand@voorbeeld.example")
    )
    assert (wel.status_code, wel.url) == (niet.status_code, niet.url)
    assert kaal(Client().get(wel.url)) == kaal(Client().get(niet.url))
    verschil = verschil_van(
        lambda: post("account_reset_password", email=email),
        lambda: post("account_reset_password", email="niemand@voorbeeld.example"),
    )
    assert verschil < GRENS, f"{verschil * 1000:.1f} ms"


def test_p4_de_mail_gaat_later_en_alleen_als_er_een_account_is(monkeypatch: pytest.MonkeyPatch) -> None:
    lid = maak_lid()
    post("account_reset_password", email=lid.gebruiker.email)
    post("account_reset_password", email="niemand@voorbeeld.example")
    assert not mail.outbox
    assert [r.gegevens for r in Regel.objects.filter(handeling="wachtwoord.vergeten").order_by("pk")] == [
        {},
        {"bekend": False},
    ]
    with monkeypatch.context() as weg:
        weg.setattr("django.core.mail.message.EmailMessage.send", _mailserver_weg)
        wachtwoordlinks.verstuur(nu())
    assert Wachtwoordvraag.objects.get().gemaild_op is None
    bezorg()
    bezorg()
    (bericht,) = mail.outbox
    assert bericht.to == [lid.gebruiker.email]
    assert Wachtwoordvraag.objects.get().gemaild_op is not None


def _mailserver_weg(*_: Any, **__: Any) -> None:
    raise ConnectionRefusedError


def test_p4_uitnodigen_zegt_niet_of_iemand_elders_een_account_heeft() -> None:
    client = ingelogd_als(maak_lid(Rol.INSTELLINGSBEHEERDER))
    elders = maak_lid(Rol.UWV_BESLISSER).gebruiker.email
    teksten = []
    for adres in (elders, "nog.niemand@voorbeeld.example"):
        antwoord = client.post(reverse("collegas"), {"email": adres, "rol": Rol.BEHANDELAAR}, follow=True)
        assert antwoord.redirect_chain == [(reverse("collegas"), 302)]
        teksten.append(antwoord.content.decode().split("Uitgenodigd</h2>")[0].replace(adres, ""))
    assert kaal_tekst(teksten[0]) == kaal_tekst(teksten[1])


def test_p4_alleen_wie_het_wachtwoord_weet_hoort_dat_het_account_uit_staat() -> None:
    gebruiker = maak_lid().gebruiker
    gebruiker.is_active = False
    gebruiker.save()
    goed = Client().post(
        reverse("account_login"), {"login": gebruiker.email, "password": WACHTWOORD}, follow=True
    )
    assert "Uw account staat uit" in goed.content.decode()
    fout = post("account_login", login=gebruiker.email, password=FOUT)
    assert "staat uit" not in fout.content.decode()


@pytest.mark.parametrize("wijze", ["get", "post"])
def test_p4_een_dossier_van_een_ander_is_er_niet(wijze: str) -> None:
    """Another's and none: the same answer, in the same time."""
    with klok_op(fabriek.NU):
        wereld = fabriek.maak_wereld()
        aanvraag = fabriek.ingediend(wereld)
        client = als(wereld.bij_andere_instelling().behandelaar)
        naam = "aanvragen:dossier" if wijze == "get" else "aanvragen:gesprek"
        vraag = getattr(client, wijze)

        def vreemd() -> Any:
            return vraag(reverse(naam, args=[aanvraag.pk]))

        def geen() -> Any:
            return vraag(reverse(naam, args=[uuid.uuid4()]))

        een, ander = vreemd(), geen()
        assert (een.status_code, ander.status_code) == (404, 404)
        assert kaal(een) == kaal(ander)
        assert dict(een.headers) == dict(ander.headers)
        verschil = verschil_van(vreemd, geen)
        assert verschil < GRENS, f"{verschil * 1000:.1f} ms"
