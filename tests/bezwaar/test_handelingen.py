"""A bezwaar from receipt to beslissing: in time, by whom, heard, within the term (Awb chapters 6 and 7)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from aanvragen.handelingen.bezwaar import behandelen, beslissen, indienen
from aanvragen.models import Bezwaar, Storing
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.klok import begin_van_dag, datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import LID_VANAF, NU, NU_B, doe, geweigerd, vers

DAG = timedelta(days=1)


def met_rol(actor, rol):
    """The same person in another role at the same party."""
    return Actor.van(
        Lidmaatschap.objects.create(
            gebruiker=actor.persoon, organisatie=actor.organisatie, rol=rol, geldig_van=LID_VANAF
        )
    )


def opnieuw(bezwaar):
    return Bezwaar.objects.get(pk=bezwaar.pk)


# --- receipt ---------------------------------------------------------------------------------------------


def test_in_het_portaal(wereld):
    aanvraag = fabriek.afgewezen(wereld)
    bezwaar = fabriek.maak_bezwaar(wereld, aanvraag, NU + DAG, wil_gehoord=True)
    assert (bezwaar.status, bezwaar.te_laat, bezwaar.indiener) == ("ontvangen", False, "instelling")
    assert bezwaar.beslis_uiterlijk == bezwaar.termijn().laatste_dag
    ontvangst = aanvraag.ontvangsten.get(soort="bezwaar")
    assert ontvangst.klopt
    assert ontvangst.kopie.gegevens["gronden"] == fabriek.GRONDEN
    assert {b.rol for b in Bericht.objects.filter(soort="bezwaar_ontvangen")} == {Rol.UWV_BEOORDELAAR}
    assert geweigerd(lambda: fabriek.maak_bezwaar(wereld, vers(aanvraag), NU + DAG)) == ["loopt_al"]


def test_te_laat_wordt_aangenomen_en_gewogen(wereld):
    aanvraag = fabriek.afgewezen(wereld)
    laat = begin_van_dag(fabriek.laatste_besluit(aanvraag).bezwaar_tot + DAG) + timedelta(hours=9)
    bezwaar = fabriek.maak_bezwaar(wereld, aanvraag, laat)
    assert bezwaar.te_laat
    assert geweigerd(lambda: fabriek.weeg_bezwaar(wereld, bezwaar, laat)) == ["verschoonbaar"]
    codes = geweigerd(
        lambda: fabriek.weeg_bezwaar(
            wereld, opnieuw(bezwaar), laat, verschoonbaar=True, verschoning="storing", toelichting="x"
        )
    )
    assert codes == ["geen_storing"]
    bezwaar = fabriek.weeg_bezwaar(
        wereld, opnieuw(bezwaar), laat, verschoonbaar=False, toelichting="Geen reden."
    )
    codes = geweigerd(lambda: fabriek.stel_beslissing_voor(wereld, bezwaar, laat, gevolg="alsnog_toekennen"))
    assert codes == ["te_laat"]
    bezwaar = fabriek.stel_beslissing_voor(wereld, opnieuw(bezwaar), laat, uitkomst="niet_ontvankelijk")
    assert fabriek.beslis_op_bezwaar(wereld, bezwaar, laat).status == "niet_ontvankelijk"


def test_een_storing_op_de_laatste_dag_is_een_grond(wereld):
    aanvraag = fabriek.afgewezen(wereld)
    tot = fabriek.laatste_besluit(aanvraag).bezwaar_tot
    avond = begin_van_dag(tot) + timedelta(hours=20)
    Storing.objects.create(van=avond, tot=avond + timedelta(hours=3), toelichting="Geen verbinding")
    laat = begin_van_dag(tot + DAG) + timedelta(hours=9)
    bezwaar = fabriek.maak_bezwaar(wereld, aanvraag, laat)
    assert behandelen.storing_op_laatste_dag(bezwaar)
    bezwaar = fabriek.weeg_bezwaar(
        wereld, bezwaar, laat, verschoonbaar=True, verschoning="storing", toelichting="Zie het register."
    )
    bezwaar = fabriek.stel_beslissing_voor(wereld, bezwaar, laat, gevolg="alsnog_toekennen")
    assert fabriek.beslis_op_bezwaar(wereld, bezwaar, laat).status == "gegrond"


def test_per_post_op_tijd_verzonden_is_op_tijd(wereld):
    aanvraag = fabriek.afgewezen(wereld)
    tot = fabriek.laatste_besluit(aanvraag).bezwaar_tot
    moment = begin_van_dag(tot + 7 * DAG) + timedelta(hours=9)
    bezwaar = fabriek.registreer_bezwaar(
        wereld, aanvraag, moment, indiener="deelnemer", ontvangen_op=tot + 7 * DAG, verzonden_op=tot
    )
    assert not bezwaar.te_laat
    assert bezwaar.ontvangst.stappen[-1].startswith("Dat is zo")
    brief = aanvraag.brieven.get(sjabloon="bezwaar_ontvangst")
    assert brief.gegevens["geadresseerde"]["naam"] == aanvraag.deelnemer.naam


@pytest.mark.parametrize(
    ("over", "codes"),
    [
        ({"indiener": "niemand"}, ["indiener"]),
        ({"indiener": "ander"}, ["indiener_naam"]),
        ({"wijze": "portaal"}, ["wijze"]),
        ({"ontvangen_op": date(2019, 6, 2)}, ["ontvangen_op"]),
        ({"ontvangen_op": date(2019, 6, 5)}, ["ontvangen_op"]),
        ({"verzonden_op": date(2019, 6, 5)}, ["verzonden_op"]),
    ],
)
def test_registreren_zegt_wie_hoe_en_wanneer(wereld, over, codes):
    aanvraag = fabriek.afgewezen(wereld)
    assert geweigerd(lambda: fabriek.registreer_bezwaar(wereld, aanvraag, NU + DAG, **over)) == codes


def test_een_derde_krijgt_geen_gegevens_van_de_deelnemer(wereld):
    aanvraag = fabriek.toegekend(wereld)
    fabriek.registreer_bezwaar(
        wereld,
        aanvraag,
        NU,
        indiener="ander",
        indiener_naam="Ggz De Buren",
        indiener_adres="Laan 2\n1234 AB Stad",
    )
    brief = aanvraag.brieven.get(sjabloon="bezwaar_ontvangst").gegevens
    assert brief["geadresseerde"]["naam"] == "Ggz De Buren"
    assert brief["met_deelnemer"] is False


def test_niet_zonder_besluit_en_niet_van_een_ander(wereld):
    aanvraag = fabriek.in_behandeling(wereld)
    invoer = {"besluit_id": aanvraag.pk, "gronden": "x"}
    assert "geen_besluit" in geweigerd(
        lambda: doe(indienen.indienen, aanvraag, wereld.behandelaar, NU, **invoer)
    )
    besluit = fabriek.laatste_besluit(fabriek.afgewezen(wereld))
    ander = fabriek.afgewezen(wereld)
    codes = geweigerd(
        lambda: doe(indienen.indienen, ander, wereld.behandelaar, NU, besluit_id=besluit.pk, gronden="x")
    )
    assert codes == ["besluit"]
    vreemd = wereld.bij_andere_instelling().behandelaar
    codes = geweigerd(lambda: doe(indienen.indienen, ander, vreemd, NU, besluit_id=besluit.pk, gronden="x"))
    assert codes == ["niet_van_u"]


# --- who ---------------------------------------------------------------------------------------------------


def test_wie_betrokken_was_behandelt_en_beslist_niet(wereld):
    """Awb 7:5 and 10:3 lid 3: not who prepared the besluit, not who signed it."""
    bezwaar = fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld))
    for actor in (wereld.beoordelaar, met_rol(wereld.beslisser, Rol.UWV_BEOORDELAAR)):
        codes = geweigerd(lambda a=actor: doe(behandelen.ontvankelijkheid, opnieuw(bezwaar), a, NU))
        assert codes == ["betrokken"]
    bezwaar = fabriek.stel_beslissing_voor(wereld, bezwaar, uitkomst="ongegrond")
    for actor in (wereld.beslisser, met_rol(wereld.beoordelaar, Rol.UWV_BESLISSER)):
        codes = geweigerd(lambda a=actor: doe(beslissen.beslissen, opnieuw(bezwaar), a, NU, motivering="x"))
        assert codes == ["betrokken"]
    zelf = met_rol(fabriek.bezwaarbehandelaar(wereld, bezwaar.aanvraag), Rol.UWV_BESLISSER)
    codes = geweigerd(lambda: doe(beslissen.beslissen, opnieuw(bezwaar), zelf, NU, motivering="x"))
    assert codes == ["vier_ogen"]


def test_de_andere_partij_behandelt_niet(wereld_b):
    bezwaar = fabriek.maak_bezwaar(wereld_b, fabriek.afgewezen(wereld_b, NU_B), NU_B)
    uwv = wereld_b.collega(wereld_b.beoordelaar)
    assert geweigerd(lambda: doe(behandelen.ontvankelijkheid, bezwaar, uwv, NU_B)) == ["niet_aan_u"]


# --- on the way --------------------------------------------------------------------------------------------


def test_gronden_ontbreken(wereld):
    """Asked once, with a term in which the beslistermijn stands still; without them it is niet-ontvankelijk (6:6)."""
    bezwaar = fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld), gronden="")
    behandelaar = fabriek.bezwaarbehandelaar(wereld, bezwaar.aanvraag)
    assert geweigerd(lambda: fabriek.weeg_bezwaar(wereld, bezwaar)) == ["geen_gronden"]
    voor = bezwaar.beslis_uiterlijk
    tot = datum_van(NU) + 14 * DAG
    doe(behandelen.herstel_vragen, opnieuw(bezwaar), behandelaar, NU, wat="De gronden.", termijn_tot=tot)
    bezwaar = opnieuw(bezwaar)
    assert bezwaar.status == "ontvankelijkheid"
    assert bezwaar.beslis_uiterlijk > voor
    assert geweigerd(lambda: fabriek.weeg_bezwaar(wereld, bezwaar)) == ["herstel_loopt"]
    doe(indienen.aanvullen, opnieuw(bezwaar), wereld.behandelaar, NU + 2 * DAG, gronden="De telling.")
    bezwaar = opnieuw(bezwaar)
    assert (bezwaar.status, bezwaar.gronden) == ("ontvangen", "De telling.")
    assert voor < bezwaar.beslis_uiterlijk <= voor + 5 * DAG


def test_gronden_komen_niet(wereld):
    bezwaar = fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld), gronden="")
    behandelaar = fabriek.bezwaarbehandelaar(wereld, bezwaar.aanvraag)
    tot = datum_van(NU) + 14 * DAG
    doe(behandelen.herstel_vragen, bezwaar, behandelaar, NU, wat="De gronden.", termijn_tot=tot)
    later = NU + 15 * DAG
    bezwaar = fabriek.weeg_bezwaar(wereld, opnieuw(bezwaar), later)
    bezwaar = fabriek.zie_af_van_horen(wereld, bezwaar, later, reden="niet_ontvankelijk")
    codes = geweigerd(lambda: fabriek.stel_beslissing_voor(wereld, bezwaar, later, gevolg="alsnog_toekennen"))
    assert codes == ["geen_gronden", "afgezien"]
    fabriek.stel_beslissing_voor(wereld, opnieuw(bezwaar), later, uitkomst="niet_ontvankelijk")


def test_eerst_horen(wereld):
    bezwaar = fabriek.weeg_bezwaar(wereld, fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld)))
    behandelaar = fabriek.bezwaarbehandelaar(wereld, bezwaar.aanvraag)
    codes = geweigerd(
        lambda: doe(
            beslissen.voorstellen, opnieuw(bezwaar), behandelaar, NU, uitkomst="ongegrond", motivering="x"
        )
    )
    assert codes == ["niet_gehoord"]
    moment = datetime(2019, 6, 17, 12, 0, tzinfo=UTC)
    for op, code in ((NU + 3 * DAG, "op"), (datetime(2019, 6, 15, 12, tzinfo=UTC), "op")):
        assert geweigerd(
            lambda op=op: doe(
                behandelen.hoorzitting_plannen, opnieuw(bezwaar), behandelaar, NU, op=op, plaats="Hier"
            )
        ) == [code]
    doe(
        behandelen.hoorzitting_plannen,
        opnieuw(bezwaar),
        behandelaar,
        NU,
        op=moment,
        plaats="Per videogesprek",
    )
    brief = bezwaar.aanvraag.brieven.get(sjabloon="bezwaar_hoorzitting").gegevens
    assert brief["waar"] == "Per videogesprek"
    fabriek.hoor(wereld, opnieuw(bezwaar), moment)
    fabriek.stel_beslissing_voor(wereld, opnieuw(bezwaar), moment, uitkomst="ongegrond")


def test_afzien_past_bij_de_beslissing(wereld):
    bezwaar = fabriek.weeg_bezwaar(wereld, fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld)))
    bezwaar = fabriek.zie_af_van_horen(wereld, bezwaar, reden="ongegrond")
    codes = geweigerd(lambda: fabriek.stel_beslissing_voor(wereld, bezwaar, gevolg="alsnog_toekennen"))
    assert codes == ["afgezien"]
    fabriek.stel_beslissing_voor(wereld, opnieuw(bezwaar), uitkomst="ongegrond")


def test_een_commissie_adviseert_eerst(wereld):
    bezwaar = fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld))
    zonder = bezwaar.beslis_uiterlijk
    bezwaar = fabriek.hoor(wereld, fabriek.weeg_bezwaar(wereld, bezwaar, commissie=True))
    assert bezwaar.beslis_uiterlijk >= zonder + 41 * DAG
    assert geweigerd(lambda: fabriek.stel_beslissing_voor(wereld, bezwaar, uitkomst="ongegrond")) == [
        "geen_advies"
    ]
    behandelaar = fabriek.bezwaarbehandelaar(wereld, bezwaar.aanvraag)
    doe(behandelen.advies_vastleggen, opnieuw(bezwaar), behandelaar, NU, advies="Ongegrond.")
    bezwaar = fabriek.stel_beslissing_voor(wereld, opnieuw(bezwaar), uitkomst="ongegrond")
    brief = fabriek.beslis_op_bezwaar(wereld, bezwaar).besluit_op_bezwaar.brief.gegevens
    assert brief["advies"] == "Ongegrond."


def test_uitstellen(wereld):
    """Once by six weeks, before the term has passed; further only as agreed (Awb 7:10)."""
    bezwaar = fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld))
    behandelaar = fabriek.bezwaarbehandelaar(wereld, bezwaar.aanvraag)
    eerst = bezwaar.beslis_uiterlijk

    def stel_uit(nu=NU, **invoer):
        doe(behandelen.verdagen, opnieuw(bezwaar), behandelaar, nu, reden="Meer tijd nodig.", **invoer)
        return opnieuw(bezwaar)

    te_laat = begin_van_dag(eerst + DAG) + timedelta(hours=9)
    assert geweigerd(lambda: stel_uit(te_laat)) == ["te_laat"]
    verdaagd = stel_uit()
    assert verdaagd.beslis_uiterlijk == verdaagd.verdaagd_tot
    assert eerst + 41 * DAG <= verdaagd.beslis_uiterlijk <= eerst + 45 * DAG
    assert geweigerd(stel_uit) == ["al_verdaagd"]
    assert geweigerd(lambda: stel_uit(instemming_tot=eerst)) == ["instemming_tot"]
    tot = verdaagd.beslis_uiterlijk + 20 * DAG
    assert stel_uit(instemming_tot=tot).beslis_uiterlijk == tot
    assert bezwaar.aanvraag.brieven.filter(sjabloon="bezwaar_verdaging").count() == 2


def test_intrekken_en_doorzenden(wereld):
    aanvraag = fabriek.afgewezen(wereld)
    bezwaar = fabriek.maak_bezwaar(wereld, aanvraag)
    behandelaar = fabriek.bezwaarbehandelaar(wereld, aanvraag)
    assert geweigerd(lambda: doe(indienen.intrekken, bezwaar, behandelaar, NU)) == ["doet_instelling"]
    doe(indienen.intrekken, opnieuw(bezwaar), wereld.behandelaar, NU)
    assert opnieuw(bezwaar).status == "ingetrokken"
    # Then another is possible, while there is time.
    nieuw = fabriek.maak_bezwaar(wereld, vers(aanvraag))
    doe(behandelen.doorzenden, nieuw, behandelaar, NU, naar="Gemeente Arnhem")
    assert opnieuw(nieuw).status == "doorgezonden"
    van_deelnemer = fabriek.registreer_bezwaar(wereld, vers(aanvraag), indiener="deelnemer")
    codes = geweigerd(lambda: doe(indienen.intrekken, van_deelnemer, wereld.behandelaar, NU))
    assert codes == ["niet_uw_bezwaar"]
    doe(indienen.intrekken, opnieuw(van_deelnemer), behandelaar, NU)


def test_terugleggen(wereld):
    bezwaar = fabriek.stel_beslissing_voor(
        wereld, fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld)), uitkomst="ongegrond"
    )
    doe(beslissen.terugleggen, bezwaar, fabriek.bezwaarbeslisser(wereld, bezwaar.aanvraag), NU)
    assert opnieuw(bezwaar).status == "hoorzitting"
    fabriek.stel_beslissing_voor(wereld, opnieuw(bezwaar), gevolg="alsnog_toekennen")
