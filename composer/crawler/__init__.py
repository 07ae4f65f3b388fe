"""Asks the web about links: politely, never inside a private network, and not twice for the same address."""
