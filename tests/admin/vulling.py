"""At least one row of every model, with a person whose data may show up nowhere in the admin."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from aanvragen import brieven_maken, herinneren
from aanvragen.demo import teksten
from aanvragen.models import (
    Bewaarplicht,
    Doorzending,
    Erkenninglijst,
    Handtekening,
    Noodtoegang,
    Opschorting,
    Storing,
    Storingsoordeel,
    Verdaging,
    Voordracht,
)
from aanvragen.models.gemeentetoets import Gemeentetoets
from budget.handelingen import loting, plaatsen, uitzondering
from budget.models import Controle
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.logboek.models import Oordeel, Signaal
from ips_subsidie.opslag.models import Bestand, Virusscan
from tests import fabriek
from tests.betalen.hulp import maak_geld
from tests.gesprek.hulp import lees, schrijf

NAAM, TEKST = "Achternaamsma", "vertelt iets over zichzelf"
BSN = fabriek.bsn(4711)


def vul(wereld):
    """The dossier of that person; all the rest is there as well."""
    over = {"achternaam": NAAM, "toelichting": TEKST}
    aanvraag = fabriek.ingediend(wereld, bsn=BSN, **over)
    fabriek.verlenging_gevraagd(wereld, route="uwv", **over)
    traject = fabriek.gestart(wereld, route="uwv", **over)
    fabriek.doe(
        fabriek.traject.gebeurtenis_melden, traject, wereld.behandelaar, soort="werkhervatting",
        datum=datum_van(fabriek.NU), toelichting=TEKST,
    )  # fmt: skip
    gestopt = fabriek.gestopt(wereld, route="uwv", **over)
    fabriek.stuur_verslag(wereld, gestopt, fabriek.NU + timedelta(days=91), activiteiten=TEKST)
    fabriek.in_gebreke_gesteld(wereld, route="uwv", **over)
    fabriek.neem_voor_in_te_trekken(wereld, traject.aanvraag)
    fabriek.maak_bezwaar(wereld, fabriek.afgewezen(wereld, route="uwv", **over), gronden=TEKST)
    concept = fabriek.compleet(wereld, **over)
    fabriek.doe(
        fabriek.invullen.bijlage_toevoegen, concept, wereld.behandelaar, soort="overig",
        upload=upload(),
    )  # fmt: skip
    Voordracht.objects.filter(pk=fabriek.voordracht(wereld).pk).update(achternaam=NAAM)
    _gebeurt_zelden(wereld)
    Storing.objects.create(van=fabriek.NU, tot=fabriek.NU.replace(hour=9), toelichting="netwerk")
    Erkenninglijst.objects.create(
        bron="lijst", peildatum=datum_van(fabriek.NU), volledig=False, tekst="kvk", overgeslagen=0,
        verwerkt_op=fabriek.NU, verwerkt_door=wereld.beslisser.persoon,
    )  # fmt: skip
    maak_geld(wereld)
    _van_regeling_b(wereld, aanvraag)
    _verzet_de_termijn(wereld, aanvraag)
    Noodtoegang.objects.create(
        aanvraag=aanvraag, gebruiker=wereld.beslisser.persoon, grond="storing", reden="een fout in het portaal",
        begonnen_op=fabriek.NU - timedelta(hours=2), tot=fabriek.NU - timedelta(hours=1),
    )  # fmt: skip
    signaal = Signaal.objects.create(
        soort="zonder_taak", dag=datum_van(fabriek.NU), gebruiker=wereld.beslisser.persoon,
        organisatie=wereld.beslisser.organisatie, aantal=1, regels=[1], gemaakt_op=fabriek.NU, uiterlijk="2019-06-10",
    )  # fmt: skip
    Oordeel.objects.create(
        signaal=signaal,
        uitkomst="in_orde",
        toelichting="nagevraagd",
        op=fabriek.NU,
        door=wereld.behandelaar.persoon,
    )
    bericht = schrijf(aanvraag, wereld.behandelaar, "uwv", tekst=TEKST, bestand=upload())
    lees(bericht, wereld.beoordelaar)
    brieven_maken.maak_ontbrekende()
    herinneren.herinner(fabriek.NU.replace(month=7, day=16))
    _bewaard(wereld, aanvraag)
    return aanvraag


def _bewaard(wereld, aanvraag):
    """What holds a dossier, and what the virus scan said."""
    Bewaarplicht.objects.create(
        aanvraag=aanvraag, grond="beroep", reden="zaak 12", gezet_op=fabriek.NU,
        gezet_door=wereld.beslisser.persoon,
    )  # fmt: skip
    Virusscan.objects.create(bestand=Bestand.objects.first(), uitslag="schoon", op=fabriek.NU)


def _van_regeling_b(wereld, aanvraag):
    """What only the gemeente writes, or an aanvraag that she decides."""
    gemeente = wereld.van_gemeente()
    Handtekening.objects.create(
        aanvraag=aanvraag, wijze="scherm", naam=NAAM, tekst=TEKST, inhoud_hash="0" * 64, gezet_op=fabriek.NU,
        vastgelegd_door=wereld.behandelaar.persoon,
    )  # fmt: skip
    Doorzending.objects.create(
        aanvraag=aanvraag, van=wereld.gemeente(), naar=wereld.gemeente("0202"), reden=TEKST, op=fabriek.NU,
        door=gemeente.persoon,
    )  # fmt: skip
    Gemeentetoets.objects.create(
        aanvraag=aanvraag, organisatie=gemeente.organisatie, uitkering_klopt=True, ander_traject=False,
        voorzieningen=TEKST, vastgelegd_op=fabriek.NU, vastgelegd_door=gemeente.persoon,
    )  # fmt: skip


def _verzet_de_termijn(wereld, aanvraag):
    """What moves the last day to decide, or was late through no fault of the aanvrager."""
    op = {"op": fabriek.NU, "door": wereld.beoordelaar.persoon}
    Opschorting.objects.create(
        aanvraag=aanvraag, soort="overmacht", uitgenodigd_op=datum_van(fabriek.NU), reden=TEKST
    )
    Verdaging.objects.create(
        aanvraag=aanvraag, reden=TEKST, tot=datum_van(fabriek.NU.replace(month=9)),
        **op | {"op": datum_van(fabriek.NU)},
    )  # fmt: skip
    Storingsoordeel.objects.create(aanvraag=aanvraag, aanvaard=False, motivering=TEKST, **op)


def _gebeurt_zelden(wereld):
    """What departs from the order by name, and a check that found something."""
    fabriek.sluit_plaatsen_aan(wereld, 2, nu=fabriek.NU.replace(hour=9))
    [gelijk] = [g for g in loting.te_loten(wereld.regeling) if g.rang_op.hour == 9]
    fabriek.doe(
        loting.voorbereiden, None, wereld.beoordelaar, regeling=wereld.regeling, rang_op=gelijk.rang_op
    )
    with transaction.atomic():
        [plaats] = fabriek.sluit_plaatsen_aan(wereld, 1)
        plaatsen.laat_vallen(plaats, fabriek.NU)
        uitzondering.stel_voor(
            plaats, wereld.beoordelaar, bezwaar_kenmerk="BZ-1", beslist_op=datum_van(fabriek.NU),
            motivering=TEKST, nu=fabriek.NU,
        )  # fmt: skip
    Controle.objects.create(op=fabriek.NU, bevindingen=[{"code": "teller", "tekst": "Een pot klopt niet."}])


def upload():
    return SimpleUploadedFile(f"{NAAM}.pdf", teksten.bijlage().read(), content_type="application/pdf")
