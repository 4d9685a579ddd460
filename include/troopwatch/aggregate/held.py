"""Mentions that a gate holds back are in no table of mentions, and nothing counts them as found."""

WITHOUT_HELD = (
    """
    CREATE OR REPLACE VIEW lake.deployments AS
    SELECT found.* EXCLUDE (from_file)
    FROM state.deployments AS found
    ANTI JOIN (FROM lake.held WHERE table_name = 'deployments') USING (day, source, record_id)
    """,
    """
    CREATE OR REPLACE VIEW lake.demands AS
    SELECT found.* EXCLUDE (from_file) REPLACE (
        CASE WHEN gone.record_id IS NULL THEN deployment_record_id END AS deployment_record_id
    )
    FROM state.demands AS found
    ANTI JOIN (FROM lake.held WHERE table_name = 'demands') USING (day, source, record_id)
    LEFT JOIN (FROM lake.held WHERE table_name = 'deployments') AS gone
        ON gone.day = found.day AND gone.source = found.source
        AND gone.record_id = found.deployment_record_id
    """,
    """
    CREATE OR REPLACE VIEW lake.readings AS
    WITH held AS (
        SELECT
            day, source, doc_id, count(*) FILTER (table_name = 'deployments') AS held_deployments,
            count(*) FILTER (table_name = 'demands') AS held_demands
        FROM lake.held
        GROUP BY ALL
    )
    SELECT * EXCLUDE (held_deployments, held_demands, from_file) REPLACE (
        deployments - coalesce(held_deployments, 0) AS deployments, demands - coalesce(held_demands, 0) AS demands
    )
    FROM state.readings LEFT JOIN held USING (day, source, doc_id)
    """,
)
"""Statements that take out of the views `lake.*` what the mentions gate holds back, and out of what readings count."""
