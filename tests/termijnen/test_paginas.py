"""The steps of a term on the page, and the pages that move it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from aanvragen.models import Opschorting, Verdaging
from ips_subsidie.kalender.klok import klok_op
from tests import fabriek
from tests.fabriek import NU, maak_wereld, vers
from tests.web.bezoek import als
from tests.web.sql import met_hoogstens

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld():
    with klok_op(NU):
        yield maak_wereld()


def pad(naam, aanvraag):
    return reverse(f"aanvragen:{naam}", args=[aanvraag.pk])


def datumvelden(naam, dag, maand, jaar="2019"):
    return {f"{naam}_dag": dag, f"{naam}_maand": maand, f"{naam}_jaar": jaar}


def test_iedereen_leest_hoe_de_laatste_dag_is_berekend(wereld):
    aanvraag = fabriek.dien_aanvulling_in(wereld, fabriek.onvolledig(wereld), NU + timedelta(days=5))
    for actor in (wereld.behandelaar, wereld.beoordelaar):
        pagina = als(actor).get(pad("dossier", aanvraag)).content.decode()
        assert "8 weken na 3 juni 2019 (de dag van ontvangst) is maandag 29 juli 2019." in pagina
        assert "De termijn stond stil van 4 juni 2019 tot en met 7 juni 2019: 4 dagen erbij" in pagina


def test_zolang_er_iets_wacht_zegt_de_pagina_dat_de_termijn_stilstaat(wereld):
    aanvraag = fabriek.onvolledig(wereld)
    pagina = als(wereld.beoordelaar).get(pad("dossier", aanvraag)).content.decode()
    assert "De termijn staat nu stil" in pagina
    assert "Niet in behandeling nemen kan tot en met" in pagina
    assert (
        "Niet in behandeling nemen kan"
        not in als(wereld.behandelaar).get(pad("dossier", aanvraag)).content.decode()
    )


def test_de_uitleg_kost_de_pagina_geen_vraag_per_rij(wereld):
    aanvraag = fabriek.ingediend(wereld)
    for nummer in range(3):
        moment = NU + timedelta(days=4 * nummer)
        aanvraag = fabriek.vraag_aanvulling(wereld, aanvraag, moment)
        aanvraag = fabriek.dien_aanvulling_in(wereld, aanvraag, moment + timedelta(days=2))
    client = als(wereld.beoordelaar)
    with met_hoogstens(16):
        client.get(pad("dossier", aanvraag))


def test_uitstellen_op_de_pagina(wereld):
    aanvraag = fabriek.pak_op(wereld, fabriek.ingediend(wereld))
    client, adres = als(wereld.beoordelaar), pad("aanvraag_verdagen", aanvraag)
    assert adres in client.get(pad("dossier", aanvraag)).content.decode()
    assert adres not in als(wereld.behandelaar).get(pad("dossier", aanvraag)).content.decode()
    with met_hoogstens(16):
        assert "een werkdag" in client.get(adres).content.decode().lower()
    zondag = {"reden": "Wij wachten op een advies.", **datumvelden("tot", "1", "9")}
    fout = client.post(adres, zondag).content.decode()
    assert "Kies een werkdag, bijvoorbeeld 02-09-2019" in fout
    assert "Wij wachten op een advies." in fout
    assert client.post(adres, zondag | datumvelden("tot", "2", "9")).status_code == 302
    assert Verdaging.objects.get().aanvraag == aanvraag
    pagina = client.get(pad("dossier", aanvraag)).content.decode()
    assert "de dag waarop het besluit werd uitgesteld" in pagina
    assert adres not in pagina, "een tweede keer kan niet"


def test_opschorten_op_de_pagina(wereld):
    aanvraag = fabriek.pak_op(wereld, fabriek.ingediend(wereld))
    client, adres = als(wereld.beoordelaar), pad("aanvraag_opschorten", aanvraag)
    assert "Kies waarom de termijn stilstaat." in client.post(adres, {}).content.decode()
    goed = {"soort": "instemming", "reden": "Gebeld.", **datumvelden("tot_en_met", "24", "6")}
    assert client.post(adres, goed).status_code == 302
    assert Opschorting.objects.get().soort == "instemming"
    assert vers(aanvraag).beslis_uiterlijk.isoformat() == "2019-08-19"
