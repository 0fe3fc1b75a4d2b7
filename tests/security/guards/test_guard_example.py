"""The example's units and postings, and the dashboard's card."""

from forkopimda.elections.actions import save_election
from forkopimda.lib.authority import SYSTEM
from security.example import guards
from security.models import Posting, Unit
from security.panels import guards as panel
from tests.conftest import BATU_BARA

from .made import at, make_stations

CARD = "/panel/guards/"


def test_the_example_is_loaded_once_and_says_that_it_is_one(regions):
    make_stations(["high"] * 4 + ["low"] * 10)
    guards.load()
    counts = Unit.objects.count(), Posting.objects.count()

    guards.load()

    assert (Unit.objects.count(), Posting.objects.count()) == counts
    assert Posting.objects.filter(guarded__isnull=False).exists()
    assert all(name.startswith("Contoh:") for name in Unit.objects.values_list("name", flat=True))


def test_the_example_loads_without_stations(regions):
    guards.load()

    assert Posting.objects.exists()


def test_the_dashboards_card_says_how_many_are_missing(
    regions, person, sign_in, django_assert_max_num_queries
):
    make_stations(["high"] * 4)
    fields = {"by": SYSTEM, "region": regions[BATU_BARA], "kind": "regent", "name": "Contoh"}
    save_election(voting_day=at(27, 0, year=2024).date(), **fields)
    assert "Bertugas sekarang: 0 polisi" in sign_in(person("viewer")).get(CARD).content.decode()
    save_election(voting_day=at(27, 0).date(), **fields)
    user = person("viewer")
    assert user.access.home() == BATU_BARA
    with django_assert_max_num_queries(4):
        shown = panel(user, BATU_BARA)
    assert shown.context["totals"]["short"] == 4
    page = sign_in(user).get(CARD).content.decode()
    assert "polisi kurang di TPS" in page
    assert panel(person(None), BATU_BARA) is None
