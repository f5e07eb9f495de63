"""The sourced numbers and their reasons: what ``dawndusk ledger`` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dawndusk import ledger
from dawndusk.ledger import Entry
from dawndusk.library.origins import Origin
from dawndusk.report.document import Cell, Column, Document, Section, Text, facts, table, texts

MOST = 6  # addresses named before "and so many more"


def entry(row: Entry, used: Sequence[str]) -> Document:
    """One row of the ledger, with its source and where it is used."""
    ends = "   (low / central / high)" if row.low or row.high else ""
    rows = [
        ("value", row.range_text + ends),
        ("year", row.year),
        ("evidence", f"{row.evidence}, {row.confidence} confidence"),
        ("source", row.source),
        ("address", row.address),
        ("note", row.note),
        ("used in", _shortened(used)),
    ]
    return _sheet(f"{row.key}  {row.quantity}", rows)


def number(found: Origin, texts_of: Mapping[str, str]) -> Document:
    """One number of a file or of the code: value, evidence, reason and the rows that it rests on."""
    rows = [
        ("value", texts_of.get(found.path, f"{found.central:g} {found.unit}".strip())),
        ("evidence", found.evidence),
        ("reason", found.reason),
    ]
    rows += [
        (row.key, f"{row.quantity}: {row.range_text} ({row.evidence}, {row.year})")
        for row in map(ledger.entry, found.basis)
    ]
    return _sheet(found.path, rows)


def entries(rows: Sequence[Entry]) -> Document:
    """Many rows of the ledger."""
    columns = (
        *texts("key", "quantity"),
        *(Column(label=side) for side in ("low", "central", "high")),
        *texts("unit", "evidence", "confidence"),
    )
    cells = [_cells(row) for row in rows]
    hint = f"{len(rows)} rows; 'dawndusk ledger {rows[0].key}' shows one with its source"
    return Document(
        title="Sourced numbers",
        sections=(Section(parts=(table(columns, cells, key="ledger"), Text(words=hint))),),
    )


def _cells(row: Entry) -> tuple[Cell, ...]:
    """A row as it is written; a value in words stands behind its name."""
    words = row.unit == "-"
    quantity = f"{row.quantity}: {row.central}" if words and row.central else row.quantity
    sides = ("", "", "") if words else (row.low or "", row.central or "", row.high or "")
    return (row.key, quantity, *sides, "" if words else row.unit, row.evidence, row.confidence)


def numbers(found: Sequence[Origin], texts_of: Mapping[str, str]) -> Document:
    """Many numbers with their evidence and reasons."""
    rows = [
        (
            o.path,
            texts_of.get(o.path, f"{o.central:g}"),
            o.evidence,
            o.reason + (f" [{' '.join(o.basis)}]" if o.basis else ""),
        )
        for o in found
    ]
    guesses = sum(o.evidence == "guess" for o in found)
    outside = sum(o.path.startswith(("satellites.", "numbers.")) for o in found)
    total = (
        f"{len(found)} numbers (low / mode / high), {guesses} of them guesses: "
        f"{len(found) - outside} of colossus, {outside} of satellite designs and the world"
    )
    columns = (*texts("address", "value", "evidence"), Column(label="reason", kind="below"))
    made = table(columns, rows, key="numbers")
    return Document(title="Numbers and their reasons", sections=(Section(parts=(made, Text(words=total))),))


def _sheet(title: str, rows: Sequence[tuple[str, Cell]]) -> Document:
    shown = [row for row in rows if row[1] != "-"]
    return Document(title=title, sections=(Section(parts=(facts(shown, key="sheet"),)),))


def _shortened(paths: Sequence[str], most: int = MOST) -> str:
    shown = ", ".join(paths[:most])
    return shown + (f" and {len(paths) - most} more" if len(paths) > most else "")
