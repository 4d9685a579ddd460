"""Airflow's REST API, as much of it as starting and watching a station needs."""

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from typing import Any

COMPONENTS = {"scheduler": "scheduler", "dag_processor": "dag-processor", "triggerer": "triggerer"}
"""Airflow's names in its report of its health, and the commands that start them."""

PATIENCE = 30
"""Seconds for an answer: on a busy machine the first tasks keep the server busy for more than ten."""


class NoAnswerError(OSError):
    """Nobody answers, or with something else than what was asked for."""


@dataclass(frozen=True)
class Api:
    """The API of the Airflow on a port of this machine."""

    port: int
    token: str | None = None

    def ask(self, method: str, path: str, content: Any = None) -> Any:
        """The answer's JSON. Raises NoAnswerError."""
        headers = {"Content-Type": "application/json"}
        headers |= {"Authorization": f"Bearer {self.token}"} if self.token else {}
        body = None if content is None else json.dumps(content)
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            try:
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                text = answer.read()
                if answer.status >= 300:
                    raise NoAnswerError(f"{method} {path}: {answer.status} {text[:200].decode(errors='replace')}")
                return json.loads(text)
            except (OSError, HTTPException, ValueError) as error:
                raise NoAnswerError(str(error)) from error

    def logged_in(self, user: str, password: str) -> "Api":
        """The same API for a user. Raises NoAnswerError."""
        answer = self.ask("POST", "/auth/token", {"username": user, "password": password})
        return Api(self.port, answer["access_token"])

    def unhealthy(self, since: datetime) -> dict[str, str]:
        """Components that are not well, or have not been heard of `since` then, and what is known of them."""
        try:
            return self._unhealthy(self.ask("GET", "/api/v2/monitor/health"), since)
        except NoAnswerError as error:
            return {"api-server": f"no answer: {error}"}
        except (KeyError, TypeError) as error:
            return {"api-server": f"somebody else answers there: {error} is not in the answer"}

    def _unhealthy(self, report: dict[str, Any], since: datetime) -> dict[str, str]:
        found = {} if report["metadatabase"]["status"] == "healthy" else {"postgres": "the API cannot reach it"}
        for name, command in COMPONENTS.items():
            heard = report[name][f"latest_{name}_heartbeat"]
            if report[name]["status"] != "healthy":
                found[command] = f"last heard of at {heard}" if heard else "not heard of yet"
            elif _instant(heard) < since:
                found[command] = "not heard of since its start"
        return found

    def dags(self) -> dict[str, bool]:
        """Every DAG that is there, and whether it is paused. Raises NoAnswerError."""
        return {dag["dag_id"]: dag["is_paused"] for dag in self.ask("GET", "/api/v2/dags?limit=100")["dags"]}

    def import_errors(self) -> list[str]:
        """What is wrong with DAG files. Raises NoAnswerError."""
        found = self.ask("GET", "/api/v2/importErrors")["import_errors"]
        return [f"{error['filename']}: {error['stack_trace']}" for error in found]

    def unpause(self, dag: str) -> None:
        """Raises NoAnswerError."""
        self.ask("PATCH", f"/api/v2/dags/{dag}?update_mask=is_paused", {"is_paused": False})


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
