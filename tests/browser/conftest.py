"""Browser tests: a real Chromium against the live server. Debian's Chromium, never one that is downloaded."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests import fabriek
from tests.browser.spelers import Toneel

_HIER = Path(__file__).parent
_INSTALLEER = (
    "geen Chromium gevonden; installeer die met: apt-get install chromium (of wijs hem aan met IPS_CHROMIUM)"
)


def chromium() -> str | None:
    if aangewezen := os.environ.get("IPS_CHROMIUM"):
        return aangewezen
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests, run them last, and skip them (or refuse) where there is no browser."""
    eigen = [item for item in items if item.path.is_relative_to(_HIER)]
    if eigen and chromium() is None and os.environ.get("IPS_BROWSER") == "verplicht":
        raise pytest.UsageError(f"IPS_BROWSER=verplicht, maar {_INSTALLEER}")
    for item in eigen:
        item.add_marker("browser")
        if chromium() is None:
            item.add_marker(pytest.mark.skip(reason=_INSTALLEER))
    # Playwright leaves an event loop in this thread: whatever else there is goes first.
    items.sort(key=lambda item: item.path.is_relative_to(_HIER))


@pytest.fixture(scope="session", autouse=True)
def _databank_naast_event_loop() -> Iterator[None]:
    # The loop that Playwright leaves in the thread makes Django refuse the database to plain code.
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    vlaggen = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    vlaggen += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
    if os.geteuid() == 0:  # Chromium's sandbox refuses root
        vlaggen.append("--no-sandbox")
    return {**browser_type_launch_args, "executable_path": chromium(), "args": vlaggen}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    eigen = {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam", "viewport": {"width": 1280, "height": 900}}
    return {**browser_context_args, **eigen}


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page that fails its test on a script error, a blocked style or a missing file."""
    fouten: list[str] = []

    def console(bericht: ConsoleMessage) -> None:
        # A test may ask for a page that refuses (4xx); its own checks see to that.
        if bericht.type == "error" and "status of 4" not in bericht.text:
            fouten.append(bericht.text)

    page.on("console", console)
    page.on("pageerror", lambda fout: fouten.append(str(fout)))
    yield page
    assert not fouten, "\n".join(fouten)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """`axe(page)`: fails with the full report when axe finds anything on the page as it is now."""

    def controleer(page: Page) -> None:
        bevindingen = Axe().run(page)
        assert bevindingen.violations_count == 0, f"{page.url}\n{bevindingen.generate_report()}"

    return controleer


@pytest.fixture
def toneel(
    browser: Browser,
    live_server: Any,
    axe: Callable[[Page], None],
    browser_context_args: dict[str, Any],
    settings: Any,
) -> Iterator[Toneel]:
    # The server runs in another thread, where klok_op isn't seen: the whole clock goes back.
    settings.KLOK_VERSCHUIVING = fabriek.NU - datetime.now(UTC)
    toneel = Toneel(browser, live_server.url, axe, browser_context_args)
    yield toneel
    toneel.sluit()
