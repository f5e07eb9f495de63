"""Where land is, for maps without borders: share of land in cells of one degree.

Reduced for this project from the land mask of NOAA's GLOBE elevation data (Hastings & Dunbar 1999, public
domain), as packed in global-land-mask 1.0.0, to sixteenths.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np

from dawndusk.core.records import Floats


@cache
def land_share() -> Floats:
    """Share of land, shape (180, 360): rows from north to south, columns from 180 W to 180 E."""
    with (files("dawndusk") / "report" / "land.npz").open("rb") as stream, np.load(stream) as read:
        share: Floats = read["share"] / 15.0
    share.flags.writeable = False
    return share
