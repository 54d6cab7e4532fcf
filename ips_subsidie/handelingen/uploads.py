"""Keeping a file that came with an act: what is wrong with it is a refusal of the act."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.opslag.models import Bestand


def bewaar_upload(upload: UploadedFile, *, code: str = "bestand", veld: str = "bestand") -> Bestand:
    """Keep a PDF, JPEG or PNG, judged by its content. Raises HandelingGeweigerd with `code`, at the field `veld`."""
    try:
        return Bestand.objects.bewaar(upload)
    except ValidationError as fout:
        raise HandelingGeweigerd(*(Reden(code, tekst, veld=veld) for tekst in fout.messages)) from fout
