"""A server of many small outlets on loopback, for the scrape benchmark: prints its port, serves until it is killed.

Its argument is the pause that they ask for, in seconds.
"""

import asyncio
import sys

PAGES = 20
BODY = b"<p>The ferry to the northern islands was late again, and nobody on the quay seemed surprised.</p>" * 200


def answer(host: str, path: str) -> tuple[int, bytes]:
    """A feed of 20 links for each host, the pages behind them, and a robots.txt with a pause."""
    if path == "/robots.txt":
        return 200, f"User-agent: *\nCrawl-delay: {sys.argv[1]}\n".encode()
    if path == "/feed.xml":
        item = "<item><title>n</title><link>http://{0}/page/{1}</link><pubDate>{2}</pubDate></item>"
        items = "".join(item.format(host, n, "Tue, 01 Mar 2022 10:00:00 GMT") for n in range(PAGES))
        return 200, f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()
    return (200, b"<html><body><article>" + BODY + b"</article></body></html>") if "/page/" in path else (404, b"")


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one connection until the other side closes it."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            lines = head.decode("latin-1").split("\r\n")
            host = next((w.partition(":")[2].strip() for w in lines if w.lower().startswith("host:")), "")
            status, body = answer(host, lines[0].split(" ")[1])
            writer.write(
                b"HTTP/1.1 %d OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
            )
            writer.write(body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main() -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=512)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
