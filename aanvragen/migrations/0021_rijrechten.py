"""Row-level security on every table of a dossier: the second line behind `AanvraagQuerySet.zichtbaar_voor`.

Who looks stands in settings of the transaction (toegang/rijrechten.py); unset is nobody and shows nothing. The parties
of a dossier read and write their own; the system everything. Beheer reads that there is something, not about whom:
the tables of PERSONEN open only by a noodtoegang, for one dossier and one beheerder. The owner, who migrates, makes
the backup and runs the functions that look across dossiers, is not bound (no FORCE).
"""

from django.db import migrations

PARTIJ = "(SELECT current_setting('ips.partij', true))"
ORGANISATIE = "(SELECT nullif(current_setting('ips.organisatie', true), '')::uuid)"
GEBRUIKER = "(SELECT nullif(current_setting('ips.gebruiker', true), '')::uuid)"
GEMEENTEN = "(SELECT nullif(current_setting('ips.gemeenten', true), ''))::bigint[]"
NU = "(SELECT nullif(current_setting('ips.nu', true), '')::timestamptz)"
VANDAAG = "(SELECT (nullif(current_setting('ips.nu', true), '')::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date)"

PARTIJEN_VAN_DOSSIER = f"{PARTIJ} IN ('instelling', 'gemeente', 'uwv')"
VAN_INSTELLING = (
    f"instelling_id IN (SELECT i.id FROM aanvragen_ggzinstelling i WHERE i.organisatie_id = {ORGANISATIE})"
)

# The same rule as AanvraagQuerySet.zichtbaar_voor; a test compares them dossier by dossier.
AANVRAAG = f"""
    {PARTIJ} = 'systeem'
    OR ({PARTIJ} = 'instelling' AND {VAN_INSTELLING})
    OR ({PARTIJ} = 'gemeente' AND gemeente_organisatie_id IS NOT NULL AND gemeente_id = ANY ({GEMEENTEN}))
    OR ({PARTIJ} = 'uwv' AND ontvangen_op IS NOT NULL AND (beslisser = 'uwv' OR budget_gevraagd_op IS NOT NULL))
"""
VOORDRACHT = f"""
    {PARTIJ} = 'systeem'
    OR ({PARTIJ} = 'instelling' AND {VAN_INSTELLING})
    OR ({PARTIJ} = 'gemeente' AND gemeente_id = ANY ({GEMEENTEN}))
"""
# Messages go to the parties they were written to; a note stays with the organisatie, or who took over from her.
KRING = f"""
    (soort <> 'notitie' AND {PARTIJ} = ANY (zichtbaar_voor))
    OR (soort = 'notitie' AND kant = {PARTIJ} AND (
      organisatie_id = {ORGANISATIE}
      OR ({PARTIJ} = 'gemeente' AND organisatie_id IN (
        SELECT g.organisatie_id FROM gemeenten_gemeente g
          WHERE g.id = ANY ({GEMEENTEN}) AND g.geldig_tot <= {VANDAAG}))))
"""

# How each table hangs on one that has its own rule: its column, and that table.
VIA_AANVRAAG = (
    "bijlage", "beoordeling", "opschorting", "verdaging", "besluit", "brief", "bezwaar", "deelnemer", "behandeling",
    "doorzending", "gemeentetoets", "gelezen", "handtekening", "traject", "ingebrekestelling",
    "intrekkingsvoornemen", "ontvangst", "storingsoordeel", "toestemming", "bewaarplicht",
)  # fmt: skip
VIA_TRAJECT = ("trajectgebeurtenis", "verlenging", "vaststelling", "stopbericht", "beeindigingsverslag")
# What says who it is, or what somebody told.
PERSONEN = ("deelnemer", "behandeling", "brief", "briefbestand", "bezwaar", "handtekening", "gespreksbericht")


def bestaat(tabel: str, boven: str) -> str:
    """The row above it is one that this party sees: its own policies say so."""
    return f"EXISTS (SELECT FROM aanvragen_{boven} b WHERE b.id = aanvragen_{tabel}.{boven}_id)"


def noodtoegang(dossier: str) -> str:
    return f"""EXISTS (SELECT FROM aanvragen_noodtoegang n WHERE n.aanvraag_id = {dossier}
      AND n.gebruiker_id = {GEBRUIKER} AND n.beeindigd_op IS NULL AND n.begonnen_op <= {NU} AND n.tot > {NU})"""


def aan(tabel: str, partijen: str, beheer: str) -> str:
    naam = f"aanvragen_{tabel}"
    return f"""
ALTER TABLE {naam} ENABLE ROW LEVEL SECURITY;
CREATE POLICY partijen ON {naam} USING ({partijen});
CREATE POLICY beheer ON {naam} FOR SELECT USING ({PARTIJ} = 'beheer' AND ({beheer}));
"""


def deel(tabel: str, boven: str, *, ook: str = "true") -> str:
    partijen = f"{PARTIJ} = 'systeem' OR ({PARTIJEN_VAN_DOSSIER} AND {bestaat(tabel, boven)} AND ({ook}))"
    dossier = f"aanvragen_{tabel}.aanvraag_id" if boven == "aanvraag" else None
    if tabel not in PERSONEN:
        beheer = "true"
    elif dossier:
        beheer = noodtoegang(dossier)
    else:  # what hangs on a table of persons opens with it
        beheer = bestaat(tabel, boven)
    return aan(tabel, partijen, beheer)


AAN = [
    aan("aanvraag", AANVRAAG, "true"),
    aan("voordracht", VOORDRACHT, noodtoegang("aanvragen_voordracht.aanvraag_id")),
    *(deel(tabel, "aanvraag") for tabel in VIA_AANVRAAG),
    *(deel(tabel, "traject") for tabel in VIA_TRAJECT),
    deel("briefbestand", "brief"),
    deel("gespreksbericht", "aanvraag", ook=KRING),
    f"CREATE POLICY beheer_zet ON aanvragen_bewaarplicht USING ({PARTIJ} = 'beheer');",
    # The bookkeeping of the reminders is nobody's but the system's.
    aan("herinnering", f"{PARTIJ} = 'systeem'", "true"),
    # Beheer opens and ends its own; the parties read who looked in their dossier.
    f"""
ALTER TABLE aanvragen_noodtoegang ENABLE ROW LEVEL SECURITY;
CREATE POLICY systeem ON aanvragen_noodtoegang USING ({PARTIJ} = 'systeem');
CREATE POLICY partijen ON aanvragen_noodtoegang FOR SELECT
  USING ({PARTIJEN_VAN_DOSSIER} AND {bestaat("noodtoegang", "aanvraag")});
CREATE POLICY beheer ON aanvragen_noodtoegang FOR SELECT USING ({PARTIJ} = 'beheer');
CREATE POLICY beheer_opent ON aanvragen_noodtoegang FOR INSERT
  WITH CHECK ({PARTIJ} = 'beheer' AND gebruiker_id = {GEBRUIKER});
CREATE POLICY beheer_eindigt ON aanvragen_noodtoegang FOR UPDATE
  USING ({PARTIJ} = 'beheer' AND gebruiker_id = {GEBRUIKER});
""",
]
# A referential check sees past these policies, so a key must carry the dossier along: a part of one points at no part
# of another. From a column of a table to the table that it is of.
SAMENGESTELD = (
    ("handtekening", "bijlage_id", "bijlage"), ("brief", "besluit_id", "besluit"), ("bezwaar", "besluit_id", "besluit"),
    ("bezwaar", "besluit_op_bezwaar_id", "besluit"), ("besluit", "vorig_besluit_id", "besluit"),
    ("ontvangst", "kopie_id", "brief"), ("ingebrekestelling", "bezwaar_id", "bezwaar"),
    ("ingebrekestelling", "besluit_id", "besluit"), ("intrekkingsvoornemen", "besluit_id", "besluit"),
    ("gespreksbericht", "antwoord_op_id", "gespreksbericht"),
)  # fmt: skip
BOVEN = sorted({boven for _, _, boven in SAMENGESTELD})


def sleutel(tabel: str, kolom: str) -> str:
    return f"{tabel}_{kolom.removesuffix('_id')}_van_dossier"


AAN += [f"ALTER TABLE aanvragen_{b} ADD CONSTRAINT {b}_met_dossier UNIQUE (id, aanvraag_id);" for b in BOVEN]
AAN += [
    f"ALTER TABLE aanvragen_{t} ADD CONSTRAINT {sleutel(t, k)} FOREIGN KEY ({k}, aanvraag_id)"
    f" REFERENCES aanvragen_{b} (id, aanvraag_id) DEFERRABLE INITIALLY DEFERRED;"
    for t, k, b in SAMENGESTELD
]
TABELLEN = (
    "aanvraag", "voordracht", *VIA_AANVRAAG, *VIA_TRAJECT, "briefbestand", "gespreksbericht", "herinnering",
    "noodtoegang",
)  # fmt: skip
LOS = [f"ALTER TABLE aanvragen_{t} DROP CONSTRAINT {sleutel(t, k)};" for t, k, _ in SAMENGESTELD]
LOS += [f"ALTER TABLE aanvragen_{b} DROP CONSTRAINT {b}_met_dossier;" for b in BOVEN]
UIT = "\n".join(LOS) + "\n".join(
    f"""
DO $$ DECLARE p text; BEGIN
  FOR p IN SELECT polname FROM pg_policy WHERE polrelid = 'aanvragen_{tabel}'::regclass LOOP
    EXECUTE format('DROP POLICY %I ON aanvragen_{tabel}', p);
  END LOOP;
END $$;
ALTER TABLE aanvragen_{tabel} DISABLE ROW LEVEL SECURITY;
"""
    for tabel in TABELLEN
)


class Migration(migrations.Migration):
    dependencies = [("aanvragen", "0020_inzage_en_intrekken"), ("gemeenten", "0001_initial")]

    operations = [migrations.RunSQL("\n".join(AAN), UIT)]
