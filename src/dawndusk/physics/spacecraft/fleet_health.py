"""Compute that a satellite still delivers at each age, from the parts it is made of, and what replaces it.

`reliability` has the same from two rates; here chips, boards, pumps and the satellite itself each have
their hazards by age, spares take over, and what is left degrades gracefully.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.spacecraft.hazards import Hazard, life_nodes, mean_surviving, surviving
from dawndusk.physics.spacecraft.spares import mean_share


@record
class Parts:
    """A satellite's parts as far as they fail.

    Parameters
    ----------
    chip, board, pump, satellite : Hazard
        Of one chip; of one board, which takes its chips with it; of one pump; of all that ends the whole
        satellite.
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
    spare_chips: Annotated[Real, Unit("1", 0.0, 2.0)]
    pumps: int
    pumps_needed: int
    available: Annotated[Real, Unit("1", 0.0, 1.0)]


def delivered_share(parts: Parts, age: Real, *, powered: Real = 1.0) -> Real:
    """Share of the compute of a new satellite that one delivers on average, per satellite launched.

    Parameters
    ----------
    parts : Parts
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


def mean_share_delivered(parts: Parts, life: Real, *, fading: Real = 0.0, discount: Real = 0.0) -> Real:
    """Share of a new satellite's compute delivered on average from launch to the end of its life.

    Parameters
    ----------
    parts : Parts
        Its fields and the life broadcast, draws last.
    life : float or array
        s, above 0; nothing is delivered after it.
    fading : float or array
        Hazard (1/s) at which the array loses power, 0 for one sized for its end of life.
    discount : float or array
        Rate (1/s) at which later compute counts less.

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


def replacement_rate(satellite: Hazard, life: Real) -> Real:
    """Satellites to launch per second for each that is kept at work, in the long run (1/s).

    Parameters
    ----------
    satellite : Hazard
        Of all that ends a satellite.
    life : float or array
        Age (s) at which it is taken down.

    Notes
    -----
    Renewal: one over the mean time that a satellite works, the integral of its survival over the life.
    """
    rate: Real = 1.0 / (life * mean_surviving(satellite, life))
    return rate


def lost_before_life(satellite: Hazard, life: Real) -> Real:
    """Share of the satellites launched that are lost before the end of their life."""
    return 1.0 - surviving(satellite, life)
