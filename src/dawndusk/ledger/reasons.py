"""Why a number is what it is, where it is not a row of the ledger itself.

The number and its range stand once, in the file of the shipped scenario, satellite design or constellation;
a reason here is found by the number's dotted path (``*`` stands for one part of it), so neither can say
something else than the other. Numbers that no file states have theirs in ``numbers.csv`` (`core.numbers`).
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Final

from dawndusk.core.records import record

SUBJECTS: Final = ("satellites", "constellations")  # what is not the scenario, by first word


@record
class Reason:
    """Reason of one number, or of all that match its path.

    Parameters
    ----------
    path : str
        ``demand.in_use``; ``ground.sites.*.hall`` covers every site. ``satellites.PRESET.bus.mass`` is
        about a satellite design, ``constellations.NAME.craft.mass`` about a constellation.
    evidence : str
        A word of `EVIDENCE`; ``guess`` (our judgement, no source) or ``choice`` (the planner's own to
        make, no fact about the world).
    basis : tuple of str
        Keys of the rows it leans on.
    factor : str
        Where not empty: the number, and its range if it has one, are this factor times the one row of
        `basis`. The row's open sides then stay open. Tests compare them.
    text : str
        The reason.
    """

    path: str
    evidence: str
    basis: tuple[str, ...]
    factor: str
    text: str

    @property
    def subject(self) -> str:
        """What it is about: ``scenario``, ``satellites`` or ``constellations``."""
        first = self.path.partition(".")[0]
        return first if first in SUBJECTS else "scenario"

    def matches(self, path: str) -> bool:
        """Whether this is the reason of the number at `path`."""
        mine, other = self.path.split("."), path.split(".")
        return len(mine) == len(other) and all(a in ("*", b) for a, b in zip(mine, other, strict=True))


def reasons(subject: str = "scenario") -> tuple[Reason, ...]:
    """Reasons about one subject; a more exact path stands before the pattern that also covers it.

    Parameters
    ----------
    subject : {"scenario", "satellites", "constellations"}
        The shipped scenario, the shipped satellite designs, or the shipped constellations.
    """
    return tuple(r for r in _all() if r.subject == subject)


@cache
def _all() -> tuple[Reason, ...]:
    path = Path(__file__).with_name("reasons.csv")
    with path.open(newline="", encoding="utf-8") as file:
        rows = [
            Reason(
                path=r["path"],
                evidence=r["evidence"],
                basis=tuple(r["basis"].split()),
                factor=r["factor"],
                text=r["reason"],
            )
            for r in csv.DictReader(file)
        ]
    return tuple(sorted(rows, key=lambda r: r.path.count("*")))


def reason_for(path: str) -> Reason | None:
    """The most exact reason for the number at this path; None if there is none."""
    last = path.rsplit(".", 1)[-1]
    return next((r for end in (last, "*") for r in _by_end().get(end, ()) if r.matches(path)), None)


@cache
def _by_end() -> dict[str, list[Reason]]:
    found: dict[str, list[Reason]] = {}
    for reason in _all():
        found.setdefault(reason.path.rsplit(".", 1)[-1], []).append(reason)
    return found
