"""Rows of the ledger: one number each, with its range, source, date, evidence and confidence.

``facts.csv`` is the record as it was collected; nothing in it was checked again here. What is missing in
a row stays missing: a row without a central value cannot feed a scenario.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from dawndusk.core.errors import problem
from dawndusk.core.records import record
from dawndusk.core.units import UnitError

RECORDED: Final = "2026-11-22"  # when the record was made; it knows of nothing after about 2026-07-01
EVIDENCE: Final = MappingProxyType(
    {
        "M": "measured",
        "O": "filing",
        "C": "company claim",
        "E": "estimate",
        "D": "derived",
        "B": "believed",
    }
)
CONFIDENCE: Final = MappingProxyType({"H": "high", "M": "middle", "L": "low"})

# Unit of a row -> (factor, unit of our table). A unit that is not here is passed on as it stands.
_UNITS: Final = {
    "%/yr": (1.0, "percent/yr"),
    "%": (1.0, "percent"),
    "%/GPU/yr": (1.0, "percent/yr"),
    "1/yr": (1.0, "1/yr"),
    "ratio": (1.0, "1"),
    "fraction": (1.0, "1"),
    "x": (1.0, "1"),
    "x/yr": (1.0, "1"),
    "x ground": (1.0, "1"),
    "years": (1.0, "yr"),
    "months": (1.0, "month"),
    "weeks": (1.0, "week"),
    "days": (1.0, "day"),
    "satellites": (1.0, "satellite"),
    "launches/yr": (1.0, "launch/yr"),
    "flights": (1.0, "launch"),
    "wafers/month": (1.0, "wafer/month"),
    "GPUs": (1.0, "GPU"),
    "USD/GPU-hour": (1.0, "USD/(GPU*h)"),
    "USD bn": (1e9, "USD"),
    "USD M": (1e6, "USD"),
    "USD bn/yr": (1e9, "USD/yr"),
    "USD bn/month": (1e9, "USD/month"),
    "USD bn/GW facility": (1e9, "USD/GW"),
    "MW IT": (1.0, "MW"),
    "L/kWh IT": (1.0, "L/kWh"),
    "t LEO": (1.0, "t"),
    "Gbit/s per link": (1.0, "Gbit/s"),
    "rad(Si)/yr": (1.0, "rd/yr"),
    "krad(Si)": (1.0, "krad"),
    "tokens/month": (1.0, "token/month"),
    "tokens/min": (1.0, "token/minute"),
}


@record
class Entry:
    """One row, as recorded.

    Parameters
    ----------
    key, quantity : str
        ``P050``, and what it is.
    low, central, high : str
        The numbers as they stand in the record; empty where none is given. `central` is words if
        `unit` is ``-``.
    unit : str
        As recorded; `range_of` gives it in units of our table.
    year : str
        Year the number belongs to, and of its money.
    source, address : str
        Title and address of the source; ``-`` where there is none.
    evidence, confidence : str
        Words of `EVIDENCE` and `CONFIDENCE`.
    note : str
        What else to know.
    """

    key: str
    quantity: str
    low: str
    central: str
    high: str
    unit: str
    year: str
    source: str
    address: str
    evidence: str
    confidence: str
    note: str

    @property
    def range_text(self) -> str:
        """``250 / 600 / 1600 USD/kg``, ``100 (single value) kW``, or the words of a row without number."""
        if self.unit == "-":
            return self.central
        if not self.low and not self.high:
            return f"{self.central} {self.unit}"
        return f"{self.low or '..'} / {self.central or '..'} / {self.high or '..'} {self.unit}"


@cache
def entries() -> Mapping[str, Entry]:
    """All rows by key, in the order of the record."""
    path = Path(__file__).with_name("facts.csv")
    with path.open(newline="", encoding="utf-8") as file:
        rows = [_entry(row) for row in csv.DictReader(file)]
    return MappingProxyType({row.key: row for row in rows})


def _entry(row: Mapping[str, str]) -> Entry:
    return Entry(
        key=row["id"],
        quantity=row["quantity"],
        low=row["low"],
        central=row["central"],
        high=row["high"],
        unit=row["unit"],
        year=row["year"],
        source=row["source_title"],
        address=row["source_address"],
        evidence=EVIDENCE[row["evidence"]],
        confidence=CONFIDENCE[row["confidence"]],
        note=row["note"],
    )


def entry(key: str) -> Entry:
    """The row of this key.

    Raises
    ------
    UserError
        If there is none, naming the nearest keys.
    """
    found = entries().get(key)
    if found is None:
        near = ", ".join(nearest(key)) or "a key of the list that 'dawndusk ledger' prints"
        raise problem("ledger", f"the key '{key}'", "a key of the ledger", f"one of: {near}")
    return found


def nearest(key: str, among: tuple[str, ...] = ()) -> list[str]:
    """Up to five keys that look like `key` (whatever its case), best first."""
    keys = {k.lower(): k for k in (*entries(), *among)}
    return [keys[k] for k in difflib.get_close_matches(key.lower(), list(keys), n=5, cutoff=0.5)]


def search(text: str) -> list[Entry]:
    """Rows whose key begins with `text`, or whose words contain all words of it (any case)."""
    rows = list(entries().values())
    begun = [row for row in rows if row.key.lower().startswith(text.lower())]
    words = text.lower().split()
    return begun or [r for r in rows if all(w in f"{r.quantity} {r.note} {r.source}".lower() for w in words)]


def range_of(key: str) -> tuple[float, float, float, str]:
    """Low, central and high of a row and their unit in our table, for ``{ledger: KEY}``.

    A side that the row leaves open is closed with the central value, so a row with a central value
    only gives a plain number (its true uncertainty is unknown, not zero).

    Raises
    ------
    UnitError
        If there is no such row or it has no central number.
    """
    row = entries().get(key)
    if row is None:
        near = ", ".join(nearest(key)) or "see 'dawndusk ledger'"
        raise UnitError(f"a key of the ledger, not '{key}'", f"{{ledger: KEY}} with a known key: {near}")
    if row.unit == "-" or not row.central:
        raise UnitError(
            f"a ledger row with a central number; {key} has {row.range_text or 'none'}",
            "the number itself with its unit, or another row",
        )
    factor, unit = _UNITS.get(row.unit, (1.0, row.unit))
    low, central, high = (factor * float(x or row.central) for x in (row.low, row.central, row.high))
    return low, central, high, unit
