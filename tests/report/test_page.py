"""The HTML report: whole, self-contained, stable, safe."""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.report.synthetic_result import build_tree

from dawndusk.core.errors import UserError
from dawndusk.report import figures, page, satellites, strips
from dawndusk.report.charts import STAND_INS
from dawndusk.report.view import View, view_of

VOID = {"meta", "link", "input", "br"}


class Reader(HTMLParser):
    """Collects ids, addresses and text, and checks that every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.loads: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember what the element is and asks for."""
        found = {k: v or "" for k, v in attrs}
        if tag not in VOID:
            self.open.append(tag)
        if "id" in found:
            self.ids.append(found["id"])
        self.loads += [found[k] for k in ("src", "srcset", "poster", "action") if k in found]
        if tag == "link":
            self.loads.append(found.get("href", ""))
        if tag == "a":
            self.links.append(found.get("href", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The same for an element closed at once."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """It must be the last one opened."""
        assert self.open
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def view() -> View:
    """The made-up result."""
    return view_of(build_tree())


@pytest.fixture(scope="module")
def text(view: View) -> str:
    """Its page."""
    return page.page(view)


@pytest.fixture(scope="module")
def parsed(text: str) -> Reader:
    """The page, read."""
    reader = Reader()
    reader.feed(text)
    return reader


def test_the_page_is_whole(parsed: Reader) -> None:
    """Every element is closed in order, and no id stands twice."""
    assert not parsed.open
    assert len(set(parsed.ids)) == len(parsed.ids)


def test_the_page_asks_for_nothing_from_outside(parsed: Reader, text: str) -> None:
    """Nothing is loaded but data inside the file, and the page forbids itself the rest."""
    assert all(x.startswith("data:") for x in parsed.loads)
    assert "default-src 'none'" in text
    assert not re.search(r"url\((?!#)", text)
    assert "@import" not in text


def test_links_inside_the_page_lead_somewhere(parsed: Reader) -> None:
    """Every link to a place in the page has its place."""
    inside = {x[1:] for x in parsed.links if x.startswith("#")}
    assert inside <= set(parsed.ids)
    assert {"capacity", "orders", "triggers", "costs", "orbit", "binding", "assumptions", "s-P040"} <= inside


def test_texts_of_the_scenario_cannot_become_markup(text: str, parsed: Reader) -> None:
    """Markup in names is escaped, and an address that is no web address is not linked."""
    assert "Notes &lt;of&gt; an analyst" in text
    assert "# &lt;b&gt;" in text
    assert not any(x.startswith("javascript") for x in parsed.links)


def test_the_page_is_small(text: str) -> None:
    """The page stays below 1 MB, charts for both widths included."""
    assert len(text.encode()) < 1_000_000


def test_every_chart_has_title_finding_description_and_table(text: str, view: View) -> None:
    """A chart is drawn for wide and narrow screens, said in words, and its numbers stand below it."""
    titles = re.findall(r"<figure>\s*<div class=\"wide\" role=\"img\" aria-label=\"([^\"]{30,})\">", text)
    assert len(titles) == 7
    assert len(re.findall(r'<div class="narrow" role="img"', text)) == 7
    assert len(re.findall(r"<summary>Numbers: ", text)) >= 7


def test_charts_use_only_colours_of_the_page(text: str) -> None:
    """No stand-in colour and no colour of matplotlib's own is left in any chart."""
    drawings = re.findall(r"<svg.*?</svg>", text, flags=re.DOTALL)
    assert drawings
    for drawing in drawings:
        assert not re.search(r"#[0-9a-f]{6}", drawing)
        ET.fromstring(drawing)
    used = set(re.findall(r"var\(--c-(\w+)\)", text))
    assert used <= {*STAND_INS.values(), "card", "link"}
    for name in used:
        assert text.count(f"--c-{name}:") >= 1


def test_the_same_result_gives_the_same_page(view: View, text: str) -> None:
    """Charts and page are equal byte for byte when made again."""
    again = strips.binding(view)
    assert again.wide in text
    assert again.narrow in text
    assert figures.orbit(view).wide in text


def test_the_answer_comes_first(text: str) -> None:
    """The headline sentence stands before any chart, the assumptions after."""
    assert text.index("<h1>") < text.index("Do now") < text.index("<svg") < text.index('id="assumptions"')


def test_guesses_are_marked(text: str) -> None:
    """A number without a source is marked as a guess."""
    assert '<span class="tag guess">guess</span>' in text


def test_a_satellite_that_does_not_close_is_said_to(view: View) -> None:
    """The finding says of each satellite whether it closes."""
    chart = satellites.chart(view)
    assert chart is not None
    assert chart.finding == "AI1 closes and Conservative design does not close."


def test_the_command_makes_the_result_again(text: str) -> None:
    """The page says which command made it."""
    assert "dawndusk run colossus --leaves 32 --paths 10 --seed 1" in text


def test_a_bare_result_still_has_a_page() -> None:
    """A result without simulation, satellites or sources has a page without those sections."""
    tree = build_tree()
    for name in ("trace", "alternatives", "study", "constellation", "satellite", "ledger", "scenario"):
        del tree[name]
    text = page.page(view_of(tree))
    assert 'id="operation"' not in text
    assert 'id="satellite"' not in text
    assert 'id="capacity"' in text


def test_the_file_is_replaced_in_one_step(
    view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writing leaves the report and nothing else, also over an older one; a failure leaves the older one."""
    monkeypatch.setattr(page, "page", lambda _: "one")
    written = page.write(view, tmp_path / "run")
    monkeypatch.setattr(page, "page", lambda _: "two")
    page.write(view, tmp_path / "run")
    assert written.read_text() == "two"
    monkeypatch.setattr(page, "page", lambda _: "\ud800")
    with pytest.raises(UnicodeEncodeError):
        page.write(view, tmp_path / "run")
    assert [x.name for x in written.parent.iterdir()] == ["report.html"]
    assert written.read_text() == "two"


def test_a_folder_that_cannot_be_made_is_the_users_to_fix(
    view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in the folder's place gives a message, not a traceback."""
    monkeypatch.setattr(page, "page", lambda _: "one")
    (tmp_path / "run").write_text("")
    with pytest.raises(UserError, match="a folder that can be written"):
        page.write(view, tmp_path / "run")


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no browser on this machine")
def test_a_phone_shows_the_narrow_charts_without_scrolling_sideways(text: str, tmp_path: Path) -> None:
    """In a browser 390 pixels wide the page is no wider than the screen and shows the narrow charts."""
    probe = (
        "<script>document.title=[document.documentElement.scrollWidth<=innerWidth,"
        "getComputedStyle(document.querySelector('.narrow')).display,"
        "getComputedStyle(document.querySelector('.wide')).display].join()</script>"
    )
    file = tmp_path / "page.html"
    file.write_text(text.replace("</body>", f"{probe}</body>"))
    frame = tmp_path / "frame.html"
    frame.write_text(
        '<iframe src="page.html" width="390" height="800" onload="document.title=this.contentDocument.title">'
        "</iframe>"
    )
    options = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
    found = subprocess.run(
        ["chromium", *options.split(), "--disable-component-update", "--disable-sync",
         "--disable-background-networking",
         "--allow-file-access-from-files", f"--user-data-dir={tmp_path / 'profile'}",
         "--virtual-time-budget=4000", "--dump-dom", frame.as_uri()],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert "<title>true,block,none</title>" in found.stdout
