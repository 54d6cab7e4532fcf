"""While UWV waits for an aanvulling: what stays fixed, who is aan zet after the term, what it does to the terms."""

import dataclasses
from datetime import timedelta

import pytest

from aanvragen.handelingen import behandelen, beslissen, invullen, toestemming, voordragen
from aanvragen.models import Aanvraag
from aanvragen.regels.statussen import AanvraagStatus
from aanvragen.regels.volledigheid import Onderdeel
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek

pytestmark = pytest.mark.django_db
NU = fabriek.NU


@pytest.fixture
def wereld():
    with klok_op(NU):
        yield fabriek.maak_wereld()


def sla_op(wereld, aanvraag, onderdeel, **waarden):
    return invullen.onderdeel_opslaan(
        aanvraag, wereld.behandelaar, onderdeel=onderdeel, waarden=waarden, versie=aanvraag.versie, nu=NU
    )


@pytest.mark.parametrize(
    ("onderdeel", "waarden", "code"),
    [
        (Onderdeel.DEELNEMER, {"bsn": "111222333"}, "vast_na_indienen"),
        (Onderdeel.DEELNEMER, {"geboortedatum": None}, "onvolledig"),
        (Onderdeel.INSTELLING, {"trajectbegeleider_naam": ""}, "onvolledig"),
    ],
)
def test_wat_verstuurd_is_wordt_niet_een_ander_en_niet_leeg(wereld, onderdeel, waarden, code):
    aanvraag = fabriek.onvolledig(wereld)
    was = aanvraag.deelnemer.bsn
    assert fabriek.geweigerd(lambda: sla_op(wereld, aanvraag, onderdeel, **waarden)) == [code]
    vers = fabriek.vers(aanvraag)
    assert vers.deelnemer.bsn == was
    assert vers.deelnemer.geboortedatum is not None


def test_op_de_uwv_route_wordt_geen_gemeente_partij(wereld):
    aanvraag = fabriek.onvolledig(wereld, route="uwv")
    vraag = lambda: toestemming.opnieuw_vragen(aanvraag, wereld.behandelaar, nu=NU)  # noqa: E731
    assert fabriek.geweigerd(vraag) == ["niet_gevraagd"]
    assert not Aanvraag.objects.zichtbaar_voor(wereld.van_gemeente()).exists()


def test_na_de_hersteltermijn_kan_uwv_verder_zonder_aanvulling(wereld):
    """Else an instelling that stays silent would hold the queue up for good."""
    aanvraag = fabriek.onvolledig(wereld)
    termijn, oud = aanvraag.hersteltermijn_tot, aanvraag.beslis_uiterlijk
    neem = lambda op: behandelen.in_behandeling_nemen(aanvraag, wereld.beoordelaar, nu=op)  # noqa: E731
    assert fabriek.geweigerd(lambda: neem(NU)) == ["termijn_loopt"]
    neem(NU + timedelta(days=(termijn - NU.date()).days + 40))
    vers = fabriek.vers(aanvraag)
    assert vers.status == AanvraagStatus.IN_BEHANDELING
    assert vers.reservering.status == "in_volgorde"
    assert vers.beslis_uiterlijk > oud


def test_een_aanvulling_na_de_beslistermijn_schort_niets_op(wereld):
    aanvraag = fabriek.in_behandeling(wereld)
    uiterlijk = aanvraag.beslis_uiterlijk
    later = NU + timedelta(days=(uiterlijk - NU.date()).days + 14)
    fabriek.vraag_aanvulling(wereld, aanvraag, later)
    fabriek.dien_aanvulling_in(wereld, aanvraag, later + timedelta(days=5))
    assert fabriek.vers(aanvraag).beslis_uiterlijk == uiterlijk


def test_een_ingetrokken_voordracht_wordt_dezelfde_dag_gemeld(wereld):
    voordracht = fabriek.voordracht(wereld)
    voordragen.intrekken(voordracht, wereld.van_gemeente(), nu=NU)
    soorten = Bericht.objects.filter(onderwerp_id=str(voordracht.pk)).values_list("soort", flat=True)
    assert set(soorten) == {"voordracht_gedaan", "voordracht_ingetrokken"}


def test_dezelfde_sleutel_met_iets_anders_is_geen_herhaling(wereld):
    import uuid

    aanvraag, sleutel = fabriek.concept(wereld), uuid.uuid4()

    def verstuur(naam):
        return invullen.onderdeel_opslaan(
            aanvraag, wereld.behandelaar, onderdeel=Onderdeel.INSTELLING,
            waarden={"behandelaar_naam": naam}, versie=1, nu=NU, sleutel=sleutel,
        )  # fmt: skip

    verstuur("Een")
    verstuur("Een")
    assert fabriek.geweigerd(lambda: verstuur("Twee")) == ["sleutel"]
    assert fabriek.vers(aanvraag).behandelaar_naam == "Een"


def test_een_dossier_van_een_zieke_collega_kan_worden_overgenomen(wereld):
    aanvraag = fabriek.onvolledig(wereld)
    ander = fabriek.maak_actor(Rol.UWV_BEOORDELAAR, wereld.uwv)
    assert fabriek.geweigerd(lambda: behandelen.loslaten(aanvraag, ander, nu=NU)) == ["niet_opgepakt"]
    behandelen.overnemen(aanvraag, ander, nu=NU)
    assert fabriek.vers(aanvraag).opgepakt_door == ander.persoon


def test_wie_om_de_aanvulling_vroeg_laat_niet_zelf_buiten_behandeling(wereld):
    """Also not after letting go, in another role: who prepares doesn't decide."""
    aanvraag = fabriek.onvolledig(wereld)
    ander = fabriek.maak_actor(Rol.UWV_BEOORDELAAR, wereld.uwv)
    behandelen.overnemen(aanvraag, ander, nu=NU)
    zelfde = dataclasses.replace(wereld.beoordelaar, rol=Rol.UWV_BESLISSER)
    later = NU + timedelta(days=20)
    laat = lambda: beslissen.buiten_behandeling(aanvraag, zelfde, motivering="Te laat.", nu=later)  # noqa: E731
    assert fabriek.geweigerd(laat) == ["vier_ogen"]
