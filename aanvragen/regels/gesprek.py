"""Who reads along in the conversation of a dossier: which parties take part, and to whom one of them may write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum


class Kant(StrEnum):
    """A party to the conversation, whichever organisatie it is today: it stays the same after a merger."""

    INSTELLING = "instelling"
    GEMEENTE = "gemeente"
    UWV = "uwv"


def aanwezig(*, bij_gemeente: bool, bij_uwv: bool) -> tuple[Kant, ...]:
    """The parties that may see the dossier now. The instelling always does."""
    erbij = {Kant.GEMEENTE: bij_gemeente, Kant.UWV: bij_uwv}
    return (Kant.INSTELLING, *(kant for kant, doet_mee in erbij.items() if doet_mee))


def op_volgorde(kanten: Iterable[str]) -> list[Kant]:
    """Each once, in one fixed order. Raises ValueError for what is no party."""
    gekozen = {Kant(kant) for kant in kanten}
    return [kant for kant in Kant if kant in gekozen]


def lezerskringen(eigen: Kant, wie: Sequence[Kant]) -> list[tuple[Kant, ...]]:
    """To whom `eigen` can write when `wie` take part: one other party, both, or nobody but the own organisatie."""
    anderen = [kant for kant in wie if kant is not eigen]
    kringen = [(kant,) for kant in anderen] + ([tuple(anderen)] if len(anderen) > 1 else [])
    return [tuple(op_volgorde((eigen, *kring))) for kring in (*kringen, ())]


def lezers_van_antwoord(vraag: Iterable[str], wie: Sequence[Kant]) -> list[Kant]:
    """An answer is read by who read the question, as far as they may still see the dossier."""
    return [kant for kant in op_volgorde(vraag) if kant in wie]


def opsomming(namen: Sequence[str]) -> str:
    """“a”, “a en b”, “a, b en c”."""
    return " en ".join([", ".join(namen[:-1]), namen[-1]] if len(namen) > 1 else namen)


def wie_leest(kring: Sequence[Kant], namen: Mapping[Kant, str], kort: Mapping[Kant, str]) -> str:
    """Who reads a message for this circle, and who of those in the dossier does not.

    `namen` has all who take part, `kort` the same without who else acts for them.
    """
    lezers = opsomming([naam for kant, naam in namen.items() if kant in kring])
    niet = [kort[kant] for kant in namen if kant not in kring]
    wel = f"Dit lezen alleen collega’s bij {lezers}." if len(kring) == 1 else f"Dit lezen: {lezers}."
    if not niet:
        return wel
    buiten = opsomming(niet)
    return f"{wel} {buiten[:1].upper()}{buiten[1:]} {'leest' if len(niet) == 1 else 'lezen'} dit niet."
