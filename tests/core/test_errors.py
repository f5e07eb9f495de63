"""Errors: every problem says where, what was read, what was expected and what to write."""

from __future__ import annotations

import pytest

from dawndusk.core.errors import Cancelled, NoOptimum, Problem, UserError, problem

FIRST = Problem(
    path="orbit.shells.2.altitude", read="600", expected="a length", write="600 km", file="a.yaml", line=7
)


def test_all_problems_are_told_at_once():
    """The text of an error holds each problem's place, reading, expectation and remedy."""
    error = UserError(FIRST, Problem(path="finance", read="x", expected="y", write="z"))
    for part in ("a.yaml:7: orbit.shells.2.altitude", "600", "a length", "600 km", "finance"):
        assert part in str(error)
    assert [r["line"] for r in error.records()] == [7, None]


@pytest.mark.parametrize(("kind", "code"), [(UserError, 2), (NoOptimum, 3)])
def test_exit_codes(kind: type[UserError], code: int):
    """The user's mistake exits with 2, a plan without optimum with 3."""
    assert kind(FIRST).exit_code == code


def test_place_of_a_problem():
    """Without a line only the file is named, without a file only the path."""
    assert Problem(path="p", read="r", expected="e", write="w", file="f").text().startswith("f: p\n")
    assert problem("p", 3, "e", "w").problems[0].text().startswith("p\n  read      3")


def test_cancelled_is_not_a_mistake():
    """Stopping on request is no user error."""
    assert not issubclass(Cancelled, UserError)
