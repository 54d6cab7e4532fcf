"""Submitting to the party that decides, once; and supplying what was missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from aanvragen.handelingen.beslistermijn import laat_weer_lopen, termijn_van
from aanvragen.handelingen.brieven import maak_kopie
from aanvragen.handelingen.dossier import (
    eis_tekst,
    krijgt_nieuwe_rang,
    meld_beslisser,
    waarden_van,
)
from aanvragen.handelingen.ondertekenen import geldige_handtekening, ondertekend
from aanvragen.handelingen.ontvangst import leg_ontvangst_vast
from aanvragen.models import Aanvraag, GgzInstelling, OntvangstSoort, Storing
from aanvragen.regels.statussen import AanvraagStatus, ToestemmingStatus
from aanvragen.regels.toegang_regeling import (
    ander_traject,
    buiten_tijdvak,
    geen_erkenning,
    gered_door_storing,
    niet_deze_regeling,
    niet_in_doelgroep,
    start_in_verleden,
    start_te_vroeg,
    verkeerde_route,
)
from aanvragen.regels.volledigheid import ONDERDELEN, Onderdeel, Staat, staat
from budget.handelingen import plaatsen
from gemeenten.models import handelende_organisatie
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN


def hervat(aanvraag: Aanvraag, nu: datetime) -> None:
    """End the opschorting and join the queue again, when the aanvulling came or the hersteltermijn passed.

    An invitation after the beslistermijn had passed suspends nothing (Awb 4:15).
    """
    assert aanvraag.hersteltermijn_tot is not None
    assert aanvraag.reservering is not None
    laat_weer_lopen(aanvraag, min(datum_van(nu), aanvraag.hersteltermijn_tot))
    plaatsen.sluit_weer_aan(aanvraag.reservering, nu, nieuwe_rang=krijgt_nieuwe_rang(aanvraag))


def _compleet(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    waarden = waarden_van(aanvraag, datum_van(nu))
    for onderdeel in Onderdeel:
        if staat(onderdeel, waarden, aanvraag.inhoud) is not Staat.KLAAR:
            yield Reden(
                "onvolledig", f"Vul het onderdeel “{ONDERDELEN[onderdeel].titel}” in.", veld=onderdeel
            )
    yield from niet_in_doelgroep(aanvraag.inhoud, waarden)
    yield from niet_deze_regeling(aanvraag.inhoud, aanvraag.uitkering)
    yield from verkeerde_route(aanvraag.inhoud, waarden)
    yield from ander_traject(aanvraag.inhoud, waarden)


def _op_tijd(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    # The regeling of today: a tijdvak that was extended meanwhile helps a concept of before, too.
    redenen = buiten_tijdvak(aanvraag.regeling.versie_op(datum_van(nu)).inhoud, nu)
    if redenen and not _storing(aanvraag, nu):
        yield from redenen
    yield from start_in_verleden(aanvraag.inhoud, aanvraag.gewenste_start, datum_van(nu))
    yield from start_te_vroeg(aanvraag.inhoud, aanvraag.gewenste_start, datum_van(nu))
    if aanvraag.gemeente is not None and not aanvraag.gemeente.bestaat_op(datum_van(nu)):
        yield Reden(
            "gemeente_vervallen",
            f"De gemeente {aanvraag.gemeente} bestaat niet meer. Kies een andere gemeente.",
        )


def _erkend(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """On the quality list on the day of receipt, where the regeling asks that (S2; T50)."""
    if aanvraag.inhoud.regels.erkenning:
        lijst = GgzInstelling.objects.biedt_ips_op(datum_van(nu))
        yield from geen_erkenning(aanvraag.inhoud, lijst.filter(pk=aanvraag.instelling_id).exists())


def _toestemming_geldt(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if not aanvraag.route or not aanvraag.inhoud.route(aanvraag.route).toestemming:
        return
    toestemming = aanvraag.levende_toestemming()
    if toestemming is None:
        tekst = "Er is geen geldige toestemmingsverklaring. Vraag de gemeente eerst om toestemming."
        yield Reden("geen_toestemming", tekst)
    elif toestemming.status == ToestemmingStatus.GEVRAAGD:
        yield Reden(
            "wacht_op_toestemming", "De gemeente heeft nog niet beslist. U krijgt bericht als dat zo is."
        )


@handeling(
    "aanvraag.indienen",
    titel="Controleren en versturen",
    op=Aanvraag,
    van=[AanvraagStatus.CONCEPT, AanvraagStatus.WACHT_OP_TOESTEMMING],
    naar=AanvraagStatus.INGEDIEND,
    door=INSTELLINGSROLLEN,
    voorwaarden=[_compleet, _op_tijd, _erkend, _toestemming_geldt],
    knop="primair",
)
def indienen(aanvraag: Aanvraag, actor: Actor, *, handtekening_volgt: bool = False, nu: datetime) -> Aanvraag:
    """Submit to who decides: received now, under the version that holds today, with a place in the queue.

    With `handtekening_volgt` the handtekening of the deelnemer may come later, as an aanvulling (Awb 4:5; T49).
    """
    assert aanvraag.gemeente is not None  # complete, by the condition above
    if not handtekening_volgt:
        _eis_handtekening(aanvraag)
    aanvraag.regeling_versie = aanvraag.regeling.versie_op(datum_van(nu))
    aanvraag.ontvangen_op = nu
    aanvraag.na_storing = aanvraag.inhoud.tijdvak_van(nu) is None
    aanvraag.beslis_uiterlijk = termijn_van(aanvraag).laatste_dag
    aanvraag.beslisser = aanvraag.inhoud.route(aanvraag.route).beslisser.value
    if aanvraag.gemeente_beslist:
        aanvraag.gemeente_organisatie = handelende_organisatie(aanvraag.gemeente, datum_van(nu))
    aanvraag.reservering = plaatsen.sluit_aan(
        aanvraag.regeling_versie,
        kenmerk=aanvraag.kenmerk,
        route=aanvraag.route,
        gemeente=aanvraag.gemeente,
        doelgroep=aanvraag.doelgroep,
        persoon=bytes(aanvraag.deelnemer.bsn_index or b""),
        nu=nu,
    )
    _gebruik_toestemming(aanvraag)
    leg_ontvangst_vast(aanvraag, OntvangstSoort.AANVRAAG, maak_kopie(aanvraag, actor, nu), actor, nu)
    meld_beslisser(aanvraag, "aanvraag_ontvangen", "Nieuwe aanvraag: kijk of hij compleet is", nu)
    return aanvraag


def _eis_handtekening(aanvraag: Aanvraag) -> None:
    if aanvraag.inhoud.regels.handtekening and geldige_handtekening(aanvraag) is None:
        raise HandelingGeweigerd(
            Reden(
                "handtekening",
                "De deelnemer heeft nog niet ondertekend. Laat de deelnemer ondertekenen, of kies dat de handtekening "
                "later volgt.",
                veld="handtekening_volgt",
            )
        )


def _mag_nog_aanvullen(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if aanvraag.inhoud.regels.aanvulling_na_sluiting or aanvraag.inhoud.tijdvak_van(nu) is not None:
        return
    yield Reden("gesloten", "Het aanvraagtijdvak is gesloten. Aanvullen kan niet meer.", grond=True)


@handeling(
    "aanvraag.aanvullen",
    titel="Aanvulling versturen",
    op=Aanvraag,
    van=[AanvraagStatus.ONVOLLEDIG],
    naar=AanvraagStatus.INGEDIEND,
    door=INSTELLINGSROLLEN,
    voorwaarden=[_compleet, ondertekend, _toestemming_geldt, _mag_nog_aanvullen],
    knop="primair",
)
def aanvullen(aanvraag: Aanvraag, actor: Actor, *, antwoord: str, nu: datetime) -> Aanvraag:
    """Supply what was asked for; ends the opschorting. The rank is new only where the form had asked for it (4:5).

    Late is not too late as long as it was not left out of treatment.
    """
    eis_tekst(antwoord, "Schrijf wat u hebt aangevuld.", veld="antwoord")
    hervat(aanvraag, nu)
    aanvraag.toelichting = f"{aanvraag.toelichting}\n\nAanvulling: {antwoord}".strip()
    _gebruik_toestemming(aanvraag)
    leg_ontvangst_vast(aanvraag, OntvangstSoort.AANVULLING, maak_kopie(aanvraag, actor, nu), actor, nu)
    meld_beslisser(
        aanvraag, "aanvulling_ontvangen", "De aanvulling is er: kijk of de aanvraag compleet is", nu
    )
    return aanvraag


def _storing(aanvraag: Aanvraag, nu: datetime) -> bool:
    return gered_door_storing(aanvraag.inhoud, nu, list(Storing.objects.values_list("van", "tot")))


def _gebruik_toestemming(aanvraag: Aanvraag) -> None:
    aanvraag.toestemmingen.filter(status=ToestemmingStatus.VERLEEND).update(status=ToestemmingStatus.GEBRUIKT)
