"""The style guide: every component in every state. Only mounted in local and test settings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ips_subsidie.vormgeving import voorbeelden


def stijlgids(request: HttpRequest) -> HttpResponse:
    """One long page with everything a page of the portal can be made of."""
    context = {**voorbeelden.formulieren(), **voorbeelden.onderdelen(), **voorbeelden.grafieken()}
    return render(request, "vormgeving/stijlgids.html", context)
