"""How tests make, unlock and look at a key, through its pages."""

from django.urls import reverse

from asn_neutrality.sealing import vault
from asn_neutrality.unlocking import EXAMINER
from tests.asn_neutrality.made import PASSPHRASE

KEY = reverse("asn_keys:key")
MAKE = reverse("asn_keys:make")
UNLOCK = reverse("asn_keys:unlock")


def page(client, address=KEY):
    return client.get(address).content.decode()


def is_open(client):
    return "Kunci Anda terbuka di peramban ini" in page(client)


def new(**fields):
    return {
        "unit": "-",
        "passphrase": PASSPHRASE,
        "repeat": PASSPHRASE,
        "understood": "on",
        **fields,
    }


def places(client):
    """Where this browser's unlocked key lies."""
    return vault._place(EXAMINER, client.cookies[vault.cookie_name(EXAMINER)].value)
