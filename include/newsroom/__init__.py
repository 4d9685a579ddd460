"""The demo newsroom: invented outlets, served over HTTP as the world stood at the instant a clock gives.

with newsroom.serve(lambda: datetime(2024, 11, 1, 12, tzinfo=UTC)) as running:
print(running.port, running.hosts)
"""

from newsroom.server import PortInUseError, Serving, serve
from newsroom.site import Answer, Clock, Newsroom, Visit

__all__ = ["Answer", "Clock", "Newsroom", "PortInUseError", "Serving", "Visit", "serve"]
