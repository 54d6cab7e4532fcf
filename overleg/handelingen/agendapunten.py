"""What is on the agenda: a dossier, by its kenmerk, that both sides of the table may see."""

from __future__ import annotations

from datetime import datetime

from aanvragen.models import Aanvraag
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, OrganisatieSoort, Rol
from overleg.handelingen.bijeenkomsten import nog_te_houden
from overleg.models import Agendapunt, AgendapuntStatus, Bijeenkomst, BijeenkomstStatus, Punt

_KOP = "IPS-"


def kenmerk_van(getypt: str) -> str:
    """The kenmerk as it is written, of what somebody typed: `ips 4k7q2mz` is IPS-4K7Q2MZ."""
    kaal = "".join(getypt.upper().split()).removeprefix("IPS").lstrip("-")
    return f"{_KOP}{kaal}"


@handeling(
    "agendapunt.toevoegen",
    titel="Agendapunt toevoegen",
    op=Bijeenkomst,
    van=[BijeenkomstStatus.GEPLAND],
    door=(*INSTELLINGSROLLEN, *GEMEENTEROLLEN),
    voorwaarden=[nog_te_houden],
    knop="primair",
    samen=["reeks__organisatie"],
)
def toevoegen(bijeenkomst: Bijeenkomst, actor: Actor, *, kenmerk: str, punt: str, nu: datetime) -> Agendapunt:
    """Bring in a dossier that is one's own and that the others at the table may see as well."""
    if punt not in Punt.values:
        raise HandelingGeweigerd(Reden("punt", "Kies waarover het gaat.", veld="punt"))
    aanvraag = (
        Aanvraag.objects.zichtbaar_voor(actor)
        .select_related("instelling", "deelnemer")
        .filter(kenmerk=kenmerk_van(kenmerk))
        .first()
    )
    if aanvraag is None:
        # One that isn't there and one that is another's answer alike.
        tekst = "U hebt geen dossier met dit kenmerk. Controleer het kenmerk, bijvoorbeeld IPS-4K7Q2MZ."
        raise HandelingGeweigerd(Reden("kenmerk", tekst, veld="kenmerk"))
    _eis_aan_beide_kanten(bijeenkomst, aanvraag)
    if bijeenkomst.agendapunten.filter(aanvraag=aanvraag, status=AgendapuntStatus.OPEN).exists():
        tekst = "Dit dossier staat al op de agenda van dit overleg."
        raise HandelingGeweigerd(Reden("dubbel", tekst, veld="kenmerk"))
    assert actor.organisatie is not None
    return Agendapunt.objects.create(
        bijeenkomst=bijeenkomst, aanvraag=aanvraag, organisatie=actor.organisatie, punt=punt,
        toegevoegd_op=nu, toegevoegd_door=actor.persoon,
    )  # fmt: skip


@handeling(
    "agendapunt.weghalen",
    titel="Agendapunt weghalen",
    op=Agendapunt,
    van=[AgendapuntStatus.OPEN],
    naar=AgendapuntStatus.WEGGEHAALD,
    door=(*INSTELLINGSROLLEN, *GEMEENTEROLLEN),
    voorwaarden=[lambda punt, actor, nu: nog_te_houden(punt.bijeenkomst, actor, nu)],
    samen=["bijeenkomst__reeks", "aanvraag"],
)
def weghalen(agendapunt: Agendapunt, actor: Actor, *, nu: datetime) -> Agendapunt:
    """Take it off the agenda; that it stood there is kept."""
    return agendapunt


def _eis_aan_beide_kanten(bijeenkomst: Bijeenkomst, aanvraag: Aanvraag) -> None:
    """The instelling of the dossier takes part, and so does a gemeente or verband that may see it."""
    aan_tafel = [
        deelnemer.organisatie
        for deelnemer in bijeenkomst.reeks.deelnemers.filter(vertrokken_op__isnull=True).select_related(
            "organisatie"
        )
    ]
    if aanvraag.instelling.organisatie_id not in {een.pk for een in aan_tafel}:
        tekst = "De ggz-instelling van dit dossier doet niet mee aan dit overleg."
    elif not any(_ziet(een, aanvraag) for een in aan_tafel if een.soort != OrganisatieSoort.INSTELLING):
        tekst = "Geen gemeente aan dit overleg mag dit dossier zien. Bespreek het met de eigen gemeente."
    else:
        return
    raise HandelingGeweigerd(Reden("niet_aan_tafel", tekst, veld="kenmerk"))


def _ziet(organisatie: Organisatie, aanvraag: Aanvraag) -> bool:
    gemeente = Actor(None, organisatie, Rol.GEMEENTEMEDEWERKER)
    return Aanvraag.objects.zichtbaar_voor(gemeente).filter(pk=aanvraag.pk).exists()
