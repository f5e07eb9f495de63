"""Money: discounting, cost of capital, spending limits, risk."""

from __future__ import annotations

from typing import Annotated

from dawndusk.core.calendar import Quarter
from dawndusk.core.records import record
from dawndusk.core.units import Unit


@record
class Finance:
    """Money of a scenario: real USD of the base year.

    Parameters
    ----------
    base_year : int
        Currency year.
    discount : 1/yr
        Real discount rate of the planner.
    ground_rate, orbit_rate_early, orbit_rate_late : 1/yr
        Real cost of capital by asset class; orbit changes from early to late at `orbit_rate_from`.
    orbit_rate_from : str
        Quarter from which the late orbit rate holds.
    spending : USD/yr
        Limit on capital, lease and rental payments in the first year.
    spending_share : 1
        How the limit follows revenue: limit = spending x (demand x value index)^spending_share.
    cvar_weight : 1
        Weight of the conditional value at risk of lost value; 0 is risk-neutral.
    cvar_level : 1
        Tail level of the CVaR (0.9: worst 10 %).
    terminal_loss : 1
        Share of the book value of what still runs at the horizon's end that is lost (0: handed over at
        book value, since capital is charged as an annuity within the horizon only).
    near_optimal : 1
        How much worse than the best a plan may be and still count as as good (of controllable cost).
    """

    base_year: int
    discount: Annotated[float, Unit("1/yr", low=-0.05, high=0.5)]
    ground_rate: Annotated[float, Unit("1/yr", low=0, high=1)]
    orbit_rate_early: Annotated[float, Unit("1/yr", low=0, high=1)]
    orbit_rate_late: Annotated[float, Unit("1/yr", low=0, high=1)]
    orbit_rate_from: Quarter
    spending: Annotated[float, Unit("USD/yr", low=0)]
    spending_share: Annotated[float, Unit("1", low=0, high=2)]
    cvar_weight: Annotated[float, Unit("1", low=0, high=100)]
    cvar_level: Annotated[float, Unit("1", low=0, high=0.999)]
    terminal_loss: Annotated[float, Unit("1", low=0, high=1)]
    near_optimal: Annotated[float, Unit("1", low=0, high=0.5)]
