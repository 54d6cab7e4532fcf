"""Does it add up? Pots against the grootboek, the grootboek against the reserveringen, limits against what was granted.

Each question is one statement over whole tables and gives the rows that are wrong. The dossiers are asked after by
the floor above (`aanvragen.controle`).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from budget.handelingen.laden import kolommen_van
from budget.models import RegelingVersie


@dataclass(frozen=True)
class Bevinding:
    """Something that isn't right; `tekst` is Dutch and says where."""

    code: str
    tekst: str


@dataclass(frozen=True)
class Vraag:
    """A statement that gives what is wrong; `tekst` is filled with the columns of each row."""

    code: str
    tekst: str
    sql: str


# The views stand in migration 0006: a pot with its name, what the grootboek says of it, what a reservering takes from.
VRAGEN = (
    Vraag(
        "teller",
        "De tellers van de pot {} zijn niet de som van het grootboek: {} geteld, {} geboekt.",
        """SELECT p.naam, p.tellers, s.tellers FROM budget_potstand p JOIN budget_potboek s USING (pot_id)
           WHERE p.tellers <> s.tellers""",
    ),
    Vraag(
        "plafond_geboekt",
        "De grens van de pot {} is niet wat in het grootboek staat: {} tegen {}.",
        """SELECT p.naam, p.grenzen, s.grenzen FROM budget_potstand p JOIN budget_potboek s USING (pot_id)
           WHERE p.soort <> 'gemeente' AND p.grenzen <> s.grenzen""",
    ),
    Vraag(
        "grens_van_versie",
        "De grens van de pot {} is niet die van de laatste versie van de regeling.",
        """SELECT s.naam FROM budget_pot p JOIN budget_potstand s ON s.pot_id = p.id
           JOIN LATERAL (SELECT v.grenzen FROM budget_regelingversie v WHERE v.regeling_id = p.regeling_id
                         ORDER BY v.nummer DESC LIMIT 1) v ON true
           JOIN LATERAL jsonb_array_elements(v.grenzen) e ON e->>'soort' = p.soort
             AND e->>'periode' = p.periode AND e->>'route' = p.route
           WHERE ((e->>'trajecten')::bigint, (e->>'cent')::bigint)
             IS DISTINCT FROM (p.grens_trajecten::bigint, p.grens_cent)""",
    ),
    Vraag(
        "te_veel",
        "In de pot {} is meer verleend dan mag: {} trajecten en {} cent, bij een hoogste grens van {} en {}.",
        """SELECT s.naam, p.verleend_trajecten + p.gereserveerd_trajecten, p.verleend_cent + p.gereserveerd_cent,
             coalesce(p.hoogste_trajecten::text, 'geen'), coalesce(p.hoogste_cent::text, 'geen')
           FROM budget_pot p JOIN budget_potstand s ON s.pot_id = p.id
           WHERE p.verleend_trajecten + p.gereserveerd_trajecten - p.uitzondering_trajecten > p.hoogste_trajecten
              OR p.verleend_cent + p.gereserveerd_cent - p.uitzondering_cent > p.hoogste_cent""",
    ),
    Vraag(
        "boeking_zonder_plaats",
        "Het grootboek zegt iets anders over dossier {} in de pot {} dan de reservering ({}).",
        """SELECT r.kenmerk, s.naam, r.status
           FROM budget_plaats_in_pot h JOIN budget_reservering r ON r.id = h.reservering_id
           JOIN budget_potstand s ON s.pot_id = h.pot_id
           LEFT JOIN budget_saldo b ON b.pot_id = h.pot_id AND b.reservering_id = r.id
           WHERE (coalesce(b.verleend, 0), coalesce(b.verleend_cent, 0), coalesce(b.gereserveerd, 0),
                  coalesce(b.gereserveerd_cent, 0))
             IS DISTINCT FROM ((r.status = 'verleend')::int, (r.status = 'verleend')::int * r.rijk_cent,
                  (r.status = 'gereserveerd')::int, (r.status = 'gereserveerd')::int * r.rijk_cent)""",
    ),
    Vraag(
        "vreemde_pot",
        "In de pot {} is geboekt voor dossier {}, dat daar niet bij hoort.",
        """SELECT s.naam, r.kenmerk FROM budget_saldo b JOIN budget_potstand s ON s.pot_id = b.pot_id
           JOIN budget_reservering r ON r.id = b.reservering_id
           WHERE (b.verleend, b.gereserveerd) <> (0, 0) AND NOT EXISTS (SELECT FROM budget_plaats_in_pot h
             WHERE h.pot_id = b.pot_id AND h.reservering_id = b.reservering_id)""",
    ),
    Vraag(
        "delen",
        "De delen van het Rijk en de gemeente zijn bij dossier {} samen niet het bedrag.",
        "SELECT kenmerk FROM budget_reservering WHERE bedrag_cent <> rijk_cent + gemeente_cent",
    ),
    Vraag(
        "dubbel_traject",
        "Dezelfde deelnemer heeft meer dan een traject: dossiers {}.",
        """SELECT string_agg(r.kenmerk, ', ' ORDER BY r.kenmerk) FROM budget_reservering r
           JOIN budget_regelingversie v ON v.id = r.versie_id AND v.dubbel_traject = 'blokkeer'
           WHERE r.status IN ('verleend', 'gereserveerd') GROUP BY r.regeling_id, r.persoon HAVING count(*) > 1""",
    ),
    Vraag(
        "uitzondering",
        "Dossier {} kreeg een plaats boven de grens zonder dat twee mensen dat vastlegden.",
        """SELECT DISTINCT b.kenmerk FROM budget_boeking b WHERE b.van = 'uitzondering' AND NOT EXISTS (
             SELECT FROM budget_uitzondering u WHERE u.reservering_id = b.reservering_id
               AND u.bevestigd_door_id <> u.voorgesteld_door_id)""",
    ),
    Vraag(
        "loting",
        "De uitslag van de loting van {} volgt niet uit het zaad.",
        """SELECT l.rang_op::text FROM budget_loting l WHERE l.status = 'getrokken' AND l.uitslag IS DISTINCT FROM (
             SELECT array_agg(k ORDER BY sha256(convert_to(l.zaad || ':' || k, 'UTF8')))
             FROM unnest(l.deelnemers) k)""",
    ),
    Vraag(
        "buiten_een_handeling",
        "Dossier {} veranderde in de volgorde of de pot zonder een handeling.",
        """SELECT kenmerk FROM budget_reservering WHERE handeling = 'buiten_een_handeling'
           UNION SELECT DISTINCT kenmerk FROM budget_boeking
             WHERE handeling = 'buiten_een_handeling' AND reservering_id IS NOT NULL""",
    ),
    Vraag(
        "verplichting_teller",
        "De tellers van wat {} voor dossier {} schuldig is, zijn niet de som van de facturen: {} geteld, {} opgeteld.",
        """SELECT v.debiteur, r.kenmerk, concat_ws('/', v.gefactureerd_cent, v.betaald_cent, v.teruggevorderd_cent),
             concat_ws('/', coalesce(f.gefactureerd, 0), coalesce(f.betaald, 0), coalesce(t.terug, 0))
           FROM budget_betaalverplichting v JOIN budget_reservering r ON r.id = v.reservering_id
           LEFT JOIN (SELECT verplichting_id, sum(betaald_cent) AS betaald, sum(CASE
               WHEN soort = 'factuur' AND status <> 'afgekeurd' THEN bedrag_cent
               WHEN soort = 'credit' AND status = 'goedgekeurd' THEN -bedrag_cent ELSE 0 END) AS gefactureerd
             FROM budget_factuur GROUP BY verplichting_id) f ON f.verplichting_id = v.id
           LEFT JOIN (SELECT verplichting_id, sum(bedrag_cent) AS terug FROM budget_terugvordering
             WHERE status <> 'ingetrokken' GROUP BY verplichting_id) t ON t.verplichting_id = v.id
           WHERE (v.gefactureerd_cent, v.betaald_cent, v.teruggevorderd_cent) IS DISTINCT FROM
             (coalesce(f.gefactureerd, 0), coalesce(f.betaald, 0), coalesce(t.terug, 0))""",
    ),
    Vraag(
        "verplichting_te_veel",
        "Voor dossier {} is {} meer schuldig of betaald dan is verleend.",
        """SELECT r.kenmerk, v.debiteur FROM budget_betaalverplichting v
           JOIN budget_reservering r ON r.id = v.reservering_id
           WHERE v.bedrag_cent <> CASE v.debiteur WHEN 'uwv' THEN r.rijk_cent ELSE r.gemeente_cent END
              OR v.gefactureerd_cent > v.bedrag_cent OR v.betaald_cent - v.teruggevorderd_cent > v.bedrag_cent
              OR v.bedrag_cent <> (SELECT sum(m.bedrag_cent) FROM budget_betaalmoment m
                                   WHERE m.verplichting_id = v.id)""",
    ),
    Vraag(
        "factuur_een_persoon",
        "Factuur {} van dossier {} is door één persoon gecontroleerd en goedgekeurd, of kwam voor de inkooporder.",
        """SELECT f.nummer, r.kenmerk FROM budget_factuur f
           JOIN budget_betaalverplichting v ON v.id = f.verplichting_id
           JOIN budget_reservering r ON r.id = v.reservering_id
           WHERE f.gecontroleerd_door_id = f.goedgekeurd_door_id OR (v.inkooporder_nodig AND f.soort = 'factuur'
             AND NOT EXISTS (SELECT FROM budget_inkooporder i
                             WHERE i.reservering_id = r.id AND i.geplaatst_op <= f.factuurdatum))""",
    ),
    Vraag(
        "betaalbatch_totaal",
        "Betaalbatch {} is van {} cent, maar de betaalde facturen zijn samen {} cent.",
        """SELECT b.berichtnummer, b.totaal_cent, coalesce(sum(f.betaald_cent), 0) FROM budget_betaalbatch b
           LEFT JOIN budget_factuur f ON f.betaalbatch_id = b.id WHERE b.status = 'uitgevoerd'
           GROUP BY b.id HAVING b.totaal_cent <> coalesce(sum(f.betaald_cent), 0)""",
    ),
    Vraag(
        "bewaking_uit",
        "De bewaking {} in de databank staat niet aan.",
        """SELECT naam FROM unnest(ARRAY['reservering_telt', 'reservering_bewaakt', 'loting_trekt',
             'uitzondering_bewaakt', 'verplichting_bewaakt', 'factuur_bewaakt', 'factuur_telt',
             'terugvordering_telt', 'inkooporder_bewaakt', 'bankrekening_bewaakt']) naam
           WHERE NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgname = naam AND t.tgenabled = 'A')
           UNION ALL SELECT naam FROM unnest(ARRAY['pot_niet_over_trajecten', 'pot_niet_over_cent']) naam
           WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = naam AND c.convalidated)""",
    ),
    Vraag(
        "rechten",
        "De rol app mag {} op {}; dat hoort niet.",
        """SELECT recht, tabel FROM (VALUES ('budget_pot'), ('budget_potgrens'), ('budget_boeking')) t(tabel),
             (VALUES ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE')) k(recht)
           WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') AND has_table_privilege('app', tabel, recht)""",
    ),
)


def bevindingen() -> list[Bevinding]:
    """All that isn't right with pots, grootboek and reserveringen; empty when all is."""
    return [*stel(VRAGEN), *_versies()]


def _versies() -> list[Bevinding]:
    """Versions whose limits are not those of their own text."""
    tekst = "De grenzen of regels bij versie {} van {} zijn niet die van haar tekst."
    # One from before there was a grootboek has no copy of its limits; the pots were its copy.
    versies = RegelingVersie.objects.select_related("regeling").exclude(grenzen=[])
    return [
        Bevinding("grenzen_van_tekst", tekst.format(versie.nummer, versie.regeling.code))
        for versie in versies
        if not _zegt_wat_haar_tekst_zegt(versie)
    ]


def _zegt_wat_haar_tekst_zegt(versie: RegelingVersie) -> bool:
    return all(getattr(versie, kolom) == waarde for kolom, waarde in kolommen_van(versie.inhoud).items())


def stel(vragen: tuple[Vraag, ...]) -> list[Bevinding]:
    """Ask these questions; a finding for every row of an answer."""
    gevonden = []
    with connection.cursor() as cursor:
        for vraag in vragen:
            cursor.execute(vraag.sql)
            gevonden += [Bevinding(vraag.code, vraag.tekst.format(*rij)) for rij in cursor.fetchall()]
    return gevonden
