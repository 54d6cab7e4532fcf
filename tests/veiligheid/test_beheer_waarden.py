"""P25 in the admin: any number, search, filter or field in any address of /beheer/: never an error of ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse

from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.toegang.personen import ingelogd_als, maak_lid
from tests.veiligheid.raar import ALLE, NOOIT_TERUG, WAARDEN, verstuurbaar
from tests.veiligheid.wandelen import formulieren

pytestmark = pytest.mark.django_db
MODELLEN = sorted(admin.site._registry, key=lambda model: model._meta.label)
# Each model gets one in so many of the numbers; over all models every number passes by.
PER_MODEL = 5
# And one in so many of the questions.
PER_LIJST = 1 if ALLE else 3
NUMMERS = [
    "x", "0", "-1", "1_000", "٣", "9" * 40, "9223372036854775808", "None", "a\x00b", "é", "_5F", "_", "1;2",
    "{{7777*7777}}", "<script>alert(1)</script>", "00000000-0000-0000-0000-000000000000", "1.5", "1e9", " ", "%s",
]  # fmt: skip
VRAGEN = (
    "q",
    "o",
    "p",
    "all",
    "e",
    "_facets",
    "_popup",
    "_to_field",
    "pk__exact",
    "id__in",
    "status",
    "pk__gt",
)


@pytest.fixture
def client() -> Iterator[Client]:
    with klok_op(fabriek.NU):
        wereld = fabriek.maak_wereld()
        fabriek.toegekend(wereld)
        beheerder = ingelogd_als(maak_lid(Rol.BEHEERDER, van=fabriek.LID_VANAF))
        beheerder.raise_request_exception = False
        yield beheerder


def fouten(antwoord: Any, hoe: str) -> list[str]:
    if antwoord.status_code >= 500:
        return [f"{hoe}: {antwoord.status_code}"]
    if "html" not in antwoord.headers.get("Content-Type", ""):
        return []
    return [f"{hoe}: {stuk!r}" for stuk in NOOIT_TERUG if stuk in antwoord.text]


def _get(client: Client, adres: str, vraag: dict[str, str] | None = None) -> list[str]:
    """Undone afterwards: a page of the admin may log, and an error may leave the transaction broken."""
    with transaction.atomic():
        gevonden = fouten(client.get(adres, vraag or {}), f"{adres} {vraag}")
        transaction.set_rollback(True)
    return gevonden


def _lijst(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def test_p25_elk_nummer_in_elk_adres_van_beheer(client: Client) -> None:
    mis: list[str] = []
    for teller, model in enumerate(MODELLEN):
        for plek, nummer in enumerate(NUMMERS[teller % PER_MODEL :: PER_MODEL]):
            for wat in (("change", "history"), ("delete", "inzage"))[plek % 2]:
                mis += _get(client, f"{_lijst(model)}{quote(nummer, safe='')}/{wat}/")
    assert mis == [], "\n".join(mis[:40])


def test_p25_elke_vraag_aan_elke_lijst_van_beheer(client: Client) -> None:
    namen = list(WAARDEN)
    mis: list[str] = []
    for teller, model in enumerate(MODELLEN):
        for plek, vraag in list(enumerate(VRAGEN))[teller % PER_LIJST :: PER_LIJST]:
            waarde = WAARDEN[namen[(teller * 7 + plek) % len(namen)]]
            mis += _get(client, _lijst(model), {vraag: verstuurbaar(waarde)})
    assert mis == [], "\n".join(mis[:40])


def test_p25_elke_vraag_aan_het_aanvullen_van_beheer(client: Client) -> None:
    """The addresses that complete what is typed: a search word, a page, and which field of which model it is for."""
    adres = reverse("admin:autocomplete")
    mis: list[str] = []
    velden = [
        (model._meta.app_label, model._meta.model_name, veld)
        for model, beheer in admin.site._registry.items()
        for veld in beheer.autocomplete_fields
    ]
    assert velden
    waarden = list(WAARDEN.values())
    for plek, (app, model, veld) in enumerate(velden):
        goed = {"app_label": app, "model_name": model, "field_name": veld, "term": "a"}
        assert client.get(adres, goed).status_code == 200, (app, model, veld)
        for waarde in waarden[plek % PER_MODEL :: PER_MODEL]:
            mis += _get(client, adres, goed | {"term": verstuurbaar(waarde)})
        for waarde in NUMMERS[plek % PER_MODEL :: PER_MODEL]:
            for sleutel in ("page", "app_label", "model_name", "field_name"):
                mis += _get(client, adres, goed | {sleutel: waarde})
    assert mis == [], "\n".join(mis[:40])


def test_p25_elke_waarde_in_elk_veld_van_beheer(client: Client) -> None:
    """What a beheerder may add or change, each field in turn with an odd value."""
    namen, teller, mis = list(WAARDEN), 0, []
    for model in MODELLEN:
        rij = model._default_manager.order_by("pk").first()
        adressen = [
            f"{_lijst(model)}add/",
            *([f"{_lijst(model)}{quote(str(rij.pk), safe='')}/change/"] if rij else []),
        ]
        for adres in adressen:
            pagina = client.get(adres)
            if pagina.status_code != 200:
                continue
            for formulier in formulieren(pagina.text, adres):
                if formulier.methode != "post":
                    continue
                for veld in formulier.velden:
                    teller += 1
                    waarde = verstuurbaar(WAARDEN[namen[teller % len(namen)]])
                    with transaction.atomic():
                        antwoord = client.post(formulier.adres, formulier.met(**{veld: waarde}))
                        mis += fouten(antwoord, f"{adres}: {veld} = {waarde[:30]!r}")
                        transaction.set_rollback(True)
    assert teller > 100
    assert mis == [], "\n".join(mis[:40])


def test_p25_beheer_van_lijsten_met_een_vinkje(client: Client) -> None:
    """An action on rows that aren't there, or that doesn't exist."""
    mis = []
    for model in MODELLEN:
        for actie in ("delete_selected", "bestaat\x00niet"):
            for gekozen in (["x"], ["9" * 40], ["a\x00"]):
                with transaction.atomic():
                    data = {"action": actie, "_selected_action": gekozen, "index": "0", "select_across": "1"}
                    mis += fouten(client.post(_lijst(model), data), f"{_lijst(model)} {actie!r} {gekozen}")
                    transaction.set_rollback(True)
    assert mis == [], "\n".join(mis[:40])
