"""The product's processes, run by tests against their own database, and servers for faults.

Each context manager ends its whole process group, whatever happens, and prints the tail of the
output when the test fails. The test must use a committed database: `django_db(transaction=True)`.
"""

import email
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path
from urllib.parse import quote, urlencode

from aiosmtpd.controller import Controller
from django.db import connection

from forkopimda.embedded import free_port, valkey_server

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 30.0
STOP_SECONDS = 10.0
TAIL_LINES = 40


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Return as soon as the condition holds; AssertionError names `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds:g} s")
        time.sleep(0.02)


def database_url() -> str:
    """Address of the test database this process uses."""
    settings = connection.settings_dict
    parts = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"]}
    parts["password"] = settings["PASSWORD"]
    query = urlencode({key: value for key, value in parts.items() if value}, quote_via=quote)
    return f"postgresql:///{quote(settings['NAME'])}?{query}"


class Output:
    """What a process printed so far, and whether it still runs."""

    def __init__(self, process: subprocess.Popen[bytes], path: Path) -> None:
        self.process = process
        self.path = path

    def text(self) -> str:
        """Everything printed so far."""
        return self.path.read_text(errors="replace")

    def wait_for(self, words: str, seconds: float = READY_SECONDS) -> None:
        """Return when the output contains `words`; AssertionError when the process ends first."""

        def printed() -> bool:
            assert self.process.poll() is None, f"ended with {self.process.returncode}"
            return words in self.text()

        wait_until(printed, seconds, f"{words!r} in the output")


@contextmanager
def running(arguments: list[str], env: dict[str, str] | None = None) -> Iterator[Output]:
    """Run `python -m ...` from the project's root on the test database."""
    settings = os.environ | {"DATABASE_URL": database_url(), "PYTHONUNBUFFERED": "1"} | (env or {})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "output"
        with path.open("wb") as sink:
            process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=ROOT,
                env=settings,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        output = Output(process, path)
        try:
            yield output
        except BaseException:
            tail = output.text().splitlines()[-TAIL_LINES:]
            print(f"--- output of {' '.join(arguments)}", *tail, sep="\n", file=sys.stderr)
            raise
        finally:
            end_group(process)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Ask the process to stop, then kill what is left of its group."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def answers(url: str) -> bool:
    """Whether an HTTP server answers there, with any status."""
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except urllib.error.HTTPError as error:
        error.close()
    except OSError:
        return False
    return True


@contextmanager
def web_server(env: dict[str, str] | None = None) -> Iterator[str]:
    """Run the web server; yields its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    arguments = ["uvicorn", "forkopimda.config.asgi:application", "--port", str(port)]
    arguments += ["--lifespan", "off", "--timeout-graceful-shutdown", "1", "--no-access-log"]
    with running(arguments, {"BASE_URL": url} | (env or {})) as output:

        def ready() -> bool:
            assert output.process.poll() is None, "the web server ended by itself"
            return answers(f"{url}/healthz")

        wait_until(ready, READY_SECONDS, "the web server's first answer")
        yield url


@contextmanager
def celery_worker(env: dict[str, str] | None = None) -> Iterator[Output]:
    """Run a worker that has connected to Redis; yields its output."""
    arguments = ["celery", "-A", "forkopimda.config.celery", "worker", "--concurrency", "2"]
    arguments += ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    with running(arguments, {"LOG_LEVEL": "INFO"} | (env or {})) as output:
        output.wait_for(" ready.")
        yield output


@contextmanager
def celery_beat(env: dict[str, str] | None = None) -> Iterator[Output]:
    """Run beat; yields its output."""
    arguments = ["celery", "-A", "forkopimda.config.celery", "beat", "--pidfile", ""]
    with tempfile.TemporaryDirectory() as folder:
        arguments += ["--schedule", f"{folder}/schedule", "--loglevel", "INFO"]
        with running(arguments, {"LOG_LEVEL": "INFO"} | (env or {})) as output:
            output.wait_for("beat: Starting...")
            yield output


class Mailbox:
    """Messages an SMTP server received; `url` is what EMAIL_URL takes."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"smtp://127.0.0.1:{port}"
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self._changed = threading.Condition()

    async def handle_DATA(self, server, session, envelope) -> str:
        """Called by aiosmtpd for each message."""
        with self._changed:
            self.messages.append(email.message_from_bytes(envelope.content, policy=modern))
            self.recipients += envelope.rcpt_tos
            self._changed.notify_all()
        return "250 OK"

    def wait_for(self, count: int, timeout: float = READY_SECONDS) -> list[EmailMessage]:
        """The messages once there are `count` of them; AssertionError after `timeout` seconds."""
        with self._changed:
            enough = self._changed.wait_for(lambda: len(self.messages) >= count, timeout)
            assert enough, f"{len(self.messages)} of {count} messages within {timeout:g} s"
            return list(self.messages)


@contextmanager
def smtp_server(port: int | None = None) -> Iterator[Mailbox]:
    """Receive mail in this process on a free port (or on `port`)."""
    mailbox = Mailbox(port or free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


class RedisServer:
    """A Valkey of the test's own that can be stopped and started again with its data."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._running = ExitStack()

    def start(self) -> None:
        """Start it on the same port as before."""
        server = valkey_server(self._folder, durable=True, port=self.port)
        self._running.enter_context(server)

    def stop(self) -> None:
        """Stop it; connections are refused until it is started again."""
        self._running.close()


@contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    """Run a RedisServer with its data in `folder`."""
    server = RedisServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
