"""Videos as phones take them, told by their structure: which parts they have, and nothing after.

MP4, 3GP and MOV are rows of boxes, each with its length and name (ISO 14496-12); WebM is a tree of
elements with lengths (RFC 8794). Only the outermost row is walked; nothing is decoded.
"""

from __future__ import annotations

from typing import IO

from .files import FileKind

#: More parts than phones write in the outermost row. Live recordings come in a few hundred.
MOST_PARTS = 20_000
HEAD_MOST = 1024
EBML = b"\x1aE\xdf\xa3"
SEGMENT = b"\x18S\x80g"
DOCTYPE = b"\x42\x82"
#: A length that says: up to the end of the file.
OPEN_LENGTH = 0x00FF_FFFF_FFFF_FFFF
MP4_BRANDS = (b"isom", b"iso", b"mp4", b"avc", b"M4V", b"MSNV", b"dash", b"hvc", b"hev", b"XAVC")


def _brand(file: IO[bytes]) -> bytes:
    """The brand in the first box of a file that begins with one of its kind; else b""."""
    file.seek(0)
    head = file.read(12)
    return head[8:12] if head[4:8] == b"ftyp" else b""


def _is_row_of_boxes(file: IO[bytes]) -> bool:
    """Whether boxes follow one another to the very end, the table of the film among them."""
    end = file.seek(0, 2)
    at = 0
    names: set[bytes] = set()
    for _part in range(MOST_PARTS):
        if at == end:
            return b"moov" in names and bool({b"mdat", b"moof"} & names)
        file.seek(at)
        head = file.read(16)
        length = int.from_bytes(head[:4], "big")
        least = 8
        if length == 1:
            length, least = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = end - at
        if length < least or at + length > end or not _is_name(head[4:8]):
            return False
        names.add(head[4:8])
        at += length
    return False


def _is_name(name: bytes) -> bool:
    return len(name) == 4 and all(0x20 <= byte < 0x7F or byte == 0xA9 for byte in name)


def _is_mp4(file: IO[bytes]) -> bool:
    return _brand(file).startswith(MP4_BRANDS) and _is_row_of_boxes(file)


def _is_3gp(file: IO[bytes]) -> bool:
    return _brand(file).startswith((b"3gp", b"3g2", b"3ge", b"3gg")) and _is_row_of_boxes(file)


def _is_mov(file: IO[bytes]) -> bool:
    return _brand(file) == b"qt  " and _is_row_of_boxes(file)


def _is_webm(file: IO[bytes]) -> bool:
    """An EBML head that names WebM, then one segment that reaches the very end."""
    end = file.seek(0, 2)
    file.seek(0)
    if file.read(4) != EBML:
        return False
    length = _length(file)
    if length is None or length > HEAD_MOST:
        return False
    head = file.read(length)
    if DOCTYPE + b"\x84webm" not in head or file.read(4) != SEGMENT:
        return False
    length = _length(file)
    return length is not None and (length == OPEN_LENGTH or file.tell() + length == end)


def _length(file: IO[bytes]) -> int | None:
    """A length of EBML: as many bytes as its first one has zeros in front, and one."""
    first = file.read(1)
    if not first or not first[0]:
        return None
    more = 8 - first[0].bit_length()
    rest = file.read(more)
    if len(rest) != more:
        return None
    mask = (1 << (7 - more)) - 1
    value = int.from_bytes(bytes([first[0] & mask]) + rest, "big")
    return OPEN_LENGTH if value == (1 << (7 * (more + 1))) - 1 else value


MP4 = FileKind("MP4", "video/mp4", (".mp4", ".m4v"), _is_mp4, by_structure=True)
THREE_GP = FileKind("3GP", "video/3gpp", (".3gp", ".3gpp", ".3g2"), _is_3gp, by_structure=True)
MOV = FileKind("MOV", "video/quicktime", (".mov", ".qt"), _is_mov, by_structure=True)
WEBM = FileKind("WebM", "video/webm", (".webm",), _is_webm, by_structure=True)
VIDEOS = (MP4, THREE_GP, MOV, WEBM)
