"""How somebody wants the mails: at once, one a day, or none; what the law demands always at once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from ips_subsidie.berichten import bezorgen
from ips_subsidie.berichten.groepen import Groep, Wijze, groep_van
from ips_subsidie.berichten.models import Verzending, Voorkeur
from ips_subsidie.berichten.overzicht import maak_overzichten
from ips_subsidie.berichten.uitbak import plaats
from ips_subsidie.berichten.voorkeuren import KIESBAAR, stel_in
from ips_subsidie.kalender.klok import AMSTERDAM, klok_op
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.rollen import Rol
from tests.toegang.personen import ingelogd_als, maak_lid

pytestmark = pytest.mark.django_db
MAANDAG = date(2019, 6, 3)


def om(dag: date, uur: int, minuut: int = 0) -> datetime:
    return datetime.combine(dag, time(uur, minuut), AMSTERDAM).astimezone(UTC)


@pytest.fixture
def lid():
    with klok_op(om(MAANDAG, 12)):
        return maak_lid(Rol.BEHANDELAAR)


def kies(lid, **keuzes):
    stel_in(Actor.van(lid), keuzes, nu=om(MAANDAG, 8))


def meld(lid, moment, soort="traject_gestart", titel="Een traject is gestart (IPS-1)"):
    plaats(
        [lid.organisatie_id],
        [lid.rol],
        soort=soort,
        titel=titel,
        pad="/aanvragen/",
        onderwerp_id="1",
        nu=moment,
    )


def draai(moment):
    """What the sweeper does, once."""
    with klok_op(moment):
        bezorgen.zet_uit(moment)
        maak_overzichten(moment)
        while bezorgen.verstuur(moment):
            pass


@pytest.mark.parametrize(
    ("soort", "groep"),
    [
        ("toegekend", Groep.WETTELIJK),
        ("buiten_behandeling", Groep.WETTELIJK),
        ("herinnering_hersteltermijn_3", Groep.WETTELIJK),
        ("iets_dat_niemand_kent", Groep.WETTELIJK),
        ("herinnering_einde_traject_90", Groep.HERINNERING),
        ("toestemming_gevraagd", Groep.TAAK),
        ("toestemming_geweigerd", Groep.VOORTGANG),
        ("factuur_nieuw", Groep.GELD),
        ("overleg_verplaatst", Groep.OVERLEG),
    ],
)
def test_wat_niemand_noemt_kan_niet_uit(soort, groep):
    assert groep_van(soort) == groep


def test_geen_mail_en_wel_in_het_portaal(lid):
    kies(lid, voortgang=Wijze.GEEN)
    meld(lid, om(MAANDAG, 9))
    draai(om(MAANDAG, 9, 1))
    assert mail.outbox == []
    with klok_op(om(MAANDAG, 10)):
        assert "Een traject is gestart" in ingelogd_als(lid).get(reverse("berichten")).content.decode()


def test_wat_de_wet_voorschrijft_gaat_altijd_meteen(lid):
    kies(lid, **dict.fromkeys(KIESBAAR, Wijze.GEEN))
    with pytest.raises(ValidationError, match="schrijft de wet voor"):
        kies(lid, wettelijk=Wijze.GEEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voorkeur.objects.create(
            gebruiker=lid.gebruiker, groep=Groep.WETTELIJK, wijze=Wijze.DAGELIJKS, gewijzigd_op=om(MAANDAG, 8)
        )
    meld(lid, om(MAANDAG, 9), soort="toegekend", titel="Er is een besluit")
    draai(om(MAANDAG, 9, 1))
    assert len(mail.outbox) == 1


def test_een_mail_per_dag_om_zeven_uur_met_alles(lid):
    kies(lid, voortgang=Wijze.DAGELIJKS)
    for n in range(3):
        meld(lid, om(MAANDAG, 9 + n), titel=f"Een traject is gestart (IPS-{n})")
    dinsdag = MAANDAG + timedelta(days=1)
    for minuut in range(0, 24 * 60, 7):
        draai(om(MAANDAG, 12) + timedelta(minutes=minuut))
    (een,) = mail.outbox
    assert een.to == [lid.gebruiker.email]
    for n in range(3):
        assert f"(IPS-{n})\n  http" in een.body
    assert reverse("berichtvoorkeuren") in een.body
    gemaakt = Verzending.objects.get(dag=dinsdag)
    assert gemaakt.verzonden_op is not None
    assert om(dinsdag, 7) <= gemaakt.verzonden_op < om(dinsdag, 7, 7)
    meld(lid, om(dinsdag, 8))
    draai(om(dinsdag, 9))
    assert len(mail.outbox) == 1
    draai(om(dinsdag + timedelta(days=1), 7))
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("nacht", [date(2019, 3, 31), date(2019, 10, 27)])
def test_een_per_dag_ook_als_de_klok_verspringt(lid, nacht):
    Lidmaatschap.objects.update(geldig_van=date(2019, 1, 1))
    kies(lid, voortgang=Wijze.DAGELIJKS)
    moment = om(nacht - timedelta(days=2), 6)
    while moment < om(nacht + timedelta(days=2), 12):
        meld(lid, moment)
        draai(moment)
        moment += timedelta(hours=1)
    # The one of the first morning holds what came at six.
    dagen = Verzending.objects.filter(dag__isnull=False).order_by("dag")
    assert [v.dag for v in dagen] == [nacht + timedelta(days=n) for n in range(-2, 3)]
    assert {v.verzonden_op.astimezone(AMSTERDAM).time() for v in dagen} == {time(7)}


def test_na_drie_dagen_stilstand_een_mail_met_alles(lid):
    kies(lid, voortgang=Wijze.DAGELIJKS)
    for dagen in range(4):
        meld(lid, om(MAANDAG + timedelta(days=dagen), 9), titel=f"Een traject is gestart (IPS-{dagen})")
    for _ in range(2):
        draai(om(MAANDAG + timedelta(days=4), 11))
    assert len(mail.outbox) == 1
    assert mail.outbox[0].body.count("(IPS-") == 4


def test_wie_weg_is_krijgt_geen_dagelijkse_mail(lid):
    kies(lid, voortgang=Wijze.DAGELIJKS)
    meld(lid, om(MAANDAG, 9))
    draai(om(MAANDAG, 9, 1))
    Lidmaatschap.objects.update(geldig_tot=MAANDAG + timedelta(days=1))
    draai(om(MAANDAG + timedelta(days=1), 7))
    assert mail.outbox == []


def test_de_pagina_toont_bewaart_en_legt_vast(lid):
    with klok_op(om(MAANDAG, 12)):
        client = ingelogd_als(lid)
        adres = reverse("berichtvoorkeuren")
        pagina = client.get(adres).content.decode()
        assert Groep.WETTELIJK.label in pagina
        gevraagd = set(client.get(adres).context["form"].fields) - {"versie", "sleutel"}
        assert gevraagd == {groep.value for groep in KIESBAAR}
        keuzes = {groep.value: Wijze.DIRECT.value for groep in KIESBAAR} | {"geld": Wijze.GEEN.value}
        assert client.post(adres, keuzes).status_code == 302
        assert Voorkeur.objects.get(gebruiker=lid.gebruiker, groep="geld").wijze == Wijze.GEEN
        assert client.get(adres).context["form"]["geld"].value() == Wijze.GEEN
        assert Regel.objects.filter(handeling="bericht.voorkeuren").count() == 1
        fout = client.post(adres, keuzes | {"geld": "nooit", "wettelijk": "geen"})
        assert fout.status_code == 200
        assert not Voorkeur.objects.filter(groep="wettelijk").exists()
