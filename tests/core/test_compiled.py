"""Set-up of compiled loops: the folder they are kept in, and the threads they run on."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import threading
from itertools import pairwise

import numpy as np
import pytest

from dawndusk.core import compiled as kernels


def folder_of(monkeypatch, root, cache):
    """Cache folder of a package at `root`."""
    monkeypatch.setattr(kernels, "_ROOT", root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    return kernels.cache_folder.__wrapped__()


@pytest.fixture
def package(tmp_path):
    """A small package: a kernel that calls a helper of another file, constants, and a bystander."""
    root = tmp_path / "package"
    texts = {
        "core/compiled.py": "",
        "core/constants.py": "RADIUS = 1.0\n",
        "physics/loops.py": "from x import half\n\n\n@kernel\ndef f(x):\n    return half(x)\n",
        "physics/halves.py": "@inlined\ndef half(x):\n    return x / 2\n",
        "physics/other.py": "A = 1\n",
    }
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def test_folder_changes_with_every_source_that_is_compiled(package, tmp_path, monkeypatch):
    """A changed helper or constant gives another folder, a changed bystander does not."""
    first = folder_of(monkeypatch, package, tmp_path)
    assert first.is_dir()
    (package / "physics" / "other.py").write_text("A = 2\n")
    assert folder_of(monkeypatch, package, tmp_path) == first
    (package / "physics" / "halves.py").write_text("@inlined\ndef half(x):\n    return x * 0.5\n")
    second = folder_of(monkeypatch, package, tmp_path)
    (package / "core" / "constants.py").write_text("RADIUS = 2.0\n")
    assert len({first, second, folder_of(monkeypatch, package, tmp_path)}) == 3


def test_nothing_is_kept_where_nothing_can_be_written(package, tmp_path, monkeypatch):
    """Where the cache cannot be made there is no folder, and a kernel still compiles and runs."""
    blocked = tmp_path / "a file"
    blocked.write_text("")
    assert folder_of(monkeypatch, package, blocked) is None
    monkeypatch.setattr(kernels, "cache_folder", lambda: None)
    twice = kernels.kernel(_twice)
    assert twice(21) == 42


def _twice(number):
    return 2 * number


def test_kernels_are_kept_in_the_folder_of_their_sources(package, tmp_path, monkeypatch):
    """Machine code lands in the folder named by the hash, and numba's own setting is left as it was."""
    import numba

    folder = folder_of(monkeypatch, package, tmp_path)
    monkeypatch.setattr(kernels, "cache_folder", lambda: folder)
    before = numba.config.CACHE_DIR
    assert kernels.kernel(_twice)(4) == 8
    assert list(folder.rglob("*.nbc"))
    assert before == numba.config.CACHE_DIR


def test_kernels_take_only_from_hashed_modules():
    """Names of the package that a kernel's body uses come from modules whose text is in the hash."""
    sources = kernels.kernel_sources()
    hashed = {".".join(("dawndusk", *p.relative_to(kernels._ROOT).with_suffix("").parts)) for p in sources}
    assert len(hashed) > 3
    for path in sources:
        tree = ast.parse(path.read_text("utf-8"))
        origin = {
            alias.asname or alias.name: node.module
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dawndusk")
            for alias in node.names
        }
        compiled = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            and {getattr(d, "id", "") for d in node.decorator_list} & {"kernel", "inlined"}
        ]
        names = {n.id for f in compiled for line in f.body for n in ast.walk(line) if isinstance(n, ast.Name)}
        assert {origin[name] for name in names & set(origin)} <= hashed


def test_parts_cover_the_whole_once(monkeypatch):
    """Parts follow each other without gap, small work is one part, and threads really share large work."""
    monkeypatch.setattr(kernels, "thread_count", lambda: 3)
    for size, steps in ((0, 1), (1, 1), (100, 1), (1_000_003, 1), (7, 1_000_000)):
        parts = []
        kernels.spread(lambda *part, found=parts: found.append(part), size, steps=steps)
        edges = sorted(parts)
        assert (edges[0][0], edges[-1][1]) == (0, size)
        assert all(a[1] == b[0] for a, b in pairwise(edges))
    assert len(parts) == 7
    seen = set()
    kernels.spread(lambda *_: seen.add(threading.get_ident()), 10**6)
    assert threading.get_ident() not in seen


def test_an_error_in_a_part_comes_out():
    """What one part raises, the caller gets."""

    def fail(start, _stop):
        if start:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        kernels.spread(fail, 10**6)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_threads_work_again_in_a_forked_child():
    """A child forked after the threads were started can still spread work."""
    code = (
        "import os; from dawndusk.core import compiled as kernels\n"
        "kernels.spread(lambda a, b: None, 10**6)\n"
        "child = os.fork()\n"
        "if not child: kernels.spread(lambda a, b: None, 10**6); os._exit(7)\n"
        "raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    )
    assert (
        subprocess.run([sys.executable, "-W", "ignore", "-c", code], timeout=60, check=False).returncode == 7
    )


def test_kernels_run_from_several_threads_at_once():
    """Eight callers at once get the numbers that one alone gets."""
    from dawndusk.physics.motion import orbit_kernels

    table = np.random.default_rng(1).uniform(0.0, 1.0, (7, 40_000))
    alone = np.empty((3, 40_000))
    orbit_kernels.fill(table, 0, 10.0, 0, 40_000, alone)
    outs = [np.zeros((3, 40_000)) for _ in range(8)]
    threads = [
        threading.Thread(
            target=kernels.spread,
            args=(lambda a, b, out=out: orbit_kernels.fill(table, 0, 10.0, a, b, out), 40_000),
        )
        for out in outs
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.array_equal(out, alone) for out in outs)
