"""The world of the table of rights, built once per module and given back to each test unchanged."""

import pytest
from django.test import override_settings

from tests.lasting import lasting

from .world import build


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world, in a transaction of its own."""
    media = tmp_path_factory.mktemp("media")

    def make():
        with override_settings(MEDIA_ROOT=media):
            return build(media)

    with lasting(django_db_blocker, make) as world:
        yield world


@pytest.fixture
def world(built, db, settings):
    """The world, as it was built."""
    settings.MEDIA_ROOT = built.media
    return built
