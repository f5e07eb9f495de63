"""All cases, by key: where each is computed and what it is about."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import ModuleType
from typing import Final

from dawndusk.core.errors import problem
from dawndusk.validation.row import Row

# Modules of this package that hold `STORIES` (case -> what it is about) and `rows()`.
MODULES: Final = (
    "eclipse",
    "propagation",
    "radiation",
    "drag",
    "neighbours",
    "links",
    "communication",
    "formation",
    "filing",
    "thermal",
    "power",
    "reliability",
    "mccalip",
    "launched_power",
    "starcloud",
    "economics",
)


def stories() -> dict[str, str]:
    """Key of every case, and in a paragraph what was claimed and what we find."""
    return {case: text for name in MODULES for case, text in _module(name).STORIES.items()}


def rows(case: str | None = None, progress: Callable[[float, str], None] | None = None) -> list[Row]:
    """Rows of one case, or of all.

    Parameters
    ----------
    case : str, optional
        Key of `stories`.
    progress : callable, optional
        Told the share done and what comes next.

    Raises
    ------
    UserError
        For an unknown case.
    """
    wanted = [name for name in MODULES if case is None or case in _module(name).STORIES]
    if not wanted:
        raise problem("CASE", case, f"one of {', '.join(stories())}", "dawndusk validate mccalip")
    found: list[Row] = []
    for k, name in enumerate(wanted):
        if progress is not None:
            progress(k / len(wanted), name)
        found += [row for row in _module(name).rows() if case in (None, row.case)]
    return found


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"dawndusk.validation.{name}")
