"""Groups of verbatims that share words."""

import itertools

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from verbatims import clustering
from verbatims.clustering import tfidf
from verbatims.clustering.choice import Choice, propose
from verbatims.clustering.terms import count
from verbatims.errors import VerbatimsError
from verbatims.frames import CLUSTER_WORDS, CLUSTERS, LEMMAS, UNCLUSTERED

BIKES = ["vélo", "piste", "cyclable", "trottoir"]
TAXES = ["impôt", "revenu", "taxe", "niche"]
SCHOOLS = ["école", "élève", "cantine", "classe"]


def lemmas_of(texts, *, pos="NOUN"):
    """Lemmas of texts already cut into lemmas; "." and "," are punctuation."""
    rows = [
        (f"r{number:03}:q", position, word, "PUNCT" if word in ".," else pos, 0, 0)
        for number, text in enumerate(texts)
        for position, word in enumerate(text.split())
    ]
    frame = pd.DataFrame(rows, columns=["verbatim_id", "position", "lemma", "pos", "start", "end"])
    return LEMMAS.check(frame.assign(form=frame["lemma"], repaired=""))


def answers(*topics, each=20):
    """Answers of three words of one topic, turned about so that few are alike."""
    return [
        " ".join(words)
        for topic in topics
        for words in itertools.islice(itertools.permutations(topic, 3), each)
    ]


@pytest.fixture(scope="module")
def three():
    return clustering.cluster(lemmas_of(answers(BIKES, TAXES, SCHOOLS)))


def groups(made):
    return {frozenset(ids) for _, ids in made.clusters.groupby("cluster")["verbatim_id"]}


def names(*numbers):
    return frozenset(f"r{number:03}:q" for number in numbers)


def test_verbatims_that_share_words_are_together(three):
    assert groups(three) == {names(*range(20)), names(*range(20, 40)), names(*range(40, 60))}


def test_clusters_are_numbered_by_size_then_by_first_verbatim():
    texts = answers(BIKES, each=12) + answers(TAXES, each=20) + answers(SCHOOLS, each=20)
    made = clustering.cluster(lemmas_of(texts), k=3)

    assert made.clusters["cluster"].tolist() == [3] * 12 + [1] * 20 + [2] * 20


def test_the_words_of_a_cluster_are_those_that_the_others_lack(three):
    words = three.words.groupby("cluster")["lemma"].agg(set)

    assert words.tolist() == [set(BIKES), set(TAXES), set(SCHOOLS)]
    assert (three.words["chi2"] > 0).all()


def test_the_strength_of_a_word_is_the_chi_square_of_its_presence():
    # 20 of the 20 answers on bikes say « vélo », none of the 40 others: chi² = n = 60.
    texts = [f"vélo {text}" for text in answers(["piste", "trottoir", "casque"], each=6)] * 4
    texts = texts[:20] + answers(TAXES, SCHOOLS)
    words = clustering.cluster(lemmas_of(texts), k=3).words

    assert words.loc[words["lemma"] == "vélo", "chi2"].tolist() == [60.0]


def test_three_typical_verbatims_stand_for_each_cluster(three):
    assert three.typical.groupby("cluster")["rank"].agg(list).tolist() == [[1, 2, 3]] * 3
    where = three.clusters.set_index("verbatim_id")["cluster"]
    assert (where.loc[three.typical["verbatim_id"]].to_numpy() == three.typical["cluster"]).all()


def test_typical_verbatims_do_not_repeat_one_another():
    texts = ["vélo piste"] * 15 + answers(BIKES, each=5) + answers(TAXES, SCHOOLS)
    made = clustering.cluster(lemmas_of(texts), k=3)
    chosen = (
        made.typical["verbatim_id"].str[1:4].astype(int).map(lambda n: frozenset(texts[n].split()))
    )

    assert (
        not pd.DataFrame({"cluster": made.typical["cluster"], "words": chosen}).duplicated().any()
    )


def test_the_order_of_rows_changes_nothing():
    lemmas = lemmas_of(answers(BIKES, TAXES, SCHOOLS))
    shuffled = lemmas.sample(frac=1, random_state=1)
    plain = lemmas.astype({"verbatim_id": object, "lemma": object, "pos": object})
    first, second, third = map(clustering.cluster, (lemmas, shuffled, plain))

    for other in (second, third):
        pd.testing.assert_frame_equal(first.clusters, other.clusters)
        pd.testing.assert_frame_equal(first.words, other.words)
        pd.testing.assert_frame_equal(first.typical, other.typical)
        assert first.note == other.note


def test_case_and_accents_do_not_separate():
    texts = answers(BIKES, TAXES, SCHOOLS)
    texts[0], texts[20] = "VELO PISTE CYCLABLE", "IMPOT REVENU TAXE"
    made = clustering.cluster(lemmas_of(texts))

    assert groups(made) == {names(*range(20)), names(*range(20, 40)), names(*range(40, 60))}
    assert "VELO" not in set(made.words["lemma"])


def test_verbatims_without_shared_words_are_listed_unclustered():
    texts = [*answers(BIKES, TAXES, SCHOOLS), ".", "chose autre", "hapax"]
    made = clustering.cluster(lemmas_of(texts))
    left = made.clusters[made.clusters["cluster"] == UNCLUSTERED]

    assert left["verbatim_id"].tolist() == ["r060:q", "r061:q", "r062:q"]
    assert "Non classés, faute de mots partagés : 3." in made.note


def test_under_ten_usable_verbatims_there_are_no_classes_and_a_note_says_so():
    made = clustering.cluster(lemmas_of([*answers(BIKES, each=9), ",", "hapax"]))

    assert made.clusters["cluster"].tolist() == [UNCLUSTERED] * 11
    assert made.words.empty
    assert made.typical.empty
    assert "Pas de classes : 9 verbatims" in made.note


def test_few_verbatims_are_called_exploratory(three):
    assert "Exploratoire : moins de 100 verbatims" in three.note
    assert "3 classes proposées" in three.note


def test_the_analyst_may_ask_for_a_number_of_classes():
    made = clustering.cluster(lemmas_of(answers(BIKES, TAXES, SCHOOLS)), k=2)

    assert made.clusters["cluster"].nunique() == 2
    assert "2 classes demandées" in made.note


def test_a_number_that_is_too_large_is_brought_down_and_the_note_says_so():
    made = clustering.cluster(lemmas_of(answers(BIKES, TAXES, each=15)), k=40)

    assert "40 classes demandées, ramenées à 10 (au moins 3 verbatims par classe)." in made.note


def test_the_note_says_when_the_stability_was_measured_on_a_sample(monkeypatch, three):
    assert "mesuré sur" not in three.note
    monkeypatch.setattr(tfidf, "_SAMPLE_FOR_K", 45)
    made = clustering.cluster(lemmas_of(answers(BIKES, TAXES, SCHOOLS)))
    assert "(mesuré sur 3 échantillons de 45 verbatims)" in made.note
    assert "3 classes proposées" in made.note


def test_classes_no_better_than_chance_are_called_so():
    words = [f"mot{number}" for number in range(12)]
    texts = [" ".join(pair) for pair in itertools.combinations(words, 2)]
    made = clustering.cluster(lemmas_of(texts))

    assert "Ce n'est pas mieux que le hasard" in made.note
    assert "à peine mieux" not in made.note


def test_the_stability_of_classes_broken_up_is_not_said_to_be_that_of_the_classes_shown():
    choice = Choice(5, stability=0.8, chance=0.3)
    note = tfidf._note(choice, np.repeat([1, 2, 3], 40), 4, asked=None)

    assert "5 classes proposées" in note
    assert "Il en reste 3 : celles de moins de 4 verbatims ont été réparties" in note
    assert "l'accord ci-dessus est d'avant" in note


def test_answers_that_share_no_word_make_no_classes():
    alone = clustering.cluster(lemmas_of([f"mot{number}" for number in range(15)]))
    single = clustering.cluster(lemmas_of(["vélo"]))

    assert set(alone.clusters["cluster"]) == set(single.clusters["cluster"]) == {UNCLUSTERED}
    assert "Pas de classes" in alone.note


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("k", [None, 2, 40])
def test_answers_all_alike_make_no_class_and_no_warning(k):
    made = clustering.cluster(lemmas_of(["agir ensemble vite"] * 30), k=k)

    assert made.clusters["cluster"].tolist() == [UNCLUSTERED] * 30
    assert made.note.startswith("Pas de classes : aucun groupe d'au moins 3 verbatims")


def test_small_groups_are_broken_up_and_their_verbatims_join_the_nearest():
    angles = np.array([0.0, 0.01, 0.02, 0.03, 1.5, 1.51, 1.52, 1.53, 0.5])
    vectors = np.column_stack([np.cos(angles), np.sin(angles)])
    groups, _ = tfidf._groups(vectors, 3, smallest=3)

    assert len(set(groups[:4]) | {groups[8]}) == 1
    assert len(set(groups[4:8])) == 1
    assert len(set(groups)) == 2


def test_a_pair_of_words_counts_unless_punctuation_parts_them():
    terms = count(lemmas_of(["transport commun . vélo", "transport , commun", "commun transport"]))

    assert list(terms.labels) == ["commun", "transport", "vélo"]
    assert terms.words.toarray().tolist() == [[1, 1, 1], [1, 1, 0], [1, 1, 0]]
    assert terms.pairs.toarray().sum(axis=1).tolist() == [1, 0, 1]
    assert terms.pairs.shape[1] == 2


@pytest.mark.parametrize("sign", ["\n", "\r\n", "•", "→", "+", "/"])
def test_a_pair_of_words_runs_across_no_line_break_nor_sign(sign):
    lemmas = lemmas_of(["transport § commun", "transport - commun", "transport commun"])
    written = lemmas["form"].astype(object).replace("§", sign)
    pos = np.where(written.str.isspace(), "SPACE", "NOUN")
    lemmas = LEMMAS.check(lemmas.assign(form=written, lemma=written, pos=pos, repaired=""))

    assert count(lemmas).pairs.toarray().tolist() == [[0], [1], [1]]


def test_inclusive_words_are_those_of_everyone():
    terms = count(lemmas_of(["habitant", "habitant·e", "élu", "élu(e)", "élu"]))

    assert list(terms.labels) == ["élu", "habitant"]


def test_alike_answers_and_one_word_corpora_are_no_trouble():
    same = clustering.cluster(lemmas_of(["coordination"] * 30))
    alike = clustering.cluster(lemmas_of(["plus coordination"] * 15 + ["valorisation"] * 15))

    assert set(same.clusters["cluster"]) == {UNCLUSTERED}
    assert alike.clusters["cluster"].value_counts().tolist() == [15, 15]


def test_the_frames_are_as_declared(three):
    pd.testing.assert_frame_equal(CLUSTERS.check(three.clusters), three.clusters)
    pd.testing.assert_frame_equal(CLUSTER_WORDS.check(three.words), three.words)
    assert list(three.typical.columns) == ["cluster", "rank", "verbatim_id"]


def test_nothing_gives_nothing():
    made = clustering.cluster(LEMMAS.empty())

    assert made.clusters.empty
    assert made.note


def test_large_corpora_are_clustered_from_a_sample(monkeypatch):
    monkeypatch.setattr(tfidf, "_SAMPLE", 45)
    made = clustering.cluster(lemmas_of(answers(BIKES, TAXES, SCHOOLS)))

    assert groups(made) == {names(*range(20)), names(*range(20, 40)), names(*range(40, 60))}
    assert "Trouvées sur 45 verbatims tirés au hasard" in made.note


@pytest.mark.parametrize("asked", [{"method": "hdbscan"}, {"k": 1}])
def test_what_cannot_be_done_is_refused_in_french(asked):
    with pytest.raises(VerbatimsError, match=r"Méthode inconnue|au moins 2 classes"):
        clustering.cluster(lemmas_of(answers(BIKES)), **asked)


def test_noise_gains_nothing_on_chance_and_true_groups_all_they_can():
    noise = np.random.default_rng(3).normal(size=(90, 5))
    noise = noise / np.linalg.norm(noise, axis=1)[:, None]
    true = np.repeat(np.eye(5)[:3], 30, axis=0) + 0.01 * noise

    with threadpool_limits(1):
        assert propose([noise], [3], smallest=3, seed=0).gain < 0.2
        choice = propose([true], [3, 4], smallest=3, seed=0)

    assert choice.k == 3
    assert choice.gain == pytest.approx(1)
