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
from aanvragen.models import Aanvraag, Besluit, BesluitSoort, Traject
from aanvragen.models.beoordeling import Advies
from aanvragen.regels.statussen import (
    LEVENDE_TOESTEMMING,
    AanvraagStatus,
    ToestemmingStatus,
    TrajectStatus,
    VaststellingStatus,
    VerlengingStatus,
)
from aanvragen.regels.toegang_regeling import buiten_tijdvak
from budget.handelingen import plaatsen, verplichtingen
from budget.regels.regeling import Vrijval
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.termijnen import laatste_dag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import BESLISSERS, Rol

# Until when a besluit buiten behandeling can be taken after the hersteltermijn (Awb 4:5 lid 4).
BUITEN_BEHANDELING_WEKEN = 4
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
    if aanvraag.ontvangen_op is not None and not aanvraag.na_storing:
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
    if datum_van(nu) <= aanvraag.hersteltermijn_tot:
        yield Reden("termijn_loopt", "De instelling heeft nog tijd om aan te vullen.")
    uiterlijk = laatste_dag(
        aanvraag.hersteltermijn_tot, weken=BUITEN_BEHANDELING_WEKEN, feestdagen=feestdagen()
    )
    if datum_van(nu) > uiterlijk:
        yield Reden(
            "te_laat",
            "Dit kon tot vier weken na de hersteltermijn (Awb 4:5, vierde lid). Beslis nu over de inhoud.",
        )


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
    """Who prepared the verlening, also after a bezwaar, does not withdraw it."""
    if aanvraag.besluiten.filter(soort=BesluitSoort.VERLENING, opsteller_id=actor.gebruiker_id).exists():
        yield Reden("vier_ogen", "U hebt dit besluit zelf voorbereid. Een collega moet het intrekken.")


def _niet_vastgesteld(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """What was vastgesteld is no longer withdrawn by Awb 4:48."""
    vaststelling = getattr(getattr(aanvraag, "traject", None), "vaststelling", None)
    if vaststelling is not None and vaststelling.status == VaststellingStatus.VASTGESTELD:
        yield Reden(
            "vastgesteld", "De subsidie is al vastgesteld. Het besluit kan niet meer worden ingetrokken."
        )


@handeling(
    "aanvraag.besluit_intrekken",
    titel="Besluit intrekken",
    op=Aanvraag,
    van=[AanvraagStatus.TOEGEKEND],
    naar=AanvraagStatus.BESLUIT_INGETROKKEN,
    door=BESLISSERS,
    relatie=behandelt,
    voorwaarden=[_niet_de_opsteller, _niet_vastgesteld, in_mandaat],
    knop="gevaar",
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
    besluit = neem_besluit(
        aanvraag,
        actor,
        BesluitSoort.INTREKKING,
        motivering=motivering,
        nu=nu,
        gronden=intrekgronden(traject, gebeurtenis),
        vorig_besluit=verlening,
        opsteller_id=verlening.opsteller_id,
    )
    verplichtingen.beeindig(aanvraag.reservering, nu)
    for een in gebeurtenissen:
        if plaatsen.geef_vrij(aanvraag.reservering, een, nu):
            break
    traject.verlengingen.filter(status=VerlengingStatus.AANGEVRAAGD).update(
        status=VerlengingStatus.INGETROKKEN
    )
    if traject.status == TrajectStatus.GEPLAND:
        traject.status = TrajectStatus.NIET_GESTART
        traject.save(update_fields=["status"])
    titel = f"{beslisser_naam(aanvraag)} heeft een besluit ingetrokken"
    meld_instelling(aanvraag, "besluit_ingetrokken", titel, nu)
    meld_betrokken_gemeente(aanvraag, "besluit_ingetrokken", titel, nu)
    return besluit


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
