import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout, Submit
from django import forms
from django.http import QueryDict

from ips_subsidie.vormgeving import voorbeelden
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.opbouw import Paginavraag, Vervolg
from ips_subsidie.vormgeving.velden import DatumVeld, JaNeeVeld, KeuzeVeld, TekstVeld
from tests.vormgeving.hulp import Elementen, crispy, teken


class Situatie(Formulier):
    toelichting = TekstVeld(label="Toelichting", regels=4, max_length=30)
    uitkering = JaNeeVeld(label="Heeft de deelnemer een uitkering?")
    soort = KeuzeVeld(label="Welke?", choices=[("bijstand", "Bijstand"), ("wia", "WIA")])
    sinds = DatumVeld(label="Sinds", naam="begindatum")

    verplicht = {"uitkering": "Kies of de deelnemer een uitkering heeft."}
    vervolg = {"uitkering": {"ja": ["soort"]}, "soort": {"bijstand": ["sinds"]}}

    def opmaak(self) -> Layout:
        return Layout(Vervolg("uitkering", ja=[Vervolg("soort", bijstand=["sinds"])]), "toelichting")


@dataclass
class Reden:
    code: str
    tekst: str
    veld: str | None = None


class Geweigerd(Exception):
    def __init__(self, *redenen: Reden) -> None:
        self.redenen = list(redenen)


def test_foutoverzicht_in_de_volgorde_van_de_opmaak_met_dezelfde_woorden() -> None:
    formulier = Situatie({"uitkering": "ja", "soort": "bijstand", "sinds_dag": "1", "sinds_jaar": "2019"})
    html = crispy(formulier)
    links = [a["href"] for a in Elementen(html).van("a")]
    assert links == ["#id_sinds_maand", "#id_toelichting"]
    assert html.count("Vul bij begindatum ook een maand in.") == 2
    ids = Elementen(html).ids()
    assert all(str(link)[1:] in ids for link in links)


def test_vervolgvraag_telt_alleen_bij_haar_antwoord() -> None:
    nee = Situatie({"uitkering": "nee", "toelichting": "x", "soort": "onzin", "sinds_dag": "99"})
    assert nee.is_valid(), nee.errors
    assert nee.cleaned_data["soort"] == ""
    assert nee.cleaned_data["sinds"] is None
    ja = Situatie({"uitkering": "ja", "toelichting": "x"})
    assert set(ja.errors) == {"soort"}
    wia = Situatie({"uitkering": "ja", "toelichting": "x", "soort": "wia"})
    assert wia.is_valid(), wia.errors


def test_vervolgvraag_staat_in_haar_antwoord_en_zonder_javascript() -> None:
    html = crispy(Situatie())
    assert (
        html.index('id="id_uitkering_0"') < html.index('id="id_soort_0"') < html.index('id="id_uitkering_1"')
    )
    assert "hidden" not in html.replace('type="hidden"', "")


def test_eigen_melding_voor_wat_ontbreekt() -> None:
    assert Situatie({}).errors["uitkering"] == ["Kies of de deelnemer een uitkering heeft."]
    alle = str(voorbeelden.VoorbeeldFormulier({}).errors)
    assert "verplicht" not in alle


def test_sleutel_nieuw_per_keer_en_vast_na_een_fout() -> None:
    een, twee = Situatie(), Situatie()
    assert een["sleutel"].value() != twee["sleutel"].value()
    sleutel = str(uuid.uuid4())
    formulier = Situatie({"sleutel": sleutel})
    assert not formulier.is_valid()
    assert f'value="{sleutel}"' in crispy(formulier)
    assert formulier.cleaned_data["sleutel"] == uuid.UUID(sleutel)


@pytest.mark.parametrize("rommel", ["", "x", "\x00", "9" * 9999])
def test_kapotte_sleutel_krijgt_een_nieuwe_die_blijft(rommel: str) -> None:
    formulier = Situatie({"sleutel": rommel})
    assert not formulier.is_valid()
    assert "sleutel" not in formulier.errors
    assert str(formulier["sleutel"].value()) == str(formulier.cleaned_data["sleutel"])


@pytest.mark.parametrize(
    ("versie", "verwacht"),
    [
        ("3", 3),
        ("0", 0),
        ("", None),
        ("-1", None),
        ("9" * 30, None),
        ("٣", None),
        ("a", None),
        ("\x00", None),
    ],
)
def test_versie(versie: str, verwacht: int | None) -> None:
    formulier = Situatie({"versie": versie})
    formulier.is_valid()
    assert formulier.cleaned_data["versie"] == verwacht


def test_verder_met_een_nieuwere_versie() -> None:
    formulier = Situatie(QueryDict("versie=3&uitkering=nee&toelichting=x"), versie=3)
    assert formulier.is_valid()
    formulier.met_versie(4)
    assert 'name="versie" value="4"' in crispy(formulier)
    assert 'value="3"' in crispy(Situatie(versie=3))


def test_weigering_bij_het_veld_of_bovenaan() -> None:
    formulier = Situatie({"uitkering": "nee", "toelichting": "x"})
    assert formulier.is_valid()
    formulier.fout_van(
        Geweigerd(
            Reden("vol", "De pool is vol."),
            Reden("lang", "Vertel meer.", "toelichting"),
            Reden("vreemd", "Een veld dat hier niet is.", "elders"),
            Reden("oud", "Een ander was u voor.", "versie"),
        )
    )
    assert formulier.errors["toelichting"] == ["Vertel meer."]
    assert formulier.non_field_errors() == [
        "De pool is vol.",
        "Een veld dat hier niet is.",
        "Een ander was u voor.",
    ]
    assert "De pool is vol." in crispy(formulier)


def test_teller_en_aria() -> None:
    html = crispy(Situatie({"uitkering": "nee", "toelichting": "x" * 31}))
    (veld,) = Elementen(html).van("textarea")
    assert veld["aria-describedby"] == "id_toelichting_error id_toelichting_teller"
    assert veld["aria-invalid"] == "true"
    assert veld["data-teller"] == "30"
    assert "maxlength" not in veld
    assert "U kunt maximaal 30 tekens invullen." in html


def test_klassen_van_helper_widget_en_knop_blijven() -> None:
    class Met(forms.Form):
        naam = forms.CharField(widget=forms.TextInput(attrs={"class": "app-breedte-20"}))
        helper = FormHelper()
        helper.form_class = "mijn-formulier"
        helper.layout = Layout(
            Fieldset("Groep", Div(Field("naam"), css_class="vak")), Submit("ok", "Goed", css_class="extra")
        )

    html = crispy(Met({}))
    elementen = Elementen(html)
    assert elementen.van("form")[0]["class"] == "utrecht-form mijn-formulier"
    assert "app-breedte-20" in str(elementen.van("input")[0]["class"])
    assert "utrecht-textbox--invalid" in str(elementen.van("input")[0]["class"])
    assert str(elementen.van("button")[0]["class"]).split()[-1] == "extra"
    assert "btn" not in html


def test_formulier_zonder_helper_en_als_filter() -> None:
    class Kaal(forms.Form):
        naam = forms.CharField(label="Naam", required=False)

    assert "(niet verplicht)" in crispy(Kaal())
    assert "utrecht-textbox" in teken("{% load crispy_forms_tags %}{{ f|crispy }}", f=Kaal())


def test_paginavraag_is_de_kop() -> None:
    class Vraag(Formulier):
        naam = TekstVeld(label="Hoe heet de deelnemer?")

        def opmaak(self) -> Layout:
            return Layout(Paginavraag("naam"))

    assert len(Elementen(crispy(Vraag())).van("h1")) == 1


def test_formset_met_fouten_per_rij() -> None:
    html = crispy(voorbeelden.formulieren()["rijenset"])
    elementen = Elementen(html)
    links = [str(a["href"])[1:] for a in elementen.van("a")]
    assert links == ["id_rij-0-vanaf_maand", "id_rij-1-naam", "id_rij-1-vanaf_maand"]
    assert set(links) <= set(elementen.ids())
    assert len(elementen.van("form")) == 1
    assert 'name="rij-TOTAL_FORMS"' in html


def test_titel_zegt_dat_er_een_fout_is() -> None:
    sjabloon = "{% load nlds %}{% fout_in_titel %}"
    assert teken(sjabloon, form=Situatie({})) == "Fout:"
    assert teken(sjabloon, form=Situatie()) == ""
    assert teken(sjabloon) == ""


def test_wat_iemand_typt_wordt_geen_opmaak() -> None:
    kwaad = '"><script>alert(1)</script>'
    data: dict[str, Any] = {"toelichting": kwaad, "uitkering": kwaad, "sinds_dag": kwaad, "sleutel": kwaad}
    html = crispy(Situatie(data))
    assert "<script>" not in html
