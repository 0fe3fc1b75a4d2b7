"""Which reports may tell of the same incident: by place, time and words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forkopimda.lib.authority import REGENCY_LENGTH, Actor

from .models import Incident, IncidentState
from .whereabouts import KM_PER_DEGREE, Spot, distance_km

WITHIN = timedelta(hours=12)
NEAR_KM = 2.0
#: Rows that are looked at, and candidates that are shown.
MOST_ROWS, SHOWN = 50, 5
#: Below this two reports have too little in common. Of 4 points: place, time, words, kind.
LEAST_SCORE = 1.6
KECAMATAN_LENGTH, VILLAGE_LENGTH = len("12.19.08"), len("12.19.08.2001")
SHORTEST_STEM = 3
_SMALL = (
    "ada adalah akan antara atas atau bagi bahwa banyak beberapa belum bisa dalam dan dapat dari "
    "dekat dengan depan di dia hari harus hingga ia ini itu jadi jam jika juga kami karena ke "
    "kepada kita lalu lebih lagi masih mereka oleh orang pada para pukul saat sampai sangat satu "
    "sebagai sebuah sedang sejumlah sekitar seorang serta setelah sudah tadi tak telah tentang "
    "terjadi tersebut tidak untuk warga yaitu yang"
)
STOPWORDS = frozenset(_SMALL.split())
_PREFIX = re.compile(r"^(?:menge|meng|meny|mem|men|me|peng|peny|pem|pen|per|pe|ber|ter|di|ke|se)")
_SUFFIX = re.compile(r"(?:nya|lah|kah|kan|an|i)$")


@dataclass(frozen=True)
class Candidate:
    """A report that may tell of the same. `reasons` says why, in words."""

    incident: Incident
    score: float
    reasons: tuple[str, ...]


def candidates(incident: Incident, *, by: Actor) -> list[Candidate]:
    """The reports that have most in common with this one, the likeliest first. One query."""
    found = [_compare(incident, other) for other in _near(incident, by)]
    found = [candidate for candidate in found if candidate.score >= LEAST_SCORE]
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.incident.pk))[:SHOWN]


def stems(text: str) -> set[str]:
    """The telling words of an Indonesian text, without prefixes, suffixes and small words."""
    plain = unicodedata.normalize("NFKD", text.lower())
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return {_stem(word) for word in words if len(word) >= SHORTEST_STEM and word not in STOPWORDS}


def _stem(word: str) -> str:
    for affix in (_SUFFIX, _PREFIX):
        shorter = affix.sub("", word, count=1)
        if len(shorter) > SHORTEST_STEM:
            word = shorter
    return word


def _near(incident: Incident, by: Actor) -> list[Incident]:
    """Reports around the incident's place and time, of its kind before others."""
    place = Q(region__code__startswith=str(incident.region_id)[:KECAMATAN_LENGTH])
    if incident.latitude is not None and incident.longitude is not None:
        reach = NEAR_KM / KM_PER_DEGREE * 1.02  # a little more: longitudes narrow to the poles
        place |= Q(
            latitude__range=(incident.latitude - reach, incident.latitude + reach),
            longitude__range=(incident.longitude - reach, incident.longitude + reach),
        )
    same_kind = Case(
        When(category=incident.category, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    rows = (
        Incident.objects.visible_to(by)
        .filter(place, register=str(incident.region_id)[:REGENCY_LENGTH])
        .filter(occurred_at__range=(incident.occurred_at - WITHIN, incident.occurred_at + WITHIN))
        .exclude(pk=incident.pk)
        .exclude(state__in=[IncidentState.REJECTED, IncidentState.DUPLICATE])
        .select_related("region")
        .order_by(same_kind, "-occurred_at")
    )
    return list(rows[:MOST_ROWS])


def _compare(incident: Incident, other: Incident) -> Candidate:
    reasons = []
    score, place = _place(incident, other)
    reasons.append(place)
    apart = abs(incident.occurred_at - other.occurred_at)
    score += 1 - apart / WITHIN
    hours = round(apart.total_seconds() / 3600)
    reasons.append(
        ngettext("selisih %(count)s jam", "selisih %(count)s jam", hours) % {"count": hours}
        if hours
        else _("waktunya sama")
    )
    ours, theirs = (stems(f"{row.description} {row.place}") for row in (incident, other))
    shared = len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else 0.0
    score += shared
    if shared:
        reasons.append(_("%(percent)s%% kata sama") % {"percent": round(100 * shared)})
    if incident.category == other.category:
        score += 1
        reasons.append(_("jenis sama"))
    return Candidate(other, score, tuple(reasons))


def _place(incident: Incident, other: Incident) -> tuple[float, str]:
    one, two = _spot(incident), _spot(other)
    if one is not None and two is not None:
        km = distance_km(one, two)
        words = _("jarak %(km)s km") % {"km": f"{km:.1f}".replace(".", ",")}
        return max(0.0, 1 - km / NEAR_KM / 2), words
    if incident.region_id == other.region_id and len(str(other.region_id)) == VILLAGE_LENGTH:
        return 0.8, _("desa/kelurahan sama")
    if str(incident.region_id)[:KECAMATAN_LENGTH] == str(other.region_id)[:KECAMATAN_LENGTH]:
        return 0.5, _("kecamatan sama")
    return 0.0, ""


def _spot(incident: Incident) -> Spot | None:
    if incident.latitude is None or incident.longitude is None:
        return None
    return Spot(incident.latitude, incident.longitude)
