"""P37: after the term a search for the person finds nothing; held while a bezwaar runs or somebody says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from aanvragen import brieven_maken
from aanvragen.avg import vernietigen
from aanvragen.avg.bewaren import jaren_na, standen
from aanvragen.avg.register import van_een_dossier
from aanvragen.avg.soorten import Weg
from aanvragen.controle import controleer
from aanvragen.handelingen.bezwaar import indienen as bezwaar_indienen
from aanvragen.models import Aanvraag, Bewaarplicht, Deelnemer
from budget.models import Factuur, Reservering
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.logboek.models import Regel
from ips_subsidie.opslag.models import Bestand, Vernietiging
from ips_subsidie.opslag.velden import blinde_index
from tests import databank, fabriek
from tests.databank import weigert
from tests.gesprek.hulp import lees, schrijf
from tests.web.bezoek import als

NAAM, WOORD, BSN = "Zoekmijmaarsma", "Woordvanmij", fabriek.bsn(7301)
NU = fabriek.NU
LATER = NU.replace(year=NU.year + 9)


def _upload() -> Any:
    from tests.admin.vulling import upload

    return upload()


def _met_alles(wereld: fabriek.Wereld) -> Aanvraag:
    """A dossier that was refused, with everything that can hang on it; and that is all over."""
    over = {"achternaam": NAAM, "toelichting": WOORD, "bsn": BSN, "adres": f"{WOORD}straat 1"}
    aanvraag = fabriek.compleet(wereld, **over)
    fabriek.doe(
        fabriek.invullen.bijlage_toevoegen, aanvraag, wereld.behandelaar, soort="overig", upload=_upload()
    )
    return aanvraag


@pytest.fixture
def wereld() -> Iterator[fabriek.Wereld]:
    with klok_op(NU):
        yield fabriek.maak_wereld()


@pytest.fixture
def afgewezen(wereld: fabriek.Wereld) -> Aanvraag:
    over = {"achternaam": NAAM, "toelichting": WOORD, "bsn": BSN, "adres": f"{WOORD}straat 1"}
    aanvraag = fabriek.afgewezen(wereld, route="uwv", **over)
    bericht = schrijf(aanvraag, wereld.behandelaar, "uwv", tekst=WOORD, bestand=_upload())
    lees(bericht, wereld.beoordelaar)
    brieven_maken.maak_ontbrekende()
    return fabriek.vers(aanvraag)


def _vernietig(aanvraag: Aanvraag, nu: datetime = LATER) -> Vernietiging:
    with databank.standaardverbinding_als_eigenaar():
        return vernietigen.vernietig(aanvraag, _beheerder(), nu)


def _beheerder() -> Any:
    from ips_subsidie.toegang.models import Gebruiker

    return Gebruiker.objects.get_or_create(email="archief@voorbeeld.nl", defaults={"naam": "A. Archief"})[0]


def zoek_overal(*woorden: str) -> list[str]:
    """The tables in which one of these stands, in plain, in hex or as bytes: every row as text."""
    gevonden = []
    with databank.eigenaar() as cursor:
        cursor.execute(
            "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname = 'public' and c.relkind = 'r'"
        )
        for (tabel,) in cursor.fetchall():
            for woord in woorden:
                delen = {woord, woord.encode().hex()}
                cursor.execute(
                    f'select count(*) from public."{tabel}" t where t::text ilike any(%s)',
                    [[f"%{deel}%" for deel in delen]],
                )
                if cursor.fetchone()[0]:
                    gevonden.append(f"{tabel}: {woord}")
    return gevonden


@pytest.mark.django_db(transaction=True)
def test_na_de_termijn_vindt_een_zoektocht_niemand_meer(wereld: fabriek.Wereld, afgewezen: Aanvraag) -> None:
    """P37, T128: found before, gone after, everywhere in the database; what is counted stays, and still adds up."""
    index = blinde_index("bsn", BSN).hex()
    assert {regel.split(":")[0] for regel in zoek_overal(NAAM, WOORD, index)} >= {
        "aanvragen_deelnemer", "aanvragen_aanvraag", "aanvragen_brief", "aanvragen_gespreksbericht",
        "budget_reservering",
    }  # fmt: skip
    deelnemer = Deelnemer.objects.get(aanvraag=afgewezen).pk
    plaats = Reservering.objects.get(aanvraag=afgewezen)
    was = (afgewezen.status, afgewezen.gemeente_id, afgewezen.doelgroep, plaats.status, plaats.bedrag_cent)
    bestanden = Bestand.objects.count()
    assert bestanden

    vernietiging = _vernietig(afgewezen)

    assert zoek_overal(NAAM, WOORD, index, BSN) == []
    na = fabriek.vers(afgewezen)
    plaats.refresh_from_db()
    assert (na.status, na.gemeente_id, na.doelgroep, plaats.status, plaats.bedrag_cent) == was
    assert na.vernietigd_op == LATER
    assert vernietiging.kenmerk_hash == hashlib.sha256(afgewezen.kenmerk.encode()).hexdigest()
    assert vernietiging.aantallen["aanvragen.Deelnemer"] == 1
    assert vernietiging.aantallen["opslag.Bestand"] == bestanden
    assert not Bestand.objects.exists()
    assert controleer().klopt, controleer().in_woorden()
    regels = Regel.objects.filter(client_id=deelnemer)
    assert regels.exists(), "het logboek blijft, en wijst niemand meer aan"
    assert Regel.objects.filter(handeling="vernietiging.uitgevoerd", dossier_id=afgewezen.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_ook_een_dossier_dat_helemaal_is_doorlopen(wereld: fabriek.Wereld) -> None:
    """P37: toegekend, gestopt, verslag, vastgesteld, with all their texts."""
    over = {"achternaam": NAAM, "toelichting": WOORD, "bsn": BSN}
    vaststelling = fabriek.vastgesteld(wereld, route="uwv", **over)
    aanvraag = fabriek.vers(vaststelling.traject.aanvraag)
    with databank.eigenaar() as cursor:  # what is still to be paid is another test
        cursor.execute("alter table budget_betaalverplichting disable trigger user")
        cursor.execute("update budget_betaalverplichting set status = 'afgesloten'")
        cursor.execute("alter table budget_betaalverplichting enable always trigger verplichting_bewaakt")
        cursor.execute(
            "alter table budget_betaalverplichting enable always trigger verplichting_heeft_momenten"
        )
    _vernietig(aanvraag)
    assert zoek_overal(NAAM, WOORD, blinde_index("bsn", BSN).hex()) == []
    assert fabriek.vers(aanvraag).traject.startdatum is not None
    assert not Factuur.objects.exclude(bestand__naam="vernietigd.xml").exists()


@pytest.mark.django_db(transaction=True)
def test_een_concept_gaat_na_een_jaar(wereld: fabriek.Wereld) -> None:
    aanvraag = _met_alles(wereld)
    with pytest.raises(vernietigen.NietVernietigd, match="blijft tot en met"):
        _vernietig(aanvraag, NU.replace(year=NU.year + 1))
    _vernietig(aanvraag, NU.replace(year=NU.year + 1, month=NU.month + 1))
    assert zoek_overal(NAAM, WOORD) == []
    assert fabriek.vers(aanvraag).status == "vervallen"


@pytest.mark.django_db(transaction=True)
def test_een_voordracht_zonder_aanvraag_gaat_na_een_jaar(wereld: fabriek.Wereld) -> None:
    voordracht = fabriek.voordracht(wereld)
    index = bytes(voordracht.bsn_index).hex()
    with databank.standaardverbinding_als_eigenaar():
        with pytest.raises(vernietigen.NietVernietigd):
            vernietigen.vernietig_voordracht(voordracht, _beheerder(), NU.replace(year=NU.year + 1))
        assert zoek_overal(index)
        vernietigen.vernietig_voordracht(
            voordracht, _beheerder(), NU.replace(year=NU.year + 1, month=NU.month + 1)
        )
    assert not zoek_overal(index, voordracht.achternaam)


@pytest.mark.django_db(transaction=True)
def test_wat_vastgehouden_wordt_blijft_en_gaat_daarna(wereld: fabriek.Wereld, afgewezen: Aanvraag) -> None:
    """P37: held by an open bezwaar or by hand, with the reason; released after."""
    plicht = Bewaarplicht.objects.create(
        aanvraag=afgewezen, grond="onderzoek", reden="zaak 12 loopt", gezet_op=NU, gezet_door=_beheerder()
    )
    with pytest.raises(vernietigen.NietVernietigd, match="bewaarplicht"):
        _vernietig(afgewezen)
    assert zoek_overal(NAAM)
    assert not Vernietiging.objects.exists(), "ook het bewijs is er niet"
    plicht.opgeheven_op, plicht.opgeheven_door = LATER, _beheerder()
    plicht.save()

    bezwaar = fabriek.maak_bezwaar(wereld, afgewezen)
    with pytest.raises(vernietigen.NietVernietigd, match="er loopt een bezwaar"):
        _vernietig(afgewezen)
    fabriek.doe(bezwaar_indienen.intrekken, bezwaar, wereld.behandelaar)
    _vernietig(afgewezen)
    assert not zoek_overal(NAAM)


@pytest.mark.django_db(transaction=True)
def test_de_databank_vernietigt_niets_zonder_bewijs(afgewezen: Aanvraag) -> None:
    """P37: the owner can't either, unless the proof stands in the same transaction; `app` never can."""
    for sql in (
        "delete from aanvragen_brief",
        "update aanvragen_besluit set motivering = 'weg'",
        "update budget_reservering set persoon = 'x'",
        "update aanvragen_aanvraag set vernietigd_op = now()",
    ):
        with (
            databank.eigenaar() as cursor,
            pytest.raises(Exception, match=r"alleen toevoegingen|ligt vast|bewijs|kan zo niet"),
        ):
            cursor.execute(sql)
    with (
        connection.cursor() as cursor,
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(
            "insert into opslag_vernietiging (id, kenmerk_hash, regeling, klassen, aantallen, einde_dossier,"
            " bewaren_tot, op, transactie, door_id) select gen_random_uuid(), repeat('a', 64), 'x', '[]', '{}',"
            " now(), now(), now(), 0, id from toegang_gebruiker limit 1"
        )


@pytest.mark.django_db(transaction=True)
def test_de_databank_houdt_vast_ook_als_de_code_het_vergeet(
    afgewezen: Aanvraag, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P37: the check of the term broken on purpose; the bewaarplicht still holds."""
    Bewaarplicht.objects.create(
        aanvraag=afgewezen, grond="beroep", reden="zaak 12 loopt", gezet_op=NU, gezet_door=_beheerder()
    )
    [stand] = standen(datum_van(LATER), Aanvraag.objects.filter(pk=afgewezen.pk))
    monkeypatch.setattr(vernietigen, "_stand_onder_slot", lambda aanvraag, nu: stand)
    with pytest.raises(Exception, match="kan zo niet worden vernietigd"):
        _vernietig(afgewezen)
    assert zoek_overal(NAAM)


@pytest.mark.django_db(transaction=True)
def test_halverwege_mislukt_is_er_niets_gebeurd(afgewezen: Aanvraag, monkeypatch: pytest.MonkeyPatch) -> None:
    def mislukt(*args: Any) -> None:
        raise RuntimeError("stroom weg")

    monkeypatch.setattr(vernietigen, "_merk", mislukt)
    voor = zoek_overal(NAAM, WOORD)
    with pytest.raises(RuntimeError):
        _vernietig(afgewezen)
    assert zoek_overal(NAAM, WOORD) == voor
    assert not Vernietiging.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_de_paginas_van_een_vernietigd_dossier(wereld: fabriek.Wereld, afgewezen: Aanvraag) -> None:
    """Who opens it reads that the data are gone; nothing gives a 500, and nothing can be done with it any more."""
    _vernietig(afgewezen)
    for actor in (wereld.behandelaar, wereld.beoordelaar, wereld.beslisser):
        client = als(actor)
        antwoord = client.get(f"/aanvragen/{afgewezen.pk}/")
        assert antwoord.status_code == 200
        assert "zijn vernietigd" in antwoord.content.decode()
        for adres in ("gesprek/", "ontvangst/", "handtekening/", "bezwaar/"):
            assert client.get(f"/aanvragen/{afgewezen.pk}/{adres}").status_code < 500


@pytest.mark.django_db(transaction=True)
def test_de_opdracht(afgewezen: Aanvraag, capsys: pytest.CaptureFixture[str]) -> None:
    """Overview, dry run that changes nothing, the run itself as the owner only, and the verklaring."""
    door = _beheerder().email
    with klok_op(LATER):
        call_command("bewaren", "overzicht")
        assert "Te vernietigen: 1" in capsys.readouterr().out
        call_command("bewaren", "proef")
        assert "1 dossiers zouden worden vernietigd. Er is niets veranderd." in capsys.readouterr().out
        assert zoek_overal(NAAM)
        with pytest.raises(CommandError, match="eigenaar"):
            call_command("bewaren", "vernietigen", door=door)
        with pytest.raises(CommandError, match="Wie geeft de opdracht"):
            call_command("bewaren", "vernietigen")
        with databank.standaardverbinding_als_eigenaar():
            call_command("bewaren", "vernietigen", door=door)
        uit = capsys.readouterr().out
        assert "Verklaring van vernietiging" in uit
        assert "1 dossiers vernietigd" in uit
        assert NAAM not in uit
        assert not zoek_overal(NAAM)
        call_command("bewaren", "overzicht")
        assert "Al vernietigd: 1" in capsys.readouterr().out


@pytest.mark.django_db
def test_elke_trigger_op_een_tabel_die_leeggaat_kent_de_vernietiging() -> None:
    """A table that a destruction changes, but whose trigger refuses it, would show only years from now."""
    tabellen = [t.klasse._meta.db_table for t in van_een_dossier() if t.weg in (Weg.RIJ, Weg.LEEG)]
    with connection.cursor() as cursor:
        cursor.execute(
            """select tgrelid::regclass::text, tgname from pg_trigger
               where tgrelid::regclass::text = any(%s) and not tgisinternal and tgtype & 3 = 3 and tgtype & 24 <> 0
                 and pg_get_triggerdef(oid) not like '%%opslag_vernietigt()%%'
                 and tgname not in ('aanvraag_vernietigen_mag', 'aanvraag_akkoord_blijft_ingetrokken')""",
            [tabellen],
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_een_bewaarplicht_kan_alleen_worden_opgeheven(wereld: fabriek.Wereld) -> None:
    aanvraag = fabriek.concept(wereld)
    plicht = Bewaarplicht.objects.create(
        aanvraag=aanvraag, grond="anders", reden="voor de zekerheid", gezet_op=NU, gezet_door=_beheerder()
    )
    rij = Bewaarplicht.objects.filter(pk=plicht.pk)
    assert weigert(lambda: rij.update(reden="iets anders")) == "bewaarplicht_blijft"
    assert weigert(lambda: rij.update(opgeheven_op=LATER)) == "bewaarplicht_opgeheven_door_iemand"
    assert "permission denied" in weigert(rij.delete)
    rij.update(opgeheven_op=LATER, opgeheven_door=_beheerder())
    assert weigert(lambda: rij.update(opgeheven_op=None, opgeheven_door=None)) == "bewaarplicht_blijft"


def test_jaren_na() -> None:
    from datetime import date

    assert jaren_na(date(2020, 2, 29), 7) == date(2027, 2, 28)
    assert jaren_na(date(2019, 6, 3), 7) == date(2026, 6, 3)
