"""Measurements: `compose.py` of composing, `send.py` of sending. Run by `make bench`."""
