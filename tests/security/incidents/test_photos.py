"""Photos come out without what the camera wrote beside them, and only to who may see them."""

import io

from PIL import Image

from security.models import Incident, IncidentPhoto
from tests.conftest import ASAHAN, LAUT_TADOR, SEI_SUKA

from .reporting import GPS, camera_picture, picture, report, sent, upload

JSON = {"Accept": "application/json"}


def served(client, query=""):
    photo = IncidentPhoto.objects.latest("pk")
    return client.get(f"/insiden/{photo.incident_id}/foto/{photo.pk}/{query}")


def stored(media):
    return [path for path in media.rglob("*") if path.is_file()]


def test_place_and_camera_are_gone_from_what_is_stored_and_served(client, media):
    original = camera_picture()
    with Image.open(io.BytesIO(original)) as taken:
        assert taken.getexif().get_ifd(GPS)  # the test's own photo tells where it was taken

    client.post("/insiden/baru/", sent(photos=[upload(original)]))

    answer = served(client)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    for content in (
        answer.content,
        stored(media)[0].read_bytes(),
        served(client, "?kecil").content,
    ):
        with Image.open(io.BytesIO(content)) as shown:
            assert not shown.getexif()
            assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        for secret in (b"Exif", b"Rahasia", b"saksi", b"adobe"):
            assert secret not in content


def test_a_photo_taken_sideways_is_stored_upright(client):
    client.post("/insiden/baru/", sent(photos=[upload(camera_picture(orientation=6))]))

    with Image.open(io.BytesIO(served(client).content)) as shown:
        assert shown.size == (480, 640)
        assert min(shown.getpixel((470, 10))) > 240  # its white corner, once at the left


def test_a_large_photo_is_stored_smaller_and_shown_smaller_still(client):
    client.post("/insiden/baru/", sent(photos=[upload(picture(4000, 3000))]))

    photo = IncidentPhoto.objects.get()
    assert (photo.width, photo.height) == (1600, 1200)
    with Image.open(io.BytesIO(served(client, "?kecil").content)) as small:
        assert small.size == (320, 240)


def test_other_pictures_become_jpeg_and_what_shows_through_becomes_white(client):
    for kind in ("PNG", "WEBP"):
        stream = io.BytesIO()
        Image.new("RGBA", (50, 40), (0, 0, 0, 0)).save(stream, kind)
        client.post("/insiden/baru/", sent(photos=[upload(stream.getvalue(), "gambar.png")]))

        with Image.open(io.BytesIO(served(client).content)) as shown:
            assert (shown.format, shown.getpixel((5, 5))) == ("JPEG", (255, 255, 255))


HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100
HUGE = io.BytesIO()
Image.new("1", (10_000, 7_000)).save(HUGE, "PNG")


NO_PHOTOS = [
    (b"", "kosong"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan foto"),
    (b"GIF89a" + b"\x00" * 50, "bukan foto"),
    (HEIC, "berformat HEIC"),
    (picture()[:2000], "rusak atau terpotong"),
    (HUGE.getvalue(), "64 megapiksel"),
    (picture() + b"\x00" * (12 * 1024 * 1024), "paling besar"),
]


def test_what_is_no_photo_is_refused_by_name_and_nothing_is_stored(client, media):
    for content, words in NO_PHOTOS:
        photos = [upload(picture()), upload(content, "kamera.jpg")]
        answer = client.post("/insiden/baru/", sent(photos=photos), headers=JSON)

        assert answer.status_code == 422, words
        message = " ".join(answer.json()["errors"]["photos"])
        assert words in message
        assert "kamera.jpg" in message
    assert not Incident.objects.exists()
    assert not stored(media)


def test_more_than_eight_photos_are_refused_at_once_and_one_by_one(client, media):
    many = [upload(picture(40 + number, 40)) for number in range(9)]
    answer = client.post("/insiden/baru/", sent(photos=many), headers=JSON)
    assert "Paling banyak 8 foto" in answer.json()["errors"]["photos"][0]

    client.post("/insiden/baru/", sent(photos=[upload(picture(40 + n, 40)) for n in range(8)]))
    address = f"/insiden/{Incident.objects.get().pk}/foto/"
    refused = client.post(address, {"photos": [upload(picture(99, 40))]})
    assert refused.status_code == 422
    assert "Paling banyak 8 foto" in refused.content.decode()
    assert IncidentPhoto.objects.count() == len(stored(media)) == 8


def test_the_same_photo_twice_is_stored_once(client, media):
    client.post("/insiden/baru/", sent(photos=[upload(picture()), upload(camera_picture())]))
    incident = Incident.objects.get()
    again = client.post(
        f"/insiden/{incident.pk}/foto/", {"photos": [upload(picture())]}, follow=True
    )

    assert "0 foto ditambahkan." in again.content.decode()
    assert IncidentPhoto.objects.count() == len(stored(media)) == 1


def test_who_reported_or_works_it_adds_photos_and_no_other(
    regions, client, officer, person, sign_in
):
    incident = report(regions[SEI_SUKA], by=officer)
    address = f"/insiden/{incident.pk}/foto/"

    def add(browser, width):
        return browser.post(address, {"photos": [upload(picture(width, 40))]}).status_code

    assert add(client, 51) == 302
    assert add(sign_in(person("police_operator", SEI_SUKA)), 52) == 302
    assert add(sign_in(person("police_approver")), 53) == 302
    assert add(sign_in(person("police_operator", LAUT_TADOR)), 54) == 403
    assert add(sign_in(person("secretariat")), 55) == 403
    assert incident.photos.count() == 3


def test_a_photo_is_shown_to_readers_of_the_regency_alone_and_sent_once(client, person, sign_in):
    client.post("/insiden/baru/", sent(photos=[upload(picture())]))

    first = served(sign_in(person("viewer")))
    assert first.status_code == 200
    assert "private" in first["Cache-Control"]
    reader = sign_in(person("viewer"))
    photo = IncidentPhoto.objects.get()
    address = f"/insiden/{photo.incident_id}/foto/{photo.pk}/"
    assert reader.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert reader.get(f"/insiden/{photo.incident_id + 1}/foto/{photo.pk}/").status_code == 404
    assert served(sign_in(person("viewer", ASAHAN))).status_code == 404
