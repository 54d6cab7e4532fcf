"""P37, AVG art. 15: the deelnemer gets all that is held on him, from who holds it, and nothing of anybody else."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command

from aanvragen.avg.inzage import alles, verzamel
from aanvragen.avg.register import van_een_dossier
from aanvragen.avg.soorten import Zicht
from aanvragen.models import Aanvraag
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.gesprek.hulp import schrijf
from tests.web.bezoek import als

pytestmark = pytest.mark.django_db
NAAM, BSN = "Inzageman", fabriek.bsn(8123)


@pytest.fixture
def wereld() -> Iterator[fabriek.Wereld]:
    with klok_op(fabriek.NU):
        yield fabriek.maak_wereld()


@pytest.fixture
def aanvraag(wereld: fabriek.Wereld) -> Aanvraag:
    een = fabriek.ingediend(wereld, achternaam=NAAM, bsn=BSN)
    schrijf(een, wereld.behandelaar, "uwv", tekst="voor uwv alleen")
    schrijf(een, wereld.behandelaar, "gemeente", tekst="voor de gemeente alleen")
    return een


def _bestand(wereld: fabriek.Wereld, rol: Rol, aanvraag: Aanvraag) -> str:
    antwoord = als(wereld.met(rol)).get(f"/aanvragen/{aanvraag.pk}/inzage/bestand/")
    assert antwoord.status_code == 200
    assert antwoord.headers["Content-Disposition"] == f'attachment; filename="inzage-{aanvraag.kenmerk}.json"'
    return antwoord.content.decode()


def test_de_instelling_geeft_alles(wereld: fabriek.Wereld, aanvraag: Aanvraag) -> None:
    """P37: every field of the register that is filled in, is in the file."""
    tekst = _bestand(wereld, Rol.INSTELLINGSBEHEERDER, aanvraag)
    inhoud = json.loads(tekst)
    for woord in (NAAM, BSN, "voor uwv alleen", "voor de gemeente alleen", aanvraag.kenmerk):
        assert woord in tekst
    gegeven = {
        (groep["soort"], vraag) for groep in inhoud["gegevens"] for rij in groep["rijen"] for vraag in rij
    }
    for tabel in van_een_dossier():
        if tabel.zicht in (Zicht.NIEMAND, Zicht.GEMEENTE, Zicht.BEOORDELING, Zicht.GESPREK, Zicht.BRIEF):
            continue
        for rij in tabel.klasse._base_manager.filter(**{tabel.pad: aanvraag.pk}):
            for regel in tabel.regels():
                waarde = getattr(rij, regel.naam)
                if regel.inzage and waarde not in (None, "", []):
                    titel = str(tabel.klasse._meta.verbose_name).capitalize()
                    veld = tabel.klasse._meta.get_field(regel.naam)
                    assert (titel, str(veld.verbose_name)) in gegeven, f"{tabel.model}.{regel.naam}"  # type: ignore[union-attr]
    assert inhoud["bewaard_tot_en_met"] == "2026-06-03"
    assert all(groep["doel"] and groep["grond"] and groep["ontvangers"] for groep in inhoud["gegevens"])
    assert "Autoriteit Persoonsgegevens" in inhoud["uw_rechten"]


def test_de_pagina_toont_het_bsn_niet_heel_en_zegt_wie_keek(
    wereld: fabriek.Wereld, aanvraag: Aanvraag
) -> None:
    als(wereld.beoordelaar).get(f"/aanvragen/{aanvraag.pk}/")
    tekst = (
        als(wereld.met(Rol.INSTELLINGSBEHEERDER)).get(f"/aanvragen/{aanvraag.pk}/inzage/").content.decode()
    )
    assert NAAM in tekst
    assert BSN not in tekst
    assert f"•••••{BSN[-4:]}" in tekst
    assert "dossier.bekijken" in tekst
    assert "Tot en met 3 juni 2026" in tekst
    assert "Klopt er iets niet?" in tekst


def test_wie_niet_beslist_geeft_alleen_wat_zij_zelf_ziet(wereld: fabriek.Wereld, aanvraag: Aanvraag) -> None:
    """P37: a gemeente that gave her toestemming has no attestation of treatment, and no messages to UWV."""
    tekst = _bestand(wereld, Rol.GEMEENTEBESLISSER, aanvraag)
    assert NAAM in tekst
    assert "voor de gemeente alleen" in tekst
    assert "voor uwv alleen" not in tekst
    soorten = {groep["soort"] for groep in json.loads(tekst)["gegevens"]}
    assert not soorten & {"Behandeling", "Bijlage", "Aanvraag"}

    tekst = _bestand(wereld, Rol.UWV_BESLISSER, aanvraag)
    assert "voor uwv alleen" in tekst
    assert "voor de gemeente alleen" not in tekst


def test_een_ander_krijgt_niets(wereld: fabriek.Wereld, aanvraag: Aanvraag) -> None:
    """P37: not another instelling, not who has another role; each refusal is written down."""
    anders = wereld.bij_andere_instelling()
    for pad in ("inzage/", "inzage/bestand/"):
        adres = f"/aanvragen/{aanvraag.pk}/{pad}"
        assert als(anders.met(Rol.INSTELLINGSBEHEERDER)).get(adres).status_code == 404
        assert als(wereld.behandelaar).get(adres).status_code == 403
        assert als(wereld.beoordelaar).get(adres).status_code == 403
    assert Regel.objects.filter(soort=Soort.WEIGERING, handeling__startswith="inzage.").count() == 2


def test_elke_inzage_staat_in_het_logboek(wereld: fabriek.Wereld, aanvraag: Aanvraag) -> None:
    _bestand(wereld, Rol.INSTELLINGSBEHEERDER, aanvraag)
    als(wereld.met(Rol.INSTELLINGSBEHEERDER)).get(f"/aanvragen/{aanvraag.pk}/inzage/")
    regels = Regel.objects.filter(handeling__startswith="inzage.", dossier_id=aanvraag.pk)
    assert set(regels.values_list("handeling", "soort")) == {
        ("inzage.downloaden", "lezing"), ("inzage.bekijken", "lezing"),
    }  # fmt: skip


def test_van_een_ander_dossier_komt_niets_mee(wereld: fabriek.Wereld, aanvraag: Aanvraag) -> None:
    fabriek.ingediend(wereld, achternaam="Iemandanders", bsn=fabriek.bsn(8124))
    rijen = [een for groep in verzamel(aanvraag, alles) for rij in groep.rijen for een in rij]
    assert "Iemandanders" not in {een.waarde for een in rijen}


def test_de_opdracht_voor_de_functionaris(
    wereld: fabriek.Wereld, aanvraag: Aanvraag, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("inzage", dossier=aanvraag.kenmerk, door=wereld.beslisser.persoon.email)
    inhoud = json.loads(capsys.readouterr().out)
    assert {"Deelnemer", "Behandeling", "Gespreksbericht"} <= {groep["soort"] for groep in inhoud["gegevens"]}
    assert Regel.objects.filter(handeling="inzage.opgevraagd", dossier_id=aanvraag.pk).count() == 1
    with pytest.raises(CommandError, match="Wie vraagt dit"):
        call_command("inzage", dossier=aanvraag.kenmerk, door="niemand@voorbeeld.nl")
    with pytest.raises(CommandError, match="geen dossier"):
        call_command("inzage", dossier="IPS-BESTAATNIET", door=wereld.beslisser.persoon.email)
