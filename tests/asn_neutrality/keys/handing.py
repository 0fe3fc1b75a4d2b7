"""How tests hand out shares of a recovery key and type them in, through the pages."""

import re

from django.urls import reverse

from tests.asn_neutrality.keys.conftest import (
    OFFICES,
)
from tests.conftest import BATU_BARA

MAKE = reverse("asn_keys:make_recovery")
SHARES = reverse("asn_keys:shares")
PROVE = reverse("asn_keys:prove_recovery")
RECOVER = reverse("asn_keys:recover")
LIST = reverse("asn_keys:recovery")


def begin(client, **fields):
    return client.post(
        MAKE, {"region": BATU_BARA, "holders": "\n".join(OFFICES), "threshold": 2, **fields}
    )


def hand_over(client):
    """Goes through the ceremony's pages, and gives the shares as they were shown."""
    shown = []
    for number, office in enumerate(OFFICES, start=1):
        page = client.get(SHARES).content.decode()
        assert f"Serahkan kepada {office}" in page
        words = re.search(r'<ol class="share-words".*?</ol>', page, re.DOTALL).group()
        shown.append(" ".join(re.findall(r"<li>(\w+)</li>", words)))
        assert not any(share in page for share in shown[:-1])
        answer = client.post(SHARES, {"number": number})
    return shown, answer


def is_over(client):
    return "Tidak ada bagian yang sedang diserahkan" in client.get(SHARES).content.decode()


def typed(shares, **fields):
    return {f"share_{n}": share for n, share in enumerate(shares, start=1)} | fields


def ask(client, shares, user, address=RECOVER):
    return client.post(address, typed(shares, user=user.pk, why="frasa sandi hilang"))
