"""Whoever is reported: versions of what is known of them, and no examiner of their own unit."""

import pytest

from asn_neutrality.models import Case, Member
from asn_neutrality.sealing.primitives import CanNotOpen
from forkopimda.audit.models import AuditEvent
from tests.conftest import BATU_BARA

from .filing import contents, opened, serve_in, write_address
from .made import make_unit, unlock_desk


@pytest.fixture
def case(examiner, report):
    """A case of two examiners."""
    case_users = [examiner(), examiner()]
    found = report().report.case
    found.users = case_users
    return found


def test_each_change_is_a_new_version_and_says_how_large_the_unit_is(case, sign_in, regions):
    user = case.users[0]
    unit = make_unit(regions[BATU_BARA], staff=30)
    client = unlock_desk(sign_in(user), user, [case])
    page = client.get(write_address(case, "accused"))
    assert page.context["form"]["name"].value() == "Fulan bin Fulan"

    for chosen, size in ((unit.pk, "small"), ("", "unknown")):
        form = {"name": "Fulan bin Falan", "office": "Kepala dinas", "unit_id": chosen}
        assert client.post(write_address(case, "accused"), form).status_code == 302
        assert Case.objects.get(pk=case.pk).size_class == size

    versions = contents(case, user, "accused")
    assert [each["name"] for each in versions] == [
        "Fulan bin Fulan",
        "Fulan bin Falan",
        "Fulan bin Falan",
    ]
    assert [each["unit"] for each in versions] == ["", unit.name, ""]
    assert [each["unit_id"] for each in versions] == [None, unit.pk, None]


def test_an_examiner_of_that_unit_leaves_and_the_key_they_had_opens_nothing(case, sign_in, regions):
    user, other = case.users
    unit = make_unit(regions[BATU_BARA])
    serve_in(other, unit)
    before = opened(case, other)
    client = unlock_desk(sign_in(user), user, [case])

    answer = client.post(write_address(case, "accused"), {"office": "Staf", "unit_id": unit.pk})

    assert answer["Location"] == f"/netralitas-asn/{case.pk}/"
    assert not Member.objects.filter(case=case, user=other, removed_at=None).exists()
    with pytest.raises(CanNotOpen):
        opened(case, other)
    entry = case.entries.get(kind="narrative")
    with pytest.raises(CanNotOpen):
        before.read(entry)
    assert opened(case, user).read(entry)


def test_a_writer_who_serves_there_is_told_and_leaves_what_they_wrote(case, sign_in, regions):
    user, other = case.users
    unit = make_unit(regions[BATU_BARA])
    serve_in(user, unit)
    client = unlock_desk(sign_in(user), user, [case])

    answer = client.post(
        write_address(case, "accused"), {"office": "Staf", "unit_id": unit.pk}, follow=True
    )

    assert answer.redirect_chain[-1][0] == "/netralitas-asn/"
    assert "Anda bertugas di unit pihak yang dilaporkan" in answer.content.decode()
    assert client.get(f"/netralitas-asn/{case.pk}/").status_code == 404
    assert opened(case, other).accused()["office"] == "Staf"


def test_where_nobody_would_be_left_nothing_is_stored_and_the_form_says_so(case, sign_in, regions):
    unit = make_unit(regions[BATU_BARA])
    for user in case.users:
        serve_in(user, unit)
    client = unlock_desk(sign_in(user), user, [case])
    typed = {"name": "Falan", "note": "Pindah unit", "unit_id": unit.pk}

    answer = client.post(write_address(case, "accused"), typed)

    assert answer.status_code == 422
    assert "Falan" in answer.content.decode()
    assert Case.objects.get(pk=case.pk).size_class == "unknown"
    assert len(contents(case, user, "accused")) == 1


def test_something_is_known_of_them(case, sign_in, regions):
    user = case.users[0]
    client = unlock_desk(sign_in(user), user, [case])
    far = make_unit(regions["12.09"], code="dinas-jauh")

    for form in ({"note": "entah siapa"}, {"name": "x", "unit_id": far.pk}, {"unit_id": "9" * 40}):
        assert client.post(write_address(case, "accused"), form).status_code == 422
    assert len(contents(case, user, "accused")) == 1


def test_the_audit_record_names_nobody_of_it(case, sign_in, regions):
    user = case.users[0]
    unit = make_unit(regions[BATU_BARA], name="Dinas Rahasia")
    client = unlock_desk(sign_in(user), user, [case])
    client.post(write_address(case, "accused"), {"name": "Falan bin Falan", "unit_id": unit.pk})

    [event] = AuditEvent.objects.filter(action="asn_neutrality.write")
    assert event.data == {"number": case.number, "kind": "accused"}
