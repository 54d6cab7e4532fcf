"""Refusing for want of room: only when there is none, and a bezwaar undoes only what was wrong (Awb 4:25 lid 2, 3)."""

from datetime import timedelta

import pytest

from tests.fabriek import (
    NU,
    beoordeeld,
    geweigerd,
    in_behandeling,
    ken_alsnog_toe,
    ken_toe,
    maak_wereld,
    toegekend,
    trek_besluit_in,
    vers,
    wijs_af,
)

pytestmark = pytest.mark.django_db
UUR = timedelta(hours=1)


def test_niet_afwijzen_op_plafond_zolang_er_plaats_is():
    wereld = maak_wereld()
    aanvraag = beoordeeld(wereld, NU, route="uwv")
    assert geweigerd(lambda: wijs_af(wereld, aanvraag, gronden=("plafond",))) == ["niet_vol"]
    assert vers(aanvraag).status == "in_behandeling"
    assert vers(aanvraag).reservering.status == "in_volgorde"
    assert wereld.pot().verleend_trajecten == 0
    assert ken_toe(wereld, vers(aanvraag)).status == "toegekend"


def test_niet_afwijzen_terwijl_een_betere_nog_kan_vallen():
    wereld = maak_wereld(plafond_trajecten=1)
    beter = beoordeeld(wereld, NU, route="uwv")
    tweede = beoordeeld(wereld, NU + UUR, route="uwv")
    assert geweigerd(lambda: wijs_af(wereld, tweede, NU + UUR, gronden=("plafond",))) == ["niet_vol"]
    ken_toe(wereld, beter, NU + 2 * UUR)
    assert wijs_af(wereld, vers(tweede), NU + 3 * UUR, gronden=("plafond",)).status == "afgewezen"


def test_niet_afwijzen_op_de_gemeente_als_de_regeling_vol_is():
    wereld = maak_wereld(plafond_trajecten=1)
    toegekend(wereld, NU)
    tweede = beoordeeld(wereld, NU + UUR)
    assert geweigerd(lambda: wijs_af(wereld, tweede, NU + UUR, gronden=("cap_gemeente",))) == ["niet_vol"]
    assert wijs_af(wereld, vers(tweede), NU + UUR, gronden=("plafond",)).status == "afgewezen"


def test_wat_ook_vol_was_blijft_afgewezen():
    """Refused on another ground while the pool was full: the duty to refuse held then too (Awb 4:25 lid 3)."""
    wereld = maak_wereld(plafond_trajecten=1)
    eerste = toegekend(wereld, NU, route="uwv")
    tweede = wijs_af(wereld, in_behandeling(wereld, NU + UUR, route="uwv"), NU + UUR)
    assert geweigerd(lambda: ken_alsnog_toe(wereld, tweede, NU + 30 * 24 * UUR)) == ["was_ook_vol"]
    # Also when a place came free since: it is for who waits.
    trek_besluit_in(wereld, eerste, NU + 40 * 24 * UUR)
    assert geweigerd(lambda: ken_alsnog_toe(wereld, vers(tweede), NU + 41 * 24 * UUR)) == ["was_ook_vol"]


def test_wat_toen_paste_wordt_alsnog_toegekend_ook_al_is_het_nu_vol():
    wereld = maak_wereld(plafond_trajecten=1)
    eerste = wijs_af(wereld, in_behandeling(wereld, NU, route="uwv"), NU)
    toegekend(wereld, NU + UUR, route="uwv")
    assert ken_alsnog_toe(wereld, eerste, NU + 30 * 24 * UUR).status == "toegekend"
    assert (wereld.pot().vrij_trajecten, wereld.pot().uitzondering_trajecten) == (-1, 1)
