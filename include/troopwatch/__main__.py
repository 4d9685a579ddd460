"""Troopwatch from a shell: the same steps that the DAG takes, without Airflow."""

import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from troopwatch import asking, days, dictionary, responses, settings
from troopwatch.detect import explain, files
from troopwatch.detect.document import Document
from troopwatch.errors import HopelessError
from troopwatch.flow import Counts, Run
from troopwatch.lake import LakeError
from troopwatch.normalize import files as page_files
from troopwatch.scrape import find

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
app.add_typer(asking.app, name="sources")
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Date = Annotated[str | None, typer.Option("--date", help="One day, YYYY-MM-DD (UTC).")]
First = Annotated[str | None, typer.Option("--from", help="The first of several days.")]
Last = Annotated[str | None, typer.Option("--to", help="The last of several days.")]
Names = Annotated[str | None, typer.Option("--sources", help="Names or groups of sources, separated by commas.")]
Gate = Annotated[str, typer.Argument(help="documents, mentions or history")]
Docs = Annotated[Path | None, typer.Argument(help="Documents, one JSON object a line: article_id, published_at, text.")]
Body = Annotated[bool, typer.Option("--body", help="Write the body of the last capture to standard output.")]
Out = Annotated[Path | None, typer.Option("--out", help="Where the mentions of DOCS go, one JSON object a line.")]

Edition = Annotated[int, typer.Argument(min=1, help="Number of a published edition.")]
Inputs = Annotated[list[Path] | None, typer.Argument(help="WARC files, or folders of pages saved as NAME.html[.gz].")]
Articles = Annotated[
    Path | None, typer.Option("--out", help="Where the articles of INPUTS go, one JSON object a line.")
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Print each sentence of DOCS with its rows and why, or where it fell out.")
]


@app.command()
def day(one: Date = None, first: First = None, last: Last = None, names: Names = None) -> None:
    """Run all five stages for a day or for several, and publish. Exits with 1 where one failed."""
    runs = _runs(one, first, last, names)
    total, failed = _each(runs, Run.until_detected)
    open_runs = [run for run in runs if str(run.day) not in failed]
    if open_runs:
        candidate = runs[0].aggregate()
        runs[0].judge_edition(candidate)
        total.update(runs[0].publish_all(candidate, [run.day for run in open_runs]))
    _end(f"{len(runs)} days, {len(failed)} failed", total, failed)


@app.command()
def scrape(one: Date = None, first: First = None, last: Last = None, names: Names = None) -> None:
    """Capture, copy or replay the sources of a day."""
    _stage(_runs(one, first, last, names), Run.scrape_all)


@app.command()
def normalize(
    inputs: Inputs = None, target: Articles = None, one: Date = None, first: First = None, last: Last = None
) -> None:
    """Make documents of what was captured on a day, or articles of pages of one's own."""
    if not inputs:
        _stage(_runs(one, first, last), Run.normalize)
        return
    if target is None:
        raise typer.BadParameter("say with --out where the articles go")
    _end(f"articles -> {target}", page_files.convert(inputs, target, settings.load(), _now().now), {})


@app.command()
def gate(which: Gate, one: Date = None, first: First = None, last: Last = None) -> None:
    """Judge a day's documents or mentions, or hold it against its past."""
    judges = {"documents": Run.judge_documents, "mentions": Run.judge_mentions, "history": Run.judge_history}
    if which not in judges:
        raise typer.BadParameter(f"{which!r} is no gate: documents, mentions or history")
    _stage(_runs(one, first, last), judges[which])


@app.command()
def detect(  # noqa: PLR0913, PLR0917  # options of a command, each by its name
    docs: Docs = None,
    target: Out = None,
    why: Explain = False,
    one: Date = None,
    first: First = None,
    last: Last = None,
) -> None:
    """Find the mentions in a day's documents, or in a file of documents."""
    if docs is None:
        if why:
            raise typer.BadParameter("--explain needs DOCS")
        _stage(_runs(one, first, last), Run.detect)
        return
    if target is None:
        raise typer.BadParameter("say with --out where the mentions go")
    made = files.convert(
        docs, target, progress=lambda lines: track(lines, "documents", console=err), tell=_tell if why else None
    )
    for error in made.errors:
        err.print(f"{docs}, {error}", style="red", markup=False)
    found = {"documents": made.documents, "deployments": made.deployments, "demands": made.demands}
    _end(f"{docs} -> {target}", Counter(found), {})
    if made.errors:
        raise typer.Exit(1)


def _tell(document: Document) -> None:
    """Print why a document gives the rows it gives; the words of the web are made harmless there."""
    out.print(explain.explain(document), markup=False)


@app.command()
def aggregate() -> None:
    """Build a candidate for the published file from all open days, and judge it."""
    run = _now()
    candidate = run.aggregate()
    _end(candidate, Counter(checks=run.judge_edition(candidate)["checks"]), {})


@app.command()
def publish(candidate: str, one: Date = None, first: First = None, last: Last = None) -> None:
    """Swap a judged candidate in and write the reports of these days."""
    _stage(_runs(one, first, last), lambda run: run.publish(candidate))


@app.command()
def heal() -> None:
    """Make anew every report that what is published contradicts, however many and old they are."""
    _end("healed", Counter(_now().heal()), {})


@app.command("rebuild")
def rebuild_edition(edition: Edition) -> None:
    """Make an edition anew from its stored inputs, and say whether it comes out the same. Exits with 2 where not."""
    made = _now().rebuild(edition)
    out.print(f"edition {edition} comes out the same: content {made.content}, {made.downloads} downloads", markup=False)


@app.command()
def capture(url: str, *, body: Body = False) -> None:
    """Show what is stored of an address, its digests verified. Exits with 1 where there is nothing, or damage."""
    found = _now().find(url)
    for each in found:
        (err if body else out).print(find.shown(each), markup=False)
    records = [each.record for each in found if each.record and not each.damage]
    if body and records:
        sys.stdout.buffer.write(responses.of(records[-1]).body)
    if not records or any(each.damage for each in found):
        raise typer.Exit(1)


@app.command()
def data_dictionary() -> None:
    """Print docs/data_dictionary.md, made from the tables."""
    sys.stdout.write(dictionary.markdown())


def _now() -> Run:
    return Run.present({"params": {}}, datetime.now(UTC))


def _runs(one: str | None, first: str | None, last: str | None, names: str | None = None) -> list[Run]:
    """The runs that the options ask for, each checked as an Airflow run's would be. Raises NoDayError, SourceError."""
    now = _now()
    bounds = (one, one) if one else (first, last)
    if bounds[0] is None or bounds[1] is None:
        raise typer.BadParameter("name a day with --date, or several with --from and --to")
    wanted = days.between(days.parse(bounds[0]), days.parse(bounds[1]))
    context = [{"ds": str(day), "params": {"sources": names}} for day in wanted]
    runs = [Run.of(each, now.now) for each in context]
    runs[0].sources()  # a name that is wrong is wrong for all days
    return runs


def _each(runs: list[Run], step: Callable[[Run], Counts], title: str = "days") -> tuple[Counter[str], dict[str, str]]:
    """Take a step for every run; the counts in all, and by day why it could not be taken. One day stops no other."""
    total, failed = Counter[str](), dict[str, str]()
    for run in track(runs, title, console=err):
        try:
            total.update(step(run))
        except (HopelessError, LakeError) as error:
            failed[str(run.day)] = str(error)
    return total, failed


def _stage(runs: list[Run], step: Callable[[Run], Counts]) -> None:
    total, failed = _each(runs, step)
    _end(f"{len(runs)} days", total, failed)


def _end(title: str, counts: Counter[str], failed: dict[str, str]) -> None:
    """The summary; exits with 1 where a day failed."""
    table = Table("what", "how many", title=title, title_justify="left")
    for name, count in counts.items():
        table.add_row(name.replace("_", " "), f"{count:,}")
    out.print(table)
    for why in failed.values():
        err.print(why, style="red", markup=False)
    if failed:
        raise typer.Exit(1)


def main() -> None:
    """Run the command; an error that somebody has to mend is a message and exit code 2, not a traceback."""
    try:
        app()
    except (HopelessError, LakeError) as error:
        err.print(str(error), style="red", markup=False)
        sys.exit(2)


if __name__ == "__main__":
    main()
