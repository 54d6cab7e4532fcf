"""The pages of the money: who sees what, what a form does and keeps, and as fast with many rows."""

import re

import pytest
from django.urls import reverse

from budget.handelingen import betalen, facturen, goedkeuren, rekeningen, verplichtingen
from budget.models import Bankrekening, Betaalbatch, Betaalmoment, Factuur, Inkooporder, Terugvordering
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.betalen.hulp import (
    ANDERE_IBAN,
    DAG,
    IBAN,
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
from tests.betalen.ubl import KWAAD, als_upload, efactuur
from tests.fabriek import NU, doe, verleen_plaatsen
from tests.web.bezoek import als
from tests.web.sql import met_hoogstens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klok")]


def adres(naam, *delen):
    return reverse(f"budget:{naam}", args=[getattr(deel, "pk", deel) for deel in delen])


def sleutel(antwoord):
    return {"sleutel": str(antwoord.context["form"]["sleutel"].value())}


def stuur(client, url, **velden):
    """Open the page and send its form."""
    return client.post(url, sleutel(client.get(url)) | velden)


def getypt(nummer="F-100", bedrag="4.000,00", btw="694,21", iban=IBAN, bestand=None):
    datum = dag()
    return {
        "wijze": "pdf",
        "nummer": nummer,
        "factuurdatum_dag": datum.day,
        "factuurdatum_maand": datum.month,
        "factuurdatum_jaar": datum.year,
        "bedrag": bedrag,
        "btw": btw,
        "iban": iban,
        "bestand": bestand or pdf(),
    }


def fouten(antwoord):
    return {veld: [str(f) for f in lijst] for veld, lijst in antwoord.context["form"].errors.items()}


@pytest.fixture
def wereld():
    return wereld_met_rekening(cap_per_gemeente=200)


@pytest.fixture
def verplichting(wereld):
    return van(gestart(wereld))


def test_een_pdf_sturen(wereld, verplichting):
    client = als(wereld.behandelaar)
    lijst = client.get(adres("te_factureren")).content.decode()
    assert adres("factuur_indienen", verplichting) in lijst
    moment = verplichting.betaalmomenten.get().pk
    antwoord = stuur(client, adres("factuur_indienen", verplichting), betaalmoment=moment, **getypt())
    factuur = Factuur.objects.get()
    assert antwoord.headers["Location"] == adres("factuur", factuur)
    assert (factuur.bedrag_cent, factuur.btw_cent, factuur.iban) == (400_000, 69_421, IBAN)
    pagina = client.get(adres("factuur", factuur)).content.decode()
    assert verplichting.reservering.kenmerk in pagina
    bestand = client.get(adres("factuur_bestand", factuur))
    assert bestand.content.startswith(b"%PDF")
    assert Regel.objects.filter(handeling="factuur.bestand", soort=Soort.LEZING).exists()


def test_een_efactuur_sturen(wereld, verplichting):
    client = als(wereld.behandelaar)
    moment = verplichting.betaalmomenten.get().pk
    velden = {"betaalmoment": moment, "wijze": "efactuur", "bestand": als_upload(efactuur())}
    antwoord = stuur(client, adres("factuur_indienen", verplichting), **velden)
    assert antwoord.status_code == 302
    factuur = Factuur.objects.get()
    assert (factuur.nummer, factuur.bedrag_cent, factuur.btw_cent) == ("UBL-1", 400_000, 69_421)
    assert client.get(adres("factuur_bestand", factuur)).headers["Content-Type"] == "application/xml"


@pytest.mark.parametrize("naam", KWAAD)
def test_een_efactuur_die_kwaad_wil(wereld, verplichting, naam):
    client = als(wereld.behandelaar)
    moment = verplichting.betaalmomenten.get().pk
    velden = {"betaalmoment": moment, "wijze": "efactuur", "bestand": als_upload(KWAAD[naam])}
    antwoord = stuur(client, adres("factuur_indienen", verplichting), **velden)
    assert antwoord.status_code == 200
    assert list(fouten(antwoord)) == ["bestand"]
    assert "root:" not in antwoord.content.decode()
    assert not Factuur.objects.exists()


@pytest.mark.parametrize(
    ("velden", "veld", "woord"),
    [
        (getypt(bedrag="4.000,01"), "bedrag", "€ 4.000,00"),
        (getypt(bedrag="veel"), "bedrag", "in euro's"),
        (getypt(iban="NL91ABNA0417164301"), "iban", "klopt niet"),
        (getypt(iban=ANDERE_IBAN), "iban", "bevestigd"),
        (getypt(nummer="AL-1"), "nummer", "al gebruikt"),
        (getypt(btw="1.000,00"), "btw", "21 procent"),
        (getypt(bestand=als_upload(efactuur())), "bestand", "e-factuur"),
        (getypt(bestand=pdf("plaatje.png")), "bestand", "pdf"),
    ],
)
def test_wat_niet_mag_staat_bij_het_veld_en_niets_is_weg(wereld, verplichting, velden, veld, woord):
    dien_in(wereld, van(gestart(wereld)), nummer="AL-1")
    client = als(wereld.behandelaar)
    moment = verplichting.betaalmomenten.get().pk
    velden["bestand"].seek(0)
    antwoord = stuur(client, adres("factuur_indienen", verplichting), betaalmoment=moment, **velden)
    assert antwoord.status_code == 200
    assert woord in " ".join(fouten(antwoord)[veld])
    assert f'value="{velden["nummer"]}"' in antwoord.content.decode()
    assert Factuur.objects.count() == 1


def test_een_leeg_formulier_zegt_alles(wereld, verplichting):
    client = als(wereld.behandelaar)
    antwoord = client.post(adres("factuur_indienen", verplichting), {})
    assert {"wijze", "bestand", "betaalmoment"} <= set(fouten(antwoord))
    antwoord = client.post(adres("factuur_indienen", verplichting), {"wijze": "pdf"})
    assert {"nummer", "factuurdatum", "bedrag", "btw", "iban"} <= set(fouten(antwoord))


def test_voor_de_inkooporder_staat_er_waarom(wereld):
    laad_met_momenten([("ineens", "inkooporder", 100)], inkooporder=True)
    reservering = gestart(wereld)
    client = als(wereld.behandelaar)
    assert "na de inkooporder van UWV" in client.get(adres("te_factureren")).content.decode()
    uwv = als(financien(wereld)[0])
    assert reservering.kenmerk in uwv.get(adres("inkooporders")).content.decode()
    antwoord = stuur(uwv, adres("inkooporder_plaatsen", van(reservering)), nummer="IO-1")
    assert antwoord.status_code == 302
    assert Inkooporder.objects.get().nummer == "IO-1"
    assert "IO-1" in client.get(adres("factuur_indienen", van(reservering))).content.decode()
    nog_eens = uwv.get(adres("inkooporder_plaatsen", van(reservering))).content.decode()
    assert "al een inkooporder" in nog_eens


def test_van_controle_tot_betaling(wereld, verplichting):
    factuur = dien_in(wereld, verplichting)
    een, twee = (als(wie) for wie in financien(wereld))
    assert factuur.nummer in een.get(adres("facturen")).content.decode()
    assert stuur(een, adres("factuur_controleren", factuur)).status_code == 302
    eigen = een.get(adres("factuur_goedkeuren", factuur)).content.decode()
    assert "U hebt deze factuur zelf gecontroleerd" in eigen
    assert stuur(twee, adres("factuur_goedkeuren", factuur)).status_code == 302
    morgen = dag() + DAG
    wanneer = {
        "uitvoeren_op_dag": morgen.day,
        "uitvoeren_op_maand": morgen.month,
        "uitvoeren_op_jaar": morgen.year,
    }
    leeg = stuur(een, adres("betaalbatch_maken"), **wanneer)
    assert fouten(leeg)["facturen"] == ["Kies minstens één factuur."]
    antwoord = stuur(een, adres("betaalbatch_maken"), facturen=[str(factuur.pk)], **wanneer)
    batch = Betaalbatch.objects.get()
    assert antwoord.headers["Location"] == adres("betaalbatch", batch)
    assert factuur.nummer in een.get(adres("betaalbatch", batch)).content.decode()
    assert b"pain.001.001.09" in een.get(adres("betaalbatch_bestand", batch)).content
    with klok_op(NU + 2 * DAG):
        wanneer = {"dag_dag": 5, "dag_maand": 6, "dag_jaar": 2019}
        assert stuur(een, adres("betaalbatch_uitgevoerd", batch), **wanneer).status_code == 302
    assert vers(factuur).status == "betaald"


def test_een_batch_die_vervalt(wereld, verplichting):
    factuur = keur_goed(wereld, dien_in(wereld, verplichting))
    een = financien(wereld)[0]
    batch = doe(betalen.maken, None, een, facturen=[factuur.pk], uitvoeren_op=dag() + DAG)
    antwoord = stuur(als(een), adres("betaalbatch_laten_vervallen", batch), reden="Geweigerd door de bank.")
    assert antwoord.status_code == 302
    assert vers(factuur).betaalbatch_id is None


def test_afkeuren_en_crediteren_over_de_pagina(wereld, verplichting):
    factuur = dien_in(wereld, verplichting)
    client, uwv = als(wereld.behandelaar), als(financien(wereld)[0])
    velden = getypt(nummer="C-1", bedrag="1.000,00", btw="0") | {"reden": "Te veel."}
    velden.pop("iban")
    assert stuur(client, adres("factuur_crediteren", factuur), **velden).status_code == 302
    credit = Factuur.objects.get(soort="credit")
    te_veel = getypt(nummer="C-2", bedrag="3.000,01", btw="0") | {"reden": "Te veel."}
    antwoord = stuur(client, adres("factuur_crediteren", factuur), **te_veel)
    assert "€ 3.000,00" in fouten(antwoord)["bedrag"][0]
    assert fouten(uwv.post(adres("factuur_afkeuren", credit), {}))["reden"] == ["Schrijf waarom."]
    assert stuur(uwv, adres("factuur_afkeuren", credit), reden="Hoort hier niet.").status_code == 302
    assert "Hoort hier niet." in client.get(adres("factuur", credit)).content.decode()


def test_de_gemeente_betaalt_zelf(wereld):
    factuur = keur_goed(wereld, dien_in(wereld, van(gestart(wereld), "gemeente")))
    client = als(wereld.van_gemeente())
    wanneer = {"dag_dag": 1, "dag_maand": 1, "dag_jaar": 2019}
    antwoord = stuur(client, adres("factuur_betaald_melden", factuur), **wanneer)
    assert "voor de factuurdatum" in fouten(antwoord)["dag"][0]
    wanneer = {"dag_dag": 3, "dag_maand": 6, "dag_jaar": 2019}
    assert stuur(client, adres("factuur_betaald_melden", factuur), **wanneer).status_code == 302
    verplichtingen.stel_vast(factuur.verplichting.reservering, 400_000, NU)
    terug = Terugvordering.objects.get()
    assert "€ 2.000,00" in client.get(adres("terugvorderingen")).content.decode().replace("\xa0", " ")
    assert stuur(client, adres("terugvordering_voldaan", terug), **wanneer).status_code == 302
    terug.refresh_from_db()
    assert terug.status == "voldaan"


def test_de_rekening(wereld):
    beheerder = als(wereld.lid(wereld.instelling.organisatie, Rol.INSTELLINGSBEHEERDER))
    fout = stuur(beheerder, adres("rekening_doorgeven"), iban="NL91ABNA0417164301", tenaamstelling="X")
    assert "klopt niet" in fouten(fout)["iban"][0]
    assert (
        stuur(beheerder, adres("rekening_doorgeven"), iban=ANDERE_IBAN, tenaamstelling="X").status_code == 302
    )
    uwv, nieuw = als(financien(wereld)[0]), Bankrekening.objects.get(iban=ANDERE_IBAN)
    assert nieuw.leesbaar in uwv.get(adres("rekeningen")).content.decode()
    assert stuur(uwv, adres("rekening_afwijzen", nieuw), reden="De naam klopt niet.").status_code == 302
    assert "De naam klopt niet." in beheerder.get(adres("rekening")).content.decode()
    stuur(beheerder, adres("rekening_doorgeven"), iban=ANDERE_IBAN, tenaamstelling="Y")
    assert (
        stuur(uwv, adres("rekening_bevestigen", Bankrekening.objects.get(status="wacht"))).status_code == 302
    )
    assert Bankrekening.objects.bevestigd().get().tenaamstelling == "Y"


def test_wat_van_een_ander_is_bestaat_niet_en_de_poging_staat_in_het_logboek(wereld, verplichting):
    factuur = keur_goed(wereld, dien_in(wereld, verplichting))
    vreemde = wereld.bij_andere_instelling()
    gemeente = wereld.van_gemeente()
    for actor, namen in (
        (vreemde.behandelaar, ("factuur", "factuur_bestand", "factuur_crediteren")),
        (
            gemeente,
            ("factuur", "factuur_bestand", "factuur_controleren", "factuur_goedkeuren", "factuur_afkeuren"),
        ),
    ):
        for naam in namen:
            assert als(actor).get(adres(naam, factuur)).status_code == 404, naam
    assert als(vreemde.behandelaar).get(adres("factuur_indienen", verplichting)).status_code == 404
    geweigerd = Regel.objects.filter(soort=Soort.WEIGERING, onderwerp_id=str(factuur.pk))
    assert geweigerd.count() == 8
    for actor in (vreemde.behandelaar, gemeente):
        assert factuur.nummer not in als(actor).get(adres("facturen")).content.decode()


def test_zoeken_en_filteren(wereld, verplichting):
    factuur = dien_in(wereld, verplichting, nummer="ZOEK-1")
    dien_in(wereld, van(gestart(wereld)), nummer="ANDERS-1")
    client = als(wereld.behandelaar)
    for vraag in ({"zoek": "zoek"}, {"zoek": "ZOEK-1", "status": "in_controle"}):
        tekst = client.get(adres("facturen"), vraag).content.decode()
        assert "ZOEK-1" in tekst
        assert "ANDERS-1" not in tekst
    assert "Niets gevonden" in client.get(adres("facturen"), {"status": "betaald"}).content.decode()
    for rommel in ({"zoek": "%_\\'"}, {"status": "x"}, {"na": "-1"}, {"na": "9" * 40}, {"zoek": "a" * 500}):
        assert client.get(adres("facturen"), rommel).status_code == 200
    assert factuur.nummer in als(financien(wereld)[0]).get(adres("facturen")).content.decode()


def _stuur_snel(wereld, verplichting, nummer, bedrag):
    """As an e-factuur: a PDF is judged in a process of its own, and many of those take long."""
    bestand = als_upload(efactuur(nummer=nummer, netto=bedrag, btw="0.00", totaal=bedrag))
    cent = int(bedrag.replace(".", ""))
    return dien_in(wereld, verplichting, nummer=nummer, bedrag_cent=cent, bestand=bestand)


@pytest.fixture
def veel(wereld):
    """More than a page of everything, made around the acts where these would take too long."""
    een, twee = financien(wereld)
    with klok_op(NU):
        reserveringen = verleen_plaatsen(wereld, 34, route="gemeente")
    for reservering in reserveringen:
        verplichtingen.leg_vast(reservering, wereld.instelling.organisatie, NU)
    Betaalmoment.objects.update(opeisbaar_op=dag())
    for i, reservering in enumerate(reserveringen):
        factuur = _stuur_snel(wereld, van(reservering), f"VEEL-{i}", "4000.00")
        van_gemeente = _stuur_snel(wereld, van(reservering, "gemeente"), f"GEM-{i}", "0.01")
        if i >= 27:
            doe(facturen.controleren, factuur, een)
            doe(goedkeuren.goedkeuren, factuur, twee)
            keur_goed(wereld, van_gemeente)
            doe(goedkeuren.betaald_melden, van_gemeente, wereld.van_gemeente(), betaald_op=dag())
            verplichtingen.beeindig(reservering, NU) if i % 2 else None
    return reserveringen


GRENZEN = {"facturen": 9, "te_factureren": 9, "terugvorderingen": 8}


def test_lijsten_vragen_niet_per_rij(wereld, veel):
    een = financien(wereld)[0]
    for actor, grens in ((wereld.behandelaar, 9), (een, 9), (wereld.van_gemeente(), 14)):
        client = als(actor)
        client.get(adres("facturen"))
        for naam in GRENZEN:
            if naam == "te_factureren" and not actor.is_instelling:
                continue
            with met_hoogstens(grens):
                antwoord = client.get(adres(naam))
            assert antwoord.status_code == 200
    client = als(een)
    for naam in ("betaalbatches", "inkooporders", "rekeningen", "betaalbatch_maken"):
        with met_hoogstens(8):
            assert client.get(adres(naam)).status_code == 200
    assert "na=25" in client.get(adres("facturen"), {"zoek": "VEEL"}).content.decode()
    eerste = re.findall(r"VEEL-\d+", client.get(adres("facturen")).content.decode())
    tweede = re.findall(r"VEEL-\d+", client.get(adres("facturen"), {"na": 25}).content.decode())
    assert not set(eerste) & set(tweede)


def test_een_factuur_en_een_batch_met_weinig_vragen(wereld, veel):
    een = financien(wereld)[0]
    nummers = list(
        Factuur.objects.te_betalen().filter(verplichting__debiteur="uwv").values_list("pk", flat=True)
    )
    batch = doe(betalen.maken, None, een, facturen=nummers, uitvoeren_op=dag() + DAG)
    assert batch.aantal == len(nummers) >= 3
    factuur = Factuur.objects.filter(betaalbatch=batch).first()
    crediteer_op = Factuur.objects.get(nummer="VEEL-0")
    crediteer(wereld, crediteer_op, 1)
    for actor, naam, wat, grens in (
        (een, "factuur", factuur, 8),
        (een, "betaalbatch", batch, 8),
        (wereld.behandelaar, "factuur", crediteer_op, 9),
        (wereld.van_gemeente(), "factuur", Factuur.objects.get(nummer="GEM-0"), 12),
    ):
        client = als(actor)
        client.get(adres("facturen"))
        with met_hoogstens(grens):
            assert client.get(adres(naam, wat)).status_code == 200


def test_geen_naam_van_een_deelnemer(klok):
    wereld = wereld_met_rekening()
    aanvraag = fabriek.toegekend(wereld, achternaam="Zonderling")
    reservering = aanvraag.reservering
    if not reservering.verplichtingen.exists():
        verplichtingen.leg_vast(reservering, wereld.instelling.organisatie, NU)
    Betaalmoment.objects.update(opeisbaar_op=dag())
    factuur = dien_in(wereld, van(reservering))
    een = financien(wereld)[0]
    doe(
        rekeningen.doorgeven,
        None,
        wereld.met(Rol.INSTELLINGSBEHEERDER),
        iban=ANDERE_IBAN,
        tenaamstelling="Ggz",
    )
    for actor in (wereld.behandelaar, een):
        for naam, delen in (("facturen", ()), ("factuur", (factuur,)), ("terugvorderingen", ())):
            tekst = als(actor).get(adres(naam, *delen)).content.decode()
            assert aanvraag.deelnemer.achternaam not in tekst
            assert aanvraag.deelnemer.bsn not in tekst
    tekst = als(wereld.behandelaar).get(adres("te_factureren")).content.decode()
    assert aanvraag.deelnemer.achternaam not in tekst
