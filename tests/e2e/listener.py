"""A StatsD server on loopback: it keeps the names of the metrics that Airflow tells it of."""

import re
import socket
import threading
from types import TracebackType
from typing import Self

METRIC = re.compile(rb"^airflow\.([^:,]+)(,[^:]*)?:[^|]+\|(c|g|ms)(\|@[\d.]+)?$")
"""As `airflow.ti.finish,dag_id=troopwatch_daily:1|c`: prefix, name, tags as InfluxDB has them, value, kind, and the
share that is told where not all is."""


class Listener:
    """Listens while it is entered; `heard` are the names of metrics, `strange` the lines that are none."""

    def __init__(self) -> None:
        self.heard: set[str] = set()
        self.strange: list[bytes] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._listen)

    @property
    def settings(self) -> dict[str, str]:
        """What docs/operations.md says to set."""
        port = self._socket.getsockname()[1]
        return {
            "AIRFLOW__METRICS__STATSD_ON": "True",
            "AIRFLOW__METRICS__STATSD_HOST": "127.0.0.1",
            "AIRFLOW__METRICS__STATSD_PORT": str(port),
            "AIRFLOW__METRICS__STATSD_INFLUXDB_ENABLED": "True",
            "AIRFLOW__METRICS__LEGACY_NAMES_ON": "False",
        }

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._socket.sendto(b"", self._socket.getsockname())  # an empty datagram ends it
        self._thread.join()
        self._socket.close()

    def _listen(self) -> None:
        while told := self._socket.recv(65535):
            for line in told.splitlines():
                if found := METRIC.match(line):
                    self.heard.add(found[1].decode())
                else:
                    self.strange.append(line)
