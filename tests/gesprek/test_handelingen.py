"""Who reads what in the conversation of a dossier, what an open question is, and who is told."""

from datetime import date, timedelta

import pytest

from aanvragen.handelingen import doorzenden
from aanvragen.models import Aanvraag, Gelezen, Gespreksbericht
from aanvragen.models.gesprek import kanten_van
from gemeenten.models import Gemeente, GemeenteOpvolging
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import ARNHEM, NIJMEGEN, NU, NU_B, bsn, geweigerd, vers
from tests.gesprek.hulp import GEMEENTE, INSTELLING, UWV, antwoord, lees, leesbaar, schrijf, vraag
from tests.opslag.conftest import maak_png


def iedereen(wereld):
    return {INSTELLING: wereld.behandelaar, GEMEENTE: wereld.van_gemeente(), UWV: wereld.beoordelaar}


@pytest.mark.parametrize("van", [INSTELLING, GEMEENTE, UWV])
@pytest.mark.parametrize(
    "lezers", [(), (INSTELLING,), (GEMEENTE,), (UWV,), (GEMEENTE, UWV), (INSTELLING, UWV)], ids=str
)
def test_alleen_wie_gekozen_is_leest_het(wereld, van, lezers):
    aanvraag = fabriek.ingediend(wereld)
    schrijf(aanvraag, iedereen(wereld)[van], *lezers)
    lezen = {kant for kant, actor in iedereen(wereld).items() if leesbaar(aanvraag, actor)}
    assert lezen == {van, *lezers}


def test_een_notitie_is_van_de_eigen_organisatie(wereld):
    aanvraag = fabriek.ingediend(wereld)
    for actor in iedereen(wereld).values():
        schrijf(aanvraag, actor, tekst=f"Van {actor.rol}")
    for actor in iedereen(wereld).values():
        assert leesbaar(aanvraag, actor) == [f"Van {actor.rol}"]
    assert leesbaar(aanvraag, wereld.collega(wereld.beoordelaar)) == ["Van uwv_beoordelaar"]
    assert set(Gespreksbericht.objects.values_list("soort", flat=True)) == {"notitie"}
    assert not Bericht.objects.filter(soort__startswith="gesprek").exists()


@pytest.mark.parametrize("status", [*fabriek.MAAK, *fabriek.MAAK_B])
def test_wie_meedoet_is_wie_het_dossier_kan_zien(db, status):
    """What the conversation says of a party is what `zichtbaar_voor` says of its people."""
    wereld, aanvraag, nu = fabriek.maak_in(status)
    with klok_op(nu):
        ziet = {
            kant
            for kant, actor in iedereen(wereld).items()
            if Aanvraag.objects.zichtbaar_voor(actor).filter(pk=aanvraag.pk).exists()
        }
    assert {kant.value for kant in kanten_van(vers(aanvraag))} == ziet


def test_uwv_leest_niet_wat_er_was_voor_het_iets_zag(wereld_b):
    aanvraag = fabriek.beoordeeld(wereld_b, NU_B)
    gemeente = wereld_b.van_gemeente(nu=NU_B)
    assert geweigerd(lambda: schrijf(aanvraag, gemeente, UWV, nu=NU_B)) == ["lezers"]
    schrijf(aanvraag, gemeente, INSTELLING, tekst="Onder ons.", nu=NU_B)
    fabriek.vraag_budget(wereld_b, aanvraag, NU_B)
    schrijf(aanvraag, gemeente, INSTELLING, UWV, tekst="Met UWV erbij.", nu=NU_B)
    assert leesbaar(aanvraag, wereld_b.beoordelaar, NU_B) == ["Met UWV erbij."]
    assert leesbaar(aanvraag, wereld_b.behandelaar, NU_B) == ["Onder ons.", "Met UWV erbij."]


def test_in_een_concept_kan_alleen_een_notitie(wereld):
    aanvraag = fabriek.concept(wereld)
    for lezers in ((GEMEENTE,), (UWV,), ("niemand",)):
        assert geweigerd(lambda lezers=lezers: schrijf(aanvraag, wereld.behandelaar, *lezers)) == ["lezers"]
    schrijf(aanvraag, wereld.behandelaar)


def test_wie_het_dossier_niet_ziet_schrijft_en_leest_niet(wereld):
    aanvraag = fabriek.ingediend(wereld)
    gesteld = vraag(aanvraag, wereld.behandelaar, GEMEENTE)
    vreemden = [
        wereld.bij_andere_instelling().behandelaar,
        wereld.lid(wereld.gemeente(ARNHEM).organisatie, Rol.GEMEENTEBESLISSER),
    ]
    for vreemde in vreemden:
        for daad in (
            lambda wie=vreemde: schrijf(aanvraag, wie),
            lambda wie=vreemde: antwoord(gesteld, wie),
            lambda wie=vreemde: lees(gesteld, wie),
        ):
            assert geweigerd(daad) == ["niet_van_u"]
    for wie in (wereld.met(Rol.MINISTERIE), wereld.met(Rol.BEHEERDER)):
        assert geweigerd(lambda wie=wie: schrijf(aanvraag, wie)) == ["rol"]
    assert Gespreksbericht.objects.count() == 1


def test_een_vraag_is_open_tot_er_een_antwoord_is(wereld):
    aanvraag = fabriek.ingediend(wereld)
    gesteld = vraag(aanvraag, wereld.behandelaar, GEMEENTE)
    assert list(aanvraag.gesprek.open_vragen()) == [gesteld]
    gegeven = antwoord(gesteld, wereld.van_gemeente())
    assert not aanvraag.gesprek.open_vragen().exists()
    assert gegeven.zichtbaar_voor == [INSTELLING, GEMEENTE]
    assert leesbaar(aanvraag, wereld.beoordelaar) == []


def test_op_wat_men_niet_kan_lezen_kan_men_niet_antwoorden(wereld):
    aanvraag = fabriek.ingediend(wereld)
    gesteld = vraag(aanvraag, wereld.behandelaar, GEMEENTE)
    geen_vraag = schrijf(aanvraag, wereld.behandelaar, UWV)
    assert geweigerd(lambda: antwoord(gesteld, wereld.beoordelaar)) == ["geen_vraag"]
    assert geweigerd(lambda: antwoord(geen_vraag, wereld.beoordelaar)) == ["geen_vraag"]
    assert geweigerd(lambda: lees(gesteld, wereld.beoordelaar)) == ["geen_bericht"]


@pytest.mark.parametrize(
    ("lezers", "antwoord_van", "tekst", "codes"),
    [
        ([GEMEENTE], UWV, "Komt er nog iets?", ["antwoord_van"]),
        ([], GEMEENTE, "Komt er nog iets?", ["antwoord_van"]),
        ([GEMEENTE], INSTELLING, "Komt er nog iets?", ["antwoord_van"]),
        ([GEMEENTE], "", "  \n ", ["tekst"]),
        ([GEMEENTE], "", "x" * 4001, ["tekst"]),
        ([GEMEENTE], "", f"Het gaat om {bsn(3)}.", ["bsn"]),
        ([], "", f"Het gaat om {bsn(3)}.", ["bsn"]),
        ([GEMEENTE], UWV, "", ["tekst", "antwoord_van"]),
    ],
)
def test_wat_niet_verstuurd_kan_worden(wereld, lezers, antwoord_van, tekst, codes):
    aanvraag = fabriek.ingediend(wereld)
    daad = lambda: schrijf(aanvraag, wereld.behandelaar, *lezers, antwoord_van=antwoord_van, tekst=tekst)  # noqa: E731
    assert sorted(geweigerd(daad)) == sorted(codes)
    assert not Gespreksbericht.objects.exists()


def test_een_bericht_maakt_geen_formulier_oud(wereld):
    aanvraag = fabriek.ingediend(wereld)
    schrijf(aanvraag, wereld.behandelaar, UWV)
    assert vers(aanvraag).versie == aanvraag.versie


def test_wie_bericht_krijgt(wereld):
    """The task and where, to each reader but the sender, for each message by itself; never a word of it."""
    aanvraag = fabriek.ingediend(wereld)
    for nummer in (1, 2):
        vraag(aanvraag, wereld.behandelaar, UWV, GEMEENTE, tekst=f"Vraag nummer {nummer}")
    antwoord(Gespreksbericht.objects.first(), wereld.beoordelaar)
    kanten = {actor.organisatie_id: kant for kant, actor in iedereen(wereld).items()}
    berichten = Bericht.objects.filter(soort__startswith="gesprek")
    telling: dict[tuple[str, str], int] = {}
    for bericht in berichten:
        sleutel = (kanten[bericht.organisatie_id], bericht.soort)
        telling[sleutel] = telling.get(sleutel, 0) + 1
        assert bericht.pad == f"/aanvragen/{aanvraag.pk}/gesprek/"
        assert "nummer" not in bericht.titel
        assert aanvraag.deelnemer.achternaam not in bericht.titel
    assert telling == {
        ("uwv", "gesprek_vraag"): 2,
        ("gemeente", "gesprek_bericht"): 4,
        ("gemeente", "gesprek_antwoord"): 2,
        ("instelling", "gesprek_antwoord"): 2,
    }


def test_het_logboek_weet_dat_er_geschreven_is_en_niet_wat(wereld):
    aanvraag = fabriek.ingediend(wereld)
    bericht = vraag(aanvraag, wereld.behandelaar, UWV, tekst="Iets dat er niet in mag staan")
    regel = Regel.objects.get(handeling="gesprek.schrijven", soort=Soort.HANDELING)
    assert (regel.dossier_id, regel.onderwerp_id) == (aanvraag.pk, str(bericht.pk))
    assert regel.gegevens == {"naar": "vraag"}


def test_na_doorzenden_leest_de_andere_gemeente_mee(wereld_b):
    """What was written to the gemeente goes along; the notes of the first one stay hers, who sees no more of it."""
    aanvraag = fabriek.ingediend(wereld_b, NU_B)
    eerst = wereld_b.van_gemeente(NIJMEGEN, Rol.GEMEENTEMEDEWERKER, NU_B)
    vraag(aanvraag, wereld_b.behandelaar, GEMEENTE, tekst="Wie is de consulent?", nu=NU_B)
    schrijf(aanvraag, eerst, tekst="Onze eigen notitie", nu=NU_B)
    fabriek.doe(
        doorzenden.doorzenden,
        vers(aanvraag),
        eerst,
        NU_B,
        gemeente=wereld_b.gemeente(ARNHEM),
        reden="Verhuisd.",
    )
    aanvraag = vers(aanvraag)
    dan = wereld_b.van_gemeente(ARNHEM, Rol.GEMEENTEMEDEWERKER, NU_B)
    assert leesbaar(aanvraag, dan, NU_B) == ["Wie is de consulent?"]
    assert leesbaar(aanvraag, eerst, NU_B) == []
    antwoord(aanvraag.gesprek.first(), dan, NU_B)
    assert leesbaar(aanvraag, wereld_b.behandelaar, NU_B)[-1] == "Ja, op 1 juli."


def test_na_een_fusie_leest_de_opvolger_verder_ook_de_notities(wereld):
    aanvraag = fabriek.ingediend(wereld, gemeente=ARNHEM)
    oud = wereld.van_gemeente(ARNHEM)
    vraag(aanvraag, wereld.behandelaar, GEMEENTE, tekst="Loopt de uitkering nog?")
    schrijf(aanvraag, oud, tekst="Notitie van voor de fusie")
    fusie = date(2019, 7, 1)
    Gemeente.objects.filter(code=ARNHEM).update(geldig_tot=fusie)
    GemeenteOpvolging.objects.create(
        van=wereld.gemeente(ARNHEM), naar=wereld.gemeente(NIJMEGEN), datum=fusie, soort="fusie",
        neemt_verplichtingen_over=True,
    )  # fmt: skip
    nieuw = wereld.van_gemeente(NIJMEGEN)
    later = NU + timedelta(days=40)
    assert leesbaar(aanvraag, nieuw, NU) == []
    assert leesbaar(aanvraag, nieuw, later) == ["Loopt de uitkering nog?", "Notitie van voor de fusie"]
    antwoord(aanvraag.gesprek.first(), nieuw, later)
    schrijf(aanvraag, wereld.behandelaar, GEMEENTE, nu=later)
    laatste = Bericht.objects.filter(soort="gesprek_bericht").latest("pk")
    assert laatste.organisatie == nieuw.organisatie


def test_gelezen_per_organisatie(wereld):
    aanvraag = fabriek.ingediend(wereld)
    bericht = schrijf(aanvraag, wereld.behandelaar, UWV)
    lees(bericht, wereld.beoordelaar)
    lees(bericht, wereld.collega(wereld.beoordelaar), NU + timedelta(hours=1))
    gelezen = Gelezen.objects.get()
    assert (gelezen.kant, gelezen.organisatie, gelezen.tot) == (UWV, wereld.uwv, 1)
    assert gelezen.door == wereld.beoordelaar.gebruiker


def test_wie_antwoordt_heeft_de_vraag_gelezen_en_niet_wat_er_na_kwam(wereld):
    aanvraag = fabriek.ingediend(wereld)
    gesteld = vraag(aanvraag, wereld.behandelaar, GEMEENTE)
    schrijf(aanvraag, wereld.behandelaar, GEMEENTE)
    antwoord(gesteld, wereld.van_gemeente())
    assert list(Gelezen.objects.values_list("kant", "tot")) == [(GEMEENTE, 1)]


def test_een_bijlage_wordt_gekeurd(wereld):
    from django.core.files.uploadedfile import SimpleUploadedFile

    aanvraag = fabriek.ingediend(wereld)
    slecht = SimpleUploadedFile("rapport.pdf", b"geen pdf")
    assert geweigerd(lambda: schrijf(aanvraag, wereld.behandelaar, UWV, bestand=slecht)) == ["bestand"]
    goed = SimpleUploadedFile("akkoord.png", maak_png())
    assert schrijf(aanvraag, wereld.behandelaar, UWV, bestand=goed).bestand.naam == "akkoord.png"
