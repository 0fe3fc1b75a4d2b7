"""Where the demo listens."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass

from forkopimda.embedded import free_port

from .stop import DemoError

ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 -- compared with, not bound to


@dataclass(frozen=True)
class Ports:
    """One interface for the web server, three ports."""

    host: str
    web: int
    mail_web: int
    mail_smtp: int

    @property
    def reachable(self) -> str:
        """The interface as seen from this machine."""
        return "127.0.0.1" if self.host in ANYWHERE else self.host

    @property
    def address(self) -> str:
        """What to type into a browser on this machine."""
        host = f"[{self.reachable}]" if ":" in self.reachable else self.reachable
        return f"http://{host}:{self.web}"

    @property
    def mail_address(self) -> str:
        """Where the caught mail can be read."""
        return f"http://127.0.0.1:{self.mail_web}"


def choose_ports() -> Ports:
    """The ports from the environment; raises DemoError when PORT is malformed or taken."""
    host = os.environ.get("HOST", "127.0.0.1")
    web = port_from_environment("PORT", 8000)
    try:
        listen_once(host, web)
    except OSError as error:
        raise DemoError(
            f"Port {web} tidak bisa dipakai; pilih yang lain: make demo PORT=8080 / "
            f"Port {web} can't be used ({error.strerror}); choose another."
        ) from error
    mail_web = port_from_environment("MAIL_PORT", min(web + 1, 65535))
    try:
        listen_once("127.0.0.1", mail_web)
    except OSError:
        mail_web = free_port()
    return Ports(host=host, web=web, mail_web=mail_web, mail_smtp=free_port())


def port_from_environment(name: str, default: int) -> int:
    """A port number; raises DemoError when the variable holds none."""
    value = os.environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise DemoError(f"{name}={value} bukan nomor port / is not a port number (1-65535)")
    return int(value)


def listen_once(host: str, port: int) -> None:
    """Raise OSError when nobody can listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        probe.listen()
