"""Whatever a client sends, no page fails on our side."""

import pytest
from django.test import Client
from django.urls import reverse

from .rights import ADMIN, RIGHTS

HOSTILE = [
    "%00",
    "-1",
    "9" * 40,
    "%F0%9F%98%80",
    "%FF%FE",
    "'%22%3Cscript%3E",
    "a" * 5000,
    "12.19.99",
    "2024-13-45",
]
NAMES = [
    *("wilayah", "page", "per", "cari", "urut", "waktu", "tampil", "q", "p", "o", "bulan"),
    *("keadaan", "kelas", "jenis", "keparahan", "dari", "sampai", "sejak", "lapis", "kotak", "z"),
    *("pusat", "asesmen", "usulan", "kerangka", "kecamatan", "satuan", "lat", "lon", "kecil"),
    *("nomor", "orang", "apa", "tujuan", "kelompok", "laporan", "main", "isi", "tahun", "saya"),
]


def allowed_role(row):
    """A role that the address is open to: the auditor where they may, else the first that may."""
    return "auditor" if "auditor" in row.allowed or not row.allowed else min(row.allowed)


def test_no_hostile_query_makes_a_page_fail(world):
    clients = world.clients()
    failed = []
    for name, rows in RIGHTS.items():
        for row in rows:
            if row.method != "get":
                continue
            client = clients[allowed_role(row)]
            kwargs = {key: world.keys.get(value, value) for key, value in row.kwargs.items()}
            for value in HOSTILE:
                query = "&".join(f"{parameter}={value}" for parameter in NAMES)
                address = f"{reverse(name, kwargs=kwargs)}?{query}"
                answer = client.get(address)
                if answer.streaming:
                    answer.getvalue()
                status = answer.status_code
                if status >= 500 and name != "situation:healthz":
                    failed.append((status, address[:120]))
    assert not failed


def test_no_hostile_query_makes_the_admin_fail(world):
    client = world.enter(world.here["administrator"])
    failed = []
    for label in ADMIN:
        for value in HOSTILE:
            query = "&".join(f"{parameter}={value}" for parameter in [*NAMES, "level__exact"])
            address = f"{reverse('admin:' + label.replace('.', '_') + '_changelist')}?{query}"
            if client.get(address).status_code >= 500:
                failed.append(address[:120])
    assert not failed


@pytest.mark.parametrize("value", ["\x00", "-1", "x" * 5000, "9" * 40, "😀"])
def test_no_hostile_field_makes_a_form_fail(value, world):
    officer = world.enter(world.here["police_approver"])
    sent = dict.fromkeys(["level", "reason", "evidence", "seen"], value)
    assert officer.post("/kerawanan/12.19.08/", sent).status_code == 422

    client = Client()
    assert client.post("/akun/masuk/", {"login": value, "password": "x"}).status_code < 500
    assert client.post("/akun/bahasa/", {"language": value}).status_code == 400
