"""The only writer of regencies' settings."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.regions.models import Level as RegionLevel
from forkopimda.regions.models import Region

from ..models import Policy
from ..warning.soon import soon


@action
def save_policy(*, by: Actor, region: Region, **fields: Any) -> Policy:
    """Stores settings of the regency `region`; a setting that is not given stays as it is.

    Raises ValidationError that names the setting.
    """
    require(by, "security.keep_policy", Policy(region=region))
    if region.level != RegionLevel.REGENCY:
        raise ValidationError({"region": _("Setelan dibuat per kabupaten atau kota.")})
    # One writer at a time, also of the first settings, which have no row to lock.
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    policy = Policy.objects.filter(region=region).first()
    before = None if policy is None else _values(policy)
    policy = policy or Policy(region=region)
    for name, value in fields.items():
        setattr(policy, name, value)
    policy.full_clean()
    policy.save()
    after = _values(policy)
    changed = [name for name in after if before is None or after[name] != before[name]]
    if changed:
        record(
            by=by,
            act="security.save_policy",
            target=policy,
            region=region.code,
            name=region.title,
            before={name: before[name] for name in changed} if before else None,
            after={name: after[name] for name in changed},
        )
        soon(region.pk)
    return policy


def _values(policy: Policy) -> dict[str, Any]:
    return {
        field.name: getattr(policy, field.attname)
        for field in policy._meta.concrete_fields
        if not field.primary_key
    }
