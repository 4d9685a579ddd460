"""docker-compose.yml: valid for Docker Compose itself, without a secret of its own, the same Airflow as elsewhere."""

import json
import os
import re
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

from station import environment
from station.cluster import fresh_secrets
from station.compose import Compose
from station.errors import StationError
from station.home import Secrets
from troopwatch.settings import ROOT, Settings

TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(TEXT)
PARSER = Path(sysconfig.get_path("purelib")) / "compose" / "docker-compose"
"""The binary itself: the command of the package exits with 0 whatever happens."""
SECRETS = fresh_secrets()
ENV = SECRETS | {"TROOPWATCH_GROUPS": "world"}
OF_A_RUN = {"sources", "waivers", "now", "connect_to", "store"}
"""Settings for tests, demos and reproductions, which no installation sets; and `store`, which is told by `data`."""
OF_A_STATION = {"log_megabytes", "log_files"}
"""Settings for what Docker does by its own means."""


def parse(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(PARSER), "--env-file", os.devnull, "--file", str(ROOT / "docker-compose.yml"), "config", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def resolved() -> dict[str, Any]:
    done = parse(ENV | {"TROOPWATCH_SMTP": "smtp://mail.example"}, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_docker_compose_takes_it(resolved: dict[str, Any]) -> None:
    wanted = {"postgres", "redis", "api-server", "scheduler", "dag-processor", "triggerer", "worker", "init"}
    assert set(resolved["services"]) == wanted


@pytest.mark.parametrize("missing", sorted(ENV))
def test_docker_compose_refuses_it_without_a_secret(missing: str) -> None:
    done = parse({name: value for name, value in ENV.items() if name != missing})
    assert done.returncode != 0
    assert missing in done.stderr


def test_no_secret_has_a_default() -> None:
    secrets = re.findall(r"\$\{([A-Z_]*(?:PASSWORD|SECRET|KEY)[A-Z_]*)([^}]*)\}", TEXT)
    assert {name for name, _ in secrets} == set(SECRETS)
    assert {rest for _, rest in secrets} == {":?set it in .env"}


def test_every_service_that_stays_has_a_check_and_comes_back(resolved: dict[str, Any]) -> None:
    staying = {name: one for name, one in resolved["services"].items() if name != "init"}
    assert [name for name, one in staying.items() if not one.get("healthcheck", {}).get("test")] == []
    assert {one["restart"] for one in staying.values()} == {"unless-stopped"}


def test_what_is_printed_is_kept_small_in_every_service(resolved: dict[str, Any]) -> None:
    limits = {"max-size": "10m", "max-file": "6"}
    assert [name for name, one in resolved["services"].items() if one["logging"]["options"] != limits] == []


def test_every_setting_of_an_installation_is_passed_on_and_no_other() -> None:
    passed = {n for n in COMPOSE["x-airflow"]["environment"] if n.startswith("TROOPWATCH_")}
    assert {n.removeprefix("TROOPWATCH_").lower() for n in passed} == set(
        Settings.model_fields
    ) - OF_A_RUN - OF_A_STATION


def test_a_setting_that_nobody_sets_is_not_passed_on_empty(resolved: dict[str, Any]) -> None:
    own = resolved["services"]["worker"]["environment"]
    assert own["TROOPWATCH_SMTP"] == "smtp://mail.example"
    assert own["TROOPWATCH_WEBHOOK"] is None


@pytest.mark.parametrize("service", ["api-server", "scheduler", "dag-processor", "triggerer", "worker", "init"])
def test_what_is_read_without_docker_is_what_docker_compose_reads(resolved: dict[str, Any], service: str) -> None:
    read = Compose(ENV | {"TROOPWATCH_SMTP": "smtp://mail.example"}, {})
    known = resolved["services"][service]
    assert read.environment(service) == {n: v for n, v in known["environment"].items() if v is not None}
    assert read.command(service) == known["command"]


def test_what_all_airflows_have_in_common_is_said_here_too() -> None:
    common = environment.of_airflow(Path("/opt/airflow"), "http://api-server:8080", "", Secrets.fresh())
    worker = Compose(ENV, {}).environment("worker")
    assert set(common) <= set(worker)
    forker = environment.of_forker(common)["PYTHONPATH"].replace(str(ROOT), "/opt/troopwatch")
    assert worker["PYTHONPATH"] == forker


def test_a_waiver_counts_without_another_image(resolved: dict[str, Any]) -> None:
    mounted = {one["target"]: one for one in resolved["services"]["worker"]["volumes"] if one["type"] == "bind"}
    here = Settings.model_fields["waivers"].default
    assert mounted[f"/opt/troopwatch/{here.relative_to(ROOT)}"]["source"] == str(here)


def test_what_begins_paused_is_switched_on_as_the_page_says() -> None:
    """Airflow makes DAGs paused; nobody but `make up` and `make cluster` switches them on by itself."""
    section = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").split("## More than one machine")[1]
    pattern = re.search(r"^    docker compose exec scheduler airflow dags unpause .*-as-regex '(.*)'$", section, re.M)
    assert pattern and all(re.fullmatch(pattern[1], path.stem) for path in (ROOT / "dags").glob("*.py"))
    assert "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION" not in TEXT


def test_a_variable_without_a_value_is_named() -> None:
    with pytest.raises(StationError, match="REDIS_PASSWORD has no value: set it in .env"):
        Compose({}, {}).command("redis")


def test_the_image_is_made_of_the_lock_with_its_hashes() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert text.count("--require-hashes") == 2
    assert "requirements.lock" in text
