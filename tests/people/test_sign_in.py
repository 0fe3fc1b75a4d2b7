"""One door: by user name or mail address, with a password that its owner can change."""

import re

from django.core import mail
from django.test import Client

from forkopimda.audit.models import AuditEvent
from forkopimda.people.models import User
from tests.conftest import PASSWORD


def enter(login, password=PASSWORD):
    client = Client()
    return client, client.post("/akun/masuk/", {"login": login, "password": password})


def test_people_sign_in_by_user_name_or_by_mail_address(person):
    user = person("viewer")
    for login in (user.username, user.email, user.email.upper()):
        client, answer = enter(login)
        assert answer.headers["Location"] == "/", login
        assert client.get("/").status_code == 200


def test_people_sign_in_while_redis_is_away(person, settings):
    user = person("viewer")
    settings.CACHES = {
        "default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    }

    assert enter(user.username)[1].headers["Location"] == "/"
    assert enter(user.username, "salah-salah-salah")[1].status_code == 200


def test_who_tries_too_many_passwords_is_told_to_wait(person):
    user = person("viewer")
    answers = [enter(user.username, f"salah-{n}-salah")[1] for n in range(8)]

    assert "Terlalu banyak percobaan" in answers[-1].content.decode()


def test_a_wrong_password_is_refused_in_the_users_language_and_the_name_is_kept(person):
    user = person("viewer")
    _client, answer = enter(user.username, "salah-salah-salah")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'value="{user.username}"' in page
    assert 'role="alert"' in page
    assert "password" not in re.sub(r"<[^>]*>", "", page).lower()


def test_nobody_signs_up_by_themselves(db):
    for address in ("/akun/daftar/", "/accounts/signup/", "/akun/signup/"):
        assert Client().get(address).status_code == 404


def test_a_user_changes_the_password_and_it_is_on_record(person, sign_in):
    user = person("viewer")
    client = sign_in(user)
    new = "sandi-lain-yang-panjang"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    assert client.post("/akun/sandi/", sent).status_code == 302
    assert enter(user.username, new)[1].headers["Location"] == "/"
    assert AuditEvent.objects.filter(action="people.set_password").get().actor == user.username


def test_a_short_new_password_is_refused_and_the_old_one_stays(person, sign_in):
    user = person("viewer")
    sent = {"oldpassword": PASSWORD, "password1": "pendek", "password2": "pendek"}
    page = sign_in(user).post("/akun/sandi/", sent).content.decode()

    assert "12 karakter" in page
    assert enter(user.username)[1].status_code == 302


def test_a_forgotten_password_is_replaced_by_a_link_in_the_mail(person):
    user = person("viewer")
    client = Client()
    client.post("/akun/lupa-sandi/", {"email": user.email})
    link = re.search(r"http://\S+?(/akun/\S+)", mail.outbox[0].body).group(1)
    assert mail.outbox[0].subject == "Kata sandi baru untuk dasbor Forkopimda"

    form = client.get(link, follow=True)
    new = "sandi-lain-yang-panjang"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})

    assert enter(user.username, new)[1].headers["Location"] == "/"
    used = client.get(link, follow=True).content.decode()
    assert "Tautan ini sudah dipakai atau kedaluwarsa." in used


def test_an_unknown_address_gets_the_same_answer_as_a_known_one(person):
    user = person("viewer")
    answers = [
        Client().post("/akun/lupa-sandi/", {"email": address}, follow=True).content
        for address in (user.email, "tidak-ada@contoh.example")
    ]
    strip = [
        re.sub(rb'value="[^"]{20,}"|nonce="[^"]*"|"X-CSRFToken": "[^"]*"', b"", a) for a in answers
    ]

    assert strip[0] == strip[1]


def test_signing_out_ends_the_session_after_confirmation(person, sign_in):
    client = sign_in(person("viewer"))
    client.get("/akun/keluar/")
    assert client.get("/").status_code == 200
    client.post("/akun/keluar/")

    assert client.get("/").headers["Location"] == "/akun/masuk/"


def test_after_signing_in_the_reader_stays_on_this_site(person):
    user = person("viewer")
    sent = {"login": user.username, "password": PASSWORD, "next": "https://elsewhere.example/"}

    assert Client().post("/akun/masuk/", sent).headers["Location"] == "/"


def test_a_sign_in_leaves_the_user_otherwise_as_it_was(person):
    user = person("viewer")
    before = User.objects.filter(pk=user.pk).values().get()
    enter(user.username)
    after = User.objects.filter(pk=user.pk).values().get()

    assert {key for key in before if before[key] != after[key]} == {"last_login"}
