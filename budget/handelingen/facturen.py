"""A factuur from the instelling, its control, its approval by a second person, and what goes wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from budget.handelingen.geldregels import als_reden, reden_van
from budget.handelingen.melden import meld_crediteur, meld_debiteur
from budget.models import (
    Bankrekening,
    Betaalmoment,
    Betaalverplichting,
    Factuur,
    FactuurStatus,
    Inkooporder,
    VerplichtingStatus,
)
from budget.regels.factuurcontrole import Factuurgegevens, Ruimte, bezwaren
from budget.regels.iban import schone_iban
from budget.regels.ubl import MAX_BYTES, EFactuur, UblFout, lees_ubl
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.uploads import bewaar_upload
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, Rol

CONTROLEURS = (Rol.UWV_FINANCIEN, *GEMEENTEROLLEN)
GOEDKEURDERS = (Rol.UWV_FINANCIEN, Rol.GEMEENTEBESLISSER)
SAMEN = ("verplichting__reservering", "verplichting__gemeente")


def staat_stil(verplichting: Betaalverplichting) -> list[Reden]:
    """Why nothing of this obligation may go on now: a stopbericht that is not confirmed (T72), or the end of it."""
    if verplichting.status == VerplichtingStatus.OPEN:
        return []
    return [reden_van(f"verplichting_{verplichting.status}")]


def _loopt(verplichting: Betaalverplichting, actor: Actor, nu: datetime) -> Iterable[Reden]:
    return staat_stil(verplichting)


@handeling(
    "factuur.indienen",
    titel="Factuur indienen",
    op=Betaalverplichting,
    door=INSTELLINGSROLLEN,
    voorwaarden=[_loopt],
    samen=["reservering", "gemeente"],
    knop="primair",
)
def indienen(
    verplichting: Betaalverplichting,
    actor: Actor,
    *,
    betaalmoment: int,
    nummer: str,
    factuurdatum: date,
    bedrag_cent: int,
    btw_cent: int,
    iban: str,
    bestand: UploadedFile,
    nu: datetime,
    verwijzingen: Sequence[str] = (),
) -> Factuur:
    """Send a factuur to who owes it: after the inkooporder, within the amount, on the confirmed rekening.

    `betaalmoment` is the key of one of this obligation. Amounts are integer cents; the total is incl. btw, whatever
    the rate (T81). `verwijzingen` are those of an e-factuur: one must name the inkooporder or the dossier. Raises
    HandelingGeweigerd with every reason (T77, T79, T80).
    """
    moment = Betaalmoment.objects.filter(verplichting=verplichting, pk=betaalmoment).first()
    if moment is None:
        raise HandelingGeweigerd(Reden("moment", "Kies een van de betaalmomenten.", veld="betaalmoment"))
    schoon = schone_iban(iban)
    gegevens = Factuurgegevens(nummer, factuurdatum, bedrag_cent, btw_cent, schoon)
    redenen = [
        *bezwaren(gegevens, _ruimte(verplichting, moment, nu)),
        *dubbel_nummer(verplichting.crediteur_id, nummer),
        *_ander_dossier(verplichting, verwijzingen),
    ]
    if redenen:
        raise HandelingGeweigerd(*redenen)
    vandaag = datum_van(nu)
    with als_reden():
        factuur = Factuur.objects.create(
            verplichting=verplichting,
            betaalmoment=moment,
            crediteur_id=verplichting.crediteur_id,
            nummer=nummer,
            factuurdatum=factuurdatum,
            bedrag_cent=bedrag_cent,
            btw_cent=btw_cent,
            iban=schoon or "",
            bestand=bewaar(bestand, nummer=nummer, bedrag_cent=bedrag_cent),
            ontvangen_op=nu,
            ingediend_door=actor.persoon,
            betalen_uiterlijk=vandaag + timedelta(days=verplichting.betaaltermijn_dagen),
        )
    meld_debiteur(verplichting, "factuur_nieuw", "Controleer een factuur", factuur, nu)
    return factuur


def _ruimte(verplichting: Betaalverplichting, moment: Betaalmoment, nu: datetime) -> Ruimte:
    order_op = (
        Inkooporder.objects.filter(reservering_id=verplichting.reservering_id)
        .values_list("geplaatst_op", flat=True)
        .first()
    )
    rekening = (
        Bankrekening.objects.bevestigd()
        .filter(organisatie_id=verplichting.crediteur_id)
        .values_list("iban", flat=True)
        .first()
    )
    return Ruimte(
        te_factureren_cent=verplichting.te_factureren_cent,
        moment_cent=moment.over_cent,
        opeisbaar=moment.opeisbaar_op is not None,
        inkooporder_nodig=verplichting.inkooporder_nodig,
        order_op=order_op,
        rekening=rekening,
        vandaag=datum_van(nu),
    )


def dubbel_nummer(crediteur_id: Any, nummer: str) -> list[Reden]:
    if Factuur.objects.filter(crediteur_id=crediteur_id, nummer__iexact=nummer).exists():
        return [reden_van("factuur_nummer_eenmalig")]
    return []


def _ander_dossier(verplichting: Betaalverplichting, verwijzingen: Sequence[str]) -> list[Reden]:
    """An e-factuur that names an order or a dossier names this one."""
    order = Inkooporder.objects.filter(reservering_id=verplichting.reservering_id).first()
    goed = [verplichting.reservering.kenmerk, *([order.nummer] if order else [])]
    if not verwijzingen or any(verwijzing in goed for verwijzing in verwijzingen):
        return []
    tekst = (
        f"De e-factuur verwijst naar “{verwijzingen[0][:40]}”. Verwijs naar "
        f"{' of '.join(goed)}, of kies het dossier waar deze factuur bij hoort."
    )
    return [Reden("ander_dossier", tekst, veld="bestand")]


def is_xml(upload: UploadedFile) -> bool:
    return (upload.name or "").lower().endswith(".xml")


def lees_efactuur(upload: UploadedFile) -> EFactuur:
    """The values of an uploaded e-factuur. Raises HandelingGeweigerd, at the field `bestand`."""
    upload.seek(0)
    try:
        return lees_ubl(upload.read(MAX_BYTES + 1))
    except UblFout as fout:
        raise HandelingGeweigerd(Reden("efactuur", str(fout), veld="bestand")) from fout


def bewaar(upload: UploadedFile, *, nummer: str, bedrag_cent: int, credit: bool = False) -> Bestand:
    """Keep the file of a factuur: a PDF, or an e-factuur that says the same. Raises HandelingGeweigerd."""
    if is_xml(upload):
        gelezen = lees_efactuur(upload)
        if (gelezen.nummer, gelezen.bedrag_cent, gelezen.credit) != (nummer, bedrag_cent, credit):
            tekst = "De e-factuur zegt iets anders dan u hebt ingevuld. Controleer het bestand."
            raise HandelingGeweigerd(Reden("efactuur", tekst, veld="bestand"))
        upload.seek(0)
        try:
            return Bestand.objects.bewaar_xml(upload.read(), upload.name or "factuur.xml")
        except ValidationError as fout:
            raise HandelingGeweigerd(Reden("bestand", fout.messages[0], veld="bestand")) from fout
    if not (upload.name or "").lower().endswith(".pdf"):
        tekst = "Kies een pdf, of een e-factuur in XML."
        raise HandelingGeweigerd(Reden("bestand", tekst, veld="bestand"))
    return bewaar_upload(upload)


@handeling(
    "factuur.controleren",
    titel="Gecontroleerd",
    op=Factuur,
    van=[FactuurStatus.IN_CONTROLE],
    naar=FactuurStatus.GECONTROLEERD,
    door=CONTROLEURS,
    samen=SAMEN,
    knop="primair",
)
def controleren(factuur: Factuur, actor: Actor, *, nu: datetime) -> Factuur:
    """Say that the factuur is right: the traject, the amount, the rekening. A second person then approves it."""
    factuur.gecontroleerd_door = actor.persoon
    factuur.gecontroleerd_op = nu
    meld_debiteur(factuur.verplichting, "factuur_goedkeuren", "Keur een factuur goed", factuur, nu)
    return factuur


def _niet_in_batch(factuur: Factuur, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if factuur.betaalbatch_id is not None and factuur.status == FactuurStatus.GOEDGEKEURD:
        tekst = (
            "Deze factuur zit in een betaalbatch. Laat die eerst vervallen, of meld dat zij is uitgevoerd."
        )
        yield Reden("in_batch", tekst)
    elif factuur.is_credit and factuur.status == FactuurStatus.GOEDGEKEURD:
        yield Reden("al_verwerkt", "Deze creditfactuur is al verwerkt.")


@handeling(
    "factuur.afkeuren",
    titel="Factuur afkeuren",
    op=Factuur,
    van=[FactuurStatus.IN_CONTROLE, FactuurStatus.GECONTROLEERD, FactuurStatus.GOEDGEKEURD],
    naar=FactuurStatus.AFGEKEURD,
    door=CONTROLEURS,
    voorwaarden=[_niet_in_batch],
    samen=SAMEN,
    knop="gevaar",
)
def afkeuren(factuur: Factuur, actor: Actor, *, reden: str, nu: datetime) -> Factuur:
    """Reject the factuur, with the reason; the instelling may send a new one, with another number."""
    if not reden.strip():
        tekst = "Schrijf waarom u de factuur afkeurt. De instelling leest dit."
        raise HandelingGeweigerd(Reden("geen_reden", tekst, veld="reden"))
    factuur.reden = reden
    meld_crediteur(factuur.verplichting, "factuur_afgekeurd", "Uw factuur is afgekeurd", factuur, nu)
    return factuur
