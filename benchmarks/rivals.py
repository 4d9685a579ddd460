"""Texts of saved pages by another extractor: `python rivals.py NAME FOLDER`, run by benchmarks/normalize.py.

Prints {"seconds": of extraction alone, "bodies": {page: text}}. Knows nothing of troopwatch: it runs in the rivals'
own environment.
"""

import gzip
import json
import logging
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import process_time


def newspaper4k() -> Callable[[str], str | None]:
    newspaper = import_module("newspaper")

    def extract(html: str) -> str | None:
        article = newspaper.Article("http://page.example/", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return str(article.text)

    return extract


def news_please() -> Callable[[str], str | None]:
    reader = import_module("newsplease").NewsPlease
    return lambda html: reader.from_html(html, url="http://page.example/", fetch_images=False).maintext


def main() -> None:
    logging.disable()
    extract, folder = {"newspaper4k": newspaper4k, "news-please": news_please}[sys.argv[1]](), Path(sys.argv[2])
    pages = {path.name.split(".")[0]: gzip.decompress(path.read_bytes()).decode() for path in folder.iterdir()}
    extract(next(iter(pages.values())))
    began, bodies = process_time(), {}
    for name, html in pages.items():
        try:
            bodies[name] = extract(html) or ""
        except Exception:
            bodies[name] = ""  # what it trips over it has not read
    print(json.dumps({"seconds": process_time() - began, "bodies": bodies}))  # noqa: T201 - it is what it is run for


if __name__ == "__main__":
    main()
