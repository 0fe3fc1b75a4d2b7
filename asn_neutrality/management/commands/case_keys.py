"""`manage.py case_keys`: how the keys of cases stand, as counts per region and nothing else."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Q
from django.utils.translation import gettext as _

from forkopimda.people.models import Role
from forkopimda.regions.models import Region

from ...holders import KeyCounts, counts_of


class Command(BaseCommand):
    """Says where a lost passphrase would cost content. It names no case and opens nothing: a key
    is changed on the page of its case, by somebody who holds it."""

    help = (
        "Menghitung per wilayah: pemeriksa tanpa kunci, perkara dengan satu pemegang, dan lainnya."
    )

    def handle(self, **_options: Any) -> None:
        """One paragraph per region that has examiners or cases."""
        examined = Q(role_grants__role=Role.ASN_EXAMINER)
        regions = Region.objects.filter(Q(asn_cases__isnull=False) | examined).distinct()
        found = counts_of(regions.order_by("code"))
        for counts in found:
            self.stdout.write("\n".join(_lines(counts)))
        if not found:
            self.stdout.write(_("Belum ada pemeriksa dan belum ada perkara."))


def _lines(counts: KeyCounts) -> list[str]:
    rows = [
        (_("perkara tersegel"), counts.cases),
        (_("pemeriksa tanpa kunci"), counts.without_key),
        (_("kunci yang belum membuka perkara apa pun"), counts.unused_keys),
        (_("perkara dengan satu pemegang kunci"), counts.single_holder),
        (_("perkara tanpa pemegang kunci"), counts.no_holder),
        (_("perkara tanpa kunci pemulihan"), counts.lacking_recovery),
        (_("anggota tanpa peran atau akun aktif"), counts.gone_members),
    ]
    return [counts.region.title, *(f"  {label}: {number}" for label, number in rows)]
