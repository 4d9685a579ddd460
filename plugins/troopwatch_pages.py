"""The published pages inside Airflow: behind its login, under "Troopwatch" in the navigation, and nothing else."""

from pathlib import Path

from airflow.api_fastapi.core_api.security import get_user
from airflow.plugins_manager import AirflowPlugin
from fastapi import Depends, FastAPI, HTTPException
from fastapi.responses import FileResponse

# Airflow does not protect the apps of plugins by itself; and its session cookie can be read by scripts, so that a page
# made of text from the web must never run one under Airflow's origin.
app = FastAPI(dependencies=[Depends(get_user)], docs_url=None, redoc_url=None, openapi_url=None)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-downloads allow-popups allow-popups-to-escape-sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
PREFIX = "/troopwatch"
DATA = "troopwatch.duckdb"


def published_file(folder: Path, name: str) -> Path | None:
    """The published page of that name, or the DuckDB file; None for all else, and for anything outside the folder."""
    folder = folder.resolve()
    try:
        path = (folder / name).resolve()
        path = path / "index.html" if path.is_dir() else path
        is_ours = path.is_relative_to(folder) and (path.suffix == ".html" or path == folder / DATA)
        return path if is_ours and path.is_file() else None
    except (OSError, ValueError):  # a name that no file can have
        return None


@app.get("/{name:path}")
def page(name: str) -> FileResponse:
    """A published page, or the DuckDB file to download. 404 where there is none."""
    from troopwatch import settings  # noqa: PLC0415 - Airflow reads plugins in every process: keep that cheap

    path = published_file(settings.load().published, name)
    if path is None:
        raise HTTPException(404, "nothing of that name is published")
    if path.name == DATA:
        return FileResponse(path, media_type="application/octet-stream", filename=DATA, headers=HEADERS)
    return FileResponse(path, media_type="text/html; charset=utf-8", headers=HEADERS)


class TroopwatchPages(AirflowPlugin):
    """Registers the pages and their place in the navigation."""

    name = "troopwatch"
    fastapi_apps = [{"app": app, "url_prefix": PREFIX, "name": "Troopwatch"}]  # noqa: RUF012 - as Airflow declares it
    # Without a url_route it opens in a tab of its own: in Airflow's frames no link to an outlet can be followed.
    external_views = [  # noqa: RUF012 - as Airflow declares it
        {"name": "Troopwatch", "href": f"{PREFIX}/", "destination": "nav"}
    ]
