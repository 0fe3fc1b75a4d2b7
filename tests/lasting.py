"""What is costly to make stands in the database for a whole module; each test gets it unchanged."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction

T = TypeVar("T")


@contextmanager
def lasting(blocker: Any, build: Callable[[], T]) -> Iterator[T]:
    """What `build` makes, in a transaction around those of the module's tests; then it is gone.

    `blocker` is pytest-django's fixture `django_db_blocker`. Each test must ask for `db`.
    """
    with blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        try:
            made = build()
        except BaseException:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
            raise
    yield made
    with blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)
