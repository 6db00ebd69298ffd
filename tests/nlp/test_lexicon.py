"""The words of French: forms, frequencies, lemmas, and what a part of speech is chosen from."""

import time

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims.errors import FileError
from verbatims.nlp.lexicon import PARTS_OF_SPEECH, Words, choose, lexicon, normal, sources
from verbatims.nlp.lexicon.index import Index
from verbatims.nlp.lexicon.sources import Token


def lemma(word, pos):
    return lexicon().lemmas([word], [pos])[0]


def parts_of_speech(*words):
    """Of the words of one sentence, without the tagger."""
    number = np.arange(len(words))
    chosen = choose(Words(words, number, number == 0, number == 0))
    return [PARTS_OF_SPEECH[place] for place in chosen]


@given(st.sets(st.text(), min_size=1, max_size=80), st.lists(st.text(), max_size=80))
def test_each_string_is_found_where_it_is_and_others_are_not(strings, others):
    strings = list(strings)
    index = Index(pa.array(strings, pa.string()))

    assert index.rows(strings).tolist() == list(range(len(strings)))
    places = {string: place for place, string in enumerate(strings)}
    assert index.rows(others).tolist() == [places.get(other, -1) for other in others]
    assert index.rows(pa.array(others, pa.string())).tolist() == index.rows(others).tolist()
    other = Index(pa.array(sorted(set(others)), pa.string()))
    assert index.rows_of(other).tolist() == index.rows(sorted(set(others))).tolist()


def test_no_two_forms_share_a_hash():
    forms = lexicon().forms

    assert len(forms) > 350_000
    assert np.array_equal(lexicon().rows(forms), np.arange(len(forms)))


def test_forms_are_in_lower_case_composed_and_with_straight_apostrophes():
    forms = lexicon().forms.to_pylist()

    assert [form for form in forms if form != normal(form) or " " in form] == []


def test_frequencies_are_per_million_words_names_and_new_words_included():
    de, réseau, covid, nothing = lexicon().frequency(["de", "réseau", "covid", "xyzxyz"])

    assert 30_000 < de < 60_000
    assert 50 < réseau < 500
    assert covid > 1
    assert nothing == 0
    assert lexicon().known(["réseau", "covid", "xyzxyz"]).tolist() == [True, False, False]
    row = lexicon().rows(["réseau"])[0]
    assert lexicon().frequencies[row] == réseau


@pytest.mark.parametrize(
    ("word", "pos", "expected"),
    [
        ("manque", "VERB", "manquer"),
        ("manque", "NOUN", "manque"),
        ("Parties", "NOUN", "partie"),
        ("parties", "VERB", "partir"),
        ("privée", "ADJ", "privé"),
        ("privée", "VERB", "priver"),
        ("habitantes", "NOUN", "habitant"),
        ("reines", "NOUN", "reine"),
        ("madame", "NOUN", "madame"),
        ("yeux", "NOUN", "œil"),
        ("issus", "ADJ", "issu"),
        ("L’", "DET", "le"),
        ("Paris", "PROPN", "Paris"),
    ],
)
def test_a_form_has_a_lemma_for_each_part_of_speech(word, pos, expected):
    assert lemma(word, pos) == expected


@pytest.mark.parametrize(
    ("word", "pos", "expected"),
    [
        ("bienveillants", "VERB", "bienveillant"),  # and no « bienveiller »
        ("vétustes", "VERB", "vétuste"),
        ("manque", "ADJ", "manque"),  # and no « manqu »
        ("coeurs", "NOUN", "cœur"),
        ("probleme", "NOUN", "problème"),
        ("co-constructions", "NOUN", "co-construction"),
        ("-là", "ADV", "là"),
        ("coconstructions", "NOUN", "coconstruction"),
        ("covoiturerons", "VERB", "covoiturer"),
        ("xviie", "ADJ", "xviie"),
        ("12", "NUM", "12"),
        ("R&D", "X", "r&d"),
        ("", "X", ""),
    ],
)
def test_a_lemma_is_found_all_the_same(word, pos, expected):
    assert lemma(word, pos) == expected


@given(st.lists(st.tuples(st.text(), st.sampled_from(PARTS_OF_SPEECH)), max_size=20))
def test_any_word_has_a_lemma_alone_as_among_others(pairs):
    words, parts = [word for word, _ in pairs], [part for _, part in pairs]

    assert lexicon().lemmas(words, parts) == [lemma(word, part) for word, part in pairs]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("il manque des bancs", "PRON VERB DET NOUN"),
        ("le manque de bancs", "DET NOUN ADP NOUN"),
        ("on demande une aide", "PRON VERB DET NOUN"),
        ("la demande est forte", "DET NOUN AUX ADJ"),
        ("des xylotons et 3 !", "DET NOUN CCONJ NUM PUNCT"),
    ],
)
def test_neighbours_tell_the_part_of_speech(sentence, expected):
    assert " ".join(parts_of_speech(*sentence.split())) == expected


def test_the_tagger_is_heard_and_line_breaks_are_left_to_themselves():
    words = Words(["manque", "\n"], np.array([0, 1]), np.array([True, False]), np.array([1, 0]) > 0)
    said = np.full((2, len(PARTS_OF_SPEECH)), 1e-6, dtype=np.float32)
    chosen = []
    for part in ("NOUN", "VERB"):
        sure = said.copy()
        sure[0, PARTS_OF_SPEECH.index(part)] = 1
        chosen.append([PARTS_OF_SPEECH[place] for place in choose(words, sure)])

    assert chosen == [["NOUN", "SPACE"], ["VERB", "SPACE"]]


TREEBANK = """# text = Du pain.
1-2\tDu\t_\t_\t_\t_\t_\t_\t_\t_
1\tDe\tde\tADP\t_\t_\t3\tcase\t_\t_
2\tle\tle\tDET\t_\t_\t3\tdet\t_\t_
3\tpain\tpain\tNOUN\t_\t_\t0\troot\t_\tSpaceAfter=No
3.1\trien\trien\tNOUN\t_\t_\t_\t_\t_\t_
4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_

1\tPains\tpain\tNOUN\t_\t_\t0\troot\t_\t_
"""


def test_annotated_texts_are_read_as_their_words(tmp_path):
    path = tmp_path / "pain.conllu"
    path.write_text(TREEBANK, encoding="utf-8")
    sentences = sources.treebank(path)

    assert sentences == [
        [
            Token("Du", "", "", True),
            Token("pain", "pain", "NOUN", False),
            Token(".", ".", "PUNCT", True),
        ],
        [Token("Pains", "pain", "NOUN", True)],
    ]
    assert sources.pairs(sentences) == {
        ("pain", "NOUN", "pain"): 1,
        ("pains", "NOUN", "pain"): 1,
    }


@pytest.mark.parametrize("content", ["", "id;reponse\n1;oui\n", "\x1f\x8b"])
def test_another_file_is_refused_with_its_name(tmp_path, content):
    path = tmp_path / "autre.conllu"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(FileError, match=r"autre\.conllu.*CoNLL-U"):
        sources.treebank(path)


LEFFF = """habitante\tnc\thabitant\tfs
reine\tnc\troi\tfs
privé\tv\tpriver\tKms
privée\tadj\tpriver\tKfs
privé\tadj\tpriver\tKms
oeufs\tnc\toeuf\tmp
bonne journée\tpres\tbonne journée\t
Paris\tnp\tParis\tms
"""


def test_the_lefff_is_read_with_participles_feminines_and_ligatures_put_right(tmp_path):
    path = tmp_path / "lefff.mlex"
    path.write_text(LEFFF, encoding="utf-8")

    assert sources.lefff(path) == {
        ("habitante", "NOUN"): ["habitant"],
        ("reine", "NOUN"): ["reine"],
        ("privé", "VERB"): ["priver"],
        ("privé", "ADJ"): ["privé"],
        ("privée", "ADJ"): ["privé"],
        ("oeufs", "NOUN"): ["œuf"],
        ("œufs", "NOUN"): ["œuf"],
    }


def test_a_hand_left_on_the_keyboard_takes_neither_time_nor_memory():
    started = time.process_time()
    assert lexicon().lemmas(["e" * 50_000], ["NOUN"]) == ["e" * 50_000]

    assert time.process_time() - started < 2
