"""Ways to spoil an edition: the statement that does it, and the checks that must then fail."""

SPOILED = {
    "a table too many": ("CREATE TABLE notes (a INTEGER)", "tables.said"),
    "a table too few": ("DROP TABLE meta", "tables.said"),
    "a column too many": ("ALTER TABLE meta ADD COLUMN mood VARCHAR", "tables.columns tables.types"),
    "a column of another type": ("ALTER TABLE meta ALTER value TYPE INTEGER USING 1", "tables.types"),
    "a comment lost": ("COMMENT ON COLUMN coverage.outcome IS NULL", "tables.comments"),
    "a table's comment lost": ("COMMENT ON TABLE coverage IS 'rows'", "tables.comments"),
    "a NULL": ("UPDATE demands SET sentence = NULL WHERE doc_id = 'doc-1'", "rows.not_null"),
    "an unknown value": ("UPDATE coverage SET outcome = 'perhaps' WHERE new_documents = 0", "rows.values"),
    "a code of another form": ("UPDATE troop_claims SET force_owner_code = 'North Korea'", "rows.values"),
    "a number below its least": ("UPDATE daily_demands SET sources = 0", "rows.values"),
    "a number above its most": ("UPDATE deployments SET confidence = 1.5", "rows.values"),
    "a doubled row": ("INSERT INTO troop_claims FROM troop_claims LIMIT 1", "rows.key"),
    "a doubled row with NULL in its key": (
        "INSERT INTO daily_deployments FROM daily_deployments LIMIT 1",
        "rows.key",
    ),
    "a mention without its article": (
        "UPDATE demands SET doc_id = 'doc-9' WHERE doc_id = 'doc-1'",
        "sums.demands_evidence sums.articles_demands",
    ),
    "an article that counts wrongly": (
        "UPDATE articles SET deployments = 3 WHERE doc_id = 'doc-2'",
        "sums.articles_deployments",
    ),
    "an article lost": (
        "DELETE FROM articles WHERE doc_id = 'doc-1'",
        "sums.deployments_evidence sums.demands_evidence sums.coverage_new_documents",
    ),
    "a copy of no article": (
        "UPDATE articles SET syndication_id = 'doc-9' WHERE doc_id = 'doc-2'",
        "sums.articles_syndication",
    ),
    "a copy of a copy": (
        "UPDATE articles SET syndication_id = if(doc_id = 'doc-1', 'doc-2', 'doc-1')",
        "sums.articles_syndication",
    ),
    "a daily figure lost": ("DELETE FROM daily_deployments", "sums.daily_deployments"),
    "a daily figure too high": ("UPDATE daily_demands SET mentions = 7", "sums.daily_demands"),
    "a day's coverage lost": (
        "DELETE FROM coverage WHERE new_documents = 2",
        "sums.coverage_new_documents sums.coverage_documents sums.coverage_deployments sums.coverage_demands "
        "sums.coverage_days",
    ),
    "an article neither kept nor quarantined": (
        "UPDATE coverage SET articles = 4 WHERE new_documents = 2",
        "sums.coverage_kept",
    ),
    "an article kept behind a closed gate": (
        "UPDATE coverage SET outcome = 'closed', documents = NULL, quarantined = NULL WHERE new_documents = 0",
        "sums.coverage_kept sums.coverage_days",
    ),
    "a claim without its deployment": (
        "UPDATE troop_claims SET record_id = repeat('0', 40) WHERE canonical_url = 'https://wire.example/canonical/1'",
        "sums.troop_claims_evidence",
    ),
    "a mention of no claim": (
        "UPDATE deployments SET claim_id = repeat('0', 40) WHERE doc_id = 'doc-1'",
        "sums.deployments_claims sums.claims_mentions",
    ),
    "a claim that counts wrongly": (
        "UPDATE claims SET mentions = 2 WHERE kind = 'demand' AND week = (SELECT min(week) FROM claims)",
        "sums.claims_mentions sums.episodes_strict sums.episodes_loose",
    ),
    "an episode lost": (
        "DELETE FROM episodes WHERE folding = 'strict' AND kind = 'demand'",
        "sums.episodes_strict",
    ),
    "a strict episode in two loose ones": (
        "UPDATE claims SET strict_episode_id = repeat('0', 40)",
        "sums.episodes_strict sums.episodes_nested",
    ),
    "a denied deployment among what is present": (
        "UPDATE deployments SET status = 'denied'; UPDATE daily_deployments SET status = 'denied'",
        "sums.deployments_present",
    ),
    "a historical deployment among the daily figures of what is present": (
        "UPDATE deployments SET standing = 'historical'",
        "sums.daily_deployments sums.deployments_claims",
    ),
    "a historical demand among what is present": (
        "UPDATE demands SET tense_class = 'historical'",
        "sums.demands_present",
    ),
    "a demand missing in the matrix": ("DELETE FROM demand_matrix", "sums.demand_matrix_demands"),
    "a rival figure too many": (
        "INSERT INTO rival_figures (standing, mentions) VALUES ('present', 1)",
        "rows.not_null sums.rival_figures_deployments",
    ),
    "a country with coordinates": (
        "INSERT INTO places VALUES ('RUS', 'Russia', 'country', 'RUS', NULL, 60, 100, false, 0, 1, 1, 1)",
        "sums.places_coordinates",
    ),
    "a day without checks": (
        "DELETE FROM quality_checks WHERE day = (SELECT min(day) FROM quality_checks)",
        "sums.quality_checks_days",
    ),
}
