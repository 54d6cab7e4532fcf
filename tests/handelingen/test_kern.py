"""What the act promises, on an act of its own: the registry is put back after each test."""

import threading
import uuid

import pytest
from django.db import connection

from ips_subsidie.handelingen import kern
from ips_subsidie.handelingen.kern import handeling, mogelijke_handelingen
from ips_subsidie.handelingen.models import Uitvoering
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import nu
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.logboek.schrijven import Onderwerp
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.rollen import Rol
from tests.toegang.personen import maak_actor, maak_lid

pytestmark = pytest.mark.django_db


class Proefdeel(Organisatie):
    """An existing table with what an act asks of its object: `soort` plays the status."""

    class Meta:
        proxy = True
        app_label = "toegang"

    @property
    def status(self):
        return self.soort

    @status.setter
    def status(self, waarde):
        self.soort = waarde

    def get_status_display(self):
        return self.get_soort_display()

    def hoort_bij(self, actor):
        return actor.organisatie_id == self.pk

    def onderwerp(self):
        return Onderwerp("toegang.proefdeel", str(self.pk))


@pytest.fixture(autouse=True)
def _register(monkeypatch):
    monkeypatch.setattr(kern, "REGISTER", {})


@pytest.fixture
def actor():
    return maak_actor(Rol.BEHANDELAAR)


@pytest.fixture
def deel(actor):
    return Proefdeel.objects.get(pk=actor.organisatie_id)


def te_kort(deel, actor, moment):
    if len(deel.naam) < 5:
        yield Reden("te_kort", "De naam is te kort.", veld="naam")


def met_x(deel, actor, moment):
    if "x" in deel.naam:
        yield Reden("met_x", "Er staat een x in de naam.")


def maak_handeling(doe=None, **velden):
    def hernoem(deel, actor, *, nu, naam="nieuwe naam"):
        """Gives it another name. And more."""
        deel.naam = naam
        return deel

    velden = {
        "titel": "Hernoemen", "op": Proefdeel, "van": ["instelling"], "naar": "gemeente",
        "door": [Rol.BEHANDELAAR], "voorwaarden": [te_kort, met_x], **velden,
    }  # fmt: skip
    return handeling(velden.pop("code", "proef.hernoemen"), **velden)(doe or hernoem)


def test_een_handeling_doet_het_en_schrijft_het_op(actor, deel):
    moment = nu()
    gedaan = maak_handeling()(deel, actor, nu=moment, naam="de naam van nu")
    deel.refresh_from_db()
    assert gedaan.pk == deel.pk
    assert (deel.naam, deel.status) == ("de naam van nu", "gemeente")
    regel = Regel.objects.get()
    assert (regel.soort, regel.handeling, regel.op) == (Soort.HANDELING, "proef.hernoemen", moment)
    assert regel.gegevens == {"van": "instelling", "naar": "gemeente"}
    assert (regel.gebruiker, regel.organisatie, regel.rol) == (actor.gebruiker, actor.organisatie, actor.rol)


def test_een_weigering_geeft_alle_redenen_en_een_regel(actor, deel):
    deel.naam = "x"
    deel.soort = "uwv"
    deel.save()
    ander = maak_actor(Rol.UWV_BESLISSER)
    hernoem = maak_handeling()
    with pytest.raises(HandelingGeweigerd) as weigering:
        hernoem(deel, ander, nu=nu())
    assert weigering.value.codes == ["rol", "status", "te_kort", "met_x"]
    assert all(reden.tekst.endswith(".") for reden in weigering.value.redenen)
    regel = Regel.objects.get()
    assert regel.soort == Soort.WEIGERING
    assert regel.gegevens == {"redenen": ["rol", "status", "te_kort", "met_x"]}
    deel.refresh_from_db()
    assert deel.naam == "x"


def test_andermans_deel_wordt_geweigerd(deel):
    with pytest.raises(HandelingGeweigerd) as weigering:
        maak_handeling()(deel, maak_actor(Rol.BEHANDELAAR), nu=nu())
    assert weigering.value.codes == ["niet_van_u"]


def test_een_weigering_halverwege_draait_alles_terug(actor, deel):
    def half(deel, actor, *, nu):
        Organisatie.objects.create(naam="half", soort="uwv")
        raise HandelingGeweigerd(Reden("op", "Het is op."))

    with pytest.raises(HandelingGeweigerd):
        maak_handeling(half)(deel, actor, nu=nu(), sleutel=uuid.uuid4())
    assert not Organisatie.objects.filter(naam="half").exists()
    assert not Uitvoering.objects.exists()
    assert Regel.objects.get().soort == Soort.WEIGERING


def test_er_wordt_onder_het_slot_opnieuw_gekeken(actor, deel):
    verouderd = Proefdeel.objects.get(pk=deel.pk)
    hernoem = maak_handeling()
    hernoem(deel, actor, nu=nu())
    with pytest.raises(HandelingGeweigerd) as weigering:
        hernoem(verouderd, actor, nu=nu())
    assert weigering.value.codes == ["status"]


def test_dezelfde_sleutel_doet_het_een_keer(actor, deel):
    gedaan = []

    def tel(deel, actor, *, nu):
        gedaan.append(1)
        return deel

    hernoem, sleutel = maak_handeling(tel), uuid.uuid4()
    een = hernoem(deel, actor, nu=nu(), sleutel=sleutel)
    twee = hernoem(deel, actor, nu=nu(), sleutel=sleutel)
    assert een.pk == twee.pk
    assert len(gedaan) == 1
    assert Regel.objects.count() == 1


def test_de_sleutel_van_een_ander_telt_niet(actor, deel):
    hernoem, sleutel = maak_handeling(van=[], naar=None), uuid.uuid4()
    hernoem(deel, actor, nu=nu(), sleutel=sleutel)
    collega = maak_actor(Rol.BEHANDELAAR, actor.organisatie)
    hernoem(deel, collega, nu=nu(), sleutel=sleutel, naam="van de collega")
    deel.refresh_from_db()
    assert deel.naam == "van de collega"


def test_een_sleutel_voor_een_andere_handeling_is_geen_herhaling(actor, deel):
    sleutel = uuid.uuid4()
    maak_handeling(naar=None)(deel, actor, nu=nu(), sleutel=sleutel)
    with pytest.raises(HandelingGeweigerd) as weigering:
        maak_handeling(code="proef.anders", naar=None)(deel, actor, nu=nu(), sleutel=sleutel)
    assert weigering.value.codes == ["sleutel"]


def test_mogelijke_handelingen_zegt_ook_wat_in_de_weg_staat(actor, deel):
    maak_handeling()
    maak_handeling(code="proef.verborgen", knop="geen")
    maak_handeling(code="proef.van_uwv", door=[Rol.UWV_BESLISSER])
    (mogelijk,) = mogelijke_handelingen(deel, actor, nu())
    assert mogelijk.kan
    deel.naam = "x"
    (mogelijk,) = mogelijke_handelingen(deel, actor, nu())
    assert [reden.code for reden in mogelijk.redenen] == ["te_kort", "met_x"]
    deel.soort = "uwv"
    assert not mogelijke_handelingen(deel, actor, nu())


def test_twee_handelingen_met_dezelfde_code_kan_niet():
    maak_handeling()
    with pytest.raises(ValueError, match="bestaat al"):
        maak_handeling()


def samen(*taken):
    """Run each in a thread of its own, at once; gives what came back, an exception included."""
    start, uit = threading.Barrier(len(taken)), [None] * len(taken)

    def draai(plek, taak):
        try:
            start.wait()
            uit[plek] = taak()
        except Exception as fout:
            uit[plek] = fout
        finally:
            connection.close()

    draden = [threading.Thread(target=draai, args=paar) for paar in enumerate(taken)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(timeout=30)
    return uit


@pytest.mark.samen
@pytest.mark.django_db(transaction=True)
def test_dubbel_geklikt_doet_het_een_keer():
    lid = maak_lid(Rol.BEHANDELAAR)
    actor = kern.Actor.van(lid)
    gedaan = []

    def tel(deel, actor, *, nu):
        gedaan.append(1)
        return Organisatie.objects.create(naam="gemaakt", soort="uwv")

    hernoem, sleutel = maak_handeling(tel), uuid.uuid4()

    def klik():
        return hernoem(Proefdeel.objects.get(pk=actor.organisatie_id), actor, nu=nu(), sleutel=sleutel)

    uit = samen(*[klik] * 6)
    assert len({resultaat.pk for resultaat in uit}) == 1, uit
    assert len(gedaan) == 1
    assert Organisatie.objects.filter(naam="gemaakt").count() == 1


@pytest.mark.samen
@pytest.mark.django_db(transaction=True)
def test_twee_mensen_tegelijk_een_wint_en_de_ander_leest_waarom():
    een = maak_lid(Rol.BEHANDELAAR)
    twee = maak_lid(Rol.BEHANDELAAR, een.organisatie)
    hernoem = maak_handeling()

    def druk(lid):
        return hernoem(
            Proefdeel.objects.get(pk=lid.organisatie_id), kern.Actor.van(lid), nu=nu(), sleutel=uuid.uuid4()
        )

    uit = samen(lambda: druk(een), lambda: druk(twee))
    (verloren,) = [fout for fout in uit if isinstance(fout, HandelingGeweigerd)]
    assert verloren.codes == ["status"]
    assert sorted(Regel.objects.values_list("soort", flat=True)) == ["handeling", "weigering"]
