"""Questions about gemeenten at a date: which there are, who follows whom, who acts for whom.

Two of them are each other's inverse, and a test holds them to it: `handelende_organisatie(g, d)` is `o`
exactly when `g` is in `gemeenten_van(o, d)`.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from gemeenten.models.gemeente import Gemeente, GemeenteOpvolging, GemeenteQuerySet
from gemeenten.models.verband import Deelname
from gemeenten.regels.namen import kernnaam
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.rijrechten import gemeenten_van_dit_verzoek

if TYPE_CHECKING:
    from ips_subsidie.toegang.actor import Actor
    from ips_subsidie.toegang.models import Organisatie


class OpvolgerOnbekend(LookupError):
    """The gemeente was split and nobody has said which opvolger takes over its obligations."""

    def __init__(self, gemeente: Gemeente, opvolgers: list[Gemeente]) -> None:
        self.gemeente, self.opvolgers = gemeente, opvolgers
        namen = ", ".join(opvolger.naam for opvolger in opvolgers) or "geen"
        super().__init__(f"Welke gemeente {gemeente.naam} opvolgt, staat niet vast (opvolgers: {namen}).")


def keuzes_op(dag: date) -> list[tuple[str, str]]:
    """The gemeenten to choose from on this day, in Dutch order; two of one name get their provincie."""
    gemeenten = list(Gemeente.objects.geldig_op(dag).only("code", "naam", "provincie", "sorteernaam"))
    telling = Counter(kernnaam(gemeente.naam) for gemeente in gemeenten)
    return [
        (
            gemeente.code,
            f"{gemeente.naam}, {gemeente.provincie}"
            if telling[kernnaam(gemeente.naam)] > 1
            else gemeente.naam,
        )
        for gemeente in gemeenten
    ]


def opvolgers_op(gemeente: Gemeente, dag: date) -> list[Gemeente]:
    """The gemeenten that the territory of this one is in on this day: itself as long as it exists."""
    if gemeente.geldig_tot is None or dag < gemeente.geldig_tot:
        return [gemeente]
    gevonden: dict[int, Gemeente] = {}
    for opvolging in gemeente.opvolgingen.select_related("naar").filter(datum__lte=dag):
        gevonden |= {opvolger.pk: opvolger for opvolger in opvolgers_op(opvolging.naar, dag)}
    return sorted(gevonden.values(), key=lambda een: (een.sorteernaam, een.code))


def opvolger_op(gemeente: Gemeente, dag: date) -> Gemeente:
    """The gemeente that bears the obligations of this one on this day (Wet arhi art. 44).

    Raises OpvolgerOnbekend for a split of which the heir has not been marked.
    """
    huidig = gemeente
    while huidig.geldig_tot is not None and huidig.geldig_tot <= dag:
        stap = (
            huidig.opvolgingen.select_related("naar")
            .filter(neemt_verplichtingen_over=True, datum__lte=dag)
            .first()
        )
        if stap is None:
            raise OpvolgerOnbekend(gemeente, opvolgers_op(gemeente, dag))
        huidig = stap.naar
    return huidig


def familie_van(gemeente_id: int, dag: date) -> set[int]:
    """The gemeenten whose obligations one gemeente bears on this day: those that went together, itself included.

    A split of which the heir has not been marked keeps its parts apart. As `budget_familie` in the database.
    """
    stappen = GemeenteOpvolging.objects.filter(neemt_verplichtingen_over=True, datum__lte=dag)
    paren = [set(paar) for paar in stappen.order_by().values_list("van_id", "naar_id")]
    familie = {gemeente_id}
    # Each has one heir at most, so all that hang together end in the same one.
    while erbij := set().union(*(paar for paar in paren if paar & familie)) - familie:
        familie |= erbij
    return familie


def handelende_organisatie(gemeente: Gemeente, dag: date) -> Organisatie:
    """Who acts for this gemeente on this day.

    The verband that carries out IPS, else the gemeente (or opvolger).
    """
    try:
        gemeente = opvolger_op(gemeente, dag)
    except OpvolgerOnbekend:
        return gemeente.organisatie
    deelname = (
        Deelname.objects.voert_uit_op(dag)
        .filter(gemeente=gemeente)
        .select_related("verband__organisatie")
        .first()
    )
    return deelname.verband.organisatie if deelname else gemeente.organisatie


def gemeenten_van(organisatie: Organisatie, dag: date) -> GemeenteQuerySet:
    """The gemeenten for which this organisatie acts on this day, those it followed up included."""
    uitgevoerd = Deelname.objects.voert_uit_op(dag).filter(gemeente=OuterRef("pk"))
    zelf = Q(organisatie=organisatie) & ~Exists(uitgevoerd)
    voor_een_ander = Exists(uitgevoerd.filter(verband__organisatie=organisatie))
    opgegaan = _opgegaan_in(dag)
    if not opgegaan:
        return Gemeente.objects.filter(zelf | voor_een_ander)
    handelt_voor = set(
        Gemeente.objects.filter(zelf | voor_een_ander, pk__in=set(opgegaan.values())).values_list(
            "pk", flat=True
        )
    )
    geerfd = [voorganger for voorganger, opvolger in opgegaan.items() if opvolger in handelt_voor]
    # A split gemeente without a marked heir stays with its own organisatie, whatever verband it was in.
    onbekend = Q(geldig_tot__lte=dag) & ~Q(pk__in=opgegaan)
    levend = Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=dag)
    return Gemeente.objects.filter(
        (levend & (zelf | voor_een_ander)) | Q(pk__in=geerfd) | (onbekend & Q(organisatie=organisatie))
    )


def gemeenten_voor(actor: Actor) -> GemeenteQuerySet:
    """The gemeenten this actor may act for today: its own, and those whose verband it is."""
    assert actor.organisatie is not None
    bekend = gemeenten_van_dit_verzoek(actor.organisatie_id)
    if bekend is not None:
        return Gemeente.objects.filter(pk__in=bekend)
    handelt_voor = gemeenten_van(actor.organisatie, vandaag())
    return Gemeente.objects.filter(Q(pk__in=handelt_voor.values("pk")) | Q(organisatie=actor.organisatie))


def _opgegaan_in(dag: date) -> dict[int, int]:
    """Each gemeente that is no more on this day, with the one that bears its obligations now."""
    stappen = dict(
        GemeenteOpvolging.objects.filter(
            neemt_verplichtingen_over=True, datum__lte=dag, van__geldig_tot__lte=dag
        ).values_list("van_id", "naar_id")
    )
    eindes = (
        set(Gemeente.objects.filter(geldig_tot__lte=dag).values_list("pk", flat=True)) if stappen else set()
    )
    opgegaan: dict[int, int] = {}
    for begin in stappen:
        huidig = begin
        while huidig in stappen:
            huidig = stappen[huidig]
        if huidig not in eindes:
            opgegaan[begin] = huidig
    return opgegaan
