"""Editions: what was published is kept as it was, numbered and dated, with what it was made from and what it changed.

    <data>/published/editions/000012/    edition.json, index.html, changes.csv, reports/<day>.html, SHA256SUMS,
                                         and the downloads: troopwatch.duckdb and what `exports` puts beside it

A folder is put in place whole and never written to again. The downloads of older editions may be removed.
"""
