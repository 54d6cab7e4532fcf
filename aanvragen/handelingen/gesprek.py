"""The conversation of a dossier: writing, answering, and saying what was read.

It goes on beside the dossier in whatever status that is, and leaves its `versie` alone: who fills in a form isn't told
that it is stale because somebody wrote a message. Each act locks the aanvraag itself, so that whom it is shown to is
decided by who may see the dossier at that moment, and the numbering has no holes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.urls import reverse

from aanvragen.models import Aanvraag, Gelezen, Gespreksbericht
from aanvragen.models.gesprek import MAX_TEKST, Berichtsoort, kant_van, kanten_van
from aanvragen.regels.gesprek import Kant, lezers_van_antwoord, lezerskringen, op_volgorde
from aanvragen.regels.medisch import bevat_bsn, geen_bsn
from gemeenten.models import handelende_organisatie
from ips_subsidie.berichten.uitbak import plaats
from ips_subsidie.handelingen.kern import handeling, vergrendel
from ips_subsidie.handelingen.uploads import bewaar_upload
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.rijrechten import als_systeem
from ips_subsidie.toegang.rollen import (
    GEMEENTEROLLEN,
    INSTELLINGSROLLEN,
    UWV_ROLLEN,
    OrganisatieSoort,
    Rol,
)

DEELNEMERS = (*INSTELLINGSROLLEN, *GEMEENTEROLLEN, *UWV_ROLLEN)


@handeling(
    "gesprek.schrijven",
    titel="Bericht schrijven",
    door=DEELNEMERS,
    maakt="aanvragen.gespreksbericht",
)
def schrijven(
    actor: Actor,
    *,
    aanvraag: Aanvraag,
    lezers: Sequence[str],
    antwoord_van: str = "",
    tekst: str,
    bestand: UploadedFile | None = None,
    nu: datetime,
) -> Gespreksbericht:
    """Write to the parties that `lezers` names, or a note to the own organisatie where it names nobody else.

    With `antwoord_van` it is a question, open until somebody answers it. Raises HandelingGeweigerd for a reader who
    may not see the dossier, and for a BSN in the text (UAVG art. 46; T129).
    """
    vers, eigen = _slot(aanvraag, actor)
    kring = _kring(vers, eigen, lezers)
    redenen = _bij_tekst(tekst)
    if antwoord_van and antwoord_van not in set(kring) - {eigen}:
        redenen.append(
            Reden(
                "antwoord_van",
                "U vraagt een antwoord van iemand die dit niet leest. Kies wie het leest, of vraag geen antwoord.",
                veld="antwoord_van",
            )
        )
    if redenen:
        raise HandelingGeweigerd(*redenen)
    soort = Berichtsoort.MEDEDELING if len(kring) > 1 else Berichtsoort.NOTITIE
    bericht = _bewaar(
        vers, actor, eigen, nu,
        soort=Berichtsoort.VRAAG if antwoord_van else soort,
        kring=kring, antwoord_van=antwoord_van, tekst=tekst, bestand=bestand,
    )  # fmt: skip
    gevraagd = [kant for kant in kring if kant == antwoord_van]
    _meld(bericht, gevraagd, "gesprek_vraag", "U kreeg een vraag in een dossier: geef antwoord", nu)
    overigen = [kant for kant in kring if kant not in (eigen, antwoord_van)]
    _meld(bericht, overigen, "gesprek_bericht", "Er is een nieuw bericht in een dossier", nu)
    return bericht


@handeling(
    "gesprek.antwoorden",
    titel="Vraag beantwoorden",
    door=DEELNEMERS,
    maakt="aanvragen.gespreksbericht",
)
def antwoorden(
    actor: Actor,
    *,
    vraag: Gespreksbericht,
    tekst: str,
    bestand: UploadedFile | None = None,
    nu: datetime,
) -> Gespreksbericht:
    """Answer a question: from then on it is open no more. Who read the question reads the answer.

    Who answers has read the question, and the others see that.
    """
    vers, eigen = _slot(vraag.aanvraag, actor)
    if (
        vraag.soort != Berichtsoort.VRAAG
        or not Gespreksbericht.objects.leesbaar_voor(actor).filter(pk=vraag.pk).exists()
    ):
        raise HandelingGeweigerd(
            Reden("geen_vraag", "U kunt alleen antwoorden op een vraag die u kunt lezen.")
        )
    kring = lezers_van_antwoord(vraag.zichtbaar_voor, kanten_van(vers))
    redenen = _bij_tekst(tekst)
    if kring == [eigen]:
        redenen.append(
            Reden(
                "vrager_weg",
                "Wie dit vroeg, kan het dossier niet meer zien. Schrijf een nieuw bericht aan wie het wel ziet.",
            )
        )
    if redenen:
        raise HandelingGeweigerd(*redenen)
    bericht = _bewaar(
        vers, actor, eigen, nu,
        soort=Berichtsoort.ANTWOORD, kring=kring, tekst=tekst, bestand=bestand, antwoord_op=vraag,
    )  # fmt: skip
    _lees_tot(vers, actor, eigen, vraag.volgnummer, nu)
    anderen = [kant for kant in kring if kant is not eigen]
    _meld(bericht, anderen, "gesprek_antwoord", "Er is een antwoord op een vraag in een dossier", nu)
    return bericht


@handeling(
    "gesprek.gelezen",
    titel="Markeren als gelezen",
    door=DEELNEMERS,
    maakt="aanvragen.gelezen",
)
def gelezen(actor: Actor, *, aanvraag: Aanvraag, tot: UUID, nu: datetime) -> Gelezen:
    """Say that the own organisatie read the conversation up to and including the message `tot`; others see that."""
    vers, eigen = _slot(aanvraag, actor)
    leesbaar = vers.gesprek.leesbaar_voor(actor).filter(pk=tot)
    laatste = leesbaar.values_list("volgnummer", flat=True).first()
    if laatste is None:
        raise HandelingGeweigerd(Reden("geen_bericht", "Dit bericht is er niet. Bekijk het gesprek opnieuw."))
    return _lees_tot(vers, actor, eigen, laatste, nu)


def _slot(aanvraag: Aanvraag, actor: Actor) -> tuple[Aanvraag, Kant]:
    """The aanvraag under its lock, and the party of this actor. Raises HandelingGeweigerd for who may not see it."""
    vers = vergrendel(aanvraag)
    eigen = kant_van(actor)
    if eigen is None or not Aanvraag.objects.zichtbaar_voor(actor).filter(pk=vers.pk).exists():
        raise HandelingGeweigerd(Reden("niet_van_u", "Dit dossier hoort niet bij uw organisatie."))
    return vers, eigen


def _kring(aanvraag: Aanvraag, eigen: Kant, lezers: Sequence[str]) -> list[Kant]:
    """The readers, the own party among them. Raises HandelingGeweigerd where one of them can't see the dossier."""
    try:
        kring = op_volgorde([eigen, *lezers])
    except ValueError:
        kring = []
    if tuple(kring) not in lezerskringen(eigen, kanten_van(aanvraag)):
        raise HandelingGeweigerd(
            Reden(
                "lezers",
                "Wie u koos, kan dit dossier nu niet zien. Kies opnieuw wie uw bericht leest.",
                veld="lezers",
            )
        )
    return kring


def _bij_tekst(tekst: str) -> list[Reden]:
    if not tekst.strip():
        return [Reden("tekst", "Schrijf uw bericht.", veld="tekst")]
    if len(tekst) > MAX_TEKST:
        return [Reden("tekst", f"Maak uw bericht korter: hoogstens {MAX_TEKST} tekens.", veld="tekst")]
    return [Reden("bsn", geen_bsn("uw bericht"), veld="tekst")] if bevat_bsn(tekst) else []


def _bewaar(
    aanvraag: Aanvraag,
    actor: Actor,
    eigen: Kant,
    nu: datetime,
    *,
    soort: Berichtsoort,
    kring: Sequence[Kant],
    tekst: str,
    bestand: UploadedFile | None,
    antwoord_van: str = "",
    antwoord_op: Gespreksbericht | None = None,
) -> Gespreksbericht:
    assert actor.organisatie is not None
    with als_systeem():  # the numbers go on also where a note of somebody else has one
        vorige = aanvraag.gesprek.aggregate(laatste=Max("volgnummer"))["laatste"] or 0
    return Gespreksbericht.objects.create(
        aanvraag=aanvraag,
        volgnummer=vorige + 1,
        soort=soort,
        kant=eigen.value,
        organisatie=actor.organisatie,
        afzender=actor.persoon,
        op=nu,
        tekst=tekst,
        zichtbaar_voor=[kant.value for kant in kring],
        antwoord_van=antwoord_van,
        antwoord_op=antwoord_op,
        bestand=bewaar_upload(bestand) if bestand is not None else None,
    )


def _lees_tot(aanvraag: Aanvraag, actor: Actor, eigen: Kant, tot: int, nu: datetime) -> Gelezen:
    assert actor.organisatie is not None
    gelezen, _ = Gelezen.objects.get_or_create(
        aanvraag=aanvraag,
        organisatie=actor.organisatie,
        tot=tot,
        defaults={"kant": eigen.value, "op": nu, "door": actor.persoon},
    )
    return gelezen


def _meld(bericht: Gespreksbericht, kanten: Iterable[Kant], soort: str, titel: str, nu: datetime) -> None:
    """Tell these parties that there is something to read; never what. Each message is announced by itself."""
    aanvraag = bericht.aanvraag
    for kant in kanten:
        organisatie, rollen = _ontvanger(aanvraag, kant, nu)
        plaats(
            organisatie,
            rollen,
            soort=soort,
            titel=f"{titel} ({aanvraag.kenmerk})",
            pad=reverse("aanvragen:gesprek", args=[aanvraag.pk]),
            onderwerp_id=str(bericht.pk),
            nu=nu,
        )


def _ontvanger(aanvraag: Aanvraag, kant: Kant, nu: datetime) -> tuple[list[UUID], Sequence[Rol]]:
    """Who is told for this party: for the gemeente whoever acts for her today."""
    if kant is Kant.INSTELLING:
        return [aanvraag.instelling.organisatie_id], INSTELLINGSROLLEN
    if kant is Kant.GEMEENTE:
        assert aanvraag.gemeente is not None
        return [handelende_organisatie(aanvraag.gemeente, datum_van(nu)).pk], GEMEENTEROLLEN
    uwv = Organisatie.objects.filter(soort=OrganisatieSoort.UWV).values_list("pk", flat=True)
    return list(uwv), (Rol.UWV_BEOORDELAAR,)
