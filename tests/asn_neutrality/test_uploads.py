"""Evidence that is handed in: what is taken, what is left out of it, what is refused and why."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from PIL import Image

from asn_neutrality.forms import evidence
from asn_neutrality.models import Case, Evidence

from .reporter import JSON, WHAT, code_on, report_of, send

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 bukti %%EOF"
PROGRAM = b"MZ" + bytes(200) + b"This program cannot be run in DOS mode"


def upload(name, content):
    return SimpleUploadedFile(name, content)


def photo(kind="JPEG", **options):
    taken = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(taken, kind, **options)
    return taken.getvalue()


def photo_with_place():
    exif = Image.Exif()
    exif[0x010F] = "Merek Ponsel"
    exif[0x8825] = {1: "N", 2: (3.0, 18.0, 44.0)}
    return photo(exif=exif)


def box(name, content=b""):
    return struct.pack(">I4s", 8 + len(content), name) + content


def film(brand, *more):
    parts = [
        box(b"ftyp", brand + bytes(4) + brand),
        box(b"moov", bytes(40)),
        box(b"mdat", b"x" * 99),
    ]
    return b"".join([*parts, *more])


def webm(*more, doctype=b"webm"):
    head = b"\x42\x82" + bytes([0x80 | len(doctype)]) + doctype
    segment = b"\x1f\x43\xb6\x75\x81x"
    return b"".join(
        [
            b"\x1aE\xdf\xa3" + bytes([0x80 | len(head)]) + head,
            b"\x18S\x80g" + bytes([0x80 | len(segment)]) + segment,
            *more,
        ]
    )


def png_of(side):
    """A few bytes that claim to be a picture of `side` times `side` pixels."""

    def chunk(name, content):
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def packed(size=1):
    """A packed document that unfolds to `size` megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", bytes(size * 1024 * 1024))
    return out.getvalue()


BOMB = packed(64)


@pytest.fixture(autouse=True)
def _open_channel(examiner):
    examiner()


def received(**fields):
    """What the report holds: names and types of its files, and their content."""
    client = Client()
    answer = send(client, **fields)
    assert answer.status_code == 303, answer.content.decode()
    report, opened = report_of(code_on(client.get("/lapor/terkirim/")))
    [entry] = report.entries.all()
    return {
        file.name: (file.content_type, b"".join(file.content())) for file in opened.files(entry)
    }


# --- Taken ---


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("surat.pdf", PDF, "application/pdf"),
        ("VID_1.mp4", film(b"isom"), "video/mp4"),
        ("VID_2.mp4", film(b"mp42", box(b"free", b"x")), "video/mp4"),
        ("lama.3gp", film(b"3gp5"), "video/3gpp"),
        ("IMG_1.MOV", film(b"qt  "), "video/quicktime"),
        ("layar.webm", webm(), "video/webm"),
    ],
)
def test_pdf_and_videos_are_kept_as_they_are(name, content, content_type):
    assert received(files=[upload(name, content)]) == {name: (content_type, content)}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photos_are_drawn_anew_as_jpeg(kind):
    [(name, (content_type, content))] = received(
        files=[upload(f"foto.{kind.lower()}", photo(kind))]
    ).items()

    assert (name, content_type) == ("foto.jpg", "image/jpeg")
    assert Image.open(io.BytesIO(content)).size == (40, 30)


def test_where_and_with_what_a_photo_was_taken_is_not_kept():
    taken = photo_with_place()
    assert b"Merek Ponsel" in taken

    [(_type, content)] = received(files=[upload("foto.jpg", taken + PROGRAM)]).values()
    assert not Image.open(io.BytesIO(content)).getexif()
    assert b"Merek Ponsel" not in content
    assert b"DOS mode" not in content


def test_a_large_upload_waits_in_a_file_without_a_name(tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    large = film(b"isom", box(b"free", bytes(3 * 1024 * 1024)))

    request = RequestFactory().post("/lapor/", {"files": upload("besar.mp4", large)})
    [waiting] = request.FILES.getlist("files")
    assert waiting.read() == large
    assert waiting.fileno()  # it lies on the disk, in a file of the process
    assert not list(tmp_path.iterdir())
    request.close()


# --- Refused ---


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("foto.jpg", PROGRAM, "tidak dikenali"),
        ("surat.pdf", PROGRAM, "tidak dikenali"),
        ("surat.pdf.exe", PDF, "tidak sesuai dengan isinya"),
        ("film.mp4", film(b"isom") + PROGRAM, "tidak dikenali"),
        ("film.mp4", film(b"isom")[:60], "tidak dikenali"),
        ("film.mp4", box(b"ftyp", b"isom" + bytes(4)) + PROGRAM, "tidak dikenali"),
        ("film.mp4", film(b"xxxx"), "tidak dikenali"),
        ("film.webm", webm(PROGRAM), "tidak dikenali"),
        ("film.webm", webm(doctype=b"exec"), "tidak dikenali"),
        ("film.mp4", webm(), "tidak sesuai dengan isinya"),
        ("foto.jpg", b"\xff\xd8\xff" + PROGRAM, "bukan foto"),
        ("bom.png", png_of(50_000), "megapiksel"),
        ("bom.zip", BOMB, "tidak dikenali"),
        ("bom.docx", BOMB, "tidak dikenali"),
        ("kosong.pdf", b"", "kosong"),
        ("foto 100%.heic", box(b"ftyp", b"heic"), "HEIC"),
        ("100%s %(x)s.pdf", PROGRAM, "100%s %(x)s.pdf"),
    ],
)
def test_what_is_not_what_it_says_is_refused_by_name(name, content, told):
    answer = send(files=[upload(name, content)], when="kemarin sore")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert WHAT in page
    assert 'value="kemarin sore"' in page
    assert "pilih lagi berkas Anda" in page
    assert not Case.objects.exists()


def test_a_script_is_told_which_of_the_files_was_refused():
    files = [upload("a.pdf", PDF), upload("b.jpg", PROGRAM), upload("c.jpg", photo())]

    told = send(headers=JSON, files=files).json()
    assert told["files"] == [1]
    assert len(told["errors"]["files"]) == 1
    assert "b.jpg" in told["errors"]["files"][0]


def test_too_many_and_too_large_files_are_refused_before_anything_is_looked_at(monkeypatch):
    nine = [upload(f"{number}.pdf", PDF) for number in range(9)]
    assert "Paling banyak 8 berkas" in send(files=nine).content.decode()
    monkeypatch.setattr(evidence, "MAX_BYTES", 100)
    monkeypatch.setattr(evidence, "MAX_TOGETHER", 150)
    assert "paling besar 100" in send(files=[upload("a.pdf", PDF * 6)]).content.decode()
    two = [upload(f"{number}.pdf", PDF * 4) for number in range(2)]
    assert "bersama-sama paling besar" in send(files=two).content.decode()
    assert not Evidence.objects.exists()
