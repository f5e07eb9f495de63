"""Losses that many satellites share: a bad batch, a solar storm, a lost launch.

Independent failures of a thousand satellites average out; these do not, and they make bad years. All draws
are seeded by the caller's generator; shapes have paths or draws last.

A batch is what shares its faults: one launch, or one quarter of production. Of all random failures a share
`common` comes as events that hit a whole batch (the beta factor: Fleming 1975, General Atomic GA-A13284;
5 to 10 % for identical parts in IEC 61508-6), the rest one by one, so the mean stays what the hazard says.
"""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.units import Unit

SATELLITE_LOSS: Final = number("satellite_loss_rate")  # 1/yr
COMMON: Final = number("common_failures")
SEVERITY: Final = number("common_failure_severity")
STORM_RATE: Final = number("great_storm_rate")  # 1/yr, as strong as in 1859
STORM_SHARE: Final = number("great_storm_loss")
LAUNCH_LOSS: Final = number("launch_loss")
DEPLOYMENT_STORM: Final = number("deployment_storm")  # per launch to a low parking orbit
DEPLOYMENT_SHARE: Final = number("deployment_storm_loss")


@record
class Shocks:
    """Rates and sizes of losses in common; every default but the hazard is a guess with a wide range.

    Parameters
    ----------
    hazard : float or array
        Satellites lost by accidents, all causes that are not storms (1/s).
    common : float or array
        Share of those that come as events of a whole batch, 0 to 1.
    severity : float or array
        Share of its batch that such an event takes, above 0.
    storm_rate : float or array
        Solar storms strong enough to kill satellites on station (1/s).
    storm_share : float or array
        Mean share of the fleet that one takes, above 0 and below 1.
    launch_loss : float or array
        Probability that a launch loses all it carries.
    deployment_storm, deployment_share : float or array
        Probability that a storm meets a batch while it still flies low, and the share it then takes.
    """

    hazard: Annotated[Real, Unit("1/s", 0.0, 3e-8)] = SATELLITE_LOSS / YEAR
    common: Annotated[Real, Unit("1", 0.0, 1.0)] = COMMON
    severity: Annotated[Real, Unit("1", 0.01, 1.0)] = SEVERITY
    storm_rate: Annotated[Real, Unit("1/s", 0.0, 1e-8)] = STORM_RATE / YEAR
    storm_share: Annotated[Real, Unit("1", 1e-4, 0.99)] = STORM_SHARE
    launch_loss: Annotated[Real, Unit("1", 0.0, 1.0)] = LAUNCH_LOSS
    deployment_storm: Annotated[Real, Unit("1", 0.0, 1.0)] = DEPLOYMENT_STORM
    deployment_share: Annotated[Real, Unit("1", 0.0, 1.0)] = DEPLOYMENT_SHARE


@record
class Band:
    """Mean and 5 and 95 % points of a share lost."""

    mean: Floats
    low: Floats
    high: Floats


def expected_loss(shocks: Shocks, period: Real) -> Real:
    """Mean share of the satellites on station lost in a period.

    Parameters
    ----------
    shocks : Shocks
        Rates and sizes.
    period : float or array
        s.

    Notes
    -----
    1 - exp(-(hazard + storm rate x mean share) x period): how failures are shared out over batches does not
    change the mean.
    """
    share: Real = -np.expm1(-(shocks.hazard + shocks.storm_rate * shocks.storm_share) * period)
    return share


def expected_launch_loss(shocks: Shocks) -> Real:
    """Mean share of what is launched that never comes to work."""
    share: Real = 1.0 - (1.0 - shocks.launch_loss) * (1.0 - shocks.deployment_storm * shocks.deployment_share)
    return share


def lost_on_station(
    shocks: Shocks, generator: np.random.Generator, *, periods: int, batches: int, paths: int, period: float
) -> Floats:
    """Share of each batch lost in each period: the probability for each of its satellites, to draw from.

    Parameters
    ----------
    shocks : Shocks
        Fields are floats, or arrays with one number per path.
    generator : numpy.random.Generator
        Seeded by the caller.
    periods, batches, paths : int
        Sizes; memory is 8 bytes for each of their product.
    period : float
        s.

    Returns
    -------
    array, shape (periods, batches, paths)
        Storms are common to all batches of a path; batch events to a batch; the rest is spread evenly.

    Notes
    -----
    Events of a storm's or a batch's kind are Poisson; several in a period multiply. The size of a storm is
    u^(1/m - 1) for u uniform, of mean m: most take little, few nearly all.
    """
    single = -np.asarray((1.0 - shocks.common) * shocks.hazard * period)
    events = generator.poisson(
        shocks.common * shocks.hazard / shocks.severity * period, (periods, batches, paths)
    )
    left = np.exp(single) * (1.0 - np.asarray(shocks.severity)) ** events
    return np.asarray(1.0 - left * _spared(shocks, generator, (periods, paths), period)[:, None, :])


def _spared(shocks: Shocks, generator: np.random.Generator, shape: tuple[int, ...], period: float) -> Floats:
    """Share of a fleet that storms leave in each period and path."""
    storms = generator.poisson(shocks.storm_rate * period, shape)
    power = 1.0 / np.asarray(shocks.storm_share) - 1.0
    left = np.ones(shape)
    for k in range(int(storms.max(initial=0))):  # storms of one period, rarely more than one
        left = left * np.where(storms > k, 1.0 - generator.random(shape) ** power, 1.0)
    return left


def lost_at_launch(shocks: Shocks, generator: np.random.Generator, *, launches: int, paths: int) -> Floats:
    """Share of each launch's satellites that never come to work.

    Parameters
    ----------
    shocks : Shocks
        Fields are floats, or arrays with one number per path.
    generator : numpy.random.Generator
        Seeded by the caller.
    launches, paths : int
        Sizes.

    Returns
    -------
    array, shape (launches, paths)
        1 where the launch failed, `deployment_share` where a storm met it low, 0 otherwise.
    """
    failed = generator.random((launches, paths)) < shocks.launch_loss
    storm = generator.random((launches, paths)) < shocks.deployment_storm
    return np.where(failed, 1.0, np.where(storm, shocks.deployment_share, 0.0))


def yearly_loss(
    shocks: Shocks, generator: np.random.Generator, *, batches: int, launches: int, draws: int
) -> Floats:
    """Satellites lost in a year, as a share of those on station when it began: draws.

    Parameters
    ----------
    shocks : Shocks
        Rates and sizes.
    generator : numpy.random.Generator
        Seeded by the caller.
    batches : int
        That the fleet consists of, of equal size.
    launches : int
        In the year, each of one batch's size.
    draws : int
        Number of years drawn.

    Returns
    -------
    array, shape (draws,)
        On station and at launch together; the chance of single satellites within a share is left out (of a
        thousand satellites at 1 %, 0.3 % either way).
    """
    station = lost_on_station(shocks, generator, periods=1, batches=batches, paths=draws, period=YEAR)
    launched = lost_at_launch(shocks, generator, launches=launches, paths=draws)
    return np.asarray(station[0].mean(axis=0) + launched.sum(axis=0) / batches)


def loss_band(losses: Floats) -> Band:
    """Mean and 5 and 95 % points of drawn losses, draws last."""
    low, high = np.quantile(losses, (0.05, 0.95), axis=-1)
    return Band(mean=np.asarray(losses.mean(axis=-1)), low=low, high=high)
