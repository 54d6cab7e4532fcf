"""Who hears what about the money. Titles name no person; a message leads to the page where it can be done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from budget.models import Betaalverplichting, Debiteur
from gemeenten.models import handelende_organisatie
from ips_subsidie.berichten.uitbak import plaats
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, OrganisatieSoort, Rol

_FACTUREN = "budget:facturen"


def meld_crediteur(
    verplichting: Betaalverplichting, soort: str, titel: str, over: Any, nu: datetime, pagina: str = _FACTUREN
) -> None:
    """Tell the instelling."""
    _meld([verplichting.crediteur_id], INSTELLINGSROLLEN, soort, _over(titel, verplichting), over, nu, pagina)


def meld_debiteur(verplichting: Betaalverplichting, soort: str, titel: str, over: Any, nu: datetime) -> None:
    """Tell who pays: the finance people of UWV, or who acts for the gemeente on this day."""
    if verplichting.debiteur == Debiteur.UWV:
        meld_uwv(soort, _over(titel, verplichting), over, nu, _FACTUREN)
        return
    wie = handelende_organisatie(verplichting.gemeente, datum_van(nu))
    _meld([wie.pk], GEMEENTEROLLEN, soort, _over(titel, verplichting), over, nu, _FACTUREN)


def meld_uwv(soort: str, titel: str, over: Any, nu: datetime, pagina: str) -> None:
    """Tell the finance people of UWV."""
    uwv = Organisatie.objects.filter(soort=OrganisatieSoort.UWV).values_list("pk", flat=True)
    _meld(uwv, [Rol.UWV_FINANCIEN], soort, titel, over, nu, pagina)


def meld_organisatie(
    organisatie_id: UUID, rollen: Iterable[Rol], soort: str, titel: str, over: Any, nu: datetime, pagina: str
) -> None:
    """Tell these roles of one organisatie."""
    _meld([organisatie_id], rollen, soort, titel, over, nu, pagina)


def _over(titel: str, verplichting: Betaalverplichting) -> str:
    return f"{titel} ({verplichting.reservering.kenmerk})"


def _meld(
    organisaties: Iterable[UUID],
    rollen: Iterable[Rol],
    soort: str,
    titel: str,
    over: Any,
    nu: datetime,
    pagina: str,
) -> None:
    plaats(
        organisaties, rollen, soort=soort, titel=titel, pad=reverse(pagina), onderwerp_id=str(over.pk), nu=nu
    )
