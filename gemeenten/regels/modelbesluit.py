"""A model for the besluit by which a college lets its officials decide in mandaat (Awb 10:3, 10:4, 10:9 and 10:12).

After the mandaat- en machtigingsbesluit of Heemskerk (2024): the Minister mandates the college, the college an
official. What only the gemeente knows stands between square brackets.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Artikel:
    """One article: several `leden` are numbered, `onderdelen` have letters, `regels` stand as they are."""

    kop: str
    leden: tuple[str, ...]
    onderdelen: tuple[str, ...] = ()
    regels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Modelbesluit:
    """The whole text, in the order in which it is read."""

    titel: str
    aanhef: str
    gelet_op: tuple[str, ...]
    overwegende: str
    artikelen: tuple[Artikel, ...]
    slot: tuple[str, ...]

    def als_tekst(self) -> str:
        """The text as plain lines, to paste into the gemeente's own format."""
        delen = [self.titel, "", self.aanhef, "", "gelet op:"]
        delen += [f"- {grond}" for grond in self.gelet_op]
        delen += ["", self.overwegende, "", "besluit:"]
        for nummer, artikel in enumerate(self.artikelen, 1):
            delen += ["", f"Artikel {nummer} {artikel.kop}"]
            een_lid = len(artikel.leden) == 1
            delen += [lid if een_lid else f"{i}. {lid}" for i, lid in enumerate(artikel.leden, 1)]
            delen += [f"   {chr(96 + i)}. {deel}" for i, deel in enumerate(artikel.onderdelen, 1)]
            delen += [f"   {regel}" for regel in artikel.regels]
        return "\n".join([*delen, "", *self.slot, ""])


def modelbesluit(*, gemeente: str, regeling: str, mandaatgever: str, organisatie: str) -> Modelbesluit:
    """The model for this gemeente. `organisatie` is the samenwerkingsverband that carries out IPS, or empty."""
    artikelen = [
        _begrippen(gemeente, regeling, mandaatgever, organisatie),
        _ondermandaat(gemeente),
        _MACHTIGING,
        _GRENZEN,
        _ondertekening(gemeente, mandaatgever),
        *([_instemming(organisatie)] if organisatie else []),
        _BEGIN_EN_EINDE,
    ]
    return Modelbesluit(
        titel=f"Ondermandaat- en machtigingsbesluit IPS-trajecten gemeente {gemeente}",
        aanhef=f"Het college van burgemeester en wethouders van de gemeente {gemeente},",
        gelet_op=(
            "de artikelen 10:3, 10:4, 10:9 en 10:12 van de Algemene wet bestuursrecht;",
            f"de {regeling};",
            f"het besluit waarmee {mandaatgever} het college mandaat geeft voor deze regeling en toestaat dat het "
            "college ondermandaat verleent: [titel en vindplaats];",
        ),
        overwegende="overwegende dat het nodig is dat over aanvragen snel en dicht bij de uitvoering wordt beslist,",
        artikelen=tuple(artikelen),
        slot=(
            "Aldus vastgesteld op [datum],",
            f"het college van burgemeester en wethouders van {gemeente},",
            "de secretaris, [naam]",
            "de burgemeester, [naam]",
        ),
    )


def _begrippen(gemeente: str, regeling: str, mandaatgever: str, organisatie: str) -> Artikel:
    waar = f"bij {organisatie}" if organisatie else "bij de gemeente"
    return Artikel(
        "Begrippen",
        ("In dit besluit betekent:",),
        (
            f"college: het college van burgemeester en wethouders van de gemeente {gemeente};",
            f"regeling: de {regeling};",
            f"mandaatgever: {mandaatgever};",
            f"functionaris: wie de functie [functie] heeft {waar}.",
        ),
    )


def _ondermandaat(gemeente: str) -> Artikel:
    return Artikel(
        "Ondermandaat",
        (
            "Het college verleent aan de functionaris ondermandaat om namens de mandaatgever te beslissen op aanvragen "
            f"op grond van de regeling voor inwoners van de gemeente {gemeente}.",
            "Het ondermandaat omvat: subsidie verlenen of weigeren, een aanvraag niet behandelen (artikel 4:5 van de "
            "Algemene wet bestuursrecht), een besluit wijzigen of intrekken, en de subsidie vaststellen.",
            "De functionaris verleent dit ondermandaat niet door aan een ander.",
        ),
    )


_MACHTIGING = Artikel(
    "Machtiging",
    ("Het college machtigt de functionaris om voor deze aanvragen:",),
    (
        "aanvragen te ontvangen, te bevestigen en door te zenden, en om een aanvulling te vragen;",
        "UWV te vragen of er budget is en dat te laten reserveren;",
        "een stopbericht te bevestigen en door te geven aan UWV;",
        "een voornemen te sturen en een zienswijze te ontvangen.",
    ),
)
_GRENZEN = Artikel(
    "Grenzen",
    (
        "De functionaris houdt zich aan de regeling en aan de aanwijzingen van de mandaatgever en het college.",
        "Het ondermandaat geldt niet voor een beslissing op bezwaar (artikel 10:3, derde lid, van de Algemene wet "
        "bestuursrecht).",
        "De functionaris beslist niet over een aanvraag waarbij hij een persoonlijk belang heeft.",
    ),
)
_BEGIN_EN_EINDE = Artikel(
    "Begin en einde",
    (
        "Dit besluit geldt vanaf de dag na de bekendmaking [of: vanaf datum].",
        "Het eindigt op de dag waarop het mandaat van het college voor de regeling eindigt.",
    ),
)


def _ondertekening(gemeente: str, mandaatgever: str) -> Artikel:
    return Artikel(
        "Ondertekening",
        ("Onder een besluit op grond van dit ondermandaat staat:",),
        regels=(
            f"{mandaatgever},",
            "namens deze,",
            f"het college van burgemeester en wethouders van {gemeente},",
            "namens dit college,",
            "[naam], [functie].",
        ),
    )


def _instemming(organisatie: str) -> Artikel:
    return Artikel(
        "Instemming",
        (
            f"[Het bestuur van {organisatie}] heeft op [datum] ingestemd met dit ondermandaat (artikel 10:4, "
            "eerste lid, van de Algemene wet bestuursrecht).",
        ),
    )
