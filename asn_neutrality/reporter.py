"""Whoever reports: without an account here, or without saying that they have one."""

from __future__ import annotations

from forkopimda.lib.authority import Access


class Reporter:
    """The actor of everything at /lapor/. It has no name, no roles and no address."""

    access = Access()

    def get_username(self) -> str:
        """The word that audit records keep, the same for everybody."""
        return "pelapor"


REPORTER = Reporter()
