"""The handtekening of the deelnemer: who may set it, what it is under, and what makes it lapse."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from aanvragen.handelingen import invullen
from aanvragen.handelingen.handtekening import geldige_handtekening, kenteken_van, leesteken_van, tekst_voor
from aanvragen.handelingen.ondertekenen import ondertekenen
from aanvragen.models import Aanvraag, Handtekening
from aanvragen.regels.volledigheid import Onderdeel
from tests import fabriek
from tests.fabriek import ARNHEM, NU_B, doe, geweigerd, vers
from tests.opslag.conftest import maak_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld():
    return fabriek.maak_wereld_b()


@pytest.fixture
def aanvraag(wereld):
    """Everything filled in, not signed yet."""
    concept = fabriek.concept(wereld, NU_B)
    return fabriek.vul_in(wereld, concept, fabriek.invoer(wereld, nu=NU_B), NU_B)


def op_scherm(wereld, aanvraag, **over):
    invoer = {
        "wijze": "scherm", "naam": aanvraag.deelnemer.naam, "akkoord": True,
        "gelezen": leesteken_van(tekst_voor(aanvraag, NU_B.date())),
    }  # fmt: skip
    return doe(ondertekenen, aanvraag, wereld.behandelaar, NU_B, **invoer | over)


def op_papier(wereld, aanvraag):
    bestand = SimpleUploadedFile("getekend.pdf", maak_pdf())
    return doe(ondertekenen, aanvraag, wereld.behandelaar, NU_B, wijze="bestand", upload=bestand)


def wijzig(wereld, aanvraag, onderdeel, **velden):
    aanvraag = vers(aanvraag)
    doe(
        invullen.onderdeel_opslaan, aanvraag, wereld.behandelaar, NU_B + timedelta(hours=1),
        onderdeel=onderdeel, waarden=velden, versie=aanvraag.versie,
    )  # fmt: skip
    return vers(aanvraag)


def test_op_het_scherm_staat_wie_wanneer_en_onder_welke_tekst(wereld, aanvraag):
    gezet = op_scherm(wereld, aanvraag)
    assert (gezet.naam, gezet.wijze, gezet.gezet_op) == ("A.B. Voorbeeld", "scherm", NU_B)
    assert gezet.vastgelegd_door == wereld.behandelaar.persoon
    assert gezet.tekst == tekst_voor(aanvraag, NU_B.date())
    assert geldige_handtekening(vers(aanvraag)) == gezet


def test_de_tekst_zegt_wat_voor_wie_welke_gegevens_naar_wie_en_dat_hij_zich_mag_bedenken(wereld, aanvraag):
    tekst = tekst_voor(aanvraag, NU_B.date())
    for stuk in (
        "IPS-traject van 24 maanden", "A.B. Voorbeeld", "de gemeente Nijmegen, die over de aanvraag beslist",
        "WerkBedrijf Rijk van Nijmegen doet dit voor de gemeente.",
        "UWV betaalt het traject", "Meedoen hoeft niet", "geen diagnose", wereld.instelling.naam,
    ):  # fmt: skip
        assert stuk in tekst
    assert aanvraag.deelnemer.bsn not in tekst


@pytest.mark.parametrize("naam", ["a.b. voorbeeld", "A.B.Voorbeeld", "  A.B.   VOORBEELD "])
def test_hoofdletters_en_spaties_maken_niet_uit(wereld, aanvraag, naam):
    assert op_scherm(wereld, aanvraag, naam=naam)


@pytest.mark.parametrize(
    ("over", "codes"),
    [
        ({"naam": "C. Ander"}, ["andere_naam"]),
        ({"naam": ""}, ["andere_naam"]),
        ({"akkoord": False}, ["geen_akkoord"]),
        ({"gelezen": "0" * 64}, ["verouderd"]),
        ({"gelezen": "", "naam": "\x00", "akkoord": False}, ["verouderd", "andere_naam", "geen_akkoord"]),
    ],
)
def test_zonder_naam_akkoord_of_de_juiste_tekst_is_er_geen_handtekening(wereld, aanvraag, over, codes):
    assert geweigerd(lambda: op_scherm(wereld, aanvraag, **over)) == codes
    assert not Handtekening.objects.exists()


def test_een_getekend_bestand_blijft_bij_de_aanvraag(wereld, aanvraag):
    gezet = op_papier(wereld, aanvraag)
    assert gezet.bijlage.soort == "handtekening_deelnemer"
    assert gezet.naam == "A.B. Voorbeeld"
    assert vers(aanvraag).bijlagen.get() == gezet.bijlage


def test_zonder_bestand_of_met_een_vreemd_bestand_gebeurt_er_niets(wereld, aanvraag):
    vreemd = SimpleUploadedFile("getekend.pdf", b"MZ dit is geen pdf")
    for upload, code in ((None, "bestand"), (vreemd, "bestand")):
        doen = partial(doe, ondertekenen, aanvraag, wereld.behandelaar, NU_B, wijze="bestand", upload=upload)
        assert geweigerd(doen) == [code]
    assert not Handtekening.objects.exists()
    assert not aanvraag.bijlagen.exists()


def test_een_regeling_zonder_dat_document_kent_alleen_het_scherm():
    tekst = fabriek.regelingtekst(fabriek.REGELING_B).replace("handtekening_deelnemer", "iets_anders")
    wereld = fabriek.maak_wereld_b()
    fabriek.laad_regeling(tekst, reden="zonder papier", nu=NU_B)
    aanvraag = fabriek.vul_in(wereld, fabriek.concept(wereld, NU_B), fabriek.invoer(wereld, nu=NU_B), NU_B)
    assert geweigerd(lambda: op_papier(wereld, aanvraag)) == ["alleen_op_scherm"]
    assert op_scherm(wereld, aanvraag)


def test_eerst_invullen_wat_er_wordt_ondertekend(wereld):
    leeg = fabriek.concept(wereld, NU_B)
    doen = partial(doe, ondertekenen, leeg, wereld.behandelaar, NU_B, wijze="scherm")
    assert geweigerd(doen) == ["onvolledig"] * 3


def test_twee_keer_ondertekenen_hoeft_niet(wereld, aanvraag):
    op_scherm(wereld, aanvraag)
    assert geweigerd(lambda: op_scherm(wereld, aanvraag)) == ["al_ondertekend"]


def test_een_regeling_zonder_handtekening_vraagt_er_geen():
    wereld = fabriek.maak_wereld()
    aanvraag = fabriek.compleet(wereld)
    doen = partial(doe, ondertekenen, aanvraag, wereld.behandelaar, wijze="scherm")
    assert geweigerd(doen) == ["geen_handtekening_nodig"]


def test_alleen_de_eigen_instelling(wereld, aanvraag):
    for actor in (wereld.bij_andere_instelling().behandelaar, wereld.van_gemeente(nu=NU_B), wereld.beslisser):
        doen = partial(doe, ondertekenen, aanvraag, actor, NU_B, wijze="scherm")
        assert {"rol", "niet_van_u"} & set(geweigerd(doen))


@pytest.mark.parametrize(
    ("onderdeel", "velden"),
    [
        (Onderdeel.DEELNEMER, {"achternaam": "Anders"}),
        (Onderdeel.DEELNEMER, {"bsn": fabriek.bsn(800)}),
        (Onderdeel.DEELNEMER, {"adres": "Laan 3"}),
        (Onderdeel.SITUATIE, {"doelgroep": "EPA"}),
        (Onderdeel.SITUATIE, {"uitkering": "ioaw"}),
        (Onderdeel.TRAJECT, {"gewenste_start": NU_B.date()}),
    ],
)
def test_zij_vervalt_als_verandert_wat_is_ondertekend(wereld, aanvraag, onderdeel, velden):
    gezet = op_scherm(wereld, aanvraag)
    anders = wijzig(wereld, aanvraag, onderdeel, **velden)
    gezet.refresh_from_db()
    assert gezet.vervallen_op == NU_B + timedelta(hours=1)
    assert geldige_handtekening(anders) is None
    # And the deelnemer can sign again; the old one stays as what it was.
    nieuw = op_scherm(wereld, anders)
    assert geldige_handtekening(vers(aanvraag)) == nieuw
    assert Handtekening.objects.count() == 2


@pytest.mark.parametrize(
    ("onderdeel", "velden"),
    [
        (Onderdeel.INSTELLING, {"trajectbegeleider_naam": "Iemand Anders"}),
        (Onderdeel.TRAJECT, {"toelichting": "Een zin erbij."}),
        (Onderdeel.DEELNEMER, {"achternaam": "Voorbeeld"}),
        (Onderdeel.SITUATIE, {"werk_toelichting": ""}),
    ],
)
def test_zij_blijft_als_er_iets_anders_verandert(wereld, aanvraag, onderdeel, velden):
    gezet = op_scherm(wereld, aanvraag)
    assert geldige_handtekening(wijzig(wereld, aanvraag, onderdeel, **velden)) == gezet


def test_een_andere_gemeente_in_een_concept_vraagt_een_nieuwe_handtekening(wereld, aanvraag):
    """The text names the gemeente to which the data go; being sent on later changes nothing of it (Awb 2:3)."""
    gezet = op_scherm(wereld, aanvraag)
    arnhem = wereld.gemeente(ARNHEM)
    doorgezonden = vers(aanvraag)
    doorgezonden.gemeente = arnhem
    assert kenteken_van(doorgezonden, doorgezonden.deelnemer) == gezet.inhoud_hash
    anders = wijzig(wereld, aanvraag, Onderdeel.DEELNEMER, gemeente_id=arnhem.pk)
    assert geldige_handtekening(anders) is None
    assert "de gemeente Arnhem" in tekst_voor(anders, NU_B.date())


def test_het_bestand_weghalen_haalt_de_handtekening_weg(wereld, aanvraag):
    gezet = op_papier(wereld, aanvraag)
    doe(invullen.bijlage_weghalen, aanvraag, wereld.behandelaar, NU_B, bijlage_id=gezet.bijlage_id)
    assert geldige_handtekening(vers(aanvraag)) is None


def test_als_gewone_bijlage_kan_zij_niet(wereld, aanvraag):
    bestand = SimpleUploadedFile("getekend.pdf", maak_pdf())
    doen = partial(
        doe,         invullen.bijlage_toevoegen, aanvraag, wereld.behandelaar, NU_B,
        soort="handtekening_deelnemer", upload=bestand,
    )  # fmt: skip
    assert geweigerd(doen) == ["handtekening"]


def test_de_databank_kent_er_hoogstens_een_die_geldt(wereld, aanvraag):
    gezet = op_scherm(wereld, aanvraag)
    gezet.pk, gezet._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        gezet.save(force_insert=True)


def test_het_kenteken_verraadt_het_bsn_niet(wereld, aanvraag):
    """Everything else stands beside it in the table, so the BSN goes in by its keyed hash alone."""
    voor = kenteken_van(aanvraag, aanvraag.deelnemer)
    aanvraag.deelnemer.bsn_index = b"onder een andere sleutel"
    assert kenteken_van(aanvraag, aanvraag.deelnemer) != voor


def test_een_doelgroep_die_de_regeling_niet_kent_ondertekent_niemand(wereld):
    """A later version may drop a doelgroep: the signing page says so, and does not fall over."""
    aanvraag = fabriek.vul_in(wereld, fabriek.concept(wereld, NU_B), fabriek.invoer(wereld, nu=NU_B), NU_B)
    Aanvraag.objects.filter(pk=aanvraag.pk).update(doelgroep="WEG")
    assert "niet_in_doelgroep" in fabriek.geweigerd(
        lambda: fabriek.onderteken(wereld, fabriek.vers(aanvraag), NU_B)
    )
