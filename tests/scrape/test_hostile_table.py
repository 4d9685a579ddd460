"""Every case of the hostile table through the real stages, in a worker whose memory is watched."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hostile_case import SITE, Case, feed, html, reply
from hostile_server import Certificates, serve
from hostile_table import BY_NAME, MOST_MEGABYTES, markdown

from troopwatch.scrape import addresses
from troopwatch.settings import INCLUDE, ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a fork's memory is read from /proc")
GOOD = "http://site.example/good"
Met = Callable[[Case], dict[str, Any]]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def worker(certificates: Certificates) -> Iterator[subprocess.Popen[str]]:
    """A process that has loaded the stages, which trusts our own authority."""
    around = os.environ | {"PYTHONPATH": str(INCLUDE), "SSL_CERT_FILE": str(certificates.path("ca"))}
    command = [sys.executable, str(Path(__file__).with_name("hostile_worker.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=around) as process:
        yield process
        assert process.stdin
        process.stdin.close()


@pytest.fixture
def meet(worker: subprocess.Popen[str], certificates: Certificates, tmp_path: Path) -> Met:
    def ask(case: Case) -> dict[str, Any]:
        common = {"/list": reply(feed(case.link, GOOD)), "/good": reply(html(b"<p>Good.</p>"))}
        answers = common | dict(case.answers)
        with ExitStack() as open_until_answered:
            plain = open_until_answered.enter_context(serve(answers))
            secure = open_until_answered.enter_context(serve(answers, certificates.path(case.certificate)))
            ports = {80: plain, 8080: plain, 443: secure}
            assert worker.stdin and worker.stdout
            worker.stdin.write(json.dumps({"name": case.name, "ports": ports, "folder": str(tmp_path)}) + "\n")
            worker.stdin.flush()
            answer: dict[str, Any] = json.loads(worker.stdout.readline())
        assert "error" not in answer, answer
        return answer

    return ask


@pytest.mark.parametrize("name", BY_NAME)
def test_a_hostile_case_ends_as_the_table_says(name: str, meet: Met, tmp_path: Path) -> None:
    case = BY_NAME[name]
    answer = meet(case)
    row = the_row(case, answer["fetches"])
    assert (row["outcome"], case.reason in (row["reason"] or "")) == (case.ends, True), row
    assert (row["reason"] is None) == (case.ends == "stored")
    check_normalized(case, row, answer)
    check_harmless(case, answer, tmp_path)
    assert answer["megabytes"] < MOST_MEGABYTES


def the_row(case: Case, fetches: list[dict[str, Any]]) -> dict[str, Any]:
    """The fetch that the case is about: of a listing the last word, which says why it could not be read."""
    found = [f for f in fetches if f["role"] == case.role and f["url"] != GOOD]
    if case.besides:
        (of_file,) = (f for f in found if not f["url"])
        assert case.besides in of_file["reason"]
        found.remove(of_file)
    assert len(found) == 1 or case.role == "listing", found
    return next((f for f in found if f["outcome"] == "failed"), found[-1])


def check_normalized(case: Case, row: dict[str, Any], answer: dict[str, Any]) -> None:
    """What was stored became a document, or a quarantined row with the rule and the words of the table."""
    documents = [d for d in answer["documents"] if d["url"] == row["url"]]
    refused = [q for q in answer["quarantine"] if q["url"] == row["url"]]
    became = ["document" for _ in documents] + [q["rule"] for q in refused]
    assert became == ([case.becomes] if case.becomes else []), refused
    assert all(case.says in d["text"] for d in documents) and all(case.says in q["detail"] for q in refused)
    assert not any(set(d["text"] + (d["title"] or "")) & set("\0\x07\x08\x1b\r\t") for d in documents)


def check_harmless(case: Case, answer: dict[str, Any], folder: Path) -> None:
    """Nothing was reached or written that should not be, and the good page beside it is there."""
    assert set(answer["reached"]) <= {SITE} and all(addresses.is_public(ip) for ip in answer["reached"])
    assert {path.name for path in folder.iterdir()} == {"data", "sources", "corpus"}
    assert len(answer["ledger"]) == 1
    if case.role == "page" and case.warc is None:
        assert GOOD in {d["url"] for d in answer["documents"]}


def test_the_page_of_hostile_cases_is_fresh() -> None:
    assert (ROOT / "docs" / "hostile.md").read_text(encoding="utf-8") == markdown(), "run `make docs`"
