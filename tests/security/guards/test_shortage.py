"""Where guards are short: needs by class beside who is posted at a moment."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from forkopimda.elections.actions import save_election
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from security import actions
from security.models import Policy, StationCount
from security.needs import linmas_needed, police_needed
from security.sharing import Group, Place, digest, places, share
from security.shortage import needs, overview, usual_moment, voting_morning
from security.station_counts import summary
from tests.conftest import BATU_BARA, LAUT_TADOR, SEI_SUKA

from .made import MORNING, NEXT, WIB, at, make_stations, make_unit, post

NOON = at(27, 12)


@pytest.fixture
def reader(person):
    return person("viewer")


def row_of(shown, code=LAUT_TADOR):
    return next(row for row in shown.rows if row.region.pk == code)


def test_each_class_asks_for_its_own_and_people_count_where_they_stand(regions, reader):
    stations = make_stations(["high"] * 4 + ["low"] * 9 + [""])
    unit = make_unit(strength=50)
    post(unit, 2, stations=stations[:2])
    post(make_unit(name="Linmas Uji", kind="linmas"), 10, stations=stations[:5])
    post(make_unit(name="Koramil Uji", kind="koramil"), 6, stations=stations[:1])
    post(make_unit(name="Satpol Uji", kind="satpol_pp"), 3)
    post(unit, 7)  # in the kecamatan, at no station

    row = row_of(overview(reader, BATU_BARA, NOON))

    high, low, none = row.cells["high"], row.cells["low"], row.cells[""]
    assert (high.stations, high.needed, high.shown, high.short, high.unguarded) == (4, 4, 2, 2, 2)
    assert (low.needed, low.short, low.unguarded) == (4, 4, 9)
    assert (none.needed, none.short) == (2, 2)
    assert (row.needed, row.posted, row.short, row.patrol) == (10, 2, 8, 7)
    assert (row.linmas_needed, row.linmas_posted, row.linmas_short) == (28, 10, 18)
    assert row.others == {"tni": 6, "satpol_pp": 3}


def test_who_guards_two_classes_counts_in_part_for_each(regions, reader):
    stations = make_stations(["high", "low", "low"])
    post(make_unit(), 2, stations=stations)

    cells = row_of(overview(reader, BATU_BARA, NOON)).cells

    assert cells["high"].posted == Fraction(2, 3)
    assert cells["low"].posted == Fraction(4, 3)
    assert (cells["high"].short, cells["low"].short) == (2, 1)


def test_too_many_at_one_class_help_no_other(regions, reader):
    stations = make_stations(["high", "low"])
    post(make_unit(), 9, stations=stations[:1])

    row = row_of(overview(reader, BATU_BARA, NOON))

    assert (row.cells["high"].short, row.cells["low"].short, row.short) == (0, 2, 2)


def test_only_what_is_in_force_at_the_moment_counts(regions, reader):
    stations = make_stations(["high"])
    post(make_unit(), 2, MORNING, NEXT, stations=stations)

    def posted(moment):
        return row_of(overview(reader, BATU_BARA, moment)).posted

    assert [posted(moment) for moment in (at(27, 5), MORNING, at(28, 5), NEXT)] == [0, 2, 2, 0]


def test_one_withdrawn_on_its_way_counts_up_to_its_withdrawal(regions, reader):
    stations = make_stations(["high"])
    now = timezone.now()
    posting = post(
        make_unit(), 2, now - timedelta(hours=5), now + timedelta(hours=5), stations=stations
    )
    actions.withdraw_posting(by=SYSTEM, posting=posting)

    def posted(moment):
        row = row_of(overview(reader, BATU_BARA, moment))
        return row.posted, row.cells["high"].unguarded

    assert posted(now - timedelta(hours=1)) == (2, 0)
    assert posted(now + timedelta(hours=1)) == (0, 1)


def test_the_shortest_come_first_and_a_wider_region_adds_up_its_parts(regions, person, reader):
    here = make_stations(["high"] * 6)
    make_stations(["high"] * 8, village="12.19.02.2001", name="Sei Suka Deras")
    post(make_unit(), 4, stations=here[:4])
    post(make_unit(name="Patroli"), 5)
    post(make_unit(name="Linmas Uji", kind="linmas"), 3, stations=here)

    parts = overview(reader, BATU_BARA, NOON)
    wide = overview(person("viewer", "12"), "12", NOON)
    country = overview(person("viewer", ""), "", NOON)

    assert [row.region.pk for row in parts.rows[:2]] == [SEI_SUKA, LAUT_TADOR]
    assert parts.totals["short"] == 10
    for shown in (wide, country):
        row = shown.rows[0]
        assert (row.stations, row.needed, row.posted, row.short) == (14, 14, 4, 10)
        assert (row.linmas_needed, row.linmas_posted, row.patrol) == (28, 3, 5)
        assert not shown.by_class


def test_the_regencys_own_ratio_holds_and_both_ways_of_reckoning_agree(regions, reader):
    make_stations(["special"] * 3 + ["high"] * 5 + ["risk"] * 7 + ["low"] * 17 + [""] * 3)
    make_stations(["low"] * 9, village="12.19.02.2001", name="Sei Suka Deras")
    with writing():
        policy = Policy.objects.create(
            region_id=BATU_BARA, low_police=3, low_stations=5, high_stations=3, linmas_per_station=1
        )

    for row in needs(BATU_BARA).values("risk_class", "stations", "police", "linmas"):
        assert row["police"] == police_needed(policy, row["risk_class"], row["stations"])
        assert row["linmas"] == linmas_needed(policy, row["stations"])
    totals = overview(reader, BATU_BARA, NOON).totals
    listed = summary(reader, BATU_BARA)
    assert (totals["needed"], totals["linmas_needed"]) == (listed.police, listed.linmas)
    assert StationCount.objects.filter(region=BATU_BARA).count() == 5


def test_nobody_sees_the_guards_of_another_regency(regions, person):
    make_stations(["high"])
    post(make_unit(), 4)

    shown = overview(person("viewer", "12.09"), BATU_BARA, NOON)

    assert shown.rows == []


def test_the_overview_looks_at_the_voting_day_that_lies_ahead_else_at_now(regions, reader):
    def looked_at():
        return usual_moment(voting_morning(reader, BATU_BARA, WIB))

    fields = {"by": SYSTEM, "region": regions[BATU_BARA], "kind": "regent"}
    before = timezone.now()
    assert before <= looked_at() <= timezone.now()
    save_election(name="Contoh lama", voting_day=at(27, 0, year=2024).date(), **fields)
    assert before <= looked_at() <= timezone.now()
    assert voting_morning(reader, BATU_BARA, WIB) == at(27, 7, year=2024)
    save_election(name="Contoh nanti", voting_day=at(27, 0).date(), **fields)
    assert looked_at() == at(27, 7)


# --- Sharing a unit out ---


class Station:
    """As much of a station as sharing looks at."""

    def __init__(self, pk):
        self.pk = pk


CLASSES = st.lists(st.sampled_from(["special", "high", "risk", "low", ""]), max_size=40)


@given(classes=CLASSES, free=st.integers(0, 60), group=st.integers(1, 9))
def test_a_share_never_takes_more_than_are_free_and_the_most_exposed_come_first(
    classes, free, group
):
    listed = [Place(Station(number), name) for number, name in enumerate(classes)]
    policy = Policy(region_id=BATU_BARA, low_stations=group)

    groups = share(policy, "polsek", free, listed)

    taken = [station.pk for group in groups for station in group.stations]
    assert len(taken) == len(set(taken))
    assert sum(group.people for group in groups) <= free
    ranks = ["special", "high", "risk", "", "low"]
    order = [ranks.index(group.risk_class) for group in groups]
    assert order == sorted(order)
    if len(taken) < len(classes):
        assert free - sum(group.people for group in groups) < 2
    for group in groups:
        assert {classes[station.pk] for station in group.stations} == {group.risk_class}
        assert group.people >= police_needed(policy, group.risk_class, len(group.stations))


def test_linmas_are_shared_out_by_village_each_station_with_its_own(regions):
    here = make_stations(["high", "low", "low"])
    there = make_stations(["low"], village="12.19.08.2002", name="Pelanggiran")
    listed = places(LAUT_TADOR, None, None)

    groups = share(Policy(region_id=BATU_BARA), "linmas", 7, listed)

    assert [(group.people, group.stations) for group in groups] == [
        (2, here[:1]),
        (4, here[1:]),
    ]
    assert share(Policy(region_id=BATU_BARA), "linmas", 8, listed)[2].stations == there


def test_another_proposal_has_another_mark():
    one, two = Station(1), Station(2)
    proposals = [
        [Group("low", 2, [one, two])],
        [Group("low", 2, [one]), Group("low", 2, [two])],
        [Group("low", 3, [one, two])],
        [],
    ]
    assert len({digest(groups) for groups in proposals}) == 4
