"""`dawndusk validate`: published numbers beside ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from dawndusk.cli.output import console, emit
from dawndusk.cli.progress import Progress
from dawndusk.core.errors import problem

if TYPE_CHECKING:
    from dawndusk.validation.row import Row

COLOURS = {"reproduced": "green", "refuted": "red", "not reproducible": "yellow"}
CALCULATOR = "mccalip"  # the case that is a calculator: it takes settings


@click.command()
@click.argument("case", required=False)
@click.option(
    "--set", "changes", multiple=True, metavar="NAME=VALUE", help="A setting of the calculator `mccalip`."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(case: str | None, changes: tuple[str, ...], *, as_json: bool) -> None:
    """Published numbers beside ours: reproduced, refuted, or not reproducible, and why.

    With a CASE its story and its rows only. The calculator of the case `mccalip` takes other settings:
    dawndusk validate mccalip --set launch_usd_per_kg=1000
    """
    from dawndusk.validation import cases

    if changes and case != CALCULATOR:
        raise problem("--set", " ".join(changes), "the case mccalip: only its calculator has settings",
                      f"dawndusk validate mccalip --set {changes[0]}")  # fmt: skip
    with Progress(quiet=as_json) as progress:
        found = cases.rows(case, progress.say)
    extra = _calculator(changes) if case == CALCULATOR else {}
    if as_json:
        emit("validate", {"cases": [_object(row) for row in found]} | extra)
    else:
        _show(found, cases.stories().get(case or "", ""), extra)


def _calculator(changes: Sequence[str]) -> dict[str, Any]:
    from dawndusk.validation import mccalip

    pairs = {}
    for text in changes:
        name, sign, value = text.partition("=")
        if not sign:
            raise problem("--set", text, "NAME=VALUE", "--set launch_usd_per_kg=1000")
        pairs[name.strip()] = value.strip()
    chosen = mccalip.settings(pairs)
    return {"inputs": mccalip.inputs(chosen)} | mccalip.outputs(chosen)


def _object(row: Row) -> dict[str, Any]:
    return {
        "case": row.case,
        "quantity": row.quantity,
        "unit": row.unit,
        "published": row.published,
        "ours": row.ours,
        "difference": row.difference,
        "allowed": row.allowed,
        "verdict": row.verdict,
        "why": row.why,
        "source": row.source,
    }


def _show(found: Sequence[Row], story: str, extra: dict[str, Any]) -> None:
    from rich.padding import Padding

    out = console()
    if story:
        out.print(Padding(story, (0, 0, 1, 0)), width=min(out.width, 100))
    out.print(_table(found, whole=not story))
    if story:
        _reasons(found)
    if extra:
        out.print(_outputs(extra))
    counts = {word: sum(row.verdict == word for row in found) for word in COLOURS}
    out.print("\n" + ", ".join(f"[{COLOURS[w]}]{n} {w}[/]" for w, n in counts.items() if n))
    if not story:
        out.print("[dim]dawndusk validate CASE tells the story of one.[/]")


def _table(found: Sequence[Row], *, whole: bool) -> Any:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for title in ["case"] * whole + ["quantity"]:
        table.add_column(title, header_style="bold", max_width=None if title == "case" else 46)
    for title in ("published", "ours", "allowed +-"):
        table.add_column(title, justify="right", header_style="bold")
    table.add_column("unit", style="dim")
    table.add_column("verdict", header_style="bold")
    last = ""
    for row in found:
        shown = [row.case if row.case != last else ""] * whole
        numbers = (_number(row.published), _number(row.ours), _number(row.allowed))
        table.add_row(*shown, row.quantity, *numbers, row.unit, f"[{COLOURS[row.verdict]}]{row.verdict}[/]")
        last = row.case
    return table


def _reasons(found: Sequence[Row]) -> None:
    out = console()
    for row in found:
        if row.why:
            out.print(
                f"\n[bold]{row.quantity}[/]: {row.why}\n[dim]{row.source}[/]", width=min(out.width, 100)
            )


def _outputs(extra: dict[str, Any]) -> Any:
    from rich.table import Table

    table = Table(
        box=None, padding=(0, 2, 0, 0), show_edge=False, title="\nThe calculator", title_justify="left"
    )
    for title in ("output", "as published", "corrected"):
        table.add_column(title, justify="left" if title == "output" else "right", header_style="bold")
    flat = {mode: dict(_flat(extra[mode])) for mode in ("exact", "corrected")}
    for name, value in flat["exact"].items():
        other = flat["corrected"][name]
        mark = "" if other == value else "bold red"
        table.add_row(name, _number(value), f"[{mark}]{_number(other)}[/]" if mark else _number(other))
    return table


def _flat(tree: dict[str, Any], head: str = "") -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for name, value in tree.items():
        found += _flat(value, f"{head}{name}.") if isinstance(value, dict) else [(head + name, value)]
    return found


def _number(value: float) -> str:
    """Six digits; without exponent where people would not write one."""
    if value != value:  # noqa: PLR0124 - NaN
        return "-"
    return f"{value:,.0f}" if 1e5 <= abs(value) < 1e13 else f"{value:.6g}"
