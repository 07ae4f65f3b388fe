"""What all tests share: `--refresh` rewrites what is generated (schemas, golden files) instead of comparing it."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh", action="store_true", help="rewrite generated files; read the diff afterwards")


@pytest.fixture(scope="session")
def refresh(pytestconfig: pytest.Config) -> bool:
    """Whether to rewrite generated files."""
    return bool(pytestconfig.getoption("--refresh"))
