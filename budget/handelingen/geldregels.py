"""What the database refuses of the money, in words. A refusal leaves the transaction broken: the act ends with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden

_REDENEN = {
    "verplichting_niet_te_veel_factuur": Reden(
        "boven_bedrag",
        "Dit is meer dan u voor dit traject nog in rekening kunt brengen. Verlaag het bedrag.",
        veld="bedrag",
    ),
    "betaalmoment_niet_te_veel_factuur": Reden(
        "boven_bedrag",
        "Dit is meer dan u voor dit betaalmoment nog in rekening kunt brengen. Verlaag het bedrag.",
        veld="bedrag",
    ),
    "factuur_nummer_eenmalig": Reden(
        "dubbel_nummer",
        "U hebt dit factuurnummer al gebruikt. Elk nummer kan maar één keer. Gebruik een ander nummer.",
        veld="nummer",
    ),
    "factuur_na_inkooporder": Reden(
        "geen_inkooporder",
        "UWV heeft nog geen inkooporder geplaatst, of de factuurdatum ligt voor de inkooporder. "
        "Stuur uw factuur daarna.",
        veld="factuurdatum",
    ),
    "factuur_nog_niet_opeisbaar": Reden(
        "niet_opeisbaar",
        "Voor dit betaalmoment kunt u nog geen factuur sturen. Kies een ander betaalmoment.",
        veld="betaalmoment",
    ),
    "factuur_op_bevestigde_rekening": Reden(
        "rekening",
        "Dit is niet de rekening die UWV heeft bevestigd. Controleer de IBAN, of geef eerst de nieuwe "
        "rekening door.",
        veld="iban",
    ),
    "verplichting_geblokkeerd": Reden(
        "stopbericht",
        "Voor dit traject is een stopbericht verstuurd dat nog niet is bevestigd. Tot dan staan de betalingen stil.",
    ),
    "verplichting_afgesloten": Reden(
        "afgesloten", "De betalingen voor dit traject zijn afgesloten. U kunt geen factuur meer sturen."
    ),
    "factuur_boven_vastgesteld": Reden(
        "boven_bedrag",
        "Hiermee zou meer worden betaald dan er is toegekend of vastgesteld. Vraag de instelling om een "
        "creditfactuur, of keur de factuur af.",
    ),
    "factuur_goedgekeurd_door_een_ander": Reden(
        "vier_ogen", "U hebt deze factuur zelf gecontroleerd. Een collega moet haar goedkeuren."
    ),
    "factuur_in_een_batch": Reden(
        "in_batch", "Deze factuur zit al in een betaalbatch, of kan daar nu niet in. Bekijk de lijst opnieuw."
    ),
    "factuur_credit_binnen_bedrag": Reden(
        "boven_factuur",
        "Een creditfactuur kan niet hoger zijn dan wat er van de factuur over is. Verlaag het bedrag.",
        veld="bedrag",
    ),
    "credit_van_een_factuur": Reden(
        "niet_te_crediteren", "Deze factuur kunt u nu niet crediteren. Bekijk de factuur opnieuw."
    ),
    "betaalbatch_niet_leeg": Reden("leeg", "Kies minstens één factuur.", veld="facturen"),
    "inkooporder_na_verlening": Reden(
        "geen_verlening", "Een inkooporder kan alleen na een positief besluit. Bekijk het dossier opnieuw."
    ),
    "budget_inkooporder_reservering_id_key": Reden(
        "al_besteld", "Voor dit dossier is al een inkooporder geplaatst."
    ),
    "budget_inkooporder_nummer_key": Reden(
        "dubbel_nummer", "Er is al een inkooporder met dit nummer. Kies een ander nummer.", veld="nummer"
    ),
    "bankrekening_een_wacht": Reden(
        "al_doorgegeven", "Er wacht al een nieuwe rekening op bevestiging. Bekijk de pagina opnieuw."
    ),
    "bankrekening_bevestigd_door_een_ander": Reden(
        "vier_ogen", "U hebt deze rekening zelf vastgelegd. Een collega moet haar bevestigen."
    ),
    "verplichting_niet_te_veel_betaald": Reden(
        "boven_bedrag",
        "Dan is er meer betaald dan er is toegekend. Controleer de facturen en de terugvorderingen.",
    ),
}


@contextmanager
def als_reden() -> Iterator[None]:
    """A refusal of the database within the block as a reason of the act; what has no words is raised as it is."""
    try:
        yield
    except IntegrityError as fout:
        diagnose = getattr(fout.__cause__, "diag", None)
        reden = _REDENEN.get(diagnose.constraint_name or "") if diagnose else None
        if reden is None:
            raise
        raise HandelingGeweigerd(reden) from fout


def reden_van(regel: str) -> Reden:
    """The words for a rule that an act has looked at itself, so that it is said the same way."""
    return _REDENEN[regel]
