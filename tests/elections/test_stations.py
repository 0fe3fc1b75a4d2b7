"""Polling stations: numbered within their village, at a point that can be theirs."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forkopimda.audit.models import AuditEvent
from forkopimda.elections import actions
from forkopimda.elections.models import PollingStation
from forkopimda.lib import live
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import WriteOutsideAction, writing
from forkopimda.regions.models import Level, Region
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR

CODE = "12.19.08.2001"


@pytest.fixture
def village(regions):
    with writing():
        return Region.objects.create(
            code=CODE, name="Contoh", level=Level.VILLAGE, parent_id=LAUT_TADOR
        )


def save(village, **fields):
    return actions.save_station(by=SYSTEM, **{"village": village, "number": 1, **fields})


def refusal(village, **fields):
    with pytest.raises(ValidationError) as refused:
        save(village, **fields)
    (field, messages), *others = refused.value.message_dict.items()
    assert not others
    return field, messages[0]


def test_a_station_is_added_changed_given_up_and_used_again(village):
    station = save(village, place="  balai   desa ", latitude=3.31, longitude=99.28)
    assert (str(station), station.place) == ("TPS 001 Contoh", "balai desa")

    station = save(village, station=station, number=2, special=True)
    assert actions.retire_station(by=SYSTEM, station=station).in_use is False
    assert not PollingStation.objects.in_use().exists()
    assert actions.reuse_station(by=SYSTEM, station=station).in_use is True
    assert [event.action for event in AuditEvent.objects.order_by("pk")][-4:] == [
        "elections.save_station",
        "elections.save_station",
        "elections.retire_station",
        "elections.reuse_station",
    ]


def test_giving_up_twice_leaves_one_record(village):
    station = save(village)
    actions.retire_station(by=SYSTEM, station=station)
    actions.retire_station(by=SYSTEM, station=station)

    assert AuditEvent.objects.filter(action="elections.retire_station").count() == 1


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"number": 1}, "number", "TPS 1 sudah ada di Desa Contoh. Pakai nomor lain."),
        ({"number": 0}, "number", "lebih besar dari atau sama dengan 1"),
        ({"number": 1000}, "number", "lebih kecil dari atau sama dengan 999"),
        ({"number": 2, "latitude": 3.3}, "longitude", "Isi lintang dan bujur"),
        (
            {"number": 2, "latitude": 99.28, "longitude": 3.31},
            "latitude",
            "Tampak tertukar dengan bujur: lintang 99.28, bujur 3.31.",
        ),
        ({"number": 2, "latitude": 48.85, "longitude": 2.35}, "latitude", "di luar Indonesia"),
        (
            {"number": 2, "latitude": 3.59, "longitude": 98.67},
            "latitude",
            "km dari kecamatannya, paling jauh 25 km",
        ),
        ({"number": 2, "place": "x" * 201}, "place", "paling banyak 200 karakter"),
    ],
)
def test_what_can_not_be_is_refused_beside_its_field(village, fields, field, words):
    save(village)
    named, message = refusal(village, **fields)
    assert named == field
    assert words in message
    assert PollingStation.objects.count() == 1


def test_a_station_stands_in_a_village_not_above_it(village, regions):
    field, _message = refusal(regions[LAUT_TADOR])
    assert field == "village"


def test_a_stale_form_does_not_overwrite(village):
    station = save(village)
    seen = station.fingerprint
    save(village, station=station, place="lapangan")

    with pytest.raises(actions.StaleStation) as stale:
        save(village, station=station, place="sekolah", seen=seen)
    assert stale.value.current.place == "lapangan"
    save(village, station=station, place="sekolah", seen=stale.value.current.fingerprint)


@pytest.mark.parametrize(
    ("role", "code", "allowed"),
    [
        ("election_officer", BATU_BARA, True),
        ("police_approver", BATU_BARA, True),
        ("administrator", BATU_BARA, True),
        ("police_operator", LAUT_TADOR, False),
        ("secretariat", BATU_BARA, False),
        ("election_officer", ASAHAN, False),
    ],
)
def test_who_keeps_the_list(village, person, role, code, allowed):
    by = person(role, code)
    if allowed:
        actions.save_station(by=by, village=village, number=1)
    else:
        with pytest.raises(PermissionDenied):
            actions.save_station(by=by, village=village, number=1)


def test_no_code_but_an_action_writes_a_station(village):
    with pytest.raises(WriteOutsideAction):
        PollingStation(village=village, number=1).save()


def test_a_checked_list_is_stored_at_once_and_what_it_leaves_out_stays(
    village, django_capture_on_commit_callbacks
):
    save(village, place="balai desa", latitude=3.31, longitude=99.28, special=True)
    rows = [actions.StationRow(CODE, 1), actions.StationRow(CODE, 2, "sekolah")]
    with django_capture_on_commit_callbacks(execute=True):
        stored = actions.store_stations(by=SYSTEM, rows=rows, source="uji.csv")

    assert stored == (1, 0)
    first, second = PollingStation.objects.order_by("number")
    assert (first.place, first.latitude, first.special) == ("balai desa", 3.31, True)
    assert (second.place, second.special, second.in_use) == ("sekolah", False, True)
    events = [fields for _id, fields in live.client().xrange(live.STREAM)]
    assert {event["region"] for event in events if event["topic"] == "stations"} == {BATU_BARA}
    record = AuditEvent.objects.filter(action="elections.store_stations").get()
    assert str(record).endswith(
        "memuat daftar TPS Kabupaten Batu Bara dari uji.csv: 1 baru, 0 berubah"
    )


def test_a_list_takes_a_station_that_was_given_up_into_use(village):
    station = save(village)
    actions.retire_station(by=SYSTEM, station=station)

    assert actions.store_stations(by=SYSTEM, rows=[actions.StationRow(CODE, 1)], source="uji") == (
        0,
        1,
    )
    assert PollingStation.objects.in_use().exists()


def test_a_list_for_another_regency_is_refused_whole(village, person):
    with pytest.raises(PermissionDenied):
        actions.store_stations(
            by=person("election_officer", ASAHAN),
            rows=[actions.StationRow(CODE, 1)],
            source="uji",
        )
    assert not PollingStation.objects.exists()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("contoh", {1, 2, 12}),
        ("Contoh 2", {2}),
        ("TPS 12", {12}),
        ("contoh tps 012", {12}),
        ("12.19.08.2001", {1, 2, 12}),
        ("12.19.02", set()),
        ("lain", set()),
    ],
)
def test_stations_are_found_by_village_and_number(village, words, found):
    for number in (1, 2, 12):
        save(village, number=number)
    assert {row.number for row in PollingStation.objects.matching(words)} == found
