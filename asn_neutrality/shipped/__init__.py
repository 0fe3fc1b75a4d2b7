"""The catalogue that the product brings: legal kinds, sanctions, terms. Data.

`confirmed` says whether the line's source was seen in an official text; everything else is marked
"to be confirmed by the legal office", which administrators alone are shown.
"""

from .sanctions import SANCTIONS
from .terms import TERMS
from .violations import VIOLATIONS

__all__ = ["SANCTIONS", "TERMS", "VIOLATIONS"]
