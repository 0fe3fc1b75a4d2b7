"""What the map's layers cost, with one regency's data and with the whole country's.

Run by hand, on real servers or the embedded ones: `python -m pytest -s tests/bench/map.py`; it
takes some minutes. Codes and outlines are the real ones of ../shared/data; ratings, incidents,
stations and postings are invented (country.py). It prints, per layer and view: features, bytes
raw and gzip, queries, the time of an answer the first time and from then on, and of the answer by
ETag, each relative to a bare signed-in page in the same run. It asserts no time.
"""

import statistics
import time
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import BATU_BARA
from tests.regions.conftest import SHARED_DATA

from . import country

BARE = "/akun/"
ROUNDS = 9
GZIP = {"Accept-Encoding": "gzip"}
KEYS = ("tingkat", "perubahan", "insiden", "tps", "pengamanan")
REGENCY = {
    "regency, z 10": "wilayah=12.19&kotak=99.1,2.9,99.9,3.6&z=10",
    "town, z 13": "wilayah=12.19&kotak=99.3,3.2,99.5,3.4&z=13",
}
COUNTRY = {
    "country, z 5": "wilayah=&kotak=95,-11,141,6&z=5",
    "Java, z 8": "wilayah=&kotak=106,-8.8,114.6,-5.8&z=8",
    "province, z 8.5": "wilayah=12&kotak=97,0.5,101,4.5&z=8.5",
    "regency, z 10": "wilayah=12&kotak=99.1,2.9,99.9,3.6&z=10",
    "city, z 12.5": "wilayah=12&kotak=98.6,3.5,98.8,3.7&z=12.5",
}


def timed(client, address, headers):
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        answer = client.get(address, headers=headers)
        times.append(1000 * (time.perf_counter() - start))
    return answer, statistics.median(times)


def measure(client, views):
    """The lines of the table."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself soon after a load
    client.get(BARE)
    _answer, bare = timed(client, BARE, GZIP)
    yield f"a bare page takes {bare:.1f} ms"
    for key in KEYS:
        for name, query in views.items():
            address = f"/peta/{key}/?{query}"
            cache.clear()
            start = time.perf_counter()
            cold = client.get(address, headers=GZIP)
            first = 1000 * (time.perf_counter() - start)
            warm, again = timed(client, address, GZIP)
            known, told = timed(client, address, {"If-None-Match": cold.headers["ETag"]})
            assert (warm.status_code, known.status_code) == (200, 304), address
            with CaptureQueriesContext(connection) as queries:
                whole = client.get(address)
            yield (
                f"  {key:<11} {name:<16} {len(whole.json()['features']):>5} features"
                f" {len(whole.content):>7,} B {len(cold.content):>6,} B gzip"
                f" {len(queries):>2} queries   first {first / bare:>5.1f} x"
                f"   again {again / bare:>4.1f} x   ETag {told / bare:>4.1f} x"
            )
    for page in ("/kerawanan/?" + next(iter(views.values())), "/kerawanan/cari/?cari=sei"):
        _answer, again = timed(client, page, GZIP)
        yield f"  page {page.split('&')[0]:<30} {again / bare:>5.1f} x bare"


@pytest.mark.django_db
def test_one_regency(regions, person, sign_in, capsys):
    call_command("load_regions", SHARED_DATA / "batubara-regions.csv", stdout=StringIO())
    call_command("load_boundaries", SHARED_DATA / "batubara-kecamatan.geojson", stdout=StringIO())
    country.ratings()
    country.incidents(300)
    country.postings()
    country.stations(800)
    lines = list(measure(sign_in(person("viewer", BATU_BARA)), REGENCY))
    with capsys.disabled():
        print("\none regency", *lines, sep="\n")


@pytest.mark.django_db
def test_the_country(regions, person, sign_in, capsys):
    start = time.perf_counter()
    call_command("load_regions", SHARED_DATA / "regions.csv", stdout=StringIO())
    call_command("load_boundaries", SHARED_DATA / "indonesia-kecamatan.geojson", stdout=StringIO())
    call_command("derive_boundaries", stdout=StringIO())
    made = {
        "ratings": country.ratings(),
        "incidents": country.incidents(120_000),
        "postings": country.postings(),
        "stations": country.stations(435_000),
    }
    loaded = time.perf_counter() - start
    lines = list(measure(sign_in(person("viewer", "")), COUNTRY))
    with capsys.disabled():
        print(f"\nthe country: {made}, loaded in {loaded:.0f} s", *lines, sep="\n")
