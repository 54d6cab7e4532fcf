"""The outbox: written with the act, delivered once, whatever breaks in between."""

import threading
import time
from datetime import timedelta
from smtplib import SMTPAuthenticationError, SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import kombu
import pytest
from django.conf import settings
from django.core import mail
from django.db import close_old_connections, connection, transaction

from ips_subsidie.berichten import bezorgen, uitbak
from ips_subsidie.berichten.models import Bericht, Verzending, VerzendingStatus
from ips_subsidie.berichten.tasks import bezorg
from ips_subsidie.berichten.uitbak import plaats
from ips_subsidie.celery import app as celery_app
from ips_subsidie.kalender.klok import nu, vandaag
from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.rollen import Rol
from tests.toegang.personen import maak_gebruiker, maak_lid, maak_organisatie

pytestmark = pytest.mark.django_db


def plaats_taak(
    *organisaties,
    moment=None,
    rollen=(Rol.BEHANDELAAR,),
    nummer="7",
    termijn=None,
    titel="Er is een aanvulling gevraagd",
):
    plaats(
        [organisatie.pk for organisatie in organisaties],
        rollen,
        soort="aanvulling_gevraagd",
        titel=titel,
        pad="/aanvragen/7/",
        onderwerp_id=nummer,
        nu=moment or nu(),
        termijn=termijn,
    )


def bezorg_alles(moment=None):
    moment = moment or nu()
    while bezorgen.zet_uit(moment):
        pass
    while bezorgen.verstuur(moment):
        pass


def val_om(*_a, **_k):
    """The process ends here: no `except Exception` sees it."""
    raise KeyboardInterrupt


@pytest.fixture
def postbode_weg(monkeypatch):
    """A mail server that refuses; gives the number of tries."""
    pogingen = []

    def weiger(self, *_a, **_k):
        pogingen.append(self.extra_headers["Message-ID"])
        raise ConnectionRefusedError("geen postbode")

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", weiger)
    return pogingen


def test_elk_lid_krijgt_een_mail_met_alleen_taak_en_link():
    organisatie = maak_organisatie(naam="IrisZorg")
    leden = [maak_lid(Rol.BEHANDELAAR, organisatie) for _ in range(2)]
    maak_lid(Rol.INSTELLINGSBEHEERDER, organisatie)
    maak_lid(Rol.BEHANDELAAR, organisatie, tot=vandaag())
    maak_lid(Rol.BEHANDELAAR, organisatie, maak_gebruiker(is_active=False))
    maak_lid(Rol.BEHANDELAAR)
    plaats_taak(organisatie)
    bezorg_alles()
    assert sorted(bericht.to[0] for bericht in mail.outbox) == sorted(lid.gebruiker.email for lid in leden)
    for bericht in mail.outbox:
        assert bericht.subject == "IPS-subsidieportaal: Er is een aanvulling gevraagd"
        assert f"{settings.SITE_ADRES}/aanvragen/7/" in bericht.body
        for persoonlijk in ("IrisZorg", *(lid.gebruiker.naam for lid in leden)):
            assert persoonlijk not in bericht.subject + bericht.body
    bezorg_alles()
    assert len(mail.outbox) == 2


def test_iemand_met_de_rol_bij_twee_organisaties_krijgt_van_elk_een_mail():
    gebruiker = maak_gebruiker()
    organisaties = [maak_lid(Rol.BEHANDELAAR, gebruiker=gebruiker).organisatie for _ in range(2)]
    plaats_taak(*organisaties)
    bezorg_alles()
    assert len(mail.outbox) == 2


def test_een_per_ontvanger_soort_onderwerp_en_termijn():
    """One that is about a day is made once, whenever it is made; one of an act each time."""
    organisatie = maak_organisatie()
    moment = nu()
    dag = vandaag() + timedelta(days=14)
    for later in range(3):
        plaats_taak(organisatie, moment=moment + timedelta(days=later), termijn=dag)
    assert Bericht.objects.count() == 1
    plaats_taak(organisatie, moment=moment, termijn=dag + timedelta(days=1))
    plaats_taak(organisatie, moment=moment, termijn=dag, nummer="8")
    plaats_taak(organisatie, moment=moment, termijn=dag, rollen=[Rol.INSTELLINGSBEHEERDER, Rol.BEHANDELAAR])
    assert Bericht.objects.count() == 4


def test_een_tweede_op_een_dag_die_iets_anders_zegt_gaat_ook():
    organisatie = maak_organisatie()
    moment = nu()
    for _ in range(2):
        plaats_taak(organisatie, moment=moment)
    assert Bericht.objects.count() == 1
    plaats_taak(organisatie, moment=moment, titel="Er ontbreekt nog iets")
    plaats_taak(organisatie, moment=moment + timedelta(minutes=5))
    assert Bericht.objects.count() == 3


def test_wordt_de_handeling_teruggedraaid_dan_is_er_geen_bericht():
    organisatie = maak_organisatie()
    with transaction.atomic():
        plaats_taak(organisatie)
        transaction.set_rollback(True)
    assert not Bericht.objects.exists()


def test_geen_postbode_dan_later_opnieuw_en_nooit_opgegeven(postbode_weg, monkeypatch):
    """A server that is away for days delays the mail and loses nothing; it is asked at most an hour apart."""
    moment = nu()
    plaats_taak(maak_lid(Rol.BEHANDELAAR).organisatie, moment=moment)
    bezorg_alles(moment)
    verzending = Verzending.objects.get()
    assert (verzending.pogingen, verzending.fout) == (1, "ConnectionRefusedError")
    assert verzending.volgende_poging_op == moment + timedelta(minutes=2)
    bezorg_alles(moment + timedelta(minutes=1))
    assert len(postbode_weg) == 1
    wachten = []
    for _ in range(80):
        vorige = verzending.volgende_poging_op
        bezorg_alles(vorige)
        verzending.refresh_from_db()
        wachten.append(verzending.volgende_poging_op - vorige)
    assert verzending.volgende_poging_op > moment + timedelta(days=3)
    assert wachten == sorted(wachten)
    assert wachten[-1] == bezorgen.LANGSTE_WACHT
    assert len(set(postbode_weg)) == 1, "elke poging draagt hetzelfde Message-ID"
    monkeypatch.undo()
    bezorg_alles(verzending.volgende_poging_op)
    verzending.refresh_from_db()
    assert verzending.status == VerzendingStatus.VERZONDEN


@pytest.mark.parametrize(
    ("fout", "voorgoed"),
    [
        (SMTPRecipientsRefused({"x": (550, b"onbekend")}), True),
        (SMTPRecipientsRefused({"x": (451, b"even niet")}), False),
        (SMTPDataError(554, b"nee"), True),
        (SMTPDataError(452, b"vol"), False),
        (SMTPServerDisconnected("weg"), False),
        (SMTPAuthenticationError(535, b"wachtwoord"), False),
        (TimeoutError(), False),
        (UnicodeEncodeError("ascii", "é", 0, 1, "kan niet"), True),
    ],
    ids=lambda waarde: type(waarde).__name__,
)
def test_wat_voorgoed_geweigerd_wordt_komt_in_het_beheer(monkeypatch, fout, voorgoed):
    def weiger(self, *_a, **_k):
        raise fout

    plaats_taak(maak_lid(Rol.BEHANDELAAR).organisatie)
    bezorgen.zet_uit(nu())
    with monkeypatch.context() as even:
        even.setattr("django.core.mail.message.EmailMessage.send", weiger)
        for poging in range(bezorgen.MAX_POGINGEN):
            bezorgen.verstuur(nu() + poging * bezorgen.LANGSTE_WACHT)
    verzending = Verzending.objects.get()
    assert (verzending.status == VerzendingStatus.MISLUKT) == voorgoed
    assert verzending.pogingen == bezorgen.MAX_POGINGEN
    if voorgoed:
        assert bezorgen.zet_opnieuw_klaar(Verzending.objects.all(), nu()) == [verzending]
        bezorg_alles()
        assert len(mail.outbox) == 1


def test_een_mailserver_die_niet_antwoordt_kost_geen_poging(monkeypatch, caplog):
    def dicht(self):
        raise ConnectionRefusedError

    plaats_taak(maak_lid(Rol.BEHANDELAAR).organisatie)
    with monkeypatch.context() as even:
        even.setattr("django.core.mail.backends.locmem.EmailBackend.open", dicht)
        bezorg()
    assert "mailserver niet bereikbaar" in caplog.text
    assert Verzending.objects.get().pogingen == 0
    bezorg()
    assert len(mail.outbox) == 1


def test_wie_intussen_weg_is_krijgt_de_mail_niet_meer():
    lid = maak_lid(Rol.BEHANDELAAR)
    blijft = maak_lid(Rol.BEHANDELAAR, lid.organisatie)
    plaats_taak(lid.organisatie)
    bezorgen.zet_uit(nu())
    Lidmaatschap.objects.filter(pk=lid.pk).update(geldig_tot=vandaag())
    bezorg_alles()
    assert [bericht.to for bericht in mail.outbox] == [[blijft.gebruiker.email]]
    assert Verzending.objects.get(gebruiker=lid.gebruiker).status == VerzendingStatus.VERVALLEN


def test_een_adres_dat_niet_werkt_houdt_de_rest_niet_op(monkeypatch):
    organisatie = maak_organisatie()
    slecht, goed = (maak_lid(Rol.BEHANDELAAR, organisatie) for _ in range(2))
    echt = mail.EmailMessage.send

    def send(self, *args, **kwargs):
        if slecht.gebruiker.email in self.to:
            raise ConnectionResetError
        return echt(self, *args, **kwargs)

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", send)
    plaats_taak(organisatie)
    bezorg_alles()
    assert [bericht.to for bericht in mail.outbox] == [[goed.gebruiker.email]]


def test_werker_die_omvalt_na_het_versturen_verstuurt_hetzelfde_opnieuw(monkeypatch):
    """At least once: the reply was lost, so the same mail with the same Message-ID goes again."""
    plaats_taak(maak_lid(Rol.BEHANDELAAR).organisatie)
    bezorgen.zet_uit(nu())
    with monkeypatch.context() as even:
        even.setattr(Verzending, "save", val_om)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            bezorgen.verstuur(nu())
    assert Verzending.objects.get().status == VerzendingStatus.KLAAR
    bezorg_alles()
    een, twee = mail.outbox
    assert een.extra_headers["Message-ID"] == twee.extra_headers["Message-ID"]
    assert Verzending.objects.get().status == VerzendingStatus.VERZONDEN


def test_de_veger_bezorgt_wat_de_broker_kwijt_is():
    """Nothing was queued here: on_commit doesn't run under a test's own transaction."""
    plaats_taak(maak_lid(Rol.BEHANDELAAR).organisatie)
    vegers = [taak["task"] for taak in settings.CELERY_BEAT_SCHEDULE.values()]
    assert bezorg.name in vegers
    bezorg()
    assert len(mail.outbox) == 1


def test_zonder_broker_gaat_de_handeling_gewoon_door(django_capture_on_commit_callbacks, monkeypatch, caplog):
    """Also no act after it waits for a broker that was found away."""
    organisatie = maak_lid(Rol.BEHANDELAAR).organisatie
    dood = kombu.pools.producers[kombu.Connection("redis://127.0.0.1:1/0")]
    monkeypatch.setattr(celery_app.amqp, "_producer_pool", dood)
    monkeypatch.setattr(uitbak, "_niet_voor", 0.0)
    with django_capture_on_commit_callbacks(execute=True):
        plaats_taak(organisatie)
    assert "broker niet bereikbaar" in caplog.text
    caplog.clear()
    begin = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        plaats_taak(maak_lid(Rol.BEHANDELAAR).organisatie)
    assert time.monotonic() - begin < 1
    assert not caplog.text
    assert Bericht.objects.count() == 2


@pytest.mark.samen
@pytest.mark.django_db(transaction=True)
def test_vier_werkers_tegelijk_versturen_alles_precies_een_keer():
    organisatie = maak_organisatie()
    for _ in range(12):
        maak_lid(Rol.BEHANDELAAR, organisatie)
    plaats_taak(organisatie)
    start = threading.Barrier(4)
    fouten = []

    def werker():
        try:
            start.wait()
            bezorg_alles()
        except Exception as fout:
            fouten.append(fout)
        finally:
            connection.close()
            close_old_connections()

    werkers = [threading.Thread(target=werker) for _ in range(4)]
    for draad in werkers:
        draad.start()
    for draad in werkers:
        draad.join(timeout=30)
    bezorg_alles()
    assert not fouten
    assert len({bericht.to[0] for bericht in mail.outbox}) == len(mail.outbox) == 12
