"""Ways to give out more than there is, as the application's role, and the budget that they are tried on.

The pool holds five, of which four are granted; the cap is two, and NIJMEGEN has both. V-1 was refused, F-1 was freed,
D-1 is of the same person as G-1, O-1 waits for an aanvulling, H-1 is held, the W's wait for NIJMEGEN, the A's for
ARNHEM, T-1 and T-2 were received at the same moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from budget.handelingen import plaatsen
from budget.models import RegelingVersie, Reservering
from tests.budget.hulp import geef_vrij, laad_tekst, laat_vallen
from tests.fabriek import ARNHEM, DRUTEN, NIJMEGEN, NU, Wereld, maak_wereld, regelingtekst

_KOPIE = """insert into budget_reservering (id, regeling_id, versie_id, status, kenmerk, tijdvak, route, gemeente_id,
    doelgroep, bedrag_cent, rijk_cent, gemeente_cent, persoon, ontvangen_op, rang_op, rang_lot, verleend_op,
    gereserveerd_tot, past_niet, handeling, gewijzigd_op)
  select gen_random_uuid(), regeling_id, versie_id, {status}, {kenmerk}, tijdvak, route, gemeente_id,
    doelgroep, {bedrag}, {rijk}, {gemeente}, convert_to({kenmerk}, 'UTF8'), ontvangen_op, {rang}, {lot}, now(),
    now(), false, 'aanval', now()
  from budget_reservering, generate_series(1, {aantal}) n where kenmerk = {zoals}"""


def kopie(**over: str) -> str:
    """A statement that inserts reserveringen like A-1."""
    standaard = {
        "status": "'verleend'", "kenmerk": "'X-' || n", "bedrag": "bedrag_cent", "rijk": "rijk_cent",
        "gemeente": "gemeente_cent", "rang": "rang_op", "lot": "null", "aantal": "1", "zoals": "'A-1'",
    }  # fmt: skip
    return _KOPIE.format(**standaard | over)


def verleen(waar: str) -> str:
    return f"update budget_reservering set status = 'verleend', verleend_op = now() where {waar}"


def zet(wat: str, kenmerk: str = "G-1") -> str:
    return f"update budget_reservering set {wat} where kenmerk = '{kenmerk}'"


def loting(**over: str) -> str:
    velden = {
        "id": "'11111111-1111-1111-1111-111111111111'", "regeling_id": "r.regeling_id", "rang_op": "r.rang_op",
        "status": "'voorbereid'", "deelnemers": "array['T-1', 'T-2']", "zaad": "''", "uitslag": "array[]::text[]",
        "voorbereid_door_id": "(select id from toegang_gebruiker order by email limit 1)", "voorbereid_op": "now()",
        "getrokken_door_id": "null::uuid", "getrokken_op": "null::timestamptz",
    } | over  # fmt: skip
    return (
        f"insert into budget_loting ({', '.join(velden)}) "
        f"select {', '.join(velden.values())} from budget_reservering r where r.kenmerk = 'T-1'"
    )


_UITSLAG = """(select array_agg(k order by sha256(convert_to('z:' || k, 'UTF8')) {richting})
  from unnest(deelnemers) k)"""
_ANDER = "(select id from toegang_gebruiker order by email offset 1 limit 1)"


def trek(wie: str = _ANDER, richting: str = "", **over: str) -> str:
    velden = {
        "status": "'getrokken'", "zaad": "'z'", "uitslag": _UITSLAG.format(richting=richting),
        "getrokken_door_id": wie, "getrokken_op": "now()",
    } | over  # fmt: skip
    return "update budget_loting set " + ", ".join(f"{k} = {v}" for k, v in velden.items())


def uitzondering(bevestigd_door: str = "null::uuid", bevestigd_op: str = "null::timestamptz") -> str:
    een = "(select id from toegang_gebruiker order by email limit 1)"
    return f"""insert into budget_uitzondering (id, reservering_id, bezwaar_kenmerk, beslist_op, motivering,
        voorgesteld_door_id, voorgesteld_op, bevestigd_door_id, bevestigd_op)
      select gen_random_uuid(), id, 'B-1', current_date, 'x', {een}, now(), {bevestigd_door}, {bevestigd_op}
      from budget_reservering where kenmerk = 'V-1'"""


_ZELF = "(select id from toegang_gebruiker order by email limit 1)"
_RUIM = (
    """select jsonb_agg(e || '{"trajecten": 1000, "cent": null}') from jsonb_array_elements(v.grenzen) e"""
)


def nagemaakte_versie(nummer: str) -> str:
    return f"""insert into budget_regelingversie
      select (jsonb_populate_record(v, jsonb_build_object('id', 900, 'nummer', {nummer}, 'grenzen', ({_RUIM})))).*
      from budget_regelingversie v
      where v.nummer = 1 and v.regeling_id = (select regeling_id from budget_reservering where kenmerk = 'A-1')"""


@dataclass(frozen=True)
class Aanval:
    """What is tried, statement after statement whatever was refused, and what the database says to it."""

    naam: str
    melding: str
    opdrachten: tuple[str, ...]


def aanval(naam: str, melding: str, *opdrachten: str) -> Aanval:
    return Aanval(naam, melding, opdrachten)


VOL, BEGIN, RECHT, PAD = (
    "geen plaats meer",
    "begint in de volgorde",
    "permission denied|must be owner",
    "kan niet",
)
ACHTER, ALLEEN = "wacht op dezelfde plaats", "Wat is vervallen komt alleen terug"

STATUSSEN = [
    aanval("een erbij die al is verleend", BEGIN, kopie()),
    aanval("honderd erbij die al zijn verleend", BEGIN, kopie(aantal="100")),
    aanval("een erbij die al is gereserveerd", BEGIN, kopie(status="'gereserveerd'")),
    aanval("een erbij als vrijgegeven, en dan verleend", BEGIN,
           kopie(status="'vrijgegeven'"), verleen("kenmerk = 'X-1'")),
    aanval("eerst aansluiten, dan verlenen", ACHTER, kopie(status="'in_volgorde'"), verleen("kenmerk = 'X-1'")),
    aanval("met een eigen lot erbij", "lot komt uit een loting", kopie(status="'in_volgorde'", lot="1")),
    aanval(
        "invoegen dat een ander overschrijft", ALLEEN,
        kopie(zoals="'V-1'", kenmerk="'V-1'", status="'in_volgorde'")
        + " on conflict (kenmerk) do update set status = 'verleend', verleend_op = now()",
    ),
    aanval(
        "samenvoegen met merge", f"{ALLEEN}|syntax error",
        "merge into budget_reservering r using (select 'F-1' as k) b on r.kenmerk = b.k "
        "when matched then update set status = 'verleend'",
    ),
    aanval("zes tegelijk in een opdracht", VOL, verleen("kenmerk like 'W-%'")),
    aanval("alles tegelijk in een opdracht", f"{VOL}|al een traject", verleen("status = 'in_volgorde'")),
    aanval("twee opdrachten in een transactie", ACHTER, verleen("kenmerk = 'A-2'"), verleen("kenmerk = 'A-1'")),
    aanval("wie gereserveerd is via een omweg", PAD,
           zet("status = 'vrijgegeven'", "H-1"), verleen("kenmerk = 'A-1'")),
    aanval("een afgewezene terughalen", ALLEEN, verleen("kenmerk = 'V-1'")),
    aanval("een afgewezene weer in de rij", ALLEEN, zet("status = 'in_volgorde'", "V-1"), verleen("kenmerk = 'V-1'")),
    aanval("een vrijgegevene terughalen", ALLEEN, verleen("kenmerk = 'F-1'")),
    aanval("een vrijgegevene weer in de rij", PAD, zet("status = 'onvolledig'", "F-1"), verleen("kenmerk = 'F-1'")),
    aanval("een verleende weer in de rij", PAD, zet("status = 'in_volgorde'"), zet("status = 'vervallen'")),
    aanval("een onvolledige overslaan", PAD, verleen("kenmerk = 'O-1'")),
    aanval("een onbekende status", PAD, zet("status = 'extra'", "A-1")),
    aanval("tweede traject van dezelfde deelnemer", "al een traject", verleen("kenmerk = 'D-1'")),
    aanval("tweede traject reserveren", "al een traject",
           zet("status = 'gereserveerd', gereserveerd_tot = now()", "D-1")),
    aanval("met uitgestelde controles", VOL, "set constraints all deferred", verleen("kenmerk = 'W-1'")),
]  # fmt: skip

VELDEN = [
    # What waits goes along when an aanvraag is sent on; what was granted does not.
    aanval("gemeente_id van een verleende wijzigen", "Alleen wat nog wacht",
           zet("gemeente_id = (select gemeente_id from budget_reservering where kenmerk = 'A-1')")),
    *(
        aanval(f"{veld} van een verleende wijzigen", RECHT, zet(f"{veld} = {waarde}"))
        for veld, waarde in (
            ("route", "'uwv'"), ("tijdvak", "'2099'"), ("doelgroep", "'EPA'"), ("persoon", "'x'"),
            ("regeling_id", "(select regeling_id from budget_reservering where kenmerk = 'B-1')"),
            ("versie_id", "(select versie_id from budget_reservering where kenmerk = 'B-1')"),
            ("rijk_cent", "0"), ("gemeente_cent", "-1"), ("bedrag_cent", "1"), ("rang_lot", "1"),
            ("ontvangen_op", "ontvangen_op - interval '1 year'"), ("volgnr", "0"), ("kenmerk", "'Y-1'"),
            ("id", "gen_random_uuid()"),
        )
    ),
    aanval("een bedrag onder nul", "cent_check", kopie(status="'in_volgorde'", rijk="-400000", gemeente="1200000")),
    aanval("een bedrag van niets", "bedrag_positief|cent_check",
           kopie(status="'in_volgorde'", bedrag="0", rijk="0", gemeente="0")),
    aanval("delen die niet optellen", "delen_tellen_op", kopie(status="'in_volgorde'", rijk="1")),
    aanval("de rang vervroegen", "rang verandert alleen", zet("rang_op = rang_op - interval '1 day'", "A-2")),
    aanval("de rang vervroegen via een aanvulling", "rang verandert alleen",
           zet("status = 'onvolledig'", "A-2"),
           zet("status = 'in_volgorde', rang_op = rang_op - interval '1 day'", "A-2")),
    aanval("een rang na de ontvangst", "moment van ontvangst",
           kopie(status="'in_volgorde'", rang="rang_op + interval '1 hour'")),
    aanval("een rang van lang voor de ontvangst", "moment van ontvangst",
           kopie(status="'in_volgorde'", rang="rang_op - interval '9 days'")),
    aanval("de rang weghalen", "rang verandert alleen|in_volgorde_met_rang",
           zet("rang_op = null", "W-1"), verleen("kenmerk = 'A-1'")),
]  # fmt: skip

POTTEN = [
    *(
        aanval(f"de pot: {wat}", RECHT, f"update budget_pot set {wat}", verleen("kenmerk = 'W-1'"))
        for wat in (
            "verleend_trajecten = 0, verleend_cent = 0", "gereserveerd_trajecten = 0", "grens_trajecten = 1000",
            "grens_trajecten = null", "hoogste_trajecten = 1000", "uitzondering_trajecten = 10",
            "verlaagd_op = now()", "telt_routes = array[]::text[]", "periode = 'weg'", "gestopt_rang_op = null",
        )
    ),
    aanval("een pot weggooien", RECHT, "delete from budget_pot", "truncate budget_pot cascade"),
    aanval("een pot erbij", RECHT, "insert into budget_pot select * from budget_pot"),
    aanval("een pot vasthouden", RECHT, "select * from budget_pot for update"),
    aanval("reserveringen weggooien", RECHT,
           "delete from budget_reservering", "truncate budget_reservering cascade"),
    aanval("een grens erbij", RECHT, "insert into budget_potgrens (pot_id, vanaf, trajecten, cent, versie_id) "
           "select pot_id, now(), 1000, null, versie_id from budget_potgrens"),
    aanval("een grens wijzigen", RECHT,
           "update budget_potgrens set trajecten = 1000", "delete from budget_potgrens"),
    aanval("een boeking erbij", RECHT,
           "insert into budget_boeking (op, mutatie, regeling_id, pot_id, reservering_id, "
           "kenmerk, soort, van, naar, trajecten, cent, handeling) select op, mutatie, regeling_id, pot_id, "
           "reservering_id, kenmerk, 'vrijgegeven', 'verleend', 'vrij', 1, cent, handeling from budget_boeking"),
    aanval("een boeking wijzigen", RECHT, "update budget_boeking set trajecten = 0"),
    aanval("een boeking weggooien", RECHT, "delete from budget_boeking", "truncate budget_boeking"),
    aanval("een versie wijzigen", RECHT,
           "update budget_regelingversie set dubbel_traject = 'waarschuw', grenzen = '[]'",
           "delete from budget_regelingversie"),
    aanval("een nagemaakte oude versie", "nieuwste versie",
           nagemaakte_versie("0"), "select budget_pas_versie_toe(900)"),
    aanval("een nagemaakte dubbele versie", "nummer_eenmalig|nieuwste versie", nagemaakte_versie("2"),
           "select budget_pas_versie_toe(900)"),
]  # fmt: skip

FUNCTIES = [
    *(
        aanval(f"de functie {roep.split('(')[0]} zelf roepen", RECHT,
               f"select {roep} from budget_reservering r where kenmerk = 'G-1'")
        for roep in (
            "budget_boek(r, 'verleend', 'vrij', false)", "budget_boek(r, 'vrij', 'verleend', true)",
            "budget_potten_van(r)", "budget_stop(r)", "budget_controleer_persoon(r)",
            "budget_grens_voor((select p from budget_pot p limit 1), now())",
            "budget_stel_grens_in((select v from budget_regelingversie v limit 1), '{}', 1)",
            "nextval('budget_mutatie')", "setval('budget_rang', 1)",
        )
    ),
    *(
        aanval(wat, RECHT, wat, "update budget_pot set verleend_trajecten = 0", verleen("kenmerk = 'W-1'"))
        for wat in (
            "alter table budget_reservering disable trigger all", "drop trigger reservering_telt on budget_reservering",
            "alter table budget_pot drop constraint pot_niet_over_trajecten", "set session_replication_role = replica",
            "set local role eigenaar", "set session authorization eigenaar", "alter role app superuser",
            "grant update on budget_pot to app", "alter table budget_pot owner to app",
            "create or replace function public.budget_houd_bij() returns trigger language plpgsql "
            "as 'begin return null; end'",
            "create function public.budget_rekening(varchar) returns text language sql as 'select 1::text'",
            "create trigger aaa before update on budget_reservering for each row execute function budget_houd_bij()",
            "create rule weg as on insert to budget_boeking do instead nothing", "create schema voor_public",
            "lock table budget_pot in access exclusive mode", "alter database postgres set search_path = pg_temp",
            "copy budget_pot from program 'true'", "create extension dblink",
            "alter function budget_houd_bij() set search_path = pg_temp",
            "alter table budget_reservering disable row level security",
        )
    ),
    aanval("terug naar wie men was", RECHT,
           "reset role", "reset session authorization", "update budget_pot set verleend_trajecten = 0"),
]  # fmt: skip

# A name in pg_temp goes before one in public, but not within the engine's own functions.
ZOEKPAD = [
    aanval(
        "een eigen budget_pot in pg_temp", VOL,
        "create temp table budget_pot as select * from public.budget_pot",
        "update pg_temp.budget_pot set verleend_trajecten = 0", verleen("kenmerk = 'W-1'"),
        "drop table pg_temp.budget_pot",
    ),
    aanval(
        "een lege wachtrij in pg_temp", ACHTER,
        "create temp table budget_reservering as select * from public.budget_reservering where false",
        "update public.budget_reservering set status = 'verleend', verleend_op = now() where kenmerk = 'A-2'",
        "drop table pg_temp.budget_reservering",
    ),
    aanval(
        "een eigen versie in pg_temp", "al een traject",
        "create temp table budget_regelingversie as select * from public.budget_regelingversie",
        "update pg_temp.budget_regelingversie set dubbel_traject = 'waarschuw'", verleen("kenmerk = 'D-1'"),
        "drop table pg_temp.budget_regelingversie",
    ),
    aanval(
        "eigen functies in pg_temp", VOL,
        "create function pg_temp.budget_controleer_pot(public.budget_pot, public.budget_reservering, text) "
        "returns void language sql as 'select null::void'",
        "create function pg_temp.greatest(bigint, bigint) returns bigint language sql as 'select 0::bigint'",
        "set local search_path = pg_temp, public, pg_catalog", verleen("kenmerk = 'W-1'"),
        "set local search_path = public",
    ),
]  # fmt: skip

NAAST_DE_RIJ = [
    aanval("een loting door een mens", "loting_door_twee", loting(), trek(_ZELF)),
    aanval("een uitslag naar keuze", "volgt niet uit het zaad|meer dan 1|cannot", loting(), trek(richting="desc")),
    aanval("een loting die al getrokken is", "loting", loting(
        status="'getrokken'", zaad="'z'", uitslag="array['T-2', 'T-1']",
        getrokken_door_id=_ANDER, getrokken_op="now()")),
    aanval("een loting zonder de ander", "loting", loting(deelnemers="array['T-1']"), trek()),
    aanval("een loting met een vreemde", "loting", loting(deelnemers="array['T-1', 'T-2', 'A-2']"), trek()),
    aanval("nog eens trekken", "ligt vast", loting(), trek(), trek(zaad="'anders'")),
    aanval("andere deelnemers na het voorbereiden", "ligt vast",
           loting(), "update budget_loting set deelnemers = array['T-2']"),
    aanval("een loting weggooien", RECHT, loting(), "delete from budget_loting"),
    aanval("een uitzondering door een mens", "uitzondering_door_twee",
           uitzondering(), f"update budget_uitzondering set bevestigd_door_id = {_ZELF}, bevestigd_op = now()",
           verleen("kenmerk = 'V-1'")),
    aanval("een uitzondering die al bevestigd is", "eerst voorgesteld",
           uitzondering(_ANDER, "now()"), verleen("kenmerk = 'V-1'")),
    aanval("een uitzondering die niemand bevestigde", ALLEEN, uitzondering(), verleen("kenmerk = 'V-1'")),
    aanval("een uitzondering verplaatsen", RECHT, uitzondering(),
           "update budget_uitzondering set reservering_id = (select id from budget_reservering where kenmerk = 'F-1')"),
    aanval("een uitzondering weggooien", RECHT, uitzondering(), "delete from budget_uitzondering"),
    aanval("een uitzondering voor wie al vrijgegeven is", ALLEEN,
           uitzondering().replace("'V-1'", "'F-1'"),
           f"update budget_uitzondering set bevestigd_door_id = {_ANDER}, bevestigd_op = now()",
           verleen("kenmerk = 'F-1'")),
]  # fmt: skip

IN_SQL = [*STATUSSEN, *VELDEN, *POTTEN, *FUNCTIES, *ZOEKPAD, *NAAST_DE_RIJ]


def stel_op() -> Wereld:
    """The budget as the docstring of this module says it."""
    wereld = maak_wereld(plafond_trajecten=1000, cap_per_gemeente=50)
    eigen = laad_tekst(regelingtekst(plafond_trajecten=6, cap_per_gemeente=2), NU)
    ruim = laad_tekst(
        regelingtekst(dubbel_traject="waarschuw").replace('code = "IPS-CMD-2019"', 'code = "RUIM-2019"')
    )
    _sluit(wereld, eigen, "G-1 G-2", NIJMEGEN, "verleend")
    _sluit(wereld, eigen, "G-3", ARNHEM, "verleend")
    _sluit(wereld, eigen, "G-4", ARNHEM, "verleend", route="uwv")
    _sluit(wereld, eigen, "H-1", DRUTEN, "gereserveerd")
    _sluit(wereld, eigen, "F-1", DRUTEN, "vrijgegeven")
    _sluit(wereld, eigen, "V-1", NIJMEGEN, "vervallen")
    _sluit(wereld, eigen, "O-1", DRUTEN, "onvolledig")
    _sluit(wereld, ruim, "B-1", NIJMEGEN, "verleend")
    _sluit(wereld, eigen, "W-1 W-2 W-3 W-4 W-5 W-6", NIJMEGEN, "in_volgorde")
    _sluit(wereld, eigen, "A-1 A-2 A-3", ARNHEM, "in_volgorde")
    _sluit(wereld, eigen, "T-1 T-2", DRUTEN, "in_volgorde", na=500)
    _sluit(wereld, eigen, "D-1", DRUTEN, "in_volgorde", persoon=b"G-1", na=600)
    return wereld


def _sluit(
    wereld: Wereld, versie: RegelingVersie, kenmerken: str, gemeente: str, status: str, *,
    route: str = "gemeente", persoon: bytes | None = None, na: int = 0,
) -> None:  # fmt: skip
    for kenmerk in kenmerken.split():
        nu = NU + timedelta(minutes=na or Reservering.objects.count())
        r = plaatsen.sluit_aan(
            versie, kenmerk=kenmerk, route=route, gemeente=wereld.gemeente(gemeente), doelgroep="CMD",
            persoon=persoon or kenmerk.encode(), nu=nu,
        )  # fmt: skip
        if status in ("verleend", "vrijgegeven"):
            plaatsen.neem_plaats(r, nu)
        if status == "vrijgegeven":
            geef_vrij(r, nu)
        elif status == "vervallen":
            laat_vallen(r, nu)
        elif status == "onvolledig":
            plaatsen.stel_uit(r, nu)
        elif status == "gereserveerd":
            plaatsen.reserveer(r, nu, nu + timedelta(days=7))
