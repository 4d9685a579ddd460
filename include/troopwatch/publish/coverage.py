"""Coverage and gate of a day: what was captured, and what the checks saw of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from troopwatch.publish.edition import Row


@dataclass(frozen=True)
class Coverage:
    """A day's sources as the published file has them; `title` by source name."""

    sources: Sequence[Row]
    titles: Mapping[str, str]

    @property
    def has_data(self) -> bool:
        """Whether anything was captured: without that nothing on the page is a zero."""
        return any(row["documents"] is not None for row in self.sources)

    @property
    def with_data(self) -> int:
        return sum(row["documents"] is not None for row in self.sources)

    @property
    def without_data(self) -> list[Row]:
        """What failed first, then what was never asked."""
        order = {"failed": 0, "closed": 1, "no_data": 2, "not_run": 3}
        missing = (row for row in self.sources if row["documents"] is None)
        return sorted(missing, key=lambda row: (order.get(row["outcome"], 4), row["source"]))

    def total(self, column: str) -> int:
        """The sum over the sources that have data."""
        return sum(row[column] or 0 for row in self.sources)


@dataclass(frozen=True)
class Gate:
    """A day's checks; `failed` holds what did not pass, the gravest first."""

    checks: Sequence[Row]

    @property
    def failed(self) -> list[Row]:
        order = {"critical": 0, "warning": 1, "info": 2}
        return sorted((c for c in self.checks if not c["passed"]), key=lambda c: order[c["severity"]])

    @property
    def grave(self) -> list[Row]:
        """What did not pass and is more than a note."""
        return [check for check in self.failed if check["severity"] != "info"]

    @property
    def waived(self) -> list[Row]:
        """Failures that somebody answers for: they close nothing, and are shown like any other."""
        return [check for check in self.failed if check.get("waived_by")]

    @property
    def passed(self) -> int:
        return sum(check["passed"] for check in self.checks)

    def count(self, severity: str) -> int:
        """Failures of this severity."""
        return sum(check["severity"] == severity for check in self.failed)

    @property
    def is_open(self) -> bool:
        return all(check["severity"] != "critical" or check.get("waived_by") for check in self.failed)
