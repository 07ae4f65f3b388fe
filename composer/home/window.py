"""Which earlier issues can matter to an issue, so that a thousand old ones cost nothing."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composer.issue import Issue
    from composer.settings import Newsletter
    from composer.source import Loaded


def inside_window(issue: Issue, earlier: Iterable[Loaded[Issue]], newsletter: Newsletter) -> tuple[Loaded[Issue], ...]:
    """The part of `earlier` (newest first, taken one by one and no further than needed) that can matter to `issue`.

    Reminders reach `reminders.horizon` issues back; the reading list goes on from there while issues are not older
    than `tools.weeks`. An issue that cannot be read has no date: inside the horizon it counts as an issue, past it it
    is the last one taken, so that its mistakes are seen.
    """
    oldest = issue.date - timedelta(weeks=newsletter.tools.weeks)
    nearest = iter(earlier)
    window = list(islice(nearest, newsletter.reminders.horizon))
    while window and (last := window[-1].value) is not None and last.date >= oldest:
        further = next(nearest, None)
        if further is None or (further.value is not None and further.value.date < oldest):
            break
        window.append(further)
    return tuple(window)
