"""A long typical verbatim is shown by the idea that says what its class says."""

import pandas as pd

from verbatims.clustering import extracts
from verbatims.frames import CLUSTER_WORDS, CLUSTERS, IDEAS, LEMMAS
from verbatims.model import Clustering

LONG = "il faut voir " * 20 + "; des pistes cyclables ; et des bus"
IDEA = LONG.index("des pistes"), LONG.index(" ; et")


def lemmas(**texts: str) -> pd.DataFrame:
    """LEMMAS of texts by verbatim; every word is a noun, its own lemma."""
    rows = []
    for verbatim_id, text in texts.items():
        end = 0
        for position, word in enumerate(text.split()):
            start = text.index(word, end)
            end = start + len(word)
            rows.append((verbatim_id, position, word, word, "NOUN", start, end, ""))
    return LEMMAS.check(pd.DataFrame(rows, columns=list(LEMMAS.columns)))


def clustering(*typical: str) -> Clustering:
    words = [(1, "pistes", 9.0), (1, "cyclables", 4.0), (1, "bus", 2.0), (2, "il", 50.0)]
    ranked = [(1, rank, name) for rank, name in enumerate(typical, start=1)]
    return Clustering(
        "tfidf",
        CLUSTERS.empty(),
        CLUSTER_WORDS.check(pd.DataFrame(words, columns=list(CLUSTER_WORDS.columns))),
        pd.DataFrame(ranked, columns=["cluster", "rank", "verbatim_id"]),
        "",
    )


IDEAS_OF_LONG = IDEAS.check(
    pd.DataFrame(
        [("v1", 0, 60), ("v1", *IDEA), ("v1", IDEA[1] + 3, len(LONG))], columns=list(IDEAS.columns)
    )
)


def test_the_idea_with_most_of_the_words_of_the_class_is_shown():
    (shown,) = extracts(clustering("v1"), lemmas(v1=LONG), IDEAS_OF_LONG).to_dict("records")

    assert LONG[shown["start"] : shown["end"]] == "des pistes cyclables"


def test_a_short_verbatim_is_shown_whole():
    (shown,) = extracts(clustering("v2"), lemmas(v2="des pistes ; des bus"), IDEAS_OF_LONG).values

    assert shown.tolist() == [1, 1, "v2", -1, -1]


def test_no_class_gives_no_extract():
    made = extracts(clustering(), LEMMAS.empty(), IDEAS.empty())

    assert made.empty
    assert list(made.columns) == ["cluster", "rank", "verbatim_id", "start", "end"]


def test_a_class_without_any_word_of_its_own_shows_its_first_idea():
    made = clustering("v1")
    (shown,) = extracts(
        Clustering(made.method, made.clusters, CLUSTER_WORDS.empty(), made.typical, ""),
        lemmas(v1=LONG),
        IDEAS_OF_LONG,
    ).to_dict("records")

    assert (shown["start"], shown["end"]) == (0, 60)
