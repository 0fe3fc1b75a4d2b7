"""A list of units and pledges is handed in, looked through, and stored whole or not at all."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from asn_neutrality import actions
from asn_neutrality.forms import pledges as forms
from asn_neutrality.models import CivilUnit, Pledge
from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.people import actions as people
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR

from .pledging import DAY, LIST, make_unit, text

HEAD = "kode;nama;jumlah_asn;sudah_ikrar;tanggal;surel"
IMPORT, EXPORT = f"{LIST}impor/", f"{LIST}ekspor/"


@pytest.fixture
def secretary(person, sign_in):
    return sign_in(person("secretariat"))


def table(*lines, head=HEAD):
    return "\n".join([head, *lines]).encode()


def hand_in(client, content, name="ikrar.csv", region=BATU_BARA):
    return client.post(IMPORT, {"upload": SimpleUploadedFile(name, content), "region": region})


def form_of(page):
    """The hidden fields of the page that asks for confirmation."""
    found = dict(re.findall(r'name="(list|seen)" value="([^"]*)"', page.content.decode()))
    assert set(found) == {"list", "seen"}, text(page)
    return found


def store(client, content, **kwargs):
    page = hand_in(client, content, **kwargs)
    assert page.status_code == 200, text(page)
    return client.post(IMPORT, form_of(page), follow=True)


def stored():
    return (list(CivilUnit.objects.order_by("pk").values_list()), Pledge.objects.count())


def taken_out(client, query=""):
    return b"".join(client.get(EXPORT + query).streaming_content)


def test_new_units_are_made_and_known_ones_updated_after_a_look(regions, secretary):
    known = make_unit(code="1.01", name="Lama", staff=10, signed=2, email="a@contoh.example")
    content = table(
        "1.01;Dinas Kesehatan;20;15;2024-11-21;",
        "1.02;Dinas Baru;50;;;baru@contoh.example",
        "1.03;Kantor Baru;8;8;21-11-2024;",
    )

    page = hand_in(secretary, content)
    assert "Unit baru 2" in text(page)
    assert "Unit berubah 1" in text(page)
    assert "Hitungan ikrar 2" in text(page)
    assert "Kantor Baru" in text(page)
    assert CivilUnit.objects.count() == 1  # nothing yet

    done = secretary.post(IMPORT, form_of(page), follow=True)
    assert "2 unit baru, 1 berubah, 2 hitungan ikrar, 0 tetap" in text(done)
    known.refresh_from_db()
    assert (known.name, known.staff, known.signed) == ("Dinas Kesehatan", 20, 15)
    assert known.email == "a@contoh.example"
    whole = CivilUnit.objects.get(code="1.03")
    assert (whole.signed, whole.staff, str(whole.counted_on)) == (8, 8, "2024-11-21")
    assert CivilUnit.objects.get(code="1.02").signed is None
    records = AuditEvent.objects.filter(data__source="ikrar.csv").order_by("pk")
    verbs = ["edit_unit", "note_pledge", "add_unit", "add_unit", "note_pledge"]
    assert [event.action.partition(".")[2] for event in records] == verbs


def test_the_same_list_again_and_the_back_button_change_nothing(regions, secretary):
    content = table("A;Dinas A;20;15;2024-11-21;", "B;Dinas B;5;1;2024-10-01;")
    page = hand_in(secretary, content)
    secretary.post(IMPORT, form_of(page))
    before = stored()

    again = secretary.post(IMPORT, form_of(page))
    assert again.status_code == 409
    assert "Data berubah sejak ringkasan tadi" in text(again)
    assert "sudah tersimpan" in text(again)
    assert "Simpan daftar" not in text(again)
    assert "sudah tersimpan" in text(hand_in(secretary, content))
    assert stored() == before


def test_what_changed_since_the_look_is_shown_before_it_is_overwritten(regions, secretary):
    unit = make_unit(code="A", name="Dinas A", staff=20, signed=3)
    page = hand_in(secretary, table("A;;20;15;2024-11-21;"))
    actions.save_unit(by=SYSTEM, unit=unit, name="Dinas Lain")

    assert secretary.post(IMPORT, form_of(page)).status_code == 409
    unit.refresh_from_db()
    assert unit.signed == 3


@pytest.mark.parametrize("languages", [("id", "en"), ("en", "id")])
def test_a_list_taken_out_and_handed_in_changes_nothing(regions, person, sign_in, languages):
    out, back = (sign_in(person("secretariat", language=each)) for each in languages)
    make_unit(name="=1+1", staff=20, signed=10, email="a@contoh.example")
    make_unit(LAUT_TADOR, code="A", name="Kantor Camat", staff=7)
    make_unit(code="A", name="Dinas A", staff=9, signed=9)
    before = stored()

    content = taken_out(out)
    page = hand_in(back, content, "ikrar.xlsx")

    assert page.status_code == 200, text(page)
    assert page.context["plan"].unchanged == 3
    assert stored() == before
    cells = load_workbook(BytesIO(content)).active["C"]
    assert {(cell.value, cell.data_type) for cell in cells} >= {("=1+1", "s"), ("Dinas A", "s")}


def test_the_file_holds_what_the_list_shows(regions, secretary):
    make_unit(name="Tertinggal", staff=20, signed=10)
    make_unit(name="Lengkap", staff=5, signed=5)
    page = secretary.get(f"{LIST}?keadaan=tertinggal").content.decode()
    assert f'href="{EXPORT}?keadaan=tertinggal"' in page
    rows = list(load_workbook(BytesIO(taken_out(secretary, "?keadaan=tertinggal"))).active.values)
    assert [row[2] for row in rows] == ["nama", "Tertinggal"]


def test_the_template_filled_in_is_taken(regions, secretary):
    answer = secretary.get(f"{IMPORT}templat.xlsx")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    book.active.append([None, "1.05", "Dinas Templat", 12, 6, DAY, None])
    filled = BytesIO()
    book.save(filled)
    assert "1 unit baru" in text(store(secretary, filled.getvalue(), name="isi.xlsx"))
    assert Pledge.objects.get().counted_on == DAY


def test_every_bad_row_is_named_and_nothing_is_stored(regions, secretary):
    make_unit(code="OLD", staff=10, signed=6)
    gone = make_unit(code="GONE", staff=5)
    actions.save_unit(by=SYSTEM, unit=gone, is_active=False)
    before = stored()
    answer = hand_in(
        secretary,
        table(
            ";1.01;Dinas Baik;20;15;2024-11-21;",
            ";;Tanpa Kode;5;;;",
            ";kode spasi;Dinas;5;;;",
            ";1.02;;;;;",
            ";1.03;Dinas;lima;6;2024-11-21;",
            ";1.04;Dinas;5;6;2024-11-21;",
            ";1.05;Dinas;5;4;;",
            ";1.06;Dinas;5;;2024-11-21;",
            ";1.07;Dinas;5;4;31-02-2024;",
            ";1.08;Dinas;5;4;2999-01-01;",
            ";1.09;Dinas;5;4;2024-11-21;bukan surel",
            ";1.01;Dinas Kembar;5;;;",
            ";OLD;;5;;;",
            ";GONE;;5;;;",
            "12.09;1.10;Dinas Asahan;5;;;",
            "1219a;1.11;Dinas;5;;;",
            ";1.12;Dinas;0;0;2024-11-21;",
            ";1.13;Dinas;999999;;;",
            head=f"kode_wilayah;{HEAD}",
        ),
    )
    page = text(answer)
    assert answer.status_code == 422
    for words in (
        "Baris 3, kode kode unit kosong",
        "Baris 4, kode Kode hanya berisi",
        "Baris 5, nama nama kosong",
        "Baris 5, jumlah_asn jumlah ASN kosong",
        "Baris 6, jumlah_asn “lima” bukan jumlah orang",
        "Baris 7, sudah_ikrar Lebih banyak dari jumlah ASN, yaitu 5",
        "Baris 8, tanggal tanggal hitungan kosong",
        "Baris 9, sudah_ikrar ada tanggal",
        "Baris 10, tanggal “31-02-2024” bukan tanggal",
        "Baris 11, tanggal Tanggal ini belum tiba",
        "Baris 12, surel “bukan surel” bukan alamat surel",
        "Baris 13, kode unit ini sudah ada di baris 2",
        "Baris 14, jumlah_asn 6 ASN sudah menandatangani",
        "Baris 15, kode unit ini ditandai tidak ada lagi",
        "Baris 16, kode_wilayah 12.09 tidak dikenal atau di luar wilayah hak Anda",
        "Baris 17, kode_wilayah “1219a” bukan kode wilayah",
        "Baris 18, jumlah_asn Isi jumlah ASN",
        "Baris 19, jumlah_asn lebih dari",
        "Tidak ada yang disimpan",
    ):
        assert words in page, words
    assert "Baris 2," not in page
    assert stored() == before


def test_a_file_that_the_page_does_not_take_is_refused(regions, secretary, monkeypatch):
    monkeypatch.setattr(forms, "LIST_BYTES", 2000)
    for module in ("pledge_plan", "views.pledges.files"):
        monkeypatch.setattr(f"asn_neutrality.{module}.ROWS_MOST", 3)
    for content, said in (
        (b"", "kosong"),
        (b"x" * 3000, "paling besar"),
        (b"PK\x03\x04 bukan Excel", "tidak dikenali"),
        (b"\xff\xd8\xff\xe0 gambar", "bukan teks UTF-8"),
        (table("x", head="nama"), "Kolom ini harus ada"),
        (table("A;B", head="kode;rahasia"), "Kolom tidak dikenal"),
        (table(), "tidak berisi satu baris data pun"),
        (table(*[f"A{n};Dinas;5;;;" for n in range(4)]), "Lebih dari 3 baris"),
        (table("A;Dinas\x00;5;;;"), "berisi tanda"),
    ):
        answer = hand_in(secretary, content)
        assert answer.status_code == 422, said
        assert said in text(answer)
    assert not CivilUnit.objects.exists()


def test_a_confirmation_that_the_page_did_not_make_stores_nothing(
    regions, person, sign_in, secretary
):
    page = form_of(hand_in(secretary, table("A;Dinas A;20;15;2024-11-21;")))
    other = sign_in(person("secretariat"))
    for client, signed in ((secretary, page["list"][:-3]), (secretary, "x"), (other, page["list"])):
        answer = client.post(IMPORT, {**page, "list": signed}, follow=True)
        assert "tidak berlaku lagi" in text(answer)
    assert not CivilUnit.objects.exists()


def test_rights_are_asked_again_when_the_list_is_stored(regions, person, sign_in):
    user = person("secretariat")
    page = form_of(hand_in(sign_in(user), table("A;Dinas A;20;15;2024-11-21;")))
    people.grant_role(by=SYSTEM, user=user, role="secretariat", region=regions[ASAHAN])
    people.revoke_role(by=SYSTEM, grant=user.grants.get(region=BATU_BARA))
    answer = sign_in(type(user).objects.get(pk=user.pk)).post(IMPORT, page)
    assert answer.status_code == 422
    assert "di luar wilayah hak Anda" in text(answer)
    assert not CivilUnit.objects.exists()


def test_a_long_list_asks_no_more_queries_than_a_short_one_to_be_looked_through(
    regions, secretary, django_assert_max_num_queries
):
    lines = [f"A{number};Dinas {number};20;15;2024-11-21;" for number in range(40)]
    store(secretary, table(*lines))
    with django_assert_max_num_queries(16) as few:
        hand_in(secretary, table(lines[0]))
    most = len(few)
    with django_assert_max_num_queries(most):
        hand_in(secretary, table(*lines))
