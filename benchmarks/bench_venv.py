"""The benchmarks' own environment: rivals are installed there, and burden nobody who only runs Troopwatch."""

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parent
ROOT = BENCH.parent
RIVALS = ROOT / ".venv-bench"


def python_with(module: str) -> Path:
    """A Python that can import `module`; what benchmarks/requirements.txt names is installed where it is not there."""
    python = RIVALS / "bin" / "python"
    if not python.exists() or _run(python, "-c", f"import {module}").returncode:
        uv = ROOT / ".venv" / "bin" / "uv"
        _run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, RIVALS).check_returncode()
        _run(uv, "pip", "install", "--quiet", "--python", python, "-r", BENCH / "requirements.txt").check_returncode()
    return python


def _run(*words: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(words, capture_output=True, check=False)  # noqa: S603 - commands of our own
