"""Files to load, and commands that are run or refused."""

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from forkopimda.audit.models import AuditEvent
from forkopimda.regions import example
from forkopimda.regions.models import Boundary, Region

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED_DATA = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data"))

# The real files are not part of the project: where they are missing, their tests are not there.
collect_ignore = [] if (SHARED_DATA / "regions.csv").exists() else ["test_real_files.py"]


@pytest.fixture
def batubara(db):
    return example.load()


@pytest.fixture
def run():
    """Runs a command; gives what it printed."""

    def run(*args):
        out = StringIO()
        call_command(*map(str, args), stdout=out)
        return out.getvalue()

    return run


@pytest.fixture
def refused(run):
    """Runs a command that must be refused and leave the database as it was; gives the message."""

    def refused(*args):
        before = stored()
        with pytest.raises(CommandError) as caught:
            run(*args)
        assert stored() == before
        return str(caught.value)

    return refused


def stored():
    """All that loading may change."""
    return (
        list(Region.objects.order_by("code").values()),
        list(Boundary.objects.order_by("region").values()),
        AuditEvent.objects.count(),
    )


@pytest.fixture
def csv_file(tmp_path):
    def write(content):
        path = tmp_path / "wilayah.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def geojson_file(tmp_path):
    def write(*features, **members):
        path = tmp_path / "batas.geojson"
        collection = {"type": "FeatureCollection", **members, "features": list(features)}
        path.write_text(json.dumps(collection))
        return path

    return write


def square(west, south, size=0.1):
    """The ring of a square."""
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code, *rings, kind="Polygon", **geometry):
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": kind, "coordinates": list(rings), **geometry},
    }
