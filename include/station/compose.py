"""docker-compose.yml as services to be run without Docker: its commands, its environment, its health checks."""

import re
from collections.abc import Mapping

import yaml

from station.errors import StationError
from troopwatch.settings import ROOT

FILE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$(?:(\$)|\{(\w+)(?::([-?])([^}]*))?\})")


class Compose:
    """The services of the file.

    `values` stand for what `.env` would say. `places` are hosts and folders of the containers, and what stands for
    them here: each is replaced wherever it is named, in the order given.
    """

    def __init__(self, values: Mapping[str, str], places: Mapping[str, str]) -> None:
        self._values, self._places = values, places
        self._services = yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"]

    def command(self, service: str) -> list[str]:
        return [self._here(word) for word in self._services[service]["command"]]

    def environment(self, service: str) -> dict[str, str]:
        """Variables without a value are passed on where they are set, as the compose specification has it."""
        said: dict[str, str | None] = self._services[service]["environment"]
        passed = {name: self._values.get(name) if text is None else self._here(text) for name, text in said.items()}
        return {name: text for name, text in passed.items() if text is not None}

    def check(self, service: str) -> list[str]:
        """The command that succeeds while the service is well."""
        kind, *words = self._services[service]["healthcheck"]["test"]
        words = [self._here(word) for word in words]
        return ["sh", "-c", *words] if kind == "CMD-SHELL" else words

    def _here(self, text: str) -> str:
        text = VARIABLE.sub(self._value, text)
        for there, here in self._places.items():
            text = text.replace(there, here)
        return text

    def _value(self, found: re.Match[str]) -> str:
        """Raises StationError for a variable that must be set and is not."""
        dollar, name, kind, default = found.groups()
        if dollar:
            return "$"
        value = self._values.get(name) or (default if kind == "-" else None)
        if value is None:
            raise StationError(f"{FILE.name}: {name} has no value: {default or 'set it'}")
        return value
