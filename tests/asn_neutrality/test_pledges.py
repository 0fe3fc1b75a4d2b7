"""Units of the civil service, and how many of their people signed the neutrality pledge."""

import datetime
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from PIL import Image

from asn_neutrality import actions
from asn_neutrality.models import CivilUnit, Pledge
from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR

from .pledging import DAY, LIST, count, make_unit, page_of, text

PDF = b"%PDF-1.4 daftar tanda tangan %%EOF"


@pytest.fixture
def secretary(person, sign_in):
    return sign_in(person("secretariat"))


def test_whoever_shares_the_picture_sees_who_has_signed(regions, person, sign_in):
    unit = make_unit(name="Dinas Kesehatan Uji", staff=200, signed=124)
    make_unit(name="Dinas Lengkap", staff=10, signed=10)
    make_unit(ASAHAN, name="Dinas Asahan", staff=5)

    for role in ("viewer", "police_operator", "auditor", "secretariat"):
        client = sign_in(person(role))
        page = text(client.get(LIST))
        assert "124 dari 200 · 62 %" in page
        assert "63 % 134 dari 210 ASN sudah menandatangani" in page
        assert "1 dari 2 unit tertinggal" in page
        assert "20 November 2024" in page
        assert "✓ lengkap" in page
        assert "Dinas Asahan" not in page
        assert ("Unit baru" in page) is (role == "secretariat")
        assert "124 dari 200" in text(client.get(page_of(unit)))


def test_units_of_another_regency_are_not_found(regions, person, sign_in, secretary):
    other = make_unit(ASAHAN, signed=1)
    actions.note_pledge(
        by=SYSTEM,
        unit=other,
        counted_on=DAY,
        signed=2,
        staff=10,
        evidence=SimpleUploadedFile("bukti.pdf", PDF),
    )
    for what in ("", "ubah/", "catat/"):
        assert secretary.get(page_of(other, what)).status_code == 404
    assert secretary.get(f"{LIST}bukti/{other.pledges.first().pk}/").status_code == 404
    assert secretary.get(f"{LIST}?wilayah={ASAHAN}").status_code == 404
    assert secretary.get(f"{LIST}ingatkan/?wilayah={ASAHAN}").status_code == 404


def test_who_does_not_keep_pledges_writes_nothing(regions, person, sign_in):
    unit = make_unit(email="dinas@contoh.example")
    for role in ("viewer", "asn_examiner", "auditor", "police_approver"):
        client = sign_in(person(role))
        assert count(client, unit).status_code == 403
        for what in ("unit/baru/", "impor/", "impor/templat.xlsx", "ingatkan/"):
            assert client.get(LIST + what).status_code == 403
            assert client.post(LIST + what, {"units": unit.pk}).status_code in {403, 405}
        assert client.post(page_of(unit, "ubah/"), {"name": "Lain"}).status_code == 403
    assert not Pledge.objects.exists()


def test_the_writers_ask_themselves(regions, person):
    unit = make_unit(email="dinas@contoh.example")
    for user in (person("viewer"), person("secretariat", ASAHAN)):
        for write in (
            lambda by: actions.save_unit(by=by, unit=unit, name="Lain"),
            lambda by: actions.save_unit(by=by, region=unit.region, code="B", name="Lain"),
            lambda by: actions.note_pledge(by=by, unit=unit, counted_on=DAY, signed=1, staff=9),
            lambda by: actions.remind_units(by=by, units=[unit]),
        ):
            with pytest.raises(PermissionDenied):
                write(user)
    with pytest.raises(PermissionDenied):
        actions.import_pledges(by=person("viewer"), rows=[], region=BATU_BARA, source="x")


def test_a_kecamatans_secretary_reads_the_regency_and_keeps_the_kecamatan(person, sign_in):
    client = sign_in(person("secretariat", LAUT_TADOR))
    whole, own = make_unit(), make_unit(LAUT_TADOR)

    assert client.get(page_of(whole)).status_code == 200
    assert count(client, whole).status_code == 403
    assert count(client, own).status_code == 302
    choices = client.get(f"{LIST}unit/baru/").content.decode()
    assert f'value="{LAUT_TADOR}"' in choices
    assert f'value="{BATU_BARA}"' not in choices


def test_the_secretary_adds_a_unit_and_changes_it(regions, secretary):
    form = {"region": BATU_BARA, "code": "1.02.01", "name": " Dinas  Uji", "staff": 12}
    answer = secretary.post(f"{LIST}unit/baru/", {**form, "email": "dinas@contoh.example"})
    unit = CivilUnit.objects.get()
    assert answer.headers["Location"] == page_of(unit)
    assert (unit.name, unit.code, unit.staff, unit.is_active) == ("Dinas Uji", "1.02.01", 12, True)

    again = secretary.post(f"{LIST}unit/baru/", form)
    assert again.status_code == 422
    assert "Kode unit ini sudah dipakai" in text(again)
    assert 'value="12"' in again.content.decode()

    form = {"code": "1.02.01", "name": "Dinas Baru", "staff": 12, "email": ""}
    form["initial-is_active"] = "True"
    assert secretary.post(page_of(unit, "ubah/"), form).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.is_active) == ("Dinas Baru", False)
    events = AuditEvent.objects.filter(action__startswith="asn_neutrality.").order_by("pk")
    assert [event.action for event in events][-2:] == [
        "asn_neutrality.add_unit",
        "asn_neutrality.edit_unit",
    ]
    assert "Dinas Baru" in str(events.last())


def test_what_no_unit_can_be_is_refused_beside_its_field(regions, secretary):
    form = {"region": BATU_BARA, "code": "A1", "name": "Dinas", "staff": 5, "email": ""}
    for field, value, said in (
        ("code", "kode spasi", "tanpa spasi"),
        ("code", "", "tidak boleh kosong"),
        ("name", "", "tidak boleh kosong"),
        ("staff", "-1", "lebih besar dari atau sama dengan 0"),
        ("staff", "9" * 30, "lebih kecil dari"),
        ("staff", "sepuluh", "bilangan"),
        ("email", "bukan surel", "surel yang valid"),
        ("region", "12.19.08.2001", "bukan salah satu"),
        ("region", ASAHAN, "bukan salah satu"),
    ):
        answer = secretary.post(f"{LIST}unit/baru/", {**form, field: value})
        assert answer.status_code == 422, said
        assert said in text(answer)
        assert f'id="id_{field}_error"' in answer.content.decode()
    assert not CivilUnit.objects.exists()


def test_two_people_who_change_different_things_keep_both(regions, secretary):
    unit = make_unit(code="A", name="Lama", staff=10, email="a@contoh.example")
    page = secretary.get(page_of(unit, "ubah/")).content.decode()
    form = {"code": "A", "name": "Lama", "staff": 10, "email": "a@contoh.example"}
    for name, value in form.items():
        assert f'name="initial-{name}" value="{value}"' in page
    shown = {f"initial-{name}": value for name, value in form.items()}
    actions.note_pledge(by=SYSTEM, unit=unit, counted_on=DAY, signed=1, staff=15)

    answer = secretary.post(
        page_of(unit, "ubah/"), {**form, **shown, "name": "Baru", "is_active": "on"}
    )

    assert answer.status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.staff) == ("Baru", 15)


def test_fewer_staff_than_have_signed_asks_for_a_new_count(regions, secretary):
    unit = make_unit(staff=10, signed=8)
    form = {"code": unit.code, "name": unit.name, "staff": 7, "is_active": "on"}

    answer = secretary.post(page_of(unit, "ubah/"), form)

    assert answer.status_code == 422
    assert "8 ASN sudah menandatangani" in text(answer)


def test_a_count_is_the_units_standing_and_its_sheet_can_be_fetched(regions, person, secretary):
    unit = make_unit(staff=10)
    answer = count(secretary, unit, evidence=SimpleUploadedFile("lembar ikrar.pdf", PDF))
    assert answer.headers["Location"] == page_of(unit)

    unit.refresh_from_db()
    assert (unit.signed, unit.staff, unit.counted_on) == (6, 12, datetime.date(2024, 11, 21))
    page = text(secretary.get(page_of(unit)))
    assert "6 dari 12 · 50 %" in page
    assert "lembar ikrar.pdf" in page
    sheet = secretary.get(f"{LIST}bukti/{unit.pledges.get().pk}/")
    assert sheet.content == PDF
    assert sheet.headers["Content-Disposition"] == 'attachment; filename="lembar ikrar.pdf"'
    assert "ikrar" not in unit.pledges.get().evidence.name.rpartition("/")[2]
    assert "6 dari 12 ASN" in str(AuditEvent.objects.get(action="asn_neutrality.note_pledge"))


def test_a_photo_is_drawn_anew_without_what_the_camera_wrote(regions, secretary):
    unit, drawn = make_unit(), BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    upload = SimpleUploadedFile("lembar.png", drawn.getvalue())
    assert count(secretary, unit, evidence=upload).status_code == 302
    pledge = unit.pledges.get()
    assert (pledge.evidence_name, pledge.evidence_type) == ("lembar.jpg", "image/jpeg")
    with pledge.evidence.open() as stored:
        assert stored.read()[:3] == b"\xff\xd8\xff"


def test_what_no_count_can_be_is_refused_and_nothing_is_kept(regions, secretary, media):
    unit = make_unit(staff=10)
    broken = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n rusak IEND")
    for fields, said in (
        ({"signed": 13}, "Lebih banyak dari jumlah ASN, yaitu 12"),
        ({"staff": 0, "signed": 0}, "lebih besar dari atau sama dengan 1"),
        ({"staff": 200_001, "signed": 0}, "lebih kecil dari atau sama dengan 200000"),
        ({"counted_on": "2999-01-01"}, "Tanggal ini belum tiba"),
        ({"counted_on": "0001-01-01"}, "Tahunnya terlalu lama"),
        ({"counted_on": "kemarin"}, "tanggal yang valid"),
        ({"signed": "9" * 40}, "lebih kecil dari"),
        ({"evidence": SimpleUploadedFile("a.pdf", b"MZ\x90\x00 bukan PDF")}, "tidak dikenali"),
        ({"evidence": broken}, "“a.png” bukan foto"),
        ({"signed": 13, "evidence": SimpleUploadedFile("a.pdf", PDF)}, "Pilih lagi berkas"),
    ):
        answer = count(secretary, unit, **fields)
        assert answer.status_code == 422, said
        assert said in text(answer)
    assert not Pledge.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_tomorrow_is_refused_and_today_taken_by_the_regions_clock(regions, secretary):
    unit = make_unit()
    today = timezone.localdate()
    late = count(secretary, unit, counted_on=(today + datetime.timedelta(days=1)).isoformat())
    assert "belum tiba" in text(late)
    assert count(secretary, unit, counted_on=today.isoformat()).status_code == 302


def test_the_same_count_by_the_back_button_is_noted_once(regions, secretary):
    unit = make_unit()
    for _time in range(2):
        form = {"evidence": SimpleUploadedFile("lembar.pdf", PDF)}
        assert count(secretary, unit, **form).status_code == 302
    assert Pledge.objects.count() == 1


def test_an_older_count_is_kept_and_does_not_move_the_standing(regions, secretary):
    unit = make_unit(staff=10, signed=9, counted_on=datetime.date(2024, 11, 22))
    count(secretary, unit, counted_on="2024-11-01", signed=2, staff=30)
    unit.refresh_from_db()
    assert (unit.signed, unit.staff) == (9, 10)
    assert [pledge.signed for pledge in unit.pledges.all()] == [9, 2]


def test_counts_are_never_rewritten_not_even_by_sql(regions):
    unit = make_unit(signed=3)
    for sql in ("UPDATE asn_neutrality_pledge SET signed = 4", "DELETE FROM asn_neutrality_pledge"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(sql)
    with pytest.raises(DatabaseError, match="civilunit_count_whole"), transaction.atomic():
        connection.cursor().execute("UPDATE asn_neutrality_civilunit SET signed = staff + 1")
    assert unit.pledges.get().signed == 3


def test_a_unit_that_is_gone_is_not_counted_and_leaves_the_totals(regions, secretary):
    unit = make_unit(name="Dinas Lama", staff=10, signed=3)
    actions.save_unit(by=SYSTEM, unit=unit, is_active=False)

    assert count(secretary, unit).status_code == 422
    assert "Dinas Lama" not in text(secretary.get(LIST))
    assert "Dinas Lama" in text(secretary.get(f"{LIST}?keadaan=tidak-ada"))
