"""The newsletter's own settings: `newsletter.yaml` and the environment → one frozen `Settings`, handed down.

Secrets come from the environment alone (`COMPOSER_SMTP_PASSWORD`, `COMPOSER_KEY`); they have no place in a file.
"""

from composer.settings.description import Effective, Origin, describe
from composer.settings.environment import VARIABLES, Settings, with_environment
from composer.settings.newsletter import (
    LOOPBACK,
    Limits,
    Newsletter,
    Pictures,
    ReminderSettings,
    Section,
    Security,
    Sender,
    Smtp,
    ToolSettings,
    Unsubscribe,
    Weekday,
)

__all__ = [
    "LOOPBACK",
    "VARIABLES",
    "Effective",
    "Limits",
    "Newsletter",
    "Origin",
    "Pictures",
    "ReminderSettings",
    "Section",
    "Security",
    "Sender",
    "Settings",
    "Smtp",
    "ToolSettings",
    "Unsubscribe",
    "Weekday",
    "describe",
    "with_environment",
]
