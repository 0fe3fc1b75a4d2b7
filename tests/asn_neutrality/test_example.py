"""The demo's desk: what it shows, and that loading it again adds nothing."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from asn_neutrality import example
from asn_neutrality.actions.keys import unlock
from asn_neutrality.entries import open_case
from asn_neutrality.example import told
from asn_neutrality.models import Case, CivilUnit, Member, Pledge, Report
from asn_neutrality.statistics import publish
from asn_neutrality.tracking import track
from forkopimda.people import example as people
from forkopimda.people.models import User
from tests.lasting import lasting

PASSPHRASE = "perahu uji singgah di pulau kecil"


# First: from here on the whole example stands in the database.
def test_without_a_passphrase_there_are_units_and_no_key(regions):
    people.load(password=None)
    assert example.load(passphrase=None) == ""

    assert CivilUnit.objects.exists()
    assert not Case.objects.exists()
    assert not User.objects.filter(case_keys__isnull=False).exists()


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """What loading the whole example printed, and how to load it again."""
    file = tmp_path_factory.mktemp("demo") / "tracking-code"

    def load():
        printed = StringIO()
        call_command("load_example", passphrase=PASSPHRASE, code_file=file, stdout=printed)
        return printed.getvalue()

    with lasting(django_db_blocker, load) as first:
        yield first, load


def counts():
    return [model.objects.count() for model in (Case, Report, CivilUnit, Pledge, Member)]


def test_the_demo_has_cases_on_their_way_and_loading_again_adds_nothing(loaded, db):
    first, load = loaded
    before = counts()
    assert len(set(Case.objects.values_list("state", flat=True))) >= 7
    assert Case.objects.count() == len(told.REPORTS)
    assert Case.objects.filter(kind="social_media").count() >= 5
    assert Report.objects.filter(is_unread=False).count() >= 4
    numbers = publish(
        [
            {
                "kind": case.kind,
                "state": case.state,
                "size_class": case.size_class,
                "month": 1,
                "count": 1,
                "late": 0,
            }
            for case in Case.objects.all()
        ],
        months=1,
    )
    sizes = {line.count for line in numbers.sizes}
    assert None in sizes, "some counts are too small to be shown"
    assert sizes != {None}, "and some are not"

    second = load()

    assert counts() == before
    codes = [re.search(r"status/: ([\d ]{19})", words).group(1) for words in (first, second)]
    assert codes[0] == codes[1]
    talk = track(codes[0].replace(" ", "")).opened
    texts = [talk.read(entry) for entry in talk.report.entries.order_by("serial")]
    assert [text["text"][:6] for text in texts[1:]] == ["Contoh"] * 4
    assert PASSPHRASE in second


def test_the_second_examiner_is_kept_from_their_own_unit_and_no_text_names_anybody(loaded, db):
    first, second = (
        User.objects.get(username=name) for name in ("pemeriksa-asn", "pemeriksa-asn-2")
    )
    closed = set(Case.objects.visible_to(first)) - set(Case.objects.visible_to(second))
    assert len(closed) == 1

    private = unlock(first, PASSPHRASE)
    for case in Case.objects.all():
        opened = open_case(case, first, private)
        for entry in case.entries.select_related("report"):
            content = opened.read(entry)
            who = content.pop("who", None)
            if isinstance(who, dict):
                assert who["name"] == ""
            for name, text in content.items():
                if isinstance(text, str) and name not in DATA and text:
                    assert text.startswith(("Contoh", "https://contoh.example")), (entry, name)


#: Dates and codes, and units of the list.
DATA = {"on", "letter_date", "decree_date", "sanction", "unit", "of", "asked_by"}
