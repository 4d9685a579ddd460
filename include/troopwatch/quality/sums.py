"""What must add up between the tables of an edition: each is a query of the rows where it does not."""

from dataclasses import dataclass

from troopwatch.quality.candidate import Candidate
from troopwatch.quality.model import Meaning, Row

EXAMPLES = 5
"""Offending rows that are named."""


@dataclass(frozen=True)
class Sum:
    """What adds up, in words, and the query of what does not."""

    name: str
    words: str
    sql: str

    def objection(self, _: Row, candidate: Candidate) -> str | None:
        wrong = candidate.ask(f"{self.sql} LIMIT {EXAMPLES}")
        if not wrong:
            return None
        ((count,),) = candidate.ask(f"SELECT count(*) FROM ({self.sql})")  # noqa: S608 - the queries stand below
        return f"{count} rows, first: {'; '.join(' '.join(map(str, row)) for row in wrong)}"

    def meaning(self) -> Meaning[Candidate]:
        return Meaning(self.name, self.words, self.objection)


def _counted(table: str) -> Sum:
    return Sum(
        f"articles_{table}",
        f"every article counts the rows of {table} that there are",
        f"""
        SELECT doc_id, articles.{table} AS said, coalesce(n, 0) AS found
        FROM articles LEFT JOIN (SELECT doc_id, count(*) AS n FROM {table} GROUP BY ALL) USING (doc_id)
        WHERE said <> found
        ORDER BY ALL
        """,  # noqa: S608 - the tables' names stand below
    )


def _evident(table: str) -> Sum:
    return Sum(
        f"{table}_evidence",
        f"every row of {table} leads to an article",
        f"SELECT record_id, doc_id FROM {table} ANTI JOIN articles USING (doc_id) ORDER BY ALL",  # noqa: S608 - as above
    )


def _daily(table: str, differs: str, words: str) -> Sum:
    return Sum(
        f"daily_{table}",
        words,
        f"""
        SELECT day, status, standing, coalesce(said, 0) AS daily, coalesce(found, 0) AS single
        FROM (SELECT day, status, standing, sum(mentions) AS said FROM daily_{table} GROUP BY ALL)
        FULL JOIN (SELECT day, status, standing, count(*) AS found FROM {table} GROUP BY ALL)
            USING (day, status, standing)
        WHERE daily {differs} single
        ORDER BY ALL
        """,  # noqa: S608 - as above
    )


def _covered(table: str, column: str, differs: str, words: str) -> Sum:
    return Sum(
        f"coverage_{column}",
        words,
        f"""
        SELECT day, source, coalesce(coverage.{column}, 0) AS said, coalesce(n, 0) AS found
        FROM coverage FULL JOIN (SELECT day, source, count(*) AS n FROM {table} GROUP BY ALL) USING (day, source)
        WHERE said {differs} found
        ORDER BY ALL
        """,  # noqa: S608 - as above
    )


SUMS = (
    _evident("deployments"),
    _evident("demands"),
    _counted("deployments"),
    _counted("demands"),
    _daily("deployments", "<", "no deployment is missing in the daily figures"),
    _daily("demands", "<>", "the daily figures of demands add up to their rows"),
    _covered("articles", "new_documents", "<>", "coverage counts as new the articles that there are"),
    _covered("articles", "documents", "<", "coverage counts no fewer documents than there are articles"),
    _covered("deployments", "deployments", "<", "coverage counts no fewer deployments than there are"),
    _covered("demands", "demands", "<", "coverage counts no fewer demands than there are"),
    Sum(
        "coverage_kept",
        "of the articles found on an open day each is kept or quarantined, of those of a closed one none is kept",
        """
        SELECT day, source, articles, kept, quarantined
        FROM coverage
        WHERE kept <> coalesce(documents, 0) OR articles <> kept + quarantined
        ORDER BY ALL
        """,
    ),
    Sum(
        "articles_syndication",
        "every article is traced to the outlet of an article that is its own origin",
        """
        SELECT copies.doc_id, copies.syndication_id, copies.syndicated_from
        FROM articles AS copies LEFT JOIN articles AS origins ON origins.doc_id = copies.syndication_id
        WHERE (origins.syndication_id, origins.outlet) IS DISTINCT FROM (origins.doc_id, copies.syndicated_from)
            OR origins.doc_id IS NULL
        ORDER BY ALL
        """,
    ),
    Sum(
        "coverage_days",
        "coverage counts no fewer documents than the days on which articles were captured",
        """
        SELECT said, found
        FROM (SELECT coalesce(sum(documents), 0) AS said FROM coverage),
            (SELECT coalesce(sum(days_captured), 0) AS found FROM articles)
        WHERE said < found
        """,
    ),
    Sum(
        "troop_claims_evidence",
        "every figure leads to its deployment",
        "SELECT record_id FROM troop_claims ANTI JOIN deployments USING (record_id) ORDER BY ALL",
    ),
    Sum(
        "quality_checks_days",
        "every captured day was checked",
        """
        SELECT DISTINCT day FROM coverage ANTI JOIN quality_checks USING (day)
        WHERE outcome = 'captured'
        ORDER BY ALL
        """,
    ),
)
