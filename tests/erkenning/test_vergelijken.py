"""What a list changes: added, ended, changed, unknown, the same; and never two at one time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanvragen.regels.erkenning.lezen import Lijst, LijstFout, Lijstregel
from aanvragen.regels.erkenning.vergelijken import Erkenning, Soort, Stand, vergelijk

A, B, ONBEKEND = "90000011", "90000022", "90000099"
NAMEN = {A: "IrisZorg", B: "Pluryn"}
DAG = date(2023, 3, 1)


def staat(kvk, van, tot=None, score=None, datum=None, nummer=1):
    return Erkenning(nummer, kvk, van, Stand(tot, score, datum))


def regel(kvk, van, tot=None, score=None, datum=None, nummer=2):
    return Lijstregel(nummer, kvk, NAMEN.get(kvk, "Onbekend"), van, tot, score, datum)


def verschil(regels, register=(), *, volledig=False, met_score=True, peildatum=DAG):
    return vergelijk(
        Lijst(tuple(regels), met_score), list(register), NAMEN, peildatum=peildatum, volledig=volledig
    )


def soorten(uit):
    return [(w.soort, w.kvk, w.geldig_van, w.wordt.geldig_tot) for w in uit.wijzigingen]


def test_nieuw_gelijk_en_onbekend():
    uit = verschil(
        [regel(A, date(2023, 1, 1)), regel(B, date(2022, 1, 1), nummer=3), regel(ONBEKEND, DAG, nummer=4)],
        [staat(B, date(2022, 1, 1))],
    )
    assert soorten(uit) == [(Soort.ERBIJ, A, date(2023, 1, 1), None)]
    assert [een.kvk for een in uit.onbekend] == [ONBEKEND]
    assert uit.gelijk == 1


@pytest.mark.parametrize(
    ("was", "wordt", "soort"),
    [
        (None, date(2024, 1, 1), Soort.BEEINDIGD),
        (date(2025, 1, 1), date(2024, 1, 1), Soort.BEEINDIGD),
        (date(2024, 1, 1), date(2025, 1, 1), Soort.GEWIJZIGD),
        (date(2024, 1, 1), None, Soort.GEWIJZIGD),
    ],
)
def test_een_ander_einde(was, wordt, soort):
    van = date(2022, 1, 1)
    [wijziging] = verschil([regel(A, van, wordt)], [staat(A, van, was)]).wijzigingen
    assert (wijziging.soort, wijziging.was.geldig_tot, wijziging.wordt.geldig_tot) == (soort, was, wordt)


def test_een_andere_score_en_een_lijst_zonder_scores():
    van, op = date(2022, 1, 1), date(2021, 11, 1)
    nieuw = date(2022, 11, 1)
    [wijziging] = verschil([regel(A, van, None, 101, nieuw)], [staat(A, van, None, 97, op)]).wijzigingen
    assert wijziging.wordt == Stand(None, 101, nieuw)
    zonder = verschil([regel(A, van)], [staat(A, van, None, 97, op)], met_score=False)
    assert (zonder.wijzigingen, zonder.gelijk) == ((), 1)
    [gewist] = verschil([regel(A, van)], [staat(A, van, None, 97, op)]).wijzigingen
    assert gewist.wordt == Stand(None, None, None)


def test_een_volledige_lijst_beeindigt_wie_er_niet_op_staat():
    register = [
        staat(A, date(2022, 1, 1)),
        staat(B, date(2019, 1, 1), date(2020, 1, 1), nummer=2),
        staat(B, date(2020, 1, 1), date(2025, 1, 1), nummer=3),
        staat(B, date(2025, 1, 1), nummer=4),
    ]
    uit = verschil([regel(ONBEKEND, DAG)], register, volledig=True)
    assert soorten(uit) == [
        (Soort.BEEINDIGD, A, date(2022, 1, 1), DAG),
        (Soort.BEEINDIGD, B, date(2020, 1, 1), DAG),
    ]
    assert not verschil([regel(ONBEKEND, DAG)], register).wijzigingen


def test_wat_op_de_dag_van_de_lijst_begint_en_er_niet_op_staat_kan_niet():
    with pytest.raises(LijstFout, match="De erkenning van IrisZorg begint op 01-03-2023"):
        verschil([regel(B, DAG)], [staat(A, DAG)], volledig=True)


JAN = {jaar: date(jaar, 1, 1) for jaar in (2021, 2022, 2023)}


@pytest.mark.parametrize(
    ("regels", "register", "melding"),
    [
        ([(date(2022, 6, 1), None)], [(JAN[2022], None)], "Regel 2: .* in het portaal .* vanaf 01-01-2022"),
        ([(date(2021, 6, 1), None)], [(JAN[2022], None)], "Regel 2: .* in het portaal .* vanaf 01-01-2022"),
        (
            [(JAN[2021], date(2022, 1, 2)), (JAN[2022], None)],
            [],
            "Regel 3: .* op regel 2 .* vanaf 01-01-2021",
        ),
        ([(JAN[2022], None)], [(JAN[2022], JAN[2023]), (JAN[2023], None)], "Regel 2: .* vanaf 01-01-2023"),
    ],
    ids=["in een lopende", "voor een lopende", "op de lijst zelf", "einde weggehaald"],
)
def test_twee_erkenningen_tegelijk_kan_niet(regels, register, melding):
    op_lijst = [regel(A, van, tot, nummer=n) for n, (van, tot) in enumerate(regels, 2)]
    staand = [staat(A, van, tot, nummer=n) for n, (van, tot) in enumerate(register)]
    with pytest.raises(LijstFout, match=melding):
        verschil(op_lijst, staand)


def test_aansluitend_kan_wel():
    uit = verschil(
        [regel(A, date(2022, 1, 1), date(2023, 1, 1)), regel(A, date(2023, 1, 1), nummer=3)],
        [staat(A, date(2022, 1, 1))],
    )
    assert [soort for soort, *_ in soorten(uit)] == [Soort.BEEINDIGD, Soort.ERBIJ]


def test_de_vingerafdruk_verandert_met_wat_er_verandert():
    eerst = verschil([regel(A, DAG)])
    assert eerst.vingerafdruk == verschil([regel(A, DAG)]).vingerafdruk
    assert eerst.vingerafdruk != verschil([regel(A, DAG, date(2024, 1, 1))]).vingerafdruk
    assert eerst.vingerafdruk != verschil([regel(A, DAG)], [staat(A, DAG)]).vingerafdruk


_dagen = st.integers(0, 60).map(lambda n: date(2023, 1, 1) + timedelta(days=n))
_perioden = st.lists(st.tuples(st.sampled_from([A, B]), _dagen, st.none() | st.integers(1, 40)), max_size=6)


def _zonder_overlap(perioden):
    uit, eind = {}, {}
    for kvk, van, duur in sorted(perioden, key=lambda p: (p[0], p[1])):
        if (kvk, van) in uit or (kvk in eind and (eind[kvk] is None or eind[kvk] > van)):
            continue
        eind[kvk] = uit[kvk, van] = van + timedelta(days=duur) if duur else None
    return uit


@given(_perioden, _perioden, st.booleans(), _dagen)
def test_na_verwerken_overlapt_niets_en_verandert_dezelfde_lijst_niets_meer(oud, nieuw, volledig, peildatum):
    register = _zonder_overlap(oud)
    regels = [regel(k, v, t, nummer=i) for i, ((k, v), t) in enumerate(_zonder_overlap(nieuw).items(), 2)]

    def vergelijk_met(stand):
        rijen = [staat(k, v, t, nummer=i) for i, ((k, v), t) in enumerate(stand.items())]
        return verschil(regels, rijen, volledig=volledig, peildatum=peildatum)

    try:
        uit = vergelijk_met(register)
    except LijstFout:
        return
    na = register | {(w.kvk, w.geldig_van): w.wordt.geldig_tot for w in uit.wijzigingen}
    assert _zonder_overlap([(k, v, (t - v).days if t else None) for (k, v), t in na.items()]) == na
    assert not vergelijk_met(na).wijzigingen
