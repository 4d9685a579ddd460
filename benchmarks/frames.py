"""Three published tables by pandas or polars: `python frames.py ENGINE FOLDER`, run by benchmarks/aggregates.py.

Reads FOLDER/deployments.parquet and demands.parquet, and prints {"seconds": of aggregation alone, "rows": by table}.
Knows nothing of troopwatch: it may run in the rivals' own environment.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

COUNTED = ("article_id", "source", "syndicated_from")
DEPLOYMENT = ("day", "force_owner_code", "place_country", "phase", "status", "standing")
DEMAND = ("day", "demander_code", "addressee_code", "content_type", "status", "standing")
WEEKLY = ("week", *DEMAND[1:])


def with_polars(folder: Path) -> tuple[float, dict[str, int]]:
    pl = import_module("polars")
    wanted = ["day", "force_owner_code", "places", "phase", "status", "standing", *COUNTED]
    deployments = pl.read_parquet(folder / "deployments.parquet", columns=wanted)
    demands = pl.read_parquet(folder / "demands.parquet", columns=[*DEMAND, *COUNTED, "claim_date", "claim_id"])
    began = perf_counter()
    countries = pl.col("places").list.eval(pl.element().struct.field("country")).list.drop_nulls().list.unique()
    placed = deployments.with_columns(countries.alias("place_country")).explode("place_country", empty_as_null=True)
    weekly = demands.with_columns(pl.col("claim_date").dt.truncate("1w").alias("week"))
    counts = [pl.len().alias("mentions"), *(pl.col(name).n_unique().alias(f"n_{name}") for name in COUNTED)]
    made = {
        "daily_deployments": placed.group_by(DEPLOYMENT).agg(counts),
        "daily_demands": demands.group_by(DEMAND).agg(counts),
        "demand_matrix": weekly.group_by(WEEKLY).agg([*counts, pl.col("claim_id").n_unique().alias("claims")]),
    }
    return perf_counter() - began, {name: len(frame) for name, frame in made.items()}


def with_pandas(folder: Path) -> tuple[float, dict[str, int]]:
    pd = import_module("pandas")
    wanted = ["day", "force_owner_code", "places", "phase", "status", "standing", *COUNTED]
    deployments = pd.read_parquet(folder / "deployments.parquet", columns=wanted)
    demands = pd.read_parquet(folder / "demands.parquet", columns=[*DEMAND, *COUNTED, "claim_date", "claim_id"])
    began = perf_counter()
    deployments["place_country"] = [_countries(places) for places in deployments.pop("places")]
    placed = deployments.explode("place_country")
    days = pd.to_datetime(demands["claim_date"])
    weekly = demands.assign(week=days - pd.to_timedelta(days.dt.weekday, unit="D"))
    counts: dict[str, Any] = {"mentions": ("article_id", "size")}
    counts |= {f"n_{name}": (name, "nunique") for name in COUNTED}
    keep = {"dropna": False, "observed": True, "sort": False}
    made = {
        "daily_deployments": placed.groupby(list(DEPLOYMENT), **keep).agg(**counts),
        "daily_demands": demands.groupby(list(DEMAND), **keep).agg(**counts),
        "demand_matrix": weekly.groupby(list(WEEKLY), **keep).agg(**counts, claims=("claim_id", "nunique")),
    }
    return perf_counter() - began, {name: len(frame) for name, frame in made.items()}


def _countries(places: list[dict[str, Any]]) -> list[str]:
    return list({place["country"] for place in places if place["country"] is not None})


def main() -> None:
    aggregate = {"polars": with_polars, "pandas": with_pandas}[sys.argv[1]]
    seconds, rows = aggregate(Path(sys.argv[2]))
    print(json.dumps({"seconds": seconds, "rows": rows}))  # noqa: T201 - it is what it is run for


if __name__ == "__main__":
    main()
