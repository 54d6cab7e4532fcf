"""What is filled in, and an existing dossier one step further."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from aanvragen.handelingen import (
    behandelen,
    beslissen,
    budget_vragen,
    indienen,
    intrekken,
    intrekking,
    invullen,
    ondertekenen,
    stoppen,
    storing,
    toestemming,
    traject,
    verlengen,
)
from aanvragen.handelingen.handtekening import leesteken_van, tekst_voor
from aanvragen.handelingen.intrekking import is_zelf_gemeld, levend_voornemen
from aanvragen.models import Aanvraag, Intrekkingsvoornemen, Traject, Verlenging
from aanvragen.regels.statussen import AanvraagStatus
from aanvragen.regels.volledigheid import Onderdeel
from budget.regels.regeling import Vrijval
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol
from tests.fabriek.wereld import NIJMEGEN, NU, Wereld, doe, vers


def invoer(
    wereld: Wereld,
    *,
    route: str = "gemeente",
    gemeente: str = NIJMEGEN,
    bsn: str | None = None,
    nu: datetime = NU,
    **over: Any,
) -> dict[Onderdeel, dict[str, Any]]:
    """The values of every onderdeel of a complete aanvraag; `over` replaces fields by their name."""
    dag = datum_van(nu)
    regels = wereld.regeling.versie_op(dag).inhoud.regels
    waarden: dict[Onderdeel, dict[str, Any]] = {
        Onderdeel.INSTELLING: {
            "behandelaar_naam": "D. de Groot",
            "trajectbegeleider_naam": "T. Bakker",
            "trajectbegeleider_email": "t.bakker@voorbeeld.example",
            "trajectbegeleider_telefoon": "024 123 45 67",
        },
        Onderdeel.DEELNEMER: {
            "bsn": bsn or wereld.nieuwe_bsn(),
            "voorletters": "A.B.",
            "achternaam": "Voorbeeld",
            "geboortedatum": date(1990, 1, 31),
            "adres": "Proefweg 12",
            "postcode": "6511 AA",
            "woonplaats": "Voorbeeldstad",
            "gemeente_id": wereld.gemeente(gemeente).pk,
        },
        Onderdeel.SITUATIE: {
            "doelgroep": "CMD",
            "uitkering": "uwv" if route == "uwv" else "bijstand",
            "werkzoekend_ingeschreven": None,
            "route": route,
            "werk": "geen",
            "werk_uren": None,
            "werk_toelichting": "",
            "ander_werk": None,
            "ander_traject": False,
            "werkwens_op": dag - timedelta(days=20),
            "akkoord_op": dag - timedelta(days=10),
        },
        Onderdeel.BEHANDELING: {
            "gediagnosticeerd": True,
            "in_sggz": True if regels.sggz else None,
            "begonnen_in": (dag - timedelta(days=300)).replace(day=1),
            "langer_toelichting": "",
        },
        Onderdeel.TRAJECT: {"gewenste_start": dag + timedelta(days=90), "toelichting": ""},
    }
    for naam, waarde in over.items():
        onderdeel = next((o for o, velden in waarden.items() if naam in velden), None)
        assert onderdeel is not None, (
            f"er is geen veld {naam}; wel: {[v for w in waarden.values() for v in w]}"
        )
        waarden[onderdeel][naam] = waarde
    return waarden


def vul_in(
    wereld: Wereld, aanvraag: Aanvraag, waarden: dict[Onderdeel, dict[str, Any]], nu: datetime = NU
) -> Aanvraag:
    """Save these onderdelen, one act each."""
    for onderdeel, velden in waarden.items():
        doe(
            invullen.onderdeel_opslaan, aanvraag, wereld.behandelaar, nu,
            onderdeel=onderdeel, waarden=velden, versie=aanvraag.versie,
        )  # fmt: skip
    return vers(aanvraag)


def onderteken(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    """The deelnemer signs on the screen of the behandelaar."""
    doe(
        ondertekenen.ondertekenen, aanvraag, wereld.behandelaar, nu,
        wijze="scherm", naam=aanvraag.deelnemer.naam, akkoord=True,
        gelezen=leesteken_van(tekst_voor(aanvraag, datum_van(nu))),
    )  # fmt: skip
    return vers(aanvraag)


def vraag_toestemming(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    doe(toestemming.vragen, aanvraag, wereld.behandelaar, nu)
    return vers(aanvraag)


def geef_toestemming(
    wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU, *, door: Actor | None = None
) -> Aanvraag:
    assert aanvraag.gemeente is not None
    doe(
        toestemming.verlenen, aanvraag, door or wereld.van_gemeente(aanvraag.gemeente.code, nu=nu), nu,
        uitkering_klopt=True, geen_ander_traject=True, voorzieningen="", functie="Klantmanager",
    )  # fmt: skip
    return vers(aanvraag)


def weiger_toestemming(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    assert aanvraag.gemeente is not None
    doe(
        toestemming.weigeren, aanvraag, wereld.van_gemeente(aanvraag.gemeente.code, nu=nu), nu,
        motivering="Er loopt al een voorziening.", functie="Klantmanager",
    )  # fmt: skip
    return vers(aanvraag)


def trek_toestemming_in(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    assert aanvraag.gemeente is not None
    doe(
        toestemming.intrekken, aanvraag, wereld.van_gemeente(aanvraag.gemeente.code, nu=nu), nu,
        motivering="De inwoner heeft geen bijstand meer.",
    )  # fmt: skip
    return vers(aanvraag)


def dien_in(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU, **sleutel: Any) -> Aanvraag:
    doe(indienen.indienen, aanvraag, wereld.behandelaar, nu, **sleutel)
    return vers(aanvraag)


def pak_op(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    if aanvraag.opgepakt_door_id is None:
        doe(behandelen.oppakken, aanvraag, wereld.voorbereider(aanvraag, nu), nu)
    return vers(aanvraag)


def vraag_aanvulling(
    wereld: Wereld,
    aanvraag: Aanvraag,
    nu: datetime = NU,
    *,
    vraag: str = "Het akkoord van de deelnemer ontbreekt.",
    termijn_tot: date | None = None,
    op_formulier: bool = True,
    punten: tuple[str, ...] = (),
) -> Aanvraag:
    """Ask for an aanvulling, by default within fourteen days."""
    doe(
        behandelen.aanvulling_vragen, pak_op(wereld, aanvraag, nu), wereld.voorbereider(aanvraag, nu), nu,
        vraag=vraag, termijn_tot=termijn_tot or datum_van(nu) + timedelta(days=14), op_formulier=op_formulier,
        punten=punten,
    )  # fmt: skip
    return vers(aanvraag)


def dien_aanvulling_in(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    doe(
        indienen.aanvullen, aanvraag, wereld.behandelaar, nu, antwoord="Het akkoord staat nu bij de bijlagen."
    )
    return vers(aanvraag)


def beoordeel_na_storing(
    wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU, *, aanvaard: bool = True
) -> Aanvraag:
    """Weigh what came in after the tijdvak because the portal was down."""
    wie = wereld.voorbereider(aanvraag, nu)
    doe(
        storing.storing_beoordelen,
        aanvraag,
        wie,
        nu,
        aanvaard=aanvaard,
        motivering="De storing duurde een uur.",
    )
    return vers(aanvraag)


def neem_in_behandeling(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    doe(behandelen.in_behandeling_nemen, pak_op(wereld, aanvraag, nu), wereld.voorbereider(aanvraag, nu), nu)
    return vers(aanvraag)


def beoordeel(
    wereld: Wereld,
    aanvraag: Aanvraag,
    nu: datetime = NU,
    *,
    advies: str = "toekennen",
    gronden: tuple[str, ...] = (),
    niet: tuple[str, ...] = (),
) -> Aanvraag:
    """Answer every controle with yes, but those in `niet`; taken into treatment first where that is still to do."""
    if aanvraag.status == AanvraagStatus.INGEDIEND:
        aanvraag = neem_in_behandeling(wereld, aanvraag, nu)
    controles = aanvraag.inhoud.route(aanvraag.route).controles
    doe(
        behandelen.beoordelen, aanvraag, wereld.voorbereider(aanvraag, nu), nu,
        uitkomsten={c.code: {"klopt": c.code not in niet} for c in controles},
        advies=advies, gronden=list(gronden), motivering="Zo staat het in het dossier.",
    )  # fmt: skip
    return vers(aanvraag)


def vraag_budget(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    """Part 2: the gemeente asks UWV; reviewed first where that is still to do."""
    if not hasattr(aanvraag, "beoordeling"):
        aanvraag = beoordeel(wereld, aanvraag, nu)
    doe(budget_vragen.vragen, aanvraag, wereld.voorbereider(aanvraag, nu), nu)
    return vers(aanvraag)


def reserveer_budget(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    """UWV holds the amount; asked for first where that is still to do."""
    if aanvraag.status != AanvraagStatus.BUDGET_GEVRAAGD:
        aanvraag = vraag_budget(wereld, aanvraag, nu)
    doe(budget_vragen.reserveren, aanvraag, wereld.met(Rol.UWV_FINANCIEN), nu)
    return vers(aanvraag)


def weiger_budget(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    """UWV says that there is no budget."""
    doe(budget_vragen.weigeren, aanvraag, wereld.met(Rol.UWV_FINANCIEN), nu)
    return vers(aanvraag)


def ken_toe(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    """Grant; reviewed, and the budget held, first where that is still to do."""
    if not hasattr(aanvraag, "beoordeling"):
        aanvraag = beoordeel(wereld, aanvraag, nu)
    vraagt = aanvraag.inhoud.route(aanvraag.route).budget_vragen
    if vraagt and aanvraag.status == AanvraagStatus.IN_BEHANDELING:
        aanvraag = reserveer_budget(wereld, aanvraag, nu)
    doe(
        beslissen.toekennen, aanvraag, wereld.besluitnemer(aanvraag, nu), nu,
        motivering="De aanvraag voldoet aan de regeling.",
    )  # fmt: skip
    return vers(aanvraag)


def wijs_af(
    wereld: Wereld,
    aanvraag: Aanvraag,
    nu: datetime = NU,
    *,
    gronden: tuple[str, ...] = ("niet_in_doelgroep",),
) -> Aanvraag:
    """Refuse; reviewed first where that is still to do."""
    if not hasattr(aanvraag, "beoordeling"):
        aanvraag = beoordeel(wereld, aanvraag, nu, advies="afwijzen", gronden=gronden)
    doe(
        beslissen.afwijzen, aanvraag, wereld.besluitnemer(aanvraag, nu), nu,
        gronden=list(gronden), motivering="De aanvraag voldoet niet aan de regeling.",
    )  # fmt: skip
    return vers(aanvraag)


def laat_buiten_behandeling(wereld: Wereld, aanvraag: Aanvraag, nu: datetime) -> Aanvraag:
    doe(
        beslissen.buiten_behandeling,
        aanvraag,
        wereld.besluitnemer(aanvraag, nu),
        nu,
        motivering="De aanvulling is niet gekomen.",
    )
    return vers(aanvraag)


def neem_voor_in_te_trekken(
    wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU, *, reden: str = "niet_uitgevoerd"
) -> Intrekkingsvoornemen:
    """Tell the instelling that the verlening may be withdrawn."""
    return doe(
        intrekking.voornemen_intrekken, aanvraag, wereld.voorbereider(aanvraag, nu), nu,
        reden=reden, motivering="Wij kregen geen bericht meer.",
    )  # fmt: skip


def reageer_op_voornemen(
    wereld: Wereld, voornemen: Intrekkingsvoornemen, nu: datetime = NU
) -> Intrekkingsvoornemen:
    doe(
        intrekking.zienswijze_geven, voornemen, wereld.behandelaar, nu,
        zienswijze="Wij konden het niet eerder melden.",
    )  # fmt: skip
    return Intrekkingsvoornemen.objects.get(pk=voornemen.pk)


def trek_besluit_in(
    wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU, *, gebeurtenis: Vrijval | None = None
) -> Aanvraag:
    """Withdraw the verlening; without `gebeurtenis` for the reason that follows from the traject.

    The instelling is heard first, and reacts at once, where that is still to do.
    """
    if levend_voornemen(aanvraag) is None and not is_zelf_gemeld(aanvraag):
        reageer_op_voornemen(wereld, neem_voor_in_te_trekken(wereld, aanvraag, nu), nu)
        aanvraag = vers(aanvraag)
    doe(
        beslissen.besluit_intrekken, aanvraag, wereld.besluitnemer(aanvraag, nu), nu,
        motivering="Het traject gaat niet door.", gebeurtenis=gebeurtenis,
    )  # fmt: skip
    return vers(aanvraag)


def trek_in(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    doe(intrekken.intrekken, aanvraag, wereld.behandelaar, nu)
    return vers(aanvraag)


def start(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU, *, op: date | None = None) -> Traject:
    """Report the start, by default on the day of `nu`."""
    deel = Traject.objects.get(aanvraag=aanvraag)
    doe(traject.starten, deel, wereld.behandelaar, nu, startdatum=op or datum_van(nu))
    return Traject.objects.get(pk=deel.pk)


def stop(
    wereld: Wereld, deel: Traject, nu: datetime, *, op: date | None = None, reden: str = "keuze"
) -> Traject:
    doe(stoppen.stoppen, deel, wereld.behandelaar, nu, gestopt_op=op or datum_van(nu), stop_reden=reden)
    return Traject.objects.get(pk=deel.pk)


def start_niet(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Traject:
    deel = Traject.objects.get(aanvraag=aanvraag)
    doe(traject.niet_starten, deel, wereld.behandelaar, nu, toelichting="De deelnemer ziet ervan af.")
    return Traject.objects.get(pk=deel.pk)


def vraag_verlenging(wereld: Wereld, deel: Traject, nu: datetime = NU, *, maanden: int = 12) -> Verlenging:
    return doe(
        verlengen.vragen, deel, wereld.behandelaar, nu,
        maanden=maanden, motivering="De deelnemer heeft nu een proefplaatsing.",
    )  # fmt: skip


def beslis_verlenging(
    wereld: Wereld, verlenging: Verlenging, nu: datetime = NU, *, toe: bool = True
) -> Traject:
    """Advised on and decided."""
    doe(
        verlengen.adviseren, verlenging, wereld.voorbereider(verlenging.dossier, nu), nu,
        advies="toekennen" if toe else "afwijzen", motivering="Zie het verzoek.",
    )  # fmt: skip
    besluit = verlengen.toekennen if toe else verlengen.afwijzen
    doe(besluit, verlenging, wereld.besluitnemer(verlenging.dossier, nu), nu, motivering="Zie het advies.")
    return Traject.objects.get(pk=verlenging.traject_id)
