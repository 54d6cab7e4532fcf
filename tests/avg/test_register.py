"""P37: every field of every table is classified. A new one without a line in the register fails here."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from aanvragen.avg.document import als_tekst
from aanvragen.avg.register import register, van_een_dossier, velden_van
from aanvragen.avg.soorten import VERWERKINGEN, Soort, Weg
from aanvragen.management.commands.verwerkingenregister import BESTAND
from ips_subsidie.logboek.verwerkingen import Verwerking
from ips_subsidie.opslag.velden import BlindeIndexVeld, VersleuteldTekstVeld

# Views upon other tables of the library, without rows of their own.
_GEEN_TABEL = {"pghistory.Events", "pghistory.MiddlewareEvents"}
MODELLEN = {m._meta.label: m for m in apps.get_models() if m._meta.label not in _GEEN_TABEL}


def test_elke_tabel_staat_in_het_register() -> None:
    """P37"""
    assert set(register()) == set(MODELLEN)


@pytest.mark.parametrize("label", MODELLEN)
def test_elk_veld_staat_in_het_register(label: str) -> None:
    """P37: nothing is kept of anybody that nobody thought about."""
    geschreven = {naam for naam, _ in register()[label].velden}
    assert geschreven == {veld.name for veld in velden_van(MODELLEN[label])}


@pytest.mark.parametrize("label", MODELLEN)
def test_wat_versleuteld_heet_is_versleuteld(label: str) -> None:
    """P32, P37: both ways, and a BSN is never in plain."""
    tabel = register()[label]
    werkelijk = {v.name for v in velden_van(MODELLEN[label]) if isinstance(v, VersleuteldTekstVeld)}
    assert tabel.versleuteld == werkelijk
    for regel in tabel.regels():
        veld = MODELLEN[label]._meta.get_field(regel.naam)
        if regel.soort is Soort.BSN:
            assert isinstance(veld, VersleuteldTekstVeld | BlindeIndexVeld | models.BinaryField)


def test_een_nieuw_veld_maakt_de_test_rood() -> None:
    """P37: the test bites."""
    tabel = register()["aanvragen.Deelnemer"]
    zonder = {naam for naam, _ in tabel.velden if naam != "postcode"}
    assert zonder != {veld.name for veld in velden_van(MODELLEN["aanvragen.Deelnemer"])}


def test_elke_tabel_van_een_dossier_leidt_naar_een_aanvraag() -> None:
    """The way by which destruction and export find the rows, is one that the database knows."""
    for tabel in van_een_dossier():
        if tabel.pad == "pk":
            continue
        model: type[models.Model] = tabel.klasse
        for stap in tabel.pad.split("__"):
            model = model._meta.get_field(stap).related_model
        assert model._meta.label == "aanvragen.Aanvraag", tabel.model


def test_wat_over_de_deelnemer_gaat_verdwijnt_met_het_dossier() -> None:
    """P37: a field about the deelnemer that stays, has a reason in words."""
    for tabel in van_een_dossier():
        blijft = [r.naam for r in tabel.regels() if r.soort.over_de_deelnemer and not r.vernietigd]
        assert not blijft or tabel.waarom, f"{tabel.model}: {blijft}"
        if tabel.weg is Weg.BLIJFT:
            assert not blijft, tabel.model


def test_buiten_het_dossier_staat_niets_over_een_deelnemer() -> None:
    """Only the content of files, which belongs to what points to it."""
    los = {
        f"{tabel.model}.{regel.naam}"
        for tabel in register().values()
        if not tabel.pad
        for regel in tabel.regels()
        if regel.soort.over_de_deelnemer
    }
    # What was typed in a form as the session ended, until its owner logs in again or an hour has passed.
    assert los == {"opslag.Bestand.inhoud", "opslag.Bestand.naam", "toegang.Sessie.bewaard"}


def test_wat_niet_in_de_inzage_komt_heeft_een_reden() -> None:
    """P37, AVG art. 15"""
    for tabel in register().values():
        assert not tabel.niet_in_inzage or tabel.waarom, tabel.model
        assert {*tabel.niet_in_inzage, *tabel.overleeft} <= {naam for naam, _ in tabel.velden}


def test_elke_verwerking_van_het_logboek_heeft_een_doel_en_een_grond() -> None:
    assert set(VERWERKINGEN) == set(Verwerking)
    assert all(v.doel and v.grond and v.ontvangers for v in VERWERKINGEN.values())


def test_het_document_is_bijgewerkt(settings: Any) -> None:
    """As docs/handelingen.md: whoever changes the register writes the document."""
    assert (settings.PROJECT / BESTAND).read_text(encoding="utf-8") == als_tekst(), (
        "voer uit: manage.py verwerkingenregister --schrijf"
    )
