"""Betaalbatches of UWV: made from approved facturen, carried out by the bank, or lapsed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from budget.handelingen.betaalbestand import BetaalbestandFout, Betaling, maak_bestand
from budget.handelingen.geldregels import als_reden, reden_van
from budget.handelingen.goedkeuren import boek_betaald
from budget.handelingen.melden import meld_crediteur
from budget.handelingen.verplichtingen import sluit_wat_klaar_is, vorder_terug_wat_te_veel_is
from budget.models import Bankrekening, Betaalbatch, BetaalbatchStatus, Betaalverplichting, Factuur
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender import feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.rekenen import is_werkdag
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol


@handeling(
    "betaalbatch.maken",
    titel="Betaalbatch maken",
    door=[Rol.UWV_FINANCIEN],
    maakt="budget.betaalbatch",
    gevoelig=True,
)
def maken(actor: Actor, *, facturen: Sequence[UUID], uitvoeren_op: date, nu: datetime) -> Betaalbatch:
    """Put approved facturen together in one file for the bank; each is in one batch at most.

    `uitvoeren_op` is a working day from today on. Raises HandelingGeweigerd with the facturen that cannot be paid.
    """
    if not facturen:
        raise HandelingGeweigerd(reden_van("betaalbatch_niet_leeg"))
    _keur_dag(uitvoeren_op, nu)
    gekozen = list(
        Factuur.objects.zichtbaar_voor(actor)
        .filter(pk__in=facturen)
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
        .select_related("verplichting__reservering")
    )
    rekeningen = _rekeningen(gekozen)
    _keur_facturen(facturen, gekozen, rekeningen)
    betalingen = [
        Betaling(
            kenmerk=factuur.pk.hex,
            naam=rekeningen[factuur.crediteur_id].tenaamstelling,
            iban=factuur.iban,
            bedrag_cent=factuur.te_betalen_cent,
            omschrijving=f"{factuur.verplichting.reservering.kenmerk} factuur {factuur.nummer}",
        )
        for factuur in gekozen
    ]
    try:
        berichtnummer, inhoud = maak_bestand(betalingen, uitvoeren_op)
    except BetaalbestandFout as fout:
        raise HandelingGeweigerd(Reden("bestand", str(fout))) from fout
    with als_reden():
        batch = Betaalbatch.objects.create(
            berichtnummer=berichtnummer,
            bestand=Bestand.objects.bewaar_xml(inhoud, f"betaalbatch-{berichtnummer}.xml"),
            aantal=len(betalingen),
            totaal_cent=sum(b.bedrag_cent for b in betalingen),
            uitvoeren_op=uitvoeren_op,
            gemaakt_op=nu,
            gemaakt_door=actor.persoon,
        )
        for factuur in gekozen:
            factuur.betaalbatch = batch
            factuur.save(update_fields=["betaalbatch"])
    return batch


def _keur_dag(uitvoeren_op: date, nu: datetime) -> None:
    if uitvoeren_op < datum_van(nu) or not is_werkdag(uitvoeren_op, feestdagen.alle()):
        tekst = "De bank betaalt op een werkdag, vandaag of later. Kies een andere dag."
        raise HandelingGeweigerd(Reden("uitvoeren_op", tekst, veld="uitvoeren_op"))


def _rekeningen(facturen: Sequence[Factuur]) -> dict[UUID, Bankrekening]:
    """The confirmed rekening of each instelling."""
    bevestigd = Bankrekening.objects.bevestigd().filter(organisatie__in={f.crediteur_id for f in facturen})
    return {rekening.organisatie_id: rekening for rekening in bevestigd}


def _keur_facturen(
    gevraagd: Sequence[UUID], gekozen: Sequence[Factuur], rekeningen: dict[UUID, Bankrekening]
) -> None:
    """Under the lock: each can still be paid, and on the rekening that is confirmed now."""
    betaalbaar = set(
        Factuur.objects.te_betalen().filter(pk__in=[f.pk for f in gekozen]).values_list("pk", flat=True)
    )
    redenen = []
    if len(gekozen) < len(set(gevraagd)):
        redenen.append(Reden("onbekend", "Een van de facturen is er niet meer. Bekijk de lijst opnieuw."))
    for factuur in gekozen:
        rekening = rekeningen.get(factuur.crediteur_id)
        if factuur.pk not in betaalbaar:
            tekst = f"Factuur {factuur.nummer} kan niet (meer) in een betaalbatch. Bekijk de lijst opnieuw."
            redenen.append(Reden("in_batch", tekst))
        elif rekening is None or rekening.iban != factuur.iban:
            tekst = (
                f"De rekening op factuur {factuur.nummer} is niet meer de bevestigde rekening. Keur de factuur af, "
                "zodat de instelling een nieuwe kan sturen."
            )
            redenen.append(Reden("rekening", tekst))
    if redenen:
        raise HandelingGeweigerd(*redenen)


@handeling(
    "betaalbatch.uitgevoerd",
    titel="Uitgevoerd melden",
    op=Betaalbatch,
    van=[BetaalbatchStatus.GEMAAKT],
    naar=BetaalbatchStatus.UITGEVOERD,
    door=[Rol.UWV_FINANCIEN],
    knop="primair",
    gevoelig=True,
)
def uitgevoerd(batch: Betaalbatch, actor: Actor, *, betaald_op: date, nu: datetime) -> Betaalbatch:
    """Report the day on which the bank paid all of the batch. What turns out to be too much by now is reclaimed."""
    if not datum_van(batch.gemaakt_op) <= betaald_op <= datum_van(nu):
        tekst = "Deze dag ligt voor de betaalbatch, of in de toekomst. Vul de dag in waarop de bank betaalde."
        raise HandelingGeweigerd(Reden("betaald_op", tekst, veld="betaald_op"))
    facturen = list(
        Factuur.objects.filter(betaalbatch=batch)
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
        .select_related("verplichting__reservering")
    )
    with als_reden():
        for factuur in facturen:
            boek_betaald(factuur, betaald_op)
    _rond_af(batch, actor, nu)
    verplichtingen = list(
        Betaalverplichting.objects.filter(pk__in={f.verplichting_id for f in facturen})
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
        .select_related("reservering")
    )
    vorder_terug_wat_te_veel_is(verplichtingen, "Er is meer betaald dan is vastgesteld.", nu)
    sluit_wat_klaar_is(verplichtingen)
    for factuur in facturen:
        meld_crediteur(factuur.verplichting, "factuur_betaald", "Uw factuur is betaald", factuur, nu)
    return batch


@handeling(
    "betaalbatch.laten_vervallen",
    titel="Betaalbatch laten vervallen",
    op=Betaalbatch,
    van=[BetaalbatchStatus.GEMAAKT],
    naar=BetaalbatchStatus.VERVALLEN,
    door=[Rol.UWV_FINANCIEN],
    knop="gevaar",
    gevoelig=True,
)
def laten_vervallen(batch: Betaalbatch, actor: Actor, *, reden: str, nu: datetime) -> Betaalbatch:
    """The bank did not carry it out: the facturen can be paid in another batch. The file stays, with the reason."""
    if not reden.strip():
        raise HandelingGeweigerd(
            Reden("geen_reden", "Schrijf waarom deze betaalbatch vervalt.", veld="reden")
        )
    with als_reden():
        Factuur.objects.filter(betaalbatch=batch).update(betaalbatch=None)
    batch.reden = reden
    _rond_af(batch, actor, nu)
    return batch


def _rond_af(batch: Betaalbatch, actor: Actor, nu: datetime) -> None:
    batch.afgerond_op = nu
    batch.afgerond_door = actor.persoon
