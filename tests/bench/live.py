"""How long from the commit of a rating to another person's screen, over 100 changes.

Run by hand, with real servers and a real Chromium: `python -m pytest -s tests/bench/live.py`.
It prints a distribution and asserts no time.
"""

import statistics
import time

import pytest

from forkopimda.lib.authority import SYSTEM
from security import actions
from security import example as security
from tests.browser.conftest import browser, open_browser  # noqa: F401  # fixtures
from tests.conftest import LAUT_TADOR, PASSWORD
from tests.processes import web_server

CHANGES = 100
WATCH = """code => {
  window.seen = [];
  new MutationObserver(() => {
    const level = document.querySelector(`[data-region="${code}"]`)?.dataset.level;
    if (level && level !== window.last) { window.last = level; window.seen.push(Date.now()); }
  }).observe(document.getElementById("isi"), {childList: true, subtree: true});
  window.last = document.querySelector(`[data-region="${code}"]`).dataset.level;
}"""


@pytest.mark.django_db(transaction=True)
def test_from_commit_to_the_other_screen(person, regions, open_browser, capsys):  # noqa: F811
    security.load()
    person("viewer", username="pejabat")
    delays = []
    with web_server() as url:
        page = open_browser(1280, 900, bypass_csp=True)  # the bench evaluates its own script
        page.goto(url)
        page.get_by_label("Nama pengguna atau surel").fill("pejabat")
        page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        page.wait_for_selector("#live-state[data-state=live]")
        page.evaluate(WATCH, LAUT_TADOR)
        for number in range(CHANGES):
            actions.rate_region(
                by=SYSTEM,
                region=regions[LAUT_TADOR],
                level=("high", "low")[number % 2],
                reason=f"perubahan {number}",
            )
            committed = time.time() * 1000
            page.wait_for_function("n => window.seen.length > n", arg=number, timeout=30_000)
            delays.append(page.evaluate("window.seen.at(-1)") - committed)
    delays.sort()
    with capsys.disabled():
        print(
            f"\ncommit to screen, {len(delays)} changes, ms: min {delays[0]:.0f}, "
            f"median {statistics.median(delays):.0f}, p95 {delays[94]:.0f}, max {delays[-1]:.0f}"
        )
    assert len(delays) == CHANGES
