"""Every mistake of a user: one clear message, the right exit code, no traceback, nothing lost."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dawndusk.cli import COMMANDS, cli
from dawndusk.library.read import text_of

NOBODY = 65534
MISTAKES = {
    # mistake -> text of the shipped scenario, what is written instead, path, words of the message
    "key no longer used": (
        "power_price: 50 USD/MWh, pue: 1.18,",
        "power_price: 50 USD/MWh, pue: 1.18, wue: 0.2 L/kWh,",
        "ground.sites",
        "no longer used",
    ),
    "unknown key": (
        "  noise_sd: 0.08",
        "  noise_sd: 0.08\n  noise_sds: 0.08",
        "demand.noise_sds",
        "noise_sds",
    ),
    "missing unit": ("discount: 8 %/yr", "discount: 8", "finance.discount", "'8 %/yr'"),
    "wrong dimension": ("spending: 20e9 USD/yr", "spending: 20 kg", "finance.spending", "USD/yr"),
    "refused unit": ("price: 51.4 kUSD/GPU", "price: 51.4 k$/GPU", "chips.generations.GB300.price", "USD"),
    "not a number": ("noise_sd: 0.08", "noise_sd: .nan", "demand.noise_sd", "a finite number"),
    "not a quantity": ("in_use: {low: 0.5e6 H100e", "in_use: {low: nan H100e", "demand.in_use", "finite"),
    "negative lead time": ("lead: 1 month", "lead: -1 month", "leases.colossus-1.lead", "at least 0"),
    "shares that do not sum to 1": ("share: 0.5, steps", "share: 0.6, steps", "demand.classes", "sum"),
    "steps that do not sum to 1": ("[0.6, 0.3, 0.1]", "[0.6, 0.3, 0.2]", "demand.classes.interactive", "sum"),
    "probability above 1": (
        "probability: 0.7}",
        "probability: 1.7}",
        "gates.licence.probability",
        "at most 1",
    ),
    "lease that ends before it starts": ("end: 2028Q3", "end: 2026Q1", "leases.colossus-1.end", "2026Q1"),
    "range out of order": (
        "{low: 1.8, mode: 2.2",
        "{low: 2.8, mode: 2.2",
        "demand.trend",
        "low <= mode <= high",
    ),
    "no quarter": ("resolved: 2027Q1", "resolved: 2027Q5", "gates.licence.resolved", "2026Q2"),
    "unknown gate": ("  gate: licence", "  gate: license", "orbit.gate", "licence"),
    "unknown site": ("site: campus", "site: campsite", "plants.engines.site", "campus"),
}
LINES = {  # command line -> words of its message
    ("run", "tny"): "tiny",
    ("run", "no/such/file.yaml"): "no file of this name",
    ("run", "tiny", "--leaves", "0"): "--leaves",
    ("run", "tiny", "--paths", "-3"): "--paths",
    ("run", "tiny", "--seed", "-1"): "--seed",
    ("run", "tiny", "--leaves", "many"): "'many'",
    ("run", "tiny", "--set", "nonsense"): "PATH=VALUE",
    ("run", "tiny", "--set", "orbit.launch.prise=1 USD"): "orbit.launch.price",
    ("run", "tiny", "--set", "orbit.launch.price=30"): "USD/launch",
    ("evaluate", "tiny", "--draws", "0"): "--draws",
    ("show", "no/such/result.nc"): "result",
    ("check",): "FILE",
    ("orbit", "--altitude", "650"): "'650 km'",
    ("satellite", "ai2"): "ai1-2026-06",
    ("ledger", "P9999x"): "P9999x",
    ("fly", "colossus"): "fly",
    ("run", "tiny", "--hurry"): "--hurry",
}


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command line."""
    code = cli.main(list(words))
    out = capsys.readouterr()
    return code, out.out, out.err


def broken(folder: Path, old: str, new: str) -> Path:
    """The shipped small scenario with one passage replaced."""
    text, _ = text_of("tiny")
    assert text.count(old) >= 1, f"the scenario no longer says {old!r}"
    file = folder / "broken.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


@contextmanager
def without_rights() -> Iterator[None]:
    """A user who may not write everywhere, also where the tests run as the administrator."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if was == 0:
            os.seteuid(was)


@pytest.mark.parametrize("command", ["check", "run", "evaluate"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_file_is_said_once(
    mistake: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, one problem with its path, and the file and line where it stands; nothing is written."""
    old, new, path, words = MISTAKES[mistake]
    file = broken(tmp_path, old, new)
    out_words = ("--out", str(tmp_path / "runs")) if command == "run" else ()
    code, out, err = answer(capsys, command, str(file), *out_words, "--json")
    assert (code, out) == (2, "")
    (problem,) = json.loads(err)["errors"]
    assert problem["path"].startswith(path)
    assert problem["file"] == str(file)
    assert all(problem[key] for key in ("read", "expected", "write"))
    assert words in " ".join(str(x) for x in problem.values())
    line = file.read_text("utf-8").splitlines()[problem["line"] - 1]
    assert new.splitlines()[-1].strip() in line or path.rsplit(".", 1)[-1] in line
    assert not list(tmp_path.rglob("*.nc"))


@pytest.mark.parametrize("words", LINES, ids=" ".join)
def test_a_mistake_on_the_command_line_is_said_once(
    words: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Exit code 2 and one message that names what to write; nothing on standard output, nothing written."""
    monkeypatch.chdir(tmp_path)
    code, out, err = answer(capsys, *words)
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert err.count("error") == 1
    assert LINES[words] in err
    assert not list(tmp_path.rglob("*.nc"))


def test_all_mistakes_of_a_file_come_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three mistakes in one file are three problems in one message, in the order of their lines."""
    text, _ = text_of("tiny")
    for mistake in ("missing unit", "negative lead time", "unknown key"):
        text = text.replace(*MISTAKES[mistake][:2], 1)
    file = tmp_path / "broken.yaml"
    file.write_text(text, encoding="utf-8")
    code, _, err = answer(capsys, "run", str(file), "--out", str(tmp_path), "--json")
    lines = [problem["line"] for problem in json.loads(err)["errors"]]
    assert code == 2
    assert len(lines) == 3
    assert lines == sorted(lines)


def test_targets_that_no_plan_meets_name_the_clash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Service targets beyond reach end with exit code 2, the classes, and the limits that clash."""
    file = broken(tmp_path, "service: value", "service: target")
    code, out, err = answer(
        capsys, "run", str(file), "--leaves", "4", "--out", str(tmp_path / "runs"), "--json"
    )
    problems = json.loads(err)["errors"]
    assert (code, out) == (2, "")
    assert {p["path"] for p in problems} <= {
        f"demand.classes.{name}.target" for name in ("interactive", "batch", "training")
    }
    assert problems
    assert all("clash with: " in p["expected"] and "at most " in p["write"] for p in problems)
    assert not list(tmp_path.rglob("*.nc"))


def test_a_folder_without_rights_is_said_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no file can be made, `run` says so with exit code 2, and an older result stays as it is."""
    answer(capsys, "evaluate", "tiny", "--draws", "1")  # what is imported later may not be readable
    __import__("dawndusk.cli.run").cli.run.command.main(["--help"], standalone_mode=False)
    capsys.readouterr()
    folder = tmp_path / "closed"
    folder.mkdir()
    older = folder / "result.nc"
    older.write_bytes(b"an older result")
    folder.chmod(0o555)
    with without_rights():
        code, out, err = answer(capsys, "run", "tiny", "--leaves", "4", "--out", str(folder))
    folder.chmod(0o755)
    assert (code, out) == (2, "")
    assert "result folder" in err
    assert "--out FOLDER" in err
    assert [path.read_bytes() for path in folder.iterdir()] == [b"an older result"]


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file where the folder should be is refused and kept."""
    file = tmp_path / "runs"
    file.write_text("mine", encoding="utf-8")
    code, _, err = answer(capsys, "run", "tiny", "--leaves", "4", "--out", str(file))
    assert code == 2
    assert "result folder" in err
    assert file.read_text("utf-8") == "mine"


@pytest.mark.parametrize("content", [b"", b"no result", b"\x89HDF\r\n\x1a\n" + bytes(200)])
def test_show_of_something_else_is_refused(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`show` of a file that is no result says what it wants instead."""
    file = tmp_path / "result.nc"
    file.write_bytes(content)
    code, out, err = answer(capsys, "show", str(file))
    assert (code, out) == (2, "")
    assert "result" in err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` of each command ends with exit code 0 and names its options."""
    code, out, err = answer(capsys, command, "--help")
    assert (code, err) == (0, "")
    assert "--json" in out
