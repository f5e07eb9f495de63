"""The satellite of least cost per delivered H100e-hour: what it is, what limits it, what else would do.

Searched in `design_search`; here the best of all ways, the Pareto front of mass per power against cost, what
each limit costs, and what the cost is a step away. Same name and seed, same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np

from dawndusk.core.constants import ZERO_CELSIUS
from dawndusk.core.errors import UserError, problem
from dawndusk.core.records import record, replace
from dawndusk.physics.environment.dose import KRAD, THICKEST
from dawndusk.space.design.candidates import COLDEST, LARGEST, SMALLEST, THINNEST_WALL, Basis, basis, changed
from dawndusk.space.design.frame import HIGHEST, LOWEST, Frame, Orbits, frame
from dawndusk.space.design.prices import Assessed, assess_own
from dawndusk.space.design.search import WAYS, Found, Seen, candidate, number, search

WEIGHTS: Final = (0.5, 3.0)  # of mass per power against cost: what fills the front
WORTH: Final = 1.3  # ways dearer than this many times the best are not searched for the front
FRONT: Final = 40  # points kept
STEP: Final = 0.2  # of the sensitivity
BINDS: Final = 1e-3  # share of the cost that a looser limit saves, from which on it binds
SIZES: Final = (10e3, 30e3, 100e3, 300e3, 1e6)  # W, held in turn
ALTITUDES: Final = (450e3, 500e3, 550e3, 600e3, 700e3, 850e3, 1000e3)  # m


@record
class Limit:
    """What one limit costs: the saving (share of the cost) if it were looser, all else chosen anew."""

    name: str
    saving: float
    words: str


@record
class Step:
    """The cost with one variable moved; `value` in `unit`, costs in USD per H100e-hour."""

    variable: str
    unit: str
    value: float
    alone: float  # all else as it was; infinite where that does not close
    hour: float  # all else chosen anew
    short: tuple[str, ...]  # what then fails or is broken


@record
class Choice:
    """The answer.

    Parameters
    ----------
    frame : Frame
    best : Found
    own : Assessed
        The frame's design as its maker has it.
    limits : tuple of Limit
        Dearest first.
    steps : tuple of Step
        Each variable `STEP` lower and higher than the best.
    alternatives : tuple of Found
        The best of each other way that closes, cheapest first.
    sizes, altitudes : tuple of Found
        The best if one variable is held, by that variable; those that do not close are left out.
    front : tuple of Found
        Pareto front, cheapest first.
    evaluated : int
        Candidates evaluated.
    """

    frame: Frame
    best: Found
    own: Assessed
    limits: tuple[Limit, ...]
    steps: tuple[Step, ...]
    alternatives: tuple[Found, ...]
    sizes: tuple[Found, ...]
    altitudes: tuple[Found, ...]
    front: tuple[Found, ...]
    evaluated: int


@lru_cache(maxsize=4)
def choose(name: str, *, seed: int = 1) -> Choice:
    """Find the best satellite for a scenario, or from a preset with the prices of the default scenario.

    Answers are kept: asked again for the same name, a file is not read anew.

    Parameters
    ----------
    name : str
        As for `design_frame.frame`.
    seed : int
        Of the search.

    Raises
    ------
    UserError
        For a wrong name, or where no candidate closes: which balance fails and by how much.
    """
    return choose_in(frame(name), seed=seed)


def choose_in(given: Frame, *, seed: int = 1) -> Choice:
    """As `choose`, in a frame.

    Parameters
    ----------
    given : Frame
    seed : int
    """
    court, seen = basis(given), Seen()
    found = [search(court, way, seed=seed, seen=seen) for way in WAYS]
    cheapest = sorted((x for x in found if x.closes), key=lambda x: x.hour)
    if not cheapest:
        raise _nothing_closes(court, min(found, key=lambda x: number(x.assessed.violation)))
    for weight in WEIGHTS:
        for other in cheapest:
            if other.hour < WORTH * cheapest[0].hour:
                search(court, other.way, seed=seed, weight=weight, seen=seen)
    altitudes = _scan(court, cheapest[0], 0, ALTITUDES, seed)
    best, *others = min((cheapest[0], *altitudes), key=lambda x: x.hour), *cheapest[1:]
    return Choice(
        frame=given,
        best=best,
        own=assess_own(court),
        limits=_limits(court, best, seed),
        steps=_steps(court, best, seed),
        alternatives=tuple(others),
        sizes=_scan(court, best, 1, SIZES, seed),
        altitudes=altitudes,
        front=_front(court, seen, best),
        evaluated=seen.count,
    )


def _scan(court: Basis, best: Found, index: int, values: tuple[float, ...], seed: int) -> tuple[Found, ...]:
    """The best of the best's way with one variable held."""
    found = (search(court, best.way, seed=seed, held=(index, x), start=best.point) for x in values)
    return tuple(x for x in found if x.closes)


def _front(court: Basis, seen: Seen, best: Found) -> tuple[Found, ...]:
    """Candidates that none beats in both cost and mass per power, thinned to `FRONT`; the best leads."""
    lightest_best = number(best.assessed.specific)
    rows = np.concatenate(seen.rows, axis=1)
    rows = rows[:, rows[6] < lightest_best]
    rows = rows[:, np.lexsort((rows[6], rows[5]))]
    lightest = np.minimum.accumulate(np.append(lightest_best, rows[6]))
    rows = rows[:, rows[6] < lightest[:-1]]
    if rows.shape[1] >= FRONT:
        along = np.log(rows[6] / rows[6, -1]) / np.log(rows[6, 0] / rows[6, -1])
        even = np.searchsorted(-along, -np.linspace(1.0, 0.0, FRONT - 1))
        rows = rows[:, np.unique(np.clip(even, 0, rows.shape[1] - 1))]
    points = ((float(h), float(np.exp(p)), float(t), float(np.exp(d))) for h, p, t, d in rows[1:5].T)
    ways = (WAYS[int(k)] for k in rows[0])
    return best, *(candidate(court, way, point) for way, point in zip(ways, points, strict=True))


def _looser(court: Basis) -> Mapping[str, Callable[[], Basis]]:
    """The same with one limit looser."""

    def framed(**changes: Any) -> Basis:
        return replace(court, frame=replace(court.frame, **changes))

    def orbits(change: Callable[[Orbits], Orbits]) -> Basis:
        return framed(orbits={kind: change(table) for kind, table in court.frame.orbits.items()})

    terms, design = court.terms, court.frame.design
    warmer = {
        "junction_limit": design.plate.junction_limit + 10.0,
        "hbm_limit": design.plate.hbm_limit + 10.0,
    }
    harder = {"dose_limit": 2.0 * design.body.dose_limit}
    return {
        "chip limit": lambda: framed(design=changed(design, plate=warmer)),
        "dose limit": lambda: framed(design=changed(design, body=harder)),
        "launch mass": lambda: orbits(lambda x: replace(x, payload=1.1 * x.payload)),
        "launch volume": lambda: framed(
            terms=replace(terms, launch=replace(terms.launch, volume=1.1 * terms.launch.volume))
        ),
        "shadow": lambda: orbits(_always_light),
        "factory": lambda: framed(terms=replace(terms, satellites=2.0 * terms.satellites)),
        "launch rate": lambda: framed(terms=replace(terms, launches=2.0 * terms.launches)),
    }


def _always_light(table: Orbits) -> Orbits:
    """The same orbits without shadows."""
    place = table.conditions
    none = np.zeros_like(place.calendar.longest)
    calendar = replace(place.calendar, lengths=np.zeros_like(place.calendar.lengths), longest=none)
    lit = replace(place, sunlit_fraction=none + 1.0, longest_shadow=none, calendar=calendar)
    return replace(table, conditions=lit)


def _limits(court: Basis, best: Found, seed: int) -> tuple[Limit, ...]:
    told = _limit_words(court, best)
    found = []
    for name, loosen in _looser(court).items():
        other = search(loosen(), best.way, seed=seed, start=best.point)
        found.append(Limit(name=name, saving=max(1.0 - other.hour / best.hour, 0.0), words=told[name]))
    return tuple(sorted(found, key=lambda x: -x.saving))


def _limit_words(court: Basis, best: Found) -> dict[str, str]:
    """How each limit stands at the best, and what is done to it to see what it costs."""
    terms, a, body = court.terms, best.assessed, best.assessed.design.body
    launch, kept = terms.launch, number(a.launch.per_launch)
    at = court.frame.orbits[best.way.kind]
    place, height = at.conditions, best.point[0]
    room, lit, dark = (
        float(np.interp(height, at.altitude, np.asarray(x)))
        for x in (at.payload, place.sunlit_fraction, place.longest_shadow)
    )
    mass, volume = (kept * number(x) for x in (a.budget.mass.total, a.volume))
    hot, plate = a.budget.temperature, court.frame.design.plate
    heat = [x - ZERO_CELSIUS for x in (number(hot.junction_peak), plate.junction_limit)]
    heat += [x - ZERO_CELSIUS for x in (number(hot.hbm_peak), plate.hbm_limit)]
    return {
        "chip limit": f"at peak junctions {heat[0]:.0f} of {heat[1]:.0f} degC, memory {heat[2]:.0f} of "
        f"{heat[3]:.0f}; if 10 K more were allowed",
        "dose limit": f"{number(a.dose) / KRAD:.2g} of {body.dose_limit / KRAD:.2g} krad, "
        f"{body.dose_margin:g} times the dose of {terms.life:g} yr, behind {body.housing * 1e3:.1f} mm of "
        f"its own and {best.point[3] * 1e3:.1f} mm; if twice as much were",
        "launch mass": f"{kept:.0f} satellites take {100 * mass / room:.0f} % of the {room / 1e3:.0f} t of a "
        f"{launch.label} launch; if it lifted 10 % more",
        "launch volume": f"they take {100 * volume / launch.volume:.0f} % of its {launch.volume:.0f} m3; if "
        "there were 10 % more",
        "shadow": f"in light {100 * lit:.1f} % of the year, {dark / 60.0:.0f} min of shadow at worst; if "
        "there were none",
        "factory": f"{terms.satellites:.0f} satellites a year at most, of whatever size; if it made twice "
        "as many",
        "launch rate": f"{terms.launches:.0f} launches a year lift {terms.launches * kept:.0f} satellites; "
        "if there were twice as many",
    }


def _steps(court: Basis, best: Found, seed: int) -> tuple[Step, ...]:
    """Each variable lower and higher by `STEP`: the others as they were, and chosen anew."""
    names = {"altitude": ("km", 1e3, 0.0), "size": ("kW", 1e3, 0.0), "junction": ("degC", 1.0, ZERO_CELSIUS)}
    names["shield"] = ("mm", 1e-3, 0.0)
    ends = ((LOWEST, HIGHEST), (SMALLEST, LARGEST), (COLDEST, np.inf), (THINNEST_WALL, THICKEST))
    found = []
    for index, (name, (unit, scale, zero)) in enumerate(names.items()):
        for side in (1.0 - STEP, 1.0 + STEP):
            value = float(np.clip((best.point[index] - zero) * side + zero, *ends[index]))
            point = (*best.point[:index], value, *best.point[index + 1 :])
            alone = candidate(court, best.way, point)  # type: ignore[arg-type]
            anew = search(court, best.way, seed=seed, held=(index, value), start=best.point)
            short = tuple(k for k, v in anew.assessed.short.items() if number(v) > 0.0)
            if name == "junction" and value > court.frame.design.plate.junction_limit:
                short += ("chip limit",)
            found.append(
                Step(
                    variable=name,
                    unit=unit,
                    value=(value - zero) / scale,
                    alone=alone.hour if alone.closes else np.inf,
                    hour=anew.hour,
                    short=short,
                )
            )
    return tuple(found)


def _nothing_closes(court: Basis, near: Found) -> UserError:
    """What to say when no candidate closes: the balance that the nearest one misses most."""
    short = {k: number(v) for k, v in near.assessed.short.items()}
    name = max(short, key=lambda k: short[k])
    a, terms = near.assessed, court.terms
    limit, life = court.frame.design.body.dose_limit, terms.life
    dose = number(a.dose)
    expected, write = {
        "heat": (
            "a radiator warmer than its sink: heat balance",
            f"a junction limit above {near.point[2] - ZERO_CELSIUS:.0f} degC, or smaller resistances",
        ),
        "power": ("an array that still gives power at the end of life", f"a life below {life:g} yr"),
        "mass": (
            "mass balance: structure, margin and tanks must leave room for the rest",
            "smaller shares of structure and margin, or a higher specific impulse",
        ),
        "dose": (
            (
                f"dose balance: at most {limit / KRAD:.3g} krad with its margin; the nearest gets "
                f"{dose / KRAD:.3g} krad at {near.point[0] / 1e3:.0f} km behind {near.point[3] * 1e3:.1f} mm"
            ),
            f"a life of at most {0.99 * life * limit / max(dose, 1e-9):.2g} yr",
        ),
        "launch": (
            f"a launch that lifts {number(a.budget.mass.total) / 1e3:.3g} t in {number(a.volume):.3g} m3",
            f"a launch of {100 * short['launch']:.0f} % more than its payload or {terms.launch.volume:g} m3",
        ),
    }[name]
    return problem(
        "design", f"{100 * short[name]:.3g} % short in {name}: no candidate closes", expected, write
    )


def binding(found: Choice) -> str:
    """What limits the best, dearest first, in one line of words."""
    told = [
        f"{x.name}: {x.words}, the hour would cost {100 * x.saving:.1f} % less"
        for x in found.limits
        if x.saving >= BINDS
    ]
    if found.best.point[0] < LOWEST + 1e3:
        told.append(f"altitude: {LOWEST / 1e3:.0f} km is the lowest searched")
    return "; ".join(told) or "no limit: every variable lies inside its range"
