"""`dawndusk ledger`: the sourced numbers, and the reasons behind the guesses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from dawndusk.cli.output import console, emit

if TYPE_CHECKING:
    from rich.table import Table

    from dawndusk.ledger import Entry
    from dawndusk.library.origins import Origin

EPILOG = """\b
Examples:
  dawndusk ledger                     all sourced rows
  dawndusk ledger P050                one row with its source
  dawndusk ledger L                   rows whose key begins with L
  dawndusk ledger radiator            rows that speak of radiators
  dawndusk ledger demand.in_use       why a number of colossus is what it is
  dawndusk ledger satellites.ai1-2026-06.bus.power
                                      the same of a satellite design
  dawndusk ledger --guesses           everything that is only our judgement
"""


@click.command(epilog=EPILOG)
@click.argument("key", required=False)
@click.option(
    "--guesses", is_flag=True, help="The numbers of colossus and its satellites that are only our judgement."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(key: str | None, *, guesses: bool, as_json: bool) -> None:
    """Show the sourced numbers behind the defaults.

    KEY is a row (P050), the beginning of keys, a word to search for, or the address of a number of the
    shipped scenario colossus, of a shipped satellite design, or of the code.
    """
    from dawndusk import ledger

    row = next((e for k, e in ledger.entries().items() if key and k.lower() == key.lower()), None)
    if row is not None and not guesses:
        return _show_entry(row, as_json=as_json)
    found = list(ledger.entries().values()) if key is None else ledger.search(key)
    if found and not guesses:
        return _list_entries(found, as_json=as_json)
    origins, texts = _numbers(flown=key is None)
    chosen = [o for o in origins if not guesses or o.evidence == "guess"]
    if key is not None:
        exact = [o for o in chosen if o.path == key]
        chosen = exact or [o for o in chosen if f".{key.lower()}" in f".{o.path.lower()}"]
    if not chosen:
        raise _unknown(str(key), [o.path for o in origins])
    if len(chosen) == 1:
        return _show_number(chosen[0], texts, as_json=as_json)
    return _list_numbers(chosen, texts, as_json=as_json)


def _numbers(*, flown: bool = False) -> tuple[list[Origin], dict[str, str]]:
    """Origins and texts of all numbers, or of those that the explained scenario flies."""
    from dawndusk.formats.yaml_document import read_document
    from dawndusk.library.design import design_address, design_origins, design_text, presets
    from dawndusk.library.filing import (
        built_ins,
        constellation_address,
        constellation_origins,
        constellation_text,
    )
    from dawndusk.library.origins import EXPLAINED, code_origins, origins, written
    from dawndusk.library.read import read, text_of

    scenario, uncertainty = read(EXPLAINED)
    found = list(origins(scenario, uncertainty))
    texts = written(read_document(*text_of(EXPLAINED)))
    used = {option.design for option in scenario.orbit.satellites}
    for name in presets():
        if not flown or name in used:
            found += design_origins(name)
            said = written(read_document(*design_text(name)))
            texts |= {f"{design_address(name)}.{path}": text for path, text in said.items()}
    for name in () if flown else built_ins():
        found += constellation_origins(name)
        said = written(read_document(*constellation_text(name)))
        texts |= {f"{constellation_address(name)}.{path}": text for path, text in said.items()}
    return [*found, *code_origins()], texts


def _unknown(key: str, paths: Sequence[str]) -> Exception:
    from dawndusk.core.errors import problem
    from dawndusk.ledger import nearest

    near = ", ".join(nearest(key, tuple(paths))) or "see 'dawndusk ledger' and 'dawndusk check colossus'"
    return problem("ledger", f"'{key}'", "a key, a word of a row, or the address of a number", near)


def _entry_fields(row: Entry) -> dict[str, Any]:
    """A row as JSON: numbers where its unit makes them numbers."""
    from dataclasses import asdict

    fields = asdict(row)
    if row.unit != "-":
        fields |= {side: float(fields[side]) if fields[side] else None for side in ("low", "central", "high")}
    return fields


def _show_entry(row: Entry, *, as_json: bool) -> None:
    if as_json:
        return emit("ledger", {"entry": _entry_fields(row)})
    origins, _ = _numbers()
    used = [o.path for o in origins if row.key in o.basis]
    return _sheet(
        f"{row.key}  {row.quantity}",
        {
            "value": row.range_text + ("   (low / central / high)" if row.low or row.high else ""),
            "year": row.year,
            "evidence": f"{row.evidence}, {row.confidence} confidence",
            "source": row.source,
            "address": row.address,
            "note": row.note,
            "used in": _shortened(used),
        },
    )


def _shortened(paths: Sequence[str], most: int = 6) -> str:
    shown = ", ".join(paths[:most])
    return shown + (f" and {len(paths) - most} more" if len(paths) > most else "")


def _show_number(found: Origin, texts: dict[str, str], *, as_json: bool) -> None:
    from dataclasses import asdict

    if as_json:
        return emit("ledger", {"number": asdict(found)})
    from dawndusk import ledger

    rows = [ledger.entry(key) for key in found.basis]
    fields = {
        "value": texts.get(found.path, f"{found.central:g} {found.unit}".strip()),
        "evidence": found.evidence,
        "reason": found.reason,
    }
    fields |= {row.key: f"{row.quantity}: {row.range_text} ({row.evidence}, {row.year})" for row in rows}
    return _sheet(found.path, fields)


def _sheet(title: str, fields: dict[str, str]) -> None:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", min_width=8)
    grid.add_column(overflow="fold")
    for name, text in fields.items():
        if text and text != "-":
            grid.add_row(Text(name), Text(text))
    console().print(Text(title, style="bold"), grid, sep="\n")


def _table(*columns: str) -> Table:
    """An empty table whose first column is never broken."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for i, name in enumerate(columns):
        table.add_column(name, overflow="fold", no_wrap=i == 0)
    return table


def _list_entries(rows: list[Entry], *, as_json: bool) -> None:
    if as_json:
        return emit("ledger", {"entries": [_entry_fields(row) for row in rows]})
    from rich.text import Text

    table = _table("key", "quantity", "low / central / high", "evidence", "confidence")
    for row in rows:
        table.add_row(
            *(Text(x) for x in (row.key, row.quantity, row.range_text, row.evidence, row.confidence))
        )
    console().print(table)
    return click.echo(f"{len(rows)} rows; 'dawndusk ledger {rows[0].key}' shows one with its source")


def _list_numbers(found: list[Origin], texts: dict[str, str], *, as_json: bool) -> None:
    from dataclasses import asdict

    if as_json:
        return emit("ledger", {"numbers": [asdict(o) for o in found]})
    width = max(len(o.path) for o in found)
    for o in found:
        rows = f" [{' '.join(o.basis)}]" if o.basis else ""
        click.echo(f"{o.path:{width}}  {texts.get(o.path, f'{o.central:g}')}")
        click.secho(_folded(f"{o.evidence}: {o.reason}{rows}"), dim=True)
    guesses = sum(o.evidence == "guess" for o in found)
    outside = sum(o.path.startswith(("satellites.", "code.")) for o in found)
    return click.echo(
        f"\n{len(found)} numbers (low / mode / high), {guesses} of them guesses: "
        f"{len(found) - outside} of colossus, {outside} of satellite designs and code"
    )


def _folded(text: str) -> str:
    from shutil import get_terminal_size
    from textwrap import fill

    width = min(get_terminal_size().columns, 110)
    return fill(text, width, initial_indent="    ", subsequent_indent="    ")
