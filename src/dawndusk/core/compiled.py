"""Compiled loops: the one place where numba is set up.

A kernel is a loop over numbers that numba turns into machine code at its first call and keeps in a folder of
the user's cache. The folder is named by a hash of the sources of all modules that hold a kernel and of the
constants of nature: numba itself looks only at the file a kernel stands in, and would run old machine code
after a change of a helper in another file. So a kernel may take numbers and functions from its own module,
other modules with kernels and `dawndusk.core.constants`, and from nowhere else.

Kernels give up the interpreter's lock, and `spread` shares a large loop among threads of a common pool. There
is no parallel region of numba's own: its barriers stall for 8 ms per call when another program holds a
processor (measured), and its threads may be entered neither from two threads of a web server at once nor
after a fork. Each part writes its own slice and no sum crosses parts, so the numbers do not depend on how
many threads there are.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, TypeVar, cast

F = TypeVar("F", bound=Callable[..., object])

# Fused multiply-add, reciprocals, sums in any order (vectors need it). Not: that there is no NaN or infinity.
FAST_MATH: Final = frozenset({"contract", "nsz", "arcp", "reassoc"})
PARTS_PER_THREAD: Final = 4  # so that a thread that is held up does not hold up all
SMALLEST_PART: Final = 16384  # satellite-steps, 0.1 ms: handing out a part costs about 0.02 ms

_ROOT: Final = Path(__file__).parents[1]
_MARKS: Final = re.compile(rb"^@(kernel|inlined)$", re.MULTILINE)
_ALWAYS: Final = ("core/compiled.py", "core/constants.py")
_configuring: Final = threading.Lock()


def kernel_sources() -> tuple[Path, ...]:
    """Files of the package whose text goes into machine code, sorted."""
    holding = [path for path in _ROOT.rglob("*.py") if _MARKS.search(path.read_bytes())]
    return tuple(sorted({*holding, *(_ROOT / name for name in _ALWAYS)}))


@cache
def cache_folder() -> Path | None:
    """Folder of the compiled kernels of exactly these sources; None where none can be written.

    It lies in ``$XDG_CACHE_HOME`` or ``~/.cache``, under ``dawndusk``.
    """
    digest = hashlib.sha256()
    for path in kernel_sources():
        digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = base / "dawndusk" / f"kernels-{digest.hexdigest()[:16]}"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # read-only, or a user without a home
        return None
    return folder if os.access(folder, os.W_OK | os.X_OK) else None


def kernel(function: F) -> F:
    """Compile a function at its first call, keep the machine code, and let other threads run meanwhile.

    Parameters
    ----------
    function : function
        Of numbers and float64 or int64 arrays, which it may fill. It may call other kernels.
    """
    import numba

    compiled = numba.njit(nogil=True, fastmath=set(FAST_MATH), error_model="numpy")(function)
    folder = cache_folder()
    if folder is not None:
        settings: Any = numba.config
        with _configuring:  # numba takes the folder from a global setting, at this call
            before, settings.CACHE_DIR = settings.CACHE_DIR, str(folder)
            try:
                compiled.enable_caching()
            finally:
                settings.CACHE_DIR = before
    return cast("F", compiled)


def inlined(function: F) -> F:
    """Put a function's text into every kernel that calls it, instead of compiling it alone.

    For the body of a loop: numba compiles a called function by itself first, and what is left of the call
    then keeps the compiler from working on several satellites at once (measured: three times slower).

    Parameters
    ----------
    function : function
        Of numbers and tuples of numbers; it may call kernels and inlined functions.
    """
    import numba

    return cast("F", numba.njit(inline="always")(function))


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(thread_count(), thread_name_prefix="dawndusk-kernel")


if hasattr(os, "register_at_fork"):  # the threads stay behind in the parent
    os.register_at_fork(after_in_child=_threads.cache_clear)


def thread_count() -> int:
    """Processors that this program may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def spread(work: Callable[[int, int], object], size: int, *, steps: int = 1) -> None:
    """Call ``work(start, stop)`` for consecutive parts of ``range(size)``, on several threads.

    Parameters
    ----------
    work : function
        Handles one part; calls a kernel, and writes nothing outside its part.
    size : int
        Length of the whole.
    steps : int
        Work per element, in units of about 5 ns.
    """
    parts = min(thread_count() * PARTS_PER_THREAD, size * steps // SMALLEST_PART, size)
    if parts < 2:
        work(0, size)
        return
    edges = [size * k // parts for k in range(parts + 1)]
    for done in [_threads().submit(work, *pair) for pair in pairwise(edges)]:
        done.result()
