"""Whatever the order of ratings, a region's periods never overlap and leave no gap."""

import itertools
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
from security.models import RiskRating

LEVELS = st.sampled_from(["low", "medium", "high"])
MINUTES = st.integers(min_value=0, max_value=100_000)
serial = iter(range(1, 10_000))


@pytest.fixture
def province(db):
    with writing():
        Region.objects.create(code="99", name="Uji", level="province")
        return Region.objects.create(code="99.01", name="Uji", level="regency", parent_id="99")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
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

    history = list(RiskRating.objects.of(code).order_by("valid_from"))
    assert len([rating for rating in history if rating.valid_until is None]) == 1
    for earlier, later in itertools.pairwise(history):
        assert earlier.valid_until == later.valid_from
    for rating in accepted:
        in_force = RiskRating.objects.as_of(rating.valid_from).filter(region=region)
        assert [found.level for found in in_force] == [rating.level]
