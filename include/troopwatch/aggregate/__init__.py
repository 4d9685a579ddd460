"""Aggregate: all open days of the lake into one DuckDB file, by the SQL files in include/sql."""

from troopwatch.aggregate.stage import Edition, run

__all__ = ["Edition", "run"]
