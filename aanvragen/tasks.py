"""The worker's door. Run as often as you like: what is done is not done again."""

from functools import partial

from celery import shared_task

from aanvragen import brieven_maken, controle, dwangsommen, herinneren, scannen, toezicht
from ips_subsidie.kalender.klok import nu


@shared_task(name="aanvragen.tasks.maak_brieven")
def maak_brieven() -> None:
    """Make the PDF of every letter that has none."""
    brieven_maken.maak_ontbrekende()


@shared_task(name="aanvragen.tasks.herinner")
def herinner() -> None:
    """Remind of what draws near, and close what the calendar has closed."""
    moment = nu()
    stappen = (
        dwangsommen.werk_bij,  # first: nobody is reminded of what was decided meanwhile
        herinneren.herinner,
        herinneren.laat_vervallen,
        herinneren.laat_reserveringen_verlopen,
        herinneren.vraag_verslagen,
    )
    # One that fails doesn't stop the rest.
    herinneren.doe_elk(partial(stap, moment) for stap in stappen)


@shared_task(name="aanvragen.tasks.controleer")
def controleer() -> None:
    """Look whether the budget and the dossiers still agree, and keep the outcome."""
    controle.controleer_en_bewaar(nu())


@shared_task(name="aanvragen.tasks.scan_bestanden")
def scan_bestanden() -> None:
    """Scan the files that came in while clamd was away, or before there was one."""
    scannen.scan_wachtende(nu())


@shared_task(name="aanvragen.tasks.zoek_signalen")
def zoek_signalen() -> None:
    """Look what stood out in the use of the portal, and tell who must judge it."""
    moment = nu()
    toezicht.zoek(moment)
    toezicht.herinner(moment)
