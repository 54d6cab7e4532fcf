"""The pages of a loting: one prepares, another draws, and anyone can repeat it from what the page says."""

import re
import subprocess
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from budget.handelingen.loting import te_loten
from budget.models import Loting, Reservering
from budget.web.loting import wanneer
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.web.bezoek import als


@pytest.fixture
def gelijk(wereld):
    return sorted(r.kenmerk for r in fabriek.sluit_plaatsen_aan(wereld, 4))


@pytest.fixture
def adres(wereld):
    return f"{reverse('budget:loting_voorbereiden')}?regeling={wereld.regeling.code}"


def bereid_voor(wereld, adres, rol=Rol.UWV_BEOORDELAAR):
    client = als(wereld.met(rol))
    [wachtend] = client.get(adres).context["wachtend"]
    [actie] = wachtend.acties
    pad = reverse("budget:loting_voorbereiden") + actie.url
    return client.post(pad, {"sleutel": actie.sleutel}), (client, pad, actie)


def trek(wereld, loting, rol=Rol.UWV_BESLISSER):
    client = als(wereld.met(rol))
    pad = reverse("budget:loting_trekken", args=[loting.pk])
    antwoord = client.get(pad)
    return client.post(pad, {"sleutel": str(antwoord.context["form"]["sleutel"].value())})


def test_wie_gelijk_is_staat_er_met_een_knop(wereld, gelijk, adres):
    tekst = als(wereld.met(Rol.UWV_BEOORDELAAR)).get(adres).content.decode()
    for kenmerk in gelijk:
        assert kenmerk in tekst
    assert "Loting voorbereiden" in tekst


@pytest.mark.parametrize(
    ("moment", "woorden"),
    [
        (datetime(2019, 6, 2, 22, 0, tzinfo=UTC), "3 juni 2019"),  # midnight in Amsterdam: ranked by the day
        (datetime(2019, 6, 2, 22, 0, 1, tzinfo=UTC), "3 juni 2019, 00:00 uur"),
        (datetime(2019, 12, 2, 23, 0, tzinfo=UTC), "3 december 2019"),
    ],
)
def test_een_dag_of_een_moment(moment, woorden):
    assert wanneer(moment) == woorden


def test_zonder_gelijken_is_er_niets_te_loten(wereld, adres):
    fabriek.sluit_plaatsen_aan(wereld, 1)
    assert "hoeft niet te worden geloot" in als(wereld.met(Rol.UWV_BEOORDELAAR)).get(adres).content.decode()


def test_voorbereiden_trekken_en_narekenen(wereld, gelijk, adres):
    antwoord, _ = bereid_voor(wereld, adres)
    loting = Loting.objects.get()
    assert (antwoord.status_code, antwoord.headers["Location"]) == (
        302, reverse("budget:loting", args=[loting.pk]),
    )  # fmt: skip
    assert loting.deelnemers == gelijk
    [wachtend] = als(wereld.met(Rol.UWV_BESLISSER)).get(adres).context["wachtend"]
    assert (wachtend.loting, wachtend.acties) == (loting, [])
    assert trek(wereld, loting).status_code == 302
    loting.refresh_from_db()
    pagina = als(wereld.met(Rol.UWV_FINANCIEN)).get(reverse("budget:loting", args=[loting.pk]))
    tekst = pagina.content.decode()
    assert loting.zaad in tekst
    assert re.findall(r"<strong>(PLAATS-\d+)</strong>", tekst) == loting.uitslag
    assert te_loten(wereld.regeling) == []
    assert list(Reservering.objects.in_volgorde().values_list("kenmerk", flat=True)) == loting.uitslag
    # The recipe of the page, run in a shell, gives the same order and the same numbers.
    zelf = subprocess.run(
        ["bash", "-c", pagina.context["recept"]],
        capture_output=True,
        text=True,
        check=True,
        env={"LC_ALL": "C"},
    )
    assert [tuple(regel.split()) for regel in zelf.stdout.splitlines()] == [
        (lot, kenmerk) for kenmerk, lot in pagina.context["uitslag"]
    ]


def test_wie_voorbereidde_trekt_niet(wereld, gelijk, adres):
    bereid_voor(wereld, adres, Rol.UWV_BESLISSER)
    loting = Loting.objects.get()
    client = als(wereld.met(Rol.UWV_BESLISSER))
    pad = reverse("budget:loting_trekken", args=[loting.pk])
    assert "Een collega moet het lot trekken" in client.get(pad).content.decode()
    antwoord = client.post(pad, {})
    assert "Een collega moet het lot trekken" in antwoord.content.decode()
    loting.refresh_from_db()
    assert loting.status == "voorbereid"


def test_tweemaal_klikken_bereidt_een_keer_voor(wereld, gelijk, adres):
    _, (client, pad, actie) = bereid_voor(wereld, adres)
    assert client.post(pad, {"sleutel": actie.sleutel}).status_code == 302
    weer = client.post(pad, {})
    assert "al voorbereid" in weer.content.decode()
    assert Loting.objects.count() == 1


def test_tweemaal_trekken_verandert_de_uitslag_niet(wereld, gelijk, adres):
    bereid_voor(wereld, adres)
    loting = Loting.objects.get()
    trek(wereld, loting)
    loting.refresh_from_db()
    zaad = loting.zaad
    client, pad = als(wereld.met(Rol.UWV_BESLISSER)), reverse("budget:loting_trekken", args=[loting.pk])
    for antwoord in (client.post(pad, {}), client.post(pad, {"sleutel": str(uuid4())}), client.get(pad)):
        tekst = antwoord.content.decode()
        assert "Het lot is al getrokken." in tekst
        assert "Bekijk het dossier opnieuw" not in tekst
    loting.refresh_from_db()
    assert loting.zaad == zaad


@pytest.mark.parametrize("rang", ["", "x", "\x00", "2019-06-03T08:00:00", "2019-06-03T08:00:00+00:00'"])
def test_een_verkeerd_moment_in_het_adres_doet_niets(wereld, gelijk, adres, rang):
    client = als(wereld.met(Rol.UWV_BEOORDELAAR))
    antwoord = client.post(reverse("budget:loting_voorbereiden"), {}, query_params={"rang": rang})
    assert "wachten niet meer tegelijk" in antwoord.content.decode()
    assert not Loting.objects.exists()


def test_een_loting_die_er_niet_is(wereld):
    leeg = "00000000-0000-0000-0000-000000000000"
    client = als(wereld.met(Rol.UWV_BESLISSER))
    for naam in ("loting", "loting_trekken"):
        assert client.get(reverse(f"budget:{naam}", args=[leeg])).status_code == 404
