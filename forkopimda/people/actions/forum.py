"""Writers of institutions, officials and tenures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action

from ..models import Institution, Official, Tenure

if TYPE_CHECKING:
    from datetime import date

    from forkopimda.regions.models import Region


@action
def save_institution(
    *, by: Actor, institution: Institution | None = None, region: Region, **fields: Any
) -> Institution:
    """Adds an institution to a region, or changes one. Fields: code, name, head_title,
    membership, always_invited, phone, position."""
    require(by, "people.keep_forum", region)
    if institution is None:
        institution = Institution()
    else:
        require(by, "people.keep_forum", institution.region)
    institution.region = region
    _store(institution, fields)
    record(
        by=by,
        act="people.save_institution",
        target=institution,
        region=region.code,
        name=institution.name,
        fields=fields,
    )
    return institution


@action
def save_official(
    *, by: Actor, official: Official | None = None, name: str, rank: str = ""
) -> Official:
    """Adds a person who holds an office, or changes the name or rank of one."""
    require(by, "people.keep_official", official)
    if official is None:
        official = Official()
    before = {"name": official.name, "rank": official.rank}
    _store(official, {"name": name, "rank": rank})
    record(by=by, act="people.save_official", target=official, name=name, before=before)
    return official


@action
def save_tenure(
    *,
    by: Actor,
    tenure: Tenure | None = None,
    official: Official,
    institution: Institution,
    title: str,
    since: date | None = None,
    until: date | None = None,
    acting: bool = False,
) -> Tenure:
    """Says who heads an institution from when to when (both days included)."""
    require(by, "people.keep_forum", institution.region)
    if tenure is None:
        tenure = Tenure()
    else:
        require(by, "people.keep_forum", tenure.institution.region)
    _store(
        tenure,
        {
            "official": official,
            "institution": institution,
            "title": title,
            "since": since,
            "until": until,
            "acting": acting,
        },
    )
    record(
        by=by,
        act="people.save_tenure",
        target=tenure,
        region=institution.region_id,
        name=str(official),
        title=title,
        since=since.isoformat() if since else None,
        until=until.isoformat() if until else None,
        acting=acting,
    )
    return tenure


def _store(row: Institution | Official | Tenure, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
