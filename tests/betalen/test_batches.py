"""A betaalbatch: one file for the bank, valid by its schema, each factuur in one of them; what comes after."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from lxml import etree

from budget.handelingen import betalen, terugvorderen, verplichtingen
from budget.models import Betaalbatch, Factuur, Terugvordering
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
    met_rekening,
    van,
    vers,
    wereld_met_rekening,
)
from tests.fabriek import NU, Wereld, doe, geweigerd

pytestmark = pytest.mark.django_db
NS = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}
WERKDAG = date(2019, 6, 4)


def goedgekeurd(wereld: Wereld, **over) -> Factuur:
    return keur_goed(wereld, dien_in(wereld, van(gestart(wereld)), **over))


def maak(wereld: Wereld, *facturen: Factuur, op: date | None = None) -> Betaalbatch:
    uitvoeren_op = op or max(WERKDAG, dag())
    return doe(
        betalen.maken,
        None,
        financien(wereld)[0],
        facturen=[f.pk for f in facturen],
        uitvoeren_op=uitvoeren_op,
    )


def test_het_bestand_voor_de_bank():
    wereld = wereld_met_rekening()
    een, twee = goedgekeurd(wereld), goedgekeurd(wereld, bedrag_cent=123_456)
    batch = maak(wereld, een, twee)
    assert (batch.status, batch.aantal, batch.totaal_cent) == ("gemaakt", 2, 523_456)
    wortel = etree.fromstring(bytes(batch.bestand.inhoud))
    assert wortel.findtext(".//p:GrpHdr/p:MsgId", namespaces=NS) == batch.berichtnummer
    assert wortel.findtext(".//p:GrpHdr/p:CtrlSum", namespaces=NS) == "5234.56"
    assert wortel.findtext(".//p:ReqdExctnDt/p:Dt", namespaces=NS) == batch.uitvoeren_op.isoformat()
    assert [e.text for e in wortel.findall(".//p:CdtrAcct//p:IBAN", NS)] == [IBAN, IBAN]
    assert {e.text for e in wortel.findall(".//p:EndToEndId", NS)} == {een.pk.hex, twee.pk.hex}
    omschrijvingen = {e.text for e in wortel.findall(".//p:Ustrd", NS)}
    assert omschrijvingen == {f"{f.verplichting.reservering.kenmerk} factuur {f.nummer}" for f in (een, twee)}


def test_een_lege_batch():
    wereld = wereld_met_rekening()
    assert geweigerd(lambda: maak(wereld)) == ["leeg"]
    assert not Betaalbatch.objects.exists()


def test_wat_niet_is_goedgekeurd_of_van_een_ander_is():
    wereld = wereld_met_rekening()
    nieuw = dien_in(wereld, van(gestart(wereld)))
    van_de_gemeente = keur_goed(wereld, dien_in(wereld, van(gestart(wereld), "gemeente")))
    assert geweigerd(lambda: maak(wereld, nieuw)) == ["in_batch"]
    assert geweigerd(lambda: maak(wereld, van_de_gemeente)) == ["onbekend"]
    met_credit = goedgekeurd(wereld)
    crediteer(wereld, met_credit, 1)
    assert geweigerd(lambda: maak(wereld, met_credit)) == ["in_batch"]
    assert not Betaalbatch.objects.exists()


@pytest.mark.parametrize("op", [date(2019, 6, 8), date(2018, 1, 2), date(2019, 6, 10)])
def test_op_een_werkdag_vanaf_vandaag(op):
    wereld = wereld_met_rekening()
    factuur = goedgekeurd(wereld)
    assert geweigerd(lambda: maak(wereld, factuur, op=op)) == ["uitvoeren_op"]


def test_zonder_rekening_van_uwv(settings):
    settings.BETAALREKENING = {"naam": "UWV", "iban": ""}
    wereld = wereld_met_rekening()
    factuur = goedgekeurd(wereld)
    assert geweigerd(lambda: maak(wereld, factuur)) == ["bestand"]


def test_een_factuur_in_een_batch_kan_nergens_anders_heen():
    wereld = wereld_met_rekening()
    factuur = goedgekeurd(wereld)
    batch = maak(wereld, factuur)
    assert geweigerd(lambda: maak(wereld, factuur)) == ["in_batch"]
    from budget.handelingen import facturen

    een, _ = financien(wereld)
    assert geweigerd(lambda: doe(facturen.afkeuren, vers(factuur), een, reden="Toch niet.")) == ["in_batch"]
    assert geweigerd(lambda: crediteer(wereld, vers(factuur), 1)) == ["in_batch"]
    with pytest.raises(IntegrityError, match="betaalbatch"), transaction.atomic():
        Factuur.objects.filter(pk=factuur.pk).update(status="afgekeurd", reden="x")
    assert vers(factuur).betaalbatch_id == batch.pk


def test_uitgevoerd():
    wereld = wereld_met_rekening()
    factuur = goedgekeurd(wereld)
    batch = maak(wereld, factuur)
    een, _ = financien(wereld)
    later = NU + 5 * DAG
    assert geweigerd(lambda: doe(betalen.uitgevoerd, batch, een, later, betaald_op=dag(later) + DAG)) == [
        "betaald_op"
    ]
    doe(betalen.uitgevoerd, batch, een, later, betaald_op=dag(later))
    factuur = vers(factuur)
    assert (factuur.status, factuur.betaald_cent, factuur.betaald_op) == ("betaald", 400_000, dag(later))
    assert van(factuur.verplichting.reservering).betaald_cent == 400_000
    assert geweigerd(lambda: doe(betalen.laten_vervallen, batch, een, later, reden="x")) == ["status"]


def test_vervallen_geeft_de_facturen_terug():
    wereld = wereld_met_rekening()
    factuur = goedgekeurd(wereld)
    batch = maak(wereld, factuur)
    een, _ = financien(wereld)
    assert geweigerd(lambda: doe(betalen.laten_vervallen, batch, een, reden=" ")) == ["geen_reden"]
    doe(betalen.laten_vervallen, batch, een, reden="De bank weigerde het bestand.")
    assert maak(wereld, vers(factuur)).pk != batch.pk


def test_na_een_gedeeltelijk_krediet_wordt_de_rest_betaald():
    wereld = wereld_met_rekening()
    factuur = goedgekeurd(wereld)
    keur_goed(wereld, crediteer(wereld, factuur, 100_000))
    assert maak(wereld, factuur).totaal_cent == 300_000


def test_een_rekening_die_intussen_veranderde():
    wereld = wereld_met_rekening()
    factuur = goedgekeurd(wereld)
    met_rekening(wereld, ANDERE_IBAN)
    assert geweigerd(lambda: maak(wereld, factuur)) == ["rekening"]


def test_terwijl_het_traject_stopt_wordt_niets_betaald():
    wereld = wereld_met_rekening()
    factuur = goedgekeurd(wereld)
    verplichtingen.blokkeer(factuur.verplichting.reservering, "Er is een stopbericht.", NU)
    assert geweigerd(lambda: maak(wereld, factuur)) == ["in_batch"]


def test_wat_bij_de_bank_ligt_en_niet_meer_mocht_wordt_teruggevorderd():
    wereld = wereld_met_rekening()
    factuur = goedgekeurd(wereld)
    batch = maak(wereld, factuur)
    assert verplichtingen.beeindig(factuur.verplichting.reservering, NU) == []
    een, _ = financien(wereld)
    doe(betalen.uitgevoerd, batch, een, NU + 3 * DAG, betaald_op=dag(NU + 3 * DAG))
    terug = Terugvordering.objects.get()
    assert (terug.bedrag_cent, terug.status) == (400_000, "open")


def test_een_terugvordering_wordt_voldaan_of_ingetrokken():
    wereld = wereld_met_rekening()
    een, _ = financien(wereld)
    gemaakt = []
    for _ in range(2):
        factuur = goedgekeurd(wereld)
        doe(betalen.uitgevoerd, maak(wereld, factuur), een, NU + 3 * DAG, betaald_op=dag(NU + 3 * DAG))
        gemaakt += verplichtingen.stel_vast(factuur.verplichting.reservering, 400_000, NU + 3 * DAG)
    betaald, laten = gemaakt
    assert betaald.uiterlijk == dag(NU + 3 * DAG) + timedelta(weeks=6)
    later = NU + 9 * DAG
    assert geweigerd(
        lambda: doe(terugvorderen.voldaan, betaald, een, later, ontvangen_op=dag(later) + DAG)
    ) == ["ontvangen_op"]
    doe(terugvorderen.voldaan, betaald, een, later, ontvangen_op=dag(later))
    assert geweigerd(lambda: doe(terugvorderen.intrekken, laten, een, later, toelichting="")) == [
        "geen_reden"
    ]
    doe(terugvorderen.intrekken, laten, een, later, toelichting="Niet redelijk.")
    assert sorted(Terugvordering.objects.values_list("status", flat=True)) == ["ingetrokken", "voldaan"]
    assert van(laten.verplichting.reservering).teruggevorderd_cent == 0
