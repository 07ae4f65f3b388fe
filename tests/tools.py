"""Programs that some tests need and a user's machine may lack."""

import os
import shutil

import pytest


def needs(program: str) -> None:
    """Skip the test where `program` is missing; under continuous integration a missing program is a failure."""
    if shutil.which(program) is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing(f"{program} is not on this machine")
