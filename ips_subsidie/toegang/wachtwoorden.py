"""Django's checks on a new password, with messages that say what to do."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ImproperlyConfigured, ValidationError

# What people put around a word to make it long enough.
_OPVULLING = re.compile(r"[\W\d_]")
_KORTSTE_WOORD = 3
_SHA1_TEKENS = 40


class NietOverUzelf(password_validation.UserAttributeSimilarityValidator):
    DEFAULT_USER_ATTRIBUTES = ("naam", "email")

    def __init__(self, **opties: Any) -> None:
        opties.setdefault("user_attributes", self.DEFAULT_USER_ATTRIBUTES)
        super().__init__(**opties)

    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op uw naam of e-mailadres. Kies een ander wachtwoord."

    def get_help_text(self) -> str:
        return "Uw wachtwoord lijkt niet op uw naam of e-mailadres."


class LangGenoeg(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort. Gebruik minstens {self.min_length} tekens."

    def get_help_text(self) -> str:
        return f"Uw wachtwoord heeft minstens {self.min_length} tekens."


class NietGewoon(password_validation.CommonPasswordValidator):
    """Not one of the 20.000 best known ones, nor one of those made longer with digits, signs or itself.

    Of that list 190 have twelve characters or more; what people do with the others is what this stops. The words that
    belong to this portal are known to everybody who works with it.
    """

    EIGEN_WOORDEN = frozenset(
        ("ips", "subsidie", "ipssubsidie", "subsidieportaal", "ipssubsidieportaal", "portaal", "uwv", "gemeente",
         "instelling", "welkom", "wachtwoord", "geheim", "inloggen", "toegang", "zorg", "ggz")
    )  # fmt: skip

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        if self._is_opgevuld(password.lower().strip()):
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def _is_opgevuld(self, wachtwoord: str) -> bool:
        kern = _OPVULLING.sub("", wachtwoord)
        if not kern:
            return True  # a row of digits and signs is long enough only to look at
        delen = {kern} | {
            kern[:lengte]
            for lengte in range(_KORTSTE_WOORD, len(kern) // 2 + 1)
            if len(kern) % lengte == 0 and kern[:lengte] * (len(kern) // lengte) == kern
        }
        return any(deel in self.EIGEN_WOORDEN or deel in self.passwords for deel in delen)

    def get_error_message(self) -> str:
        return "Dit wachtwoord is makkelijk te raden: veel mensen gebruiken het. Kies een ander wachtwoord."

    def get_help_text(self) -> str:
        return "Uw wachtwoord is niet makkelijk te raden."


class NietGelekt:
    """Not in the list of leaked passwords of the operator: a file with SHA-1 hashes in order, one a line (HASH:count).

    That is how Have I Been Pwned hands them out. It is looked up in here, so no password or part of one goes anywhere.
    Without a file (`lijst` is empty) this checks nothing.
    """

    def __init__(self, lijst: str = "") -> None:
        self.lijst = Path(lijst) if lijst else None
        if self.lijst and not self.lijst.is_file():
            raise ImproperlyConfigured("GELEKTE_WACHTWOORDEN wijst geen bestand aan.")

    def validate(self, password: str, user: Any = None) -> None:
        if self.lijst and self._staat_erin(self.lijst, password):
            raise ValidationError(
                "Dit wachtwoord is ooit ergens gelekt en staat op lijsten van inbrekers. Kies een ander wachtwoord.",
                code="password_leaked",
            )

    def get_help_text(self) -> str:
        return "Uw wachtwoord is nooit ergens gelekt."

    @staticmethod
    def _staat_erin(lijst: Path, wachtwoord: str) -> bool:
        """Halve the file until one line is left: thirty looks in a list of a thousand million."""
        gezocht = hashlib.sha1(wachtwoord.encode(), usedforsecurity=False).hexdigest().upper().encode()
        with lijst.open("rb") as bestand:
            laag, hoog = 0, bestand.seek(0, 2)
            while laag < hoog:
                midden = (laag + hoog) // 2
                bestand.seek(max(midden - 1, 0))
                if midden:
                    bestand.readline()  # to the beginning of the next line
                regel = bestand.readline()
                gelezen = regel[:_SHA1_TEKENS].upper()
                if gelezen == gezocht:
                    return True
                if regel and gelezen < gezocht:
                    laag = bestand.tell()
                else:
                    hoog = midden
        return False
