"""The forms of the ingebrekestelling, the dwangsom and the voornemen. The rules themselves stand in the acts."""

from __future__ import annotations

from datetime import date
from typing import Any

from aanvragen.handelingen.vaststellen import MELDING_MOTIVERING
from aanvragen.handelingen.wachten import Wacht
from aanvragen.models import Ingebrekestelling
from aanvragen.regels.dwangsom import Uitzondering, Wijze
from aanvragen.regels.intrekking import IntrekReden
from aanvragen.web.instelling.formulieren.basis import GEEN_MEDISCHE_GEGEVENS, Paginaformulier
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.opslag.bestanden import controleer_upload
from ips_subsidie.vormgeving.templatetags.opmaak import datum
from ips_subsidie.vormgeving.velden import BestandVeld, DatumVeld, KeuzeVeld, TekstVeld

WEL_VERSCHULDIGD = "wel"
_UITKOMSTEN = [
    (WEL_VERSCHULDIGD, "De dwangsom is verschuldigd"),
    *((code, f"Niets verschuldigd: {label[:1].lower()}{label[1:]}") for code, label in Uitzondering.choices),
]


def _waarover() -> KeuzeVeld:
    return KeuzeVeld(label="Over welk besluit gaat het?")


class _OverFormulier(Paginaformulier):
    """Asks about which of the besluiten that must come it is, each with its last day."""

    def __init__(self, *args: Any, wachtenden: list[Wacht], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["waarover"]
        veld.choices = [(wacht.code, wacht.titel) for wacht in wachtenden]
        veld.hints = {wacht.code: _hint(wacht) for wacht in wachtenden}
        if len(wachtenden) == 1:
            self.initial.setdefault("waarover", wachtenden[0].code)


def _hint(wacht: Wacht) -> str:
    if wacht.opgeschort:
        return "De termijn staat stil, omdat er op een aanvulling wordt gewacht."
    if wacht.te_laat(vandaag()):
        return f"Beslissen kon tot en met {datum(wacht.termijn_tot)}."
    return f"Beslissen kan nog tot en met {datum(wacht.termijn_tot)}."


class IndienFormulier(_OverFormulier):
    waarover = _waarover()
    toelichting = TekstVeld(
        label="Toelichting", max_length=2000, regels=5, required=False, help_text=GEEN_MEDISCHE_GEGEVENS
    )
    verplicht = {"waarover": "Kies over welk besluit het gaat."}
    knop = "Verstuur de ingebrekestelling"


class RegistreerFormulier(_OverFormulier):
    waarover = _waarover()
    ontvangen_op = DatumVeld(
        label="Op welke dag is de ingebrekestelling ontvangen?",
        naam="dag van ontvangst",
        voorbeeld="2 5 2024",
        laatst=vandaag,
    )
    wijze = KeuzeVeld(
        label="Hoe kwam de ingebrekestelling binnen?",
        choices=[keuze for keuze in Wijze.choices if keuze[0] != Wijze.PORTAAL],
    )
    toelichting = TekstVeld(
        label="Wat staat erin?", max_length=2000, regels=5, required=False, help_text=GEEN_MEDISCHE_GEGEVENS
    )
    upload = BestandVeld(label="De brief of e-mail zelf", required=False, controle=controleer_upload)
    verplicht = {
        "waarover": "Kies over welk besluit het gaat.",
        "ontvangen_op": "Vul in op welke dag de ingebrekestelling is ontvangen, bijvoorbeeld 2 5 2024.",
        "wijze": "Kies hoe de ingebrekestelling binnenkwam.",
    }
    knop = "Registreer de ingebrekestelling"


class VoorstelFormulier(Paginaformulier):
    uitkomst = KeuzeVeld(label="Wat stelt u voor?", choices=_UITKOMSTEN)
    motivering = TekstVeld(
        label="Motivering",
        help_text="Deze tekst komt in de brief aan de instelling. Schrijf geen medische gegevens op.",
        regels=8,
        max_length=5000,
    )
    verplicht = {"uitkomst": "Kies wat u voorstelt.", "motivering": MELDING_MOTIVERING}
    knop = "Stel dit voor"

    def invoer(self) -> dict[str, Any]:
        gekozen = self.cleaned_data["uitkomst"]
        return {
            "uitzondering": "" if gekozen == WEL_VERSCHULDIGD else gekozen,
            "motivering": self.cleaned_data["motivering"],
        }


class VoornemenFormulier(Paginaformulier):
    reden = KeuzeVeld(label="Waarom wilt u intrekken?", choices=IntrekReden.choices)
    motivering = TekstVeld(
        label="Motivering",
        help_text="Deze tekst komt in de brief aan de instelling. Schrijf geen medische gegevens op.",
        regels=8,
        max_length=5000,
    )
    verplicht = {"reden": "Kies waarom u wilt intrekken.", "motivering": MELDING_MOTIVERING}
    knop = "Verstuur het voornemen"
    knop_soort = "gevaar"


class BetaaldFormulier(Paginaformulier):
    betaald_op = DatumVeld(
        label="Op welke dag is de dwangsom betaald?", naam="dag", voorbeeld="1 7 2024", laatst=vandaag
    )
    verplicht = {"betaald_op": "Vul in op welke dag de dwangsom is betaald, bijvoorbeeld 1 7 2024."}
    knop = "Meld de betaling"

    def __init__(self, *args: Any, deel: Ingebrekestelling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["betaald_op"]
        veld.vroegst = _dag_van_het_besluit(deel)


def _dag_van_het_besluit(deel: Ingebrekestelling) -> date | None:
    return deel.besluit.dagtekening if deel.besluit is not None else None
