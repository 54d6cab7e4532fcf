"""Every night: what the calendar or a besluit made of each ingebrekestelling that is open, and who must act on it.

Nothing depends on it: pages and acts derive the same from the facts. Run as often as you like.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from aanvragen.handelingen.ingebrekestelling import afrekenen, afsluiten, verbeuren
from aanvragen.herinneren.samen import doe_elk
from aanvragen.models import Ingebrekestelling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd
from ips_subsidie.toegang.actor import Actor


def werk_bij(nu: datetime) -> int:
    """Carry out, on each open ingebrekestelling, what its day or its besluit brings about; the number of acts done."""
    open_ = Ingebrekestelling.objects.open().select_related("aanvraag__instelling").met_besluitdag()
    return doe_elk(partial(_werk_bij, deel, nu) for deel in open_)


def _werk_bij(deel: Ingebrekestelling, nu: datetime) -> int:
    systeem, gedaan = Actor.systeem(), 0
    for handeling in (verbeuren, afsluiten, afrekenen):
        if handeling.bezwaren(deel, systeem) or handeling.redenen(deel, systeem, nu):
            continue
        try:
            handeling(deel, systeem, nu=nu)
        except HandelingGeweigerd:
            continue  # somebody was there first, or holds the dossier: tomorrow again
        gedaan += 1
    return gedaan
