"""Search for the cheapest candidate of one way: differential evolution, then ever closer looks around it.

Storn & Price (1997), doi:10.1023/A:1008202821328. Whole satellites per launch make the cost a saw in size,
on which gradients are lost; hence no gradient method, also not at the end.
"""

from __future__ import annotations

from itertools import product
from typing import Any, Final

import numpy as np

from dawndusk.core.records import Floats, record
from dawndusk.physics.environment.dose import THICKEST
from dawndusk.space.design.candidates import COLDEST, LARGEST, SMALLEST, THINNEST_WALL, Basis, Candidates, Way
from dawndusk.space.design.frame import CELLS, HIGHEST, LOWEST
from dawndusk.space.design.prices import Assessed, assess

SAMPLE: Final = 4096  # candidates spread evenly before a full search
POPULATION: Final = 64
GENERATIONS: Final = 40
FEW_GENERATIONS: Final = 20  # where a good start is known
LOOKS: Final = 18  # rounds around the best, each closer
AROUND: Final = 128  # candidates of a look
WIDEST: Final = 0.1  # of the range of each variable, at the first look
CLOSEST: Final = 1e-5  # at the last
REFUSED: Final = 50.0  # above any logarithm of a cost
WAYS: Final = tuple(
    Way(kind, cells, eclipse)  # type: ignore[arg-type]
    for kind, cells, eclipse in product(("dawn-dusk", "inclined"), CELLS, ("shed", "battery"))
)
LOGARITHMIC: Final = (1, 3)  # variables searched by their logarithm: size and shield
Point = tuple[float, float, float, float]


@record
class Found:
    """A candidate and what it costs.

    Parameters
    ----------
    way : Way
    point : tuple
        Altitude (m), size (W), junction (K), shield (m).
    assessed : Assessed
        Arrays of 1.
    """

    way: Way
    point: Point
    assessed: Assessed

    @property
    def hour(self) -> float:
        """USD per delivered H100e-hour."""
        return number(self.assessed.hour)

    @property
    def closes(self) -> bool:
        """Whether all balances hold."""
        return number(self.assessed.violation) == 0.0 and bool(np.isfinite(self.hour))


class Seen:
    """All that was evaluated: way, four variables as searched, cost, mass per power; of what closes."""

    def __init__(self) -> None:
        self.rows: list[Floats] = []
        self.count = 0

    def add(self, way: Way, x: Floats, found: Assessed) -> None:
        """Keep the candidates that close."""
        self.count += x.shape[1]
        good = found.violation == 0.0
        parts = [np.full(x.shape[1], float(WAYS.index(way))), *x, found.hour, found.specific]
        self.rows.append(np.stack([np.broadcast_to(p, good.shape)[good] for p in parts]))


def number(value: Any) -> float:
    """A number out of an array of one."""
    return float(np.ravel(value)[0])


def candidate(court: Basis, way: Way, point: Point) -> Found:
    """One candidate, assessed."""
    x = np.array(point)[:, None]
    chosen = Candidates(altitude=x[0], size=x[1], junction=x[2], shield=x[3])
    return Found(way=way, point=point, assessed=assess(court, way, chosen))


def search(
    court: Basis,
    way: Way,
    *,
    seed: int,
    weight: float = 0.0,
    seen: Seen | None = None,
    held: tuple[int, float] | None = None,
    start: Point | None = None,
) -> Found:
    """The best candidate of one way.

    Parameters
    ----------
    court : Basis
    way : Way
    seed : int
    weight : float
        What counts is cost x (mass per power)^weight; 0 is cost alone.
    seen : Seen, optional
        Filled with all candidates on the way.
    held : tuple, optional
        Index of a variable in `Found.point` and the value that it keeps.
    start : tuple, optional
        A good point; the search is then a short one.
    """
    from scipy.optimize import differential_evolution
    from scipy.stats import qmc

    low, high = _bounds(court, held)

    def merit(unit: Floats) -> Floats:
        x = low[:, None] + (high - low)[:, None] * unit.reshape(4, -1)
        found = assess(court, way, _candidates(x))
        if seen is not None:
            seen.add(way, x, found)
        short = found.violation
        with np.errstate(invalid="ignore", divide="ignore"):
            value = np.log(found.hour) + weight * np.log(found.specific)
        return np.where((short == 0.0) & np.isfinite(value), value, REFUSED + np.minimum(short, 1e6))

    spread = qmc.Sobol(4, seed=seed).random(SAMPLE if start is None else SAMPLE // 4)
    if start is not None:
        spread[0] = np.clip((_searched(start) - low) / np.where(high > low, high - low, 1.0), 0.0, 1.0)
    first = spread[np.argsort(merit(spread.T), kind="stable")[:POPULATION]]
    evolved = differential_evolution(
        merit,  # type: ignore[arg-type]
        [(0.0, 1.0)] * 4,  # type: ignore[arg-type]
        init=first,
        seed=seed,
        maxiter=GENERATIONS if start is None else FEW_GENERATIONS,
        tol=0.0,
        polish=False,
        vectorized=True,
        updating="deferred",
    )
    x = low + (high - low) * _nearer(merit, np.asarray(evolved.x), seed)
    values = [float(np.exp(v)) if k in LOGARITHMIC else float(v) for k, v in enumerate(x)]
    return candidate(court, way, (values[0], values[1], values[2], values[3]))


def _nearer(merit: Any, best: Floats, seed: int) -> Floats:
    """Looks around the best, ever closer; limits are reached exactly, as what lies beyond is put on them."""
    generator = np.random.default_rng(np.random.SeedSequence(seed))
    lowest = float(merit(best[:, None])[0])
    for width in np.geomspace(WIDEST, CLOSEST, LOOKS):
        moved = generator.standard_normal((4, AROUND)) * (generator.random((4, AROUND)) < 0.5)
        tried = np.clip(best[:, None] + width * moved, 0.0, 1.0)
        values = merit(tried)
        k = int(np.argmin(values))
        if values[k] < lowest:
            best, lowest = tried[:, k], float(values[k])
    return best


def _bounds(court: Basis, held: tuple[int, float] | None = None) -> tuple[Floats, Floats]:
    """Lowest and highest of each variable as searched."""
    hottest = court.frame.design.plate.junction_limit
    low = _searched((LOWEST, SMALLEST, min(COLDEST, hottest - 1.0), THINNEST_WALL))
    high = _searched((HIGHEST, LARGEST, hottest, THICKEST))
    if held is not None:
        index, value = held
        low[index] = high[index] = np.log(value) if index in LOGARITHMIC else value
    return low, high


def _searched(point: Point) -> Floats:
    return np.array([np.log(v) if k in LOGARITHMIC else v for k, v in enumerate(point)])


def _candidates(x: Floats) -> Candidates:
    return Candidates(altitude=x[0], size=np.exp(x[1]), junction=x[2], shield=np.exp(x[3]))
