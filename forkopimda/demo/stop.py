"""Stopping the demo: the request, and the group of processes that obeys it."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from honcho.manager import Manager


class DemoError(Exception):
    """The demo can't go on; the message is for its user."""


class Stopped(Exception):
    """The user asked the demo to stop."""


@dataclass
class StopRequest:
    """Remembers a signal to stop, and ends the start-up command that is running.

    Nothing is raised inside the handler: the demo stops between two steps, never in one.
    """

    received: bool = False
    command: subprocess.Popen[str] | None = field(default=None, repr=False)

    def listen(self) -> None:
        """Take over the signals; SIGHUP only when it isn't ignored (nohup)."""
        signal.signal(signal.SIGINT, self.handle)
        signal.signal(signal.SIGTERM, self.handle)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self.handle)

    def handle(self, *_: object) -> None:
        """Signal handler: note the request."""
        self.received = True
        self.end_command()

    def end_command(self) -> None:
        """End the running start-up command with all its processes."""
        if self.command is not None and self.command.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.command.pid, signal.SIGTERM)

    def check(self) -> None:
        """Raise Stopped when a signal has come."""
        if self.received:
            raise Stopped

    def run(self, arguments: list[str], *, folder: Path, env: dict[str, str]) -> str:
        """Run Python with these arguments to its end; returns what it printed.

        Raises DemoError with that when it fails, and Stopped when the user stops the demo.
        """
        self.check()
        self.command = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        if self.received:  # the signal came before there was a command to end
            self.end_command()
        output, _ = self.command.communicate()
        self.check()
        if self.command.returncode != 0:
            raise DemoError(f"{shlex.join(arguments)} gagal / failed:\n{output}")
        return output


class Group(Manager):  # type: ignore[misc]  # honcho has no type hints
    """Honcho's group of processes, stopped by a StopRequest rather than by honcho's handlers.

    Those print and use the processes' ids in the handler, which fails while the group starts.
    """

    def __init__(self, stop: StopRequest) -> None:
        super().__init__()
        self.stop = stop
        self.ended_first: list[str] = []

    def _start(self) -> None:
        self.stop.listen()
        super()._start()

    def _all_started(self) -> bool:
        """Asked on each turn of honcho's loop, hence the place to look for a request to stop."""
        started = bool(super()._all_started())
        if started and self.stop.received:
            self.terminate()
        return started

    def terminate(self) -> None:
        """End all, and note who had ended before."""
        if not self._terminating:
            processes = self._processes.items()
            self.ended_first = [name for name, seen in processes if "returncode" in seen]
        super().terminate()
