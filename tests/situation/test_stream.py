"""The live stream: each reader hears of what they may see, and misses nothing in between."""

import json
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.test import Client

from forkopimda.lib import live
from forkopimda.lib.authority import SYSTEM
from security import actions
from tests.conftest import ASAHAN, LAUT_TADOR
from tests.processes import redis_server, web_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rate(regions):
    def rate(level, code=LAUT_TADOR):
        actions.rate_region(by=SYSTEM, region=regions[code], level=level, reason="contoh")

    return rate


def listen(url, client, count, since="", last_id=""):
    """The first `count` events that a page with this session hears."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"}
    if last_id:
        headers["Last-Event-ID"] = last_id
    request = Request(f"{url}/langsung/?sejak={since}", headers=headers)
    events = []
    with urlopen(request, timeout=20) as stream:
        event = {}
        while len(events) < count:
            line = stream.readline().decode().strip()
            name, _, value = line.partition(": ")
            if line:
                event[name] = value
            elif "data" in event:
                events.append(event | {"data": json.loads(event["data"])})
                event = {}
            else:
                event = {}
    return events


def test_a_page_hears_of_changes_in_its_region_and_not_of_those_elsewhere(person, sign_in, rate):
    here, there = sign_in(person("viewer")), sign_in(person("viewer", ASAHAN))
    since = live.last_event()
    rate("low", ASAHAN)
    rate("medium")
    with web_server() as url:
        assert listen(url, here, 1, since)[0]["data"] == {"topic": "levels", "region": LAUT_TADOR}
        assert listen(url, there, 1, since)[0]["data"] == {"topic": "levels", "region": ASAHAN}


def test_an_alert_is_announced_to_its_recipients_alone(person, sign_in, rate):
    official, auditor = person("viewer"), person("auditor")
    rate("low")
    since = live.last_event()
    rate("high")
    with web_server() as url:
        heard = listen(url, sign_in(official), 2, since)
        assert [event["data"]["topic"] for event in heard] == ["levels", "alerts"]
        rate("low")
        heard = listen(url, sign_in(auditor), 2, since)
        assert [event["data"]["topic"] for event in heard] == ["levels", "levels"]


def test_a_page_that_comes_back_gets_what_it_missed_once(person, sign_in, rate):
    client = sign_in(person("viewer"))
    since = live.last_event()
    rate("low")
    with web_server() as url:
        first = listen(url, client, 1, since)[0]
        rate("medium")
        rate("low")
        missed = listen(url, client, 2, last_id=first["id"])
        assert first["id"] not in {event["id"] for event in missed}
        assert len({event["id"] for event in missed}) == 2


def test_a_page_that_was_away_too_long_is_told_to_reload_its_parts(person, sign_in, rate):
    client = sign_in(person("viewer"))
    rate("low")
    live.client().xtrim(live.STREAM, maxlen=1)
    with web_server() as url:
        assert listen(url, client, 1, since="1-1")[0]["event"] == "reset"


def test_a_page_that_listens_hears_what_comes_while_it_listens(person, sign_in, rate):
    client = sign_in(person("viewer"))
    with web_server() as url, ThreadPoolExecutor() as pool:
        hearing = pool.submit(listen, url, client, 1, live.last_event())
        rate("low")
        assert hearing.result()[0]["data"]["topic"] == "levels"


def test_without_redis_pages_still_open_and_the_stream_says_that_it_is_away(
    person, sign_in, tmp_path
):
    client = sign_in(person("viewer"))
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    with redis_server(tmp_path) as redis:
        redis.stop()
        with web_server({"REDIS_URL": redis.url}) as url:
            page = urlopen(Request(f"{url}/", headers={"Cookie": cookie}), timeout=20)
            assert page.status == 200
            with pytest.raises(OSError, match="503"):
                urlopen(Request(f"{url}/langsung/", headers={"Cookie": cookie}), timeout=20)


def test_a_strange_last_event_is_taken_as_none(person, sign_in):
    client = sign_in(person("viewer"))
    with web_server() as url:
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"}
        for since in ("x", "1-1'", "999999999999999999999-1", "%F0%9F%98%80"):
            with urlopen(
                Request(f"{url}/langsung/?sejak={since}", headers=headers), timeout=9
            ) as s:
                assert s.status == 200
    assert Client().get("/langsung/").status_code == 401
