"""From the text of a TOML file to a Regelinginhoud. An error names the line and what is wrong."""

from __future__ import annotations

import itertools

from budget.regels.regeling import (
    Controle,
    Document,
    Doelgroep,
    DubbelTraject,
    GelijkeRang,
    Grond,
    Herinneringen,
    Instantie,
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
from budget.regels.tabel import Tabel, TomlFout, lees_toml


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
        potten=_potten(t.tabel("potten")),
        termijnen=_termijnen(t.tabel("termijnen")),
        herinneringen=_herinneringen(t.tabel("herinneringen")),
        instantie=_instantie(t.tabel("instantie")),
        regels=_regels(t.tabel("regels")),
    )
    t.klaar()
    _controleer_samenhang(inhoud, t)
    return inhoud


def _tijdvak(t: Tabel) -> Tijdvak:
    tijdvak = Tijdvak(t.code(), t.dag("van"), t.dag("tot_en_met"))
    if tijdvak.tot_en_met < tijdvak.van:
        raise t.fout("tot_en_met", "ligt voor “van”")
    return tijdvak


def _doelgroep(t: Tabel) -> Doelgroep:
    return Doelgroep(t.code(), t.tekst("naam"), t.getal("maanden", 1), t.getal("verlenging_max_maanden"))


def _controle(t: Tabel) -> Controle:
    return Controle(t.code(), t.tekst("vraag"), t.keuze("toets", Toets), t.code("grond"))


def _route(t: Tabel) -> Route:
    route = Route(
        code=t.code(),
        naam=t.tekst("naam"),
        voor=t.tekst("voor"),
        toets=t.keuze("toets", Toets),
        toestemming=t.janee("toestemming"),
        rijk_cent=t.getal("rijk_cent"),
        gemeente_cent=t.getal("gemeente_cent"),
        uitkeringen=t.teksten("uitkeringen"),
        controles=t.tabellen("controle", _controle),
    )
    if not route.bedrag_cent:
        raise t.fout("rijk_cent", "een route zonder bedrag bestaat niet")
    return route


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
    )
    t.klaar()
    return potten


def _tijdvakgrenzen(t: Tabel) -> Tijdvakgrenzen:
    grenzen = Tijdvakgrenzen(
        plafond_trajecten=t.getal("plafond_trajecten", 0, None),
        plafond_bedrag_cent=t.getal("plafond_bedrag_cent", 0, None),
        cap_per_gemeente=t.getal("cap_per_gemeente", 0, None),
    )
    t.klaar()
    return grenzen


def _termijnen(t: Tabel) -> Termijnen:
    termijnen = Termijnen(
        beslistermijn_weken=t.getal("beslistermijn_weken", 1),
        hersteltermijn_dagen=t.getal("hersteltermijn_dagen", 1),
        behandeling_max_maanden=t.getal("behandeling_max_maanden", 1),
        bezwaartermijn_weken=t.getal("bezwaartermijn_weken", 1),
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
        vrijval_bij=frozenset(Vrijval(v) for v in vrijval),
        aanvulling_na_sluiting=t.janee("aanvulling_na_sluiting"),
        dubbel_traject=t.keuze("dubbel_traject", DubbelTraject),
        geen_dienstverband=t.janee("geen_dienstverband"),
        start_voor_besluit=t.janee("start_voor_besluit"),
        toestemming_volgnummer=t.janee("toestemming_volgnummer"),
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
    gronden = {g.code for g in inhoud.gronden}
    nodig = {c.grond for r in inhoud.routes for c in r.controles}
    nodig |= {
        "buiten_tijdvak",
        "plafond",
        "sub_plafond",
        "cap_gemeente",
        "dubbel_traject",
        "geen_toestemming",
    }
    if nodig - gronden:
        raise t.fout("grond", f"de grond “{min(nodig - gronden)}” ontbreekt")
    op_volgorde = sorted(inhoud.tijdvakken, key=lambda v: v.van)
    for eerste, tweede in itertools.pairwise(op_volgorde):
        if tweede.van <= eerste.tot_en_met:
            raise t.fout("tijdvak", f"“{eerste.code}” en “{tweede.code}” overlappen elkaar")
