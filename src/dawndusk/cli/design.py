"""`dawndusk design`: the satellite of least cost per delivered H100e-hour."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dawndusk.cli.completion import names_of
from dawndusk.cli.output import console, emit
from dawndusk.core.errors import problem

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

SHOWN = 6  # points of the front
WIDTH = 80


@click.command(epilog="A preset is priced by the scenario colossus. Same name and seed, same answer.")
@click.argument(
    "name",
    metavar="[SCENARIO|PRESET]",
    default="colossus",
    shell_complete=names_of("scenarios", "satellites"),
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of the search.")
@click.option("--picture", metavar="FILE.png", help="Draw the front of mass per power against cost.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(name: str, seed: int, picture: str | None, *, as_json: bool) -> None:
    """Find the satellite of least cost per delivered H100e-hour.

    Altitude, size, array, shield, what to do in shadow and how warm the chips run are chosen; margins,
    optics, limits of heat and dose stay those of the scenario's first satellite, or of PRESET.

    Example: dawndusk design colossus --picture front.png
    """
    from dawndusk.space.design.as_json import choice_json
    from dawndusk.space.design.choice import choose

    path = None if picture is None else _path(picture)
    started = time.perf_counter()
    told = choice_json(choose(name, seed=seed))
    if path is not None:
        from dawndusk.report.design_picture import draw

        told["picture"] = str(draw(told, path))
    if as_json:
        return emit("design", told)
    for part in _page(told, time.perf_counter() - started):
        console().print(part, width=min(console().width, WIDTH), highlight=False)
    return None


def _path(text: str) -> Path:
    path = Path(text)
    if path.suffix != ".png" or not path.parent.is_dir():
        raise problem(
            "--picture", text, "a name that ends with .png, in a folder that exists", "--picture front.png"
        )
    return path


def _page(told: dict[str, Any], seconds: float) -> list[RenderableType]:
    """The whole page, for a screen of 80 columns."""
    own = told["preset"]
    fails = f"; breaks {' and '.join(own['breaks'])} limits" if own["breaks"] else ""
    head = (
        f"[bold]{told['usd_per_h100e_h']:.2f} USD per delivered H100e-hour[/], {told['kw_per_t']:.1f} kW/t\n"
        f"{own['name']}, as designed: {own['usd_per_h100e_h']:.2f} USD, {own['kw_per_t']:.1f} kW/t{fails}"
    )
    parts = ", ".join(f"{k} {v:.2f}" for k, v in told["cost_usd_per_h100e_h"].items())
    said = (
        f"[dim]{told['scenario']}, in service {told['quarter']}; {told['evaluated']:,} candidates, "
        f"{seconds:.0f} s[/]"
    )
    return [
        head,
        said,
        "",
        _both(told),
        f"[dim]USD per H100e-hour: {parts}[/]",
        "",
        _limits(told),
        "",
        _steps(told),
        "",
        _ways(told),
        "",
        _front(told),
        *([f"\npicture: {told['picture']}"] if "picture" in told else []),
    ]


def _table(*heads: str, left: int = 1) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, pad_edge=False)
    for k, head in enumerate(heads):
        table.add_column(head, header_style="bold", justify="left" if k < left else "right")
    return table


def _both(told: dict[str, Any]) -> Table:
    """The best beside the design as its maker has it."""
    table = _table("", "best", "as designed")
    pair = told["best"], told["preset"]
    rows = {
        "orbit": "{orbit}, {altitude_km:.0f} km",
        "compute, orbit average": "{size_kw:.0f} kW",
        "array": "{array}",
        "array left after its life": "{array_left_pct:.0f} %",
        "in shadow": "{eclipse}",
        "radiator": "{radiator_c:.0f} degC, {radiator_m2:.0f} m2",
        "junction at peak": "{junction_c:.0f} degC",
        "memory at peak": "{hbm_c:.0f} degC",
        "shield": "{wall_mm:.1f} mm, {shielding_kg:.0f} kg",
        "dose over life, with margin": "{dose_krad:.1f} krad",
        "launched": "{mass_t:.1f} t, {satellites_per_launch:.0f} per launch",
        "platform, launch": "{platform_usd_per_w:.1f}, {launch_usd_per_w:.1f} USD/W",
        "carbon": "{kgco2e_per_h100e_h:.3f} kgCO2e/(H100e h)",
    }
    for name, form in rows.items():
        best, own = (form.format(**x) for x in pair)
        table.add_row(name, best, f"[red]{own}[/]" if name.split()[0] in pair[1]["breaks"] else own)
    return table


def _limits(told: dict[str, Any]) -> Table:
    table = _table("What limits it", "saves", "how it stands, and what would have to change", left=1)
    table.columns[2].justify = "left"
    for limit in told["limits"]:
        saved = limit["saving_pct"]
        table.add_row(limit["limit"], f"{saved:.1f} %" if saved >= 0.1 else "-", limit["words"])
    return table


def _steps(told: dict[str, Any]) -> Table:
    """Change of the cost by each variable a step lower and higher."""
    table = _table("A step away, %", "best", "20 % lower", "alone", "20 % higher", "alone")
    steps = told["sensitivity"]
    best = told["usd_per_h100e_h"]
    names = {
        "altitude": "altitude_km",
        "size": "size_kw",
        "junction": "junction_limit_c",
        "shield": "shield_mm",
    }
    for low, high in zip(steps[::2], steps[1::2], strict=True):
        at = f"{told['best'][names[low['variable']]]:.3g} {low['unit']}"
        cells = [x for step in (low, high) for x in _step(step, best)]
        table.add_row(low["variable"], at, *cells)
    table.caption = (
        "others chosen anew, then alone; (limit that breaks), -: does not close.\n"
        "Whole satellites per launch make the cost a saw in size."
    )
    table.caption_justify = "left"
    return table


def _step(step: dict[str, Any], best: float) -> tuple[str, str]:
    def change(cost: float) -> str:
        return f"{100 * (cost / best - 1):+.1f}" if cost < float("inf") else "-"

    broken = f" ({step['breaks'][0].split()[0]})" if step["breaks"] else ""
    return change(step["usd_per_h100e_h"]) + broken, change(step["usd_per_h100e_h_alone"])


def _ways(told: dict[str, Any]) -> Table:
    """The cheapest of other arrays, orbits, and answers to shadow; and of other sizes and altitudes."""
    table = _table("Instead", "USD/H100e-h", "kg/kW", "km", "kW", "per launch")
    best = told["best"]
    shown = [("the best", _as_point(told))]
    for key in ("array", "orbit", "eclipse"):
        others = {x[key] for x in told["alternatives"]} - {best[key]}
        for other in sorted(others):
            x = min((x for x in told["alternatives"] if x[key] == other), key=lambda x: x["usd_per_h100e_h"])
            shown.append((f"{key}: {other}" + _differs(x, best, key), x))
    shown += [(f"size held at {x['size_kw']:.0f} kW", x) for x in told["by_size"]]
    held = told["by_altitude"]
    shown += [(f"altitude held at {x['altitude_km']:.0f} km", x) for x in held[:: max(len(held) - 1, 1)]]
    for name, x in shown:
        table.add_row(
            name,
            f"{x['usd_per_h100e_h']:.2f}",
            f"{x['kg_per_kw']:.1f}",
            f"{x['altitude_km']:.0f}",
            f"{x['size_kw']:.0f}",
            f"{x['satellites_per_launch']:.0f}",
        )
    return table


def _as_point(told: dict[str, Any]) -> dict[str, Any]:
    return told["front"][0]  # type: ignore[no-any-return]


def _differs(point: dict[str, Any], best: dict[str, Any], key: str) -> str:
    """What else is chosen otherwise there."""
    others = [str(point[k]) for k in ("array", "orbit", "eclipse") if k != key and point[k] != best[k]]
    return f", {', '.join(others)}" if others else ""


def _front(told: dict[str, Any]) -> Table:
    """Pareto front in a few points, evenly spread."""
    table = _table("Lighter, dearer", "USD/H100e-h", "kg/kW", "km", "kW", "shield, mm")
    front = told["front"]
    count = min(SHOWN, len(front))
    picked = sorted({round(k * (len(front) - 1) / max(count - 1, 1)) for k in range(count)})
    for x in (front[k] for k in picked):
        table.add_row(
            f"{x['array']}, {x['orbit']}, {x['eclipse']}",
            f"{x['usd_per_h100e_h']:.2f}",
            f"{x['kg_per_kw']:.1f}",
            f"{x['altitude_km']:.0f}",
            f"{x['size_kw']:.0f}",
            f"{x['shield_mm']:.1f}",
        )
    return table
