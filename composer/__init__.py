"""Composer: one YAML file a week becomes an email that arrives.

    source ─► issue ─┐
    standing ────────┼─► edition ─► render ─► message ─► delivery ─► courier ─► SMTP server
    earlier issues ──┘                 ▲          ▲          │
                                   templates   audience    ledger ─► report

What each room does, and which may import which, is in `docs/architecture.md`.
"""

__version__ = "0.1.0"
