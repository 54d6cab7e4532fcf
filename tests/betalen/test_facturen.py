"""A factuur: what is refused, who controls and approves it, and what a creditfactuur does. T72, T77, T79 to T81."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from budget.handelingen import facturen, goedkeuren, inkopen, verplichtingen
from budget.models import Bankrekening, Debiteur, Factuur, Terugvordering
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.toegang.rollen import Rol
from tests.betalen.hulp import (
    ANDERE_IBAN,
    DAG,
    IBAN,
    bestel,
    crediteer,
    dag,
    dien_in,
    financien,
    gestart,
    keur_goed,
    laad_met_momenten,
    pdf,
    van,
    vers,
    wereld_met_rekening,
)
from tests.fabriek import NU, doe, geweigerd, maak_actor, maak_wereld

pytestmark = pytest.mark.django_db


def geweigerd_en_niets_veranderd(doe_iets) -> list[str]:
    voor = (Factuur.objects.count(), Bestand.objects.count(), list(Factuur.objects.order_by("pk").values()))
    codes = geweigerd(doe_iets)
    assert (
        Factuur.objects.count(),
        Bestand.objects.count(),
        list(Factuur.objects.order_by("pk").values()),
    ) == voor
    return codes


def test_van_factuur_tot_goedkeuring():
    wereld = wereld_met_rekening()
    verplichting = van(gestart(wereld))
    factuur = dien_in(wereld, verplichting)
    assert (factuur.status, factuur.betalen_uiterlijk) == ("in_controle", dag() + 30 * DAG)
    assert van(verplichting.reservering).gefactureerd_cent == 400_000
    factuur = keur_goed(wereld, factuur)
    assert factuur.status == "goedgekeurd"
    assert factuur.gecontroleerd_door_id != factuur.goedgekeurd_door_id
    assert Bericht.objects.filter(soort="factuur_nieuw", rol=Rol.UWV_FINANCIEN).exists()


def test_t77_voor_de_inkooporder():
    wereld = wereld_met_rekening()
    laad_met_momenten(inkooporder=True)
    reservering = gestart(wereld)
    verplichting = van(reservering)
    assert geweigerd_en_niets_veranderd(lambda: dien_in(wereld, verplichting)) == ["geen_inkooporder"]
    bestel(wereld, reservering, NU + DAG)
    gisteren = {"factuurdatum": dag()}
    assert geweigerd_en_niets_veranderd(lambda: dien_in(wereld, verplichting, NU + DAG, **gisteren)) == [
        "voor_inkooporder"
    ]
    assert dien_in(wereld, verplichting, NU + DAG).pk


def test_inkooporder_maakt_een_betaalmoment_opeisbaar():
    wereld = wereld_met_rekening()
    laad_met_momenten([("ineens", "inkooporder", 100)], inkooporder=True)
    reservering = gestart(wereld)
    bestel(wereld, reservering, nummer="IO-7")
    assert van(reservering).betaalmomenten.get().opeisbaar_op == dag()
    assert reservering.inkooporder.bedrag_cent == 400_000
    een = financien(wereld)[0]
    assert geweigerd(lambda: doe(inkopen.plaatsen, van(reservering), een, nummer="IO-8")) == ["al_besteld"]
    ander = gestart(wereld)
    assert geweigerd(lambda: doe(inkopen.plaatsen, van(ander), een, nummer="IO-7")) == ["dubbel_nummer"]


def test_een_inkooporder_alleen_waar_de_route_haar_kent():
    wereld = maak_wereld()
    reservering = gestart(wereld)
    een = financien(wereld)[0]
    assert geweigerd(lambda: doe(inkopen.plaatsen, van(reservering), een, nummer="IO-1")) == ["niet_nodig"]


@pytest.mark.parametrize(("te_veel", "btw"), [(1, 0), (1, 69_421), (400_000, 0)])
def test_t79_t81_een_cent_te_veel_hoe_de_btw_ook_is(te_veel, btw):
    wereld = wereld_met_rekening()
    verplichting = van(gestart(wereld))
    over = {"bedrag_cent": 400_000 + te_veel, "btw_cent": btw}
    assert geweigerd_en_niets_veranderd(lambda: dien_in(wereld, verplichting, **over)) == ["boven_bedrag"]
    assert dien_in(wereld, verplichting, bedrag_cent=400_000, btw_cent=69_421).pk
    assert geweigerd_en_niets_veranderd(lambda: dien_in(wereld, verplichting, bedrag_cent=1)) == [
        "boven_bedrag"
    ]


def test_t80_op_de_uwv_route_is_de_gemeente_niets_schuldig():
    wereld = wereld_met_rekening()
    reservering = gestart(wereld, route="uwv")
    assert not reservering.verplichtingen.filter(debiteur=Debiteur.GEMEENTE).exists()
    medewerker = wereld.van_gemeente(rol=Rol.GEMEENTEMEDEWERKER)
    factuur = dien_in(wereld, van(reservering))
    assert geweigerd(lambda: doe(facturen.controleren, factuur, medewerker)) == ["niet_van_u"]


def test_t72_terwijl_een_stopbericht_niet_is_bevestigd():
    wereld = wereld_met_rekening()
    reservering = gestart(wereld)
    factuur = dien_in(wereld, van(reservering, "gemeente"))
    verplichtingen.blokkeer(reservering, "Er is een stopbericht.", NU)
    assert geweigerd_en_niets_veranderd(lambda: dien_in(wereld, van(reservering))) == ["stopbericht"]
    doe(facturen.controleren, factuur, wereld.van_gemeente(rol=Rol.GEMEENTEMEDEWERKER))
    assert geweigerd(lambda: doe(goedkeuren.goedkeuren, factuur, wereld.van_gemeente())) == ["stopbericht"]
    verplichtingen.deblokkeer(reservering, NU)
    doe(goedkeuren.goedkeuren, factuur, wereld.van_gemeente())
    verplichtingen.beeindig(reservering, NU)
    assert geweigerd_en_niets_veranderd(lambda: dien_in(wereld, van(reservering))) == ["afgesloten"]


@pytest.mark.parametrize("nummer", ["F-2019-1", "f-2019-1"])
def test_hetzelfde_nummer_twee_keer(nummer):
    wereld = wereld_met_rekening()
    dien_in(wereld, van(gestart(wereld)), nummer="F-2019-1")
    ander = van(gestart(wereld))
    assert geweigerd_en_niets_veranderd(lambda: dien_in(wereld, ander, nummer=nummer)) == ["dubbel_nummer"]


@pytest.mark.parametrize(
    ("iban", "code"),
    [
        ("NL91ABNA0417164301", "iban_onjuist"),
        ("", "iban_onjuist"),
        ("12345", "iban_onjuist"),
        (ANDERE_IBAN, "rekening"),
    ],
)
def test_een_verkeerde_iban(iban, code):
    wereld = wereld_met_rekening()
    verplichting = van(gestart(wereld))
    assert geweigerd_en_niets_veranderd(lambda: dien_in(wereld, verplichting, iban=iban)) == [code]
    assert dien_in(wereld, verplichting, iban="nl91 abna 0417 1643 00").iban == IBAN


def test_zonder_bevestigde_rekening():
    wereld = maak_wereld()
    verplichting = van(gestart(wereld))
    assert geweigerd_en_niets_veranderd(lambda: dien_in(wereld, verplichting)) == ["geen_rekening"]


def test_alle_redenen_tegelijk():
    wereld = wereld_met_rekening()
    verplichting = van(gestart(wereld))
    fout = {
        "iban": "x",
        "bedrag_cent": 400_001,
        "btw_cent": 300_000,
        "factuurdatum": dag() + DAG,
        "nummer": "",
    }
    assert geweigerd_en_niets_veranderd(lambda: dien_in(wereld, verplichting, **fout)) == [
        "geen_nummer", "datum_later", "iban_onjuist", "boven_bedrag", "btw",
    ]  # fmt: skip


def test_een_betaalmoment_dat_nog_niet_is_bereikt():
    wereld = wereld_met_rekening()
    laad_met_momenten([("begin", "start", 40), ("einde", "vaststelling", 60)])
    verplichting = van(gestart(wereld))
    begin, einde = verplichting.betaalmomenten.all()
    over = {"betaalmoment": einde.pk, "bedrag_cent": 1}
    assert geweigerd_en_niets_veranderd(lambda: dien_in(wereld, verplichting, **over)) == ["niet_opeisbaar"]
    over = {"betaalmoment": begin.pk, "bedrag_cent": begin.bedrag_cent + 1}
    assert geweigerd_en_niets_veranderd(lambda: dien_in(wereld, verplichting, **over)) == ["boven_bedrag"]
    vreemd = van(gestart(wereld)).betaalmomenten.first()
    over = {"betaalmoment": vreemd.pk}
    assert geweigerd_en_niets_veranderd(lambda: dien_in(wereld, verplichting, **over)) == ["moment"]


def test_wie_controleerde_keurt_niet_goed():
    wereld = wereld_met_rekening()
    factuur = dien_in(wereld, van(gestart(wereld)))
    een, twee = financien(wereld)
    doe(facturen.controleren, factuur, een)
    assert geweigerd(lambda: doe(goedkeuren.goedkeuren, factuur, een)) == ["vier_ogen"]
    assert vers(factuur).status == "gecontroleerd"
    doe(goedkeuren.goedkeuren, factuur, twee)
    # Nor does the database take it, whoever writes.
    ander = dien_in(wereld, van(gestart(wereld)))
    doe(facturen.controleren, ander, een)
    with pytest.raises(IntegrityError, match="door_een_ander"), transaction.atomic():
        Factuur.objects.filter(pk=ander.pk).update(
            status="goedgekeurd", goedgekeurd_door=een.gebruiker, goedgekeurd_op=NU
        )


def test_een_andere_instelling_dient_niets_in():
    wereld = wereld_met_rekening()
    verplichting = van(gestart(wereld))
    vreemde = wereld.bij_andere_instelling()
    assert geweigerd_en_niets_veranderd(lambda: dien_in(vreemde, verplichting)) == ["niet_van_u"]


def test_afkeuren_geeft_de_ruimte_terug():
    wereld = wereld_met_rekening()
    verplichting = van(gestart(wereld))
    factuur = dien_in(wereld, verplichting)
    een, _ = financien(wereld)
    assert geweigerd(lambda: doe(facturen.afkeuren, factuur, een, reden=" ")) == ["geen_reden"]
    doe(facturen.afkeuren, factuur, een, reden="De bijlage ontbreekt.")
    assert van(verplichting.reservering).gefactureerd_cent == 0
    assert dien_in(wereld, verplichting).pk
    assert geweigerd(lambda: doe(facturen.controleren, factuur, een)) == ["status"]


def test_een_bestand_dat_geen_pdf_is():
    wereld = wereld_met_rekening()
    verplichting = van(gestart(wereld))
    for naam, inhoud in (("factuur.png", b"\x89PNG"), ("factuur.pdf", b"MZ"), ("factuur.xml", b"<x/>")):
        from django.core.files.uploadedfile import SimpleUploadedFile

        bestand = SimpleUploadedFile(naam, inhoud)
        codes = geweigerd_en_niets_veranderd(
            lambda bestand=bestand: dien_in(wereld, verplichting, bestand=bestand)
        )
        assert codes[0] in ("bestand", "efactuur")


def test_krediet_voor_de_betaling():
    wereld = wereld_met_rekening()
    verplichting = van(gestart(wereld))
    factuur = keur_goed(wereld, dien_in(wereld, verplichting))
    assert geweigerd_en_niets_veranderd(lambda: crediteer(wereld, factuur, 400_001)) == ["boven_factuur"]
    credit = crediteer(wereld, factuur, 100_000)
    assert vers(factuur).te_betalen_cent == 300_000
    assert (
        not Factuur.objects.te_betalen().filter(pk=factuur.pk).exists()
    )  # while the creditfactuur is in doubt
    assert geweigerd_en_niets_veranderd(lambda: crediteer(wereld, vers(factuur), 300_001)) == [
        "boven_factuur"
    ]
    keur_goed(wereld, credit)
    assert van(verplichting.reservering).gefactureerd_cent == 300_000
    assert Factuur.objects.te_betalen().get() == factuur
    keur_goed(wereld, crediteer(wereld, vers(factuur), 300_000))
    assert vers(factuur).status == "gecorrigeerd"
    assert van(verplichting.reservering).gefactureerd_cent == 0
    assert dien_in(wereld, verplichting).pk


def test_krediet_dat_wordt_afgekeurd_telt_niet():
    wereld = wereld_met_rekening()
    factuur = keur_goed(wereld, dien_in(wereld, van(gestart(wereld))))
    credit = crediteer(wereld, factuur, 400_000)
    doe(facturen.afkeuren, credit, financien(wereld)[0], reden="Hoort bij een andere factuur.")
    assert vers(factuur).te_betalen_cent == 400_000
    assert Factuur.objects.te_betalen().get() == factuur


def test_krediet_na_de_betaling_wordt_teruggevorderd():
    wereld = wereld_met_rekening()
    reservering = gestart(wereld)
    factuur = keur_goed(wereld, dien_in(wereld, van(reservering, "gemeente")))
    gemeente = wereld.van_gemeente()
    assert geweigerd(lambda: doe(goedkeuren.betaald_melden, factuur, gemeente, betaald_op=dag() + DAG)) == [
        "betaald_op"
    ]
    doe(goedkeuren.betaald_melden, factuur, gemeente, betaald_op=dag())
    assert van(reservering, "gemeente").betaald_cent == 400_000
    keur_goed(wereld, crediteer(wereld, vers(factuur), 150_000))
    terug = Terugvordering.objects.get()
    assert (terug.bedrag_cent, terug.status, terug.uiterlijk) == (150_000, "open", dag() + timedelta(weeks=6))
    assert vers(factuur).status == "gecorrigeerd"
    verplichting = van(reservering, "gemeente")
    assert (verplichting.gefactureerd_cent, verplichting.netto_betaald_cent) == (250_000, 250_000)


def test_lager_vastgesteld_dan_goedgekeurd():
    wereld = wereld_met_rekening()
    reservering = gestart(wereld)
    factuur = dien_in(wereld, van(reservering))
    verplichtingen.stel_vast(reservering, 600_000, NU)
    een, twee = financien(wereld)
    doe(facturen.controleren, factuur, een)
    assert geweigerd(lambda: doe(goedkeuren.goedkeuren, factuur, twee)) == ["boven_bedrag"]
    keur_goed(wereld, crediteer(wereld, vers(factuur), 100_000))
    doe(goedkeuren.goedkeuren, vers(factuur), twee)
    assert vers(factuur).te_betalen_cent == 300_000


def test_lager_vastgesteld_dan_betaald():
    wereld = wereld_met_rekening()
    reservering = gestart(wereld)
    factuur = keur_goed(wereld, dien_in(wereld, van(reservering, "gemeente")))
    doe(goedkeuren.betaald_melden, factuur, wereld.van_gemeente(), betaald_op=dag())
    (terug,) = verplichtingen.stel_vast(reservering, 600_000, NU)
    assert (terug.verplichting.debiteur, terug.bedrag_cent) == ("gemeente", 100_000)
    assert van(reservering, "gemeente").status == "afgesloten"
    assert van(reservering).status == "open"  # UWV still owes 3.000
    assert van(reservering).te_factureren_cent == 300_000


def test_ingetrokken_besluit_keurt_af_en_vordert_terug():
    wereld = wereld_met_rekening()
    reservering = gestart(wereld)
    betaald = keur_goed(wereld, dien_in(wereld, van(reservering, "gemeente")))
    doe(goedkeuren.betaald_melden, betaald, wereld.van_gemeente(), betaald_op=dag())
    lopend = dien_in(wereld, van(reservering))
    (terug,) = verplichtingen.beeindig(reservering, NU)
    assert terug.bedrag_cent == 400_000
    assert (vers(lopend).status, vers(lopend).reden) == ("afgekeurd", "Het besluit is ingetrokken.")
    assert {v.status for v in reservering.verplichtingen.all()} == {"afgesloten"}


def test_een_gesplitste_of_vreemde_gemeente_ziet_niets():
    wereld = wereld_met_rekening()
    factuur = dien_in(wereld, van(gestart(wereld), "gemeente"))
    for actor, aantal in (
        (wereld.van_gemeente(), 1),
        (wereld.van_gemeente("0202"), 0),
        (financien(wereld)[0], 0),
        (wereld.behandelaar, 1),
        (maak_actor(Rol.MINISTERIE, wereld.uwv), 0),
        (None, 0),
    ):
        assert Factuur.objects.zichtbaar_voor(actor).filter(pk=factuur.pk).count() == aantal, actor


def test_t89_wie_betaalt_nu():
    wereld = maak_wereld()
    verplichting = van(gestart(wereld, gemeente="0003"), "gemeente")
    assert verplichting.betaler(date(2020, 12, 31)) == "Appingedam"
    assert verplichting.betaler(date(2021, 1, 1)) == "Eemsdelta"
    assert verplichting.gemeente.code == "0003"


def test_een_rekening_telt_pas_na_bevestiging():
    wereld = wereld_met_rekening()
    from budget.handelingen import rekeningen

    beheerder = wereld.lid(wereld.instelling.organisatie, Rol.INSTELLINGSBEHEERDER)
    velden = {"tenaamstelling": "Stichting Voorbeeld"}
    for iban, code in (("NL00ABNA0417164300", "iban_onjuist"), (IBAN, "zelfde")):
        with pytest.raises(HandelingGeweigerd) as fout:
            doe(rekeningen.doorgeven, None, beheerder, iban=iban, **velden)
        assert fout.value.codes == [code]
    nieuw = doe(rekeningen.doorgeven, None, beheerder, iban=ANDERE_IBAN, **velden)
    verplichting = van(gestart(wereld))
    assert geweigerd(lambda: dien_in(wereld, verplichting, iban=ANDERE_IBAN)) == ["rekening"]
    doe(rekeningen.bevestigen, nieuw, financien(wereld)[0])
    assert dien_in(wereld, verplichting, iban=ANDERE_IBAN).pk
    assert [r.status for r in Bankrekening.objects.order_by("vastgelegd_op", "status")].count(
        "bevestigd"
    ) == 1


def test_een_rekening_die_wordt_afgewezen_of_vervangen():
    wereld = wereld_met_rekening()
    from budget.handelingen import rekeningen

    beheerder = wereld.lid(wereld.instelling.organisatie, Rol.INSTELLINGSBEHEERDER)
    eerste = doe(rekeningen.doorgeven, None, beheerder, iban=ANDERE_IBAN, tenaamstelling="Een")
    tweede = doe(rekeningen.doorgeven, None, beheerder, iban=ANDERE_IBAN, tenaamstelling="Twee")
    een, _ = financien(wereld)
    assert geweigerd(lambda: doe(rekeningen.bevestigen, eerste, een)) == ["status"]
    doe(rekeningen.afwijzen, tweede, een, reden="De naam klopt niet.")
    assert Bankrekening.objects.bevestigd().get().iban == IBAN


def test_de_databank_kent_geen_factuur_zonder_bevestigde_rekening():
    wereld = wereld_met_rekening()
    factuur = dien_in(wereld, van(gestart(wereld)))
    ander = van(gestart(wereld))
    with pytest.raises(IntegrityError, match="bevestigde rekening"), transaction.atomic():
        Factuur.objects.create(
            verplichting=ander, betaalmoment=ander.betaalmomenten.get(), crediteur_id=ander.crediteur_id,
            nummer="X", factuurdatum=dag(), bedrag_cent=1, iban=ANDERE_IBAN,
            bestand=Bestand.objects.bewaar(pdf()), ontvangen_op=NU, ingediend_door=factuur.ingediend_door,
            betalen_uiterlijk=dag(),
        )  # fmt: skip
