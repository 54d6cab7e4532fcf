"""The public texts that the foot of every page links to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ips_subsidie.toegang.poort import openbaar


@openbaar
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    return render(request, "toegang/toegankelijkheid.html")


@openbaar
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "toegang/privacy.html")


@openbaar
def kwetsbaarheid(request: HttpRequest) -> HttpResponse:
    return render(request, "toegang/kwetsbaarheid.html")
