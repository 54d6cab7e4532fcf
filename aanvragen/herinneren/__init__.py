"""Reminders of a term that ends and of a question that waits, and what the calendar itself closes.

Each milestone of a term goes out once (`Herinnering`), also when the program is started twice or killed half-way.
After days on which it was off only the nearest one that was missed is made up: who missed the 180th and the 90th day
before the end hears of it once.
"""

from aanvragen.herinneren.afsluiten import laat_reserveringen_verlopen, laat_vervallen, vraag_verslagen
from aanvragen.herinneren.plaatsen import herinner
from aanvragen.herinneren.samen import doe_elk

__all__ = ["doe_elk", "herinner", "laat_reserveringen_verlopen", "laat_vervallen", "vraag_verslagen"]
