"""The value of serving demand."""

import numpy as np
import pytest

from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.demand.value import class_share, step_share, step_value


def test_values_fall_by_step_and_year(demand, calendar):
    """8/6/4/2/1 USD per H100e-hour at the start, a fifth less every year."""
    value = step_value(demand, calendar)
    assert value.shape == (5, 40)
    np.testing.assert_allclose(value[:, 0], [8, 6, 4, 2, 1])
    np.testing.assert_allclose(value[:, 4:] / value[:, :-4], 0.8)


def test_drawn_values_enter_by_their_mean(demand, calendar):
    """A range of values counts as the mean of its draws."""
    spread = replace(demand, step_values=(*demand.step_values[:4], np.array([0.5, 1.5]) * 8766.0))
    np.testing.assert_allclose(step_value(spread, calendar), step_value(demand, calendar))


def test_shares(demand):
    """Shares of classes and of their steps sum to one."""
    assert class_share(demand).sum() == pytest.approx(1)
    np.testing.assert_allclose(step_share(demand).sum(axis=1), 1)


def test_steps_match_values(demand):
    """Another number of steps than values is the user's mistake, told for each class."""
    with pytest.raises(UserError) as caught:
        step_share(replace(demand, step_values=demand.step_values[:4]))
    assert [x.path for x in caught.value.problems] == [f"demand.classes.{i}.steps" for i in range(3)]
