"""The parties of a conversation by name, and in words who reads a message: said before it is sent, and beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aanvragen.models import Aanvraag
from aanvragen.models.gesprek import kant_van, kanten_van
from aanvragen.regels.gesprek import Kant, opsomming, wie_leest
from gemeenten.models import handelende_organisatie
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.actor import Actor


@dataclass(frozen=True)
class Namen:
    """Who takes part in the conversation of a dossier now: in full, and short for a second mention."""

    voluit: Mapping[Kant, str]
    kort: Mapping[Kant, str]

    def een(self, kant: str) -> str:
        """Short; also of a party that may see the dossier no longer."""
        return self.kort.get(Kant(kant), _ZONDER_NAAM[Kant(kant)]) if kant else ""

    def met(self, kring: Sequence[Kant]) -> Namen:
        """With those of this circle who may see the dossier no longer."""
        erbij = {kant: self.een(kant) for kant in kring}
        return Namen({**erbij, **self.voluit}, {**erbij, **self.kort})


_ZONDER_NAAM = {Kant.INSTELLING: "de ggz-instelling", Kant.GEMEENTE: "de gemeente", Kant.UWV: "UWV"}


def namen_van(aanvraag: Aanvraag) -> Namen:
    """The instelling, the gemeente (with the verband that acts for her today) and UWV, as far as they take part."""
    kort = {kant: _naam(kant, aanvraag) for kant in kanten_van(aanvraag)}
    voluit = dict(kort)
    if Kant.GEMEENTE in kort and aanvraag.gemeente is not None:
        doet_het = handelende_organisatie(aanvraag.gemeente, vandaag())
        if doet_het.pk != aanvraag.gemeente.organisatie_id:
            voluit[Kant.GEMEENTE] = f"{kort[Kant.GEMEENTE]} (met {doet_het})"
    return Namen(voluit, kort)


def kring_in_woorden(kring: Sequence[Kant], namen: Namen, aanvraag: Aanvraag, actor: Actor) -> str:
    """Who reads it and who doesn't, and who of them must not read of the treatment (domain text, T125)."""
    if len(kring) == 1:
        return f"Dit lezen alleen collega’s bij {actor.organisatie}."
    anderen = [kant for kant in kring if kant in namen.kort and kant is not kant_van(actor)]
    zonder = [namen.kort[kant] for kant in anderen if _ziet_geen_behandeling(kant, aanvraag)]
    leest = wie_leest(kring, namen.voluit, namen.kort)
    if not zonder:
        return leest
    wie = met_hoofdletter(opsomming(zonder))
    ziet = "ziet" if len(zonder) == 1 else "zien"
    return f"{leest} {wie} {ziet} niets over de behandeling. Schrijf daar ook hier niets over."


def met_hoofdletter(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]


def _naam(kant: Kant, aanvraag: Aanvraag) -> str:
    if kant is Kant.INSTELLING:
        return aanvraag.instelling.naam
    if kant is Kant.UWV or aanvraag.gemeente is None:
        return "UWV"
    return f"de gemeente {aanvraag.gemeente}"


def _ziet_geen_behandeling(kant: Kant, aanvraag: Aanvraag) -> bool:
    return kant is Kant.GEMEENTE or (kant is Kant.UWV and not aanvraag.heeft_behandelgegevens_voor_uwv)
