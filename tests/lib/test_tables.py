"""Tables that people hand in are read whatever program wrote them; faults name row and column."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from forkopimda.lib import tables
from forkopimda.lib.cells import decimal, whole, yes_or_no
from forkopimda.lib.tables import Column, Faults, read_table, report

CODE = Column("code", "Kode desa", ("kode",), required=True)
PLACE = Column("place", "Tempat", ("alamat",))
COLUMNS = (CODE, PLACE)


def read(content, **options):
    faults = Faults()
    rows = list(read_table(io.BytesIO(content), COLUMNS, faults, **options))
    return rows, [str(fault) for fault in faults]


def book(*rows):
    """An Excel file with these rows."""
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "kode desa,tempat\n1,balai\n",
        "\ufeffkode desa;tempat\r\n1;balai\r\n",
        "Kode_Desa\tALAMAT\n1\tbalai",
        'tempat,"KODE DESA"\n  balai ,1\n',
        "\n\nkode,place\n\n1,balai\n,\n",
    ],
)
def test_a_csv_file_is_read_in_the_ways_in_which_it_is_written(content):
    rows, faults = read(content.encode())

    assert not faults
    assert [row.values for row in rows] == [{"code": "1", "place": "balai"}]


def test_rows_keep_their_number_in_the_file():
    rows, _faults = read(b"kode\n1\n\n2\n")
    assert [row.line for row in rows] == [2, 4]

    rows, _faults = read(book(["kode"], ["1"], [None], ["2"]))
    assert [row.line for row in rows] == [2, 4]


def test_a_field_may_hold_separators_quotes_and_lines():
    rows, faults = read(b'kode,tempat\n1,"balai ""lama"", RT 2;\nbelakang"\n')

    assert not faults
    assert rows[0].values["place"] == 'balai "lama", RT 2;\nbelakang'


def test_cells_of_excel_read_as_they_would_stand_in_csv():
    cells = [1, 2.0, 3.25, 0.00005, True, False, date(2024, 11, 27), None, " x "]
    columns = [Column(f"c{at}", f"c{at}") for at in range(len(cells))]
    file = io.BytesIO(book([column.key for column in columns], cells))

    (row,) = read_table(file, columns, Faults())

    assert list(row.values.values()) == [
        *("1", "2", "3.25", "0.000050000000000"),
        *("ya", "tidak", "2024-11-27T00:00:00", "", "x"),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Berkas kosong"),
        (b"kode\n", "tidak berisi satu baris data pun"),
        (b"tempat\nx\n", "kolom Kode desa: Kolom ini harus ada."),
        (b"kode,code\n1,2\n", "kolom Kode desa: Kolom ini ada dua kali"),
        (
            b"kode,bujurr\n1,2\n",
            "kolom bujurr: Kolom tidak dikenal. Yang dikenal: Kode desa, Tempat",
        ),
        (b"kode,tempat\n1\n", "baris 2: hanya ada 1 kolom dari 2"),
        (b"kode,tempat\n1,a,b\n", "baris 2: ada 3 kolom, padahal judulnya 2"),
        (b'kode,tempat\n1,"a\n', "tanda kutip rusak atau tidak ditutup"),
        (b"kode\n1\n\xff\xfe\n", "baris 3: bukan teks UTF-8"),
        (b"PK\x03\x04 not really", "tidak dapat dibaca sebagai Excel"),
    ],
)
def test_what_can_not_be_read_is_said_with_its_row(content, words):
    _rows, faults = read(content)

    assert any(words in fault for fault in faults), faults


def test_columns_that_only_help_the_eye_are_let_be():
    rows, faults = read(b"no,kode,,Nama Desa\n1,7,,Tanjung\n", ignored=("no", "nama desa"))

    assert not faults
    assert rows[0].values == {"code": "7", "place": ""}


def test_an_excel_file_that_unpacks_to_too_much_is_not_opened():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", b"0" * 200_000)

    rows, faults = read(file.getvalue(), unpacked_most=100_000)

    assert not rows
    assert "terlalu besar setelah dibuka" in faults[0]


def test_an_excel_file_that_is_broken_inside_is_said_to_be():
    whole_file = book(["kode"], ["1"])
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole_file)) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[:40] if name.endswith("sheet1.xml") else content)

    _rows, faults = read(broken.getvalue())

    assert "tidak dapat dibaca sebagai Excel" in faults[0]


def test_all_faults_are_kept_however_many_and_the_first_ones_are_at_hand(monkeypatch):
    monkeypatch.setattr(tables, "SPOOL_BYTES", 1000)
    faults = Faults()
    for line in range(1, 1001):
        faults.add(line, "Kode desa", f"alasan; {line}\nbaru")

    assert (faults.count, len(faults.first)) == (1000, tables.SHOWN)
    assert [fault.line for fault in faults] == list(range(1, 1001))
    faults.add(1001, "", "satu lagi")
    assert [fault.line for fault in faults][-1] == 1001
    text = report(faults).decode("utf-8-sig")
    assert text.startswith("baris;kolom;")
    assert "alasan; 999" in text


@pytest.mark.parametrize(
    ("text", "number"),
    [("3,2145", 3.2145), ("-0.5", -0.5), ("99", 99.0), ("5e-05", 0.00005), ("1E2", 100.0)],
)
def test_decimal_numbers_come_with_a_point_or_a_comma(text, number):
    assert decimal(text) == number


@pytest.mark.parametrize("text", ["", "x", "1.234,5", "1,2,3", "nan", "inf", "３", "1e999", "--1"])
def test_what_is_no_decimal_number_is_refused(text):
    with pytest.raises(ValueError, match=r"^"):
        decimal(text)


def test_whole_numbers_and_answers_are_read_as_people_write_them():
    assert whole("003") == 3
    assert yes_or_no("YA")
    assert not yes_or_no("Tidak")
    for refused in ("3.5", "-1", "٣", "1" * 10, ""):
        with pytest.raises(ValueError, match=r"^"):
            whole(refused)
    with pytest.raises(ValueError, match="mungkin"):
        yes_or_no("mungkin")
