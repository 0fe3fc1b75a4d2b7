"""The only writers of alerts and deliveries."""

from .outbox import claim_due, note_failed, note_sent
from .raising import acknowledge, mark_seen, raise_alert

__all__ = ["acknowledge", "claim_due", "mark_seen", "note_failed", "note_sent", "raise_alert"]
