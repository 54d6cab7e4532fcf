"""The last line: what an act would never write in a conversation, the database refuses of any writer."""

import pytest
from django.db import DatabaseError, transaction

from aanvragen.models import Gelezen, Gespreksbericht
from tests import fabriek
from tests.fabriek import NU, NU_B
from tests.gesprek.hulp import GEMEENTE, INSTELLING, UWV, schrijf, vraag


def weigert(doe) -> str:
    """The name of the rule that stops `doe`; empty when none does."""
    try:
        with transaction.atomic():
            doe()
    except DatabaseError as fout:
        return fout.__cause__.diag.constraint_name or fout.__cause__.diag.message_primary
    return ""


def rij(wereld, aanvraag, **over) -> Gespreksbericht:
    velden = {
        "aanvraag": aanvraag,
        "volgnummer": 90,
        "soort": "mededeling",
        "kant": INSTELLING,
        "organisatie": wereld.instelling.organisatie,
        "afzender": wereld.behandelaar.gebruiker,
        "op": NU,
        "tekst": "Goed.",
        "zichtbaar_voor": [INSTELLING, GEMEENTE],
    }
    return Gespreksbericht(**(velden | over))


@pytest.mark.parametrize(
    ("over", "regel"),
    [
        ({}, ""),
        ({"soort": "roddel"}, "gesprek_soort_bekend"),
        ({"kant": "rijk", "zichtbaar_voor": ["rijk", GEMEENTE]}, "gesprek_afzender_hoort_erbij"),
        ({"tekst": ""}, "gesprek_met_tekst"),
        ({"zichtbaar_voor": [INSTELLING, "rijk"]}, "gesprek_lezers_bekend"),
        ({"zichtbaar_voor": [INSTELLING]}, "gesprek_notitie_alleen_eigen"),
        ({"soort": "notitie"}, "gesprek_notitie_alleen_eigen"),
        ({"soort": "notitie", "zichtbaar_voor": [INSTELLING]}, ""),
        ({"zichtbaar_voor": [GEMEENTE, UWV]}, "gesprek_lezers_kloppen"),
        ({"zichtbaar_voor": [INSTELLING, INSTELLING]}, "gesprek_lezers_kloppen"),
        ({"soort": "vraag"}, "gesprek_lezers_kloppen"),
        ({"soort": "vraag", "antwoord_van": UWV}, "gesprek_lezers_kloppen"),
        ({"soort": "vraag", "antwoord_van": INSTELLING}, "gesprek_vraag_aan_een_ander"),
        ({"soort": "vraag", "antwoord_van": GEMEENTE}, ""),
        ({"antwoord_van": GEMEENTE}, "gesprek_vraag_aan_een_ander"),
        ({"soort": "antwoord"}, "gesprek_antwoord_op_een_vraag"),
        ({"volgnummer": 1}, "gesprek_volgnummer_eenmaal"),
    ],
)
def test_een_bericht_klopt_in_zichzelf(wereld, over, regel):
    aanvraag = fabriek.ingediend(wereld)
    schrijf(aanvraag, wereld.behandelaar, UWV)
    assert weigert(rij(wereld, aanvraag, **over).save) == regel


def test_niemand_schrijft_namens_een_ander(wereld):
    aanvraag = fabriek.ingediend(wereld)
    vreemd = wereld.bij_andere_instelling().instelling.organisatie
    assert weigert(rij(wereld, aanvraag, organisatie=vreemd).save) == "gesprek_afzender_hoort_erbij"
    als_uwv = {"kant": UWV, "zichtbaar_voor": [INSTELLING, UWV]}
    assert weigert(rij(wereld, aanvraag, **als_uwv).save) == "gesprek_afzender_hoort_erbij"
    assert weigert(rij(wereld, aanvraag, **als_uwv, organisatie=wereld.uwv).save) == ""


def test_geen_lezer_die_het_dossier_niet_ziet(wereld):
    concept = fabriek.concept(wereld)
    for lezer in (GEMEENTE, UWV):
        bericht = rij(wereld, concept, zichtbaar_voor=[INSTELLING, lezer])
        assert weigert(bericht.save) == "gesprek_lezer_ziet_dossier"


def test_uwv_leest_bij_de_gemeente_pas_mee_na_de_vraag_om_budget(wereld_b):
    aanvraag = fabriek.beoordeeld(wereld_b, NU_B)
    bericht = rij(wereld_b, aanvraag, zichtbaar_voor=[INSTELLING, UWV])
    assert weigert(bericht.save) == "gesprek_lezer_ziet_dossier"


def test_een_antwoord_heeft_geen_andere_lezers_dan_de_vraag(wereld):
    aanvraag, ander = fabriek.ingediend(wereld), fabriek.ingediend(wereld)
    gesteld = vraag(aanvraag, wereld.behandelaar, GEMEENTE)
    geen_vraag = schrijf(aanvraag, wereld.behandelaar, GEMEENTE)
    goed = {"soort": "antwoord", "antwoord_op": gesteld}
    assert weigert(rij(wereld, aanvraag, **goed).save) == ""
    for dossier, over in (
        (aanvraag, {"zichtbaar_voor": [INSTELLING, GEMEENTE, UWV], "volgnummer": 91}),
        (aanvraag, {"antwoord_op": geen_vraag, "volgnummer": 92}),
        (ander, {}),
    ):
        assert weigert(rij(wereld, dossier, **(goed | over)).save) == "gesprek_antwoord_past"


def test_wat_geschreven_of_gelezen_is_blijft_zo(wereld):
    aanvraag = fabriek.ingediend(wereld)
    schrijf(aanvraag, wereld.behandelaar, GEMEENTE)
    for model, velden in ((Gespreksbericht, {"tekst": "Anders."}), (Gelezen, {"tot": 2})):
        geweigerd = [
            weigert(lambda model=model, velden=velden: model.objects.update(**velden)),
            weigert(lambda model=model: model.objects.all()._raw_delete("default")),
        ]
        assert all("permission denied" in melding for melding in geweigerd)


def test_gelezen_is_een_bericht_van_dit_dossier_door_wie_erbij_hoort(wereld):
    aanvraag = fabriek.ingediend(wereld)
    schrijf(aanvraag, wereld.behandelaar, GEMEENTE)
    velden = {"aanvraag": aanvraag, "tot": 1, "op": NU, "door": wereld.beoordelaar.gebruiker}
    uwv = {"kant": UWV, "organisatie": wereld.uwv}
    assert weigert(Gelezen(**velden, **uwv).save) == ""
    assert weigert(Gelezen(**(velden | uwv | {"tot": 2})).save) == "gelezen_tot_een_bericht"
    assert weigert(Gelezen(**velden, **(uwv | {"kant": GEMEENTE})).save) == "gelezen_hoort_erbij"
