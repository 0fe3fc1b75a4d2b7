"""What is larger than any form takes is read away, stored nowhere, and answered in plain words."""

import http.client
import itertools

import pytest

from forkopimda.config.bounds import MOST_BYTES
from tests.processes import web_server


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    """A real web server on a folder of its own for what Django would store."""
    with django_db_blocker.unblock(), web_server() as url:
        yield url.removeprefix("http://")


def body(size):
    """So many bytes, made on the way."""
    part = bytes(256 * 1024)
    whole, rest = divmod(size, len(part))
    return itertools.chain(itertools.repeat(part, whole), [bytes(rest)])


@pytest.mark.parametrize("declared", [True, False])
def test_a_video_of_any_size_is_read_away_and_answered_in_plain_words(server, declared):
    connection = http.client.HTTPConnection(server, timeout=60)
    size = MOST_BYTES + 1
    headers = {"Content-Length": str(size)} if declared else {}
    connection.request("POST", "/lapor/", body(size), headers, encode_chunked=not declared)
    answer = connection.getresponse()
    page = answer.read().decode()

    assert answer.status == 413
    assert "Kiriman terlalu besar" in page
    assert "nothing was stored" in page
    assert answer.headers["Cache-Control"] == "private, no-store"
    connection.request("GET", "/sw.js")
    assert connection.getresponse().status == 200
    connection.close()
