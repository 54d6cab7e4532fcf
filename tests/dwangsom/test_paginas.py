"""The pages of a late besluit: what they say and ask, nothing typed lost, and how many statements they send."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aanvragen.models import Ingebrekestelling
from ips_subsidie.kalender.klok import datum_van, klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import NU_B, om, vers
from tests.opslag.conftest import maak_png
from tests.web.bezoek import als
from tests.web.sql import met_hoogstens

EEN_DAG = timedelta(days=1)


def adres(naam, deel=None) -> str:
    return reverse(f"aanvragen:{naam}", args=[deel.pk] if deel is not None else [])


def dag(veld, dag) -> dict[str, str]:
    return {f"{veld}_dag": str(dag.day), f"{veld}_maand": str(dag.month), f"{veld}_jaar": str(dag.year)}


def stuur(client, naam, deel, **velden):
    """Send the form of this page as a browser would, with its hidden fields."""
    url = adres(naam, deel)
    formulier = client.get(url).context["form"]
    verborgen = {veld: formulier[veld].value() for veld in ("sleutel", "versie")}
    return client.post(url, {n: str(w) for n, w in verborgen.items() if w is not None} | velden)


def html(antwoord) -> str:
    assert antwoord.status_code == 200
    return " ".join(antwoord.content.decode().replace("\xa0", " ").split())


# --- the instelling --------------------------------------------------------------------------------------


def test_de_instelling_ziet_pas_na_de_termijn_dat_het_kan(wereld):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    client = als(wereld.behandelaar)
    with klok_op(om(aanvraag.beslis_uiterlijk)):
        assert adres("ingebrekestelling_indienen", aanvraag) not in html(
            client.get(adres("dossier", aanvraag))
        )
    with klok_op(fabriek.na_de_termijn(aanvraag)):
        tekst = html(client.get(adres("dossier", aanvraag)))
        assert adres("ingebrekestelling_indienen", aanvraag) in tekst
        assert "Niet op tijd beslist" in tekst
        # Who decides sees it too, and can register one; another party sees nothing.
        assert adres("ingebrekestelling_registreren", aanvraag) in html(
            als(wereld.beoordelaar).get(adres("dossier", aanvraag))
        )


def test_een_ingebrekestelling_sturen(wereld):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    client = als(wereld.behandelaar)
    with klok_op(fabriek.na_de_termijn(aanvraag)):
        antwoord = stuur(
            client, "ingebrekestelling_indienen", aanvraag, waarover="aanvraag", toelichting="Wij wachten."
        )
        assert antwoord.headers["Location"] == adres("dossier", aanvraag)
        tekst = html(client.get(adres("dossier", aanvraag)))
    deel = Ingebrekestelling.objects.get()
    for stuk in (
        "Nog twee weken om te beslissen", "Wij wachten.", "Zo zijn de dagen geteld",
        "Ontvangst van een ingebrekestelling",
    ):  # fmt: skip
        assert stuk in tekst
    assert adres("ingebrekestelling_indienen", aanvraag) not in tekst
    with klok_op(om(deel.eerste_dag + timedelta(days=14))):
        tekst = html(client.get(adres("dossier", aanvraag)))
    assert "Dwangsom tot en met vandaag" in tekst
    assert "€ 357,00" in tekst


def test_te_vroeg_wordt_gewaarschuwd_en_mag(wereld):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    client = als(wereld.behandelaar)
    with klok_op(om(aanvraag.beslis_uiterlijk)):
        assert "nu te vroeg" in html(client.get(adres("ingebrekestelling_indienen", aanvraag)))
        antwoord = stuur(client, "ingebrekestelling_indienen", aanvraag, waarover="aanvraag")
        assert antwoord.status_code == 302
        assert "heeft geen gevolg" in html(client.get(adres("dossier", aanvraag)))


def test_niets_getypt_gaat_verloren(wereld):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    with klok_op(fabriek.na_de_termijn(aanvraag)):
        antwoord = stuur(
            als(wereld.behandelaar), "ingebrekestelling_indienen", aanvraag,
            waarover="iets anders", toelichting="Wij wachten.",
        )  # fmt: skip
    assert "Wij wachten." in html(antwoord)
    assert not Ingebrekestelling.objects.exists()


def test_twee_keer_verstuurd_is_een_keer(wereld):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    client, url = als(wereld.behandelaar), adres("ingebrekestelling_indienen", aanvraag)
    with klok_op(fabriek.na_de_termijn(aanvraag)):
        formulier = client.get(url).context["form"]
        data = {
            "sleutel": str(formulier["sleutel"].value()), "versie": str(formulier["versie"].value()),
            "waarover": "aanvraag",
        }  # fmt: skip
        assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert Ingebrekestelling.objects.count() == 1


# --- who decides -----------------------------------------------------------------------------------------


def test_registreren_met_de_brief_erbij(wereld):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    client, ontvangen = als(wereld.beoordelaar), aanvraag.beslis_uiterlijk + EEN_DAG
    with klok_op(om(ontvangen + EEN_DAG)):
        fout = stuur(client, "ingebrekestelling_registreren", aanvraag, waarover="aanvraag", wijze="post")
        assert "Vul in op welke dag de ingebrekestelling is ontvangen" in html(fout)
        antwoord = stuur(
            client, "ingebrekestelling_registreren", aanvraag, waarover="aanvraag", wijze="post",
            upload=SimpleUploadedFile("brief.png", maak_png(), "image/png"), **dag("ontvangen_op", ontvangen),
        )  # fmt: skip
        assert antwoord.status_code == 302
        deel = Ingebrekestelling.objects.get()
        assert client.get(adres("ingebrekestelling_bestand", deel)).content == maak_png()
        assert als(wereld.behandelaar).get(adres("ingebrekestelling_bestand", deel)).status_code == 200
    assert deel.ontvangen_op == ontvangen


def test_voorbereiden_brief_bekijken_vaststellen_en_betalen(wereld):
    deel = fabriek.in_gebreke_gesteld(wereld, route="uwv")
    aanvraag, nu = deel.aanvraag, om(deel.laatste_dag + timedelta(days=2))
    beoordelaar, beslisser = als(wereld.beoordelaar), als(wereld.beslisser)
    with klok_op(nu):
        pagina = beoordelaar.get(adres("dwangsom_voorstellen", deel))
        assert "€ 1.442,00" in pagina.context["form"].initial["motivering"].replace("\xa0", " ")
        stuur(beoordelaar, "dwangsom_voorstellen", deel, uitkomst="wel", motivering="Te laat.")
        assert "Te laat." in html(beslisser.get(adres("dwangsom_vaststellen", deel)))
        # What is only prepared is not the instelling's to see.
        assert "Voorbereid door" not in html(als(wereld.behandelaar).get(adres("dossier", aanvraag)))
        pdf = beslisser.post(adres("dwangsom_voorbeeld", deel), {"motivering": "Te laat."})
        assert pdf.content.startswith(b"%PDF")
        assert not Ingebrekestelling.objects.filter(besluit__isnull=False).exists()
        antwoord = stuur(beslisser, "dwangsom_vaststellen", deel, motivering="Te laat.")
        assert antwoord.headers["Location"] == adres("dossier", aanvraag)
        financien = als(wereld.met(Rol.UWV_FINANCIEN))
        assert adres("dwangsom_betaald_melden", deel) in html(financien.get(adres("dossier", aanvraag)))
        stuur(financien, "dwangsom_betaald_melden", deel, **dag("betaald_op", datum_van(nu)))
        tekst = html(als(wereld.behandelaar).get(adres("dossier", aanvraag)))
    assert "Dwangsom vastgesteld" in tekst
    assert "Betaald op" in tekst
    assert "Besluit over de dwangsom" in tekst


def test_geen_dwangsom_met_voorbeeld(wereld):
    deel = fabriek.in_gebreke_gesteld(wereld, route="uwv")
    nu = om(deel.eerste_dag + timedelta(days=2))
    fabriek.stel_dwangsom_voor(wereld, deel, nu, uitzondering="kennelijk_ongegrond")
    beslisser = als(wereld.beslisser)
    with klok_op(nu):
        assert "Het voorstel is dat er geen dwangsom is." in html(
            beslisser.get(adres("dwangsom_vaststellen", deel))
        )
        pdf = beslisser.post(adres("dwangsom_voorbeeld", deel), {"motivering": "Kennelijk."})
        assert pdf.content.startswith(b"%PDF")
        stuur(beslisser, "dwangsom_niet_verschuldigd", deel, motivering="Kennelijk.")
    assert Ingebrekestelling.objects.get().status == "niet_verschuldigd"


def test_uwv_ziet_niet_dat_een_gemeente_te_laat_was(wereld_b):
    """What a gemeente decides is between her and the instelling, also where UWV sees the dossier for the budget."""
    aanvraag = fabriek.budget_gevraagd(wereld_b, NU_B)
    deel = fabriek.stel_in_gebreke(wereld_b, aanvraag)
    with klok_op(om(deel.eerste_dag)):
        uwv = als(wereld_b.met(Rol.UWV_FINANCIEN))
        tekst = html(uwv.get(adres("dossier", aanvraag)))
        assert "ngebrekestelling" not in tekst
        assert uwv.get(adres("ingebrekestelling_bestand", deel)).status_code == 404
        assert uwv.get(adres("te_laat") + "?soort=gebreke").context["regels"] == []
        gemeente = als(wereld_b.van_gemeente(nu=NU_B))
        assert len(gemeente.get(adres("te_laat") + "?soort=gebreke").context["regels"]) == 1


# --- the list --------------------------------------------------------------------------------------------


def test_wat_te_laat_is_met_een_ingebrekestelling_bovenaan(wereld):
    eerst = fabriek.ingediend(wereld, route="uwv")
    tweede = fabriek.ingediend(wereld, fabriek.NU + timedelta(days=2), route="uwv")
    fabriek.ingediend(wereld, fabriek.NU + timedelta(days=30), route="uwv")
    deel = fabriek.stel_in_gebreke(wereld, tweede)
    client = als(wereld.beoordelaar)
    with klok_op(om(deel.eerste_dag + timedelta(days=1))):
        regels = client.get(adres("te_laat")).context["regels"]
        tekst = html(client.get(adres("te_laat")))
    assert [regel.aanvraag.pk for regel in regels] == [tweede.pk, eerst.pk]
    assert "€ 46,00" in tekst
    assert "Niet in gebreke gesteld" in tekst


def test_wie_op_een_aanvulling_wacht_is_niet_te_laat(wereld):
    aanvraag = fabriek.ingediend(wereld, route="uwv")
    aanvraag = fabriek.vraag_aanvulling(wereld, aanvraag, om(aanvraag.beslis_uiterlijk))
    client = als(wereld.beoordelaar)
    with klok_op(om(aanvraag.hersteltermijn_tot)):
        assert client.get(adres("te_laat")).context["regels"] == []


@pytest.mark.parametrize("soort", ["aanvragen", "gebreke", "vaststellen", "betalen", "onzin"])
def test_de_lijst_kost_niet_meer_bij_meer_regels(wereld, soort):
    delen = [fabriek.in_gebreke_gesteld(wereld, route="uwv") for _ in range(3)]
    nu = om(delen[0].laatste_dag + timedelta(days=2))
    if soort in ("vaststellen", "betalen"):
        for deel in delen:
            fabriek.stel_dwangsom_voor(wereld, deel, nu)
    if soort == "betalen":
        for deel in delen:
            fabriek.stel_dwangsom_vast(wereld, Ingebrekestelling.objects.get(pk=deel.pk), nu)
    client = als(wereld.beslisser)
    with klok_op(nu):
        client.get(adres("te_laat"))
        with met_hoogstens(15):
            regels = client.get(f"{adres('te_laat')}?soort={soort}").context["regels"]
    assert len(regels) == 3


def test_het_dossier_kost_een_vraag_meer(wereld):
    deel = fabriek.in_gebreke_gesteld(wereld, route="uwv")
    aanvraag = vers(deel.aanvraag)
    client = als(wereld.behandelaar)
    with klok_op(om(date(2019, 9, 2))):
        client.get(adres("dossier", aanvraag))
        with met_hoogstens(18):
            client.get(adres("dossier", aanvraag))
