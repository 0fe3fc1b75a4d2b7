"""The demo as its user meets it: `python -m forkopimda.demo` in a folder of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from forkopimda.embedded import free_port
from tests.processes import ROOT, answers, wait_until

SOURCES = ("forkopimda", "security", "asn_neutrality", "templates", "static", "locale")
START_SECONDS = 120.0
STOP_SECONDS = 30.0


class Demo:
    """A demo that runs, with everything it printed.

    It prints into a file: processes that outlive it would keep a pipe open.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.url = f"http://127.0.0.1:{port}"
        self.printed = folder / f"output-{port}-{time.monotonic_ns()}"
        settings = {"PATH": os.environ["PATH"], "PORT": str(port)}
        with self.printed.open("wb") as sink:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "forkopimda.demo"],
                cwd=folder,
                env=settings,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        return self.printed.read_text(errors="replace")

    def wait_for(self, words: str) -> None:
        def printed() -> bool:
            assert self.process.poll() is None or words in self.output, self.output
            return words in self.output

        wait_until(printed, START_SECONDS, f"{words!r} from the demo")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)


def processes_of(folder: Path) -> list[str]:
    """Command lines of all processes that work in the folder or were started from it."""
    found = []
    for process in psutil.process_iter():
        try:
            place, command = process.cwd(), process.cmdline()
        except psutil.Error:
            continue
        if place.startswith(str(folder)) and process.status() != psutil.STATUS_ZOMBIE:
            found.append(" ".join(command))
    return found


@contextmanager
def demo(folder: Path, port: int):
    """Run the demo and, when the test did not stop it, end what remains."""
    running = Demo(folder, port)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A copy of the sources, so that data of the developer's own demo is left alone."""
    folder = tmp_path_factory.mktemp("demo")
    ignored = shutil.ignore_patterns("*.mo")
    for name in SOURCES:
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "manage.py", folder)
    return folder


def test_it_answers_stops_without_a_trace_keeps_its_data_and_takes_over_what_was_killed(folder):
    port = free_port()
    with demo(folder, port) as first:
        first.wait_for("Siap: ")
        wait_until(lambda: healthy(first.url), START_SECONDS, "a healthy demo")
        with urllib.request.urlopen(f"{first.url}/lapor/", timeout=30) as answer:
            assert answer.status == 200
        assert "/lapor/" not in first.output.partition("Siap: ")[2], "who reports is logged"
        assert first.stop() == 0, first.output
    assert processes_of(folder) == []
    secret = (folder / "var/demo/secret-key").read_text()
    assert (folder / "var/demo/secret-key").stat().st_mode & 0o777 == 0o600

    with demo(folder, port) as killed:
        killed.wait_for("Siap: ")
        killed.stop(signal.SIGKILL)
    assert answers(killed.url), "the test needs processes that outlive the demo"

    with demo(folder, port) as next_run:
        next_run.wait_for("Siap: ")
        assert next_run.stop(signal.SIGINT) == 0, next_run.output
    assert processes_of(folder) == []
    assert (folder / "var/demo/secret-key").read_text() == secret


def healthy(url: str) -> bool:
    """Whether database, Redis and worker are all there."""
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.mark.parametrize("words", ["PostgreSQL dan Redis", "basis data", "berkas statis"])
def test_it_stops_at_once_while_it_starts(folder, words):
    with demo(folder, free_port()) as starting:
        starting.wait_for(words)
        assert starting.stop() == 0, starting.output
    assert "Siap" not in starting.output
    assert processes_of(folder) == []


def test_a_port_in_use_is_one_clear_line(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with demo(folder, port) as refused:
            assert refused.process.wait(STOP_SECONDS) == 1
    assert refused.output.count("\n") == 1
    assert f"Port {port} can't be used" in refused.output


def test_one_process_that_ends_ends_all_and_is_named(folder):
    with demo(folder, free_port()) as running:
        running.wait_for("Siap: ")
        (worker,) = [
            process
            for process in psutil.Process(running.process.pid).children(recursive=True)
            if process.name() != "sh" and "beat" in process.cmdline()
        ]
        worker.kill()
        assert running.process.wait(STOP_SECONDS) == 1
    assert "beat berhenti sendiri" in running.output
    assert processes_of(folder) == []


def test_reset_refuses_while_it_runs_and_removes_the_data_afterwards(folder):
    reset = [sys.executable, "-m", "forkopimda.demo", "--reset"]
    with demo(folder, free_port()) as running:
        running.wait_for("basis data")
        refused = subprocess.run(reset, cwd=folder, capture_output=True, text=True, check=False)
        assert (refused.returncode, (folder / "var/demo").exists()) == (1, True)
        running.stop()
    subprocess.run(reset, cwd=folder, check=True, capture_output=True)
    assert not (folder / "var/demo").exists()
