"""The beëindigingsverslag: asking for it at the end of a traject, and sending it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from aanvragen.handelingen.brieven_einde import maak_verslagkopie, maak_verslagverzoek
from aanvragen.handelingen.dossier import meld_beslisser, meld_instelling
from aanvragen.handelingen.traject import nog_verleend
from aanvragen.models import Beeindigingsverslag, BesluitSoort, Traject, Vaststelling
from aanvragen.models.uitkomst import MEESTE_UREN, Contract, Sector
from aanvragen.models.verslag import Uitkomst
from aanvragen.regels.statussen import TrajectStatus, VaststellingStatus, VerlengingStatus
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.termijnen import eigen_termijn, vaststellingstermijn
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN, Rol


def heeft_verslag(traject: Traject) -> bool:
    return hasattr(traject, "verslag")


def vaststelling_van(traject: Traject) -> Vaststelling | None:
    """The vaststelling of this traject under a lock; the traject's own lock comes first."""
    gevonden = Vaststelling.objects.select_for_update(of=("self",)).filter(traject=traject).first()
    if gevonden is not None:
        gevonden.traject = traject
    return gevonden


def vraag_verslag(traject: Traject, nu: datetime) -> None:
    """Begin the vaststelling of a traject that ended: ask for the verslag, with its first term and a letter.

    Where it was asked before, and the traject did not run again, nothing happens: that term runs on.
    """
    vaststelling = vaststelling_van(traject)
    if vaststelling is not None and vaststelling.status != VaststellingStatus.OPGESCHORT:
        return
    dag = datum_van(nu)
    uiterlijk = verslagtermijn(traject, dag)
    vaststelling = vaststelling or _nieuw(traject)
    vaststelling.status = VaststellingStatus.VERSLAG_GEVRAAGD
    vaststelling.verslag_gevraagd_op = dag
    vaststelling.verslag_uiterlijk = uiterlijk
    vaststelling.termijn_tot = None
    vaststelling.beslis_uiterlijk = beslistermijn(traject, uiterlijk)
    vaststelling.save()
    maak_verslagverzoek(vaststelling, nu)
    meld_instelling(
        traject.aanvraag,
        "verslag_gevraagd",
        f"Stuur het beëindigingsverslag, uiterlijk {uiterlijk:%d-%m-%Y}",
        nu,
    )


def schort_op(traject: Traject, nu: datetime) -> None:
    """The traject runs again: the verslag that was asked is not asked any more."""
    vaststelling = vaststelling_van(traject)
    if vaststelling is not None:
        vaststelling.status = VaststellingStatus.OPGESCHORT
        vaststelling.versie += 1
        vaststelling.save(update_fields=["status", "versie"])


def verslagtermijn(traject: Traject, vanaf: date) -> date:
    """The last day for the verslag that was asked on `vanaf`: the weeks of the regeling, and then an ordinary day."""
    dagen = 7 * traject.aanvraag.inhoud.termijnen.verslag_weken
    wat, grondslag = "de dag waarop het verslag is gevraagd", "Awb artikel 4:44"
    return eigen_termijn(vanaf, feestdagen(), dagen=dagen, wat=wat, grondslag=grondslag).laatste_dag


def beslistermijn(traject: Traject, vanaf: date) -> date:
    """The last day for the vaststelling, from the day the verslag came or should have come (Awb 4:13)."""
    weken = traject.aanvraag.inhoud.termijnen.vaststelling_weken
    return vaststellingstermijn(vanaf, feestdagen(), weken=weken).laatste_dag


def _nieuw(traject: Traject) -> Vaststelling:
    verlening = traject.aanvraag.besluiten.get(soort=BesluitSoort.VERLENING)
    return Vaststelling(traject=traject, verleend_cent=verlening.bedrag_cent)


def _afgelopen(traject: Traject, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """After the stop, or after the last day; not while a verlenging is still asked for."""
    if not traject.is_afgelopen(datum_van(nu)):
        yield Reden("loopt_nog", "Het traject loopt nog. Het verslag komt na de laatste dag.")
    elif (
        traject.gestopt_op is None
        and traject.verlengingen.filter(status=VerlengingStatus.AANGEVRAAGD).exists()
    ):
        yield Reden("verlenging_open", "Er loopt nog een verzoek om verlenging. Wacht op dat besluit.")


def _nog_niet_gevraagd(traject: Traject, actor: Actor, nu: datetime) -> Iterable[Reden]:
    bezig = Vaststelling.objects.filter(traject=traject).exclude(status=VaststellingStatus.OPGESCHORT)
    if bezig.exists():
        yield Reden("al_gevraagd", "Het verslag is al gevraagd.")


@handeling(
    "traject.verslag_vragen",
    titel="Verslag vragen",
    op=Traject,
    van=[TrajectStatus.GESTART],
    door=[Rol.SYSTEEM],
    voorwaarden=[nog_verleend, _afgelopen, _nog_niet_gevraagd],
    knop="geen",
)
def verslag_vragen(traject: Traject, actor: Actor, *, nu: datetime) -> Traject:
    """Ask for the verslag when the last day has passed; the vaststelling begins (domain text, 4.9)."""
    vraag_verslag(traject, nu)
    return traject


def _nog_geen_verslag(traject: Traject, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if heeft_verslag(traject):
        yield Reden("verslag_ingediend", "U stuurde het verslag al.")
    elif (bezig := getattr(traject, "vaststelling", None)) and bezig.status == VaststellingStatus.VASTGESTELD:
        yield Reden("vastgesteld", "De subsidie is al vastgesteld. Een verslag kan niet meer.")


@handeling(
    "traject.verslag_indienen",
    titel="Verslag sturen",
    op=Traject,
    van=[TrajectStatus.GESTART, TrajectStatus.VOORTIJDIG_BEEINDIGD],
    door=INSTELLINGSROLLEN,
    voorwaarden=[nog_verleend, _afgelopen, _nog_geen_verslag],
)
def verslag_indienen(
    traject: Traject,
    actor: Actor,
    *,
    uitkomst: str,
    activiteiten: str,
    vervolg: str = "",
    sector: str = "",
    uren_per_week: int | None = None,
    contract: str = "",
    opleiding: str = "",
    begonnen_op: date | None = None,
    nu: datetime,
) -> Beeindigingsverslag:
    """Send the beëindigingsverslag, in fields that can be counted.

    It counts as the aanvraag tot vaststelling (Awb 4:44). One that comes late counts as long as nothing was
    vastgesteld: an ambtshalve proposal lapses.
    """
    verslag = Beeindigingsverslag(
        traject=traject,
        uitkomst=uitkomst,
        sector=sector,
        uren_per_week=uren_per_week,
        contract=contract,
        opleiding=opleiding,
        begonnen_op=begonnen_op,
        reden_einde=traject.stop_reden or "looptijd",
        activiteiten=activiteiten,
        vervolg=vervolg,
        ingediend_op=nu,
        ingediend_door=actor.persoon,
    )
    redenen = [*_bezwaren(verslag), *_bezwaren_tegen_begin(verslag, datum_van(nu))]
    if redenen:
        raise HandelingGeweigerd(*redenen)
    _zonder_wat_er_niet_bij_hoort(verslag)
    verslag.save(force_insert=True)
    _neem_in_ontvangst(traject, nu)
    maak_verslagkopie(verslag, nu)
    meld_beslisser(traject.aanvraag, "verslag_ontvangen", "Beoordeel een beëindigingsverslag", nu)
    return verslag


_NODIG: dict[str, tuple[str, ...]] = {
    Uitkomst.WERK: ("sector", "uren_per_week", "contract", "begonnen_op"),
    Uitkomst.OPLEIDING: ("opleiding", "begonnen_op"),
    Uitkomst.GEEN: (),
}
_LEEG: dict[str, str | None] = {
    "sector": "", "uren_per_week": None, "contract": "", "opleiding": "", "begonnen_op": None,
}  # fmt: skip
_VRAAG = {
    "sector": "Kies in welke sector het werk is.",
    "uren_per_week": f"Vul het aantal uren per week in, van 1 tot en met {MEESTE_UREN}.",
    "contract": "Kies welk soort contract het is.",
    "opleiding": "Vul in welke opleiding het is.",
    "begonnen_op": "Vul in op welke dag het begon.",
}


def _bezwaren(verslag: Beeindigingsverslag) -> list[Reden]:
    redenen = []
    if verslag.uitkomst not in Uitkomst.values:
        redenen.append(Reden("uitkomst", "Kies wat het traject opleverde.", veld="uitkomst"))
    if not verslag.activiteiten.strip():
        redenen.append(
            Reden("activiteiten", "Schrijf kort wat er in het traject is gedaan.", veld="activiteiten")
        )
    nodig = _NODIG.get(verslag.uitkomst, ())
    uren = verslag.uren_per_week
    goed = {
        "sector": verslag.sector in Sector.values,
        "uren_per_week": uren is not None and 1 <= uren <= MEESTE_UREN,
        "contract": verslag.contract in Contract.values,
        "opleiding": bool(verslag.opleiding.strip()),
        "begonnen_op": verslag.begonnen_op is not None,
    }
    return redenen + [Reden(veld, _VRAAG[veld], veld=veld) for veld in nodig if not goed[veld]]


def _bezwaren_tegen_begin(verslag: Beeindigingsverslag, op: date) -> list[Reden]:
    """The work or the opleiding began during the traject, on its last day at the latest (U-17)."""
    start, einde = verslag.traject.startdatum, verslag.traject.einde
    assert start is not None
    assert einde is not None
    if verslag.begonnen_op is None or start <= verslag.begonnen_op <= min(einde, op):
        return []
    tekst = f"Kies een dag van {start:%d-%m-%Y} tot en met {min(einde, op):%d-%m-%Y}: tijdens het traject."
    return [Reden("begonnen_op", tekst, veld="begonnen_op")]


def _zonder_wat_er_niet_bij_hoort(verslag: Beeindigingsverslag) -> None:
    for veld, leeg in _LEEG.items():
        if veld not in _NODIG[verslag.uitkomst]:
            setattr(verslag, veld, leeg)


def _neem_in_ontvangst(traject: Traject, nu: datetime) -> None:
    """The vaststelling goes on with the verslag, from the day it came."""
    dag = datum_van(nu)
    vaststelling = vaststelling_van(traject)
    if vaststelling is None or vaststelling.status == VaststellingStatus.OPGESCHORT:
        vaststelling = vaststelling or _nieuw(traject)
        vaststelling.verslag_gevraagd_op = vaststelling.verslag_uiterlijk = dag
    vaststelling.status = VaststellingStatus.VERSLAG_ONTVANGEN
    vaststelling.beslis_uiterlijk = beslistermijn(traject, dag)
    vaststelling.ambtshalve = False
    vaststelling.voorgesteld_cent = vaststelling.voorgenomen_cent = vaststelling.zienswijze_tot = None
    vaststelling.opsteller = vaststelling.voorgesteld_op = None
    vaststelling.reden = vaststelling.motivering = ""
    vaststelling.versie += 1
    vaststelling.save()
