"""A user's own calendar of meetings, behind an address that can be switched off."""

import re

import pytest
from django.test import Client
from icalendar import Calendar

from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions
from forkopimda.meetings.models import CalendarFeed
from forkopimda.people import actions as people
from tests.conftest import ASAHAN

PAGE = "/rapat/kalender-saya/"


def make_address(client):
    """Makes an address as its owner does, and gives its path."""
    page = client.post(PAGE, {"buat": "1"}).content.decode()
    return re.search(r"http://testserver(/rapat/kalender/[^\"]+\.ics)", page)[1]


def entries(address):
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def test_the_feed_holds_what_its_owner_may_see_and_nothing_else(person, sign_in, plan, forum):
    plan("Terbuka")
    plan("Draf", draft=True)
    plan("Tetangga", ASAHAN)
    plan("Tertutup bagi yang lain", restricted=True)
    actions.invite(
        by=SYSTEM,
        meeting=plan("Tertutup dan diundang", restricted=True),
        institution=forum["polres"],
    )
    off = plan("Dibatalkan")
    actions.cancel_meeting(by=SYSTEM, meeting=off, reason="Banjir")

    viewer = sign_in(person("viewer", institution=forum["polres"]))
    found = entries(make_address(viewer))

    assert set(found) == {"Terbuka", "Tertutup dan diundang", "Dibatalkan"}
    assert found["Terbuka"]["STATUS"] == "CONFIRMED"
    assert found["Dibatalkan"]["STATUS"] == "CANCELLED"
    assert str(off.uid) in found["Dibatalkan"]["UID"], "the same entry as in the letters"
    secretariat = sign_in(person("secretariat"))
    everything = entries(make_address(secretariat))
    assert everything["Draf"]["STATUS"] == "TENTATIVE"
    assert "Tetangga" not in everything


def test_the_feed_forgets_what_its_owner_may_see_no_more(person, sign_in, plan):
    plan("Terbuka")
    user = person("viewer")
    address = make_address(sign_in(user))
    assert set(entries(address)) == {"Terbuka"}

    for grant in user.grants.all():
        people.revoke_role(by=SYSTEM, grant=grant)

    assert not entries(address)


def test_a_meeting_moved_has_a_higher_sequence_in_the_feed(person, sign_in, plan):
    meeting = plan("Terbuka")
    address = make_address(sign_in(person("viewer")))
    names = ("region", "title", "starts_at", "ends_at", "kind", "note", "chair", "restricted")
    fields = {name: getattr(meeting, name) for name in (*names, "quorum")}
    actions.edit_meeting(by=SYSTEM, meeting=meeting, place="Aula Polres", **fields)

    event = entries(address)["Terbuka"]
    assert (event["SEQUENCE"], event["LOCATION"]) == (1, "Aula Polres")


def test_the_address_is_shown_once_and_only_its_hash_is_kept(person, sign_in):
    client = sign_in(person("viewer"))
    assert PAGE in client.get("/rapat/kalender/").content.decode()
    assert "belum mempunyai alamat" in client.get(PAGE).content.decode()

    address = make_address(client)

    key = address.removeprefix("/rapat/kalender/").removesuffix(".ics")
    again = client.get(PAGE).content.decode()
    assert key not in again
    assert "aktif sejak" in again
    assert key not in CalendarFeed.objects.get().key_hash


def test_a_new_address_ends_the_old_one(person, sign_in):
    client = sign_in(person("viewer"))
    old = make_address(client)
    new = make_address(client)

    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200


@pytest.mark.parametrize("how", ["switched off", "account closed"])
def test_an_address_that_is_switched_off_is_not_found(person, sign_in, plan, how):
    plan("Terbuka")
    user = person("viewer")
    client = sign_in(user)
    address = make_address(client)

    if how == "switched off":
        page = client.post(PAGE, {"matikan": "1"}, follow=True).content.decode()
        assert "Alamat kalender dimatikan." in page
    else:
        people.edit_user(by=SYSTEM, user=user, is_active=False)

    answer = Client().get(address)
    assert answer.status_code == 404
    assert "Terbuka" not in answer.content.decode()


def test_many_meetings_cost_the_feed_no_more_queries(
    person, sign_in, plan, django_assert_max_num_queries
):
    address = make_address(sign_in(person("viewer")))

    def cost():
        with django_assert_max_num_queries(50) as captured:
            entries(address)
        return len(captured)

    for number in range(2):
        actions.set_agenda_item(by=SYSTEM, meeting=plan(f"Rapat {number}"), title="Acara")
    few = cost()
    for number in range(2, 40):
        actions.set_agenda_item(by=SYSTEM, meeting=plan(f"Rapat {number}"), title="Acara")

    assert cost() == few
