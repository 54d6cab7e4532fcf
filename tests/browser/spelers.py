"""People at a browser: they log in, fill in, press, and every page they meet is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from ips_subsidie.toegang.actor import Actor

WACHTWOORD = "een-lang-wachtwoord-2019"
SMAL, BREED = {"width": 320, "height": 800}, {"width": 1280, "height": 900}


@dataclass
class Speler:
    """One person in an own browser session. `bekijk` is called for every page met."""

    page: Page
    basis: str
    axe: Callable[[Page], None]
    gezien: set[str] = field(default_factory=set)
    fouten: list[str] = field(default_factory=list)

    def ga(self, pad: str, staat: str = "") -> None:
        self.page.goto(pad if pad.startswith("http") else self.basis + pad)
        self.bekijk(staat)

    def log_in(self, actor: Actor) -> None:
        actor.persoon.set_password(WACHTWOORD)
        actor.persoon.save(update_fields=["password"])
        self.ga("/inloggen/")
        self.page.get_by_label("E-mailadres").fill(actor.persoon.email)
        self.page.get_by_label("Wachtwoord").fill(WACHTWOORD)
        self.druk("Inloggen")

    def druk(self, knop: str | re.Pattern[str]) -> None:
        """Press the button or follow the link with this text, and look at where it leads."""
        hoofd = self.page.get_by_role("main")
        doel = hoofd.get_by_role("button", name=knop).or_(hoofd.get_by_role("link", name=knop))
        doel.first.click()
        self.page.wait_for_load_state()
        self.bekijk()

    def vul(self, **velden: Any) -> None:
        """Fill in fields by their name: a date in three parts, a radio by its value, the rest as text."""
        for naam, waarde in velden.items():
            if isinstance(waarde, date):
                for deel, getal in (("dag", waarde.day), ("maand", waarde.month), ("jaar", waarde.year)):
                    self.page.locator(f"[name={naam}_{deel}]").fill(str(getal))
                continue
            veld = self.page.locator(f"[name={naam}]")
            soort = veld.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
            if soort in ("radio", "checkbox"):
                self.page.locator(f"[name={naam}][value='{waarde}']").check()
            elif soort == "select":
                veld.select_option(waarde)
            else:
                veld.fill(str(waarde))
        self.bekijk("ingevuld")

    def ziet(self, *teksten: str) -> None:
        for tekst in teksten:
            expect(self.page.get_by_role("main")).to_contain_text(tekst)

    def bekijk(self, staat: str = "") -> None:
        """Nothing for axe to find, no sideways scroll on a phone, and a title of its own.

        A page is looked at again filled in and when it shows errors: the same address is then another page.
        """
        titel = self.page.title()
        assert titel.endswith("IPS-subsidieportaal"), titel
        soort = re.sub(r"[0-9a-f-]{36}|IPS-\w{7}", "…", f"{self.page.url} {titel} {staat}")
        if soort in self.gezien:
            return
        self.gezien.add(soort)
        self._toets()
        self.page.set_viewport_size(SMAL)
        breedte = self.page.evaluate("document.documentElement.scrollWidth")
        assert breedte <= SMAL["width"], f"{self.page.url} is {breedte} px breed op een telefoon"
        self._toets()
        self.page.set_viewport_size(BREED)

    def _toets(self) -> None:
        """Axe sets styles of its own to measure some fields, and the page's policy rightly refuses them."""
        voor = len(self.fouten)
        self.axe(self.page)
        self.fouten[voor:] = [f for f in self.fouten[voor:] if "Applying inline style" not in f]


@dataclass
class Toneel:
    """Gives each actor a browser session of its own; what one has seen, another need not look at again."""

    browser: Browser
    basis: str
    axe: Callable[[Page], None]
    instellingen: dict[str, Any]
    gezien: set[str] = field(default_factory=set)
    contexten: list[BrowserContext] = field(default_factory=list)
    fouten: list[str] = field(default_factory=list)

    def anoniem(self) -> Speler:
        context = self.browser.new_context(**self.instellingen)
        self.contexten.append(context)
        page = context.new_page()
        page.on(
            "console", lambda b: self.fouten.append(f"{page.url}: {b.text}") if b.type == "error" else None
        )
        page.on("pageerror", lambda fout: self.fouten.append(str(fout)))
        return Speler(page, self.basis, self.axe, self.gezien, self.fouten)

    def met(self, actor: Actor) -> Speler:
        speler = self.anoniem()
        speler.log_in(actor)
        return speler

    def sluit(self) -> None:
        for context in self.contexten:
            context.close()
        assert not self.fouten, "\n".join(self.fouten)
