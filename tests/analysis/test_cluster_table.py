import pandas as pd

from verbatims.analysis import clusters
from verbatims.model import Clustering

VERBATIMS = pd.DataFrame(
    [
        *((f"v{i}", f"r{i}", "attentes", f"texte {i}", "answered") for i in range(1, 9)),
        ("v9", "r9", "attentes", "RAS", "empty"),
    ],
    columns=["verbatim_id", "respondent_id", "question", "text", "status"],
)
CLUSTERING = Clustering(
    method="tfidf",
    clusters=pd.DataFrame(
        [("v1", 0), ("v2", 0), ("v3", 1), ("v4", 1), ("v5", 1), ("v6", 1), ("v7", -1)],
        columns=["verbatim_id", "cluster"],
    ),
    words=pd.DataFrame(
        [(0, "réseau", 9.0), (0, "lien", 12.0), (0, "état", 12.0), (1, "moyen", 5.0), (1, "y", -4)],
        columns=["cluster", "lemma", "chi2"],
    ),
    typical=pd.DataFrame(
        [(0, 2, "v1", -1, -1), (0, 1, "v2", -1, -1), (1, 1, "v5", 0, 5)],
        columns=["cluster", "rank", "verbatim_id", "start", "end"],
    ),
    note="",
)


def tags(*pairs):
    return pd.DataFrame(pairs, columns=["verbatim_id", "theme"])


def test_classes_come_by_size_and_the_unclustered_close_the_list():
    table = clusters(CLUSTERING, tags(), VERBATIMS)
    assert table["cluster"].tolist() == [1, 0, -1]
    assert table["n"].tolist() == [4, 2, 2]  # v7, and v8 that is in no frame
    assert table["share"].tolist() == [0.5, 0.25, 0.25]


def test_words_and_typical_verbatims_are_in_order():
    table = clusters(CLUSTERING, tags(), VERBATIMS).set_index("cluster")
    assert table.loc[0, "lemmas"] == ("lien", "état", "réseau")
    assert table.loc[1, "lemmas"] == ("moyen",)
    assert table.loc[0, "typical_ids"] == ("v2", "v1")
    assert table.loc[0, "typical_texts"] == ("texte 2", "texte 1")
    assert table.loc[1, "typical_texts"] == ("texte […]",)
    assert table.loc[-1, "typical_ids"] == ()


def test_the_nearest_theme_is_the_over_represented_one_not_the_most_frequent():
    everywhere = [(f"v{i}", "partout") for i in range(1, 8)]
    table = clusters(
        CLUSTERING, tags(*everywhere, ("v1", "réseaux"), ("v1", "réseaux")), VERBATIMS
    ).set_index("cluster")
    assert (table.loc[0, "theme"], table.loc[0, "theme_n"]) == ("réseaux", 1)


def test_a_class_without_suggestions_has_no_theme():
    table = clusters(CLUSTERING, tags(("v1", "réseaux")), VERBATIMS).set_index("cluster")
    assert (table.loc[1, "theme"], table.loc[1, "theme_n"]) == ("", 0)
    assert table.loc[-1, "theme"] == ""


def test_no_clustering_at_all():
    nothing = Clustering(
        "", CLUSTERING.clusters[:0], CLUSTERING.words[:0], CLUSTERING.typical[:0], ""
    )
    table = clusters(nothing, tags(), VERBATIMS)
    assert table["cluster"].tolist() == [-1]
    assert clusters(nothing, tags(), VERBATIMS[:0]).empty
