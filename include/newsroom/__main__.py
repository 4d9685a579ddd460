"""`python -m newsroom --port 8700 --now 2024-11-01T12:00:00Z`: the demo newsroom in the foreground."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from datetime import UTC, datetime

from newsroom.content import outlets
from newsroom.server import LOOPBACK, PortInUseError, open_server

DEFAULT_PORT = 8700
DEFAULT_NOW = "2024-11-05T00:00:00Z"


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        server = open_server(lambda: options.now, options.port)
    except PortInUseError as problem:
        sys.stderr.write(f"newsroom: {problem}\n")
        return 1
    sys.stdout.write(_how_to_look(server.server_address[1], options.now))
    sys.stdout.flush()
    with server, suppress(KeyboardInterrupt):
        server.serve_forever()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m newsroom", description="Serves the demo newsroom on loopback.")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="0 picks a free one (default: %(default)s)")
    parser.add_argument(
        "--now",
        type=_instant,
        default=_instant(DEFAULT_NOW),
        metavar="INSTANT",
        help=f"the instant to show the world at (default: {DEFAULT_NOW})",
    )
    return parser


def _instant(text: str) -> datetime:
    """An instant without an offset is taken as UTC."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO instant such as {DEFAULT_NOW}") from problem
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _how_to_look(port: int, now: datetime) -> str:
    lines = [f"The demo newsroom listens on {LOOPBACK}:{port} and shows {now.isoformat()}. Stop it with Ctrl-C."]
    lines += [f"  {outlet.title}: {outlet.url(outlet.feed or outlet.sitemap or '/')}" for outlet in outlets()]
    host = outlets()[0].host
    lines.append(f"Look at a front page with: curl -H 'Host: {host}' http://{LOOPBACK}:{port}/")
    lines.append(f"or in a browser: chromium --host-resolver-rules='MAP *.example {LOOPBACK}:{port}' http://{host}/")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
