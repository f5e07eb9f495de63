"""A picture of a constellation: over the ground, as the Sun sees it, from above the pole, and its light."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dawndusk.formats.aside import aside
from dawndusk.report.land import land_share
from dawndusk.space.constellation.snapshot import Snapshot

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS: Final = ("#0072b2", "#e69f00", "#56b4e9", "#d55e00", "#009e73", "#cc79a7", "#8c6bb1", "#7f7f7f")
INK, SOFT, LAND, SEA, NIGHT, DARK = "#1d2733", "#5c6875", "#d9d4c7", "#f3f6f9", "#1d273322", "#9aa3ad"
GOLDEN: Final = 0.6180339887498949
PIXELS_PER_INCH: Final = 150


def draw(snapshot: Snapshot, path: Path) -> Path:
    """Write the picture as a PNG file, aside first and then renamed; returns its path."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    style: Any = {"font.size": 10, "text.color": INK, "axes.edgecolor": SOFT, "axes.linewidth": 0.6}
    with mpl.rc_context({**style, "xtick.color": SOFT, "ytick.color": SOFT, "text.parse_math": False}):
        figure = Figure(figsize=(13, 10.2), dpi=PIXELS_PER_INCH, facecolor="white")
        FigureCanvasAgg(figure)
        grid = figure.add_gridspec(
            2,
            3,
            height_ratios=(1.28, 1),
            left=0.05,
            right=0.98,
            top=0.89,
            bottom=0.06,
            hspace=0.22,
            wspace=0.2,
        )
        figure.text(0.05, 0.965, snapshot.title, fontsize=18, fontweight="bold", va="center")
        figure.text(0.05, 0.932, snapshot.subtitle, fontsize=11, color=SOFT, va="center")
        _ground(figure.add_subplot(grid[0, :]), snapshot)
        _from_sun(figure.add_subplot(grid[1, 0]), snapshot)
        _from_above(figure.add_subplot(grid[1, 1]), snapshot)
        _light(figure.add_subplot(grid[1, 2]), snapshot)
        with aside(path) as file:
            figure.savefig(file, format="png", metadata={"Software": None})
    return path


def _colours(snapshot: Snapshot) -> Any:
    import matplotlib as mpl

    count = len(snapshot.labels)
    if count <= len(COLOURS):
        return np.array(COLOURS[:count])
    many = mpl.colormaps["tab20"]
    return np.array([mpl.colors.to_hex(many(k % 20)) for k in range(count)])


def _mixed(n: int) -> Any:
    """All indices in an order that lets no group cover the others; the same every time."""
    return np.argsort(np.mod(np.arange(n) * GOLDEN, 1.0))


def _dots(n: int) -> float:
    """Size of a dot that keeps a map of n of them readable."""
    return float(np.clip(2.0e4 / max(n, 1), 0.35, 14.0))


def _ground(axes: Axes, snapshot: Snapshot) -> None:
    """Satellites over the turning Earth, with the night side shaded."""
    latitude = 89.5 - np.arange(180.0)
    longitude = np.arange(360.0) - 179.5
    axes.set_facecolor(SEA)
    axes.contourf(longitude, latitude, land_share(), levels=[0.5, 1.01], colors=[LAND])
    lat, lon = np.deg2rad(latitude)[:, None], np.deg2rad(longitude)
    below, east = np.deg2rad(snapshot.sun_place)
    height = np.sin(lat) * np.sin(below) + np.cos(lat) * np.cos(below) * np.cos(lon - east)
    axes.contourf(longitude, latitude, height, levels=[-2.0, 0.0], colors=[NIGHT])
    axes.plot(*snapshot.sun_place[::-1], "o", color="#f0b000", ms=9, mec="white")
    axes.annotate(
        "Sun overhead", snapshot.sun_place[::-1], (9, 6), textcoords="offset points", fontsize=8, color=SOFT
    )
    colours = _colours(snapshot)
    mixed = _mixed(snapshot.group.size)
    axes.scatter(
        snapshot.fixed[1][mixed],
        snapshot.fixed[0][mixed],
        s=_dots(mixed.size),
        c=colours[snapshot.group[mixed]],
        lw=0,
    )
    axes.set(xlim=(-180, 180), ylim=(-90, 90), xticks=range(-180, 181, 60), yticks=range(-90, 91, 30))
    axes.set_aspect("equal", anchor="W")
    axes.set_title("Over the ground (Earth-fixed; night shaded)", loc="left", fontsize=11)
    handles = [
        axes.scatter([], [], s=30, color=c, label=x) for c, x in zip(colours, snapshot.labels, strict=True)
    ]
    axes.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(1.005, 1.0),
        frameon=False,
        fontsize=9,
        labelspacing=0.9,
    )


def _globe(axes: Axes, title: str, reach: float) -> None:
    from matplotlib.patches import Circle

    axes.add_patch(Circle((0, 0), 1.0, fc="#dfe8ef", ec=SOFT, lw=0.8, zorder=2))
    axes.set(xlim=(-reach, reach), ylim=(-reach, reach), xticks=[], yticks=[])
    axes.set_aspect("equal")
    axes.set_title(title, loc="left", fontsize=11)
    for side in axes.spines.values():
        side.set_visible(False)


def _reach(snapshot: Snapshot) -> float:
    return 1.08 * float(np.sqrt((snapshot.sunward**2).sum(axis=0)).max(initial=1.1))


def _from_sun(axes: Axes, snapshot: Snapshot) -> None:
    """What the Sun sees: satellites before the Earth and beside it."""
    toward, east, north = snapshot.sunward
    seen = (toward > 0) | (np.hypot(east, north) > 1.0)
    colours = _colours(snapshot)[snapshot.group]
    _globe(axes, "As the Sun sees it (sun-fixed)", _reach(snapshot))
    shown = _mixed(seen.size)
    shown = shown[seen[shown]]
    axes.scatter(east[shown], north[shown], s=_dots(shown.size), c=colours[shown], lw=0, zorder=3)


def _from_above(axes: Axes, snapshot: Snapshot) -> None:
    """From above the pole, sunlight from the left: satellites in shadow are grey."""
    toward, east, north = snapshot.sunward
    above = (north > 0) | (np.hypot(toward, east) > 1.0)
    _globe(axes, "From above the ecliptic (sunlight from the left)", _reach(snapshot))
    reach = _reach(snapshot)
    axes.fill_between([0, reach], -1.0, 1.0, color=NIGHT, lw=0, zorder=1)
    colours = np.where(snapshot.lit > 0.5, _colours(snapshot)[snapshot.group], DARK)
    shown = _mixed(above.size)
    shown = shown[above[shown]]
    axes.scatter(-toward[shown], -east[shown], s=_dots(shown.size), c=colours[shown], lw=0, zorder=3)
    axes.text(-reach, 0, "☀", fontsize=16, color="#f0b000", va="center", ha="left", zorder=4)
    share = 100.0 * float(snapshot.lit.mean()) if snapshot.lit.size else float("nan")
    axes.text(
        0.0,
        -0.02,
        f"{share:.1f} % of the light of full sun now",
        transform=axes.transAxes,
        fontsize=9,
        color=SOFT,
    )


def _light(axes: Axes, snapshot: Snapshot) -> None:
    """Annual mean light of each group, nominal and with nodes at the edge of their tolerance."""
    count = len(snapshot.labels)
    rows = np.arange(count)
    colours = _colours(snapshot)
    axes.barh(rows - 0.19, 100 * snapshot.light, height=0.34, color=colours)
    axes.barh(rows + 0.19, 100 * np.nan_to_num(snapshot.edge), height=0.34, color=colours, alpha=0.45)
    for row, (mean, edge) in enumerate(zip(snapshot.light, snapshot.edge, strict=True)):
        axes.text(
            100 * mean - 1,
            row - 0.19,
            f"{100 * mean:.1f}",
            va="center",
            ha="right",
            fontsize=8,
            color="white",
        )
        if np.isfinite(edge):
            axes.text(
                100 * edge - 1,
                row + 0.19,
                f"{100 * edge:.1f}",
                va="center",
                ha="right",
                fontsize=8,
                color=INK,
            )
    axes.set_yticks(rows, [x.split(":")[0].split(",")[0] for x in snapshot.labels])
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.tick_params(length=0)
    for name in ("top", "right", "left"):
        axes.spines[name].set_visible(False)
    axes.set_title("Mean light over the year, %", loc="left", fontsize=11)
    axes.text(
        0.0,
        -0.13,
        "pale: nodes at the edge of the filed tolerance",
        transform=axes.transAxes,
        fontsize=9,
        color=SOFT,
    )
