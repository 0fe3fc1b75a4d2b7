"""Models that only actions may write.

An action is a function decorated with `action`: it runs in one transaction, and while it runs
guarded models accept writes. Anything else that saves or deletes one is a mistake in the code
and raises `WriteOutsideAction`. Invariants that must hold against SQL as well are constraints
and triggers in the migrations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

P = ParamSpec("P")
R = TypeVar("R")

_writing: ContextVar[bool] = ContextVar("writing", default=False)


class WriteOutsideAction(RuntimeError):
    """A guarded model was written by code that is not an action."""


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Marks a writer: all of it commits or none of it, and guarded models accept its writes."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(), writing():
            return function(*args, **kwargs)

    run.is_action = True  # type: ignore[attr-defined]  # read by the house tests
    return run


@contextmanager
def writing() -> Iterator[None]:
    """Lets guarded models be written; for `action` and for Django's own session of a sign-in."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def check_writing(model: type[models.Model]) -> None:
    """Raises WriteOutsideAction unless an action is running."""
    if not _writing.get():
        raise WriteOutsideAction(f"{model._meta.label} is written by actions only")


class GuardedQuerySet(models.QuerySet[Any]):
    """Refuses bulk writes outside an action; single rows are refused by the model."""

    def update(self, **kwargs: Any) -> int:
        """Changes rows, inside an action only."""
        check_writing(self.model)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Removes rows, inside an action only."""
        check_writing(self.model)
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        """Adds rows, inside an action only."""
        check_writing(self.model)
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        """Changes rows, inside an action only."""
        check_writing(self.model)
        return super().bulk_update(*args, **kwargs)


class GuardedModel(models.Model):
    """Base of every model whose rows only actions write."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the row, inside an action only."""
        check_writing(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Removes the row, inside an action only."""
        check_writing(type(self))
        return super().delete(*args, **kwargs)
