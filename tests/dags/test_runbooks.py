"""What a person sees of the DAGs: runbooks, parameters, tags, pools, notices, and a stage to begin with."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from troopwatch import begin, flow
from troopwatch.settings import INCLUDE, ROOT, Settings
from troopwatch.tables import LAKE

# Airflow and what it stands on warn of their own deprecations while they are imported; ours are errors everywhere else.
pytestmark = pytest.mark.filterwarnings("default")

DAGS = ["troopwatch_daily", "troopwatch_feeds", "troopwatch_upkeep"]


@pytest.fixture(params=DAGS)
def dag(bag: Any, request: pytest.FixtureRequest) -> Any:
    return bag.dags[request.param]


def test_the_runbook_has_a_row_for_every_task_and_for_no_other(dag: Any) -> None:
    rows = re.findall(r"^\| (`[^|]*`) \|", dag.doc_md.split("## When a task is red")[1], re.M)
    named = [task for row in rows for task in re.findall(r"`([^`]+)`", row)]
    assert sorted(named) == sorted(task.task_id for task in dag.tasks)


def test_the_runbook_is_the_file_beside_the_dag_and_says_what_it_does_first(dag: Any) -> None:
    text = (ROOT / "dags" / f"{dag.dag_id}.md").read_text(encoding="utf-8")
    assert dag.doc_md == text and text.startswith(f"# {dag.dag_id}: ")


def test_the_runbook_names_every_parameter_by_its_title(dag: Any) -> None:
    titles = [dag.params.get_param(name).schema["title"] for name in dag.params]
    assert titles or dag.dag_id == "troopwatch_upkeep"
    assert [title for title in titles if title not in (ROOT / "dags" / "troopwatch_daily.md").read_text()] == []


def test_tags_come_from_a_closed_list(dag: Any) -> None:
    from operations.steps import TAGS

    assert "troopwatch" in dag.tags and dag.tags <= set(TAGS)


def test_every_tag_of_the_list_is_used(bag: Any) -> None:
    from operations.steps import TAGS

    assert set().union(*(dag.tags for dag in bag.dags.values())) == set(TAGS)


def test_every_task_has_an_owner_a_notice_a_limit_and_a_way_to_give_up(dag: Any) -> None:
    from operations.notifier import Notifier
    from operations.steps import OWNER

    for task in dag.tasks:
        assert task.owner == OWNER
        assert any(isinstance(call, Notifier) for call in task.on_failure_callback), task.task_id
        assert task.execution_timeout or task.response_timeout
        assert task.retry_policy is not None


def test_every_task_is_tried_again_and_later_each_time() -> None:
    for dag in map(_fresh, DAGS):
        for task in dag.tasks:
            wanted = 1 if dag.dag_id == "troopwatch_feeds" or task.task_id == "aggregate.approve" else 3
            assert task.retries == wanted, task.task_id
            assert task.retry_delay == timedelta(seconds=10) and task.retry_exponential_backoff == 6.0, task.task_id


def test_every_dag_has_a_deadline_from_when_it_was_queued(dag: Any) -> None:
    (alert,) = dag.deadline or _fresh(dag.dag_id).deadline
    assert alert.reference.reference_name == "Queueing"
    assert alert.callback.path == "operations.notifier.late"


def _fresh(dag_id: str) -> Any:
    """The DAG read again: other tests have taken its deadline away to run it alone."""
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(ROOT / "dags" / f"{dag_id}.py")).dags[dag_id]


def test_every_pool_that_a_task_names_is_in_the_list_and_no_pool_is_left_over(bag: Any) -> None:
    from operations.pools import POOLS

    named = {task.pool for dag in bag.dags.values() for task in dag.tasks}
    assert named - {"default_pool"} == set(POOLS)


def test_whoever_writes_the_published_file_is_alone(daily: Any) -> None:
    from operations.pools import DUCKDB, HOSTS, POOLS

    assert POOLS[DUCKDB].slots == 1
    pools = {task.task_id: task.pool for task in daily.tasks}
    assert {pools[name] for name in ("aggregate.run", "aggregate.gate", "publish")} == {DUCKDB}
    assert pools["scrape.source"] == HOSTS


def test_missing_pools_are_named_made_and_never_changed(bag: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from airflow.models.pool import Pool

    from operations import pools

    Pool.delete_pool(pools.HOSTS)
    assert pools.main(["check"]) == 1 and pools.HOSTS in capsys.readouterr().err
    assert pools.main([]) == 0 and pools.HOSTS in capsys.readouterr().out
    Pool.create_or_update_pool(pools.HOSTS, 3, "by hand", include_deferred=False)
    assert pools.ensure() == [] and pools.main(["check"]) == 0
    assert Pool.get_pool(pools.HOSTS).slots == 3


@pytest.mark.parametrize(
    "conf",
    [
        {"sources": "Narae Wire!"},
        {"sources": "../../etc"},
        {"sources": ""},
        {"sources": "a" * 3000},
        {"sources": 7},
        {"from_stage": "judge"},
        {"from_stage": None},
        {"approval": "yes"},
    ],
    ids=["capitals", "path", "empty", "long", "number", "stage", "no stage", "word"],
)
def test_bad_parameters_are_refused_before_anything_runs(daily: Any, conf: dict[str, Any]) -> None:
    from airflow.sdk.exceptions import ParamValidationError

    with pytest.raises(ParamValidationError):
        _validated(daily, conf)


@pytest.mark.parametrize(
    "conf",
    [
        {},
        {"sources": None},
        {"sources": "demo"},
        {"sources": "narae_wire, harbour_courier"},
        *({"from_stage": stage} for stage in begin.STAGES),
        {"approval": True},
    ],
    ids=str,
)
def test_good_parameters_are_taken(daily: Any, conf: dict[str, Any]) -> None:
    assert _validated(daily, conf)["from_stage"] == conf.get("from_stage", "scrape")


def _validated(dag: Any, conf: dict[str, Any]) -> Any:
    from copy import deepcopy

    params = deepcopy(dag.params)
    params.update(conf)
    return params.validate()


def test_every_parameter_has_a_title_and_says_what_it_is_for(bag: Any) -> None:
    for dag in bag.dags.values():
        for name in dag.params:
            schema = dag.params.get_param(name).schema
            assert schema["title"] and schema["description_md"], name


def test_the_stages_to_begin_with_are_those_of_the_product() -> None:
    from operations import params

    assert tuple(params.STAGES) == begin.STAGES
    assert list(params.FROM_STAGE.schema["values_display"]) == params.STAGES


def test_every_step_that_a_dag_takes_exists(bag: Any) -> None:
    for dag in bag.dags.values():
        for task in dag.tasks:
            arguments = task.partial_kwargs if task.is_mapped else {"op_args": getattr(task, "op_args", ())}
            name = arguments.get("op_kwargs", {}).get("name") or next(iter(arguments.get("op_args", ())), None)
            assert name is None or hasattr(flow.Run, name), task.task_id


def test_parsing_loads_nothing_heavy() -> None:
    """What the DAGs share, by its text: only tasks that run load the product."""
    for path in Path(INCLUDE / "operations").glob("*.py"):
        assert not re.search(r"^(from|import) troopwatch", path.read_text(encoding="utf-8"), re.M), path.name


def test_every_metric_that_the_docs_name_is_one_of_airflow() -> None:
    import airflow

    found = next(Path(airflow.__file__).parent.rglob("metrics_template.yaml"))
    known = {metric["name"] for metric in yaml.safe_load(found.read_text(encoding="utf-8"))["metrics"]}
    section = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").split("## Metrics")[1].split("\n## ")[0]
    named = set(re.findall(r"^\| `([^`]+)` \|", section, re.M))
    assert len(named) >= 10 and named <= known


def test_lineage_names_every_table_of_the_lake_where_it_is_written_and_reads_only_what_is_written() -> None:
    from operations import lineage

    written = {name for step, (_, writes) in lineage.FLOW.items() for name in writes}
    assert {name for name in written if not name.startswith(("aggregate", "published"))} == {
        f"{table.stage}/{table.name}" for table in LAKE.values()
    }
    assert {name for reads, _ in lineage.FLOW.values() for name in reads} <= written
    assert all(hasattr(flow.Run, step) for step in lineage.FLOW)


def test_lineage_is_told_to_whoever_collects_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow.sdk.lineage import HookLineageCollector

    from operations import lineage

    collector = HookLineageCollector()
    monkeypatch.setattr(lineage, "get_hook_lineage_collector", lambda: collector)
    task = object()
    lineage.tell("normalize", f"file://{tmp_path}", task)
    lineage.tell("sources", f"file://{tmp_path}", task)
    told = collector.collected_assets
    assert [info.asset.uri for info in told.inputs] == [f"file://{tmp_path}/scrape/fetches"]
    assert [Path(info.asset.uri).name for info in told.outputs] == ["documents", "quarantine", "tallies"]


def test_the_metrics_that_the_documentation_names_are_metrics_of_airflow() -> None:
    import airflow

    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").split("## Metrics")[1].split("\n## ")[0]
    known = Path(airflow.__file__).parent / "_shared" / "observability" / "metrics" / "metrics_template.yaml"
    names = {metric["name"] for metric in yaml.safe_load(known.read_text(encoding="utf-8"))["metrics"]}
    named = re.findall(r"^\| `([^`]+)` \|", text, re.M)
    assert len(named) >= 8 and set(named) <= names


def test_the_settings_that_the_documentation_names_are_settings() -> None:
    named = re.findall(r"`TROOPWATCH_([A-Z_]+)`", (ROOT / "docs" / "operations.md").read_text(encoding="utf-8"))
    assert named and {name.lower() for name in named} <= set(Settings.model_fields)


def test_the_stages_of_the_documentation_are_those_to_begin_with() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").split("## Reprocessing")[1].split("\n## ")[0]
    assert tuple(re.findall(r"\| `([a-z]+)` \|$", text, re.M)) == begin.STAGES
