"""The satellite of least cost per hour: what ``dawndusk design`` answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from dawndusk.report.document import (
    Cell,
    Column,
    Document,
    Marked,
    Section,
    Table,
    Tone,
    paragraph,
    table,
    texts,
)

Row = Mapping[str, Any]
FEW: Final = 6  # points of the front that a terminal shows
# Name of a row: key of its number, unit, decimals; text where there is no unit.
COMPARED: Final[Mapping[str, tuple[str, str, int]]] = {
    "orbit": ("orbit", "", 0),
    "altitude": ("altitude_km", "km", 0),
    "compute, orbit average": ("size_kw", "kW", 0),
    "array": ("array", "", 0),
    "array left after its life": ("array_left_pct", "%", 0),
    "in shadow": ("eclipse", "", 0),
    "radiator": ("radiator_c", "degC", 0),
    "radiator area": ("radiator_m2", "m2", 0),
    "junction at peak": ("junction_c", "degC", 0),
    "memory at peak": ("hbm_c", "degC", 0),
    "shield": ("wall_mm", "mm", 1),
    "shield mass": ("shielding_kg", "kg", 0),
    "dose over life, with margin": ("dose_krad", "krad", 1),
    "launched": ("mass_t", "t", 1),
    "on a launch": ("satellites_per_launch", "", 0),
    "platform": ("platform_usd_per_w", "USD/W", 1),
    "launch": ("launch_usd_per_w", "USD/W", 1),
    "carbon": ("kgco2e_per_h100e_h", "kgCO2e/(H100e h)", 3),
}
VARIED: Final = {
    "altitude": "altitude_km",
    "size": "size_kw",
    "junction": "junction_limit_c",
    "shield": "shield_mm",
}
HOUR: Final = Column(label="cost", unit="USD/H100e-h", places=2, good="down")
POINT: Final = {
    "usd_per_h100e_h": HOUR,
    "kg_per_kw": Column(label="mass", unit="kg/kW", places=1, good="down"),
    "altitude_km": Column(label="altitude", unit="km", places=0),
    "size_kw": Column(label="compute", unit="kW", places=0),
    "satellites_per_launch": Column(label="on a launch", places=0),
    "shield_mm": Column(label="shield", unit="mm", places=1),
}


def document(told: Row, *, seconds: float | None = None) -> Document:
    """A design choice (`space.design.as_json.choice_json`) for people; `seconds` is what the search took."""
    own = told["preset"]
    fails = f"; breaks {' and '.join(own['breaks'])} limits" if own["breaks"] else ""
    took = "" if seconds is None else f", {seconds:.0f} s"
    searched = f"{told['scenario']}, in service {told['quarter']}; {told['evaluated']:,} candidates{took}"
    picture = [paragraph(f"picture: {told['picture']}")] if "picture" in told else []
    return Document(
        title=f"{told['usd_per_h100e_h']:.2f} USD per delivered H100e-hour, {told['kw_per_t']:.1f} kW/t",
        sentence=f"{own['name']}, as designed: {own['usd_per_h100e_h']:.2f} USD, "
        f"{own['kw_per_t']:.1f} kW/t{fails}",
        sections=(
            paragraph(searched, tone="dim"),
            *(Section(parts=(made,)) for made in (_both(told), _parts(told), _limits(told), _steps(told))),
            Section(parts=(_instead(told),)),
            Section(parts=(_front(told),)),
            *picture,
        ),
    )


def _both(told: Row) -> Table:
    """The best beside the design as its maker has it."""
    best, own = told["best"], told["preset"]
    rows: list[tuple[Cell, ...]] = []
    for name, (key, unit, places) in COMPARED.items():
        tone: Tone = "bad" if name.split()[0] in own["breaks"] else ""
        rows.append(
            (
                name,
                Marked(value=best[key], unit=unit, places=places),
                Marked(value=own[key], unit=unit, places=places, tone=tone),
            )
        )
    return table(texts("", "best", "as designed"), rows, caption="The best beside the design", key="best")


def _parts(told: Row) -> Table:
    parts = told["cost_usd_per_h100e_h"]
    rows: list[tuple[Cell, ...]] = [*parts.items(), ("total", sum(parts.values()))]
    return table((*texts("part"), HOUR), rows, caption="Cost of an hour by part", key="parts", sums=1)


def _limits(told: Row) -> Table:
    columns = (
        *texts("limit"),
        Column(label="saves", unit="%", places=1),
        *texts("how it stands, and what would have to change"),
    )
    rows = [
        (limit["limit"], limit["saving_pct"] if limit["saving_pct"] >= 0.05 else None, limit["words"])
        for limit in told["limits"]
    ]
    return table(columns, rows, caption="What limits it", key="limits")


def _steps(told: Row) -> Table:
    """Change of the cost by each variable a step lower and higher."""
    columns = (
        *texts("variable", "best"),
        *(
            Column(label=label, unit="%", places=1, signed=True, good="down")
            for label in ("20 % lower", "lower, alone", "20 % higher", "higher, alone")
        ),
    )
    steps, best = told["sensitivity"], told["usd_per_h100e_h"]
    rows: list[tuple[Cell, ...]] = []
    for low, high in zip(steps[::2], steps[1::2], strict=True):
        at = Marked(value=told["best"][VARIED[low["variable"]]], unit=low["unit"])
        changes = [x for step in (low, high) for x in _changes(step, best)]
        rows.append((low["variable"], at, *changes))
    note = (
        "Others chosen anew, then alone; (limit that breaks), -: does not close. Whole satellites per launch "
        "make the cost a saw in size."
    )
    return table(columns, rows, caption="A step away: change of the cost", key="steps", note=note)


def _changes(step: Row, best: float) -> tuple[Cell, Cell]:
    broken = f"({step['breaks'][0].split()[0]})" if step["breaks"] else ""
    anew, alone = (100.0 * (step[key] / best - 1.0) for key in ("usd_per_h100e_h", "usd_per_h100e_h_alone"))
    return Marked(value=anew, more=broken) if broken else anew, alone


def _points(
    rows: Sequence[tuple[str, Row]], keys: Sequence[str], caption: str, key: str, few: int = 0
) -> Table:
    columns = (*texts("choice"), *(POINT[name] for name in keys))
    cells = [(name, *(x[k] for k in keys)) for name, x in rows]
    return table(columns, cells, caption=caption, key=key, few=few)


def _instead(told: Row) -> Table:
    """The cheapest of other arrays, orbits, and answers to shadow; and of other sizes and altitudes."""
    held = told["by_altitude"]
    rows = [
        ("the best", told["front"][0]),
        *_others(told),
        *((f"size held at {x['size_kw']:.0f} kW", x) for x in told["by_size"]),
        *((f"altitude held at {x['altitude_km']:.0f} km", x) for x in held[:: max(len(held) - 1, 1)]),
    ]
    keys = ("usd_per_h100e_h", "kg_per_kw", "altitude_km", "size_kw", "satellites_per_launch")
    return _points(rows, keys, "Instead", "instead")


def _others(told: Row) -> Iterator[tuple[str, Row]]:
    best = told["best"]
    for key in ("array", "orbit", "eclipse"):
        for other in sorted({x[key] for x in told["alternatives"]} - {best[key]}):
            same = (x for x in told["alternatives"] if x[key] == other)
            x = min(same, key=lambda point: float(point["usd_per_h100e_h"]))
            others = [str(x[k]) for k in ("array", "orbit", "eclipse") if k != key and x[k] != best[k]]
            yield ", ".join([f"{key}: {other}", *others]), x


def _front(told: Row) -> Table:
    """Pareto front of mass and cost."""
    rows = [(f"{x['array']}, {x['orbit']}, {x['eclipse']}", x) for x in told["front"]]
    keys = ("usd_per_h100e_h", "kg_per_kw", "altitude_km", "size_kw", "shield_mm")
    return _points(rows, keys, "Lighter, dearer", "front", FEW)
