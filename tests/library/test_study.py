"""A study: everything read once, changed by address, found again by what decides its numbers."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from html import unescape
from importlib.resources import files
from pathlib import Path

import pytest

from dawndusk.cli import cli
from dawndusk.core.errors import UserError
from dawndusk.library.find import CONSTELLATIONS, SATELLITES, SCENARIOS, find, shelved
from dawndusk.library.read import read

SHELVES = (SCENARIOS, SATELLITES, CONSTELLATIONS)
SMALL = ("--leaves", "2", "--paths", "2")
COUNTING = """
import collections, json, sys
opened = collections.Counter()
sys.addaudithook(lambda event, args: opened.update([str(args[0])]) if event == "open" else None)
import dawndusk as dd
opened.clear()
dd.run("tiny", leaves=2, paths=2, out=None)
print(json.dumps({k: n for k, n in opened.items() if k.endswith(".yaml")}))
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A copy of `tiny` in a folder of its own, with a copy of its design beside it."""
    folder = tmp_path / "plans"
    folder.mkdir()
    scenario = find(SCENARIOS, "tiny").text
    name = read("tiny").scenario.orbit.satellites[0].design
    (folder / "d.yaml").write_text(find(SATELLITES, name).text, encoding="utf-8")
    (folder / "mine.yaml").write_text(scenario.replace(f"design: {name}", "design: d.yaml"), encoding="utf-8")
    return folder / "mine.yaml"


@pytest.mark.parametrize("shelf", SHELVES, ids=lambda shelf: shelf.folder)
def test_everything_shipped_is_found_by_its_name(shelf) -> None:
    """Each file of a shelf is found, and belongs to no folder of the user's."""
    assert shelved(shelf)
    for name, path in shelved(shelf).items():
        source = find(shelf, name)
        assert source.shipped
        assert source.text == path.read_text("utf-8")


@pytest.mark.parametrize("shelf", SHELVES, ids=lambda shelf: shelf.folder)
@pytest.mark.parametrize("word", ["colossuss", "no/such.yaml", "", "a\0b", "/dev/zero", "."])
def test_what_is_not_there_is_told_with_a_name_that_is(shelf, word: str) -> None:
    """The proposal of every refusal is found."""
    with pytest.raises(UserError) as caught:
        find(shelf, word)
    (told,) = caught.value.problems
    assert find(shelf, told.write).text


def test_each_source_is_read_once() -> None:
    """A run opens the scenario and each design once, and nothing else of the library."""
    done = subprocess.run([sys.executable, "-c", COUNTING], capture_output=True, text=True, check=True)
    opened = json.loads(done.stdout.splitlines()[-1])
    names = {Path(path).name for path in opened}
    study = read("tiny")
    assert names == {source.file for source in study.sources}
    assert set(opened.values()) == {1}


def test_a_design_is_meant_from_the_scenarios_folder(mine: Path, monkeypatch, tmp_path: Path) -> None:
    """The same file is read from wherever the program is called."""
    monkeypatch.chdir(tmp_path)
    found = read("plans/mine.yaml")
    monkeypatch.chdir(mine.parent)
    assert found.fingerprint() == read("mine.yaml").fingerprint() == read(mine).fingerprint()


def test_every_file_read_is_in_the_fingerprint(mine: Path) -> None:
    """A change in the design alone makes another study."""
    before = read(mine).fingerprint()
    design = mine.with_name("d.yaml")
    text = design.read_text("utf-8")
    changed = re.sub(r"(?m)^life: \S+", "life: 4", text)
    assert changed != text
    design.write_text(changed, encoding="utf-8")
    assert read(mine).fingerprint() != before


def test_check_refuses_a_missing_design_at_its_line(mine: Path, capsys) -> None:
    """The address and the line that names the design are told, before anything runs."""
    mine.with_name("d.yaml").unlink()
    assert cli.main(["check", str(mine), "--json"]) == 2
    (told,) = json.loads(capsys.readouterr().err)["errors"]
    line = next(i for i, x in enumerate(mine.read_text("utf-8").splitlines(), 1) if "design: d.yaml" in x)
    assert (told["path"].rsplit(".", 1)[-1], told["line"]) == ("design", line)


@pytest.mark.parametrize(
    ("address", "value", "found"),
    [
        ("demand.step_values[0]", "6 USD/(H100e*h)", "demand.step_values.0"),
        ("demand.step_values.0", "6 USD/(H100e*h)", "demand.step_values.0"),
        ("ground.sites[texas].pue", 1.3, "ground.sites.texas.pue"),
        ("demand.stagnation", "{probability: 2 %/yr, growth: 1.1, duration: 2 yr}", "demand.stagnation"),
        (
            "demand.stagnation",
            {"probability": "2 %/yr", "growth": 1.1, "duration": "2 yr"},
            "demand.stagnation",
        ),
    ],
)
def test_values_items_and_groups_can_be_set(address: str, value: object, found: str) -> None:
    """Both spellings of list items, plain numbers where they are meant, and whole groups."""
    study = read("tiny").set({address: value})
    (change,) = study.changes
    assert change.address == found
    assert change.was
    assert study.fingerprint() != read("tiny").fingerprint()


@pytest.mark.parametrize(
    ("address", "value", "words"),
    [
        ("orbit.launch.price", 20e6, "with its unit"),
        ("orbit.launch.price", None, "quantity"),
        ("orbit.launch", "3", "keys with values"),
        ("orbit.launhc.price", "1 USD/launch", "no such address"),
        ("name", "other", "a name"),
    ],
)
def test_what_cannot_be_set_is_told(address: str, value: object, words: str) -> None:
    """A number without its unit, a group that is none, and an address that is not there."""
    with pytest.raises(UserError, match=words):
        read("tiny").set({address: value})


@pytest.mark.parametrize("what", [3, None, ["tiny"], {"name": "tiny"}])
def test_what_is_no_scenario_is_a_users_mistake(what: object) -> None:
    """Anything but a name, a path or a study is refused in words."""
    with pytest.raises(UserError, match=r"dawndusk\.read"):
        read(what)  # type: ignore[arg-type]


def test_changes_are_named_and_the_recipe_makes_the_same_bytes(tmp_path: Path, monkeypatch, capsys) -> None:
    """JSON, screen and page name what was set; the page's command gives the same result file."""
    monkeypatch.chdir(tmp_path)
    words = [
        "run",
        "tiny",
        *SMALL,
        "--set",
        "ground.sites.texas.power_price=80 USD/MWh",
        "--label",
        "it's dear",
    ]
    assert cli.main([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["changes"] == [
        {"address": "ground.sites.texas.power_price", "was": "50 USD/MWh", "now": "80 USD/MWh"}
    ]
    first = Path(found["result_path"]).read_bytes()
    page = Path(found["report_path"]).read_text("utf-8")
    (recipe,) = re.findall(r"<pre><code>(dawndusk run [^<]*)</code>", page)
    program, *again = shlex.split(unescape(recipe))
    assert cli.main([*again, "--out", "other", "--json"]) == 0
    assert Path(json.loads(capsys.readouterr().out)["result_path"]).read_bytes() == first
    assert cli.main([*again, "--out", "other"]) == 0  # found again
    said = capsys.readouterr()
    assert "found again" in said.err
    assert "Changed" in said.out
    assert "80 USD/MWh" in said.out
    assert program == "dawndusk"


def test_the_same_study_is_found_again_and_made_anew_on_request(tmp_path: Path, monkeypatch, capsys) -> None:
    """A second run of the same study loads its result; `--again` and any change compute."""
    monkeypatch.chdir(tmp_path)
    ran = []

    def count(words: list[str]) -> None:
        assert cli.main(["run", "tiny", *SMALL, *words]) == 0
        ran.append("found again" not in capsys.readouterr().err)

    for words in ([], [], ["--again"], ["--seed", "2"]):
        count(words)
    assert ran == [True, False, True, True]


def test_a_label_is_one_line(capsys) -> None:
    """A label that does not print is refused before any work."""
    assert cli.main(["run", "tiny", "--label", "a\nb"]) == 2
    assert "printable" in capsys.readouterr().err


def test_nothing_of_the_library_lies_outside_its_shelves() -> None:
    """Every YAML file that ships is on a shelf of the finder."""
    shipped = {str(path) for shelf in SHELVES for path in shelved(shelf).values()}
    assert {str(path) for path in Path(str(files("dawndusk"))).rglob("*.yaml")} == shipped
