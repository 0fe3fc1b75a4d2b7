"""Every page, judged by axe-core in both languages: no serious finding."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from asn_neutrality import example as neutrality_example
from asn_neutrality.models import Case, CivilUnit
from forkopimda.elections import example as elections
from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import example as meetings
from forkopimda.meetings.models import Meeting
from forkopimda.people import example as people
from forkopimda.regions.models import Region
from security import actions
from security import example as security
from tests.asn_neutrality.made import PASSPHRASE
from tests.conftest import LAUT_TADOR, PASSWORD
from tests.house.rights import ADMIN
from tests.security.pages import addresses

pytestmark = pytest.mark.django_db(transaction=True)

BAD = {"serious", "critical"}


def pages(role, scheme):
    meeting = Meeting.objects.get()
    # What all roles see is looked at once; what a role sees otherwise, by that role.
    common = [
        "/",
        "/kerawanan/",
        f"/kerawanan/{LAUT_TADOR}/",
        "/rapat/",
        f"/rapat/{meeting.pk}/",
        "/rapat/tindak-lanjut/",
        "/pemilihan/",
        "/peringatan/",
        "/netralitas-asn/",
        "/akun/",
        "/akun/sandi/",
        "/akun/keluar/",
        "/tidak-ada/",
    ]
    more = {
        "polres": common + addresses(),
        "kesbangpol": [
            "/",
            "/rapat/",
            f"/rapat/{meeting.pk}/",
            "/rapat/tindak-lanjut/",
            "/rapat/baru/",
            *(f"/rapat/{meeting.pk}/{page}/" for page in ("kehadiran", "notulen", "qr")),
            f"/rapat/{meeting.pk}/tindak-lanjut/baru/",
        ],
        "pemeriksa-asn": ["/", "/netralitas-asn/", *neutrality()],
        "admin": [
            "/",
            "/pemilihan/",
            "/admin/",
            # Django's lists are alike: each is looked at in one scheme, a few in both.
            *(
                f"/admin/{label.replace('.', '/')}/"
                for number, label in enumerate(sorted(ADMIN))
                if shown_to_administrators(label) and (scheme == "light" or number % 6 == 0)
            ),
            "/admin/people/user/add/",
            "/admin/people/institution/add/",
        ],
    }
    return more[role]


def shown_to_administrators(label):
    return "administrator" in ADMIN[label]


def neutrality():
    """The desk's pages with the key locked and no case opened, and the public ones. Opened cases,
    receipts and conversations are looked at by the tests of those ways."""
    case = Case.objects.exclude(state="information").first()
    unit = CivilUnit.objects.first()
    desk = ("baru", "tenggat", "kunci", "kunci/pemulihan", "statistik", "ikrar", "ikrar/impor")
    return [
        *(f"/netralitas-asn/{page}/" for page in desk),
        f"/netralitas-asn/{case.pk}/",
        f"/netralitas-asn/{case.pk}/anggota/",
        f"/netralitas-asn/ikrar/unit/{unit.pk}/",
        "/lapor/",
        "/lapor/status/",
    ]


def findings(page):
    result = Axe().run(page)
    return [
        f"{page.url}: {found['id']} {[node['target'] for node in found['nodes']][:3]}"
        for found in result.response["violations"]
        if found["impact"] in BAD
    ]


@pytest.fixture
def site(regions, server):
    people.load(password=PASSWORD)
    security.load()
    elections.load()
    meetings.load()
    neutrality_example.load(passphrase=PASSPHRASE)
    actions.rate_region(
        by=SYSTEM, region=Region.objects.get(pk=LAUT_TADOR), level="high", reason="contoh"
    )
    return server


@pytest.mark.parametrize("username", ["polres", "kesbangpol", "pemeriksa-asn", "admin"])
def test_no_page_has_a_serious_finding(site, open_browser, username):
    page = open_browser(390, 844)
    found = []
    for path in ("/akun/masuk/", "/akun/lupa-sandi/"):
        page.goto(site + path)
        found += findings(page)
    page.goto(site)
    page.get_by_label("Nama pengguna atau surel").fill(username)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.locator("#panel-levels")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for path in pages(username, scheme):
            page.goto(site + path)
            found += findings(page)
    assert not found, "\n".join(found)
