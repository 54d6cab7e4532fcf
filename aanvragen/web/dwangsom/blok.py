"""The ingebrekestelling on the page of its dossier: where it stands, how it was counted, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse

from aanvragen.handelingen.dossier import behandelt
from aanvragen.handelingen.ingebrekestelling import dwangsom_van, stand_van
from aanvragen.handelingen.wachten import termijn_verlenging, vaststelling_te_laat
from aanvragen.models import Aanvraag, Bezwaar, Ingebrekestelling, Verlenging
from aanvragen.regels.bezwaar import Indiener
from aanvragen.regels.dwangsom import OPEN_INGEBREKESTELLING, IngebrekestellingStatus, Stand
from aanvragen.regels.statussen import OPEN, AanvraagStatus, VerlengingStatus
from aanvragen.web.hulp import acties, actor_van, mogelijkheden
from ips_subsidie.kalender.dwangsom import vaststellen_uiterlijk
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import VOORBEREIDERS
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.onderdelen import Soort as Kleur
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro

KLEUR: dict[IngebrekestellingStatus, Kleur] = {
    IngebrekestellingStatus.PREMATUUR: "inactief",
    IngebrekestellingStatus.LOOPT: "let_op",
    IngebrekestellingStatus.OP_TIJD: "goed",
    IngebrekestellingStatus.VERBEURD: "fout",
    IngebrekestellingStatus.VASTGESTELD: "info",
    IngebrekestellingStatus.NIET_VERSCHULDIGD: "inactief",
}


def erbij() -> dict[str, Any]:
    """Part of the query of the dossier itself: whether there is any ingebrekestelling."""
    eigen = Ingebrekestelling.objects.filter(aanvraag=OuterRef("pk"))
    return {"heeft_ingebrekestelling": Exists(eigen)}


def _ingebrekestellingen(aanvraag: Aanvraag) -> list[Ingebrekestelling]:
    """Those of this dossier, newest first; no query where there is none."""
    if not getattr(aanvraag, "heeft_ingebrekestelling", False):
        return []
    delen = list(aanvraag.ingebrekestellingen.select_related("besluit", "opsteller").met_besluitdag())
    for deel in delen:
        deel.aanvraag = aanvraag
    return delen


def _betrokken(aanvraag: Aanvraag, actor: Actor) -> bool:
    """The instelling and who decides; that she was late is nobody else's business."""
    return actor.is_instelling or behandelt(aanvraag, actor)


def dwangsom_blok(
    request: HttpRequest,
    aanvraag: Aanvraag,
    verlengingen: Iterable[Verlenging],
    bezwaren: Iterable[Bezwaar],
) -> dict[str, Any] | None:
    """What the page shows; None where nothing is late, nothing was, and nothing waits that one could be about."""
    actor, dag = actor_van(request), vandaag()
    if aanvraag.ontvangen_op is None or not _betrokken(aanvraag, actor):
        return None
    delen = _ingebrekestellingen(aanvraag)
    laat = te_laat(aanvraag, dag)
    ook_laat = laat or _vervolg_te_laat(aanvraag, verlengingen, bezwaren, dag)
    registreren = actor.rol in VOORBEREIDERS and (ook_laat or bool(delen) or aanvraag.status in OPEN)
    if not delen and not ook_laat and not registreren:
        return None
    open_ = any(deel.status in OPEN_INGEBREKESTELLING for deel in delen)
    return {
        "delen": [_deel(request, deel, dag) for deel in delen],
        "kop": ook_laat or bool(delen),
        "te_laat_sinds": aanvraag.beslis_uiterlijk if laat else None,
        "indienen": _adres("indienen", aanvraag) if actor.is_instelling and ook_laat and not open_ else "",
        "registreren": _adres("registreren", aanvraag) if registreren else "",
    }


def _vervolg_te_laat(
    aanvraag: Aanvraag, verlengingen: Iterable[Verlenging], bezwaren: Iterable[Bezwaar], dag: date
) -> bool:
    """Is a besluit late on what follows on the aanvraag: a verlenging, the vaststelling, a bezwaar?"""
    if any(b.indiener == Indiener.INSTELLING and b.te_laat_op(dag) for b in bezwaren):
        return True
    vaststelling = getattr(getattr(aanvraag, "traject", None), "vaststelling", None)
    if vaststelling is not None and vaststelling_te_laat(vaststelling, dag):
        return True
    wacht = (v for v in verlengingen if v.status == VerlengingStatus.AANGEVRAAGD)
    return any(dag > termijn_verlenging(aanvraag, v) for v in wacht)


def te_laat(aanvraag: Aanvraag, dag: date) -> bool:
    """Should there have been a besluit on the aanvraag? From what is in memory; the acts look closer."""
    wacht_op_aanvulling = (
        aanvraag.status == AanvraagStatus.ONVOLLEDIG
        and aanvraag.hersteltermijn_tot is not None
        and dag <= aanvraag.hersteltermijn_tot
    )
    tot = aanvraag.beslis_uiterlijk
    return aanvraag.status in OPEN and not wacht_op_aanvulling and tot is not None and dag > tot


def _adres(wat: str, aanvraag: Aanvraag) -> str:
    return reverse(f"aanvragen:ingebrekestelling_{wat}", args=[aanvraag.pk])


def _deel(request: HttpRequest, deel: Ingebrekestelling, dag: date) -> dict[str, Any]:
    status = status_op(deel, dag)
    mogelijk = mogelijkheden(request, deel)
    adressen = {m.handeling.code: reverse(f"aanvragen:{m.handeling.naam}", args=[deel.pk]) for m in mogelijk}
    return {
        "status": status.label,
        "soort": KLEUR[status],
        "rijen": rijen_van(deel, actor_van(request), dag),
        "termijn": None if status is IngebrekestellingStatus.PREMATUUR else dwangsom_van(deel),
        "bestand": reverse("aanvragen:ingebrekestelling_bestand", args=[deel.pk]) if deel.bestand_id else "",
        "acties": acties(mogelijk, adressen),
    }


def status_op(deel: Ingebrekestelling, dag: date) -> IngebrekestellingStatus:
    """As it is on this day: the night may still have to write it down."""
    if deel.status not in OPEN_INGEBREKESTELLING:
        return IngebrekestellingStatus(deel.status)
    return stand_van(deel, dag).status


def rijen_van(deel: Ingebrekestelling, actor: Actor, dag: date) -> list[Rij]:
    """The facts; what is only prepared is not the instelling's to see."""
    rijen = [
        Rij("Over", deel.get_over_display()),
        Rij("Ontvangen op", datum(deel.ontvangen_op)),
        Rij("Hoe", deel.get_wijze_display()),
        Rij("Toelichting", deel.toelichting),
        Rij("Beslissen kon tot en met", datum(deel.termijn_tot)),
    ]
    if deel.status == IngebrekestellingStatus.PREMATUUR:
        rijen.append(Rij("Gevolg", _te_vroeg(deel)))
    elif deel.status in OPEN_INGEBREKESTELLING:
        rijen += _lopend(deel, stand_van(deel, dag))
        rijen += [] if actor.is_instelling else _voorstel(deel)
    else:
        rijen += _afgerond(deel)
    return [rij for rij in rijen if not rij.leeg]


def _te_vroeg(deel: Ingebrekestelling) -> str:
    if deel.opgeschort:
        return "De termijn stond stil. De ingebrekestelling was te vroeg en heeft geen gevolg."
    return "Er was nog tijd om te beslissen. De ingebrekestelling was te vroeg en heeft geen gevolg."


def _lopend(deel: Ingebrekestelling, stand: Stand) -> list[Rij]:
    dagen = dwangsom_van(deel)
    besloten = deel.besloten_op
    if stand.status is IngebrekestellingStatus.LOOPT:
        return [
            Rij("Alsnog beslissen uiterlijk", datum(dagen.uiterlijk_beslissen)),
            Rij("Eerste dag van de dwangsom", datum(dagen.eerste_dag)),
        ]
    return [
        Rij("Beslist of ingetrokken op", datum(besloten)),
        Rij("Eerste dag van de dwangsom", datum(dagen.eerste_dag)),
        Rij("Laatste dag van de dwangsom", datum(stand.laatste_dag if stand.klaar else dagen.laatste_dag)),
        Rij("Dagen te laat" if stand.klaar else "Dagen te laat tot en met vandaag", str(stand.dagen)),
        Rij("Dwangsom" if stand.klaar else "Dwangsom tot en met vandaag", euro(stand.bedrag_cent)),
        Rij("Vaststellen uiterlijk", datum(_vaststellen_tot(stand))),
    ]


def _vaststellen_tot(stand: Stand) -> date | None:
    """By when it must be determined, once it is certain how much; the night may still have to write that down."""
    if not stand.klaar or stand.laatste_dag is None:
        return None
    return vaststellen_uiterlijk(stand.laatste_dag, feestdagen())


def _voorstel(deel: Ingebrekestelling) -> list[Rij]:
    if not deel.is_voorgesteld:
        return []
    return [
        Rij(
            "Voorstel",
            deel.get_uitzondering_display() if deel.uitzondering else "De dwangsom is verschuldigd",
        ),
        Rij("Voorbereid door", str(deel.opsteller or "")),
    ]


def _afgerond(deel: Ingebrekestelling) -> list[Rij]:
    besluit = deel.besluit
    return [
        Rij("Beslist of ingetrokken op", datum(deel.besloten_op)),
        Rij("Dagen te laat", str(deel.dagen or "")),
        Rij("Dwangsom", euro(besluit.bedrag_cent) if besluit and besluit.bedrag_cent else ""),
        Rij("Waarom niets verschuldigd is", deel.get_uitzondering_display() if deel.uitzondering else ""),
        Rij("Vastgesteld op", datum(besluit.dagtekening) if besluit else ""),
        Rij("Betalen uiterlijk", datum(deel.betaal_uiterlijk) if deel.betaald_op is None else ""),
        Rij("Betaald op", datum(deel.betaald_op)),
    ]
