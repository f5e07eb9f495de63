"""A result as tables for pandas: tidy, labelled, quarters as dates.

Amounts of the plan are expectations over the nodes of a quarter, in the unit that stands in the column or
beside it. Prices are USD of the base year.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.records import Floats
from dawndusk.study.result.labels import LABELS

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


def table(tree: xr.DataTree, name: str) -> pd.DataFrame:
    """One table of a result.

    Parameters
    ----------
    tree : DataTree
        Of a result.
    name : str
        A name of `TABLES`, or ``group/variable`` of any variable, which comes as tidy rows.

    Raises
    ------
    UserError
        For another name, with the nearest.
    """
    if name in TABLES:
        return TABLES[name][0](tree)
    if name in LABELS:
        group, _, variable = name.partition("/")
        return dated(_group(tree, group))[variable].to_dataframe().reset_index()
    near = difflib.get_close_matches(name, [*TABLES, *LABELS], n=1, cutoff=0.4) or ["capacity"]
    raise problem(
        "table", name, f"one of {', '.join(TABLES)}, or 'group/variable' of the result", f'"{near[0]}"'
    )


def dated(group: xr.Dataset) -> xr.Dataset:
    """The group with its quarters as dates (first day), their names kept in the coordinate `quarter`."""
    if "period" not in group.coords or group["period"].dtype.kind not in "OUT":
        return group
    quarters = group["period"].to_numpy().astype(str)
    return group.assign_coords(period=_dates(quarters)).assign_coords(quarter=("period", quarters))


def _dates(quarters: Any) -> pd.DatetimeIndex:
    import pandas as pd

    return pd.PeriodIndex(list(quarters), freq="Q").to_timestamp(how="start").rename("period")


def _group(tree: xr.DataTree, name: str) -> xr.Dataset:
    return tree.children[name].to_dataset(inherit=False)


def _expected(tree: xr.DataTree, values: Floats) -> Floats:
    """Expectation by quarter of values along node (last axis)."""
    demand = _group(tree, "demand")
    period = demand["node_period"].to_numpy().astype(np.int64)
    weights = np.zeros((period.size, int(period.max()) + 1))
    weights[np.arange(period.size), period] = demand["probability"].to_numpy()
    found: Floats = np.asarray(values, dtype=np.float64) @ weights
    return found


def _capacity(tree: xr.DataTree) -> pd.DataFrame:
    """H100e by pool, served and wanted."""
    import pandas as pd

    plan, demand, offers = (_group(tree, name) for name in ("plan", "demand", "offers"))
    pools, of = [str(x) for x in plan["pool"].to_numpy()], offers["pool"].to_numpy().astype(str)
    columns = {p: _expected(tree, plan["delivered"].to_numpy()[of == p].sum(axis=0)) for p in pools}
    columns["served"] = _expected(tree, plan["served"].to_numpy().sum(axis=(0, 1)))
    columns["demand"] = _expected(tree, demand["demand"].to_numpy().sum(axis=0))
    return pd.DataFrame(columns, index=_dates(demand["period"].to_numpy()))


def _orders(tree: xr.DataTree) -> pd.DataFrame:
    """What is ordered when: expected amount, and the share of futures that order."""
    import pandas as pd

    plan, offers, demand = (_group(tree, name) for name in ("plan", "offers", "demand"))
    amounts = _expected(tree, plan["orders"].to_numpy())
    share = _expected(tree, (plan["orders"].to_numpy() > 1e-6).astype(np.float64))
    rows, quarters = np.nonzero(share > 0)
    dates = _dates(demand["period"].to_numpy())
    return pd.DataFrame(
        {
            "period": dates[quarters],
            "offer": offers["offer"].to_numpy()[rows],
            "label": offers["label"].to_numpy()[rows],
            "pool": offers["pool"].to_numpy()[rows],
            "expected": amounts[rows, quarters],
            "unit": offers["unit"].to_numpy()[rows],
            "share_of_futures": share[rows, quarters],
        }
    ).sort_values(["period", "offer"], ignore_index=True)


def _along(group: str, dim: str, *, index: str = "") -> Callable[[xr.DataTree], pd.DataFrame]:
    """A maker of the table of all variables of a group along one dimension."""

    def make(tree: xr.DataTree) -> pd.DataFrame:
        data = _group(tree, group)
        names = [str(name) for name in data.variables if data[name].dims == (dim,)]
        frame = data[[name for name in names if name != dim]].to_dataframe()
        return frame if index or dim in data.coords else frame.reset_index(drop=True)

    return make


def _paths(tree: xr.DataTree) -> pd.DataFrame:
    """Demand wanted and served on each fresh path, all classes together, H100e."""
    trace = dated(_group(tree, "trace"))[["latent", "served"]].sum("stream")
    return trace.to_dataframe().reset_index().rename(columns={"latent": "demand"})


TABLES: Final[Mapping[str, tuple[Callable[[Any], Any], str]]] = {
    "capacity": (_capacity, "expected compute by pool, served and wanted, H100e, by quarter"),
    "orders": (_orders, "what is ordered when: expected amount and share of futures"),
    "unit_costs": (_along("offers", "option"), "USD per delivered H100e-hour by option, with ranges"),
    "assumptions": (_along("scenario", "assumption"), "every number of the scenario with its origin"),
    "entry_prices": (_along("alternatives", "entry"), "price at which what is not used would enter"),
    "thresholds": (_along("study", "threshold"), "what orbit needs on the 20, 50 and 80 % demand paths"),
    "left_out": (_along("offers", "left_out"), "options that were left out, and why"),
    "paths": (_paths, "wanted and served on each fresh path, H100e, by quarter"),
    "shells": (_along("constellation", "shell"), "light, dose and drag of each group of shells"),
    "satellites": (_along("satellite", "satellite"), "the closed satellites"),
}
