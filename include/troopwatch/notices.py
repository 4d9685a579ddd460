"""Notices to people when a run needs somebody: by mail and to a webhook, each only where it is set.

Parts of a notice may hold text from the web (an error quotes what it tripped over), so every part is made one harmless
line: no header can be added to the mail, no markup or mention to the chat. A server that is down costs a line in the
log and nothing else.
"""

import logging
import smtplib
import ssl
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from html import escape
from urllib.parse import unquote

import requests
from pydantic import SecretStr

from troopwatch import lines
from troopwatch.errors import HopelessError
from troopwatch.settings import Settings

LOG = logging.getLogger(__name__)
SECONDS = 10
"""How long a server may take for each step of taking a notice."""
LONGEST = 500
"""Characters of a part: more of an error is in the task's log."""


@dataclass(frozen=True)
class Notice:
    """What happened (`task failed`, `gate closed`, `run is late`), in which DAG, day and task, and where to look."""

    title: str
    dag: str
    day: str
    task: str
    error: str
    where: str

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            object.__setattr__(self, name, harmless(value))

    @property
    def subject(self) -> str:
        return f"Troopwatch: {self.title}: {self.dag} {self.day} {self.task}"[:200].strip()

    @property
    def text(self) -> str:
        said = {"DAG": self.dag, "Day": self.day, "Task": self.task, "Error": self.error, "Look here": self.where}
        return "\n".join([f"{self.title.capitalize()}.", "", *(f"{name}: {value}" for name, value in said.items())])


def harmless(words: str) -> str:
    """One line of at most 500 characters, none of which controls or formats, such as those that turn text round."""
    visible = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in words)
    return " ".join(visible.split())[:LONGEST]


def of_error(error: BaseException | str | None) -> tuple[str, str]:
    """What to call it, and the first line of what it says."""
    if isinstance(error, BaseException):
        return (error.title if isinstance(error, HopelessError) else "task failed"), lines.first(error)
    return "task failed", (error or "its process ended without a word: killed, or out of memory")


def send(notice: Notice, settings: Settings) -> list[str]:
    """Send a notice wherever one is wanted; `mail` and `webhook`, as far as they took it. Raises nothing."""
    ways = {
        "mail": _mail if settings.smtp and settings.mail_to else None,
        "webhook": _post if settings.webhook else None,
    }
    return [name for name, way in ways.items() if way and _tried(name, way, notice, settings)]


def _tried(name: str, way: Callable[[Notice, Settings], None], notice: Notice, settings: Settings) -> bool:
    """Whether it arrived. What went wrong is named by its kind alone: its words may hold an address with its secret."""
    try:
        way(notice, settings)
    except Exception as error:  # the run that failed must end as what it is
        LOG.error("no notice by %s (%s): %s", name, type(error).__name__, notice.subject)
        return False
    LOG.info("notice by %s: %s", name, notice.subject)
    return True


def _mail(notice: Notice, settings: Settings) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = notice.subject, settings.mail_from, settings.mail_to
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(notice.text)
    with _server(settings) as server:
        _enter(server, settings)
        server.send_message(message)


def _server(settings: Settings) -> smtplib.SMTP:
    url = settings.smtp
    if url is None or url.host is None:
        raise ValueError("no mail server is set")
    if url.scheme == "smtps":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(url.host, url.port or 465, timeout=SECONDS, context=context)
    return smtplib.SMTP(url.host, url.port or 587, timeout=SECONDS)


def _enter(server: smtplib.SMTP, settings: Settings) -> None:
    """Encrypt and log in as the server's address says."""
    url = settings.smtp
    if url and url.scheme == "starttls":
        server.starttls(context=ssl.create_default_context())
    if url and url.username:
        server.login(unquote(url.username), unquote(url.password or ""))


def _post(notice: Notice, settings: Settings) -> None:
    """JSON with a `text` as chats show it, and the parts beside it for other programs."""
    address = settings.webhook or SecretStr("")
    text = escape(notice.text, quote=False).replace("@", "@\u200b")  # a chat would call everybody who is named
    body = {"text": text} | asdict(notice)
    answer = requests.post(address.get_secret_value(), json=body, timeout=SECONDS, allow_redirects=False)
    answer.raise_for_status()
    if answer.is_redirect:
        raise requests.TooManyRedirects
