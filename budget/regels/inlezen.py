"""From the text of a TOML file to a Regelinginhoud. An error names the line and what is wrong."""

from __future__ import annotations

import itertools
from datetime import timedelta

from budget.regels.regeling import (
    Bedrag,
    Beslisser,
    Betaalmoment,
    CapBijFusie,
    Controle,
    Document,
    Doelgroep,
    DubbelTraject,
    GelijkeRang,
    Grond,
    Herinneringen,
    Instantie,
    Mijlpaal,
    NietPassend,
    Potten,
    RangBasis,
    Regelinginhoud,
    Regels,
    Route,
    Termijnen,
    Tijdvak,
    Tijdvakgrenzen,
    Toets,
    Vrijval,
)
from budget.regels.tabel import VERPLICHT, Tabel, TomlFout, lees_toml

# Versions from before there were betaalmomenten name none: all of it, once the traject runs.
_INEENS = (Betaalmoment("ineens", "Na de start van het traject", Mijlpaal.START, 100),)


class RegelingFout(TomlFout):
    """The file is wrong; `regel` is the line (1-based) it is about, 0 when it is about the whole file."""


def lees_regeling(tekst: str) -> Regelinginhoud:
    """Read and check one regeling. Raises RegelingFout at the first error."""
    t = lees_toml(tekst, RegelingFout)
    inhoud = Regelinginhoud(
        code=t.code(),
        naam=t.tekst("naam"),
        korte_naam=t.tekst("korte_naam"),
        grondslag=t.tekst("grondslag"),
        uitleg=t.tekst("uitleg"),
        voor_wie=t.tekst("voor_wie"),
        verplichtingen=t.teksten("verplichtingen"),
        tijdvakken=t.tabellen("tijdvak", _tijdvak),
        doelgroepen=t.tabellen("doelgroep", _doelgroep),
        routes=t.tabellen("route", _route),
        gronden=t.tabellen("grond", lambda g: Grond(g.code(), g.tekst("tekst"), g.tekst("bron"))),
        documenten=t.tabellen("document", _document, minstens=0),
        betaalmomenten=t.tabellen("betaalmoment", _betaalmoment, minstens=0) or _INEENS,
        potten=_potten(t.tabel("potten")),
        termijnen=_termijnen(t.tabel("termijnen")),
        herinneringen=_herinneringen(t.tabel("herinneringen")),
        instantie=_instantie(t.tabel("instantie")),
        regels=_regels(t.tabel("regels")),
        bewaartermijn_jaren=t.getal("bewaartermijn_jaren", 1, 7),
    )
    t.klaar()
    _controleer_samenhang(inhoud, t)
    return inhoud


def _tijdvak(t: Tabel) -> Tijdvak:
    """The last day, or a day `tot` of which the source doesn't say whether it counts: `tot_inclusief` says it."""
    code, van = t.code(), t.dag("van")
    einde, sleutel = t.dag("tot_en_met", None), "tot_en_met"
    if einde is None:
        einde, sleutel = t.dag("tot"), "tot"
        if not t.janee("tot_inclusief"):
            einde -= timedelta(days=1)
    if einde < van:
        raise t.fout(sleutel, "ligt voor “van”")
    return Tijdvak(
        code, van, einde, t.dag("gepubliceerd_op", None), t.tekst("bron", ""), t.tekst("twijfel", "")
    )


def _doelgroep(t: Tabel) -> Doelgroep:
    return Doelgroep(t.code(), t.tekst("naam"), t.getal("maanden", 1), t.getal("verlenging_max_maanden"))


def _controle(t: Tabel) -> Controle:
    return Controle(t.code(), t.tekst("vraag"), t.keuze("toets", Toets), t.code("grond"))


def _route(t: Tabel) -> Route:
    bedragen = dict(t.tabellen("bedrag", _bedrag, minstens=0))
    zonder = 0 if bedragen else VERPLICHT
    route = Route(
        code=t.code(),
        naam=t.tekst("naam"),
        voor=t.tekst("voor"),
        toets=t.keuze("toets", Toets),
        toestemming=t.janee("toestemming"),
        rijk_cent=t.getal("rijk_cent", 0, zonder),
        gemeente_cent=t.getal("gemeente_cent", 0, zonder),
        uitkeringen=t.teksten("uitkeringen"),
        controles=t.tabellen("controle", _controle),
        beslisser=t.keuze("beslisser", Beslisser, Beslisser.UWV),
        budget_vragen=t.janee("budget_vragen", False),
        inkooporder=t.janee("inkooporder", False),
        bedragen=bedragen,
        voorbeeldbedragen=t.janee("voorbeeldbedragen", False),
    )
    if not bedragen and not route.rijk_cent + route.gemeente_cent:
        raise t.fout("rijk_cent", "een route zonder bedrag bestaat niet")
    if route.budget_vragen and not route.gemeente_beslist:
        raise t.fout("budget_vragen", "alleen een gemeente die zelf beslist, vraagt UWV om budget")
    if route.gemeente_beslist and route.toestemming:
        raise t.fout("toestemming", "een gemeente die zelf beslist, geeft niet ook toestemming")
    return route


def _bedrag(t: Tabel) -> tuple[str, Bedrag]:
    code, bedrag = t.code("doelgroep"), Bedrag(t.getal("rijk_cent"), t.getal("gemeente_cent"))
    if not bedrag.bedrag_cent:
        raise t.fout("rijk_cent", "een traject zonder bedrag bestaat niet")
    return code, bedrag


def _betaalmoment(t: Tabel) -> Betaalmoment:
    return Betaalmoment(t.code(), t.tekst("naam"), t.keuze("bij", Mijlpaal), t.getal("procent", 1))


def _document(t: Tabel) -> Document:
    return Document(t.code(), t.tekst("naam"), t.janee("verplicht"), t.teksten("routes", []))


def _potten(t: Tabel) -> Potten:
    sub, per_tijdvak = t.tabel("sub_plafond", {}), t.tabel("tijdvak", {})
    potten = Potten(
        plafond_trajecten=t.getal("plafond_trajecten", 0, None),
        plafond_bedrag_cent=t.getal("plafond_bedrag_cent", 0, None),
        cap_per_gemeente=t.getal("cap_per_gemeente", 0, None),
        cap_telt_routes=t.teksten("cap_telt_routes", []),
        sub_plafond={route: sub.getal(route) for route in sub.sleutels()},
        tijdvak={code: _tijdvakgrenzen(per_tijdvak.tabel(code)) for code in per_tijdvak.sleutels()},
        voorbeeldbedragen=t.janee("voorbeeldbedragen", False),
    )
    t.klaar()
    return potten


def _tijdvakgrenzen(t: Tabel) -> Tijdvakgrenzen:
    grenzen = Tijdvakgrenzen(
        plafond_trajecten=t.getal("plafond_trajecten", 0, None),
        plafond_bedrag_cent=t.getal("plafond_bedrag_cent", 0, None),
        cap_per_gemeente=t.getal("cap_per_gemeente", 0, None),
        voorbeeldbedragen=t.janee("voorbeeldbedragen", False),
    )
    t.klaar()
    return grenzen


def _termijnen(t: Tabel) -> Termijnen:
    termijnen = Termijnen(
        beslistermijn_weken=t.getal("beslistermijn_weken", 1),
        hersteltermijn_dagen=t.getal("hersteltermijn_dagen", 1),
        behandeling_max_maanden=t.getal("behandeling_max_maanden", 1, None),
        bezwaartermijn_weken=t.getal("bezwaartermijn_weken", 1),
        reservering_geldig_dagen=t.getal("reservering_geldig_dagen", 1, 28),
        verslag_weken=t.getal("verslag_weken", 1, 8),
        vaststelling_weken=t.getal("vaststelling_weken", 1, 8),
        zienswijze_dagen=t.getal("zienswijze_dagen", 1, 14),
        betaaltermijn_dagen=t.getal("betaaltermijn_dagen", 1, 30),
    )
    t.klaar()
    return termijnen


def _herinneringen(t: Tabel) -> Herinneringen:
    herinneringen = Herinneringen(
        beslistermijn=t.getallen("beslistermijn"),
        hersteltermijn=t.getallen("hersteltermijn"),
        einde_tijdvak=t.getallen("einde_tijdvak"),
        einde_traject=t.getallen("einde_traject"),
        wachten_op_toestemming=t.getallen("wachten_op_toestemming"),
        stopbericht=t.getallen("stopbericht", [14]),
        verslag=t.getallen("verslag", [14]),
        reservering=t.getallen("reservering", [7]),
    )
    t.klaar()
    return herinneringen


def _instantie(t: Tabel) -> Instantie:
    instantie = Instantie(t.tekst("beslisser"), t.teksten("bezwaar_adres"), t.tekst("mandaat", ""))
    t.klaar()
    return instantie


def _regels(t: Tabel) -> Regels:
    vrijval = t.teksten("vrijval_bij")
    onbekend = [v for v in vrijval if v not in list(Vrijval)]
    if onbekend:
        raise t.fout("vrijval_bij", f"“{onbekend[0]}” bestaat niet; kies uit: {', '.join(Vrijval)}")
    regels = Regels(
        rang_basis=t.keuze("rang_basis", RangBasis),
        # Versions from before there was a loting don't name it, and are never changed.
        gelijke_rang=t.keuze("gelijke_rang", GelijkeRang, GelijkeRang.TIJDSTIP),
        niet_passend_beleid=t.keuze("niet_passend_beleid", NietPassend),
        cap_bij_fusie=t.keuze("cap_bij_fusie", CapBijFusie, CapBijFusie.SOM),
        vrijval_bij=frozenset(Vrijval(v) for v in vrijval),
        aanvulling_na_sluiting=t.janee("aanvulling_na_sluiting"),
        dubbel_traject=t.keuze("dubbel_traject", DubbelTraject),
        geen_dienstverband=t.janee("geen_dienstverband"),
        start_voor_besluit=t.janee("start_voor_besluit"),
        toestemming_volgnummer=t.janee("toestemming_volgnummer"),
        ander_traject=t.keuze("ander_traject", DubbelTraject, DubbelTraject.BLOKKEER),
        erkenning=t.janee("erkenning", False),
        handtekening=t.janee("handtekening", False),
        sggz=t.janee("sggz", True),
        inschrijving_werkzoekend=t.janee("inschrijving_werkzoekend", False),
        start_vanaf=t.dag("start_vanaf", None),
        retro_indienen_tot=t.dag("retro_indienen_tot", None),
    )
    t.klaar()
    return regels


def _controleer_samenhang(inhoud: Regelinginhoud, t: Tabel) -> None:
    """What one part of the file says of another must exist there."""
    for naam, codes in (
        ("tijdvak", [x.code for x in inhoud.tijdvakken]),
        ("doelgroep", [x.code for x in inhoud.doelgroepen]),
        ("route", [x.code for x in inhoud.routes]),
        ("grond", [x.code for x in inhoud.gronden]),
        ("document", [x.code for x in inhoud.documenten]),
        ("betaalmoment", [x.code for x in inhoud.betaalmomenten]),
    ):
        dubbel = {code for code in codes if codes.count(code) > 1}
        if dubbel:
            raise t.fout(naam, f"de code “{dubbel.pop()}” staat er twee keer")
    routes = {r.code for r in inhoud.routes}
    genoemd = {*inhoud.potten.cap_telt_routes, *inhoud.potten.sub_plafond}
    genoemd |= {route for document in inhoud.documenten for route in document.routes}
    if genoemd - routes:
        raise t.fout("potten", f"de route “{min(genoemd - routes)}” bestaat niet")
    onbekend = set(inhoud.potten.tijdvak) - {v.code for v in inhoud.tijdvakken}
    if onbekend:
        raise t.fout("potten", f"het tijdvak “{min(onbekend)}” bestaat niet")
    _controleer_gronden(inhoud, t)
    _controleer_bedragen(inhoud, t)
    op_volgorde = sorted(inhoud.tijdvakken, key=lambda v: v.van)
    for eerste, tweede in itertools.pairwise(op_volgorde):
        if tweede.van <= eerste.tot_en_met:
            raise t.fout("tijdvak", f"“{eerste.code}” en “{tweede.code}” overlappen elkaar")


def _controleer_gronden(inhoud: Regelinginhoud, t: Tabel) -> None:
    """Every ground on which the program itself may refuse has its sentence and its source."""
    nodig = {c.grond for r in inhoud.routes for c in r.controles}
    nodig |= {"buiten_tijdvak", "plafond", "sub_plafond", "cap_gemeente", "dubbel_traject"}
    if any(r.toestemming for r in inhoud.routes):
        nodig.add("geen_toestemming")
    if inhoud.regels.erkenning:
        nodig.add("geen_erkenning")
    if inhoud.regels.start_vanaf is not None:
        nodig.add("start_te_vroeg")
    ontbreekt = nodig - {g.code for g in inhoud.gronden}
    if ontbreekt:
        raise t.fout("grond", f"de grond “{min(ontbreekt)}” ontbreekt")


def _controleer_bedragen(inhoud: Regelinginhoud, t: Tabel) -> None:
    """Each doelgroep has an amount on each route, and the betaalmomenten are together the whole of it."""
    doelgroepen = {d.code for d in inhoud.doelgroepen}
    for route in inhoud.routes:
        onbekend = set(route.bedragen) - doelgroepen
        if onbekend:
            raise t.fout("route", f"de doelgroep “{min(onbekend)}” bestaat niet")
        zonder = [code for code in sorted(doelgroepen) if not route.bedrag_voor(code).bedrag_cent]
        if zonder:
            raise t.fout("route", f"op de route “{route.code}” heeft de doelgroep “{zonder[0]}” geen bedrag")
    if sum(m.procent for m in inhoud.betaalmomenten) != 100:
        raise t.fout("betaalmoment", "de procenten zijn samen niet 100")
    met_order = any(r.inkooporder for r in inhoud.routes)
    if not met_order and any(m.bij is Mijlpaal.INKOOPORDER for m in inhoud.betaalmomenten):
        raise t.fout("betaalmoment", "er is geen route met een inkooporder")
