"""The pools that the tasks run in: `python -m operations.pools` makes those that are missing, `... check` looks.

A task whose pool is missing is never started; Airflow shows that as a warning on the DAG's page.
"""

import sys
from dataclasses import dataclass

DUCKDB = "troopwatch_duckdb"
HOSTS = "troopwatch_hosts"


@dataclass(frozen=True)
class Pool:
    slots: int
    meaning: str


POOLS = {
    DUCKDB: Pool(1, "Aggregate and publish: one writer of the DuckDB file at a time, whatever number of days runs"),
    HOSTS: Pool(8, "Scrape: sources asked at the same time, over all days; on one machine two of a host take turns"),
}


def missing() -> list[str]:
    """Names of our pools that the installation does not have."""
    from airflow.models.pool import Pool as Known
    from airflow.utils.session import create_session
    from sqlalchemy import select

    with create_session() as session:
        return sorted(set(POOLS) - set(session.scalars(select(Known.pool))))


def ensure() -> list[str]:
    """Make the pools that are missing; their names. One that is there keeps its slots: somebody may have set them."""
    from airflow.models.pool import Pool as Known

    made = missing()
    for name in made:
        Known.create_or_update_pool(name, POOLS[name].slots, POOLS[name].meaning, include_deferred=False)
    return made


def main(words: list[str]) -> int:
    """The exit code: 1 where a pool is missing and was only looked for."""
    if words == ["check"]:
        if lacking := missing():
            sys.stderr.write(f"No pool {', '.join(lacking)}: tasks wait for ever. Run `python -m operations.pools`.\n")
        return int(bool(lacking))
    made = ensure()
    sys.stdout.write(f"Pools made: {', '.join(made) or 'none, all were there'}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
