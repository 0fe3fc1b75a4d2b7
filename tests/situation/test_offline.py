"""The service worker's program: newer after every deploy, and true to the product's addresses."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client


def worker():
    answer = Client().get("/sw.js")
    assert answer.status_code == 200
    return answer


def test_the_worker_is_a_script_that_browsers_ask_for_anew(db):
    answer = worker()

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer.headers["Cache-Control"]
    program = answer.content.decode()
    assert '"form": "/insiden/baru/"' in program
    assert "Tidak ada jaringan" in program


def test_a_deploy_of_other_files_changes_the_worker(db, monkeypatch):
    before = worker().content
    assert before == worker().content

    monkeypatch.setattr(staticfiles_storage, "manifest_hash", "berkas-baru")

    assert worker().content != before
