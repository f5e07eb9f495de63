"""Reference pages made from the program itself: records, commands, results, ledger.

Run: python -m docs.reference   (or `make docs`). A test fails while the committed pages are out of date.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import math
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import click

from dawndusk import ledger
from dawndusk.cli import COMMANDS
from dawndusk.core.constellation import Constellation
from dawndusk.core.numbers import all_numbers
from dawndusk.core.records import units_of
from dawndusk.core.units import Unit, usual
from dawndusk.physics.spacecraft.design import Design
from dawndusk.study.result.labels import ATTRIBUTES, FORMAT, GROUPS, LABELS
from dawndusk.supply.kinds import Kind
from dawndusk.supply.scenario import KINDS, Scenario

FOLDER = Path(__file__).parent / "reference"
MADE = "<!-- Made by docs/reference.py from the program; change it there. -->\n"
RECORDS = """
A number is written with its unit (`1500 USD/kg`), as a range
(`{low: 1 USD/kg, mode: 2 USD/kg, high: 3 USD/kg}`, with `shape: log-triangular` or `shape: uniform` if it is
not triangular), or as `{ledger: KEY}`. The unit in the table is the one inside; any unit of the same
dimension can be written. Pure numbers may be written bare or in %. Quarters are texts such as `2026Q2`.
NAME stands for the `name` of an item of a list. What
can be ordered stands on [a page of its own](supply.md). `dawndusk schema` prints the same as JSON schema.
"""
SUPPLY = """
What a plan may order, or has already. Each kind stands in a list of the scenario file, is one file of
`src/dawndusk/supply`, and becomes offers that planner and simulator do not tell apart.
"""
COMMAND_LINE = """
`dawndusk COMMAND --help` says the same. With `--json` a command prints one object that begins with `format`,
`command`, `version`; units stand in the keys, what is undefined is null, and errors are one JSON object on
standard error. Exit codes: 0 done, 2 a mistake in what was given (also service targets that no plan can
meet), 3 no optimal plan was found, 130 interrupted.
"""
RESULT = f"""
One NetCDF file of the format `{FORMAT}`: `dawndusk.Result.load(FILE)`, `xarray.open_datatree(FILE)` or any
NetCDF tool reads it. NaN stands only where a number is undefined. No time of day stands in the file: the same
scenario and seed give the same bytes on one machine.
"""
LEDGER = f"""
As recorded on {ledger.RECORDED}; nothing was checked again here. A company claim is what somebody said of
himself, an estimate what somebody worked out, and `believed` means that it was not read in a source. Numbers
of the scenario that have no row are guesses: `dawndusk ledger --guesses` lists them with our reason, and
`dawndusk ledger KEY` shows a row with where it is used.
"""
NUMBERS = """
Facts and judgements that the program uses where no scenario, design or constellation says otherwise: one row
each in `ledger/numbers.csv`, taken by name wherever it is needed. `dawndusk ledger NAME` shows one.
"""
ITEMS = tuple(f"{kind.block}.NAME" for kind in KINDS)  # their fields stand on the page of kinds
# What a field means wherever its record does not say it.
COMMON = {
    "name": "Key by which other places and commands speak of it.",
    "label": "Words for the reader.",
    "standing": "How certain it is; `--firm-only` plans without `announced`, `filed` and `concept`.",
    "source": "Ledger keys, or in words where it comes from.",
    "note": "What the reader should know first.",
    "decline": "Yearly fall of the price.",
    "growth": "Growth of the limit; see there.",
    "learning": "Fall of the price per doubling; see there.",
    "eclipse": "In shadow: `battery` runs on, `shed` switches compute off, `cheaper` is the better of both.",
    "start": "Quarter from which it counts.",
    "amount": "How much more from then on.",
    "capital": "Of one unit.",
    "lead": "Order to service.",
    "life": "Useful life.",
    "first": "First quarter in which it can be ordered.",
    "limit": "Most units.",
}


def flat(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split())


def pages() -> dict[str, str]:
    """File name -> text of every page."""
    return {
        "records.md": records_page(),
        "supply.md": supply_page(),
        "commands.md": commands_page(),
        "result.md": result_page(),
        "ledger.md": ledger_page(),
        "numbers.md": numbers_page(),
    }


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Lines of a table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return ["| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines]


def _cell(text: str) -> str:
    return re.sub(r"``([^`]+)``", r"`\1`", flat(text).replace("|", "\\|")) or " "


def records_page() -> str:
    """Every record of the files that users write, field by field."""
    lines = [
        MADE,
        "# Scenario, satellite and constellation files, field by field",
        "",
        flat(RECORDS),
        "",
    ]
    for title, top in (
        ("Scenario", Scenario),
        ("Satellite design", Design),
        ("Constellation", Constellation),
    ):
        lines += [f"## {title}", ""]
        for path, cls in _walk(top):
            if not path.startswith(ITEMS):
                lines += [*_record(path, cls), ""]
    return "\n".join(lines).rstrip() + "\n"


def supply_page() -> str:
    """Every kind of supply: what it is, how an order of it is said, its fields, an example."""
    lines = [MADE, "# Kinds of supply", "", flat(SUPPLY), ""]
    for kind in KINDS:
        lines += [*_kind_section(kind), ""]
    return "\n".join(lines).rstrip() + "\n"


def _kind_section(kind: Kind) -> list[str]:
    about = inspect.getdoc(inspect.getmodule(kind.item)) or ""
    lines = [f"## {kind.title[:1].upper()}{kind.title[1:]}", "", flat(about.split("\n\n")[0]), ""]
    head = ("kind of offer", "an order is said as", "counted in", "its capital is", "its running cost is")
    rows = [(f"`{x.kind}`", f"{x.verb} ...", x.unit, x.capital, x.running) for x in kind.words]
    lines += table(head, rows) if rows else ["There is nothing to order."]
    for path, cls in _walk(kind.item, f"{kind.block}.NAME"):
        lines += ["", *_record(path, cls)]
    example = kind.example.strip().replace("\n", "\n  ")
    return [*lines, "", "```yaml", f"- {example}", "```"]


def _walk(cls: type, path: str = "") -> Iterator[tuple[str, type]]:
    """Address and class of a record and of all records inside it, each class once per place."""
    yield path, cls
    for name, hint in get_type_hints(cls).items():
        is_list = get_origin(hint) is tuple
        inner = get_args(hint)[0] if is_list else hint
        if dataclasses.is_dataclass(inner) and isinstance(inner, type):
            yield from _walk(inner, ".".join(filter(None, (path, name + (".NAME" if is_list else "")))))


def _record(path: str, cls: type) -> list[str]:
    document = inspect.getdoc(cls) or ""
    units, hints = units_of(cls), get_type_hints(cls)
    fields = {f.name: f for f in dataclasses.fields(cls)}
    described = _described(document)
    rows: list[tuple[str, ...]] = []
    done: set[str] = set()
    for names, text in described.items():
        known = [name for name in names if name in fields]
        done |= set(known)
        rows += _rows(known, text, units, hints, fields)
    for name in fields:
        if name not in done:
            rows += _rows([name], _meaning(cls, name, hints[name]), units, hints, fields)
    rows.sort(key=lambda row: list(fields).index(re.findall(r"`(\w+)`", row[0])[0]))
    head = [f"### `{path}`" if path else "### The file's top level", "", document.split("\n\n")[0], ""]
    return [*head, *table(("field", "unit or kind", "range", "default", "meaning"), rows)]


def _rows(
    names: list[str], text: str, units: dict[str, Unit], hints: dict[str, Any], fields: dict[str, Any]
) -> list[tuple[str, ...]]:
    """One row for fields described together where unit, range and default agree, else one each."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        unit = units.get(name)
        kind = _kind(hints[name], unit)
        span = _span(unit) if unit else ""
        found.setdefault((kind, span, _default(fields[name])), []).append(name)
    return [(", ".join(f"`{n}`" for n in group), *facts, text) for facts, group in found.items()]


def _kind(hint: Any, unit: Unit | None) -> str:
    is_list = get_origin(hint) is tuple
    inner = get_args(hint)[0] if is_list else hint
    if unit:
        other = f" (such as `{usual(unit.text)}`)" if usual(unit.text) != unit.text else ""
        word = "number" if unit.text == "1" else f"`{unit.text}`{other}"
    elif get_origin(inner) is Literal:
        word = ", ".join(f"`{x}`" for x in get_args(inner))
    elif dataclasses.is_dataclass(inner):
        return "list of groups of fields" if is_list else "group of fields"
    else:
        word = {str: "text", int: "whole number", bool: "true or false", float: "number"}[inner]
    return f"list, each {word}" if is_list else word


def _span(unit: Unit) -> str:
    low = "" if math.isinf(unit.low) else f"from {unit.low:g}"
    high = "" if math.isinf(unit.high) else f"to {unit.high:g}"
    return f"{low} {high}".strip()


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is dataclasses.MISSING:
        return "must be given"
    return "none" if field.default in ((), "") else f"`{field.default}`"


def _described(document: str) -> dict[tuple[str, ...], str]:
    """Names -> text, from the Parameters of a numpy docstring."""
    _, _, block = document.partition("Parameters\n----------\n")
    block = re.split(r"\n\n\w+\n-{3,}", block)[0]
    found = {}
    for entry in re.split(r"\n(?=\S)", block):
        head, _, text = entry.partition("\n")
        names = tuple(name.strip() for name in head.split(" : ")[0].split(","))
        if names != ("",):
            found[names] = flat(text)
    return found


def _meaning(cls: type, name: str, hint: Any) -> str:
    """What its line's comment says, or its record's first line, or `COMMON`."""
    found = re.search(rf"^\s+{name}: [^#\n]*#\s*(.+)$", inspect.getsource(cls), re.MULTILINE)
    inner = get_args(hint)[0] if get_origin(hint) is tuple else hint
    if found:
        return found[1]
    if dataclasses.is_dataclass(inner):
        return flat((inspect.getdoc(inner) or "").split("\n\n")[0])
    return COMMON.get(name, "")


def commands_page() -> str:
    """Every command with its arguments and options."""
    lines = [
        MADE,
        "# Commands",
        "",
        flat(COMMAND_LINE),
        "",
    ]
    for name, about in COMMANDS.items():
        made = importlib.import_module(f"dawndusk.cli.{name}").command
        lines += [*_command(name, about, made), ""]
    return "\n".join(lines).rstrip() + "\n"


def _command(name: str, about: str, made: click.Command) -> list[str]:
    context = click.Context(made, info_name=f"dawndusk {name}")
    usage = " ".join(made.collect_usage_pieces(context))
    rows = [
        (", ".join(f"`{word}`" for word in option.opts), _metavar(option), _chosen(option), option.help or "")
        for option in made.params
        if isinstance(option, click.Option)
    ]
    body = inspect.cleandoc(made.help or "").split("\n\n")
    more = inspect.cleandoc((made.epilog or "").replace("\b\n", ""))
    example = more.startswith("Examples:")
    lines = [f"## `dawndusk {name}`", "", about, "", "```text", f"dawndusk {name} {usage}", "```", ""]
    for part in body:
        if flat(part) != about:
            lines += [flat(part), ""]
    lines += [
        "```text",
        *inspect.cleandoc(more.removeprefix("Examples:\n")).splitlines(),
        "```",
        "",
    ] * example
    lines += [flat(more), ""] * (bool(more) and not example)
    return [*lines, *table(("option", "value", "default", "meaning"), rows)]


def _metavar(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return ", ".join(f"`{word}`" for word in option.type.choices)
    return option.metavar or {"integer": "whole number"}.get(option.type.name, option.type.name)


def _chosen(option: click.Option) -> str:
    if option.is_flag or option.multiple:
        return ""
    plain = isinstance(option.default, str | int | float) and not isinstance(option.default, bool)
    return f"`{option.default}`" if plain else "must be given" if option.required else ""


def result_page() -> str:
    """Every group, attribute and variable of a result file."""
    lines = [
        MADE,
        "# The result file, name by name",
        "",
        flat(RESULT),
        "",
    ]
    for group in ("", *GROUPS):
        lines += [f"## `/{group}`", ""]
        facts = [(f"`{name}`", text) for name, text in ATTRIBUTES[group].items()]
        lines += [*table(("attribute", "meaning"), facts), ""] if facts else []
        rows = [
            (f"`{label.path.split('/')[1]}`", ", ".join(label.dims), label.unit or "text", label.long_name)
            for label in LABELS.values()
            if label.path.split("/")[0] == group
        ]
        lines += [*table(("variable", "dimensions", "unit", "meaning"), rows), ""] if rows else []
    return "\n".join(lines).rstrip() + "\n"


def ledger_page() -> str:
    """Every row of the ledger with its source."""
    lines = [
        MADE,
        "# The ledger: every sourced number",
        "",
        flat(LEDGER),
        "",
    ]
    rows = [
        (row.key, row.quantity, row.range_text, f"{row.evidence}, {row.confidence}", row.year, _source(row))
        for row in ledger.entries().values()
    ]
    head = ("key", "quantity", "low / central / high", "evidence, confidence", "year", "source")
    return "\n".join([*lines, *table(head, rows)]) + "\n"


def numbers_page() -> str:
    """Every number of the world that no file need state."""
    rows = [
        (row.name, row.range_text, row.evidence, f"{row.reason} {_keys(row.basis)}".strip())
        for row in all_numbers().values()
    ]
    head = ("name", "value, or low / value / high", "evidence", "reason")
    return (
        "\n".join([MADE, "# Numbers that no file need state", "", flat(NUMBERS), "", *table(head, rows)])
        + "\n"
    )


def _keys(basis: tuple[str, ...]) -> str:
    return f"[{' '.join(basis)}]" if basis else ""


def _source(row: ledger.Entry) -> str:
    linked = row.address.startswith("http")
    return f"[{row.source}]({row.address})" if linked else row.source


def main() -> None:
    """Write the pages that changed."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        path = FOLDER / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            sys.stdout.write(f"wrote docs/reference/{name}\n")


if __name__ == "__main__":
    main()
