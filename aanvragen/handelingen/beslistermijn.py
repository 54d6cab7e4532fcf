"""By when there must be a besluit: the term, when it stands still, and putting the besluit off in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from aanvragen.handelingen.brieven_termijn import maak_opschortingsbrief, maak_verdagingsbrief
from aanvragen.handelingen.dossier import behandelt, beslisser_naam, eis_tekst, meld_instelling
from aanvragen.models import Aanvraag, Opschorting, OpschortingSoort, Verdaging
from aanvragen.regels.statussen import OPEN, AanvraagStatus
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender import rekenen, termijnen
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.termijnen import Termijn
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import VOORBEREIDERS

# Longer than this, once more, is not a reasonable term for who waits; nor is it for a consent that is given at once.
VERDAGEN_MAX_WEKEN = 8
OPSCHORTEN_MAX_DAGEN = 91
_LOOPT = tuple(status for status in OPEN if status != AanvraagStatus.ONVOLLEDIG)


def termijn_van(aanvraag: Aanvraag, op: date | None = None) -> Termijn:
    """The beslistermijn with all that moved it: from its own rows, so that it can be explained at any time.

    After a gegrond bezwaar it runs anew from the day on which the aanvraag was reopened. While it stands still, this is
    the last day as it would be without that; with `op` it runs again once the hersteltermijn has passed by that day,
    though nobody recorded that yet.
    """
    begin = aanvraag.heropend_op or aanvraag.ontvangen_op
    assert begin is not None
    vanaf = datum_van(begin)
    stil = [een for een in _stilstand(aanvraag, op) if een.hervat_op >= vanaf]
    verdaging = getattr(aanvraag, "verdaging", None)
    if verdaging is None or verdaging.op < vanaf:
        weken = aanvraag.inhoud.termijnen.beslistermijn_weken
        return termijnen.beslistermijn(vanaf, feestdagen(), weken=weken, opschortingen=stil)
    return termijnen.eigen_termijn(
        verdaging.op,
        feestdagen(),
        dagen=(verdaging.tot - verdaging.op).days,
        wat="de dag waarop het besluit werd uitgesteld",
        grondslag="Awb artikel 4:14",
        opschortingen=[een for een in stil if een.uitgenodigd_op >= verdaging.op],
    )


def _stilstand(aanvraag: Aanvraag, op: date | None) -> Iterator[rekenen.Opschorting]:
    """Each time that it stood still and is known to have ended."""
    tot = aanvraag.hersteltermijn_tot
    for rij in aanvraag.opschortingen.all():
        hervat = rij.hervat_op
        if hervat is None and op is not None and tot is not None and op > tot:
            hervat = tot
        if hervat is not None:
            yield rekenen.Opschorting(rij.uitgenodigd_op, hervat)


def zet_stil(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> None:
    """The beslistermijn stands still from tomorrow, until `hervat` (Awb 4:15 lid 1)."""
    Opschorting.objects.create(
        aanvraag=aanvraag,
        soort=OpschortingSoort.AANVULLING,
        uitgenodigd_op=datum_van(nu),
        door=actor.persoon,
    )


def laat_weer_lopen(aanvraag: Aanvraag, op: date) -> None:
    """The term runs again from `op` on: the day of completion or of lapse, and the last day moves along."""
    aanvraag.opschortingen.filter(hervat_op__isnull=True).update(hervat_op=op)
    aanvraag.beslis_uiterlijk = termijn_van(aanvraag).laatste_dag


def _nog_niet_voorbij(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if aanvraag.beslis_uiterlijk is not None and datum_van(nu) > aanvraag.beslis_uiterlijk:
        yield Reden(
            "te_laat",
            f"De beslistermijn liep tot en met {aanvraag.beslis_uiterlijk:%d-%m-%Y}. Uitstellen kan niet meer: beslis "
            "zo snel mogelijk.",
        )


def _nog_niet_verdaagd(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if getattr(aanvraag, "verdaging", None) is not None:
        yield Reden("al_verdaagd", "Het besluit is al een keer uitgesteld. Dat kan niet nog eens.")


@handeling(
    "aanvraag.verdagen",
    titel="Besluit uitstellen",
    op=Aanvraag,
    van=_LOOPT,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_nog_niet_verdaagd, _nog_niet_voorbij],
    knop="geen",
)
def verdagen(aanvraag: Aanvraag, actor: Actor, *, tot: date, reden: str, nu: datetime) -> Verdaging:
    """Tell the aanvrager in time that the besluit comes later, and by when: once, a reasonable term (Awb 4:14)."""
    assert aanvraag.beslis_uiterlijk is not None
    eis_tekst(reden, "Schrijf waarom het besluit later komt. Dat staat in de brief.", veld="reden")
    hoogstens = aanvraag.beslis_uiterlijk + timedelta(weeks=VERDAGEN_MAX_WEKEN)
    if not aanvraag.beslis_uiterlijk < tot <= hoogstens:
        tekst = (
            f"Kies een dag na {aanvraag.beslis_uiterlijk:%d-%m-%Y}, en uiterlijk {hoogstens:%d-%m-%Y}. Dat is "
            f"{VERDAGEN_MAX_WEKEN} weken later."
        )
        raise HandelingGeweigerd(Reden("tot", tekst, veld="tot"))
    if not rekenen.is_werkdag(tot, feestdagen()):
        werkdag = rekenen.eerstvolgende_werkdag(tot, feestdagen())
        tekst = f"Dat is geen werkdag. Kies een werkdag, bijvoorbeeld {werkdag:%d-%m-%Y}."
        raise HandelingGeweigerd(Reden("tot", tekst, veld="tot"))
    verdaging = Verdaging.objects.create(
        aanvraag=aanvraag, op=datum_van(nu), tot=tot, reden=reden, door=actor.persoon
    )
    aanvraag.beslis_uiterlijk = tot
    maak_verdagingsbrief(aanvraag, verdaging, actor, nu)
    titel = f"{beslisser_naam(aanvraag)} beslist later over een aanvraag: uiterlijk {tot:%d-%m-%Y}"
    meld_instelling(aanvraag, "verdaagd", titel, nu)
    return verdaging


@handeling(
    "aanvraag.opschorten",
    titel="Beslistermijn opschorten",
    op=Aanvraag,
    van=_LOOPT,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_nog_niet_voorbij],
    knop="geen",
)
def opschorten(
    aanvraag: Aanvraag, actor: Actor, *, soort: str, tot_en_met: date, reden: str, nu: datetime
) -> Opschorting:
    """Let the term stand still from tomorrow until and including a day, by consent or overmacht (Awb 4:15 lid 2)."""
    if soort not in (OpschortingSoort.INSTEMMING, OpschortingSoort.OVERMACHT):
        raise HandelingGeweigerd(Reden("soort", "Kies waarom de termijn stilstaat.", veld="soort"))
    eis_tekst(reden, "Schrijf waarom de termijn stilstaat. Dat staat in de brief.", veld="reden")
    dagen = (tot_en_met - datum_van(nu)).days
    if not 1 <= dagen <= OPSCHORTEN_MAX_DAGEN:
        tekst = f"Kies een dag na vandaag, binnen {OPSCHORTEN_MAX_DAGEN} dagen."
        raise HandelingGeweigerd(Reden("tot_en_met", tekst, veld="tot_en_met"))
    opschorting = Opschorting.objects.create(
        aanvraag=aanvraag,
        soort=soort,
        uitgenodigd_op=datum_van(nu),
        hervat_op=tot_en_met + timedelta(days=1),
        reden=reden,
        door=actor.persoon,
    )
    aanvraag.beslis_uiterlijk = termijn_van(aanvraag).laatste_dag
    maak_opschortingsbrief(aanvraag, opschorting, actor, nu)
    titel = f"De beslistermijn staat stil tot en met {tot_en_met:%d-%m-%Y}"
    meld_instelling(aanvraag, "opgeschort", titel, nu)
    return opschorting
