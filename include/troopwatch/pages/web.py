"""The pages as a web app: read-only, unable to run a script, and open to whom its maker lets in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from troopwatch import days, mirror, settings
from troopwatch.errors import HopelessError
from troopwatch.lake import LakeError
from troopwatch.pages import calendar, day, editions, overview, problem, sources, stale
from troopwatch.publish import swap
from troopwatch.publish.editions import shelf
from troopwatch.settings import Settings

# A page made of text from the web must never run a script under the origin of who shows it. With that shut out, the
# origin itself is left to the pages: without it, a browser sends no login along when a link in a frame is followed.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-downloads allow-popups allow-popups-to-escape-sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-cache",
}
READ = ["GET", "HEAD"]


@dataclass(frozen=True)
class Host:
    """What the app is told by who shows it. A function that lets nobody in raises HTTPException."""

    may_read: Callable[..., Any]
    may_read_runs: Callable[..., Any]
    day_of_run: Callable[[str, str], date]
    """The day of a run, by the ids of its DAG and its own; raises HTTPException 404 where it is for none."""
    now: Callable[[], datetime]


def make(host: Host) -> FastAPI:
    """The app. Whatever is asked for passes `may_read` first."""
    app = FastAPI(dependencies=[Depends(host.may_read)], docs_url=None, redoc_url=None, openapi_url=None)
    _add_lake(app, host)
    _add_runs(app, host)
    app.add_api_route("/{name:path}", _published, methods=READ, response_model=None)
    app.add_exception_handler(404, _not_found)
    for kind in (HopelessError, LakeError):
        app.add_exception_handler(kind, _unreadable)
    return app


def _add_lake(app: FastAPI, host: Host) -> None:
    """What the lake says as a whole, of a month, and of a day."""

    @app.api_route("/", methods=READ)
    def show_overview() -> Response:
        return _shown(overview.render(_settings()))

    @app.api_route("/stale", methods=READ)
    def show_stale() -> Response:
        return _shown(stale.render(_settings(), _today(host)))

    @app.api_route("/kept-editions", methods=READ)
    def show_editions() -> Response:
        return _shown(editions.render(_settings()))

    @app.api_route("/sources", methods=READ)
    def show_sources() -> Response:
        return _shown(sources.render(_settings(), _today(host)))

    @app.api_route("/coverage", methods=READ)
    def show_newest_month() -> Response:
        return _shown(calendar.render(_settings(), calendar.newest(_settings())))

    @app.api_route("/coverage/{month}", methods=READ)
    def show_month(month: str) -> Response:
        return _shown(calendar.render(_settings(), _parsed(f"{month}-01"), root="../"))

    @app.api_route("/days/{words}", methods=READ)
    def show_day(words: str) -> Response:
        return _shown(day.render(_settings(), _parsed(words), root="../"))


def _add_runs(app: FastAPI, host: Host) -> None:
    """What belongs to a run, found by its ids."""
    guarded: dict[str, Any] = {"methods": READ, "dependencies": [Depends(host.may_read_runs)]}

    @app.api_route("/runs/{dag_id}/{run_id}", **guarded)
    def show_run(dag_id: str, run_id: str) -> Response:
        return _shown(day.render(_settings(), host.day_of_run(dag_id, run_id), root="../../"))

    @app.api_route("/run-reports/{dag_id}/{run_id}", **guarded)
    def show_report(dag_id: str, run_id: str) -> Response:
        report = f"../../reports/{host.day_of_run(dag_id, run_id)}/index.html"
        return RedirectResponse(report, headers=HEADERS)


def _published(name: str) -> Response:
    """A published page, or a file to download."""
    path = published_file(_settings().published, name)
    if path is None:
        raise HTTPException(404, "Nothing of that name is published.")
    if path.suffix != ".html":
        return FileResponse(path, media_type="application/octet-stream", filename=path.name, headers=HEADERS)
    return FileResponse(path, media_type="text/html; charset=utf-8", headers=HEADERS)


def published_file(folder: Path, name: str) -> Path | None:
    """The published page of that name, the DuckDB file or a file of an edition; None for all else.

    Nothing outside the folder is published, nor what is hidden: an edition that is being made is none yet.
    """
    folder = folder.resolve()
    try:
        path = (folder / name).resolve()
        path = path / "index.html" if path.is_dir() else path
        within = path.relative_to(folder).parts if path.is_relative_to(folder) else (".",)
        is_hidden = any(part.startswith(".") for part in within)
        is_ours = path.suffix == ".html" or path == folder / swap.FILE or within[0] == shelf.FOLDER
        return path if is_ours and not is_hidden and path.is_file() else None
    except (OSError, ValueError):  # a name that no file can have
        return None


def _shown(page: str, status: int = 200) -> Response:
    return HTMLResponse(page, status, HEADERS)


def _settings() -> Settings:
    """Where all that is shown is at hand."""
    return mirror.shown(settings.load())


def _today(host: Host) -> date:
    return days.of(settings.load().instant(host.now()))


def _parsed(words: str) -> date:
    try:
        return days.parse(words)
    except days.NoDayError as error:
        raise HTTPException(404, "No calendar has that day.") from error


def _not_found(request: Request, error: Exception) -> Response:
    words = error.detail if isinstance(error, HTTPException) else "There is nothing here."
    return _shown(problem.render("Not found", words, _root(request)), 404)


def _unreadable(request: Request, error: Exception) -> Response:
    """What is damaged or wrongly set is said, and not as a bare error of the server."""
    return _shown(problem.render("This cannot be read", str(error), _root(request)), 503)


def _root(request: Request) -> str:
    """Where all pages are, for a page that may have been asked for at any depth."""
    return f"{request.scope.get('root_path', '')}/"
