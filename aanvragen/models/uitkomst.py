"""The words for what came of a traject, shared by the gebeurtenissen during it and the verslag after it.

Few and fixed, so that they can be counted (domain text, 1.12); none of them says anything medical.
"""

from __future__ import annotations

from django.db import models

# More hours a week than this nobody has a contract for.
MEESTE_UREN = 60


class Sector(models.TextChoices):
    ZORG = "zorg", "Zorg en welzijn"
    HORECA = "horeca", "Horeca en toerisme"
    HANDEL = "handel", "Winkels en groothandel"
    LOGISTIEK = "logistiek", "Vervoer en logistiek"
    INDUSTRIE = "industrie", "Industrie en techniek"
    BOUW = "bouw", "Bouw"
    SCHOONMAAK = "schoonmaak", "Schoonmaak en facilitair"
    GROEN = "groen", "Landbouw en groen"
    ICT = "ict", "Ict"
    ZAKELIJK = "zakelijk", "Kantoor en zakelijke diensten"
    OVERHEID = "overheid", "Overheid en onderwijs"
    CULTUUR = "cultuur", "Cultuur, sport en media"
    ANDERS = "anders", "Iets anders"


class Contract(models.TextChoices):
    VAST = "vast", "Vast contract"
    TIJDELIJK = "tijdelijk", "Tijdelijk contract"
    UITZEND = "uitzend", "Via een uitzendbureau"
    OPROEP = "oproep", "Oproepcontract"
    ZELFSTANDIG = "zelfstandig", "Als zelfstandige"
