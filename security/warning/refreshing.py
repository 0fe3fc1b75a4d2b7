"""Which regencies' early warnings are computed, and when: all every quarter of an hour, and one
soon after something happened there."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import cast

from django.db.models.functions import Left
from redis.exceptions import RedisError

from forkopimda.lib.authority import REGENCY_LENGTH, SYSTEM
from forkopimda.lib.live import client
from forkopimda.regions.models import Level, Neighbour, Region

from .. import actions
from ..models import Assessment, EarlyWarning, Incident, RiskRating
from .soon import DUE

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 1000


def refresh_all() -> int:
    """Computes every regency in which the product is used. Gives how many warnings changed."""
    return _refresh(regencies_in_use())


def refresh_due() -> int:
    """Computes the regencies that asked for it, and those that share a border with them."""
    try:
        asked = {str(code) for code in cast(list[str], client().spop(DUE, MOST_AT_ONCE) or [])}
    except RedisError as error:
        logger.warning("early warnings wait for the next round: %s", error)
        return 0
    return _refresh((asked | _beside(asked)) & regencies_in_use())


def regencies_in_use() -> set[str]:
    """Codes of regencies in which something was rated, assessed, reported or computed.

    Elsewhere all indices rest on nobody's word, and would only fill the table.
    """
    found: set[str] = set()
    for model in (RiskRating, Assessment, Incident, EarlyWarning):
        codes = model.objects.annotate(regency=Left("region_id", REGENCY_LENGTH))
        found.update(codes.order_by().values_list("regency", flat=True).distinct())
    return {code for code in found if len(code) == REGENCY_LENGTH}


def _beside(codes: Iterable[str]) -> set[str]:
    pairs = Neighbour.objects.annotate(
        here=Left("region_id", REGENCY_LENGTH), there=Left("other_id", REGENCY_LENGTH)
    )
    beside = pairs.filter(here__in=list(codes)).order_by().values_list("there", flat=True)
    return set(beside.distinct())


def _refresh(codes: Iterable[str]) -> int:
    changed = 0
    for region in Region.objects.filter(pk__in=list(codes), level=Level.REGENCY):
        try:
            changed += actions.refresh_warnings(by=SYSTEM, region=region)
        except Exception:
            # One regency's odd row must not keep the others uncomputed.
            logger.exception("early warnings of %s could not be computed", region.pk)
    return changed
