"""The secretariat invites: the standing members at once, others one by one; and takes back."""

import pytest

from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions
from forkopimda.meetings.models import Letter
from forkopimda.people import actions as people
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR

SEVEN = {"pemkab", "polres", "dprd", "kodim", "kejari", "pn", "lanal"}


@pytest.fixture
def secretariat(person, sign_in):
    return sign_in(person("secretariat", username="kesbang"))


@pytest.fixture
def draft(plan):
    return plan("Rapat koordinasi", draft=True)


def invited(meeting):
    return {row.institution.code for row in meeting.attendances.filter(removed_at=None)}


def test_one_button_invites_the_seven_standing_members_apart_as_members_and_guests(
    secretariat, draft, forum
):
    page = secretariat.get(f"/rapat/{draft.pk}/rencana/")
    assert [row.code for row in page.context["members"]] == [
        "pemkab",
        "polres",
        "dprd",
        "kodim",
        "kejari",
    ]
    assert [row.code for row in page.context["guests"]] == ["pn", "lanal"]
    assert "Undang anggota tetap forum" in page.content.decode()

    secretariat.post(f"/rapat/{draft.pk}/undangan/tetap/")

    assert invited(draft) == SEVEN
    page = secretariat.get(f"/rapat/{draft.pk}/rencana/").content.decode()
    assert "Undang anggota tetap forum" not in page
    assert "AKBP Taufiq Hidayat Thayeb" in page


def test_the_button_adds_only_who_is_missing(secretariat, draft, forum):
    actions.invite(by=SYSTEM, meeting=draft, institution=forum["polres"])
    actions.invite(by=SYSTEM, meeting=draft, institution=forum["kpu"])

    secretariat.post(f"/rapat/{draft.pk}/undangan/tetap/")

    assert invited(draft) == SEVEN | {"kpu"}
    assert draft.attendances.count() == 8


def test_an_institution_and_a_person_are_invited_by_their_forms(secretariat, draft, forum):
    base = f"/rapat/{draft.pk}/undangan"
    secretariat.post(f"{base}/lembaga/", {"institution": forum["kpu"].pk, "email": ""})
    secretariat.post(
        f"{base}/orang/",
        {"name": "Ibu Contoh", "title": "Tokoh masyarakat", "email": "Ibu@contoh.example"},
    )

    rows = list(draft.attendances.order_by("pk"))
    assert [(row.title, row.who) for row in rows] == [
        ("Ketua KPU", "Ketua KPU"),
        ("Tokoh masyarakat", "Ibu Contoh"),
    ]
    assert rows[1].email == "ibu@contoh.example"


@pytest.mark.parametrize(
    ("where", "sent", "field"),
    [
        ("lembaga", {"institution": "999999"}, "institution"),
        ("lembaga", {"institution": "", "email": "x"}, "institution"),
        ("orang", {"name": "", "title": "Kepala", "email": "a@contoh.example"}, "name"),
        ("orang", {"name": "A", "title": "Kepala", "email": "bukan-surel"}, "email"),
        ("orang", {"name": "A", "title": "Kepala", "email": "sudah@contoh.example"}, None),
    ],
)
def test_an_unknown_or_incomplete_invitee_is_refused_with_the_text_kept(
    secretariat, draft, forum, where, sent, field
):
    actions.invite(
        by=SYSTEM, meeting=draft, name="Lama", title="Lama", email="sudah@contoh.example"
    )
    answer = secretariat.post(f"/rapat/{draft.pk}/undangan/{where}/", sent)

    assert answer.status_code == 422
    form = answer.context["institution_form" if where == "lembaga" else "person_form"]
    assert (field in form.errors) if field else form.errors
    if sent.get("title"):
        assert 'value="Kepala"' in answer.content.decode()
    assert draft.attendances.count() == 1


def test_the_next_regencys_institutions_can_not_be_invited(person, draft, regions):
    theirs = people.save_institution(
        by=SYSTEM,
        region=regions[ASAHAN],
        code="polres",
        name="Polres Asahan",
        head_title="Kapolres",
        membership="member",
    )
    with pytest.raises(Exception, match=r"people\.view_forum"):
        actions.invite(by=person("secretariat"), meeting=draft, institution=theirs)


def test_a_withdrawn_invitation_is_gone_from_the_page_and_may_be_given_again(
    secretariat, draft, institution
):
    row = actions.invite(by=SYSTEM, meeting=draft, institution=institution)
    address = f"/rapat/{draft.pk}/undangan/{row.pk}/tarik/"
    assert "Tarik undangan ini?" in secretariat.get(address).content.decode()

    secretariat.post(address)

    assert not invited(draft)
    assert Letter.objects.count() == 0
    assert secretariat.get(address).status_code == 404
    actions.invite(by=SYSTEM, meeting=draft, institution=institution)
    assert invited(draft) == {"polres"}


def test_a_kecamatans_meeting_invites_the_regencys_institutions_too(secretariat, plan, forum):
    meeting = plan("Forkopimcam", LAUT_TADOR, draft=True)

    secretariat.post(
        f"/rapat/{meeting.pk}/undangan/lembaga/", {"institution": forum["polres"].pk, "email": ""}
    )

    assert invited(meeting) == {"polres"}


@pytest.mark.parametrize("page", ["rencana", "kirim"])
def test_two_hundred_invitees_cost_a_page_no_more_queries(
    secretariat, draft, regions, django_assert_max_num_queries, page
):
    address = f"/rapat/{draft.pk}/{page}/"

    def add(numbers):
        for number in numbers:
            institution = people.save_institution(
                by=SYSTEM,
                region=regions[BATU_BARA],
                code=f"lembaga-{number}",
                name=f"Lembaga {number}",
                head_title="Kepala",
                membership="invited",
            )
            actions.invite(by=SYSTEM, meeting=draft, institution=institution)

    def cost():
        secretariat.get(address)
        with django_assert_max_num_queries(100) as captured:
            assert secretariat.get(address).status_code == 200
        return len(captured)

    add(range(2))
    few = cost()
    add(range(2, 200))
    assert cost() == few
