"""The newsletter's own settings: `newsletter.yaml` and the environment → one frozen `Settings`, handed down.

Secrets come from the environment alone (`COMPOSER_SMTP_PASSWORD`, `COMPOSER_KEY`); they have no place in a file.
"""

from composer.settings.description import Effective, Origin, describe
from composer.settings.environment import VARIABLES, Settings, with_environment
from composer.settings.newsletter import (
    Checks,
    Limits,
    Newsletter,
    Pictures,
    ReminderSettings,
    Section,
    Sender,
    ToolSettings,
    Unsubscribe,
    Weekday,
)
from composer.settings.sending import LOOPBACK, Dkim, Guards, Security, Smtp, Timeouts

__all__ = [
    "LOOPBACK",
    "VARIABLES",
    "Checks",
    "Dkim",
    "Effective",
    "Guards",
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
    "Timeouts",
    "ToolSettings",
    "Unsubscribe",
    "Weekday",
    "describe",
    "with_environment",
]
