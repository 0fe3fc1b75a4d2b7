"""What may be tried around a case: keys, the public pages, and what all pages share."""

from .attempts import FAR, NOBODY, Attempt, form, page
from .cast import COUNTERS, DESK, EVERYBODY, EXAMINERS, NEAR, WITH_ROLE

KEYS = [
    *(
        page(f"keys: {name or 'own'}", f"/netralitas-asn/kunci/{name}", DESK, status=(200, 302))
        for name in ("", "buat/", "buka/", "frasa/", "hilang/", "unit/", "pemulihan/")
    ),
    *(
        page(f"keys: {name}", f"/netralitas-asn/kunci/{name}", EXAMINERS, status=(200, 302))
        for name in (
            "bagikan/",
            "pemulihan/buat/",
            "pemulihan/bagian/",
            "pemulihan/uji/",
            "pemulihan/pakai/",
        )
    ),
    form(
        "unlock with another's passphrase",
        "/netralitas-asn/kunci/buka/",
        DESK,
        {"passphrase": "bukan frasa sandi siapa pun"},
        status=(422,),
    ),
    form(
        "recover with made-up shares",
        "/netralitas-asn/kunci/pemulihan/pakai/",
        EXAMINERS,
        {"share_1": "academic acid acne", "share_2": "academic acid acrobat"},
        status=(200, 302, 422),
    ),
    form(
        "share again",
        "/netralitas-asn/kunci/bagikan/",
        EXAMINERS,
        {"user": "{outsider}"},
        status=(422,),
    ),
]
PUBLIC = [
    page("report form", "/lapor/", EVERYBODY),
    page("receipt of somebody", "/lapor/terkirim/", EVERYBODY),
    page(
        "status",
        "/lapor/status/",
        EVERYBODY,
        reads=frozenset({"reporter"}),
        shows=frozenset({"narrative", "from_reporter", "to_reporter"}),
        numbers=frozenset({"reporter"}),
    ),
    page(
        "status with a code in the address",
        "/lapor/status/?code={lookup}",
        EVERYBODY,
        reads=frozenset({"reporter"}),
        numbers=frozenset({"reporter"}),
    ),
    form(
        "status with a made-up code",
        "/lapor/status/",
        EVERYBODY,
        {"code": "0000 0000 0000 0000"},
        status=(422, 429),
    ),
    Attempt(
        "document",
        "reporter's receipt",
        "/lapor/status/tanda-terima/",
        EVERYBODY,
        status=(200, 302),
        numbers=frozenset({"reporter"}),
    ),
    Attempt(
        "file", "the examiner's file", "/lapor/status/bukti/{answer}/", frozenset({"reporter"})
    ),
    Attempt("file", "the reporter's own file", "/lapor/status/bukti/{evidence}/", NOBODY),
]
FRAME = [
    page("dashboard", "/", WITH_ROLE | {"lapsed", "no_role"}),
    Attempt("panel", "cases", "/panel/cases/", COUNTERS, numbers=NOBODY),
    Attempt("alerts", "inbox", "/peringatan/", WITH_ROLE, numbers=NOBODY),
    page("incident that names it", "/insiden/{incident}/", WITH_ROLE - FAR, numbers=NEAR),
    page("incidents by number", "/insiden/?cari={part}", WITH_ROLE),
    page("meetings by number", "/rapat/?cari={part}", WITH_ROLE),
    *(
        Attempt("guessed file", path, path, NOBODY)
        for path in (
            "/media/{path}",
            "/{path}",
            "/static/{path}",
            "/sealed/",
            "/media/",
            "/static/../var/media/{path}",
            "/netralitas-asn/berkas/{evidence}/",
        )
    ),
]
