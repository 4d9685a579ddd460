"""The environment that Airflow runs Troopwatch in, said once: for `make demo`, `make up` and elsewhere."""

import os
from pathlib import Path

from station.home import USERS, Home, Secrets
from troopwatch import settings
from troopwatch.settings import INCLUDE, ROOT

MARK = "TROOPWATCH_STATION"
"""Names the folder of the station in the environment of each of its processes: by this they are found again."""
CHOSEN = ("TROOPWATCH_DATA",)
"""What stands as somebody has set it, whatever a station would take."""
DEMO = "demo"
"""The group of the invented sources."""
WATCHING = ("AIRFLOW__METRICS__", "AIRFLOW__OPENLINEAGE__")
"""Sections of Airflow's own settings that are passed on: who is told of metrics and of lineage."""


def of_project() -> dict[str, str]:
    """Where the DAGs and the pages are; nothing that Airflow brings along; nobody is told of its use."""
    return {
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "GX_ANALYTICS_ENABLED": "False",
        "PYTHONPATH": str(INCLUDE),
    }


def of_airflow(folder: Path, address: str, database: str, known: Secrets) -> dict[str, str]:
    """What all processes of one Airflow have in common, whatever its executor.

    `folder` is Airflow's home, `address` where the API server is reached (http://host:port), `database` SQLAlchemy's
    URL of the metadata.
    """
    return of_project() | {
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": database,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "AIRFLOW__CORE__FERNET_KEY": known.fernet,
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__API__SECRET_KEY": known.session,
        "AIRFLOW__API_AUTH__JWT_SECRET": known.jwt,
    }


def of_forker(own: dict[str, str]) -> dict[str, str]:
    """`own`, for the process that forks the tasks: a scheduler with LocalExecutor, or a worker."""
    return own | {"PYTHONPATH": os.pathsep.join([own["PYTHONPATH"], str(INCLUDE / "station" / "preload")])}


def of_station(home: Home, port: int, database: str, groups: str, connect_to: str | None) -> dict[str, str]:
    """All of Airflow on this machine. `groups` are the sources, `connect_to` is where the demo newsroom listens."""
    return (
        of_airflow(home.airflow, f"http://127.0.0.1:{port}", database, home.secrets())
        | {
            "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
            "AIRFLOW__CORE__PARALLELISM": "4",  # each is a process that is there all the time
            "AIRFLOW__API__INSTANCE_NAME": "Troopwatch",
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(port),
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(f"{name}:{role}" for name, role in USERS.items()),
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home.passwords_file),
            "TROOPWATCH_DATA": str(home.data(invented=connect_to is not None)),
            "TROOPWATCH_GROUPS": groups,
            "TROOPWATCH_ONLY": of_one_kind(groups, invented=connect_to is not None),
        }
        | of_demo(connect_to)
    )


def of_one_kind(groups: str, invented: bool) -> str:
    """The sources that may be named in a lake of `groups`: those of the demo only where they were asked for at its
    start, and then no other.
    """
    folder = settings.load().sources
    real = sorted({path.parent.name for path in folder.glob("*/*.yaml")} - {DEMO})
    return groups if invented else ",".join(real)


def of_demo(connect_to: str | None) -> dict[str, str]:
    """Where the demo newsroom listens, if it does."""
    return {"TROOPWATCH_CONNECT_TO": connect_to} if connect_to else {}


def of_process(own: dict[str, str], home: Home, around: dict[str, str]) -> dict[str, str]:
    """`own`, within what is `around`: of another Airflow nothing is taken over but who watches it."""
    outside = {n: value for n, value in around.items() if not n.startswith("AIRFLOW") or n.startswith(WATCHING)}
    chosen = {name: outside[name] for name in CHOSEN if outside.get(name)}
    # Without SPT_NOENV Airflow's titles of processes are written over the environment that the mark is read from.
    return outside | own | chosen | {MARK: str(home.folder), "SPT_NOENV": "1"}
