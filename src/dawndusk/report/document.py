"""A document: what a command answers, described once; terminal, JSON, HTML, Markdown and CSV render it.

Cells hold raw numbers. `Column.factor` takes them to the unit that is shown, once, in `shown`; how a number
is written is said in one place, `words.figure`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from dawndusk.core.records import record, replace
from dawndusk.report import words

Kind = Literal["number", "text", "below", "bar"]
Good = Literal["up", "down", ""]
Tone = Literal["good", "bad", "warn", "strong", "dim", ""]
NOTHING: Final = "-"  # for a number that is undefined


@record
class Marked:
    """A cell that stands out.

    Parameters
    ----------
    value : float, str or None
        The cell.
    tone : {"good", "bad", "warn", "strong", "dim", ""}
        What colour says to those who see it; words or numbers must say it too.
    more : str
        Words behind the value.
    unit : str
        Unit of this cell alone, where a column has many.
    places : int or None
        Decimals of this cell alone.
    text : str
        How it is said, where it is not written as a number of its column.
    """

    value: float | str | None
    tone: Tone = ""
    text: str = ""
    more: str = ""
    unit: str = ""
    places: int | None = None


Cell = float | str | None | Marked | Sequence[float | None]


@record
class Column:
    """One column of a table.

    Parameters
    ----------
    label, unit : str
        Words and unit that stand above it.
    kind : {"number", "text", "below", "bar"}
        Words that are ``below`` stand under their row on a terminal, in a column elsewhere. A bar draws a
        share of 0 to 1, or a range (low, middle, high) of them; it repeats what numbers of the same table
        say and is left out wherever only text can be shown.
    digits : int
        Significant digits at least; whole numbers are always whole.
    places : int or None
        Decimals, instead of `digits`.
    factor : float
        From the unit of the cells to `unit`.
    parts : tuple of str
        Names of the numbers of a cell that holds several, such as ("min", "mean", "max").
    good : {"up", "down", ""}
        Which direction is better.
    signed : bool
        Write the sign of what is above zero.
    """

    label: str
    unit: str = ""
    kind: Kind = "number"
    digits: int = 3
    places: int | None = None
    factor: float = 1.0
    parts: tuple[str, ...] = ()
    good: Good = ""
    signed: bool = False

    @property
    def head(self) -> str:
        """Label with unit, on one line."""
        label = f"{self.label} {'/'.join(self.parts)}".strip() if self.parts else self.label
        return f"{label}, {self.unit}" if label and self.unit else label or self.unit


@record
class Table:
    """Rows of cells; the first column is the key of its row.

    Parameters
    ----------
    columns, rows : tuple
        What stands above, and a cell for each column.
    caption, note : str
        Title; how to read it.
    key : str
        Name for files and anchors.
    sums : int
        Last rows that add up the others.
    few : int
        Rows that a terminal shows, evenly spread, where all would be too many; 0 for all.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    note: str = ""
    key: str = ""
    sums: int = 0
    few: int = 0

    @property
    def headed(self) -> bool:
        """Whether anything stands above its columns."""
        return any(column.head for column in self.columns)


@record
class Figure:
    """A drawing with everything that must stand beside it.

    Parameters
    ----------
    key, title, finding, alt : str
        Anchor; what is drawn; what it shows, one sentence; the same for who cannot see it.
    wide, narrow : str
        SVG for wide and narrow screens.
    table : Table
        Its numbers.
    note : str
        How to read it.
    """

    key: str
    title: str
    finding: str
    alt: str
    wide: str
    narrow: str
    table: Table
    note: str = ""


@record
class Text:
    """A paragraph.

    Parameters
    ----------
    words : str
        The paragraph; line ends in it are kept.
    tone : str
        As of `Marked`.
    lead : str
        Words that stand out before it.
    """

    words: str
    tone: Tone = ""
    lead: str = ""


Part = Text | Table | Figure


@record
class Section:
    """Parts that belong together.

    Parameters
    ----------
    parts : tuple
        Texts, tables, figures.
    title : str
        What they are about.
    beside : bool
        Tables may stand side by side where there is room.
    detail : bool
        Left out on a terminal, which shows the answer in a screen or two.
    """

    parts: tuple[Part, ...]
    title: str = ""
    beside: bool = False
    detail: bool = False


@record
class Document:
    """What a command answers.

    Parameters
    ----------
    title : str
        What it is about.
    sentence : str
        The answer in a sentence.
    sections : tuple of Section
        The rest.
    verdict : Marked or None
        A word behind the title.
    """

    title: str
    sentence: str = ""
    sections: tuple[Section, ...] = ()
    verdict: Marked | None = None

    @property
    def tables(self) -> Iterator[Table]:
        """All tables, also those of figures; one without caption takes the title of its section."""
        for section in self.sections:
            for part in section.parts:
                table = part.table if isinstance(part, Figure) else part
                if isinstance(table, Table):
                    yield table if table.caption else replace(table, caption=section.title or self.title)


def table(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], **more: object) -> Table:
    """A Table of these columns and rows; rows of another length raise ValueError."""
    made = tuple(tuple(row) for row in rows)
    if any(len(row) != len(columns) for row in made):
        raise ValueError("a row has not one cell for each column")
    return Table(columns=tuple(columns), rows=made, **more)  # type: ignore[arg-type]


def texts(*labels: str) -> tuple[Column, ...]:
    """Columns of words."""
    return tuple(Column(label=label, kind="text") for label in labels)


def said(value: float, text: str, unit: str = "") -> Marked:
    """A number with the words for it: people read the words, programs the number and its unit."""
    return Marked(value=value, text=text, unit=unit)


def facts(rows: Sequence[tuple[str, Cell]], **more: object) -> Table:
    """Pairs of words: a name, and what it is; empty ones are left out."""
    return table(texts("", ""), [row for row in rows if row[1] not in ("", None)], **more)


def shelf(title: str, known: Mapping[str, str], example: str) -> Document:
    """What ships of one kind: its names, what each is, and a command to try."""
    names = table(texts("name", "what it is"), list(known.items()))
    return Document(title=title, sections=(Section(parts=(names, Text(words=f"Try: {example}"))),))


def thinned(table: Table) -> Table:
    """The table as a terminal shows it: at most `few` rows, and a note that says so."""
    count = len(table.rows)
    if not 0 < table.few < count:
        return table
    picked = sorted({round(k * (count - 1) / (table.few - 1)) for k in range(table.few)})
    note = f"{len(picked)} of {count:,} rows; --csv and --json have all. {table.note}".strip()
    return replace(table, rows=tuple(table.rows[k] for k in picked), note=note)


def paragraph(text: str, *, title: str = "", tone: Tone = "") -> Section:
    """A section of one paragraph."""
    return Section(title=title, parts=(Text(words=text, tone=tone),))


def shown(column: Column, cell: Cell) -> float | str | tuple[float | None, ...] | None:
    """The cell in the unit of its column; undefined numbers are None."""
    if isinstance(cell, Marked):
        return shown(column, cell.value)
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, float | int):
        return _number(column, cell)
    return tuple(None if x is None else _number(column, x) for x in cell)


def _number(column: Column, value: float) -> float | None:
    if not math.isfinite(value):
        return None
    return value if column.factor == 1.0 else float(value) * column.factor


def written(column: Column, cell: Cell) -> str:
    """The cell as people read it."""
    value = shown(column, cell)
    if isinstance(value, tuple):
        return " / ".join(_figure(column, x, column.places) for x in value)
    if isinstance(cell, Marked):
        if cell.text:
            return cell.text
        text = value if isinstance(value, str) else _figure(column, value, _first(cell.places, column.places))
        return " ".join(x for x in (text, cell.unit, cell.more) if x)
    return value if isinstance(value, str) else _figure(column, value, column.places)


def _first(mine: int | None, theirs: int | None) -> int | None:
    return theirs if mine is None else mine


def _figure(column: Column, value: float | None, places: int | None) -> str:
    if value is None:
        return NOTHING if column.kind == "number" else ""
    text = words.figure(value, column.digits, places=places)
    return f"+{text}" if column.signed and value > 0 and text.strip("0.") else text
