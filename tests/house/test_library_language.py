"""What Django and allauth say at the door is said in Indonesian."""

import pytest
from django.core import mail
from django.test import Client

from forkopimda.lib.authority import SYSTEM
from forkopimda.people import actions as people
from tests.conftest import PASSWORD

from .page_texts import ALLAUTH, texts


@pytest.mark.parametrize(
    ("login", "message"),
    [
        ("entah", "Nama pengguna atau kata sandi yang Anda masukkan tidak benar."),
        ("entah@contoh.example", "Alamat surel atau kata sandi yang Anda masukkan tidak benar."),
    ],
)
def test_a_wrong_sign_in_is_told_in_indonesian(db, login, message):
    answer = Client().post("/akun/masuk/", {"login": login, "password": "salah"})

    assert message in texts(answer, "id")


def test_too_many_attempts_are_told_in_indonesian(person):
    user, client = person("viewer"), Client()
    for _attempt in range(6):
        answer = client.post("/akun/masuk/", {"login": user.username, "password": "salah"})

    assert "Terlalu banyak percobaan masuk yang gagal. Coba lagi nanti." in texts(answer, "id")


def test_an_inactive_account_is_told_in_indonesian(person):
    user = person("viewer")
    people.edit_user(by=SYSTEM, user=user, is_active=False)
    sent = {"login": user.username, "password": PASSWORD}

    shown = texts(Client().post("/akun/masuk/", sent, follow=True), "id")

    assert not shown & ALLAUTH
    assert "Nama pengguna atau kata sandi yang Anda masukkan tidak benar." in shown or (
        "Akun tidak aktif" in shown
    )


@pytest.mark.parametrize(
    ("old", "first", "second", "message"),
    [
        ("salah", "sandi-lain-panjang", "sandi-lain-panjang", "kata sandi Anda yang sekarang."),
        (PASSWORD, "sandi-lain-panjang", "sandi-beda-panjang", "Kedua kata sandi baru harus sama."),
        (PASSWORD, "pendek", "pendek", "Kata sandi terlalu pendek."),
        (PASSWORD, "qwerty123456", "qwerty123456", "Kata sandi ini terlalu umum."),
        (PASSWORD, "camat.laut.tador", "camat.laut.tador", "terlalu mirip dengan nama pengguna."),
        (PASSWORD, "", "", "Bidang ini tidak boleh kosong."),
    ],
)
def test_a_refused_new_password_is_told_in_indonesian(person, sign_in, old, first, second, message):
    client = sign_in(person("viewer", username="camat.laut.tador"))
    sent = {"oldpassword": old, "password1": first, "password2": second}

    answer = client.post("/akun/sandi/", sent)

    assert message in answer.content.decode()
    assert not texts(answer, "id") & ALLAUTH


def test_a_changed_password_is_told_in_indonesian(person, sign_in):
    client = sign_in(person("viewer"))
    new = "sandi-lain-yang-panjang"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    answer = client.post("/akun/sandi/", sent, follow=True)

    assert "Kata sandi berhasil diubah." in texts(answer, "id")


def test_a_new_password_for_an_unknown_address_sends_nothing_and_says_nothing(db):
    answer = Client().post("/akun/lupa-sandi/", {"email": "entah@contoh.example"})

    assert answer["Location"] == "/akun/lupa-sandi/terkirim/"
    assert mail.outbox == []


def test_a_malformed_address_is_told_in_indonesian(db):
    answer = Client().post("/akun/lupa-sandi/", {"email": "entah"})

    assert "Masukkan alamat surel yang valid." in texts(answer, "id")


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "Terlalu banyak permintaan"), ("en", "Too many requests")],
)
def test_whoever_asks_too_often_is_told_in_their_language(db, language, words):
    client = Client()
    client.cookies["django_language"] = language
    for _attempt in range(6):
        answer = client.post("/akun/lupa-sandi/", {"email": "entah@contoh.example"})

    assert answer.status_code == 429
    assert words in texts(answer, language)
