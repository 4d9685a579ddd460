"""No table and no column of the published file changes in silence."""

import pytest

import contract
from troopwatch.settings import ROOT
from troopwatch.tables import SCHEMA_VERSION

CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
OLD = {"claims": {"claim_id": "VARCHAR NOT NULL", "mentions": "BIGINT"}}


def test_the_tables_are_those_that_are_frozen_for_this_version() -> None:
    assert contract.versions()[-1] == SCHEMA_VERSION
    assert contract.described() == contract.frozen(SCHEMA_VERSION), (
        "the published tables have changed: say so in CHANGELOG.md, raise SCHEMA_VERSION where this one is "
        "released, and run `python tests/contract/contract.py`"
    )


@pytest.mark.parametrize("n", range(1, len(contract.versions())))
def test_every_version_keeps_what_the_one_before_promised_or_says_what_it_breaks(n: int) -> None:
    old, new = contract.versions()[n - 1 : n + 1]
    found = contract.objections((old, contract.frozen(old)), (new, contract.frozen(new)), CHANGELOG)
    assert list(found) == []


SAYS = (
    "## Unreleased: schema {}\n\n- `claims` has `articles`, `counted`; `episodes` is new.\n\n## 1.0.0: schema 1.0.0\n"
)
CASES = {
    "nothing new": (OLD, "1.3.0", []),
    "a column added": (OLD | {"claims": OLD["claims"] | {"articles": "BIGINT"}}, "1.4.0", []),
    "a table added": (OLD | {"episodes": {"claim_id": "VARCHAR"}}, "1.4.0", []),
    "a column added without a version": (
        OLD | {"claims": OLD["claims"] | {"articles": "BIGINT"}},
        "1.3.0",
        ["claims.articles was added: a new minor version of the schema"],
    ),
    "a column added without a word": (
        OLD | {"claims": OLD["claims"] | {"silent": "BIGINT"}},
        "1.4.0",
        ["claims.silent: the changelog says nothing of it under schema 1.4.0"],
    ),
    "a column renamed": (
        {"claims": {"claim_id": "VARCHAR NOT NULL", "counted": "BIGINT"}},
        "1.4.0",
        [
            "claims.mentions was changed or removed: a new major version of the schema",
            "claims.mentions: the changelog says nothing of it under schema 1.4.0",
        ],
    ),
    "a column of another type": (
        {"claims": OLD["claims"] | {"claim_id": "VARCHAR"}},
        "1.3.1",
        [
            "claims.claim_id was changed or removed: a new major version of the schema",
            "claims.claim_id: the changelog says nothing of it under schema 1.3.1",
        ],
    ),
    "a table removed by a major version": ({}, "2.0.0", []),
}


@pytest.mark.parametrize("case", CASES)
def test_a_change_needs_a_version_and_a_word(case: str) -> None:
    new, version, expected = CASES[case]
    found = contract.objections(("1.3.0", OLD), (version, new), SAYS.format(version))
    assert list(found) == expected


def test_what_is_said_under_another_version_does_not_count() -> None:
    found = contract.objections(("1.3.0", OLD), ("2.0.0", {}), SAYS.format("1.4.0"))
    assert list(found) == ["claims: the changelog says nothing of it under schema 2.0.0"]
