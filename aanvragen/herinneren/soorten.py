"""The kinds of reminders: what each selects, for whom, in which words. SQL, one statement for all dossiers at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from budget.regels.regeling import Herinneringen
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, Rol

# What a kind selects: over, termijn, dagen (until it, or waited), organisatie_id, aanvraag_id, kenmerk, versie_id.
_BIJ_UWV = """
    SELECT a.id AS over, a.beslis_uiterlijk AS termijn, a.beslis_uiterlijk - %(dag)s AS dagen,
           o.id AS organisatie_id, a.id AS aanvraag_id, a.kenmerk, a.regeling_versie_id AS versie_id
    FROM aanvragen_aanvraag a JOIN toegang_organisatie o ON o.soort = 'uwv'
    WHERE a.status IN ('ingediend', 'onvolledig', 'in_behandeling')
      AND a.beslis_uiterlijk BETWEEN %(vroegst)s AND %(verst)s
      AND a.status <> 'onvolledig'  -- the term stands still; named apart, so that the index of the worklist serves
      AND a.beslisser = 'uwv'
"""
_BIJ_GEMEENTE = """
    SELECT a.id AS over, a.beslis_uiterlijk AS termijn, a.beslis_uiterlijk - %(dag)s AS dagen,
           a.gemeente_organisatie_id AS organisatie_id, a.id AS aanvraag_id, a.kenmerk,
           a.regeling_versie_id AS versie_id
    FROM aanvragen_aanvraag a
    WHERE a.status IN ('ingediend', 'in_behandeling', 'budget_gevraagd', 'budget_gereserveerd', 'geen_budget')
      AND a.beslis_uiterlijk BETWEEN %(vroegst)s AND %(verst)s AND a.beslisser = 'gemeente'
"""
# The instant until which budget is held is the first one after the last day that counts.
_RESERVERING = """
    SELECT r.id AS over, w.tot AS termijn, w.tot - %(dag)s AS dagen,
           a.gemeente_organisatie_id AS organisatie_id, a.id AS aanvraag_id, a.kenmerk,
           a.regeling_versie_id AS versie_id
    FROM aanvragen_aanvraag a JOIN budget_reservering r ON r.id = a.reservering_id
      CROSS JOIN LATERAL (SELECT (r.gereserveerd_tot AT TIME ZONE 'Europe/Amsterdam')::date - 1 AS tot) w
    WHERE a.status = 'budget_gereserveerd' AND w.tot BETWEEN %(dag)s AND %(verst)s
"""
_BEOORDEELD = "EXISTS (SELECT FROM aanvragen_beoordeling b WHERE b.aanvraag_id = a.id)"
_HERSTEL = """
    SELECT a.id AS over, a.hersteltermijn_tot AS termijn, a.hersteltermijn_tot - %(dag)s AS dagen,
           i.organisatie_id, a.id AS aanvraag_id, a.kenmerk, a.regeling_versie_id AS versie_id
    FROM aanvragen_aanvraag a JOIN aanvragen_ggzinstelling i ON i.id = a.instelling_id
    WHERE a.status = 'onvolledig' AND a.hersteltermijn_tot BETWEEN %(dag)s AND %(verst)s
"""
_TRAJECT = """
    SELECT t.id AS over, t.laatste_dag AS termijn, t.laatste_dag - %(dag)s AS dagen,
           i.organisatie_id, a.id AS aanvraag_id, a.kenmerk, a.regeling_versie_id AS versie_id
    FROM aanvragen_traject t JOIN aanvragen_aanvraag a ON a.id = t.aanvraag_id
      JOIN aanvragen_ggzinstelling i ON i.id = a.instelling_id
    WHERE t.status = 'gestart' AND t.laatste_dag BETWEEN %(dag)s AND %(verst)s AND a.status = 'toegekend'
"""
_TOESTEMMING = """
    SELECT t.id AS over, w.gevraagd AS termijn, %(dag)s - w.gevraagd AS dagen,
           t.organisatie_id, a.id AS aanvraag_id, a.kenmerk, a.regeling_versie_id AS versie_id
    FROM aanvragen_toestemming t JOIN aanvragen_aanvraag a ON a.id = t.aanvraag_id
      CROSS JOIN LATERAL (SELECT (t.gevraagd_op AT TIME ZONE 'Europe/Amsterdam')::date AS gevraagd) w
    WHERE t.status = 'gevraagd' AND t.gevraagd_op < %(gevraagd_voor)s
"""
_STOPBERICHT = """
    SELECT s.id AS over, w.gemeld AS termijn, %(dag)s - w.gemeld AS dagen,
           a.gemeente_organisatie_id AS organisatie_id, a.id AS aanvraag_id, a.kenmerk,
           a.regeling_versie_id AS versie_id
    FROM aanvragen_stopbericht s JOIN aanvragen_traject t ON t.id = s.traject_id
      JOIN aanvragen_aanvraag a ON a.id = t.aanvraag_id
      CROSS JOIN LATERAL (SELECT (s.gemeld_op AT TIME ZONE 'Europe/Amsterdam')::date AS gemeld) w
    WHERE s.status = 'verzonden' AND s.gemeld_op < %(gevraagd_voor)s
      AND a.status = 'toegekend' AND a.gemeente_organisatie_id IS NOT NULL
"""
_VERSLAG = """
    SELECT v.id AS over, w.tot AS termijn, w.tot - %(dag)s AS dagen,
           i.organisatie_id, a.id AS aanvraag_id, a.kenmerk, a.regeling_versie_id AS versie_id
    FROM aanvragen_vaststelling v JOIN aanvragen_traject t ON t.id = v.traject_id
      JOIN aanvragen_aanvraag a ON a.id = t.aanvraag_id JOIN aanvragen_ggzinstelling i ON i.id = a.instelling_id
      CROSS JOIN LATERAL (SELECT coalesce(v.termijn_tot, v.verslag_uiterlijk) AS tot) w
    WHERE v.status = 'verslag_gevraagd' AND w.tot BETWEEN %(dag)s AND %(verst)s AND a.status = 'toegekend'
"""
# Of a party that decides: UWV, or who acts for the gemeente.
_PARTIJ = {
    "uwv": "JOIN toegang_organisatie o ON o.soort = 'uwv' AND a.beslisser = 'uwv'",
    "gemeente": "JOIN toegang_organisatie o ON o.id = a.gemeente_organisatie_id AND a.beslisser = 'gemeente'",
}
_VAN_DE_PARTIJ = """
           o.id AS organisatie_id, a.id AS aanvraag_id, a.kenmerk, a.regeling_versie_id AS versie_id
"""
_BEZWAAR = """
    SELECT z.id AS over, z.beslis_uiterlijk AS termijn, z.beslis_uiterlijk - %(dag)s AS dagen, {van_de_partij}
    FROM aanvragen_bezwaar z JOIN aanvragen_aanvraag a ON a.id = z.aanvraag_id {partij}
    WHERE z.status IN ('ontvangen', 'ontvankelijkheid', 'hoorzitting', 'voorgesteld')
      AND z.beslis_uiterlijk BETWEEN %(vroegst)s AND %(verst)s
"""
_DWANGSOM = """
    SELECT n.id AS over, n.eerste_dag - 1 AS termijn, n.eerste_dag - 1 - %(dag)s AS dagen, {van_de_partij}
    FROM aanvragen_ingebrekestelling n JOIN aanvragen_aanvraag a ON a.id = n.aanvraag_id {partij}
    WHERE n.status = 'loopt' AND n.eerste_dag - 1 BETWEEN %(dag)s AND %(verst)s
"""
_DWANGSOM_VASTSTELLEN = """
    SELECT n.id AS over, n.vaststellen_uiterlijk AS termijn, n.vaststellen_uiterlijk - %(dag)s AS dagen, {van_de_partij}
    FROM aanvragen_ingebrekestelling n JOIN aanvragen_aanvraag a ON a.id = n.aanvraag_id {partij}
    WHERE n.status = 'verbeurd' AND n.vaststellen_uiterlijk BETWEEN %(vroegst)s AND %(verst)s
"""
_GRONDEN = """
    SELECT z.id AS over, z.herstel_tot AS termijn, z.herstel_tot - %(dag)s AS dagen,
           i.organisatie_id, a.id AS aanvraag_id, a.kenmerk, a.regeling_versie_id AS versie_id
    FROM aanvragen_bezwaar z JOIN aanvragen_aanvraag a ON a.id = z.aanvraag_id
      JOIN aanvragen_ggzinstelling i ON i.id = a.instelling_id
    WHERE z.status = 'ontvankelijkheid' AND z.indiener = 'instelling'
      AND z.herstel_tot BETWEEN %(dag)s AND %(verst)s
"""
_VOORNEMEN = """
    SELECT v.id AS over, v.zienswijze_tot AS termijn, v.zienswijze_tot - %(dag)s AS dagen,
           i.organisatie_id, a.id AS aanvraag_id, a.kenmerk, a.regeling_versie_id AS versie_id
    FROM aanvragen_intrekkingsvoornemen v JOIN aanvragen_aanvraag a ON a.id = v.aanvraag_id
      JOIN aanvragen_ggzinstelling i ON i.id = a.instelling_id
    WHERE v.status = 'voorgenomen' AND v.zienswijze_op IS NULL AND v.zienswijze_tot BETWEEN %(dag)s AND %(verst)s
"""
TIJDVAK = """
    SELECT i.organisatie_id AS over, %(sluit)s AS termijn, %(sluit)s - %(dag)s AS dagen,
           i.organisatie_id, NULL::uuid AS aanvraag_id, '' AS kenmerk, %(versie)s AS versie_id
    FROM aanvragen_ggzinstelling i
    WHERE EXISTS (SELECT FROM aanvragen_aanvraag a WHERE a.instelling_id = i.id
                  AND a.status IN ('concept', 'wacht_op_toestemming') AND a.regeling_id = %(regeling)s)
"""

# The nearest milestone that was reached: the smallest before a term, the largest of what was waited.
TOT_TERMIJN = ("min", ">=")
GEWACHT = ("max", "<=")


@dataclass(frozen=True)
class Soort:
    """One kind of reminder. In `titel` stand [dag] for the term and [kenmerk]; it names nobody.

    With `eerst_de_behandelaar` it is first for who took the dossier up, and for the colleagues at the last milestone.
    With `ook_te_laat` it is also made up for after the last day, when nobody was told before it.
    """

    code: str
    rij: str
    instelling: Callable[[Herinneringen], tuple[int, ...]]
    rollen: tuple[Rol, ...]
    titel: str
    kies: tuple[str, str] = TOT_TERMIJN
    eerst_de_behandelaar: bool = False
    ook_te_laat: bool = False


# Who prepares a besluit and who takes it, by the party that decides.
_BESLIST: dict[str, tuple[Rol, ...]] = {
    "uwv": (Rol.UWV_BEOORDELAAR, Rol.UWV_BESLISSER),
    "gemeente": GEMEENTEROLLEN,
}


def _bij(partij: str, rij: str) -> str:
    return rij.replace("{van_de_partij}", _VAN_DE_PARTIJ).replace("{partij}", _PARTIJ[partij])


SOORTEN = (
    Soort(
        "beslistermijn", f"{_BIJ_UWV} AND NOT {_BEOORDEELD}", lambda h: h.beslistermijn, (Rol.UWV_BEOORDELAAR,),
        "Beoordeel een aanvraag: beslissen kan tot en met [dag] ([kenmerk])",
        eerst_de_behandelaar=True, ook_te_laat=True,
    ),
    Soort(
        "beslistermijn", f"{_BIJ_UWV} AND {_BEOORDEELD}", lambda h: h.beslistermijn, (Rol.UWV_BESLISSER,),
        "Neem een besluit: dat kan tot en met [dag] ([kenmerk])",
        eerst_de_behandelaar=True, ook_te_laat=True,
    ),
    Soort(
        "beslistermijn", f"{_BIJ_GEMEENTE} AND NOT {_BEOORDEELD}", lambda h: h.beslistermijn,
        (Rol.GEMEENTEMEDEWERKER,),
        "Beoordeel een aanvraag: beslissen kan tot en met [dag] ([kenmerk])",
        eerst_de_behandelaar=True, ook_te_laat=True,
    ),
    Soort(
        "beslistermijn", f"{_BIJ_GEMEENTE} AND {_BEOORDEELD}", lambda h: h.beslistermijn,
        (Rol.GEMEENTEBESLISSER,),
        "Neem een besluit: dat kan tot en met [dag] ([kenmerk])",
        eerst_de_behandelaar=True, ook_te_laat=True,
    ),
    Soort(
        "reservering", _RESERVERING, lambda h: h.reservering, GEMEENTEROLLEN,
        "Neem een besluit: het budget is gereserveerd tot en met [dag] ([kenmerk])",
    ),
    Soort(
        "hersteltermijn", _HERSTEL, lambda h: h.hersteltermijn, INSTELLINGSROLLEN,
        "Vul een aanvraag aan: dat kan tot en met [dag] ([kenmerk])",
    ),
    Soort(
        "wachten_op_toestemming", _TOESTEMMING, lambda h: h.wachten_op_toestemming, GEMEENTEROLLEN,
        "Een vraag om toestemming wacht op u sinds [dag] ([kenmerk])", kies=GEWACHT,
    ),
    Soort(
        "einde_traject", _TRAJECT, lambda h: h.einde_traject, INSTELLINGSROLLEN,
        "Een traject loopt tot en met [dag]: wilt u verlengen, vraag dat op tijd ([kenmerk])",
    ),
    Soort(
        "stopbericht", _STOPBERICHT, lambda h: h.stopbericht, GEMEENTEROLLEN,
        "Bevestig een stopbericht: het wacht op u sinds [dag] ([kenmerk])", kies=GEWACHT,
    ),
    Soort(
        "verslag", _VERSLAG, lambda h: h.verslag, INSTELLINGSROLLEN,
        "Stuur het beëindigingsverslag: dat kan tot en met [dag] ([kenmerk])",
    ),
    *(
        soort
        for partij, rollen in _BESLIST.items()
        for soort in (
            Soort(
                "bezwaar", _bij(partij, _BEZWAAR), lambda h: h.beslistermijn, rollen,
                "Beslis op een bezwaar: dat kan tot en met [dag] ([kenmerk])", ook_te_laat=True,
            ),
            Soort(
                "dwangsom", _bij(partij, _DWANGSOM), lambda h: h.beslistermijn, rollen,
                "Neem een besluit: zonder dwangsom kan dat tot en met [dag] ([kenmerk])",
            ),
            Soort(
                "dwangsom_vaststellen", _bij(partij, _DWANGSOM_VASTSTELLEN), lambda h: h.beslistermijn, rollen,
                "Stel de dwangsom vast: dat kan tot en met [dag] ([kenmerk])", ook_te_laat=True,
            ),
        )
    ),
    Soort(
        "bezwaar_gronden", _GRONDEN, lambda h: h.hersteltermijn, INSTELLINGSROLLEN,
        "Stuur de gronden van uw bezwaar: dat kan tot en met [dag] ([kenmerk])",
    ),
    Soort(
        "zienswijze", _VOORNEMEN, lambda h: h.hersteltermijn, INSTELLINGSROLLEN,
        "Reageer op het voornemen om in te trekken: dat kan tot en met [dag] ([kenmerk])",
    ),
)  # fmt: skip
