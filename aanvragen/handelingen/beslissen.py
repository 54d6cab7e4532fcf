"""The besluit, of UWV or of the gemeente: granting, refusing, leaving out of treatment, withdrawing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from aanvragen.handelingen.besluit import beoordeling_van, in_mandaat, neem_besluit, opsteller_van, verleen
from aanvragen.handelingen.brieven import toestemming_onder
from aanvragen.handelingen.dossier import (
    behandelt,
    beslisser_naam,
    meld_betrokken_gemeente,
    meld_instelling,
    meld_uwv,
)
from aanvragen.handelingen.geld import betaald_op
from aanvragen.handelingen.intrekking import gehoord, levend_voornemen, niet_vastgesteld
from aanvragen.handelingen.storing import te_laat_beoordeeld
from aanvragen.models import Aanvraag, Besluit, BesluitSoort, OpschortingSoort, Traject
from aanvragen.models.beoordeling import Advies
from aanvragen.models.ingebrekestelling import stop_telling
from aanvragen.regels.dwangsom import Waarover
from aanvragen.regels.intrekking import VoornemenStatus
from aanvragen.regels.statussen import (
    LEVENDE_TOESTEMMING,
    AanvraagStatus,
    ToestemmingStatus,
    TrajectStatus,
    VerlengingStatus,
)
from aanvragen.regels.toegang_regeling import buiten_tijdvak
from budget.handelingen import plaatsen, verplichtingen
from budget.regels.regeling import Vrijval
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender import termijnen
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.termijnen import Termijn
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import BESLISSERS, Rol

# The grounds that say that there was no room; `niet_passend_beleid` says what that means for who comes after.
SCHAARSTE = frozenset({"plafond", "sub_plafond", "cap_gemeente"})


def _vier_ogen(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    beoordeling = beoordeling_van(aanvraag)
    if beoordeling is None:
        yield Reden(
            "niet_beoordeeld", "Deze aanvraag is nog niet beoordeeld. Een beoordelaar doet dat eerst."
        )
    elif beoordeling.beoordelaar_id == actor.gebruiker_id:
        yield Reden("vier_ogen", "U hebt deze aanvraag zelf beoordeeld. Een collega moet het besluit nemen.")


def _advies_toekennen(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    beoordeling = beoordeling_van(aanvraag)
    if beoordeling is not None and beoordeling.advies != Advies.TOEKENNEN:
        yield Reden(
            "advies", "De beoordelaar adviseert om af te wijzen. Laat de aanvraag opnieuw beoordelen."
        )


def _mag_toegekend(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """What may have changed since the aanvraag came in; the pots themselves are asked by the engine."""
    if aanvraag.na_storing:
        yield from te_laat_beoordeeld(aanvraag, actor, nu)
    elif aanvraag.ontvangen_op is not None:
        yield from buiten_tijdvak(aanvraag.inhoud, aanvraag.ontvangen_op)
    if aanvraag.inhoud.route(aanvraag.route).toestemming and toestemming_onder(aanvraag) is None:
        yield Reden(
            "geen_toestemming",
            "De gemeente heeft de toestemming ingetrokken. Vraag de instelling om een aanvulling, of wijs af.",
            grond=True,
        )


def _met_budget(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """Where the gemeente asks UWV for budget first, only on a reservation that still holds (S2; T75)."""
    if not aanvraag.inhoud.route(aanvraag.route).budget_vragen:
        return
    reservering = aanvraag.reservering
    if aanvraag.status != AanvraagStatus.BUDGET_GERESERVEERD or reservering is None:
        yield Reden("geen_budget_gevraagd", "Vraag eerst aan UWV of er budget is. Toekennen kan daarna.")
    elif reservering.gereserveerd_tot is None or reservering.gereserveerd_tot <= nu:
        yield Reden("reservering_verlopen", "De reservering is verlopen. Vraag UWV opnieuw om budget.")


@handeling(
    "aanvraag.toekennen",
    titel="Toekennen",
    op=Aanvraag,
    van=[AanvraagStatus.IN_BEHANDELING, AanvraagStatus.BUDGET_GERESERVEERD],
    naar=AanvraagStatus.TOEGEKEND,
    door=BESLISSERS,
    relatie=behandelt,
    voorwaarden=[_vier_ogen, _advies_toekennen, _mag_toegekend, _met_budget, in_mandaat],
    knop="primair",
    samen=["reservering", "beoordeling", "deelnemer"],
    gevoelig=True,
)
def toekennen(aanvraag: Aanvraag, actor: Actor, *, motivering: str, nu: datetime) -> Besluit:
    """Grant the subsidie: a place in every pot or none, the besluit, the letter, the traject (Awb 4:25, 4:29)."""
    reservering = aanvraag.reservering
    assert reservering is not None
    if reservering.versie_id == aanvraag.regeling_versie_id:
        reservering.versie = aanvraag.regeling_versie  # the same row, already here
    plaatsen.neem_plaats(reservering, nu)
    besluit = verleen(aanvraag, actor, toestemming_onder(aanvraag), motivering=motivering, nu=nu)
    wie = beslisser_naam(aanvraag)
    meld_instelling(aanvraag, "toegekend", f"{wie} heeft een aanvraag toegekend: start het traject", nu)
    meld_betrokken_gemeente(aanvraag, "toegekend", f"{wie} heeft een aanvraag toegekend", nu)
    if aanvraag.inhoud.route(aanvraag.route).inkooporder:
        meld_uwv(aanvraag, "toegekend", "Plaats een inkooporder", nu, rollen=[Rol.UWV_FINANCIEN])
    return besluit


@handeling(
    "aanvraag.afwijzen",
    titel="Afwijzen",
    op=Aanvraag,
    van=[AanvraagStatus.IN_BEHANDELING, AanvraagStatus.BUDGET_GERESERVEERD, AanvraagStatus.GEEN_BUDGET],
    naar=AanvraagStatus.AFGEWEZEN,
    door=BESLISSERS,
    relatie=behandelt,
    voorwaarden=[_vier_ogen, in_mandaat],
    knop="gevaar",
    gevoelig=True,
)
def afwijzen(
    aanvraag: Aanvraag, actor: Actor, *, gronden: list[str], motivering: str, nu: datetime
) -> Besluit:
    """Refuse, on one or more grounds of the regeling, with a motivering (Awb 3:46, 4:25 lid 2, 4:35)."""
    if not gronden:
        raise HandelingGeweigerd(Reden("gronden", "Kies waarom u de aanvraag afwijst.", veld="gronden"))
    if set(gronden) - {g.code for g in aanvraag.inhoud.gronden}:
        raise HandelingGeweigerd(Reden("gronden", "Kies alleen gronden van deze regeling.", veld="gronden"))
    if "geen_toestemming" in gronden and not _is_om_toestemming_gevraagd(aanvraag):
        raise HandelingGeweigerd(
            Reden(
                "eerst_hersteltermijn",
                "Vraag de instelling eerst om de toestemming alsnog te sturen (Awb 4:5). Afwijzen kan daarna.",
                veld="gronden",
            )
        )
    if SCHAARSTE & set(gronden):
        _eis_dat_het_vol_is(aanvraag, SCHAARSTE & set(gronden), nu)
    besluit = neem_besluit(
        aanvraag, actor, BesluitSoort.AFWIJZING, motivering=motivering, nu=nu, gronden=gronden
    )
    _sluit_af(aanvraag, nu, past_niet=bool(SCHAARSTE & set(gronden)))
    titel = f"{beslisser_naam(aanvraag)} heeft een aanvraag afgewezen"
    meld_instelling(aanvraag, "afgewezen", titel, nu)
    meld_betrokken_gemeente(aanvraag, "afgewezen", titel, nu)
    return besluit


def _eis_dat_het_vol_is(aanvraag: Aanvraag, gronden: frozenset[str], nu: datetime) -> None:
    """Nobody is refused for want of room while there is room, or while one before it may still fall."""
    assert aanvraag.reservering is not None
    codes = plaatsen.staat_in_de_weg(aanvraag.reservering, nu)
    if gronden & set(codes):
        return
    tekst = "Er is nog plaats voor deze aanvraag. U kunt niet afwijzen omdat het vol is."
    if codes:
        tekst = (
            "Het is nog niet zeker dat er geen plaats is: een andere aanvraag gaat voor en moet eerst worden beslist, "
            "of het is vol om een andere reden dan u koos."
        )
    raise HandelingGeweigerd(Reden("niet_vol", tekst, veld="gronden"))


def _is_om_toestemming_gevraagd(aanvraag: Aanvraag) -> bool:
    """Was an aanvulling asked since the toestemming ended? (Awb 4:5; T42)"""
    gevraagd = aanvraag.aanvulling_gevraagd_op
    laatste = aanvraag.toestemmingen.order_by("-gevraagd_op").first()
    einde = (laatste.ingetrokken_op or laatste.beslist_op) if laatste else None
    return gevraagd is not None and (einde is None or datum_van(einde) <= gevraagd)


def _hersteltermijn_voorbij(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """Only after a hersteltermijn was offered and has passed, and within four weeks after it (Awb 4:5)."""
    if aanvraag.hersteltermijn_tot is None:
        yield Reden(
            "geen_hersteltermijn", "Bied de instelling eerst een hersteltermijn (Awb 4:5, eerste lid)."
        )
        return
    if aanvraag.status == AanvraagStatus.ONVOLLEDIG and datum_van(nu) <= aanvraag.hersteltermijn_tot:
        yield Reden("termijn_loopt", "De instelling heeft nog tijd om aan te vullen.")
    elif datum_van(nu) > buiten_behandeling_termijn(aanvraag).laatste_dag:
        yield Reden(
            "te_laat",
            "Dit kon tot vier weken na de hersteltermijn of na de aanvulling (Awb 4:5, vierde lid). Beslis nu over de "
            "inhoud.",
        )


def buiten_behandeling_termijn(aanvraag: Aanvraag) -> Termijn:
    """Four weeks from the aanvulling if it came in time, else from the end of the hersteltermijn (Awb 4:5 lid 4)."""
    assert aanvraag.hersteltermijn_tot is not None
    aangevuld = [o.hervat_op for o in aanvraag.opschortingen.all() if o.soort == OpschortingSoort.AANVULLING]
    na = aanvraag.hersteltermijn_tot
    if aangevuld and aangevuld[-1] is not None:
        na = min(na, aangevuld[-1])
    return termijnen.buiten_behandeling(na, feestdagen())


def _niet_door_opsteller(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    opsteller_id = opsteller_van(aanvraag)
    if opsteller_id is None:
        yield Reden(
            "niet_opgepakt", "Niemand heeft deze aanvraag opgepakt. Laat een beoordelaar dat eerst doen."
        )
    elif actor.gebruiker_id in (opsteller_id, aanvraag.opgepakt_door_id):
        yield Reden("vier_ogen", "U hebt deze aanvraag zelf behandeld. Een collega moet het besluit nemen.")


@handeling(
    "aanvraag.buiten_behandeling",
    titel="Niet in behandeling nemen",
    op=Aanvraag,
    van=[AanvraagStatus.ONVOLLEDIG, AanvraagStatus.INGEDIEND, AanvraagStatus.IN_BEHANDELING],
    naar=AanvraagStatus.BUITEN_BEHANDELING,
    door=BESLISSERS,
    relatie=behandelt,
    voorwaarden=[_hersteltermijn_voorbij, _niet_door_opsteller, in_mandaat],
    knop="gevaar",
    gevoelig=True,
)
def buiten_behandeling(aanvraag: Aanvraag, actor: Actor, *, motivering: str, nu: datetime) -> Besluit:
    """Leave the incomplete aanvraag out of treatment: a besluit, not a refusal (Awb 4:5)."""
    besluit = neem_besluit(aanvraag, actor, BesluitSoort.BUITEN_BEHANDELING, motivering=motivering, nu=nu)
    _sluit_af(aanvraag, nu)
    titel = f"{beslisser_naam(aanvraag)} neemt een aanvraag niet in behandeling"
    meld_instelling(aanvraag, "buiten_behandeling", titel, nu)
    meld_betrokken_gemeente(aanvraag, "buiten_behandeling", titel, nu)
    return besluit


def _niet_de_opsteller(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """Who prepared the verlening, also after a bezwaar, or the voornemen, does not withdraw it."""
    voornemen = levend_voornemen(aanvraag)
    van_voornemen = voornemen is not None and voornemen.opsteller_id == actor.gebruiker_id
    verlening = aanvraag.besluiten.filter(soort=BesluitSoort.VERLENING, opsteller_id=actor.gebruiker_id)
    if van_voornemen or verlening.exists():
        yield Reden("vier_ogen", "U hebt dit besluit zelf voorbereid. Een collega moet het intrekken.")


@handeling(
    "aanvraag.besluit_intrekken",
    titel="Besluit intrekken",
    op=Aanvraag,
    van=[AanvraagStatus.TOEGEKEND],
    naar=AanvraagStatus.BESLUIT_INGETROKKEN,
    door=BESLISSERS,
    relatie=behandelt,
    voorwaarden=[_niet_de_opsteller, niet_vastgesteld, gehoord, in_mandaat],
    knop="gevaar",
    gevoelig=True,
)
def besluit_intrekken(
    aanvraag: Aanvraag, actor: Actor, *, motivering: str, nu: datetime, gebeurtenis: Vrijval | None = None
) -> Besluit:
    """Withdraw the verlening (Awb 4:48); `vrijval_bij` of the regeling says whether the place is free again (T32).

    `gebeurtenis` is why. None is what the traject says: before the start INGETROKKEN_VOOR_START, after it nothing,
    so that the withdrawal works from today and the place stays used (T33). Raises HandelingGeweigerd with code
    `gebeurtenis` for a withdrawal before the start of a traject that started.
    """
    assert aanvraag.reservering is not None
    verlening = aanvraag.besluiten.get(soort=BesluitSoort.VERLENING)
    traject = Traject.objects.select_for_update(of=("self",)).get(aanvraag=aanvraag)
    if gebeurtenis is Vrijval.INGETROKKEN_VOOR_START and is_begonnen(traject):
        raise HandelingGeweigerd(
            Reden("gebeurtenis", "Dit traject is al gestart. Kies iets anders.", veld="gebeurtenis")
        )
    gebeurtenissen = gebeurtenissen_bij(traject, gebeurtenis)
    voornemen, betaald = levend_voornemen(aanvraag), betaald_op(aanvraag.reservering_id)
    terug = verplichtingen.beeindig(aanvraag.reservering, nu)
    besluit = neem_besluit(
        aanvraag,
        actor,
        BesluitSoort.INTREKKING,
        motivering=motivering,
        nu=nu,
        gronden=intrekgronden(traject, gebeurtenis),
        vorig_besluit=verlening,
        opsteller_id=voornemen.opsteller_id if voornemen is not None else verlening.opsteller_id,
        brief={
            "voornemen": voornemen,
            "betaald_cent": betaald,
            "terug_cent": sum(t.bedrag_cent for t in terug),
        },
    )
    if voornemen is not None:
        voornemen.status, voornemen.besluit = VoornemenStatus.UITGEVOERD, besluit
        voornemen.save(update_fields=["status", "besluit"])
    for een in gebeurtenissen:
        if plaatsen.geef_vrij(aanvraag.reservering, een, nu):
            break
    _sluit_traject(traject, nu)
    titel = f"{beslisser_naam(aanvraag)} heeft een besluit ingetrokken"
    meld_instelling(aanvraag, "besluit_ingetrokken", titel, nu)
    meld_betrokken_gemeente(aanvraag, "besluit_ingetrokken", titel, nu)
    return besluit


def _sluit_traject(traject: Traject, nu: datetime) -> None:
    """Nothing that follows on the verlening starts or has to be decided any more."""
    wacht = traject.verlengingen.filter(status=VerlengingStatus.AANGEVRAAGD)
    wacht.update(status=VerlengingStatus.INGETROKKEN)
    over = (Waarover.VERLENGING, Waarover.VASTSTELLING)
    stop_telling(traject.aanvraag, datum_van(nu), over__in=over)
    if traject.status == TrajectStatus.GEPLAND:
        traject.status = TrajectStatus.NIET_GESTART
        traject.save(update_fields=["status"])


def intrekgronden(traject: Traject, gekozen: Vrijval | None) -> list[str]:
    """What the besluit keeps of why it was withdrawn; none for a withdrawal that works from today."""
    return [str(gebeurtenis) for gebeurtenis in gebeurtenissen_bij(traject, gekozen)[:1]]


def is_begonnen(traject: Traject) -> bool:
    return traject.status not in (TrajectStatus.GEPLAND, TrajectStatus.NIET_GESTART)


def gebeurtenissen_bij(traject: Traject, gekozen: Vrijval | None) -> list[Vrijval]:
    """What a withdrawal for this reason comes down to, the reason first; before the start that always counts too."""
    uit = [gekozen] if gekozen is not None else []
    if not is_begonnen(traject) and gekozen is not Vrijval.INGETROKKEN_VOOR_START:
        uit.append(Vrijval.INGETROKKEN_VOOR_START)
    return uit


def _sluit_af(aanvraag: Aanvraag, nu: datetime, *, past_niet: bool = False) -> None:
    assert aanvraag.reservering is not None
    plaatsen.laat_vallen(aanvraag.reservering, nu, past_niet=past_niet)
    # Nothing was granted on it: the gemeente's toestemming counts no longer as used.
    aanvraag.toestemmingen.filter(status__in=LEVENDE_TOESTEMMING).update(status=ToestemmingStatus.VERLOPEN)
