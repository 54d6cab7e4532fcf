"""Freezing letters: the data of a letter is fixed in the act, its PDF follows after commit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from aanvragen.handelingen.aanvulling import gevraagd_in_regels
from aanvragen.handelingen.briefdelen import bewaar, briefkop, gronden, ondertekening, partij, regels
from aanvragen.handelingen.brieven_bezwaar import beslissingsbrief
from aanvragen.handelingen.brieven_dwangsom import dwangsombrief, intrekgrond
from aanvragen.handelingen.brieven_einde import vaststellingsbrief
from aanvragen.handelingen.dossier import toestemming_van_toen
from aanvragen.models import Aanvraag, Besluit, BesluitSoort, Brief, Intrekkingsvoornemen, Toestemming
from aanvragen.models.besluit import Rechtsmiddel
from aanvragen.models.ontvangst import OntvangstSoort
from aanvragen.models.samenvatting import secties_van
from aanvragen.regels.statussen import LEVENDE_TOESTEMMING
from budget.regels.regeling import Vrijval
from ips_subsidie.brieven import gegevens as g
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.vormgeving.templatetags.opmaak import bsn_gemaskeerd

_ACTIVITEIT = (
    "U begeleidt de deelnemer naar betaald werk en helpt daarna om dat werk te houden. U doet dat met een "
    "IPS-traject (Individuele Plaatsing en Steun), modelgetrouw uitgevoerd."
)
_STARTREGEL = {
    False: "Het traject start op of na de datum van deze brief. Geef de startdatum door in het portaal.",
    True: "Geef de startdatum door in het portaal. Is het traject al gestart? Dan telt de duur vanaf die dag.",
}
_NA_DE_ORDER = "UWV koopt het traject bij u in. Stuur uw factuur pas als UWV de inkooporder heeft geplaatst."
_NIET_GEBRUIKT = g.Grond(
    code="intrekking",
    tekst="De subsidie wordt niet gebruikt waarvoor zij is verleend.",
    bron="artikel 4:48 van de Algemene wet bestuursrecht",
)
_NA_BEZWAAR_DERDE = g.Grond(
    code="gegrond_bezwaar_derde",
    tekst="Een ander maakte bezwaar tegen deze subsidie, en kreeg gelijk.",
    bron="artikel 7:11, tweede lid, van de Algemene wet bestuursrecht",
)


def maak_kopie(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Brief:
    """The copy of what was sent, with the instant of receipt (Awb 2:17, 4:3a)."""
    bijlagen = (
        aanvraag.bijlagen.filter(weggehaald_op__isnull=True)
        .select_related("bestand")
        .defer("bestand__inhoud")
    )
    namen = {d.code: d.naam for d in aanvraag.inhoud.documenten}
    return bewaar(
        aanvraag,
        g.AanvraagKopie(
            **briefkop(aanvraag, datum_van(nu)),
            ontvangen_op=nu,
            ingediend_door=str(actor.persoon),
            secties=tuple(
                g.Sectie(titel=titel, rijen=tuple(g.Rij(vraag=v, antwoord=a) for v, a in rijen))
                for _, titel, rijen in secties_van(aanvraag, str(bsn_gemaskeerd(aanvraag.deelnemer.bsn)))
            ),
            bijlagen=tuple(
                g.Bijlage(naam=b.bestand.naam, soort=namen.get(b.soort, b.soort), sha256=b.bestand.sha256)
                for b in bijlagen
            ),
        ),
        "Kopie van de aanvraag",
        nu,
    )


def maak_toestemmingsverklaring(
    aanvraag: Aanvraag, toestemming: Toestemming, actor: Actor, nu: datetime
) -> Brief:
    """The declaration of the gemeente, with its number and its share (S0)."""
    gemeente = toestemming.gemeente
    verband = toestemming.organisatie.naam if toestemming.organisatie_id != gemeente.organisatie_id else ""
    cap, nummer = aanvraag.inhoud.potten.cap_per_gemeente, toestemming.volgnummer or 0
    return bewaar(
        aanvraag,
        g.Toestemmingsverklaring(
            **briefkop(aanvraag, datum_van(nu))
            | {"afzender": g.Partij(naam=f"Gemeente {gemeente.naam}", regels=(verband,) if verband else ())},
            gemeente=gemeente.naam,
            verband=verband,
            instelling=aanvraag.instelling.naam,
            uitkering=aanvraag.get_uitkering_display(),
            bedrag_cent=aanvraag.inhoud.route(aanvraag.route).bedrag_voor(aanvraag.doelgroep).gemeente_cent,
            nummer=nummer if cap and nummer <= cap else None,
            hoogste_aantal=cap or 0,
            geldig_tot=max(t.tot_en_met for t in aanvraag.inhoud.tijdvakken),
            ondertekening=g.Ondertekening(
                namens=f"Namens het college van burgemeester en wethouders van {gemeente.naam},",
                naam=str(actor.persoon),
                functie=toestemming.functie,
            ),
        ),
        f"Toestemmingsverklaring van de gemeente {gemeente.naam}",
        nu,
    )


def maak_aanvullingsbrief(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Brief:
    """The request to complete the aanvraag (Awb 4:5, 4:15)."""
    assert aanvraag.hersteltermijn_tot is not None
    assert aanvraag.ontvangen_op is not None
    return bewaar(
        aanvraag,
        g.Aanvulling(
            **briefkop(aanvraag, datum_van(nu)),
            aanvraag_ontvangen_op=datum_van(aanvraag.ontvangen_op),
            ontbrekend=regels(gevraagd_in_regels(aanvraag)),
            uiterste_dag=aanvraag.hersteltermijn_tot,
            ondertekening=ondertekening(aanvraag, str(actor.persoon), "Beoordelaar"),
        ),
        "Vraag om een aanvulling",
        nu,
    )


def maak_besluitbrief(aanvraag: Aanvraag, besluit: Besluit, nu: datetime, **over: Any) -> Brief:
    """Freeze the letter of a besluit."""
    return bewaar(
        aanvraag, besluitbrief(aanvraag, besluit, **over), besluit.get_soort_display(), nu, besluit=besluit
    )


def besluitbrief(aanvraag: Aanvraag, besluit: Besluit, **over: Any) -> g.Besluit:
    """The letter of a besluit as data; also of an unsaved one, for the preview before deciding."""
    assert aanvraag.ontvangen_op is not None
    kop = briefkop(aanvraag, besluit.dagtekening) | {
        "aanvraag_ontvangen_op": datum_van(aanvraag.ontvangen_op),
        "grondslag": (aanvraag.inhoud.grondslag,),
        "motivering": besluit.motivering,
        "ondertekening": ondertekening(
            aanvraag, str(besluit.ondertekenaar), "Beslisser", besluit.ondermandaat
        ),
        "rechtsmiddelen": g.Rechtsmiddelen(
            laatste_dag=besluit.bezwaar_tot,
            bezwaar_bij=partij(aanvraag.inhoud.instantie.bezwaar_adres),
            beroep=besluit.rechtsmiddel == Rechtsmiddel.BEROEP,
        ),
    }
    maker = _MAKERS[BesluitSoort(besluit.soort)]
    return maker(aanvraag, besluit, kop, **over)


def _verlening(
    aanvraag: Aanvraag, besluit: Besluit, kop: dict[str, Any], bezwaar: g.Bezwaar | None = None
) -> g.Verlening:
    route = aanvraag.inhoud.route(aanvraag.route)
    doelgroep = aanvraag.inhoud.doelgroep(aanvraag.doelgroep)
    delen = [
        g.Deelbedrag(
            betaler="Het Rijk", bedrag_cent=besluit.rijk_cent, toelichting="UWV betaalt dit deel uit."
        )
    ]
    if besluit.gemeente_cent:
        toelichting = "De gemeente betaalt dit deel zelf aan u."
        delen.append(
            g.Deelbedrag(
                betaler=f"Gemeente {aanvraag.gemeente}",
                bedrag_cent=besluit.gemeente_cent,
                toelichting=toelichting,
            )
        )
    return g.Verlening(
        **kop,
        route=route.naam,
        activiteit=_ACTIVITEIT,
        bedrag_cent=besluit.bedrag_cent,
        verdeling=tuple(delen),
        startregel=_STARTREGEL[aanvraag.inhoud.regels.start_voor_besluit],
        betaling=_NA_DE_ORDER if route.inkooporder else "",
        verplichtingen=aanvraag.inhoud.verplichtingen,
        uitvoeringstermijn_maanden=besluit.maanden,
        verlenging_maanden=doelgroep.verlenging_max_maanden,
        toestemming=_toestemming_tekst(aanvraag),
        bezwaar=bezwaar,
    )


def _afwijzing(aanvraag: Aanvraag, besluit: Besluit, kop: dict[str, Any]) -> g.Afwijzing:
    return g.Afwijzing(**kop, gronden=gronden(aanvraag, besluit.gronden))


def _buiten_behandeling(aanvraag: Aanvraag, besluit: Besluit, kop: dict[str, Any]) -> g.BuitenBehandeling:
    assert aanvraag.aanvulling_gevraagd_op is not None
    assert aanvraag.hersteltermijn_tot is not None
    return g.BuitenBehandeling(
        **kop,
        aanvulling_gevraagd_op=aanvraag.aanvulling_gevraagd_op,
        hersteltermijn_tot=aanvraag.hersteltermijn_tot,
        aangevuld_op=_aangevuld_op(aanvraag),
        ontbrekend=regels(gevraagd_in_regels(aanvraag)),
    )


def _aangevuld_op(aanvraag: Aanvraag) -> date | None:
    """The day of the answer to the last invitation; None when nothing came since."""
    gevraagd = aanvraag.brieven.filter(sjabloon=g.Aanvulling.sjabloon).latest("gemaakt_op").gemaakt_op
    sindsdien = aanvraag.ontvangsten.filter(soort=OntvangstSoort.AANVULLING, ontvangen_op__gte=gevraagd)
    laatste = sindsdien.first()
    return datum_van(laatste.ontvangen_op) if laatste else None


def _verlenging_toegekend(
    aanvraag: Aanvraag, besluit: Besluit, kop: dict[str, Any], oude_laatste_dag: date
) -> g.VerlengingToegekend:
    # Read anew: the traject that was extended is not the one this aanvraag may hold in memory.
    traject = type(aanvraag.traject).objects.get(aanvraag=aanvraag)
    assert traject.startdatum is not None
    assert traject.laatste_dag is not None
    return g.VerlengingToegekend(
        **kop,
        besluit_kenmerk=aanvraag.kenmerk,
        startdatum=traject.startdatum,
        oude_laatste_dag=oude_laatste_dag,
        nieuwe_laatste_dag=traject.laatste_dag,
        maanden=besluit.maanden,
    )


def _verlenging_afgewezen(aanvraag: Aanvraag, besluit: Besluit, kop: dict[str, Any]) -> g.VerlengingAfgewezen:
    laatste = aanvraag.traject.laatste_dag
    assert laatste is not None
    grond = g.Grond(
        code="verlenging", tekst="Verlenging is niet nodig of niet mogelijk.", bron=aanvraag.inhoud.naam
    )
    return g.VerlengingAfgewezen(
        **kop, besluit_kenmerk=aanvraag.kenmerk, laatste_dag=laatste, gronden=(grond,)
    )


def _intrekking(
    aanvraag: Aanvraag,
    besluit: Besluit,
    kop: dict[str, Any],
    voornemen: Intrekkingsvoornemen | None = None,
    betaald_cent: int = 0,
    terug_cent: int = 0,
) -> g.Intrekking:
    verlening = besluit.vorig_besluit
    assert verlening is not None
    grond = _NIET_GEBRUIKT if voornemen is None else intrekgrond(voornemen)
    derde = str(Vrijval.GEGROND_BEZWAAR_DERDE) in besluit.gronden
    return g.Intrekking(
        **kop,
        besluit_kenmerk=aanvraag.kenmerk,
        besluit_datum=verlening.dagtekening,
        bedrag_cent=verlening.bedrag_cent,
        gronden=(_NA_BEZWAAR_DERDE if derde else grond,),
        # Without an event that undoes the grant, it works from today (Awb 4:48 lid 2).
        werkt_vanaf=None if besluit.gronden else besluit.dagtekening,
        betaald_cent=betaald_cent,
        terug_te_betalen_cent=terug_cent,
        zienswijze=voornemen.zienswijze if voornemen is not None else "",
    )


_MAKERS: dict[BesluitSoort, Any] = {
    BesluitSoort.VERLENING: _verlening,
    BesluitSoort.AFWIJZING: _afwijzing,
    BesluitSoort.BUITEN_BEHANDELING: _buiten_behandeling,
    BesluitSoort.VERLENGING_TOEGEKEND: _verlenging_toegekend,
    BesluitSoort.VERLENGING_AFGEWEZEN: _verlenging_afgewezen,
    BesluitSoort.INTREKKING: _intrekking,
    BesluitSoort.VASTSTELLING: vaststellingsbrief,
    BesluitSoort.BESLISSING_OP_BEZWAAR: beslissingsbrief,
    BesluitSoort.DWANGSOM: dwangsombrief,
}


def toestemming_onder(aanvraag: Aanvraag) -> Toestemming | None:
    """The living toestemming, with its gemeente. Asked once a row, which is read anew under the lock."""
    if "_toestemming" not in aanvraag.__dict__:
        levend = aanvraag.toestemmingen.filter(status__in=LEVENDE_TOESTEMMING).select_related("gemeente")
        aanvraag.__dict__["_toestemming"] = levend.first()
    gevonden: Toestemming | None = aanvraag.__dict__["_toestemming"]
    if gevonden is not None and gevonden.gemeente_id == aanvraag.gemeente_id:
        aanvraag.gemeente = gevonden.gemeente  # the same row, already here
    return gevonden


def _toestemming_tekst(aanvraag: Aanvraag) -> str:
    toestemming = toestemming_onder(aanvraag) or toestemming_van_toen(aanvraag)
    if toestemming is None or toestemming.beslist_op is None:
        return ""
    return f"Verklaring van de gemeente {toestemming.gemeente.naam} van {datum_van(toestemming.beslist_op):%d-%m-%Y}"
