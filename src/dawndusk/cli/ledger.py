"""`dawndusk ledger`: the sourced numbers, and the reasons behind the guesses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from dawndusk.cli.output import Form, answer, formats

if TYPE_CHECKING:
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
  dawndusk ledger gateway_price       a number that no file states
  dawndusk ledger --guesses           everything that is only our judgement
"""


@click.command(epilog=EPILOG)
@click.argument("key", required=False)
@click.option(
    "--guesses", is_flag=True, help="The numbers of colossus and its satellites that are only our judgement."
)
@formats
def command(key: str | None, *, guesses: bool, form: Form) -> None:
    """Show the sourced numbers behind the defaults.

    KEY is a row (P050), the beginning of keys, a word to search for, or the address of a number of the
    shipped scenario colossus, of a shipped satellite design, or the name of a number that no file states.
    """
    from dawndusk import ledger

    row = next((e for k, e in ledger.entries().items() if key and k.lower() == key.lower()), None)
    if row is not None and not guesses:
        return _show_entry(row, form)
    found = list(ledger.entries().values()) if key is None else ledger.search(key)
    if found and not guesses:
        return _list_entries(found, form)
    origins, texts = _numbers(flown=key is None)
    chosen = [o for o in origins if not guesses or o.evidence == "guess"]
    if key is not None:
        exact = [o for o in chosen if o.path in (key, f"numbers.{key}")]
        chosen = exact or [o for o in chosen if f".{key.lower()}" in f".{o.path.lower()}"]
    if not chosen:
        raise _unknown(str(key), [o.path for o in origins])
    if len(chosen) == 1:
        return _show_number(chosen[0], texts, form)
    return _list_numbers(chosen, texts, form)


def _numbers(*, flown: bool = False) -> tuple[list[Origin], dict[str, str]]:
    """Origins and texts of all numbers, or of those that the explained scenario flies."""
    from dawndusk.core.numbers import all_numbers
    from dawndusk.formats.yaml_document import read_document
    from dawndusk.library.design import design_address, design_origins, design_text, presets
    from dawndusk.library.filing import (
        built_ins,
        constellation_address,
        constellation_origins,
        constellation_text,
    )
    from dawndusk.library.origins import EXPLAINED, origins, world_origins, written
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
    texts |= {f"numbers.{row.name}": row.range_text for row in all_numbers().values()}
    return [*found, *world_origins()], texts


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


def _show_entry(row: Entry, form: Form) -> None:
    from dawndusk.report.ledger import entry

    used = [o.path for o in _numbers()[0] if row.key in o.basis]
    return answer("ledger", form, {"entry": _entry_fields(row)}, entry(row, used))


def _show_number(found: Origin, texts: dict[str, str], form: Form) -> None:
    from dataclasses import asdict

    from dawndusk.report.ledger import number

    return answer("ledger", form, {"number": asdict(found)}, number(found, texts))


def _list_entries(rows: list[Entry], form: Form) -> None:
    from dawndusk.report.ledger import entries

    return answer("ledger", form, {"entries": [_entry_fields(row) for row in rows]}, entries(rows))


def _list_numbers(found: list[Origin], texts: dict[str, str], form: Form) -> None:
    from dataclasses import asdict

    from dawndusk.report.ledger import numbers

    return answer("ledger", form, {"numbers": [asdict(o) for o in found]}, numbers(found, texts))
