"""Notices against a mail server and a webhook of our own on loopback; what is hostile in them is made harmless."""

import json
import logging
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from troopwatch import notices, settings
from troopwatch.errors import HopelessError
from troopwatch.notices import Notice
from troopwatch.quality import GateClosedError
from troopwatch.settings import SettingError, Settings

PLAIN = Notice("gate closed", "troopwatch_daily", "2024-11-01", "detect.gate", "a check failed", "http://airflow/log")
HOSTILE = (
    "x\r\nBcc: all@example.org\n\n<script>alert(1)</script> <!channel> @channel \u202egnihton\x00\x1b[31m \ud800 "
    + "y" * 900
)


class Inbox:
    """Takes mail; `mails` are those that came."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.to: list[list[str]] = []

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.to.append(envelope.rcpt_tos)
        return "250 taken"


class Loopback(Controller):
    """A mail server that is reached at the port it was given: with port 0 aiosmtpd itself would ask for port 0."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, str]]:
    box = Inbox()
    controller = Loopback(box, hostname="127.0.0.1", port=0)
    controller.start()
    yield box, f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


class Hook(BaseHTTPRequestHandler):
    """Takes posts, or answers as its server says."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append(json.loads(body))
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def hook() -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.posts, server.status = [], 200
    server.address = f"http://127.0.0.1:{server.server_port}/hook/s3cret"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_notice_arrives_by_mail_with_all_that_one_needs(inbox: tuple[Inbox, str]) -> None:
    box, address = inbox
    wanted = Settings(smtp=address, mail_to="desk@example.org, night@example.org", mail_from="tw@example.org")
    assert notices.send(PLAIN, wanted) == ["mail"]
    (mail,) = box.mails
    assert mail["Subject"] == "Troopwatch: gate closed: troopwatch_daily 2024-11-01 detect.gate"
    assert box.to == [["desk@example.org", "night@example.org"]] and mail["From"] == "tw@example.org"
    body = mail.get_content()
    assert mail.get_content_type() == "text/plain"
    assert all(f"{n}: {v}" in body for n, v in {"DAG": PLAIN.dag, "Day": PLAIN.day, "Error": PLAIN.error}.items())
    assert "Task: detect.gate" in body and "Look here: http://airflow/log" in body


def test_a_notice_arrives_at_a_webhook(hook: Any) -> None:
    assert notices.send(PLAIN, Settings(webhook=hook.address)) == ["webhook"]
    (posted,) = hook.posts
    assert posted["text"].startswith("Gate closed.") and "Error: a check failed" in posted["text"]
    assert (posted["dag"], posted["day"], posted["task"]) == (PLAIN.dag, PLAIN.day, PLAIN.task)


def test_hostile_text_adds_no_header_no_line_and_no_markup(inbox: tuple[Inbox, str], hook: Any) -> None:
    notice = Notice("task failed", HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    wanted = Settings(smtp=inbox[1], mail_to="desk@example.org", webhook=hook.address)
    assert notices.send(notice, wanted) == ["mail", "webhook"]
    (mail,), (posted,) = inbox[0].mails, hook.posts
    assert mail["Bcc"] is None and inbox[0].to == [["desk@example.org"]]
    assert "\n" not in mail["Subject"] and len(mail["Subject"]) <= 200
    assert len(mail.get_content().strip().splitlines()) == len(posted["text"].splitlines()) == 7
    for text in (mail.get_content(), posted["text"]):
        assert not any(sign in text for sign in ("\u202e", "\x00", "\x1b"))
    assert "<" not in posted["text"] and "@channel" not in posted["text"]
    assert len(notice.error) == notices.LONGEST


def test_nothing_is_sent_where_nothing_is_set(caplog: pytest.LogCaptureFixture) -> None:
    assert notices.send(PLAIN, Settings()) == [] and caplog.messages == []
    assert notices.send(PLAIN, Settings(mail_to="desk@example.org")) == []


@pytest.mark.parametrize("status", [500, 404, 307])
def test_a_webhook_that_refuses_costs_a_line_in_the_log(
    hook: Any, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    hook.status = status
    assert notices.send(PLAIN, Settings(webhook=hook.address)) == []
    assert len(hook.posts) == 1, "no redirect is followed: the notice is for this address alone"
    assert [r.levelno for r in caplog.records if r.name == "troopwatch.notices"] == [logging.ERROR]
    assert "s3cret" not in caplog.text


def test_servers_that_are_down_cost_a_line_each_and_hold_back_nothing(
    hook: Any, inbox: tuple[Inbox, str], caplog: pytest.LogCaptureFixture
) -> None:
    dead = "127.0.0.1:1"
    lame = Settings(smtp=f"smtp://user:s3cret@{dead}", mail_to="desk@example.org", webhook=hook.address)
    assert notices.send(PLAIN, lame) == ["webhook"]
    other = Settings(smtp=inbox[1], mail_to="desk@example.org", webhook=f"http://{dead}/s3cret")
    assert notices.send(PLAIN, other) == ["mail"]
    told = [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR]
    assert [line.split("(")[0] for line in told] == ["no notice by mail ", "no notice by webhook "]
    assert "s3cret" not in caplog.text


def test_a_mail_server_that_cannot_encrypt_gets_no_password(
    inbox: tuple[Inbox, str], caplog: pytest.LogCaptureFixture
) -> None:
    address = inbox[1].replace("smtp://", "starttls://user:s3cret@")
    assert notices.send(PLAIN, Settings(smtp=address, mail_to="desk@example.org")) == []
    assert inbox[0].mails == [] and "SMTPNotSupportedError" in caplog.text


def test_an_error_gives_its_title_and_its_first_line() -> None:
    closed = GateClosedError(None, "documents", [])
    assert notices.of_error(closed) == ("gate closed", "documents gate closed:")
    assert notices.of_error(HopelessError("one\ntwo")) == ("task failed", "one")
    assert notices.of_error(ValueError()) == ("task failed", "ValueError")
    assert "killed" in notices.of_error(None)[1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAIL_TO", "no address"),
        ("MAIL_TO", "a@example.org\nBcc: b@example.org"),
        ("MAIL_FROM", "a@example.org\r\nBcc: b@example.org"),
        ("SMTP", "http://user:s3cret@host"),
        ("SMTP", "s3cret"),
        ("WEBHOOK", "ftp://host/s3cret"),
    ],
    ids=["words", "second line", "header", "scheme", "no url", "ftp"],
)
def test_wrong_settings_are_named_and_secrets_are_not_repeated(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"TROOPWATCH_{name}", value)
    with pytest.raises(SettingError, match=f"TROOPWATCH_{name}") as caught:
        settings.load()
    assert "s3cret" not in f"{caught.value} {caught.value.__cause__}"


def test_the_password_of_the_mail_server_is_not_printed() -> None:
    shown = Settings(smtp="smtps://user:s3cret@host", webhook="https://host/s3cret")
    assert "s3cret" not in f"{shown!r} {shown}"


def test_an_empty_variable_is_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TROOPWATCH_{name.upper()}", raising=False)
    usual = settings.load()
    for name in Settings.model_fields:
        monkeypatch.setenv(f"TROOPWATCH_{name.upper()}", "")
    assert settings.load() == usual
