"""`dawndusk check`, `ledger` and `schema` as a person or a program meets them."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from dawndusk.cli import cli
from dawndusk.core.records import units_of
from dawndusk.core.units import Unit
from dawndusk.library.addresses import numbers
from dawndusk.library.read import read, text_of
from dawndusk.supply.scenario import Scenario


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command line."""
    code = cli.main(list(words))
    out = capsys.readouterr()
    return code, out.out, out.err


def test_check_says_what_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    """A valid file is described: horizon, options by standing, and what its numbers rest on."""
    code, out, err = run(capsys, "check", "colossus")
    assert (code, err) == (0, "")
    for part in ("2026Q2 to 2036Q1, 40 quarters", "operating", "concept", "guess", "1,198,120"):
        assert part in out


def test_check_as_json_counts_every_number(capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON object begins as every command's does, and the kinds of evidence add up."""
    code, out, _ = run(capsys, "check", "colossus", "--json")
    data = json.loads(out)
    assert code == 0
    assert list(data)[:3] == ["format", "command", "version"]
    counts = data["scenario"]
    assert sum(counts["evidence"].values()) == counts["numbers"] == len(list(numbers(read("colossus")[0])))
    assert counts["options"]["leases"] == {"operating": 1, "contracted": 1}


def test_check_of_a_broken_file_is_the_users_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, each mistake with file and line on standard error, nothing on standard output."""
    text, _ = text_of("colossus")
    broken = text.replace("discount: 8 %/yr", "discount: 8").replace("share: 0.45", "share: 0.55")
    file = tmp_path / "broken.yaml"
    file.write_text(broken, encoding="utf-8")
    code, out, err = run(capsys, "check", str(file))
    assert (code, out) == (2, "")
    assert "finance.discount" in err
    assert "demand.classes" in err
    assert "Traceback" not in err
    code, out, err = run(capsys, "check", str(file), "--json")
    rows = json.loads(err)["errors"]
    assert (code, out) == (2, "")
    assert [set(row) for row in rows] == [{"path", "file", "line", "read", "expected", "write"}] * 2
    assert broken.splitlines()[rows[0]["line"] - 1].strip() == "discount: 8"


def test_check_stays_light() -> None:
    """Reading a scenario imports none of the large libraries, so it answers at once."""
    heavy = ("scipy.sparse", "scipy.optimize", "xarray", "pandas", "matplotlib", "h5py", "highspy", "numba")
    program = (
        "import sys; from dawndusk.cli import cli; cli.main(['check', 'colossus', '--json']); "
        f"print([m for m in {heavy} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_check_of_an_unknown_name_lists_the_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt scenario name is answered with the shipped names."""
    code, _, err = run(capsys, "check", "colosus")
    assert code == 2
    assert "colossus" in err


def test_ledger_shows_a_row_with_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    """One row: value, date, evidence, source, and where the default scenario uses it."""
    code, out, _ = run(capsys, "ledger", "p050")
    assert code == 0
    for part in ("1.25 USD bn/month", "filing, high confidence", "SpaceX S-1", "leases.colossus-1.price"):
        assert part in " ".join(out.split())


def test_ledger_explains_a_number_of_the_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    """The address of a number gives its range as written, and says guess where it is one."""
    code, out, _ = run(capsys, "ledger", "ground.sites.texas.queue_first")
    assert code == 0
    assert "0.3 / 0.6 / 1.2 GW" in out
    assert "guess" in out


def test_ledger_lists_guesses(capsys: pytest.CaptureFixture[str]) -> None:
    """--guesses gives only numbers without a source, each with its reason."""
    _, out, _ = run(capsys, "ledger", "--guesses", "--json")
    rows = json.loads(out)["numbers"]
    assert len(rows) > 100
    assert {row["evidence"] for row in rows} == {"guess"}
    assert all(row["reason"] and row["low"] <= row["central"] <= row["high"] for row in rows)


def test_ledger_as_json_has_all_rows(capsys: pytest.CaptureFixture[str]) -> None:
    """All rows, numbers as numbers, what is missing as null."""
    _, out, _ = run(capsys, "ledger", "--json")
    rows = {row["key"]: row for row in json.loads(out)["entries"]}
    assert len(rows) == 218
    assert (rows["P050"]["low"], rows["P050"]["central"]) == (None, 1.25)
    assert rows["P008"]["central"].startswith("pending")


def test_ledger_answers_an_unknown_key_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt address is the user's mistake and names what looks like it."""
    code, _, err = run(capsys, "ledger", "ground.sites.texas.queue_frst")
    assert code == 2
    assert "ground.sites.texas.queue_first" in err


def _record(name: str) -> type:
    """The record class of this name."""
    inside, found = [Scenario], {}
    while inside:
        cls = inside.pop()
        found[cls.__name__] = cls
        hints = [x for hint in get_type_hints(cls).values() for x in (hint, *get_args(hint))]
        inside += [x for x in hints if dataclasses.is_dataclass(x)]
    return found[name]


def test_schema_gives_every_number_its_unit(capsys: pytest.CaptureFixture[str]) -> None:
    """The schema is valid JSON, closed to unknown keys, and says unit and range of each number."""
    code, out, _ = run(capsys, "schema")
    schema = json.loads(out)
    assert code == 0
    assert schema["additionalProperties"] is False
    assert schema["properties"]["format"]["const"] == "dawndusk-scenario-1"
    for name, part in {**schema["$defs"], "Scenario": schema}.items():
        fields = {f: e.get("items", e) for f, e in part["properties"].items()}
        units = units_of(_record(name))
        assert {f: e["unit"] for f, e in fields.items() if "unit" in e} == {
            f: u.text for f, u in units.items()
        }
    price = schema["$defs"]["Launch"]["properties"]["price"]
    assert price["unit"] == "USD/launch"
    assert Unit("USD/launch").read(price["examples"][0]) > 0
    assert set(schema["properties"]) == set(Scenario.__dataclass_fields__)  # type: ignore[attr-defined]
