"""Rules of the house that need a look at the whole of it."""

import ast
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from celery import current_app
from django.forms import ChoiceField
from django.template.loader import render_to_string
from django.utils import timezone, translation

from forkopimda.lib.forms import Choices, Form

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = [
    path
    for folder in ("forkopimda", "security", "asn_neutrality", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST = 320


def test_every_scheduled_task_exists():
    current_app.loader.import_default_modules()
    from forkopimda.config.celery import app

    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in app.tasks


def test_every_page_has_a_title_of_its_own():
    untitled = [
        path.name
        for path in TEMPLATES
        if '{% extends "base.html" %}' in path.read_text()
        and not path.name.startswith("_")
        and "{% block title %}" not in path.read_text()
    ]
    assert not untitled


def test_no_template_runs_inline_script_or_style():
    for path in TEMPLATES:
        text = path.read_text()
        assert not re.search(r"\son\w+=|\sstyle=|<style|javascript:", text), path
        for tag in re.findall(r"<script[^>]*>", text):
            assert "src=" in tag, f"{path}: {tag}"


def test_no_page_asks_a_stranger_for_anything():
    for path in [*TEMPLATES, *(ROOT / "static").rglob("*.*")]:
        for address in re.findall(r"https?://[\w.-]+", path.read_text()):
            assert address == "http://www.w3.org", f"{path}: {address}"


def test_files_can_be_read_in_one_sitting():
    long = {path.name: n for path in CODE if (n := len(path.read_text().splitlines())) > LONGEST}

    assert not long


def test_imports_stand_at_the_top():
    """Inside functions only in apps' ready(), and in tests."""
    hidden = []
    for path in CODE:
        if "tests" in path.parts or path.name == "apps.py":
            continue
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                hidden += [
                    f"{path.relative_to(ROOT)}:{node.lineno}"
                    for node in ast.walk(function)
                    if isinstance(node, ast.Import | ast.ImportFrom)
                ]
    assert not hidden


def test_every_setting_of_the_environment_stands_in_the_readme():
    source = (ROOT / "forkopimda/config/settings.py").read_text()
    names = set(re.findall(r'read\(_env\.\w+, "(\w+)"', source))
    table = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE))

    assert names == table


def manage(*arguments, **changed):
    env = {k: v for k, v in (os.environ | changed).items() if v is not None}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_production_settings_pass_djangos_own_check():
    result = manage("check", "--deploy", "--fail-level", "WARNING", HTTPS="true")

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("TRACKING_KEY", None),
        ("TRACKING_KEY", "short"),
        ("DATABASE_URL", "sqlite:///db"),
        ("DATABASE_URL", "postgresql://localhost"),
        ("REDIS_URL", "localhost:6379"),
        ("EMAIL_URL", "mailto:x"),
        ("BASE_URL", "forkopimda.example"),
        ("DEBUG", "perhaps"),
        ("HTTPS", "2"),
    ],
)
def test_a_missing_or_malformed_setting_stops_the_start_by_name(name, value):
    result = manage("check", **{name: value})

    assert result.returncode != 0
    assert f'Environment variable "{name}"' in result.stderr.splitlines()[-1]


def test_tests_can_not_reach_the_network():
    with socket.socket() as way_out, pytest.raises(RuntimeError, match="network"):
        way_out.connect(("192.0.2.1", 80))


def test_a_key_above_a_thousand_stays_a_key_in_a_page():
    form = type("Asked", (Form,), {"who": ChoiceField(choices=[(12345, "x")], widget=Choices)})()
    delivery = {
        "pk": 12345,
        "alert": {"headline": "x", "created_at": timezone.now()},
        "acknowledged_at": None,
    }
    with translation.override("id"):
        assert 'value="12345"' in str(form["who"])
        page = render_to_string("alerts/_delivery.html", {"delivery": delivery})
        assert 'id="delivery-12345"' in page
