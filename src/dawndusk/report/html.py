"""A document as HTML: every text is escaped; the tables of the report page are made here too."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from markupsafe import Markup

from dawndusk.report.document import Column, Document, Figure, Part, Table, written


def render(document: Document) -> Markup:
    """The document as a fragment of a page: headings, paragraphs, tables, drawings."""
    mark = document.verdict
    verdict = "" if mark is None else f" <em>{_text(written(Column(label='', kind='text'), mark))}</em>"
    lines = [f"<h1>{_text(document.title)}{verdict}</h1>"]
    lines += [f"<p>{_text(document.sentence)}</p>"] if document.sentence else []
    for section in document.sections:
        lines += ["<section>"]
        lines += [f"<h2>{_text(section.title)}</h2>"] if section.title else []
        lines += [line for part in section.parts for line in _part(part)]
        lines += ["</section>"]
    return Markup("\n".join(lines))  # noqa: S704 - every text in it is escaped


def table(made: Table, *, cards: bool = False) -> Markup:
    """One table.

    Parameters
    ----------
    made : Table
        The table.
    cards : bool
        Each row becomes a card on a narrow screen, so each cell carries the title of its column.
    """
    kept = [k for k, column in enumerate(made.columns) if column.kind != "bar"]
    columns = [made.columns[k] for k in kept]
    heads = "".join(
        f'<th scope="col"{_class(c, first=k == 0)}>{_text(c.head)}</th>' for k, c in enumerate(columns)
    )
    lines = ['<table class="cards">' if cards else "<table>"]
    lines += [f"<thead><tr>{heads}</tr></thead>"] if made.headed else []
    lines.append("<tbody>")
    for row in made.rows:
        lines.append(f"<tr>{''.join(_cells(made, row, kept, cards=cards))}</tr>")
    return Markup("\n".join([*lines, "</tbody>", "</table>"]))  # noqa: S704 - every text in it is escaped


def _cells(made: Table, row: tuple[object, ...], kept: list[int], *, cards: bool) -> Iterator[str]:
    for place, k in enumerate(kept):
        column = made.columns[k]
        text = _text(written(column, row[k]))  # type: ignore[arg-type]
        if place == 0:
            yield f'<th scope="row" class="w">{text}</th>'
            continue
        title = f' data-title="{_text(column.head)}"' if cards else ""
        yield f"<td{_class(column, first=False)}{title}>{text}</td>"


def _class(column: Column, *, first: bool) -> str:
    return ' class="w"' if first or column.kind != "number" else ""


def _text(text: str) -> str:
    return escape(text)


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Figure):
        yield f"<p>{_text(part.finding)}</p>"
        yield f'<figure role="img" aria-label="{_text(part.alt)}">{part.wide}</figure>'
        yield from _part(part.table)
    elif isinstance(part, Table):
        yield from [f"<p><b>{_text(part.caption)}</b></p>"] if part.caption else []
        yield table(part)
        yield from [f"<p>{_text(part.note)}</p>"] if part.note else []
    else:
        lead = f"<b>{_text(part.lead)}:</b> " if part.lead else ""
        yield f"<p>{lead}{'<br>'.join(_text(line) for line in part.words.splitlines())}</p>"
