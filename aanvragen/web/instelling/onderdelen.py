"""The onderdelen of one aanvraag as a task list: how far each is, where it is filled in, what comes after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from aanvragen.handelingen.aanvulling import gevraagde_punten
from aanvragen.handelingen.dossier import waarden_van
from aanvragen.handelingen.ondertekenen import ONDERTEKEND, geldige_handtekening
from aanvragen.models import Aanvraag, Deelnemer
from aanvragen.regels.aanvulling import te_herstellen
from aanvragen.regels.statussen import AanvraagStatus, ToestemmingStatus
from aanvragen.regels.volledigheid import ONDERDELEN, Onderdeel, Staat, invulbaar, staat
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.vormgeving.onderdelen import Soort, Taak
from ips_subsidie.vormgeving.templatetags.opmaak import datum

AANVULLING_GEVRAAGD = "Aanvulling gevraagd"
NOG_NIET = "Kan nog niet beginnen"
_SOORTEN: dict[Staat, Soort] = {
    Staat.NOG_NIET_GESTART: "neutraal",
    Staat.BEZIG: "let_op",
    Staat.KLAAR: "goed",
}

Staten = dict[Onderdeel, Staat]


def staten_van(aanvraag: Aanvraag, op: date) -> Staten:
    waarden = waarden_van(aanvraag, op)
    return {onderdeel: staat(onderdeel, waarden, aanvraag.inhoud) for onderdeel in Onderdeel}


def niet_klaar(staten: Staten) -> list[Onderdeel]:
    return [onderdeel for onderdeel, hoever in staten.items() if hoever is not Staat.KLAAR]


def adres_van(aanvraag: Aanvraag, onderdeel: Onderdeel, terug: str = "") -> str:
    """The page of an onderdeel; `terug` names the page to go on to after saving."""
    adres = reverse("aanvragen:onderdeel", args=[aanvraag.pk, onderdeel.value])
    return f"{adres}?terug={terug}" if terug else adres


def is_invulbaar(aanvraag: Aanvraag, onderdeel: Onderdeel) -> bool:
    """Of an aanvraag that can be changed: this onderdeel too, or is it what the gemeente judges by?"""
    return invulbaar(onderdeel, wacht_op_gemeente=aanvraag.status == AanvraagStatus.WACHT_OP_TOESTEMMING)


def volgende_na(onderdeel: Onderdeel) -> Onderdeel | None:
    volgorde = list(Onderdeel)
    plek = volgorde.index(onderdeel) + 1
    return volgorde[plek] if plek < len(volgorde) else None


def takenlijst(aanvraag: Aanvraag, staten: Staten, *, kan_invullen: bool) -> list[Taak]:
    """The six onderdelen; a link only where they can be filled in now."""
    onvolledig = aanvraag.status == AanvraagStatus.ONVOLLEDIG
    te_doen = te_herstellen(gevraagde_punten(aanvraag)) if onvolledig else frozenset()
    taken = []
    for onderdeel, hoever in staten.items():
        titel = ONDERDELEN[onderdeel].titel
        gevraagd = onvolledig and (onderdeel in te_doen or hoever is not Staat.KLAAR)
        taken.append(
            Taak(
                titel,
                AANVULLING_GEVRAAGD if gevraagd else hoever.value,
                "fout" if gevraagd else _SOORTEN[hoever],
                adres_van(aanvraag, onderdeel) if kan_invullen and is_invulbaar(aanvraag, onderdeel) else "",
            )
        )
    return taken


def laatste_taken(aanvraag: Aanvraag, staten: Staten, toestemming_nu: str | None) -> list[Taak]:
    """What comes after filling in: the handtekening and the toestemming where they are asked, then sending."""
    ondertekenen = [_ondertekenen(aanvraag, staten)] if aanvraag.inhoud.regels.handtekening else []
    if aanvraag.status == AanvraagStatus.ONVOLLEDIG:
        adres = reverse("aanvragen:aanvraag_aanvullen", args=[aanvraag.pk])
        return [
            *ondertekenen,
            Taak("Controleren en aanvulling versturen", AANVULLING_GEVRAAGD, "fout", adres),
        ]
    klaar = not niet_klaar(staten)
    route = aanvraag.routeregels
    if route is None or not route.toestemming:
        return [*ondertekenen, _versturen(aanvraag, kan=klaar)]
    gegeven = toestemming_nu not in (None, ToestemmingStatus.GEVRAAGD)
    return [
        *ondertekenen,
        _toestemming(aanvraag, toestemming_nu, klaar=klaar),
        _versturen(aanvraag, kan=klaar and gegeven, na="Dit kan als de gemeente toestemming geeft."),
    ]


def _ondertekenen(aanvraag: Aanvraag, staten: Staten) -> Taak:
    titel = "Laten ondertekenen door de deelnemer"
    gezet = geldige_handtekening(aanvraag)
    if gezet is not None:
        return Taak(titel, Staat.KLAAR.value, "goed", hint=f"Ondertekend op {datum(gezet.gezet_op)}.")
    mist = [ONDERDELEN[o].titel for o in ONDERTEKEND if staten[o] is not Staat.KLAAR]
    if mist:
        return Taak(titel, NOG_NIET, "inactief", hint=f"Vul eerst in: {', '.join(mist)}.")
    adres = reverse("aanvragen:aanvraag_ondertekenen", args=[aanvraag.pk])
    if aanvraag.handtekeningen.exists():
        return Taak(
            titel,
            "Opnieuw nodig",
            "let_op",
            adres,
            hint="De aanvraag is veranderd nadat de deelnemer ondertekende.",
        )
    return Taak(titel, Staat.NOG_NIET_GESTART.value, "neutraal", adres)


def _versturen(aanvraag: Aanvraag, *, kan: bool, na: str = "Vul eerst alle onderdelen in.") -> Taak:
    titel = "Controleren en versturen"
    if not kan:
        return Taak(titel, NOG_NIET, "inactief", hint=na)
    return Taak(
        titel, Staat.NOG_NIET_GESTART, "neutraal", reverse("aanvragen:aanvraag_indienen", args=[aanvraag.pk])
    )


def _toestemming(aanvraag: Aanvraag, toestemming_nu: str | None, *, klaar: bool) -> Taak:
    titel = "Toestemming vragen aan de gemeente"
    if aanvraag.status == AanvraagStatus.CONCEPT:
        if not klaar:
            return Taak(titel, NOG_NIET, "inactief", hint="Vul eerst alle onderdelen in.")
        adres = reverse("aanvragen:aanvraag_toestemming_vragen", args=[aanvraag.pk])
        return Taak(titel, Staat.NOG_NIET_GESTART, "neutraal", adres)
    if toestemming_nu is None:
        adres = reverse("aanvragen:aanvraag_toestemming_opnieuw_vragen", args=[aanvraag.pk])
        return Taak("Opnieuw toestemming vragen aan de gemeente", Staat.NOG_NIET_GESTART, "neutraal", adres)
    if toestemming_nu == ToestemmingStatus.GEVRAAGD:
        return Taak(titel, "Wacht op de gemeente", "info", hint="U krijgt bericht als de gemeente beslist.")
    return Taak(titel, Staat.KLAAR, "goed")


def onderdeel_bij(reden: Reden) -> Onderdeel | None:
    """Where to put right what this reason is about."""
    if reden.veld in set(Onderdeel):
        return Onderdeel(reden.veld)
    return {
        "ander_traject": Onderdeel.SITUATIE,
        "geen_toestemming_nodig": Onderdeel.SITUATIE,
        "verkeerde_route": Onderdeel.SITUATIE,
        "start_in_verleden": Onderdeel.TRAJECT,
        "start_te_vroeg": Onderdeel.TRAJECT,
        "gemeente_vervallen": Onderdeel.DEELNEMER,
    }.get(reden.code)


def met_adres(
    aanvraag: Aanvraag, redenen: Iterable[Reden], *, kan_invullen: bool, terug: str = ""
) -> list[tuple[str, str]]:
    """Each reason once, with the page where it can be put right, '' where there is none."""
    uit: dict[str, str] = {}
    for reden in redenen:
        onderdeel = onderdeel_bij(reden) if kan_invullen else None
        if onderdeel is not None and not is_invulbaar(aanvraag, onderdeel):
            onderdeel = None
        uit[reden.tekst] = adres_van(aanvraag, onderdeel, terug) if onderdeel else ""
        if reden.code == "geen_toestemming":
            concept = aanvraag.status == AanvraagStatus.CONCEPT
            naam = "aanvraag_toestemming_vragen" if concept else "aanvraag_toestemming_opnieuw_vragen"
            uit[reden.tekst] = reverse(f"aanvragen:{naam}", args=[aanvraag.pk])
        if reden.code == "handtekening":
            uit[reden.tekst] = reverse("aanvragen:aanvraag_ondertekenen", args=[aanvraag.pk])
    return list(uit.items())


def andere_van_deze_deelnemer(aanvraag: Aanvraag) -> list[Aanvraag]:
    """Other aanvragen of the own instelling for the same person, known by the keyed hash of the BSN."""
    deelnemer: Deelnemer | None = getattr(aanvraag, "deelnemer", None)
    if deelnemer is None or deelnemer.bsn_index is None:
        return []
    return list(
        Aanvraag.objects.filter(
            deelnemer__bsn_index=deelnemer.bsn_index, instelling_id=aanvraag.instelling_id
        )
        .exclude(pk=aanvraag.pk)
        .only("id", "kenmerk", "status")[:10]
    )
