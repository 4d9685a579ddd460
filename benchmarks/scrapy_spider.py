"""The same scrape by Scrapy, which benchmarks/scrape.py runs in a venv of its own: PORT HOSTS PAUSE OUT."""

import json
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer

PORT, HOSTS, PAUSE, OUT = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])


class Loopback(CachingThreadedResolver):
    """Every name is this machine."""

    def getHostByName(self, _name: str, _timeout: object = None) -> Any:  # noqa: N802 - the name is Twisted's
        return defer.succeed("127.0.0.1")


class Feeds(scrapy.Spider):
    name = "feeds"

    async def start(self) -> AsyncIterator[Any]:
        for n in range(HOSTS):
            yield scrapy.Request(f"http://h{n:03}.example:{PORT}/feed.xml")

    def parse(self, response: Any) -> Iterator[Any]:
        for link in scrapy.Selector(text=response.text, type="xml").xpath("//item/link/text()").getall():
            yield scrapy.Request(link, callback=self.page)

    def page(self, response: Any) -> Iterator[Any]:
        yield {"url": response.url, "status": response.status, "body": response.text}


crawler = CrawlerProcess(
    {
        "DNS_RESOLVER": Loopback,
        "ROBOTSTXT_OBEY": True,
        "DOWNLOAD_DELAY": PAUSE,
        "RANDOMIZE_DOWNLOAD_DELAY": False,
        "CONCURRENT_REQUESTS": HOSTS,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "FEEDS": {str(OUT): {"format": "jsonlines", "overwrite": True}},
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
    }
)
crawler.crawl(Feeds)
crawler.start()
sys.stdout.write(json.dumps({"pages": sum(1 for _ in OUT.open())}) + "\n")
