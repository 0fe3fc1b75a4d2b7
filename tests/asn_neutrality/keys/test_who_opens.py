"""Whatever was done to keys and memberships, exactly its members open a case, and no store does."""

import random
from base64 import b64encode
from io import StringIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection

from asn_neutrality import actions
from asn_neutrality.actions.keys import unlock
from asn_neutrality.entries import open_report
from asn_neutrality.models import Member, Report
from asn_neutrality.sealing.codes import open_code
from asn_neutrality.sealing.shares import combine
from forkopimda.lib import live
from tests.asn_neutrality.keys.conftest import (
    NEW_PASSPHRASE,
    OFFICES,
    opened_by,
    reads,
    recovers,
    unwraps,
)
from tests.asn_neutrality.made import PASSPHRASE, attachment, unlock_desk
from tests.conftest import BATU_BARA

STEPS = 40


class World:
    """A case, its people, and what is expected of whom: the model beside the product."""

    def __init__(self, case, people, shares):
        self.case = case
        self.people = people
        self.members = set(people)
        self.holders = set(people)
        self.barred = set()
        self.shares = shares
        self.shared_recovery = True

    def one(self, dice, people):
        return dice.choice(sorted(people, key=lambda user: user.pk))

    def opened(self, user):
        return opened_by(self.case, user)

    def add(self, by, user):
        if user in self.members or user in self.barred:
            return
        actions.add_member(by=by, opened=self.opened(by), user=user, why="load")
        self.members.add(user)
        self.holders.add(user)

    def remove(self, by, user):
        if user == by or user not in self.members:
            return
        member = Member.objects.get(case=self.case, user=user, removed_at=None)
        actions.remove_member(by=by, opened=self.opened(by), member=member, why="done")
        self._left(user)

    def recuse(self, by, _user):
        why = "conflict" if len(self.people) - len(self.barred) > 3 else "moved"
        actions.recuse(by=by, opened=self.opened(by), why=why)
        self._left(by)
        if why == "conflict":
            self.barred.add(by)

    def rotate(self, by, _user):
        actions.rotate_key(by=by, opened=self.opened(by))
        self.shared_recovery = True

    def lose(self, _by, user):
        actions.make_key(by=user, passphrase=PASSPHRASE)
        self.holders.discard(user)

    def change(self, _by, user):
        actions.change_passphrase(by=user, old=PASSPHRASE, new=NEW_PASSPHRASE)
        actions.change_passphrase(by=user, old=NEW_PASSPHRASE, new=PASSPHRASE)

    def share_again(self, by, user):
        try:
            actions.share_again(by=by, private=unlock(by, PASSPHRASE), user=user)
        except ValidationError:
            assert user == by
        if user in self.members:
            self.holders.add(user)

    def new_recovery(self, by, _user):
        ceremony = actions.make_recovery(
            by=by, region=self.case.region, holders=OFFICES, threshold=2
        )
        actions.prove_recovery(by=by, shares=ceremony.shares[1:])
        actions.share_recovery(by=by, private=unlock(by, PASSPHRASE))
        self.shares = ceremony.shares

    def recover(self, by, user):
        actions.recover(by=by, shares=self.shares[:2], user=user, why="uji")
        if user not in self.barred:
            self.members.add(user)
            self.holders.add(user)

    def _left(self, user):
        self.members.discard(user)
        self.holders.discard(user)

    def check(self, step):
        opening = {user for user in self.people if reads(self.case, user)}
        assert opening == self.holders, step
        assert {user for user in self.people if unwraps(self.case, user)} == self.holders, step
        present = Member.objects.filter(case=self.case, removed_at=None)
        assert {member.user for member in present} == self.members, step
        assert recovers(self.case, combine(self.shares[:2])), step


def test_exactly_the_members_with_their_keys_and_the_recovery_key_open_a_case(
    examiner, report, recovery
):
    people = [examiner() for _number in range(5)]
    shares = recovery(people[0])
    received = report(files=[attachment()])
    world = World(received.report.case, people, shares)
    dice = random.Random(20241127)  # noqa: S311  # the same steps each time
    steps = [
        *("add", "remove", "recuse", "rotate", "lose", "change"),
        *("share_again", "new_recovery", "recover"),
    ]
    done = set()
    for number in range(STEPS):
        able = world.holders or set(people)
        step = dice.choice(steps if world.holders else ["recover"])
        by, user = world.one(dice, able), world.one(dice, people)
        getattr(world, step)(by, user)
        world.check(f"{number}: {step}")
        done.add(step)
    assert done == set(steps)
    code = open_code(received.code)
    mine = open_report(Report.objects.get(), code.key)
    assert mine.read(received.report.entries.first())


def written(secret):
    """A secret as it may stand in text: in hex, and in base64 at any offset."""
    found = {secret.hex().encode(), secret}
    for shift in range(3):
        coded = b64encode(b"\0" * shift + secret)
        found.add(coded[4 if shift else 0 : -4])
    return found


def rows():
    """All rows of all tables, as the database writes them down."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608  # from the catalogue
            yield from (row.encode() for (row,) in cursor.fetchall())


def redis():
    """All keys and values of the test's Redis."""
    client = live.client()
    for key in client.scan_iter():
        kind = client.type(key)
        value = client.get(key) if kind == "string" else client.dump(key) if not kind else ""
        yield f"{key} {value}".encode()


def test_no_row_no_redis_key_and_no_setting_holds_a_key(examiner, report, recovery, sign_in):
    user = examiner()
    shares = recovery(user)
    received = report(files=[attachment()])
    case = received.report.case
    unlock_desk(sign_in(user), user, [case])
    opened = opened_by(case, user)
    [file] = opened.files(case.entries.get(kind="narrative"))
    secrets = {
        "private key": unlock(user, PASSPHRASE),
        "recovery key": combine(shares[:2]),
        "key of the case": opened.key,
        "key of the report": opened.report_key(received.report),
        "key of the file": file.key,
        "code": received.code.encode(),
        "passphrase": PASSPHRASE.encode(),
        **{f"share {n}": share.encode() for n, share in enumerate(shares)},
    }
    known = vars(settings._wrapped).items()
    stored = b"\n".join([*rows(), *redis(), *(f"{name}={value}".encode() for name, value in known)])
    assert case.number.encode() in stored, "nothing was scanned"

    found = {name for name, secret in secrets.items() if any(w in stored for w in written(secret))}

    assert not found


def test_the_operator_is_told_counts_and_no_case(examiner, person, report, recovery):
    user, fellow = examiner(), examiner()
    person("asn_examiner")
    cases = [report().report.case, report().report.case]
    actions.recuse(by=fellow, opened=opened_by(cases[0], fellow), why="moved")
    out = StringIO()

    call_command("case_keys", stdout=out)

    lines = [line.strip() for line in out.getvalue().splitlines()]
    assert lines == [
        "Kabupaten Batu Bara",
        "perkara tersegel: 2",
        "pemeriksa tanpa kunci: 1",
        "kunci yang belum membuka perkara apa pun: 0",
        "perkara dengan satu pemegang kunci: 1",
        "perkara tanpa pemegang kunci: 0",
        "perkara tanpa kunci pemulihan: 2",
        "anggota tanpa peran atau akun aktif: 0",
    ]
    assert cases[0].number not in out.getvalue()
    assert BATU_BARA not in out.getvalue()
    recovery(user)
    actions.share_recovery(by=user, private=unlock(user, PASSPHRASE))
    actions.make_key(by=user, passphrase=NEW_PASSPHRASE)
    out = StringIO()
    call_command("case_keys", stdout=out)
    assert "perkara tanpa kunci pemulihan: 0" in out.getvalue()
    assert "perkara tanpa pemegang kunci: 1" in out.getvalue()
