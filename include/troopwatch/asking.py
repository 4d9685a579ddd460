"""The commands about sources: which there are, and what live ones serve now."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from troopwatch import settings, sources, trial
from troopwatch.flow import Run

app = typer.Typer()
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Tried = Annotated[list[str] | None, typer.Argument(help="Names or groups of sources; without any, those of a run.")]
Pages = Annotated[int, typer.Option("--pages", min=1, max=50, help="Pages to read of each source.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")]


@app.callback(invoke_without_command=True)
def list_sources(context: typer.Context) -> None:
    """List the sources, having checked every spec; `check` asks the outlets themselves."""
    if context.invoked_subcommand:
        return
    table = Table("name", "kind", "title", "articles a day")
    for source in sources.load(settings.load().sources).values():
        table.add_row(source.name, source.kind, source.title, f"{source.articles.floor} to {source.articles.ceiling}")
    out.print(table)


@app.command("check")
def check_sources(names: Tried = None, pages: Pages = 5, as_json: AsJson = False) -> None:
    """Ask live sources what they serve now, read their canary pages, and say what a run would meet.

    Exits with 1 where one failed.
    """
    run = Run.present({"params": {}}, datetime.now(UTC))
    chosen = sources.choose(run.settings.sources, " ".join(names or [run.settings.groups]))
    live = [source for source in chosen if not isinstance(source, sources.Warc)]
    with Progress(console=err, transient=True) as progress:
        task = progress.add_task("sources", total=len(live))
        trials = trial.try_all(live, run.settings, run.now, pages, tell=lambda _: progress.advance(task))
    if as_json:
        sys.stdout.write(trial.as_json(trials))
    else:
        trial.show(trials, out)
    if any(found.failures for found in trials):
        raise typer.Exit(1)
