"""A real Chromium for the tests in this folder."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import chromium
from tests.environment import VAR
from tests.processes import web_server

# A page of a busy machine may take its time: what is waited for comes, or the test fails later.
expect.set_options(timeout=20_000)

ARTEFACTS = VAR / "test-artefacts"
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Remember a failure for the fixture that takes the screenshots."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="package")
def browser():
    """One Chromium for the tests of this folder.

    Not for the whole session: Playwright's event loop stays in this thread while it runs, and
    other tests must not meet it.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The loop makes Django believe that tests run inside it; they don't.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        path = chromium.find()
        browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(browser: Browser, request: pytest.FixtureRequest):
    """Opens windows that know nothing of each other: `open_browser(width, height)` -> Page.

    When the test fails, each open page is kept as a picture in var/test-artefacts.
    """
    pages: list[Page] = []

    def open_page(width: int = 1280, height: int = 800, **options: object) -> Page:
        defaults = {"locale": "id-ID", "timezone_id": "Asia/Jakarta"}
        size = {"width": width, "height": height}
        page = browser.new_context(viewport=size, **defaults | options).new_page()
        pages.append(page)
        return page

    opener: Callable[..., Page] = open_page
    yield opener
    for number, page in enumerate(pages, start=1):
        if request.node.stash.get(FAILED, False):
            ARTEFACTS.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"[^\w.-]+", "-", request.node.nodeid)
            page.screenshot(path=ARTEFACTS / f"{name}-{number}.png", full_page=True)
        page.context.close()


@pytest.fixture(scope="package")
def running_server(django_db_setup, tmp_path_factory):
    """One web server for all tests here: what they change lies in the database and its folder."""
    folder = tmp_path_factory.mktemp("media")
    with web_server({"MEDIA_ROOT": str(folder)}) as url:
        yield url, folder


@pytest.fixture
def server(running_server, settings, media):
    """The web server's address; files that it stores are found by the test as well."""
    url, settings.MEDIA_ROOT = running_server
    return url


@pytest.fixture
def page(open_browser: Callable[..., Page]) -> Page:
    """One window of a desktop's size."""
    return open_browser(1280, 800)
