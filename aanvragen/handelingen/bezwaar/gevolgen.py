"""What a gegrond bezwaar does, by what was decided: dossier, traject and budget follow (Awb 7:11 lid 2).

Part of `bezwaar.beslissen`, within its transaction. The database asks it again: a besluit that was taken back is
followed by what the beslissing says, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from aanvragen.handelingen import alsnog, verlengen
from aanvragen.handelingen.besluit import neem_besluit
from aanvragen.handelingen.dossier import (
    beslisser_naam,
    meld_betrokken_gemeente,
    meld_instelling,
    meld_uwv,
)
from aanvragen.handelingen.geld import betaald_op
from aanvragen.handelingen.vaststellen import besluitvelden
from aanvragen.handelingen.verslag import heeft_verslag, schort_op, vaststelling_van, vraag_verslag
from aanvragen.models import Aanvraag, BesluitSoort, Bezwaar, Traject, Vaststelling, Verlenging
from aanvragen.models.besluit import Rechtsmiddel
from aanvragen.regels.bezwaar import Gevolg
from aanvragen.regels.statussen import AanvraagStatus, StopberichtStatus, TrajectStatus, VerlengingStatus
from budget.handelingen import uitzondering as uitzonderingen
from budget.handelingen import verplichtingen
from budget.models import ReserveringStatus
from ips_subsidie.handelingen.kern import vergrendel
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol

_NODIG = ("reservering", "regeling", "regeling_versie", "instelling__organisatie", "gemeente", "deelnemer")
_VELDEN = (
    "versie", "status", "beslist_op", "heropend_op", "beslis_uiterlijk", "hersteltermijn_tot", "opgepakt_door",
    "opgepakt_op",
)  # fmt: skip
# What the dossier must be for it still.
_STATUS: dict[Gevolg, tuple[AanvraagStatus, ...]] = {
    Gevolg.ALSNOG_TOEKENNEN: (AanvraagStatus.AFGEWEZEN,),
    Gevolg.OPNIEUW: (AanvraagStatus.AFGEWEZEN, AanvraagStatus.BUITEN_BEHANDELING),
    Gevolg.HERLEVEN: (AanvraagStatus.BESLUIT_INGETROKKEN,),
    Gevolg.VERLENGEN: (AanvraagStatus.TOEGEKEND,),
    Gevolg.HOGER_VASTSTELLEN: (AanvraagStatus.TOEGEKEND,),
}


def vergrendel_dossier(bezwaar: Bezwaar) -> Aanvraag:
    """The dossier under its own lock, which comes after that of the bezwaar; the bezwaar knows it from now on."""
    bezwaar.aanvraag = vergrendel(bezwaar.aanvraag, _NODIG)
    return bezwaar.aanvraag


def bezwaren_tegen(bezwaar: Bezwaar, gevolg: Gevolg, bedrag_cent: int | None) -> Iterable[Reden]:
    """Why this can't follow from it: when it is proposed, and again when it is decided."""
    if gevolg == Gevolg.MOTIVERING:
        return
    aanvraag = bezwaar.aanvraag
    if bezwaar.besluit.opvolgers.filter(herroept=True).exists() or aanvraag.status not in _STATUS[gevolg]:
        tekst = (
            f"De status van het dossier is nu “{aanvraag.get_status_display()}”. Dit kan dan niet meer. Kies een "
            "andere uitkomst."
        )
        yield Reden("dossier_veranderd", tekst, veld="gevolg")
    elif gevolg == Gevolg.ALSNOG_TOEKENNEN:
        yield from alsnog.bezwaren_tegen_alsnog(aanvraag, bezwaar.besluit)
    elif gevolg == Gevolg.VERLENGEN:
        yield from _tegen_verlengen(bezwaar)
    elif gevolg == Gevolg.HOGER_VASTSTELLEN:
        yield from _tegen_bedrag(bezwaar, bedrag_cent)


def voer_uit(bezwaar: Bezwaar, aanvraag: Aanvraag, actor: Actor, nu: datetime) -> None:
    """Do what follows, after the besluit was taken back; the dossier is saved."""
    _DOE[Gevolg(bezwaar.gevolg)](bezwaar, aanvraag, actor, nu)
    aanvraag.versie += 1
    aanvraag.save(update_fields=_VELDEN)


def _herleef(bezwaar: Bezwaar, aanvraag: Aanvraag, actor: Actor, nu: datetime) -> None:
    """The verlening counts again: the place where it was given away is taken back, the traject goes on, money is owed.

    A traject that had not started can start. What was asked of verlenging can be asked again.
    """
    reservering = aanvraag.reservering
    assert reservering is not None
    if reservering.status == ReserveringStatus.VRIJGEGEVEN:
        alsnog.stel_voor(bezwaar, aanvraag, actor, nu)
        uitzonderingen.bevestig(reservering, actor, nu)
    verplichtingen.herleef(reservering, nu)
    aanvraag.status = AanvraagStatus.TOEGEKEND
    traject = _traject(aanvraag)
    if traject.status == TrajectStatus.NIET_GESTART:
        traject.status = TrajectStatus.GEPLAND
    traject.versie += 1
    traject.save(update_fields=["status", "versie"])
    stopbericht = traject.levend_stopbericht
    if stopbericht is not None and stopbericht.status == StopberichtStatus.VERZONDEN:
        verplichtingen.blokkeer(reservering, "Het stopbericht is nog niet bevestigd.", nu)
    elif stopbericht is not None:
        vraag_verslag(traject, nu)
    titel = f"{beslisser_naam(aanvraag)} heeft een intrekking na bezwaar herroepen"
    meld_instelling(aanvraag, "herleefd", f"{titel}: de subsidie geldt weer", nu)
    meld_betrokken_gemeente(aanvraag, "herleefd", titel, nu)
    meld_uwv(aanvraag, "herleefd", "Een subsidie geldt weer na bezwaar", nu, rollen=[Rol.UWV_FINANCIEN])
    alsnog.meld_boven_de_grens(aanvraag, nu)


def _tegen_verlengen(bezwaar: Bezwaar) -> Iterable[Reden]:
    verlenging = Verlenging.objects.filter(besluit=bezwaar.besluit).select_related("traject").first()
    if verlenging is None or verlenging.status != VerlengingStatus.AFGEWEZEN:
        yield Reden("dossier_veranderd", "Over deze verlenging is al anders beslist.", veld="gevolg")
        return
    verlenging.traject.aanvraag = bezwaar.aanvraag
    yield from verlengen.bezwaren_tegen(verlenging.traject, verlenging.maanden, verlenging.gevraagd_op)
    if heeft_verslag(verlenging.traject):
        yield Reden("verslag_ingediend", "Er is al een verslag over dit traject. Verlengen kan niet meer.")


def _verleng(bezwaar: Bezwaar, aanvraag: Aanvraag, actor: Actor, nu: datetime) -> None:
    """The verlenging that was refused, from the old last day on; a verslag that was asked since no longer is."""
    verlenging = Verlenging.objects.select_for_update(of=("self",)).get(besluit=bezwaar.besluit)
    oude_laatste_dag = verlengen.verleng(verlenging)
    schort_op(verlenging.traject, nu)
    verlenging.besluit = neem_besluit(
        aanvraag,
        actor,
        BesluitSoort.VERLENGING_TOEGEKEND,
        brief={"oude_laatste_dag": oude_laatste_dag},
        maanden=verlenging.maanden,
        **_van(bezwaar, nu),
    )
    verlenging.status = VerlengingStatus.TOEGEKEND
    verlenging.save(update_fields=["besluit", "status"])
    meld_instelling(aanvraag, "verlenging_besloten", "Een traject is na bezwaar verlengd", nu)


def _vaststelling(bezwaar: Bezwaar) -> Vaststelling | None:
    return Vaststelling.objects.filter(besluit=bezwaar.besluit).first()


def _tegen_bedrag(bezwaar: Bezwaar, bedrag_cent: int | None) -> Iterable[Reden]:
    """More than it was, and no more than was verleend: nobody comes off worse by his own bezwaar."""
    vaststelling = _vaststelling(bezwaar)
    if vaststelling is None:
        yield Reden("dossier_veranderd", "De subsidie is intussen anders vastgesteld.", veld="gevolg")
    elif bedrag_cent is None or not bezwaar.besluit.bedrag_cent < bedrag_cent <= vaststelling.verleend_cent:
        tekst = "Kies een bedrag boven het bedrag dat was vastgesteld, en niet meer dan er is verleend."
        yield Reden("bedrag", tekst, veld="bedrag_cent")


def _stel_hoger_vast(bezwaar: Bezwaar, aanvraag: Aanvraag, actor: Actor, nu: datetime) -> None:
    """Another amount in the place of the first; what was to be paid back beyond that no longer is."""
    assert aanvraag.reservering is not None
    assert bezwaar.bedrag_cent is not None
    vaststelling = vaststelling_van(_traject(aanvraag))
    assert vaststelling is not None
    vaststelling.voorgesteld_cent = bezwaar.bedrag_cent
    vaststelling.motivering = bezwaar.motivering
    vaststelling.opsteller = bezwaar.opsteller
    vaststelling.voorgesteld_op = bezwaar.voorgesteld_op
    betaald = betaald_op(aanvraag.reservering_id)
    terug = verplichtingen.stel_opnieuw_vast(aanvraag.reservering, bezwaar.bedrag_cent, nu)
    vaststelling.besluit = neem_besluit(
        aanvraag,
        actor,
        BesluitSoort.VASTSTELLING,
        brief={
            "vaststelling": vaststelling,
            "betaald_cent": betaald,
            "terug_cent": sum(t.bedrag_cent for t in terug),
        },
        **besluitvelden(vaststelling) | _van(bezwaar, nu),
    )
    vaststelling.versie += 1
    vaststelling.save()
    titel = "De subsidie is na bezwaar hoger vastgesteld"
    meld_instelling(aanvraag, "vastgesteld", f"{titel}: lees het besluit", nu)
    meld_uwv(aanvraag, "vastgesteld", titel, nu, rollen=[Rol.UWV_FINANCIEN])
    meld_betrokken_gemeente(aanvraag, "vastgesteld", titel, nu)


def _van(bezwaar: Bezwaar, nu: datetime) -> dict[str, Any]:
    """What a besluit in the place of another has of the bezwaar."""
    return {
        "motivering": bezwaar.motivering,
        "opsteller_id": bezwaar.opsteller_id,
        "vorig_besluit": bezwaar.besluit,
        "rechtsmiddel": Rechtsmiddel.BEROEP,
        "nu": nu,
    }


def _traject(aanvraag: Aanvraag) -> Traject:
    traject = Traject.objects.select_for_update(of=("self",)).get(aanvraag=aanvraag)
    traject.aanvraag = aanvraag
    return traject


_DOE: dict[Gevolg, Any] = {
    Gevolg.ALSNOG_TOEKENNEN: alsnog.ken_toe,
    Gevolg.OPNIEUW: alsnog.heropen,
    Gevolg.HERLEVEN: _herleef,
    Gevolg.VERLENGEN: _verleng,
    Gevolg.HOGER_VASTSTELLEN: _stel_hoger_vast,
}
