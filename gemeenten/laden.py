"""Bring the table of gemeenten in line with a file. Doing it again changes nothing.

Works on the models that it is given, so that a migration can use it as well as the command. What is in the
table but not in the file stays: a gemeente has dossiers. A row that begins or ends in the future changes no
choice of today, because every choice is made at a date.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gemeenten.regels.indeling import Rij, lees
from gemeenten.regels.namen import sorteernaam, zoektekst

DATA = Path(__file__).parent / "data"
INDELING = DATA / "gemeenten.csv"
VELDEN = ("naam", "provincie", "geldig_van", "geldig_tot")


@dataclass(frozen=True, slots=True)
class Tabellen:
    """The models to write to: today's, or those of the moment of a migration."""

    gemeente: Any
    opvolging: Any
    organisatie: Any


@dataclass(slots=True)
class Verslag:
    """What a load has changed, line by line."""

    regels: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.regels)


def naam_van_organisatie(naam: str) -> str:
    return f"Gemeente {naam}"


def laad_bestand(pad: Path, tabellen: Tabellen) -> Verslag:
    """Raises IndelingFout with every error of the file, and then has changed nothing."""
    return laad(lees(pad.read_bytes()), tabellen)


def laad(rijen: list[Rij], tabellen: Tabellen) -> Verslag:
    """Must run in a transaction."""
    verslag = Verslag()
    bekend = {een.code: een for een in tabellen.gemeente.objects.all()}
    _voeg_toe([rij for rij in rijen if rij.code not in bekend], tabellen, verslag)
    for rij in rijen:
        if rij.code in bekend:
            _werk_bij(bekend[rij.code], rij, tabellen, verslag)
    _volg_op(rijen, tabellen, verslag)
    weg = sorted(set(bekend) - {rij.code for rij in rijen})
    verslag.regels += [
        f"{code} {bekend[code].naam}: staat niet in het bestand en blijft staan" for code in weg
    ]
    return verslag


def _voeg_toe(rijen: list[Rij], tabellen: Tabellen, verslag: Verslag) -> None:
    organisaties = tabellen.organisatie.objects.bulk_create(
        tabellen.organisatie(naam=naam_van_organisatie(rij.naam), soort="gemeente") for rij in rijen
    )
    tabellen.gemeente.objects.bulk_create(
        tabellen.gemeente(
            code=rij.code,
            organisatie=organisatie,
            sorteernaam=sorteernaam(rij.naam),
            zoektekst=zoektekst(rij.code, rij.naam),
            **{veld: getattr(rij, veld) for veld in VELDEN},
        )
        for rij, organisatie in zip(rijen, organisaties, strict=True)
    )
    verslag.regels += [f"{rij.code} {rij.naam}: nieuw" for rij in rijen]


def _werk_bij(gemeente: Any, rij: Rij, tabellen: Tabellen, verslag: Verslag) -> None:
    anders = [veld for veld in VELDEN if getattr(gemeente, veld) != getattr(rij, veld)]
    if not anders:
        return
    for veld in anders:
        oud, nieuw = getattr(gemeente, veld) or "leeg", getattr(rij, veld) or "leeg"
        verslag.regels.append(f"{rij.code} {rij.naam}: {veld} van {oud} naar {nieuw}")
    if "naam" in anders:
        # Only a name that we gave ourselves: what a beheerder has chosen stays.
        tabellen.organisatie.objects.filter(
            pk=gemeente.organisatie_id, naam=naam_van_organisatie(gemeente.naam)
        ).update(naam=naam_van_organisatie(rij.naam))
    for veld in anders:
        setattr(gemeente, veld, getattr(rij, veld))
    gemeente.sorteernaam, gemeente.zoektekst = sorteernaam(rij.naam), zoektekst(rij.code, rij.naam)
    gemeente.save()


def _volg_op(rijen: list[Rij], tabellen: Tabellen, verslag: Verslag) -> None:
    per_code = {een.code: een for een in tabellen.gemeente.objects.all()}
    bestaand = {
        (een.van_id, een.naar_id): een
        for een in tabellen.opvolging.objects.exclude(soort="grenscorrectie").order_by("pk")
    }
    gewenst: set[tuple[int, int]] = set()
    for rij in rijen:
        van = per_code[rij.code]
        for code in rij.opvolgers:
            naar = per_code[code]
            gewenst.add((van.pk, naar.pk))
            opvolging = bestaand.get((van.pk, naar.pk))
            if opvolging is None:
                enige = len(rij.opvolgers) == 1
                tabellen.opvolging.objects.create(
                    van=van,
                    naar=naar,
                    datum=rij.geldig_tot,
                    soort="fusie" if enige else "splitsing",
                    neemt_verplichtingen_over=enige,
                )
                verslag.regels.append(f"{rij.code} {rij.naam}: opgevolgd door {code} {naar.naam}")
            elif opvolging.datum != rij.geldig_tot:
                opvolging.datum = rij.geldig_tot
                opvolging.save(update_fields=["datum"])
                verslag.regels.append(f"{rij.code} {rij.naam}: opvolging door {code} nu op {rij.geldig_tot}")
    _trek_in(rijen, bestaand, gewenst, per_code, verslag)


def _trek_in(
    rijen: list[Rij],
    bestaand: dict[tuple[int, int], Any],
    gewenst: set[tuple[int, int]],
    per_code: dict[str, Any],
    verslag: Verslag,
) -> None:
    """An opvolging that the file no longer knows is gone: a merger that was planned and called off."""
    in_bestand = {per_code[rij.code].pk: rij for rij in rijen}
    for (van, naar), opvolging in bestaand.items():
        if van in in_bestand and (van, naar) not in gewenst:
            opvolging.delete()
            rij = in_bestand[van]
            verslag.regels.append(f"{rij.code} {rij.naam}: opvolging vervallen")
