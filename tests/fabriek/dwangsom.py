"""A besluit that comes too late, and a withdrawal after hearing: a dossier a step further, through the acts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from aanvragen.handelingen import dwangsom, ingebrekestelling
from aanvragen.models import Aanvraag, Ingebrekestelling
from ips_subsidie.kalender.klok import begin_van_dag
from ips_subsidie.toegang.rollen import Rol
from tests.fabriek.dossiers import ingediend
from tests.fabriek.wereld import NU, Wereld, doe, vers


def om(dag: date) -> datetime:
    """Ten hours after this day began in Amsterdam."""
    return begin_van_dag(dag) + timedelta(hours=10)


def na_de_termijn(aanvraag: Aanvraag, dagen: int = 1) -> datetime:
    """So many days after the last day to decide."""
    assert aanvraag.beslis_uiterlijk is not None
    return om(aanvraag.beslis_uiterlijk + timedelta(days=dagen))


def stel_in_gebreke(
    wereld: Wereld, aanvraag: Aanvraag, nu: datetime | None = None, *, waarover: str = "aanvraag"
) -> Ingebrekestelling:
    """In the portal, by default on the first day that it counts."""
    return doe(
        ingebrekestelling.indienen, aanvraag, wereld.behandelaar, nu or na_de_termijn(aanvraag),
        waarover=waarover, toelichting="Wij wachten op uw besluit.",
    )  # fmt: skip


def registreer_ingebrekestelling(
    wereld: Wereld, aanvraag: Aanvraag, nu: datetime, ontvangen_op: date, **over: Any
) -> Ingebrekestelling:
    """By post, on this day."""
    return doe(
        ingebrekestelling.registreren, aanvraag, wereld.voorbereider(aanvraag, nu), nu,
        **{"waarover": "aanvraag", "ontvangen_op": ontvangen_op, "wijze": "post"} | over,
    )  # fmt: skip


def stel_dwangsom_voor(
    wereld: Wereld, deel: Ingebrekestelling, nu: datetime, *, uitzondering: str = ""
) -> Ingebrekestelling:
    doe(
        dwangsom.voorstellen, deel, wereld.voorbereider(deel.aanvraag, nu), nu,
        uitzondering=uitzondering, motivering="Wij beslisten te laat.",
    )  # fmt: skip
    return Ingebrekestelling.objects.get(pk=deel.pk)


def stel_dwangsom_vast(wereld: Wereld, deel: Ingebrekestelling, nu: datetime) -> Ingebrekestelling:
    """Decide as was proposed; proposed first where that is still to do."""
    if not deel.is_voorgesteld:
        deel = stel_dwangsom_voor(wereld, deel, nu)
    handeling = dwangsom.niet_verschuldigd if deel.uitzondering else dwangsom.vaststellen
    doe(handeling, deel, wereld.besluitnemer(deel.aanvraag, nu), nu, motivering="Zoals voorgesteld.")
    return Ingebrekestelling.objects.get(pk=deel.pk)


def meld_dwangsom_betaald(
    wereld: Wereld, deel: Ingebrekestelling, nu: datetime, op: date
) -> Ingebrekestelling:
    beslist = deel.aanvraag.gemeente_beslist
    actor = wereld.besluitnemer(deel.aanvraag, nu) if beslist else wereld.met(Rol.UWV_FINANCIEN)
    doe(dwangsom.betaald_melden, deel, actor, nu, betaald_op=op)
    return Ingebrekestelling.objects.get(pk=deel.pk)


def in_gebreke_gesteld(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Ingebrekestelling:
    """An aanvraag on which nobody decided, and the ingebrekestelling on the day after the term."""
    return stel_in_gebreke(wereld, vers(ingediend(wereld, nu, **keuzes)))
