"""Starting, awaiting and ending one server process."""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import psutil

START_SECONDS = 60.0
STOP_SECONDS = 30.0
MARKED_STOP_SECONDS = 5.0
LOG_TAIL_LINES = 25


class ServerError(RuntimeError):
    """A server could not be started; the message ends with the tail of its log."""


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def packaged(package: str, pattern: str) -> Path:
    """The one file of an installed package that matches `pattern`."""
    spec = find_spec(package)
    for location in (spec and spec.submodule_search_locations) or []:
        for path in Path(location).glob(pattern):
            return path
    raise ServerError(f"Package {package} is not installed, or has no {pattern} for this machine.")


@contextmanager
def running(
    command: list[str],
    log: Path,
    data: Path,
    answers: Callable[[], bool],
    *,
    stop_with: signal.Signals,
    user: pwd.struct_passwd | None = None,
) -> Iterator[None]:
    """Run a server from the moment it answers until the block ends, whatever ends it.

    Raises ServerError when it ends by itself before that, or stays silent.
    """
    process = spawn(command, log, data, user)
    name = Path(command[0]).name
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            if process.poll() is not None:
                raise ServerError(f"{name} ended with {process.returncode}.\n{tail(log)}")
            if answers():
                break
            if time.monotonic() > deadline:
                raise ServerError(f"{name} is silent after {START_SECONDS:.0f} s.\n{tail(log)}")
            time.sleep(0.02)
        yield
    finally:
        _end(process, stop_with)


def spawn(
    command: list[str], log: Path, folder: Path, user: pwd.struct_passwd | None
) -> subprocess.Popen[bytes]:
    """Start a server in its own session, so that a Ctrl-C in the terminal does not reach it."""
    with log.open("wb") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            # Nothing of the caller's environment (PGDATA, LC_ALL, ...) may change the server.
            env={"PATH": os.defpath, "LC_ALL": "C"},
            start_new_session=True,
            user=None if user is None else user.pw_uid,
            group=None if user is None else user.pw_gid,
            extra_groups=None if user is None else [],
        )


def _end(process: subprocess.Popen[bytes], stop_with: signal.Signals) -> None:
    """Ask a server to stop, and kill it when it does not."""
    process.send_signal(stop_with)
    for wait, sterner in ((STOP_SECONDS, signal.SIGQUIT), (5.0, signal.SIGKILL)):
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            process.send_signal(sterner)
        else:
            return
    process.wait()


def end_leftovers(data: Path) -> None:
    """End every process that works in `data`: servers whose starter was killed."""
    leftovers = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.pid != os.getpid() and Path(process.cwd()) == data:
                leftovers.append(process)
    pids = {process.pid for process in leftovers}
    for process in leftovers:
        # SIGINT stops PostgreSQL fast and in order, and Valkey as SIGTERM does. It goes to the
        # servers alone: they end their own children.
        with suppress(psutil.Error):
            if process.ppid() not in pids:
                process.send_signal(signal.SIGINT)
    deadline = time.monotonic() + STOP_SECONDS
    while (alive := [process for process in leftovers if _is_alive(process)]) and (
        time.monotonic() < deadline
    ):
        time.sleep(0.02)
    for process in alive:
        with suppress(psutil.Error):
            process.kill()


def end_marked(variable: str, value: str) -> None:
    """End all processes but this one that were started with this environment variable."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.pid != os.getpid() and process.environ().get(variable) == value:
                process.terminate()
                found.append(process)
    deadline = time.monotonic() + MARKED_STOP_SECONDS
    while any(_is_alive(process) for process in found) and time.monotonic() < deadline:
        time.sleep(0.02)
    for process in found:
        with suppress(psutil.Error):
            process.kill()


def _is_alive(process: psutil.Process) -> bool:
    """Whether a process still works; one that ended but was not collected does not."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def tail(log: Path) -> str:
    """The last lines of a log, for an error message."""
    lines = log.read_text(errors="replace").splitlines()
    return "\n".join([f"--- {log}", *lines[-LOG_TAIL_LINES:]])
