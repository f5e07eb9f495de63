"""Candidate satellites and how they become designs.

`design_of` is the one place that knows what a candidate changes in a Design. All functions take arrays of
candidates.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, NamedTuple

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.records import Floats, Real, record, replace
from dawndusk.core.units import Unit
from dawndusk.physics.environment.dose import THICKEST, THINNEST
from dawndusk.physics.spacecraft.cells import cell, rated_areal_power, specific_power
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.satellite import Budget, close
from dawndusk.physics.spacecraft.shielding import box_mass
from dawndusk.study.design.frame import HIGHEST, LOWEST, Conditions, Frame, Kind
from dawndusk.supply.shells import DAWN_FLOW, EVEN_FLOW

Strategy = Literal["battery", "shed"]

SMALLEST: Final = 10e3  # W
LARGEST: Final = 1e6  # W
COLDEST: Final = 320.0  # K of the junction: a radiator just warm enough to be finite
PAYLOAD_DENSITY: Final = 500.0  # kg/m3 of boards, cold plates and power supplies in their box
SPAN_GROWTH: Final = 0.15  # exponent of the structure's share of mass with size
LARGEST_STRUCTURE: Final = 0.6  # share of dry mass


class Way(NamedTuple):
    """What is chosen by name: kind of orbit, cells of the array, and what to do in shadow."""

    kind: Kind
    cells: str
    eclipse: Strategy


@record
class Candidates:
    """What is chosen by number; fields of one shape (n,)."""

    altitude: Annotated[Real, Unit("m", LOWEST, HIGHEST)]
    size: Annotated[Real, Unit("W", SMALLEST, LARGEST)]  # orbit-average compute wanted
    junction: Annotated[Real, Unit("K", COLDEST)]  # at peak: the radiator is sized for it
    shield: Annotated[Real, Unit("m", THINNEST, THICKEST)]  # aluminium around the payload


@record
class Here:
    """The orbit of each candidate: `columns` of `Conditions`, and dose rates behind its shield (Gy/s)."""

    columns: dict[str, Floats]
    rate: Real
    protons: Real


@record
class Basis:
    """A frame and its own design closed once: what candidates are measured against.

    Parameters
    ----------
    frame : Frame
    own : Budget
        The design in its own orbit.
    control : m/s per s
        Its station keeping less the drag of its own wings, not below 0.
    """

    frame: Frame
    own: Budget
    control: float


def basis(frame: Frame) -> Basis:
    """Close the frame's own design in its own orbit."""
    budget = closed(frame.design, {name: own_column(frame, name) for name in ("sunlit", "shadow", "period")})
    exposed = _exposed(frame.design.orbit.kind, budget.area.array / np.asarray(budget.mass.dry))
    drag = float(np.exp(own_column(frame, "drag")) * exposed)
    return Basis(frame=frame, own=budget, control=max(frame.design.body.station_keeping - drag, 0.0))


def own_column(frame: Frame, column: str) -> float:
    """A column of `Conditions` at the design's own altitude."""
    orbit = frame.design.orbit
    table = frame.conditions[orbit.kind]
    return float(np.interp(orbit.altitude, table.altitude, table.columns[column]))


def closed(design: Design, column: Mapping[str, Real]) -> Budget:
    """A design closed under columns of `Conditions`."""
    return close(
        design, sunlit_fraction=column["sunlit"], longest_shadow=column["shadow"], period=column["period"]
    )


def _exposed(kind: Kind, area_to_mass: Real) -> Floats:
    """Area that meets the flow, m2/kg, as in `supply.shells.moved`."""
    flow = DAWN_FLOW if kind == "dawn-dusk" else EVEN_FLOW
    return np.clip(flow * np.asarray(area_to_mass), 1e-4, 10.0)


def here(conditions: Conditions, altitude: Real, shield: Real) -> Here:
    """Conditions at altitudes (m) and behind shields (m of aluminium), straight lines between the tables.

    Notes
    -----
    Steps of 25 km: light within 1e-4, dose (linear in the logarithms) within 2 %.
    """
    grid = conditions.altitude
    place = np.clip((np.asarray(altitude) - grid[0]) / (grid[1] - grid[0]), 0.0, len(grid) - 1.0)
    low = np.minimum(place.astype(np.int64), len(grid) - 2)
    part = place - low
    found = {
        name: column[low] + part * (column[low + 1] - column[low])
        for name, column in conditions.columns.items()
    }
    found["drag"] = np.exp(found["drag"])
    curve = conditions.dose
    depth = np.log(np.clip(shield, THINNEST, THICKEST) / THINNEST)
    step = np.log(THICKEST / THINNEST) / (len(curve.thickness) - 1)
    above = np.minimum((depth / step).astype(np.int64), len(curve.thickness) - 2)
    weight = depth / step - above

    def behind(rates: Floats) -> Floats:
        logs = np.log(rates)
        rows = [
            logs[above + k, low] + part * (logs[above + k, low + 1] - logs[above + k, low]) for k in (0, 1)
        ]
        return np.asarray(np.exp(rows[0] + weight * (rows[1] - rows[0])))

    return Here(columns=found, rate=behind(curve.rate), protons=behind(curve.protons))


def cavity(design: Design, run: Real) -> Real:
    """Edge (m) of the cube that the payload fills, from its power while running (W)."""
    return np.cbrt(design.payload.mass * run / PAYLOAD_DENSITY)


def design_of(base: Basis, way: Way, chosen: Candidates, there: Here, area_to_mass: Real = 0.0) -> Design:
    """The candidates as one Design with arrays: the frame's design, changed only in what is chosen.

    Parameters
    ----------
    base : Basis
    way, chosen : Way, Candidates
    there : Here
        Conditions in the candidates' orbits.
    area_to_mass : Real
        m2 of wing per kg of dry mass, for drag; 0 for a first closure all but without it.

    Notes
    -----
    Bus, propulsion and peak grow with size, so that economies of size are in prices alone
    (`economics.satellite_cost`); the share of structure grows as size^`SPAN_GROWTH` for longer spans; the
    shield is a cube around the payload. Station keeping and disposal move with the altitude as in
    `supply.shells.moved`: the design's own control, and the candidate's own drag at mean activity.
    """
    start, terms, column = base.frame.design, base.frame.terms, there.columns
    ratio = np.asarray(chosen.size) / start.payload.average
    made = cell(way.cells)
    drag = column["drag"] * _exposed(way.kind, area_to_mass)
    run = np.minimum(
        np.asarray(chosen.size) / (column["sunlit"] if way.eclipse == "shed" else 1.0),
        start.payload.peak * ratio,
    )
    edge = cavity(start, run)
    return changed(
        start,
        life=terms.life * YEAR,
        orbit={"kind": way.kind, "altitude": chosen.altitude},
        payload={
            "average": chosen.size,
            "peak": start.payload.peak * ratio,
            "gpu_power": terms.watts,
            "gpu_compute": 1.0,
            "chip_failure": terms.chip_failure / YEAR,
        },
        bus={"power": start.bus.power * ratio, "mass": start.bus.mass * ratio},
        array={
            "areal_power": rated_areal_power(made),
            "specific_power": specific_power(made),
            "degradation": column[f"degradation {way.cells}"],
            "pointing": start.array.pointing * column[f"hot {way.cells}"],
        },
        battery={"eclipse": way.eclipse, "depth": column["depth"]},
        radiator={"area": 0.0, "junction_limit": chosen.junction, "albedo_weight": column["albedo"]},
        body={
            "structure": np.minimum(start.body.structure * ratio**SPAN_GROWTH, LARGEST_STRUCTURE),
            "shielding": box_mass(edge, edge, edge, chosen.shield),
            "propulsion": start.body.propulsion * ratio,
            "station_keeping": base.control + drag,
            "disposal": start.body.disposal * column["disposal"] / own_column(base.frame, "disposal"),
        },
        prices={"array": made.price, "compute": terms.chip_price / terms.watts},
    )


def changed(design: Design, **parts: Any) -> Design:
    """A design with some fields of some parts replaced."""
    flat = {
        name: replace(getattr(design, name), **value) if isinstance(value, dict) else value
        for name, value in parts.items()
    }
    return replace(design, **flat)
