"""The printed study (kajian): what is alleged, what was found, how it weighs, what follows.

It is made of what examiners wrote. Nothing that a reporter wrote, and nothing about reporters, is
read for it: their own words can give them away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import override

from ..models import EntryKind
from .sheet import LANGUAGE, head_of, make, presumption, written

if TYPE_CHECKING:
    from forkopimda.people.models import User

    from ..entries import OpenCase
    from ..models import Case

UNNAMED = "belum diketahui"


def study_pdf(opened: OpenCase, user: User) -> bytes:
    """The PDF of the last study of an opened case. CanNotOpen where an entry was changed."""
    case = opened.case
    study = opened.latest(EntryKind.STUDY)
    with override(LANGUAGE):
        content = {
            **case_content(opened, user),
            "title": f"Kajian perkara {case.number}",
            "foot": f"Kajian perkara nomor {case.number}.",
            "sections": [
                {"name": name, "text": study.get(field, "")}
                for field, name in (
                    ("allegation", "Uraian dugaan"),
                    ("facts", "Fakta"),
                    ("analysis", "Analisis"),
                    ("conclusion", "Kesimpulan"),
                )
            ],
        }
    return make("study", case.region, content, at=timezone.now(), by=user)


def case_content(opened: OpenCase, user: User) -> dict[str, Any]:
    """What study and letter share: the case, who is reported, the legal kind."""
    case = opened.case
    accused = opened.accused()
    return {
        "head": head_of(user, case.region),
        "secret": True,
        "number": case.number,
        "region": case.region.title,
        "received": written(case.received_on),
        "kind": case.get_kind_display(),
        "accused": {
            "name": accused.get("name") or UNNAMED,
            "office": accused.get("office") or "",
            "unit": accused.get("unit") or "",
        },
        "violation": case.violation.label if case.violation else "",
        "basis": legal_basis(case),
        "presumption": presumption(case),
        "signer": {
            "institution": user.institution.name if user.institution else "",
        },
    }


def legal_basis(case: Case) -> str:
    """The legal basis of the kind, where the legal office has confirmed it; else nothing."""
    if case.violation is None or not case.violation.is_confirmed:
        return ""
    return case.violation.legal_basis
