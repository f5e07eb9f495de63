"""Demand: usage growth under uncertainty, classes, and what serving them is worth."""

from __future__ import annotations

from typing import Annotated, Literal

from dawndusk.core.calendar import Quarter
from dawndusk.core.records import record
from dawndusk.core.units import Unit

Fraction = Annotated[float, Unit("1", low=0, high=1)]
Growth = Annotated[float, Unit("1", low=1e-3, high=1e4)]


@record
class DemandClass:
    """A class of demand.

    Parameters
    ----------
    name, label : str
        ``interactive``, ``batch``, ``training`` ...
    share : 1
        Share of total demand; the classes sum to 1.
    steps : tuple of 1
        Share of the class on each step of the value curve, best paid first; sums to 1.
    target : 1
        Share that must be served when `Demand.service` is ``target``.
    """

    name: str
    label: str
    share: Fraction
    steps: tuple[Fraction, ...]
    target: Fraction


@record
class Regime:
    """A rare change of the trend.

    Parameters
    ----------
    probability : 1/yr
        Chance that it starts in a year, while no regime runs.
    growth : 1
        Factor per year that replaces the trend while it runs.
    duration : yr
        How long it runs.
    """

    probability: Annotated[float, Unit("1/yr", low=0, high=1)]
    growth: Growth
    duration: Annotated[float, Unit("yr", low=0.25, high=20)]


@record
class Demand:
    """Net demand for compute = usage / efficiency, as a mean-reverting process of log growth.

    Parameters
    ----------
    in_use : H100e
        Compute in use in the first period.
    usage_growth, efficiency_growth, planned_growth : 1
        Factors per year at the start: usage as observed, usage per compute (utilisation, prices,
        models), and what the planner had planned for usage.
    trend, trend_end : 1
        Net growth factor per year at the start and in the long run.
    trend_half_life, excess_half_life : yr
        Decay of the trend to `trend_end`, and of the observed excess to the trend.
    noise_sd, noise_correlation : 1
        AR(1) noise on net log growth per quarter.
    stagnation, surge : Regime
        Rare regimes.
    world_stock : H100e
        World's installed compute at the start.
    world_growth, world_growth_end : 1
        Its growth factor per year at the start and in the long run.
    world_half_life : yr
        Decay between the two.
    world_share : 1
        Demand never exceeds this share of the world's stock.
    classes : tuple of DemandClass
        Interactive, batch, training ...
    step_values : tuple of USD/(H100e*yr)
        Value of serving each step in the first period, falling; one entry per step.
    value_decline : 1/yr
        Yearly fall of all values.
    service : {"value", "target"}
        Whether unserved demand costs its value or each class has a target that must be met.
    target_from : str
        First quarter in which targets hold.
    """

    in_use: Annotated[float, Unit("H100e", low=1)]
    usage_growth: Growth
    efficiency_growth: Growth
    planned_growth: Growth
    trend: Growth
    trend_end: Growth
    trend_half_life: Annotated[float, Unit("yr", low=0.01, high=100)]
    excess_half_life: Annotated[float, Unit("yr", low=0.01, high=100)]
    noise_sd: Annotated[float, Unit("1", low=0, high=2)]
    noise_correlation: Annotated[float, Unit("1", low=0, high=0.999)]
    stagnation: Regime
    surge: Regime
    world_stock: Annotated[float, Unit("H100e", low=1)]
    world_growth: Growth
    world_growth_end: Growth
    world_half_life: Annotated[float, Unit("yr", low=0.01, high=100)]
    world_share: Fraction
    classes: tuple[DemandClass, ...]
    step_values: tuple[Annotated[float, Unit("USD/(H100e*yr)", low=0)], ...]
    value_decline: Annotated[float, Unit("1/yr", low=-1, high=0.99)]
    service: Literal["value", "target"]
    target_from: Quarter


@record
class Gate:
    """A yes-or-no event outside the planner's hand, resolved at a date.

    Parameters
    ----------
    name, label : str
        Offers name it as a factor on their limit; before `resolved` it is shut.
    resolved : str
        Quarter from which its outcome is known.
    probability : 1
        That it opens.
    """

    name: str
    label: str
    resolved: Quarter
    probability: Fraction
