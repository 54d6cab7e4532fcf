"""P35: who answers for a dossier sees who looked in it: colleagues by name, others by organisatie."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

from aanvragen.web.dossier.logboek import wat_van
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.inzagen import inzagen_van
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.logboek.schrijven import regel, schrijf
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.web.bezoek import als
from tests.web.sql import met_hoogstens

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld() -> Iterator[fabriek.Wereld]:
    with klok_op(fabriek.NU):
        yield fabriek.maak_wereld()


def test_het_rapport_van_een_dossier(wereld: fabriek.Wereld) -> None:
    aanvraag = fabriek.in_behandeling(wereld, route="uwv")
    als(wereld.behandelaar).get(reverse("aanvragen:dossier", args=[aanvraag.pk]))
    als(wereld.beoordelaar).get(reverse("aanvragen:dossier", args=[aanvraag.pk]))
    anders = wereld.bij_andere_instelling().behandelaar
    als(anders).get(reverse("aanvragen:dossier", args=[aanvraag.pk]))
    url = reverse("aanvragen:logboek", args=[aanvraag.pk])
    for rol, eigen, vreemd in (
        (Rol.INSTELLINGSBEHEERDER, wereld.behandelaar, wereld.beoordelaar),
        (Rol.UWV_BESLISSER, wereld.beoordelaar, wereld.behandelaar),
    ):
        client = als(wereld.met(rol))
        assert url in client.get(reverse("aanvragen:dossier", args=[aanvraag.pk])).content.decode()
        tekst = client.get(url).content.decode()
        assert "Dossier bekeken" in tekst
        assert "Aanvraag verstuurd" in tekst
        assert f"{eigen.persoon.naam}, {eigen.organisatie}" in tekst
        assert vreemd.persoon.naam not in tekst
        assert str(vreemd.organisatie) in tekst
        # That somebody of elsewhere tried is no secret: namens wie, not who.
        assert "Gevraagd: dossier bekeken" in tekst
        assert anders.persoon.naam not in tekst
    assert "Logboek van het dossier bekeken" in client.get(url).content.decode()


def test_het_rapport_is_in_delen_en_vraagt_niet_per_regel(wereld: fabriek.Wereld) -> None:
    aanvraag = fabriek.ingediend(wereld)
    over = aanvraag.onderwerp()
    schrijf(
        regel(wereld.behandelaar, Soort.LEZING, "dossier.bekijken", over, op=fabriek.NU) for _ in range(60)
    )
    client, url = als(wereld.met(Rol.INSTELLINGSBEHEERDER)), reverse("aanvragen:logboek", args=[aanvraag.pk])
    client.get(url)
    with met_hoogstens(14):
        antwoord = client.get(url)
    assert len(antwoord.context["regels"]) == 50
    assert len(client.get(url + antwoord.context["volgende"]).context["regels"]) >= 10


@pytest.mark.parametrize("rol", [Rol.BEHANDELAAR, Rol.UWV_BEOORDELAAR, Rol.GEMEENTEMEDEWERKER])
def test_een_ander_ziet_geen_rapport(wereld: fabriek.Wereld, rol: Rol) -> None:
    aanvraag = fabriek.ingediend(wereld)
    client = als(wereld.met(rol))
    url = reverse("aanvragen:logboek", args=[aanvraag.pk])
    assert client.get(url).status_code == 403
    assert url not in client.get(reverse("aanvragen:dossier", args=[aanvraag.pk])).content.decode()


def test_inzagen_van_een_client(wereld: fabriek.Wereld) -> None:
    """Of this client and no other, the newest first."""
    een, ander = fabriek.ingediend(wereld), fabriek.ingediend(wereld)
    als(wereld.behandelaar).get(reverse("aanvragen:dossier", args=[een.pk]))
    regels = list(inzagen_van(een.deelnemer.pk))
    assert (regels[0].soort, regels[0].handeling) == (Soort.LEZING, "dossier.bekijken")
    assert {r.client_id for r in regels} == {een.deelnemer.pk}
    assert ander.pk not in {r.dossier_id for r in regels}


@pytest.mark.parametrize(
    ("soort", "handeling", "tekst"),
    [
        (Soort.GEBEURTENIS, "inloggen.gelukt", "Inloggen: gelukt"),
        (Soort.LEZING, "aanvraag.toekennen", "Pagina “Toekennen” bekeken"),
        (Soort.WEIGERING, "aanvraag.toekennen", "Gevraagd: “Toekennen”"),
    ],
)
def test_een_regel_zegt_wat_er_gebeurde(soort: Soort, handeling: str, tekst: str) -> None:
    assert wat_van(Regel(soort=soort, handeling=handeling)) == tekst
