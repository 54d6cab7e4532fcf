"""When a bezwaar is in time, by when there is a beslissing, and what can come of it."""

from datetime import date

import pytest

from aanvragen.regels.bezwaar import Gevolg, beslistermijn, gevolgen_bij, herroept, op_tijd
from ips_subsidie.kalender.rekenen import Opschorting

TOT = date(2024, 5, 13)
FEESTDAGEN = {date(2024, 5, 20): "tweede Pinksterdag"}


@pytest.mark.parametrize(
    ("ontvangen", "per_post", "verzonden", "goed"),
    [
        (TOT, False, None, True),
        (date(2024, 5, 14), False, None, False),
        # By post: sent in time, and here within a week (Awb 6:9 lid 2).
        (date(2024, 5, 20), True, TOT, True),
        (date(2024, 5, 21), True, TOT, False),
        (date(2024, 5, 14), True, date(2024, 5, 14), False),
        (date(2024, 5, 14), True, None, False),
        (TOT, True, None, True),
    ],
)
def test_op_tijd(ontvangen, per_post, verzonden, goed):
    uit = op_tijd(bezwaar_tot=TOT, ontvangen_op=ontvangen, per_post=per_post, verzonden_op=verzonden)
    assert uit.op_tijd is goed
    assert "13 mei 2024" in uit.stappen[0]
    assert len(uit.stappen) >= 3


@pytest.mark.parametrize(
    ("keuzes", "dag"),
    [
        ({}, date(2024, 6, 24)),
        ({"commissie": True}, date(2024, 8, 5)),
        ({"verdaagd": True}, date(2024, 8, 5)),
        ({"commissie": True, "verdaagd": True}, date(2024, 9, 16)),
        # Ten whole days it stood still: 24 June and ten days is 4 July.
        ({"herstel": Opschorting(date(2024, 5, 1), date(2024, 5, 12))}, date(2024, 7, 4)),
        # A late one counts from its receipt.
        ({"ontvangen_op": date(2024, 7, 1)}, date(2024, 8, 12)),
    ],
)
def test_beslistermijn(keuzes, dag):
    termijn = beslistermijn(
        **{"bezwaar_tot": TOT, "ontvangen_op": date(2024, 4, 30), "feestdagen": FEESTDAGEN, **keuzes}
    )
    assert termijn.laatste_dag == dag
    assert termijn.stappen


def test_wat_er_van_een_bezwaar_kan_komen():
    """What was granted is never taken back by the bezwaar of who has it; only its reasons can change."""
    assert gevolgen_bij("verlening") == gevolgen_bij("iets nieuws") == (Gevolg.MOTIVERING,)
    assert Gevolg.ALSNOG_TOEKENNEN in gevolgen_bij("afwijzing")
    assert Gevolg.ALSNOG_TOEKENNEN not in gevolgen_bij("buiten_behandeling")
    assert herroept("gegrond", "herleven")
    assert not herroept("gegrond", "motivering")
    assert not herroept("ongegrond", "")
