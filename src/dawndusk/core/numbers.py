"""Numbers of the world that no file of the user need state, by what they are.

A module takes one as ``SOLD: Final = number("sold_share")``: value, unit, range and reason stand once, in
``ledger/numbers.csv``, whatever module uses it. Kernels take none: their machine code is kept by the hash of
their sources, and of no data.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

SOURCE: Final = Path(__file__).parents[1] / "ledger" / "numbers.csv"


@dataclass(frozen=True, kw_only=True)
class Number:
    """One row of ``numbers.csv``.

    Parameters
    ----------
    name : str
        What it is: ``gateway_price``, never where it is used.
    value, low, high : float
        In `unit`; low and high are the value where the row gives no range.
    unit : str
        As a field would declare it; ``1`` for a pure number.
    evidence : str
        A word of `ledger.EVIDENCE`; ``guess`` (our judgement) or ``choice`` (no fact about the world).
    basis : tuple of str
        Keys of the ledger's rows it leans on.
    reason : str
        Why it is what it is.
    """

    name: str
    value: float
    low: float
    high: float
    unit: str
    evidence: str
    basis: tuple[str, ...]
    reason: str

    @property
    def range_text(self) -> str:
        """``90 / 180 / 350 kg/m3``, or the value alone."""
        alone = self.low == self.high
        shown = " / ".join(_plain(x) for x in ((self.value,) if alone else (self.low, self.value, self.high)))
        return shown if self.unit == "1" else f"{shown} {self.unit}"


def _plain(value: float) -> str:
    return f"{value:.0f}" if value.is_integer() and abs(value) < 1e9 else f"{value:g}"


@cache
def all_numbers() -> Mapping[str, Number]:
    """Every row by name, in the order of the file, which is that of the alphabet."""
    with SOURCE.open(newline="", encoding="utf-8") as file:
        return MappingProxyType({row["name"]: _number(row) for row in csv.DictReader(file)})


def _number(row: Mapping[str, str]) -> Number:
    return Number(
        name=row["name"],
        value=float(row["value"]),
        low=float(row["low"] or row["value"]),
        high=float(row["high"] or row["value"]),
        unit=row["unit"],
        evidence=row["evidence"],
        basis=tuple(row["basis"].split()),
        reason=row["reason"],
    )


def number(name: str) -> float:
    """The value of a row, in its unit; a `KeyError` for a name that has none, at import."""
    return all_numbers()[name].value
