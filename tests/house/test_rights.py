"""Everybody gets what the table of rights says, at every address; no address is without a row."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import get_resolver, reverse

from tests.asn_neutrality.planted import secrets_in, words_in
from tests.conftest import BATU_BARA

from .asn_rights import COUNTRYWIDE
from .rights import ADMIN, RIGHTS
from .rows import ABSENT, CASE_READERS, DENIED, OK, ROLES, STAFF, TO_LOGIN


def names(resolver=None, prefix=""):
    """The names of all addresses but the admin's."""
    found = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            if entry.app_name != "admin":
                inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
                found |= names(entry, inner)
        else:
            found.add(f"{prefix}{entry.name}")
    return found


def test_every_address_has_a_row_in_the_table_of_rights():
    assert names() == set(RIGHTS)


def ask(client, name, row, keys):
    """The status of the answer, and what it says; a stream is read to its end."""
    kwargs = {key: keys.get(value, value) for key, value in row.kwargs.items()}
    answer = getattr(client, row.method)(reverse(name, kwargs=kwargs) + row.query)
    return answer.status_code, words_in(answer)


def leaks(words, role, *, here, number):
    """What of the case stands in the words and is not for the role: all but the case's examiner
    are told nothing, all but them and the region's auditors not even its number."""
    is_reader = here and role == "asn_examiner"
    found = set() if is_reader else secrets_in(words)
    if number in words and not (here and role in CASE_READERS):
        found.add("number")
    return sorted(found)


def presumes(name, status, words):
    """Whether a page on neutrality says that nobody is guilty before a decision; parts, files and
    other pages need not."""
    is_page = status == OK and name.startswith(("asn_", "lapor:")) and "<html" in words
    return not is_page or "Setiap orang dianggap tidak bersalah sampai ada putusan." in words


def expected_of(role, row):
    if role in row.allowed:
        return row.status
    return ABSENT if role in row.hidden else row.denied


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_what_the_table_says_in_its_region_and_in_the_next_one(role, world):
    here, there = world.enter(world.here[role]), world.enter(world.there[role])
    wrong, number = [], world.cases[0].number
    for name, rows in RIGHTS.items():
        for row in rows:
            inside = expected_of(role, row)
            outside = row.elsewhere or inside
            for whose, client, expected in (("here", here, inside), ("there", there, outside)):
                got, words = ask(client, name, row, world.keys)
                if not presumes(name, got, words):
                    wrong.append(f"{name} {row.kwargs} {whose}: does not presume innocence")
                if found := leaks(words, role, here=whose == "here", number=number):
                    wrong.append(f"{name} {row.kwargs} {whose}: shows {found}")
                # To the neighbour, "not for you" and "not there" may both be said.
                fine = {expected} | ({404, 403} if whose == "there" and expected == 404 else set())
                if got not in fine:
                    wrong.append(f"{name} {row.kwargs}{row.query} {row.method} {whose}: {got}")
    assert not wrong, wrong


def test_who_is_signed_out_or_has_no_role_gets_what_the_table_says(world):
    visitors = {"anonymous": Client(), "no_role": world.enter(world.here[None])}
    wrong, number = [], world.cases[0].number
    for name, rows in RIGHTS.items():
        for row in rows:
            for kind, client in visitors.items():
                got, words = ask(client, name, row, world.keys)
                if not presumes(name, got, words):
                    wrong.append(f"{name} {row.kwargs} {kind}: does not presume innocence")
                if found := leaks(words, kind, here=True, number=number):
                    wrong.append(f"{name} {row.kwargs} {kind}: shows {found}")
                if got != getattr(row, kind):
                    wrong.append(f"{name} {row.kwargs}{row.query} {kind}: {got}")
    assert not wrong, wrong


def test_every_page_of_the_admin_has_a_row():
    assert {model._meta.label_lower for model in admin.site._registry} == set(ADMIN)


@pytest.mark.parametrize("role", [*ROLES, None])
def test_the_admin_opens_to_staff_alone_and_shows_what_the_table_says(role, world):
    client = world.enter(world.here[role])
    wrong = []
    for label, allowed in ADMIN.items():
        address = reverse(f"admin:{label.replace('.', '_')}_changelist")
        got = client.get(address, follow=True).status_code
        if got != (200 if role in allowed else DENIED):
            wrong.append(f"{label}: {got}")
    assert client.get("/admin/", follow=True).status_code == (200 if role in STAFF else DENIED)
    assert not wrong, wrong


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_of_the_next_regency_find_no_row_of_ours_in_the_admin(role, world):
    client = world.enter(world.there[role])
    for model in admin.site._registry:
        if model._meta.label_lower in {"people.rolegrant", "people.user", "audit.auditevent"}:
            continue  # they hold rows of the neighbour's own
        if model._meta.label_lower in COUNTRYWIDE:
            continue
        name = f"admin:{model._meta.label_lower.replace('.', '_')}"
        for row in model._base_manager.filter()[:3]:
            shown = f"/admin/{model._meta.app_label}/{model._meta.model_name}/{row.pk}/change/"
            if not (getattr(row, "region_id", BATU_BARA) or "").startswith(BATU_BARA):
                continue  # the province's or the country's, open to both
            if model._meta.label_lower == "regions.region" and not row.pk.startswith(BATU_BARA):
                continue
            assert client.get(shown).status_code in {302, 403}, f"{name} {row.pk}"


def test_the_admin_sends_who_is_signed_out_to_the_one_door(db):
    answer = Client().get("/admin/", follow=False)

    assert answer.status_code == TO_LOGIN
    assert answer.headers["Location"].startswith("/admin/login/")
    assert Client().get(answer.headers["Location"]).headers["Location"].startswith("/akun/masuk/")
