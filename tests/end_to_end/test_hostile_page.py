"""The newsroom's hostile pages, from HTTP to a real browser: shown as words, run as nothing."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from e2e_days import run_newsroom

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WATCH = "<script>document.documentElement.setAttribute('data-hostile', String(window.hostile))</script></body>"


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
@pytest.mark.parametrize("day", [date(2024, 10, 18), date(2024, 11, 1)])
def test_a_hostile_page_runs_nothing_even_where_the_security_policy_is_taken_away(tmp_path: Path, day: date) -> None:
    run_newsroom(tmp_path, [day])
    report = (tmp_path / "published" / "reports" / str(day) / "index.html").read_text(encoding="utf-8")
    assert "=HYPERLINK" in report or "onerror" in report, "the hostile text has to be in the report to prove anything"
    bare, policies = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", report)
    assert policies == 1
    (tmp_path / "bare.html").write_text(bare.replace("</body>", WATCH), encoding="utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    command += ["--dump-dom", (tmp_path / "bare.html").as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    assert 'data-hostile="undefined"' in shown
