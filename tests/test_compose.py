"""docker-compose.yml: the services of the design, and no secret with a default."""

import re

import yaml

from troopwatch.settings import ROOT, Settings

TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(TEXT)


def test_the_services_of_the_design_are_there() -> None:
    wanted = {"postgres", "redis", "api-server", "scheduler", "dag-processor", "triggerer", "worker", "init"}
    assert set(COMPOSE["services"]) == wanted


def test_no_secret_has_a_default() -> None:
    secrets = re.findall(r"\$\{([A-Z_]*(?:PASSWORD|SECRET|KEY)[A-Z_]*)([^}]*)\}", TEXT)
    assert {name for name, _ in secrets} == {
        "POSTGRES_PASSWORD",
        "REDIS_PASSWORD",
        "FERNET_KEY",
        "JWT_SECRET",
        "API_SECRET_KEY",
    }
    assert all(rest in ("", ":?set it in .env") for _, rest in secrets)


def test_every_setting_it_passes_on_exists() -> None:
    passed = [n for n in COMPOSE["x-airflow"]["environment"] if n.startswith("TROOPWATCH_")]
    assert {n.removeprefix("TROOPWATCH_").lower() for n in passed} <= set(Settings.model_fields)
