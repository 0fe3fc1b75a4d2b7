"""The pages of units, as the Polres keeps them."""

import re

import pytest

from forkopimda.lib.authority import SYSTEM
from security import actions
from security.models import Unit
from tests.conftest import ASAHAN, BATU_BARA

from .made import at, make_unit, post
from .reading import text


@pytest.fixture
def polres(person, sign_in):
    return sign_in(person("police_approver"))


def test_a_unit_is_added_and_changed(regions, polres):
    sent = {
        "region": BATU_BARA,
        "kind": "polres",
        "name": "Polres Uji",
        "strength": "40",
        "phone": "0622 123456",
    }
    page = text(polres.post("/pengamanan/satuan/baru/", sent, follow=True))
    assert "Satuan Polres Uji dicatat" in page
    unit = Unit.objects.get()
    listed = polres.get("/pengamanan/satuan/").content.decode()
    assert 'href="tel:0622123456"' in listed

    edit = f"/pengamanan/satuan/{unit.pk}/ubah/"
    seen = re.search(r'name="seen" value="(\w+)"', polres.get(edit).content.decode())[1]
    actions.save_unit(by=SYSTEM, unit=unit, strength=35)
    mine = {"kind": "polres", "name": "Polres Lain", "strength": "50", "in_use": "on"}
    stale = polres.post(edit, mine | {"seen": seen})
    assert stale.status_code == 409
    assert "Orang lain mengubah satuan ini" in text(stale)
    assert 'value="Polres Lain"' in stale.content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', stale.content.decode())[1]
    assert polres.post(edit, mine | {"seen": seen}).status_code == 302
    assert (Unit.objects.get().name, Unit.objects.get().strength) == ("Polres Lain", 50)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"strength": "0"}, "lebih besar"),
        ({"strength": "99999"}, "lebih kecil"),
        ({"phone": "telepon saja"}, "Contoh: 0622"),
        ({"name": "Polsek Uji"}, "sudah ada di wilayah itu"),
        ({"region": ASAHAN}, "valid"),
    ],
)
def test_a_wrong_unit_is_refused_beside_its_field(regions, polres, wrong, said):
    make_unit()
    sent = {"region": BATU_BARA, "kind": "polres", "name": "Lain", "strength": "5"} | wrong

    answer = polres.post("/pengamanan/satuan/baru/", sent)

    assert answer.status_code == 422
    assert said in text(answer)
    assert Unit.objects.count() == 1


def test_units_are_found_by_name_and_kind(regions, polres):
    make_unit(name="Polsek Talawi")
    make_unit(name="Koramil Talawi", kind="koramil", strength=7)
    held = Unit.objects.get(kind="koramil")
    post(held, 3, at(1, 0, month=1, year=2025), at(1, 0, month=4, year=2025))

    found = text(polres.get("/pengamanan/satuan/?cari=talawi&jenis=koramil"))
    assert "Koramil Talawi" in found
    assert "Polsek Talawi" not in found
    assert "Tidak ada satuan yang cocok" in text(polres.get("/pengamanan/satuan/?cari=entah"))
    assert "selesai" in text(polres.get(f"/pengamanan/satuan/{held.pk}/"))
