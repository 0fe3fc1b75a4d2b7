"""The texts of a page, one by one."""

import re
from html.parser import HTMLParser

SHOWN = {"aria-label", "placeholder", "title", "alt", "data-zoom-in", "data-zoom-out"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
#: Labels that allauth's own forms and pages carry.
ALLAUTH = {
    "Current Password",
    "Email",
    "Email address",
    "Forgot your password?",
    "Login",
    "New Password",
    "New Password (again)",
    "Password",
    "Password (again)",
    "Remember Me",
    "Sign In",
    "Sign Out",
    "Username",
    "Username or email",
}


class Texts(HTMLParser):
    """The texts that a page shows or reads out, but for words marked as another language's."""

    def __init__(self, page):
        super().__init__()
        self.language = None
        self.open = []  # (tag, whether its texts are looked at)
        self.found = set()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "html":
            self.language = attributes["lang"]
        looked_at = (
            tag not in {"script", "style"}
            and attributes.get("lang", self.language) == self.language
            and all(at for _tag, at in self.open)
        )
        if tag not in VOID:
            self.open.append((tag, looked_at))
        if looked_at:
            for name, value in attributes.items():
                if name in SHOWN or name.endswith("-text"):
                    self.add(value)

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if all(looked_at for _tag, looked_at in self.open):
            self.add(data)

    def add(self, text):
        whole = " ".join((text or "").split())
        self.found |= {whole, *(part.strip(" ()✓") for part in re.split(r"[·:]", whole))}


def texts(answer, language):
    parsed = Texts(answer.content.decode())
    assert parsed.language == language, answer.request["PATH_INFO"]
    assert parsed.found - {""}
    return parsed.found
