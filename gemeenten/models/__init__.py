from gemeenten.models.gemeente import Gemeente, GemeenteOpvolging, GemeenteQuerySet
from gemeenten.models.handelend import (
    OpvolgerOnbekend,
    gemeenten_van,
    handelende_organisatie,
    keuzes_op,
    opvolger_op,
    opvolgers_op,
)
from gemeenten.models.verband import Contactpersoon, Deelname, Samenwerkingsverband

__all__ = [
    "Contactpersoon",
    "Deelname",
    "Gemeente",
    "GemeenteOpvolging",
    "GemeenteQuerySet",
    "OpvolgerOnbekend",
    "Samenwerkingsverband",
    "gemeenten_van",
    "handelende_organisatie",
    "keuzes_op",
    "opvolger_op",
    "opvolgers_op",
]
