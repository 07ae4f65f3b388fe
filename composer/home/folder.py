"""`Home`: the folder that holds `newsletter.yaml`, and everything that is read from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from composer.errors import Finding, Level, Place, UsageError
from composer.home.cache import FileCache
from composer.home.pictures import IMAGES, read_picture
from composer.home.standing import StandingFiles, read_standing
from composer.home.window import inside_window
from composer.issue import Issue
from composer.settings import Newsletter
from composer.source import Places
from composer.source.files import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from composer.source import Loaded

T = TypeVar("T")

SETTINGS = "newsletter.yaml"

_ISSUE = re.compile(r"([1-9]\d*)\.yaml", re.ASCII)
_MEANT_AS_ISSUE = re.compile(r"0*([1-9]\d*)\.ya?ml", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Home:
    """The newsletter's folder. Places in it are told from `root`, with forward slashes."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> Home:
        """The nearest folder from `start` upwards that holds `newsletter.yaml`. Raises `UsageError`."""
        start = start.resolve()
        for folder in (start, *start.parents):
            if (folder / SETTINGS).is_file():
                return cls(folder)
        raise UsageError(
            f"no {SETTINGS} in {start.as_posix()} or any folder above it; "
            "go to a newsletter's folder, name it with --home DIR, or start one with `composer init DIR`"
        )

    @property
    def issues(self) -> Path:
        """Where the issues are, one file each."""
        return self.root / "issues"

    @property
    def templates(self) -> Path:
        """Where the newsletter's own templates are."""
        return self.root / "templates"

    @property
    def recipients(self) -> Path:
        """Where the mailing lists and segments.yaml are."""
        return self.root / "recipients"

    @property
    def state(self) -> Path:
        """Where the ledger, the signing key and the cache are."""
        return self.root / "state"

    @property
    def out(self) -> Path:
        """Where builds go unless told otherwise."""
        return self.root / "out"

    def numbers(self) -> tuple[int, ...]:
        """The numbers of all issues, smallest first."""
        return tuple(sorted(int(match[1]) for name in self._issue_names() if (match := _ISSUE.fullmatch(name))))

    def newest(self) -> int | None:
        """The largest number, if there is any issue."""
        return max(self.numbers(), default=None)

    def misnamed(self) -> tuple[Finding, ...]:
        """The files beside the issues whose names look like an issue's and are not read: `653.yml`, `0653.yaml`."""
        findings = []
        for name in sorted(self._issue_names()):
            match = _MEANT_AS_ISSUE.fullmatch(name)
            if match and not _ISSUE.fullmatch(name):
                message = "this file is not read: an issue's name is its number and .yaml"
                place = Place(f"issues/{name}")
                findings.append(Finding(place, Level.ERROR, "file-name", message, f"rename it to {match[1]}.yaml"))
        return tuple(findings)

    def newsletter(self) -> Loaded[Newsletter]:
        """The newsletter's settings."""
        if self.root.is_file():
            raise UsageError(f"{self.root.as_posix()} is a file; --home takes the folder")
        if not (self.root / SETTINGS).exists():
            raise UsageError(f"{self.root.as_posix()} holds no {SETTINGS}; `composer init DIR` starts a newsletter")
        return self._load(Newsletter, SETTINGS)

    def newsletter_at(self) -> Places:
        """Where the settings stand, for a finding about one of them; parsed only when asked."""
        return Places(SETTINGS, read(self.root, SETTINGS))

    def issue(self, number: int) -> Loaded[Issue]:
        """Issue `number`. Raises `UsageError` when there is none."""
        path = f"issues/{number}.yaml"
        numbers = self.numbers()
        if number not in numbers:
            raise UsageError(f"{path} does not exist; {_nearest(number, numbers)}")
        return _numbered(self._load(Issue, path), number)

    def window(self, issue: Issue, newsletter: Newsletter) -> tuple[Loaded[Issue], ...]:
        """The earlier issues that can matter to `issue`, newest first; only their files are opened."""
        window = inside_window(issue, self._before(issue.number), newsletter)
        self._cache.save()
        return window

    def standing(self) -> StandingFiles:
        """Contacts, networks and standing texts."""
        standing = read_standing(self.root, self._cache.load)
        self._cache.save()
        return standing

    def picture(self, file: str) -> bytes:
        """The picture `file` of `issues/standing/images/`. Raises `PictureError`."""
        return read_picture(self.root / IMAGES, file)

    def _issue_names(self) -> list[str]:
        return [path.name for path in self.issues.iterdir()] if self.issues.is_dir() else []

    def _before(self, number: int) -> Iterator[Loaded[Issue]]:
        for earlier in reversed(self.numbers()):
            if earlier < number:
                path = f"issues/{earlier}.yaml"
                yield _numbered(self._cache.load(Issue, read(self.root, path), path), earlier)

    @cached_property
    def _cache(self) -> FileCache:
        return FileCache.opened(self.state / "cache")

    def _load(self, kind: type[T], path: str) -> Loaded[T]:
        loaded: Loaded[T] = self._cache.load(kind, read(self.root, path), path)
        self._cache.save()
        return loaded


def _numbered(loaded: Loaded[Issue], number: int) -> Loaded[Issue]:
    """The issue under the number of its file name, which is the one that counts."""
    if loaded.value is None or loaded.value.number == number:
        return loaded
    message = f"{loaded.value.number} does not match the file name"
    finding = Finding(loaded.places.at("number"), Level.ERROR, "number", message, f"write {number} or rename the file")
    value = loaded.value.model_copy(update={"number": number})
    return replace(loaded, value=value, findings=tuple(sorted((*loaded.findings, finding))))


def _nearest(number: int, numbers: tuple[int, ...]) -> str:
    """What there is instead of the number asked for."""
    if not numbers:
        return "there are no issues yet; `composer new` starts one"
    nearest = sorted(sorted(numbers, key=lambda other: abs(other - number))[:3])
    *others, last = map(str, nearest)
    return f"the nearest are {', '.join(others)} and {last}" if others else f"the only one is {last}"
