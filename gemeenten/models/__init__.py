from gemeenten.models.gemeente import Gemeente, GemeenteOpvolging, GemeenteQuerySet
from gemeenten.models.handelend import (
    OpvolgerOnbekend,
    familie_van,
    gemeenten_van,
    gemeenten_voor,
    handelende_organisatie,
    keuzes_op,
    opvolger_op,
    opvolgers_op,
)
from gemeenten.models.mandaat import Mandaat, Ondermandaat, ondermandaat_voor, ontbreekt
from gemeenten.models.verband import Contactpersoon, Deelname, Samenwerkingsverband

__all__ = [
    "Contactpersoon",
    "Deelname",
    "Gemeente",
    "GemeenteOpvolging",
    "GemeenteQuerySet",
    "Mandaat",
    "Ondermandaat",
    "OpvolgerOnbekend",
    "Samenwerkingsverband",
    "familie_van",
    "gemeenten_van",
    "gemeenten_voor",
    "handelende_organisatie",
    "keuzes_op",
    "ondermandaat_voor",
    "ontbreekt",
    "opvolger_op",
    "opvolgers_op",
]
