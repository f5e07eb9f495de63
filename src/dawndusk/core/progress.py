"""How long work says where it is, and is asked to stop."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float, str], None]  # (share done in [0, 1], words)
Cancel = Callable[[], bool]  # asked between steps; True stops
