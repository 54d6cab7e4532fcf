"""The destruction of one dossier, whole or not at all: persons, files, letters and texts go, what is counted stays.

What goes and what stays follows from the register. It runs as the owner of the tables, since the role `app` has no
right to do this; the triggers let the owner through only in the transaction that has recorded the destruction first.
The logboek isn't touched: its lines hold numbers and codes, and without the deelnemer they point at nobody.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from psycopg.sql import SQL, Composable, Identifier, Literal

from aanvragen.avg.bewaren import CONCEPT_JAREN, Bewaarstand, jaren_na, oude_voordrachten, standen
from aanvragen.avg.register import Tabel, register, van_een_dossier
from aanvragen.avg.soorten import Soort, Termijnen, Weg
from aanvragen.models import Aanvraag, Voordracht
from aanvragen.regels.statussen import AanvraagStatus
from budget.models import Factuur
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.logboek.schrijven import Onderwerp, schrijf_gebeurtenis
from ips_subsidie.opslag.models import Bestand, Vernietiging, Virusscan
from ips_subsidie.toegang.models import Gebruiker

WEG = "(vernietigd)"


class NietVernietigd(Exception):
    """This dossier can't be destroyed, and nothing of it was; the message says why, in Dutch."""


@dataclass(frozen=True)
class _Deel:
    """The rows of one table that belong to the dossier."""

    tabel: Tabel
    sleutels: list[Any]

    @property
    def model(self) -> type[models.Model]:
        return self.tabel.klasse


def is_eigenaar() -> bool:
    """May this connection record a destruction? Only the owner of the tables may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('opslag_vernietiging', 'INSERT')")
        return bool(cursor.fetchone()[0])


def proef(aanvraag: Aanvraag) -> dict[str, int]:
    """How many rows of each table would go or be emptied, and how many files; nothing changes."""
    delen = _delen_van(aanvraag)
    aantallen = {deel.tabel.model: len(deel.sleutels) for deel in delen if _raakt(deel)}
    return {**aantallen, "opslag.Bestand": len(_bestanden_van(delen))}


def vernietig(aanvraag: Aanvraag, door: Gebruiker, nu: datetime) -> Vernietiging:
    """Destroy this dossier in one transaction. Raises NietVernietigd when it must be kept, or isn't due yet."""
    with transaction.atomic():
        stand = _stand_onder_slot(aanvraag, nu)
        delen = _delen_van(aanvraag)
        bestanden = _bestanden_van(delen)
        vernietiging = Vernietiging.objects.create(
            kenmerk_hash=hashlib.sha256(aanvraag.kenmerk.encode()).hexdigest(),
            regeling=aanvraag.regeling.code,
            klassen=sorted({deel.tabel.termijn.code for deel in delen if _raakt(deel)}),
            aantallen=proef(aanvraag),
            einde_dossier=stand.einde,
            bewaren_tot=stand.bewaren_tot,
            op=nu,
            door=door,
        )
        _vervang_factuurbestanden(delen)
        for deel in reversed(delen):
            if deel.tabel.weg is Weg.RIJ:
                _verwijder(deel.model, deel.sleutels)
            elif deel.tabel.weg is Weg.LEEG:
                _maak_leeg(deel)
        _verwijder(Virusscan, _scans_van(bestanden))
        _verwijder(Bestand, bestanden)
        _merk(aanvraag, nu)
        _controleer_telling(vernietiging, delen)
        schrijf_gebeurtenis(
            "vernietiging.uitgevoerd",
            onderwerp=Onderwerp(
                "opslag.vernietiging", str(vernietiging.pk), dossier_id=aanvraag.pk, kenmerk=aanvraag.kenmerk
            ),
            gebruiker=door,
            gegevens={"rijen": sum(vernietiging.aantallen.values())},
            op=nu,
        )
    return vernietiging


def vernietig_voordracht(voordracht: Voordracht, door: Gebruiker, nu: datetime) -> Vernietiging:
    """Destroy a voordracht that led to no aanvraag. Raises NietVernietigd where it isn't due."""
    with transaction.atomic():
        Voordracht.objects.select_for_update(of=("self",)).get(pk=voordracht.pk)
        rij = oude_voordrachten(datum_van(nu)).filter(pk=voordracht.pk).first()
        if rij is None:
            raise NietVernietigd("Deze voordracht blijft.")
        einde = datum_van(rij.beantwoord_op or rij.gedaan_op)
        vernietiging = Vernietiging.objects.create(
            kenmerk_hash=hashlib.sha256(str(rij.pk).encode()).hexdigest(),
            regeling="voordracht",
            klassen=[Termijnen.DOSSIER.value.code],
            aantallen={"aanvragen.Voordracht": 1},
            einde_dossier=einde,
            bewaren_tot=jaren_na(einde, CONCEPT_JAREN),
            op=nu,
            door=door,
        )
        _verwijder(Voordracht, [rij.pk])
        schrijf_gebeurtenis(
            "vernietiging.uitgevoerd",
            onderwerp=Onderwerp("opslag.vernietiging", str(vernietiging.pk), client_id=rij.pk),
            gebruiker=door,
            gegevens={"rijen": 1},
            op=nu,
        )
    return vernietiging


def _stand_onder_slot(aanvraag: Aanvraag, nu: datetime) -> Bewaarstand:
    """Asked again under the lock of the dossier: an act that was just done moves the term along."""
    rijen = Aanvraag.objects.filter(pk=aanvraag.pk)
    rijen.select_for_update(of=("self",)).get()
    stand = next(standen(datum_van(nu), rijen), None)
    if stand is None:
        raise NietVernietigd(f"Dossier {aanvraag.kenmerk} is al vernietigd.")
    if stand.redenen:
        raise NietVernietigd(f"Dossier {aanvraag.kenmerk} blijft: {', '.join(stand.redenen)}.")
    if not stand.mag_weg(datum_van(nu)):
        raise NietVernietigd(f"Dossier {aanvraag.kenmerk} blijft tot en met {stand.bewaren_tot:%d-%m-%Y}.")
    return stand


def _delen_van(aanvraag: Aanvraag) -> list[_Deel]:
    """The rows of the dossier by table, in the order of the register: what points comes after what it points at."""
    delen = []
    for tabel in van_een_dossier():
        rijen = tabel.klasse._base_manager.filter(**{tabel.pad: aanvraag.pk})
        delen.append(_Deel(tabel, list(rijen.values_list("pk", flat=True).distinct())))
    return delen


def _raakt(deel: _Deel) -> bool:
    return bool(deel.sleutels) and deel.tabel.weg in (Weg.RIJ, Weg.LEEG)


def _bestandsvelden(model: type[models.Model]) -> Iterable[models.ForeignKey[Any, Any]]:
    for veld in model._meta.concrete_fields:
        if isinstance(veld, models.ForeignKey) and veld.related_model is Bestand:
            yield veld


def _bestanden_van(delen: Iterable[_Deel]) -> list[Any]:
    gevonden: set[Any] = set()
    for deel in delen:
        if _raakt(deel):
            for veld in _bestandsvelden(deel.model):
                rijen = deel.model._base_manager.filter(pk__in=deel.sleutels)
                gevonden.update(rijen.exclude(**{veld.attname: None}).values_list(veld.attname, flat=True))
    return sorted(gevonden, key=str)


def _vervang_factuurbestanden(delen: Iterable[_Deel]) -> None:
    """A factuur has a file, always, and its sender may have put a name in it: an empty proof comes in its place."""
    [deel] = [een for een in delen if een.model is Factuur]
    if not deel.sleutels:
        return
    leeg = Bestand.objects.bewaar_xml(b"<vernietigd/>", "vernietigd.xml")
    _voer_uit(
        SQL("UPDATE {} SET bestand_id = %s WHERE id = ANY(%s)").format(_tabel(Factuur)),
        [leeg.pk, deel.sleutels],
    )


def _scans_van(bestanden: list[Any]) -> list[Any]:
    return list(Virusscan.objects.filter(bestand__in=bestanden).values_list("pk", flat=True))


def _verwijder(model: type[models.Model], sleutels: list[Any]) -> None:
    if sleutels:
        _voer_uit(SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(_tabel(model), _pk(model)), [sleutels])


def _maak_leeg(deel: _Deel) -> None:
    """Overwrite what is about the deelnemer. A text that had words keeps a word in its place, as the checks ask."""
    toewijzingen: list[Composable] = []
    waarden: list[Any] = []
    for regel in deel.tabel.regels():
        veld = deel.model._meta.get_field(regel.naam)
        if regel.vernietigd and isinstance(veld, models.Field):
            toewijzingen.append(_leeg(veld, regel.soort, waarden))
    for bestand in _bestandsvelden(deel.model):
        if bestand.null:
            toewijzingen.append(SQL("{} = NULL").format(Identifier(bestand.column)))
    if not toewijzingen or not deel.sleutels:
        return
    opdracht = SQL("UPDATE {} SET {} WHERE {} = ANY(%s)").format(
        _tabel(deel.model), SQL(", ").join(toewijzingen), _pk(deel.model)
    )
    _voer_uit(opdracht, [*waarden, deel.sleutels])


def _leeg(veld: models.Field[Any, Any], soort: Soort, waarden: list[Any]) -> Composable:
    kolom = Identifier(str(veld.column))
    if isinstance(veld, models.CharField | models.TextField):
        vrij = not veld.choices and (veld.max_length is None or veld.max_length >= len(WEG))
        if (soort is Soort.TEKST and vrij) or (vrij and not veld.blank):
            return SQL("{0} = CASE {0} WHEN '' THEN '' ELSE {1} END").format(kolom, Literal(WEG))
        return SQL("{} = ''").format(kolom)
    if isinstance(veld, models.JSONField):
        waarden.append("[]" if veld.default is list else "{}")
        return SQL("{} = %s").format(kolom)
    if isinstance(veld, models.BinaryField):
        # Never empty in the table; random bytes are nobody's.
        waarden.append(os.urandom(32))
        return SQL("{} = %s").format(kolom)
    return SQL("{} = NULL").format(kolom)


def _merk(aanvraag: Aanvraag, nu: datetime) -> None:
    """The mark on the dossier. A concept of which nothing is left, can't be gone on with."""
    naar = AanvraagStatus.VERVALLEN if aanvraag.status == AanvraagStatus.CONCEPT else aanvraag.status
    _voer_uit(
        SQL("UPDATE {} SET vernietigd_op = %s, status = %s, versie = versie + 1 WHERE id = %s").format(
            _tabel(Aanvraag)
        ),
        [nu, str(naar), aanvraag.pk],
    )


def _controleer_telling(vernietiging: Vernietiging, delen: Iterable[_Deel]) -> None:
    """What the proof says, is what happened."""
    for deel in delen:
        if deel.tabel.weg is Weg.RIJ and deel.model._base_manager.filter(pk__in=deel.sleutels).exists():
            raise NietVernietigd(f"Van {deel.tabel.model} bleven rijen staan. Er is niets vernietigd.")
        geteld = vernietiging.aantallen.get(deel.tabel.model, 0)
        if _raakt(deel) and geteld != len(deel.sleutels):
            raise NietVernietigd(f"De telling van {deel.tabel.model} klopt niet. Er is niets vernietigd.")


def _tabel(model: type[models.Model]) -> Identifier:
    return Identifier(model._meta.db_table)


def _pk(model: type[models.Model]) -> Identifier:
    assert model._meta.pk is not None
    return Identifier(str(model._meta.pk.column))


def _voer_uit(opdracht: Composable, waarden: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(opdracht.as_string(), waarden)


def alle_tabellen() -> list[str]:
    """The tables that a destruction may change, for the migration's test."""
    return sorted(
        tabel.klasse._meta.db_table
        for tabel in register().values()
        if tabel.pad and tabel.weg is not Weg.BLIJFT
    )
