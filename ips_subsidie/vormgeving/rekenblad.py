"""A list as a file for a spreadsheet. What a person typed is text there too, never a formula.

The one place where a CSV is made: `als_csv` neutralises every cell, so no list can forget it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from http import HTTPStatus

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from ips_subsidie.vormgeving import tekst

# What Excel, LibreOffice and Google Sheets take for the beginning of a formula, the full-width forms included.
_BEGIN_VAN_FORMULE = "=+-@\t\r\n|%＝＋－＠｜％"
# A plain number stays a number: `-4` or `1.234,50` does nothing but count.
_GEWOON_GETAL = re.compile(r"[+-]?[0-9]{1,15}(?:[.][0-9]{3})*(?:,[0-9]{1,4})?")
# Excel opens a file as UTF-8 only with this mark, and splits on `;` where a comma is the decimal sign.
_MERKTEKEN = "\ufeff"

Cel = str | int | date | None


def veilige_cel(waarde: Cel) -> str:
    """The text of one cell: days as dd-mm-jjjj, and an apostrophe before what would begin a formula.

    Also where white space, a quote or an invisible character stands before the sign; line ends become spaces, so that
    one row is one line. Raises TypeError for an instant: which day it is, is for the caller to decide.
    """
    if waarde is None:
        return ""
    if isinstance(waarde, datetime):
        raise TypeError("een cel toont een dag, geen moment")
    if isinstance(waarde, date):
        return f"{waarde:%d-%m-%Y}"
    if isinstance(waarde, int):
        return str(waarde)
    schoon = " ".join(tekst.zonder_verboden_tekens(tekst.met_gewone_regeleinden(waarde)).split("\n"))
    if _GEWOON_GETAL.fullmatch(schoon):
        return schoon
    zichtbaar = re.sub(r"^[\s\"'\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+", "", schoon)
    gevaar = zichtbaar[:1] and zichtbaar[0] in _BEGIN_VAN_FORMULE
    return f"'{schoon}" if gevaar or schoon[:1] in ("\t", "\r") else schoon


def als_csv(naam: str, koppen: Sequence[str], rijen: Iterable[Sequence[Cel]]) -> HttpResponse:
    """A download `naam`.csv: headings, and rows of as many cells; ValueError for a row of another length."""
    blad = io.StringIO()
    schrijver = csv.writer(blad, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    schrijver.writerow([veilige_cel(kop) for kop in koppen])
    for rij in rijen:
        if len(rij) != len(koppen):
            raise ValueError(f"{naam}: {len(rij)} cellen onder {len(koppen)} koppen")
        schrijver.writerow([veilige_cel(cel) for cel in rij])
    antwoord = HttpResponse(
        (_MERKTEKEN + blad.getvalue()).encode(), content_type="text/csv; charset=utf-8", status=HTTPStatus.OK
    )
    antwoord.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{naam}.csv") or "attachment"
    )
    antwoord.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return antwoord
