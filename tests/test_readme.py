"""What README and tutorial show works: snippets run, links lead somewhere, numbers are true."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docs.reference import FOLDER, pages

from dawndusk.cli import cli
from dawndusk.library.contents import summarise
from dawndusk.library.read import read, text_of

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "docs" / "tutorial" / "demo.md",
    ROOT / "docs" / "explanation" / "constellations.md",
]
TEXTS = [*PAGES, *sorted((ROOT / "docs").rglob("*.md"))]
SMALL = ("--leaves", "2", "--paths", "2")
TITLES = (
    "Do now",
    "Watch",
    "Served",
    "Orbit",
    "It needs",
    "Cost",
    "Binding",
    "Worth",
    "Total",
    "Tree",
    "Report",
)


def blocks(page: Path, language: str) -> list[str]:
    """Fenced blocks of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def shell_lines() -> list[tuple[str, tuple[str, ...]]]:
    """Page and words of every shell line shown."""
    found = []
    for page in PAGES:
        for block in blocks(page, "sh"):
            lines = (shlex.split(line, comments=True) for line in block.splitlines())
            found += [(page.stem, tuple(words)) for words in lines if words]
    return found


def python_snippets() -> list[tuple[str, str]]:
    """Page and text of every Python snippet."""
    return [(page.stem, block) for page in PAGES for block in blocks(page, "python")]


def completed(typed: str) -> list[str]:
    """What the line of the README makes the shell offer for the last word typed."""
    words = typed.split(" ")
    asked = {"_DAWNDUSK_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv = ['dawndusk']; from dawndusk.cli import main; main()"],
        env=os.environ | asked,
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.split(",")[1] for line in done.stdout.splitlines() if line.startswith("plain,")]


def test_names_of_what_ships_are_completed() -> None:
    """The shell offers shipped scenarios, designs and constellations where a command takes one."""
    assert completed("dawndusk run col") == ["colossus"]
    assert "ai1-2026-06" in completed("dawndusk satellite ")
    assert "starcloud" in completed("dawndusk constellation st")
    assert completed("dawndusk run --le") == ["--leaves"]


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, finished: Callable) -> Path:
    """A folder with what the pages speak of: the reader's scenario and an earlier result."""
    (tmp_path / "mine.yaml").write_text(with_added_option("tiny"), encoding="utf-8")
    (tmp_path / "filing.yaml").write_text(
        (ROOT / "src/dawndusk/library/constellations/suncatcher.yaml").read_text("utf-8"), encoding="utf-8"
    )
    older = tmp_path / "runs" / "colossus-XXXX"
    older.mkdir(parents=True)
    (older / "result.nc").write_bytes(finished("tiny").result.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def with_added_option(name: str) -> str:
    """A shipped scenario with the tutorial's lease put under `leases:`."""
    (item,) = blocks(PAGES[2], "yaml")
    text, _ = text_of(name)
    assert text.count("\nleases:\n") == 1
    return text.replace("\nleases:\n", f"\nleases:\n{item}").replace("end: 2031Q4", "end: 2028Q2")


def smaller(words: list[str]) -> dict[str, str]:
    """What stands for a large example, so that the suite stays short: the command is the same."""
    if words[0] == "run":
        return {"colossus": "tiny"}
    return {"spacex_2026_05": "suncatcher"} if "--approaches" in words else {}


@pytest.mark.parametrize(
    ("page", "words"), shell_lines(), ids=lambda x: " ".join(x) if isinstance(x, tuple) else x
)
def test_shell_lines_work(
    page: str, words: tuple[str, ...], workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every shell line is a make target, an installation of this package, or a command that succeeds."""
    program, *rest = words
    if program == "make":
        assert re.search(rf"^{rest[0]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    elif program == "pip":
        assert rest in (
            ["install", "."],
            ["wheel", "--no-deps", "--wheel-dir", "dist", "."],
        )  # tests/test_package.py
    elif program == "export":
        assert rest == ["PATH=$PWD/.venv/bin:$PATH"]
        assert "$(BIN)/dawndusk" in (ROOT / "Makefile").read_text("utf-8")
    elif program == "eval":
        assert completed("dawndusk ru") == ["run"]
    elif program == "python":
        assert rest[-2:] == [">", "mine.yaml"]
        exec(compile(rest[1], "<readme>", "exec"), {})
        assert capsys.readouterr().out.rstrip("\n") == text_of("colossus")[0].rstrip("\n")
    else:
        assert program == "dawndusk"
        run = [smaller(rest).get(word, word) for word in rest]
        assert cli.main([*run, *(SMALL if rest[0] == "run" else ())]) == 0, capsys.readouterr().err
        assert capsys.readouterr().out.strip()


@pytest.mark.parametrize(("page", "snippet"), python_snippets())
def test_python_snippets_work(
    page: str, snippet: str, workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every Python snippet runs as it stands, but for a smaller tree, and prints something."""
    small = snippet.replace('dd.run("colossus")', 'dd.run("tiny", leaves=2, paths=2)')
    small = small.replace('period="2030-01"', 'period="2028-01"') if small != snippet else small
    exec(compile(small, f"<{page}>", "exec"), {})
    assert (
        len(capsys.readouterr().out.splitlines())
        == sum(line.lstrip().startswith("print(") for line in snippet.splitlines())
        or "to_dataframe" in snippet
    )


def test_the_tutorials_option_is_planned_with(tmp_path: Path) -> None:
    """An option added in YAML alone is an offer of the plan with its own unit cost."""
    from dawndusk.study.run import run

    file = tmp_path / "mine.yaml"
    file.write_text(with_added_option("tiny"), encoding="utf-8")
    result = run(file, leaves=2, paths=2, out=None)
    assert "north-hall" in result.plan["offer"].to_numpy()
    assert float(result["offers/unit_cost_2030"].sel(option="north-hall")) == pytest.approx(2.2)


@pytest.mark.parametrize("page", TEXTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page names a file that is there."""
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_files_named_in_the_readme_exist() -> None:
    """Each claim's test, and every other path in backquotes, is a file of the checkout."""
    named = re.findall(r"`((?:tests|docs|src|benchmarks)/[\w./-]+)`", PAGES[0].read_text("utf-8"))
    assert len(named) >= 10
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_counts_of_sources_and_guesses_are_true() -> None:
    """The README's numbers of ledger rows, numbers and guesses are those of the program."""
    from dawndusk import ledger

    text = " ".join(PAGES[0].read_text("utf-8").split())
    said = re.search(r"ledger ships (\d+) rows.*?Of the (\d+) numbers of `colossus`, (\d+) are guesses", text)
    assert said
    counted = summarise(*read("colossus"))
    rows = len(ledger.entries())
    assert [int(x) for x in said.groups()] == [rows, counted.numbers, counted.evidence["guess"]]


def test_python_of_the_readme_is_the_one_required() -> None:
    """The README asks for the Python that pyproject.toml asks for, and this is one."""
    asked = re.search(r"`python3` \((3\.\d+) or newer", PAGES[0].read_text("utf-8"))
    assert asked
    assert f'requires-python = ">={asked[1]}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert sys.version_info >= tuple(int(part) for part in asked[1].split("."))


@pytest.mark.parametrize("page", [PAGES[0], PAGES[2]], ids=["readme", "tutorial"])
def test_the_picture_has_the_lines_of_the_program(
    page: Path, finished: Callable, capsys: pytest.CaptureFixture[str]
) -> None:
    """The pasted screen has the same lines in the same order as the program prints today."""
    picture = next(block for block in blocks(page, "text") if "$ dawndusk run colossus" in block)
    shown = [title for title in TITLES if re.search(rf"^{title}\b", picture, re.MULTILINE)]
    assert cli.main(["show", finished("colossus").printed["result_path"]]) == 0
    out = capsys.readouterr().out
    assert shown[-1] == "Report"
    assert shown[:-1] == [title for title in TITLES if re.search(rf"^{title}\b", out, re.MULTILINE)]
    assert "M H100e" in picture


@pytest.mark.parametrize("name", pages())
def test_reference_pages_are_up_to_date(name: str) -> None:
    """The committed reference is what `make docs` would write now."""
    assert (FOLDER / name).read_text("utf-8") == pages()[name]


def test_reference_explains_every_field() -> None:
    """Every field of a record has its unit or kind in the reference, and nine of ten are explained."""
    rows = [line.split(" | ") for line in pages()["records.md"].splitlines() if line.startswith("| `")]
    assert len(rows) > 200
    assert all(row[1].strip() for row in rows)
    silent = [row[0] for row in rows if not row[-1].strip(" |")]
    assert len(silent) < 0.1 * len(rows), silent
