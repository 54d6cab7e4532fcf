"""All that is held on one deelnemer, for himself (AVG art. 15): what, from which table, who saw it, and how long.

Which fields, says the register; which rows, who gives them: an organisatie gives what it may see itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Field, Model, QuerySet

from aanvragen.avg.bewaren import standen
from aanvragen.avg.register import Tabel, van_een_dossier
from aanvragen.avg.soorten import Soort
from aanvragen.models import Aanvraag
from ips_subsidie.kalender.dagen import AMSTERDAM
from ips_subsidie.logboek.inzagen import regels_van_dossier
from ips_subsidie.logboek.models import Regel

Rijen = QuerySet[Model]
# The rows of this table that may be given; None where there is nothing to give of it.
Mag = Callable[[Tabel, Rijen], Rijen | None]
HOOGSTENS_REGELS = 5000


@dataclass(frozen=True)
class Gegeven:
    """One field of one row, in words. `bsn` says that it is one, for a page that shows only its end."""

    naam: str
    vraag: str
    waarde: str
    bsn: bool = False


@dataclass(frozen=True)
class Groep:
    """The rows of one table, each a list of what is filled in."""

    tabel: Tabel
    titel: str
    rijen: tuple[tuple[Gegeven, ...], ...]


def alles(tabel: Tabel, rijen: Rijen) -> Rijen | None:
    """For who answers for the whole portal: every row."""
    return rijen


def verzamel(aanvraag: Aanvraag, mag: Mag = alles) -> list[Groep]:
    """What is held on the deelnemer of this dossier, by table; tables without rows are left out."""
    groepen = []
    for tabel in van_een_dossier():
        namen = [regel for regel in tabel.regels() if regel.inzage]
        rijen = mag(
            tabel, tabel.klasse._base_manager.filter(**{tabel.pad: aanvraag.pk}).order_by("pk").distinct()
        )
        if not namen or rijen is None:
            continue
        gevuld = tuple(rij for rij in (tuple(_gegevens(een, tabel)) for een in rijen) if rij)
        if gevuld:
            titel = str(tabel.klasse._meta.verbose_name).capitalize()
            groepen.append(Groep(tabel, titel, gevuld))
    return groepen


def _gegevens(rij: Model, tabel: Tabel) -> Iterator[Gegeven]:
    for regel in tabel.regels():
        if not regel.inzage:
            continue
        veld = rij._meta.get_field(regel.naam)
        assert isinstance(veld, Field)
        waarde = in_woorden(rij, veld)
        if waarde:
            yield Gegeven(regel.naam, str(veld.verbose_name), waarde, regel.soort is Soort.BSN)


def in_woorden(rij: Model, veld: Field[Any, Any]) -> str:
    """A value as people read it: choices by their label, a day as 03-06-2019, yes and no in Dutch."""
    toon = getattr(rij, f"get_{veld.name}_display", None)
    waarde = toon() if callable(toon) else getattr(rij, veld.name)
    if waarde is None or waarde in ("", [], {}):
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime):
        return waarde.astimezone(AMSTERDAM).strftime("%d-%m-%Y %H:%M")
    if isinstance(waarde, date):
        return waarde.strftime("%d-%m-%Y")
    if isinstance(waarde, dict | list):
        return _plat(waarde)
    return str(waarde)


def _plat(waarde: Any) -> str:
    if isinstance(waarde, dict):
        return "; ".join(
            f"{sleutel}: {_plat(deel)}" for sleutel, deel in waarde.items() if deel not in ("", None)
        )
    if isinstance(waarde, list):
        return "; ".join(_plat(deel) for deel in waarde)
    return str(waarde)


def gezien_door(client_id: UUID | None, dossier_id: UUID) -> list[Regel]:
    """Who looked at or did something with the data of this deelnemer, newest first (AVG art. 15 lid 1 c)."""
    return list(regels_van_dossier(dossier_id, client_id)[:HOOGSTENS_REGELS])


def bewaard_tot(aanvraag: Aanvraag, op: date) -> date | None:
    """The last day on which the dossier is kept, as things stand; None when it was destroyed."""
    stand = next(standen(op, Aanvraag.objects.filter(pk=aanvraag.pk)), None)
    return stand.bewaren_tot if stand else None


def als_json(aanvraag: Aanvraag, groepen: list[Groep], op: datetime) -> dict[str, Any]:
    """The same as a document that a machine can read (AVG art. 15 lid 3, art. 20)."""
    deelnemer = getattr(aanvraag, "deelnemer", None)
    tot = bewaard_tot(aanvraag, op.date())
    return {
        "dossier": aanvraag.kenmerk,
        "gemaakt_op": op.isoformat(),
        "bewaard_tot_en_met": tot.isoformat() if tot else None,
        "gegevens": [
            {
                "soort": groep.titel,
                "doel": groep.tabel.verwerking.doel,
                "grond": groep.tabel.verwerking.grond,
                "ontvangers": groep.tabel.verwerking.ontvangers,
                "bewaartermijn": groep.tabel.termijn.tekst,
                "rijen": [{een.vraag: een.waarde for een in rij} for rij in groep.rijen],
            }
            for groep in groepen
        ],
        "wie_zag_of_deed_iets": [
            {
                "wanneer": regel.op.isoformat(),
                "wat": regel.handeling,
                "soort": regel.soort,
                "organisatie": str(regel.organisatie) if regel.organisatie else "het portaal",
            }
            for regel in gezien_door(deelnemer.pk if deelnemer else None, aanvraag.pk)
        ],
        "uw_rechten": (
            "U kunt vragen om gegevens te verbeteren of te wissen, of de verwerking te beperken (AVG artikel 16 tot en "
            "met 18). Vraag dat aan de organisatie die u dit gaf. Bent u het niet eens met het antwoord? Dan kunt u "
            "een klacht indienen bij de Autoriteit Persoonsgegevens."
        ),
    }
