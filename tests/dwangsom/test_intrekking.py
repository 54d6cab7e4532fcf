"""Hearing before a besluit is withdrawn: who, when, what the letter says; and that the database asks for it too."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from aanvragen.handelingen import beslissen, intrekking
from aanvragen.models import Intrekkingsvoornemen, Ontvangst
from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import klok_op
from ips_subsidie.kalender.rekenen import is_werkdag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Lidmaatschap
from ips_subsidie.toegang.rollen import Rol
from tests import fabriek
from tests.fabriek import NU, NU_B, doe, geweigerd, om, vers
from tests.web.bezoek import als

EEN_DAG = timedelta(days=1)


def intrekken(wereld, aanvraag, nu=NU):
    return doe(
        beslissen.besluit_intrekken, vers(aanvraag), wereld.besluitnemer(aanvraag, nu), nu,
        motivering="Het traject wordt niet uitgevoerd.",
    )  # fmt: skip


# --- when it can be withdrawn ----------------------------------------------------------------------------


def test_zonder_voornemen_niet(wereld):
    aanvraag = fabriek.gestart(wereld, route="uwv").aanvraag
    assert geweigerd(lambda: intrekken(wereld, aanvraag)) == ["niet_gehoord"]


def test_tot_en_met_de_laatste_dag_kan_de_instelling_reageren(wereld):
    aanvraag = fabriek.gestart(wereld, route="uwv").aanvraag
    voornemen = fabriek.neem_voor_in_te_trekken(wereld, aanvraag)
    assert is_werkdag(voornemen.zienswijze_tot, feestdagen())
    assert voornemen.zienswijze_tot >= NU.date() + timedelta(days=14)
    laatste = om(voornemen.zienswijze_tot)
    assert geweigerd(lambda: intrekken(wereld, aanvraag, laatste)) == ["zienswijze_loopt"]
    besluit = intrekken(wereld, aanvraag, laatste + EEN_DAG)
    voornemen.refresh_from_db()
    assert (voornemen.status, voornemen.besluit) == ("uitgevoerd", besluit)
    assert besluit.opsteller == wereld.beoordelaar.persoon


def test_na_een_reactie_kan_het_meteen_en_staat_zij_in_de_brief(wereld):
    aanvraag = fabriek.gestart(wereld, route="uwv").aanvraag
    voornemen = fabriek.neem_voor_in_te_trekken(wereld, aanvraag, reden="verplichting")
    voornemen = fabriek.reageer_op_voornemen(wereld, voornemen, NU + EEN_DAG)
    brief = intrekken(wereld, aanvraag, NU + EEN_DAG).brief.gegevens
    assert brief["zienswijze"] == voornemen.zienswijze
    assert brief["gronden"][0]["bron"] == "Awb artikel 4:48, eerste lid, onder b"
    # What was sent is proved, word for word.
    assert Ontvangst.objects.get(soort="zienswijze").kopie.gegevens["zienswijze"] == voornemen.zienswijze


def test_wie_zelf_meldde_dat_het_niet_doorgaat_wordt_niet_gehoord(wereld):
    """Those are the instelling's own facts (Awb 4:8 lid 1)."""
    traject = fabriek.niet_gestart(wereld)
    codes = geweigerd(lambda: fabriek.neem_voor_in_te_trekken(wereld, vers(traject.aanvraag)))
    assert codes == ["zelf_gemeld"]
    assert intrekken(wereld, traject.aanvraag).soort == "intrekking"
    assert vers(traject.aanvraag).status == "besluit_ingetrokken"


def test_wie_afziet_begint_weer_van_voren_af_aan(wereld):
    aanvraag = fabriek.gestart(wereld, route="uwv").aanvraag
    voornemen = fabriek.neem_voor_in_te_trekken(wereld, aanvraag)
    assert geweigerd(lambda: fabriek.neem_voor_in_te_trekken(wereld, vers(aanvraag))) == ["loopt_al"]
    fabriek.reageer_op_voornemen(wereld, voornemen)
    doe(intrekking.afzien, voornemen, wereld.beoordelaar, NU)
    assert geweigerd(lambda: intrekken(wereld, aanvraag)) == ["niet_gehoord"]
    assert Bericht.objects.filter(soort="intrekking_afgezien").exists()
    fabriek.neem_voor_in_te_trekken(wereld, vers(aanvraag), NU + EEN_DAG)


def test_wie_het_voornemen_schreef_neemt_het_besluit_niet(wereld):
    aanvraag = fabriek.gestart(wereld, route="uwv").aanvraag
    ander = wereld.collega(wereld.beoordelaar)
    voornemen = doe(
        intrekking.voornemen_intrekken, vers(aanvraag), ander, NU, reden="verplichting", motivering="x"
    )
    fabriek.reageer_op_voornemen(wereld, voornemen)
    zelf = Actor.van(
        Lidmaatschap.objects.create(
            gebruiker=ander.persoon,
            organisatie=wereld.uwv,
            rol=Rol.UWV_BESLISSER,
            geldig_van=fabriek.LID_VANAF,
        )
    )
    codes = geweigerd(lambda: doe(beslissen.besluit_intrekken, vers(aanvraag), zelf, NU, motivering="x"))
    assert codes == ["vier_ogen"]


@pytest.mark.parametrize(
    ("over", "codes"),
    [({"reden": "zomaar"}, ["reden"]), ({"motivering": " "}, ["motivering"])],
)
def test_een_voornemen_zegt_waarom(wereld, over, codes):
    aanvraag = fabriek.gestart(wereld, route="uwv").aanvraag
    invoer = {"reden": "verplichting", "motivering": "Geen bericht meer."} | over
    doen = lambda: doe(intrekking.voornemen_intrekken, aanvraag, wereld.beoordelaar, NU, **invoer)  # noqa: E731
    assert geweigerd(doen) == codes


def test_de_gemeente_hoort_wat_zij_zelf_besloot(wereld_b):
    aanvraag = fabriek.gestart(wereld_b, NU_B).aanvraag
    invoer = {"reden": "verplichting", "motivering": "Geen bericht meer."}
    for actor, code in ((wereld_b.beoordelaar, "niet_aan_u"), (wereld_b.behandelaar, "rol")):
        doen = lambda actor=actor: doe(intrekking.voornemen_intrekken, aanvraag, actor, NU_B, **invoer)  # noqa: E731
        assert geweigerd(doen) == [code]
    assert fabriek.trek_besluit_in(wereld_b, vers(aanvraag), NU_B).status == "besluit_ingetrokken"


# --- the last line ---------------------------------------------------------------------------------------


def weigert(doe_iets) -> str:
    """The name of the rule that stops it; empty when none does."""
    try:
        with transaction.atomic():
            doe_iets()
    except DatabaseError as fout:
        return fout.__cause__.diag.constraint_name or fout.__cause__.diag.message_primary
    return ""


def test_de_databank_eist_het_horen(wereld, monkeypatch):
    aanvraag = fabriek.gestart(wereld, route="uwv").aanvraag
    besluit = aanvraag.besluiten.get()
    besluit.vorig_besluit_id, besluit.id = besluit.id, type(besluit)._meta.pk.default()
    besluit.soort, besluit.maanden = "intrekking", 0
    besluit.bedrag_cent = besluit.rijk_cent = besluit.gemeente_cent = 0
    assert weigert(lambda: besluit.save(force_insert=True)) == "intrekking_na_horen"
    voornemen = fabriek.neem_voor_in_te_trekken(wereld, aanvraag)
    assert weigert(lambda: besluit.save(force_insert=True)) == "intrekking_na_horen"
    besluit.dagtekening = voornemen.zienswijze_tot
    assert weigert(lambda: besluit.save(force_insert=True)) == "intrekking_na_horen"


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"zienswijze_tot": NU.date()}, "voornemen_blijft"),
        ({"motivering": "anders"}, "voornemen_blijft"),
        ({"zienswijze": "anders"}, "voornemen_blijft"),
        ({"reden": "zomaar"}, "voornemen_blijft"),
        ({"status": "uitgevoerd"}, "voornemen_uitgevoerd_met_besluit"),
        ({"status": "afgezien"}, "voornemen_afgezien_met_moment"),
    ],
)
def test_wat_van_een_voornemen_vaststaat_blijft(wereld, velden, regel):
    voornemen = fabriek.neem_voor_in_te_trekken(wereld, fabriek.toegekend(wereld, route="uwv"))
    fabriek.reageer_op_voornemen(wereld, voornemen)
    assert weigert(lambda: Intrekkingsvoornemen.objects.update(**velden)) == regel


def test_een_voornemen_wordt_niet_verwijderd(wereld):
    fabriek.neem_voor_in_te_trekken(wereld, fabriek.toegekend(wereld, route="uwv"))
    with connection.cursor() as cursor:
        melding = weigert(lambda: cursor.execute("DELETE FROM aanvragen_intrekkingsvoornemen"))
    assert melding == "Een voornemen wordt niet verwijderd."


# --- the pages -------------------------------------------------------------------------------------------


def adres(naam, deel) -> str:
    return reverse(f"aanvragen:{naam}", args=[deel.pk])


def stuur(client, naam, deel, **velden):
    formulier = client.get(adres(naam, deel)).context["form"]
    verborgen = {veld: formulier[veld].value() for veld in ("sleutel", "versie")}
    return client.post(adres(naam, deel), {n: str(w) for n, w in verborgen.items() if w is not None} | velden)


def html(antwoord) -> str:
    assert antwoord.status_code == 200
    return " ".join(antwoord.content.decode().replace("\xa0", " ").split())


def test_van_voornemen_tot_besluit_op_de_paginas(wereld):
    aanvraag = fabriek.gestart(wereld, route="uwv").aanvraag
    beoordelaar, behandelaar = als(wereld.beoordelaar), als(wereld.behandelaar)
    with klok_op(NU + EEN_DAG):
        assert adres("aanvraag_voornemen_intrekken", aanvraag) in html(
            beoordelaar.get(adres("dossier", aanvraag))
        )
        fout = stuur(
            beoordelaar, "aanvraag_voornemen_intrekken", aanvraag, motivering="Wij horen niets meer."
        )
        assert "Kies waarom u wilt intrekken." in html(fout)
        assert "Wij horen niets meer." in html(fout)
        antwoord = stuur(
            beoordelaar, "aanvraag_voornemen_intrekken", aanvraag,
            reden="verplichting", motivering="Wij horen niets meer.",
        )  # fmt: skip
        assert antwoord.status_code == 302
        voornemen = Intrekkingsvoornemen.objects.get()
        tekst = html(behandelaar.get(adres("dossier", aanvraag)))
        assert "U bent aan zet" in tekst
        assert adres("intrekking_zienswijze_geven", voornemen) in tekst
        assert str(voornemen.opsteller) not in tekst
        stuur(behandelaar, "intrekking_zienswijze_geven", voornemen, zienswijze="Wij waren verhuisd.")
        tekst = html(als(wereld.beslisser).get(adres("aanvraag_besluit_intrekken", aanvraag)))
    assert "Wij waren verhuisd." in tekst
    assert "Wij horen niets meer." in tekst


def test_toch_niet_intrekken(wereld):
    aanvraag = fabriek.gestart(wereld, route="uwv").aanvraag
    voornemen = fabriek.neem_voor_in_te_trekken(wereld, aanvraag)
    beoordelaar = als(wereld.beoordelaar)
    with klok_op(NU + EEN_DAG):
        assert "Het besluit blijft zoals het was." in html(
            beoordelaar.get(adres("intrekking_afzien", voornemen))
        )
        assert stuur(beoordelaar, "intrekking_afzien", voornemen).status_code == 302
        assert adres("intrekking_afzien", voornemen) not in html(beoordelaar.get(adres("dossier", aanvraag)))
