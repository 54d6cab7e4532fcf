"""The actor: a person, for one organisatie, in one role. Every act and every query begins with one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, UWV_ROLLEN, Rol

if TYPE_CHECKING:
    from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap, Organisatie


@dataclass(frozen=True)
class Actor:
    """Who acts, namens wie, in which role. `gebruiker` and `organisatie` are None only for the system.

    `functie` (a Functie, or empty) says which work at a gemeente or verband is this person's.
    """

    gebruiker: Gebruiker | None
    organisatie: Organisatie | None
    rol: Rol
    lidmaatschap_id: int | None = None
    functie: str = ""

    @classmethod
    def van(cls, lidmaatschap: Lidmaatschap) -> Actor:
        return cls(
            lidmaatschap.gebruiker,
            lidmaatschap.organisatie,
            Rol(lidmaatschap.rol),
            lidmaatschap.pk,
            lidmaatschap.functie,
        )

    @classmethod
    def systeem(cls) -> Actor:
        """The program itself, for what a date brings about."""
        return cls(None, None, Rol.SYSTEEM)

    @property
    def gebruiker_id(self) -> UUID | None:
        return self.gebruiker.pk if self.gebruiker else None

    @property
    def organisatie_id(self) -> UUID | None:
        return self.organisatie.pk if self.organisatie else None

    @property
    def persoon(self) -> Gebruiker:
        """The person, for what only a person does. Raises PermissionError for the system."""
        if self.gebruiker is None:
            raise PermissionError("dit doet een mens, niet het systeem")
        return self.gebruiker

    @property
    def is_instelling(self) -> bool:
        return self.rol in INSTELLINGSROLLEN

    @property
    def is_gemeente(self) -> bool:
        return self.rol in GEMEENTEROLLEN

    @property
    def is_uwv(self) -> bool:
        return self.rol in UWV_ROLLEN

    def __str__(self) -> str:
        namens = self.organisatie or "IPS-subsidieportaal"
        return f"{self.gebruiker or 'systeem'} ({self.rol.label}, {namens})"
