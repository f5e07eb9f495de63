"""Puts the real output of the demo into README and tutorial.

Run: python -m docs.demo
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "tutorial" / "demo.md")
WIDTH = 100
BLOCK = re.compile(r"(<!-- demo: .*? -->\n).*?(<!-- /demo -->)", re.DOTALL)


def screen() -> str:
    """What `dawndusk run colossus` prints, without the shell's own folder."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "dawndusk", "run", "colossus"]
        environment = {"PATH": "", "COLUMNS": str(WIDTH), "NO_COLOR": "1", "HOME": folder}
        done = subprocess.run(  # noqa: S603 - our own command
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
    return "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())


def main() -> None:
    """Replace the block in every page that has one."""
    block = f"```text\n$ dawndusk run colossus\n{screen()}\n```\n"
    for page in PAGES:
        text = page.read_text("utf-8")
        page.write_text(BLOCK.sub(lambda found: f"{found[1]}{block}{found[2]}", text), "utf-8")


if __name__ == "__main__":
    main()
