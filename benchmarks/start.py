"""Seconds from the shell's return key to the answer: `dawndusk --help`, `check`, `evaluate`.

Run: python -m benchmarks.start
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

COMMANDS = {  # words -> seconds it should stay under
    ("--help",): 0.3,
    ("check", "colossus"): 0.8,
    ("orbit", "--altitude", "650 km"): None,
    ("evaluate", "tiny", "--draws", "1000"): None,
}
TIMES = 5


def seconds(words):
    """Shortest wall time of a few starts."""
    found = []
    for _ in range(TIMES):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "dawndusk", *words], check=True, stdout=subprocess.DEVNULL)
        found.append(time.perf_counter() - started)
    return min(found)


def main():
    """Print the time of each command."""
    print(f"shortest of {TIMES} starts, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for words, most in COMMANDS.items():
        took = seconds(words)
        aim = "" if most is None else f"  (aim: under {most:g} s{'' if took < most else ', MISSED'})"
        print(f"{took:6.2f} s  dawndusk {' '.join(words)}{aim}")


if __name__ == "__main__":
    main()
