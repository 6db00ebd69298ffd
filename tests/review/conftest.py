"""Logs of decisions, written as short rows."""

import pandas as pd
import pytest

from verbatims import frames


@pytest.fixture(scope="session")
def log():
    """A log from rows (gesture, coder, verbatim, theme, value), in the order they were made."""

    def made(*rows, codebook=""):
        columns = ["gesture", "coder", "verbatim_id", "theme", "value"]
        frame = pd.DataFrame(rows, columns=columns).astype(object)
        frame = frame.assign(number=range(1, len(rows) + 1), codebook=codebook)
        return frames.DECISIONS.check(frame.assign(queue="", made_at=""))

    return made


@pytest.fixture(scope="session")
def reading(log):
    """A log of readings by Anne, one gesture each, from (verbatim, themes present)."""

    def made(*answers, codebook=""):
        rows = [
            (f"g{n}", "Anne", verbatim_id, theme, value)
            for n, (verbatim_id, present) in enumerate(answers)
            for theme, value in [*((theme, "present") for theme in present), ("", "read")]
        ]
        return log(*rows, codebook=codebook)

    return made
