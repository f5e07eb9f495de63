"""A document on a terminal of any width: numbers are never cut, and what a user wrote is never markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import Final

from dawndusk.core.records import record
from dawndusk.report.document import (
    Cell,
    Column,
    Document,
    Figure,
    Marked,
    Part,
    Section,
    Table,
    Tone,
    thinned,
    written,
)

GAP: Final = 2  # columns between two columns of a table
READABLE: Final = 100  # columns of running text at most
NARROW: Final = 24  # columns below which nothing can be laid out
TEXT: Final = 16  # columns that a column of words keeps at least, if its words are that long
SHORT: Final = 8  # columns of a label that stands on one line
LONG: Final = 26  # columns that a word may have without being broken
INDENT: Final = 4
BAR: Final = 12
CODES: Final[Mapping[str, str]] = {
    "strong": "1",
    "dim": "2",
    "bad": "31",
    "good": "32",
    "warn": "33",
    "bar": "36",
    "title": "1",
}
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@record
class Line:
    """A line of pieces: text with the name of its style."""

    pieces: tuple[tuple[str, str], ...]

    @property
    def width(self) -> int:
        """Columns that it takes."""
        return sum(columns(text) for text, _ in self.pieces)

    def text(self, *, colour: bool) -> str:
        """As written to the terminal."""
        parts = [_styled(text, style) if colour else text for text, style in self.pieces]
        return "".join(parts).rstrip()


def render(document: Document, *, width: int = 80, colour: bool = False) -> str:
    """The document as text for a terminal.

    Parameters
    ----------
    document : Document
        What to show.
    width : int
        Columns of the terminal. Tables that are wider are folded into blocks that repeat the key of each row;
        a number that is wider than the screen stands whole on its own line.
    colour : bool
        With the codes of colours.
    """
    width = max(width, NARROW)
    blocks = [_head(document, width), *(_section(x, width) for x in document.sections if not x.detail)]
    lines: list[Line] = []
    for block in blocks:
        lines += [Line(pieces=()), *block] if lines and block else block
    return "\n".join(line.text(colour=colour) for line in lines) + "\n"


def columns(text: str) -> int:
    """Columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )


def clean(text: str) -> str:
    """The text without signs that steer a terminal."""
    return _CONTROL.sub("", text)


def _styled(text: str, style: str) -> str:
    code = CODES.get(style)
    return f"\x1b[{code}m{text}\x1b[0m" if code and text.strip() else text


def _line(text: str, style: str = "") -> Line:
    return Line(pieces=((text, style),))


def _folded(text: str, width: int) -> list[str]:
    """Lines of a text; no word but an address of `LONG` signs is broken, and so no number is."""
    found: list[str] = []
    for line in clean(text).split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        found += wrap(
            line.strip(),
            width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=any(columns(word) > LONG for word in line.split()),
            break_on_hyphens=False,
        ) or [""]
    return found


def _head(document: Document, width: int) -> list[Line]:
    mark = document.verdict
    title = _folded(document.title, width)
    lines = [_line(text, "title") for text in title]
    if mark is not None:
        word = clean(written(Column(label="", kind="text"), mark))
        beside = lines[-1].width + GAP + columns(word) <= width
        if beside:
            lines[-1] = Line(pieces=((title[-1], "title"), (" " * GAP, ""), (word, mark.tone)))
        else:
            lines += [_line(text, mark.tone) for text in _folded(word, width)]
    if document.sentence:
        lines += [_line(text) for text in _folded(document.sentence, min(width, READABLE))]
    return lines


def _section(section: Section, width: int) -> list[Line]:
    lines = [_line(text, "title") for text in _folded(section.title, width)] if section.title else []
    blocks = [_part(part, width) for part in section.parts]
    widths = [max((line.width for line in block), default=0) for block in blocks]
    if section.beside and sum(widths) + 2 * GAP * (len(widths) - 1) <= width:
        return lines + _beside(blocks, widths)
    for k, block in enumerate(blocks):
        apart = k and any(isinstance(part, Table | Figure) for part in section.parts[k - 1 : k + 1])
        lines += [Line(pieces=()), *block] if apart else block
    return lines


def _beside(blocks: Sequence[list[Line]], widths: Sequence[int]) -> list[Line]:
    """Blocks side by side."""
    found = []
    for row in zip_longest(*blocks, fillvalue=Line(pieces=())):
        pieces: list[tuple[str, str]] = []
        for line, width in zip(row, widths, strict=True):
            pieces += [*line.pieces, (" " * (width - line.width + 2 * GAP), "")]
        found.append(Line(pieces=tuple(pieces)))
    return found


def _part(part: Part, width: int) -> list[Line]:
    if isinstance(part, Figure):
        finding = [_line(text) for text in _folded(part.finding, min(width, READABLE))]
        return finding + _table(part.table, width)
    if isinstance(part, Table):
        return _table(part, width)
    lead = f"{part.lead}: " if part.lead else ""
    lines = _folded(lead + part.words, min(width, READABLE))
    head = columns(clean(lead))
    if head and columns(lines[0]) >= head:
        tone = "warn" if part.tone == "warn" else "strong"
        first = Line(pieces=((lines[0][:head], tone), (lines[0][head:], "" if tone == "warn" else part.tone)))
        return [first, *(_line(text, "" if tone == "warn" else part.tone) for text in lines[1:])]
    return [_line(text, part.tone) for text in lines]


@record
class Laid:
    """A column as text: head lines, cells, and the least and the natural width."""

    column: Column
    head: tuple[str, ...]
    cells: tuple[tuple[str, Tone], ...]
    least: int
    natural: int
    left: bool


def _laid(column: Column, cells: Sequence[Cell], *, first: bool) -> Laid:
    texts = tuple((clean(_cell(column, cell)), _tone(cell)) for cell in cells)
    lines = [line for text, _ in texts for line in text.split("\n")]
    body = max(map(columns, lines), default=0)
    head = tuple(_heads(column, body))
    natural = max((body, *map(columns, head)))
    words = [word for text in (*lines, *head) for word in text.split()]
    least = natural
    if column.kind == "text":
        least = min(natural, max([TEXT, *(x for x in map(columns, words) if x <= LONG)]))
    left = first or column.kind != "number"
    return Laid(column=column, head=head, cells=texts, least=least, natural=natural, left=left)


def _heads(column: Column, body: int) -> list[str]:
    """Label, names of the parts and unit, each on its line; a label wider than the numbers on two."""
    label = clean(column.label)
    lines = [label]
    if column.kind == "number" and columns(label) > max(body, SHORT):
        spaces = [k for k, sign in enumerate(label) if sign == " "]
        at = min(spaces, key=lambda k: max(k, len(label) - k), default=None)
        lines = [label] if at is None else [label[:at], label[at + 1 :]]
    return [x for x in (*lines, " / ".join(column.parts), column.unit) if x]


def _cell(column: Column, cell: Cell) -> str:
    return _bar(cell) if column.kind == "bar" else written(column, cell)


def _tone(cell: Cell) -> Tone:
    return cell.tone if isinstance(cell, Marked) else ""


def _bar(cell: Cell) -> str:
    """A share as a bar, or a range as a line with its middle on it."""
    if isinstance(cell, float | int):
        return "█" * round(BAR * min(max(cell, 0.0), 1.0))
    if cell is None or isinstance(cell, str | Marked):
        return ""
    ends = [round(min(1.0 if x is None else x, 1.0) * (2 * BAR - 1)) for x in cell]
    signs = ("●" if i == ends[1] else "─" if ends[0] <= i <= ends[-1] else " " for i in range(2 * BAR))
    return "".join(signs).rstrip()


def _table(table: Table, width: int) -> list[Line]:
    table = thinned(table)
    lines = [_line(text, "title") for text in _folded(table.caption, width)] if table.caption else []
    laid = [
        _laid(column, [row[k] for row in table.rows], first=k == 0)
        for k, column in enumerate(table.columns)
        if column.kind != "below"
    ]
    key, rest = laid[0], laid[1:]
    gap, blocks = _fitting(key, rest, width)
    for k, block in enumerate(blocks):
        lines += [Line(pieces=())] if k else []
        lines += _block(table, [key, *block], width, gap, last=k == len(blocks) - 1)
    if table.note:
        lines += [_line(text, "dim") for text in _folded(table.note, min(width, READABLE))]
    return lines


def _fitting(key: Laid, rest: Sequence[Laid], width: int) -> tuple[int, list[list[Laid]]]:
    """Gap and blocks: all beside each other if that can be, closer or without bars if need be."""
    bare = [x for x in rest if x.column.kind != "bar"]
    for gap, some in ((GAP, rest), (1, rest), (GAP, bare), (1, bare)):
        blocks = _blocks(key, some, width, gap)
        if len(blocks) == 1:
            return gap, blocks
    return GAP, _blocks(key, bare, width, GAP)


def _blocks(key: Laid, rest: Sequence[Laid], width: int, gap: int) -> list[list[Laid]]:
    """Columns that fit beside the key, block by block."""
    blocks: list[list[Laid]] = [[]]
    used = key.least
    for one in rest:
        if blocks[-1] and used + gap + one.least > width:
            blocks.append([])
            used = key.least
        blocks[-1].append(one)
        used += gap + one.least
    return blocks


def _block(table: Table, block: Sequence[Laid], width: int, gap: int, *, last: bool) -> list[Line]:
    widths = _widths(block, width, gap)
    if sum(widths) + gap * (len(widths) - 1) > width and len(block) > 1:
        return _stacked(block, width)
    lines = _headed(block, widths, gap) if table.headed else []
    for k in range(len(table.rows)):
        strong = k >= len(table.rows) - table.sums
        cells = [
            [(text, "strong" if strong else tone) for text in _within(one, one.cells[k][0], size)]
            for one, size in zip(block, widths, strict=True)
            for tone in [one.cells[k][1] or _plain_tone(table, one, block)]
        ]
        lines += [*_rows(block, widths, cells, gap), *(_below(table, k, width) if last else [])]
    return lines


def _plain_tone(table: Table, one: Laid, block: Sequence[Laid]) -> str:
    """Bars have their colour, and the names of facts stand out."""
    return "bar" if one.column.kind == "bar" else "strong" if one is block[0] and not table.headed else ""


def _widths(block: Sequence[Laid], width: int, gap: int) -> list[int]:
    """Widths of a block's columns: what is left over goes to those whose text is longest for its width."""
    found = [one.least for one in block]
    for _ in range(width - sum(found) - gap * (len(block) - 1)):
        need = [one.natural / max(size, 1) for one, size in zip(block, found, strict=True)]
        if max(need) <= 1.0:
            break
        found[need.index(max(need))] += 1
    return found


def _below(table: Table, k: int, width: int) -> list[Line]:
    """The words that stand under a row."""
    found = [
        written(column, cell)
        for column, cell in zip(table.columns, table.rows[k], strict=True)
        if column.kind == "below"
    ]
    indent = " " * INDENT
    room = min(width, READABLE) - INDENT
    return [_line(indent + line, "dim") for text in found if text for line in _folded(text, room)]


def _within(one: Laid, text: str, size: int) -> list[str]:
    return _folded(text, max(size, 1)) if one.column.kind == "text" else [text]


def _headed(block: Sequence[Laid], widths: Sequence[int], gap: int) -> list[Line]:
    heads = [
        [x for text in one.head for x in _within(one, text, size)]
        for one, size in zip(block, widths, strict=True)
    ]
    most = max(map(len, heads))
    cells = [[("", "")] * (most - len(head)) + [(x, "dim") for x in head] for head in heads]
    return _rows(block, widths, cells, gap)


def _rows(
    block: Sequence[Laid], widths: Sequence[int], cells: Sequence[Sequence[tuple[str, str]]], gap: int
) -> list[Line]:
    """One row of a table: as many lines as its tallest cell."""
    found = []
    for row in zip_longest(*cells, fillvalue=("", "")):
        pieces: list[tuple[str, str]] = []
        for one, size, (text, style) in zip(block, widths, row, strict=True):
            space = " " * max(size - columns(text), 0)
            pieces += [(text, style), (space, "")] if one.left else [(space, ""), (text, style)]
            pieces.append((" " * gap, ""))
        found.append(Line(pieces=tuple(pieces[:-1])))
    return found


def _stacked(block: Sequence[Laid], width: int) -> list[Line]:
    """Rows one below the other, each cell on lines of its own: for the narrowest screens."""
    lines: list[Line] = []
    for k, (name, _) in enumerate(block[0].cells):
        lines += [_line(text, "strong") for text in _folded(name, width)]
        for one in block[1:]:
            text, tone = one.cells[k]
            head = " ".join((*one.head, text)) if one.column.kind != "bar" else ""
            lines += [_line(f"  {part}", tone) for part in _folded(head, width - 2) if part]
    return lines
