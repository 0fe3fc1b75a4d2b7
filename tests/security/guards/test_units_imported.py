"""A list of units is taken out, and taken in: all of it, or every fault of it is named."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from forkopimda.audit.models import AuditEvent
from security.forms import unit_list
from security.models import Unit
from tests.conftest import ASAHAN, LAUT_TADOR

from .made import make_unit, post
from .reading import text

HEAD = "Kode wilayah;Nama;Jenis;Kekuatan;Telepon piket;Aktif"
IMPORT, EXPORT = "/pengamanan/satuan/impor/", "/pengamanan/satuan.xlsx"


@pytest.fixture
def polres(person, sign_in):
    return sign_in(person("police_approver"))


def table(*lines, head=HEAD):
    return "\n".join([head, *lines]).encode()


def hand_in(client, content, name="satuan.csv", **kwargs):
    return client.post(IMPORT, {"upload": SimpleUploadedFile(name, content)}, **kwargs)


def taken_out(client, query="", **kwargs):
    return b"".join(client.get(EXPORT + query, **kwargs).streaming_content)


def stored():
    return list(Unit.objects.order_by("pk").values_list())


def audited():
    return AuditEvent.objects.filter(action__in=("security.add_unit", "security.edit_unit"))


@pytest.mark.parametrize(("out", "back"), [("id", "id"), ("en", "id"), ("id", "en")])
def test_a_list_taken_out_and_handed_in_changes_nothing(regions, person, sign_in, out, back):
    make_unit(name="Polsek  Uji", phone="+62 622 1")
    make_unit(LAUT_TADOR, name="Cadangan Uji", kind="reserve", in_use=False)
    make_unit("12", name="Brimob Provinsi", kind="brimob")  # served by, not kept by, the Polres
    before, records = stored(), audited().count()

    content = taken_out(sign_in(person("police_approver", language=out)))
    reader = sign_in(person("police_approver", language=back))
    answer = hand_in(reader, content, "satuan.xlsx")

    assert answer.status_code == 302, text(answer)
    assert stored() == before
    assert audited().count() == records


def test_new_units_are_added_and_known_ones_changed(regions, polres):
    unit = make_unit(name="Polsek Uji", phone="0622 1", strength=20)

    page = hand_in(
        polres,
        table(
            "12.19;Polsek Uji;polsek;25;;",
            "121908;Linmas Uji;Linmas;40;110;tidak",
            "12.19;Reserve Unit;Reserve;5;;yes",
        ),
        follow=True,
    )

    assert "2 satuan baru, 1 berubah, 0 tetap" in text(page)
    unit.refresh_from_db()
    assert (unit.strength, unit.phone, unit.in_use) == (25, "0622 1", True)
    added = Unit.objects.get(name="Linmas Uji")
    assert (added.region_id, added.kind, added.in_use) == (LAUT_TADOR, "linmas", False)
    assert Unit.objects.get(name="Reserve Unit").kind == "reserve"
    assert [record.data.get("source") for record in audited()].count("satuan.csv") == 3


def test_english_headers_are_taken(regions, polres):
    head = "Region code,Name,Kind,Strength,Phone,Active"
    answer = hand_in(polres, table("12.19,Unit A,Mobile Brigade,7,,no", head=head))
    assert answer.status_code == 302, text(answer)
    assert (Unit.objects.get().kind, Unit.objects.get().in_use) == ("brimob", False)


def test_every_bad_row_is_named_and_nothing_is_stored(regions, polres):
    answer = hand_in(
        polres,
        table(
            "12.19;Satuan Baik;polres;10;;",
            "12.1;;tank;banyak;;kadang",
            "12.19;Satuan Baik;polres;10;;",
            "12.19.99;Polsek Entah;polsek;10;;",
            "12.19;Polsek Nol;polsek;0;telepon saja;",
            "12.19.08.2001;Satuan Desa;linmas;4;;",
            "12.19;Satuan \x00;linmas;4;;",
        ),
    )

    page = text(answer)
    assert answer.status_code == 422
    for words in (
        "Baris 3, Kode wilayah “12.1” bukan kode wilayah",
        "Baris 3, Nama nama satuan kosong",
        "Baris 3, Jenis “tank” bukan jenis satuan",
        "Baris 3, Kekuatan “banyak” bukan jumlah orang",
        "Baris 3, Aktif “kadang”: tulis ya atau tidak",
        "Baris 4, Nama satuan ini sudah ada di baris 2",
        "Baris 5, Kode wilayah wilayah dengan kode 12.19.99 tidak dikenal",
        "Baris 6, Kekuatan",
        "Baris 6, Telepon piket Contoh: 0622",
        "Baris 7, Kode wilayah",
        "Baris 8, Nama berisi tanda",
        "Tidak ada yang disimpan",
        "pilih lagi",
    ):
        assert words in page, words
    assert not Unit.objects.exists()


def test_a_strength_below_what_is_posted_is_that_rows_fault(regions, polres):
    unit = make_unit(strength=20)
    post(unit, 12)

    answer = hand_in(polres, table("12.19;Lain;polres;5;;", "12.19;Polsek Uji;polsek;11;;"))

    assert answer.status_code == 422
    assert "Baris 3, Kekuatan 12 orang satuan ini ditempatkan" in text(answer)
    assert [row.strength for row in Unit.objects.all()] == [20]


def test_a_unit_of_another_regency_is_neither_added_nor_changed_nor_told_of(regions, polres):
    make_unit(ASAHAN, name="Polsek Asahan", strength=20)
    before = stored()
    for name, strength in (("Polsek Asahan", 20), ("Polsek Asahan", 30), ("Baru", 30)):
        answer = hand_in(polres, table(f"12.09;{name};polsek;{strength};;"))
        assert answer.status_code == 422
        assert "Baris 2, Kode wilayah 12.09 di luar wilayah hak Anda" in text(answer)
    assert stored() == before


@pytest.mark.parametrize("role", ["viewer", "police_operator", "administrator"])
def test_who_does_not_keep_units_hands_in_nothing(regions, person, sign_in, role):
    client = sign_in(person(role))
    assert hand_in(client, table("12.19;Baru;polsek;5;;")).status_code == 403
    assert not Unit.objects.exists()
    make_unit()
    assert IMPORT not in client.get("/pengamanan/satuan/").content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"x" * 3000, "paling besar"),
        (b"PK\x03\x04 bukan Excel", "tidak dikenali"),
        (b"\xff\xd8\xff\xe0 gambar", "bukan teks UTF-8"),
        (table("12.19;5", head="Kode wilayah;Kekuatan"), "Kolom ini harus ada"),
        (table(), "tidak berisi satu baris data pun"),
        (table(*[f"12.19;S{n};polri;1;;" for n in range(4)]), "Lebih dari 3 baris"),
    ],
)
def test_a_file_that_the_page_does_not_take_is_refused(regions, polres, monkeypatch, content, said):
    monkeypatch.setattr(unit_list, "UNITS_BYTES", 2000)
    monkeypatch.setattr("security.actions.units.UNIT_ROWS_MOST", 3)
    answer = hand_in(polres, content)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Unit.objects.exists()


def test_the_file_holds_what_the_list_shows(regions, polres):
    make_unit(name="=1+1", kind="polres")
    make_unit(name="Koramil Uji", kind="koramil")
    make_unit(ASAHAN, name="Polsek Asahan")

    page = polres.get("/pengamanan/satuan/?jenis=koramil").content.decode()
    assert f'href="{EXPORT}?jenis=koramil"' in page
    rows = list(load_workbook(BytesIO(taken_out(polres, "?jenis=koramil"))).active.values)
    assert [row[2] for row in rows] == ["Nama", "Koramil Uji"]
    cells = load_workbook(BytesIO(taken_out(polres))).active["C"]
    assert [(cell.value, cell.data_type) for cell in cells[1:]] == [
        ("Koramil Uji", "s"),
        ("=1+1", "s"),
    ]


def test_the_template_filled_in_is_taken(regions, polres):
    book = load_workbook(BytesIO(b"".join(polres.get(f"{IMPORT}templat.xlsx").streaming_content)))
    book.active.append(["12.19", None, "Satpol PP Uji", "Satpol PP", 30, None, True])
    filled = BytesIO()
    book.save(filled)
    assert hand_in(polres, filled.getvalue(), "satuan.xlsx").status_code == 302
    assert Unit.objects.get().kind == "satpol_pp"


def test_units_that_are_known_are_looked_up_in_a_bounded_number_of_queries(
    regions, polres, django_assert_max_num_queries
):
    lines = [f"12.19;Satuan {number};linmas;4;;" for number in range(12)]
    hand_in(polres, table(*lines))
    with django_assert_max_num_queries(30) as few:
        hand_in(polres, table(lines[0]))
    with django_assert_max_num_queries(len(few)):
        hand_in(polres, table(*lines))
