"""Plan and simulate AI compute capacity on the ground and in orbit.

``import dawndusk as dd`` costs nothing: what is used is imported when it is first asked for. All numbers
are SI, money is USD of the scenario's base year, rates are per Julian year.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dawndusk.core.errors import NoOptimum, UserError
    from dawndusk.library.read import read, set_values, shipped
    from dawndusk.library.study import Study
    from dawndusk.questions import constellation, design, latency, orbit, satellite, validate
    from dawndusk.report.reply import Reply
    from dawndusk.study.evaluate import evaluate
    from dawndusk.study.result.result import Result
    from dawndusk.study.run import run

__all__ = [
    "NoOptimum",
    "Reply",
    "Result",
    "Study",
    "UserError",
    "__version__",
    "constellation",
    "design",
    "evaluate",
    "latency",
    "orbit",
    "read",
    "run",
    "satellite",
    "set_values",
    "shipped",
    "validate",
]

_HOMES: Final = {
    "NoOptimum": "core.errors:NoOptimum",
    "Result": "study.result.result:Result",
    "UserError": "core.errors:UserError",
    "evaluate": "study.evaluate:evaluate",
    "Reply": "report.reply:Reply",
    "Study": "library.study:Study",
    "constellation": "questions:constellation",
    "design": "questions:design",
    "latency": "questions:latency",
    "orbit": "questions:orbit",
    "satellite": "questions:satellite",
    "validate": "questions:validate",
    "read": "library.read:read",
    "run": "study.run:run",
    "set_values": "library.read:set_values",
    "shipped": "library.read:shipped",
}


def __getattr__(name: str) -> Any:
    """Import a public name at its first use."""
    if name == "__version__":
        from importlib.metadata import version

        return version("dawndusk")
    if name not in _HOMES:
        raise AttributeError(f"module 'dawndusk' has no attribute '{name}'")
    module, _, attribute = _HOMES[name].partition(":")
    found = getattr(importlib.import_module(f"dawndusk.{module}"), attribute)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Public names, whether imported yet or not."""
    return [*__all__, *(name for name in globals() if name.startswith("__"))]
