"""Beginnings: a newsletter of one's own, and the file of the next issue, as commented text.

`newsletter/` and `issue.yaml` beside this file are what gets written. A word between « and » stands for what is only
known on the day.
"""

from composer.scaffold.beginning import start
from composer.scaffold.following import new_issue

__all__ = ["new_issue", "start"]
