"""The package as its users get it: lock files, and a wheel that runs in an empty environment."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pinned(lock: str) -> dict[str, list[str]]:
    """Requirement line -> its hashes."""
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    lines = [line.split("#")[0] if line.startswith("#") else line for line in text.splitlines()]
    return {
        line.split("--hash")[0].strip(): re.findall(r"--hash=(\S+)", line) for line in lines if line.strip()
    }


def plain_name(requirement: str) -> str:
    """Name of a package as registries compare it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~ \[]", requirement)[0].lower())


def plain_environment() -> dict[str, str]:
    """The environment without anything that lets Python see this checkout."""
    hidden = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "COLUMNS")
    return {key: value for key, value in os.environ.items() if key not in hidden}


def finish(*words: object, cwd: Path) -> str:
    """Standard output of a command that must succeed."""
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=plain_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_is_pinned_and_hashed(lock: str) -> None:
    """Each line of a lock file names one version and at least one sha256."""
    for line, hashes in pinned(lock).items():
        assert re.match(r"^[A-Za-z0-9._-]+==[A-Za-z0-9.+!_-]+(\s*;.*)?$", line), line
        assert hashes, line
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", text) for text in hashes), line


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_files_name_no_registry(lock: str) -> None:
    """No address, index option or link stands in a lock file."""
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"https?:|--(?:extra-)?index|--find-links|--trusted-host|@ ", text)


def test_locks_cover_what_the_project_asks_for() -> None:
    """Every dependency is pinned for the program, and every tool of the tests for the developer."""
    wanted, tools = (
        {plain_name(text) for text in group}
        for group in (PROJECT["project"]["dependencies"], PROJECT["dependency-groups"]["dev"])
    )
    runtime, developer = ({plain_name(line) for line in pinned(lock)} for lock in LOCKS)
    assert wanted <= runtime
    assert wanted | tools <= developer
    assert runtime <= developer


def test_both_locks_pin_the_same_versions() -> None:
    """What the tests run on is what users get."""
    runtime, developer = (dict(line.split(" ")[0].split("==") for line in pinned(lock)) for lock in LOCKS)
    assert {name: developer[name] for name in runtime} == runtime


def test_the_version_is_written_once_and_cited() -> None:
    """Changelog and citation speak of the version in pyproject.toml."""
    version = PROJECT["project"]["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\n## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_continuous_integration_runs_the_readme_command() -> None:
    """`.ci/run` calls `make test`, which the README names."""
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert script.rstrip().endswith("exec make test")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "\nmake test\n" in (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
    finish(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("dawndusk-*.whl")
    return built


def test_the_wheel_holds_data_and_nothing_else(wheel: Path) -> None:
    """Scenarios, ledger, page templates and the typing mark are in it; tests and benchmarks are not."""
    names = zipfile.ZipFile(wheel).namelist()
    package = ROOT / "src" / "dawndusk"
    data = [p for p in package.rglob("*") if p.is_file() and p.suffix != ".pyc"]
    assert {f"dawndusk/{p.relative_to(package)}" for p in data} <= set(names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"dawndusk"}
    assert "dawndusk/py.typed" in names


@pytest.mark.slow
def test_the_wheel_runs_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """Installed beside the locked packages, `dawndusk run colossus` works from a folder that is not ours."""
    finish(sys.executable, "-m", "venv", tmp_path / "fresh", cwd=tmp_path)
    python = tmp_path / "fresh" / "bin" / "python"
    pip = (python, "-m", "pip", "--disable-pip-version-check", "-q", "install")
    finish(*pip, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=tmp_path)
    finish(*pip, "--no-deps", wheel, cwd=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    where = finish(python, "-c", "import dawndusk; print(dawndusk.__file__)", cwd=elsewhere)
    assert str(tmp_path / "fresh") in where
    program = python.with_name("dawndusk")
    printed = finish(program, "run", "colossus", "--leaves", 8, "--paths", 4, "--json", cwd=elsewhere)
    found = json.loads(printed)
    assert found["plan"]["status"] == "Optimal"
    assert (elsewhere / found["result_path"]).is_file()
    assert (elsewhere / found["report_path"]).is_file()
    assert Path(found["result_path"]).parts[0] == "runs"
    shown = finish(program, "show", found["result_path"], "--json", cwd=elsewhere)
    assert json.loads(shown)["plan"]["objective_usd"] == found["plan"]["objective_usd"]
