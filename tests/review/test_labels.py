"""The labels that taggers learn from: present, absent, or not known."""

import numpy as np
import pandas as pd

from verbatims import review
from verbatims.model import Codebook, Theme, ThemeStatus

CODEBOOK = Codebook(
    (
        Theme("temps", "Temps"),
        Theme("lien", "Lien"),
        Theme("vieux", "Vieux", status=ThemeStatus.RETIRED),
    )
)
BOTH = frozenset({"temps", "lien"})


def by_anne(**verbatims):
    return {name: {"Anne": found} for name, found in verbatims.items()}


def test_a_theme_not_found_is_absent_where_it_could_be_and_unknown_where_it_could_not(reading):
    made = reading(("v2", ["lien"]), ("v1", ["temps"]), ("v3", []))
    sought = by_anne(v1=BOTH, v2=frozenset({"lien"}), v3=frozenset())
    expected = pd.DataFrame(
        [[1.0, 0.0], [np.nan, 1.0], [np.nan, np.nan]],
        index=pd.Index(["v1", "v2", "v3"], name="verbatim_id"),
        columns=["temps", "lien"],
    )
    pd.testing.assert_frame_equal(review.labels(made, sought, CODEBOOK), expected)


def test_between_readers_a_theme_counts_that_half_of_them_retained(log):
    made = log(
        ("g1", "Anne", "v1", "temps", "present"),
        ("g1", "Anne", "v1", "", "read"),
        ("g2", "Paul", "v1", "temps", "absent"),
        ("g2", "Paul", "v1", "lien", "present"),
        ("g2", "Paul", "v1", "", "read"),
        ("g3", "Zoé", "v1", "temps", "present"),
        ("g3", "Zoé", "v1", "", "read"),
    )
    sought = {"v1": dict.fromkeys(("Anne", "Paul", "Zoé"), BOTH)}
    assert review.labels(made, sought, CODEBOOK).loc["v1"].to_list() == [1.0, 0.0]


def test_what_is_not_read_to_the_end_gives_no_label(log):
    made = log(("g1", "Anne", "v1", "temps", "present"))
    labels = review.labels(made, {}, CODEBOOK)
    assert labels.empty
    assert list(labels.columns) == ["temps", "lien"]


def test_a_theme_taken_over_gives_its_labels_to_its_successor(reading):
    made = reading(("v1", ["vieux"]), ("v2", []))
    both = frozenset({"vieux", "lien"})
    sought = by_anne(v1=both, v2=both)
    labels = review.labels(made, sought, CODEBOOK, {"vieux": ("lien",)})
    assert labels["lien"].to_list() == [1.0, 0.0]


def test_a_theme_narrowed_since_gives_no_label_before_it_is_read_again(reading):
    made = reading(("v1", ["lien"]), ("v2", ["lien"]))
    sought = by_anne(v1=frozenset({"temps"}), v2=BOTH)
    labels = review.labels(made, sought, CODEBOOK, {"lien": ("lien", "temps")})
    assert labels["lien"].fillna(-1).to_list() == [-1, 1.0]
