"""Every command that answers with tables answers in five forms, and no form loses or cuts a number."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import dawndusk.cli
from dawndusk.cli import cli
from dawndusk.core.records import replace
from dawndusk.report import terminal
from dawndusk.report.document import Cell, Column, Document, shown, thinned, written
from dawndusk.report.markdown import escaped

COMMANDS = (
    ("latency", "Manila", "Dalian", "--duration", "40"),
    ("orbit", "--altitude", "650 km"),
    ("constellation",),
    ("constellation", "suncatcher", "--approaches"),
    ("satellite",),
    ("satellite", "ai1-2026-06"),
    ("check", "tiny"),
    ("evaluate", "tiny", "--draws", "200"),
    ("validate", "suncatcher-link"),
    ("validate", "mccalip"),
    ("ledger", "P050"),
    ("ledger", "radiator"),
    ("ledger", "demand.in_use"),
    ("ledger", "--guesses"),
)


def answer(words: tuple[str, ...], *, columns: int = 80) -> str:
    """What a command prints; it must end well and say nothing on standard error."""
    found = CliRunner(env={"COLUMNS": str(columns)}).invoke(cli, words, standalone_mode=False)
    assert found.return_value == 0, found.stderr
    return found.stdout


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[[tuple[str, ...]], tuple[Document, str]]:
    """A command line -> the document that it answers with, and that document at 80 columns."""
    made: list[Document] = []
    original = terminal.render

    def render(document: Document, **extra: Any) -> str:
        made.append(document)
        return original(document, **extra)

    def run(words: tuple[str, ...]) -> tuple[Document, str]:
        monkeypatch.setattr(terminal, "render", render)
        text = answer(words)
        return made[-1], text

    return run


def cells(document: Document, *, few: bool = False) -> Iterator[tuple[Column, Cell]]:
    """Every cell of every table with its column; only those that a terminal shows, if asked."""
    tables = replace(document, sections=tuple(x for x in document.sections if not (few and x.detail))).tables
    for table in tables:
        for row in (thinned(table) if few else table).rows:
            yield from zip(table.columns, row, strict=True)


def numbers(document: Document, *, few: bool = False) -> Iterator[str]:
    """Every number of the tables as people read it."""
    for column, cell in cells(document, few=few):
        if column.kind != "bar" and not isinstance(cell, str):
            yield from (x for x in written(column, cell).split() if re.search(r"\d", x))


def values(document: Document) -> set[float]:
    """Every number of the tables in full."""
    found: set[float] = set()
    for column, cell in cells(document):
        value = shown(column, cell)
        if column.kind != "bar" and value is not None and not isinstance(value, str):
            found |= {float(x) for x in (value if isinstance(value, tuple) else (value,)) if x is not None}
    return found


def floats(value: Any) -> Iterator[float]:
    """Every number in a JSON value."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from floats(inner)
    elif isinstance(value, float | int):
        yield float(value)


@pytest.mark.parametrize("words", COMMANDS, ids="-".join)
def test_every_form_holds_every_number(
    words: tuple[str, ...], told: Callable[[tuple[str, ...]], tuple[Document, str]]
) -> None:
    """From 40 columns to 120, as Markdown, CSV and JSON: each number of the document stands there whole."""
    document, at_80 = told(words)
    assert list(document.tables)
    for width in (40, 60, 80, 120):
        text = terminal.render(document, width=width)
        assert text == at_80 or width != 80
        assert "..." not in text
        assert "\u2026" not in text
        known = set(text.split())
        assert {x for x in numbers(document, few=True) if x not in known} == set()
        assert width < 60 or max(map(len, text.splitlines())) <= width
    page = answer((*words, "--md"))
    assert {x for x in numbers(document) if escaped(x) not in page} == set()
    rows = csv.reader(answer((*words, "--csv")).splitlines())
    in_csv = {float(x) for row in rows for x in row if re.fullmatch(r"-?[\d.]+(e[+-]?\d+)?", x)}
    assert values(document) <= in_csv
    found = json.loads(answer((*words, "--json")))
    assert [*found][:3] == ["format", "command", "version"]
    assert values(document) <= set(floats(found["document"]))


def test_nothing_of_the_command_line_lays_out_or_prints_by_itself() -> None:
    """No module of cli but output writes to a stream, and none makes a table; only progress uses rich."""
    folder = Path(dawndusk.cli.__file__).parent
    sources = {path.name: path.read_text("utf-8") for path in folder.glob("*.py")}
    prints = re.compile(r"\bprint\(|click\.s?echo|click\.secho|sys\.stdout\.write|\.print\(")
    assert {name for name, text in sources.items() if prints.search(text)} == {"output.py", "progress.py"}
    assert {name for name, text in sources.items() if "from rich" in text} == {"progress.py"}


def test_tables_are_laid_out_in_one_place() -> None:
    """No module of the package uses rich's tables: `report.terminal` lays all of them out."""
    package = Path(dawndusk.cli.__file__).parents[1]
    assert [path.name for path in package.rglob("*.py") if "rich.table" in path.read_text("utf-8")] == []
