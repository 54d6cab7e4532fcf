"""A field that is kept encrypted in the database, and a keyed index to find it by.

settings.VELD_SLEUTELS = {"b": base64, "a": base64}: the first one writes, all of them read; 32 random bytes
each, the name is one ASCII character. settings.VELD_INDEX_SLEUTEL = base64: a key of its own, so that the
index outlives a rotation of the others.

Stored: 0x01, key name (one byte), nonce (12), AES-256-GCM of the text. The value is bound to its table and
column: one that was moved to another column, altered, or put there in plain is refused loudly. Renaming the
table or the column therefore needs a data migration. Nothing is kept on the field, so threads share
nothing.
"""

import base64
import binascii
import hashlib
import hmac
import os
from typing import Any, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core import checks
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

VERSIE = b"\x01"
NONCE_LENGTE = 12
KOP_LENGTE = 2 + NONCE_LENGTE
SLEUTEL_LENGTE = 32


class OntcijferFout(ValueError):
    """A stored value could not be read: altered, moved, not encrypted, or its key is gone.

    Never holds the value.
    """


def _sleutel(tekst: str) -> bytes:
    try:
        rauw = base64.b64decode(tekst, validate=True)
    except (binascii.Error, ValueError) as fout:
        raise ImproperlyConfigured("Een veldsleutel is geen geldige base64.") from fout
    if len(rauw) != SLEUTEL_LENGTE:
        raise ImproperlyConfigured("Een veldsleutel moet 32 bytes zijn.")
    return rauw


def _schrijfsleutel() -> tuple[bytes, bytes]:
    for naam, tekst in settings.VELD_SLEUTELS.items():
        if len(naam) != 1 or not naam.isascii():
            raise ImproperlyConfigured("De naam van een veldsleutel is één ASCII-teken.")
        return naam.encode("ascii"), _sleutel(tekst)
    raise ImproperlyConfigured("VELD_SLEUTELS is leeg.")


def schrijfsleutel_naam() -> bytes:
    """The name of the key under which is written now; one byte."""
    return _schrijfsleutel()[0]


def versleutel(tekst: str, gebonden_aan: bytes) -> bytes:
    naam, sleutel = _schrijfsleutel()
    nonce = os.urandom(NONCE_LENGTE)
    return VERSIE + naam + nonce + AESGCM(sleutel).encrypt(nonce, tekst.encode(), gebonden_aan)


def ontcijfer(rauw: bytes, gebonden_aan: bytes) -> str:
    waar = gebonden_aan.decode()
    if rauw[:1] != VERSIE or len(rauw) <= KOP_LENGTE:
        raise OntcijferFout(f"{waar}: dit is geen versleutelde waarde.")
    sleutel = settings.VELD_SLEUTELS.get(rauw[1:2].decode("latin-1"))
    if sleutel is None:
        raise OntcijferFout(f"{waar}: de sleutel van deze waarde is er niet.")
    try:
        return AESGCM(_sleutel(sleutel)).decrypt(rauw[2:KOP_LENGTE], rauw[KOP_LENGTE:], gebonden_aan).decode()
    except InvalidTag:
        raise OntcijferFout(f"{waar}: de waarde is veranderd of hoort hier niet.") from None


class VersleuteldTekstVeld(models.TextField):
    """Text that is encrypted in the database.

    It cannot be searched or sorted: use a `BlindeIndexVeld` beside it.
    """

    description = "Versleutelde tekst"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "bytea"

    def get_internal_type(self) -> str:
        return "BinaryField"

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        fouten = list(super().check(**kwargs))
        if getattr(self, "db_index", False) or self.unique:
            fouten.append(
                checks.Error("Een versleuteld veld kan geen index dragen.", obj=self, id="opslag.E001")
            )
        return fouten

    def _gebonden_aan(self) -> bytes:
        return f"{self.model._meta.db_table}.{self.column}".encode()

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is None:
            return None
        return versleutel(str(value), self._gebonden_aan())

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> str | None:
        return None if value is None else ontcijfer(bytes(value), self._gebonden_aan())

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            self._weiger_zoeken()
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> NoReturn:
        self._weiger_zoeken()

    def value_to_string(self, obj: models.Model) -> str:
        """`dumpdata` and other serializers would write the text in plain."""
        raise FieldError(f"{self.name} is versleuteld en gaat niet in een uitvoer.")

    def _weiger_zoeken(self) -> NoReturn:
        raise FieldError(f"{self.name} is versleuteld: zoek op het indexveld ernaast.")


def blinde_index(purpose: str, value: str) -> bytes:
    """The keyed hash to look a value up by. Normalise the value first: equal text gives an equal index."""
    sleutel = _sleutel(settings.VELD_INDEX_SLEUTEL)
    return hmac.new(sleutel, purpose.encode() + b"\0" + value.encode(), hashlib.sha256).digest()


class BlindeIndexVeld(models.BinaryField):
    """Filled from another field on save: `filter(bsn_index=blinde_index("bsn", "999990019"))`.

    `QuerySet.update()` and `bulk_update()` pass by `pre_save`: do not change the source field with those.
    """

    description = "Blinde index"

    def __init__(self, *args: Any, of: str = "", purpose: str = "", **kwargs: Any) -> None:
        self.of, self.purpose = of, purpose
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        naam, pad, args, kwargs = super().deconstruct()
        return naam, pad, args, {**kwargs, "of": self.of, "purpose": self.purpose}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            models.signals.pre_save.connect(self._weiger_half_opslaan, sender=cls)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        waarde = getattr(model_instance, self.of)
        setattr(model_instance, self.attname, blinde_index(self.purpose, waarde) if waarde else None)
        return super().pre_save(model_instance, add)

    def _weiger_half_opslaan(self, *, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
        """Saving the source without its index would leave an index that finds the wrong row."""
        if update_fields and self.of in update_fields and self.name not in update_fields:
            raise FieldError(f"Sla {self.of} op samen met {self.name}.")
