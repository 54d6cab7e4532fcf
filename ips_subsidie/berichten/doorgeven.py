"""What was first for the colleague who works on a dossier, and is not read, goes to the others with that role."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from ips_subsidie.berichten.models import Bericht
from ips_subsidie.kalender import feestdagen
from ips_subsidie.kalender.klok import begin_van_dag, datum_van
from ips_subsidie.kalender.rekenen import is_werkdag
from ips_subsidie.toegang.models import Lidmaatschap

NA_WERKDAGEN = 2


def geef_door(nu: datetime) -> int:
    """Give to the colleagues what one person left unread for NA_WERKDAGEN, or can't read any more; returns how many.

    It becomes visible for them, and a mail goes to each who had none.
    """
    dag = datum_van(nu)
    lid = Lidmaatschap.objects.geldig_op(dag).filter(
        gebruiker=OuterRef("gebruiker"), organisatie=OuterRef("organisatie"), rol=OuterRef("rol")
    )
    gebleven = Bericht.objects.ongelezen().filter(gebruiker__isnull=False, doorgegeven_op__isnull=True)
    lang = Q(gemaakt_op__lt=begin_van_dag(_werkdagen_terug(dag) + timedelta(days=1)))
    return gebleven.filter(lang | ~Exists(lid)).update(doorgegeven_op=nu, uitgezet_op=None)


def _werkdagen_terug(dag: date) -> date:
    """The day of which NA_WERKDAGEN whole working days have passed before `dag` begins."""
    vrij, geteld = feestdagen.alle(), 0
    while geteld < NA_WERKDAGEN:
        dag -= timedelta(days=1)
        geteld += is_werkdag(dag, vrij)
    return dag - timedelta(days=1)
