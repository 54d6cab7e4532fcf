"""What was filled in, as questions and answers: for the check page, the dossier and the PDF copy."""

from __future__ import annotations

from datetime import date

from aanvragen.models.aanvraag import Aanvraag
from aanvragen.regels.toegang_regeling import aandoening
from aanvragen.regels.volledigheid import ONDERDELEN, Onderdeel, niet_gevraagd
from ips_subsidie.brieven.opmaak import datum_voluit
from ips_subsidie.kalender.klok import datum_van

Rijen = list[tuple[str, str]]
HANDTEKENING = "Handtekening van de deelnemer"


def secties_van(
    aanvraag: Aanvraag, bsn: str, *, met_behandeling: bool = True
) -> list[tuple[Onderdeel, str, Rijen]]:
    """Every onderdeel but the bijlagen with its rows. `bsn` is what may be shown of it.

    Without `met_behandeling` the attestation of treatment is left out, for who may not see it (T125).
    """
    makers = {
        Onderdeel.INSTELLING: _instelling,
        Onderdeel.DEELNEMER: lambda a: _deelnemer(a, bsn),
        Onderdeel.SITUATIE: _situatie,
        Onderdeel.BEHANDELING: _behandeling,
        Onderdeel.TRAJECT: _traject,
    }
    return [
        (onderdeel, ONDERDELEN[onderdeel].titel, maak(aanvraag))
        for onderdeel, maak in makers.items()
        if met_behandeling or onderdeel is not Onderdeel.BEHANDELING
    ]


def _instelling(a: Aanvraag) -> Rijen:
    return [
        ("Instelling", a.instelling.naam),
        ("Regiebehandelaar", a.behandelaar_naam),
        ("Trajectbegeleider IPS", a.trajectbegeleider_naam),
        ("E-mailadres van de trajectbegeleider", a.trajectbegeleider_email),
        ("Telefoonnummer van de trajectbegeleider", a.trajectbegeleider_telefoon),
    ]


def _deelnemer(a: Aanvraag, bsn: str) -> Rijen:
    d = getattr(a, "deelnemer", None)
    return [
        ("Naam", d.naam if d else ""),
        ("Geboortedatum", _dag(d.geboortedatum if d else None)),
        ("BSN", bsn),
        ("Adres", ", ".join(x for x in (d.adres, f"{d.postcode} {d.woonplaats}".strip()) if x) if d else ""),
        ("Gemeente", a.gemeente.naam if a.gemeente else ""),
    ]


def _situatie(a: Aanvraag) -> Rijen:
    """Only what this regeling asks; the handtekening takes the place of the akkoord."""
    doelgroepen = {d.code: d.naam for d in a.inhoud.doelgroepen}
    rijen = [
        ("Doelgroep", doelgroepen.get(a.doelgroep, a.doelgroep)),
        ("Uitkering", a.get_uitkering_display() if a.uitkering else ""),
    ]
    if a.inhoud.regels.inschrijving_werkzoekend and a.uitkering == "geen":
        rijen.append(("Ingeschreven bij UWV als werkzoekende", _janee(a.werkzoekend_ingeschreven)))
    rijen.append(("Route", a.inhoud.route(a.route).naam if a.route else ""))
    if a.inhoud.regels.geen_dienstverband:
        rijen += _werk(a)
    rijen += [
        ("Volgt een ander re-integratietraject", _janee(a.ander_traject)),
        ("Werkwens besproken op", _dag(a.werkwens_op)),
    ]
    if a.inhoud.regels.handtekening:
        return [*rijen, (HANDTEKENING, _handtekening(a))]
    return [*rijen, ("Deelnemer akkoord op", _dag(a.akkoord_op))]


def _werk(a: Aanvraag) -> Rijen:
    rijen = [("Betaald werk in loondienst", a.get_werk_display() if a.werk else "")]
    if a.werk == "klein":
        rijen += [
            ("Uren per week", "" if a.werk_uren is None else str(a.werk_uren)),
            ("Waarom is dit een kleine baan?", a.werk_toelichting),
            ("Wil werk in een andere sector of functie", _janee(a.ander_werk)),
        ]
    return rijen


def _handtekening(a: Aanvraag) -> str:
    """One that lapsed, because what was signed had changed, is none."""
    gezet = a.levende_handtekening()
    return f"{gezet.get_wijze_display()}, {_dag(datum_van(gezet.gezet_op))}" if gezet else "Volgt nog"


def _behandeling(a: Aanvraag) -> Rijen:
    b = getattr(a, "behandeling", None)
    niet = niet_gevraagd(a.inhoud)
    wat = aandoening(a.inhoud, a.doelgroep)
    rijen = [(f"{wat[:1].upper()}{wat[1:]} vastgesteld", _janee(b.gediagnosticeerd if b else None))]
    if "in_sggz" not in niet:
        rijen.append(("In behandeling in de specialistische ggz", _janee(b.in_sggz if b else None)))
    if "begonnen_in" not in niet:
        rijen.append(("In behandeling sinds", _maand(b.begonnen_in if b else None)))
    if b and b.langer_toelichting:
        rijen.append(("Waarom langer dan in beginsel", b.langer_toelichting))
    return rijen


def _traject(a: Aanvraag) -> Rijen:
    start = "Start" if a.inhoud.regels.start_voor_besluit else "Gewenste start"
    return [(start, _dag(a.gewenste_start)), ("Toelichting", a.toelichting)]


def _janee(waarde: bool | None) -> str:
    return "" if waarde is None else "Ja" if waarde else "Nee"


def _dag(dag: date | None) -> str:
    return "" if dag is None else datum_voluit(dag)


def _maand(dag: date | None) -> str:
    return "" if dag is None else datum_voluit(dag).split(maxsplit=1)[1]
