"""Fixtures shared by all tests, and how hypothesis behaves on a busy machine."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("steady", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data kept beside the project; tests that need it skip without it."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("les données réelles (../shared) ne sont pas sur cette machine")
    return folder
