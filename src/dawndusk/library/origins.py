"""Where each number comes from: a ledger row, a reason, or the file alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from dawndusk import ledger
from dawndusk.core.numbers import all_numbers
from dawndusk.core.ranges import Uncertainty
from dawndusk.core.records import record
from dawndusk.core.units import Unit, UnitError, usual
from dawndusk.formats.yaml_document import Document
from dawndusk.library.addresses import numbers

EXPLAINED: Final = "colossus"  # the shipped scenario whose numbers the reasons are about


@record
class Origin:
    """Origin of one number.

    Parameters
    ----------
    path : str
        Its address.
    low, central, high : float
        Its range (three times the same without one), in `unit`.
    shape : str
        Shape of the range; "" without one.
    unit : str
        Unit of the field.
    ledger : str
        Key of its row; "" if it is none.
    evidence : str
        Word of `ledger.EVIDENCE`, ``guess``, ``choice``, or ``file`` for a number that only the scenario
        file itself states.
    basis : tuple of str
        Rows it leans on.
    reason : str
        Why it is what it is.
    """

    path: str
    low: float
    central: float
    high: float
    shape: str
    unit: str
    ledger: str
    evidence: str
    basis: tuple[str, ...]
    reason: str


def origins(record: object, uncertainty: Uncertainty, under: str = "") -> Iterator[Origin]:
    """The origin of every number of a scenario or of a satellite design, in the order of the record.

    Parameters
    ----------
    record : Scenario or Design
        With central values.
    uncertainty : Uncertainty
        As read with it.
    under : str
        What its addresses begin with in the ledger: nothing for a scenario, ``satellites.NAME`` for a
        design.

    Notes
    -----
    Reasons are about the numbers of the shipped files: what another file states otherwise, and is no
    ledger row, has the evidence ``file``.
    """
    for path, value, unit in numbers(record):
        address = f"{under}.{path}".lstrip(".")
        key = uncertainty.ledger.get(path, "")
        evidence, reason = "file", ""
        basis: tuple[str, ...] = ()
        if key:
            row = ledger.entry(key)
            evidence, basis, reason = row.evidence, (key,), row.quantity
        elif path in uncertainty.explained and (why := ledger.reason_for(address)) is not None:
            evidence, basis, reason = why.evidence, why.basis, why.text
        found = uncertainty.ranges.get(path)
        yield Origin(
            path=address,
            low=found.low if found else float(value),
            central=float(value),
            high=found.high if found else float(value),
            shape=found.shape if found else "",
            unit=unit.text,
            ledger=key,
            evidence=evidence,
            basis=basis,
            reason=reason,
        )


def world_origins() -> Iterator[Origin]:
    """The origin of every number that no file states: the rows of ``numbers.csv``, as ``numbers.NAME``."""
    for row in all_numbers().values():
        yield Origin(
            path=f"numbers.{row.name}",
            low=row.low,
            central=row.value,
            high=row.high,
            shape="",
            unit="" if row.unit == "1" else row.unit,
            ledger="",
            evidence=row.evidence,
            basis=row.basis,
            reason=row.reason,
        )


def written(document: Document) -> dict[str, str]:
    """Each value of a file as it stands there, by address; ranges as ``40 / 50 / 70 USD/MWh``."""
    found: dict[str, str] = {}
    for path in document.lines:
        value = document.at(path)
        if isinstance(value, dict) and "ledger" in value:
            found[document.dotted(path)] = ledger.entry(str(value["ledger"])).range_text
        elif isinstance(value, dict) and "mode" in value:
            found[document.dotted(path)] = _range_text(value)
        elif not isinstance(value, dict | list):
            found[document.dotted(path)] = str(value)
    return found


def spelled(value: float, unit: str) -> str:
    """A number in the unit that people write: ``60 USD/MWh`` for 1.67e-08 USD/J."""
    shown = usual(unit)
    if unit == "1":
        return f"{value:.6g}"
    try:
        scale = Unit(unit).read(f"1 {shown}") - (zero := Unit(unit).read(f"0 {shown}"))
    except UnitError:
        return f"{value:.6g} {unit}"
    return f"{(value - zero) / scale:.6g} {shown}"


def spelled_at(record: object, address: str) -> str:
    """The number or group at an address as people write it; "" for nothing there."""
    found = {path: (value, unit) for path, value, unit in numbers(record)}
    if address in found:
        value, unit = found[address]
        return spelled(float(value), unit.text)
    inside = [
        f"{path.removeprefix(address + '.')}: {spelled(float(value), unit.text)}"
        for path, (value, unit) in found.items()
        if path.startswith(f"{address}.")
    ]
    return "{" + ", ".join(inside) + "}" if inside else ""


def _range_text(value: dict[str, Any]) -> str:
    parts = [str(value[key]).partition(" ") for key in ("low", "mode", "high")]
    units = {unit for _, _, unit in parts}
    shape = f", {value['shape']}" if "shape" in value else ""
    if len(units) > 1:
        return " / ".join(str(value[key]) for key in ("low", "mode", "high")) + shape
    return " / ".join(number for number, _, _ in parts) + f" {units.pop()}".rstrip() + shape
