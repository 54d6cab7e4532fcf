"""The public texts that the foot of every page links to."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ips_subsidie.toegang.poort import openbaar


@openbaar
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    return render(request, "toegang/toegankelijkheid.html", {"contact": settings.CONTACT})


@openbaar
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "toegang/privacy.html", {"contact": settings.CONTACT})


@openbaar
def kwetsbaarheid(request: HttpRequest) -> HttpResponse:
    return render(request, "toegang/kwetsbaarheid.html", {"contact": settings.CONTACT})
