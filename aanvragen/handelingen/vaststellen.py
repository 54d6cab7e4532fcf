"""The vaststelling: by the party that decided on the aanvraag, prepared by one and signed by another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from aanvragen.handelingen.besluit import in_mandaat, neem_besluit
from aanvragen.handelingen.brieven_dwangsom import maak_zienswijzekopie
from aanvragen.handelingen.brieven_einde import AMBTSHALVE, maak_verslagverzoek, maak_voornemen
from aanvragen.handelingen.dossier import (
    behandelt,
    eis_tekst,
    meld_beslisser,
    meld_betrokken_gemeente,
    meld_instelling,
    meld_uwv,
)
from aanvragen.handelingen.geld import betaald_op
from aanvragen.handelingen.traject import nog_verleend as _traject_verleend
from aanvragen.handelingen.verslag import beslistermijn
from aanvragen.models import Besluit, BesluitSoort, Vaststelling
from aanvragen.models.vaststelling import LagerReden
from aanvragen.regels.statussen import StopberichtStatus, VaststellingStatus
from aanvragen.regels.vaststelling import bezwaren_tegen_bedrag, eist_nieuw_voornemen, verdeling
from budget.handelingen import verplichtingen
from budget.models import Betaalverplichting, Debiteur
from budget.regels.regeling import Mijlpaal
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.termijnen import eigen_termijn
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import BESLISSERS, INSTELLINGSROLLEN, VOORBEREIDERS, Rol

# A second term for the verslag is at most this long.
TERMIJN_DAGEN = 91
MELDING_MOTIVERING = "Schrijf de motivering. Die komt in de brief."


def _nog_verleend(vaststelling: Vaststelling, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """The besluit under the traject still stands."""
    yield from _traject_verleend(vaststelling.traject, actor, nu)


def _stop_bevestigd(vaststelling: Vaststelling, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """An early end is confirmed first."""
    stopbericht = vaststelling.traject.levend_stopbericht
    if stopbericht is not None and stopbericht.status == StopberichtStatus.VERZONDEN:
        yield Reden("stop_niet_bevestigd", "Het stopbericht is nog niet bevestigd. Doe dat eerst.")


def _verslag_te_laat(vaststelling: Vaststelling, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if datum_van(nu) <= vaststelling.verslag_tot:
        yield Reden(
            "termijn_loopt",
            f"De instelling kan het verslag nog sturen tot en met {vaststelling.verslag_tot:%d-%m-%Y}.",
        )


@handeling(
    "vaststelling.termijn_stellen",
    titel="Nog een termijn geven",
    op=Vaststelling,
    van=[VaststellingStatus.VERSLAG_GEVRAAGD],
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_nog_verleend, _verslag_te_laat],
    samen=["traject__aanvraag"],
)
def termijn_stellen(
    vaststelling: Vaststelling, actor: Actor, *, termijn_tot: date, nu: datetime
) -> Vaststelling:
    """Ask for the verslag again, with a term; after it the subsidie can be set ambtshalve (Awb 4:44 lid 3 and 4)."""
    dagen = (termijn_tot - datum_van(nu)).days
    if not 1 <= dagen <= TERMIJN_DAGEN:
        tekst = f"Kies een dag na vandaag, binnen {TERMIJN_DAGEN} dagen."
        raise HandelingGeweigerd(Reden("termijn_tot", tekst, veld="termijn_tot"))
    vaststelling.termijn_tot = termijn_tot
    vaststelling.beslis_uiterlijk = beslistermijn(vaststelling.traject, termijn_tot)
    maak_verslagverzoek(vaststelling, nu, actor=actor)
    titel = f"Stuur het beëindigingsverslag nu, uiterlijk {termijn_tot:%d-%m-%Y}"
    meld_instelling(vaststelling.dossier, "verslag_termijn", titel, nu)
    return vaststelling


def _beoordeelbaar(vaststelling: Vaststelling, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """With the verslag; without it only after a second term that was set and has passed (Awb 4:44 lid 4)."""
    if vaststelling.status != VaststellingStatus.VERSLAG_GEVRAAGD:
        return
    if datum_van(nu) <= vaststelling.verslag_tot:
        yield from _verslag_te_laat(vaststelling, actor, nu)
    elif vaststelling.termijn_tot is None:
        yield Reden(
            "geen_termijn", "Geef de instelling eerst nog een termijn (artikel 4:44, derde lid, van de Awb)."
        )


_TE_BEOORDELEN = (
    VaststellingStatus.VERSLAG_GEVRAAGD,
    VaststellingStatus.VERSLAG_ONTVANGEN,
    VaststellingStatus.VOORGESTELD,
    VaststellingStatus.VOORGENOMEN_LAGER,
)
_VOORBEREID = (VaststellingStatus.VOORGESTELD, VaststellingStatus.VOORGENOMEN_LAGER)


@handeling(
    "vaststelling.voorstellen",
    titel="Hele bedrag voorstellen",
    op=Vaststelling,
    van=_TE_BEOORDELEN,
    naar=VaststellingStatus.VOORGESTELD,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_nog_verleend, _stop_bevestigd, _beoordeelbaar],
    knop="primair",
    samen=["traject__aanvraag"],
)
def voorstellen(vaststelling: Vaststelling, actor: Actor, *, motivering: str, nu: datetime) -> Vaststelling:
    """Propose to set the whole amount that was granted; a colleague decides (four eyes)."""
    _stel_voor(vaststelling, actor, vaststelling.verleend_cent, "", motivering, nu)
    vaststelling.voorgenomen_cent = vaststelling.zienswijze_tot = None
    titel = "Neem het besluit: een subsidie kan worden vastgesteld"
    meld_beslisser(vaststelling.dossier, "vaststelling_voorgesteld", titel, nu, beslist=True)
    return vaststelling


@handeling(
    "vaststelling.lager_voorstellen",
    titel="Lager bedrag voorstellen",
    op=Vaststelling,
    van=_TE_BEOORDELEN,
    naar=VaststellingStatus.VOORGENOMEN_LAGER,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_nog_verleend, _stop_bevestigd, _beoordeelbaar],
    samen=["traject__aanvraag"],
)
def lager_voorstellen(
    vaststelling: Vaststelling, actor: Actor, *, bedrag_cent: int, reden: str, motivering: str, nu: datetime
) -> Vaststelling:
    """Intend to set less than was granted (Awb 4:46): the instelling may react first, then a colleague decides.

    After a zienswijze another amount that is not lower than the voornemen needs no second one.
    """
    if bedrag_cent == vaststelling.verleend_cent:
        tekst = "Dit is het hele bedrag. Kies dan “Hele bedrag voorstellen”."
        raise HandelingGeweigerd(Reden("bedrag", tekst, veld="bedrag_cent"))
    redenen = bezwaren_tegen_bedrag(
        bedrag_cent, vaststelling.verleend_cent, reden if reden in LagerReden.values else ""
    )
    if redenen:
        raise HandelingGeweigerd(*redenen)
    nieuw = eist_nieuw_voornemen(bedrag_cent, vaststelling.verleend_cent, vaststelling.voorgenomen_cent)
    _stel_voor(vaststelling, actor, bedrag_cent, reden, motivering, nu)
    if nieuw:
        vaststelling.voorgenomen_cent = bedrag_cent
        vaststelling.zienswijze_tot = zienswijzetermijn(vaststelling, datum_van(nu))
        vaststelling.zienswijze, vaststelling.zienswijze_op = "", None
        maak_voornemen(vaststelling, actor, nu)
        titel = f"Lager bedrag voorgenomen: geef uw reactie tot en met {vaststelling.zienswijze_tot:%d-%m-%Y}"
        meld_instelling(vaststelling.dossier, "vaststelling_voornemen", titel, nu)
    return vaststelling


def zienswijzetermijn(vaststelling: Vaststelling, vanaf: date) -> date:
    """The last day for a zienswijze: the days of the regeling, and then an ordinary day."""
    dagen = vaststelling.dossier.inhoud.termijnen.zienswijze_dagen
    wat, grondslag = "de dag van het voornemen", "Awb artikel 4:8"
    return eigen_termijn(vanaf, feestdagen(), dagen=dagen, wat=wat, grondslag=grondslag).laatste_dag


def _stel_voor(
    vaststelling: Vaststelling, actor: Actor, bedrag_cent: int, reden: str, motivering: str, nu: datetime
) -> None:
    eis_tekst(motivering, MELDING_MOTIVERING, veld="motivering")
    vaststelling.voorgesteld_cent = bedrag_cent
    vaststelling.reden = reden
    vaststelling.motivering = motivering
    vaststelling.opsteller = actor.persoon
    vaststelling.voorgesteld_op = nu
    # Stays so while it is proposed anew: a verslag that comes in makes it False again.
    vaststelling.ambtshalve |= vaststelling.status == VaststellingStatus.VERSLAG_GEVRAAGD


def _nog_geen_zienswijze(vaststelling: Vaststelling, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if vaststelling.zienswijze_op is not None:
        yield Reden("al_gegeven", "U gaf uw reactie al.")


@handeling(
    "vaststelling.zienswijze_geven",
    titel="Reageren op het voornemen",
    op=Vaststelling,
    van=[VaststellingStatus.VOORGENOMEN_LAGER],
    door=INSTELLINGSROLLEN,
    voorwaarden=[_nog_verleend, _nog_geen_zienswijze],
    knop="primair",
    samen=["traject__aanvraag"],
)
def zienswijze_geven(
    vaststelling: Vaststelling, actor: Actor, *, zienswijze: str, nu: datetime
) -> Vaststelling:
    """Say what one thinks of the voornemen; one that comes late counts as long as nothing was decided (Awb 4:8)."""
    eis_tekst(zienswijze, "Schrijf wat u van het voornemen vindt.", veld="zienswijze")
    vaststelling.zienswijze = zienswijze
    vaststelling.zienswijze_op = nu
    waarover = "het voornemen om de subsidie lager vast te stellen"
    maak_zienswijzekopie(vaststelling.dossier, waarover, zienswijze, actor, nu)
    meld_beslisser(vaststelling.dossier, "zienswijze_ontvangen", "Er is een reactie op een voornemen", nu)
    return vaststelling


def _vier_ogen(vaststelling: Vaststelling, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if vaststelling.opsteller_id == actor.gebruiker_id:
        yield Reden("vier_ogen", "U hebt dit zelf voorgesteld. Een collega moet het besluit nemen.")


def _gehoord(vaststelling: Vaststelling, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """Lower only after the zienswijze, or after the last day for it."""
    tot = vaststelling.zienswijze_tot
    wacht = vaststelling.status == VaststellingStatus.VOORGENOMEN_LAGER and vaststelling.zienswijze_op is None
    if wacht and tot is not None and datum_van(nu) <= tot:
        yield Reden("zienswijze_loopt", f"De instelling kan nog reageren tot en met {tot:%d-%m-%Y}.")


@handeling(
    "vaststelling.vaststellen",
    titel="Subsidie vaststellen",
    op=Vaststelling,
    van=_VOORBEREID,
    naar=VaststellingStatus.VASTGESTELD,
    door=BESLISSERS,
    relatie=behandelt,
    voorwaarden=[_nog_verleend, _vier_ogen, in_mandaat, _stop_bevestigd, _gehoord],
    knop="primair",
    samen=["traject__aanvraag__reservering", "traject__aanvraag__gemeente", "opsteller"],
    gevoelig=True,
)
def vaststellen(vaststelling: Vaststelling, actor: Actor, *, motivering: str, nu: datetime) -> Besluit:
    """Set what the subsidie comes to, as proposed: besluit, letter, what is still paid or reclaimed (Awb 4:42)."""
    aanvraag = vaststelling.dossier
    reservering, bedrag = aanvraag.reservering, vaststelling.voorgesteld_cent
    assert reservering is not None
    assert bedrag is not None
    betaald = betaald_op(aanvraag.reservering_id)
    terug = verplichtingen.stel_vast(reservering, bedrag, nu)
    verplichtingen.bereikt(reservering, Mijlpaal.VASTSTELLING, datum_van(nu))
    besluit = neem_besluit(
        aanvraag,
        actor,
        BesluitSoort.VASTSTELLING,
        motivering=motivering,
        nu=nu,
        opsteller_id=vaststelling.opsteller_id,
        brief={
            "vaststelling": vaststelling,
            "betaald_cent": betaald,
            "terug_cent": sum(t.bedrag_cent for t in terug),
        },
        **besluitvelden(vaststelling),
    )
    vaststelling.besluit = besluit
    meld_instelling(aanvraag, "vastgesteld", "De subsidie is vastgesteld: lees het besluit", nu)
    meld_uwv(aanvraag, "vastgesteld", "Een subsidie is vastgesteld", nu, rollen=[Rol.UWV_FINANCIEN])
    meld_betrokken_gemeente(aanvraag, "vastgesteld", "Een subsidie is vastgesteld", nu)
    return besluit


def besluitvelden(vaststelling: Vaststelling) -> dict[str, Any]:
    """What the besluit holds of the proposal; for the preview too."""
    assert vaststelling.voorgesteld_cent is not None
    verlening = vaststelling.dossier.besluiten.get(soort=BesluitSoort.VERLENING)
    rijk, gemeente = verdeling(
        vaststelling.voorgesteld_cent, rijk_cent=verlening.rijk_cent, gemeente_cent=verlening.gemeente_cent
    )
    gronden = [vaststelling.reden] if vaststelling.is_lager else []
    return {
        "vorig_besluit": verlening,
        "bedrag_cent": vaststelling.voorgesteld_cent,
        "rijk_cent": rijk,
        "gemeente_cent": gemeente,
        "gronden": [*gronden, *([AMBTSHALVE] if vaststelling.ambtshalve else [])],
    }


def te_veel_betaald(vaststelling: Vaststelling) -> int:
    """What would be reclaimed if it were vastgesteld as proposed, in cents, over all debtors."""
    velden = besluitvelden(vaststelling)
    delen = {Debiteur.UWV: velden["rijk_cent"], Debiteur.GEMEENTE: velden["gemeente_cent"]}
    rijen = Betaalverplichting.objects.filter(reservering=vaststelling.dossier.reservering_id)
    return sum(max(v.netto_betaald_cent - delen[Debiteur(v.debiteur)], 0) for v in rijen)
