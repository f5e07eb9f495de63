"""What of a satellite's compute failures and upsets take, by age, with the band that shared shocks make."""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.records import Floats, Real, record, replace
from dawndusk.physics.environment.dose import dose
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.fleet_health import Parts, delivered_share, mean_share_delivered
from dawndusk.physics.spacecraft.hazards import (
    NEVER,
    Hazard,
    constant_hazard,
    known_hazard,
    mean_surviving,
    surviving,
)
from dawndusk.physics.spacecraft.shocks import (
    Shocks,
    expected_launch_loss,
    expected_loss,
    lost_at_launch,
    lost_on_station,
)
from dawndusk.physics.spacecraft.upset_losses import Recovery, serving_share, upsets

SHIELD: Final = 0.01  # m of aluminium around the chips
REQUEST: Final = 30.0  # s that one request takes
CHIPS_PER_REQUEST: Final = 8.0  # that serve it together
PUMPS: Final = 4  # installed
PUMPS_NEEDED: Final = 3  # to carry all heat
PATHS: Final = 1000
MOST_BATCHES: Final = 200


@record
class Health:
    """Failures of one satellite.

    Parameters
    ----------
    mean, plain : Real
        Share of the chips' compute that a satellite in service delivers over its life, later compute
        discounted, and not.
    loss : 1/yr
        Satellites lost in service, each year.
    kept : Real
        Mean share of the life that a satellite reaches.
    available : Real
        Share left by upsets, resets and checks; it is in `mean` and `plain`.
    """

    mean: Real
    plain: Real
    loss: Real
    kept: Real
    available: Real


@record
class Ages:
    """Compute by age, as a share of what all satellites launched had when new.

    Parameters
    ----------
    years : array, shape (k,)
        Ages, yr, from 0 to the end of the life.
    mean, low, high : array, shape (k,)
        Expected, and the 5 and 95 % points over fleets that share launches, batches and storms. Ranges of
        the rates themselves are not in the band.
    """

    years: Floats
    mean: Floats
    low: Floats
    high: Floats


def parts_of(design: Design, *, inclination: float) -> Parts:
    """The design's parts as far as they fail; satellites lost whole are not in it.

    Parameters
    ----------
    design : Design
        Its chips' permanent failures are taken as the accidents of chips; early failures, wear-out, boards
        and pumps are those of `hazards.known_hazard`.
    inclination : float
        Of its orbit (rad): decides the dose behind `SHIELD` that upsets its chips.
    """
    behind = dose(float(np.median(design.orbit.altitude)), inclination, SHIELD)
    share = serving_share(
        upsets(behind.protons + behind.solar), Recovery(), request=REQUEST, chips=CHIPS_PER_REQUEST
    )
    chip = replace(known_hazard("chip"), random=design.payload.chip_failure)
    return Parts(
        chip=chip,
        board=known_hazard("board"),
        pump=known_hazard("pump"),
        satellite=Hazard(infant=0.0, infant_shape=1.0, random=0.0, wear_life=NEVER * YEAR, wear_shape=1.0),
        spare_chips=0.0,
        pumps=PUMPS,
        pumps_needed=PUMPS_NEEDED,
        available=float(share),
    )


def satellite_hazard(design: Design) -> Hazard:
    """Of all that ends a whole satellite: its own accidents, and early failures as Starlink has them."""
    return replace(known_hazard("satellite"), random=design.satellite_loss)


def health_of(design: Design, parts: Parts, *, rate: Real) -> Health:
    """Failures of a design whose lost satellites are replaced.

    Parameters
    ----------
    design, parts : Design, Parts
        See `parts_of`; fields may be arrays of draws.
    rate : Real
        Cost of capital (1/yr): later compute pays back less of what was spent at the start.
    """
    whole, storms = satellite_hazard(design), Shocks()
    parts = replace(parts, chip=replace(parts.chip, random=design.payload.chip_failure))
    lost = constant_hazard(surviving(whole, design.life), design.life)
    lost = lost + storms.storm_rate * storms.storm_share
    return Health(
        mean=mean_share_delivered(parts, design.life, discount=np.log1p(rate) / YEAR),
        plain=mean_share_delivered(parts, design.life),
        loss=-np.expm1(-lost * YEAR),
        kept=mean_surviving(whole, design.life),
        available=parts.available,
    )


def delivered_by_age(
    design: Design, parts: Parts, *, reliability: float, batches: float, seed: int = 1
) -> Ages:
    """Compute by age of a fleet that nobody replaces, with the band of what its satellites share.

    Parameters
    ----------
    design, parts : Design, Parts
        Central values.
    reliability : float
        Share of launches that bring working satellites.
    batches : float
        Launches that the fleet came on; more than `MOST_BATCHES` count as those: their band is as narrow.
    seed : int
        Of the drawn fleets.
    """
    count = max(int(np.ceil(design.life / YEAR)), 1)
    ages = np.linspace(0.0, design.life, count + 1)
    shocks = Shocks(hazard=design.satellite_loss, launch_loss=1.0 - reliability)
    whole = satellite_hazard(design)
    early = surviving(replace(whole, random=0.0), ages)
    chips = np.asarray(delivered_share(parts, ages)) * early
    expected = (1.0 - expected_launch_loss(shocks)) * (1.0 - expected_loss(shocks, ages))
    left = _drawn(shocks, design.life / count, count, int(np.clip(batches, 1, MOST_BATCHES)), seed)
    low, high = np.quantile(left, (0.05, 0.95), axis=-1)
    return Ages(years=ages / YEAR, mean=chips * expected, low=chips * low, high=chips * high)


def _drawn(shocks: Shocks, period: float, periods: int, batches: int, seed: int) -> Floats:
    """Share of the satellites launched that are left at each age, shape (periods + 1, paths)."""
    generator = np.random.default_rng(np.random.SeedSequence(seed))
    start = 1.0 - lost_at_launch(shocks, generator, launches=batches, paths=PATHS)
    lost = lost_on_station(shocks, generator, periods=periods, batches=batches, paths=PATHS, period=period)
    left = np.cumprod(np.concatenate([start[None], 1.0 - lost]), axis=0)
    return np.asarray(left.mean(axis=1))
