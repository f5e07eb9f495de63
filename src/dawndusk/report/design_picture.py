"""A picture of a design choice: the Pareto front of mass per power against cost, and the preset beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dawndusk.formats.aside import aside

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, SOFT, GRID = "#1d2733", "#5c6875", "#e6e9ec"
COLOURS: Final = {"silicon": "#0072b2", "thin silicon": "#e69f00", "III-V": "#d55e00"}
MARKS: Final = {"shed": "o", "battery": "s"}
FAR: Final = 2.0  # other ways that cost more than this many times the best are named, not drawn
PIXELS_PER_INCH: Final = 150


def draw(choice: Mapping[str, Any], path: Path) -> Path:
    """Write the picture of what `space.design.as_json.choice_json` gives as a PNG file; returns its path."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    style: Any = {"font.size": 10, "text.color": INK, "axes.edgecolor": SOFT, "axes.linewidth": 0.6}
    with mpl.rc_context({**style, "xtick.color": SOFT, "ytick.color": SOFT, "text.parse_math": False}):
        figure = Figure(figsize=(9.5, 6.2), dpi=PIXELS_PER_INCH, facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.085, 0.105, 0.885, 0.745))
        figure.text(0.085, 0.95, "Light or cheap", fontsize=16, fontweight="bold", va="center")
        start = f"satellites from {choice['from']}"
        said = f"{start}, prices of {choice['scenario']}, in service {choice['quarter']}"
        figure.text(0.085, 0.905, said, color=SOFT, va="center")
        _front(axes, choice["front"])
        _others(axes, choice)
        _frame(axes)
        with aside(path) as file:
            figure.savefig(file, format="png", metadata={"Software": None})
    return path


def _front(axes: Axes, front: list[dict[str, Any]]) -> None:
    x, y = [p["kg_per_kw"] for p in front], [p["usd_per_h100e_h"] for p in front]
    axes.step(x, y, where="pre", color=SOFT, lw=1.2, zorder=2)
    for name, colour in COLOURS.items():
        mine = [p for p in front if p["array"] == name]
        if mine:
            axes.scatter(
                [p["kg_per_kw"] for p in mine],
                [p["usd_per_h100e_h"] for p in mine],
                s=26,
                color=colour,
                zorder=3,
                label=f"{name} array",
            )
    for index in _spaced(front):
        p = front[index]
        text = f"{p['size_kw']:.0f} kW, {p['altitude_km']:.0f} km"
        axes.annotate(
            text, (p["kg_per_kw"], p["usd_per_h100e_h"]), (7, 7), textcoords="offset points", fontsize=8
        )
    best = front[0]
    axes.scatter(best["kg_per_kw"], best["usd_per_h100e_h"], s=130, fc="none", ec=INK, lw=1.2, zorder=4)


def _spaced(front: list[dict[str, Any]]) -> list[int]:
    """Points far enough from each other in cost to be named."""
    span = front[-1]["usd_per_h100e_h"] - front[0]["usd_per_h100e_h"]
    found = [0]
    for k, p in enumerate(front):
        if p["usd_per_h100e_h"] - front[found[-1]]["usd_per_h100e_h"] > 0.09 * span:
            found.append(k)
    return found


def _others(axes: Axes, choice: Mapping[str, Any]) -> None:
    """The best of other ways, and the preset as designed."""
    front = {(p["array"], p["eclipse"], p["orbit"]) for p in choice["front"]}
    named = []
    for p in choice["alternatives"]:
        way = (p["array"], p["eclipse"], p["orbit"])
        if way in front or p["usd_per_h100e_h"] > FAR * choice["usd_per_h100e_h"]:
            continue
        place = p["kg_per_kw"], p["usd_per_h100e_h"]
        axes.scatter(*place, s=30, marker=MARKS[p["eclipse"]], fc="white", ec=COLOURS[p["array"]], zorder=3)
        named.append((", ".join(way), place))
    own = choice["preset"]
    fails = f"\n(breaks: {', '.join(own['breaks'])})" if own["breaks"] else ""
    place = own["kg_per_kw"], own["usd_per_h100e_h"]
    axes.scatter(*place, s=60, marker="D", color=INK, zorder=5)
    text = f"{own['name']}\nas designed{fails}"
    axes.margins(0.12)
    for said, at in named:
        _label(axes, said, at)
    axes.annotate(
        text, place, (-9, -6), textcoords="offset points", fontsize=8, color=INK, ha="right", va="top"
    )


def _label(axes: Axes, text: str, place: tuple[float, float]) -> None:
    """Words beside a point, on the side where there is room."""
    low, high = axes.get_xlim()
    right = place[0] > low + 0.75 * (high - low)
    axes.annotate(
        text,
        place,
        (-8 if right else 8, -9 if right else 0),
        textcoords="offset points",
        fontsize=8,
        color=SOFT,
        ha="right" if right else "left",
        va="center",
    )


def _frame(axes: Axes) -> None:
    axes.set_xlabel("launched mass per orbit-average compute, kg/kW")
    axes.set_ylabel("USD per delivered H100e-hour")
    axes.grid(color=GRID, lw=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    for name in ("top", "right"):
        axes.spines[name].set_visible(False)
    axes.legend(loc="upper right", frameon=False, title="Pareto front; ring: the cheapest")
