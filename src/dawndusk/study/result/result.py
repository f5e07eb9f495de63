"""A result: the tree of a run, in memory or from its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from dawndusk.core.records import record, replace
from dawndusk.study.result.labels import GROUPS

if TYPE_CHECKING:
    import xarray as xr

FILE = "result.nc"
RUNS = "runs"


@record
class Result:
    """One run.

    Parameters
    ----------
    tree : DataTree
        Groups as in `study.result.labels`; the root has attributes only.
    path : Path or None
        Its file; None until it is saved.
    timings : mapping
        Seconds of the run that made it (``build_s``, ``solve_s``); empty for a loaded result, since no
        time stands in the file.
    """

    tree: xr.DataTree
    path: Path | None = None
    timings: Mapping[str, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of the run's folder: scenario and the first four signs of the fingerprint."""
        safe = re.sub(r"[^A-Za-z0-9._-]+", "-", str(self.tree.attrs["scenario"])).strip("-.") or "scenario"
        return f"{safe}-{self.tree.children['meta'].attrs['fingerprint'][:4]}"

    def __getitem__(self, path: str) -> xr.DataArray:
        """A variable: ``result["plan/orders"]``; KeyError if there is none."""
        found: xr.DataArray = self.tree[path]  # type: ignore[assignment]
        return found

    def __getattr__(self, group: str) -> xr.Dataset:
        """A group as a Dataset: ``result.plan``, ``result.trace``."""
        if group not in GROUPS:
            raise AttributeError(f"a result has no '{group}'; its groups are {', '.join(GROUPS)}")
        return self.tree.children[group].to_dataset(inherit=False)

    def __dir__(self) -> list[str]:
        """Fields, methods and groups."""
        return [*super().__dir__(), *GROUPS]

    def save(self, folder: str | Path) -> Result:
        """Write ``result.nc`` in the folder (made if it is not there); the result with its path.

        An older file of this name is replaced at the very end, in one step: nobody sees half a result.

        Raises
        ------
        UserError
            If the folder cannot be made or written.
        """
        from dawndusk.study.result.file import write

        return replace(self, path=write(self.tree, Path(folder) / FILE))

    @classmethod
    def load(cls, file: str | Path) -> Result:
        """A result from its file, all of it in memory.

        Raises
        ------
        UserError
            If there is no such file, or it is no result that this version can read.
        """
        from dawndusk.study.result.file import read

        return cls(tree=read(Path(file)), path=Path(file))

    def equals(self, other: Result) -> bool:
        """Whether both hold the same names, numbers (NaN where NaN) and attributes."""
        return bool(self.tree.identical(other.tree))


def run_folder(result: Result, out: str | Path = RUNS) -> Path:
    """Where a run's files go: ``runs/colossus-7f3a``."""
    return Path(out) / result.name
