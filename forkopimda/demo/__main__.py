"""`make demo`: the whole product on this machine, with servers from wheels and example data.

Run as `python -m forkopimda.demo`; `--reset` deletes the demo's data instead. Reads PORT
(8000), HOST (127.0.0.1) and MAIL_PORT (PORT + 1) from the environment. Ends with 0 when its
user stops it (Ctrl-C, SIGTERM, closed terminal) and with 1 on any failure.
"""

from __future__ import annotations

import argparse
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from forkopimda.embedded import ServerError, embedded_servers, end_marked, is_in_use, remove

from .ports import Ports, choose_ports
from .preparation import FOLDER, MARK, add_processes, environment, prepare, say
from .stop import DemoError, Group, Stopped, StopRequest

READY_SECONDS = 60.0


def announce(ports: Ports, accounts: str, over: threading.Event) -> None:
    """Print address and accounts once the web server listens, which it does when it is ready."""
    deadline = time.monotonic() + READY_SECONDS
    while not over.wait(0.2) and time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection((ports.reachable, ports.web), timeout=5):
            break
    if over.is_set():
        return
    lines = ["", accounts.strip(), "", f"Siap: {ports.address}", f"Surel: {ports.mail_address}"]
    if ports.host not in ("127.0.0.1", "localhost"):
        lines.append("Perhatian: akun contoh terbuka bagi jaringan. / Open to the network.")
    print("\n".join([*lines, "Berhenti: Ctrl-C", ""]), flush=True)


def supervise(stop: StopRequest, ports: Ports, env: dict[str, str], accounts: str) -> None:
    """Run the group until the user stops it; raises DemoError when a process ends by itself."""
    group = Group(stop)
    add_processes(group, ports, env)
    over = threading.Event()
    announcer = threading.Thread(target=announce, args=(ports, accounts, over), daemon=True)
    say("Menyalakan web, worker, beat, dan penampung surel…")
    announcer.start()
    try:
        group.loop()
    finally:
        over.set()
    if not stop.received:
        raise DemoError(f"{', '.join(group.ended_first)} berhenti sendiri / ended by itself")


@contextmanager
def marked_processes_ended() -> Iterator[None]:
    """Before and after: no process of this demo, of a killed earlier run neither, remains."""
    end_marked(MARK, str(FOLDER))
    try:
        yield
    finally:
        end_marked(MARK, str(FOLDER))


def run() -> None:
    """The demo, from its first check to its last process; raises DemoError or Stopped."""
    stop = StopRequest()
    stop.listen()
    if is_in_use(FOLDER):
        raise DemoError("Demo sudah berjalan dari folder ini / is already running from here.")
    with marked_processes_ended():
        ports = choose_ports()
        say("Menyalakan PostgreSQL dan Redis…")
        # Enclosed by the servers: the group ends first, the database last.
        with embedded_servers(FOLDER, durable=True) as servers, marked_processes_ended():
            env = environment(servers, ports)
            accounts = prepare(stop, env)
            supervise(stop, ports, env, accounts)


def reset() -> None:
    """Delete the demo's data; raises DemoError while a demo runs."""
    if is_in_use(FOLDER):
        raise DemoError("Demo sedang berjalan; hentikan dahulu / is running; stop it first.")
    end_marked(MARK, str(FOLDER))
    remove(FOLDER)
    say("Data demo dihapus. / Demo data removed.")


def main() -> int:
    """Command line; the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m forkopimda.demo", description=__doc__)
    parser.add_argument("--reset", action="store_true", help="delete the demo's data")
    options = parser.parse_args()
    try:
        if options.reset:
            reset()
        else:
            run()
    except Stopped:
        pass
    except (DemoError, ServerError) as error:
        print(f"Demo: {error}", file=sys.stderr, flush=True)
        return 1
    if not options.reset:
        say("Demo berhenti. / Demo stopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
