"""Where the sample newsletter is at home."""

from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
