"""The kept counts equal a fresh count, whoever wrote what, in whatever order."""

from collections import Counter
from io import BytesIO

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forkopimda.elections import actions as elections
from forkopimda.elections.models import PollingStation
from forkopimda.lib.authority import SYSTEM
from security import actions
from security.models import StationCount, StationRating
from security.station_counts import summary
from tests.conftest import BATU_BARA, LAUT_TADOR

from .conftest import ACROSS, PADANG, SUKA, TANJUNG, table

VILLAGES = st.sampled_from([TANJUNG, PADANG, SUKA, ACROSS])
NUMBERS = st.integers(1, 3)
CLASSES = st.sampled_from(["low", "risk", "high", "special"])
DEEDS = st.one_of(
    st.tuples(st.just("add"), VILLAGES, NUMBERS),
    st.tuples(st.just("class"), NUMBERS, CLASSES),
    st.tuples(st.just("retire"), NUMBERS),
    st.tuples(st.just("reuse"), NUMBERS),
    st.tuples(st.just("move"), NUMBERS, VILLAGES),
    st.tuples(
        st.just("import"),
        st.lists(st.tuples(VILLAGES, NUMBERS, CLASSES), max_size=4, unique_by=lambda r: r[:2]),
    ),
    st.tuples(st.just("sql"), st.booleans()),
)


def fresh():
    """Stations in use by region and class, counted one by one."""
    classes = dict(StationRating.objects.current().values_list("station", "risk_class"))
    return Counter(
        (code[:length], classes.get(pk, ""))
        for pk, code in PollingStation.objects.in_use().values_list("pk", "village_id")
        for length in (2, 5, 8)
    )


def kept():
    rows = StationCount.objects.values_list("region_id", "risk_class", "stations")
    return Counter({(region, risk): count for region, risk, count in rows if count})


def do(deed, villages):
    kind, *rest = deed
    stations = list(PollingStation.objects.order_by("pk"))
    if kind == "add":
        code, number = rest
        if not PollingStation.objects.filter(village=code, number=number).exists():
            elections.save_station(by=SYSTEM, village=villages[code], number=number)
    elif kind == "import":
        lines = [f"{code},{number},,,,,{risk},K1," for code, number, risk in rest[0]]
        if lines:
            actions.import_stations(by=SYSTEM, stream=BytesIO(table(*lines)), source="uji")
    elif kind == "sql":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE elections_pollingstation SET in_use = %s", rest)
    elif stations:
        chosen = stations[rest[0] % len(stations)]
        one(kind, chosen, rest[-1], villages)


def one(kind, chosen, value, villages):
    if kind == "class" and chosen.in_use:
        actions.class_station(by=SYSTEM, station=chosen, risk_class=value, note="uji")
    elif kind == "retire":
        elections.retire_station(by=SYSTEM, station=chosen)
    elif kind == "reuse":
        elections.reuse_station(by=SYSTEM, station=chosen)
    elif kind == "move":
        same = PollingStation.objects.filter(village=value, number=chosen.number)
        if not same.exists():
            elections.save_station(
                by=SYSTEM, station=chosen, village=villages[value], number=chosen.number
            )


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=st.lists(DEEDS, min_size=3, max_size=8))
def test_counts_equal_a_fresh_count_after_any_series_of_writes(villages, deeds):
    for deed in deeds:
        do(deed, villages)
        assert kept() == fresh()


def test_a_region_asks_for_the_guards_that_its_kecamatan_ask_for(station, person):
    for number in range(1, 10):
        station(number)
    for number in (1, 2, 3):
        actions.class_station(
            by=SYSTEM,
            station=PollingStation.objects.get(number=number),
            risk_class="high",
            note="x",
        )
    station(1, SUKA)
    reader = person("viewer")

    # Laut Tador: 3 at 2 per 2, 6 without class like the lightest, 2 per 8; Sei Suka: 1 more.
    lines = {line.risk_class: line for line in summary(reader, BATU_BARA).lines}
    assert (lines["high"].stations, lines["high"].police, lines["high"].linmas) == (3, 4, 6)
    assert (lines[""].stations, lines[""].police, lines[""].linmas) == (7, 4, 14)
    village = summary(reader, TANJUNG)
    assert (village.stations, village.police) == (9, 6)


def test_the_ratio_is_the_regencys_own_setting(station, regions, person, django_assert_num_queries):
    station()
    actions.save_policy(
        by=person("administrator"), region=regions[BATU_BARA], low_police=5, low_stations=1
    )
    reader = person("viewer")
    assert reader.access.grants
    with django_assert_num_queries(2):
        found = summary(reader, LAUT_TADOR)
    assert found.police == 5


def test_a_write_touches_the_counts_of_its_own_regions_alone(
    station, django_assert_max_num_queries
):
    first = station(1)
    station(1, ACROSS)
    actions.class_station(by=SYSTEM, station=first, risk_class="low")
    with django_assert_max_num_queries(12) as few:
        actions.class_station(by=SYSTEM, station=first, risk_class="low")
    for number in range(2, 30):
        station(number)
    with django_assert_max_num_queries(len(few)):
        actions.class_station(by=SYSTEM, station=first, risk_class="low")
    assert not any("count(" in query["sql"].lower() for query in few.captured_queries)


@pytest.mark.parametrize("code", ["", "12", BATU_BARA, LAUT_TADOR, TANJUNG])
def test_counts_are_the_same_at_every_level(station, person, code):
    actions.class_station(by=SYSTEM, station=station(), risk_class="risk", note="x")
    found = summary(person("viewer", ""), code)
    assert [(line.risk_class, line.stations) for line in found.lines] == [("risk", 1)]
