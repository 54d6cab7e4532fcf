"""The forms of a bezwaar. The rules themselves stand in the acts."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms

from aanvragen.handelingen.bezwaar.behandelen import (
    HERSTEL_MAX_DAGEN,
    HOREN_NIET_EERDER_DAGEN,
    voorgestelde_hersteltermijn,
)
from aanvragen.models import Besluit, Bezwaar
from aanvragen.regels.bezwaar import (
    Afzien,
    Gevolg,
    Indiener,
    Uitkomst,
    Verschoning,
    Wijze,
    gevolgen_bij,
)
from aanvragen.web.instelling.formulieren.basis import GEEN_MEDISCHE_GEGEVENS, Paginaformulier
from ips_subsidie.kalender.dagen import AMSTERDAM
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.opslag.bestanden import controleer_upload
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro
from ips_subsidie.vormgeving.velden import BestandVeld, DatumVeld, EuroVeld, JaNeeVeld, KeuzeVeld, TekstVeld

_LANG = 10000
_WAAROM = "Waarom bent u het niet eens met het besluit?"


# --- it comes in -----------------------------------------------------------------------------------------


class _TegenFormulier(Paginaformulier):
    """Asks against which besluit it is, each with its last day for bezwaar."""

    def __init__(self, *args: Any, besluiten: list[Besluit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["besluit_id"]
        veld.choices = [(str(b.pk), f"{b.get_soort_display()} van {datum(b.dagtekening)}") for b in besluiten]
        veld.hints = {str(b.pk): _laatste_dag(b) for b in besluiten}
        if len(besluiten) == 1:
            self.initial.setdefault("besluit_id", str(besluiten[0].pk))


def _laatste_dag(besluit: Besluit) -> str:
    if besluit.bezwaar_tot < vandaag():
        return f"Bezwaar kon tot en met {datum(besluit.bezwaar_tot)}. U bent te laat."
    return f"Bezwaar kan tot en met {datum(besluit.bezwaar_tot)}."


class IndienFormulier(_TegenFormulier):
    besluit_id = KeuzeVeld(label="Tegen welk besluit maakt u bezwaar?")
    gronden = TekstVeld(
        label=_WAAROM,
        max_length=_LANG,
        regels=8,
        required=False,
        help_text="Weet u het nog niet precies? Dan kunt u dit later aanvullen. " + GEEN_MEDISCHE_GEGEVENS,
    )
    upload = BestandVeld(label="Bijlage", required=False, controle=controleer_upload)
    wil_gehoord = JaNeeVeld(label="Wilt u uw bezwaar mondeling toelichten?", required=False)
    verplicht = {"besluit_id": "Kies tegen welk besluit u bezwaar maakt."}
    knop = "Verstuur het bezwaar"


class RegistreerFormulier(_TegenFormulier):
    besluit_id = KeuzeVeld(label="Tegen welk besluit is het bezwaar?")
    indiener = KeuzeVeld(label="Wie maakt bezwaar?", choices=Indiener.choices)
    indiener_naam = TekstVeld(label="Naam", max_length=120)
    indiener_adres = TekstVeld(
        label="Adres", max_length=300, regels=3, required=False, help_text="Voor de brieven aan de indiener."
    )
    wijze = KeuzeVeld(
        label="Hoe kwam het bezwaar binnen?",
        choices=[keuze for keuze in Wijze.choices if keuze[0] != Wijze.PORTAAL],
    )
    verzonden_op = DatumVeld(
        label="Op welke dag is het op de post gedaan?",
        naam="dag van het poststempel",
        voorbeeld="2 5 2024",
        laatst=vandaag,
        required=False,
        help_text="De dag van het poststempel. Laat dit leeg als u die niet weet.",
    )
    ontvangen_op = DatumVeld(
        label="Op welke dag is het ontvangen?",
        naam="dag van ontvangst",
        voorbeeld="3 5 2024",
        laatst=vandaag,
    )
    gronden = TekstVeld(
        label="Wat staat er in het bezwaar?",
        max_length=_LANG,
        regels=8,
        required=False,
        help_text=GEEN_MEDISCHE_GEGEVENS,
    )
    upload = BestandVeld(label="Het bezwaarschrift zelf", required=False, controle=controleer_upload)
    wil_gehoord = JaNeeVeld(label="Wil de indiener worden gehoord?", required=False)
    vervolg = {
        "indiener": {"ander": ["indiener_naam", "indiener_adres"]},
        "wijze": {"post": ["verzonden_op"]},
    }
    verplicht = {
        "besluit_id": "Kies tegen welk besluit het bezwaar is.",
        "indiener": "Kies wie bezwaar maakt.",
        "indiener_naam": "Vul in wie bezwaar maakt.",
        "wijze": "Kies hoe het bezwaar binnenkwam.",
        "ontvangen_op": "Vul in op welke dag het bezwaar is ontvangen, bijvoorbeeld 3 5 2024.",
    }
    knop = "Registreer het bezwaar"


class AanvulFormulier(Paginaformulier):
    gronden = TekstVeld(label=_WAAROM, max_length=_LANG, regels=8, help_text=GEEN_MEDISCHE_GEGEVENS)
    verplicht = {"gronden": "Schrijf waarom u het niet eens bent met het besluit."}
    knop = "Verstuur de aanvulling"


# --- treating it -----------------------------------------------------------------------------------------


class OntvankelijkFormulier(Paginaformulier):
    """In time: only whether a commissie advises. Late: whether that is excused, and why."""

    verschoonbaar = JaNeeVeld(label="Is het te laat komen te verontschuldigen?")
    verschoning = KeuzeVeld(label="Waarom?", choices=Verschoning.choices)
    toelichting = TekstVeld(label="Licht dat toe", max_length=2000, regels=4)
    commissie = JaNeeVeld(label="Brengt een adviescommissie advies uit?")
    vervolg = {"verschoonbaar": {"ja": ["verschoning"]}}
    verplicht = {
        "verschoonbaar": "Kies of het te laat komen te verontschuldigen is.",
        "verschoning": "Kies waarom het te laat mocht komen.",
        "toelichting": "Schrijf waarom u dit vindt.",
        "commissie": "Kies of een adviescommissie advies uitbrengt.",
    }
    knop = "Ga verder met het bezwaar"

    def __init__(self, *args: Any, bezwaar: Bezwaar, storing: bool, **kwargs: Any) -> None:
        self._te_laat = bezwaar.te_laat
        if not self._te_laat:
            self.vervolg = {}
        super().__init__(*args, **kwargs)
        self.initial.setdefault("commissie", False)
        if not self._te_laat:
            return
        veld: Any = self.fields["verschoning"]
        if not storing:
            veld.choices = [keuze for keuze in Verschoning.choices if keuze[0] != Verschoning.STORING]
        else:
            self.initial.setdefault("verschoonbaar", True)
            self.initial.setdefault("verschoning", Verschoning.STORING.value)

    def opmaak(self) -> Any:
        if not self._te_laat:
            for naam in ("verschoonbaar", "verschoning", "toelichting"):
                del self.fields[naam]
        return super().opmaak()


class HerstelFormulier(Paginaformulier):
    wat = TekstVeld(
        label="Wat ontbreekt er?",
        max_length=2000,
        regels=4,
        help_text="Deze tekst komt in de brief aan de indiener.",
    )
    termijn_tot = DatumVeld(
        label="Tot en met welke dag kan de indiener dit sturen?",
        naam="laatste dag",
        voorbeeld="17 6 2024",
        vroegst=lambda: vandaag() + timedelta(days=1),
        laatst=lambda: vandaag() + timedelta(days=HERSTEL_MAX_DAGEN),
    )
    verplicht = {
        "wat": "Schrijf wat er ontbreekt.",
        "termijn_tot": "Vul in tot en met welke dag het kan, bijvoorbeeld 17 6 2024.",
    }
    knop = "Verstuur de vraag"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args,
            initial={
                "termijn_tot": voorgestelde_hersteltermijn(vandaag()).laatste_dag,
                "wat": "Schrijf waarom u het niet eens bent met het besluit.",
            },
            **kwargs,
        )


class TijdVeld(forms.CharField):
    """A time of the day in Amsterdam, as people type it: 14:30 or 14.30."""

    def clean(self, value: Any) -> time | None:
        getypt = super().clean(value).replace(".", ":")
        try:
            return time.fromisoformat(getypt.zfill(5)) if getypt else None
        except ValueError:
            raise forms.ValidationError("Vul een tijd in zoals 14:30.", code="invalid") from None


class HoorzittingFormulier(Paginaformulier):
    dag = DatumVeld(
        label="Op welke dag is de hoorzitting?",
        naam="dag van de hoorzitting",
        voorbeeld="17 6 2024",
        vroegst=lambda: vandaag() + timedelta(days=HOREN_NIET_EERDER_DAGEN),
    )
    tijd = TijdVeld(label="Hoe laat?", help_text="Bijvoorbeeld 14:30.", max_length=40)
    plaats = TekstVeld(
        label="Waar?", max_length=200, help_text="Een adres, of: per videogesprek. De link stuurt u apart."
    )
    verplicht = {
        "dag": "Vul de dag van de hoorzitting in, bijvoorbeeld 17 6 2024.",
        "tijd": "Vul in hoe laat de hoorzitting begint, bijvoorbeeld 14:30.",
        "plaats": "Schrijf waar de hoorzitting is.",
    }
    knop = "Verstuur de uitnodiging"

    def invoer(self) -> dict[str, Any]:
        velden = self.cleaned_data
        op = datetime.combine(velden["dag"], velden["tijd"], AMSTERDAM)
        return {"op": op, "plaats": velden["plaats"]}


class GehoordFormulier(Paginaformulier):
    op = DatumVeld(
        label="Op welke dag is de indiener gehoord?", naam="dag", voorbeeld="17 6 2024", laatst=vandaag
    )
    verslag = TekstVeld(
        label="Wat is er gezegd?",
        max_length=_LANG,
        regels=10,
        help_text=f"Dit verslag komt in de beslissing. {GEEN_MEDISCHE_GEGEVENS}",
    )
    verplicht = {
        "op": "Vul in op welke dag de indiener is gehoord, bijvoorbeeld 17 6 2024.",
        "verslag": "Schrijf wat er is gezegd.",
    }
    knop = "Bewaar het verslag"


class AfzienFormulier(Paginaformulier):
    reden = KeuzeVeld(label="Waarom hoeft de indiener niet te worden gehoord?", choices=Afzien.choices)
    toelichting = TekstVeld(label="Toelichting", max_length=2000, regels=4, required=False)
    verplicht = {"reden": "Kies waarom horen niet hoeft."}
    knop = "Zie af van horen"


class AdviesFormulier(Paginaformulier):
    advies = TekstVeld(
        label="Advies", max_length=_LANG, regels=10, help_text="Dit advies komt in de beslissing."
    )
    verplicht = {"advies": "Schrijf het advies."}
    knop = "Bewaar het advies"


class UitstelFormulier(Paginaformulier):
    reden = TekstVeld(
        label="Waarom is er meer tijd nodig?",
        max_length=2000,
        regels=4,
        help_text="Deze tekst komt in de brief.",
    )
    hoe = KeuzeVeld(
        label="Welk uitstel?",
        choices=[("wet", "Zes weken (één keer)"), ("instemming", "Langer, met instemming van de indiener")],
    )
    instemming_tot = DatumVeld(
        label="Tot en met welke dag stemt de indiener in?", naam="laatste dag", voorbeeld="1 9 2024"
    )
    vervolg = {"hoe": {"instemming": ["instemming_tot"]}}
    verplicht = {
        "reden": "Schrijf waarom er meer tijd nodig is.",
        "hoe": "Kies welk uitstel u geeft.",
        "instemming_tot": "Vul in tot en met welke dag de indiener instemt, bijvoorbeeld 1 9 2024.",
    }
    knop = "Stel de beslissing uit"

    def __init__(self, *args: Any, bezwaar: Bezwaar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["instemming_tot"]
        veld.vroegst = bezwaar.beslis_uiterlijk + timedelta(days=1)

    def invoer(self) -> dict[str, Any]:
        return {"reden": self.cleaned_data["reden"], "instemming_tot": self.cleaned_data["instemming_tot"]}


class DoorzendFormulier(Paginaformulier):
    naar = TekstVeld(label="Naar wie zendt u het bezwaar door?", max_length=200)
    verplicht = {"naar": "Schrijf naar wie u het bezwaar doorzendt."}
    knop = "Zend het bezwaar door"


# --- the beslissing --------------------------------------------------------------------------------------


class VoorstelFormulier(Paginaformulier):
    uitkomst = KeuzeVeld(label="Wat wordt de beslissing?", choices=Uitkomst.choices)
    gevolg = KeuzeVeld(label="Wat gebeurt er met het besluit?")
    bedrag_cent = EuroVeld(label="Op welk bedrag wordt de subsidie vastgesteld?")
    motivering = TekstVeld(
        label="Motivering",
        help_text="Deze tekst komt in de brief. Schrijf geen medische gegevens op.",
        regels=8,
        max_length=5000,
    )
    vervolg = {"uitkomst": {"gegrond": ["gevolg"]}, "gevolg": {"hoger_vaststellen": ["bedrag_cent"]}}
    verplicht = {
        "uitkomst": "Kies wat de beslissing wordt.",
        "gevolg": "Kies wat er met het besluit gebeurt.",
        "bedrag_cent": "Vul in op welk bedrag de subsidie wordt vastgesteld, in euro’s.",
        "motivering": "Schrijf de motivering. Die komt in de brief.",
    }
    knop = "Stel deze beslissing voor"

    def __init__(self, *args: Any, bezwaar: Bezwaar, **kwargs: Any) -> None:
        super().__init__(*args, initial=_begin(bezwaar), **kwargs)
        kan = gevolgen_bij(bezwaar.besluit.soort)
        veld: Any = self.fields["gevolg"]
        veld.choices = [(g.value, g.label) for g in kan]
        if Gevolg.HOGER_VASTSTELLEN in kan:
            self["bedrag_cent"].help_text = f"In euro’s, meer dan {euro(bezwaar.besluit.bedrag_cent)}."


def _begin(bezwaar: Bezwaar) -> dict[str, Any]:
    """What was proposed before; one that came too late has only one outcome."""
    if bezwaar.uitkomst:
        velden = ("uitkomst", "gevolg", "bedrag_cent", "motivering")
        return {veld: getattr(bezwaar, veld) for veld in velden}
    if bezwaar.te_laat and not bezwaar.verschoonbaar:
        return {"uitkomst": Uitkomst.NIET_ONTVANKELIJK.value}
    return {}
