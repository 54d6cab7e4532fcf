"""A bezwaar comes in: in the portal by the instelling, or registered by an official; filled in, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from aanvragen.handelingen.bezwaar.delen import (
    SAMEN,
    eigen_bezwaar,
    indiener_of_behandelaar,
    meld_behandelaar,
    meld_indiener,
)
from aanvragen.handelingen.brieven_bezwaar import maak_ontvangstbevestiging
from aanvragen.handelingen.dossier import behandelt, eis_tekst
from aanvragen.handelingen.ontvangst import leg_ontvangst_vast
from aanvragen.models import Aanvraag, Besluit, Bezwaar, OntvangstSoort
from aanvragen.models.besluit import Rechtsmiddel
from aanvragen.models.ingebrekestelling import stop_telling
from aanvragen.regels.bezwaar import OPEN_BEZWAAR, BezwaarStatus, Indiener, Wijze
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.uploads import bewaar_upload
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import begin_van_dag, datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN, VOORBEREIDERS


def _er_is_een_besluit(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if not aanvraag.besluiten.filter(rechtsmiddel=Rechtsmiddel.BEZWAAR).exists():
        yield Reden("geen_besluit", "Er is nog geen besluit waartegen u bezwaar kunt maken.")


@handeling(
    "bezwaar.indienen",
    titel="Bezwaar maken",
    op=Aanvraag,
    door=INSTELLINGSROLLEN,
    voorwaarden=[_er_is_een_besluit],
    knop="geen",
)
def indienen(
    aanvraag: Aanvraag,
    actor: Actor,
    *,
    besluit_id: UUID,
    gronden: str,
    wil_gehoord: bool | None = None,
    upload: UploadedFile | None = None,
    nu: datetime,
) -> Bezwaar:
    """Make bezwaar against a besluit in the portal (Awb 6:4). Too late is taken in all the same, and judged after.

    The gronden may follow later (Awb 6:6). Raises HandelingGeweigerd when one runs already against this besluit.
    """
    return _neem_in(
        aanvraag,
        actor,
        nu,
        besluit=_besluit(aanvraag, besluit_id),
        upload=upload,
        indiener=Indiener.INSTELLING,
        wijze=Wijze.PORTAAL,
        ontvangen_op=nu,
        gronden=gronden.strip(),
        wil_gehoord=wil_gehoord,
    )


@handeling(
    "bezwaar.registreren",
    titel="Bezwaar registreren",
    op=Aanvraag,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_er_is_een_besluit],
    knop="geen",
)
def registreren(
    aanvraag: Aanvraag,
    actor: Actor,
    *,
    besluit_id: UUID,
    indiener: str,
    wijze: str,
    ontvangen_op: date,
    verzonden_op: date | None = None,
    indiener_naam: str = "",
    indiener_adres: str = "",
    gronden: str = "",
    wil_gehoord: bool | None = None,
    upload: UploadedFile | None = None,
    nu: datetime,
) -> Bezwaar:
    """Register a bezwaar that came by post or at the counter; what was sent in time is in time (Awb 6:9 lid 2)."""
    besluit = _besluit(aanvraag, besluit_id)
    redenen = list(_bezwaren(besluit, indiener, wijze, ontvangen_op, verzonden_op, indiener_naam, nu))
    if redenen:
        raise HandelingGeweigerd(*redenen)
    return _neem_in(
        aanvraag,
        actor,
        nu,
        besluit=besluit,
        upload=upload,
        indiener=indiener,
        indiener_naam=indiener_naam.strip() if indiener == Indiener.ANDER else "",
        indiener_adres=indiener_adres.strip(),
        wijze=wijze,
        # By the day: of a letter nobody knows the hour.
        ontvangen_op=nu if ontvangen_op == datum_van(nu) else begin_van_dag(ontvangen_op),
        verzonden_op=verzonden_op if wijze == Wijze.POST else None,
        gronden=gronden.strip(),
        wil_gehoord=wil_gehoord,
    )


def _bezwaren(
    besluit: Besluit,
    indiener: str,
    wijze: str,
    ontvangen_op: date,
    verzonden_op: date | None,
    naam: str,
    nu: datetime,
) -> Iterable[Reden]:
    if indiener not in Indiener.values:
        yield Reden("indiener", "Kies wie bezwaar maakt.", veld="indiener")
    elif indiener == Indiener.ANDER and not naam.strip():
        yield Reden("indiener_naam", "Vul in wie bezwaar maakt.", veld="indiener_naam")
    if wijze not in (Wijze.POST, Wijze.LOKET):
        yield Reden("wijze", "Kies hoe het bezwaar binnenkwam.", veld="wijze")
    if not besluit.dagtekening <= ontvangen_op <= datum_van(nu):
        tekst = f"Kies een dag vanaf het besluit ({besluit.dagtekening:%d-%m-%Y}) tot en met vandaag."
        yield Reden("ontvangen_op", tekst, veld="ontvangen_op")
    if verzonden_op is not None and not besluit.dagtekening <= verzonden_op <= ontvangen_op:
        tekst = "Het bezwaar is op de post gedaan na het besluit en voor het binnenkwam. Kies zo’n dag."
        yield Reden("verzonden_op", tekst, veld="verzonden_op")


def _besluit(aanvraag: Aanvraag, besluit_id: UUID) -> Besluit:
    besluit: Besluit | None = aanvraag.besluiten.filter(pk=besluit_id).first()
    if besluit is None:
        raise HandelingGeweigerd(Reden("besluit", "Kies een besluit van dit dossier.", veld="besluit_id"))
    if besluit.rechtsmiddel != Rechtsmiddel.BEZWAAR:
        raise HandelingGeweigerd(
            Reden(
                "beroep",
                "Tegen dit besluit kan geen bezwaar meer, wel beroep bij de rechtbank. In de brief staat hoe.",
                veld="besluit_id",
            )
        )
    return besluit


def _neem_in(
    aanvraag: Aanvraag,
    actor: Actor,
    nu: datetime,
    *,
    besluit: Besluit,
    upload: UploadedFile | None,
    **velden: Any,
) -> Bezwaar:
    bezwaar = Bezwaar(besluit=besluit, aanvraag=aanvraag, ingevoerd_door=actor.persoon, **velden)
    al = Bezwaar.objects.open().filter(
        besluit=besluit, indiener=bezwaar.indiener, indiener_naam=bezwaar.indiener_naam
    )
    if al.exists():
        tekst = "Tegen dit besluit loopt al een bezwaar. Vul dat aan, of wacht op de beslissing."
        raise HandelingGeweigerd(Reden("loopt_al", tekst))
    bezwaar.bestand = bewaar_upload(upload, veld="upload") if upload is not None else None
    bezwaar.te_laat = not bezwaar.ontvangst.op_tijd
    bezwaar.herbereken()
    bezwaar.save(force_insert=True)
    kopie = maak_ontvangstbevestiging(bezwaar, nu)
    if bezwaar.wijze == Wijze.PORTAAL:
        leg_ontvangst_vast(aanvraag, OntvangstSoort.BEZWAAR, kopie, actor, nu)
    meld_behandelaar(bezwaar, "bezwaar_ontvangen", "Er is bezwaar gemaakt: behandel het", nu)
    if bezwaar.wijze != Wijze.PORTAAL:
        meld_indiener(bezwaar, "bezwaar_geregistreerd", "Er is een bezwaar ontvangen", nu)
    return bezwaar


@handeling(
    "bezwaar.aanvullen",
    titel="Bezwaar aanvullen",
    op=Bezwaar,
    van=[BezwaarStatus.ONTVANKELIJKHEID],
    naar=BezwaarStatus.ONTVANGEN,
    door=(*INSTELLINGSROLLEN, *VOORBEREIDERS),
    relatie=indiener_of_behandelaar,
    voorwaarden=[eigen_bezwaar],
    knop="primair",
    samen=SAMEN,
)
def aanvullen(bezwaar: Bezwaar, actor: Actor, *, gronden: str, nu: datetime) -> Bezwaar:
    """Say why, after it was asked (Awb 6:6). After the term it is kept too; who treats it judges that it was late."""
    eis_tekst(gronden, "Schrijf waarom u het niet eens bent met het besluit.", veld="gronden")
    bezwaar.gronden = f"{bezwaar.gronden}\n\n{gronden.strip()}".strip()
    bezwaar.hersteld_op = datum_van(nu)
    bezwaar.herbereken()
    kopie = maak_ontvangstbevestiging(bezwaar, nu)
    if actor.is_instelling:
        leg_ontvangst_vast(bezwaar.aanvraag, OntvangstSoort.BEZWAAR, kopie, actor, nu)
    meld_behandelaar(bezwaar, "bezwaar_aangevuld", "Een bezwaar is aangevuld", nu)
    return bezwaar


@handeling(
    "bezwaar.intrekken",
    titel="Bezwaar intrekken",
    op=Bezwaar,
    van=OPEN_BEZWAAR,
    naar=BezwaarStatus.INGETROKKEN,
    door=(*INSTELLINGSROLLEN, *VOORBEREIDERS),
    relatie=indiener_of_behandelaar,
    voorwaarden=[eigen_bezwaar],
    knop="gevaar",
    samen=SAMEN,
)
def intrekken(bezwaar: Bezwaar, actor: Actor, *, nu: datetime) -> Bezwaar:
    """Withdraw the bezwaar; the besluit stays as it is (Awb 6:21)."""
    bezwaar.ingetrokken_op = nu
    stop_telling(bezwaar.aanvraag, datum_van(nu), bezwaar=bezwaar)
    meld_behandelaar(bezwaar, "bezwaar_ingetrokken", "Een bezwaar is ingetrokken", nu)
    if not actor.is_instelling:
        meld_indiener(bezwaar, "bezwaar_ingetrokken", "Een bezwaar is ingetrokken", nu)
    return bezwaar
