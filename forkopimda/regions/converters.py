"""Region codes in addresses."""

from .models import CODE_PATTERN


class RegionCodeConverter:
    """A Kemendagri code of any level, as "12.19.08"."""

    regex = CODE_PATTERN.strip("^$").replace("(", "(?:")

    def to_python(self, value: str) -> str:
        """The code as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it stands."""
        return value
