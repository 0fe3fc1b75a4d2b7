"""A police officer's phone: signs in, and writes reports of incidents as officers do."""

import io

from PIL import Image
from playwright.sync_api import expect

from tests.conftest import PASSWORD

from .phone import HEIGHT, WIDTH, Phone

#: Where the phone stands: in the middle of Kecamatan Laut Tador.
HERE = {"latitude": 3.3124, "longitude": 99.2808, "accuracy": 12}


def photo(side=2400):
    """A photo as a phone takes it, larger than what is sent."""
    taken = io.BytesIO()
    Image.effect_mandelbrot((side, side * 3 // 4), (-2, -1, 1, 1), 20).convert("RGB").save(
        taken, "JPEG"
    )
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": taken.getvalue()}


class Officer(Phone):
    """Somebody of the police with a phone in one hand."""

    def __init__(self, site, page):
        super().__init__(page)
        self.site = site

    def sign_in(self, username, words="Laporkan insiden", path="/insiden/baru/"):
        """Signs in on the way to a page."""
        self.page.goto(f"{self.site}{path}")
        self.page.get_by_label("Nama pengguna atau surel").fill(username)
        self.page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Masuk").click()
        self.shows(words)

    def ready(self):
        """The form has its script, and the phone can open it without a network."""
        expect(self.page.locator("#report[data-ready]")).to_be_attached()
        expect(self.page.get_by_text("dapat dibuka tanpa jaringan di ponsel ini")).to_be_visible()

    def write(self, words, kecamatan="12.19.08"):
        """Kind, severity, words, and a region from the list."""
        self.pick("Unjuk rasa")
        self.pick("Ringan")
        self.fill("Uraian singkat", words)
        self.page.get_by_label("Kecamatan atau desa").select_option(kecamatan)

    def add_photo(self, picture, count=1):
        self.page.locator("[data-files=gallery]").set_input_files([picture])
        expect(self.page.locator("[data-previews] canvas")).to_have_count(count)

    def send(self):
        self.page.get_by_role("button", name="Kirim laporan").click()

    @property
    def waiting(self):
        """The reports that this phone still has."""
        return self.page.locator(".outbox-line")


def officer(site, open_browser, **options):
    """An officer with a phone of their own."""
    return Officer(site, open_browser(WIDTH, HEIGHT, **options))
