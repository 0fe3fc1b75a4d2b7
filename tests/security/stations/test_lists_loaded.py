"""A list of stations is loaded whole or not at all, and its report names all that is wrong."""

from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command

from forkopimda.audit.models import AuditEvent
from forkopimda.elections.models import PollingStation
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.lib.tables import Faults
from forkopimda.regions.actions import load_boundaries
from forkopimda.regions.models import Region
from security import actions
from security.models import StationRating
from security.station_import import make_plan
from tests.conftest import ASAHAN, BATU_BARA
from tests.regions.conftest import feature, square

from .conftest import ACROSS, PADANG, SUKA, TANJUNG, table


@pytest.fixture
def load(tmp_path):
    """Runs the command over a list; gives what it printed."""

    def load(content, *options):
        path = tmp_path / "daftar.csv"
        path.write_bytes(content)
        out, err = StringIO(), StringIO()
        try:
            call_command("load_stations", str(path), *options, stdout=out, stderr=err)
        except CommandError as error:
            return err.getvalue() + str(error)
        return out.getvalue()

    return load


def import_list(*lines, by=SYSTEM, **options):
    return actions.import_stations(by=by, stream=BytesIO(table(*lines)), source="uji", **options)


def test_a_list_with_semicolons_and_decimal_commas_is_loaded(villages, load):
    out = load(
        b"\xef\xbb\xbf"
        + table(
            f"{TANJUNG};1;Balai desa;3,31;99,28;tidak;Sangat rawan;K1, T2;Bentrok 2020",
            "1219082001;002;;;;ya;khusus;t7;",
            f"{PADANG};1;;;;;;;",
            head="Kode Desa;Nomor TPS;Tempat;Lintang;Bujur;Khusus;Kelas;Alasan;Catatan",
        )
    )

    assert "Selesai: 3 baris; TPS: 3 baru, 0 berubah; kelas: 2 pertama" in out
    first, second = PollingStation.objects.filter(village=TANJUNG).order_by("number")
    assert (first.latitude, first.longitude, first.place) == (3.31, 99.28, "Balai desa")
    assert second.special
    rating = first.ratings.get()
    assert (rating.risk_class, rating.reasons, rating.note) == (
        "high",
        ["K1", "T2"],
        "Bentrok 2020",
    )
    assert second.ratings.get().reasons == ["T7"]


def test_a_list_loaded_again_changes_nothing_and_only_a_changed_class_is_a_new_one(villages, load):
    lines = [f"{TANJUNG},{number},,,,,risk,J1," for number in (1, 2, 3)]
    load(table(*lines))
    assert "0 baru, 0 berubah; kelas: 0 pertama, 0 berubah; 3 baris tetap" in load(table(*lines))

    out = load(table(lines[0], f"{TANJUNG},2,,,,,low,,", f"{TANJUNG},3,,,,,risk,J1 J2,"))

    assert "kelas: 0 pertama, 2 berubah; 1 baris tetap" in out
    assert StationRating.objects.count() == 5
    history = StationRating.objects.filter(station__number=2).order_by("valid_from")
    assert [rating.risk_class for rating in history] == ["risk", "low"]
    assert history[0].valid_until == history[1].valid_from


def test_empty_cells_take_nothing_away(villages):
    import_list(f"{TANJUNG},1,Balai desa,3.31,99.28,ya,low,R1,Aman")
    plan = import_list(f"{TANJUNG},1,,,,,,,", f"{TANJUNG},2,,,,,low,,")
    again = import_list(f"{TANJUNG},1,,,,,low,,")

    assert (plan.added, plan.changed, plan.unchanged) == (1, 0, 1)
    assert again.does_nothing
    station = PollingStation.objects.get(number=1)
    assert (station.place, station.latitude, station.special) == ("Balai desa", 3.31, True)
    assert station.ratings.get().note == "Aman"


BAD = [
    ("12.19.08.9999,1,,,,,,,", "kolom Kode desa: desa dengan kode 12.19.08.9999 tidak dikenal"),
    ("12.19.08,1,,,,,,,", "kolom Kode desa: “12.19.08” bukan kode desa"),
    (f"{TANJUNG},satu,,,,,,,", "kolom Nomor TPS: “satu” bukan nomor"),
    (f"{TANJUNG},,,,,,,,", "kolom Nomor TPS: nomor TPS kosong"),
    (f"{TANJUNG},1000,,,,,,,", "kolom Nomor TPS: nomor 1000 di luar 1 sampai 999"),
    (f"{TANJUNG},1,,x,99.28,,,,", "kolom Lintang: “x” bukan derajat desimal"),
    (f"{TANJUNG},1,,3.31,,,,,", "kolom Bujur: isi lintang dan bujur"),
    (f"{TANJUNG},1,,99.28,3.31,,,,", "kolom Lintang: tampak tertukar dengan bujur"),
    (f"{TANJUNG},1,,48.8,2.3,,,,", "kolom Lintang: titik (48.8, 2.3) di luar Indonesia"),
    (f"{TANJUNG},1,,3.59,98.67,,,,", "kolom Lintang: titik 70 km dari kecamatannya"),
    (f"{TANJUNG},1,,,,mungkin,,,", "kolom Khusus: “mungkin”: tulis ya atau tidak"),
    (f"{TANJUNG},1,,,,,gawat,,", "kolom Kelas: “gawat” bukan kelas"),
    (f"{TANJUNG},1,,,,,rawan,,", "kolom Alasan: kelas di atas kurang rawan perlu alasan"),
    (f"{TANJUNG},1,,,,,rawan,K1 Z9 Q0,", "kolom Alasan: alasan “Z9, Q0” tidak dikenal"),
    (f"{TANJUNG},1,,,,,,K1,", "kolom Kelas: ada alasan atau catatan tanpa kelas"),
    (f"{TANJUNG},1,{'x' * 201},,,,,,", "kolom Tempat: lebih panjang dari 200 huruf"),
    (f"{TANJUNG},1,a\x07b,,,,,,", "kolom Tempat: berisi tanda yang tidak dapat dicetak"),
    (f"{TANJUNG},1,,,,,low,,{'x' * 501}", "kolom Catatan: lebih panjang dari 500 huruf"),
]


@pytest.mark.parametrize(("line", "words"), BAD)
def test_each_bad_cell_is_named_with_its_row_and_column(villages, load, line, words):
    out = load(table(f"{PADANG},1,,,,,,,", line))

    assert f"baris 3, {words}" in out
    assert "tidak ada yang disimpan: 1 yang harus diperbaiki" in out
    assert not PollingStation.objects.exists()


def test_a_station_that_stands_twice_is_found_even_where_its_row_has_another_fault(villages, load):
    out = load(table(f"{TANJUNG},1,,,,,,,", f"{TANJUNG},2,,,,,,,", f"{TANJUNG},001,,x,99.28,,,,"))

    assert f"baris 4, kolom Nomor TPS: TPS 1 di {TANJUNG} sudah ada di baris 2" in out
    assert "baris 4, kolom Lintang" in out
    assert "2 yang harus diperbaiki" in out


def test_every_bad_row_is_reported_on_the_screen_or_in_a_file(villages, load, tmp_path):
    content = table(*[f"{TANJUNG},x{row},,,,,,," for row in range(300)])

    assert load(content).count("bukan nomor") == 300
    out = load(content, "--report", str(tmp_path / "laporan.csv"))
    assert out.count("bukan nomor") == 50
    assert "Laporan lengkap" in out
    lines = (tmp_path / "laporan.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 301
    assert lines[300].startswith('301;Nomor TPS;"“x299” bukan nomor')


def test_a_village_outside_the_right_is_refused_alike_whether_it_is_there_or_not(villages, person):
    officer = person("election_officer", BATU_BARA)
    with pytest.raises(actions.FaultyList) as refused:
        import_list(f"{ACROSS},1,,,,,,,", "12.09.08.9999,1,,,,,,,", by=officer)

    assert [fault.reason for fault in refused.value.faults] == [
        f"{ACROSS} di luar wilayah hak Anda",
        "12.09.08.9999 di luar wilayah hak Anda",
    ]


def test_who_does_not_class_may_load_stations_and_no_classes(villages, person):
    officer = person("election_officer", BATU_BARA)
    with pytest.raises(actions.FaultyList) as refused:
        import_list(f"{TANJUNG},1,,,,,low,,", by=officer)
    (fault,) = refused.value.faults
    assert fault.reason == "kelas hanya diberikan kepolisian; kosongkan kolom ini"

    import_list(f"{TANJUNG},1,,,,,,,", by=officer)
    import_list(f"{TANJUNG},1,,,,,low,,", by=person("police_approver"))
    assert StationRating.objects.get().author_name.startswith("police_approver")


def test_a_wide_kecamatan_takes_points_near_its_outline(villages):
    with writing():
        Region.objects.filter(pk=ACROSS[:8]).update(latitude=2.0, longitude=99.0)
    line = f"{ACROSS},1,,2.5,99.5,,,,"
    with pytest.raises(actions.FaultyList):
        import_list(line)

    outline = feature(ACROSS[:8], square(98.9, 1.9, 0.6))
    load_boundaries(by=SYSTEM, features=[outline], source="uji")
    assert import_list(line).added == 1


def test_each_regency_has_its_own_record(villages):
    import_list(f"{TANJUNG},1,,,,,low,,", f"{SUKA},1,,,,,,,", f"{ACROSS},1,,,,,,,")

    stored = AuditEvent.objects.filter(action="elections.store_stations").order_by("region")
    assert [(event.region, event.data["added"]) for event in stored] == [
        (ASAHAN, 1),
        (BATU_BARA, 2),
    ]
    classed = AuditEvent.objects.get(action="security.class_stations")
    assert str(classed).endswith("memberi 1 TPS di Kabupaten Batu Bara kelas dari uji")


def test_the_number_of_queries_does_not_grow_with_the_rows(villages, django_assert_max_num_queries):
    def lines(most):
        return [f"{TANJUNG},{number},,3.31,99.28,,low,," for number in range(1, most)]

    with django_assert_max_num_queries(40) as few:
        import_list(*lines(5))
    with django_assert_max_num_queries(len(few)):
        import_list(*lines(900))


def test_a_page_takes_no_more_rows_than_it_says(villages):
    faults = Faults()
    lines = table(*[f"{TANJUNG},{number},,,,,,," for number in range(1, 8)])
    assert make_plan(SYSTEM, BytesIO(lines), faults, rows_most=5) is None
    assert "Lebih dari 5 baris" in faults.first[0].reason
