"""Plan and simulate AI compute capacity on the ground and in orbit.

``import dawndusk as dd`` costs nothing: what is used is imported when it is first asked for. All numbers
are SI, money is USD of the scenario's base year, rates are per Julian year.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from dawndusk.core.errors import NoOptimum, UserError
    from dawndusk.library.read import read, set_values, shipped
    from dawndusk.space.latency import latency
    from dawndusk.space.orbit import orbit_summary as orbit
    from dawndusk.space.sheet import Sheet
    from dawndusk.study.evaluate import evaluate
    from dawndusk.study.result.result import Result
    from dawndusk.study.run import run

__all__ = [
    "NoOptimum",
    "Result",
    "UserError",
    "evaluate",
    "latency",
    "orbit",
    "read",
    "run",
    "satellite",
    "set_values",
    "shipped",
]

_HOMES: Final = {
    "NoOptimum": "core.errors:NoOptimum",
    "Result": "study.result.result:Result",
    "UserError": "core.errors:UserError",
    "evaluate": "study.evaluate:evaluate",
    "latency": "space.latency:latency",
    "orbit": "space.orbit:orbit_summary",
    "read": "library.read:read",
    "run": "study.run:run",
    "set_values": "library.read:set_values",
    "shipped": "library.read:shipped",
}


def satellite(
    name: str, *, altitude: float | None = None, eclipse: Literal["battery", "shed"] | None = None
) -> Sheet:
    """A satellite closed in its orbit: power, heat, mass, cost, and whether all of it fits together.

    Parameters
    ----------
    name : str
        A shipped design (``ai1-2026-06``) or the path of a YAML file.
    altitude : float, optional
        Another altitude than the design's, m, 250 km to 2,500 km.
    eclipse : {"battery", "shed"}, optional
        Another answer to the Earth's shadow than the design's.

    Raises
    ------
    UserError
        For an unknown name, or with every mistake in the file at once.
    """
    from dawndusk.library.design import read_design, with_options
    from dawndusk.space.sheet import close_sheet

    design, ranges = read_design(name)
    return close_sheet(with_options(design, altitude=altitude, eclipse=eclipse), ranges)


def __getattr__(name: str) -> Any:
    """Import a public name at its first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'dawndusk' has no attribute '{name}'")
    module, _, attribute = _HOMES[name].partition(":")
    found = getattr(importlib.import_module(f"dawndusk.{module}"), attribute)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Public names, whether imported yet or not."""
    return [*__all__, *(name for name in globals() if name.startswith("__"))]
