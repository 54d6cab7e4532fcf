"""Filling in: beginning a concept, saving it part by part, its bijlagen."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from aanvragen.handelingen.dossier import waarden_van
from aanvragen.handelingen.handtekening import DOCUMENT, laat_vervallen
from aanvragen.models import Aanvraag, Behandeling, Bijlage, Deelnemer, GgzInstelling
from aanvragen.models.aanvraag import Initiatief
from aanvragen.regels.statussen import INVULBAAR, AanvraagStatus, ToestemmingStatus
from aanvragen.regels.volledigheid import (
    ONDERDELEN,
    VERVOLG_SITUATIE,
    Onderdeel,
    Staat,
    invulbaar,
    staat,
)
from budget.models import Regeling
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.uploads import bewaar_upload
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol

MAX_BIJLAGEN = 10

# Which model keeps the fields of which onderdeel.
_AANVRAAGVELDEN: dict[Onderdeel, tuple[str, ...]] = {
    Onderdeel.INSTELLING: ONDERDELEN[Onderdeel.INSTELLING].velden,
    Onderdeel.DEELNEMER: ("gemeente_id",),
    Onderdeel.SITUATIE: (*ONDERDELEN[Onderdeel.SITUATIE].velden, *VERVOLG_SITUATIE),
    Onderdeel.TRAJECT: ("gewenste_start", "toelichting"),
}  # fmt: skip
_DEELNEMERVELDEN = ("bsn", "voorletters", "achternaam", "geboortedatum", "adres", "postcode", "woonplaats")
_BEHANDELINGVELDEN = ("gediagnosticeerd", "in_sggz", "begonnen_in", "langer_toelichting")


@handeling(
    "aanvraag.beginnen",
    titel="Nieuwe aanvraag",
    door=[Rol.BEHANDELAAR, Rol.INSTELLINGSBEHEERDER],
    maakt="aanvragen.aanvraag",
)
def beginnen(actor: Actor, *, regeling: Regeling, nu: datetime) -> Aanvraag:
    """Begin a concept for the own instelling; possible before the tijdvak opens, so that it is ready then."""
    return nieuw_concept(regeling, _instelling_van(actor), actor, nu, Initiatief.INSTELLING)


def nieuw_concept(
    regeling: Regeling, instelling: GgzInstelling, actor: Actor, nu: datetime, initiatief: Initiatief
) -> Aanvraag:
    """An empty aanvraag under the version of the regeling that holds today."""
    return Aanvraag.objects.create(
        regeling=regeling,
        regeling_versie=regeling.versie_op(datum_van(nu)),
        instelling=instelling,
        initiatief=initiatief,
        aangemaakt_op=nu,
        aangemaakt_door=actor.persoon,
    )


@handeling(
    "aanvraag.onderdeel_opslaan",
    titel="Opslaan",
    op=Aanvraag,
    van=INVULBAAR,
    door=[Rol.BEHANDELAAR, Rol.INSTELLINGSBEHEERDER],
    knop="geen",
)
def onderdeel_opslaan(
    aanvraag: Aanvraag,
    actor: Actor,
    *,
    onderdeel: Onderdeel,
    waarden: dict[str, Any],
    versie: int,
    nu: datetime,
) -> Aanvraag:
    """Save one onderdeel, whole. `versie` is the one the form was made from: a stale one is refused.

    A submitted aanvraag that waits for an aanvulling keeps its route and gemeente: rank and toestemming hang on it.
    A handtekening of the deelnemer lapses when what he signed changes.
    """
    _weiger_verouderd(aanvraag, versie)
    if not invulbaar(onderdeel, wacht_op_gemeente=_ligt_bij_gemeente(aanvraag)):
        raise HandelingGeweigerd(
            Reden(
                "bij_de_gemeente",
                "De gemeente beslist op deze gegevens. Klopt er iets niet? Trek de aanvraag in en begin een nieuwe.",
            )
        )
    velden = _AANVRAAGVELDEN.get(onderdeel, ())
    gemeente_was = aanvraag.gemeente_id
    if aanvraag.status == AanvraagStatus.ONVOLLEDIG:
        _weiger_vaste_velden(aanvraag, velden, waarden)
    for veld in velden:
        if veld in waarden:
            setattr(aanvraag, veld, waarden[veld])
    if onderdeel is Onderdeel.DEELNEMER:
        _bewaar_deel(Deelnemer, aanvraag, _DEELNEMERVELDEN, waarden)
    if onderdeel is Onderdeel.BEHANDELING:
        _bewaar_deel(Behandeling, aanvraag, _BEHANDELINGVELDEN, waarden)
    if aanvraag.status == AanvraagStatus.ONVOLLEDIG:
        _weiger_leeg(aanvraag, onderdeel, nu)
    if aanvraag.inhoud.regels.handtekening:
        # The text that was signed names the gemeente to which the data go.
        laat_vervallen(aanvraag, nu, hoe_dan_ook=aanvraag.gemeente_id != gemeente_was)
    return aanvraag


@handeling(
    "aanvraag.bijlage_toevoegen",
    titel="Bijlage toevoegen",
    op=Aanvraag,
    van=INVULBAAR,
    door=[Rol.BEHANDELAAR, Rol.INSTELLINGSBEHEERDER],
    knop="geen",
)
def bijlage_toevoegen(
    aanvraag: Aanvraag, actor: Actor, *, soort: str, upload: UploadedFile, nu: datetime
) -> Bijlage:
    """Add a PDF, JPEG or PNG of at most 10 MB, judged by its content."""
    if aanvraag.inhoud.regels.handtekening and soort == DOCUMENT:
        tekst = "Voeg de handtekening van de deelnemer toe bij “Laten ondertekenen”."
        raise HandelingGeweigerd(Reden("handtekening", tekst, veld="soort"))
    return bewaar_bijlage(aanvraag, actor, soort=soort, upload=upload, nu=nu)


def bewaar_bijlage(
    aanvraag: Aanvraag, actor: Actor, *, soort: str, upload: UploadedFile, nu: datetime
) -> Bijlage:
    """Keep the file with the aanvraag, inside an act. Raises HandelingGeweigerd."""
    if soort not in {d.code for d in aanvraag.inhoud.documenten}:
        raise HandelingGeweigerd(Reden("soort_onbekend", "Kies wat voor bijlage dit is.", veld="soort"))
    if aanvraag.bijlagen.filter(weggehaald_op__isnull=True).count() >= MAX_BIJLAGEN:
        raise HandelingGeweigerd(
            Reden("te_veel_bijlagen", f"U kunt {MAX_BIJLAGEN} bijlagen toevoegen. Haal er eerst een weg.")
        )
    return Bijlage.objects.create(
        aanvraag=aanvraag,
        soort=soort,
        bestand=bewaar_upload(upload),
        toegevoegd_op=nu,
        toegevoegd_door=actor.persoon,
    )


@handeling(
    "aanvraag.bijlage_weghalen",
    titel="Bijlage weghalen",
    op=Aanvraag,
    van=INVULBAAR,
    door=[Rol.BEHANDELAAR, Rol.INSTELLINGSBEHEERDER],
    knop="geen",
)
def bijlage_weghalen(aanvraag: Aanvraag, actor: Actor, *, bijlage_id: UUID, nu: datetime) -> Aanvraag:
    """Take a bijlage away from the aanvraag; what was sent before stays in the dossier's past."""
    weg = aanvraag.bijlagen.filter(pk=bijlage_id, weggehaald_op__isnull=True).update(weggehaald_op=nu)
    if not weg:
        raise HandelingGeweigerd(Reden("bijlage_weg", "Deze bijlage is al weggehaald."))
    if aanvraag.handtekeningen.filter(bijlage_id=bijlage_id, vervallen_op__isnull=True).exists():
        laat_vervallen(aanvraag, nu, hoe_dan_ook=True)
    return aanvraag


def _instelling_van(actor: Actor) -> GgzInstelling:
    instelling = GgzInstelling.objects.filter(organisatie=actor.organisatie).first()
    if instelling is None:
        raise HandelingGeweigerd(
            Reden(
                "geen_instelling",
                "Uw organisatie staat niet geregistreerd als ggz-instelling. Vraag de beheerder.",
            )
        )
    return instelling


def _weiger_verouderd(aanvraag: Aanvraag, versie: int) -> None:
    if aanvraag.versie != versie:
        raise HandelingGeweigerd(
            Reden(
                "verouderd",
                "Iemand heeft deze aanvraag intussen gewijzigd. Hieronder staat wat u invulde; vergelijk het met "
                "wat er nu staat en sla opnieuw op.",
            )
        )


def _ligt_bij_gemeente(aanvraag: Aanvraag) -> bool:
    """Is a gemeente judging by what was filled in, the first time or once more during an aanvulling?"""
    if aanvraag.status == AanvraagStatus.WACHT_OP_TOESTEMMING:
        return True
    levend = aanvraag.levende_toestemming()
    return levend is not None and levend.status == ToestemmingStatus.GEVRAAGD


def _weiger_vaste_velden(aanvraag: Aanvraag, velden: tuple[str, ...], waarden: dict[str, Any]) -> None:
    """Rank, toestemming and the place of one person hang on these; a new person is a new aanvraag."""
    vast = [v for v in ("gemeente_id", "route", "doelgroep") if v in velden and v in waarden]
    anders = any(getattr(aanvraag, v) != waarden[v] for v in vast)
    if anders or ("bsn" in waarden and waarden["bsn"] != aanvraag.deelnemer.bsn):
        raise HandelingGeweigerd(
            Reden(
                "vast_na_indienen",
                "De deelnemer, de gemeente, de doelgroep en de route liggen vast sinds u de aanvraag verstuurde. "
                "Klopt een ervan niet? Trek de aanvraag dan in en doe een nieuwe.",
            )
        )


def _weiger_leeg(aanvraag: Aanvraag, onderdeel: Onderdeel, nu: datetime) -> None:
    """What was sent whole stays whole: letters and checks stand on it."""
    waarden = waarden_van(Aanvraag.objects.get(pk=aanvraag.pk), datum_van(nu))
    waarden |= {veld: getattr(aanvraag, veld) for veld in _AANVRAAGVELDEN.get(onderdeel, ())}
    if staat(onderdeel, waarden, aanvraag.inhoud) is not Staat.KLAAR:
        titel = ONDERDELEN[onderdeel].titel
        raise HandelingGeweigerd(
            Reden("onvolledig", f"U hebt de aanvraag al verstuurd. Vul het onderdeel “{titel}” helemaal in.")
        )


def _bewaar_deel(
    model: type[Deelnemer] | type[Behandeling],
    aanvraag: Aanvraag,
    velden: tuple[str, ...],
    waarden: dict[str, Any],
) -> None:
    deel = model.objects.filter(aanvraag=aanvraag).first() or model(aanvraag=aanvraag)
    for veld in velden:
        if veld in waarden:
            setattr(deel, veld, waarden[veld])
    deel.save()
