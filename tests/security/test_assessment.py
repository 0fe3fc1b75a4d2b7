"""Officers assess a region by a frame; an assessment keeps what it rests on."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forkopimda.audit.models import AuditEvent
from forkopimda.lib import live
from security import actions
from security.models import Assessment, Indicator
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, SEI_SUKA

from .assessing import assess, frame, heavier, values


@pytest.fixture
def officer(person):
    return person("police_operator", LAUT_TADOR, display_name="Kanit Polsek")


def test_an_assessment_stores_score_suggestion_and_each_value(officer, regions):
    made = assess(regions[LAUT_TADOR], by=officer, value=1, politik_uang=4, media=3)

    assert (made.score, made.suggested_level) == (Decimal("30.50"), "low")
    assert made.author_name == "Kanit Polsek"
    assert made.scores.count() == 17
    assert made.scores.get(indicator__code="politik-uang").value == 4


def test_values_may_be_given_by_code(officer, regions):
    used = frame()
    by_code = dict.fromkeys(
        Indicator.objects.filter(dimension__frame=used).values_list("code", flat=True), 2
    )

    made = actions.make_assessment(
        by=officer, region=regions[LAUT_TADOR], frame=used, values=by_code
    )

    assert (made.score, made.suggested_level) == (Decimal(50), "medium")


def test_a_value_that_is_no_number_of_the_scale_is_named(officer, regions):
    used = frame()
    media = Indicator.objects.get(dimension__frame=used, code="media").pk
    for value in ("banyak", 5, -1, 2.5, None, True):
        with pytest.raises(ValidationError, match="Nilai “Media” harus angka bulat 0 sampai 4"):
            actions.make_assessment(
                by=officer,
                region=regions[LAUT_TADOR],
                frame=used,
                values=values(used) | {media: value},
            )
    assert not Assessment.objects.exists()


def test_missing_unknown_and_doubled_values_are_named(officer, regions):
    used = frame()
    given = values(used)
    del given[Indicator.objects.get(dimension__frame=used, code="geografi").pk]

    with pytest.raises(ValidationError) as caught:
        actions.make_assessment(
            by=officer,
            region=regions[LAUT_TADOR],
            frame=used,
            values={**given, "cuaca": 1, "media": 2},
        )

    assert caught.value.messages == [
        "Kerangka ini tidak memuat indikator “cuaca”.",
        "“Media” dinilai dua kali.",
        "“Geografi” belum dinilai.",
    ]


def test_a_frame_that_is_not_in_force_there_is_refused(officer, regions):
    old = frame()
    heavier(old, regions[BATU_BARA], media=3)

    with pytest.raises(ValidationError, match="tidak berlaku lagi"):
        actions.make_assessment(
            by=officer, region=regions[LAUT_TADOR], frame=old, values=values(old)
        )


def test_only_the_police_assess_and_a_polsek_only_its_own_kecamatan(officer, person, regions):
    for by, code in (
        (officer, SEI_SUKA),
        (officer, BATU_BARA),
        (person("police_approver", ASAHAN), LAUT_TADOR),
        (person("secretariat"), LAUT_TADOR),
        (person("administrator"), LAUT_TADOR),
    ):
        with pytest.raises(PermissionDenied):
            assess(regions[code], by=by)
    assess(regions[BATU_BARA], by=person("police_approver"))


def test_an_assessment_is_on_record_and_open_pages_hear_of_it(
    officer, regions, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assess(regions[LAUT_TADOR], by=officer, value=2)

    event = AuditEvent.objects.get(action="security.assess")
    assert str(event) == (
        f"{officer.username} menilai Kecamatan Laut Tador dengan "
        "IPKP Polri: indeks potensi kerawanan v1: skor 50.00, saran Sedang"
    )
    topics = [fields["topic"] for _id, fields in live.client().xrange(live.STREAM)]
    assert topics == ["levels"]
