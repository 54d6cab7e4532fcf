"""The pages of who decides: UWV, or the gemeente."""

from django.urls import URLPattern, path, register_converter

from aanvragen.models import BesluitSoort
from aanvragen.web.behandeling import behandelen as b
from aanvragen.web.behandeling import besluiten as d
from aanvragen.web.behandeling import budget as g
from aanvragen.web.behandeling import termijnen as t
from aanvragen.web.behandeling import verlengingen as v
from aanvragen.web.behandeling import werkvoorraad as w


class BesluitsoortInUrl:
    """Only a soort that has a page to decide on."""

    regex = "|".join(d.PAGINAS)

    def to_python(self, value: str) -> BesluitSoort:
        return BesluitSoort(value)

    def to_url(self, value: str) -> str:
        return str(BesluitSoort(value).value)


register_converter(BesluitsoortInUrl, "besluitsoort")

urlpatterns: list[URLPattern] = [
    path("werkvoorraad/", w.werkvoorraad, name="werkvoorraad"),
    path("werkvoorraad/lijst.csv", w.werkvoorraad_csv, name="werkvoorraad_csv"),
    path("verlengingen/", w.verlengingen, name="verlengingen"),
    path("budgetvragen/", g.budgetvragen, name="budgetvragen"),
    path("<uuid:nummer>/budget-vragen/", g.budget_vragen, name="aanvraag_budget_vragen"),
    path("<uuid:nummer>/budget-reserveren/", g.budget_reserveren, name="aanvraag_budget_reserveren"),
    path("<uuid:nummer>/geen-budget/", g.budget_weigeren, name="aanvraag_budget_weigeren"),
    path("<uuid:nummer>/doorzenden/", g.doorzenden, name="aanvraag_doorzenden"),
    path("<uuid:nummer>/oppakken/", b.oppakken, name="aanvraag_oppakken"),
    path("<uuid:nummer>/overnemen/", b.overnemen, name="aanvraag_overnemen"),
    path("<uuid:nummer>/loslaten/", b.loslaten, name="aanvraag_loslaten"),
    path("<uuid:nummer>/in-behandeling/", b.in_behandeling_nemen, name="aanvraag_in_behandeling_nemen"),
    path("<uuid:nummer>/aanvulling-vragen/", t.aanvulling_vragen, name="aanvraag_aanvulling_vragen"),
    path("<uuid:nummer>/uitstellen/", t.verdagen, name="aanvraag_verdagen"),
    path("<uuid:nummer>/opschorten/", t.opschorten, name="aanvraag_opschorten"),
    path("<uuid:nummer>/na-storing/", t.storing_beoordelen, name="aanvraag_storing_beoordelen"),
    path("<uuid:nummer>/beoordelen/", b.beoordelen, name="aanvraag_beoordelen"),
    path("<uuid:nummer>/toekennen/", d.toekennen, name="aanvraag_toekennen"),
    path("<uuid:nummer>/afwijzen/", d.afwijzen, name="aanvraag_afwijzen"),
    path("<uuid:nummer>/buiten-behandeling/", d.buiten_behandeling, name="aanvraag_buiten_behandeling"),
    path("<uuid:nummer>/besluit-intrekken/", d.besluit_intrekken, name="aanvraag_besluit_intrekken"),
    path("<uuid:nummer>/voorbeeld/<besluitsoort:soort>/", d.voorbeeld, name="besluit_voorbeeld"),
    path("verlenging/<uuid:nummer>/adviseren/", v.adviseren, name="verlenging_adviseren"),
    path("verlenging/<uuid:nummer>/toekennen/", v.toekennen, name="verlenging_toekennen"),
    path("verlenging/<uuid:nummer>/afwijzen/", v.afwijzen, name="verlenging_afwijzen"),
]
