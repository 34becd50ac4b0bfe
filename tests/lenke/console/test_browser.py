"""A real browser walks every page: Debian's Chromium, `make browser`.

Light and dark, on a phone and on a desk, with hostile values everywhere: a checker of
accessibility finds nothing, nothing is asked of anybody else, nothing is wider than the
screen, and the keyboard reaches everything in the order in which it is read.
"""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import waitress

from lenke.console.app import make_app
from lenke.console.report import write_report
from lenke.home.places import Home
from tests.circle.conftest import quickly, synced_in
from tests.lenke.console.conftest import HOSTILE_PAGES
from tests.lenke.console.test_pages import PAGES

pytestmark = [pytest.mark.long, pytest.mark.browser]

playwright = pytest.importorskip(
    "playwright.sync_api", reason="`make browser` installs what drives the browser"
)
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FORMS = ("/do/pause", "/do/unlink?flow=a&source=b&target=c", "/nothing-here")

# Where the focus is among all that can have it; an outline says so.
FOCUSED = """() => {
    const all = [...document.querySelectorAll(
        'a[href], button, input:not([type=hidden]), summary, [tabindex]')]
        .filter(each => each.checkVisibility());
    const at = document.activeElement, style = getComputedStyle(at);
    return [all.indexOf(at), all.length, style.outlineStyle, at.outerHTML.slice(0, 99)];
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, as the machine has it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.fail("There is no chromium here: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Serve the console of a home; give its address."""
    server = waitress.create_server(make_app(Home(home)), host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()


@pytest.fixture(scope="module")
def at(home: Path) -> Iterator[str]:
    """Where the console of the usual home is."""
    with served(home) as address:
        yield address


@pytest.fixture(scope="module")
def hostile_at(hostile_home: Path) -> Iterator[str]:
    """Where the console of the hostile home is."""
    with served(hostile_home) as address:
        yield address


@contextmanager
def page_of(browser: Any, **how: Any) -> Iterator[Any]:
    """Open an empty page, in which nothing may be wrong when it is closed."""
    context = browser.new_context(**how)
    page, wrong = context.new_page(), []
    page.on("console", lambda said: wrong.append(said.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    yield page
    context.close()
    assert not [each for each in wrong if "status of 404" not in each]


def examine(page: Any, width: int) -> list[str]:
    """Say what is wrong with a page that is open."""
    found = axe.Axe().run(page, options={"runOnly": RULES}).response["violations"]
    wrong = [
        f"{each['id']}: {each['help']} {[node['target'] for node in each['nodes']][:3]}"
        for each in found
    ]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*wrong, *([f"{wide} wide"] if wide > width else [])]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_clean_and_asks_nobody_else(
    width: int, scheme: str, browser: Any, at: str, hostile_at: str
) -> None:
    addresses = [
        *(at + each for each in (*PAGES, *FORMS)),
        *(hostile_at + each for each in HOSTILE_PAGES),
    ]
    how = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    asked: list[str] = []
    wrong: dict[str, list[str]] = {}
    with page_of(browser, **how) as page:
        page.on("request", lambda request: asked.append(request.url))
        for address in addresses:
            page.goto(address)
            if found := examine(page, width):
                wrong[address] = found

    assert not wrong
    assert sorted(asked) == sorted(addresses)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_report_is_clean_and_asks_nobody(
    scheme: str, browser: Any, hostile_home: Path, tmp_path: Path
) -> None:
    write_report(Home(hostile_home), tmp_path / "report.html")
    address = (tmp_path / "report.html").as_uri()
    how = {"viewport": {"width": 390, "height": 900}, "color_scheme": scheme}
    asked: list[str] = []
    with page_of(browser, **how) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        wrong = examine(page, 390)

    assert not wrong
    assert asked == [address]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_keyboard_reaches_everything_in_the_order_of_reading(
    width: int, browser: Any, at: str
) -> None:
    with page_of(browser, viewport={"width": width, "height": 900}) as page:
        for address in PAGES:
            page.goto(at + address)
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.textContent") == "To the page"
            places = []
            for _ in range(page.evaluate(FOCUSED)[1]):
                place, _, outline, element = page.evaluate(FOCUSED)
                places.append(place)
                assert outline != "none", (address, element)
                page.keyboard.press("Tab")
            assert places == list(range(len(places))), address


def test_a_decision_is_made_with_the_keyboard_and_without_scripts(
    browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with quickly():
        meeting = synced_in(tmp_path_factory.mktemp("home"))
        with (
            served(meeting.home.folder) as address,
            page_of(browser, java_script_enabled=False) as page,
        ):
            page.goto(f"{address}/search")
            page.get_by_label("Search").fill("Ola Nordmann")
            page.keyboard.press("Enter")
            page.get_by_role("link", name="Ola Nordmann").first.click()
            page.get_by_role("link", name="Pause it").click()
            page.get_by_label("Until").fill("2h")
            page.keyboard.press("Enter")
            page.get_by_text("Nothing has been done yet.").wait_for()
            assert not meeting.ask("select 1 from inspection.decisions")
            page.get_by_role("button", name="Let something rest").press("Enter")
            page.get_by_text("Done.", exact=True).wait_for()

        assert meeting.ask("select kind, status from inspection.decisions") == [
            ("pause", "in force")
        ]
