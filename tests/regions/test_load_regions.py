"""`load_regions`: codes from CSV, all rows or none, every fault named."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied

from forkopimda.audit.models import AuditEvent
from forkopimda.regions.actions import load_regions
from forkopimda.regions.models import Level, Region, TimeZone

pytestmark = pytest.mark.django_db


def test_any_levels_load_in_any_order(run, csv_file):
    out = run(
        "load_regions",
        csv_file(
            "code,name\n12.19.08.2001,Dewi Sri\n12.19.08,Laut Tador\n"
            "12,Sumatera Utara\n12.19,Kabupaten Batu Bara\n"
        ),
    )
    assert "4 wilayah di berkas, 4 baru, 0 berubah" in out
    village = Region.objects.get(pk="12.19.08.2001")
    assert (village.level, village.parent_id, village.title) == (
        Level.VILLAGE,
        "12.19.08",
        "Desa Dewi Sri",
    )
    assert Region.objects.get(pk="12").parent is None


@pytest.mark.parametrize(
    ("province", "zone"), [("12", TimeZone.WIB), ("51", TimeZone.WITA), ("94", TimeZone.WIT)]
)
def test_a_new_region_has_its_provinces_time_zone(run, csv_file, province, zone):
    run("load_regions", csv_file(f"code,name\n{province},Provinsi\n{province}.01,Kabupaten\n"))
    assert set(Region.objects.values_list("time_zone", flat=True)) == {zone}


def test_parents_may_stand_in_the_database_already(run, csv_file, batubara):
    run("load_regions", csv_file("code,name\n12.19.08.2001,Dewi Sri\n"))
    assert Region.objects.within("12.19.08").count() == 2


def test_excel_files_with_mark_semicolons_and_decimal_commas_load(run, csv_file):
    text = "code;name;latitude;longitude\r\n12;Sumatera Utara;2,5;99,1\r\n"
    run("load_regions", csv_file(text.encode("utf-8-sig")))
    region = Region.objects.get()
    assert (region.name, region.latitude, region.longitude) == ("Sumatera Utara", 2.5, 99.1)


def test_known_regions_get_the_new_name_and_keep_what_the_file_does_not_say(
    run, csv_file, batubara
):
    out = run("load_regions", csv_file("code,name\n12.19.08,Laut Tador Baru\n12.19.07,Sei Balai\n"))
    assert "0 baru, 1 berubah" in out
    region = Region.objects.get(pk="12.19.08")
    assert (region.name, region.latitude, region.longitude) == ("Laut Tador Baru", 3.3124, 99.2808)
    assert Region.objects.count() == 14


def test_a_load_leaves_one_record_and_a_repeated_one_none(run, csv_file, batubara):
    path = csv_file("code,name\n12.19.08.2001,Dewi Sri\n12.19.08.2002,Tanjung Kasau\n")
    before = AuditEvent.objects.count()
    run("load_regions", path)
    assert "0 baru, 0 berubah" in run("load_regions", path)
    assert AuditEvent.objects.count() == before + 1
    event = AuditEvent.objects.first()
    assert str(event) == "sistem memuat 2 wilayah dari wilayah.csv"
    assert (event.region, event.target) == ("12.19.08", "regions.region:12.19.08")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "baris 1: kolom harus code,name atau code,name,latitude,longitude; ada: –"),
        ("code,name\n", "Berkas tidak berisi satu baris pun"),
        ("code,name\n\n , \n", "Berkas tidak berisi satu baris pun"),
        ("kode,nama\n12,Sumut\n", "kolom harus code,name"),
        ("code,name,latitude\n12,Sumut,3\n", "kolom harus code,name"),
        ("code,name,name\n12,Sumut,Sumut\n", "kolom harus code,name"),
        ("code,name\n12,Sumut\n12.19,Batu Bara é\n".encode("latin-1"), "baris 3: bukan teks UTF-8"),
        ("code,name\n12,Sumut\n".encode("utf-16"), "baris 1: bukan teks UTF-8"),
        ("code,name\n12,Sumut,lebih\n", "baris 2: ada 3 kolom, seharusnya 2"),
        ('code,name\n12,"Sumut\n', "tanda kutip rusak atau tidak ditutup"),
        ("code,name\n12.1,Batu Bara\n", "baris 2, kolom code: “12.1” bukan kode"),
        ("code,name\n١٢,Sumut\n", "baris 2, kolom code: “١٢” bukan kode"),
        ("code,name\n12,A\n12,B\n", "baris 3, kolom code: 12 sudah ada di baris 2"),
        ("code,name\n99,Sumut\n", "baris 2, kolom code: provinsi 99 tidak dikenal"),
        ("code,name\n12.19,Batu Bara\n", "baris 2, kolom code: induk 12 dari 12.19 tidak ada"),
        ("code,name\n12, \n", "baris 2, kolom name: nama kosong"),
        (f"code,name\n12,{'a' * 101}\n", "baris 2, kolom name: nama lebih panjang dari 100 huruf"),
        ("code,name\n12,Su\x00mut\n", "baris 2, kolom name: nama berisi tanda"),
        ("code,name,latitude,longitude\n12,A,x,99\n", "baris 2, kolom latitude: “x” bukan angka"),
        ("code,name,latitude,longitude\n12,A,3,\n", "baris 2, kolom longitude: “” bukan angka"),
        ("code,name,latitude,longitude\n12,A,nan,99\n", "bukan angka terhingga"),
        ("code,name,latitude,longitude\n12,A,99,3\n", "tampak tertukar: bujur 3, lintang 99"),
        ("code,name,latitude,longitude\n12,A,300000,900000\n", "di luar derajat WGS 84"),
    ],
)
def test_a_bad_file_is_refused_whole(refused, csv_file, content, message):
    assert message in refused("load_regions", csv_file(content))


def test_one_bad_row_keeps_all_good_ones_out(refused, csv_file, batubara):
    path = csv_file("code,name\n12.19.08,Nama Lain\n12.19.13,Baru\n12.99.01,Tanpa Induk\n")
    assert "induk 12.99" in refused("load_regions", path)


def test_every_fault_of_every_row_is_named(refused, csv_file):
    message = refused(
        "load_regions",
        csv_file("code,name,latitude,longitude\n12,,a,b\n12.1,Ada,,\n13,Ada,99,1\n"),
    )
    for fault in [
        "baris 2, kolom name",
        "baris 2, kolom latitude",
        "baris 2, kolom longitude",
        "baris 3, kolom code",
        "baris 4, kolom latitude",
    ]:
        assert fault in message


def test_a_long_list_of_faults_is_cut_and_counted(refused, csv_file):
    message = refused("load_regions", csv_file("code,name\n" + "x,y\n" * 1200))
    assert message.count("bukan kode") == 50
    assert message.endswith("… dan 1.150 lagi")


def test_missing_files_and_folders_are_told_apart(refused, db, tmp_path):
    assert "tidak ada" in refused("load_regions", tmp_path / "tidak-ada.csv")
    assert "adalah folder" in refused("load_regions", tmp_path)


def test_an_administrator_loads_regions_only_within_their_own(person):
    stream = BytesIO(b"code,name\n12.19.08.2001,Dewi Sri\n")
    result = load_regions(by=person("administrator", "12.19"), stream=stream, source="uji")
    assert result.added == 1
    with pytest.raises(PermissionDenied):
        load_regions(
            by=person("administrator", "12.19.08"),
            stream=BytesIO(b"code,name\n12.19.08,Nama Lain\n12.19.07,Nama Lain\n"),
            source="uji",
        )
    assert not Region.objects.filter(name="Nama Lain").exists()
