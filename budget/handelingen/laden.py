"""Loading a regeling: a new version with a reason, and the limits of its pots. An error changes nothing."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from budget.handelingen.plaatsen import stel_grenzen_in
from budget.models import Regeling, RegelingVersie
from budget.regels.inlezen import lees_regeling
from ips_subsidie.kalender.klok import datum_van


@transaction.atomic
def laad_regeling(
    tekst: str, *, reden: str, nu: datetime, geldig_vanaf: date | None = None, door_id: UUID | None = None
) -> tuple[RegelingVersie, bool]:
    """Keep `tekst` as the newest version of its regeling; returns it, and whether it is new.

    By default a first version holds from the first of January before its first tijdvak, a later one from today.
    Raises RegelingFout for a wrong text and HandelingGeweigerd for a limit below what was granted.
    """
    inhoud = lees_regeling(tekst)
    regeling, nieuw = Regeling.objects.get_or_create(code=inhoud.code, defaults={"naam": inhoud.naam})
    regeling = Regeling.objects.select_for_update(of=("self",), no_key=True).get(pk=regeling.pk)
    laatste = regeling.versies.order_by("-nummer").first()
    if laatste is not None and laatste.tekst == tekst:
        return laatste, False
    begin = min(t.van for t in inhoud.tijdvakken)
    versie = RegelingVersie.objects.create(
        regeling=regeling,
        nummer=1 if laatste is None else laatste.nummer + 1,
        # A first version holds from before the tijdvak, so that a concept can be made and the public page shown.
        geldig_vanaf=geldig_vanaf or (date(begin.year, 1, 1) if nieuw else datum_van(nu)),
        tekst=tekst,
        reden=reden,
        vastgelegd_op=nu,
        vastgelegd_door_id=door_id,
    )
    if regeling.naam != inhoud.naam:
        regeling.naam = inhoud.naam
        regeling.save(update_fields=["naam"])
    stel_grenzen_in(versie)
    return versie, True
