"""A phone for tests that walk through pages as people do."""

from playwright.sync_api import expect

WIDTH, HEIGHT = 390, 844


class Phone:
    """A person's phone; whatever page it shows must fit its width."""

    def __init__(self, page):
        self.page = page

    def shows(self, words):
        """What is on the page: its heading, or a line of text. Then the page is measured."""
        expect(self.page.get_by_text(words).filter(visible=True).first).to_be_visible()
        self.page.wait_for_load_state()
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= WIDTH, f"{self.page.url} scrolls sideways on a phone: {width} px"

    def open(self, address, words):
        self.page.goto(address)
        self.shows(words)

    def press(self, name, words):
        self.page.get_by_role("button", name=name, exact=True).click()
        self.shows(words)

    def follow(self, name, words):
        self.page.get_by_role("link", name=name, exact=True).click()
        self.shows(words)

    def field(self, label):
        """The field of that label; sections of the same name are no fields."""
        fields = self.page.locator("input, textarea, select")
        return self.page.get_by_label(label, exact=True).and_(fields)

    def fill(self, label, value):
        self.field(label).fill(value)

    def pick(self, label):
        self.field(label).check()
