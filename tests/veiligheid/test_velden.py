"""P7: no mass assignment. Each form is posted twice, once with every field of the models added: no other row results.

Both posts begin from the same state and are undone; what they leave in the tables of the dossier must be the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.db import models, transaction
from django.test import Client

from aanvragen.models import Aanvraag
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.toegang.test_alle_adressen import ADRESSEN, _dossiers, _nummer_voor, adres, als, verwacht
from tests.veiligheid.test_rijrechten import TABELLEN

pytestmark = pytest.mark.django_db
_TOEVAL = re.compile(r"^(IPS|BZW)-|^[0-9a-f]{64}$")
ONDERDELEN = ("instelling", "deelnemer", "situatie", "traject")


@pytest.fixture
def wereld() -> Iterator[fabriek.Wereld]:
    with klok_op(fabriek.NU):
        yield fabriek.maak_wereld()


def _waarde(veld: forms.Field, huidig: Any) -> Any:
    """Something that this field may take; what stands there already when there is anything."""
    if huidig not in (None, "", []):
        return huidig
    if isinstance(veld, forms.MultipleChoiceField):
        return [str(waarde) for waarde, _ in list(veld.choices)[:1]]
    if isinstance(veld, forms.ChoiceField):
        return next((str(waarde) for waarde, _ in veld.choices if waarde not in ("", None)), "")
    if isinstance(veld, forms.BooleanField):
        return "on"
    if isinstance(veld, forms.DateField):
        return fabriek.NU.date() + timedelta(days=1)
    if isinstance(veld, forms.IntegerField | forms.DecimalField):
        return "1"
    return "" if isinstance(veld, forms.FileField) else "Een zin die lang genoeg is."


def _ingevuld(formulier: forms.BaseForm) -> dict[str, Any]:
    """What a browser would send of this form, filled in."""
    data: dict[str, Any] = {}
    for naam, veld in formulier.fields.items():
        waarde = _waarde(veld, formulier[naam].value())
        widget = veld.widget
        if isinstance(widget, forms.MultiWidget):
            delen = widget.decompress(waarde)
            data |= {f"{naam}{eind}": d or "" for eind, d in zip(widget.widgets_names, delen, strict=False)}
        elif waarde not in (None, False):
            data[formulier.add_prefix(naam)] = waarde
    return data


def _erbij(bezet: set[str], vreemd: Aanvraag) -> dict[str, str]:
    """Every field of every model of a dossier and of an account, by both its names, with a value worth having."""
    extra: dict[str, str] = {}
    for model in (*TABELLEN, Gebruiker, Lidmaatschap):
        for veld in model._meta.concrete_fields:
            for naam in {veld.name, veld.attname} - bezet:
                extra.setdefault(naam, _verleidelijk(veld, vreemd))
    return extra


def _verleidelijk(veld: models.Field[Any, Any], vreemd: Aanvraag) -> str:
    if veld.name == "status":
        return "toegekend"
    if isinstance(veld, models.ForeignKey):
        return str(vreemd.pk if veld.related_model is Aanvraag else 1)
    if isinstance(veld, models.BooleanField):
        return "on"
    if isinstance(veld, models.DateTimeField | models.DateField):
        return "2019-01-02"
    return "999" if isinstance(veld, models.IntegerField) else "anders"


def _stand(bekend: set[str]) -> dict[str, list[str]]:
    """All rows of a dossier, without what chance gives: new numbers, kenmerken and keys."""

    def zonder_toeval(waarde: Any) -> str:
        tekst = str(waarde)
        toeval = _TOEVAL.match(tekst) or (re.fullmatch(r"[0-9a-f-]{36}", tekst) and tekst not in bekend)
        return "*" if toeval else re.sub(r"IPS-\w{7}|BZW-\w+", "*", tekst)

    stand = {}
    for model in (*TABELLEN, Gebruiker, Lidmaatschap):
        velden = [
            veld.attname
            for veld in model._meta.concrete_fields
            if "bsn" not in veld.name and not isinstance(veld, models.AutoField)
        ]
        rijen = model._base_manager.order_by().values_list(*velden)
        stand[model.__name__] = sorted("|".join(map(zonder_toeval, rij)) for rij in rijen)
    return stand


def _na_post(
    client: Client, url: str, data: dict[str, Any], bekend: set[str]
) -> tuple[int, dict[str, list[str]]]:
    """The answer and what it left behind; then everything is as it was."""
    with transaction.atomic():
        antwoord = client.post(url, data)
        stand = _stand(bekend)
        transaction.set_rollback(True)
    return antwoord.status_code, stand


def test_P7_een_veld_te_veel_verandert_niets(wereld: fabriek.Wereld) -> None:
    nummers = _dossiers(wereld)
    vreemd = fabriek.ingediend(wereld.bij_andere_instelling(), gemeente=fabriek.ARNHEM)
    concept, behandeld = fabriek.compleet(wereld), fabriek.in_behandeling(wereld)
    adressen = [
        (wereld.behandelaar, adres("aanvragen:onderdeel", nummer=concept.pk, onderdeel=o)) for o in ONDERDELEN
    ]
    for actor in (wereld.behandelaar, wereld.beoordelaar, wereld.beslisser, wereld.van_gemeente()):
        for naam in ADRESSEN:
            if (
                naam in ("sessie_verder", "account_logout")
                or "inzage" in naam
                or isinstance(verwacht(naam), str)
            ):
                continue
            if actor.rol not in verwacht(naam) or not naam.startswith(("aanvragen:", "berichtvoorkeuren")):
                continue
            eigen = {"nummer": _nummer_voor(naam, nummers)}
            adressen.append((actor, adres(naam, **eigen)))
            if "aanvraag" in naam:
                adressen += [(actor, adres(naam, nummer=een.pk)) for een in (concept, behandeld)]
    bekend = {
        str(pk) for model in (*TABELLEN, Gebruiker) for pk in model._base_manager.values_list("pk", flat=True)
    }
    geprobeerd, gelukt = 0, 0
    for actor, url in adressen:
        client = als(actor)
        pagina = client.get(url)
        formulier = pagina.context.get("form") if pagina.status_code == 200 and pagina.context else None
        if not isinstance(formulier, forms.BaseForm):
            continue
        data = _ingevuld(formulier)
        zonder = _na_post(client, url, data, bekend)
        met = _na_post(client, url, _erbij(set(formulier.fields) | set(data), vreemd) | data, bekend)
        anders = {naam: set(rijen) ^ set(zonder[1][naam]) for naam, rijen in met[1].items()}
        assert met[0] == zonder[0], f"{url} als {actor.rol}"
        assert {naam: rijen for naam, rijen in anders.items() if rijen} == {}, f"{url} als {actor.rol}"
        geprobeerd += 1
        gelukt += zonder[0] == 302
    assert geprobeerd >= 25
    assert gelukt >= 8


def test_P7_een_rol_kiest_men_niet_met_een_veld_erbij(wereld: fabriek.Wereld) -> None:
    """Of a colleague only the functie is changed, whatever else is sent."""
    beslisser = wereld.van_gemeente(rol=Rol.GEMEENTEBESLISSER)
    collega = wereld.van_gemeente()
    rij = Lidmaatschap.objects.filter(pk=collega.lidmaatschap_id)
    voor = rij.values().get()
    als(beslisser).post(
        adres("collega_functie", nummer=collega.lidmaatschap_id),
        {
            "functie": "beleid",
            "rol": "gemeentebeslisser",
            "organisatie": str(wereld.uwv.pk),
            "geldig_tot": "",
        },
    )
    assert {n for n, w in rij.values().get().items() if w != voor[n]} <= {"functie"}
