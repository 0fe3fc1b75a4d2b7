"""/healthz tells an operator which part is down."""

import json
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.test import Client

from tests.processes import celery_beat, celery_worker, redis_server, wait_until, web_server


def health(url):
    try:
        with urlopen(f"{url}/healthz", timeout=20) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def test_without_a_worker_it_is_red_and_names_the_worker(db):
    answer = Client().get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {
        "status": "error",
        "database": "ok",
        "redis": "ok",
        "worker": "no heartbeat",
    }


@pytest.mark.django_db(transaction=True)
def test_with_worker_and_beat_it_is_green():
    with web_server() as url, celery_worker(), celery_beat():
        wait_until(lambda: health(url)[0] == 200, 30, "a green light")
        assert health(url)[1]["status"] == "ok"


@pytest.mark.django_db(transaction=True)
def test_without_redis_it_is_red_and_names_redis(tmp_path):
    with redis_server(tmp_path) as redis, web_server({"REDIS_URL": redis.url}) as url:
        redis.stop()
        status, answer = health(url)
        assert status == 503
        assert answer["redis"] == "unreachable"


@pytest.mark.django_db(transaction=True)
def test_without_the_database_it_is_red_and_names_the_database():
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    with web_server({"DATABASE_URL": nowhere}) as url:
        status, answer = health(url)
        assert status == 503
        assert answer["database"] == "unreachable"
        assert answer["redis"] == "ok"
