"""Why somebody didn't come in through a login service: a code for the logboek, a page for the person."""

from __future__ import annotations

from enum import StrEnum


class Reden(StrEnum):
    """What the person is told; several causes share one, so that the page tells nothing about accounts."""

    ONBEREIKBAAR = "onbereikbaar"
    AFGEBROKEN = "afgebroken"
    VERLOPEN = "verlopen"
    ONGELDIG = "ongeldig"
    TE_LICHT = "te_licht"
    TE_LANG_GELEDEN = "te_lang_geleden"
    GEEN_ACCOUNT = "geen_account"


class InlogGeweigerd(Exception):
    """`detail` is a code for the logboek; it never holds what a service or a person sent."""

    def __init__(self, reden: Reden, detail: str) -> None:
        super().__init__(f"{reden}: {detail}")
        self.reden, self.detail = reden, detail
