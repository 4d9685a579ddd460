"""What must add up between the mentions of an edition and what they are folded to: claims, episodes, figures."""

from troopwatch.quality.sums import Sum


def _folded(table: str) -> Sum:
    return Sum(
        f"{table}_claims",
        f"every row of {table} is a mention of one claim, of its kind and standing",
        f"""
        SELECT mentions.record_id, mentions.claim_id
        FROM {table} AS mentions LEFT JOIN claims USING (claim_id)
        WHERE (claims.kind, claims.standing) IS DISTINCT FROM ('{table[:-1]}', mentions.standing)
        ORDER BY ALL
        """,  # noqa: S608 - names stand below
    )


def _episodes(folding: str) -> Sum:
    return Sum(
        f"episodes_{folding}",
        f"every claim is in one episode of {folding} folding, and every episode counts its claims and their mentions",
        f"""
        SELECT episode_id, episodes.claims AS said, n AS found
        FROM episodes_{folding} AS episodes
        FULL JOIN (
            SELECT {folding}_episode_id AS episode_id, count(*) AS n, sum(mentions) AS mentions FROM claims GROUP BY ALL
        ) AS folded USING (episode_id)
        WHERE (said, episodes.mentions) IS DISTINCT FROM (found, folded.mentions)
        ORDER BY ALL
        """,  # noqa: S608 - names stand below
    )


def _present(table: str, condition: str) -> Sum:
    return Sum(
        f"{table}_present",
        f"no row of {table} that is denied, hypothetical, historical or planned is counted as present",
        f"SELECT record_id, status, tense_class FROM {table} WHERE standing = 'present' AND ({condition}) ORDER BY ALL",  # noqa: S608 - names stand below
    )


NOT_NOW = "status NOT IN ('asserted', 'alleged') OR tense_class IN ('historical', 'future')"
"""Written anew from the codebook: what the SQL of the aggregate says is not asked again."""

FOLDS = (
    _folded("deployments"),
    _folded("demands"),
    Sum(
        "claims_mentions",
        "every claim counts the mentions that there are",
        """
        SELECT claim_id, claims.mentions AS said, coalesce(n, 0) AS found
        FROM claims LEFT JOIN (
            SELECT claim_id, count(*) AS n
            FROM (SELECT claim_id FROM deployments UNION ALL SELECT claim_id FROM demands)
            GROUP BY ALL
        ) USING (claim_id)
        WHERE said <> found
        ORDER BY ALL
        """,
    ),
    _episodes("strict"),
    _episodes("loose"),
    Sum(
        "episodes_nested",
        "every strict episode lies in one loose episode",
        """
        SELECT strict_episode_id, count(DISTINCT loose_episode_id) AS loose
        FROM claims
        GROUP BY ALL
        HAVING loose > 1
        ORDER BY ALL
        """,
    ),
    _present("deployments", f"{NOT_NOW} OR phase NOT IN ('under_way', 'present', 'rotated')"),
    _present("demands", NOT_NOW),
    Sum(
        "demand_matrix_demands",
        "the matrix of demands adds up to the demands",
        """
        SELECT status, standing, coalesce(said, 0) AS matrix, coalesce(found, 0) AS single
        FROM (SELECT status, standing, sum(mentions) AS said FROM demand_matrix GROUP BY ALL)
        FULL JOIN (SELECT status, standing, count(*) AS found FROM demands GROUP BY ALL) USING (status, standing)
        WHERE matrix <> single
        ORDER BY ALL
        """,
    ),
    Sum(
        "rival_figures_deployments",
        "the rival figures add up to the deployments with a figure whose owner and place are known, in articles as "
        "these stand now",
        """
        SELECT standing, coalesce(said, 0) AS rival, coalesce(found, 0) AS single
        FROM (SELECT standing, sum(mentions) AS said FROM rival_figures GROUP BY ALL)
        FULL JOIN (
            SELECT standing, count(*) AS found
            FROM deployments
            WHERE coalesce(count_min, count_max) IS NOT NULL
                AND place_code IS NOT NULL
                AND force_owner_code NOT LIKE '---%'
                AND force_owner_code <> 'IGO'
                AND doc_id IN (
                    SELECT arg_max(doc_id, (last_day, captured_at, doc_id)) FROM articles GROUP BY article_id
                )
            GROUP BY ALL
        ) USING (standing)
        WHERE rival <> single
        ORDER BY ALL
        """,
    ),
    Sum(
        "places_coordinates",
        "no country and no region has coordinates",
        "SELECT place_id FROM places WHERE kind <> 'city' AND coalesce(latitude, longitude) IS NOT NULL ORDER BY ALL",
    ),
)
