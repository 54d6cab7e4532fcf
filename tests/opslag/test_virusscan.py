"""P27: every upload goes past clamd where there is one; what it doesn't answer on is kept, apart, until it does."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from aanvragen import scannen
from aanvragen.models import Aanvraag
from budget.handelingen import facturen
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.opslag import virusscan
from ips_subsidie.opslag.bestanden import controleer_upload
from ips_subsidie.opslag.download import Apart, als_download
from ips_subsidie.opslag.models import Bestand, Virusscan
from ips_subsidie.opslag.virusscan import Uitslag
from tests import fabriek
from tests.databank import weigert
from tests.opslag.conftest import maak_pdf
from tests.opslag.nep_clamd import EICAR
from tests.web.bezoek import als

PROJECT = Path(__file__).resolve().parents[2]
STUK = ("fout", "hangt", "rommel", "weg", "dood")


class Clamd:
    def __init__(self, map_: Path, settings: Any) -> None:
        self.socket, self.stand = map_ / "clamd.sock", map_ / "stand"
        settings.CLAMD_ADRES = f"unix://{self.socket}"
        settings.CLAMD_SECONDEN = 0.5
        self.proces: subprocess.Popen[bytes] | None = None
        self.is_("goed")

    def is_(self, stand: str) -> None:
        self.stand.write_text(stand)
        if stand == "dood":
            self.stop()
        elif self.proces is None:
            self.socket.unlink(missing_ok=True)
            self.proces = subprocess.Popen(
                [sys.executable, "-m", "tests.opslag.nep_clamd", str(self.socket), str(self.stand)],
                cwd=PROJECT,
            )
            tot = time.monotonic() + 20
            while not self.socket.exists():
                assert time.monotonic() < tot
                time.sleep(0.02)

    def stop(self) -> None:
        if self.proces is not None:
            self.proces.kill()
            self.proces.wait()
            self.proces = None


@pytest.fixture
def clamd(tmp_path: Path, settings: Any) -> Iterator[Clamd]:
    een = Clamd(tmp_path, settings)
    yield een
    een.stop()


def besmet() -> bytes:
    """A whole PDF with the test virus in a stream that nothing packs."""

    def erin(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Proef = pdf.make_stream(EICAR)

    return maak_pdf(erin, compress_streams=False)


def upload(inhoud: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("verklaring.pdf", maak_pdf() if inhoud is None else inhoud)


@pytest.mark.django_db
def test_een_schoon_bestand_wordt_bewaard_en_gaat_de_deur_uit(clamd: Clamd) -> None:
    """P27: scanned once, in the form; the act finds the outcome with the upload."""
    een = upload()
    controleer_upload(een)
    clamd.is_("fout")
    bestand = Bestand.objects.bewaar(een)
    assert bestand.scanstand() is Uitslag.SCHOON
    assert als_download(bestand).status_code == 200


@pytest.mark.django_db
def test_een_virus_wordt_geweigerd_met_een_duidelijke_melding(clamd: Clamd) -> None:
    """P27: at the form, and again where a file is kept without one."""
    with pytest.raises(ValidationError, match="zit een virus") as fout:
        controleer_upload(upload(besmet()))
    assert fout.value.code == "virus"
    with pytest.raises(ValidationError, match="zit een virus"):
        Bestand.objects.bewaar(upload(besmet()))
    with pytest.raises(ValidationError, match="zit een virus"):
        Bestand.objects.bewaar_xml(b"<a>" + EICAR + b"</a>", "factuur.xml")
    assert not Bestand.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("stand", STUK)
def test_antwoordt_clamd_niet_dan_blijft_het_bestand_apart(clamd: Clamd, stand: str) -> None:
    """P27: fail closed, nothing lost, within 10 seconds; and free as soon as it was found clean."""
    clamd.is_(stand)
    begin = time.monotonic()
    een = upload()
    controleer_upload(een)
    bestand = Bestand.objects.bewaar(een)
    assert time.monotonic() - begin < 10
    assert bestand.scanstand() is Uitslag.WACHT
    with pytest.raises(Apart) as apart:
        als_download(bestand)
    assert apart.value.uitslag is Uitslag.WACHT
    assert scannen.scan_wachtende(fabriek.NU) == 0
    assert Bestand.objects.get(pk=bestand.pk).is_ongeschonden()

    clamd.is_("goed")
    assert scannen.scan_wachtende(fabriek.NU) == 1
    assert scannen.scan_wachtende(fabriek.NU) == 0
    assert als_download(bestand).status_code == 200


@pytest.mark.django_db
def test_wat_nooit_is_gescand_wordt_bij_het_openen_gescand(clamd: Clamd, settings: Any) -> None:
    """P27: a file from before there was a clamd doesn't leave unseen."""
    adres, settings.CLAMD_ADRES = settings.CLAMD_ADRES, ""
    goed, slecht = Bestand.objects.bewaar(upload()), Bestand.objects.bewaar(upload(besmet()))
    assert als_download(slecht).status_code == 200, "zonder clamd wordt er niets gescand"
    settings.CLAMD_ADRES = adres
    assert als_download(goed).status_code == 200
    with pytest.raises(Apart) as apart:
        als_download(slecht)
    assert apart.value.uitslag is Uitslag.BESMET


@pytest.fixture
def met_bijlage(clamd: Clamd, db: None) -> Iterator[tuple[fabriek.Wereld, Aanvraag]]:
    """A dossier with a bijlage that has a virus, taken in while clamd was away."""
    with klok_op(fabriek.NU):
        wereld = fabriek.maak_wereld()
        aanvraag = fabriek.compleet(wereld)
        clamd.is_("dood")
        fabriek.doe(
            fabriek.invullen.bijlage_toevoegen, aanvraag, wereld.behandelaar, soort="overig",
            upload=upload(besmet()),
        )  # fmt: skip
        yield wereld, fabriek.vers(aanvraag)


def test_de_gebruiker_ziet_de_stand_en_hoort_van_een_virus(
    clamd: Clamd, met_bijlage: tuple[fabriek.Wereld, Aanvraag]
) -> None:
    """P27: "wordt gecontroleerd", then "geweigerd"; the instelling gets a message, the logboek a line."""
    wereld, aanvraag = met_bijlage
    client = als(wereld.behandelaar)
    bijlage = aanvraag.bijlagen.get(soort="overig")
    adres = f"/aanvragen/bijlagen/{bijlage.pk}/"
    antwoord = client.get(adres)
    assert (antwoord.status_code, "wordt gecontroleerd" in antwoord.content.decode()) == (409, True)
    assert "wordt gecontroleerd op virussen" in client.get(f"/aanvragen/{aanvraag.pk}/").content.decode()

    clamd.is_("goed")
    assert scannen.scan_wachtende(fabriek.NU) == 1
    antwoord = client.get(adres)
    assert (antwoord.status_code, "is geweigerd" in antwoord.content.decode()) == (409, True)
    assert "er zit een virus in" in client.get(f"/aanvragen/{aanvraag.pk}/").content.decode()
    assert Bericht.objects.filter(soort="bestand_besmet", organisatie=wereld.behandelaar.organisatie).exists()
    assert Regel.objects.filter(
        handeling="bijlage.besmet", soort=Soort.WEIGERING, dossier_id=aanvraag.pk
    ).exists()
    assert EICAR not in antwoord.content


@pytest.mark.django_db
def test_een_efactuur_met_een_virus_is_een_weigering(clamd: Clamd, monkeypatch: pytest.MonkeyPatch) -> None:
    gelezen = type("Gelezen", (), {"nummer": "1", "bedrag_cent": 1, "credit": False})
    monkeypatch.setattr(facturen, "lees_efactuur", lambda upload: gelezen)
    monkeypatch.setattr(facturen, "is_xml", lambda upload: True)
    with pytest.raises(HandelingGeweigerd, match="virus"):
        facturen.bewaar(SimpleUploadedFile("a.xml", EICAR), nummer="1", bedrag_cent=1)


@pytest.mark.django_db
def test_een_uitslag_blijft(clamd: Clamd) -> None:
    """What was found can't be changed into clean, nor said twice."""
    Bestand.objects.bewaar(upload())
    rij = Virusscan.objects.all()
    assert rij.count() == 1
    assert "permission denied" in weigert(lambda: rij.update(uitslag="besmet"))
    assert "permission denied" in weigert(rij.delete)


@pytest.mark.parametrize("adres", ["http://clamd", "clamd:3310", "unix://", "tcp://"])
def test_een_adres_dat_niet_klopt_zegt_hoe_het_moet(settings: Any, adres: str) -> None:
    settings.CLAMD_ADRES = adres
    with pytest.raises(ImproperlyConfigured, match="tcp://computer:3310"):
        virusscan.scan(b"x")
