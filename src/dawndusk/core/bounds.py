"""Whether numbers lie in the range that a function is valid for."""

from __future__ import annotations

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Real


def within(
    path: str, values: Real, low: float, high: float, *, scale: float, unit: str, write: str
) -> Floats:
    """The values as an array, if all of them lie in a range.

    Parameters
    ----------
    path : str
        What the values are, for the error.
    values : float or array
        Any shape.
    low, high : float
        Valid range, both ends included.
    scale : float
        How many SI units one `unit` is, for the error.
    unit : str
        The unit that people use.
    write : str
        What to write instead.

    Raises
    ------
    UserError
        Naming the first value out of range or not a number.
    """
    array = np.asarray(values, dtype=np.float64)
    good = (array >= low) & (array <= high)
    if not np.all(good):
        read = array[~good].flat[0] / scale
        raise problem(path, f"{read:g} {unit}", f"{low / scale:g} to {high / scale:g} {unit}", write)
    return array
