"""T86, T87, T121 to T130: who sees what, the BSN, and what held when."""

import logging
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404
from django.test import RequestFactory

from aanvragen.models import Aanvraag, Voordracht
from aanvragen.models.samenvatting import secties_van
from aanvragen.regels.statussen import OPEN, AanvraagStatus
from aanvragen.regels.volledigheid import Onderdeel
from aanvragen.web.hulp import haal_dossier
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.brieven.maak import maak_pdf
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel
from ips_subsidie.logboek.schrijven import schrijf_inzagen
from ips_subsidie.toegang.rollen import Rol
from ips_subsidie.vormgeving.velden import BsnVeld
from tests.fabriek import (
    ARNHEM,
    NIJMEGEN,
    NU,
    beoordeeld,
    bsn,
    compleet,
    dien_in,
    doe,
    geweigerd,
    ingediend,
    ken_toe,
    laad,
    maak_in,
    start,
    verlengd,
    vers,
    voordracht,
    wacht_op_toestemming,
)

pytestmark = pytest.mark.django_db


def vraag_op(aanvraag, actor):
    """What the page of a dossier does: fetch it for this actor, and note what was asked for."""
    request = RequestFactory().get("/")
    request.user, request.actor = actor.gebruiker or AnonymousUser(), actor
    try:
        return haal_dossier(request, aanvraag.pk)
    except Http404:
        return None
    finally:
        schrijf_inzagen(request, gelukt=True)


@pytest.mark.parametrize(
    ("wie", "soort"),
    [
        pytest.param(
            lambda w: w.van_gemeente(ARNHEM), "weigering", id="T86 medewerker van een andere gemeente"
        ),
        pytest.param(
            lambda w: w.bij_andere_instelling().behandelaar,
            "weigering",
            id="T87 behandelaar van een andere instelling",
        ),
        pytest.param(lambda w: w.met(Rol.MINISTERIE), "weigering", id="ministerie ziet geen dossiers"),
        pytest.param(lambda w: w.met(Rol.BEHEERDER), "weigering", id="beheer ziet geen dossiers"),
        pytest.param(lambda w: w.van_gemeente(NIJMEGEN), "lezing", id="de gemeente van de deelnemer"),
        pytest.param(lambda w: w.behandelaar, "lezing", id="de instelling"),
        pytest.param(lambda w: w.beoordelaar, "lezing", id="UWV"),
    ],
)
def test_een_vreemd_dossier_is_er_niet_en_het_vragen_staat_in_het_logboek(wereld, wie, soort):
    aanvraag = ingediend(wereld)
    actor = wie(wereld)
    eerder = Regel.objects.count()
    with klok_op(NU):
        gekregen = vraag_op(aanvraag, actor)
    assert (gekregen is not None) == (soort == "lezing")
    assert Regel.objects.count() == eerder + 1
    regel = Regel.objects.latest("pk")
    assert (regel.soort, regel.dossier_id, regel.gebruiker_id) == (soort, aanvraag.pk, actor.gebruiker_id)


def test_t87_een_handeling_op_een_vreemd_dossier(wereld):
    from aanvragen.handelingen import intrekken

    aanvraag, vreemde = ingediend(wereld), wereld.bij_andere_instelling().behandelaar
    assert geweigerd(lambda: doe(intrekken.intrekken, aanvraag, vreemde)) == ["niet_van_u"]
    assert vers(aanvraag).status == "ingediend"


ONTVANGEN = {
    *OPEN,
    "toegekend",
    "afgewezen",
    "buiten_behandeling",
    "ingetrokken",
    "besluit_ingetrokken",
}


@pytest.mark.parametrize("status", AanvraagStatus)
def test_wie_welke_status_ziet(status):
    wereld, aanvraag, moment = maak_in(status)
    gevraagd = status != AanvraagStatus.CONCEPT
    with klok_op(moment):
        assert aanvraag in Aanvraag.objects.zichtbaar_voor(wereld.behandelaar)
        assert (aanvraag in Aanvraag.objects.zichtbaar_voor(wereld.van_gemeente())) == gevraagd
        assert (aanvraag in Aanvraag.objects.zichtbaar_voor(wereld.beslisser)) == (status in ONTVANGEN)
        assert aanvraag.hoort_bij(wereld.van_gemeente()) == gevraagd
        assert not aanvraag.hoort_bij(wereld.van_gemeente(ARNHEM))


def test_een_concept_van_een_ander_ziet_de_gemeente_niet_en_een_voordracht_alleen_de_twee(wereld):
    gedaan = voordracht(wereld)
    with klok_op(NU):
        for actor, ziet in (
            (wereld.van_gemeente(), True),
            (wereld.behandelaar, True),
            (wereld.van_gemeente(ARNHEM), False),
            (wereld.bij_andere_instelling().behandelaar, False),
            (wereld.beoordelaar, False),
            (None, False),
        ):
            assert (gedaan in Voordracht.objects.zichtbaar_voor(actor)) == ziet


@pytest.mark.parametrize(
    ("getypt", "nummer"),
    [
        *(pytest.param(n, n, id=f"T121 {n}") for n in ("123456782", "111222333", "999990019", "999999990")),
        pytest.param("12345672", "012345672", id="T121 acht cijfers"),
        *(pytest.param(n, None, id=f"T122 {n}") for n in ("123456789", "000000000", "12345678A")),
    ],
)
def test_elfproef(getypt, nummer):
    if nummer is None:
        with pytest.raises(ValidationError):
            BsnVeld(required=True).clean(getypt)
    else:
        assert BsnVeld(required=True).clean(getypt) == nummer


@pytest.mark.parametrize(
    ("route", "ziet"),
    [
        pytest.param("gemeente", False, id="T125 gemeenteroute: alleen administratief"),
        pytest.param("uwv", True, id="UWV-route: ook inhoudelijk"),
    ],
)
def test_t125_wat_uwv_van_de_behandeling_ziet(wereld, route, ziet):
    aanvraag = ingediend(wereld, route=route)
    assert aanvraag.heeft_behandelgegevens_voor_uwv is ziet
    secties = secties_van(aanvraag, "", met_behandeling=aanvraag.heeft_behandelgegevens_voor_uwv)
    assert (Onderdeel.BEHANDELING in [onderdeel for onderdeel, _, _ in secties]) is ziet
    # Doelgroep and, on the gemeente route, the toestemming are there.
    assert dict(next(rijen for o, _, rijen in secties if o is Onderdeel.SITUATIE))["Doelgroep"]
    assert aanvraag.toestemmingen.exists() is (route == "gemeente")


def test_t129_het_bsn_staat_nergens_leesbaar(wereld, caplog, mailoutbox):
    """Through a whole life of dossiers: in no table, log line or mail, and masked in the letters."""
    caplog.set_level(logging.DEBUG)
    nummer = bsn(77)
    deel = verlengd(wereld, bsn=nummer)
    voordracht(wereld, bsn=nummer)
    geweigerd(lambda: dien_in(wereld, compleet(wereld, bsn=nummer)))
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
            "where n.nspname = 'public' and relkind = 'r'"
        )
        tabellen = [rij[0] for rij in cursor.fetchall()]
        assert {"aanvragen_deelnemer", "logboek_regel", "aanvragen_brief"} <= set(tabellen)
        for tabel in tabellen:
            cursor.execute(f'select count(*) from "{tabel}" x where x::text like %s', [f"%{nummer}%"])
            assert cursor.fetchone()[0] == 0, tabel
    assert nummer not in caplog.text
    assert not any(nummer in b.titel + b.pad for b in Bericht.objects.all())
    assert not any(nummer in f"{m.subject}{m.body}" for m in mailoutbox)
    assert deel.aanvraag.deelnemer.bsn == nummer
    brief = deel.aanvraag.brieven.get(titel="Kopie van de aanvraag")
    assert nummer[-4:] in str(brief.gegevens)
    assert nummer.encode() not in maak_pdf(brief.sjabloon, brief.gegevens, datum=brief.datum)


def test_t130_een_oud_dossier_houdt_zijn_versie(wereld):
    oud = beoordeeld(wereld)
    later = NU + timedelta(days=30)
    tweede = laad(later, reden="Nieuwe termijn", beslistermijn_weken=4, verlenging_max_maanden=6)
    nieuw = ingediend(wereld, later)
    assert (oud.regeling_versie.nummer, nieuw.regeling_versie.nummer) == (1, 2)
    assert (oud.beslis_uiterlijk, nieuw.beslis_uiterlijk) == (date(2019, 7, 29), date(2019, 7, 31))
    # Decided after the change, by what held when it was received.
    oud = ken_toe(wereld, oud, later)
    assert oud.inhoud.doelgroep("CMD").verlenging_max_maanden == 12
    assert oud.reservering.versie_id == oud.regeling_versie_id
    assert start(wereld, oud, later).laatste_dag == date(2021, 7, 2)
    assert (tweede.reden, tweede.vastgelegd_op, tweede.geldig_vanaf) == (
        "Nieuwe termijn",
        later,
        date(2019, 7, 3),
    )


def test_t130_een_concept_gaat_mee_naar_de_versie_van_de_ontvangst(wereld):
    concept = wacht_op_toestemming(wereld, route="gemeente")
    uwv = compleet(wereld, route="uwv")
    later = NU + timedelta(days=30)
    laad(later, beslistermijn_weken=4)
    assert vers(concept).regeling_versie.nummer == 1
    assert dien_in(wereld, uwv, later).regeling_versie.nummer == 2
