"""The back-test: what was known then, which raises were announced, which alarms were false."""

import json
from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from forkopimda.audit.models import AuditEvent
from forkopimda.regions.models import Region
from security.models import EarlyWarning, Incident, Policy, RiskRating
from security.warning.formula import Happening
from security.warning.inputs import Known, Rated, Report, Span, spans
from security.warning.invented import invent
from security.warning.replay import Span as Asked
from security.warning.replay import replay
from tests.conftest import BATU_BARA

from .happening import rated, reported, verified

JAKARTA = ZoneInfo("Asia/Jakarta")
FIRST = date(2024, 9, 1)
PLACE = "12.19.08"
FILL = ("generate_history", "--region", BATU_BARA, "--days", "60", "--until", "2024-11-27")


def day(number, hour=12):
    return datetime(2024, 9, 1, hour, tzinfo=JAKARTA) + timedelta(days=number)


def known(*incidents, levels=(("low", -30),)):
    """One kecamatan: incidents as (severity, verified on day, rejected on day or None), ratings as
    (level, on day)."""
    ends = [day(at) for _level, at in levels[1:]] + [None]
    return Known(
        policy=Policy(weight_neighbours=0, weight_alerts=0, weight_voting=0, weight_assessment=0),
        zone=JAKARTA,
        kecamatan=[Region(code=PLACE, name="Laut Tador", level="kecamatan")],
        neighbours={},
        reports={
            PLACE: [
                Report(
                    Happening(severity, day(at, 6)),
                    [Span(day(at), None if end is None else day(end))],
                )
                for severity, at, end in incidents
            ]
        },
        calls={},
        voting_days=[],
        opinions={},
        ratings={
            PLACE: [
                Rated(level, Span(day(at), end))
                for (level, at), end in zip(levels, ends, strict=True)
            ]
        },
    )


def judged(facts, days=60, threshold=30, lead=14):
    asked = Asked(FIRST, FIRST + timedelta(days=days), threshold, lead)
    return replay(facts, asked, lambda done, whole: None)


def test_a_suggestion_before_the_raise_is_told_with_its_lead():
    ours, _naive = judged(known(("severe", 5, None), levels=(("low", -30), ("medium", 10))))

    (raised,) = ours.announced
    assert (raised.before, raised.level) == ("low", "medium")
    assert raised.lead_days == pytest.approx(4.5)  # from the midnight after the verification
    assert ours.median_lead == pytest.approx(4.5)
    assert (ours.hits, ours.false, ours.missed) == (1, 0, [])


def test_what_was_not_yet_verified_announces_nothing():
    ours, naive = judged(known(("severe", 12, None), levels=(("low", -30), ("medium", 10))))

    assert len(ours.missed) == 1
    assert len(naive.missed) == 1


def test_a_suggestion_that_no_raise_followed_is_false():
    ours, naive = judged(known(("critical", 5, None)))

    assert (ours.hits, ours.false, ours.unjudged) == (0, 1, 0)
    assert (naive.hits, naive.false) == (0, 1)


def test_an_alarm_shortly_before_the_end_is_not_judged():
    ours, naive = judged(known(("critical", 55, None)))

    assert (ours.false, ours.unjudged) == (0, 1)
    assert (naive.false, naive.unjudged) == (0, 1)


def test_a_raise_long_after_the_alarm_began_is_told_apart():
    incidents = [("severe", at, None) for at in range(5, 40, 2)]
    ours, _naive = judged(known(*incidents, levels=(("low", -30), ("medium", 35))))

    assert len(ours.stood_longer) == 1
    assert not ours.announced
    assert not ours.missed
    assert ours.false == 1


def test_an_incident_counts_from_its_verification_until_its_rejection():
    true, rejected = (judged(known(("critical", 5, end)))[0] for end in (None, 8))

    assert rejected.alarmed < true.alarmed
    assert rejected.alarmed == pytest.approx(3 / 61)


def test_one_alarm_does_not_announce_two_raises():
    levels = (("low", -30), ("medium", 8), ("high", 12))
    ours, _naive = judged(known(("severe", 5, None), levels=levels))

    assert [raised.level for raised in ours.announced] == ["medium"]
    assert [raised.level for raised in ours.missed] == ["high"]


def test_a_first_rating_and_a_lower_one_are_no_raises():
    levels = (("high", 3), ("medium", 8), ("medium", 12), ("low", 15))
    ours, _naive = judged(known(levels=levels))

    assert ours.raises == []


def test_the_naive_rule_cries_at_each_grave_incident_alone():
    _ours, naive = judged(
        known(("moderate", 3, None), ("severe", 20, None), ("critical", 30, None))
    )

    assert naive.false == 2


def test_a_higher_threshold_cries_less():
    facts = known(*(("severe", at, None) for at in (5, 6, 20)))

    assert judged(facts, threshold=80)[0].alarmed < judged(facts, threshold=30)[0].alarmed


def test_an_incidents_steps_tell_when_it_was_held_to_be_true():
    steps = [
        ("reported", day(1)),
        ("verified", day(2)),
        ("handled", day(3)),
        ("rejected", day(4)),
        ("reported", day(5)),
        ("verified", day(6)),
    ]

    assert spans(steps) == [Span(day(2), day(4)), Span(day(6), None)]
    assert spans(steps[:1]) == []


def test_the_same_seed_invents_the_same_history():
    codes = [f"12.19.{number:02}" for number in range(1, 5)]
    beside = {codes[0]: [codes[1]], codes[1]: [codes[0]]}
    first, again, other = (
        invent(codes, beside, seed=seed, start=day(0, 0), days=90) for seed in (1, 1, 2)
    )

    assert first == again
    assert first != other
    assert {one.code for one in first.ratings} == set(codes)


def run(*arguments):
    out, err = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_generated_history_is_replayed_and_reported(regions):
    out, _err = run(*FILL, "--seed", "3", "--yes-fill-this-database")
    assert "Hasil uji balik atasnya bukan bukti" in out
    assert Incident.objects.filter(description__startswith="Contoh").count() > 10
    assert RiskRating.objects.filter(reason__startswith="Contoh").count() >= 12
    before = AuditEvent.objects.count()

    out, err = run("backtest_warnings", "--region", BATU_BARA, "--until", "2024-11-27")
    for words in ("12 kecamatan", "kenaikan didahului", "palsu", "pembanding", "median"):
        assert words in out
    assert "Hari 60 dari 60" in err
    assert AuditEvent.objects.count() == before
    assert not EarlyWarning.objects.exists()

    out, _err = run("backtest_warnings", "--region", BATU_BARA, "--until", "2024-11-27", "--json")
    data = json.loads(out)
    figures = data["suggestion"]
    assert figures["raises"] == len(data["raises"]) > 0
    assert figures["announced"] + figures["stood_longer"] + figures["missed"] == figures["raises"]
    assert data["from"] == "2024-09-29"


def test_recorded_history_is_replayed_by_what_was_known_then(regions):
    rated(regions[PLACE], "low")
    verified(regions[PLACE], "critical")
    reported(regions[PLACE], "critical")
    rated(regions[PLACE], "medium")
    out, _err = run("backtest_warnings", "--region", BATU_BARA, "--json")

    # All of it happened today, after midnight: nothing was known when the day began.
    assert json.loads(out)["suggestion"]["missed"] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("backtest_warnings", "--region", "99.99"), "Wilayah 99.99 tidak ada"),
        (("backtest_warnings", "--region", PLACE), "bukan kabupaten/kota"),
        (("backtest_warnings", "--region", BATU_BARA), "belum punya penilaian atau insiden"),
        (
            (
                *("backtest_warnings", "--region", BATU_BARA),
                *("--from", "2024-10-02", "--until", "2024-10-01"),
            ),
            "--from harus sebelum --until",
        ),
        (("backtest_warnings", "--region", BATU_BARA, "--from", "kemarin"), "bukan tanggal"),
        (("backtest_warnings", "--region", BATU_BARA, "--lead-days", "0"), "bukan angka"),
        (FILL, "--yes-fill-this-database"),
        ((*FILL, "--days", "0", "--yes-fill-this-database"), "--days: 1 sampai"),
        (("generate_history", "--region", "99.99", "--yes-fill-this-database"), "tidak ada"),
    ],
)
def test_what_can_not_be_replayed_or_filled_is_refused_by_name(regions, arguments, words):
    with pytest.raises(CommandError, match=words):
        run(*arguments)


def test_invented_history_never_stands_beside_a_real_incident(regions):
    reported(regions["12.09.08"], "minor")

    with pytest.raises(CommandError, match="sudah berisi insiden"):
        run(*FILL, "--yes-fill-this-database")
    assert Incident.objects.count() == 1


def test_invented_history_never_stands_beside_a_real_level(regions):
    rated(regions[PLACE], "low")

    with pytest.raises(CommandError, match="sudah punya penilaian kerawanan"):
        run(*FILL, "--yes-fill-this-database")
    assert not Incident.objects.exists()
