"""Candidate satellites and how they become designs.

`design_of` is the one place that knows what a candidate changes in a Design. All functions take arrays of
candidates.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Annotated, Any, Final, Literal, NamedTuple

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Ints, Real, record, replace
from dawndusk.core.scenario.numbers import AS_IN_LEDGER
from dawndusk.core.units import Unit
from dawndusk.physics.environment.disposal import disposal_delta_v
from dawndusk.physics.environment.dose import THICKEST, THINNEST
from dawndusk.physics.environment.drag import drag_delta_v
from dawndusk.physics.spacecraft.cells import cell, rated_areal_power, specific_power
from dawndusk.physics.spacecraft.closure import Budget, close, propellant_share
from dawndusk.physics.spacecraft.conditions import Conditions
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.shielding import DoseCurve, dose_behind, protons_behind
from dawndusk.space.design.frame import HIGHEST, LOWEST, Frame, Kind, Orbits
from dawndusk.space.sheet import conditions_of
from dawndusk.supply.in_service import ServiceTerms, by_parts, fleet_of, launched, stowed
from dawndusk.supply.satellite import payload

Strategy = Literal["battery", "shed"]

SMALLEST: Final = number("searched_smallest_power")  # W
LARGEST: Final = number("searched_largest_power")  # W
COLDEST: Final = number("searched_coldest_junction")  # K of the junction
THINNEST_WALL: Final = number("searched_thinnest_wall")  # m
SPAN_GROWTH: Final = number("structure_growth")  # exponent of the structure's share of mass with size
LARGEST_STRUCTURE: Final = number("searched_largest_structure")  # share of dry mass


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
    junction: Annotated[Real, Unit("K", COLDEST)]  # most at peak, memory as much below its limit
    shield: Annotated[Real, Unit("m", THINNEST_WALL, THICKEST)]  # aluminium around the payload


@record
class Here:
    """The orbit of each candidate.

    Parameters
    ----------
    conditions : Conditions
        For the closure; its damage is not that of the candidate's cells, its dose not looked at.
    damage : mapping of str to array
        To cells by kind.
    payload, disposal, drag : Real
        As in `Orbits`, drag in m/s per s and m2/kg.
    rate, protons : Real
        Dose rates (Gy/s) behind shield and housing, all and of protons.
    """

    conditions: Conditions
    damage: dict[str, Floats]
    payload: Real
    disposal: Real
    drag: Real
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
    place : Here
        That orbit, with the dose behind the design's own shield.
    reference : USD
        Its platform by parts (`in_service.by_parts`), made in the number that can be made and lifted.
    control : m/s per s
        Its station keeping less the drag of its own wings, not below 0.
    """

    frame: Frame
    own: Budget
    place: Here
    reference: float
    control: float

    @property
    def terms(self) -> ServiceTerms:
        """Of its frame."""
        return self.frame.terms


def basis(frame: Frame) -> Basis:
    """Close the frame's own design in its own orbit."""
    design, where = frame.design, conditions_of(frame.design)
    budget = close(design, where)
    height, wall = design.orbit.altitude, budget.shield_wall + design.body.housing
    place = Here(
        conditions=where,
        damage={},
        payload=payload(frame.terms.launch, height, float(where.inclination)),
        disposal=disposal_delta_v(height),
        drag=drag_delta_v(height, 1.0, AS_IN_LEDGER.drag_coefficient),
        rate=dose_behind(where.dose, wall),
        protons=protons_behind(where.dose, wall),
    )
    drag = float(place.drag * _exposed(design.orbit.kind, budget.area.array / np.asarray(budget.mass.dry)))
    return Basis(
        frame=frame,
        own=budget,
        place=place,
        reference=_reference(frame, budget, place),
        control=max(design.body.station_keeping - drag, 0.0),
    )


def _reference(frame: Frame, own: Budget, place: Here) -> float:
    terms, mass = frame.terms, own.mass.total
    room = launched(terms, payload=place.payload, mass=mass, volume=stowed(terms, mass), value=0.0)
    return float(by_parts(frame.design, own, fleet_of(terms, room.per_launch)).platform)


def _exposed(kind: Kind, area_to_mass: Real) -> Floats:
    """Area that meets the flow, m2/kg, as in `supply.satellite.moved`."""
    dawn, even = AS_IN_LEDGER.wing_flow_share_dawn_dusk, AS_IN_LEDGER.wing_flow_share_inclined
    flow = dawn if kind == "dawn-dusk" else even
    return np.clip(flow * np.asarray(area_to_mass), 1e-4, 10.0)


def here(orbits: Orbits, altitude: Real, wall: Real) -> Here:
    """Orbits at altitudes (m) behind walls (m of aluminium, with the housing), straight between the tables.

    Notes
    -----
    Steps of 25 km: light within 1e-4, dose (linear in the logarithms) within 2 %.
    """
    grid = orbits.altitude
    place = np.clip((np.asarray(altitude) - grid[0]) / (grid[1] - grid[0]), 0.0, len(grid) - 1.0)
    low = np.minimum(place.astype(np.int64), len(grid) - 2)
    part = place - low

    def at(column: Floats) -> Floats:
        return np.asarray(column[..., low] + part * (column[..., low + 1] - column[..., low]))

    rate, protons = _behind(orbits.conditions.dose, wall, low, part)
    return Here(
        conditions=_mapped(orbits.conditions, at),
        damage={name: np.exp(at(column)) for name, column in orbits.damage.items()},
        payload=at(orbits.payload),
        disposal=at(orbits.disposal),
        drag=np.exp(at(orbits.drag)),
        rate=rate,
        protons=protons,
    )


def _mapped(value: Any, change: Callable[[Floats], Floats]) -> Any:
    """A record with every array changed; dose curves stay as they are, for no wall is left to be found."""
    if isinstance(value, DoseCurve):
        return value
    if not dataclasses.is_dataclass(value):
        return change(value)
    names = [x.name for x in dataclasses.fields(value)]
    return replace(value, **{name: _mapped(getattr(value, name), change) for name in names})


def _behind(curve: DoseCurve, wall: Real, low: Ints, part: Floats) -> tuple[Floats, Floats]:
    """Dose rates (Gy/s) behind walls (m), all and of protons, between altitudes."""
    depth = np.log(np.clip(wall, THINNEST, THICKEST) / THINNEST)
    step = np.log(THICKEST / THINNEST) / (len(curve.thickness) - 1)
    above = np.minimum((depth / step).astype(np.int64), len(curve.thickness) - 2)
    weight = depth / step - above

    def between(rates: Floats) -> Floats:
        logs = np.log(rates)
        rows = [
            logs[above + k, low] + part * (logs[above + k, low + 1] - logs[above + k, low]) for k in (0, 1)
        ]
        return np.asarray(np.exp(rows[0] + weight * (rows[1] - rows[0])))

    return between(curve.rate), between(curve.protons)


def design_of(base: Basis, way: Way, chosen: Candidates, there: Here) -> Design:
    """The candidates as one Design with arrays: the frame's design, changed only in what is chosen.

    Parameters
    ----------
    base : Basis
    way, chosen : Way, Candidates
    there : Here
        Conditions in the candidates' orbits.

    Notes
    -----
    Bus, propulsion and peak grow with size, so that economies of size are in prices alone
    (`economics.satellite_cost`); the share of structure grows as size^`SPAN_GROWTH` for longer spans. The
    array is of its kind as usual (`cells.cell`), the battery as deep as its wear allows, the radiator sized
    for the chosen junction. Disposal moves with the altitude as in `supply.satellite.moved`; station keeping
    is the design's own control, without drag (`close_with_drag`).
    """
    start, terms = base.frame.design, base.terms
    ratio = np.asarray(chosen.size) / start.payload.average
    made = cell(way.cells)
    cooler = start.plate.junction_limit - np.asarray(chosen.junction)
    return changed(
        start,
        life=terms.life * YEAR,
        orbit={"kind": way.kind, "altitude": chosen.altitude},
        payload=chips(start, terms) | {"average": chosen.size, "peak": start.payload.peak * ratio},
        bus={"power": start.bus.power * ratio, "mass": start.bus.mass * ratio},
        array={
            "technology": way.cells,
            "area": 0.0,
            "areal_power": rated_areal_power(made),
            "specific_power": specific_power(made),
            "coefficient": made.coefficient,
            "ten_year_loss": made.ten_year_loss,
            "other_loss": made.other_loss,
        },
        battery={"eclipse": way.eclipse, "depth": 1.0},
        plate={"junction_limit": chosen.junction, "hbm_limit": start.plate.hbm_limit - cooler},
        radiator={"area": 0.0},
        body={
            "structure": np.minimum(start.body.structure * ratio**SPAN_GROWTH, LARGEST_STRUCTURE),
            "shielding": 0.0,
            "wall": chosen.shield,
            "propulsion": start.body.propulsion * ratio,
            "station_keeping": base.control,
            "disposal": start.body.disposal * there.disposal / base.place.disposal,
        },
        prices={"array": made.price, "compute": terms.chip_price / terms.watts},
    )


def close_with_drag(design: Design, where: Conditions, drag: Real) -> tuple[Design, Budget]:
    """Design and budget with what drag takes, from the design without it; `Budget.cost` stays without.

    Parameters
    ----------
    design, where : Design, Conditions
    drag : Real
        m/s per s and m2/kg, at mean activity.

    Notes
    -----
    Drag acts on the wings and the mass of the satellite without it. It moves the propellant and what is a
    share of dry mass, nothing else: the same as a second `close`, at half the time.
    """
    first, body = close(design, where), design.body
    mass = first.mass
    area_to_mass = np.nan_to_num(first.area.array / np.asarray(mass.dry), nan=0.0, posinf=10.0)
    exposed = _exposed(design.orbit.kind, area_to_mass)
    full = changed(design, body={"station_keeping": body.station_keeping + drag * exposed})
    share = propellant_share(full)
    before, left = (
        1 - body.structure - body.margin - body.tank * x for x in (propellant_share(design), share)
    )
    dry = np.where(left > 0, mass.dry * before / np.where(left > 0, left, 1.0), np.inf)
    heavier = replace(
        mass,
        propulsion=body.propulsion + body.tank * share * dry,
        structure=body.structure * dry,
        margin=body.margin * dry,
        dry=dry,
        propellant=share * dry,
        total=dry * (1 + share),
    )
    return full, replace(first, mass=heavier, closes=first.closes & np.isfinite(heavier.total))


def chips(design: Design, terms: ServiceTerms) -> dict[str, Real]:
    """Payload fields for the chips on sale: the design's power and cooling of each, compute as sold."""
    return {
        "gpu_compute": design.payload.gpu_power / terms.watts,
        "chip_failure": terms.chip_failure / YEAR,
    }


def changed(design: Design, **parts: Any) -> Design:
    """A design with some fields of some parts replaced."""
    flat = {
        name: replace(getattr(design, name), **value) if isinstance(value, dict) else value
        for name, value in parts.items()
    }
    return replace(design, **flat)
