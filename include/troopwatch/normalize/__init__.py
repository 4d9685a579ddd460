"""Normalize: captured bytes to documents, or to quarantined rows with a reason.

`run` does a day of the lake; `page` does one response and `html_page` one loose page, without any lake.
"""

from troopwatch.normalize.outcome import Article, Outcome, Published, Refusal
from troopwatch.normalize.pages import html_page, page
from troopwatch.normalize.stage import NormalizeError, run

__all__ = ["Article", "NormalizeError", "Outcome", "Published", "Refusal", "html_page", "page", "run"]
