"""Rows in every table of a dossier, of two instellingen and two gemeenten: what is one's own, and what is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from aanvragen import brieven_maken
from aanvragen.models import (
    Bewaarplicht,
    Doorzending,
    Gemeentetoets,
    Handtekening,
    Herinnering,
    Noodtoegang,
    Opschorting,
    Storing,
    Storingsoordeel,
    Verdaging,
)
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.opslag.models import Bestand
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.gesprek.hulp import lees, schrijf
from tests.opslag.conftest import maak_png

EINDE = fabriek.NU + timedelta(days=91)


def vul(wereld: fabriek.Wereld, gemeente: str) -> None:
    """At least one row of each table, all of the instelling of this world and in this gemeente."""
    keuzes: dict[str, Any] = {"gemeente": gemeente}
    aanvraag = fabriek.verlenging_gevraagd(wereld, **keuzes).traject.aanvraag
    _van_de_partijen(wereld, aanvraag, gemeente)
    fabriek.maak_bezwaar(wereld, aanvraag)
    gestopt = fabriek.gestopt(wereld, **keuzes)
    fabriek.stuur_verslag(wereld, gestopt, EINDE)
    fabriek.neem_voor_in_te_trekken(wereld, gestopt.aanvraag)
    fabriek.in_gebreke_gesteld(wereld, **keuzes)
    fabriek.beoordeeld(wereld, **keuzes)
    fabriek.concept(wereld)
    traject = fabriek.gestart(wereld, **keuzes)
    fabriek.doe(
        fabriek.traject.gebeurtenis_melden, traject, wereld.behandelaar, soort="werkhervatting",
        datum=datum_van(fabriek.NU), toelichting="iets",
    )  # fmt: skip
    fabriek.voordracht(wereld, gemeente=gemeente)
    brieven_maken.maak_ontbrekende()


def _van_de_partijen(wereld: fabriek.Wereld, aanvraag: Any, gemeente: str) -> None:
    """What is rarely there, made beside the acts."""
    behandelaar, ambtenaar = wereld.behandelaar.persoon, wereld.van_gemeente(gemeente)
    op, dag = fabriek.NU, datum_van(fabriek.NU)
    upload = SimpleUploadedFile("brief.png", maak_png(), content_type="image/png")
    lees(
        schrijf(aanvraag, wereld.behandelaar, "uwv", tekst="hoe staat het ervoor", bestand=upload),
        wereld.beoordelaar,
    )
    schrijf(aanvraag, wereld.behandelaar, "gemeente", tekst="alleen voor de gemeente")
    bestand = Bestand.objects.bewaar_inhoud(maak_png(), "akkoord.png")
    aanvraag.bijlagen.create(soort="overig", bestand=bestand, toegevoegd_op=op, toegevoegd_door=behandelaar)
    Handtekening.objects.create(
        aanvraag=aanvraag, wijze="scherm", naam="Naam", tekst="tekst", inhoud_hash="0" * 64, gezet_op=op,
        vastgelegd_door=behandelaar,
    )  # fmt: skip
    Doorzending.objects.create(
        aanvraag=aanvraag, van=wereld.gemeente(gemeente), naar=wereld.gemeente(fabriek.DRUTEN), reden="verhuisd",
        op=op, door=ambtenaar.persoon,
    )  # fmt: skip
    Gemeentetoets.objects.create(
        aanvraag=aanvraag, organisatie=ambtenaar.organisatie, uitkering_klopt=True, ander_traject=False,
        voorzieningen="", vastgelegd_op=op, vastgelegd_door=ambtenaar.persoon,
    )  # fmt: skip
    Opschorting.objects.create(aanvraag=aanvraag, soort="overmacht", uitgenodigd_op=dag, reden="reden")
    Verdaging.objects.create(
        aanvraag=aanvraag,
        reden="reden",
        op=dag,
        tot=dag + timedelta(days=60),
        door=wereld.beoordelaar.persoon,
    )
    storing = Storing.objects.create(van=op, tot=op + timedelta(hours=1), toelichting="netwerk")
    Storingsoordeel.objects.create(
        aanvraag=aanvraag,
        storing=storing,
        aanvaard=False,
        motivering="reden",
        op=op,
        door=wereld.beoordelaar.persoon,
    )
    Herinnering.objects.create(soort="proef", onderwerp_id=aanvraag.pk, termijn=dag, mijlpaal=1, gedaan_op=op)
    Bewaarplicht.objects.create(
        aanvraag=aanvraag, grond=Bewaarplicht._meta.get_field("grond").choices[0][0], reden="onderzoek", gezet_op=op,
        gezet_door=wereld.met(Rol.BEHEERDER).persoon,
    )  # fmt: skip
    Noodtoegang.objects.create(
        aanvraag=aanvraag, gebruiker=wereld.met(Rol.BEHEERDER).persoon, grond="storing", reden="een fout oplossen",
        begonnen_op=op - timedelta(hours=2), tot=op - timedelta(hours=1),
    )  # fmt: skip
