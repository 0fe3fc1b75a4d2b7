"""Cases opened by their examiners, and what these write into them."""

from asn_neutrality import actions
from asn_neutrality.actions.keys import unlock
from asn_neutrality.entries import open_case
from asn_neutrality.models import Case, HomeUnit
from forkopimda.lib.guard import writing

from .made import PASSPHRASE

STUDY = {
    "allegation": "Diduga mengarahkan bawahan dalam apel",
    "facts": "Apel tanggal 18 dihadiri 30 pegawai",
    "analysis": "Ajakan disampaikan dalam jam dinas",
    "conclusion": "Ada petunjuk yang cukup",
}
#: One valid form per kind, as a browser sends it.
FORMS = {
    "note": {"text": "Periksa daftar hadir apel"},
    "accused": {"name": "Fulan bin Fulan", "office": "Camat", "unit": "Kantor camat"},
    "statement": {"who": "Saksi pertama", "on": "2024-11-21", "text": "Saya hadir di aula"},
    "hearing": {"on": "2024-11-22", "attended": "yes", "text": "Saya tidak mengajak siapa pun"},
    "study": STUDY,
    "recommendation": {"text": "Diteruskan untuk diperiksa", "sanction": ""},
}


def opened(case, user):
    """The case opened with the user's key, as it stands now."""
    return open_case(Case.objects.get(pk=case.pk), user, unlock(user, PASSPHRASE))


def write(case, user, kind, token="", **content):
    """An entry that the user writes."""
    return actions.write(
        by=user, opened=opened(case, user), kind=kind, content=content, token=token or kind
    )


def contents(case, user, kind):
    """What entries of a kind say, in their order."""
    held = opened(case, user)
    return [held.read(entry) for entry in case.entries.filter(kind=kind).order_by("serial")]


def serve_in(user, unit):
    """The user serves in the unit."""
    with writing():
        HomeUnit.objects.create(user=user, unit=unit)


def write_address(case, kind):
    """Where an entry is written."""
    return f"/netralitas-asn/{case.pk}/tulis/{kind}/"


def dismiss(case, user, reason="no_indication"):
    """The case ends without anything proven."""
    held = opened(case, user)
    return actions.move(
        by=user, opened=held, state="dismissed", reason=reason, details={"grounds": "Tidak cukup"}
    )


LETTER = {"letter_number": "700/12/BWS/2024", "letter_date": "2024-11-22"}
#: How a studied case goes on, with what each step is given.
STEPS = {
    "initial_review": {},
    "registered": {},
    "study": {},
    "recommended": {"details": {"summary": "Diteruskan"}},
    "with_authority": {"details": LETTER, "recipient": "authority"},
    "examination": {},
}


def advance(case, user, upto):
    """Brings a case that has just come in, studied and classified, to a state."""
    held = opened(case, user)
    for state, given in STEPS.items():
        actions.move(by=user, opened=held, state=state, **given)
        if state == upto:
            return held
    raise LookupError(upto)
