"""The demo's folder, its settings, and what is done before its processes start."""

from __future__ import annotations

import os
import secrets
import shlex
import sys
from contextlib import suppress
from pathlib import Path

from forkopimda.embedded import Servers

from . import PASSPHRASE, PASSWORD
from .ports import ANYWHERE, Ports
from .stop import Group, StopRequest

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "var" / "demo"
# Every process of the demo carries this variable with the demo's folder, so that none is missed.
MARK = "FORKOPIMDA_DEMO"


def say(words: str) -> None:
    """Print a progress line at once."""
    print(f"==> {words}", flush=True)


def secret(name: str) -> str:
    """One of the demo's own secrets, made on the first run, so that sessions and tracking codes
    outlive a restart."""
    path = FOLDER / name
    with suppress(FileExistsError):
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(file, "w") as new:
            new.write(secrets.token_urlsafe(64))
    return path.read_text()


def environment(servers: Servers, ports: Ports) -> dict[str, str]:
    """The settings of every process of the demo."""
    hosts = "*" if ports.host in ANYWHERE else f"localhost,127.0.0.1,{ports.host}"
    return os.environ | {
        MARK: str(FOLDER),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "forkopimda.config.settings",
        "SECRET_KEY": secret("secret-key"),
        "TRACKING_KEY": secret("tracking-key"),
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "DEBUG": "false",
        "HTTPS": "false",
        "ALLOWED_HOSTS": hosts,
        "BASE_URL": ports.address,
        "EMAIL_URL": f"smtp://127.0.0.1:{ports.mail_smtp}",
        "DEFAULT_FROM_EMAIL": "Forkopimda Batu Bara <siaga@batubara.example>",
        "STATIC_ROOT": str(ROOT / "var" / "static"),
        "MEDIA_ROOT": str(FOLDER / "media"),
    }


def prepare(stop: StopRequest, env: dict[str, str]) -> str:
    """Bring database, catalogues, static files and example up to date; the accounts as text."""
    example = ["load_example", "--password", PASSWORD, "--passphrase", PASSPHRASE]
    example += ["--code-file", str(FOLDER / "tracking-code")]
    steps = {
        "Menyiapkan basis data…": ["migrate", "--noinput"],
        "Menyusun terjemahan…": ["compile_messages"],
        "Mengumpulkan berkas statis…": ["collectstatic", "--noinput"],
        "Memuat contoh Batu Bara…": example,
    }
    output = ""
    for words, arguments in steps.items():
        say(words)
        output = stop.run(["manage.py", *arguments], folder=ROOT, env=env)
    return output


def add_processes(group: Group, ports: Ports, env: dict[str, str]) -> None:
    """Web server, worker, beat and mail catcher."""
    web = ["uvicorn", "forkopimda.config.asgi:application", "--host", ports.host]
    web += ["--port", str(ports.web), "--timeout-graceful-shutdown", "2", "--no-proxy-headers"]
    web += ["--no-access-log", "--log-level", "warning", "--lifespan", "off"]
    worker = ["celery", "-q", "-A", "forkopimda.config.celery", "worker", "--concurrency", "2"]
    worker += ["--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
    beat = ["celery", "-q", "-A", "forkopimda.config.celery", "beat", "--pidfile", "", "--loglevel"]
    beat += ["WARNING", "--schedule", str(FOLDER / "beat-schedule")]
    mail = ["forkopimda.mailcatcher", "--smtp-port", str(ports.mail_smtp)]
    mail += ["--web-port", str(ports.mail_web), "--folder", str(FOLDER / "mail")]
    # Trying the demo as root is fine; Celery's long warning is about servers.
    python = [sys.executable, "-W", "ignore:You're running the worker with superuser", "-m"]
    for name, module in {"web": web, "worker": worker, "beat": beat, "mail": mail}.items():
        command = shlex.join([*python, *module])
        group.add_process(name, f"exec {command}", env=env, cwd=str(ROOT))
