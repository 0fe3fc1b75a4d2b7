"""What an uploaded file is, is decided by its content; what it is not, it can't pretend to be."""

import io
import re

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from forkopimda.lib.files import MAX_BYTES, check_upload, clean_name

from .publishing import PDF, packed, upload

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
ODT = "application/vnd.oasis.opendocument.text"


def types(*content_types):
    parts = "".join(f'<Override PartName="/x" ContentType="{kind}"/>' for kind in content_types)
    return f"<?xml version='1.0'?><Types>{parts}</Types>"


def image(kind):
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, kind)
    return file.getvalue()


def excel():
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


def word(**more):
    return packed({"[Content_Types].xml": types(WORD), "word/document.xml": "<x/>", **more})


def odt(**more):
    return packed({"mimetype": ODT, "content.xml": "<x/>", **more}, method=0)


def bomb():
    return packed({"[Content_Types].xml": b" " * 50_000_000, "word/document.xml": "<x/>"})


def many_bytes():
    zeros = b"0" * 70_000_000
    return word(**{f"word/media/{n}.bin": zeros for n in range(3)})


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("Bahan rapat.pdf", PDF, "application/pdf"),
        ("FOTO.PNG", image("PNG"), "image/png"),
        ("foto.jpg", image("JPEG"), "image/jpeg"),
        ("foto.jpeg", image("JPEG"), "image/jpeg"),
        ("foto.webp", image("WEBP"), "image/webp"),
        ("surat.docx", word(), WORD.removesuffix(".main+xml")),
        (
            "daftar.xlsx",
            excel(),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("surat.odt", odt(), ODT),
    ],
)
def test_an_honest_file_is_taken_as_what_it_is(name, content, content_type):
    checked = check_upload(upload(name, content))

    assert (checked.name, checked.content_type) == (name, content_type)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("program.pdf", b"MZ\x90\x00" + b"\0" * 60 + b"This program cannot be run in DOS mode"),
        ("program.pdf", b"\x7fELF\x02\x01\x01" + b"\0" * 60),
        ("halaman.png", b"<!doctype html><html><script>alert(1)</script></html>"),
        ("gambar.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("gambar.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("skrip.pdf", b"#!/bin/sh\nrm -rf /\n"),
        ("terpotong.pdf", b"%PDF-1.7\n1 0 obj"),
        ("awalan.pdf", b"<html>" + PDF),
        ("terpotong.png", image("PNG")[:-12]),
        ("arsip.docx", packed({"berkas.exe": b"MZ"})),
        ("arsip.docx", packed({"[Content_Types].xml": types(WORD)})),
        ("makro.docx", word(**{"word/vbaProject.bin": b"x"})),
        ("makro.docx", packed({"[Content_Types].xml": types(MACROS), "word/document.xml": "<x/>"})),
        ("makro.odt", odt(**{"Basic/Standard/Module1.xml": "<x/>"})),
        ("rusak.docx", word()[:200]),
        ("depan.docx", b"MZ\x90\x00" + word()),
        ("bom.docx", bomb()),
        ("bom.docx", many_bytes()),
        ("teks.pdf", b"halo"),
    ],
)
def test_a_disguised_broken_or_harmful_file_is_refused_by_name(name, content):
    with pytest.raises(ValidationError, match=re.escape(name)):
        check_upload(upload(name, content))


@pytest.mark.parametrize(
    ("name", "content"),
    [("foto.pdf", image("PNG")), ("surat.xlsx", word()), ("bahan.exe", PDF), ("bahan", PDF)],
)
def test_a_file_whose_name_promises_something_else_is_refused(name, content):
    with pytest.raises(ValidationError, match="tidak sesuai dengan isinya"):
        check_upload(upload(name, content))


def test_an_empty_file_and_one_that_is_too_large_are_told_apart():
    with pytest.raises(ValidationError, match=r"“kosong\.pdf” kosong"):
        check_upload(upload("kosong.pdf", b""))
    with pytest.raises(ValidationError, match=r"“besar\.pdf” berukuran"):
        check_upload(upload("besar.pdf", PDF + b" " * MAX_BYTES))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\bahan.pdf", "bahan.pdf"),
        ("bahan\r\nSet-Cookie: x.pdf", "bahan Set-Cookie_ x.pdf"),
        ("gpj.\u202efdp.pdf", "gpj.fdp.pdf"),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
        ("  ..bahan   rapat.pdf. ", "bahan rapat.pdf"),
        ('a<b>"c|d?.pdf', "a_b__c_d_.pdf"),
        ("Undangan – Rapat é.pdf", "Undangan – Rapat é.pdf"),
        ("\x00\x01", "berkas"),
    ],
)
def test_a_strange_name_is_cleaned(given, kept):
    assert clean_name(given) == kept
