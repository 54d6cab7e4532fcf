"""Does it all add up? What the budget knows of itself, and what the dossiers know of the budget.

Asked in one snapshot (REPEATABLE READ), so that an act that commits meanwhile is no finding. Nothing is changed or
locked. `manage.py controleer` and the nightly run are the doors to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.urls import reverse

from aanvragen.models import Ontvangst
from budget.controle import Bevinding, Vraag, bevindingen, stel
from budget.models import Controle
from ips_subsidie.berichten.uitbak import plaats
from ips_subsidie.handelingen.kern import REGISTER
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.rollen import OrganisatieSoort, Rol

# More than this nobody reads; the run keeps the first ones and says how many there were.
HOOGSTENS_BEWAARD = 200

VRAGEN = (
    Vraag(
        "plaats_zonder_dossier",
        "De plaats van {} ({}) hoort bij geen dossier.",
        """SELECT r.kenmerk, r.status FROM budget_reservering r
           WHERE NOT EXISTS (SELECT FROM aanvragen_aanvraag a WHERE a.reservering_id = r.id)""",
    ),
    Vraag(
        "dossier_zonder_plaats",
        "Dossier {} is {} zonder plaats in de volgorde.",
        """SELECT a.kenmerk, a.status FROM aanvragen_aanvraag a WHERE a.reservering_id IS NULL AND a.status IN
             ('ingediend', 'onvolledig', 'in_behandeling', 'budget_gevraagd', 'budget_gereserveerd', 'geen_budget',
              'toegekend', 'afgewezen', 'buiten_behandeling', 'besluit_ingetrokken')""",
    ),
    Vraag(
        "status_en_plaats",
        "Dossier {} is {}, maar de plaats is {}.",
        """SELECT a.kenmerk, a.status, r.status
           FROM aanvragen_aanvraag a JOIN budget_reservering r ON r.id = a.reservering_id
           WHERE (r.status, a.status) NOT IN (
             ('in_volgorde', 'ingediend'), ('in_volgorde', 'in_behandeling'), ('in_volgorde', 'onvolledig'),
             ('onvolledig', 'onvolledig'), ('in_volgorde', 'budget_gevraagd'), ('in_volgorde', 'geen_budget'),
             ('gereserveerd', 'budget_gereserveerd'),
             ('verleend', 'toegekend'), ('verleend', 'besluit_ingetrokken'), ('vrijgegeven', 'besluit_ingetrokken'),
             ('vervallen', 'afgewezen'), ('vervallen', 'buiten_behandeling'), ('vervallen', 'ingetrokken'))""",
    ),
    Vraag(
        "status_en_besluit",
        "Dossier {} is {}, maar de besluiten zeggen: {}.",
        # The same reading as the function aanvragen_besloten of migration 0014.
        """SELECT kenmerk, status, coalesce(besloten, 'nog niets') FROM (
             SELECT a.kenmerk, a.status, (
               SELECT CASE b.soort WHEN 'verlening' THEN 'toegekend' WHEN 'afwijzing' THEN 'afgewezen'
                                   WHEN 'intrekking' THEN 'besluit_ingetrokken' ELSE b.soort END
               FROM aanvragen_besluit b WHERE b.aanvraag_id = a.id
                 AND b.soort IN ('verlening', 'afwijzing', 'buiten_behandeling', 'intrekking')
                 AND NOT EXISTS (SELECT FROM aanvragen_besluit h WHERE h.vorig_besluit_id = b.id AND h.herroept)
               ORDER BY array_position(ARRAY['intrekking', 'verlening', 'afwijzing'], b.soort::text)
               LIMIT 1) AS besloten
             FROM aanvragen_aanvraag a) x
           WHERE besloten IS DISTINCT FROM CASE
             WHEN status IN ('toegekend', 'afgewezen', 'buiten_behandeling', 'besluit_ingetrokken') THEN status END""",
    ),
    Vraag(
        "besluit_zonder_mandaat",
        "Het besluit van {} over dossier {} is genomen zonder geldig mandaat.",
        # As the trigger of migration 0009 asks it, but of the register as it is now.
        """SELECT b.dagtekening::text, a.kenmerk
           FROM aanvragen_besluit b JOIN aanvragen_aanvraag a ON a.id = b.aanvraag_id
           JOIN budget_regelingversie v ON v.id = a.regeling_versie_id
           LEFT JOIN gemeenten_ondermandaat o ON o.id = b.ondermandaat_id
           LEFT JOIN gemeenten_mandaat m ON m.id = o.mandaat_id
           WHERE v.in_mandaat AND a.beslisser = 'gemeente' AND (o.id IS NULL
             OR b.dagtekening < greatest(o.geldig_van, m.geldig_van)
             OR b.dagtekening >= least(coalesce(o.geldig_tot, 'infinity'), coalesce(m.geldig_tot, 'infinity')))""",
    ),
    Vraag(
        "wat_gevraagd_is",
        "De plaats van dossier {} is niet die van het dossier: {} is anders.",
        """SELECT a.kenmerk, concat_ws(', ',
             CASE WHEN r.kenmerk <> a.kenmerk THEN 'het kenmerk' END,
             CASE WHEN r.versie_id <> a.regeling_versie_id OR r.regeling_id <> a.regeling_id THEN 'de regeling' END,
             CASE WHEN r.route <> a.route THEN 'de route' END,
             CASE WHEN r.gemeente_id IS DISTINCT FROM a.gemeente_id THEN 'de gemeente' END,
             CASE WHEN r.doelgroep <> a.doelgroep THEN 'de doelgroep' END)
           FROM aanvragen_aanvraag a JOIN budget_reservering r ON r.id = a.reservering_id
           WHERE (r.kenmerk, r.regeling_id, r.versie_id, r.route, r.gemeente_id, r.doelgroep) IS DISTINCT FROM
                 (a.kenmerk, a.regeling_id, a.regeling_versie_id, a.route, a.gemeente_id, a.doelgroep)""",
    ),
    Vraag(
        "persoon",
        "De plaats van dossier {} is niet voor de deelnemer van dat dossier.",
        """SELECT a.kenmerk FROM aanvragen_aanvraag a JOIN budget_reservering r ON r.id = a.reservering_id
           LEFT JOIN aanvragen_deelnemer d ON d.aanvraag_id = a.id
           WHERE r.persoon IS DISTINCT FROM d.bsn_index AND a.vernietigd_op IS NULL""",
    ),
    Vraag(
        "twee_trajecten",
        "Dezelfde deelnemer heeft meer dan een toegekend traject: dossiers {}.",
        """SELECT string_agg(a.kenmerk, ', ' ORDER BY a.kenmerk)
           FROM aanvragen_aanvraag a JOIN aanvragen_deelnemer d ON d.aanvraag_id = a.id
           JOIN budget_regelingversie v ON v.id = a.regeling_versie_id AND v.dubbel_traject = 'blokkeer'
           WHERE a.status = 'toegekend' AND d.bsn_index IS NOT NULL
           GROUP BY a.regeling_id, d.bsn_index HAVING count(*) > 1""",
    ),
    Vraag(
        "bedrag",
        "De bedragen in het besluit over dossier {} zijn niet die van de plaats: {} tegen {} cent.",
        """SELECT a.kenmerk, b.bedrag_cent, r.bedrag_cent
           FROM aanvragen_besluit b JOIN aanvragen_aanvraag a ON a.id = b.aanvraag_id
           LEFT JOIN budget_reservering r ON r.id = a.reservering_id
           WHERE b.soort = 'verlening' AND (b.bedrag_cent, b.rijk_cent, b.gemeente_cent)
             IS DISTINCT FROM (r.bedrag_cent, r.rijk_cent, r.gemeente_cent)""",
    ),
    Vraag(
        "delen_van_besluit",
        "De delen in het besluit over dossier {} tellen niet op: {} en {} is niet {} cent.",
        """SELECT a.kenmerk, b.rijk_cent, b.gemeente_cent, b.bedrag_cent
           FROM aanvragen_besluit b JOIN aanvragen_aanvraag a ON a.id = b.aanvraag_id
           WHERE b.rijk_cent + b.gemeente_cent <> b.bedrag_cent""",
    ),
    Vraag(
        "traject",
        "Dossier {} is {}; dat hoort {} traject te hebben.",
        """SELECT a.kenmerk, a.status, CASE WHEN t.id IS NULL THEN 'een' ELSE 'geen' END
           FROM aanvragen_aanvraag a LEFT JOIN aanvragen_traject t ON t.aanvraag_id = a.id
           WHERE (t.id IS NOT NULL) <> (a.status IN ('toegekend', 'besluit_ingetrokken'))""",
    ),
    Vraag(
        "na_bezwaar",
        "Dossier {} is na een bezwaar toegekend zonder dat twee mensen dat vastlegden.",
        """SELECT a.kenmerk FROM aanvragen_aanvraag a JOIN budget_reservering r ON r.id = a.reservering_id
           WHERE EXISTS (SELECT FROM aanvragen_besluit b
               WHERE b.aanvraag_id = a.id AND b.soort = 'verlening' AND b.vorig_besluit_id IS NOT NULL
                 AND NOT EXISTS (SELECT FROM budget_uitzondering u
                   WHERE u.reservering_id = r.id AND u.bevestigd_door_id IS NOT NULL))
             OR EXISTS (SELECT FROM budget_uitzondering u
               WHERE u.reservering_id = r.id AND u.bevestigd_door_id IS NOT NULL AND NOT EXISTS (
                 SELECT FROM aanvragen_bezwaar z JOIN aanvragen_besluit o ON o.id = z.besluit_op_bezwaar_id
                 WHERE z.aanvraag_id = a.id AND z.kenmerk = u.bezwaar_kenmerk AND z.status = 'gegrond'
                   AND u.bevestigd_door_id <> u.voorgesteld_door_id
                   AND (o.opsteller_id, o.ondertekenaar_id) = (u.voorgesteld_door_id, u.bevestigd_door_id)
                   AND EXISTS (SELECT FROM logboek_regel l WHERE l.dossier_id = a.id AND l.soort = 'handeling'
                     AND l.handeling = 'bezwaar.voorstellen' AND l.gebruiker_id = u.voorgesteld_door_id)
                   AND EXISTS (SELECT FROM logboek_regel l WHERE l.dossier_id = a.id AND l.soort = 'handeling'
                     AND l.handeling = 'bezwaar.beslissen' AND l.gebruiker_id = u.bevestigd_door_id)))""",
    ),
    Vraag(
        "bezwaar_door_betrokkene",
        "Over bezwaar {} van dossier {} besliste iemand die bij het besluit betrokken was.",
        # As the trigger of migration 0014 asks it (Awb 7:5, 10:3).
        """SELECT z.kenmerk, a.kenmerk FROM aanvragen_bezwaar z JOIN aanvragen_aanvraag a ON a.id = z.aanvraag_id
           JOIN aanvragen_besluit b ON b.id = z.besluit_id
           LEFT JOIN aanvragen_besluit o ON o.id = z.besluit_op_bezwaar_id
           WHERE b.aanvraag_id <> z.aanvraag_id OR z.opsteller_id IN (b.opsteller_id, b.ondertekenaar_id)
              OR o.ondertekenaar_id IN (b.opsteller_id, b.ondertekenaar_id)
              OR (o.id IS NOT NULL AND o.herroept <> (z.uitkomst = 'gegrond' AND z.gevolg <> 'motivering'))""",
    ),
    Vraag(
        "boeking_zonder_dossier",
        "In het grootboek staat dossier {}, dat er niet is of een andere plaats heeft.",
        """SELECT DISTINCT b.kenmerk FROM budget_boeking b WHERE b.kenmerk <> '' AND NOT EXISTS (
             SELECT FROM aanvragen_aanvraag a
             WHERE a.kenmerk = b.kenmerk AND a.reservering_id = b.reservering_id)""",
    ),
    Vraag(
        "bewaking_van_status_uit",
        "De bewaking {} in de databank staat niet aan.",
        """SELECT naam FROM unnest(ARRAY['aanvraag_begint_met_besluit', 'aanvraag_status_met_besluit',
             'reservering_met_dossier', 'besluit_volgt', 'besluit_op_bezwaar', 'bezwaar_bewaakt']) naam
           WHERE NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgname = naam AND t.tgenabled = 'A')""",
    ),
)


def _onbekende_handelingen() -> list[Bevinding]:
    """Acts in the grootboek that the register does not know; its opening and its corrections are no acts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT handeling, count(DISTINCT kenmerk), min(kenmerk) FROM budget_boeking "
            "WHERE kenmerk <> '' AND soort <> 'gecorrigeerd' "
            "GROUP BY handeling ORDER BY handeling"
        )
        return [
            Bevinding(
                "boeking_zonder_handeling",
                f"In het grootboek staat de handeling {code}, die er niet is, bij "
                f"{_aantal(aantal, 'dossier', 'dossiers')}, waaronder {kenmerk}.",
            )
            for code, aantal, kenmerk in cursor.fetchall()
            if code not in REGISTER and code != "overgenomen"
        ]


def _veranderde_kopieen() -> list[Bevinding]:
    """Copies of what was sent that no longer have the fingerprint of their receipt."""
    ontvangsten = Ontvangst.objects.select_related("kopie", "aanvraag").only(
        "sha256", "kopie__gegevens", "aanvraag__kenmerk"
    )
    return [
        Bevinding(
            "kopie_veranderd",
            f"De kopie van wat bij dossier {ontvangst.aanvraag.kenmerk} is verstuurd, is niet meer wat is ontvangen.",
        )
        for ontvangst in ontvangsten.order_by("pk").iterator(chunk_size=500)
        if not ontvangst.klopt
    ]


@dataclass(frozen=True)
class Uitkomst:
    """One run: what was found, and how much was looked at."""

    bevindingen: tuple[Bevinding, ...]
    potten: int
    boekingen: int
    verleend: int

    @property
    def klopt(self) -> bool:
        return not self.bevindingen

    def in_woorden(self) -> str:
        """One line of totals when all is right, else a line for each finding under how many there are."""
        if self.klopt:
            delen = (
                _aantal(self.potten, "pot", "potten"),
                _aantal(self.boekingen, "boeking", "boekingen"),
                _aantal(self.verleend, "verleend traject", "verleende trajecten"),
            )
            return f"Alles klopt: {', '.join(delen)}."
        kop = f"Er klopt iets niet: {_aantal(len(self.bevindingen), 'bevinding', 'bevindingen')}."
        return "\n".join([kop, *(f"- {b.tekst} [{b.code}]" for b in self.bevindingen)])


def alle_bevindingen() -> list[Bevinding]:
    """All that isn't right, of pots, grootboek, reserveringen and dossiers; empty when all is."""
    return list(controleer().bevindingen)


def controleer() -> Uitkomst:
    """Look at everything at one moment."""
    with _een_moment(), connection.cursor() as cursor:
        gevonden = (*bevindingen(), *stel(VRAGEN), *_onbekende_handelingen(), *_veranderde_kopieen())
        cursor.execute(
            "SELECT (SELECT count(*) FROM budget_pot), (SELECT count(*) FROM budget_boeking), "
            "(SELECT count(*) FROM budget_reservering WHERE status = 'verleend')"
        )
        return Uitkomst(gevonden, *cursor.fetchone())


@contextmanager
def _een_moment() -> Iterator[None]:
    """A transaction that sees one state of the database; within one that runs already, that one."""
    van_ons = not connection.in_atomic_block
    with transaction.atomic():
        if van_ons:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def controleer_en_bewaar(nu: datetime) -> Controle:
    """Look, keep the outcome for the budget page, and tell finance and beheer when something isn't right."""
    gevonden = controleer().bevindingen
    regels = [{"code": b.code, "tekst": b.tekst} for b in gevonden[:HOOGSTENS_BEWAARD]]
    if len(gevonden) > HOOGSTENS_BEWAARD:
        meer = f"En nog {len(gevonden) - HOOGSTENS_BEWAARD} andere."
        regels.append({"code": "meer", "tekst": meer})
    with transaction.atomic():
        controle = Controle.objects.create(op=nu, bevindingen=regels)
        if gevonden:
            _meld(len(gevonden), nu)
    return controle


def _meld(aantal: int, nu: datetime) -> None:
    titel = (
        f"De controle van het budget vond iets dat niet klopt ({_aantal(aantal, 'bevinding', 'bevindingen')})"
    )
    # Who keeps the program running has no budget page: the list of runs in the admin says the same.
    paden = {
        (OrganisatieSoort.UWV, Rol.UWV_FINANCIEN): reverse("budget:overzicht"),
        (OrganisatieSoort.BEHEER, Rol.BEHEERDER): reverse("admin:budget_controle_changelist"),
    }
    for (soort, rol), pad in paden.items():
        plaats(
            Organisatie.objects.filter(soort=soort).values_list("pk", flat=True),
            [rol],
            soort="controle",
            titel=titel,
            pad=pad,
            onderwerp_id="controle",
            termijn=datum_van(nu),
            nu=nu,
        )


def _aantal(getal: int, een: str, meer: str) -> str:
    return f"{getal} {een if getal == 1 else meer}"
