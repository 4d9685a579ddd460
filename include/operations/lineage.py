"""Which data sets a step reads and writes, told to whatever collects lineage, such as Airflow's OpenLineage provider.

Told while a task runs and not as outlets of the DAG: asset events start consumers, and a backfill's events start them
too seldom or too often.
"""

from typing import Any

from airflow.sdk.lineage import get_hook_lineage_collector

_CAPTURES = ("scrape/fetches", "scrape/ledger")
_DOCUMENTS = ("normalize/documents", "normalize/quarantine", "normalize/tallies")
_MENTIONS = ("detect/deployments", "detect/demands", "detect/readings")
_VERDICTS = ("quality/checks", "quality/verdicts", "quality/waivers")
_EDITION = ("aggregate/edition",)

FLOW: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "scrape": ((), _CAPTURES),
    "poll": ((), _CAPTURES[:1]),
    "normalize": (_CAPTURES[:1], _DOCUMENTS),
    "judge_documents": (_CAPTURES + _DOCUMENTS, _VERDICTS),
    "detect": (_DOCUMENTS[:1], _MENTIONS),
    "judge_mentions": (_DOCUMENTS[:1] + _MENTIONS, (*_VERDICTS, "quality/held")),
    "judge_history": (_CAPTURES[1:] + _DOCUMENTS + _MENTIONS, (*_VERDICTS, "quality/measures")),
    "aggregate": ((*_CAPTURES, *_DOCUMENTS, *_MENTIONS, *_VERDICTS, "quality/held"), _EDITION),
    "judge_edition": (_EDITION, _VERDICTS),
    "publish": (_EDITION, ("published/troopwatch.duckdb", "published/reports")),
}
"""By step: the data sets it reads and those it writes, from the root of the data folder."""


def tell(step: str, address: str, task: Any) -> None:
    """Tell of a step that was taken; where nobody collects lineage that does nothing. `address` is the lake's."""
    reads, writes = FLOW.get(step, ((), ()))
    collector = get_hook_lineage_collector()
    for name in reads:
        collector.add_input_asset(task, uri=f"{address}/{name}")
    for name in writes:
        collector.add_output_asset(task, uri=f"{address}/{name}")
