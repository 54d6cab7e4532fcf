"""The pages of the end of a traject: what they ask and say, nothing typed lost, and how many statements they send."""

from datetime import timedelta

import pytest
from django.urls import reverse

from aanvragen.models import Beeindigingsverslag, Stopbericht, Traject, Vaststelling
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import NU, NU_B
from tests.web.bezoek import als
from tests.web.sql import met_hoogstens

LATER = NU + timedelta(days=91)
LATER_B = NU_B + timedelta(days=91)


def adres(naam, deel=None) -> str:
    return reverse(f"aanvragen:{naam}", args=[deel.pk] if deel is not None else [])


def dag(veld, dag) -> dict[str, str]:
    return {f"{veld}_dag": str(dag.day), f"{veld}_maand": str(dag.month), f"{veld}_jaar": str(dag.year)}


def stuur(client, naam, deel, **velden):
    """Send the form of this page as a browser would, with its hidden fields."""
    url = adres(naam, deel)
    context = client.get(url).context
    formulier = context.get("form") or context["formulier"]
    verborgen = {veld: formulier[veld].value() for veld in ("sleutel", "versie")}
    return client.post(url, {n: str(w) for n, w in verborgen.items() if w is not None} | velden)


def html(antwoord) -> str:
    assert antwoord.status_code == 200
    return antwoord.content.decode().replace("\xa0", " ")


# --- the phone page ------------------------------------------------------------------------------------


def test_gebeurtenis_met_werk(wereld):
    traject = fabriek.gestart(wereld)
    client = als(wereld.behandelaar)
    with klok_op(LATER):
        antwoord = stuur(
            client, "traject_gebeurtenis_melden", traject, soort="werkhervatting", sector="horeca",
            uren_per_week="24", contract="oproep", gemeente="0268", **dag("datum", NU),
        )  # fmt: skip
        assert antwoord.headers["Location"] == adres("traject", traject)
        tekst = html(client.get(adres("traject", traject)))
    assert "Horeca en toerisme, 24 uur per week, Oproepcontract" in tekst
    # What hangs under another answer is not taken along.
    assert traject.gebeurtenissen.get().gemeente is None


@pytest.mark.parametrize("uren", ["0", "61", "veel", "-1", "٣"])
def test_onmogelijke_uren_verliezen_niets(wereld, uren):
    traject = fabriek.gestart(wereld)
    with klok_op(LATER):
        antwoord = stuur(
            als(wereld.behandelaar), "traject_gebeurtenis_melden", traject,
            soort="werkhervatting", uren_per_week=uren, toelichting="Fijn werk.", **dag("datum", NU),
        )  # fmt: skip
    assert "uren_per_week" in antwoord.context["formulier"].errors
    assert "Fijn werk." in html(antwoord)
    assert not traject.gebeurtenissen.exists()


def test_verhuizing_naar_een_gemeente(wereld):
    traject = fabriek.gestart(wereld)
    with klok_op(LATER):
        stuur(
            als(wereld.behandelaar), "traject_gebeurtenis_melden", traject,
            soort="verhuizing", gemeente=fabriek.ARNHEM, **dag("datum", NU),
        )  # fmt: skip
    assert traject.gebeurtenissen.get().gemeente.naam == "Arnhem"


@pytest.mark.parametrize("groep", ["", "starten", "verslag", "reageren", "wacht", "vastgesteld", "onzin"])
def test_lijst_van_trajecten(wereld, groep):
    fabriek.gestart(wereld)
    fabriek.toegekend(wereld)
    fabriek.gestopt(wereld)
    fabriek.gestart(wereld.bij_andere_instelling())
    client = als(wereld.behandelaar)
    with klok_op(LATER):
        client.get(adres("trajecten"))
        with met_hoogstens(14):
            antwoord = client.get(f"{adres('trajecten')}?groep={groep}")
    verwacht = {"reageren": 0, "wacht": 0, "vastgesteld": 0}.get(groep, 1)
    assert len(antwoord.context["trajecten"]) == verwacht


def test_de_lijst_groeit_niet_mee_in_vragen(wereld):
    client = als(wereld.behandelaar)
    for _ in range(2):
        for _ in range(3):
            fabriek.gestart(wereld, route="uwv")
        with klok_op(LATER):
            client.get(adres("trajecten"))
            with met_hoogstens(14):
                client.get(adres("trajecten"))


# --- stopbericht ---------------------------------------------------------------------------------------


def test_een_klik_van_de_gemeente(wereld_b):
    traject = fabriek.gestopt(wereld_b, NU_B)
    stopbericht = traject.stopberichten.get()
    with klok_op(LATER_B):
        gemeente = als(wereld_b.van_gemeente(nu=LATER_B))
        tekst = html(gemeente.get(adres("dossier", traject.aanvraag)))
        assert "U bent aan zet" in tekst
        assert "Gemeld, nog niet bevestigd" in tekst
        assert adres("stopbericht_bevestigen", stopbericht) in tekst
        antwoord = gemeente.post(adres("stopbericht_bevestigen", stopbericht), {})
        assert antwoord.headers["Location"] == adres("dossier", traject.aanvraag)
        stopbericht.refresh_from_db()
        assert stopbericht.status == "bevestigd"
        opnieuw = html(gemeente.get(adres("stopbericht_bevestigen", stopbericht)))
        assert "kan niet meer" in opnieuw


def test_stoppen_zegt_wat_er_gebeurt_en_bewaart_wat_getypt_is(wereld_b):
    traject = fabriek.gestart(wereld_b, NU_B)
    client = als(wereld_b.behandelaar)
    with klok_op(LATER_B):
        assert "De gemeente bevestigt uw stopbericht" in html(client.get(adres("traject_stoppen", traject)))
        fout = stuur(
            client, "traject_stoppen", traject, toelichting="Verhuisd.",
            **dag("gestopt_op", NU_B - timedelta(days=1)),
        )  # fmt: skip
        assert "Verhuisd." in html(fout)
        stuur(
            client, "traject_stoppen", traject, stop_reden="verhuisd", toelichting="Verhuisd.",
            **dag("gestopt_op", NU_B),
        )  # fmt: skip
    assert Stopbericht.objects.get().toelichting == "Verhuisd."


def test_terugdraaien_door_uwv(wereld):
    traject = fabriek.gestopt(wereld)
    client = als(wereld.beslisser)
    with klok_op(LATER):
        leeg = stuur(client, "stopbericht_herroepen", traject.stopberichten.get(), reden=" ")
        assert "Schrijf waarom het stopbericht niet klopt." in html(leeg)
        stuur(client, "stopbericht_herroepen", traject.stopberichten.get(), reden="Verkeerde dag.")
    assert Traject.objects.get().status == "gestart"


# --- verslag -------------------------------------------------------------------------------------------

VERSLAG = {
    "uitkomst": "werk", "sector": "bouw", "uren_per_week": "32", "contract": "vast",
    "activiteiten": "Gesprekken met werkgevers.",
}  # fmt: skip


def test_het_verslag_sturen(wereld):
    traject = fabriek.gestopt(wereld)
    client = als(wereld.behandelaar)
    with klok_op(LATER):
        tekst = html(client.get(adres("dossier", traject.aanvraag)))
        assert "Stuur het beëindigingsverslag." in tekst
        velden = VERSLAG | dag("werk_begonnen_op", NU)
        antwoord = stuur(client, "traject_verslag_indienen", traject, **velden)
        assert antwoord.status_code == 302
        tekst = html(client.get(adres("dossier", traject.aanvraag)))
    assert "32" in tekst
    assert "Kopie van het beëindigingsverslag" in tekst
    assert Beeindigingsverslag.objects.get().sector == "bouw"


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"uitkomst": ""}, "uitkomst"),
        ({"sector": ""}, "sector"),
        ({"sector": "maan"}, "sector"),
        ({"uren_per_week": ""}, "uren_per_week"),
        ({"contract": ""}, "contract"),
        ({"activiteiten": ""}, "activiteiten"),
        ({"werk_begonnen_op_jaar": "2018"}, "werk_begonnen_op"),
        ({"werk_begonnen_op_jaar": "2031"}, "werk_begonnen_op"),
        ({"uitkomst": "opleiding"}, "opleiding"),
    ],
)
def test_een_half_verslag_zegt_wat_er_nog_moet(wereld, anders, veld):
    traject = fabriek.gestopt(wereld)
    velden = VERSLAG | dag("werk_begonnen_op", NU) | {"vervolg_steun": "Nazorg."} | anders
    with klok_op(LATER):
        antwoord = stuur(als(wereld.behandelaar), "traject_verslag_indienen", traject, **velden)
    assert veld in antwoord.context["formulier"].errors
    assert "Nazorg." in html(antwoord)
    assert not Beeindigingsverslag.objects.exists()


def test_medische_woorden_in_het_verslag(wereld):
    """T123: a warning before it is sent; who sends it once more means it."""
    traject = fabriek.gestopt(wereld)
    client = als(wereld.behandelaar)
    velden = VERSLAG | dag("werk_begonnen_op", NU) | {"activiteiten": "Na een PTSS-behandeling."}
    with klok_op(LATER):
        antwoord = stuur(client, "traject_verslag_indienen", traject, **velden)
        assert "lijkt een diagnose" in html(antwoord)
        assert not Beeindigingsverslag.objects.exists()
        gezien = {"tekst_gezien": antwoord.context["formulier"]["tekst_gezien"].value()}
        stuur(client, "traject_verslag_indienen", traject, **velden, **gezien)
    assert Beeindigingsverslag.objects.get().activiteiten == "Na een PTSS-behandeling."


# --- vaststelling --------------------------------------------------------------------------------------


def ontvangen(wereld) -> Vaststelling:
    return fabriek.stuur_verslag(wereld, fabriek.gestopt(wereld), LATER)


def test_lager_voorstellen_naar_rato_als_voorstel(wereld):
    vaststelling = ontvangen(wereld)
    client = als(wereld.beoordelaar)
    with klok_op(LATER):
        tekst = html(client.get(adres("vaststelling_lager_voorstellen", vaststelling)))
        # Ninety-one days of 731, of 8.000 euro.
        assert 'value="995,90"' in tekst
        assert "is een voorstel, naar het aantal dagen" in tekst
        antwoord = stuur(
            client, "vaststelling_lager_voorstellen", vaststelling,
            bedrag_cent="3.000,50", reden="niet_uitgevoerd", motivering="Het traject stopte eerder.",
        )  # fmt: skip
        assert antwoord.status_code == 302
    vaststelling.refresh_from_db()
    assert (vaststelling.voorgesteld_cent, vaststelling.status) == (300_050, "voorgenomen_lager")


@pytest.mark.parametrize("bedrag", ["", "veel", "-1", "1,5", "8.000,01", "8.000", "1e3", "€", "12.345,6"])
def test_een_onmogelijk_bedrag_verliest_niets(wereld, bedrag):
    vaststelling = ontvangen(wereld)
    with klok_op(LATER):
        antwoord = stuur(
            als(wereld.beoordelaar), "vaststelling_lager_voorstellen", vaststelling,
            bedrag_cent=bedrag, reden="verplichting", motivering="Daarom zo.",
        )  # fmt: skip
    assert "bedrag_cent" in antwoord.context["form"].errors
    assert "Daarom zo." in html(antwoord)
    vaststelling.refresh_from_db()
    assert vaststelling.status == "verslag_ontvangen"


def test_van_voorstel_tot_besluit_met_de_brief_vooraf(wereld):
    vaststelling = fabriek.stel_voor(wereld, ontvangen(wereld), LATER)
    client = als(wereld.beslisser)
    with klok_op(LATER):
        tekst = html(client.get(adres("vaststelling_vaststellen", vaststelling)))
        assert "€ 8.000,00" in tekst
        assert "Horeca en toerisme" in tekst
        pdf = stuur_naar(client, "vaststelling_voorbeeld", vaststelling, motivering="Alles is gedaan.")
        assert pdf.content.startswith(b"%PDF-")
        assert Vaststelling.objects.get().status == "voorgesteld"
        assert (
            stuur(client, "vaststelling_vaststellen", vaststelling, motivering="Alles is gedaan.").status_code
            == 302
        )
        tekst = html(als(wereld.behandelaar).get(adres("dossier", vaststelling.dossier)))
    assert "Vastgesteld" in tekst
    assert "De subsidie is vastgesteld." in tekst


def stuur_naar(client, naam, deel, **velden):
    """The form of the besluit, sent to the page that shows the letter."""
    formulier = client.get(adres("vaststelling_vaststellen", deel)).context["form"]
    return client.post(adres(naam, deel), velden | {"sleutel": str(formulier["sleutel"].value())})


def test_een_verouderd_voorstel_valt_op(wereld):
    vaststelling = ontvangen(wereld)
    client = als(wereld.beoordelaar)
    with klok_op(LATER):
        url = adres("vaststelling_voorstellen", vaststelling)
        formulier = client.get(url).context["form"]
        fabriek.stel_voor(wereld, vaststelling, LATER, bedrag_cent=1)
        data = {veld: str(formulier[veld].value()) for veld in ("sleutel", "versie")}
        antwoord = client.post(url, data | {"motivering": "Mijn tekst."})
    assert antwoord.status_code == 409
    assert "Mijn tekst." in antwoord.content.decode()


def test_de_instelling_ziet_een_voornemen_en_reageert(wereld):
    vaststelling = fabriek.stel_voor(wereld, ontvangen(wereld), LATER, bedrag_cent=300_000)
    client = als(wereld.behandelaar)
    with klok_op(LATER):
        tekst = html(client.get(adres("dossier", vaststelling.dossier)))
        assert "Reageren op het voornemen" in tekst
        assert "€ 3.000,00" in tekst
        assert wereld.beoordelaar.persoon.naam not in tekst
        stuur(client, "vaststelling_zienswijze_geven", vaststelling, zienswijze="Wij deden meer.")
    assert Vaststelling.objects.get().zienswijze == "Wij deden meer."


def test_wat_is_voorbereid_ziet_de_instelling_niet(wereld):
    vaststelling = fabriek.stel_voor(wereld, ontvangen(wereld), LATER)
    with klok_op(LATER):
        tekst = html(als(wereld.behandelaar).get(adres("dossier", vaststelling.dossier)))
    assert "Klaar voor besluit" not in tekst
    assert "Vaststelling voorbereid" not in tekst
    assert "Voorgesteld" not in tekst


def test_na_een_ingetrokken_besluit_valt_er_niets_vast_te_stellen(wereld):
    vaststelling = ontvangen(wereld)
    fabriek.trek_besluit_in(wereld, vaststelling.dossier, LATER)
    with klok_op(LATER):
        antwoord = als(wereld.beoordelaar).get(adres("dossier", vaststelling.dossier))
    assert antwoord.context["stand"].tekst == "Besluit ingetrokken"
    assert [actie for actie in antwoord.context["acties"] if "vaststelling" in actie.url] == []


def test_uwv_ziet_het_verslag_niet_waar_de_gemeente_beslist(wereld_b):
    traject = fabriek.gestopt(wereld_b, NU_B)
    fabriek.bevestig_stop(wereld_b, traject, LATER_B)
    fabriek.stuur_verslag(wereld_b, traject, LATER_B)
    with klok_op(LATER_B):
        for actor, ziet in (
            (wereld_b.met(Rol.UWV_FINANCIEN), False),
            (wereld_b.beoordelaar, False),
            (wereld_b.van_gemeente(nu=LATER_B), True),
            (wereld_b.behandelaar, True),
        ):
            tekst = html(als(actor).get(adres("dossier", traject.aanvraag)))
            assert ("Gesprekken met werkgevers" in tekst) is ziet, actor
            assert ("Kopie van het beëindigingsverslag" in tekst) is ziet, actor


# --- the worklist, and statements ----------------------------------------------------------------------


def test_werklijst_per_rol(wereld_b):
    traject = fabriek.gestopt(wereld_b, NU_B)
    with klok_op(LATER_B):
        gemeente = als(wereld_b.van_gemeente(nu=LATER_B))
        uwv = als(wereld_b.met(Rol.UWV_FINANCIEN))
        assert traject.aanvraag.kenmerk in html(gemeente.get(adres("einde")))
        assert traject.aanvraag.kenmerk in html(uwv.get(f"{adres('einde')}?soort=bevestigen"))
        fabriek.bevestig_stop(wereld_b, traject, LATER_B)
        assert traject.aanvraag.kenmerk in html(uwv.get(adres("einde")))
        assert traject.aanvraag.kenmerk in html(gemeente.get(f"{adres('einde')}?soort=vaststellen"))
        assert traject.aanvraag.kenmerk not in html(uwv.get(f"{adres('einde')}?soort=vaststellen"))
        with met_hoogstens(14):
            gemeente.get(f"{adres('einde')}?soort=vaststellen")
        with met_hoogstens(14):
            uwv.get(adres("einde"))


def test_sql_van_het_dossier_aan_het_einde(wereld):
    vaststelling = fabriek.stel_voor(wereld, ontvangen(wereld), LATER, bedrag_cent=300_000)
    with klok_op(LATER):
        for actor in (wereld.behandelaar, wereld.beoordelaar, wereld.beslisser):
            client = als(actor)
            client.get(adres("dossier", vaststelling.dossier))
            with met_hoogstens(18):
                client.get(adres("dossier", vaststelling.dossier))


@pytest.mark.parametrize(
    ("naam", "rol", "hoogstens"),
    [
        ("vaststelling_voorstellen", Rol.UWV_BEOORDELAAR, 13),
        ("vaststelling_lager_voorstellen", Rol.UWV_BEOORDELAAR, 13),
        ("vaststelling_vaststellen", Rol.UWV_BESLISSER, 13),
        ("stopbericht_herroepen", Rol.UWV_BESLISSER, 13),
    ],
)
def test_sql_van_een_handeling(wereld, naam, rol, hoogstens):
    vaststelling = fabriek.stel_voor(wereld, ontvangen(wereld), LATER)
    deel = vaststelling.traject.stopberichten.get() if naam.startswith("stop") else vaststelling
    client = als(wereld.met(rol))
    with klok_op(LATER):
        client.get(adres(naam, deel))
        with met_hoogstens(hoogstens):
            assert client.get(adres(naam, deel)).status_code == 200


def test_sql_van_het_traject_op_de_telefoon(wereld):
    traject = fabriek.gestart(wereld)
    client = als(wereld.behandelaar)
    with klok_op(LATER):
        client.get(adres("traject", traject))
        with met_hoogstens(10):
            client.get(adres("traject", traject))
        with met_hoogstens(10):
            client.get(adres("traject_gebeurtenis_melden", traject))
