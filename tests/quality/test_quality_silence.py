"""A day on which nothing could be captured is not a day without news."""

import pytest
from quality_rows import DAY, Newsday, fetch, ledger, tallied

from troopwatch.quality import GateClosedError, judge


def failed(source: str) -> dict[str, object]:
    return ledger(source=source, outcome="failed", requests=0, responses=0, reason="503")


@pytest.mark.parametrize(
    ("rows", "closed"),
    [
        ([failed("wire")], True),
        ([failed("wire"), failed("brief")], True),
        ([failed("brief")], False),
        ([failed("wire"), ledger(source="brief", requests=1, responses=1)], False),
        ([ledger(outcome="no_data", requests=0, responses=0, reason="-")], False),
    ],
    ids=["the only one", "all", "one without a floor", "another was captured", "nobody could be asked"],
)
def test_a_day_on_which_all_failed_is_no_day_without_news(
    newsday: Newsday, rows: list[dict[str, object]], closed: bool
) -> None:
    newsday.rows |= {"ledger": rows, "documents": [], "quarantine": [], "fetches": []}
    if rows[-1]["outcome"] == "captured":
        newsday.rows["fetches"] = [fetch(1, source="brief", role="listing")]
    newsday.rows["tallies"] = tallied(newsday.rows)
    newsday.write()
    if not closed:
        assert judge(DAY, "documents", newsday.settings)["warnings"] == 1
        return
    with pytest.raises(GateClosedError, match="wire: failed, and nothing else was captured: 503"):
        judge(DAY, "documents", newsday.settings)
    assert newsday.verdict("documents")["closed_by"] == "ledger.nothing"
