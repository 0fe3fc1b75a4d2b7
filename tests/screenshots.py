"""`make screenshots`: the README's pictures, taken from a running demo.

Reads DEMO_URL (http://127.0.0.1:8000). It signs in and looks; it changes nothing in the demo.
"""

import os
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from forkopimda.demo import PASSWORD
from tests import chromium

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "img"
LARGEST = 150_000  # bytes of one picture
COLOURS = 128


@dataclass(frozen=True)
class Shot:
    """One picture: who looks at which page, on a screen of which size."""

    name: str
    username: str
    path: str
    width: int
    height: int
    scale: int = 1
    whole: bool = False  # the page to its end, or what fits the screen
    mapped: bool = False  # the page has a map, to be waited for


SHOTS = (
    Shot("dashboard", "bupati", "/", 1280, 900, mapped=True),
    Shot("dashboard-phone", "bupati", "/", 390, 844, scale=2, mapped=True),
    Shot("region", "polres", "/kerawanan/12.19.08/", 1280, 900, whole=True),
)


def sign_in(page: Page, url: str, username: str) -> None:
    page.goto(f"{url}/akun/masuk/")
    page.get_by_label("Nama pengguna atau surel").fill(username)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(f"{url}/")


def take(browser: Browser, url: str, shot: Shot) -> bytes:
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        device_scale_factor=shot.scale,
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        color_scheme="light",
    )
    page = context.new_page()
    sign_in(page, url, shot.username)
    page.goto(url + shot.path)
    expect(page.locator("#live-state")).to_have_attribute("data-state", "live")
    if shot.mapped:
        expect(page.locator("#risk-map")).to_have_attribute("data-ready", "yes")
    picture = page.screenshot(full_page=shot.whole, animations="disabled")
    context.close()
    return picture


def store(picture: bytes, path: Path) -> int:
    """Write the picture with a palette, as small as PNG gets; its size in bytes."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path.stat().st_size


def main() -> int:
    url = os.environ.get("DEMO_URL", "http://127.0.0.1:8000").rstrip("/")
    program = chromium.find()
    if program is None:
        print(f"Screenshots need Chromium: {chromium.HOW_TO_GET_IT}", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chromium.ARGUMENTS)
        for shot in SHOTS:
            path = FOLDER / f"{shot.name}.png"
            try:
                size = store(take(browser, url, shot), path)
            except (Error, AssertionError) as error:
                print(f"{shot.name}: {error}\nDoes a demo run at {url}?", file=sys.stderr)
                return 1
            print(f"{path.relative_to(FOLDER.parent.parent)}: {size / 1000:.0f} kB", flush=True)
            if size > LARGEST:
                print(f"{path.name} is larger than {LARGEST / 1000:.0f} kB", file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
