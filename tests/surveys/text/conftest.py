"""Fixtures for text."""

import pytest

from surveys.text.themes_measure import set_aside
from surveys.text.themes_model import ThemeModel, train


@pytest.fixture(scope="session")
def model() -> ThemeModel:
    """Learned from everything but the third that is held out."""
    return train(set_aside()[0])
