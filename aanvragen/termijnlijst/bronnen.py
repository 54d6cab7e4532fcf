"""The kinds of things that are due: for whom, from which rows, and which day counts.

A new kind of term is a row here. Each query begins with what the actor may see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, TruncDate

from aanvragen.models import (
    Verlenging,
)
from aanvragen.regels.dwangsom import IngebrekestellingStatus
from aanvragen.regels.statussen import (
    OPEN_VASTSTELLING,
    AanvraagStatus,
    StopberichtStatus,
    VaststellingStatus,
    VerlengingStatus,
)
from aanvragen.termijnlijst.blik import Blik
from budget.models import FactuurStatus
from budget.models.facturen import TE_DOEN
from ips_subsidie.kalender.klok import AMSTERDAM
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import (
    BESLISSERS,
    GEMEENTEROLLEN,
    INSTELLINGSROLLEN,
    VOORBEREIDERS,
    Rol,
)

_WIE_BESLIST = (*VOORBEREIDERS, *BESLISSERS)
# At a gemeente a few people do it all; at UWV each has a part.
_BEOORDELEN = (Rol.UWV_BEOORDELAAR, *GEMEENTEROLLEN)
_BESLISSEN = (Rol.UWV_BESLISSER, *GEMEENTEROLLEN)


@dataclass(frozen=True)
class Bron:
    """One kind. `rijen` gives what is still open; `dag` is the last day, or with `sinds` the day since when it waits.

    `dossier` is the relation to the aanvraag, empty for the aanvraag itself; `pagina` shows what it is about, by the
    number in `nummer`.
    """

    code: str
    titel: str
    rollen: tuple[Rol, ...]
    rijen: Callable[[Blik], QuerySet[Any]]
    dag: Any
    dossier: str = ""
    kenmerk: str = ""
    sinds: bool = False
    pagina: str = "aanvragen:dossier"
    nummer: str = ""

    def van_dossier(self, veld: str) -> F:
        return F(f"{self.dossier}__{veld}" if self.dossier else veld)

    def velden(self) -> dict[str, Any]:
        """What of each row comes in the list, under the names that all kinds share."""
        return {
            "t_dag": ExpressionWrapper(F(self.dag) if isinstance(self.dag, str) else self.dag, DateField()),
            "t_kenmerk": F(self.kenmerk) if self.kenmerk else self.van_dossier("kenmerk"),
            "t_nummer": F(self.nummer) if self.nummer else self.van_dossier("pk"),
            "t_over": F("pk"),
        }


def op_dag(veld: str) -> TruncDate:
    """The day in Amsterdam of an instant."""
    return TruncDate(veld, tzinfo=AMSTERDAM)


_TE_BESLUITEN = tuple(s for s in OPEN_VASTSTELLING if s is not VaststellingStatus.VERSLAG_GEVRAAGD)
_VERSLAG_TOT = Coalesce("termijn_tot", "verslag_uiterlijk")
_GEDEELD: dict[str, Any] = {"dossier": "traject__aanvraag"}
_BEZWAAR: dict[str, Any] = {
    "dossier": "aanvraag", "kenmerk": "kenmerk", "pagina": "aanvragen:bezwaar", "nummer": "pk",
}  # fmt: skip
_VOOR_DE_DWANGSOM = Cast(F("eerste_dag") - Value(timedelta(days=1)), DateField())
# The reservering lasts until the first instant after the last day that counts.
_RESERVERING_TOT = Cast(op_dag("reservering__gereserveerd_tot") - Value(timedelta(days=1)), DateField())

BRONNEN: tuple[Bron, ...] = (
    # --- the instelling
    Bron(
        "aanvullen", "Aanvraag aanvullen", INSTELLINGSROLLEN,
        lambda blik: blik.gezien.filter(status=AanvraagStatus.ONVOLLEDIG), "hersteltermijn_tot",
    ),
    Bron(
        "verslag", "Beëindigingsverslag sturen", INSTELLINGSROLLEN,
        lambda blik: blik.vaststellingen(VaststellingStatus.VERSLAG_GEVRAAGD), _VERSLAG_TOT, **_GEDEELD,
    ),
    Bron(
        "zienswijze", "Reageren op een lager bedrag", INSTELLINGSROLLEN,
        lambda blik: blik.vaststellingen(VaststellingStatus.VOORGENOMEN_LAGER).filter(
            zienswijze_op__isnull=True, zienswijze_tot__gte=blik.dag
        ),
        "zienswijze_tot", **_GEDEELD,
    ),
    Bron(
        "einde_traject", "Traject loopt af: verlengen of stoppen", INSTELLINGSROLLEN, Blik.lopende_trajecten,
        "laatste_dag", dossier="aanvraag",
    ),
    Bron(
        "gronden", "Gronden van het bezwaar sturen", INSTELLINGSROLLEN, Blik.eigen_bezwaren, "herstel_tot", **_BEZWAAR,
    ),
    Bron(
        "voornemen", "Reageren op een intrekking", INSTELLINGSROLLEN, Blik.voornemens, "zienswijze_tot",
        dossier="aanvraag",
    ),
    Bron(
        "bezwaar_maken", "Bezwaar maken, als u dat wilt", INSTELLINGSROLLEN, Blik.nog_te_bestrijden, "bezwaar_tot",
        dossier="aanvraag",
    ),
    # --- the gemeente
    Bron(
        "toestemming", "Toestemming geven of weigeren", GEMEENTEROLLEN,
        Blik.toestemmingen, op_dag("gevraagd_op"), dossier="aanvraag", sinds=True,
    ),
    Bron(
        "reservering", "Besluit nemen voor het budget vrijvalt", GEMEENTEROLLEN,
        lambda blik: blik.eigen.filter(status=AanvraagStatus.BUDGET_GERESERVEERD), _RESERVERING_TOT,
    ),
    Bron(
        "stopbericht", "Stopbericht bevestigen", GEMEENTEROLLEN,
        lambda blik: blik.stopberichten(StopberichtStatus.VERZONDEN), op_dag("gemeld_op"),
        sinds=True, **_GEDEELD,
    ),
    # --- who decides
    Bron(
        "beoordelen", "Aanvraag beoordelen", _BEOORDELEN,
        lambda blik: blik.te_beslissen(beoordeeld=False), "beslis_uiterlijk",
    ),
    Bron(
        "beslissen", "Besluit nemen", _BESLISSEN,
        lambda blik: blik.te_beslissen(beoordeeld=True), "beslis_uiterlijk",
    ),
    Bron(
        "verlenging", "Over een verlenging beslissen", _WIE_BESLIST,
        lambda blik: Verlenging.objects.filter(
            traject__aanvraag__in=blik.eigen, status=VerlengingStatus.AANGEVRAAGD
        ),
        "beslis_uiterlijk", **_GEDEELD,
    ),
    Bron(
        "vaststellen", "Subsidie vaststellen", _WIE_BESLIST,
        lambda blik: blik.vaststellingen(*_TE_BESLUITEN).filter(traject__aanvraag__in=blik.eigen), "beslis_uiterlijk",
        **_GEDEELD,
    ),
    Bron(
        "niet_aangevuld", "Verder zonder aanvulling, of buiten behandeling laten", _WIE_BESLIST, Blik.niet_aangevuld,
        "hersteltermijn_tot", sinds=True,
    ),
    Bron(
        "bezwaar", "Op een bezwaar beslissen", _WIE_BESLIST, Blik.bezwaren, "beslis_uiterlijk", **_BEZWAAR,
    ),
    Bron(
        "dwangsom_loopt", "Beslissen voor er een dwangsom loopt", _WIE_BESLIST,
        lambda blik: blik.ingebrekestellingen(IngebrekestellingStatus.LOOPT), _VOOR_DE_DWANGSOM, dossier="aanvraag",
    ),
    Bron(
        "dwangsom", "Dwangsom vaststellen", _WIE_BESLIST,
        lambda blik: blik.ingebrekestellingen(IngebrekestellingStatus.VERBEURD).filter(
            vaststellen_uiterlijk__isnull=False
        ),
        "vaststellen_uiterlijk", dossier="aanvraag",
    ),
    Bron(
        "dwangsom_betalen", "Dwangsom betalen", (Rol.UWV_FINANCIEN, *GEMEENTEROLLEN),
        lambda blik: blik.ingebrekestellingen(IngebrekestellingStatus.VASTGESTELD).filter(betaald_op__isnull=True),
        "betaal_uiterlijk", dossier="aanvraag",
    ),
    # --- UWV
    Bron(
        "budget", "Vraag om budget beantwoorden", (Rol.UWV_BEOORDELAAR, Rol.UWV_BESLISSER),
        lambda blik: blik.gezien.budgetvragen(), op_dag("budget_gevraagd_op"), sinds=True,
    ),
    Bron(
        "stop_verwerken", "Stopbericht verwerken", (Rol.UWV_FINANCIEN,),
        lambda blik: blik.stopberichten(StopberichtStatus.BEVESTIGD), op_dag("gemeld_op"), sinds=True, **_GEDEELD,
    ),
    # --- money
    Bron(
        "factuur", "Factuur controleren of goedkeuren", (Rol.UWV_FINANCIEN, *GEMEENTEROLLEN),
        lambda blik: blik.facturen.filter(status__in=TE_DOEN), "betalen_uiterlijk",
        kenmerk="verplichting__reservering__kenmerk", pagina="budget:factuur", nummer="pk",
    ),
    Bron(
        "betalen", "Factuur betalen", (Rol.UWV_FINANCIEN, *GEMEENTEROLLEN),
        lambda blik: blik.facturen.filter(status=FactuurStatus.GOEDGEKEURD), "betalen_uiterlijk",
        kenmerk="verplichting__reservering__kenmerk", pagina="budget:factuur", nummer="pk",
    ),
)  # fmt: skip


def bronnen_van(actor: Actor) -> list[tuple[int, Bron]]:
    """The kinds that are this actor's to do, with their place in the list."""
    return [(volg, bron) for volg, bron in enumerate(BRONNEN) if actor.rol in bron.rollen]
