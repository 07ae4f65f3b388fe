"""Issues, items and newsletters for tests, built as models: no YAML, no folder."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from composer.edition import Edition, merge
from composer.issue import Issue, Item, Publication, ToolLine
from composer.settings import Newsletter
from composer.source import Loaded, Places, load
from composer.standing import Block, Contact, NetworkGroup, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from composer.edition import Entry
    from composer.errors import Finding

FIRST_FRIDAY = date(2025, 1, 3)
NOTHING = Places("nothing.yaml", b"")


def newsletter(**settings: object) -> Newsletter:
    sender = {"name": "The editor", "email": "editor@example.org"}
    base = {"name": "Update", "organisation": "Example", "address": "1 High Street", "sender": sender}
    return Newsletter.model_validate(base | settings)


def friday(number: int) -> date:
    """The date of issue `number` of a weekly whose number 1 went out on 3 January 2025."""
    return FIRST_FRIDAY + timedelta(weeks=number - 1)


def item(title: str, **values: object) -> Item:
    return Item.model_validate({"title": title} | values)


def publication(url: str, day: date = FIRST_FRIDAY, **values: object) -> Publication:
    return Publication.model_validate({"by": "DfE", "title": f"About {url}", "url": url, "date": day} | values)


def tool(url: str, day: date = FIRST_FRIDAY, **values: object) -> ToolLine:
    return ToolLine.model_validate({"by": "NFER", "title": f"About {url}", "url": url, "date": day} | values)


def issue(number: int, *items: Item, **values: object) -> Loaded[Issue]:
    value = Issue.model_validate({"number": number, "date": friday(number), "updates": items} | values)
    return Loaded(value, Places(f"issues/{number}.yaml", b""))


def typed(number: int, text: str) -> Loaded[Issue]:
    """An issue as an editor types it, so that places are real."""
    raw = f"number: {number}\ndate: {friday(number)}\n{text}".encode()
    loaded: Loaded[Issue] = load(Issue, raw, f"issues/{number}.yaml")
    assert loaded.value is not None, loaded.findings
    return loaded


def standing(
    contacts: tuple[Contact, ...] = (), networks: tuple[NetworkGroup, ...] = (), blocks: tuple[Block, ...] = ()
) -> Standing:
    return Standing(contacts, networks, blocks, NOTHING, NOTHING, NOTHING)


def merged(*issues: Loaded[Issue], **settings: object) -> tuple[Edition, tuple[Finding, ...]]:
    """The last of the issues, given oldest first, merged with the others."""
    *earlier, last = issues
    return merge(last, earlier[::-1], standing(), newsletter(**settings))


def edition(*issues: Loaded[Issue], **settings: object) -> Edition:
    """As `merged`, where nothing is wrong."""
    result, findings = merged(*issues, **settings)
    assert findings == ()
    return result


def keys(entries: Iterable[Entry]) -> list[str]:
    return [entry.key for entry in entries]
