"""A series of overleg: made by a beleidsmedewerker, with all its meetings at once, and stopped before its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender import feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, Functie
from overleg.handelingen.delen import eis_functie, eis_uitnodigbaar, meld_deelnemers
from overleg.models import (
    Agendapunt,
    AgendapuntStatus,
    Bijeenkomst,
    BijeenkomstStatus,
    Deelnemer,
    OverlegSoort,
    Reeks,
    ReeksStatus,
)
from overleg.regels.reeksen import Moment, bezwaren_tegen_plek, bezwaren_tegen_reeks, momenten

REEKS_GESTOPT = "De reeks is gestopt."


@handeling(
    "reeks.maken", titel="Nieuwe reeks overleg", door=GEMEENTEROLLEN, maakt="overleg.reeks", knop="primair"
)
def maken(
    actor: Actor,
    *,
    soort: str,
    om_de_weken: int,
    eerste_dag: date | None,
    laatste_dag: date | None,
    begint_om: time,
    duur_minuten: int,
    plaats: str,
    link: str,
    zonder_feestdagen: bool,
    deelnemers: Sequence[Organisatie],
    nu: datetime,
) -> Reeks:
    """Make a series with a meeting every so many weeks, and invite who takes part.

    `begint_om` is the time on the clock in Amsterdam, in winter and in summer; both days are inclusive.
    """
    redenen = [
        *eis_functie(actor, Functie.BELEID),
        *bezwaren_tegen_reeks(eerste_dag, laatste_dag, om_de_weken, duur_minuten, datum_van(nu)),
        *bezwaren_tegen_plek(plaats, link),
    ]
    if soort not in OverlegSoort.values:
        redenen.append(Reden("soort", "Kies wat voor overleg het is.", veld="soort"))
    if redenen:
        raise HandelingGeweigerd(*redenen)
    assert eerste_dag is not None
    assert laatste_dag is not None
    assert actor.organisatie is not None
    eis_uitnodigbaar(deelnemers, actor.organisatie, datum_van(nu))
    zonder = feestdagen.alle() if zonder_feestdagen else ()
    rij = momenten(eerste_dag, laatste_dag, om_de_weken, begint_om, zonder=zonder)
    rij = [moment for moment in rij if moment.begint_op >= nu]
    if not rij:
        tekst = "Op deze dagen valt geen enkel overleg. Kies een andere eerste of laatste dag."
        raise HandelingGeweigerd(Reden("leeg", tekst, veld="laatste_dag"))
    reeks = Reeks.objects.create(
        organisatie=actor.organisatie, soort=soort, eerste_dag=eerste_dag, laatste_dag=laatste_dag,
        om_de_weken=om_de_weken, begint_om=begint_om, duur_minuten=duur_minuten, plaats=plaats, link=link,
        zonder_feestdagen=zonder_feestdagen, gemaakt_op=nu, gemaakt_door=actor.persoon,
    )  # fmt: skip
    _vul(reeks, deelnemers, rij, nu)
    _meld(reeks, actor, "overleg_uitnodiging", "U doet mee aan een overleg: bekijk de data", nu)
    return reeks


def _vul(reeks: Reeks, deelnemers: Sequence[Organisatie], rij: Sequence[Moment], nu: datetime) -> None:
    """Who takes part, its own organisatie first, and all the meetings."""
    Deelnemer.objects.bulk_create(
        Deelnemer(reeks=reeks, organisatie=organisatie, uitgenodigd_op=nu)
        for organisatie in (reeks.organisatie, *deelnemers)
    )
    Bijeenkomst.objects.bulk_create(
        Bijeenkomst(
            reeks=reeks, dag=moment.dag, begint_op=moment.begint_op, duur_minuten=reeks.duur_minuten,
            plaats=reeks.plaats, link=reeks.link, gewijzigd_op=nu,
        )
        for moment in rij
    )  # fmt: skip


@handeling(
    "reeks.deelnemers_wijzigen",
    titel="Deelnemers wijzigen",
    op=Reeks,
    van=[ReeksStatus.LOOPT],
    door=GEMEENTEROLLEN,
    voorwaarden=[lambda reeks, actor, nu: eis_functie(actor, Functie.BELEID)],
)
def deelnemers_wijzigen(
    reeks: Reeks, actor: Actor, *, deelnemers: Sequence[Organisatie], nu: datetime
) -> Reeks:
    """Invite others, or let go who no longer takes part; what those had on the agenda goes with them."""
    gekozen = {een.pk: een for een in deelnemers}
    nu_mee = {
        deelnemer.organisatie_id: deelnemer
        for deelnemer in reeks.deelnemers.filter(vertrokken_op__isnull=True).exclude(
            organisatie_id=reeks.organisatie_id
        )
    }
    nieuw = [een for nummer, een in gekozen.items() if nummer not in nu_mee]
    if not gekozen or nieuw:
        # Who took part may stay, also when its erkenning has ended.
        eis_uitnodigbaar(nieuw, reeks.organisatie, datum_van(nu))
    weg = [nummer for nummer in nu_mee if nummer not in gekozen]
    reeks.deelnemers.filter(organisatie_id__in=weg, vertrokken_op__isnull=True).update(vertrokken_op=nu)
    Agendapunt.objects.filter(
        bijeenkomst__reeks=reeks, bijeenkomst__begint_op__gte=nu, organisatie_id__in=weg,
        status=AgendapuntStatus.OPEN,
    ).update(status=AgendapuntStatus.WEGGEHAALD)  # fmt: skip
    Deelnemer.objects.bulk_create(Deelnemer(reeks=reeks, organisatie=een, uitgenodigd_op=nu) for een in nieuw)
    _meld(reeks, actor, "overleg_uitnodiging", "De deelnemers aan een overleg zijn gewijzigd", nu)
    return reeks


def _heeft_nog_data(reeks: Reeks, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if not reeks.bijeenkomsten.filter(begint_op__gt=nu).exists():
        yield Reden("voorbij", "Deze reeks is al voorbij. Er is niets meer om te stoppen.")


@handeling(
    "reeks.stoppen",
    titel="Reeks stoppen",
    op=Reeks,
    van=[ReeksStatus.LOOPT],
    naar=ReeksStatus.GESTOPT,
    door=GEMEENTEROLLEN,
    voorwaarden=[lambda reeks, actor, nu: eis_functie(actor, Functie.BELEID), _heeft_nog_data],
    knop="gevaar",
)
def stoppen(reeks: Reeks, actor: Actor, *, nu: datetime) -> Reeks:
    """Stop a series before its last day: what is still to come is called off, what was stays."""
    for bijeenkomst in (
        reeks.bijeenkomsten.select_for_update(of=("self",))
        .filter(begint_op__gt=nu, status=BijeenkomstStatus.GEPLAND)
        .order_by("begint_op", "id")
    ):
        bijeenkomst.status = BijeenkomstStatus.AFGELAST
        bijeenkomst.reden = REEKS_GESTOPT
        bijeenkomst.versie += 1
        bijeenkomst.gewijzigd_op = nu
        bijeenkomst.save(update_fields=["status", "reden", "versie", "gewijzigd_op"])
    _meld(reeks, actor, "overleg_gestopt", "Een reeks overleg is gestopt", nu)
    return reeks


def _meld(reeks: Reeks, actor: Actor, soort: str, titel: str, nu: datetime) -> None:
    meld_deelnemers(reeks, actor, soort, titel, nu, naam="overleg:reeks", nummer=reeks.pk)
