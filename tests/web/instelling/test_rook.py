import pytest
from django.urls import reverse

from tests import fabriek
from tests.web.sql import met_hoogstens
from tests.web.instelling.conftest import als, formulierdata


def test_rook(client, wereld):
    a = fabriek.compleet(wereld)
    for naam in ("lijst", "nieuw"):
        with met_hoogstens(12):
            r = client.get(reverse(f"aanvragen:{naam}"))
        assert r.status_code == 200, naam
    for naam in ("invullen", "aanvraag_indienen", "aanvraag_toestemming_vragen", "aanvraag_intrekken", "dossier"):
        with met_hoogstens(16) as t:
            r = client.get(reverse(f"aanvragen:{naam}", args=[a.pk]))
        print(naam, t.aantal)
        assert r.status_code == 200, naam
    for o in ("instelling", "deelnemer", "situatie", "behandeling", "traject", "bijlagen"):
        r = client.get(reverse("aanvragen:onderdeel", args=[a.pk, o]))
        assert r.status_code == 200, o
    wereld = fabriek.maak_wereld(cap_per_gemeente=100)
    for wie in (wereld.behandelaar, wereld.van_gemeente(), wereld.beoordelaar, wereld.beslisser):
        for status, maak in fabriek.MAAK.items():
            d = maak(wereld)
            with met_hoogstens(40) as t:
                r = als(wie).get(reverse("aanvragen:dossier", args=[d.pk]))
            print(wie.rol, status, r.status_code, t.aantal)
