"""Processing the quality list of instellingen that offer modelgetrouw IPS: first to see, then to carry out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from aanvragen.models import Erkenninglijst, GgzInstelling, IpsErkenning
from aanvragen.regels.erkenning.lezen import LijstFout, lees
from aanvragen.regels.erkenning.vergelijken import Erkenning, Soort, Stand, Verschil, Wijziging, vergelijk
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol

_VELDEN = ("geldig_tot", "fidelity_score", "fidelity_datum", "bron", "lijst")
_PER_KEER = 500
_INTUSSEN = Reden(
    "intussen_gewijzigd",
    "De erkenningen zijn intussen veranderd. Hieronder staat wat de lijst nu zou wijzigen. Bekijk het opnieuw.",
)


def bekijk(tekst: str, *, peildatum: date, volledig: bool, nu: datetime) -> Verschil:
    """What this list would change now; it changes nothing itself.

    Raises LijstFout for what is wrong in the list, HandelingGeweigerd for a list of a day that is still to come.
    """
    if peildatum > datum_van(nu):
        tekst_ = "De datum van de lijst ligt in de toekomst. Verwerk de lijst op die dag of later."
        raise HandelingGeweigerd(Reden("peildatum", tekst_, veld="peildatum"))
    lijst = lees(tekst, datum_van(nu))
    namen = dict(GgzInstelling.objects.order_by().values_list("kvk", "organisatie__naam"))
    register = [
        Erkenning(
            een.pk,
            een.instelling.kvk,
            een.geldig_van,
            Stand(een.geldig_tot, een.fidelity_score, een.fidelity_datum),
        )
        for een in IpsErkenning.objects.select_related("instelling").order_by("pk")
    ]
    return vergelijk(lijst, register, namen, peildatum=peildatum, volledig=volledig)


@handeling(
    "erkenning.lijst_verwerken",
    titel="Lijst verwerken",
    door=[Rol.BEHEERDER],
    maakt="aanvragen.erkenninglijst",
    knop="geen",
)
def lijst_verwerken(
    actor: Actor,
    *,
    tekst: str,
    bron: str,
    peildatum: date,
    volledig: bool,
    onbekend_overslaan: bool,
    gezien: str,
    nu: datetime,
) -> Erkenninglijst:
    """Add, change and end erkenningen as the quality list says, all of it or nothing.

    `gezien` is the vingerafdruk of what `bekijk` showed: when the register has changed since, nothing is done. Lines
    with an unknown KvK-nummer refuse the list unless `onbekend_overslaan`. Raises HandelingGeweigerd.
    """
    # One list at a time.
    list(GgzInstelling.objects.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
    try:
        verschil = bekijk(tekst, peildatum=peildatum, volledig=volledig, nu=nu)
    except LijstFout as fout:
        raise HandelingGeweigerd(*(Reden("lijst", str(een), veld="bestand") for een in fout.fouten)) from fout
    _weiger(verschil, onbekend_overslaan=onbekend_overslaan, gezien=gezien)
    lijst = Erkenninglijst.objects.create(
        bron=bron,
        peildatum=peildatum,
        volledig=volledig,
        tekst=tekst,
        wijzigingen=[_opgeschreven(w) for w in verschil.wijzigingen],
        overgeslagen=len(verschil.onbekend),
        verwerkt_op=nu,
        verwerkt_door=actor.persoon,
    )
    try:
        with transaction.atomic():
            _voer_uit(verschil, lijst)
    except IntegrityError as fout:
        # A beheerder changed an erkenning by hand at this very moment.
        raise HandelingGeweigerd(_INTUSSEN) from fout
    return lijst


def _weiger(verschil: Verschil, *, onbekend_overslaan: bool, gezien: str) -> None:
    if verschil.vingerafdruk != gezien:
        raise HandelingGeweigerd(_INTUSSEN)
    if verschil.onbekend and not onbekend_overslaan:
        nummers = [str(regel.regel) for regel in verschil.onbekend]
        waar = "regel " + ", ".join(nummers[:10]) + (" en meer" if len(nummers) > 10 else "")
        raise HandelingGeweigerd(
            Reden(
                "onbekend_kvk",
                f"Het KvK-nummer van {waar} kennen wij niet. Voeg deze instellingen eerst toe, of kies ervoor deze "
                "regels over te slaan.",
                veld="onbekend_overslaan",
            )
        )
    if not verschil.wijzigingen:
        tekst = "Deze lijst verandert niets: alles staat al zo in het portaal."
        raise HandelingGeweigerd(Reden("niets_anders", tekst))


def _voer_uit(verschil: Verschil, lijst: Erkenninglijst) -> None:
    """First what gets shorter: so no two erkenningen of one instelling overlap on the way."""
    wijzigingen = {w.nummer: w for w in verschil.wijzigingen if w.nummer is not None}
    korter: list[IpsErkenning] = []
    langer: list[IpsErkenning] = []
    for rij in IpsErkenning.objects.filter(pk__in=wijzigingen).order_by("pk"):
        wijziging = wijzigingen[rij.pk]
        (korter if wijziging.korter else langer).append(rij)
        rij.geldig_tot = wijziging.wordt.geldig_tot
        rij.fidelity_score, rij.fidelity_datum = wijziging.wordt.score, wijziging.wordt.score_datum
        rij.bron, rij.lijst = lijst.bron, lijst
    for deel in (korter, langer):
        IpsErkenning.objects.bulk_update(deel, _VELDEN, batch_size=_PER_KEER)
    IpsErkenning.objects.bulk_create(_nieuwe(verschil.van(Soort.ERBIJ), lijst), batch_size=_PER_KEER)


def _nieuwe(wijzigingen: Sequence[Wijziging], lijst: Erkenninglijst) -> list[IpsErkenning]:
    kvk = {w.kvk for w in wijzigingen}
    instellingen = dict(GgzInstelling.objects.filter(kvk__in=kvk).order_by().values_list("kvk", "pk"))
    return [
        IpsErkenning(
            instelling_id=instellingen[w.kvk],
            geldig_van=w.geldig_van,
            geldig_tot=w.wordt.geldig_tot,
            bron=lijst.bron,
            fidelity_score=w.wordt.score,
            fidelity_datum=w.wordt.score_datum,
            lijst=lijst,
        )
        for w in wijzigingen
    ]


def _opgeschreven(w: Wijziging) -> dict[str, Any]:
    """A change as it is kept: what it was and what it became, with the line of the list."""
    return {
        "soort": str(w.soort),
        "kvk": w.kvk,
        "naam": w.naam,
        "geldig_van": w.geldig_van.isoformat(),
        "regel": w.regel,
        "was": _stand(w.was) if w.was else None,
        "wordt": _stand(w.wordt),
    }


def _stand(stand: Stand) -> dict[str, Any]:
    return {
        "geldig_tot": stand.geldig_tot.isoformat() if stand.geldig_tot else None,
        "score": stand.score,
        "score_datum": stand.score_datum.isoformat() if stand.score_datum else None,
    }
