"""The worker's door. Run as often as you like: what is done is not done again."""

from celery import shared_task

from aanvragen import brieven_maken, controle, herinneren
from ips_subsidie.kalender.klok import nu


@shared_task(name="aanvragen.tasks.maak_brieven")
def maak_brieven() -> None:
    """Make the PDF of every letter that has none."""
    brieven_maken.maak_ontbrekende()


@shared_task(name="aanvragen.tasks.herinner")
def herinner() -> None:
    """Remind of what draws near, and close what the calendar has closed."""
    moment = nu()
    herinneren.herinner(moment)
    herinneren.laat_vervallen(moment)
    herinneren.laat_reserveringen_verlopen(moment)
    herinneren.vraag_verslagen(moment)


@shared_task(name="aanvragen.tasks.controleer")
def controleer() -> None:
    """Look whether the budget and the dossiers still agree, and keep the outcome."""
    controle.controleer_en_bewaar(nu())
