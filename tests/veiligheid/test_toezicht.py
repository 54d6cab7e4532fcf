"""P36: the logs are looked at. Planted cases are found, each once; judged with a note; overdue ones are shown."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from aanvragen import toezicht
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Oordeel, Regel, Signaal, SignaalSoort, Soort, Uitkomst
from ips_subsidie.logboek.schrijven import Onderwerp, regel, schrijf
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.web.bezoek import als
from tests.web.sql import met_hoogstens

pytestmark = pytest.mark.django_db

# A Wednesday in October, ten in the morning in Amsterdam; the dossiers of these tests were quiet since June.
DAG = date(2019, 10, 16)
OVERDAG = datetime(2019, 10, 16, 8, 0, tzinfo=UTC)
NACHT = datetime(2019, 10, 17, 3, 30, tzinfo=UTC)


@pytest.fixture
def wereld() -> Iterator[fabriek.Wereld]:
    with klok_op(fabriek.NU):
        yield fabriek.maak_wereld()


def _lees(actor: Actor, over: Onderwerp, op: datetime = OVERDAG, wat: str = "dossier.bekijken") -> None:
    schrijf([regel(actor, Soort.LEZING, wat, over, op=op)])


def _dossier() -> Onderwerp:
    nummer = uuid.uuid4()
    return Onderwerp("aanvragen.aanvraag", str(nummer), nummer, uuid.uuid4(), "IPS-19-AAAAAA")


def _levend(actor: Actor, op: datetime = OVERDAG) -> Onderwerp:
    """A dossier in which somebody else did something last week."""
    over = _dossier()
    schrijf([regel(None, Soort.HANDELING, "aanvraag.indienen", over, op=op - timedelta(days=7))])
    return over


def _gevonden(dag: date = DAG) -> set[tuple[str, Any]]:
    toezicht.zoek_op(dag, OVERDAG + timedelta(days=1))
    return set(Signaal.objects.filter(dag=dag).values_list("soort", "gebruiker_id"))


def test_wie_gewoon_werkt_geeft_geen_signaal(wereld: fabriek.Wereld) -> None:
    """P36: twenty dossiers in an hour, at ten in the morning; all but one move, and in that one they did something."""
    for _ in range(19):
        _lees(wereld.beoordelaar, _levend(wereld.beoordelaar))
    oud = _dossier()
    schrijf([regel(wereld.beoordelaar, Soort.HANDELING, "aanvraag.beoordelen", oud, op=fabriek.NU)])
    _lees(wereld.beoordelaar, oud)
    for _ in range(40):
        _lees(wereld.behandelaar, _dossier(), wat="aanvragen.lijst")
    for _ in range(6):
        schrijf([
            regel(wereld.behandelaar, Soort.WEIGERING, "aanvraag.indienen", _dossier(), op=OVERDAG,
                  gegevens={"redenen": ["status"]}),
        ])  # fmt: skip
    assert _gevonden() == set()


def test_elk_gepland_geval_wordt_gevonden(wereld: fabriek.Wereld) -> None:
    """P36: n of n, and of whom."""
    gemeente = wereld.van_gemeente()
    beheer = wereld.met(Rol.BEHEERDER)
    financien = wereld.met(Rol.UWV_FINANCIEN)
    _lees(wereld.beslisser, _dossier())
    for minuut in range(21):
        _lees(wereld.beoordelaar, _levend(wereld.beoordelaar), OVERDAG + timedelta(minutes=minuut))
    _lees(financien, _levend(financien), OVERDAG + timedelta(hours=12))
    _lees(gemeente, _levend(gemeente), OVERDAG - timedelta(hours=4))
    for _ in range(toezicht.VEEL_WEIGERINGEN):
        schrijf([regel(wereld.behandelaar, Soort.WEIGERING, "dossier.bekijken", _dossier(), op=OVERDAG)])
    schrijf([regel(beheer, Soort.LEZING, "beheer.inzage", _levend(beheer), op=OVERDAG)])
    assert _gevonden() == {
        (SignaalSoort.ZONDER_TAAK, wereld.beslisser.gebruiker_id),
        (SignaalSoort.VEEL_CLIENTEN, wereld.beoordelaar.gebruiker_id),
        (SignaalSoort.BUITEN_UREN, financien.gebruiker_id),
        (SignaalSoort.BUITEN_UREN, gemeente.gebruiker_id),
        (SignaalSoort.WEIGERINGEN, wereld.behandelaar.gebruiker_id),
        (SignaalSoort.BEHEER, beheer.gebruiker_id),
    }
    veel = Signaal.objects.get(soort=SignaalSoort.VEEL_CLIENTEN)
    assert veel.aantal == 21
    assert Regel.objects.filter(pk__in=veel.regels, gebruiker=wereld.beoordelaar.gebruiker).count() == len(
        veel.regels
    )
    # Twice is once, and a run makes up for the days that were missed.
    assert toezicht.zoek_op(DAG, OVERDAG + timedelta(days=1)) == 0
    assert toezicht.zoek(OVERDAG + timedelta(days=3)) == 0


@pytest.mark.parametrize(
    ("op", "buiten"),
    [
        pytest.param(datetime(2019, 10, 16, 4, 59, tzinfo=UTC), True, id="6:59 's zomers"),
        pytest.param(datetime(2019, 10, 16, 5, 0, tzinfo=UTC), False, id="7:00 's zomers"),
        pytest.param(datetime(2019, 10, 16, 18, 0, tzinfo=UTC), True, id="20:00 's zomers"),
        pytest.param(datetime(2019, 11, 13, 6, 0, tzinfo=UTC), False, id="7:00 's winters"),
        pytest.param(datetime(2019, 10, 19, 10, 0, tzinfo=UTC), True, id="zaterdag"),
        pytest.param(datetime(2019, 12, 25, 10, 0, tzinfo=UTC), True, id="Eerste Kerstdag"),
    ],
)
def test_werktijd_is_die_van_amsterdam(wereld: fabriek.Wereld, op: datetime, buiten: bool) -> None:
    """P36."""
    _lees(wereld.beoordelaar, _levend(wereld.beoordelaar, op), op)
    assert (SignaalSoort.BUITEN_UREN, wereld.beoordelaar.gebruiker_id) in _gevonden(op.date()) or not buiten
    assert Signaal.objects.filter(soort=SignaalSoort.BUITEN_UREN).exists() is buiten


@pytest.mark.parametrize(
    ("achternaam", "geeft"),
    [
        pytest.param("Van der Zwaluw", True, id="de eigen naam"),
        pytest.param("Tapuit", True, id="de naam van een collega"),
        pytest.param("Zwaluwstaart", False, id="een langere naam"),
        pytest.param("Staart", False, id="een ander"),
        pytest.param("%", False, id="een jokerteken"),
    ],
)
def test_een_client_met_de_naam_van_een_medewerker(
    wereld: fabriek.Wereld, achternaam: str, geeft: bool
) -> None:
    """P36: one's own name or a colleague's: somebody may look up a relative."""
    persoon, collega = wereld.behandelaar.persoon, wereld.collega(wereld.behandelaar).persoon
    persoon.naam, collega.naam = "J. van der Zwaluw", "K. Tapuit"
    persoon.save()
    collega.save()
    aanvraag = fabriek.ingediend(wereld, OVERDAG - timedelta(days=8), achternaam=achternaam)
    _lees(wereld.behandelaar, aanvraag.onderwerp())
    assert _gevonden() == ({(SignaalSoort.EIGEN_NAAM, persoon.pk)} if geeft else set())


def test_elke_week_een_steekproef(wereld: fabriek.Wereld) -> None:
    """P36: also a week in which nothing stands out is looked at."""
    for dag in range(7):
        for _ in range(3):
            moment = OVERDAG + timedelta(days=dag - 2)
            _lees(wereld.beoordelaar, _levend(wereld.beoordelaar, moment), moment)
    zondag = DAG + timedelta(days=4)
    assert (SignaalSoort.STEEKPROEF, None) in _gevonden(zondag)
    steekproef = Signaal.objects.get(soort=SignaalSoort.STEEKPROEF)
    assert len(set(steekproef.regels)) == toezicht.STEEKPROEF
    assert toezicht.zoek_op(zondag, OVERDAG) == 0


# --- judging ---------------------------------------------------------------------------------------


@pytest.fixture
def signaal(wereld: fabriek.Wereld) -> Signaal:
    _lees(wereld.beslisser, _dossier())
    toezicht.zoek_op(DAG, OVERDAG + timedelta(days=1))
    return Signaal.objects.get()


def _beoordeel(wie: Actor, een: Signaal, **velden: str) -> Any:
    velden = {"uitkomst": Uitkomst.IN_ORDE, "toelichting": "Nagevraagd bij de teamleider."} | velden
    return als(wie).post(reverse("toezicht:signaal", args=[een.pk]), {"sleutel": str(uuid.uuid4()), **velden})


def test_de_toezichthouder_kijkt_en_tekent_af(wereld: fabriek.Wereld, signaal: Signaal) -> None:
    """P36: the lines behind it are shown, the verdict stands with its note, and both leave a line themselves."""
    wie = wereld.met(Rol.TOEZICHTHOUDER)
    client = als(wie)
    with klok_op(OVERDAG + timedelta(days=1)):
        tekst = client.get(reverse("toezicht:overzicht")).content.decode()
        assert "Dossier bekeken zonder taak" in tekst
        assert "Niet op tijd beoordeeld" not in tekst
        tekst = client.get(reverse("toezicht:signaal", args=[signaal.pk])).content.decode()
        assert "IPS-19-AAAAAA" in tekst
        assert str(wereld.beslisser.persoon) in tekst
        assert _beoordeel(wie, signaal, uitkomst=Uitkomst.NAVRAAG).status_code == 302
        assert "Te beoordelen" in client.get(reverse("toezicht:overzicht")).content.decode()
        assert _beoordeel(wie, signaal).status_code == 302
        tekst = client.get(reverse("toezicht:overzicht")).content.decode()
        assert "Hier staan geen signalen" in tekst
        assert "Nagevraagd" in client.get(reverse("toezicht:signaal", args=[signaal.pk])).content.decode()
    soorten = Regel.objects.filter(gebruiker=wie.gebruiker).values_list("handeling", flat=True)
    assert set(soorten) == {"logboek.signaal", "signaal.beoordelen"}


def test_na_de_termijn_staat_er_te_laat_en_gaat_er_een_bericht(
    wereld: fabriek.Wereld, signaal: Signaal
) -> None:
    """P36."""
    wie = wereld.met(Rol.TOEZICHTHOUDER)
    op_tijd = OVERDAG + timedelta(days=1 + toezicht.DAGEN_OM_TE_BEOORDELEN)
    toezicht.herinner(op_tijd)
    assert not Bericht.objects.filter(soort="signalen_te_laat").exists()
    te_laat = op_tijd + timedelta(days=1)
    toezicht.herinner(te_laat)
    toezicht.herinner(te_laat)
    (bericht,) = Bericht.objects.filter(soort="signalen_te_laat", organisatie=wie.organisatie)
    assert (bericht.rol, bericht.pad) == (Rol.TOEZICHTHOUDER, reverse("toezicht:overzicht"))
    with klok_op(te_laat):
        assert "Niet op tijd beoordeeld" in als(wie).get(reverse("toezicht:overzicht")).content.decode()
        _beoordeel(wie, signaal)
    toezicht.herinner(te_laat + timedelta(days=1))
    assert Bericht.objects.filter(soort="signalen_te_laat").count() == 1


def test_zonder_toelichting_of_twee_keer_gaat_niet(wereld: fabriek.Wereld, signaal: Signaal) -> None:
    """P36: what was typed stays, and a verdict is final; in the database too."""
    wie = wereld.met(Rol.TOEZICHTHOUDER)
    antwoord = _beoordeel(wie, signaal, toelichting=" ")
    assert "Schrijf op waarom u dit vindt." in antwoord.content.decode()
    assert _beoordeel(wie, signaal).status_code == 302
    antwoord = _beoordeel(wie, signaal, toelichting="Toch een incident.", uitkomst=Uitkomst.INCIDENT)
    assert "Dit signaal is afgesloten." in antwoord.content.decode()
    assert Oordeel.objects.count() == 1
    for uitkomst in Uitkomst:
        with pytest.raises(IntegrityError), transaction.atomic():
            Oordeel.objects.create(
                signaal=signaal, uitkomst=uitkomst, toelichting="x", op=OVERDAG, door=wie.persoon
            )


def test_niemand_beoordeelt_zichzelf(wereld: fabriek.Wereld) -> None:
    """P36: somebody with two roles doesn't sign off the own use."""
    wie = wereld.met(Rol.TOEZICHTHOUDER)
    _lees(wie, _dossier())
    toezicht.zoek_op(DAG, OVERDAG)
    een = Signaal.objects.get(gebruiker=wie.gebruiker)
    assert (
        "over uw eigen gebruik" in als(wie).get(reverse("toezicht:signaal", args=[een.pk])).content.decode()
    )
    assert "over uw eigen gebruik" in _beoordeel(wie, een).content.decode()
    assert not Oordeel.objects.exists()


def test_het_logboek_zoeken_op_kenmerk_of_persoon(wereld: fabriek.Wereld, signaal: Signaal) -> None:
    """P36: no mail address in a URL; that was searched is a line itself."""
    wie = wereld.met(Rol.TOEZICHTHOUDER)
    client, url = als(wie), reverse("toezicht:logboek")
    with met_hoogstens(12):
        assert client.get(url).status_code == 200
    for zoek in ("ips-19-aaaaaa", wereld.beslisser.persoon.email):
        assert "Dossier bekeken" in client.post(url, {"zoek": zoek}).content.decode()
    assert "Er zijn geen regels" in client.post(url, {"zoek": "niemand@voorbeeld.example"}).content.decode()
    assert "Vul een kenmerk" in client.post(url, {"zoek": ""}).content.decode()
    assert Regel.objects.filter(handeling="logboek.zoeken", gebruiker=wie.gebruiker).count() == 3


@pytest.mark.parametrize("nummer", [0, 2**63, 10**30])
def test_een_signaal_dat_er_niet_is(wereld: fabriek.Wereld, nummer: int) -> None:
    antwoord = als(wereld.met(Rol.TOEZICHTHOUDER)).get(f"/toezicht/signalen/{nummer}/")
    assert antwoord.status_code == 404


def test_een_toezichthouder_komt_niet_bij_dossiers_of_het_beheer(wereld: fabriek.Wereld) -> None:
    aanvraag = fabriek.ingediend(wereld)
    client = als(wereld.met(Rol.TOEZICHTHOUDER))
    assert client.get(reverse("aanvragen:dossier", args=[aanvraag.pk])).status_code == 403
    assert client.get(reverse("admin:index")).status_code == 403
    assert client.get("/").url == reverse("toezicht:overzicht")
