"""What serving demand is worth: a falling curve of steps, never one flat penalty."""

from __future__ import annotations

import numpy as np

from dawndusk.core.calendar import Calendar
from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.errors import Problem, UserError
from dawndusk.core.records import Floats
from dawndusk.core.scenario.demand import Demand


def step_share(demand: Demand) -> Floats:
    """Share of each class's demand on each step, shape (S, V); rows sum to 1, best paid first.

    Raises
    ------
    UserError
        If a class has another number of steps than `step_values`.
    """
    steps = len(demand.step_values)
    wrong = [i for i, x in enumerate(demand.classes) if len(x.steps) != steps]
    if wrong:
        raise UserError(
            *(
                Problem(
                    path=f"demand.classes.{i}.steps",
                    read=f"{len(demand.classes[i].steps)} shares",
                    expected=f"one share for each of the {steps} step_values",
                    write=f"{steps} shares that sum to 1",
                )
                for i in wrong
            )
        )
    return np.array([[np.mean(share) for share in x.steps] for x in demand.classes])


def step_value(demand: Demand, calendar: Calendar) -> Floats:
    """Value of serving each step in each period, USD per H100e-hour, shape (V, T).

    Parameters
    ----------
    demand : Demand
        `step_values` in USD/(H100e*yr) (a Julian year), falling by `value_decline` per year; drawn
        ranges enter by their mean.
    calendar : Calendar
        A period takes the value at its start.

    Notes
    -----
    The shape is a judgement; it decides more than the launch price does and is to be swept.
    """
    years = np.arange(calendar.periods) / 4.0
    left = np.power(1.0 - np.asarray(demand.value_decline).reshape(-1, 1), years)  # (1 or n, T)
    rows = [np.mean(np.asarray(v).reshape(-1, 1) * left, axis=0) for v in demand.step_values]
    return np.array(rows) / HOURS_PER_YEAR


def class_share(demand: Demand) -> Floats:
    """Share of each class in total demand, shape (S,); drawn ranges enter by their mean."""
    return np.array([np.mean(x.share) for x in demand.classes])
