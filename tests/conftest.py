"""Fixtures shared by all tests, and how hypothesis behaves on a busy machine."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import settings
from numpy.typing import NDArray

from verbatims import frames, importers, nlp, questionnaire
from verbatims.model import Raw

settings.register_profile("steady", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("steady")


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Studies that need no French model: each word is its own lemma, a verb, and means nothing."""
    monkeypatch.setattr(nlp, "lemmas", _split_on_spaces)
    monkeypatch.setattr(nlp, "vectors", _mean_nothing)


def _mean_nothing(words: Sequence[str], cache: Path) -> NDArray[np.float32]:  # noqa: ARG001
    return np.zeros((len(words), 2), dtype=np.float32)


def _split_on_spaces(verbatims: pd.DataFrame, _cache: Path, **_: object) -> pd.DataFrame:
    rows = []
    answered = verbatims[verbatims["status"] == frames.ANSWERED]
    for verbatim_id, text in zip(answered["verbatim_id"], answered["text"], strict=True):
        end = 0
        for position, word in enumerate(text.split()):
            start = text.index(word, end)
            end = start + len(word)
            rows.append((verbatim_id, position, word, word.lower(), "VERB", start, end, ""))
    return frames.LEMMAS.check(pd.DataFrame(rows, columns=list(frames.LEMMAS.columns)))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data kept beside the project; tests that need it skip without it."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("les données réelles (../shared) ne sont pas sur cette machine")
    return folder


@pytest.fixture(scope="session")
def rouen(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Raw, Path]:
    """A real survey of 4,253 people, and its questionnaire: the draft, corrected."""
    raw = importers.read(shared / "data" / "survey" / "fub_velo2025_rouen.csv")
    asked = json.loads(
        (shared / "data" / "survey" / "fub_velo2025_questions.json").read_text("utf-8")
    )
    path = tmp_path_factory.mktemp("rouen") / "questionnaire.yaml"
    drafted = questionnaire.draft(raw, title="Baromètre vélo 2025, métropole de Rouen")
    blocks = [_corrected(block, asked) for block in drafted.split("\n\n")]
    path.write_text("\n\n".join(blocks), encoding="utf-8")
    return raw, path


_NOT_ANSWERS = {"commentaires", "insee", "q2", "q65", "score"}
_NOT_ANSWERS |= {"ressenti", "securite", "confort", "efforts", "services"}
_RIDERS = {f"q{number}" for number in (*range(7, 38), *range(39, 49))}
_RIDES = "Tous les jours ou presque,1 à 3 fois par semaine,1 à 3 fois par mois,1 à 3 fois par an"


def _corrected(block: str, asked: dict[str, dict]) -> str:
    """What an analyst would put right: texts, labels of scales, filters, columns to leave out."""
    found = re.search(r"- id: (\w+)", block)
    if found is None:
        return block
    name = found[1]
    if name in _NOT_ANSWERS:
        return f"  - {{id: {name}, kind: ignore, column: {name}}}"
    block = re.sub(r"  # À VÉRIFIER.*\n", "", block)
    if name in asked and "kind: ignore" not in block:
        text = json.dumps(asked[name]["question"], ensure_ascii=False)
        block = re.sub(r"(    kind: \w+\n)", rf"\1    text: {text}\n", block)
        for value, label in asked[name].get("answer", {}).items():
            if label:
                block = block.replace(f"      {value}: {value}", f'      {value}: "{label}"')
    if name in _RIDERS:
        block += f"\n    asked_if: {{q6: [{_RIDES}]}}"
    return block
