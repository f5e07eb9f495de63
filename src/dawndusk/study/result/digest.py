"""Which program made a result: a digest of everything in the package that can change a number."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]
_KINDS: Final = (".py", ".csv")  # what a run reads beside them is in its fingerprint


@cache
def program_digest() -> str:
    """Sixteen signs: the same for the same sources and data, whatever the version says."""
    digest = hashlib.sha256()
    for path in sorted(path for path in _ROOT.rglob("*") if path.suffix in _KINDS):
        digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
