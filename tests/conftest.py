"""What all tests share: `--refresh` rewrites what is generated (schemas, golden files) instead of comparing it."""

import os

import hypothesis
import pytest

# A deadline is a clock in a test. Continuous integration runs the same examples each time, so that green stays green.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=os.environ.get("CI") == "true")
hypothesis.settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh", action="store_true", help="rewrite generated files; read the diff afterwards")


@pytest.fixture(scope="session")
def refresh(pytestconfig: pytest.Config) -> bool:
    """Whether to rewrite generated files."""
    return bool(pytestconfig.getoption("--refresh"))
