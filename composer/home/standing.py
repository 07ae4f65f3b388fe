"""The three standing files, read together and checked against each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from composer.errors import Finding, Level, did_you_mean
from composer.source import Loaded, Places
from composer.source.files import read
from composer.standing import Block, Contact, NetworkGroup, Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class StandingFiles:
    """The standing part of every issue, and everything found wrong with its files.

    A file that is missing, or that cannot be read for its mistakes, gives nothing.
    """

    value: Standing
    findings: tuple[Finding, ...]
    knows_contacts: bool = True
    """Whether contacts.yaml could be read, so that a contact it does not give does not exist."""

    def can_tell(self, finding: Finding) -> bool:
        """Whether a finding is true: a contacts.yaml that cannot be read makes every contact look unknown."""
        return finding.code != "contact" or self.knows_contacts


def read_standing(root: Path, load: Callable[[Any, bytes, str], Loaded[Any]]) -> StandingFiles:
    """The standing files under a newsletter's folder. Raises `ComposerError` for one that cannot be opened.

    `load` is `composer.source.load` or what stands for it.
    """

    def file(name: str, kind: object) -> Loaded[Any]:
        path = f"issues/standing/{name}.yaml"
        return load(kind, read(root, path), path) if (root / path).exists() else Loaded((), Places(path, b""))

    contacts = file("contacts", tuple[Contact, ...])
    networks = file("networks", tuple[NetworkGroup, ...])
    blocks = file("blocks", tuple[Block, ...])
    standing = Standing(
        contacts.value or (),
        networks.value or (),
        blocks.value or (),
        contacts.places,
        networks.places,
        blocks.places,
    )
    findings = {*contacts.findings, *networks.findings, *blocks.findings, *_same_ids(standing)}
    if contacts.value is not None:
        findings.update(_unknown_contacts(standing))
    return StandingFiles(standing, tuple(sorted(findings)), knows_contacts=contacts.value is not None)


def _same_ids(standing: Standing) -> Iterator[Finding]:
    first: dict[str, int] = {}
    places = standing.contacts_at
    for index, contact in enumerate(standing.contacts):
        if first.setdefault(contact.id, index) != index:
            line = places.at(first[contact.id], "id").line
            message = f"{contact.id!r} is already the contact of line {line}"
            yield Finding(places.at(index, "id"), Level.ERROR, "same-id", message, "give one of the two another id")


def _unknown_contacts(standing: Standing) -> Iterator[Finding]:
    ids = [contact.id for contact in standing.contacts]
    for at, group in enumerate(standing.networks):
        for index, network in enumerate(group.networks):
            if network.contact and network.contact not in ids:
                place = standing.networks_at.at(at, "networks", index, "contact")
                message = f"{network.contact!r} is not in contacts.yaml"
                yield Finding(place, Level.ERROR, "contact", message, did_you_mean(network.contact, ids))
