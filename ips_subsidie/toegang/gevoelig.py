"""Which pages ask again who is there (ASVS 7.5.1, 7.5.3): deciding, money, rights, exports, breaking the glass.

An act says it of itself (`@handeling(..., gevoelig=True)`), any other view by the decorator `poort.gevoelig`; for the
pages that Django's admin makes by itself it is said here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

# By the name of the address; the registry of acts adds the pages of its own (handelingen.kern).
GEVOELIGE_PAGINAS: set[str] = set()

# What changes who may do what, or the parameters by which money is given; and seeing whom a dossier is about.
_BEHEER = re.compile(
    r"(toegang_\w+|mfa_authenticator|budget_regeling|budget_regelingversie|gemeenten_mandaat)"
    r"_(add|change|delete|changelist)"
    r"|aanvragen_\w+_inzage"
)


def is_gevoelig(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Whether this request needs a recent proof. A list in the admin may be read; its actions are a POST."""
    plek = request.resolver_match
    if plek is None:
        return False
    if getattr(view, "gevoelig", False) or plek.view_name in GEVOELIGE_PAGINAS:
        return True
    if plek.app_name != "admin":
        return False
    gevonden = _BEHEER.fullmatch(plek.url_name or "")
    return gevonden is not None and (gevonden[2] != "changelist" or request.method == "POST")
