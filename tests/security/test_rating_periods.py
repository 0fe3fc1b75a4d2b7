"""Whatever the order of ratings and proposals, periods never overlap and leave no gap."""

import itertools
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.regions.models import Region
from security import actions
from security.models import Proposal, RiskRating
from tests.conftest import LAUT_TADOR

LEVELS = st.sampled_from(["low", "medium", "high"])
MINUTES = st.integers(min_value=0, max_value=100_000)
serial = iter(range(1, 10_000))
DEEDS = st.sampled_from(["propose", "propose as another", "rate", "approve", "return", "withdraw"])


def whole_history(code):
    """The region's ratings, once it is clear that one follows the other, the last one in force."""
    history = list(RiskRating.objects.of(code).order_by("valid_from"))
    assert [rating.valid_until is None for rating in history] == [
        *(False for _ in history[:-1]),
        *(True for _ in history[-1:]),
    ]
    for earlier, later in itertools.pairwise(history):
        assert earlier.valid_until == later.valid_from
    return history


@pytest.fixture
def province(db):
    with writing():
        Region.objects.create(code="99", name="Uji", level="province")
        return Region.objects.create(code="99.01", name="Uji", level="regency", parent_id="99")


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(LEVELS, MINUTES), min_size=1, max_size=12))
def test_periods_follow_each_other_without_gap_or_overlap(province, steps):
    code = f"99.01.{next(serial) % 100:02}"
    with writing():
        region, _ = Region.objects.get_or_create(
            code=code, defaults={"name": code, "level": "kecamatan", "parent": province}
        )
    accepted = []
    for level, minutes in steps:
        at = timezone.now() - timedelta(minutes=minutes)
        try:
            accepted.append(
                actions.rate_region(by=SYSTEM, region=region, level=level, reason="uji", at=at)
            )
        except ValidationError:
            continue

    assert whole_history(code)
    for rating in accepted:
        in_force = RiskRating.objects.as_of(rating.valid_from).filter(region=region)
        assert [found.level for found in in_force] == [rating.level]


@pytest.fixture
def police(person):
    """Two officers of a Polsek and one of its Polres."""
    polsek = [person("police_operator", LAUT_TADOR) for _ in range(2)]
    return (*polsek, person("police_approver"))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=st.lists(st.tuples(DEEDS, LEVELS), min_size=1, max_size=10))
def test_proposals_and_ratings_in_any_order_leave_one_history_and_one_that_waits(
    regions, police, deeds
):
    region = regions[LAUT_TADOR]
    # The database keeps ratings for ever: each example goes on where the last one ended.
    before = len(whole_history(LAUT_TADOR))
    made = 0
    for deed, level in deeds:
        made += done(deed, level, region, police)
        pending = Proposal.objects.pending().filter(region=region)
        assert pending.count() <= 1
        assert len(whole_history(LAUT_TADOR)) == before + made
    for proposal in Proposal.objects.filter(state="approved").select_related("rating"):
        assert proposal.rating.level == proposal.level


def done(deed, level, region, police):
    """Does it, where it may be done now; gives how many ratings that makes."""
    first, second, polres = police
    waiting = Proposal.objects.pending().filter(region=region).first()
    if deed == "rate":
        actions.rate_region(by=polres, region=region, level=level, reason="langsung")
        return 1
    if deed.startswith("propose"):
        by = second if deed.endswith("another") else first
        with suppress(actions.PendingProposal):
            actions.propose_level(by=by, region=region, level=level, reason="usul")
        return 0
    if waiting is None:
        return 0
    if deed == "withdraw":
        actions.withdraw_proposal(by=waiting.author, proposal=waiting)
        return 0
    approve = deed == "approve"
    actions.decide_proposal(by=polres, proposal=waiting, approve=approve, remark="catatan")
    return int(approve)
