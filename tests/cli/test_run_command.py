"""`dawndusk run`: what it prints, that it repeats, and that an interrupted run leaves nothing."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dawndusk.cli import cli
from dawndusk.study.result.result import Result

KEYS = {
    "": {"format", "command", "version", "scenario", "seed", "leaves", "paths", "adaptivity_usd", "now"}
    | {"unit_cost_usd_per_h100e_h", "result_path", "report_path", "plan", "service", "orbit"},
    "plan": {"status", "objective_usd", "bound_usd", "gap", "nodes", "columns", "rows", "nonzeros"}
    | {"build_s", "solve_s"},
    "service": {"planned", "operated"},
    "orbit": {"share_final_year", "share_band_2pct", "first_order"},
}
WORK = ("run", "tiny", "--leaves", "4", "--paths", "6")


def started(*words: str, cwd: Path) -> subprocess.Popen[str]:
    """The program in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "dawndusk", *words],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def sha256(path: Path) -> str:
    """Hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_json_has_every_key(finished: Callable) -> None:
    """One object that begins with format, command and version, and holds the headline under fixed keys."""
    run = finished("tiny")
    assert (run.code, run.errors) == (0, "")
    assert list(run.printed)[:3] == ["format", "command", "version"]
    assert run.printed["command"] == "run"
    for part, keys in KEYS.items():
        assert keys <= set(run.printed[part] if part else run.printed), part
    assert all({"option", "amount", "unit"} <= set(order) for order in run.printed["now"])
    low, high = run.printed["orbit"]["share_band_2pct"]
    assert 0 <= low <= high <= 1
    first = run.printed["orbit"]["first_order"]
    assert first is None or set(first) == {"period", "probability"}


def test_json_numbers_are_finite_or_null(finished: Callable) -> None:
    """No NaN and no Infinity stands in the JSON: undefined numbers are null."""
    text = json.dumps(finished("tiny").printed)
    assert not re.search(r"\b(NaN|Infinity)\b", text)


def test_files_are_where_the_answer_says(finished: Callable) -> None:
    """Result and report lie in one folder named after scenario and fingerprint, and nothing else does."""
    run = finished("tiny")
    files = [path for path in run.folder.rglob("*") if path.is_file()]
    assert {str(path) for path in files} == {run.printed["result_path"], run.printed["report_path"]}
    assert {path.name for path in files} == {"result.nc", "report.html"}
    assert re.fullmatch(r"tiny-[0-9a-f]{4}", run.result.parent.name)


def test_the_report_asks_for_nothing_from_outside(finished: Callable) -> None:
    """The page is one file below 1 MB that loads no script, style, font or picture from elsewhere."""
    page = Path(finished("tiny").printed["report_path"]).read_text("utf-8")
    assert len(page.encode()) < 1e6
    assert not re.search(r"<(?:script|img|iframe|link)[^>]+(?:src|href)\s*=\s*[\"']?(?:https?:)?//", page)
    assert "@import" not in page


def test_the_report_has_what_the_readme_says(finished: Callable) -> None:
    """The page holds charts with tables, the assumptions with their sources, and what is left out."""
    page = Path(finished("tiny").printed["report_path"]).read_text("utf-8")
    assert page.count("<svg") >= 5
    assert page.count("<table") >= page.count("<figure")
    for words in ("Assumptions and their sources", "leaves out"):
        assert words in page


def test_show_prints_the_same_numbers_again(finished: Callable, capsys: pytest.CaptureFixture[str]) -> None:
    """`show` of the result file gives the run's headline, but for times and paths."""
    run = finished("tiny")
    assert cli.main(["show", run.printed["result_path"], "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    for key in ("scenario", "seed", "leaves", "paths", "service", "orbit", "adaptivity_usd", "now"):
        assert again[key] == run.printed[key], key
    assert again["unit_cost_usd_per_h100e_h"] == run.printed["unit_cost_usd_per_h100e_h"]


def test_the_same_seed_gives_the_same_bytes(finished: Callable, tmp_path: Path) -> None:
    """A second run in another process and folder writes the same result and the same report, byte by byte."""
    run = finished("tiny")
    again = started(*WORK, "--json", "--out", "elsewhere", cwd=tmp_path)
    out, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    printed = json.loads(out)
    assert sha256(tmp_path / printed["result_path"]) == sha256(run.result)
    mine, theirs = (
        Path(path).read_text("utf-8").replace(where, "")
        for path, where in (
            (run.printed["report_path"], str(run.folder)),
            (tmp_path / printed["report_path"], "elsewhere"),
        )
    )
    assert mine == theirs


def test_the_same_scenario_has_the_same_folder_in_every_process() -> None:
    """The fingerprint that names a run's folder does not depend on Python's hash seed."""
    code = (
        "from dawndusk.core.records import fingerprint; from dawndusk.library.read import read;"
        "print(fingerprint(read('colossus')))"
    )
    found = {
        subprocess.check_output(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, text=True
        )
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1


def test_another_seed_gives_another_result(finished: Callable) -> None:
    """The seed decides the numbers: another one samples other futures and is kept in another folder."""
    from dawndusk.study.run import run

    other = run("tiny", leaves=4, paths=6, seed=2, out=None)
    first = Result.load(finished("tiny").printed["result_path"])
    assert other.name != first.name
    assert other.plan.attrs["objective_usd"] != first.plan.attrs["objective_usd"]


def test_a_changed_price_changes_what_depends_on_it(tmp_path: Path, finished: Callable) -> None:
    """`--set` replaces a number: the satellite gets dearer with its launch, and ground does not."""
    words = [*WORK, "--json", "--out", str(tmp_path), "--set", "orbit.launch.price=600e6 USD/launch"]
    again = started(*words, cwd=tmp_path)
    out, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    then, now = (
        json.loads(out)["unit_cost_usd_per_h100e_h"],
        finished("tiny").printed["unit_cost_usd_per_h100e_h"],
    )
    assert then["ai1-group-2"] > 1.2 * now["ai1-group-2"]
    assert then["texas"] == now["texas"]
    assert len(list(tmp_path.iterdir())) == 1


def test_firm_only_leaves_out_what_is_only_filed() -> None:
    """`--firm-only` plans without satellites that are only filed, and says so."""
    from dawndusk.study.run import run

    result = run("tiny", leaves=4, paths=6, out=None, firm_only=True)
    assert "ai1-group-2" not in result.offers["offer"].to_numpy()
    assert result.tree["meta"].attrs["firm_only"] == 1


@pytest.mark.parametrize("wait", [0.0, 0.8, 1.6])
def test_an_interrupted_run_leaves_nothing(wait: float, tmp_path: Path) -> None:
    """Ctrl-C at any moment ends with exit code 130, one sentence, no traceback and an empty folder."""
    run = started("run", "colossus", "--leaves", "8", "--out", "runs", cwd=tmp_path)
    assert run.stderr is not None
    assert "colossus" in run.stderr.readline()  # the work has begun
    time.sleep(wait)
    os.killpg(run.pid, signal.SIGINT)
    out, err = run.communicate(timeout=120)
    assert run.returncode == 130, err
    assert "Traceback" not in err
    assert "interrupted: nothing was written" in err
    assert out == ""
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_an_interrupted_run_keeps_the_older_result(finished: Callable) -> None:
    """A run stopped over an older result of the same scenario and seed leaves that one as it was."""
    run = finished("tiny")
    before = sha256(run.result)
    second = started(*WORK, "--out", str(run.folder), cwd=run.folder)
    assert second.stderr is not None
    second.stderr.readline()
    os.killpg(second.pid, signal.SIGINT)
    second.communicate(timeout=120)
    assert second.returncode == 130
    assert sha256(run.result) == before
    assert not list(run.folder.rglob("*.part"))


def test_a_caller_can_stop_a_run(tmp_path: Path) -> None:
    """`run(cancel=...)` stops at the next step with `Cancelled`, and nothing is written."""
    from dawndusk.core.errors import Cancelled
    from dawndusk.study.run import run

    heard: list[str] = []
    with pytest.raises(Cancelled):
        run(
            "tiny",
            leaves=4,
            paths=6,
            out=tmp_path,
            progress=lambda _share, text: heard.append(text),
            cancel=lambda: len(heard) > 2,
        )
    assert len(heard) >= 2
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_progress_rises_and_tells_the_size_first() -> None:
    """Progress goes from 0 to 1 without steps back, and says the problem's size before the solve."""
    from dawndusk.study.run import run

    heard: list[tuple[float, str]] = []
    run("tiny", leaves=4, paths=6, out=None, progress=lambda share, text: heard.append((share, text)))
    shares = [share for share, _ in heard]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < 0.1
    assert 0.9 < shares[-1] <= 1
    sizes = [i for i, (_, text) in enumerate(heard) if "non-zeros" in text]
    assert sizes == [1]


def test_evaluate_gives_a_range_for_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    """5, 50 and 95 % points in order for each option, the same for the same seed."""
    words = ["evaluate", "tiny", "--draws", "300", "--json"]
    assert cli.main(words) == 0
    first = json.loads(capsys.readouterr().out)
    assert cli.main(words) == 0
    assert json.loads(capsys.readouterr().out) == first
    costs = first["unit_cost_usd_per_h100e_h"]
    assert {"texas", "colossus-1", "cloud-year", "ai1-group-2"} <= set(costs)
    assert all(x["low_5pct"] <= x["median"] <= x["high_95pct"] for x in costs.values())
    assert costs["ai1-group-2"]["low_5pct"] < costs["ai1-group-2"]["high_95pct"]
    assert costs["colossus-1"]["median"] == pytest.approx(3.25)


def test_evaluate_on_a_terminal_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json a table with the three points and a bar for each option is printed."""
    assert cli.main(["evaluate", "tiny", "--draws", "100"]) == 0
    out = capsys.readouterr().out
    for words in ("texas", "ai1-group-2", "median", "100 draws", "3.25", "●"):
        assert words in out
