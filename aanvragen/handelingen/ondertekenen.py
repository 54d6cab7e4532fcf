"""The handtekening of the deelnemer: on screen with the behandelaar there, or a signed file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model

from aanvragen.handelingen.handtekening import (
    DOCUMENT,
    geldige_handtekening,
    kenteken_van,
    leesteken_van,
    tekst_voor,
)
from aanvragen.handelingen.invullen import bewaar_bijlage
from aanvragen.models import Aanvraag, Handtekening
from aanvragen.models.handtekening import Wijze
from aanvragen.regels.statussen import INVULBAAR
from aanvragen.regels.toegang_regeling import niet_voor_doelgroep
from aanvragen.regels.volledigheid import ONDERDELEN, Onderdeel, Staat, staat
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN

__all__ = ["geldige_handtekening", "ondertekend", "ondertekenen"]

# What the deelnemer signs, so what must be there before he can.
ONDERTEKEND = (Onderdeel.DEELNEMER, Onderdeel.SITUATIE, Onderdeel.TRAJECT)


def ondertekend(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """A condition for acts that need the handtekening, where the regeling asks for one (T49)."""
    if aanvraag.inhoud.regels.handtekening and geldige_handtekening(aanvraag) is None:
        yield Reden(
            "handtekening", "De handtekening van de deelnemer ontbreekt. Laat de deelnemer ondertekenen."
        )


def _wordt_gevraagd(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if not aanvraag.inhoud.regels.handtekening:
        yield Reden("geen_handtekening_nodig", "Voor deze regeling is geen handtekening nodig.")
        return
    if geldige_handtekening(aanvraag) is not None:
        yield Reden("al_ondertekend", "De deelnemer heeft al ondertekend.")
        return
    waarden = _velden(aanvraag) | _velden(getattr(aanvraag, "deelnemer", None))
    if aanvraag.doelgroep and aanvraag.doelgroep not in {d.code for d in aanvraag.inhoud.doelgroepen}:
        tekst = niet_voor_doelgroep(aanvraag.doelgroep)
        yield Reden("niet_in_doelgroep", tekst, veld=Onderdeel.SITUATIE, grond=True)
    for onderdeel in ONDERTEKEND:
        if staat(onderdeel, waarden, aanvraag.inhoud) is not Staat.KLAAR:
            yield Reden(
                "onvolledig", f"Vul eerst het onderdeel “{ONDERDELEN[onderdeel].titel}” in.", veld=onderdeel
            )


def _velden(deel: Model | None) -> dict[str, Any]:
    """The columns by name; the bijlagen, that cost a query, are not among what is signed."""
    return {v.attname: getattr(deel, v.attname) for v in deel._meta.concrete_fields} if deel else {}


@handeling(
    "aanvraag.ondertekenen",
    titel="Laten ondertekenen",
    op=Aanvraag,
    van=INVULBAAR,
    door=INSTELLINGSROLLEN,
    voorwaarden=[_wordt_gevraagd],
)
def ondertekenen(
    aanvraag: Aanvraag,
    actor: Actor,
    *,
    wijze: str,
    naam: str = "",
    akkoord: bool = False,
    gelezen: str = "",
    upload: UploadedFile | None = None,
    nu: datetime,
) -> Handtekening:
    """Record the handtekening of the deelnemer under the aanvraag as it is now (S2; Awb 4:2).

    On screen he types his `naam` and ticks `akkoord`; `gelezen` is the leesteken of the text that was shown to him.
    On paper `upload` is the signed file.
    """
    tekst = tekst_voor(aanvraag, datum_van(nu))
    if wijze == Wijze.SCHERM:
        _weiger_zonder_akkoord(aanvraag, naam, akkoord, gelezen=gelezen == leesteken_van(tekst))
        bijlage = None
    else:
        if DOCUMENT not in {d.code for d in aanvraag.inhoud.documenten}:
            raise HandelingGeweigerd(
                Reden("alleen_op_scherm", "Bij deze regeling ondertekent de deelnemer op het scherm.")
            )
        if upload is None:
            raise HandelingGeweigerd(
                Reden("bestand", "Kies het bestand met de handtekening.", veld="bestand")
            )
        bijlage = bewaar_bijlage(aanvraag, actor, soort=DOCUMENT, upload=upload, nu=nu)
    # One that was under other answers has lapsed, also where nobody opened it since.
    aanvraag.handtekeningen.filter(vervallen_op__isnull=True).update(vervallen_op=nu)
    return Handtekening.objects.create(
        aanvraag=aanvraag,
        wijze=wijze,
        naam=" ".join(naam.split()) if wijze == Wijze.SCHERM else aanvraag.deelnemer.naam,
        tekst=tekst,
        inhoud_hash=kenteken_van(aanvraag, aanvraag.deelnemer),
        gezet_op=nu,
        vastgelegd_door=actor.persoon,
        bijlage=bijlage,
    )


def _weiger_zonder_akkoord(aanvraag: Aanvraag, naam: str, akkoord: bool, *, gelezen: bool) -> None:
    redenen = []
    if not gelezen:
        redenen.append(
            Reden(
                "verouderd",
                "De aanvraag is intussen veranderd. Lees de tekst opnieuw, en onderteken daarna.",
            )
        )
    if _kaal(naam) != _kaal(aanvraag.deelnemer.naam):
        tekst = f"Typ uw naam zoals die in de tekst staat: {aanvraag.deelnemer.naam}"
        redenen.append(Reden("andere_naam", tekst, veld="naam"))
    if not akkoord:
        redenen.append(Reden("geen_akkoord", "Kruis aan dat u akkoord gaat.", veld="akkoord"))
    if redenen:
        raise HandelingGeweigerd(*redenen)


def _kaal(naam: str) -> str:
    """The name without its capitals and spaces, which a telephone changes by itself."""
    return "".join(unicodedata.normalize("NFC", naam).casefold().split())
