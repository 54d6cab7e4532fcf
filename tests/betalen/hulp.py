"""What the tests of the money share: something that was granted, people of every party, a confirmed rekening, a PDF."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from budget.handelingen import betalen, facturen, goedkeuren, inkopen, rekeningen, verplichtingen
from budget.handelingen.laden import laad_regeling
from budget.models import Bankrekening, Betaalmoment, Betaalverplichting, Debiteur, Factuur, Reservering
from budget.regels.regeling import Mijlpaal
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol
from tests.fabriek import NIJMEGEN, NU, Wereld, doe, maak_actor, maak_wereld, regelingtekst, verleen_plaatsen

IBAN = "NL91ABNA0417164300"
ANDERE_IBAN = "NL20INGB0001234567"
DAG = timedelta(days=1)
_nummer = itertools.count(1)


def laad_met_momenten(
    momenten: Sequence[tuple[str, str, int]] = (), *, inkooporder: bool = False, nu: datetime = NU
) -> None:
    """IPS-CMD-2019 with betaalmomenten (code, mijlpaal, percent), and with an inkooporder on every route."""
    tekst = regelingtekst()
    if inkooporder:
        tekst = tekst.replace("[[route]]\n", "[[route]]\ninkooporder = true\n")
    for code, bij, procent in momenten:
        tekst += f'\n[[betaalmoment]]\ncode = "{code}"\nnaam = "{code}"\nbij = "{bij}"\nprocent = {procent}\n'
    laad_regeling(tekst, reden="voor een test", nu=nu)


def verleend(
    wereld: Wereld, *, route: str = "gemeente", gemeente: str = NIJMEGEN, nu: datetime = NU
) -> Reservering:
    """A place that was granted, with what is owed for it laid down."""
    (reservering,) = verleen_plaatsen(wereld, 1, gemeenten=[gemeente], route=route, nu=nu)
    with transaction.atomic():
        verplichtingen.leg_vast(reservering, wereld.instelling.organisatie, nu)
    return reservering


def gestart(wereld: Wereld, nu: datetime = NU, **over: Any) -> Reservering:
    """As `verleend`, with the traject started: the money of IPS-CMD-2019 falls due."""
    reservering = verleend(wereld, nu=nu, **over)
    with transaction.atomic():
        verplichtingen.bereikt(reservering, Mijlpaal.START, datum_van(nu))
    return reservering


def van(reservering: Reservering, debiteur: str = Debiteur.UWV) -> Betaalverplichting:
    return Betaalverplichting.objects.select_related("reservering").get(
        reservering=reservering, debiteur=debiteur
    )


def financien(wereld: Wereld) -> tuple[Actor, Actor]:
    """Two people of UWV's finance department."""
    een = wereld.lid(wereld.uwv, Rol.UWV_FINANCIEN)
    twee = wereld._leden.get((wereld.uwv.pk, Rol.BEHEERDER)) or maak_actor(Rol.UWV_FINANCIEN, wereld.uwv)
    wereld._leden[wereld.uwv.pk, Rol.BEHEERDER] = twee
    return een, twee


def met_rekening(wereld: Wereld, iban: str = IBAN, nu: datetime = NU) -> Bankrekening:
    """The confirmed rekening of the instelling of this world."""
    beheerder = wereld.lid(wereld.instelling.organisatie, Rol.INSTELLINGSBEHEERDER)
    rekening = doe(rekeningen.doorgeven, None, beheerder, nu, iban=iban, tenaamstelling="Stichting Voorbeeld")
    doe(rekeningen.bevestigen, rekening, financien(wereld)[0], nu)
    return Bankrekening.objects.get(pk=rekening.pk)


def wereld_met_rekening(**over: Any) -> Wereld:
    wereld = maak_wereld(**over)
    met_rekening(wereld)
    return wereld


def dag(nu: datetime = NU) -> date:
    return datum_van(nu)


def vers(factuur: Factuur) -> Factuur:
    return Factuur.objects.select_related("verplichting__reservering").get(pk=factuur.pk)


def pdf(naam: str = "factuur.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, PDF, "application/pdf")


def _maak_pdf() -> bytes:
    doel = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(doel)
    return doel.getvalue()


PDF = _maak_pdf()


def invoer(verplichting: Betaalverplichting, nu: datetime = NU, **over: Any) -> dict[str, Any]:
    """What the instelling fills in: by default all of the first betaalmoment."""
    moment = Betaalmoment.objects.filter(verplichting=verplichting).first()
    assert moment is not None
    bedrag = over.pop("bedrag_cent", moment.bedrag_cent)
    return {
        "betaalmoment": moment.pk,
        "nummer": f"F-{next(_nummer)}",
        "factuurdatum": datum_van(nu),
        "bedrag_cent": bedrag,
        "btw_cent": 0,
        "iban": IBAN,
        "bestand": pdf(),
    } | over


def dien_in(wereld: Wereld, verplichting: Betaalverplichting, nu: datetime = NU, **over: Any) -> Factuur:
    verplichting = Betaalverplichting.objects.get(pk=verplichting.pk)
    velden = invoer(verplichting, nu, **over)
    return doe(facturen.indienen, verplichting, wereld.behandelaar, nu, **velden)


def keur_goed(wereld: Wereld, factuur: Factuur, nu: datetime = NU) -> Factuur:
    """Controlled by one and approved by another, of the party that owes it."""
    een, twee = financien(wereld)
    if factuur.verplichting.debiteur == Debiteur.GEMEENTE:
        code = factuur.verplichting.gemeente.code
        een, twee = wereld.van_gemeente(code, Rol.GEMEENTEMEDEWERKER), wereld.van_gemeente(code)
    doe(facturen.controleren, factuur, een, nu)
    doe(goedkeuren.goedkeuren, factuur, twee, nu)
    return vers(factuur)


def bestel(wereld: Wereld, reservering: Reservering, nu: datetime = NU, nummer: str = "") -> None:
    nummer = nummer or f"IO-{next(_nummer)}"
    doe(inkopen.plaatsen, van(reservering), financien(wereld)[0], nu, nummer=nummer)


def crediteer(wereld: Wereld, factuur: Factuur, bedrag_cent: int, nu: datetime = NU, **over: Any) -> Factuur:
    velden = {
        "nummer": f"C-{next(_nummer)}",
        "factuurdatum": datum_van(nu),
        "bedrag_cent": bedrag_cent,
        "btw_cent": 0,
        "reden": "Te veel gerekend.",
        "bestand": pdf("credit.pdf"),
    } | over
    return doe(goedkeuren.crediteren, factuur, wereld.behandelaar, nu, **velden)


def maak_geld(wereld: Wereld, nu: datetime = NU) -> None:
    """A row of everything of the money: paid in a betaalbatch, reclaimed, and an inkooporder."""
    met_rekening(wereld, nu=nu)
    reservering = gestart(wereld, nu, route="uwv")
    factuur = keur_goed(wereld, dien_in(wereld, van(reservering), nu), nu)
    een, _ = financien(wereld)
    batch = doe(
        betalen.maken, None, een, nu, facturen=[factuur.pk], uitvoeren_op=datum_van(nu) + DAG
    )  # fmt: skip
    doe(betalen.uitgevoerd, batch, een, nu + DAG, betaald_op=datum_van(nu + DAG))
    with transaction.atomic():
        verplichtingen.stel_vast(reservering, 1, nu + DAG)
    laad_met_momenten(inkooporder=True, nu=nu)
    bestel(wereld, gestart(wereld, nu, route="uwv"), nu)
