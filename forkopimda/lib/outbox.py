"""The way out: what must be sent is a row, leased, sent, and noted as sent or to be tried again.

A lease keeps two workers from sending the same row; when its holder dies, the lease runs out and
the row is due again. What was handed to the mail server just before such a death may go out
twice: at least once is promised, never "not at all".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .authority import SYSTEM, System
from .guard import GuardedModel, GuardedQuerySet, action
from .mail import Mailer

#: How long a worker may hold a row; longer than a chunk takes on a mail server that times out
#: at each. After that another worker may take it.
LEASE = timedelta(minutes=6)
#: Rows leased and noted together: what a worker's death in between may send twice.
CHUNK = 20
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=4)
#: After this long a message is no news any more; a mail server away for hours loses none.
GIVE_UP_AFTER = timedelta(days=1)


class State(models.TextChoices):
    """Where a row stands on its way out."""

    QUEUED = "queued", _("menunggu")
    SENDING = "sending", _("sedang dikirim")
    SENT = "sent", _("terkirim")
    FAILED = "failed", _("gagal")
    NO_ADDRESS = "no_address", _("hanya di aplikasi")


class OutboxQuerySet(GuardedQuerySet):
    """Queries on what is to be sent."""

    def due(self) -> OutboxQuerySet:
        """Those to send now: queued ones whose time has come, and sendings given up for dead."""
        now = timezone.now()
        return self.filter(
            Q(state=State.QUEUED, next_attempt_at__lte=now)
            | Q(state=State.SENDING, leased_until__lt=now)
        )


class OutboxItem(GuardedModel):
    """Base of a row that is mailed to one address."""

    address = models.EmailField(_("alamat surel"), blank=True)
    state = models.CharField(
        _("keadaan"), max_length=10, choices=State.choices, default=State.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    next_attempt_at = models.DateTimeField(_("percobaan berikutnya"), default=timezone.now)
    leased_until = models.DateTimeField(_("dipegang sampai"), null=True, blank=True)
    sent_at = models.DateTimeField(_("terkirim"), null=True, blank=True)
    last_error = models.CharField(_("kesalahan terakhir"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def born_at(self) -> datetime:
        """When what it says was news."""
        raise NotImplementedError


def constraints(name: str) -> list[models.CheckConstraint]:
    """The constraints of an outbox table; constraint names start with `name`."""
    return [
        models.CheckConstraint(
            name=f"{name}_sent_has_time", condition=~Q(state="sent") | Q(sent_at__isnull=False)
        ),
        models.CheckConstraint(
            name=f"{name}_sending_has_lease",
            condition=~Q(state="sending") | Q(leased_until__isnull=False),
        ),
    ]


def due_index(name: str) -> models.Index:
    """The small index that finds what is due."""
    return models.Index(
        fields=["next_attempt_at"], name=name, condition=Q(state__in=["queued", "sending"])
    )


@action
def claim_due(*, by: System = SYSTEM, rows: OutboxQuerySet, limit: int) -> list[Any]:
    """Leases up to `limit` due rows to the caller, oldest first. Gives their keys."""
    due = rows.due().order_by("next_attempt_at").select_for_update(skip_locked=True, of=("self",))
    keys = list(due.values_list("pk", flat=True)[:limit])
    rows.model.objects.filter(pk__in=keys).update(
        state=State.SENDING, leased_until=timezone.now() + LEASE
    )
    return keys


@action
def note_sent(*, by: System = SYSTEM, items: Iterable[OutboxItem]) -> None:
    """Notes that the mail server has taken these rows (all of one model)."""
    items = list(items)
    if items:
        type(items[0]).objects.filter(pk__in=[item.pk for item in items]).update(  # type: ignore[attr-defined]
            state=State.SENT,
            sent_at=timezone.now(),
            leased_until=None,
            last_error="",
            attempts=F("attempts") + 1,
        )


@action
def note_failed(*, by: System = SYSTEM, item: OutboxItem, error: str, final: bool) -> None:
    """Notes a failed attempt: tried again after a growing wait, given up when `final` or when the
    news is older than GIVE_UP_AFTER."""
    now = timezone.now()
    given_up = final or item.born_at < now - GIVE_UP_AFTER
    type(item).objects.filter(pk=item.pk).update(  # type: ignore[attr-defined]
        state=State.FAILED if given_up else State.QUEUED,
        attempts=F("attempts") + 1,
        leased_until=None,
        last_error=error[:300],
        next_attempt_at=now + min(FIRST_WAIT * 2 ** min(item.attempts, 10), LONGEST_WAIT),
    )


def send_due(rows: OutboxQuerySet, compose: Callable[[Any, BaseEmailBackend], EmailMessage]) -> int:
    """Sends all due rows over one connection. Gives how many were sent.

    `rows` selects what `compose(row, connection)` needs. Safe to run twice and at the same time.
    """
    total = 0
    with Mailer() as mailer:
        while not mailer.broken and (keys := claim_due(rows=rows, limit=CHUNK)):
            items = list(rows.filter(pk__in=keys).order_by("pk"))
            outcomes = [mailer.send(item, compose) for item in items]
            sent = [outcome.item for outcome in outcomes if not outcome.error]
            note_sent(items=sent)
            for outcome in outcomes:
                if outcome.error:
                    note_failed(item=outcome.item, error=outcome.error, final=outcome.final)
            total += len(sent)
    return total
