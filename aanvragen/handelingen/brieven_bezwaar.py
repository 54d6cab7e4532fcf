"""The letters in a bezwaar: receipt, what is missing, the hearing, a later beslissing, the beslissing itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from aanvragen.handelingen.briefdelen import bewaar, briefkop, ondertekening
from aanvragen.models import Aanvraag, Besluit, Bezwaar, Brief
from aanvragen.models.besluit import BesluitSoort
from aanvragen.regels.bezwaar import Gevolg, Indiener, Uitkomst
from ips_subsidie.brieven import gegevens as g
from ips_subsidie.brieven import gegevens_bezwaar as b
from ips_subsidie.brieven.opmaak import datum_voluit, euro
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor

_BEHANDELAAR = "Behandelaar bezwaar"
_GRONDSLAG = "de artikelen 7:11 en 7:12 van de Algemene wet bestuursrecht"
_NAMEN = {
    BesluitSoort.VERLENING: "de subsidieverlening",
    BesluitSoort.AFWIJZING: "de afwijzing",
    BesluitSoort.BUITEN_BEHANDELING: "het besluit om uw aanvraag niet te behandelen",
    BesluitSoort.VERLENGING_TOEGEKEND: "het besluit over de verlenging",
    BesluitSoort.VERLENGING_AFGEWEZEN: "de afwijzing van de verlenging",
    BesluitSoort.INTREKKING: "de intrekking van de subsidie",
    BesluitSoort.VASTSTELLING: "de vaststelling van de subsidie",
}
_AFLOOP = {
    Uitkomst.ONGEGROND: "Wij veranderen het besluit niet.",
    Uitkomst.NIET_ONTVANKELIJK: "Daarom kunnen wij uw bezwaar niet inhoudelijk behandelen. Het besluit verandert niet.",
}
_GEVOLG = {
    Gevolg.ALSNOG_TOEKENNEN: "Wij herroepen het besluit en kennen de aanvraag alsnog toe. U krijgt daarover een brief.",
    Gevolg.OPNIEUW: "Wij herroepen het besluit en behandelen de aanvraag opnieuw. De aanvraag houdt haar plaats in de "
    "volgorde van ontvangst.",
    Gevolg.HERLEVEN: "Wij herroepen de intrekking. De subsidie geldt weer, alsof zij niet was ingetrokken.",
    Gevolg.VERLENGEN: "Wij herroepen het besluit en verlengen het traject alsnog. U krijgt daarover een brief.",
    Gevolg.MOTIVERING: "Het besluit blijft gelden, met de motivering die hieronder staat.",
}


def naam_van(besluit: Besluit) -> str:
    """A besluit as an object in a sentence: "de afwijzing"."""
    return _NAMEN.get(BesluitSoort(besluit.soort), f"het besluit “{besluit.get_soort_display()}”")


def maak_ontvangstbevestiging(bezwaar: Bezwaar, nu: datetime) -> Brief:
    """That it came in, by when there is a beslissing, and what was sent (Awb 6:14, 2:17)."""
    bijlagen: tuple[g.Bijlage, ...] = ()
    if bezwaar.bestand is not None:
        bijlagen = (g.Bijlage(naam=bezwaar.bestand.naam, soort="Bezwaar", sha256=bezwaar.bestand.sha256),)
    return _bewaar(
        bezwaar,
        b.BezwaarOntvangst(
            **_kop(bezwaar, datum_van(nu)),
            ontvangen_op=bezwaar.ontvangen_op,
            op_tijd=not bezwaar.te_laat,
            beslissen_voor=bezwaar.beslis_uiterlijk,
            gronden=bezwaar.gronden,
            bijlagen=bijlagen,
        ),
        "Ontvangstbevestiging van het bezwaar",
        nu,
    )


def maak_herstelverzuim(bezwaar: Bezwaar, actor: Actor, wat: str, nu: datetime) -> Brief:
    """What is missing in the bezwaar, and until when it can be sent (Awb 6:6)."""
    assert bezwaar.herstel_tot is not None
    return _bewaar(
        bezwaar,
        b.BezwaarHerstel(
            **_kop(bezwaar, datum_van(nu)),
            ontbrekend=wat,
            uiterste_dag=bezwaar.herstel_tot,
            ondertekening=_door(bezwaar, actor),
        ),
        "Vraag om het bezwaar aan te vullen",
        nu,
    )


def maak_uitnodiging(bezwaar: Bezwaar, actor: Actor, nu: datetime) -> Brief:
    """When and where the indiener is heard (Awb 7:2)."""
    assert bezwaar.hoorzitting_op is not None
    return _bewaar(
        bezwaar,
        b.BezwaarHoorzitting(
            **_kop(bezwaar, datum_van(nu)),
            wanneer=bezwaar.hoorzitting_op,
            waar=bezwaar.hoorzitting_plaats,
            commissie=bezwaar.commissie,
            ondertekening=_door(bezwaar, actor),
        ),
        "Uitnodiging voor de hoorzitting",
        nu,
    )


def maak_verdaging(
    bezwaar: Bezwaar, actor: Actor, reden: str, nu: datetime, *, met_instemming: bool
) -> Brief:
    """The beslissing comes later, and by when (Awb 7:10)."""
    return _bewaar(
        bezwaar,
        b.BezwaarVerdaging(
            **_kop(bezwaar, datum_van(nu)),
            reden=reden,
            nieuwe_dag=bezwaar.beslis_uiterlijk,
            met_instemming=met_instemming,
            ondertekening=_door(bezwaar, actor),
        ),
        "Uitstel van de beslissing op bezwaar",
        nu,
    )


def beslissingsbrief(
    aanvraag: Aanvraag, besluit: Besluit, kop: dict[str, Any], *, bezwaar: Bezwaar
) -> b.BezwaarBeslissing:
    """The beslissing op bezwaar as data (Awb 7:12); also of one that isn't there yet, for the preview."""
    return b.BezwaarBeslissing(
        **kop | _aan(bezwaar) | {"grondslag": (*kop["grondslag"], _GRONDSLAG)},
        bezwaar_kenmerk=bezwaar.kenmerk,
        besluit=naam_van(bezwaar.besluit),
        besluit_datum=bezwaar.besluit.dagtekening,
        bezwaar_ontvangen_op=datum_van(bezwaar.ontvangen_op),
        met_deelnemer=bezwaar.indiener != Indiener.ANDER,
        uitkomst=Uitkomst(bezwaar.uitkomst).label.lower(),
        gevolg=gevolg_in_woorden(bezwaar),
        gehoord=_gehoord(bezwaar),
        bezwaren=bezwaar.gronden,
        advies=bezwaar.advies,
    )


def gevolg_in_woorden(bezwaar: Bezwaar) -> str:
    """What happens now, in a sentence."""
    if bezwaar.uitkomst != Uitkomst.GEGROND:
        return _AFLOOP[Uitkomst(bezwaar.uitkomst)]
    if bezwaar.gevolg == Gevolg.HOGER_VASTSTELLEN:
        assert bezwaar.bedrag_cent is not None
        return (
            f"Wij herroepen het besluit en stellen de subsidie vast op {euro(bezwaar.bedrag_cent)}. U krijgt daarover "
            "een brief."
        )
    return _GEVOLG[Gevolg(bezwaar.gevolg)]


def _gehoord(bezwaar: Bezwaar) -> str:
    if bezwaar.gehoord_op is not None:
        return f"Wij hoorden u op {datum_voluit(bezwaar.gehoord_op)}.\n\n{bezwaar.verslag}"
    waarom = bezwaar.get_afgezien_display()
    tekst = f"Er was geen hoorzitting. {waarom} (artikel 7:3 van de Algemene wet bestuursrecht)."
    return f"{tekst}\n\n{bezwaar.verslag}".strip()


def _kop(bezwaar: Bezwaar, datum: date) -> dict[str, Any]:
    return briefkop(bezwaar.aanvraag, datum) | {
        **_aan(bezwaar),
        "bezwaar_kenmerk": bezwaar.kenmerk,
        "besluit": naam_van(bezwaar.besluit),
        "besluit_datum": bezwaar.besluit.dagtekening,
        "bezwaar_ontvangen_op": datum_van(bezwaar.ontvangen_op),
        "met_deelnemer": bezwaar.indiener != Indiener.ANDER,
    }


def _aan(bezwaar: Bezwaar) -> dict[str, Any]:
    """To whom: the instelling unless somebody else made the bezwaar."""
    aanvraag, adres = bezwaar.aanvraag, tuple(bezwaar.indiener_adres.splitlines())
    if bezwaar.indiener == Indiener.DEELNEMER:
        d = aanvraag.deelnemer
        adres = adres or (d.adres, f"{d.postcode}  {d.woonplaats}")
        return {"geadresseerde": g.Partij(naam=d.naam, regels=adres)}
    if bezwaar.indiener == Indiener.GEMEENTE:
        return {"geadresseerde": g.Partij(naam=f"Gemeente {aanvraag.gemeente}", regels=adres)}
    if bezwaar.indiener == Indiener.ANDER:
        return {"geadresseerde": g.Partij(naam=bezwaar.indiener_naam, regels=adres)}
    return {}


def _door(bezwaar: Bezwaar, actor: Actor) -> g.Ondertekening:
    return ondertekening(bezwaar.aanvraag, str(actor.persoon), _BEHANDELAAR)


def _bewaar(bezwaar: Bezwaar, brief: g.Brief, titel: str, nu: datetime) -> Brief:
    return bewaar(bezwaar.aanvraag, brief, titel, nu)
