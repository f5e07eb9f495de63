"""Runs of the shipped scenarios that several tests look at, made once."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# The same examples on every machine: what was green here is green there.
settings.register_profile("dawndusk", derandomize=True, deadline=None)
settings.load_profile("dawndusk")

SIZE = {"tiny": (4, 6), "colossus": (4, 6)}  # leaves and paths; other scenarios as colossus


@dataclass(frozen=True)
class Run:
    """One `dawndusk run NAME --json`: exit code, what it printed, and where it wrote."""

    code: int
    printed: dict[str, Any]
    errors: str
    folder: Path

    @property
    def result(self) -> Path:
        """The result file."""
        return Path(self.printed["result_path"])


def run_command(name: str, folder: Path, *words: str) -> Run:
    """Run a scenario in this process with the JSON answer parsed."""
    from dawndusk.cli import cli

    leaves, paths = SIZE.get(name, SIZE["colossus"])
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.main(
            [
                "run",
                name,
                "--leaves",
                str(leaves),
                "--paths",
                str(paths),
                "--out",
                str(folder),
                "--json",
                *words,
            ]
        )
    return Run(code=code, printed=json.loads(out.getvalue() or "{}"), errors=err.getvalue(), folder=folder)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Run]:
    """Name of a shipped scenario -> its run at the small size of `SIZE`, made at the first call."""
    return cache(lambda name: run_command(name, tmp_path_factory.mktemp(name)))
