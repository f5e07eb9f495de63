"""What starting a command imports; the time itself is printed by `python -m benchmarks.start`."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"numpy", "pydantic", "pint", "scipy", "xarray", "matplotlib", "highspy", "h5py", "ruamel", "jinja2"}


def imported(statement: str) -> set[str]:
    """Names of all modules that a statement loads in a fresh interpreter."""
    code = f"{statement}\nimport sys\nprint()\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def command(*words: str) -> str:
    """A statement that runs a command line and checks that it succeeded."""
    return f"from dawndusk.cli import cli\nassert cli.main({list(words)!r}) == 0"


def test_help_imports_nothing_heavy() -> None:
    """`dawndusk --help` loads click alone: neither numpy nor pydantic nor anything that needs time."""
    assert imported(command("--help")) & HEAVY == set()


def test_version_imports_nothing_heavy() -> None:
    """`dawndusk --version` loads nothing heavy either."""
    assert imported(command("--version")) & HEAVY == set()


def test_check_imports_no_solver_and_no_result_library() -> None:
    """`check` reads and checks a file without scipy's parts, HiGHS, xarray, h5py or matplotlib."""
    # pint asks for the bare name scipy, which loads nothing; its parts are what takes time.
    parts = {"scipy.sparse", "scipy.linalg", "scipy.special", "scipy.optimize", "scipy.stats"}
    heavy = parts | {"highspy", "xarray", "h5py", "matplotlib", "pandas", "jinja2"}
    assert imported(command("check", "tiny")) & heavy == set()


@pytest.mark.parametrize("statement", ["import dawndusk", "import dawndusk as dd; dir(dd); dd.__all__"])
def test_importing_the_package_imports_nothing_heavy(statement: str) -> None:
    """`import dawndusk` loads nothing but itself until a name is used."""
    assert imported(statement) & (HEAVY | {"click", "rich"}) == set()


def test_every_public_name_exists() -> None:
    """Each name that the package announces can be had, and an unknown one is refused by its name."""
    import dawndusk

    assert all(getattr(dawndusk, name) is not None for name in dawndusk.__all__)
    assert set(dawndusk.__all__) <= set(dir(dawndusk))
    with pytest.raises(AttributeError, match="nothing_of_this_name"):
        _ = dawndusk.nothing_of_this_name
