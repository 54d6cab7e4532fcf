from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Layout

from aanvragen.regels.statussen import AanvraagStatus
from aanvragen.regels.toegang_regeling import start_te_vroeg
from aanvragen.regels.volledigheid import Onderdeel
from aanvragen.web.instelling.formulieren.basis import GEEN_MEDISCHE_GEGEVENS, Onderdeelformulier
from aanvragen.web.instelling.partijen import beslisser_van
from ips_subsidie.kalender.klok import datum_van, vandaag
from ips_subsidie.vormgeving.templatetags.opmaak import datum
from ips_subsidie.vormgeving.velden import DatumVeld, TekstVeld


class TrajectFormulier(Onderdeelformulier):
    onderdeel = Onderdeel.TRAJECT
    vrije_tekst = ("toelichting",)

    gewenste_start = DatumVeld(
        label="Gewenste start van het traject", naam="startdatum", voorbeeld="1 9 2019"
    )
    toelichting = TekstVeld(
        label="Toelichting", max_length=2000, regels=6, required=False, help_text=GEEN_MEDISCHE_GEGEVENS
    )

    verplicht = {"gewenste_start": "Vul in wanneer het traject moet starten, bijvoorbeeld 1 9 2019."}

    def opmaak(self) -> Layout:
        return Layout("gewenste_start", "toelichting")

    def beginwaarden(self) -> dict[str, Any]:
        return {"gewenste_start": self.aanvraag.gewenste_start, "toelichting": self.aanvraag.toelichting}

    def uitleg(self) -> str:
        """A start before the besluit, where the regeling takes one, is filled in as it was."""
        regels = self.aanvraag.inhoud.regels
        besluit = f"het besluit van {beslisser_van(self.aanvraag.inhoud)}"
        tot = regels.retro_indienen_tot
        if not regels.start_voor_besluit or (tot is not None and self._ontvangen_op() > tot):
            return f"Een traject kan pas starten na {besluit}. Kies daarom een dag die nog komt."
        vanaf = f" Dat kan vanaf {datum(regels.start_vanaf)}." if regels.start_vanaf else ""
        return (
            f"Is het traject al begonnen? Vul dan de dag in waarop het echt begon.{vanaf} Moet het nog beginnen? Kies "
            "dan een dag die nog komt. De duur telt vanaf de dag waarop het traject begint. Is het traject al gestopt? "
            "Schrijf bij de toelichting wanneer, en waarom."
        )

    def pas_aan(self) -> None:
        start: Any = self.fields["gewenste_start"]
        toelichting: Any = self.fields["toelichting"]
        if self.aanvraag.inhoud.regels.start_voor_besluit:
            start.label = "Start van het traject"
        else:
            start.vroegst = self._vroegste
        # An earlier aanvulling was added to the text by the act, and may not be in the way of the next.
        toelichting.maximum = max(toelichting.maximum, len(self.aanvraag.toelichting))
        toelichting.widget.attrs["data-teller"] = str(toelichting.maximum)

    def clean(self) -> dict[str, Any]:
        """Better said here than when everything has been filled in (T60)."""
        gegevens: dict[str, Any] = super().clean() or self.cleaned_data
        start = gegevens.get("gewenste_start")
        self.fout_van(start_te_vroeg(self.aanvraag.inhoud, start, self._ontvangen_op()))
        return gegevens

    def _ontvangen_op(self) -> date:
        """The day of receipt, or today for what still has to be sent."""
        ontvangen = self.aanvraag.ontvangen_op
        return vandaag() if ontvangen is None else datum_van(ontvangen)

    def _vroegste(self) -> date:
        """Today; but the day that was all right when it was sent, stays so."""
        gewenst = self.aanvraag.gewenste_start
        return (
            min(vandaag(), gewenst)
            if self.aanvraag.status == AanvraagStatus.ONVOLLEDIG and gewenst is not None
            else vandaag()
        )
