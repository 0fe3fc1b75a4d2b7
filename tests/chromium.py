"""Finds the Chromium that drives the browser tests and takes the screenshots."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
HOW_TO_GET_IT = "install it (apt-get install chromium) or set CHROMIUM to its path"


def find() -> str | None:
    """Path of the program, or None: CHROMIUM when set, else the first known name on PATH."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return shutil.which(chosen)
    return next((path for name in NAMES if (path := shutil.which(name))), None)
