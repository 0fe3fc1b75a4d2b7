"""A draft and a restricted meeting are seen by those who may, and nowhere by anybody else.

Every text of both meetings holds the word SECRET. Each address of meetings, and each other surface
that could show them, is asked for by people of every kind.
"""

import datetime

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forkopimda.alerts.models import Alert, Delivery
from forkopimda.alerts.tasks import send_due
from forkopimda.lib import live
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import actions
from forkopimda.meetings.models import FollowUp, Meeting
from forkopimda.meetings.reminders import give_due_reminders
from forkopimda.meetings.tasks import send_letters
from forkopimda.people.models import User
from tests.conftest import ASAHAN, LAUT_TADOR

from .surfaces import SECRET, START, addresses, in_admin, lists, text_of


def fill(meeting, forum):
    """Gives a meeting one of each thing that can belong to it, each with the word."""
    item = actions.set_agenda_item(
        by=SYSTEM, meeting=meeting, title=f"{SECRET}-ACARA", presenter=f"{SECRET}-PENYAJI"
    )
    actions.save_minutes(by=SYSTEM, item=item, text=f"{SECRET}-NOTULEN", seen_version=0)
    decision = actions.decide(by=SYSTEM, meeting=meeting, text=f"{SECRET}-KEPUTUSAN", item=item)
    follow_up = actions.add_follow_up(
        by=SYSTEM,
        meeting=meeting,
        task=f"{SECRET}-TUGAS",
        institution=forum["polres"],
        person=f"{SECRET}-ORANG",
        due_on=meeting.day,
        decision=decision,
    )
    actions.comment_follow_up(by=SYSTEM, follow_up=follow_up, text=f"{SECRET}-CATATAN")
    actions.invite(by=SYSTEM, meeting=meeting, institution=forum["kejari"])
    actions.invite(
        by=SYSTEM,
        meeting=meeting,
        name=f"{SECRET}-TAMU",
        title=f"{SECRET}-JABATAN",
        email="tamu@contoh.example",
    )
    upload = SimpleUploadedFile(f"{SECRET}.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    actions.attach(by=SYSTEM, meeting=meeting, upload=upload)


@pytest.fixture
def closed(plan, forum):
    """A restricted meeting whose invitations are out, and a draft."""
    fields = {"place": f"{SECRET}-TEMPAT", "note": f"{SECRET}-KETERANGAN"}
    fields |= {"starts_at": START, "ends_at": START + datetime.timedelta(hours=2)}
    restricted = plan(f"{SECRET}-TERTUTUP", draft=True, restricted=True, **fields)
    draft = plan(f"{SECRET}-DRAF", draft=True, **fields)
    for meeting in (restricted, draft):
        fill(meeting, forum)
    actions.send_invitations(by=SYSTEM, meeting=restricted)
    for kind in ("invitation", "attendance"):
        actions.issue_document(by=SYSTEM, meeting=restricted, kind=kind)
    noon = timezone.localtime(START).replace(hour=12)  # whatever the hour of the test is
    for day in (-2, 0, 1, 3):
        give_due_reminders(now=noon + datetime.timedelta(days=day))
    return {"restricted": Meeting.objects.get(pk=restricted.pk), "draft": draft}


@pytest.fixture
def clients(person, sign_in, forum):
    """One of each kind who may read neither, and those who may."""
    accounts = {name: User.objects.get(username=name) for name in ("ketua-dprd", "kajari")}
    outsiders = {
        "an official who is not invited": accounts["ketua-dprd"],
        "the institution responsible, not invited": User.objects.get(username="kapolres"),
        "the police approver": User.objects.get(username="polres"),
        "the chair's official, not invited": User.objects.get(username="bupati"),
        "an officer of one kecamatan": person("police_operator", LAUT_TADOR),
        "an ASN examiner": person("asn_examiner"),
        "an election officer": person("election_officer"),
        "the administrator": person("administrator"),
        "the country's administrator": person("administrator", ""),
        "an official next door": person("viewer", ASAHAN),
        "the secretariat next door": person("secretariat", ASAHAN),
        "the auditor next door": person("auditor", ASAHAN),
        "nobody's role": person(None),
    }
    return {
        "outsiders": {kind: sign_in(user) for kind, user in outsiders.items()}
        | {"who is signed out": Client()},
        "invited": sign_in(accounts["kajari"]),
        "secretariat": sign_in(person("secretariat")),
        "auditor": sign_in(person("auditor")),
    }


def test_no_list_search_calendar_board_export_panel_or_inbox_shows_them_to_an_outsider(
    closed, clients
):
    shown = [
        f"{kind}: {address}"
        for kind, client in clients["outsiders"].items()
        for address in lists()
        if SECRET in text_of(client.get(address))
    ]

    assert not shown, shown


def test_those_who_may_find_them_on_the_same_pages(closed, clients):
    """Else the test above would prove nothing."""
    for kind in ("secretariat", "auditor"):
        for address in lists():
            if address in {"/peringatan/", "/panel/follow-ups/", "/panel/meetings/"}:
                continue  # reminders keep silent to all; the panels show one meeting, or counts
            assert SECRET in text_of(clients[kind].get(address)), f"{kind}: {address}"
    page = text_of(clients["invited"].get("/rapat/"))
    assert f"{SECRET}-TERTUTUP" in page
    assert f"{SECRET}-DRAF" not in page


@pytest.mark.parametrize("which", ["restricted", "draft"])
def test_no_address_of_theirs_opens_to_an_outsider_or_says_that_they_exist(closed, clients, which):
    wrong = []
    for name, of_meeting, address in addresses(closed[which]):
        for kind, client in clients["outsiders"].items():
            for method in ("get", "post"):
                if not of_meeting and method == "post":
                    continue
                answer = getattr(client, method)(address)
                if SECRET in text_of(answer):
                    wrong.append(f"{kind}: {method} {address} shows it")
                ours = name != "letterhead" and of_meeting
                if ours and answer.status_code not in {403, 404, 405, 302}:
                    wrong.append(f"{kind}: {method} {address} gives {answer.status_code}")
                if ours and answer.status_code == 302:
                    target = answer.headers["Location"]
                    if not target.startswith("/akun/masuk/"):
                        wrong.append(f"{kind}: {method} {address} leads to {target}")

    assert not wrong, wrong


def test_an_invited_institution_opens_the_restricted_meeting_and_not_the_draft(closed, clients):
    invited = clients["invited"]
    restricted, draft = closed["restricted"], closed["draft"]

    page = text_of(invited.get(f"/rapat/{restricted.pk}/"))
    for part in ("TERTUTUP", "ACARA", "NOTULEN", "KEPUTUSAN", "TUGAS"):
        assert f"{SECRET}-{part}" in page
    attachment = restricted.attachments.get()
    assert "%PDF" in text_of(invited.get(f"/rapat/lampiran/{attachment.pk}/"))
    assert invited.get(f"/rapat/{draft.pk}/").status_code == 404
    assert invited.get(f"/rapat/lampiran/{draft.attachments.get().pk}/").status_code == 404


def test_an_institution_whose_invitation_was_withdrawn_reads_it_no_longer(closed, clients, forum):
    restricted = closed["restricted"]
    row = restricted.attendances.get(institution=forum["kejari"])

    actions.remove_invitee(by=SYSTEM, attendance=row)

    assert clients["invited"].get(f"/rapat/{restricted.pk}/").status_code == 404
    assert SECRET not in text_of(clients["invited"].get("/rapat/"))


def test_the_admin_shows_them_to_the_auditor_and_to_no_administrator(closed, clients):
    seen = set()
    for kind in ("the administrator", "the country's administrator", "the auditor next door"):
        client = clients["outsiders"][kind]
        for address in in_admin():
            assert SECRET not in text_of(client.get(address)), f"{kind}: {address}"
    for address in in_admin():
        if SECRET in text_of(clients["auditor"].get(address)):
            seen.add(address.split("/")[3])
    assert {"meeting", "agendaitem", "attendance", "decision", "followup", "auditevent"} <= seen


def test_the_audit_trail_keeps_what_was_done_in_them_for_the_auditor_alone(closed, clients):
    address = reverse("admin:audit_auditevent_changelist")
    address += f"?q=meetings.meeting:{closed['draft'].pk}"

    assert "menjadwalkan rapat" in text_of(clients["auditor"].get(address))
    assert "menjadwalkan rapat" not in text_of(
        clients["outsiders"]["the administrator"].get(address)
    )


def test_reminders_and_mails_say_no_word_of_them_but_to_the_invited(closed):
    assert Alert.objects.exists(), "reminders were given"
    for alert in Alert.objects.all():
        assert SECRET not in f"{alert.headlines} {alert.descriptions} {alert.link}"
    send_due()
    assert Delivery.objects.filter(state="sent").exists()
    assert SECRET not in "".join(f"{message.subject} {message.body}" for message in mail.outbox)

    mail.outbox.clear()
    send_letters()
    invited = {"tamu@contoh.example", "kajari@batubara.example"}
    assert {address for message in mail.outbox for address in message.to} == invited


def test_the_calendar_feed_holds_what_its_owner_may_open(closed, sign_in):
    def feed(username):
        key = actions.renew_feed(by=User.objects.get(username=username))
        return text_of(Client().get(f"/rapat/kalender/{key}.ics"))

    assert SECRET not in feed("ketua-dprd")
    assert SECRET not in feed("admin")
    invited = feed("kajari")
    assert f"{SECRET}-TERTUTUP" in invited
    assert f"{SECRET}-DRAF" not in invited


def test_the_page_that_confirms_a_document_tells_nobody_what_it_is_about(closed):
    for document in closed["restricted"].documents.all():
        answer = Client().get(f"/dokumen/{document.key}/")
        assert answer.status_code == 200
        assert SECRET not in text_of(answer)


@pytest.mark.django_db(transaction=True)
def test_live_events_carry_no_word_of_them(closed):
    events = live.client().xrange(live.STREAM)

    assert events
    assert SECRET not in str(events)


def test_a_word_of_them_that_is_searched_for_answers_as_if_it_were_not_there(closed, clients):
    client = clients["outsiders"]["an official who is not invited"]

    there = client.get(f"/rapat/?cari={SECRET}")
    absent = client.get("/rapat/?cari=TIADA")

    assert there.context["page"].paginator.count == absent.context["page"].paginator.count == 0


def test_numbers_on_the_dashboard_do_not_count_them_for_an_outsider(closed, clients):
    with writing():
        FollowUp.objects.update(due_on=timezone.localdate() - datetime.timedelta(days=2))
    outsider = clients["outsiders"]["an official who is not invited"]

    assert "Tidak ada yang terlambat." in text_of(outsider.get("/panel/follow-ups/"))
    assert "Polres Batu Bara" in text_of(clients["secretariat"].get("/panel/follow-ups/"))
