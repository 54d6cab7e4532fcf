"""Gemeenten through time: domein.md 8.6 and 9.1, by number."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q

from gemeenten.models import (
    Contactpersoon,
    Deelname,
    Gemeente,
    OpvolgerOnbekend,
    Samenwerkingsverband,
    gemeenten_van,
    handelende_organisatie,
    keuzes_op,
    opvolger_op,
    opvolgers_op,
)
from ips_subsidie.toegang.models import Organisatie

pytestmark = pytest.mark.django_db
JUNI_2019 = date(2019, 6, 3)


@pytest.mark.parametrize(
    ("dag", "aantal"),
    [
        pytest.param(date(2019, 6, 1), 355, id="T96-2019"),
        pytest.param(date(2021, 6, 1), 352, id="T96-2021"),
        pytest.param(date(2022, 2, 1), 345, id="T96-begin-2022"),
        pytest.param(date(2022, 6, 1), 344, id="T96-2022"),
        pytest.param(date(2023, 6, 1), 342, id="T96-2023"),
        pytest.param(date(2026, 1, 1), 342, id="T96-2026"),
    ],
)
def test_T96_keuzes_zijn_de_gemeenten_van_die_dag(dag, aantal):
    assert Gemeente.objects.geldig_op(dag).count() == aantal
    assert len(keuzes_op(dag)) == len(dict(keuzes_op(dag))) == aantal


def test_grenzen_van_geldigheid(gemeente):
    appingedam, eemsdelta = gemeente("0003"), gemeente("1979")
    for dag, bestaat in ((date(2020, 12, 31), appingedam), (date(2021, 1, 1), eemsdelta)):
        geldig = set(Gemeente.objects.geldig_op(dag).filter(code__in=["0003", "1979"]))
        assert geldig == {bestaat}
        assert [een for een in (appingedam, eemsdelta) if een.bestaat_op(dag)] == [bestaat]


def test_keuzes_staan_op_nederlandse_volgorde_en_zijn_te_onderscheiden(django_assert_num_queries):
    with django_assert_num_queries(1):
        keuzes = keuzes_op(JUNI_2019)
    labels = [label for _, label in keuzes]
    assert len(set(labels)) == len(labels)
    assert labels[0] == "Aa en Hunze"
    assert labels[labels.index("Gouda") + 1 : labels.index("Groningen")] == ["Grave", "'s-Gravenhage"]
    assert dict(keuzes)["0893"] == "Bergen (L.), Limburg"
    assert dict(keuzes)["0373"] == "Bergen (NH.), Noord-Holland"
    assert dict(keuzes)["0268"] == "Nijmegen"


def test_T93_zoeken_op_bergen_geeft_er_twee_met_hun_code():
    gevonden = Gemeente.objects.zoeken("Bergen")
    assert [een.met_code for een in gevonden] == ["Bergen (L.) (code 0893)", "Bergen (NH.) (code 0373)"]


@pytest.mark.parametrize(
    ("tekst", "codes"),
    [
        ("0268", ["0268"]),
        ("nijmegen", ["0268"]),
        (" NIJM ", ["0268"]),
        ("den haag", ["0518"]),
        ("s-gravenhage", ["0518"]),
        ("'s-Gravenhage", ["0518"]),
        ("den bosch", ["0796"]),
        ("sudwest", ["1900"]),
        ("Súdwest Fryslân", ["1900"]),
        ("bergen op", ["0748"]),
        ("bergen (l.)", ["0893"]),
        ("bestaat niet", []),
        ("\0", []),
        ("%", []),
        ("📄" * 5000, []),
    ],
)
def test_zoeken(tekst, codes):
    assert [een.code for een in Gemeente.objects.zoeken(tekst)] == codes


def test_zoeken_zonder_woord_laat_alles_staan():
    assert Gemeente.objects.zoeken("  ").count() == 360


# --- opvolgers ---


def test_T89_appingedam_gaat_op_in_eemsdelta(gemeente):
    appingedam, eemsdelta = gemeente("0003"), gemeente("1979")
    assert opvolger_op(appingedam, date(2020, 12, 31)) == appingedam
    assert opvolger_op(appingedam, date(2021, 1, 1)) == eemsdelta
    assert handelende_organisatie(appingedam, date(2020, 6, 1)) == appingedam.organisatie
    assert handelende_organisatie(appingedam, date(2021, 6, 1)) == eemsdelta.organisatie
    codes = gemeenten_van(eemsdelta.organisatie, date(2021, 6, 1)).values_list("code", flat=True)
    assert set(codes) == {"0003", "0010", "0024", "1979"}
    assert not gemeenten_van(appingedam.organisatie, date(2021, 6, 1)).exists()
    assert appingedam.naam == "Appingedam"


@pytest.mark.parametrize("code", ["0003", "0010", "0024"])
def test_T95_wat_loopt_gaat_verder_bij_de_opvolger(gemeente, code):
    """A bezwaar that runs at a gemeente that is merged goes on with who took over (Wet arhi 44, lid 3)."""
    oud, eemsdelta = gemeente(code), gemeente("1979")
    voor, na = date(2020, 12, 31), date(2021, 1, 1)
    assert (opvolger_op(oud, voor), opvolger_op(oud, na)) == (oud, eemsdelta)
    assert handelende_organisatie(oud, voor) == oud.organisatie
    assert handelende_organisatie(oud, na) == eemsdelta.organisatie
    assert oud in gemeenten_van(eemsdelta.organisatie, na)
    assert oud not in gemeenten_van(eemsdelta.organisatie, voor)


def test_een_splitsing_wijst_geen_opvolger_aan_tot_iemand_dat_doet(gemeente):
    haaren, oisterwijk, dag = gemeente("0788"), gemeente("0824"), date(2021, 6, 1)
    assert [een.naam for een in opvolgers_op(haaren, dag)] == ["Boxtel", "Oisterwijk", "Tilburg", "Vught"]
    with pytest.raises(OpvolgerOnbekend, match="Boxtel, Oisterwijk, Tilburg, Vught"):
        opvolger_op(haaren, dag)
    assert handelende_organisatie(haaren, dag) == haaren.organisatie
    assert list(gemeenten_van(haaren.organisatie, dag)) == [haaren]

    haaren.opvolgingen.filter(naar=oisterwijk).update(neemt_verplichtingen_over=True)
    assert opvolger_op(haaren, dag) == oisterwijk
    assert haaren in gemeenten_van(oisterwijk.organisatie, dag)
    assert not gemeenten_van(haaren.organisatie, dag).exists()


def test_een_keten_van_opvolgers(maak_gemeente, volg_op):
    a, b, c = maak_gemeente("9901", "Aa"), maak_gemeente("9902", "Bee"), maak_gemeente("9903", "Cee")
    volg_op(a, b, date(2020, 1, 1))
    volg_op(b, c, date(2022, 1, 1))
    assert [opvolger_op(a, date(jaar, 6, 1)) for jaar in (2019, 2020, 2021, 2022)] == [a, b, b, c]
    assert opvolgers_op(a, date(2022, 6, 1)) == [c]
    assert set(gemeenten_van(c.organisatie, date(2022, 6, 1))) == {a, b, c}


def test_elke_gemeente_die_ophield_heeft_een_opvolger_die_bestaat():
    for een in Gemeente.objects.exclude(geldig_tot=None):
        opvolgers = opvolgers_op(een, een.geldig_tot)
        assert opvolgers
        assert all(opvolger.bestaat_op(een.geldig_tot) for opvolger in opvolgers)


# --- who acts ---


def test_T85_werkbedrijf_handelt_voor_druten_maar_telt_niet_als_gemeente(gemeente):
    werkbedrijf = Samenwerkingsverband.objects.get(organisatie__naam="WerkBedrijf Rijk van Nijmegen")
    druten = gemeente("0225")
    assert handelende_organisatie(druten, JUNI_2019) == werkbedrijf.organisatie
    zeven = gemeenten_van(werkbedrijf.organisatie, JUNI_2019)
    assert [een.naam for een in zeven] == [
        "Berg en Dal", "Beuningen", "Druten", "Heumen", "Mook en Middelaar", "Nijmegen", "Wijchen",
    ]  # fmt: skip
    assert not gemeenten_van(druten.organisatie, JUNI_2019).exists()
    assert not hasattr(werkbedrijf.organisatie, "gemeente")


def test_voor_en_na_de_deelname_handelt_de_gemeente_zelf(gemeente):
    druten = gemeente("0225")
    druten.deelnames.update(geldig_tot=date(2020, 1, 1))
    werkbedrijf = druten.deelnames.get().verband.organisatie
    for dag, wie in (
        (date(2016, 12, 31), druten.organisatie),
        (date(2017, 1, 1), werkbedrijf),
        (date(2019, 12, 31), werkbedrijf),
        (date(2020, 1, 1), druten.organisatie),
    ):
        assert handelende_organisatie(druten, dag) == wie
        assert druten in gemeenten_van(wie, dag)


def test_meedoen_zonder_ips_uit_te_voeren(maak_gemeente, maak_verband):
    gemeente = maak_gemeente("9901", "Aa")
    verband = maak_verband("Samen", gemeente, voert_ips_uit=False)
    assert handelende_organisatie(gemeente, JUNI_2019) == gemeente.organisatie
    assert not gemeenten_van(verband.organisatie, JUNI_2019).exists()


def test_het_verband_van_de_opvolger_handelt(maak_gemeente, maak_verband, volg_op):
    oud, nieuw = maak_gemeente("9901", "Oud"), maak_gemeente("9902", "Nieuw")
    van_oud, van_nieuw = maak_verband("Van oud", oud), maak_verband("Van nieuw", nieuw)
    volg_op(oud, nieuw, date(2021, 1, 1))
    assert handelende_organisatie(oud, date(2020, 6, 1)) == van_oud.organisatie
    assert handelende_organisatie(oud, date(2021, 6, 1)) == van_nieuw.organisatie
    assert set(gemeenten_van(van_nieuw.organisatie, date(2021, 6, 1))) == {oud, nieuw}
    assert not gemeenten_van(van_oud.organisatie, date(2021, 6, 1)).exists()


@pytest.mark.parametrize(
    "dag", [JUNI_2019, date(2021, 1, 1), date(2022, 3, 23), date(2022, 3, 24), date(2023, 6, 1)]
)
def test_wie_handelt_en_voor_wie_zijn_elkaars_omgekeerde(dag, maak_gemeente, maak_verband, volg_op):
    """For every gemeente, on both sides of each change, with verbanden across a merger and a split."""
    a, b, c = maak_gemeente("9901", "Aa"), maak_gemeente("9902", "Bee"), maak_gemeente("9903", "Cee")
    maak_verband("Een", a, c, geldig_tot=date(2022, 3, 24))
    maak_verband("Ander", b, van=date(2021, 1, 1))
    volg_op(a, b, date(2021, 1, 1))
    volg_op(c, b, date(2022, 3, 24), draagt=False)
    betrokken = Gemeente.objects.filter(
        Q(geldig_tot__isnull=False) | Q(voorgangers__isnull=False) | Q(deelnames__isnull=False)
    ).distinct()
    wie = {(een.pk, handelende_organisatie(een, dag).pk) for een in betrokken.select_related("organisatie")}
    organisaties = Organisatie.objects.filter(
        Q(gemeente__in=betrokken.values("pk")) | Q(samenwerkingsverband__isnull=False)
    )
    andersom = [
        (pk, organisatie.pk)
        for organisatie in organisaties
        for pk in gemeenten_van(organisatie, dag).values_list("pk", flat=True)
    ]
    assert len(wie) > 30
    assert len(andersom) == len(wie)
    assert set(andersom) == wie


@pytest.mark.parametrize(("dag", "vragen"), [(JUNI_2019, 2), (date(2023, 6, 1), 4)])
def test_gemeenten_van_kost_een_vast_aantal_vragen(gemeente, django_assert_max_num_queries, dag, vragen):
    organisatie = gemeente("0363").organisatie
    with django_assert_max_num_queries(vragen):
        assert list(gemeenten_van(organisatie, dag))


# --- what the database refuses ---


def test_voor_een_gemeente_voert_een_verband_tegelijk_uit(maak_gemeente, maak_verband):
    gemeente = maak_gemeente("9901", "Aa")
    maak_verband("Een", gemeente, geldig_tot=date(2020, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        maak_verband("Ander", gemeente, van=date(2019, 12, 31))
    maak_verband("Zonder uitvoering", gemeente, van=date(2019, 1, 1), voert_ips_uit=False)
    aansluitend = maak_verband("Aansluitend", gemeente, van=date(2020, 1, 1))
    assert handelende_organisatie(gemeente, date(2020, 1, 1)) == aansluitend.organisatie
    nieuw = Deelname(verband=aansluitend, gemeente=gemeente, geldig_van=date(2021, 1, 1))
    with pytest.raises(ValidationError, match="al een verband"):
        nieuw.full_clean()


def test_dezelfde_deelname_overlapt_zichzelf_niet(maak_gemeente, maak_verband):
    gemeente = maak_gemeente("9901", "Aa")
    verband = maak_verband("Een", gemeente, voert_ips_uit=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deelname.objects.create(
            verband=verband, gemeente=gemeente, geldig_van=date(2020, 1, 1), voert_ips_uit=False
        )


@pytest.mark.parametrize(
    "wijziging",
    [
        {"geldig_van": date(2020, 1, 1), "geldig_tot": date(2020, 1, 1)},
        {"code": "12a4"},
        {"code": "123"},
        {"code": "0268"},
    ],
)
def test_een_gemeente_die_niet_kan(maak_gemeente, wijziging):
    pk = maak_gemeente("9901", "Aa").pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Gemeente.objects.filter(pk=pk).update(**wijziging)


def test_een_opvolging_die_niet_kan(maak_gemeente, volg_op):
    a, b, c = maak_gemeente("9901", "Aa"), maak_gemeente("9902", "Bee"), maak_gemeente("9903", "Cee")
    volg_op(a, b, date(2021, 1, 1))
    for van, naar in ((a, b), (a, c), (b, b)):
        with pytest.raises(IntegrityError), transaction.atomic():
            volg_op(van, naar, date(2021, 1, 1))


def test_een_deelname_eindigt_na_haar_begin(maak_gemeente, maak_verband):
    with pytest.raises(IntegrityError), transaction.atomic():
        maak_verband("Een", maak_gemeente("9901", "Aa"), geldig_tot=date(2018, 1, 1))


def test_een_naam_bewaren_werkt_de_sleutels_bij(maak_gemeente):
    gemeente = maak_gemeente("9901", "Aa")
    gemeente.naam = "'s-Gravenmoer"
    gemeente.save(update_fields=["naam"])
    assert Gemeente.objects.zoeken("gravenmoer").get().sorteernaam == "gravenmoer"


def test_contactpersoon_is_bereikbaar(gemeente):
    organisatie = gemeente("0268").organisatie
    Contactpersoon(organisatie=organisatie, naam="Ans", telefoon="024 123 45 67").full_clean()
    with pytest.raises(ValidationError, match="e-mailadres of een telefoonnummer"):
        Contactpersoon(organisatie=organisatie, naam="Ans").full_clean()
    with pytest.raises(ValidationError, match="bijvoorbeeld"):
        Contactpersoon(organisatie=organisatie, naam="Ans", telefoon="bel maar").full_clean()
