"""Survival by age of chips, boards, pumps and satellites: early failures, accidents, wear-out.

Three independent causes; what fails first counts, so their cumulated hazards add. Early failures follow a
Weibull law of shape below 1 (a hazard that falls with age), accidents a constant hazard, wear-out a Weibull
law of shape above 1. Ages and hazards are in s and 1/s; any other unit of time serves if all share it, but
`infant` is the share lost in one Julian year.

What is known: of 1,584 satellites launched 1990-2008 the survival is a Weibull law of shape 0.39: infancy
lasts for ever and wear-out is not seen (Castet & Saleh 2009, *Satellite and satellite subsystems
reliability: statistical data analysis and modeling*, Reliab. Eng. Syst. Saf. 94, 1718,
doi:10.1016/j.ress.2009.05.004, and J. Spacecr. Rockets 46, 1065, doi:10.2514/1.42243). Of Starlink
satellites, `validation.reliability` has the counts. Of large GPUs in orbit nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

import numpy as np
from numpy.polynomial.legendre import leggauss

from dawndusk.core.constants import HOUR, YEAR
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.scenario.numbers import AS_IN_LEDGER, Numbers
from dawndusk.core.units import Unit

Part = Literal["chip", "board", "pump", "satellite", "surveyed satellite"]

NODES: Final = 16  # of the mean over a life
CROWDED: Final = 3  # power that crowds the nodes towards birth, where survival falls like age^0.4

SURVEY_SHAPE: Final = number("survey_shape")
SURVEY_SCALE: Final = number("survey_scale")  # yr
SATELLITE_RANDOM: Final = number("satellite_loss_rate")  # 1/yr
CHIP_RANDOM: Final = number("chip_loss_rate")  # 1/yr
NEVER: Final = 1e5  # yr, stands for no wear-out


@record
class Hazard:
    """How a part fails with age.

    Parameters
    ----------
    infant : float or array
        Share lost in the first year by early failures alone, 0 to below 1.
    infant_shape : float or array
        Above 0, at most 1: the smaller, the earlier.
    random : float or array
        Constant hazard (1/s).
    wear_life : float or array
        Age (s) at which wear-out alone has left 37 % (1/e).
    wear_shape : float or array
        1 or more: the larger, the sharper.
    """

    infant: Annotated[Real, Unit("1", 0.0, 0.9)]
    infant_shape: Annotated[Real, Unit("1", 0.1, 1.0)]
    random: Annotated[Real, Unit("1/s", 0.0, 1e-6)]
    wear_life: Annotated[Real, Unit("s", 1e5)]
    wear_shape: Annotated[Real, Unit("1", 1.0, 30.0)]


def known_hazard(part: Part, numbers: Numbers = AS_IN_LEDGER) -> Hazard:
    """Hazards of a part where nothing better is known; all but the surveyed satellite are guesses.

    Parameters
    ----------
    part : str
        ``satellite`` has the early failures of Starlink satellites (those listed in May 2025, by launch
        year) and the ledger's accidents (R014); ``surveyed satellite`` the law fitted to 1,584 older ones;
        ``chip`` the ledger's permanent failures in orbit (R013).
    numbers : Numbers, optional
        What a scenario states otherwise.
    """
    surveyed = float(-np.expm1(-((1.0 / SURVEY_SCALE) ** SURVEY_SHAPE)))
    n = numbers
    values: Mapping[Part, tuple[Real, Real, Real, Real]] = {
        "chip": (n.chip_early_loss, CHIP_RANDOM, n.chip_wear_time, n.chip_wear_shape),
        "board": (n.board_early_loss, n.board_loss_rate, n.board_wear_time, n.board_wear_shape),
        "pump": (n.pump_early_loss, YEAR / HOUR / n.pump_mean_time, n.pump_wear_time, n.pump_wear_shape),
        "satellite": (n.satellite_early_loss, SATELLITE_RANDOM, NEVER, 1.0),
        "surveyed satellite": (surveyed, 0.0, NEVER, 1.0),
    }
    infant, random, wear, shape = values[part]
    return Hazard(
        infant=infant,
        infant_shape=SURVEY_SHAPE,
        random=random / YEAR,
        wear_life=wear * YEAR,
        wear_shape=shape,
    )


def cumulated_hazard(hazard: Hazard, age: Real) -> Real:
    """Minus the logarithm of survival.

    Parameters
    ----------
    hazard : Hazard
        Its fields and the age broadcast.
    age : float or array
        s, not negative.
    """
    early = -np.log1p(-hazard.infant) * (age / YEAR) ** hazard.infant_shape
    total: Real = early + hazard.random * age + (age / hazard.wear_life) ** hazard.wear_shape
    return total


def surviving(hazard: Hazard, age: Real) -> Real:
    """Share of the parts that are alive at an age (s)."""
    alive: Real = np.exp(-cumulated_hazard(hazard, age))
    return alive


def hazard_rate(hazard: Hazard, age: Real) -> Real:
    """Failures per living part and second.

    Parameters
    ----------
    hazard : Hazard
        Its fields and the age broadcast.
    age : float or array
        s, above 0 (at birth a Weibull law of shape below 1 has no finite hazard).
    """
    early = (
        -np.log1p(-hazard.infant) * hazard.infant_shape / YEAR * (age / YEAR) ** (hazard.infant_shape - 1.0)
    )
    worn = hazard.wear_shape / hazard.wear_life * (age / hazard.wear_life) ** (hazard.wear_shape - 1.0)
    rate: Real = early + hazard.random + worn
    return rate


def lognormal_surviving(age: Real, *, median: Real, spread: Real) -> Real:
    """Share alive at an age where wear-out is lognormal, as for bearings and electromigration.

    Parameters
    ----------
    age : float or array
        s, not negative.
    median : float or array
        Age (s) that half of them reach, above 0.
    spread : float or array
        Standard deviation of the logarithm of life, above 0.
    """
    from scipy.special import ndtr

    with np.errstate(divide="ignore"):
        found: Real = ndtr((np.log(median) - np.log(age)) / spread)
    return found


def life_nodes(life: Real) -> tuple[Floats, Floats]:
    """Ages (s) and weights of a mean over a life, both with the node first.

    Parameters
    ----------
    life : float or array
        s, above 0.

    Notes
    -----
    Gauss and Legendre's rule in the cube root of age: within 1e-6 up to the age of wear-out (shape to 12),
    within 0.013 for a life of several times that.
    """
    x, w = leggauss(NODES)
    where = (0.5 * (x + 1.0)).reshape(-1, *(1,) * np.ndim(life))
    weight = (0.5 * w).reshape(where.shape) * CROWDED * where ** (CROWDED - 1)
    return np.asarray(life * where**CROWDED), weight


def mean_surviving(hazard: Hazard, life: Real, *, discount: Real = 0.0) -> Real:
    """Share alive on average over a life.

    Parameters
    ----------
    hazard : Hazard
        Its fields, life and discount broadcast.
    life : float or array
        s, above 0.
    discount : float or array
        Rate (1/s) at which later parts count less, continuously; 0 gives the plain mean.
    """
    ages, weights = life_nodes(life)
    top: Real = 0.0
    bottom: Real = 0.0
    for age, weight in zip(ages, weights, strict=True):  # a node axis would hold 16 times the draws
        worth = weight * np.exp(-discount * age)
        top = top + worth * surviving(hazard, age)
        bottom = bottom + worth
    return top / bottom


def drawn_lives(hazard: Hazard, generator: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    """Ages at failure of single parts (s): the earliest of the three causes.

    Parameters
    ----------
    hazard : Hazard
        Its fields broadcast to `shape`.
    generator : numpy.random.Generator
        Seeded by the caller.
    shape : tuple of int
        Of the result, draws last.
    """
    early, accident, worn = generator.standard_exponential((3, *shape))
    strength = -np.log1p(-np.asarray(hazard.infant, dtype=np.float64))
    with np.errstate(divide="ignore"):
        first = YEAR * (early / strength) ** (1.0 / np.asarray(hazard.infant_shape))
        second = accident / np.asarray(hazard.random, dtype=np.float64)
    third = hazard.wear_life * worn ** (1.0 / np.asarray(hazard.wear_shape))
    return np.asarray(np.minimum(np.minimum(first, second), third), dtype=np.float64)


def constant_hazard(left: Real, time: Real) -> Real:
    """Constant hazard (1/s) that leaves a share of the parts after a time.

    Parameters
    ----------
    left : float or array
        Share, above 0 and at most 1.
    time : float or array
        s, above 0.
    """
    rate: Real = -np.log(left) / time
    return rate
