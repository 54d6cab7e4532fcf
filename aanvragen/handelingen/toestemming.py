"""The toestemmingsverklaring: asked by the instelling, given, refused or withdrawn by the gemeente."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from aanvragen.handelingen.brieven import maak_toestemmingsverklaring
from aanvragen.handelingen.dossier import eis_tekst, meld_gemeente, meld_instelling, meld_uwv, waarden_van
from aanvragen.models import Aanvraag, Toestemming
from aanvragen.regels.statussen import AanvraagStatus, ToestemmingStatus
from aanvragen.regels.toegang_regeling import buiten_tijdvak, niet_in_doelgroep, verkeerde_route
from aanvragen.regels.volledigheid import ONDERDELEN, Onderdeel, Staat, staat
from gemeenten.models import Gemeente, handelende_organisatie
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN


def _kan_gevraagd(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """The gemeente must be able to judge it: deelnemer and situatie filled in, and a route that asks for it."""
    waarden = waarden_van(aanvraag, datum_van(nu))
    for onderdeel in (Onderdeel.INSTELLING, Onderdeel.DEELNEMER, Onderdeel.SITUATIE):
        if staat(onderdeel, waarden, aanvraag.inhoud) is not Staat.KLAAR:
            yield Reden(
                "onvolledig", f"Vul eerst het onderdeel “{ONDERDELEN[onderdeel].titel}” in.", veld=onderdeel
            )
    if aanvraag.route and not aanvraag.inhoud.route(aanvraag.route).toestemming:
        yield Reden("geen_toestemming_nodig", "Voor deze route is geen toestemming van de gemeente nodig.")
    yield from niet_in_doelgroep(aanvraag.inhoud, waarden)
    yield from verkeerde_route(aanvraag.inhoud, waarden)
    if datum_van(nu) > max(t.tot_en_met for t in aanvraag.inhoud.tijdvakken):
        yield from buiten_tijdvak(aanvraag.inhoud, nu)
    if aanvraag.gemeente is not None and not aanvraag.gemeente.bestaat_op(datum_van(nu)):
        yield Reden(
            "gemeente_vervallen",
            f"De gemeente {aanvraag.gemeente} bestaat niet meer. Kies een andere gemeente.",
        )


@handeling(
    "aanvraag.toestemming_vragen",
    titel="Toestemming vragen aan de gemeente",
    op=Aanvraag,
    van=[AanvraagStatus.CONCEPT],
    naar=AanvraagStatus.WACHT_OP_TOESTEMMING,
    door=INSTELLINGSROLLEN,
    voorwaarden=[_kan_gevraagd],
    knop="primair",
)
def vragen(aanvraag: Aanvraag, actor: Actor, *, nu: datetime) -> Toestemming:
    """Ask the gemeente of residence, or the verband that acts for it, for a toestemmingsverklaring (S0)."""
    assert aanvraag.gemeente is not None
    organisatie = handelende_organisatie(aanvraag.gemeente, datum_van(nu))
    aanvraag.gemeente_organisatie_id = organisatie.pk
    toestemming = Toestemming.objects.create(
        aanvraag=aanvraag,
        gemeente=aanvraag.gemeente,
        organisatie=organisatie,
        status=ToestemmingStatus.GEVRAAGD,
        gevraagd_op=nu,
    )
    meld_gemeente(aanvraag, "toestemming_gevraagd", "Beslis over een vraag om toestemming", nu)
    return toestemming


def _is_gevraagd(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    toestemming = aanvraag.levende_toestemming()
    if toestemming is None or toestemming.status != ToestemmingStatus.GEVRAAGD:
        yield Reden("al_beslist", "Over deze toestemming is al beslist.")


@handeling(
    "toestemming.verlenen",
    titel="Toestemming geven",
    op=Aanvraag,
    van=[AanvraagStatus.WACHT_OP_TOESTEMMING, AanvraagStatus.ONVOLLEDIG],
    door=GEMEENTEROLLEN,
    voorwaarden=[_is_gevraagd],
    knop="primair",
    gevoelig=True,
)
def verlenen(
    aanvraag: Aanvraag,
    actor: Actor,
    *,
    uitkering_klopt: bool,
    geen_ander_traject: bool,
    voorzieningen: str,
    functie: str,
    nu: datetime,
) -> Toestemming:
    """Give the toestemmingsverklaring, after checking uitkering, other traject and voorzieningen.

    A sixth is allowed: the cap counts at the grant, and the page warns (T44).
    """
    redenen = []
    if not uitkering_klopt:
        redenen.append(
            Reden("uitkering", "De uitkering klopt niet. Geef dan geen toestemming.", veld="uitkering_klopt")
        )
    if not geen_ander_traject:
        redenen.append(
            Reden(
                "ander_traject",
                "De inwoner volgt al een traject. Geef dan geen toestemming.",
                veld="geen_ander_traject",
            )
        )
    if redenen:
        raise HandelingGeweigerd(*redenen)
    toestemming = _gevraagde(aanvraag)
    toestemming.uitkering_klopt = uitkering_klopt
    toestemming.geen_ander_traject = geen_ander_traject
    toestemming.voorzieningen = voorzieningen
    toestemming.functie = functie
    toestemming.volgnummer = _volgend_nummer(toestemming)
    _beslis(toestemming, ToestemmingStatus.VERLEEND, actor, nu)
    maak_toestemmingsverklaring(aanvraag, toestemming, actor, nu)
    meld_instelling(
        aanvraag, "toestemming_verleend", "De gemeente gaf toestemming: verstuur de aanvraag naar UWV", nu
    )
    return toestemming


@handeling(
    "toestemming.weigeren",
    titel="Toestemming weigeren",
    op=Aanvraag,
    van=[AanvraagStatus.WACHT_OP_TOESTEMMING, AanvraagStatus.ONVOLLEDIG],
    # Once UWV has received it, only UWV or the instelling can end it.
    naar={AanvraagStatus.WACHT_OP_TOESTEMMING: AanvraagStatus.VERVALLEN},
    door=GEMEENTEROLLEN,
    voorwaarden=[_is_gevraagd],
    knop="gevaar",
    gevoelig=True,
)
def weigeren(aanvraag: Aanvraag, actor: Actor, *, motivering: str, functie: str, nu: datetime) -> Toestemming:
    """Refuse; the regeling is not compulsory for gemeenten. The dossier ends without a besluit of UWV (T43).

    Asked again during a hersteltermijn, the dossier is UWV's: then it stays open until the term has passed.
    """
    eis_tekst(motivering, "Schrijf waarom u geen toestemming geeft.", veld="motivering")
    toestemming = _gevraagde(aanvraag)
    toestemming.motivering = motivering
    toestemming.functie = functie
    _beslis(toestemming, ToestemmingStatus.GEWEIGERD, actor, nu)
    meld_instelling(aanvraag, "toestemming_geweigerd", "De gemeente gaf geen toestemming", nu)
    if aanvraag.ontvangen_op is not None:
        meld_uwv(aanvraag, "toestemming_geweigerd", "De gemeente gaf geen toestemming", nu)
    return toestemming


def _nog_niet_ingelost(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    toestemming = aanvraag.levende_toestemming()
    if toestemming is None or toestemming.status not in (
        ToestemmingStatus.VERLEEND,
        ToestemmingStatus.GEBRUIKT,
    ):
        yield Reden("geen_toestemming", "Er is geen toestemming die u kunt intrekken.")


@handeling(
    "toestemming.intrekken",
    titel="Toestemming intrekken",
    op=Aanvraag,
    van=[
        AanvraagStatus.WACHT_OP_TOESTEMMING,
        AanvraagStatus.INGEDIEND,
        AanvraagStatus.ONVOLLEDIG,
        AanvraagStatus.IN_BEHANDELING,
    ],
    door=GEMEENTEROLLEN,
    voorwaarden=[_nog_niet_ingelost],
    knop="gevaar",
    gevoelig=True,
)
def intrekken(aanvraag: Aanvraag, actor: Actor, *, motivering: str, nu: datetime) -> Toestemming:
    """Withdraw the toestemming, as long as UWV has not granted on it. The reason is told to the others."""
    eis_tekst(motivering, "Schrijf waarom u de toestemming intrekt.", veld="motivering")
    toestemming = aanvraag.levende_toestemming()
    assert toestemming is not None  # the condition above
    toestemming.status = ToestemmingStatus.INGETROKKEN
    toestemming.ingetrokken_op = nu
    toestemming.motivering = motivering
    toestemming.save()
    meld_instelling(aanvraag, "toestemming_ingetrokken", "De gemeente trok de toestemming in", nu)
    if aanvraag.ontvangen_op is not None:
        meld_uwv(aanvraag, "toestemming_ingetrokken", "De gemeente trok de toestemming in", nu)
    return toestemming


def _kan_opnieuw(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if not aanvraag.toestemmingen.exists():
        # Who was never asked, is no party: on a route without toestemming no gemeente may see the dossier.
        yield Reden("niet_gevraagd", "Voor deze aanvraag is niet eerder om toestemming gevraagd.")
    if aanvraag.levende_toestemming() is not None:
        yield Reden("al_gevraagd", "Er loopt al een vraag om toestemming, of er is al toestemming.")


@handeling(
    "aanvraag.toestemming_opnieuw_vragen",
    titel="Opnieuw toestemming vragen",
    op=Aanvraag,
    van=[AanvraagStatus.WACHT_OP_TOESTEMMING, AanvraagStatus.ONVOLLEDIG],
    door=INSTELLINGSROLLEN,
    voorwaarden=[_kan_opnieuw],
)
def opnieuw_vragen(aanvraag: Aanvraag, actor: Actor, *, nu: datetime) -> Toestemming:
    """Ask again after the gemeente withdrew; the status stays what it was."""
    return vragen.doe(aanvraag, actor, nu=nu)


def _gevraagde(aanvraag: Aanvraag) -> Toestemming:
    return aanvraag.toestemmingen.select_for_update(of=("self",)).get(status=ToestemmingStatus.GEVRAAGD)


def _volgend_nummer(toestemming: Toestemming) -> int:
    """Counted under a lock on the gemeente, so that two colleagues at once don't give one number twice."""
    Gemeente.objects.select_for_update(of=("self",), no_key=True).get(pk=toestemming.gemeente_id)
    eerder = Toestemming.objects.filter(
        gemeente_id=toestemming.gemeente_id, aanvraag__regeling_id=toestemming.aanvraag.regeling_id
    )
    return (eerder.aggregate(hoogste=Max("volgnummer"))["hoogste"] or 0) + 1


def _beslis(toestemming: Toestemming, status: ToestemmingStatus, actor: Actor, nu: datetime) -> None:
    toestemming.status = status
    toestemming.beslist_op = nu
    toestemming.beslist_door = actor.persoon
    toestemming.save()
