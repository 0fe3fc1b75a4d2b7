"""The only writers of regions and their boundaries."""

from .boundaries import BoundariesLoaded, load_boundaries
from .regions import RegionsLoaded, edit_region, load_regions
from .schematic import make_schematic
from .unions import Derived, derive_boundaries

__all__ = [
    "BoundariesLoaded",
    "Derived",
    "RegionsLoaded",
    "derive_boundaries",
    "edit_region",
    "load_boundaries",
    "load_regions",
    "make_schematic",
]
