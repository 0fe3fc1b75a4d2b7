"""Needs of guards beside who is posted: of one class, of one region, of several regions."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forkopimda.regions.models import Region


@dataclass
class Cell:
    """The stations of one class in a region: police asked for and posted at them."""

    risk_class: str
    stations: int = 0
    needed: int = 0
    posted: Fraction = field(default_factory=Fraction)
    guarded: int = 0

    @property
    def shown(self) -> int:
        """Posted police in whole people; who guards two classes counts in part for each."""
        return int(self.posted)

    @property
    def short(self) -> int:
        """How many police are missing: never less than none."""
        return max(0, ceil(self.needed - self.posted))

    @property
    def unguarded(self) -> int:
        """Stations at which no police are posted."""
        return max(0, self.stations - self.guarded)


@dataclass
class Row:
    """One region: its classes, its Linmas, and who else is posted."""

    region: Region
    cells: dict[str, Cell] = field(default_factory=dict)
    linmas_needed: int = 0
    linmas_posted: int = 0
    patrol: int = 0
    others: dict[str, int] = field(default_factory=lambda: {"tni": 0, "satpol_pp": 0})
    #: Set where classes are not told apart: police needed and posted at stations.
    whole: Cell | None = None

    @property
    def stations(self) -> int:
        """All stations in use."""
        return sum(cell.stations for cell in self._cells)

    @property
    def needed(self) -> int:
        """Police that all classes ask for."""
        return sum(cell.needed for cell in self._cells)

    @property
    def posted(self) -> int:
        """Police posted at stations."""
        return int(sum((cell.posted for cell in self._cells), Fraction()))

    @property
    def short(self) -> int:
        """Police missing: too many at one class help no other."""
        return sum(cell.short for cell in self._cells)

    @property
    def unguarded(self) -> int:
        """Stations at which no police are posted."""
        return sum(cell.unguarded for cell in self._cells)

    @property
    def linmas_short(self) -> int:
        """Linmas missing."""
        return max(0, self.linmas_needed - self.linmas_posted)

    @property
    def _cells(self) -> list[Cell]:
        return [self.whole] if self.whole else list(self.cells.values())


@dataclass(frozen=True)
class Overview:
    """The rows of a region, the most short first, with their totals.

    Without `by_class` a row adds up a regency or a province, whose shortage is then the least
    that it can be: too many people in one place hide too few in another.
    """

    rows: list[Row]
    by_class: bool

    @property
    def unclassed(self) -> bool:
        """Whether some stations have no class."""
        return any("" in row.cells for row in self.rows)

    def total(self, name: str) -> int:
        """The sum of a number of all rows."""
        return sum(getattr(row, name) for row in self.rows)

    @property
    def totals(self) -> dict[str, int]:
        """The sums that the page shows."""
        names = ("stations", "needed", "posted", "short", "unguarded", "patrol")
        found = {name: self.total(name) for name in names}
        for name in ("linmas_needed", "linmas_posted", "linmas_short"):
            found[name] = self.total(name)
        for force in ("tni", "satpol_pp"):
            found[force] = sum(row.others[force] for row in self.rows)
        return found
