"""The forecast on the budget page: the pace so far, and what it means for the pool, said in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from budget.models import Pot, PotSoort
from budget.regels import prognose
from budget.regels.prognose import Prognose, Tempo, Verwachting
from budget.regels.regeling import Regelinginhoud
from budget.web.tellingen import PerDeel, Telling, van_tijdvak
from ips_subsidie.vormgeving.templatetags.opmaak import euro, getal


@dataclass(frozen=True)
class Krapste:
    """The pot that is used up first: the places left in it, and the cents where it is the money that runs out."""

    over: int
    cent: int | None = None
    in_tijdvak: bool = False


def verwachting(tellingen: PerDeel, inhoud: Regelinginhoud, vandaag: date, potten: list[Pot]) -> list[str]:
    """The forecast in sentences, with the numbers it rests on; empty where there is nothing to say."""
    tijdvak = next((t for t in inhoud.tijdvakken if t.van <= vandaag <= t.tot_en_met), None)
    if tijdvak is None:
        return []
    aanloop = van_tijdvak(tellingen, tijdvak.code)
    krapste = _krapste(
        [p for p in potten if p.soort == PotSoort.TOTAAL and p.periode in ("", tijdvak.code)],
        tellingen,
        aanloop,
    )
    if krapste is None:
        return []
    gezien = prognose.voorspel(
        aantal=aanloop.claimt, over=krapste.over, begin=tijdvak.van, einde=tijdvak.tot_en_met, vandaag=vandaag
    )
    if gezien is None:
        return []
    tempo = prognose.tempo(aantal=aanloop.claimt, dagen=gezien.dagen, recent=aanloop.recent)
    return in_woorden(gezien, krapste, tempo)


def _krapste(potten: list[Pot], tellingen: PerDeel, aanloop: Telling) -> Krapste | None:
    """Of all limits the one that fewest aanvragen still fit under; those that wait take their place first."""
    gevonden = []
    for pot in potten:
        wacht, in_tijdvak = van_tijdvak(tellingen, pot.periode), bool(pot.periode)
        if pot.vrij_trajecten is not None:
            gevonden.append(Krapste(max(0, pot.vrij_trajecten - wacht.wacht), in_tijdvak=in_tijdvak))
        if pot.vrij_cent is not None:
            over_cent = max(0, pot.vrij_cent - wacht.wacht_cent)
            past = prognose.ruimte_in_geld(over_cent, som_cent=aanloop.claimt_cent, aantal=aanloop.claimt)
            if past is not None:
                gevonden.append(Krapste(past, over_cent, in_tijdvak))
    return min(gevonden, key=lambda krapste: krapste.over, default=None)


def in_woorden(gezien: Prognose, krapste: Krapste, tempo: Tempo = Tempo.GELIJK) -> list[str]:
    """Sentences in plain Dutch."""
    if gezien.verwachting is Verwachting.VOL:
        if krapste.cent is not None:
            return [
                "Voor al het geld is er nu een complete aanvraag. Er is niets meer over voor nieuwe aanvragen."
            ]
        return [
            "Voor elke plaats is er nu een complete aanvraag. Er is niets meer over voor nieuwe aanvragen."
        ]
    if gezien.verwachting is Verwachting.TE_WEINIG:
        return [
            f"{_binnen(gezien)} Dat is te weinig om te zeggen wanneer "
            f"{'het geld' if krapste.cent is not None else 'de plaatsen'} op "
            f"{'is' if krapste.cent is not None else 'zijn'}."
        ]
    zinnen = [f"{_binnen(gezien)} {_nog(gezien, krapste)}"]
    if gezien.verwachting is Verwachting.LOOPT_LEEG:
        zinnen += _loopt_leeg(gezien, krapste)
    else:
        zinnen += _blijft_over(gezien, krapste)
    return [*zinnen, _voorbehoud(tempo)]


def _binnen(gezien: Prognose) -> str:
    return (
        f"In {_aantal(gezien.dagen, 'dag', 'dagen')} "
        f"{'kwam' if gezien.aantal == 1 else 'kwamen'} er {_complete(gezien.aantal)} binnen."
    )


def _nog(gezien: Prognose, krapste: Krapste) -> str:
    waar = " in dit tijdvak" if krapste.in_tijdvak else ""
    if krapste.cent is not None:
        return (
            f"Er is nog {euro(krapste.cent)} over{waar}. Dat is genoeg voor ongeveer "
            f"{_aantal(gezien.over, 'aanvraag', 'aanvragen')} van een gemiddeld bedrag."
        )
    werkwoord = "is" if gezien.over == 1 else "zijn"
    return f"Er {werkwoord} nog {_aantal(gezien.over, 'plaats', 'plaatsen')} over{waar}."


def _loopt_leeg(gezien: Prognose, krapste: Krapste) -> list[str]:
    assert gezien.dag is not None
    assert gezien.vroegst is not None
    wat = "is het geld" if krapste.cent is not None else "is de laatste plaats"
    verwacht = f"Gaat het zo door, dan {wat} rond {_dag(gezien.dag)} vergeven."
    if gezien.laatst is None:
        return [
            verwacht,
            f"Zeker is dat niet. Het kan al op {_dag(gezien.vroegst)} zo zijn. Het kan ook dat er op "
            f"{_dag(gezien.einde)}, het einde van het tijdvak, nog iets over is.",
        ]
    if gezien.vroegst == gezien.laatst:
        return [verwacht]
    return [
        verwacht,
        f"Zeker is dat niet. In 8 van de 10 gevallen gebeurt het van {_dag(gezien.vroegst)} tot en met "
        f"{_dag(gezien.laatst)}.",
    ]


def _blijft_over(gezien: Prognose, krapste: Krapste) -> list[str]:
    soort = ("aanvraag", "aanvragen") if krapste.cent is not None else ("plaats", "plaatsen")
    wat = _aantal(gezien.rest, *soort)
    if krapste.cent is not None:
        verwacht = f"is er na {_dag(gezien.einde)} nog geld over voor ongeveer {wat}"
    else:
        werkwoord = "is" if gezien.rest == 1 else "zijn"
        verwacht = (
            f"{werkwoord} er na {_dag(gezien.einde)}, het einde van het tijdvak, nog ongeveer {wat} over"
        )
    zinnen = [f"Gaat het zo door, dan {verwacht}."]
    if gezien.rest_minst < gezien.rest_meest:
        zinnen.append(
            f"Zeker is dat niet. In 8 van de 10 gevallen ligt het van {getal(gezien.rest_minst)} tot en met "
            f"{getal(gezien.rest_meest)}."
        )
    return zinnen


def _voorbehoud(tempo: Tempo) -> str:
    if tempo is Tempo.SNELLER:
        return (
            "Let op: de laatste 4 weken kwamen er duidelijk meer aanvragen binnen dan daarvoor. Blijft dat zo, dan "
            "gaat het sneller."
        )
    if tempo is Tempo.TRAGER:
        return (
            "Let op: de laatste 4 weken kwamen er duidelijk minder aanvragen binnen dan daarvoor. Blijft dat zo, dan "
            "gaat het langzamer."
        )
    return "Komen er ineens veel meer of minder aanvragen, dan klopt deze verwachting niet meer."


def _complete(aantal: int) -> str:
    return _aantal(aantal, "complete aanvraag", "complete aanvragen")


def _aantal(aantal: int, een: str, meer: str) -> str:
    return f"{getal(aantal)} {een if aantal == 1 else meer}"


def _dag(dag: date) -> str:
    return date_format(dag, "j F Y")
