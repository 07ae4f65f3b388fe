"""Rules that look at an issue from every side before anyone else sees it.

    issue, edition, texts, links, email, sample message, audience ─► Sheet ─► rules ─► remarks
                                                                                         │ levels of newsletter.yaml
                              what the editor reads ◄── findings ◄── `# allow` comments ◄┘

A rule is one file of one of the packages below: its docstring is its manual page, `LEVEL` how bad it is, and `check`
yields a `Remark` for everything it finds. It is discovered; its code is its file name. No rule reads the clock, the
network or a file: the issue's date rules. What several rules share is in `reading`, which holds none.
"""

from composer.checks.hyperlinks import Hyperlink
from composer.checks.judging import judge
from composer.checks.passages import Passage, Source
from composer.checks.rule import Group, Remark, Rule, rule, rules
from composer.checks.sheet import LastMailing, Sheet
from composer.checks.visits import Visit, Web

__all__ = [
    "Group",
    "Hyperlink",
    "LastMailing",
    "Passage",
    "Remark",
    "Rule",
    "Sheet",
    "Source",
    "Visit",
    "Web",
    "judge",
    "rule",
    "rules",
]
