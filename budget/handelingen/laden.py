"""Loading a regeling: a new version with a reason, and the limits of its pots. An error changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from budget.models import PotSoort, Regeling, RegelingVersie
from budget.regels.inlezen import lees_regeling
from budget.regels.regeling import Regelinginhoud
from gemeenten.models import Gemeente
from ips_subsidie.handelingen.lopend import BUITEN, lopend
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van, einde_van_dag


@transaction.atomic
def laad_regeling(
    tekst: str,
    *,
    reden: str,
    nu: datetime,
    geldig_vanaf: date | None = None,
    door_id: UUID | None = None,
    gepubliceerd_op: date | None = None,
    bron: str = "",
) -> tuple[RegelingVersie, bool]:
    """Keep `tekst` as the newest version of its regeling; returns it, and whether it is new.

    By default a first version holds from the first of January before its first tijdvak, a later one from today.
    Its limits hold for what is received after `gepubliceerd_op` (today unless given); who was before keeps the old,
    higher ones (Awb 4:27). Raises RegelingFout for a wrong text and HandelingGeweigerd for a limit below what was
    granted, or one that is not published yet.
    """
    inhoud = lees_regeling(tekst)
    regeling, nieuw = Regeling.objects.get_or_create(code=inhoud.code, defaults={"naam": inhoud.naam})
    regeling = Regeling.objects.select_for_update(of=("self",), no_key=True).get(pk=regeling.pk)
    laatste = regeling.versies.order_by("-nummer").first()
    if laatste is not None and laatste.tekst == tekst:
        return laatste, False
    begin = min(t.van for t in inhoud.tijdvakken)
    gepubliceerd_op = _gepubliceerd(gepubliceerd_op, nu)
    with _als_reden():
        versie = RegelingVersie.objects.create(
            regeling=regeling,
            nummer=1 if laatste is None else laatste.nummer + 1,
            # A first version holds from before the tijdvak: so a concept can be made and the public page shown.
            geldig_vanaf=geldig_vanaf or (date(begin.year, 1, 1) if nieuw else datum_van(nu)),
            tekst=tekst,
            reden=reden,
            bron=bron,
            gepubliceerd_op=gepubliceerd_op,
            # Who was received on the day of publication, before it was recorded, has the benefit of the doubt.
            grenzen_vanaf=min(nu, einde_van_dag(gepubliceerd_op)),
            vastgelegd_op=nu,
            vastgelegd_door_id=door_id,
            **kolommen_van(inhoud),
            **({} if lopend() is BUITEN else {"handeling": lopend().code}),
        )
    if regeling.naam != inhoud.naam:
        regeling.naam = inhoud.naam
        regeling.save(update_fields=["naam"])
    return versie, True


def _gepubliceerd(op: date | None, nu: datetime) -> date:
    """The day of publication; today unless given. Raises HandelingGeweigerd for one that is still to come."""
    if op is not None and op > datum_van(nu):
        raise HandelingGeweigerd(
            Reden(
                "nog_niet_gepubliceerd",
                "De bekendmaking ligt in de toekomst. Leg de wijziging vast op de dag van de bekendmaking.",
                veld="gepubliceerd_op",
            )
        )
    return op or datum_van(nu)


def kolommen_van(inhoud: Regelinginhoud) -> dict[str, Any]:
    """What a version keeps in columns of its own, for the triggers that read no TOML, by the name of the column."""
    return {
        "grenzen": grenzen_van(inhoud),
        "tijdvakken": [tijdvak.code for tijdvak in inhoud.tijdvakken],
        "dubbel_traject": inhoud.regels.dubbel_traject,
        "niet_passend_beleid": inhoud.regels.niet_passend_beleid,
        "cap_bij_fusie": inhoud.regels.cap_bij_fusie,
        "in_mandaat": bool(inhoud.instantie.mandaat),
    }


def grenzen_van(inhoud: Regelinginhoud) -> list[dict[str, Any]]:
    """The limits of every pot, in trajecten and cents (None: no limit), in the order in which pots are locked."""
    potten = inhoud.potten
    totaal = [_grens(PotSoort.TOTAAL, "", "", potten.plafond_trajecten, potten.plafond_bedrag_cent)]
    totaal += [
        _grens(PotSoort.TOTAAL, code, "", grens.plafond_trajecten, grens.plafond_bedrag_cent)
        for code, grens in potten.tijdvak.items()
    ]
    routes = [
        _grens(PotSoort.ROUTE, "", route.code, potten.sub_plafond.get(route.code)) for route in inhoud.routes
    ]
    telt = list(potten.cap_telt_routes)
    caps = [_grens(PotSoort.GEMEENTE, "", "", potten.cap_per_gemeente, telt=telt)]
    caps += [
        _grens(PotSoort.GEMEENTE, code, "", grens.cap_per_gemeente, telt=telt)
        for code, grens in potten.tijdvak.items()
        if grens.cap_per_gemeente is not None
    ]
    return [*totaal, *routes, *caps]


def _grens(
    soort: PotSoort,
    periode: str,
    route: str,
    trajecten: int | None,
    cent: int | None = None,
    telt: list[str] | None = None,
) -> dict[str, Any]:
    return {
        "soort": soort.value, "periode": periode, "route": route, "telt": telt or [], "trajecten": trajecten,
        "cent": cent,
    }  # fmt: skip


@contextmanager
def _als_reden() -> Iterator[None]:
    """The version's own trigger sets the limits (migration 0007); what it refuses, as a reason."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fout:
        diagnose: Any = getattr(fout.__cause__, "diag", None)
        regel = diagnose.constraint_name if diagnose else ""
        if regel == "budget_onder_verleend":
            raise HandelingGeweigerd(_onder_verleend(json.loads(diagnose.message_detail))) from fout
        if regel in ("pot_niet_over_trajecten", "pot_niet_over_cent"):
            tekst = "Zo geteld is er al meer verleend dan de grens. Kies een hogere grens."
            raise HandelingGeweigerd(Reden("onder_verleend", tekst)) from fout
        if regel == "budget_eerder_gepubliceerd":
            tekst = "De vorige wijziging is later gepubliceerd. Leg wijzigingen vast in de volgorde van publicatie."
            raise HandelingGeweigerd(Reden("eerder_gepubliceerd", tekst, veld="gepubliceerd_op")) from fout
        raise


def _onder_verleend(pot: dict[str, Any]) -> Reden:
    waar = "voor de hele regeling"
    if pot["soort"] == PotSoort.GEMEENTE:
        naam = Gemeente.objects.filter(pk=pot["gemeente"]).values_list("naam", flat=True).first()
        waar = f"voor de gemeente {naam}"
    elif pot["soort"] == PotSoort.ROUTE:
        waar = f"voor de route “{pot['route']}”"
    if pot["periode"]:
        waar += f" in het tijdvak {pot['periode']}"
    wat = f"€ {pot['cent'] // 100}" if pot["cent"] is not None else f"{pot['trajecten']} trajecten"
    return Reden(
        "onder_verleend",
        f"Deze grens ligt onder wat al is verleend: {waar} is dat {wat}. Kies een hogere grens.",
    )
