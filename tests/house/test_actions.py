"""Writers keep the house's form, and each act reads in words."""

import ast
import inspect
from importlib import import_module
from pathlib import Path

import pytest

from forkopimda.audit.words import in_words, known_actions

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = [
    "asn_neutrality.actions",
    "forkopimda.alerts.actions",
    "forkopimda.audit.actions",
    "forkopimda.elections.actions",
    "forkopimda.meetings.actions",
    "forkopimda.people.actions",
    "forkopimda.regions.actions",
    "security.actions",
]


#: What notes an act that is its second argument.
NOTING = {"note", "_record"}


def sources():
    for folder in ("forkopimda", "security", "asn_neutrality"):
        yield from (
            path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts
        )


def writers(name):
    module = import_module(name)
    public = getattr(module, "__all__", None) or [n for n in vars(module) if not n.startswith("_")]
    for entry in public:
        function = getattr(module, entry)
        if inspect.isfunction(function) and function.__module__.startswith(name):
            yield function


def test_every_app_with_actions_is_in_the_list():
    found = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for folder in ("forkopimda", "security", "asn_neutrality")
        for path in (ROOT / folder).rglob("actions*")
        if path.name in {"actions.py", "actions"}
    }
    assert found == set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_each_writer_is_an_action_with_keywords_and_an_actor(name):
    for function in writers(name):
        assert getattr(function, "is_action", False), f"{function.__name__} is no action"
        parameters = inspect.signature(function).parameters
        assert "by" in parameters, f"{function.__name__} has no actor"
        assert all(p.kind in {p.KEYWORD_ONLY, p.VAR_KEYWORD} for p in parameters.values()), (
            function.__name__
        )


def literal_keyword(call, keyword):
    for argument in call.keywords:
        if argument.arg == keyword and isinstance(argument.value, ast.Constant):
            return argument.value.value
    return None


def literal_second(call):
    second = call.args[1] if len(call.args) > 1 else None
    value = second.value if isinstance(second, ast.Constant) else None
    return value if isinstance(value, str) and "." in value else None


def test_each_act_that_is_recorded_reads_in_words():
    acts = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name == "record" and (act := literal_keyword(node, "act")):
                    acts.add(act)
                if name in NOTING and (act := literal_second(node)):
                    acts.add(act)
    assert {"security.rate_region", "asn_neutrality.move"} <= acts, "looks in the wrong place"
    assert acts <= known_actions()


def test_a_sentence_survives_a_record_that_lacks_a_name():
    assert in_words("security.rate_region", {"actor": "x"}).startswith("x menetapkan tingkat –")
