"""Pytest plugin: servers and settings before Django loads, and browser tests when they can run.

Without DATABASE_URL and REDIS_URL the session starts its own PostgreSQL and Valkey; with them
it uses those (their Redis databases 1-15 are emptied). Under pytest-xdist the controller starts
the servers and each worker has a PostgreSQL and a Redis database of its own.
"""

import os
import signal
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.core.management import call_command

from tests import chromium
from tests.environment import prepared_environment, use_redis_database, versions

BROWSER_TESTS = Path(__file__).parent / "browser"
EMBEDDED = pytest.StashKey[bool]()
LEFT_OUT = pytest.StashKey[int]()


def worker() -> str | None:
    """Name of this pytest-xdist worker (gw0, ...), None in the controller or without xdist."""
    return os.environ.get("PYTEST_XDIST_WORKER")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Set the environment before pytest-django loads the settings."""
    early_config.stash[LEFT_OUT] = 0
    if worker() is None:
        # `make test` ends in order on SIGTERM as on Ctrl-C, servers included.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        stack = ExitStack()
        early_config.add_cleanup(stack.close)
        early_config.stash[EMBEDDED] = stack.enter_context(prepared_environment())
    use_redis_database(worker() or "gw0")
    return (yield)


def pytest_configure(config):
    """In CI a missing browser is a failure, not a reason to test less."""
    if os.environ.get("CI") == "true" and chromium.find() is None:
        raise pytest.UsageError(f"CI runs the browser tests: {chromium.HOW_TO_GET_IT}")


def pytest_report_header(config):
    """Which servers the tests use; said once, by the process that started them."""
    if worker() is not None:
        return None
    whose = "embedded" if config.stash[EMBEDDED] else "from the environment"
    return f"servers: {versions()} ({whose})"


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session):
    """Compile catalogues and collect static files once, before any worker needs them."""
    if worker() is None and not session.config.option.collectonly:
        call_command("compile_messages", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Mark the browser tests, and leave them out when there is no browser."""
    browser_tests = [item for item in items if BROWSER_TESTS in item.path.parents]
    for item in browser_tests:
        item.add_marker(pytest.mark.browser)
    if browser_tests and chromium.find() is None:
        config.stash[LEFT_OUT] = len(browser_tests)
        config.hook.pytest_deselected(items=browser_tests)
        items[:] = [item for item in items if item not in browser_tests]


def pytest_sessionfinish(session):
    """A worker tells the controller how many tests it left out."""
    if worker() is not None:
        session.config.workeroutput["left_out"] = session.config.stash[LEFT_OUT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    """The controller hears it; every worker collects all tests, so any worker's number will do."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter, config):
    """Say what was left out and how to have it."""
    count = config.stash[LEFT_OUT]
    if count:
        terminalreporter.write_line(
            f"{count} browser tests left out, no Chromium found: {chromium.HOW_TO_GET_IT}",
            yellow=True,
        )
