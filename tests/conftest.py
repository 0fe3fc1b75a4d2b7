"""What all tests share: one regency with its neighbour, and people by role."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client
from whitenoise import WhiteNoise

from asn_neutrality.sealing import primitives
from forkopimda.lib import live
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.people import actions as people
from forkopimda.people.models import User
from forkopimda.regions import example as batu_bara
from forkopimda.regions.models import Level, Region

BATU_BARA = "12.19"
LAUT_TADOR = "12.19.08"
SEI_SUKA = "12.19.02"
ASAHAN = "12.09"
PASSWORD = "sandi-uji-yang-panjang"

_serial = itertools.count(1)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Tests talk to this machine alone."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "127.0.0.1"
        if not (str(host).startswith("127.") or host in {"localhost", "::1"}):
            raise RuntimeError(f"a test reached for the network: {address}")
        connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def _light_passwords() -> Iterator[None]:
    """Argon2 all the same, but not at the cost that keeps real passwords, passphrases and codes
    safe: each test makes people, and a production hash takes a tenth of a second."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("time_cost", "memory_cost", "parallelism"):
            patch.setattr(Argon2PasswordHasher, name, {"memory_cost": 8}.get(name, 1))
        patch.setattr(primitives, "COST", primitives.Cost(1, 8192))
        yield


@pytest.fixture(autouse=True, scope="session")
def _static_files_listed_once() -> Iterator[None]:
    """WhiteNoise lists all static files for each new client, which takes longer than most pages;
    here the first list serves all."""
    listed: dict[object, dict[str, object]] = {}
    add_files = WhiteNoise.add_files

    def once(self: WhiteNoise, root: str, prefix: str | None = None) -> None:
        if (root, prefix) not in listed:
            add_files(self, root, prefix)
            listed[root, prefix] = self.files
        self.files = listed[root, prefix]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "add_files", once)
        yield


@pytest.fixture(autouse=True)
def _quiet_redis() -> None:
    """Each test starts with an empty cache and an empty live stream."""
    cache.clear()
    live.client().delete(live.STREAM)


@pytest.fixture(autouse=True)
def media(settings: LazySettings, tmp_path: Path) -> Path:
    """A folder of its own for the files that a test stores."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def make_regions() -> dict[str, Region]:
    """Batu Bara with its twelve kecamatan and schematic map, and Asahan beside it."""
    batu_bara.load()
    with writing():
        for code, name, level, parent in (
            (ASAHAN, "Kabupaten Asahan", Level.REGENCY, "12"),
            ("12.09.08", "Bandar Pasir Mandoge", Level.KECAMATAN, ASAHAN),
        ):
            Region.objects.create(code=code, name=name, level=level, parent_id=parent)
    return {region.code: region for region in Region.objects.all()}


def make_person(
    regions: dict[str, Region], role: str | None, code: str = BATU_BARA, **fields: str
) -> User:
    """A user who holds one role in one region, as `person` makes them."""
    number = next(_serial)
    name = fields.pop("username", f"{role or 'tanpa-peran'}-{number}")
    user = people.create_user(
        by=SYSTEM,
        username=name,
        display_name=fields.pop("display_name", name),
        email=fields.pop("email", f"{name}@contoh.example"),
        password=PASSWORD,
        roles=[(role or "viewer", regions[code] if code else None)],
        **fields,
    )
    if role is None:
        for grant in user.grants.all():
            people.revoke_role(by=SYSTEM, grant=grant)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def regions(db: None) -> dict[str, Region]:
    """Batu Bara with its twelve kecamatan and schematic map, and Asahan beside it."""
    return make_regions()


@pytest.fixture
def person(regions: dict[str, Region]) -> Callable[..., User]:
    """Makes a user who holds one role in one region: `person("viewer", "12.19")`.

    The region "" is the whole country; the role None gives an account without any role.
    """
    return partial(make_person, regions)


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """A client whose session belongs to the user."""

    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return enter
