"""All published cases together: every row has a story, a source, and a difference with a reason."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from dawndusk.cli import cli
from dawndusk.core.errors import UserError
from dawndusk.validation import cases, mccalip
from dawndusk.validation.row import Row


@pytest.fixture(scope="module")
def found() -> list[Row]:
    """Rows of all modules."""
    return cases.rows()


def test_every_row_says_why_and_where_from(found: list[Row]) -> None:
    """Each row has a reason, a source and a unit; each case a story, each story a row."""
    assert all(row.why and row.source and row.unit for row in found)
    assert {row.case for row in found} == set(cases.stories())


def test_every_row_is_told_once(found: list[Row]) -> None:
    """No two rows of a case speak of the same quantity."""
    names = [(row.case, row.quantity) for row in found]
    assert sorted(set(names)) == sorted(names)


def test_verdicts_follow_from_the_numbers(found: list[Row]) -> None:
    """Reproduced rows are within what is allowed; what is refuted says so or is outside."""
    for row in found:
        if row.verdict == "reproduced":
            assert abs(row.difference) <= row.allowed, row
        elif row.verdict == "refuted":
            assert row.refuted or abs(row.difference) > row.allowed, row


def test_the_calculator_is_exact_at_any_setting() -> None:
    """At 1,000 USD/kg the published page has 65.7904 billion USD and 1,502.06 USD/MWh in orbit."""
    words = ["validate", "mccalip", "--set", "launch_usd_per_kg=1000", "--json"]
    exact = json.loads(CliRunner().invoke(cli, words).stdout)["exact"]
    assert exact["orbital"]["total_usd"] == pytest.approx(65.7904e9, rel=1e-6)
    assert exact["orbital"]["lcoe_usd_per_mwh"] == pytest.approx(1502.06, abs=0.01)


def test_its_two_slips_are_mended() -> None:
    """The true break-even is -699.2 USD/kg and the array is at 68.95 degC."""
    mended = mccalip.outputs(mccalip.Settings())["corrected"]
    assert mended["breakeven_usd_per_kg"] == pytest.approx(-699.2, abs=0.05)
    assert mended["thermal"]["equilibrium_c"] == pytest.approx(68.949222283610, abs=1e-5)


@pytest.mark.parametrize("name", ["launch", "", "pue "])
def test_unknown_settings_are_refused(name: str) -> None:
    """A slider that does not exist is answered with those that do."""
    with pytest.raises(UserError, match="launch_usd_per_kg"):
        mccalip.settings({name: "1"})


def test_an_unknown_case_names_the_known() -> None:
    """The answer to a wrong case is the list of cases."""
    done = CliRunner().invoke(cli, ["validate", "moon"], standalone_mode=False)
    assert done.return_value == 2
    assert "mccalip" in done.stderr


def test_settings_need_the_calculator() -> None:
    """Only one case has sliders."""
    done = CliRunner().invoke(cli, ["validate", "kuiper-630", "--set", "pue=1.1"], standalone_mode=False)
    assert done.return_value == 2
    assert "mccalip" in done.stderr


def test_a_case_tells_its_story() -> None:
    """The story stands above the rows, the reasons below."""
    done = CliRunner().invoke(cli, ["validate", "starcloud-radiator"])
    assert "Kirchhoff" in done.stdout
    assert "refuted" in done.stdout
