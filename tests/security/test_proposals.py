"""A Polsek proposes; the Polres approves, returns with a remark, or rates in its own way."""

import pytest
from django.core.exceptions import PermissionDenied

from forkopimda.alerts.models import Delivery
from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from security import actions
from security.models import Proposal, RiskRating
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, SEI_SUKA

from .assessing import assess

ADDRESS = f"/kerawanan/{LAUT_TADOR}/"


@pytest.fixture
def polsek(person):
    return person("police_operator", LAUT_TADOR, display_name="Polsek Laut Tador")


@pytest.fixture
def polres(person):
    return person("police_approver", BATU_BARA, display_name="Bagops Polres")


@pytest.fixture
def proposal(polsek, polres, regions):
    return actions.propose_level(
        by=polsek, region=regions[LAUT_TADOR], level="medium", reason="Unjuk rasa direncanakan"
    )


def form(**fields):
    return {"level": "medium", "reason": "Unjuk rasa direncanakan", "seen": 0} | fields


def page_of(proposal):
    return f"/kerawanan/usulan/{proposal.pk}/"


def inbox(user):
    return [d.alert.headline for d in Delivery.objects.filter(recipient=user).order_by("pk")]


def test_what_a_polsek_sends_waits_for_the_polres_and_changes_no_level(polsek, polres, sign_in):
    client = sign_in(polsek)
    assert "Usulkan tingkat" in client.get(ADDRESS).content.decode()

    answer = client.post(ADDRESS, form(), follow=True)

    assert "Usulan untuk Kecamatan Laut Tador dikirim: Sedang" in answer.content.decode()
    assert "Usulan menunggu keputusan Polres" in answer.content.decode()
    assert not RiskRating.objects.exists()
    assert inbox(polres) == [
        "Usulan tingkat sedang untuk Kecamatan Laut Tador menunggu keputusan Anda"
    ]


def test_an_approved_proposal_is_the_rating_and_its_history_names_both(
    proposal, polsek, polres, sign_in
):
    client = sign_in(polres)
    assert "Unjuk rasa direncanakan" in client.get(page_of(proposal)).content.decode()

    answer = client.post(page_of(proposal), {"putusan": "setuju", "seen": 0}, follow=True)

    assert "Usulan disetujui. Tingkat Kecamatan Laut Tador kini sedang." in answer.content.decode()
    rating = RiskRating.objects.get()
    assert (rating.level, rating.author) == ("medium", polres)
    assert "Polsek Laut Tador, disetujui Bagops Polres" in client.get(ADDRESS).content.decode()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.rating) == ("approved", polres, rating)
    assert inbox(polsek) == ["Usulan Anda untuk Kecamatan Laut Tador disetujui: sedang"]


def test_an_approved_proposal_keeps_assessment_suggestion_and_departure(polsek, polres, regions):
    assessment = assess(regions[LAUT_TADOR], 4)
    made = actions.propose_level(
        by=polsek,
        region=regions[LAUT_TADOR],
        level="medium",
        reason="Sudah mereda",
        assessment=assessment,
        departure="Massa telah bubar",
    )

    rating = actions.decide_proposal(by=polres, proposal=made, approve=True).rating

    assert rating.assessment == assessment
    assert (rating.suggested_level, rating.departure) == ("high", "Massa telah bubar")


def test_an_approved_raise_alerts_the_officials(proposal, polres, regions, person):
    actions.withdraw_proposal(by=proposal.author, proposal=proposal)
    actions.rate_region(by=SYSTEM, region=regions[LAUT_TADOR], level="low", reason="tenang")
    again = actions.propose_level(
        by=proposal.author, region=regions[LAUT_TADOR], level="high", reason="Bentrok"
    )
    official = person("viewer")

    actions.decide_proposal(by=polres, proposal=again, approve=True)

    assert inbox(official) == ["Kerawanan Kecamatan Laut Tador naik menjadi tinggi"]


def test_a_proposal_is_returned_only_with_a_remark_and_the_author_mends_it(
    proposal, polsek, polres, sign_in
):
    client = sign_in(polres)

    answer = client.post(page_of(proposal), {"putusan": "kembalikan", "remark": " ", "seen": 0})
    assert answer.status_code == 422
    assert "Tulis apa yang perlu diperbaiki." in answer.content.decode()

    client.post(page_of(proposal), {"putusan": "kembalikan", "remark": "Sebut sumbernya"})
    assert not RiskRating.objects.exists()
    assert inbox(polsek) == ["Usulan Anda untuk Kecamatan Laut Tador dikembalikan"]
    author = sign_in(polsek)
    page = author.get(page_of(proposal)).content.decode()
    assert "Sebut sumbernya" in page
    assert f"{ADDRESS}?usulan={proposal.pk}#tetapkan" in page
    mended = author.get(f"{ADDRESS}?usulan={proposal.pk}").content.decode()
    assert "Unjuk rasa direncanakan</textarea>" in mended


def test_a_decision_must_be_one_of_the_two(proposal, polres, sign_in):
    answer = sign_in(polres).post(page_of(proposal), {"remark": "sudah diketik"})

    assert answer.status_code == 422
    assert "Pilih setujui atau kembalikan." in answer.content.decode()
    assert "sudah diketik" in answer.content.decode()


def test_who_decides_after_another_is_told_by_whom_and_keeps_the_remark(
    proposal, polres, person, sign_in
):
    actions.decide_proposal(by=polres, proposal=proposal, approve=True)
    late = sign_in(person("police_approver"))

    answer = late.post(page_of(proposal), {"putusan": "kembalikan", "remark": "Kurang bukti"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Disetujui Bagops Polres pada" in page
    assert "Catatan yang Anda ketik: Kurang bukti" in page


def test_a_new_proposal_of_the_author_takes_the_place_of_the_waiting_one(proposal, polsek, sign_in):
    answer = sign_in(polsek).post(ADDRESS, form(level="high", reason="Massa bertambah"))

    assert answer.status_code == 302
    assert [(p.level, p.state) for p in Proposal.objects.order_by("pk")] == [
        ("medium", "withdrawn"),
        ("high", "pending"),
    ]


def test_a_colleague_is_told_of_the_waiting_proposal_and_keeps_the_typed_text(
    proposal, person, sign_in
):
    colleague = sign_in(person("police_operator", LAUT_TADOR))

    answer = colleague.post(ADDRESS, form(level="high", reason="Versi saya"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Polsek Laut Tador mengusulkan tingkat sedang" in page
    assert "Versi saya" in page
    assert Proposal.objects.count() == 1


def test_a_direct_rating_overtakes_the_waiting_proposal(proposal, polsek, polres, sign_in):
    client = sign_in(polres)
    assert "usulan itu gugur" in client.get(ADDRESS).content.decode()

    client.post(ADDRESS, form(level="high", reason="Bentrok semalam"))

    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("overtaken", polres)
    assert inbox(polsek)[0] == "Usulan Anda untuk Kecamatan Laut Tador didahului penilaian lain"
    answer = client.post(page_of(proposal), {"putusan": "setuju"})
    assert answer.status_code == 409
    assert "Didahului penilaian lain oleh Bagops Polres" in answer.content.decode()
    assert RiskRating.objects.get().level == "high"


def test_an_approver_who_saw_another_rating_than_the_one_in_force_is_shown_it_first(
    polsek, polres, regions, sign_in
):
    rated = actions.rate_region(
        by=polres, region=regions[LAUT_TADOR], level="low", reason="Tenang kembali"
    )
    made = actions.propose_level(by=polsek, region=regions[LAUT_TADOR], level="high", reason="x")
    client = sign_in(polres)

    answer = client.post(page_of(made), {"putusan": "setuju", "seen": rated.pk + 999})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Tingkat wilayah ini berubah sejak Anda membuka halaman" in page
    assert f'name="seen" value="{rated.pk}"' in page
    assert client.post(page_of(made), {"putusan": "setuju", "seen": rated.pk}).status_code == 302


def test_the_author_and_nobody_else_withdraws_a_proposal(proposal, polsek, polres, sign_in):
    address = f"{page_of(proposal)}tarik/"

    assert sign_in(polres).post(address).status_code == 403
    assert "Usulan ditarik." in sign_in(polsek).post(address, follow=True).content.decode()
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    answer = sign_in(polsek).post(address)
    assert answer.status_code == 409
    assert "Ditarik Polsek Laut Tador" in answer.content.decode()


@pytest.mark.parametrize("role", ["viewer", "secretariat", "auditor", "administrator"])
def test_nobody_but_approvers_decides(proposal, person, sign_in, role):
    client = sign_in(person(role))

    assert client.get(page_of(proposal)).status_code == 200
    assert client.post(page_of(proposal), {"putusan": "setuju"}).status_code == 403


def test_a_polsek_proposes_for_its_own_kecamatan_alone_and_decides_nothing(
    proposal, polsek, regions, sign_in
):
    with pytest.raises(PermissionDenied):
        actions.propose_level(by=polsek, region=regions[SEI_SUKA], level="high", reason="x")
    with pytest.raises(PermissionDenied):
        actions.propose_level(by=polsek, region=regions[BATU_BARA], level="high", reason="x")
    assert sign_in(polsek).post(page_of(proposal), {"putusan": "setuju"}).status_code == 403


def test_the_neighbouring_police_find_no_such_proposal(proposal, person, sign_in):
    client = sign_in(person("police_approver", ASAHAN))

    assert client.get(page_of(proposal)).status_code == 404
    assert client.post(page_of(proposal), {"putusan": "setuju"}).status_code == 404
    assert "Laut Tador" not in client.get("/kerawanan/usulan/").content.decode()


def test_the_list_has_what_waits_first_and_narrows(
    proposal, polsek, polres, regions, person, sign_in, django_assert_max_num_queries
):
    actions.decide_proposal(by=polres, proposal=proposal, approve=False, remark="Lengkapi")
    other = person("police_operator", SEI_SUKA)
    first = actions.propose_level(by=other, region=regions[SEI_SUKA], level="high", reason="x")
    for _ in range(12):
        actions.propose_level(by=polsek, region=regions[LAUT_TADOR], level="low", reason="x")
    client = sign_in(polres)

    with django_assert_max_num_queries(12):
        page = client.get("/kerawanan/usulan/").content.decode()
    assert page.index(f"/usulan/{first.pk}/") < page.index(f"/usulan/{proposal.pk}/")
    returned = client.get("/kerawanan/usulan/?keadaan=returned").content.decode()
    assert f"/usulan/{proposal.pk}/" in returned
    assert f"/usulan/{first.pk}/" not in returned
    found = client.get("/kerawanan/usulan/?cari=sei").content.decode()
    assert f"/usulan/{first.pk}/" in found
    assert f"/usulan/{proposal.pk}/" not in found
    assert (
        "Tidak ada usulan yang cocok" in client.get("/kerawanan/usulan/?cari=zz").content.decode()
    )
    wrong = client.get("/kerawanan/usulan/?keadaan=apa")
    assert wrong.status_code == 422
    assert "Saringan tidak dikenal" in wrong.content.decode()


def test_the_dashboard_shows_the_police_what_waits_for_them(proposal, polsek, polres, sign_in):
    assert f"/usulan/{proposal.pk}/" in sign_in(polres).get("/").content.decode()
    actions.decide_proposal(by=polres, proposal=proposal, approve=False, remark="Lengkapi buktinya")
    page = sign_in(polsek).get("/").content.decode()
    assert "Dikembalikan kepada Anda" in page
    assert "Lengkapi buktinya" in page
    actions.propose_level(by=polsek, region=proposal.region, level="high", reason="lengkap")
    assert "Dikembalikan kepada Anda" not in sign_in(polsek).get("/").content.decode()


def test_the_dashboard_of_others_has_no_such_panel(proposal, person, sign_in):
    assert "Menunggu Anda" not in sign_in(person("viewer")).get("/").content.decode()


def test_each_step_of_a_proposal_reads_in_words(proposal, polres):
    actions.decide_proposal(by=polres, proposal=proposal, approve=False, remark="x")

    words = [str(event) for event in AuditEvent.objects.filter(action__contains="proposal")]
    assert any("memutuskan usulan Polsek Laut Tador" in w and "dikembalikan" in w for w in words)
    made = AuditEvent.objects.get(action="security.propose_level")
    assert "mengusulkan tingkat Sedang untuk Kecamatan Laut Tador" in str(made)
