"""Asks the web about links: politely, never inside a private network, and not twice for the same address.

    addresses ─► cache ─► by host ─► 8 threads ─► hops ─► guard ─► one request ─► Visit
                   ▲                                                                │
                   └───────────────── a day, or an hour ◄───────────────────────────┘

Nothing here raises: whatever a server or a network does, each address has its `Visit`. One of which nothing is known
says neither status nor fault.
"""

from composer.crawler.asking import Asker
from composer.crawler.crowd import Crawler
from composer.crawler.guard import Guard
from composer.crawler.pace import Pace

__all__ = ["Asker", "Crawler", "Guard", "Pace"]
