"""Django's sessions in a table of our own (settings.SESSION_ENGINE): whose, since when, last used, and ended or not.

A session ends on the server: fifteen minutes after it was last used, twelve hours after logging in, or at once when
somebody or something ends it. Its times follow the machine's clock, not the one that a demo or a test may move: it is
about how long a screen stood unattended.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.utils import timezone

BEGONNEN, GEZIEN, ADRES, TOESTEL = "sessie_begonnen", "sessie_gezien", "sessie_adres", "sessie_toestel"


def hash_van(sleutel: str) -> str:
    """What is kept of the key in the cookie. The key is random: a plain hash can't be guessed back."""
    return hashlib.sha256(sleutel.encode()).hexdigest()


def verloopt_op(begonnen: datetime, gezien: datetime) -> datetime:
    """The instant from which a session that is used no more lets nobody in."""
    return min(
        gezien + timedelta(seconds=settings.SESSIE_STIL),
        begonnen + timedelta(seconds=settings.SESSIE_HOOGSTENS),
    )


class SessionStore(SessionBase):
    """A session as Django uses it, kept in `Sessie`. Raises UpdateError when it was ended while in use."""

    @cached_property
    def model(self) -> Any:
        from ips_subsidie.toegang.inlogmodellen import Sessie

        return Sessie

    def load(self) -> dict[str, Any]:
        levend = self.model.objects.levend(timezone.now()).filter(sleutel=hash_van(self._session_key or ""))
        gegevens = levend.values_list("gegevens", flat=True).first()
        if gegevens is None:
            self._session_key = None
            return {}
        return self.decode(gegevens)

    def exists(self, session_key: str) -> bool:
        """Also one that has ended: its key isn't given out again."""
        return bool(self.model.objects.filter(sleutel=hash_van(session_key)).exists())

    def create(self) -> None:
        # 256 random bits are never given out twice; the database would refuse it.
        self._session_key = secrets.token_urlsafe(32)
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        # A new one has nothing to load; what was put in it stands in the cache.
        velden = self._velden(getattr(self, "_session_cache", {}) if must_create else dict(self.items()))
        sleutel = hash_van(self.session_key)
        if must_create:
            self.model.objects.create(sleutel=sleutel, **velden)
        # One that was ended in the meantime stays ended, and the browser is told so.
        elif not self.model.objects.filter(sleutel=sleutel, beeindigd_op__isnull=True).update(**velden):
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        """Nobody's session goes; of somebody's it stays known for a day that it ended (toegang.bewaren)."""
        sleutel = session_key or self.session_key
        if sleutel is None:
            return
        rij = self.model.objects.filter(sleutel=hash_van(sleutel))
        rij.filter(gebruiker__isnull=True).delete()
        rij.filter(beeindigd_op__isnull=True).update(
            beeindigd_op=timezone.now(), einde="uitgelogd", gegevens=""
        )

    @classmethod
    def clear_expired(cls) -> None:
        """For Django's own command `clearsessions`; the worker does it every hour (toegang.tasks)."""
        from ips_subsidie.toegang.sessies import ruim_op

        ruim_op(timezone.now())

    def _velden(self, gegevens: dict[str, Any]) -> dict[str, Any]:
        """The columns that follow from the content of the session."""
        nu = timezone.now()
        begonnen, gezien = _moment(gegevens.get(BEGONNEN), nu), _moment(gegevens.get(GEZIEN), nu)
        return {
            "gegevens": self.encode(gegevens),
            "gebruiker_id": gegevens.get(SESSION_KEY),
            "begonnen_op": begonnen,
            "gezien_op": gezien,
            "verloopt_op": verloopt_op(begonnen, gezien),
            "adres": gegevens.get(ADRES, ""),
            "toestel": gegevens.get(TOESTEL, ""),
        }


def _moment(seconden: float | None, anders: datetime) -> datetime:
    return anders if seconden is None else datetime.fromtimestamp(seconden, UTC)
