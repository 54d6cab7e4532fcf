"""The corners of the engine: limits that change while there are grants, and who may not be squeezed out."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from budget.handelingen import plaatsen
from budget.models import Loting, RegelingVersie, Reservering
from budget.regels.loting import volgorde
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from tests.budget.hulp import (
    UUR,
    fouten_in_de_boeken,
    geef_vrij,
    laad_tekst,
    laat_vallen,
    met_geld,
    met_tijdvakgrens,
    neem,
    sql,
    verleen_na_bezwaar,
    wacht,
)
from tests.fabriek import ARNHEM, NIJMEGEN, NU, laad, maak_wereld, regelingtekst, verleen_plaatsen

pytestmark = pytest.mark.django_db


def test_een_andere_telling_van_de_cap_telt_wat_al_is_verleend():
    """The cap counts the UWV route too from now on: what was granted on it counts, and can be freed."""
    wereld = maak_wereld(cap_per_gemeente=3)
    verleen_plaatsen(wereld, 1)
    uwv = verleen_plaatsen(wereld, 1, route="uwv")[0]
    laad(NU + UUR, cap_per_gemeente=3, cap_telt_routes=["gemeente", "uwv"])
    assert wereld.pot("gemeente", gemeente=NIJMEGEN).verleend_trajecten == 2
    assert fouten_in_de_boeken() == []
    geef_vrij(uwv, NU + UUR)
    assert wereld.pot("gemeente", gemeente=NIJMEGEN).verleend_trajecten == 1
    assert fouten_in_de_boeken() == []


def test_een_cap_die_minder_routes_telt():
    wereld = maak_wereld(cap_per_gemeente=3, cap_telt_routes=["gemeente", "uwv"])
    uwv = verleen_plaatsen(wereld, 2, route="uwv")[0]
    verleen_plaatsen(wereld, 1)
    laad(NU + UUR, cap_per_gemeente=3)
    assert wereld.pot("gemeente", gemeente=NIJMEGEN).verleend_trajecten == 1
    geef_vrij(uwv, NU + UUR)
    verleen_plaatsen(wereld, 2, nu=NU + UUR)
    assert fouten_in_de_boeken() == []


def test_een_grens_voor_een_tijdvak_telt_wat_al_is_verleend():
    wereld = maak_wereld()
    eerste = verleen_plaatsen(wereld, 2)[0]
    laad_tekst(met_tijdvakgrens(regelingtekst(), plafond_trajecten=2, cap_per_gemeente=2), NU + UUR)
    assert fouten_in_de_boeken() == []
    assert neem(wacht(wereld, NU + UUR, ARNHEM), NU + UUR) == "plafond"
    geef_vrij(eerste, NU + UUR)
    assert fouten_in_de_boeken() == []


def test_een_grens_voor_een_tijdvak_onder_wat_is_verleend():
    wereld = maak_wereld()
    verleen_plaatsen(wereld, 2)
    with pytest.raises(HandelingGeweigerd) as fout:
        laad_tekst(met_tijdvakgrens(regelingtekst(), plafond_trajecten=1), NU + UUR)
    assert fout.value.codes == ["onder_verleend"]


def test_een_grens_van_een_tijdvak_die_uit_de_tekst_gaat_vervalt():
    wereld = maak_wereld()
    laad_tekst(met_tijdvakgrens(regelingtekst(), plafond_trajecten=1, cap_per_gemeente=1), NU)
    verleen_plaatsen(wereld, 1)
    assert neem(wacht(wereld, NU + UUR), NU + UUR) == "plafond"
    laad(NU + 2 * UUR, reden="zonder grens van het tijdvak", plafond_trajecten=199)
    assert neem(Reservering.objects.get(status="in_volgorde"), NU + 2 * UUR) == "gelukt"
    assert fouten_in_de_boeken() == []


def test_een_lagere_grens_drukt_de_betere_er_niet_uit():
    """Awb 4:27: the one that was received before the lowering has the higher limit, but ranks behind the other."""
    wereld = maak_wereld(plafond_trajecten=5)
    verleen_plaatsen(wereld, 2)
    oud = wacht(wereld, NU + UUR, ARNHEM)
    plaatsen.stel_uit(oud, NU + UUR)
    laad(NU + 2 * UUR, plafond_trajecten=3)
    beter = wacht(wereld, NU + 3 * UUR, ARNHEM)
    plaatsen.sluit_weer_aan(oud, NU + 4 * UUR, nieuwe_rang=True)
    assert neem(oud, NU + 5 * UUR) == "voorrang"
    assert neem(beter, NU + 5 * UUR) == "gelukt"
    assert neem(oud, NU + 5 * UUR) == "gelukt"


def test_wie_nu_niet_past_achter_een_betere_houdt_zijn_plek_als_die_betere_vervalt():
    """Room for 800.000: a small one, a big one and a small one wait. The last may not take what the big one may get."""
    wereld = maak_wereld()
    laad_tekst(met_geld(regelingtekst(), 800_000))
    klein = wacht(wereld, NU)
    groot = wacht(wereld, NU + UUR, route="uwv")
    laatste = wacht(wereld, NU + 2 * UUR)
    assert neem(laatste) == "voorrang"
    laat_vallen(klein)
    assert neem(groot) == "gelukt"


def test_een_grote_die_zeker_niet_past_houdt_niemand_op():
    """T29: `overslaan`."""
    wereld = maak_wereld()
    laad_tekst(met_geld(regelingtekst(), 1_200_000))
    verleen_plaatsen(wereld, 2, gemeenten=[NIJMEGEN, ARNHEM])
    wacht(wereld, NU, route="uwv")
    assert neem(wacht(wereld, NU + UUR)) == "gelukt"


def test_gelijken_van_verschillend_bedrag_wachten_op_het_lot():
    """Room for 800.000: two small ones fit, or one big one. The number of the row may not decide which."""
    wereld = maak_wereld()
    laad_tekst(met_geld(regelingtekst(), 800_000))
    wacht(wereld)
    wacht(wereld, route="uwv")
    assert neem(wacht(wereld)) == "loting"


def test_van_een_deelnemer_gaat_wie_een_lot_heeft_voor_wie_er_geen_heeft():
    """The second of the same person came in at the same moment, after the loting: it goes behind the first."""
    wereld = maak_wereld()
    versie = wereld.regeling.versie_op(NU.date())

    def sluit_aan(kenmerk, persoon):
        return plaatsen.sluit_aan(
            versie,
            kenmerk=kenmerk,
            route="uwv",
            gemeente=wereld.gemeente(),
            doelgroep="CMD",
            persoon=persoon,
            nu=NU,
        )

    sluit_aan("EEN", b"p"), sluit_aan("ANDER", b"q")
    loting = Loting.objects.create(
        regeling=wereld.regeling, rang_op=NU, deelnemers=["ANDER", "EEN"], voorbereid_op=NU,
        voorbereid_door=wereld.beoordelaar.persoon,
    )  # fmt: skip
    loting.status, loting.zaad, loting.uitslag = "getrokken", "z", volgorde("z", loting.deelnemers)
    loting.getrokken_door, loting.getrokken_op = wereld.beslisser.persoon, NU
    loting.save()
    assert neem(sluit_aan("TWEE", b"p")) == "voorrang"


def test_een_vrijgegeven_uitzondering_maakt_de_grens_niet_ruimer():
    wereld = maak_wereld(plafond_trajecten=3)
    verleen_plaatsen(wereld, 3)
    te_laat = laat_vallen(wacht(wereld, NU + UUR, ARNHEM))
    verleen_na_bezwaar(wereld, te_laat)
    assert wereld.pot().vrij_trajecten == -1
    geef_vrij(te_laat)
    assert wereld.pot().verleend_trajecten == 3
    with pytest.raises(HandelingGeweigerd) as fout:
        laad(NU + 2 * UUR, plafond_trajecten=2)
    assert fout.value.codes == ["onder_verleend"]
    assert fouten_in_de_boeken() == []


def test_grenzen_in_de_volgorde_van_publicatie():
    """A limit that was published before the one that holds now is refused: which of the two holds is not clear."""
    wereld = maak_wereld()
    laad(NU, plafond_trajecten=150)
    with pytest.raises(HandelingGeweigerd) as fout:
        laad_tekst(
            regelingtekst(plafond_trajecten=50), NU + UUR, gepubliceerd_op=(NU - timedelta(days=5)).date()
        )
    assert fout.value.codes == ["eerder_gepubliceerd"]
    assert wereld.pot().grens_trajecten == 150


def test_een_uitzondering_neemt_geen_plaats_die_er_voor_een_betere_is():
    """One place is left, and a better-ranked one waits for it: the one after a bezwaar isn't in its way."""
    wereld = maak_wereld(plafond_trajecten=2)
    verleen_plaatsen(wereld, 1, route="uwv")
    beter = wacht(wereld, NU + UUR, route="uwv")
    geweigerde = laat_vallen(wacht(wereld, NU + 2 * UUR, route="uwv"), NU + 3 * UUR)
    with pytest.raises(HandelingGeweigerd) as fout, transaction.atomic():
        verleen_na_bezwaar(wereld, geweigerde, NU + 4 * UUR)
    assert fout.value.codes == ["voorrang"]
    assert neem(beter, NU + 5 * UUR) == "gelukt"
    verleen_na_bezwaar(wereld, Reservering.objects.get(pk=geweigerde.pk), NU + 6 * UUR)
    assert (wereld.pot().verleend_trajecten, wereld.pot().uitzondering_trajecten) == (3, 1)


def test_binnen_de_grens_van_toen_is_het_geen_uitzondering():
    """Awb 4:27: received under a limit of 3, lowered to 1 since: its own limit has room."""
    wereld = maak_wereld(plafond_trajecten=3)
    geweigerde = laat_vallen(wacht(wereld, NU + UUR, route="uwv"), NU + 2 * UUR)
    verleen_plaatsen(wereld, 1, route="uwv")
    laad(NU + 3 * UUR, plafond_trajecten=1)
    verleen_na_bezwaar(wereld, geweigerde, NU + 4 * UUR)
    assert (wereld.pot().verleend_trajecten, wereld.pot().uitzondering_trajecten) == (2, 0)
    assert fouten_in_de_boeken() == []


def test_een_hogere_cap_die_meer_routes_telt():
    wereld = maak_wereld(cap_per_gemeente=2)
    verleen_plaatsen(wereld, 2)
    verleen_plaatsen(wereld, 2, route="uwv")
    laad(NU + UUR, cap_per_gemeente=5, cap_telt_routes=["gemeente", "uwv"])
    assert wereld.pot("gemeente", gemeente=NIJMEGEN).verleend_trajecten == 4
    assert fouten_in_de_boeken() == []


def test_met_loting_per_dag_krijgt_niemand_op_de_dag_zelf_een_plaats():
    """All of one day are equal: who is granted at noon escapes the draw with who comes in the afternoon."""
    wereld = maak_wereld(plafond_trajecten=2, gelijke_rang="loting")
    eerste = wacht(wereld, NU, route="uwv")
    assert neem(eerste, NU + 2 * UUR) == "dag_loopt"
    [wacht(wereld, NU + 3 * UUR, route="uwv") for _ in range(2)]
    assert neem(eerste, NU + 24 * UUR) == "loting"


# --- rows that no act writes -----------------------------------------------------------------------------------

NIEUW = """
    insert into budget_reservering (id, regeling_id, versie_id, status, kenmerk, tijdvak, route, gemeente_id, doelgroep,
        bedrag_cent, rijk_cent, gemeente_cent, persoon, ontvangen_op, rang_op, past_niet, handeling, gewijzigd_op)
    select gen_random_uuid(), {regeling}, {versie}, 'in_volgorde', 'VALS-1', {tijdvak}, 'gemeente', gemeente_id, 'CMD',
        800000, 400000, 400000, {persoon}, ontvangen_op, {rang}, false, 'vals', now()
    from budget_reservering limit 1
"""
VERLEEN = "; update budget_reservering set status = 'verleend', verleend_op = now() where kenmerk = 'VALS-1'"
ZOALS = {
    "regeling": "regeling_id", "versie": "versie_id", "tijdvak": "tijdvak", "persoon": "'x'::bytea",
    "rang": "ontvangen_op",
}  # fmt: skip


def nieuw(**over):
    return NIEUW.format(**ZOALS | over)


def test_een_verzonnen_tijdvak_gaat_niet_om_de_grens_van_het_tijdvak_heen():
    wereld = maak_wereld()
    laad_tekst(met_tijdvakgrens(regelingtekst(), plafond_trajecten=1))
    verleen_plaatsen(wereld, 1)
    with pytest.raises(IntegrityError, match="tijdvak"), transaction.atomic():
        sql(nieuw(tijdvak="'2099'") + VERLEEN)


def test_de_versie_van_een_reservering_is_van_haar_eigen_regeling():
    wereld = maak_wereld()
    verleen_plaatsen(wereld, 1)
    anders = laad_tekst(
        regelingtekst(dubbel_traject="waarschuw").replace('code = "IPS-CMD-2019"', 'code = "ANDERS-2019"')
    )
    with pytest.raises(IntegrityError, match="versie"), transaction.atomic():
        sql(nieuw(versie=str(anders.pk), persoon="persoon") + VERLEEN)
    assert wereld.pot().verleend_trajecten == 1


def test_een_nagemaakte_oude_versie_gaat_er_niet_in():
    """A row with a lower number sets no limits, but would say that a second traject of a person is fine."""
    wereld = maak_wereld()
    verleen_plaatsen(wereld, 1)
    versie = RegelingVersie.objects.get()
    versie.pk, versie.nummer, versie.dubbel_traject = None, 0, "waarschuw"
    with pytest.raises(Exception, match="nieuwste versie"):
        versie.save(force_insert=True)


def test_de_rang_ligt_niet_voor_de_dag_van_ontvangst():
    verleen_plaatsen(maak_wereld(), 1)
    with pytest.raises(Exception, match="moment van ontvangst"):
        sql(nieuw(rang="ontvangen_op - interval '2 days'"))


def test_een_loting_begint_als_voorbereid_met_wie_er_wachten():
    wereld = maak_wereld()
    deelnemers = sorted(wacht(wereld).kenmerk for _ in range(3))
    velden = {
        "regeling": wereld.regeling, "rang_op": NU, "voorbereid_door": wereld.beoordelaar.persoon,
        "voorbereid_op": NU,
    }  # fmt: skip
    for fout in (
        {"deelnemers": deelnemers[:2]},
        {"deelnemers": [*deelnemers, "BESTAAT-NIET"]},
        {
            "deelnemers": deelnemers, "status": "getrokken", "zaad": "x", "uitslag": deelnemers,
            "getrokken_door": wereld.beslisser.persoon, "getrokken_op": NU,
        },
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match="loting"), transaction.atomic():
            Loting.objects.create(**velden, **fout)


VERSIE = """
    insert into budget_regelingversie (regeling_id, nummer, geldig_vanaf, tekst, reden, bron, gepubliceerd_op,
        grenzen_vanaf, grenzen, tijdvakken, dubbel_traject, niet_passend_beleid, cap_bij_fusie, in_mandaat, handeling,
        vastgelegd_op)
    select regeling_id, 2, geldig_vanaf, tekst, reden, bron, gepubliceerd_op, grenzen_vanaf, {grenzen}, tijdvakken,
        {dubbel}, niet_passend_beleid, {fusie}, {mandaat}, 'regeling.laden', vastgelegd_op from budget_regelingversie
"""
GELIJK = {
    "grenzen": "grenzen", "dubbel": "dubbel_traject", "fusie": "cap_bij_fusie", "mandaat": "in_mandaat",
}  # fmt: skip


def test_een_versie_zonder_grenzen_gaat_er_niet_in():
    wereld = maak_wereld(plafond_trajecten=2)
    with pytest.raises(IntegrityError, match="elke pot"), transaction.atomic():
        sql(VERSIE.format(**GELIJK | {"grenzen": "'[]'"}))
    assert wereld.pot().grens_trajecten == 2


@pytest.mark.parametrize(
    "over",
    [
        {"dubbel": "'waarschuw'"},
        {"grenzen": "jsonb_set(grenzen, '{0,trajecten}', '999')"},
        {"fusie": "'per_oude_gemeente'"},
        {"mandaat": "true"},
    ],
)
def test_een_versie_die_iets_anders_zegt_dan_haar_tekst_komt_aan_het_licht(over):
    """It is the one door that the application has; what comes in by it is held against its own text."""
    maak_wereld(plafond_trajecten=2)
    sql(VERSIE.format(**GELIJK | over))
    assert any("tekst" in fout for fout in fouten_in_de_boeken())
