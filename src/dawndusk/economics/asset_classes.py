"""Assets that live and are financed differently: chips, satellites, launches, gateways, buildings.

Each class is repaid over its own life at its own cost of capital and replaced when it ends or is lost, so
that a 25-year shell holds five generations of chips and no satellite is charged for a building's life.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

import numpy as np

from dawndusk.core.numbers import number
from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit
from dawndusk.economics.annuity import annuity, present_value

CHIP_LIFE: Final = number("chip_life")  # yr (G014)
GROUND_SEGMENT_LIFE: Final = number("ground_segment_life")  # yr
NRE_LIFE: Final = number("nonrecurring_life")  # yr in which a design is built
BUILDING_LIFE: Final = number("building_life")  # yr: shell, land, civil works
COOLING_LIFE: Final = number("cooling_life")  # yr
ELECTRICAL_LIFE: Final = number("electrical_life")  # yr


@record
class Asset:
    """One class of assets, kept in service for ever.

    Parameters
    ----------
    capital : USD
        Of all units, as bought.
    rate : 1/yr
        Real cost of capital.
    life : yr
        After which a unit is replaced at the same real cost.
    loss : 1/yr
        Share of the units that are lost each year and replaced at the year's end.
    """

    capital: Annotated[Real, Unit("USD", 0.0)]
    rate: Annotated[Real, Unit("1/yr", 0.0, 1.0)]
    life: Annotated[Real, Unit("yr", 0.25, 100.0)]
    loss: Annotated[Real, Unit("1/yr", 0.0, 0.9)] = 0.0


def kept_annuity(rate: Real, life: Real, loss: Real = 0.0) -> Real:
    """Yearly payment that keeps 1 USD of an asset in service for ever, losses replaced, 1/yr.

    Parameters
    ----------
    rate : Real
        Real cost of capital, 1/yr.
    life : Real
        yr.
    loss : Real
        1/yr, 0 to below 1; a lost unit is replaced by a new one at the end of the year.

    Notes
    -----
    With T the year of the replacement (geometric, at the latest `life`), the chain is worth V = C +
    E[(1 + r)^-T] V, and its level payment r V is (1 - l) C times the annuity at (1 + r) / (1 - l) - 1: losses
    act as interest (renewal reward; Ross, *Introduction to Probability Models*, ch. 7). Exact for whole
    years of life.
    """
    if not isinstance(loss, np.ndarray) and loss == 0.0:
        return annuity(rate, life)
    left = 1.0 - loss
    return left * annuity((1.0 + rate) / left - 1.0, life)


def yearly_costs(assets: Mapping[str, Asset]) -> dict[str, Real]:
    """USD/yr of each class; their sum with the running cost is what a year of service costs."""
    return {name: a.capital * kept_annuity(a.rate, a.life, a.loss) for name, a in assets.items()}


def chain_value(capital: Real, *, rate: Real, life: Real, horizon: Real, decline: Real = 0.0) -> Real:
    """Worth today of buying an asset now and again whenever it ends, up to a horizon, USD.

    Parameters
    ----------
    capital : Real
        Of the first, USD.
    rate : Real
        Real discount rate, 1/yr.
    life, horizon : Real
        yr; the last one is charged for the part of its life within the horizon.
    decline : Real
        Real price fall of later ones, 1/yr, 0 to below 1.

    Notes
    -----
    Geometric sum over whole generations with ratio ((1 - decline) / (1 + rate))^life, and for the last one
    the ratio of two annuities; closed, so that it serves a million draws.
    """
    whole = np.floor(horizon / life * (1.0 + 1e-12))
    ratio = np.exp(life * (np.log1p(-np.asarray(decline)) - np.log1p(rate)))
    reached = ratio**whole
    safe = np.where(ratio == 1.0, 0.5, ratio)
    generations = np.where(ratio == 1.0, whole, (1.0 - reached) / (1.0 - safe))
    rest = np.maximum(horizon - whole * life, 0.0)
    worth: Real = generations + reached * present_value(rate, rest) / present_value(rate, life)
    return capital * worth


def sale_value(price: Real, *, compute: Real, hours: Real, running: Real, years: Real) -> Real:
    """Worth today of selling compute at a price, less the running cost, USD.

    Parameters
    ----------
    price : Real
        USD per delivered H100e-hour, real and constant.
    compute : Real
        Delivered H100e (`economics.waterfall`).
    hours : Real
        h/yr on sale.
    running : Real
        USD/yr.
    years : Real
        yr of worth today (`economics.annuity.present_value`); all falls due at each year's end.
    """
    return (price * compute * hours - running) * years
