"""A plain INSERT leaves the same behind as bulk_create, also for doubles and for a key of the object's own."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ips_subsidie.berichten.models import Bericht
from ips_subsidie.logboek.models import Regel, Soort
from ips_subsidie.opslag.toevoegen import voeg_toe
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.rollen import OrganisatieSoort
from tests.fabriek import NU, maak_organisatie

pytestmark = pytest.mark.django_db


def _bericht(organisatie: Organisatie, rol: str = "uwv_beslisser", titel: str = "Kijk hier") -> Bericht:
    return Bericht(
        organisatie=organisatie, rol=rol, soort="proef", onderwerp_id="1", termijn=date(2019, 6, 3), titel=titel,
        pad="/", gemaakt_op=NU,
    )  # fmt: skip


def test_alle_kolommen_komen_terug():
    dossier = uuid.uuid4()
    voeg_toe([
        Regel(op=NU, soort=Soort.HANDELING, handeling="proef", rol="systeem", onderwerp="x", dossier_id=dossier,
              begonnen_op=NU, gegevens={"van": "a'b", "naar": ["%s", None]})
    ])  # fmt: skip
    regel = Regel.objects.get(dossier_id=dossier)
    assert (regel.op, regel.soort, regel.gebruiker_id) == (NU, "handeling", None)
    assert regel.gegevens == {"van": "a'b", "naar": ["%s", None]}


def test_niets_is_ook_goed():
    voeg_toe([])


def test_een_dubbele_blijft_weg_of_is_een_fout():
    uwv = maak_organisatie(OrganisatieSoort.UWV)
    voeg_toe([_bericht(uwv), _bericht(uwv, "uwv_financien")])
    voeg_toe([_bericht(uwv, titel="Anders"), _bericht(uwv, "uwv_beoordelaar")], sla_dubbele_over=True)
    assert sorted(Bericht.objects.values_list("rol", "titel")) == [
        ("uwv_beoordelaar", "Kijk hier"), ("uwv_beslisser", "Kijk hier"), ("uwv_financien", "Kijk hier"),
    ]  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        voeg_toe([_bericht(uwv)])


def test_een_eigen_sleutel_gaat_mee_en_de_rij_is_bewaard():
    organisatie = Organisatie(soort=OrganisatieSoort.UWV, naam="UWV")
    voeg_toe([organisatie])
    assert Organisatie.objects.get(pk=organisatie.pk).naam == "UWV"
    organisatie.naam = "Anders"
    organisatie.save()
    assert Organisatie.objects.get(pk=organisatie.pk).naam == "Anders"
