"""What tests of editions share: days of articles whose titles are their texts, and what was published of them."""

from collections.abc import Iterable
from datetime import date

import duckdb
from publish_house import House
from publish_samples import DAY, Row, Tables, article, check, covered, deployment, of

from troopwatch.publish.editions import shelf

NEXT = date(2024, 11, 5)
SENTENCE = "There are 400 North Korean troops in Russia."
OTHER = "There are 900 North Korean troops in Russia."


def day(*articles: Row, which: date = DAY, **more: Iterable[Row]) -> Tables:
    """A day of these articles, each with one deployment of its title."""
    found = [deployment(one, one["title"], count=one["title"].split()[2]) for one in articles]
    tables = dict(of(list(articles), found, [], [covered("narae_wire", day=which)], [check("columns", day=which)]))
    return tables | more


def told(title: str, **changes: object) -> Row:
    """An article whose text is its title."""
    return article(title=title, **changes)


def both(*days: Tables) -> dict[str, list[Row]]:
    return {name: [row for tables in days for row in tables.get(name, [])] for name in days[0]}


def lines(house: House, sql: str = "FROM changes") -> list[tuple[object, ...]]:
    with duckdb.connect(str(house.published / shelf.DATABASE), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def of_newest(house: House) -> set[tuple[object, ...]]:
    """Table, what, reason and rows of the newest edition's changes."""
    newest = "FROM changes WHERE edition = (SELECT max(edition) FROM editions) GROUP BY ALL"
    return set(lines(house, f"SELECT table_name, what, reason, sum(rows)::INT {newest}"))


def reconcile(house: House) -> None:
    """Over all editions, what was added less what was removed is what each table has."""
    balance = "sum(rows) FILTER (what = 'added') - coalesce(sum(rows) FILTER (what = 'removed'), 0)"
    for table, rows in lines(house, f"SELECT table_name, {balance} FROM changes GROUP BY ALL"):
        assert lines(house, f"SELECT count(*) FROM {table}") == [(rows,)], table
