"""A group of the result tree from arrays: names, dimensions and units come from `study.result.labels`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from dawndusk.study.result.labels import ATTRIBUTES, LABELS


def dataset(group: str, values: Mapping[str, Any], about: Mapping[str, Any]) -> xr.Dataset:
    """The group as a Dataset; a variable named like its own dimension becomes its coordinate.

    Parameters
    ----------
    group : str
        ``plan``, ``trace`` ...
    values : mapping
        Variable -> array or sequence: all variables that the table has for the group, no others.
    about : mapping
        Attribute -> text or number.

    Raises
    ------
    ValueError
        If a name is missing or not in the table, or a variable has another number of dimensions.
    """
    wanted = {path.split("/")[1]: label for path, label in LABELS.items() if path.split("/")[0] == group}
    _compare(f"variables of /{group}", set(values), set(wanted))
    made = {}
    for name, label in wanted.items():
        words = {"long_name": label.long_name} | ({"units": label.unit} if label.unit else {})
        made[name] = xr.Variable(label.dims, _array(values[name], text=not label.unit), words)
    index = {name: x for name, x in made.items() if x.dims == (name,)}
    rest = {name: x for name, x in made.items() if name not in index}
    return xr.Dataset(rest, coords=index, attrs=attributes(group, about))


def attributes(group: str, values: Mapping[str, Any]) -> dict[str, str | int | float]:
    """The group's attributes in the table's order, as texts and plain numbers (a bool as 0 or 1)."""
    _compare(f"attributes of /{group}", set(values), set(ATTRIBUTES[group]))
    return {name: _plain(values[name]) for name in ATTRIBUTES[group]}


def _compare(what: str, given: set[str], wanted: set[str]) -> None:
    if given != wanted:
        raise ValueError(f"{what}: {sorted(given ^ wanted)} given or wanted only, see study.result.labels")


def _array(values: Any, *, text: bool) -> np.ndarray[Any, Any]:
    if text:
        return np.asarray(values, dtype=str)
    found = np.asarray(values)
    kind = np.int64 if found.dtype.kind in "bui" else np.float64
    return np.ascontiguousarray(found, dtype=kind)


def _plain(value: Any) -> str | int | float:
    """The attribute as text or a plain number."""
    if isinstance(value, str):
        return value
    return int(value) if isinstance(value, bool | np.bool_ | int | np.integer) else float(value)
