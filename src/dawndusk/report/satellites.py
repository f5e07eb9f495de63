"""The satellites: a chart of mass and power, and a sheet of budgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dawndusk.report import tables, words
from dawndusk.report.charts import INK, PAPER, PARTS, SOFT, Width, cut, drawn, quiet
from dawndusk.report.document import Cell, Table, said
from dawndusk.report.document import Figure as Drawing
from dawndusk.report.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def chart(view: View) -> Drawing | None:
    """Mass by part of each satellite, and its powers."""
    found = view.satellites
    if not found:
        return None
    labels = [words.brief(str(x["label"])) for x in found]
    powers = {"array, begin of life": "array_bol", "array, end of life": "array_eol", "peak": "peak",
              "compute, orbit average": "compute"}  # fmt: skip
    shown = {k: v for k, v in powers.items() if v in found[0]}

    def draw(figure: Figure, width: Width) -> None:
        shape = (1, 2) if width == "wide" else (2, 1)
        left, right = figure.subplots(*shape)
        _mass_bars(left, found, width)
        _power_bars(right, found, shown, labels if width == "narrow" else [])

    texts = [
        f"{words.brief(str(x['label']))} {'closes' if x.get('closes') else 'does not close'}" for x in found
    ]
    finding = f"{words.capital(words.listing(texts))}."
    high: dict[Width, float] = {"wide": 1.6 + 0.75 * len(found), "narrow": 2.6 + 1.3 * len(found)}
    return Drawing(
        key="satellite",
        title="Satellites: mass and power",
        finding=finding,
        alt=f"Bars of mass by part and of power for each satellite. {finding}",
        table=satellite_table(view),
        note="Mass by subsystem as our own closure finds it; a hollow mark is the mass its maker claims.",
        **drawn("satellite", high, draw),
    )


def _power_bars(axes: Any, found: tuple[Any, ...], shown: dict[str, str], labels: list[str]) -> None:
    """The powers of each satellite side by side; labels where the satellites are not named beside."""
    for k, (label, name) in enumerate(shown.items()):
        y = np.arange(len(found)) + (k - 1.5) * 0.19
        values = [float(x[name]) / 1e3 for x in found]
        axes.barh(y, values, height=0.17, color=PARTS[k], label=label)
        for at, value in zip(y, values, strict=True):
            axes.text(value, at, f" {value:.0f}", va="center", fontsize=7)
    axes.set_yticks(np.arange(len(found)), [cut(x, 18) for x in labels] or [""] * len(found))
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.set_title("power, kW", color=SOFT)
    quiet(axes, grid="x")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.08), ncols=2, fontsize=7, handlelength=1)


def _mass_bars(axes: Any, found: tuple[Any, ...], width: Width) -> None:
    parts = [p for p in found[0]["mass"] if any(np.nan_to_num(x["mass"][p]) > 0 for x in found)]
    parts.sort(key=lambda p: -max(np.nan_to_num(x["mass"][p]) for x in found))
    main, rest = parts[:6], parts[6:]
    left = np.zeros(len(found))
    rows = {p: np.array([np.nan_to_num(x["mass"][p]) for x in found]) / 1e3 for p in main}
    if rest:
        rows["other"] = np.array([sum(np.nan_to_num(x["mass"][p]) for p in rest) for x in found]) / 1e3
    for k, (part, row) in enumerate(rows.items()):
        axes.barh(
            np.arange(len(found)),
            row,
            left=left,
            height=0.5,
            color=PARTS[k],
            edgecolor=PAPER,
            lw=0.5,
            label=part,
        )
        left = left + row
    for y, x in enumerate(found):
        axes.text(left[y], y, f" {left[y]:.2f} t", va="center", fontweight="bold")
        claimed = float(x.get("mass_claimed") or 0.0) / 1e3
        if claimed > 0:
            axes.plot(claimed, y - 0.36, marker="v", color=INK, mfc="none", ms=6)
    axes.set_yticks(
        np.arange(len(found)),
        [cut(words.brief(str(x["label"])), 24 if width == "wide" else 18) for x in found],
    )
    axes.invert_yaxis()
    axes.margins(x=0.16)
    axes.set_title("mass, t", color=SOFT)
    quiet(axes, grid="x")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.08), ncols=3, fontsize=7, handlelength=1)


def satellite_table(view: View) -> Table:
    """The budgets of each satellite."""
    fields = {
        "mass at launch, t": ("mass_total", 1e-3),
        "mass claimed, t": ("mass_claimed", 1e-3),
        "cost without launch, M$": ("cost_total", 1e-6),
        "compute, H100e": ("compute_h100e", 1.0),
        "compute, orbit average, kW": ("compute", 1e-3),
        "peak, kW": ("peak", 1e-3),
        "array at begin of life, kW": ("array_bol", 1e-3),
        "array at end of life, kW": ("array_eol", 1e-3),
        "heat to reject, kW": ("heat", 1e-3),
        "radiator, m2": ("radiator_area", 1.0),
        "radiator, K": ("radiator_temperature", 1.0),
        "junction, K": ("junction_temperature", 1.0),
        "junction allowed, K": ("junction_limit", 1.0),
        "compute per launched mass, kW/t": ("kw_per_t", 1.0),
        "platform, $/W as priced": ("platform_price", 1.0),
    }
    rows: list[list[Cell]] = [
        [name, *(said(y, words.rounded(y, 3)) for y in (float(x[key]) * factor for x in view.satellites))]
        for name, (key, factor) in fields.items()
        if all(key in x for x in view.satellites)
    ]
    closes: list[Cell] = ["closes", *("yes" if x.get("closes") else "no" for x in view.satellites)]
    header = ["", *(str(x["label"]) for x in view.satellites)]
    return tables.named(header, [closes, *rows], key="satellite", caption="Satellites")
