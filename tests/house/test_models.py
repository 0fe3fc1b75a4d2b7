"""Which models are written by actions alone, and that each is shown by its readers' rights."""

import pytest
from django.apps import apps

from forkopimda.lib.guard import GuardedModel, WriteOutsideAction
from forkopimda.people.models import User

OWN = ("forkopimda.", "security", "asn_neutrality")

# Not derived from GuardedModel, and why.
FREE = {
    "people.User": "guards itself: Django notes the sign-in time and re-hashes passwords",
}


def own_models():
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith(OWN)
        for model in config.get_models()
    ]


def test_every_model_is_guarded_or_has_a_reason_not_to_be():
    free = {m._meta.label for m in own_models() if not issubclass(m, GuardedModel)}

    assert free == set(FREE)


def test_every_model_can_say_what_a_reader_may_see():
    silent = [m._meta.label for m in own_models() if not hasattr(m.objects, "visible_to")]

    assert not silent


def test_the_user_is_not_written_outside_actions_either(person):
    user = person("viewer")
    user.display_name = "Lain"
    with pytest.raises(WriteOutsideAction):
        user.save()
    with pytest.raises(WriteOutsideAction):
        user.delete()
    with pytest.raises(WriteOutsideAction):
        User.objects.all().update(display_name="Lain")
