"""Break-glass (P5, P12): with a reason, for one dossier, an hour at most, and nobody there is left not knowing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aanvragen.handelingen import noodtoegang
from aanvragen.models import Aanvraag, Noodtoegang
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.databank import weigert
from tests.toegang.test_alle_adressen import als

pytestmark = pytest.mark.django_db
NU = fabriek.NU
NAAM = "Achternaamsma"
GOED = {"grond": "storing", "reden": "Een fout oplossen in dit dossier."}


@pytest.fixture
def wereld() -> Iterator[fabriek.Wereld]:
    with klok_op(NU):
        yield fabriek.maak_wereld()


@pytest.fixture
def aanvraag(wereld: fabriek.Wereld) -> Aanvraag:
    return fabriek.ingediend(wereld, achternaam=NAAM)


@pytest.fixture
def beheerder(wereld: fabriek.Wereld) -> Actor:
    actor = wereld.met(Rol.BEHEERDER)
    actor.persoon.is_staff = True
    actor.persoon.save()
    return actor


def open_(actor: Actor, aanvraag: Aanvraag, nu: datetime = NU, **over: Any) -> Noodtoegang:
    return fabriek.doe(noodtoegang.openen, None, actor, nu, aanvraag=aanvraag, **(GOED | over))


def pagina(client: Client, aanvraag: Aanvraag) -> str:
    return client.get(reverse("admin:aanvragen_aanvraag_inzage", args=[aanvraag.pk])).content.decode()


def test_wie_het_aangaat_hoort_het_meteen(
    wereld: fabriek.Wereld, aanvraag: Aanvraag, beheerder: Actor
) -> None:
    open_(beheerder, aanvraag)
    berichten = Bericht.objects.filter(soort="noodtoegang")
    assert {b.organisatie_id for b in berichten} == {wereld.instelling.organisatie_id, wereld.uwv.pk}
    assert all(NAAM not in b.titel for b in berichten)
    for actor in (wereld.behandelaar, wereld.beoordelaar):
        tekst = als(actor).get(reverse("aanvragen:dossier", args=[aanvraag.pk])).content.decode()
        assert "Noodtoegang door de beheerder" in tekst
        assert GOED["reden"] in tekst
        assert str(beheerder.persoon) in tekst


def test_hij_eindigt_vanzelf_en_eerder_als_de_beheerder_dat_wil(
    wereld: fabriek.Wereld, aanvraag: Aanvraag, beheerder: Actor
) -> None:
    client = als(beheerder)
    adres = reverse("admin:aanvragen_aanvraag_inzage", args=[aanvraag.pk])
    assert NAAM not in pagina(client, aanvraag)
    assert client.post(adres, GOED).status_code == 302
    assert NAAM in pagina(client, aanvraag)
    with klok_op(NU + timedelta(minutes=59)):
        assert NAAM in pagina(client, aanvraag)
    with klok_op(NU + timedelta(minutes=60)):
        assert NAAM not in pagina(client, aanvraag)
    assert (
        client.post(reverse("admin:aanvragen_aanvraag_einde_inzage", args=[aanvraag.pk])).status_code == 302
    )
    assert NAAM not in pagina(client, aanvraag)
    handelingen = Regel.objects.filter(handeling__startswith="noodtoegang.").order_by("pk")
    assert [r.handeling.partition(".")[2] for r in handelingen] == [
        "openen",
        "bekijken",
        "bekijken",
        "beeindigen",
    ]


def test_een_ander_ziet_er_niets_van(wereld: fabriek.Wereld, aanvraag: Aanvraag, beheerder: Actor) -> None:
    open_(beheerder, aanvraag)
    ander = wereld.lid(beheerder.organisatie, Rol.BEHEERDER)  # type: ignore[arg-type]
    collega = wereld.collega(ander)
    collega.persoon.is_staff = True
    collega.persoon.save()
    assert NAAM not in pagina(als(collega), aanvraag)
    nog_een = fabriek.ingediend(wereld, achternaam="Iemandanders")
    assert "Iemandanders" not in pagina(als(beheerder), nog_een)


@pytest.mark.parametrize(
    ("over", "code"),
    [({"grond": "zomaar"}, "grond"), ({"grond": ""}, "grond"), ({"reden": "   kort   "}, "reden")],
)
def test_niet_zonder_grond_en_reden(
    wereld: fabriek.Wereld, aanvraag: Aanvraag, beheerder: Actor, over: dict[str, str], code: str
) -> None:
    assert fabriek.geweigerd(lambda: open_(beheerder, aanvraag, **over)) == [code]
    assert Regel.objects.filter(handeling="noodtoegang.openen", soort=Soort.WEIGERING).exists()


def test_alleen_een_beheerder_en_niet_twee_tegelijk(
    wereld: fabriek.Wereld, aanvraag: Aanvraag, beheerder: Actor
) -> None:
    assert fabriek.geweigerd(lambda: open_(wereld.beslisser, aanvraag)) == ["rol"]
    een = open_(beheerder, aanvraag)
    assert fabriek.geweigerd(lambda: open_(beheerder, aanvraag)) == ["al_open"]
    ander = wereld.collega(beheerder)
    assert fabriek.geweigerd(lambda: fabriek.doe(noodtoegang.beeindigen, een, ander, NU)) == ["niet_van_u"]
    fabriek.doe(noodtoegang.beeindigen, een, beheerder, NU + timedelta(minutes=5))
    assert fabriek.geweigerd(lambda: fabriek.doe(noodtoegang.beeindigen, een, beheerder, NU)) == [
        "al_voorbij"
    ]
    open_(beheerder, aanvraag, NU + timedelta(minutes=5))


def _rij(aanvraag: Aanvraag, beheerder: Actor, **over: Any) -> Noodtoegang:
    velden = {"begonnen_op": NU, "tot": NU + timedelta(hours=1), **GOED} | over
    return Noodtoegang(aanvraag=aanvraag, gebruiker=beheerder.persoon, **velden)


def test_de_databank_laat_niet_meer_toe(aanvraag: Aanvraag, beheerder: Actor) -> None:
    """The last word: no more than an hour, no two at a time, and nothing changes but its end, once."""
    te_lang = _rij(aanvraag, beheerder, tot=NU + timedelta(hours=1, seconds=1))
    assert weigert(te_lang.save) == "noodtoegang_hoogstens_een_uur"
    assert weigert(_rij(aanvraag, beheerder, tot=NU).save) == "noodtoegang_hoogstens_een_uur"
    assert weigert(_rij(aanvraag, beheerder, reden="").save) == "noodtoegang_met_reden"
    een = open_(beheerder, aanvraag)
    assert (
        weigert(_rij(aanvraag, beheerder, begonnen_op=NU + timedelta(minutes=30)).save)
        == "noodtoegang_een_tegelijk"
    )
    zelfde = Noodtoegang.objects.filter(pk=een.pk)
    assert "permission denied" in weigert(lambda: zelfde.update(reden="iets anders"))
    assert "permission denied" in weigert(zelfde.delete)
    assert (
        weigert(lambda: zelfde.update(beeindigd_op=NU + timedelta(hours=2)))
        == "noodtoegang_eindigt_binnen_de_tijd"
    )
    zelfde.update(beeindigd_op=NU + timedelta(minutes=1))
    assert weigert(lambda: zelfde.update(beeindigd_op=NU + timedelta(minutes=2))) == "noodtoegang_blijft"
    assert weigert(lambda: zelfde.update(beeindigd_op=None)) == "noodtoegang_blijft"
