"""A document as Markdown: headings, paragraphs and pipe tables; what a user wrote is never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dawndusk.report.document import Column, Document, Figure, Part, Section, Table, written

_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|#~])")


def render(document: Document) -> str:
    """The document, with its title as the first heading."""
    mark = document.verdict
    verdict = "" if mark is None else f": {written(Column(label='', kind='text'), mark)}"
    blocks = [f"# {_line(document.title + verdict)}"]
    blocks += [_line(document.sentence)] if document.sentence else []
    for section in document.sections:
        blocks += _section(section)
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", text)


def _line(text: str) -> str:
    return escaped(" ".join(text.split()))


def _section(section: Section) -> Iterator[str]:
    if section.title:
        yield f"## {_line(section.title)}"
    for part in section.parts:
        yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Figure):
        yield _line(part.finding)
        yield from _part(part.table)
    elif isinstance(part, Table):
        yield from [f"**{_line(part.caption)}**"] if part.caption else []
        yield "\n".join(_table(part))
        yield from [_line(part.note)] if part.note else []
    else:
        lead = f"**{_line(part.lead)}:** " if part.lead else ""
        yield lead + "  \n".join(_line(line) for line in part.words.split("\n"))


def _table(table: Table) -> Iterator[str]:
    kept = [k for k, column in enumerate(table.columns) if column.kind != "bar"]
    columns = [table.columns[k] for k in kept]
    yield _row([_line(column.head) for column in columns])
    yield _row([":---" if column.kind != "number" else "---:" for column in columns])
    for row in table.rows:
        yield _row([_cell(written(table.columns[k], row[k])) for k in kept])


def _cell(text: str) -> str:
    return "<br>".join(_line(line) for line in text.split("\n"))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell or " " for cell in cells) + " |"
