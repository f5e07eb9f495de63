"""What every command shares: its answer as a document in four forms, errors on standard error, exit codes."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from dawndusk.report.document import Document

FORMAT = "dawndusk-json-1"
INTERRUPTED = 130


def version() -> str:
    """Version of the installed package."""
    from importlib.metadata import version as installed

    return installed("dawndusk")


Form = Literal["json", "csv", "md"] | None  # None: for the terminal


def formats(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options ``--json``, ``--csv`` and ``--md`` of every command that answers with a document."""
    said = {
        "md": "Print the answer as Markdown.",
        "csv": "Print the tables as CSV.",
        "json": "Print one JSON object.",
    }
    for name, text in said.items():
        command = click.option(f"--{name}", "form", flag_value=name, help=text)(command)
    return command


def answer(command: str, form: Form, data: Mapping[str, Any], document: Document) -> None:
    """Print what a command found.

    Parameters
    ----------
    command : str
        Its name.
    form : {"json", "csv", "md"} or None
        As asked for; None for people at a terminal.
    data : mapping
        What the JSON object holds beside the document.
    document : Document
        The same for people.
    """
    if form == "json":
        from dawndusk.report import as_json

        emit(command, {**data, "document": as_json.render(document)})
    elif form == "csv":
        from dawndusk.report import csv

        say(csv.render(document), end="")
    elif form == "md":
        from dawndusk.report import markdown

        say(markdown.render(document), end="")
    else:
        from dawndusk.report import terminal

        say(terminal.render(document, width=width(), colour=coloured()), end="")


def emit(command: str, data: Mapping[str, Any]) -> None:
    """Print one JSON object: `format`, `command`, `version`, then `data`; NaN becomes null."""
    from dawndusk.report.as_json import plain

    head = {"format": FORMAT, "command": command, "version": version()}
    say(json.dumps(head | {k: plain(v) for k, v in data.items()}, allow_nan=False, indent=2))


def say(text: str, *, end: str = "\n") -> None:
    """Print on standard output: the one place that does."""
    click.echo(text + end, nl=False, color=coloured())


def tell(text: str) -> None:
    """Print a line on standard error: the one place that does, but for the moving line of progress."""
    click.echo(text, err=True)


def width() -> int:
    """Columns of the terminal: COLUMNS, or as it says itself; 80 in a pipe."""
    from shutil import get_terminal_size

    return get_terminal_size().columns


def coloured() -> bool:
    """Whether standard output is a terminal that shows colours and nobody asked for none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


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
    tell(json.dumps({"format": FORMAT, "errors": rows}, indent=2) if as_json else text)
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
            tell("interrupted: nothing was written")
            return INTERRUPTED
        except ImportError as error:  # what a compiled module makes of Ctrl-C while it loads
            if not isinstance(error.__cause__, KeyboardInterrupt):
                raise
            tell("interrupted: nothing was written")
            return INTERRUPTED
        except BrokenPipeError:
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return code if isinstance(code, int) else 0
