from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Layout

from aanvragen.regels.statussen import AanvraagStatus
from aanvragen.regels.volledigheid import Onderdeel
from aanvragen.web.instelling.formulieren.basis import GEEN_MEDISCHE_GEGEVENS, Onderdeelformulier
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.vormgeving.velden import DatumVeld, TekstVeld


class TrajectFormulier(Onderdeelformulier):
    onderdeel = Onderdeel.TRAJECT
    doel = "Een traject kan pas starten na het besluit van UWV. Kies daarom een dag die nog komt."
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

    def pas_aan(self) -> None:
        start: Any = self.fields["gewenste_start"]
        toelichting: Any = self.fields["toelichting"]
        if not self.aanvraag.inhoud.regels.start_voor_besluit:
            start.vroegst = self._vroegste
        # An earlier aanvulling was added to the text by the act, and may not be in the way of the next.
        toelichting.maximum = max(toelichting.maximum, len(self.aanvraag.toelichting))
        toelichting.widget.attrs["data-teller"] = str(toelichting.maximum)

    def _vroegste(self) -> date:
        """Today; but the day that was all right when it was sent, stays so."""
        gewenst = self.aanvraag.gewenste_start
        return (
            min(vandaag(), gewenst)
            if self.aanvraag.status == AanvraagStatus.ONVOLLEDIG and gewenst is not None
            else vandaag()
        )
