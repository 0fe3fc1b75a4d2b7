"""Who may read and write cases, keys, the catalogue and pledges.

Nobody but the examiners of a case and the auditors of its region sees a case; its content opens
only to members who hold a key, auditors included. Everybody else may at most count, and only
where `asn_neutrality.count` says so.
"""

from . import cases, desk, pledges  # noqa: F401  # each names its permissions when it is imported
