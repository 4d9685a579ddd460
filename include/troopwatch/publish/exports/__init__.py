"""The downloads of an edition: one content as DuckDB file, Parquet, CSV and a workbook, with what describes them."""

from troopwatch.publish.exports.feed import MOST, feed
from troopwatch.publish.exports.package import make, write
from troopwatch.publish.exports.sums import FILE as SUMS
from troopwatch.publish.exports.sums import write as write_sums

__all__ = ["MOST", "SUMS", "feed", "make", "write", "write_sums"]
