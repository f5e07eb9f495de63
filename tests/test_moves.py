"""Moves of code change no number: `run colossus --seed 1` is what 0.1.0 gave, variable by variable.

One change since, explained in the changelog: the planner's losses in orbit follow the one failure law.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import xarray as xr

REFERENCE = Path(__file__).parent / "reference" / "colossus_0_1_0.json"


def moments(file: Path) -> dict[str, list[float]]:
    """Count, sum and weighted sum of every numeric variable of a result file, NaN and infinity left out."""
    found: dict[str, list[float]] = {}
    for node in xr.open_datatree(file, engine="h5netcdf").subtree:
        for name, array in node.to_dataset(inherit=False).variables.items():
            if array.dtype.kind not in "fiub":
                continue
            values = np.asarray(array.values, dtype=np.float64).ravel()
            values = np.where(np.isfinite(values), values, 0.0)
            weights = 1.0 + np.arange(values.size) % 97
            found[f"{node.path}/{name}".lstrip("/")] = [
                float(values.size),
                float(values.sum()),
                float(np.abs(values) @ weights),
            ]
    return found


def test_moves_change_no_number(finished) -> None:
    """Every number of 0.1.0 that the result still holds is the same to 1e-9."""
    expected = json.loads(REFERENCE.read_text("utf-8"))
    found = moments(finished("colossus").result)
    assert len(expected.keys() & found.keys()) > 0.9 * len(expected)
    for name in sorted(expected.keys() & found.keys()):
        np.testing.assert_allclose(found[name], expected[name], rtol=1e-9, err_msg=name)
