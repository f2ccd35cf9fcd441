"""What a reader sees of a page."""

from html.parser import HTMLParser

from django.test import Client

VOID = {"meta", "link", "input", "br", "img", "hr", "path", "rect", "line", "circle"}

BLOCKS = {"p", "li", "dt", "dd", "td", "th", "div", "h1", "h2", "h3"}


class _Reader(HTMLParser):
    """Collects the text of every element that has a class, or is of a tag."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted
        self.depth: int | None = None
        self.open: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        classes = (dict(attrs).get("class") or "").split()
        if self.depth is None and (tag == self.wanted or self.wanted.lstrip(".") in classes):
            self.depth = len(self.open)
            self.found.append("")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        self.handle_data(" " if tag in BLOCKS else "")
        while self.open and self.open.pop() != tag:
            pass
        if self.depth is not None and len(self.open) <= self.depth:
            self.depth = None

    def handle_data(self, data: str) -> None:
        if self.depth is not None:
            self.found[-1] += data


def texts(page: str, wanted: str) -> list[str]:
    """The text of each element of that tag, or with that ".class", white space made plain."""
    reader = _Reader(wanted)
    reader.feed(page)
    return [" ".join(text.split()) for text in reader.found]


def get(path: str, **params: str) -> str:
    """The page at a path; it must be there."""
    response = Client().get(path, params)
    assert response.status_code == 200
    return response.content.decode()


def sections(page: str) -> list[tuple[str, list[str]]]:
    """Each heading of a list of milestones, with the titles under it."""
    parts = page.split('<section class="section"')[1:]
    return [(texts(part, "h2")[0], texts(part, "h3")) for part in parts]
