from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composer.report import Summary, summarise
from tests.report.ledgers import DEEDS, FEW, opened, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "ledger.db"


@pytest.fixture
def summary(path: Path) -> Iterator[Summary]:
    """Eight people, each of whom stands somewhere else but two."""
    write(path, FEW, log=DEEDS)
    with opened(path) as ledger:
        found = summarise(ledger, 653)
        assert found is not None
        yield found
