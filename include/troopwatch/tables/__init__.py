"""Every table and column, said once.

The Arrow schemas, the SQL comments, the expectations of the gates and docs/data_dictionary.md follow from here.
`LAKE` holds the tables of the data folder by name, `PUBLISHED` those of the DuckDB file.
"""

from troopwatch.tables import aggregate, analysis, detect, editions, normalize, quality, reference, scrape
from troopwatch.tables.model import Column, Stage, Table

SCHEMA_VERSION = "1.4.0"

LAKE: dict[str, Table] = {
    t.name: t
    for t in (
        scrape.ledger,
        scrape.fetches,
        normalize.documents,
        normalize.quarantine,
        normalize.tallies,
        detect.deployments,
        detect.demands,
        detect.readings,
        quality.checks,
        quality.verdicts,
        quality.measures,
        quality.held,
        quality.waivers,
    )
}

PUBLISHED: dict[str, Table] = {
    t.name: t
    for t in (
        aggregate.articles,
        aggregate.deployments,
        aggregate.demands,
        aggregate.coverage,
        aggregate.daily_deployments,
        aggregate.daily_demands,
        aggregate.troop_claims,
        analysis.claims,
        analysis.episodes,
        analysis.episodes_strict,
        analysis.episodes_loose,
        analysis.episode_differences,
        analysis.rival_figures,
        analysis.demand_matrix,
        reference.actors,
        reference.places,
        reference.sources,
        reference.quarantine,
        aggregate.quality_checks,
        aggregate.waivers,
        aggregate.meta,
        editions.editions,
        editions.changes,
    )
}

HISTORY = ("editions", "changes")
"""Published tables that say how the file came about: no part of its content, and the same in no two orders of days."""

__all__ = ["HISTORY", "LAKE", "PUBLISHED", "SCHEMA_VERSION", "Column", "Stage", "Table"]
