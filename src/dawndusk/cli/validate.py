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

SIGNS = {  # verdict -> sign and colour
    "reproduced": ("=", "green"),
    "refuted": ("\u2260", "red"),
    "not reproducible": ("?", "yellow"),
}
CALCULATOR = "mccalip"  # the case that is a calculator: it takes settings
WIDTH = 100  # columns of running text
FEW = 4  # rows named before a reason that they share


@click.command()
@click.argument("case", required=False)
@click.option("--all", "every", is_flag=True, help="Every row of every case.")
@click.option(
    "--set", "changes", multiple=True, metavar="NAME=VALUE", help="A setting of the calculator `mccalip`."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with every row.")
def command(case: str | None, changes: tuple[str, ...], *, every: bool, as_json: bool) -> None:
    """Published numbers beside ours: reproduced, refuted, or not reproducible, and why.

    Without a CASE one line for each; with one its story, its rows and the reasons. The calculator of the
    case `mccalip` takes other settings: dawndusk validate mccalip --set launch_usd_per_kg=1000
    """
    from dawndusk.validation import cases

    if changes and case != CALCULATOR:
        raise problem("--set", " ".join(changes), "the case mccalip: only its calculator has settings",
                      f"dawndusk validate mccalip --set {changes[0]}")  # fmt: skip
    extra = _calculator(changes) if case == CALCULATOR else {}
    with Progress(quiet=as_json or case is not None) as progress:
        found = cases.rows(case, progress.say)
    told = {"story": cases.story(case)} if case else {}
    if as_json:
        emit(
            "validate", {"cases": [_object(row) for row in found], "summary": _summary(found)} | told | extra
        )
    elif case:
        _show_case(found, told["story"], extra)
    else:
        _show_all(found, every=every)


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


def _counts(found: Sequence[Row]) -> dict[str, int]:
    """Rows by verdict."""
    return {verdict: sum(row.verdict == verdict for row in found) for verdict in SIGNS}


def _by_case(found: Sequence[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in found:
        groups.setdefault(row.case, []).append(row)
    return groups


def _summary(found: Sequence[Row]) -> list[dict[str, Any]]:
    from dawndusk.validation.cases import HEADLINES

    return [
        {"case": case, "headline": HEADLINES[case], "rows": len(rows)}
        | {verdict.replace(" ", "_"): n for verdict, n in _counts(rows).items()}
        for case, rows in _by_case(found).items()
    ]


def _show_all(found: Sequence[Row], *, every: bool) -> None:
    """One line for each case by topic, or every row of it below."""
    from dawndusk.validation.cases import HEADLINES, TOPICS

    out, groups = console(), _by_case(found)
    width = max(len(case) for case in HEADLINES)
    heads = "".join(f"[{colour}]{sign:>4}[/]" for sign, colour in SIGNS.values())
    for topic, keys in TOPICS.items():
        out.print(f"\n[bold]{topic if every else topic.ljust(width) + heads}[/]")
        for case in keys:
            if every:
                out.print(f"\n[bold]{case}[/]  {HEADLINES[case]}")
                out.print(_table(groups[case]))
                continue
            counts = _counts(groups[case])
            numbers = "".join(f"[{SIGNS[v][1]}]{n or '':>4}[/]" for v, n in counts.items())
            out.print(f"{case:<{width}}{numbers}  {HEADLINES[case]}", no_wrap=True, overflow="ellipsis")
    out.print(f"\n{len(groups)} cases, {len(found)} rows: {_legend(found)}")
    out.print("[dim]dawndusk validate CASE tells the story of one; --all shows every row.[/]")


def _show_case(found: Sequence[Row], story: str, extra: dict[str, Any]) -> None:
    from rich.padding import Padding

    out = console()
    out.print(Padding(story, (0, 0, 1, 0)), width=min(out.width, WIDTH))
    out.print(_table(found))
    out.print(f"\n{_legend(found)}")
    _reasons(found)
    if extra:
        out.print(_outputs(extra))


def _legend(found: Sequence[Row]) -> str:
    return ", ".join(f"[{SIGNS[v][1]}]{SIGNS[v][0]} {n} {v}[/]" for v, n in _counts(found).items() if n)


def _table(found: Sequence[Row]) -> Any:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style="bold")
    table.add_column("")
    table.add_column("quantity", min_width=24, max_width=50)
    for title in ("published", "ours", "+-"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("unit", style="dim", max_width=18)
    for row in found:
        sign, colour = SIGNS[row.verdict]
        numbers = (_number(row.published), _number(row.ours), _number(row.allowed, 3))
        table.add_row(f"[{colour}]{sign}[/]", row.quantity, *numbers, row.unit)
    return table


def _reasons(found: Sequence[Row]) -> None:
    """Why each difference is allowed, by source; said once where rows share the reason."""
    out = console()
    groups: dict[str, dict[str, list[str]]] = {}
    for row in found:
        groups.setdefault(row.source, {}).setdefault(row.why, []).append(row.quantity)
    for source, reasons in groups.items():
        out.print(f"\n[dim]{source}[/]", width=min(out.width, WIDTH))
        for why, names in reasons.items():
            few = "; ".join(names) if len(names) <= FEW else f"{names[0]} and {len(names) - 1} more"
            out.print(f"[bold]{few}[/]: {why}", width=min(out.width, WIDTH))


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


def _number(value: float, digits: int = 6) -> str:
    """So many digits; without exponent where people would not write one."""
    if value != value:  # noqa: PLR0124 - NaN
        return "-"
    return f"{value:,.0f}" if 10.0 ** min(digits, 5) <= abs(value) < 1e13 else f"{value:.{digits}g}"
