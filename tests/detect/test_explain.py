"""Why a sentence gives its rows, or at which step it fell out."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from troopwatch.__main__ import app
from troopwatch.detect.document import Document
from troopwatch.detect.explain import explain

DAY = date(2024, 11, 1)


def told(text: str) -> str:
    return explain(Document("a", text, DAY))


def test_a_row_comes_with_its_spans_rule_gate_words_and_entries() -> None:
    shown = told("Paris said that Norway had sent 300 soldiers to Latvia.")
    wanted = [
        "gate: soldiers",
        "rule deployment/object:send",
        "[speaker: Paris] said that Norway had [trigger: sent] [force: [count: 300] soldiers] to [place to: Latvia].",
        "from lexicon/deployment.yaml verbs: 'send' (class send",
        "from lexicon/forces.yaml nouns: 'soldier' (troops)",
        "from actors: 'Norway' is NOR",
        "from places: 'Latvia' is LVA",
        "from lexicon/status.yaml over: 'said' (report)",
    ]
    assert [words for words in wanted if words not in shown] == []


def test_a_demand_comes_with_the_entry_of_its_act() -> None:
    shown = told("Egypt urged Israel to withdraw its troops from Gaza.")
    wanted = [
        "[demander: Egypt] [trigger: urged] [addressee: Israel]",
        "from lexicon/demand.yaml verbs: 'urge' (strength urge, frame object)",
        "from lexicon/content.yaml types: 'withdraw* ... troops' (withdraw_forces)",
    ]
    assert [words for words in wanted if words not in shown] == []


def test_an_actor_of_the_sentence_before_is_named_as_such() -> None:
    shown = told("Norway met in Oslo on Monday. It sent 300 soldiers to Riga.")
    assert "'Norway' is NOR (country, states_europe:NOR) (in the sentence before)" in shown


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Rain fell on Rome.", "the gate knows no word in it"),
        ("He told her a story.", "told: nothing that it could ask for"),
        ("Two units of the course are in Rome.", "units: no military word before it"),
        ("The teacher asked the pupils to be quiet.", "asked: no political actor near it and no political act"),
        ("The army of lobbyists stayed in Rome.", "'army': forces: never a force"),
        ("Toy soldiers were sent to Rome.", "'soldiers': forces: one of `not_forces` stands before it"),
        ("Three soldiers died in Kismayo.", "'soldiers': triggers: no verb or noun of the lexicon that fits"),
        ("Militants remained in Kismayo.", "militias that are merely there are at home"),
        ("The United States sent howitzers to Ukraine.", "'sent': aid: object:send: weapons given to another state"),
        ("Customers in Paris demanded refunds.", "'demanded': demanders: "),
    ],
)
def test_a_sentence_without_a_row_says_at_which_step_it_fell_out(text: str, why: str) -> None:
    shown = told(text)
    assert "no row: " in shown and why in shown


def test_the_command_prints_it_and_nothing_steers_the_terminal(tmp_path: Path) -> None:
    text = "Norway sent \x1b]0;owned\x07 300 soldiers\u202e to [bold]Latvia[/bold]."
    line = json.dumps({"article_id": "\x1b[31mred", "published_at": "2024-11-01", "text": text})
    (tmp_path / "docs.jsonl").write_text(line)
    words = ["detect", str(tmp_path / "docs.jsonl"), "--out", str(tmp_path / "pred.jsonl"), "--explain"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert r"== \x1b[31mred, 2024-11-01" in done.stdout and r"\x1b]0;owned\x07" in done.stdout
    assert "[bold]" in done.stdout and not {"\x1b", "\x07", "\u202e"} & set(done.stdout)
    (row,) = json.loads((tmp_path / "pred.jsonl").read_text())["deployments"]
    assert f"rule {row['rule']}" in done.stdout


def test_without_a_file_there_is_nothing_to_explain() -> None:
    done = CliRunner().invoke(app, ["detect", "--explain"])
    assert done.exit_code == 2 and "--explain needs DOCS" in done.output
