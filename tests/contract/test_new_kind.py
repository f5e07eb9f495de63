"""A kind of supply that nobody has thought of: how many files it takes, and where it is found then."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.contract.kinds import TINY

ROOT = Path(__file__).parents[2]
ITEM = {
    "name": "drifter",
    "label": "Drifter class",
    "standing": "operating",
    "compute": "20e3 H100e",
    "rent": "10e6 USD/month",
    "count": 2,
    "lead": "1 month",
    "term": "2 yr",
}
# What the edited file says, and what is written above it.
EDITS = (
    ("from dawndusk.supply import", "from dawndusk.supply import barge\n"),
    ("    rental.KIND,\n", "    barge.KIND,\n"),
    ("    fabs: tuple[Fab, ...] = ()\n", "    barges: tuple[barge.Barge, ...] = ()\n"),
)


def files_of(folder: Path) -> dict[str, bytes]:
    """Path -> content of every source file."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*.py"))}


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with the kind "barge" added, and a scenario that has one."""
    root = tmp_path_factory.mktemp("barge")
    away = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src" / "dawndusk", root / "src" / "dawndusk", ignore=away)
    (root / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "reference.py", root / "docs")
    supply = root / "src" / "dawndusk" / "supply"
    shutil.copy(Path(__file__).with_name("barge.py.txt"), supply / "barge.py")
    text = (supply / "scenario.py").read_text("utf-8")
    for place, line in EDITS:
        assert text.count(place) == 1
        text = text.replace(place, line + place)
    (supply / "scenario.py").write_text(text, encoding="utf-8")
    orbit = TINY["orbit"] | {"satellites": []}
    (root / "barges.yaml").write_text(json.dumps(TINY | {"orbit": orbit, "barges": [ITEM]}), encoding="utf-8")
    return root


def ask(root: Path, *words: str) -> str:
    """Standard output of the copied program, in an interpreter of its own."""
    place = os.environ | {"PYTHONPATH": str(root / "src")}
    done = subprocess.run(
        [sys.executable, *words], cwd=root, env=place, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def answer(copied: Path) -> dict[str, object]:
    """What `dawndusk run` answers of the scenario with barges."""
    words = ("run", "barges.yaml", "--leaves", "4", "--paths", "4", "--out", "runs", "--json")
    found: dict[str, object] = json.loads(ask(copied, "-m", "dawndusk", *words))
    return found


def test_at_most_three_files_are_touched(copied: Path) -> None:
    """One file is new and one has a line for the field, the import and the registry each: two in all."""
    before, after = files_of(ROOT / "src"), files_of(copied / "src")
    touched = [name for name in after if before.get(name) != after[name]]
    assert touched == ["dawndusk/supply/barge.py", "dawndusk/supply/scenario.py"]
    assert set(before) < set(after)


def test_it_is_checked(copied: Path) -> None:
    """`check` counts it, and refuses a value of it that cannot be, with its address."""
    assert "barges" in ask(copied, "-m", "dawndusk", "check", "barges.yaml")
    wrong = (copied / "barges.yaml").read_text("utf-8").replace('"1 month"', '"9 yr"')
    (copied / "wrong.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(AssertionError, match=r"barges\.drifter\.lead"):
        ask(copied, "-m", "dawndusk", "check", "wrong.yaml")


def test_it_is_in_the_plan_and_in_do_now(copied: Path, answer: dict[str, object]) -> None:
    """Barges at 0.68 USD per H100e-hour are ordered at once, in their own words."""
    assert "moor 2 barges (Drifter class)" in json.dumps(answer)


def test_it_is_in_the_report(copied: Path, answer: dict[str, object]) -> None:
    """The page names it."""
    assert "Drifter class" in (copied / str(answer["report_path"])).read_text("utf-8")


def test_it_is_in_the_reference_pages(copied: Path) -> None:
    """The generated page of kinds has its section, with its fields and its example."""
    text = ask(copied, "-c", "from docs.reference import pages; print(pages()['supply.md'])")
    section = text.partition("## Barges")[2].partition("\n## ")[0]
    for part in ("barges", "moor", "USD/yr", "rent: 10e6 USD/month"):
        assert part in section
