"""The besluit of UWV: granting, refusing, leaving out of treatment, withdrawing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from aanvragen.handelingen.brieven import maak_besluitbrief, toestemming_onder
from aanvragen.handelingen.dossier import eis_tekst, meld_gemeente, meld_instelling
from aanvragen.models import Aanvraag, Beoordeling, Besluit, BesluitSoort, Toestemming, Traject
from aanvragen.models.beoordeling import Advies
from aanvragen.regels.statussen import (
    LEVENDE_TOESTEMMING,
    AanvraagStatus,
    ToestemmingStatus,
    TrajectStatus,
    VerlengingStatus,
)
from aanvragen.regels.toegang_regeling import buiten_tijdvak
from budget.handelingen import plaatsen
from budget.regels.regeling import Vrijval
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.termijnen import laatste_dag
from ips_subsidie.opslag.toevoegen import voeg_toe
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol

# Until when a besluit buiten behandeling can be taken after the hersteltermijn (Awb 4:5 lid 4).
BUITEN_BEHANDELING_WEKEN = 4
# The grounds that say that there was no room; `niet_passend_beleid` says what that means for who comes after.
SCHAARSTE = frozenset({"plafond", "sub_plafond", "cap_gemeente"})


def _beoordeling(aanvraag: Aanvraag) -> Beoordeling | None:
    """Asked once a row: several conditions want it, and under the lock the row is read anew."""
    return getattr(aanvraag, "beoordeling", None)


def _vier_ogen(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    beoordeling = _beoordeling(aanvraag)
    if beoordeling is None:
        yield Reden(
            "niet_beoordeeld", "Deze aanvraag is nog niet beoordeeld. Een beoordelaar doet dat eerst."
        )
    elif beoordeling.beoordelaar_id == actor.gebruiker_id:
        yield Reden("vier_ogen", "U hebt deze aanvraag zelf beoordeeld. Een collega moet het besluit nemen.")


def _advies_toekennen(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    beoordeling = _beoordeling(aanvraag)
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


@handeling(
    "aanvraag.toekennen",
    titel="Toekennen",
    op=Aanvraag,
    van=[AanvraagStatus.IN_BEHANDELING],
    naar=AanvraagStatus.TOEGEKEND,
    door=[Rol.UWV_BESLISSER],
    voorwaarden=[_vier_ogen, _advies_toekennen, _mag_toegekend],
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
    meld_instelling(aanvraag, "toegekend", "UWV heeft een aanvraag toegekend: start het traject", nu)
    meld_gemeente(aanvraag, "toegekend", "UWV heeft een aanvraag toegekend", nu)
    return besluit


@handeling(
    "aanvraag.afwijzen",
    titel="Afwijzen",
    op=Aanvraag,
    van=[AanvraagStatus.IN_BEHANDELING],
    naar=AanvraagStatus.AFGEWEZEN,
    door=[Rol.UWV_BESLISSER],
    voorwaarden=[_vier_ogen],
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
    meld_instelling(aanvraag, "afgewezen", "UWV heeft een aanvraag afgewezen", nu)
    meld_gemeente(aanvraag, "afgewezen", "UWV heeft een aanvraag afgewezen", nu)
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
    opsteller_id = _opsteller_id(aanvraag)
    if opsteller_id is None:
        yield Reden(
            "niet_opgepakt", "Niemand heeft deze aanvraag opgepakt. Laat een beoordelaar dat eerst doen."
        )
    elif actor.gebruiker_id in (opsteller_id, aanvraag.behandelaar_uwv_id):
        yield Reden("vier_ogen", "U hebt deze aanvraag zelf behandeld. Een collega moet het besluit nemen.")


@handeling(
    "aanvraag.buiten_behandeling",
    titel="Niet in behandeling nemen",
    op=Aanvraag,
    van=[AanvraagStatus.ONVOLLEDIG, AanvraagStatus.INGEDIEND, AanvraagStatus.IN_BEHANDELING],
    naar=AanvraagStatus.BUITEN_BEHANDELING,
    door=[Rol.UWV_BESLISSER],
    voorwaarden=[_hersteltermijn_voorbij, _niet_door_opsteller],
    knop="gevaar",
)
def buiten_behandeling(aanvraag: Aanvraag, actor: Actor, *, motivering: str, nu: datetime) -> Besluit:
    """Leave the incomplete aanvraag out of treatment: a besluit, not a refusal (Awb 4:5)."""
    besluit = neem_besluit(aanvraag, actor, BesluitSoort.BUITEN_BEHANDELING, motivering=motivering, nu=nu)
    _sluit_af(aanvraag, nu)
    meld_instelling(aanvraag, "buiten_behandeling", "UWV neemt een aanvraag niet in behandeling", nu)
    meld_gemeente(aanvraag, "buiten_behandeling", "UWV neemt een aanvraag niet in behandeling", nu)
    return besluit


def _niet_de_opsteller(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """Who prepared the verlening, also after a bezwaar, does not withdraw it."""
    if aanvraag.besluiten.filter(soort=BesluitSoort.VERLENING, opsteller_id=actor.gebruiker_id).exists():
        yield Reden("vier_ogen", "U hebt dit besluit zelf voorbereid. Een collega moet het intrekken.")


@handeling(
    "aanvraag.besluit_intrekken",
    titel="Besluit intrekken",
    op=Aanvraag,
    van=[AanvraagStatus.TOEGEKEND],
    naar=AanvraagStatus.BESLUIT_INGETROKKEN,
    door=[Rol.UWV_BESLISSER],
    voorwaarden=[_niet_de_opsteller],
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
    for een in gebeurtenissen:
        if plaatsen.geef_vrij(aanvraag.reservering, een, nu):
            break
    traject.verlengingen.filter(status=VerlengingStatus.AANGEVRAAGD).update(
        status=VerlengingStatus.INGETROKKEN
    )
    if traject.status == TrajectStatus.GEPLAND:
        traject.status = TrajectStatus.NIET_GESTART
        traject.save(update_fields=["status"])
    meld_instelling(aanvraag, "besluit_ingetrokken", "UWV heeft een besluit ingetrokken", nu)
    meld_gemeente(aanvraag, "besluit_ingetrokken", "UWV heeft een besluit ingetrokken", nu)
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


def verleen(
    aanvraag: Aanvraag,
    actor: Actor,
    toestemming: Toestemming | None,
    *,
    motivering: str,
    nu: datetime,
    **velden: Any,
) -> Besluit:
    """The verlening for a place just taken: the besluit with its amounts, the traject; the toestemming is used."""
    reservering = aanvraag.reservering
    assert reservering is not None
    maanden = aanvraag.inhoud.doelgroep(aanvraag.doelgroep).maanden
    besluit = neem_besluit(
        aanvraag,
        actor,
        BesluitSoort.VERLENING,
        motivering=motivering,
        nu=nu,
        bedrag_cent=reservering.bedrag_cent,
        rijk_cent=reservering.rijk_cent,
        gemeente_cent=reservering.gemeente_cent,
        maanden=maanden,
        **velden,
    )
    Traject.objects.create(aanvraag=aanvraag, maanden=maanden, vroegste_start=besluit.dagtekening)
    if toestemming is not None:
        toestemming.status = ToestemmingStatus.INGELOST
        toestemming.save(update_fields=["status"])
    return besluit


def neem_besluit(
    aanvraag: Aanvraag,
    actor: Actor,
    soort: BesluitSoort,
    *,
    motivering: str,
    nu: datetime,
    opsteller_id: UUID | None = None,
    **velden: Any,
) -> Besluit:
    """Write the besluit, announced now, with the last day for bezwaar and its frozen letter."""
    eis_tekst(motivering, "Schrijf de motivering. Die komt in de brief.", veld="motivering")
    opsteller_id = opsteller_id or _opsteller_id(aanvraag)
    assert opsteller_id is not None  # every act that decides asks for one in its conditions
    aanvraag.beslist_op = nu
    besluit = Besluit(
        aanvraag=aanvraag,
        soort=soort,
        dagtekening=datum_van(nu),
        bekendgemaakt_op=nu,
        bezwaar_tot=bezwaar_tot(aanvraag, datum_van(nu)),
        motivering=motivering,
        opsteller_id=opsteller_id,
        ondertekenaar=actor.persoon,
        **velden,
    )
    voeg_toe([besluit])
    maak_besluitbrief(aanvraag, besluit, nu)
    return besluit


def bezwaar_tot(aanvraag: Aanvraag, bekendgemaakt_op: date) -> date:
    """The last day for bezwaar (Awb 6:7, 6:8)."""
    weken = aanvraag.inhoud.termijnen.bezwaartermijn_weken
    return laatste_dag(bekendgemaakt_op, weken=weken, feestdagen=feestdagen())


def _opsteller_id(aanvraag: Aanvraag) -> UUID | None:
    """Who prepared the besluit: the reviewer, or who asked for the aanvulling that never came."""
    beoordeling = _beoordeling(aanvraag)
    if beoordeling is not None:
        return beoordeling.beoordelaar_id
    return aanvraag.aanvulling_gevraagd_door_id or aanvraag.behandelaar_uwv_id


def _sluit_af(aanvraag: Aanvraag, nu: datetime, *, past_niet: bool = False) -> None:
    assert aanvraag.reservering is not None
    plaatsen.laat_vallen(aanvraag.reservering, nu, past_niet=past_niet)
    # Nothing was granted on it: the gemeente's toestemming counts no longer as used.
    aanvraag.toestemmingen.filter(status__in=LEVENDE_TOESTEMMING).update(status=ToestemmingStatus.VERLOPEN)
