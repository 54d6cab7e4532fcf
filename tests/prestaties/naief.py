"""Granting as it is written without thought: count, see that there is room, and save.

It leaves the same behind as the act does in the dossier: the reservering verleend, the besluit, the letter with the
same data, the traject, the toestemming ingelost, the aanvraag toegekend. It has no lock, asks nobody's role, looks
at neither four eyes, the advice, the order of receipt nor a second traject of the same person, and writes no
logboek, no grootboek, no message and no key against a second click. Run by two at once it grants too much.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from aanvragen.handelingen.beslissen import bezwaar_tot
from aanvragen.handelingen.brieven import besluitbrief
from aanvragen.models import Aanvraag, Besluit, BesluitSoort, Brief, Traject
from aanvragen.regels.statussen import LEVENDE_TOESTEMMING, AanvraagStatus, ToestemmingStatus
from budget.models import Reservering, ReserveringStatus
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.models import Gebruiker
from tests.prestaties.opstelling import NAIEF

# One statement for all that the grant reads; what is looked up along the way costs one each.
SAMEN = ("regeling_versie", "reservering", "beoordeling", "instelling__organisatie", "deelnemer", "gemeente")


class Vol(Exception):
    """The count says that there is no room."""


def ken_toe(pk: str, beslisser: Gebruiker, nu: datetime, *, samen: bool) -> Besluit:
    """Grant. `samen` reads the dossier with its parts in one statement, as a second look would have it."""
    dossiers = Aanvraag.objects.using(NAIEF)
    with transaction.atomic(using=NAIEF):
        aanvraag = (dossiers.select_related(*SAMEN) if samen else dossiers).get(pk=pk)
        reservering = aanvraag.reservering
        assert reservering is not None
        _eis_plaats(aanvraag, Reservering.objects.using(NAIEF).filter(status=ReserveringStatus.VERLEEND))
        reservering.status = ReserveringStatus.VERLEEND
        reservering.verleend_op = nu
        reservering.save()
        besluit = _besluit(aanvraag, reservering, beslisser, nu)
        Brief.objects.using(NAIEF).create(
            aanvraag=aanvraag,
            besluit=besluit,
            sjabloon="verlening",
            titel=besluit.get_soort_display(),
            gegevens=besluitbrief(aanvraag, besluit).naar_json(),
            datum=besluit.dagtekening,
            gemaakt_op=nu,
        )
        Traject.objects.using(NAIEF).create(
            aanvraag=aanvraag, maanden=besluit.maanden, vroegste_start=besluit.dagtekening
        )
        aanvraag.toestemmingen.filter(status__in=LEVENDE_TOESTEMMING).update(
            status=ToestemmingStatus.INGELOST
        )
        aanvraag.status = AanvraagStatus.TOEGEKEND
        aanvraag.beslist_op = nu
        aanvraag.versie += 1
        aanvraag.save()
    return besluit


def _eis_plaats(aanvraag: Aanvraag, verleend: QuerySet[Reservering]) -> None:
    potten = aanvraag.inhoud.potten
    bij_regeling = verleend.filter(regeling_id=aanvraag.regeling_id)
    if potten.plafond_trajecten is not None and bij_regeling.count() >= potten.plafond_trajecten:
        raise Vol
    bij_gemeente = bij_regeling.filter(gemeente_id=aanvraag.gemeente_id, route=aanvraag.route)
    if potten.cap_per_gemeente is not None and bij_gemeente.count() >= potten.cap_per_gemeente:
        raise Vol


def _besluit(aanvraag: Aanvraag, reservering: Reservering, beslisser: Gebruiker, nu: datetime) -> Besluit:
    return Besluit.objects.using(NAIEF).create(
        aanvraag=aanvraag,
        soort=BesluitSoort.VERLENING,
        dagtekening=datum_van(nu),
        bekendgemaakt_op=nu,
        bezwaar_tot=bezwaar_tot(aanvraag, datum_van(nu)),
        motivering="De aanvraag voldoet aan de regeling.",
        opsteller_id=aanvraag.beoordeling.beoordelaar_id,
        ondertekenaar=beslisser,
        bedrag_cent=reservering.bedrag_cent,
        rijk_cent=reservering.rijk_cent,
        gemeente_cent=reservering.gemeente_cent,
        maanden=aanvraag.inhoud.doelgroep(aanvraag.doelgroep).maanden,
    )
