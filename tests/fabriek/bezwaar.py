"""A bezwaar against a besluit of an existing dossier, step by step through the acts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aanvragen.handelingen.bezwaar import behandelen, beslissen, indienen
from aanvragen.models import Aanvraag, Besluit, Bezwaar
from ips_subsidie.toegang.actor import Actor
from tests.fabriek.wereld import NU, Wereld, doe, vers

GRONDEN = "Een van de vijf was verkeerd geteld."


def laatste_besluit(aanvraag: Aanvraag) -> Besluit:
    """The newest against which bezwaar can be made; of two at one moment not the verlening."""
    besluiten = list(aanvraag.besluiten.filter(rechtsmiddel="bezwaar"))
    assert besluiten
    return max(besluiten, key=lambda besluit: (besluit.bekendgemaakt_op, besluit.soort != "verlening"))


def bezwaarbehandelaar(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Actor:
    """Who treats it: at the party that decides, not who prepared the besluit (Awb 7:5)."""
    return wereld.collega(wereld.voorbereider(aanvraag, nu))


def bezwaarbeslisser(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Actor:
    """Who decides on it: not who took the besluit (Awb 10:3)."""
    return wereld.collega(wereld.besluitnemer(aanvraag, nu))


def maak_bezwaar(
    wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU, *, besluit: Besluit | None = None, **over: Any
) -> Bezwaar:
    """In the portal, by the instelling, against the newest besluit."""
    invoer: dict[str, Any] = {"gronden": GRONDEN, **over}
    return doe(
        indienen.indienen, aanvraag, wereld.behandelaar, nu,
        besluit_id=(besluit or laatste_besluit(aanvraag)).pk, **invoer,
    )  # fmt: skip


def registreer_bezwaar(
    wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU, *, besluit: Besluit | None = None, **over: Any
) -> Bezwaar:
    """By post, of the instelling unless `over` says otherwise."""
    invoer: dict[str, Any] = {
        "indiener": "instelling", "wijze": "post", "ontvangen_op": nu.date(), "gronden": GRONDEN, **over,
    }  # fmt: skip
    return doe(
        indienen.registreren, aanvraag, bezwaarbehandelaar(wereld, aanvraag, nu), nu,
        besluit_id=(besluit or laatste_besluit(aanvraag)).pk, **invoer,
    )  # fmt: skip


def weeg_bezwaar(wereld: Wereld, bezwaar: Bezwaar, nu: datetime = NU, **invoer: Any) -> Bezwaar:
    """In time, or weighed as `invoer` says."""
    actor = bezwaarbehandelaar(wereld, bezwaar.aanvraag, nu)
    doe(behandelen.ontvankelijkheid, bezwaar, actor, nu, **invoer)
    return Bezwaar.objects.get(pk=bezwaar.pk)


def hoor(wereld: Wereld, bezwaar: Bezwaar, nu: datetime = NU) -> Bezwaar:
    actor = bezwaarbehandelaar(wereld, bezwaar.aanvraag, nu)
    doe(behandelen.gehoord, bezwaar, actor, nu, op=nu.date(), verslag="De indiener vertelde waarom.")
    return Bezwaar.objects.get(pk=bezwaar.pk)


def zie_af_van_horen(
    wereld: Wereld, bezwaar: Bezwaar, nu: datetime = NU, *, reden: str = "geen_wens"
) -> Bezwaar:
    actor = bezwaarbehandelaar(wereld, bezwaar.aanvraag, nu)
    doe(behandelen.afzien, bezwaar, actor, nu, reden=reden, toelichting="Telefonisch afgesproken.")
    return Bezwaar.objects.get(pk=bezwaar.pk)


def stel_beslissing_voor(
    wereld: Wereld, bezwaar: Bezwaar, nu: datetime = NU, *, uitkomst: str = "gegrond", **invoer: Any
) -> Bezwaar:
    """Propose; weighed and heard first where that is still to do."""
    if bezwaar.status == "ontvangen":
        bezwaar = weeg_bezwaar(wereld, bezwaar, nu)
    if bezwaar.gehoord_op is None and not bezwaar.afgezien:
        bezwaar = hoor(wereld, bezwaar, nu)
    actor = bezwaarbehandelaar(wereld, bezwaar.aanvraag, nu)
    doe(
        beslissen.voorstellen, bezwaar, actor, nu,
        uitkomst=uitkomst, **{"motivering": "Een van de vijf was verkeerd geteld.", **invoer},
    )  # fmt: skip
    return Bezwaar.objects.get(pk=bezwaar.pk)


def beslis_op_bezwaar(wereld: Wereld, bezwaar: Bezwaar, nu: datetime = NU) -> Bezwaar:
    doe(
        beslissen.beslissen, bezwaar, bezwaarbeslisser(wereld, bezwaar.aanvraag, nu), nu,
        motivering="Een van de vijf was verkeerd geteld.",
    )  # fmt: skip
    return Bezwaar.objects.get(pk=bezwaar.pk)


def beslist_bezwaar(
    wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU, *, uitkomst: str = "gegrond", **invoer: Any
) -> Bezwaar:
    """From the besluit to the beslissing in one go."""
    bezwaar = maak_bezwaar(wereld, aanvraag, nu)
    return beslis_op_bezwaar(
        wereld, stel_beslissing_voor(wereld, bezwaar, nu, uitkomst=uitkomst, **invoer), nu
    )


def stel_alsnog_voor(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    """A bezwaar against the refusal, and the proposal to grant after all."""
    bezwaar = Bezwaar.objects.open().filter(aanvraag=aanvraag).first() or maak_bezwaar(wereld, aanvraag, nu)
    stel_beslissing_voor(wereld, bezwaar, nu, gevolg="alsnog_toekennen")
    return vers(aanvraag)


def ken_alsnog_toe(wereld: Wereld, aanvraag: Aanvraag, nu: datetime = NU) -> Aanvraag:
    """Grant after a gegrond bezwaar; proposed first where that is still to do."""
    bezwaar = Bezwaar.objects.filter(aanvraag=aanvraag, status="voorgesteld").first()
    if bezwaar is None:
        aanvraag = stel_alsnog_voor(wereld, aanvraag, nu)
        bezwaar = Bezwaar.objects.get(aanvraag=aanvraag, status="voorgesteld")
    beslis_op_bezwaar(wereld, bezwaar, nu)
    return vers(aanvraag)
