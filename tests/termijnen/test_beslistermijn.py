"""The beslistermijn of a dossier: what moves its last day, how that is explained, putting a besluit off in time."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from aanvragen.handelingen import beslistermijn
from aanvragen.handelingen.beslissen import buiten_behandeling_termijn
from aanvragen.handelingen.beslistermijn import termijn_van
from aanvragen.models import Brief, Opschorting, OpschortingSoort, Verdaging
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.dagen import datum_van
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.kalender.rekenen import is_werkdag
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import NU, geweigerd, vers

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld():
    with klok_op(NU):
        yield fabriek.maak_wereld()


def na(dagen: int) -> datetime:
    return NU + timedelta(days=dagen)


def verdaag(wereld, aanvraag, moment, tot, reden="Wij wachten op een advies."):
    return beslistermijn.verdagen(
        aanvraag, wereld.voorbereider(aanvraag, moment), tot=tot, reden=reden, nu=moment
    )


def schort_op(wereld, aanvraag, moment, tot_en_met, soort=OpschortingSoort.INSTEMMING, reden="Zoals gebeld."):
    return beslistermijn.opschorten(
        aanvraag,
        wereld.voorbereider(aanvraag, moment),
        soort=soort,
        tot_en_met=tot_en_met,
        reden=reden,
        nu=moment,
    )


def test_de_termijn_staat_stil_tot_de_aanvulling_en_schuift_dan_een_keer(wereld):
    """Eight weeks from 3 June is 29 July; asked on the 5th and there on the 12th is six days: Sunday 4 August."""
    aanvraag = fabriek.vraag_aanvulling(wereld, fabriek.ingediend(wereld), na(2))
    (open_,) = aanvraag.opschortingen.all()
    assert (open_.soort, open_.uitgenodigd_op, open_.hervat_op) == ("aanvulling", date(2019, 6, 5), None)
    aanvraag = fabriek.dien_aanvulling_in(wereld, aanvraag, na(9))
    assert aanvraag.opschortingen.get().hervat_op == date(2019, 6, 12)
    assert aanvraag.beslis_uiterlijk == date(2019, 8, 5)
    assert termijn_van(aanvraag).laatste_dag == aanvraag.beslis_uiterlijk
    assert "van 6 juni 2019 tot en met 11 juni 2019: 6 dagen erbij" in " ".join(termijn_van(aanvraag).stappen)


def test_wie_niet_aanvult_laat_de_termijn_na_de_hersteltermijn_weer_lopen(wereld):
    aanvraag = fabriek.vraag_aanvulling(wereld, fabriek.ingediend(wereld), NU, termijn_tot=date(2019, 6, 17))
    aanvraag = fabriek.neem_in_behandeling(wereld, aanvraag, na(60))
    assert aanvraag.opschortingen.get().hervat_op == date(2019, 6, 17)
    assert aanvraag.beslis_uiterlijk == date(2019, 8, 12)


def test_twee_keer_aanvullen_telt_twee_keer_maar_schuift_een_keer(wereld):
    aanvraag = fabriek.vraag_aanvulling(wereld, fabriek.ingediend(wereld), NU)
    aanvraag = fabriek.dien_aanvulling_in(wereld, aanvraag, na(5))
    aanvraag = fabriek.vraag_aanvulling(wereld, aanvraag, na(7))
    aanvraag = fabriek.dien_aanvulling_in(wereld, aanvraag, na(12))
    # 29 July and two times four days is Tuesday 6 August: the weekend between them counts no more than once.
    assert aanvraag.beslis_uiterlijk == date(2019, 8, 6)
    assert len(termijn_van(aanvraag).stappen) == 3


def test_verdagen_verzet_de_laatste_dag_en_de_aanvrager_weet_waarom(wereld):
    aanvraag = fabriek.pak_op(wereld, fabriek.ingediend(wereld))
    verdaag(wereld, aanvraag, na(7), date(2019, 9, 2))
    aanvraag = vers(aanvraag)
    assert aanvraag.beslis_uiterlijk == termijn_van(aanvraag).laatste_dag == date(2019, 9, 2)
    brief = Brief.objects.get(sjabloon="verdaging")
    assert "advies" in brief.gegevens["reden"]
    bericht = Bericht.objects.filter(soort="verdaagd").first()
    assert "02-09-2019" in bericht.titel
    assert geweigerd(lambda: verdaag(wereld, aanvraag, na(8), date(2019, 9, 9))) == ["al_verdaagd"]


def test_na_het_uitstel_schort_een_aanvulling_de_nieuwe_termijn_op(wereld):
    aanvraag = fabriek.pak_op(wereld, fabriek.ingediend(wereld))
    verdaag(wereld, aanvraag, na(7), date(2019, 9, 2))
    aanvraag = fabriek.vraag_aanvulling(wereld, vers(aanvraag), na(70))
    aanvraag = fabriek.dien_aanvulling_in(wereld, aanvraag, na(75))
    # Monday 2 September and four days.
    assert aanvraag.beslis_uiterlijk == date(2019, 9, 6)


@pytest.mark.parametrize(
    ("over", "dag", "codes"),
    [
        pytest.param({"reden": " "}, 7, ["reden"], id="zonder reden"),
        pytest.param({"tot": date(2019, 7, 29)}, 7, ["tot"], id="niet later dan nu"),
        pytest.param({"tot": date(2019, 10, 1)}, 7, ["tot"], id="meer dan acht weken later"),
        pytest.param({"tot": date(2019, 9, 1)}, 7, ["tot"], id="op een zondag"),
        pytest.param({}, 57, ["te_laat"], id="nadat de termijn voorbij was"),
        pytest.param({}, 56, [], id="op de laatste dag zelf"),
    ],
)
def test_uitstellen_kan_alleen_op_tijd_met_reden_en_een_redelijke_dag(wereld, over, dag, codes):
    aanvraag = fabriek.pak_op(wereld, fabriek.ingediend(wereld))
    poging = lambda: verdaag(wereld, aanvraag, na(dag), **{"tot": date(2019, 9, 2)} | over)  # noqa: E731
    if codes:
        assert geweigerd(poging) == codes
        assert vers(aanvraag).beslis_uiterlijk == date(2019, 7, 29)
    else:
        poging()
        assert vers(aanvraag).beslis_uiterlijk == date(2019, 9, 2)


def test_met_instemming_staat_de_termijn_stil(wereld):
    aanvraag = fabriek.pak_op(wereld, fabriek.ingediend(wereld))
    schort_op(wereld, aanvraag, na(7), date(2019, 6, 24))
    aanvraag = vers(aanvraag)
    # Fourteen days: 11 up to and including 24 June; 29 July becomes 12 August.
    assert aanvraag.beslis_uiterlijk == termijn_van(aanvraag).laatste_dag == date(2019, 8, 12)
    assert Brief.objects.get(sjabloon="opschorting").gegevens["instemming"] is True
    assert is_werkdag(aanvraag.beslis_uiterlijk, {})


@pytest.mark.parametrize(
    ("over", "codes"),
    [
        ({"soort": "aanvulling"}, ["soort"]),
        ({"soort": "zomaar"}, ["soort"]),
        ({"reden": ""}, ["reden"]),
        ({"tot_en_met": date(2019, 6, 10)}, ["tot_en_met"]),
        ({"tot_en_met": date(2019, 12, 1)}, ["tot_en_met"]),
    ],
    ids=str,
)
def test_opschorten_vraagt_een_reden_van_de_wet_en_een_einde(wereld, over, codes):
    aanvraag = fabriek.pak_op(wereld, fabriek.ingediend(wereld))
    invoer = {"tot_en_met": date(2019, 6, 24)} | over
    assert geweigerd(lambda: schort_op(wereld, aanvraag, na(7), **invoer)) == codes
    assert not Opschorting.objects.exists()


def test_de_databank_houdt_een_open_opschorting_en_een_uitstel(wereld):
    aanvraag = fabriek.onvolledig(wereld)
    with pytest.raises(IntegrityError, match="opschorting_een_tegelijk"), transaction.atomic():
        Opschorting.objects.create(aanvraag=aanvraag, soort="aanvulling", uitgenodigd_op=datum_van(NU))
    with pytest.raises(IntegrityError, match="opschorting_eindigt_na_begin"), transaction.atomic():
        Opschorting.objects.create(
            aanvraag=aanvraag, soort="overmacht", uitgenodigd_op=date(2019, 6, 9), hervat_op=date(2019, 6, 8)
        )
    with pytest.raises(IntegrityError, match="verdaging_naar_later"), transaction.atomic():
        Verdaging.objects.create(
            aanvraag=aanvraag, op=date(2019, 6, 9), tot=date(2019, 6, 9), reden="x", door=wereld.beoordelaar.gebruiker
        )  # fmt: skip


@pytest.mark.parametrize(
    ("aangevuld_na", "laatste"),
    [
        pytest.param(None, date(2019, 7, 15), id="niet aangevuld: vier weken na de hersteltermijn"),
        pytest.param(4, date(2019, 7, 5), id="aangevuld en niet genoeg: vier weken na de aanvulling"),
        pytest.param(20, date(2019, 7, 15), id="te laat aangevuld: de termijn liep al"),
    ],
)
def test_buiten_behandeling_binnen_vier_weken(wereld, aangevuld_na, laatste):
    aanvraag = fabriek.onvolledig(wereld)
    assert aanvraag.hersteltermijn_tot == date(2019, 6, 17)
    if aangevuld_na is not None:
        aanvraag = fabriek.dien_aanvulling_in(wereld, aanvraag, na(aangevuld_na))
    assert buiten_behandeling_termijn(aanvraag).laatste_dag == laatste
    te_laat = datetime.combine(laatste + timedelta(days=1), NU.timetz())
    laat = lambda op: fabriek.laat_buiten_behandeling(wereld, aanvraag, op)  # noqa: E731
    assert geweigerd(lambda: laat(te_laat)) == ["te_laat"]
    assert laat(te_laat - timedelta(days=1)).status == "buiten_behandeling"


def test_een_collega_van_een_andere_partij_stelt_niets_uit(wereld):
    aanvraag = fabriek.pak_op(wereld, fabriek.ingediend(wereld))
    gemeente = wereld.lid(wereld.gemeente().organisatie, Rol.GEMEENTEMEDEWERKER)
    for handeling, over in (
        (beslistermijn.verdagen, {"tot": date(2019, 9, 2)}),
        (beslistermijn.opschorten, {"soort": "overmacht", "tot_en_met": date(2019, 6, 24)}),
    ):
        assert geweigerd(lambda h=handeling, o=over: h(aanvraag, gemeente, reden="x", nu=NU, **o)) == [
            "niet_aan_u"
        ]
