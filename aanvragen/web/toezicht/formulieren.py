"""The forms of the toezichthouder."""

from __future__ import annotations

from ips_subsidie.logboek.models import Uitkomst
from ips_subsidie.vormgeving.formulieren import Formulier
from ips_subsidie.vormgeving.velden import KeuzeVeld, TekstVeld


class OordeelFormulier(Formulier):
    """What the toezichthouder found of a signaal."""

    uitkomst = KeuzeVeld(
        label="Wat vindt u?",
        choices=Uitkomst.choices,
        hints={
            Uitkomst.NAVRAAG: "Het signaal blijft open.",
            Uitkomst.IN_ORDE: "Er was een goede reden. U sluit het signaal af.",
            Uitkomst.INCIDENT: "Er was geen goede reden, en u hebt het als datalek gemeld. U sluit het signaal af.",
        },
    )
    toelichting = TekstVeld(
        label="Toelichting",
        max_length=500,
        regels=4,
        help_text="Schrijf op wat u nakeek en waarom u dit vindt. Schrijf geen naam en geen BSN van een cliënt.",
    )

    knop = "Sla het oordeel op"
    verplicht = {"uitkomst": "Kies wat u vindt.", "toelichting": "Schrijf op waarom u dit vindt."}


class ZoekFormulier(Formulier):
    """Which lines of the logboek; sent by POST, because a mail address must not stand in a URL."""

    zoek = TekstVeld(
        label="Kenmerk of e-mailadres",
        max_length=254,
        help_text="Het kenmerk van een dossier, of het e-mailadres van een medewerker.",
    )

    knop = "Zoek"
    verplicht = {"zoek": "Vul een kenmerk of een e-mailadres in."}
