"""A signed-in person's browser without a browser: pages and forms of a running web server."""

import re
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from django.conf import settings


class Visitor:
    """Asks a running server, with the session of a signed-in test client."""

    def __init__(self, url, client):
        self.url = url
        self.session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path):
        """The page's text."""
        return self._ask(path).read().decode()

    def post(self, path, fields):
        """Sends the form of that page; the text of the page that follows."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path)).group(1)
        data = urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        return self._ask(path, data).read().decode()

    def _ask(self, path, data=None):
        cookies = {cookie.name: cookie.value for cookie in self._jar()}
        cookies[settings.SESSION_COOKIE_NAME] = self.session
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        return self.opener.open(Request(self.url + path, data, headers), timeout=30)

    def _jar(self):
        return next(h for h in self.opener.handlers if isinstance(h, HTTPCookieProcessor)).cookiejar
