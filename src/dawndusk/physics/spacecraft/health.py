"""The one failure law: compute that a satellite in orbit still delivers at each age, from its parts.

Chips, boards, pumps and the satellite itself have their hazards by age (`hazards`), storms take satellites,
debris pierces coolant loops, upsets take time; what is left degrades gracefully. Launches that fail are not
in it: their satellites are bought again. The planner and the simulator lose a constant share per quarter,
fitted to this curve (`planned_decline`).
"""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.records import Floats, Real, record, replace
from dawndusk.core.scenario.numbers import AS_IN_LEDGER, Numbers
from dawndusk.core.units import Unit
from dawndusk.physics.environment.flux import punctures
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.hazards import NEVER, Hazard, known_hazard, life_nodes, surviving
from dawndusk.physics.spacecraft.loop import piercing_diameter, tube_share
from dawndusk.physics.spacecraft.shocks import Shocks, lost_on_station
from dawndusk.physics.spacecraft.spares import mean_share
from dawndusk.physics.spacecraft.upset_losses import recovery_of, serving_share, upsets

LARGEST_RADIATOR: Final = 1e5  # m2: stands for one that no finite area is large enough for
QUARTER: Final = YEAR / 4.0  # s
HALVINGS: Final = 60  # of the loss per quarter: to 1e-18
PATHS: Final = 1000
MOST_BATCHES: Final = 200


@record
class FailingParts:
    """A satellite's parts as far as they fail.

    Parameters
    ----------
    chip, board, pump, satellite : Hazard
        Of one chip; of one board, which takes its chips with it; of one pump with its loop; of all that ends
        the whole satellite.
    chip_as_made : Hazard
        Early failures and wear-out of a chip that can fail, whatever its accidents.
    spare_chips : float or array
        Hot spare chips over chips that power and heat allow to run, 0 or more.
    pumps, pumps_needed : int
        Installed, and needed to carry all heat; fewer carry their share of it.
    available : float or array
        Share of time that living chips are up (`upset_losses`).
    """

    chip: Hazard
    board: Hazard
    pump: Hazard
    satellite: Hazard
    chip_as_made: Hazard = known_hazard("chip")
    spare_chips: Annotated[Real, Unit("1", 0.0, 2.0)]
    pumps: int
    pumps_needed: int
    available: Annotated[Real, Unit("1", 0.0, 1.0)]


@record
class Decline:
    """A constant loss per quarter in place of the curve.

    Parameters
    ----------
    level : float or array
        Share delivered in the first quarter.
    loss : float or array
        Share of what is left that is lost from one quarter to the next.
    error : float or array
        Largest difference from the curve at the middle of any quarter, in shares of a new satellite.
    """

    level: Annotated[Real, Unit("1", 0.0, 1.0)]
    loss: Annotated[Real, Unit("1", 0.0, 1.0)]
    error: Annotated[Real, Unit("1", 0.0, 1.0)]


@record
class Ages:
    """Compute by age, as a share of what the satellites that came to work had when new.

    Parameters
    ----------
    years : array, shape (k,)
        Ages, yr, from 0 to the end of the life.
    mean, low, high : array, shape (k,)
        Expected, and the 5 and 95 % points over fleets that share batches and storms. Ranges of the rates
        themselves are not in the band.
    """

    years: Floats
    mean: Floats
    low: Floats
    high: Floats


def failing_parts(
    design: Design, *, radiator: Real, altitude: Real, protons: Real, numbers: Numbers = AS_IN_LEDGER
) -> FailingParts:
    """A design's parts as far as they fail, in an orbit.

    Parameters
    ----------
    design : Design
        Its chips' permanent failures and satellite losses are taken as accidents (`at_rates`); early
        failures, wear-out, boards and pumps are those of `hazards.known_hazard`.
    radiator : float or array
        Planform, m2.
    altitude : float or array
        m: decides how often debris pierces a loop.
    protons : float or array
        Dose rate behind the wall around the chips (Gy/s), which upsets them.
    numbers : Numbers, optional
        What a scenario states otherwise of failures and requests.

    Notes
    -----
    Three quarters of the loops carry all heat. Chips live as long as their satellite: nobody changes them.
    """
    loops, pump = design.radiator.loops, known_hazard("pump", numbers)
    area = np.clip(np.nan_to_num(radiator, nan=LARGEST_RADIATOR), 0.0, LARGEST_RADIATOR)
    hole = piercing_diameter(design.panel.wall)
    pierced = punctures(area, altitude, hole, tubes=tube_share(design.panel))
    up = serving_share(
        upsets(protons),
        recovery_of(numbers),
        request=numbers.request_time,
        chips=numbers.chips_per_request,
    )
    chip = known_hazard("chip", numbers)
    parts = FailingParts(
        chip=chip,
        chip_as_made=chip,
        board=known_hazard("board", numbers),
        pump=replace(pump, random=(pump.random + pierced / loops)[()]),
        satellite=known_hazard("satellite", numbers),
        spare_chips=0.0,
        pumps=loops,
        pumps_needed=-(-3 * loops // 4),
        available=np.asarray(up)[()],
    )
    return at_rates(parts, chip=design.payload.chip_failure * YEAR, satellite=design.satellite_loss * YEAR)


def at_rates(parts: FailingParts, *, chip: Real, satellite: Real) -> FailingParts:
    """The same parts with other accidents: shares of chips and of satellites lost a year (0 to below 1).

    Notes
    -----
    Chips of which none are lost fail at no age. Storms as in `shocks` come on top of the satellites'.
    """
    storms = Shocks()
    lost = storms.storm_rate * storms.storm_share + _hazard(satellite)
    chips = replace(parts.chip_as_made, random=_hazard(chip))
    if np.ndim(chip) == 0 and chip == 0.0:
        chips = replace(chips, infant=0.0, wear_life=NEVER * YEAR)
    return replace(parts, chip=chips, satellite=replace(parts.satellite, random=lost))


def _hazard(yearly: Real) -> Real:
    """Constant hazard (1/s) that takes a share in a year."""
    rate: Real = -np.log1p(-np.asarray(yearly, dtype=np.float64))[()] / YEAR
    return rate


def delivered_share(parts: FailingParts, age: Real, *, powered: Real = 1.0) -> Real:
    """Share of the compute of a new satellite that one delivers on average at an age: the curve.

    Parameters
    ----------
    parts : FailingParts
        Its fields and the age broadcast, draws last.
    age : float or array
        s, not negative.
    powered : float or array
        Share of the chips that the array can still feed at that age.

    Raises
    ------
    UserError
        Where more pumps are needed than installed.

    Notes
    -----
    The smallest of chips alive (with spares), power and cooling counts, not their product: dead chips leave
    power and cold to those alive. Chips are many: their share is taken at its mean, which overstates it by
    up to 0.4 / sqrt(boards) times the share of a board where spares just suffice. Pumps are few and counted.
    """
    alive = surviving(parts.chip, age) * surviving(parts.board, age)
    fed = np.minimum(np.minimum((1.0 + parts.spare_chips) * alive, 1.0), powered)
    cooled = mean_share(surviving(parts.pump, age), parts.pumps, parts.pumps_needed, cap=fed)
    share: Real = surviving(parts.satellite, age) * cooled * parts.available
    return share


def mean_delivered(parts: FailingParts, life: Real, *, fading: Real = 0.0, discount: Real = 0.0) -> Real:
    """Mean of the curve over a life.

    Parameters
    ----------
    parts : FailingParts
        Its fields and the life broadcast, draws last.
    life : float or array
        s, above 0; nothing is delivered after it.
    fading : float or array
        Hazard (1/s) at which the array loses power, 0 for one sized for its end of life.
    discount : float or array
        Rate (1/s) at which later compute counts less; 0 gives the plain mean.

    Notes
    -----
    Within 1e-3 of a fine sum: the kink where spares are used up costs the quadrature that much.
    """
    ages, weights = life_nodes(life)
    top: Real = 0.0
    bottom: Real = 0.0
    for age, weight in zip(ages, weights, strict=True):
        worth = weight * np.exp(-discount * age)
        top = top + worth * delivered_share(parts, age, powered=np.exp(-fading * age))
        bottom = bottom + worth
    return top / bottom


def planned_decline(parts: FailingParts, own: FailingParts, *, quarters: int) -> Decline:
    """Constant loss per quarter that stands for the curve in the plan and in the simulation.

    Parameters
    ----------
    parts, own : FailingParts
        Where the satellite flies, and in its own orbit.
    quarters : int
        Of its life, at least 1.

    Notes
    -----
    The mean over the life is that of the curve. The loss is that of the design's own orbit, from the middle
    of the first quarter on, so that one design has one rate of loss wherever it flies; `level` carries what
    differs (upsets, punctures). Early failures make the curve fall faster at first: `error` says by how much.
    """
    life = quarters * QUARTER
    loss = _loss_for(mean_delivered(own, life) / delivered_share(own, 0.5 * QUARTER), quarters)
    level = mean_delivered(parts, life) / mean_left(loss, quarters)
    apart = [
        np.abs(delivered_share(parts, (k + 0.5) * QUARTER) - level * (1.0 - loss) ** k)
        for k in range(quarters)
    ]
    return Decline(level=level, loss=loss, error=np.max(apart, axis=0)[()])


def mean_left(loss: Real, periods: int) -> Real:
    """Mean over periods of what a constant loss per period leaves: 1 in the first."""
    kept = 1.0 - np.asarray(loss, dtype=np.float64)
    lost = np.where(kept < 1.0, 1.0 - kept, 1.0)
    return np.where(kept < 1.0, (1.0 - kept**periods) / (lost * periods), 1.0)[()]


def _loss_for(mean: Real, periods: int) -> Real:
    """Loss per period whose mean over periods is a given one; 0 where nothing is lost."""
    low, high = np.zeros(np.shape(mean)), np.ones(np.shape(mean))
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        more = mean_left(middle, periods) > mean
        low, high = np.where(more, middle, low), np.where(more, high, middle)
    return (0.5 * (low + high))[()]


def delivered_by_age(parts: FailingParts, life: float, *, batches: float, seed: int = 1) -> Ages:
    """The curve to the end of a life, with the band of what satellites share that nobody replaces.

    Parameters
    ----------
    parts : FailingParts
        Central values.
    life : float
        s, above 0.
    batches : float
        Launches that the fleet came on; more than `MOST_BATCHES` count as those: their band is as narrow.
    seed : int
        Of the drawn fleets.
    """
    count = max(int(np.ceil(life / YEAR)), 1)
    ages = np.linspace(0.0, life, count + 1)
    usual = Shocks()
    shocks = replace(
        usual, hazard=max(float(parts.satellite.random) - usual.storm_rate * usual.storm_share, 0.0)
    )
    mean = np.asarray(delivered_share(parts, ages))
    expected = np.exp(-parts.satellite.random * ages)
    generator = np.random.default_rng(np.random.SeedSequence(seed))
    lost = lost_on_station(
        shocks,
        generator,
        periods=count,
        batches=int(np.clip(batches, 1, MOST_BATCHES)),
        paths=PATHS,
        period=life / count,
    )
    left = np.concatenate([np.ones((1, PATHS)), np.cumprod(1.0 - lost, axis=0).mean(axis=1)])
    low, high = np.quantile(left, (0.05, 0.95), axis=-1)
    return Ages(years=ages / YEAR, mean=mean, low=mean * low / expected, high=mean * high / expected)
