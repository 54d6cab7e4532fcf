"""Two people at once, over real PostgreSQL: one wins, the other reads why, and nothing is counted twice."""

import dataclasses
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection

from aanvragen.handelingen import beslissen, indienen, toestemming
from aanvragen.models import Aanvraag, Besluit, Brief, Toestemming, Traject
from budget.models import Reservering
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.logboek.models import Regel
from ips_subsidie.toegang.rollen import Rol
from tests.fabriek import (
    NIJMEGEN,
    NU,
    beoordeeld,
    doe,
    geef_toestemming,
    klaar_om_in_te_dienen,
    maak_actor,
    maak_wereld,
    sluit_plaatsen_aan,
    verleen_plaatsen,
    vers,
    wacht_op_toestemming,
)

pytestmark = [pytest.mark.samen, pytest.mark.django_db(transaction=True)]
RONDEN = 20


def tegelijk(*taken: Callable[[], Any]) -> list[Any]:
    """Run each in a thread with a connection of its own, all let go at once; gives results or what they raised."""
    los, uit = threading.Barrier(len(taken)), [None] * len(taken)

    def draai(plek: int, taak: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            los.wait(timeout=20)
            uit[plek] = taak()
        except Exception as fout:  # the test looks at it
            uit[plek] = fout
        finally:
            connection.close()

    draden = [threading.Thread(target=draai, args=paar) for paar in enumerate(taken)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(timeout=60)
    assert not any(draad.is_alive() for draad in draden), "een handeling wacht nog steeds"
    assert not [u for u in uit if isinstance(u, OperationalError)], uit
    return uit


def gelukt(uit: list[Any]) -> list[Any]:
    return [u for u in uit if not isinstance(u, Exception)]


def codes(uit: list[Any]) -> list[str]:
    fouten = [u for u in uit if isinstance(u, Exception)]
    assert all(isinstance(u, HandelingGeweigerd) for u in fouten), uit
    return sorted(code for fout in fouten for code in fout.codes)


def kent_toe(aanvraag: Aanvraag, beslisser: Any) -> Callable[[], Besluit]:
    """As a request would: the dossier read anew, a key of its own."""
    return lambda: doe(
        beslissen.toekennen,
        vers(aanvraag),
        beslisser,
        NU + timedelta(hours=1),
        motivering="Goed.",
        sleutel=uuid.uuid4(),
    )


def twee_beslissers(wereld: Any) -> tuple[Any, Any]:
    return wereld.beslisser, maak_actor(Rol.UWV_BESLISSER, wereld.uwv)


@pytest.mark.parametrize(
    ("schaars", "route", "grond"),
    [
        pytest.param({"plafond_trajecten": 3}, "uwv", "plafond", id="T25 laatste plaats van de regeling"),
        pytest.param(
            {"cap_per_gemeente": 3}, "gemeente", "cap_gemeente", id="T25 laatste plaats van de gemeente"
        ),
        pytest.param(
            {"sub_plafond": {"gemeente": 3}}, "gemeente", "sub_plafond", id="T25 laatste plaats van de route"
        ),
    ],
)
def test_de_laatste_plaats(schaars, route, grond):
    wereld = maak_wereld(**schaars)
    verleen_plaatsen(wereld, 2, route=route)
    een, twee = beoordeeld(wereld, route=route), beoordeeld(wereld, NU + timedelta(minutes=1), route=route)
    b1, b2 = twee_beslissers(wereld)
    uit = tegelijk(kent_toe(een, b1), kent_toe(twee, b2))
    # The better-ranked one wins, whoever was first; the other was told either that, or that it is full.
    assert [u.aanvraag_id for u in gelukt(uit)] == [een.pk]
    assert codes(uit) in ([grond], ["voorrang"])
    assert Reservering.objects.filter(status="verleend").count() == wereld.pot().verleend_trajecten == 3
    assert Besluit.objects.count() == Traject.objects.count() == 1
    regels = Regel.objects.filter(handeling="aanvraag.toekennen").order_by("soort")
    assert [(r.soort, r.dossier_id, r.gebruiker_id) for r in regels] == [
        ("handeling", een.pk, b1.gebruiker_id),
        ("weigering", twee.pk, b2.gebruiker_id),
    ]


def test_t37_dubbel_ingediend_met_dezelfde_sleutel():
    wereld = maak_wereld()
    aanvraag, sleutel = klaar_om_in_te_dienen(wereld), uuid.uuid4()

    def klik(seconde: int) -> Callable[[], Aanvraag]:
        moment = NU + timedelta(seconds=seconde)
        return lambda: doe(indienen.indienen, vers(aanvraag), wereld.behandelaar, moment, sleutel=sleutel)

    uit = tegelijk(*(klik(i) for i in range(4)))
    assert {u.pk for u in gelukt(uit)} == {aanvraag.pk}
    assert len(gelukt(uit)) == 4
    assert Aanvraag.objects.count() == Reservering.objects.count() == 1
    assert Brief.objects.filter(sjabloon="aanvraag_kopie").count() == 1
    assert Regel.objects.filter(handeling="aanvraag.indienen").count() == 1


def test_t37_dubbel_ingediend_in_twee_vensters():
    """Two keys: the second is refused, with the status as the reason, and changes nothing."""
    wereld = maak_wereld()
    aanvraag = klaar_om_in_te_dienen(wereld)
    collega = maak_actor(Rol.BEHANDELAAR, wereld.instelling.organisatie)
    uit = tegelijk(
        *(
            lambda wie=wie: doe(indienen.indienen, vers(aanvraag), wie, sleutel=uuid.uuid4())
            for wie in (wereld.behandelaar, collega)
        )
    )
    assert len(gelukt(uit)) == 1
    assert "status" in codes(uit)
    assert Reservering.objects.count() == 1


def test_twee_beslissers_op_een_aanvraag():
    wereld = maak_wereld()
    aanvraag = beoordeeld(wereld)
    b1, b2 = twee_beslissers(wereld)
    uit = tegelijk(
        kent_toe(aanvraag, b1),
        lambda: doe(
            beslissen.afwijzen,
            vers(aanvraag),
            b2,
            NU + timedelta(hours=1),
            gronden=["algemeen"],
            motivering="Nee.",
        ),
    )
    (besluit,) = gelukt(uit)
    assert "status" in codes(uit)
    assert Besluit.objects.get() == besluit
    aanvraag = vers(aanvraag)
    assert aanvraag.status == {"verlening": "toegekend", "afwijzing": "afgewezen"}[besluit.soort]
    assert wereld.pot().verleend_trajecten == (besluit.soort == "verlening")


def test_intrekken_van_de_toestemming_terwijl_uwv_toekent():
    """Either the grant was first and the withdrawal is refused, or the other way round; never both."""
    wereld = maak_wereld(cap_per_gemeente=10)
    gemeente = wereld.van_gemeente()
    gewonnen = set()
    for ronde in range(6):
        aanvraag = beoordeeld(wereld, NU + timedelta(minutes=ronde))
        taken = [
            kent_toe(aanvraag, wereld.beslisser),
            lambda aanvraag=aanvraag: doe(
                toestemming.intrekken, vers(aanvraag), gemeente, motivering="Toch niet."
            ),
        ]
        uit = tegelijk(*(taken if ronde % 2 else reversed(taken)))
        (winnaar,) = gelukt(uit)
        aanvraag, gegeven = vers(aanvraag), Toestemming.objects.get(aanvraag=aanvraag)
        if isinstance(winnaar, Besluit):
            assert (aanvraag.status, gegeven.status) == ("toegekend", "ingelost")
            assert "status" in codes(uit)
        else:
            assert (aanvraag.status, gegeven.status) == ("in_behandeling", "ingetrokken")
            assert codes(uit) == ["geen_toestemming"]
        gewonnen.add(type(winnaar).__name__)
        wijs_de_rest_af(wereld, aanvraag)
    assert Reservering.objects.filter(status="verleend").count() == wereld.pot().verleend_trajecten


def test_twee_toestemmingen_van_een_gemeente_krijgen_elk_een_nummer():
    wereld = maak_wereld()
    gemeente = wereld.van_gemeente()
    wachtend = [wacht_op_toestemming(wereld) for _ in range(4)]
    uit = tegelijk(*(lambda a=a: geef_toestemming(wereld, vers(a), door=gemeente) for a in wachtend))
    assert len(gelukt(uit)) == 4, uit
    assert sorted(Toestemming.objects.values_list("volgnummer", flat=True)) == [1, 2, 3, 4]


def wijs_de_rest_af(wereld: Any, aanvraag: Aanvraag) -> None:
    """So that no better-ranked one waits in the next round."""
    if aanvraag.status == "in_behandeling":
        doe(beslissen.afwijzen, aanvraag, wereld.beslisser, gronden=["algemeen"], motivering="Ingetrokken.")


def test_geen_deadlock_in_twintig_ronden():
    """Granting, withdrawing and joining at once, over the pots of two gemeenten and two routes."""
    from django.db import transaction

    from budget.handelingen import plaatsen
    from budget.regels.regeling import Vrijval

    wereld = maak_wereld(plafond_trajecten=40, cap_per_gemeente=20)
    plekken = (("0268", "gemeente"), ("0202", "gemeente"), ("0268", "uwv"), ("0202", "uwv"))

    @transaction.atomic
    def neem(reservering: Reservering) -> str:
        Reservering.objects.select_for_update(of=("self",)).get(pk=reservering.pk)
        plaatsen.neem_plaats(reservering, NU)
        return "genomen"

    @transaction.atomic
    def geef_vrij(reservering: Reservering) -> str:
        plaatsen.geef_vrij(reservering, Vrijval.INGETROKKEN_VOOR_START, NU)
        return "vrij"

    verleend: list[Reservering] = []
    for ronde in range(RONDEN):
        rijen = [sluit_plaatsen_aan(wereld, 1, gemeenten=[g], route=r)[0] for g, r in plekken]
        taken: list[Callable[[], Any]] = [lambda rij=rij: neem(rij) for rij in rijen]
        taken += [lambda rij=rij: geef_vrij(rij) for rij in verleend[:2]]
        taken.append(lambda ronde=ronde: sluit_plaatsen_aan(wereld, 1, gemeenten=[plekken[ronde % 4][0]]))
        uit = tegelijk(*taken)
        assert not [u for u in uit if isinstance(u, Exception) and not isinstance(u, HandelingGeweigerd)], uit
        verleend = list(Reservering.objects.filter(status="verleend"))
        assert len(verleend) == wereld.pot().verleend_trajecten
    assert wereld.pot("gemeente", gemeente=NIJMEGEN).verleend_trajecten == sum(
        1 for r in verleend if r.gemeente.code == NIJMEGEN and r.route == "gemeente"
    )


def test_een_thread_van_de_server_bereikt_de_broker():
    """Celery's current app is of one thread; in any other it must be ours too, not a bare one."""
    from ips_subsidie.berichten.tasks import bezorg

    (uit,) = tegelijk(lambda: (bezorg.app.main, bezorg.apply_async(retry=False)))
    assert not isinstance(uit, Exception), repr(uit)
    assert uit[0] == "ips_subsidie"


def test_rang_volgt_de_volgorde_van_binnenkomst():
    """Many at once get different numbers, and the order of the queue is the order of those numbers."""
    wereld = maak_wereld()
    ander = dataclasses.replace(wereld)
    uit = tegelijk(*(lambda: sluit_plaatsen_aan(ander, 3, route="uwv") for _ in range(5)))
    assert len(gelukt(uit)) == 5, uit
    nummers = list(Reservering.objects.in_volgorde().values_list("volgnr", flat=True))
    assert nummers == sorted(set(nummers))
    assert len(nummers) == 15
