"""What the case page shows of the flow: the next steps, each with what it still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from forkopimda.lib.authority import may

from .flow import CLASSIFYING, act_of, next_steps, still_missing
from .models import State

if TYPE_CHECKING:
    from forkopimda.people.models import User

    from .entries import OpenCase
    from .models import Case


@dataclass(frozen=True)
class Missing:
    """What must be there before a step, and where it is written."""

    label: str
    url: str


@dataclass(frozen=True)
class Offer:
    """A step that may follow."""

    act: str
    url: str
    missing: tuple[Missing, ...]
    aside: bool  # an end that is not the usual way on


def flow_part(user: User, case: Case, opened: OpenCase | None) -> dict[str, Any]:
    """The context of templates/asn_neutrality/flow/_part.html; empty for who does not work it."""
    if not may(user, "asn_neutrality.work", case):
        return {}
    return {
        "flow_works": True,
        "flow_open": opened is not None,
        "flow_offers": offers_of(case) if opened else [],
        "flow_classifies": opened is not None and case.state in CLASSIFYING,
    }


def offers_of(case: Case) -> list[Offer]:
    """The steps that may follow where the case stands. One query."""
    written = set(case.entries.order_by().values_list("kind", flat=True).distinct())
    return [
        Offer(
            act_of(case.state, state),
            reverse("asn_flow:move", args=[case.pk, state.value]),
            missing_of(case, state, written),
            aside=state in {State.DISMISSED, State.NOT_PROVEN, State.BLOCKED},
        )
        for state in next_steps(case)
    ]


def missing_of(case: Case, state: str, written: set[str]) -> tuple[Missing, ...]:
    """What must come before the step to `state`."""
    kinds, kind_of_breach = still_missing(case, state, written)
    missing = [
        Missing(str(kind.label), reverse("asn_neutrality:write", args=[case.pk, kind.value]))
        for kind in kinds
    ]
    if kind_of_breach:
        missing.append(
            Missing(_("Jenis pelanggaran"), reverse("asn_flow:violation", args=[case.pk]))
        )
    return tuple(missing)
