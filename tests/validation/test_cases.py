"""All published cases together: every row has a story, a source, and a difference with a reason."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

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
    assert {row.case for row in found} == set(cases.HEADLINES)
    assert all(len(cases.story(case)) > 60 for case in cases.HEADLINES)


def test_the_list_of_cases_is_that_of_the_modules() -> None:
    """Each module of rows is listed with its cases, each case once, with a headline that fits a line."""
    folder = Path(cases.__file__).parent
    assert {f"{name.replace('.', '/')}.py" for name in cases.MODULES} == {
        str(file.relative_to(folder)) for file in folder.rglob("*.py") if "STORIES" in file.read_text("utf-8")
    } - {"cases.py"}
    for name, keys in cases.MODULES.items():
        assert set(importlib.import_module(f"dawndusk.validation.{name}").STORIES) == set(keys)
    listed = [key for keys in cases.TOPICS.values() for key in keys]
    assert listed == list(cases.HEADLINES)
    assert max(map(len, cases.HEADLINES.values())) <= 44


def test_one_case_loads_one_module() -> None:
    """`dawndusk validate starcloud-5gw` imports no other module of rows."""
    code = (
        "import sys; from dawndusk.cli import cli; cli.main(['validate', 'starcloud-5gw', '--json']); "
        "print(*(m for m in sys.modules if m.startswith('dawndusk.validation.')), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.rpartition(".")[2] for name in done.stderr.split()}
    assert loaded == {"cases", "row", "starcloud"}


def test_every_row_is_told_once(found: list[Row]) -> None:
    """No two rows of a case speak of the same quantity."""
    names = [(row.case, row.quantity) for row in found]
    assert sorted(set(names)) == sorted(names)


def test_verdicts_follow_from_the_numbers(found: list[Row]) -> None:
    """Whatever is called refuted differs by more than is allowed, also where a person marked it so."""
    for row in found:
        assert row.allowed >= 0.0, row
        if row.verdict == "reproduced":
            assert abs(row.difference) <= row.allowed, row
        elif row.verdict == "refuted":
            assert abs(row.difference) > row.allowed, row


def test_the_calculator_is_exact_at_any_setting() -> None:
    """At 1,000 USD/kg the published page has 65.7904 billion USD and 1,502.06 USD/MWh in orbit."""
    words = ["validate", "mccalip", "--set", "launch_usd_per_kg=1000", "--json"]
    exact = json.loads(CliRunner().invoke(cli, words).stdout)["exact"]
    assert exact["orbital"]["total_usd"] == pytest.approx(65.7904e9, rel=1e-6)
    assert exact["orbital"]["lcoe_usd_per_mwh"] == pytest.approx(1502.06, abs=0.01)


def test_its_two_slips_are_mended() -> None:
    """The true break-even is -699.2 USD/kg and the array is at 68.95 degC."""
    mended = mccalip.outputs(mccalip.PageSettings())["corrected"]
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


@pytest.fixture(scope="module")
def screen(found: list[Row]) -> str:
    """The screen without a case, 80 columns wide, from rows that are already there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cases, "rows", lambda *_: found)
        patch.setenv("COLUMNS", "80")
        return CliRunner().invoke(cli, ["validate"]).stdout


def test_every_case_has_its_line(screen: str, found: list[Row]) -> None:
    """One line for each case, with its counts and headline, none cut; all rows counted at the end."""
    lines = {line.split()[0]: line for line in screen.splitlines() if line.strip()}
    for case, headline in cases.HEADLINES.items():
        counts = [n for n in Counter(row.verdict for row in found if row.case == case).values() if n]
        assert lines[case].endswith(headline)
        assert sorted(lines[case].removesuffix(headline).split()[1:]) == sorted(map(str, counts))
    assert f"{len(cases.HEADLINES)} cases, {len(found)} rows" in screen
    assert len(screen.splitlines()) < len(cases.HEADLINES) + 20


def test_all_shows_every_row(found: list[Row], monkeypatch: pytest.MonkeyPatch) -> None:
    """With --all no row is left out, and its JSON is what is printed without it."""
    monkeypatch.setattr(cases, "rows", lambda *_: found)
    monkeypatch.setenv("COLUMNS", "200")
    out = CliRunner().invoke(cli, ["validate", "--all"]).stdout
    assert all(row.quantity.split(",")[0][:24] in out for row in found)
    assert sum(bool(re.search(r"  [=\u2260?] +[-\d]", line)) for line in out.splitlines()) == len(found)


def test_json_holds_every_row_and_the_counts(found: list[Row], monkeypatch: pytest.MonkeyPatch) -> None:
    """`cases` has all rows with their keys; `summary` has each case with its counts."""
    monkeypatch.setattr(cases, "rows", lambda *_: found)
    data = json.loads(CliRunner().invoke(cli, ["validate", "--json"]).stdout)
    assert len(data["cases"]) == len(found)
    keys = ["case", "quantity", "unit", "published", "ours", "difference", "allowed"]
    keys += ["verdict", "why", "source"]
    assert all(list(row) == keys for row in data["cases"])
    assert [row["case"] for row in data["summary"]] == list(cases.HEADLINES)
    assert all(
        row["rows"] == row["reproduced"] + row["refuted"] + row["not_reproducible"] for row in data["summary"]
    )


def test_reasons_that_rows_share_are_said_once() -> None:
    """Sixty rows against the ephemeris have four reasons, not sixty."""
    out = " ".join(CliRunner().invoke(cli, ["validate", "eclipse-ephemeris"]).stdout.split())
    assert out.count("a season may begin or end in a pass at midnight") == 1
    assert "days with shadow, 500 km, 06:00 and 9 more" in out


def test_the_page_of_claims_names_cases_and_leaves_no_claim_out() -> None:
    """Every case named in docs/explanation/claims.md exists; all claims on money and filings are there."""
    page = Path(__file__).parents[2] / "docs" / "explanation" / "claims.md"
    named = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)*)`", page.read_text("utf-8"))) - {"dawndusk"}
    assert named <= set(cases.HEADLINES)
    wanted = {*cases.TOPICS["Satellites and money"], *cases.TOPICS["Filings"]} - {"suncatcher-starship"}
    assert wanted <= named
