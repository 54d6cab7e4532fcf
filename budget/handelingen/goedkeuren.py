"""Approval by a second person, creditfacturen, and the gemeente that has paid her part herself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile

from budget.handelingen.facturen import GOEDKEURDERS, SAMEN, bewaar, dubbel_nummer, staat_stil
from budget.handelingen.geldregels import als_reden, reden_van
from budget.handelingen.melden import meld_crediteur, meld_debiteur
from budget.handelingen.verplichtingen import sluit_wat_klaar_is, vorder_terug, vorder_terug_wat_te_veel_is
from budget.models import Betaalverplichting, Debiteur, Factuur, FactuurSoort, FactuurStatus
from budget.models.facturen import TE_DOEN
from budget.regels.factuurcontrole import euro
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN


def _door_een_ander(factuur: Factuur, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if factuur.gecontroleerd_door_id == actor.gebruiker_id:
        yield reden_van("factuur_goedgekeurd_door_een_ander")


def _loopt(factuur: Factuur, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """A creditfactuur is taken whatever stands still: it asks nothing."""
    return [] if factuur.is_credit else staat_stil(factuur.verplichting)


@handeling(
    "factuur.goedkeuren",
    titel="Factuur goedkeuren",
    op=Factuur,
    van=[FactuurStatus.GECONTROLEERD],
    naar=FactuurStatus.GOEDGEKEURD,
    door=GOEDKEURDERS,
    voorwaarden=[_door_een_ander, _loopt],
    samen=(*SAMEN, "crediteert"),
    knop="primair",
    gevoelig=True,
)
def goedkeuren(factuur: Factuur, actor: Actor, *, nu: datetime) -> Factuur:
    """Approve what a colleague controlled: a factuur may now be paid, a creditfactuur takes (part of) one back.

    Raises HandelingGeweigerd when more would be paid than was granted, or fixed at the vaststelling.
    """
    with als_reden():
        factuur.status = FactuurStatus.GOEDGEKEURD
        factuur.goedgekeurd_door = actor.persoon
        factuur.goedgekeurd_op = nu
        factuur.save(update_fields=["status", "goedgekeurd_door", "goedgekeurd_op"])
        if factuur.is_credit:
            _verwerk_krediet(factuur, nu)
    return factuur


def _verwerk_krediet(credit: Factuur, nu: datetime) -> None:
    """What was not paid yet asks less from now on; what was paid is claimed back."""
    assert credit.crediteert_id is not None
    oud = Factuur.objects.select_for_update(of=("self",), no_key=True).get(pk=credit.crediteert_id)
    verplichting = _vergrendeld(credit)
    if oud.status == FactuurStatus.BETAALD:
        _zet(oud, FactuurStatus.GECORRIGEERD)
        te_veel = verplichting.netto_betaald_cent - verplichting.gefactureerd_cent
        if te_veel > 0:
            reden = f"Creditfactuur {credit.nummer} bij factuur {oud.nummer}, die al was betaald."
            vorder_terug(verplichting, min(te_veel, credit.bedrag_cent), reden, nu)
    elif oud.te_betalen_cent == 0 and oud.status != FactuurStatus.AFGEKEURD:
        _zet(oud, FactuurStatus.GECORRIGEERD)
    sluit_wat_klaar_is([verplichting])


def _zet(factuur: Factuur, status: FactuurStatus) -> None:
    factuur.status = status
    factuur.save(update_fields=["status"])


def _vergrendeld(factuur: Factuur) -> Betaalverplichting:
    verplichtingen = Betaalverplichting.objects.select_for_update(of=("self",), no_key=True)
    return verplichtingen.select_related("reservering").get(pk=factuur.verplichting_id)


def _te_crediteren(factuur: Factuur, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if factuur.is_credit:
        yield Reden("is_credit", "Dit is zelf een creditfactuur.")
    elif factuur.te_betalen_cent == 0:
        yield Reden("al_gecrediteerd", "Deze factuur is al helemaal gecrediteerd.")
    elif factuur.betaalbatch_id is not None and factuur.status == FactuurStatus.GOEDGEKEURD:
        tekst = "Deze factuur wordt nu betaald. U kunt haar crediteren zodra zij is betaald."
        yield Reden("in_batch", tekst)


@handeling(
    "factuur.crediteren",
    titel="Creditfactuur indienen",
    op=Factuur,
    van=[
        FactuurStatus.IN_CONTROLE,
        FactuurStatus.GECONTROLEERD,
        FactuurStatus.GOEDGEKEURD,
        FactuurStatus.BETAALD,
    ],
    door=INSTELLINGSROLLEN,
    voorwaarden=[_te_crediteren],
    samen=SAMEN,
)
def crediteren(
    factuur: Factuur,
    actor: Actor,
    *,
    nummer: str,
    factuurdatum: date,
    bedrag_cent: int,
    btw_cent: int,
    reden: str,
    bestand: UploadedFile,
    nu: datetime,
) -> Factuur:
    """Take (part of) a factuur back, never more than is left of it. It is controlled and approved like any other."""
    redenen = _credit_bezwaren(factuur, nummer, factuurdatum, bedrag_cent, btw_cent, datum_van(nu))
    if redenen:
        raise HandelingGeweigerd(*redenen)
    with als_reden():
        credit = Factuur.objects.create(
            verplichting=factuur.verplichting,
            betaalmoment_id=factuur.betaalmoment_id,
            soort=FactuurSoort.CREDIT,
            crediteert=factuur,
            crediteur_id=factuur.crediteur_id,
            nummer=nummer,
            factuurdatum=factuurdatum,
            bedrag_cent=bedrag_cent,
            btw_cent=btw_cent,
            iban=factuur.iban,
            bestand=bewaar(bestand, nummer=nummer, bedrag_cent=bedrag_cent, credit=True),
            ontvangen_op=nu,
            ingediend_door=actor.persoon,
            betalen_uiterlijk=factuur.betalen_uiterlijk,
            reden=reden,
        )
    meld_debiteur(factuur.verplichting, "factuur_nieuw", "Controleer een creditfactuur", credit, nu)
    return credit


def _credit_bezwaren(
    factuur: Factuur, nummer: str, factuurdatum: date, bedrag_cent: int, btw_cent: int, vandaag: date
) -> list[Reden]:
    uit = dubbel_nummer(factuur.crediteur_id, nummer)
    if not nummer:
        uit.append(Reden("geen_nummer", "Vul het nummer van de creditfactuur in.", veld="nummer"))
    if not factuur.factuurdatum <= factuurdatum <= vandaag:
        tekst = "De datum ligt voor die van de factuur, of in de toekomst. Controleer de datum."
        uit.append(Reden("datum", tekst, veld="factuurdatum"))
    if bedrag_cent <= 0:
        uit.append(Reden("bedrag", "Vul een bedrag in dat hoger is dan nul.", veld="bedrag"))
    elif bedrag_cent > factuur.te_betalen_cent:
        tekst = f"U kunt van deze factuur hoogstens {euro(factuur.te_betalen_cent)} crediteren. Verlaag het bedrag."
        uit.append(Reden("boven_factuur", tekst, veld="bedrag"))
    if not 0 <= btw_cent <= bedrag_cent:
        uit.append(Reden("btw", "De btw kan niet hoger zijn dan het bedrag.", veld="btw"))
    return uit


def _van_de_gemeente(factuur: Factuur, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if factuur.verplichting.debiteur != Debiteur.GEMEENTE or factuur.is_credit:
        yield Reden("debiteur", "Deze factuur betaalt de gemeente niet.")
    elif factuur.creditfacturen.filter(status__in=TE_DOEN).exists():
        yield Reden("credit_open", "Beslis eerst over de creditfactuur bij deze factuur.")


@handeling(
    "factuur.betaald_melden",
    titel="Betaald melden",
    op=Factuur,
    van=[FactuurStatus.GOEDGEKEURD],
    naar=FactuurStatus.BETAALD,
    door=GEMEENTEROLLEN,
    voorwaarden=[_van_de_gemeente],
    samen=SAMEN,
    knop="primair",
    gevoelig=True,
)
def betaald_melden(factuur: Factuur, actor: Actor, *, betaald_op: date, nu: datetime) -> Factuur:
    """Report the day on which the gemeente paid her part herself."""
    if not factuur.factuurdatum <= betaald_op <= datum_van(nu):
        tekst = "Deze dag ligt voor de factuurdatum, of in de toekomst. Vul de dag in waarop is betaald."
        raise HandelingGeweigerd(Reden("betaald_op", tekst, veld="betaald_op"))
    with als_reden():
        boek_betaald(factuur, betaald_op)
    verplichting = _vergrendeld(factuur)
    vorder_terug_wat_te_veel_is([verplichting], "Er is meer betaald dan is vastgesteld.", nu)
    sluit_wat_klaar_is([verplichting])
    meld_crediteur(verplichting, "factuur_betaald", "Uw factuur is betaald", factuur, nu)
    return factuur


def boek_betaald(factuur: Factuur, op: date) -> None:
    """Write that what the factuur asked was paid on this day."""
    factuur.status = FactuurStatus.BETAALD
    factuur.betaald_op = op
    factuur.betaald_cent = factuur.te_betalen_cent
    factuur.save(update_fields=["status", "betaald_op", "betaald_cent"])
