"""Lemmas of verbatims: what is kept, in which order, and what is computed only once.

A stand-in for the French model cuts at spaces, and takes the lower case for the lemma.
"""

import re

import pandas as pd
import pyarrow as pa
import pytest

from verbatims import nlp
from verbatims.corrections import Corrections
from verbatims.errors import FileError
from verbatims.frames import ANSWERED, BLANK, EMPTY, LEMMAS
from verbatims.nlp.pipeline import SCHEMA

VERBATIMS = pd.DataFrame(
    [
        ("r2:q", "Mieux coordonner", ANSWERED),
        ("r1:q", "RAS", EMPTY),
        ("r3:q", "", BLANK),
        ("r4:q", "  agir   ensemble ", ANSWERED),
        ("r5:q", "Mieux coordonner", ANSWERED),
    ],
    columns=["verbatim_id", "text", "status"],
)


def split(texts, reader):
    words = [list(re.finditer(r"\S+", text)) for text in texts]
    read = [[reader.word(word[0], 0, False) for word in text] for text in words]
    columns = {
        "form": [[word[0] for word in text] for text in words],
        "lemma": [[word.lower() for word in text] for text in read],
        "pos": [["NOUN" for _ in text] for text in words],
        "start": [[word.start() for word in text] for text in words],
        "end": [[word.end() for word in text] for text in words],
        "repaired": [["" for _ in text] for text in words],
    }
    return pa.table(columns).cast(SCHEMA)


@pytest.fixture
def analysed(monkeypatch):
    """The texts given to the pipeline, chunk by chunk."""
    chunks = []

    def analyse(texts, reader, **_how):
        chunks.append(list(texts))
        return split(texts, reader)

    monkeypatch.setattr(nlp, "analyse", analyse)
    return chunks


def many(n):
    texts = [f"réponse {number}" for number in range(n)]
    ids = [f"r{number}:q" for number in range(n)]
    return pd.DataFrame({"verbatim_id": ids, "text": texts, "status": ANSWERED})


@pytest.mark.usefixtures("analysed")
def test_answered_verbatims_come_in_their_order_with_places_in_the_original_text(tmp_path):
    lemmas = nlp.lemmas(VERBATIMS, tmp_path)

    rows = lemmas[["verbatim_id", "position", "form", "lemma", "start", "end"]]
    assert rows.values.tolist() == [
        ["r2:q", 0, "Mieux", "mieux", 0, 5],
        ["r2:q", 1, "coordonner", "coordonner", 6, 16],
        ["r4:q", 0, "agir", "agir", 2, 6],
        ["r4:q", 1, "ensemble", "ensemble", 9, 17],
        ["r5:q", 0, "Mieux", "mieux", 0, 5],
        ["r5:q", 1, "coordonner", "coordonner", 6, 16],
    ]


@pytest.mark.usefixtures("analysed")
def test_the_frame_is_as_declared(tmp_path):
    lemmas = nlp.lemmas(VERBATIMS, tmp_path)

    pd.testing.assert_frame_equal(LEMMAS.check(lemmas), lemmas)
    assert list(lemmas["form"].cat.categories) == ["Mieux", "agir", "coordonner", "ensemble"]


def test_identical_texts_are_analysed_once(tmp_path, analysed):
    nlp.lemmas(VERBATIMS, tmp_path)

    assert analysed == [["Mieux coordonner", "  agir   ensemble "]]


def test_a_second_run_analyses_only_what_is_new_and_gives_the_same(tmp_path, analysed):
    first = nlp.lemmas(VERBATIMS.head(1), tmp_path)
    both = nlp.lemmas(VERBATIMS, tmp_path)
    again = nlp.lemmas(VERBATIMS, tmp_path)

    assert analysed == [["Mieux coordonner"], ["  agir   ensemble "]]
    pd.testing.assert_frame_equal(both, again)
    assert len(first) == 2


@pytest.mark.usefixtures("analysed")
def test_what_else_is_in_the_cache_leaves_no_trace_in_the_frame(tmp_path):
    nlp.lemmas(many(50), tmp_path / "full")
    after_others = nlp.lemmas(VERBATIMS, tmp_path / "full")
    alone = nlp.lemmas(VERBATIMS, tmp_path / "new")

    pd.testing.assert_frame_equal(after_others, alone)


def test_another_version_of_the_pipeline_starts_afresh(tmp_path, analysed, monkeypatch):
    nlp.lemmas(VERBATIMS, tmp_path)
    monkeypatch.setattr(nlp, "VERSION", "2")
    nlp.lemmas(VERBATIMS, tmp_path)

    assert len(analysed) == 2


def test_progress_counts_distinct_texts_chunk_by_chunk(tmp_path, analysed):
    seen = []
    nlp.lemmas(many(4_500), tmp_path, progress=lambda done, total: seen.append((done, total)))

    assert seen == [(0, 4_500), (2_000, 4_500), (4_000, 4_500), (4_500, 4_500)]
    assert [len(chunk) for chunk in analysed] == [2_000, 2_000, 500]


def test_long_texts_make_small_chunks(tmp_path, analysed):
    texts = [f"{number} " + "mot " * 150_000 for number in range(3)]
    verbatims = pd.DataFrame({"verbatim_id": list("abc"), "text": texts, "status": ANSWERED})
    nlp.lemmas(verbatims, tmp_path)

    assert [len(chunk) for chunk in analysed] == [2, 1]


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path, analysed):
    def interrupt(done, _total):
        if done == 2_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        nlp.lemmas(many(3_000), tmp_path, progress=interrupt)
    lemmas = nlp.lemmas(many(3_000), tmp_path)

    assert [len(chunk) for chunk in analysed] == [2_000, 1_000]
    assert lemmas["verbatim_id"].nunique() == 3_000


@pytest.mark.parametrize("damage", [b"", b"PAR1 not quite", None])
def test_a_damaged_part_is_computed_again(tmp_path, analysed, damage):
    nlp.lemmas(VERBATIMS, tmp_path)
    (part,) = tmp_path.rglob("*.parquet")
    whole = part.read_bytes()
    middle = len(whole) // 4
    part.write_bytes(
        whole[:middle] + b"\xff" * 40 + whole[middle + 40 :] if damage is None else damage
    )
    lemmas = nlp.lemmas(VERBATIMS, tmp_path)

    assert len(analysed) == 2
    assert len(lemmas) == 6
    assert part.read_bytes() == whole


def test_a_part_of_another_shape_is_computed_again(tmp_path, analysed):
    nlp.lemmas(VERBATIMS, tmp_path)
    (part,) = tmp_path.rglob("*.parquet")
    pd.DataFrame({"text": ["autre chose"]}).to_parquet(part)

    assert len(nlp.lemmas(VERBATIMS, tmp_path)) == 6
    assert len(analysed) == 2


def test_a_ruling_analyses_again_only_the_texts_that_hold_the_word(tmp_path, analysed):
    nlp.lemmas(VERBATIMS, tmp_path)
    ruled = Corrections(repairs={"ensemble": "mieux"})
    lemmas = nlp.lemmas(VERBATIMS, tmp_path, corrections=ruled)

    assert analysed[1:] == [["  agir   ensemble "]]
    assert lemmas["lemma"].tolist()[3] == "mieux"
    assert lemmas["form"].tolist()[3] == "ensemble"
    nlp.lemmas(VERBATIMS, tmp_path)
    assert len(analysed) == 2


def test_a_lemma_that_is_ruled_costs_no_analysis(tmp_path, analysed):
    nlp.lemmas(VERBATIMS, tmp_path)
    ruled = Corrections(
        lemmas={("mieux", ""): "bien", ("mieux", "VERB"): "non", ("agir", "NOUN"): "action"}
    )
    lemmas = nlp.lemmas(VERBATIMS, tmp_path, corrections=ruled)

    assert lemmas["lemma"].tolist() == [
        *("bien", "coordonner", "action", "ensemble", "bien", "coordonner")
    ]
    assert list(lemmas["lemma"].cat.categories) == ["action", "bien", "coordonner", "ensemble"]
    assert len(analysed) == 1


def test_a_first_look_is_kept_apart(tmp_path, analysed):
    nlp.lemmas(VERBATIMS, tmp_path, fast=True)
    nlp.lemmas(VERBATIMS, tmp_path)
    nlp.lemmas(VERBATIMS, tmp_path, fast=True)

    assert len(analysed) == 2


def test_words_that_french_does_not_have_are_unknown():
    assert nlp.unknown(["Réseau", "copil", "Décloisonnement"]) == {"copil"}


@pytest.mark.usefixtures("analysed")
def test_no_draft_is_left_in_the_cache(tmp_path):
    nlp.lemmas(VERBATIMS, tmp_path)

    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".parquet"]


@pytest.mark.usefixtures("analysed")
def test_a_cache_that_cannot_be_written_says_what_to_do(tmp_path):
    (tmp_path / "cache").write_text("a file where a folder should be")

    with pytest.raises(FileError, match=r"Impossible d'écrire dans .* place libre"):
        nlp.lemmas(VERBATIMS, tmp_path / "cache")


@pytest.mark.usefixtures("analysed")
def test_no_verbatim_and_texts_without_words_give_a_frame_too(tmp_path):
    spaces = VERBATIMS.assign(text="   ", status=ANSWERED)

    assert nlp.lemmas(VERBATIMS.head(0), tmp_path).empty
    assert nlp.lemmas(spaces, tmp_path).empty
    assert list(nlp.lemmas(spaces, tmp_path).columns) == list(LEMMAS.columns)
