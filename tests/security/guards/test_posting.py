"""A unit is posted where it may be, with the people it has, and never twice to one station."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from security import actions
from security.free import busiest, free
from security.models import Posting, PostingStation, Unit
from tests.conftest import ASAHAN, LAUT_TADOR, SEI_SUKA

from .made import EVENING, MORNING, NEXT, at, make_stations, make_unit, post


def refusal(error):
    return " ".join(error.value.messages)


def test_people_are_posted_up_to_the_strength_and_no_further(regions, person):
    unit = make_unit(strength=10)
    held = post(unit, 6)

    with pytest.raises(actions.NotEnoughPeople) as error:
        post(unit, 5, region=SEI_SUKA, by=person("police_approver"))

    assert "Hanya 4 dari 10" in refusal(error)
    assert [row.pk for row in error.value.free.holders] == [held.pk]
    post(unit, 4, region=SEI_SUKA)
    assert free(SYSTEM, unit, MORNING, NEXT).people == 0


def test_who_leaves_at_an_hour_is_free_for_who_starts_at_it(regions):
    unit = make_unit(strength=10)

    post(unit, 10, MORNING, EVENING)
    post(unit, 10, EVENING, NEXT)

    with pytest.raises(actions.NotEnoughPeople):
        post(unit, 1, at(27, 17), at(27, 19))


def test_the_busiest_moment_counts_and_not_the_sum_of_a_period(regions):
    unit = make_unit(strength=10)
    post(unit, 7, at(27, 6), at(27, 10))
    post(unit, 7, at(27, 12), at(27, 16))

    post(unit, 3, MORNING, NEXT)

    assert busiest([(at(27, 6), at(27, 10), 7), (at(27, 12), at(27, 16), 7)], MORNING) == 7


def test_a_unit_is_not_posted_twice_to_one_station_at_a_time(regions):
    first, second = make_stations(["high", "low"])
    unit = make_unit(strength=10)
    held = post(unit, 2, stations=[first])

    with pytest.raises(actions.StationTaken) as error:
        post(unit, 2, EVENING, at(29, 6), stations=[first, second])

    assert "TPS 001 Tanjung Kasau sudah dijaga satuan ini" in refusal(error)
    assert [row.posting_id for row in error.value.rows] == [held.pk]
    assert Posting.objects.count() == 1
    post(unit, 2, NEXT, at(29, 6), stations=[first])
    post(make_unit(name="Lain"), 2, stations=[first])


def test_stations_lie_in_the_kecamatan_and_are_in_use(regions):
    [here] = make_stations(["low"])
    [there] = make_stations(["low"], village="12.19.02.2001", name="Sei Suka Deras")
    unit = make_unit()

    with pytest.raises(ValidationError, match="TPS 001 Sei Suka Deras tidak di Kecamatan"):
        post(unit, 2, stations=[here, there])
    with writing():
        here.in_use = False
        here.save()
    with pytest.raises(ValidationError, match="tidak dipakai lagi"):
        post(unit, 2, stations=[here])


@pytest.mark.parametrize(
    ("home", "fits"), [("12.19.02", True), ("12.19", True), ("12", True), (ASAHAN, False)]
)
def test_units_of_the_regency_and_of_what_is_above_may_be_posted(regions, home, fits):
    unit = make_unit(region=home)

    if fits:
        assert post(unit, 2).unit == unit
    else:
        with pytest.raises(ValidationError, match="bukan dari kabupaten/kota itu"):
            post(unit, 2)


def test_a_unit_given_up_and_a_period_without_end_are_refused(regions):
    unit = make_unit()
    with pytest.raises(ValidationError, match="sesudah mulainya"):
        post(unit, 2, NEXT, MORNING)
    with pytest.raises(ValidationError, match="paling lama 120 hari"):
        post(unit, 2, MORNING, at(1, 6, month=12, year=2032))
    actions.save_unit(by=SYSTEM, unit=unit, in_use=False)
    with pytest.raises(ValidationError, match="tidak aktif lagi"):
        post(unit, 2)


def test_strength_is_not_lowered_below_what_is_posted_but_the_past_does_not_count(regions):
    unit = make_unit(strength=20)
    post(unit, 18, at(1, 6, year=2024), at(2, 6, year=2024))
    post(unit, 12)

    with pytest.raises(ValidationError, match="paling sedikit 12"):
        actions.save_unit(by=SYSTEM, unit=unit, strength=11)
    with pytest.raises(ValidationError, match="Tarik dahulu 1 penempatan"):
        actions.save_unit(by=SYSTEM, unit=unit, in_use=False)

    assert actions.save_unit(by=SYSTEM, unit=unit, strength=12).strength == 12


def test_what_is_withdrawn_is_free_again_and_is_withdrawn_once(regions, person):
    [station] = make_stations(["low"])
    unit = make_unit(strength=5)
    posting = post(unit, 5, stations=[station])

    actions.withdraw_posting(by=person("police_approver"), posting=posting)

    assert not PostingStation.objects.get().standing
    post(unit, 5, stations=[station])
    with pytest.raises(actions.PostingOver, match="sudah ditarik"):
        actions.withdraw_posting(by=SYSTEM, posting=posting)
    over = post(unit, 5, at(1, 6, year=2024), at(2, 6, year=2024))
    with pytest.raises(actions.PostingOver, match="sudah selesai"):
        actions.withdraw_posting(by=SYSTEM, posting=over)


def test_all_groups_of_a_share_are_stored_or_none(regions):
    stations = make_stations(["high"] * 4)
    unit = make_unit(strength=5)
    groups = [(2, stations[:2]), (2, stations[2:3]), (2, stations[3:])]
    period = {"starts_at": MORNING, "ends_at": NEXT, "region": regions[LAUT_TADOR]}

    with pytest.raises(actions.NotEnoughPeople):
        actions.share_guards(by=SYSTEM, unit=unit, groups=groups, **period)
    assert not Posting.objects.exists()
    twice = [(2, stations[:2]), (2, stations[1:3])]
    with pytest.raises(actions.StationTaken):
        actions.share_guards(by=SYSTEM, unit=unit, groups=twice, **period)
    assert not Posting.objects.exists()

    assert len(actions.share_guards(by=SYSTEM, unit=unit, groups=groups[:2], **period)) == 2


@pytest.mark.parametrize(
    ("role", "code", "allowed"),
    [
        ("police_approver", "12.19", True),
        ("police_approver", ASAHAN, False),
        ("police_operator", LAUT_TADOR, False),
        ("secretariat", "12.19", False),
    ],
)
def test_the_polres_alone_posts_and_withdraws(regions, person, role, code, allowed):
    by, unit = person(role, code), make_unit()
    held = post(unit, 1)
    fields = {"unit": unit, "region": regions[LAUT_TADOR], "starts_at": MORNING, "ends_at": NEXT}

    if allowed:
        actions.post_guards(by=by, people=2, **fields)
        actions.withdraw_posting(by=by, posting=held)
        actions.save_unit(by=by, unit=unit, name="Lain")
        return
    for attempt in (
        lambda: actions.post_guards(by=by, people=2, **fields),
        lambda: actions.share_guards(by=by, groups=[(1, [])], **fields),
        lambda: actions.withdraw_posting(by=by, posting=held),
        lambda: actions.save_unit(by=by, unit=unit, name="Lain"),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_every_act_is_in_the_audit_trail(regions):
    unit = make_unit(strength=9)
    actions.withdraw_posting(by=SYSTEM, posting=post(unit, 3))
    actions.save_unit(by=SYSTEM, unit=unit, strength=8)

    said = " / ".join(str(event) for event in AuditEvent.objects.order_by("id"))
    assert "mencatat satuan Polsek Uji (Kabupaten Batu Bara) dengan kekuatan 9 orang" in said
    assert "menempatkan 3 orang Polsek Uji di Kecamatan Laut Tador" in said
    assert "menarik 3 orang Polsek Uji dari Kecamatan Laut Tador" in said
    changed = AuditEvent.objects.get(action="security.edit_unit").data
    assert (changed["before"], changed["changed"]) == ({"strength": 9}, {"strength": 8})


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE security_posting SET people = 3", "never rewritten"),
        ("UPDATE security_posting SET ends_at = ends_at + interval '1 day'", "never rewritten"),
        ("DELETE FROM security_posting", "keeps its rows"),
        ("DELETE FROM security_postingstation", "keeps its stations"),
        ("UPDATE security_unit SET strength = 4", "5 of its 4 people"),
        (
            "INSERT INTO security_posting (unit_id, region_id, people, stations, starts_at,"
            " ends_at, note, made_by_name, made_at) SELECT unit_id, region_id, 6, 0, starts_at,"
            " ends_at, '', '', now() FROM security_posting",
            "11 of its 10 people",
        ),
        (
            "INSERT INTO security_postingstation (posting_id, station_id) SELECT posting.id,"
            " station.id FROM security_posting posting, elections_pollingstation station"
            " WHERE station.village_id LIKE '12.19.02%'",
            "outside the kecamatan",
        ),
        (
            "INSERT INTO security_postingstation (posting_id, station_id) SELECT posting.id,"
            " station.id FROM security_posting posting, elections_pollingstation station"
            " WHERE station.number = 2",
            "no more stations than it says",
        ),
    ],
)
def test_what_holds_in_the_product_holds_against_sql_too(regions, statement, said):
    [station, _other] = make_stations(["low", "low"])
    make_stations(["low"], village="12.19.02.2001", name="Sei Suka Deras")
    post(make_unit(strength=10), 5, stations=[station])

    with (
        pytest.raises(DatabaseError, match=said),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_unit_belongs_to_a_province_a_regency_or_a_kecamatan(regions):
    make_stations(["low"])

    with pytest.raises(ValidationError, match="Pilih provinsi"):
        make_unit(region="12.19.08.2001")
    make_unit()
    with pytest.raises(ValidationError, match="sudah ada di wilayah itu"):
        make_unit()
    assert Unit.objects.count() == 1
