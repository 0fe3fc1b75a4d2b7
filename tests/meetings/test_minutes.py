"""Note-takers write what is said while it is said, two at once, and nothing is lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import actions
from forkopimda.meetings.models import Meeting

BY_SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def meeting(plan):
    return plan("Rapat koordinasi", days=0)


@pytest.fixture
def item(meeting):
    return actions.set_agenda_item(by=SYSTEM, meeting=meeting, number=1, title="Keamanan")


@pytest.fixture
def first(person, sign_in):
    return sign_in(person("secretariat", username="satu", display_name="Notulis Satu"))


@pytest.fixture
def second(person, sign_in):
    return sign_in(person("secretariat", username="dua", display_name="Notulis Dua"))


def address(item):
    return f"/rapat/{item.meeting_id}/notulen/{item.pk}/"


def test_what_is_typed_is_stored_with_who_and_when(first, item):
    answer = first.post(
        address(item), {"text": "Keadaan terkendali.\r\n", "seen": "0"}, headers=BY_SCRIPT
    )

    assert answer.status_code == 200
    assert answer.json()["version"] == 1
    assert answer.json()["by"] == "Notulis Satu"
    item.refresh_from_db()
    assert (item.minutes, item.minutes_by) == ("Keadaan terkendali.", "Notulis Satu")
    event = AuditEvent.objects.get(action="meetings.save_minutes")
    assert str(event) == (
        "satu menulis notulen acara nomor 1 pada rapat “Rapat koordinasi” (versi 1)"
    )
    assert "terkendali" not in str(event.data)


def test_the_second_note_taker_is_told_and_given_the_others_text(first, second, item):
    first.post(address(item), {"text": "Teks pertama", "seen": "0"}, headers=BY_SCRIPT)

    answer = second.post(address(item), {"text": "Teks kedua", "seen": "0"}, headers=BY_SCRIPT)

    assert answer.status_code == 409
    facts = answer.json()
    assert (facts["text"], facts["by"], facts["version"]) == ("Teks pertama", "Notulis Satu", 1)
    item.refresh_from_db()
    assert item.minutes == "Teks pertama"
    merged = {"text": "Teks pertama. Teks kedua", "seen": facts["version"]}
    assert second.post(address(item), merged, headers=BY_SCRIPT).json()["version"] == 2


def test_without_javascript_both_texts_are_on_the_page_and_the_next_save_is_on_top(
    first, second, item
):
    first.post(address(item), {"text": "Teks pertama", "seen": "0"})

    answer = second.post(address(item), {"text": "Teks kedua", "seen": "0"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Teks pertama" in page
    assert ">\nTeks kedua</textarea>" in page
    assert '<input type="hidden" name="seen" value="1"' in page
    assert "orang lain mengubah bagian ini" in page
    assert second.post(address(item), {"text": "Keduanya", "seen": "1"}).status_code == 302
    item.refresh_from_db()
    assert item.minutes == "Keduanya"


def test_the_same_text_sent_again_is_no_conflict_and_no_new_version(first, item):
    for _ in range(2):  # the first answer was lost on the way
        answer = first.post(address(item), {"text": "Sekali", "seen": "0"}, headers=BY_SCRIPT)
        assert answer.status_code == 200

    item.refresh_from_db()
    assert item.minutes_version == 1
    assert AuditEvent.objects.filter(action="meetings.save_minutes").count() == 1


@pytest.mark.parametrize("seen", ["", "-1", "x", "7", "²"])
def test_a_save_that_does_not_say_what_it_saw_overwrites_nothing(first, item, seen):
    first.post(address(item), {"text": "Asli", "seen": "0"})

    answer = first.post(address(item), {"text": "Lain", "seen": seen}, headers=BY_SCRIPT)

    assert answer.status_code == 409
    item.refresh_from_db()
    assert item.minutes == "Asli"


def test_approved_minutes_take_no_text_and_keep_what_was_typed_on_the_page(first, item):
    with writing():
        Meeting.objects.update(minutes_state="approved")

    by_script = first.post(address(item), {"text": "Terlambat", "seen": "0"}, headers=BY_SCRIPT)
    plain = first.post(address(item), {"text": "Terlambat", "seen": "0"})

    assert by_script.status_code == plain.status_code == 422
    assert "sudah disetujui dan terkunci" in by_script.json()["error"]
    assert ">\nTerlambat</textarea>" in plain.content.decode()
    assert "Tulis notulen" not in first.get(f"/rapat/{item.meeting_id}/").content.decode()
    item.refresh_from_db()
    assert item.minutes == ""


def test_a_text_that_is_too_long_is_refused_and_kept_on_the_page(first, item):
    typed = "a" * 20_001

    answer = first.post(address(item), {"text": typed, "seen": "0"})

    assert answer.status_code == 422
    assert typed in answer.content.decode()


def test_a_point_of_another_meeting_is_not_found(first, item, plan):
    other = plan("Lain")

    answer = first.post(f"/rapat/{other.pk}/notulen/{item.pk}/", {"text": "x", "seen": "0"})

    assert answer.status_code == 404


def test_open_editors_can_ask_what_stands_there_now(first, second, item):
    first.post(address(item), {"text": "Baru", "seen": "0"}, headers=BY_SCRIPT)

    facts = second.get(f"/rapat/{item.meeting_id}/notulen/isi/").json()

    assert facts["open"] is True
    part = facts["parts"][str(item.pk)]
    assert (part["text"], part["version"], part["by"]) == ("Baru", 1, "Notulis Satu")


def test_minutes_are_shown_as_they_were_typed_and_run_nothing(first, item):
    first.post(address(item), {"text": "<script>x</script>\n\n1. Dua", "seen": "0"})

    page = first.get(f"/rapat/{item.meeting_id}/notulen/").content.decode()

    assert "<script>x" not in page
    assert "&lt;script&gt;x&lt;/script&gt;\n\n1. Dua</textarea>" in page


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(writes=st.lists(st.tuples(st.integers(0, 4), st.sampled_from("abc")), max_size=8))
def test_whatever_the_order_of_saves_no_text_goes_unseen(item, writes):
    """A save is stored only on top of the text that its writer was shown."""
    with writing():
        item.minutes, item.minutes_version = "", 0
        item.save()
    version, text = 0, ""
    for seen, typed in writes:
        fits = seen == version or typed == text
        stands = None
        try:
            item = actions.save_minutes(by=SYSTEM, item=item, text=typed, seen_version=seen)
        except actions.MinutesChanged as changed:
            stands = changed.item
        assert (stands is None) == fits
        if fits:
            version, text = version + (typed != text), typed
        shown = stands or item
        assert (shown.minutes_version, shown.minutes) == (version, text)
