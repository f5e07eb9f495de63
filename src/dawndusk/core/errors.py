"""Errors that teach: what was read, where, what was expected, what to write instead."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong with what the user gave.

    Parameters
    ----------
    path : str
        Dotted path of the value (``orbit.shells.2.altitude``) or the option's name.
    read : str
        What was found there.
    expected : str
        What belongs there.
    write : str
        What to write instead.
    file : str or None
        The file it stands in.
    line : int or None
        Its line, counted from 1.
    """

    path: str
    read: str
    expected: str
    write: str
    file: str | None = None
    line: int | None = None

    def text(self) -> str:
        """One paragraph for a person."""
        line = f":{self.line}" if self.line else ""
        where = f"{self.file}{line}: " if self.file else ""
        told = (("read", self.read), ("expected", self.expected), ("write", self.write))
        return "\n".join([f"{where}{self.path}", *(f"  {word:<9} {text}" for word, text in told)])


class UserError(Exception):
    """The user's mistake: printed without traceback, exit code 2.

    Parameters
    ----------
    problems : one or more Problem
        All of them at once.
    """

    exit_code = 2

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(p.text() for p in problems))
        self.problems = problems

    def records(self) -> list[dict[str, str | int | None]]:
        """The problems as plain dictionaries, for ``--json``."""
        return [asdict(p) for p in self.problems]


class NoOptimum(UserError):  # noqa: N818 - the field's word is a status, not an error
    """The plan has no optimum (infeasible, unbounded or not solved): exit code 3."""

    exit_code = 3


class Cancelled(Exception):  # noqa: N818 - not an error
    """The caller asked long work to stop: exit code 130, nothing left half written."""


def problem(path: str, read: object, expected: str, write: str) -> UserError:
    """A UserError with a single problem."""
    return UserError(Problem(path=path, read=str(read), expected=expected, write=write))
