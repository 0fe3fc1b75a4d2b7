"""The receipt of a report (tanda terima): from what stands in the clear alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from .sheet import LANGUAGE, PRESUMPTION, desk_head, make, written

if TYPE_CHECKING:
    from ..models import Report


def receipt_pdf(report: Report) -> bytes:
    """The PDF of the receipt: number, kind, day, standing, how to follow up. No code, no name."""
    region = report.case.region
    with override(LANGUAGE):
        content = {
            "head": desk_head(region),
            "title": f"Tanda terima laporan {report.number}",
            "foot": f"Tanda terima laporan nomor {report.number}.",
            "secret": False,
            "number": report.number,
            "received": written(report.received_on),
            "kind": report.get_kind_display(),
            "region": region.title,
            "standing": report.get_standing_display(),
            "source": report.get_source_display(),
            "address": f"{settings.BASE_URL}{reverse('lapor:status')}",
            "presumption": PRESUMPTION,
        }
    return make("receipt", region, content, at=timezone.now())
