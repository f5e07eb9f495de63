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
    import pandas as pd
    import xarray as xr

FILE = "result.nc"
RUNS = "runs"
LONGEST = 40  # signs of a name in the name of a folder


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
        about = self.tree.children["meta"].attrs
        return folder_name(str(self.tree.attrs["scenario"]), about["fingerprint"], about.get("label", ""))

    def __getitem__(self, path: str) -> xr.DataArray:
        """A variable: ``result["plan/orders"]``; quarters are dates. KeyError if there is none."""
        group, _, name = path.partition("/")
        return getattr(self, group)[name] if group in GROUPS else self.tree[path]  # type: ignore[return-value]

    def __getattr__(self, group: str) -> xr.Dataset:
        """A group as a Dataset: ``result.plan``, ``result.trace``; quarters are dates."""
        from dawndusk.study.result.frames import dated

        if group not in GROUPS:
            raise AttributeError(f"a result has no '{group}'; its groups are {', '.join(GROUPS)}")
        return dated(self.tree.children[group].to_dataset(inherit=False))

    def table(self, name: str) -> pd.DataFrame:
        """A table for pandas: a name of `tables`, or ``group/variable`` of any variable as tidy rows.

        Raises
        ------
        UserError
            For another name, with the nearest.
        """
        from dawndusk.study.result.frames import table

        return table(self.tree, name)

    @property
    def tables(self) -> dict[str, str]:
        """Names for `table`, and what each holds."""
        from dawndusk.study.result.frames import TABLES

        return {name: words for name, (_, words) in TABLES.items()}

    def __repr__(self) -> str:
        """One line: what was run, its answer, and where it is."""
        return f"<{', '.join(f'{key} {text}' if key else text for key, text in self._facts())}>"

    def _repr_html_(self) -> str:
        """The same as a small table, for notebooks."""
        from html import escape

        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(key or 'result')}</th>"
            f"<td style='text-align:left'>{escape(text)}</td></tr>"
            for key, text in self._facts()
        )
        names = escape(", ".join(self.tables))
        return f"<table>{rows}</table><p>.table(name) with one of: {names}</p>"

    def _facts(self) -> list[tuple[str, str]]:
        """What a reader wants to know first: pairs of a word and a text."""
        meta, plan, trace = (self.tree.children[name].attrs for name in ("meta", "plan", "trace"))
        served = (
            f"{trace['service']:.0%} operated on {int(meta['paths'])} paths, {plan['service']:.0%} planned"
        )
        return [
            ("", f"dawndusk result {self.name}"),
            ("scenario", f"{self.tree.attrs['scenario']} {meta['start']}-{meta['end']}"),
            ("tree", f"{int(meta['leaves'])} leaves, seed {int(meta['seed'])}"),
            ("served", served),
            ("kept in", str(self.path) if self.path else "memory"),
        ]

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


def folder_name(scenario: str, fingerprint: str, label: str = "") -> str:
    """``colossus-7f3a``, or ``colossus-base-7f3a`` with a label: safe as the name of a folder."""
    words = (re.sub(r"[^A-Za-z0-9._-]+", "-", word).strip("-.")[:LONGEST] for word in (scenario, label))
    first, second = words
    return "-".join(word for word in (first or "scenario", second, fingerprint[:4]) if word)
