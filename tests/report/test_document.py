"""One document in five forms: nothing is lost, cut, or taken for markup in any of them."""

from __future__ import annotations

import csv
import io
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.report import as_json, html, markdown, terminal, words
from dawndusk.report import csv as as_csv
from dawndusk.report.document import (
    Column,
    Document,
    Marked,
    Section,
    Table,
    Text,
    facts,
    shown,
    table,
    texts,
    thinned,
    written,
)

NASTY = "a [red]b[/] |c| <d> *e* `f` \x1b[31mg"


def wide(columns: int = 12, rows: int = 4) -> Table:
    """A table of large numbers, wider than any screen of 80 columns."""
    heads = [*texts("group"), *(Column(label=f"number {k}", unit="m/s") for k in range(columns))]
    return table(
        heads,
        [(f"row {i}", *(1234567.0 * (i + 1) + k for k in range(columns))) for i in range(rows)],
        caption="Wide",
    )


def document(*parts: Table | Text) -> Document:
    """A document of these parts."""
    return Document(title=NASTY, sentence="A sentence.", sections=(Section(parts=parts),))


@pytest.mark.parametrize("width", [1, 24, 40, 60, 80, 120, 200])
def test_a_terminal_of_any_width_shows_every_number_whole(width: int) -> None:
    """From 1 to 200 columns each number stands whole on one line, and no line is wider than it must be."""
    made = wide()
    text = terminal.render(document(made), width=width)
    for row in made.rows:
        for column, cell in zip(made.columns[1:], row[1:], strict=True):
            assert any(written(column, cell) in line.split() for line in text.splitlines())
    assert max(map(len, text.splitlines())) <= max(width, terminal.NARROW)


def test_blocks_of_a_wide_table_repeat_the_key() -> None:
    """A table that is folded says the name of each row in every block."""
    text = terminal.render(document(wide()), width=60)
    assert text.count("row 3") == text.count("group") > 1


def test_markup_of_a_user_is_text_everywhere() -> None:
    """Brackets, pipes and tags come out as written; signs that steer a terminal do not come out at all."""
    made = document(facts([(NASTY, NASTY)]), Text(words=NASTY))
    shown_at = terminal.render(made, width=200, colour=False)
    assert shown_at.count("a [red]b[/] |c| <d> *e* `f` [31mg") == 4
    assert "\x1b" not in shown_at
    page = html.render(made)
    assert "<d>" not in page
    assert page.count("&lt;d&gt;") == 4
    for line in markdown.render(made).splitlines():
        assert line.replace("\\|", "").count("|") in (0, 3)


def test_csv_gives_the_raw_numbers_of_every_table() -> None:
    """Each table follows a line with its name, and its numbers read back are those of the document."""
    made = Document(title="T", sections=(Section(parts=(wide(3), wide(2))),))
    blocks = as_csv.render(made).split("# Wide\n")[1:]
    assert len(blocks) == 2
    rows = list(csv.reader(io.StringIO(blocks[0].strip())))
    assert rows[0] == ["group", "number 0, m/s", "number 1, m/s", "number 2, m/s"]
    assert [float(x) for x in rows[2][1:]] == list(wide(3).rows[1][1:])


def test_a_cell_of_several_numbers_is_several_columns_of_csv() -> None:
    """Least, mean and most stand in one cell for people and in three columns for programs."""
    made = table(
        (*texts("group"), Column(label="life", unit="yr", parts=("min", "mean", "max"))),
        [("a", (1.0, 2.0, math.nan)), ("b", None)],
    )
    rows = list(csv.reader(io.StringIO(as_csv.one(made))))
    assert rows == [
        ["group", "life min, yr", "life mean, yr", "life max, yr"],
        ["a", "1.0", "2.0", ""],
        ["b", "", "", ""],
    ]
    assert written(made.columns[1], made.rows[0][1]) == "1.00 / 2.00 / -"


def test_json_has_units_raw_numbers_and_null() -> None:
    """A column is converted once, by its factor, and what is undefined is null."""
    made = table((*texts(""), Column(label="mass", unit="t", factor=1e-3)), [("a", 2500.0), ("b", math.inf)])
    found = json.loads(json.dumps(as_json.render(document(made)), allow_nan=False))
    part = found["sections"][0]["parts"][0]
    assert part["columns"][1]["unit"] == "t"
    assert [row[1] for row in part["rows"]] == [2.5, None]


def test_a_terminal_says_how_many_rows_it_leaves_out() -> None:
    """A long series is thinned to its first, its last and some between on a terminal, and nowhere else."""
    made = table((Column(label="t"),), [(k,) for k in range(100)], few=5)
    assert [row[0] for row in thinned(made).rows] == [0, 25, 50, 74, 99]
    assert "5 of 100 rows" in terminal.render(document(made))
    assert as_csv.one(made).count("\n") == 101


def test_rows_must_fit_the_columns() -> None:
    """A row with a cell too few is refused where the table is made."""
    with pytest.raises(ValueError, match="not one cell"):
        table(texts("a", "b"), [("x",)])


@given(st.floats(min_value=-1e14, max_value=1e14, allow_nan=False))
def test_no_whole_digit_of_a_number_is_lost(value: float) -> None:
    """A number as written is never further from the number than half its last significant digit."""
    text = words.figure(value, 3)
    assert float(text.replace(",", "")) == pytest.approx(value, rel=0.0051, abs=1e-300)
    if abs(value) >= 1000:
        assert abs(float(text.replace(",", "")) - value) <= 0.5


def test_numbers_are_written_as_people_do() -> None:
    """Digits where they matter, whole numbers whole, and a dash for what is undefined."""
    assert [words.figure(x) for x in (0.0, 7, 1234567, 0.123456, 12.3456, 999.7, 1234.5, math.nan)] == [
        "0", "7", "1,234,567", "0.123", "12.3", "1,000", "1,234", "-",
    ]  # fmt: skip
    assert words.figure(1.5, places=3) == "1.500"


def test_a_marked_cell_carries_its_own_unit() -> None:
    """A column of many units has a unit and decimals in each cell."""
    cell = Marked(value=12.345, unit="deg", places=1, more="(given)")
    column = Column(label="")
    assert written(column, cell) == "12.3 deg (given)"
    assert shown(column, cell) == 12.345
