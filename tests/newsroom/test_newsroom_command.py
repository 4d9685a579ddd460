"""`python -m newsroom`: serves in the foreground and says how to look at it."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from newsroom_reader import Reader

from newsroom.__main__ import main
from newsroom.content import HOME


def test_it_serves_in_the_foreground() -> None:
    command = [sys.executable, "-m", "newsroom", "--port", "0", "--now", "2024-11-01T12:00:00Z"]
    environment = {**os.environ, "PYTHONPATH": str(HOME.parent)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        greeting = process.stdout.readline()
        listed = [process.stdout.readline() for _ in range(7)]
        process.terminate()
    assert re.search(r"127\.0\.0\.1:\d+ and shows 2024-11-01T12:00:00\+00:00", greeting)
    assert any("http://narae.example/rss.xml" in line for line in listed)
    assert any("curl -H" in line for line in listed)


def test_a_taken_port_ends_it_with_a_message(reader: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    assert reader.running is not None
    assert main(["--port", str(reader.running.port)]) == 1
    assert "is in use" in capsys.readouterr().err


def test_a_bad_instant_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--now", "noon"])
    assert "is no ISO instant" in capsys.readouterr().err
