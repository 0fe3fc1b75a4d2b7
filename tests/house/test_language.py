"""Whoever reads English meets no Indonesian of ours, whoever reads Indonesian no English."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation

from forkopimda.audit.models import AuditEvent
from forkopimda.elections import example as elections
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.templatetags.words import ago
from forkopimda.meetings import example as meetings
from forkopimda.meetings.models import Meeting
from forkopimda.people import actions as people
from forkopimda.people import example as officials
from forkopimda.people.models import User
from security import actions as security
from security import example as levels
from tests.asn_neutrality import made as asn
from tests.conftest import BATU_BARA, LAUT_TADOR
from tests.security.pages import addresses as security_pages

from .page_texts import ALLAUTH, Texts, texts
from .rights import ADMIN

CATALOGUE = Path(__file__).resolve().parent.parent.parent / "locale/en/LC_MESSAGES/django.po"
SHORT = 6  # texts up to this length are too common to tell the languages apart
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
ROLES = ["viewer", "police_approver", "secretariat", "asn_examiner", "election_officer"]
SIGNED_OUT = ["/akun/masuk/", "/akun/lupa-sandi/", "/akun/lupa-sandi/terkirim/", "/tidak-ada/"]


def catalogue():
    """Indonesian texts and their English, without those that hold data."""
    with CATALOGUE.open("rb") as stream:
        entries = [m for m in read_po(stream, locale="en") if m.id and isinstance(m.id, str)]
    return [(m.id, m.string) for m in entries if not PLACEHOLDER.search(m.id)]


def telling(texts, others):
    return {text for text in texts if len(text) > SHORT} - set(others)


INDONESIAN = telling([i for i, e in catalogue() if i != e], [e for _i, e in catalogue()])
ENGLISH = telling([e for i, e in catalogue() if i != e], [i for i, _e in catalogue()])


@pytest.fixture
def example(regions):
    """The example data."""
    officials.load(password=None)
    levels.load()
    elections.load()
    meetings.load()


@pytest.fixture
def pages(example, regions, person, sign_in):
    """Every main page as each role and as who is signed out, in one language; an alert waits."""

    def visit(language):
        people_by_role = {role: person(role, language=language) for role in ROLES}
        asn.give_key(people_by_role["asn_examiner"])
        clients = [sign_in(user) for user in people_by_role.values()]
        security.rate_region(by=SYSTEM, region=regions[LAUT_TADOR], level="high", reason="contoh")
        case = asn.receive(regions[BATU_BARA]).report.case
        addresses = [
            "/",
            "/kerawanan/",
            "/kerawanan/?per=2024-11-22",
            "/kerawanan/?per=besok",
            f"/kerawanan/{LAUT_TADOR}/",
            "/rapat/",
            "/rapat/?cari=tidak-ada-yang-begini",
            f"/rapat/{Meeting.objects.get().pk}/",
            "/rapat/baru/",
            "/pemilihan/",
            "/pemilihan/tambah/",
            "/peringatan/",
            "/peringatan/?tampil=belum",
            "/netralitas-asn/",
            "/netralitas-asn/baru/",
            f"/netralitas-asn/{case.pk}/",
            "/akun/",
            "/akun/sandi/",
            "/akun/keluar/",
            "/tidak-ada/",
        ]
        for client in clients:
            yield from (client.get(address) for address in addresses)
            yield client.post(f"/kerawanan/{LAUT_TADOR}/", {"level": "low"})
        police = sign_in(person("police_approver", language=language))
        yield from (police.get(address) for address in security_pages())
        yield sign_in(person(None, language=language)).get("/")
        stranger = Client()
        stranger.cookies["django_language"] = language
        yield from (stranger.get(address) for address in SIGNED_OUT)
        yield stranger.post("/akun/masuk/", {"login": "entah", "password": "entah"})

    return visit


@pytest.fixture
def admin_pages(example, person, sign_in):
    """Every list of the admin."""

    def visit(language):
        client = sign_in(person("administrator", "", language=language))
        yield client.get("/admin/")
        for label, allowed in ADMIN.items():
            if "administrator" in allowed:
                yield client.get(f"/admin/{label.replace('.', '/')}/")
        yield client.get("/admin/people/user/add/")
        yield client.get(f"/admin/people/user/{User.objects.first().pk}/change/")

    return visit


def first_letters_small(words):
    return {word[:1].lower() + word[1:] for word in words}


def test_the_english_catalogue_is_complete():
    call_command("make_messages", check=True, verbosity=0)
    assert len(INDONESIAN) > 200
    assert len(ENGLISH) > 200


def test_english_pages_have_no_indonesian_text(pages):
    met = set()
    for answer in pages("en"):
        shown = texts(answer, "en")
        found = shown & INDONESIAN
        assert not found, (answer.request["PATH_INFO"], found)
        met |= shown & ENGLISH
    assert len(met) > 80


def test_indonesian_pages_have_no_english_text(pages):
    met = set()
    for answer in pages("id"):
        shown = texts(answer, "id")
        assert not shown & (ENGLISH | ALLAUTH), answer.request["PATH_INFO"]
        met |= shown & INDONESIAN
    assert len(met) > 80


def test_the_admin_in_english_has_no_indonesian_text(admin_pages):
    names = User.objects.values_list("display_name", flat=True)  # example accounts are posts
    words = first_letters_small(INDONESIAN - set(names))
    for answer in admin_pages("en"):
        assert answer.status_code == 200
        left = first_letters_small(texts(answer, "en")) & words
        assert not left, answer.request["PATH_INFO"]


def test_the_admin_in_indonesian_has_no_english_of_ours(admin_pages):
    words = first_letters_small(ENGLISH)
    for answer in admin_pages("id"):
        assert answer.status_code == 200
        left = first_letters_small(texts(answer, "id")) & words
        assert not left, answer.request["PATH_INFO"]


def test_a_count_of_one_is_singular_in_english():
    with translation.override("en"):
        assert ">1 day ago<" in ago(timezone.now() - timedelta(days=1, minutes=1))
        assert ">2 hours ago<" in ago(timezone.now() - timedelta(hours=2, minutes=1))
    with translation.override("id"):
        assert ">1 hari lalu<" in ago(timezone.now() - timedelta(days=1, minutes=1))


def test_the_audit_trail_reads_in_the_readers_language(regions, person):
    user = person("viewer", username="camat")
    security.rate_region(by=SYSTEM, region=regions[LAUT_TADOR], level="low", reason="tenang")
    security.rate_region(by=SYSTEM, region=regions[LAUT_TADOR], level="medium", reason="ramai")
    people.set_language(by=user, language="en")

    with translation.override("id"):
        acts = [str(event) for event in AuditEvent.objects.order_by("id")]
    assert "sistem memberi camat peran Pejabat di Kabupaten Batu Bara" in acts
    assert "sistem menetapkan tingkat Rendah untuk Kecamatan Laut Tador (dari –)" in acts
    assert "sistem menetapkan tingkat Sedang untuk Kecamatan Laut Tador (dari Rendah)" in acts
    assert "camat memilih bahasa Inggris" in acts
    with translation.override("en"):
        acts = [str(event) for event in AuditEvent.objects.order_by("id")]
    assert "sistem set the level of Kecamatan Laut Tador to Medium (was Low)" in acts


# --- The switch ---


def switch(client, **sent):
    return client.post("/akun/bahasa/", sent)


def language_of(client, address="/akun/lupa-sandi/"):
    return Texts(client.get(address).content.decode()).language


def test_a_visitor_switches_and_a_cookie_remembers(db):
    client = Client()
    assert language_of(client) == "id"

    answer = switch(client, language="en", next="/akun/lupa-sandi/")

    assert answer["Location"] == "/akun/lupa-sandi/"
    assert answer.cookies["django_language"]["max-age"] > 0
    assert language_of(client) == "en"
    switch(client, language="id")
    assert language_of(client) == "id"


def test_an_account_remembers_the_language_on_every_device(person, sign_in):
    user = person("viewer")
    client = sign_in(user)
    assert language_of(client, "/rapat/") == "id"

    switch(client, language="en")

    assert language_of(client, "/rapat/") == "en"
    assert language_of(sign_in(user), "/rapat/") == "en"
    assert User.objects.get(pk=user.pk).language == "en"


@pytest.mark.parametrize("language", ["", "fr", "en-gb", "ID"])
def test_an_unknown_language_is_refused(person, sign_in, language):
    client = sign_in(person("viewer"))

    assert switch(client, language=language).status_code == 400
    assert language_of(client, "/rapat/") == "id"


@pytest.mark.parametrize(
    "address",
    [
        "https://lain.example/",
        "//lain.example/",
        "/\\lain.example/",
        "\\\\lain.example",
        "javascript:alert(1)",
        "http:lain.example",
        " //lain.example",
        "",
    ],
)
def test_the_switch_leads_to_no_other_site(db, address):
    assert switch(Client(), language="en", next=address)["Location"] == "/"


def test_the_switch_leads_back_to_the_page_with_its_query(db):
    address = "/kerawanan/?urut=nama&cari=sei"

    assert switch(Client(), language="en", next=address)["Location"] == address
