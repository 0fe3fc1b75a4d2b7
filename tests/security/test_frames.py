"""Frames: shipped ones are there, versions are drafted, edited, published, and never rewritten."""

from decimal import Decimal

import pytest
from django.apps.registry import Apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, transaction

from forkopimda.audit.models import AuditEvent
from security import actions
from security.frame_parts import DimensionPart, IndicatorPart
from security.models import Frame, Indicator
from security.shipping import ship_frames
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR

from .assessing import assess, frame


@pytest.fixture
def administrator(person):
    return person("administrator", BATU_BARA)


@pytest.fixture
def draft(administrator, regions):
    return actions.draft_frame(by=administrator, source=frame(), region=regions[BATU_BARA])


# --- Shipped ---


def test_both_frames_are_there_and_say_which_numbers_are_the_products(db):
    police, bawaslu = Frame.objects.in_force(LAUT_TADOR)

    assert (police.code, police.scheme) == ("polri-ipkp", "POLRI_IPKP")
    assert police.dimensions.count() == 5
    assert Indicator.objects.filter(dimension__frame=police).count() == 17
    assert "setelan bawaan produk ini, bukan angka resmi" in police.note
    assert (bawaslu.code, bawaslu.scheme) == ("bawaslu-ikp", "BAWASLU_IKP")
    assert bawaslu.dimensions.count() == 4
    assert Indicator.objects.filter(dimension__frame=bawaslu).count() == 12
    assert (bawaslu.medium_from, bawaslu.high_from) == (Decimal("13.47"), Decimal("49.33"))
    assert "bukan angka resmi" in bawaslu.note
    rows = Indicator.objects.filter(dimension__frame__in=[police, bawaslu])
    assert all(row.guidance and row.weight == 1 for row in rows)


def test_shipping_again_changes_nothing_and_asks_once(db, django_assert_num_queries):
    before = list(Frame.objects.values_list("pk", "version"))

    with django_assert_num_queries(1):
        ship_frames(using=DEFAULT_DB_ALIAS)

    assert list(Frame.objects.values_list("pk", "version")) == before


def test_emptied_tables_get_the_frames_again_as_after_each_flush(db):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE security_frame CASCADE")

    emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)

    assert [row.code for row in Frame.objects.in_force(LAUT_TADOR)] == ["polri-ipkp", "bawaslu-ikp"]
    event = AuditEvent.objects.filter(action="security.ship_frame").first()
    assert (
        str(event) == "sistem memasang kerangka bawaan IKP Bawaslu 2024: indeks kerawanan pemilu v1"
    )


def test_tables_of_an_earlier_state_are_left_alone(db):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE security_frame CASCADE")

    ship_frames(using=DEFAULT_DB_ALIAS, apps=Apps())

    assert not Frame.objects.exists()


# --- Versions, by action ---


def test_a_regencys_own_version_holds_there_and_nowhere_else(administrator, draft):
    published = actions.publish_frame(by=administrator, frame=draft)

    assert frame(region=LAUT_TADOR) == published
    assert frame(region=BATU_BARA) == published
    assert frame(region="12.09.08").region is None
    assert frame(region="12.09.08").state == "published"
    assert (published.version, published.published_at is None) == (2, False)


def test_the_next_version_retires_the_one_before_in_the_same_place(administrator, draft, regions):
    first = actions.publish_frame(by=administrator, frame=draft)
    second = actions.draft_frame(by=administrator, source=first, region=regions[BATU_BARA])
    actions.publish_frame(by=administrator, frame=second)

    states = Frame.objects.filter(region=BATU_BARA).order_by("version")
    assert [(row.version, row.state) for row in states] == [(2, "retired"), (3, "published")]


def test_a_frame_has_one_draft_in_a_place(administrator, draft, regions):
    with pytest.raises(ValidationError, match="Sudah ada konsep versi baru kerangka ini"):
        actions.draft_frame(by=administrator, source=frame(), region=regions[BATU_BARA])


def test_an_administrator_keeps_the_frames_of_their_own_region_alone(person, draft, regions):
    neighbour = person("administrator", ASAHAN)
    for region in (None, regions[BATU_BARA]):
        with pytest.raises(PermissionDenied):
            actions.draft_frame(by=neighbour, source=frame(), region=region)
    for act in (actions.publish_frame, actions.discard_frame):
        with pytest.raises(PermissionDenied):
            act(by=neighbour, frame=draft)
    with pytest.raises(PermissionDenied):
        actions.edit_frame(by=neighbour, frame=draft, dimensions=[], name="Lain")
    with pytest.raises(PermissionDenied):
        actions.draft_frame(by=person("police_approver"), source=frame(), region=None)
    assert not Frame.objects.visible_to(neighbour).filter(pk=draft.pk).exists()


def test_a_draft_without_indicators_is_not_published(administrator, draft):
    actions.edit_frame(by=administrator, frame=draft, dimensions=[])
    with pytest.raises(ValidationError, match="paling sedikit satu dimensi"):
        actions.publish_frame(by=administrator, frame=draft)

    actions.edit_frame(by=administrator, frame=draft, dimensions=[DimensionPart("Kosong", [])])
    with pytest.raises(ValidationError, match="Dimensi “Kosong” belum punya indikator"):
        actions.publish_frame(by=administrator, frame=draft)


def test_a_draft_gets_exactly_the_contents_that_are_handed_in(administrator, draft):
    kept = draft.dimensions.get(code="peserta")
    money = kept.indicators.get(code="politik-uang")
    parts = [
        DimensionPart("Baru", [IndicatorPart("Rapat umum"), IndicatorPart("Rapat umum")]),
        DimensionPart(
            "Peserta pemilihan",
            [IndicatorPart("Uang", "Tanya warga", Decimal("2.5"), pk=money.pk)],
            Decimal(3),
            pk=kept.pk,
        ),
    ]

    actions.edit_frame(by=administrator, frame=draft, dimensions=parts, name="Kerangka kami")

    first, second = draft.dimensions.order_by("position")
    assert (first.code, second.code, second.name) == ("baru", "peserta", "Peserta pemilihan")
    assert [row.code for row in first.indicators.all()] == ["rapat-umum", "rapat-umum-2"]
    assert second.pk == kept.pk
    row = second.indicators.get()
    assert (row.pk, row.name, row.guidance) == (money.pk, "Uang", "Tanya warga")
    assert (row.weight, second.weight) == (Decimal("2.50"), Decimal("3.00"))


@pytest.mark.parametrize("weight", [Decimal(0), Decimal(-1), "banyak"])
def test_a_weight_that_is_no_number_above_zero_is_named(administrator, draft, weight):
    parts = [DimensionPart("Peserta", [IndicatorPart("Politik uang", weight=weight)])]

    with pytest.raises(ValidationError, match="“Politik uang”: "):
        actions.edit_frame(by=administrator, frame=draft, dimensions=parts)

    assert draft.dimensions.count() == 5


def test_what_is_published_is_no_draft_for_anyone(administrator, draft):
    actions.publish_frame(by=administrator, frame=draft)

    for write in (
        lambda: actions.edit_frame(by=administrator, frame=draft, dimensions=[]),
        lambda: actions.discard_frame(by=administrator, frame=draft),
        lambda: actions.publish_frame(by=administrator, frame=draft),
    ):
        with pytest.raises(ValidationError, match="bukan konsep lagi"):
            write()


REWRITES = [
    "UPDATE security_frame SET medium_from = 1",
    "UPDATE security_frame SET state = 'draft', published_at = NULL",
    "DELETE FROM security_frame",
    "UPDATE security_dimension SET weight = 9",
    "DELETE FROM security_dimension",
    "UPDATE security_indicator SET weight = 9",
    "UPDATE security_indicator SET name = 'lain'",
    "INSERT INTO security_indicator (dimension_id, code, name, guidance, weight, position)"
    " SELECT id, 'baru', 'baru', '', 1, 99 FROM security_dimension",
    "DELETE FROM security_indicator",
    "UPDATE security_assessment SET score = 99",
    "DELETE FROM security_assessment",
    "UPDATE security_assessmentscore SET value = 4",
    "DELETE FROM security_assessmentscore",
]


def test_the_database_keeps_published_frames_and_assessments_as_they_are(regions):
    assess(regions[LAUT_TADOR])

    for statement in REWRITES:
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_every_act_on_a_frame_reads_in_words(administrator, draft, regions):
    actions.edit_frame(by=administrator, frame=draft, dimensions=[], note="Catatan")
    actions.discard_frame(by=administrator, frame=draft)
    own = actions.draft_frame(by=administrator, source=frame(), region=regions[BATU_BARA])
    actions.publish_frame(by=administrator, frame=own)

    who, what = administrator.username, str(own)
    said = [str(event) for event in AuditEvent.objects.filter(region=BATU_BARA)]
    for act in (
        f"{who} membuat konsep versi baru kerangka {what}",
        f"{who} mengubah konsep kerangka {what}",
        f"{who} membuang konsep kerangka {what}",
        f"{who} menerbitkan kerangka {what}",
    ):
        assert act in said
    edited = AuditEvent.objects.get(action="security.edit_frame")
    assert edited.data["after"] == {"note": "Catatan"}
    assert "bawaan produk" in edited.data["before"]["note"]
