"""What every command shares: one JSON object out, errors on standard error, exit codes."""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
from collections.abc import Mapping
from typing import Any

import click

FORMAT = "dawndusk-json-1"
INTERRUPTED = 130


def version() -> str:
    """Version of the installed package."""
    from importlib.metadata import version as installed

    return installed("dawndusk")


def emit(command: str, data: Mapping[str, Any]) -> None:
    """Print one JSON object: `format`, `command`, `version`, then `data`; NaN becomes null."""
    head = {"format": FORMAT, "command": command, "version": version()}
    click.echo(json.dumps(head | {k: plain(v) for k, v in data.items()}, allow_nan=False, indent=2))


def plain(value: Any) -> Any:
    """Numbers, texts, lists and mappings as JSON has them; undefined numbers as null."""
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, bool | str | int) or value is None:
        return value
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    number = float(value)
    return number if math.isfinite(number) else None


def fail(error: Exception, *, as_json: bool) -> int:
    """Print a UserError or a click error on standard error and give the exit code."""
    from dawndusk.core.errors import UserError

    if isinstance(error, UserError):
        rows = error.records()
        text, code = f"error: {error}", error.exit_code
    else:
        message = error.format_message() if isinstance(error, click.ClickException) else str(error)
        hint = "see --help"
        rows = [
            {
                "path": "command line",
                "file": None,
                "line": None,
                "read": message,
                "expected": "",
                "write": hint,
            }
        ]
        text, code = f"error: {message}", 2
    click.echo(json.dumps({"format": FORMAT, "errors": rows}, indent=2) if as_json else text, err=True)
    return code


class ErrorGroup(click.Group):
    """Turns every mistake of the user into a message and exit code, never a traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line; the exit code is returned."""
        extra["standalone_mode"] = False
        words = args[0] if args and args[0] is not None else extra.get("args") or sys.argv[1:]
        as_json = "--json" in words
        from dawndusk.core.errors import Cancelled, UserError

        try:
            code = super().main(*args, **extra)
        except (UserError, click.ClickException) as error:
            if isinstance(error, click.exceptions.NoArgsIsHelpError):
                error.show()
                return 2
            return fail(error, as_json=as_json)
        except (KeyboardInterrupt, click.Abort, Cancelled):
            click.echo("interrupted: nothing was written", err=True)
            return INTERRUPTED
        except ImportError as error:  # what a compiled module makes of Ctrl-C while it loads
            if not isinstance(error.__cause__, KeyboardInterrupt):
                raise
            click.echo("interrupted: nothing was written", err=True)
            return INTERRUPTED
        except BrokenPipeError:
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return code if isinstance(code, int) else 0


def console() -> Any:
    """A rich console on standard output (no colour where NO_COLOR or a pipe says so)."""
    from rich.console import Console

    return Console(highlight=False)
