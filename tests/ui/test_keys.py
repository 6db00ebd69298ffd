"""Every theme has its key: a digit, a letter of its label, and one sign for all pages."""

from hypothesis import given
from hypothesis import strategies as st

from verbatims.model import Codebook, Theme, ThemeStatus
from verbatims.ui.keys import keys


def codebook(*labels: str) -> Codebook:
    return Codebook(tuple(Theme(f"t{place}", label) for place, label in enumerate(labels, 1)))


NINE = ("Un", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf")


def test_the_first_nine_themes_have_a_digit_and_the_others_none() -> None:
    found = keys(codebook(*NINE, "Emploi"))
    assert [key.digit for key in found.values()] == [*"123456789", ""]


def test_a_theme_without_a_digit_is_signed_by_the_first_letter_of_its_label() -> None:
    found = keys(codebook(*NINE, "Évaluation", "Santé"))
    assert (found["t10"].sign, found["t11"].sign) == ("e", "s")


def test_a_letter_that_is_taken_leaves_the_next_word_then_the_next_letter() -> None:
    found = keys(codebook(*NINE, "Emploi", "Emploi des jeunes", "Eau"))
    assert [found[name].letter for name in ("t10", "t11", "t12")] == ["e", "j", "a"]


def test_small_words_give_their_letter_last() -> None:
    found = keys(codebook(*NINE, "La vie de quartier", "Le quai"))
    assert [found[name].letter for name in ("t10", "t11")] == ["q", "l"]


def test_the_first_nine_have_a_letter_too() -> None:
    found = keys(codebook("Coordination", "Valorisation", "Coopération"))
    assert [key.letter for key in found.values()] == ["c", "v", "o"]
    assert [key.sign for key in found.values()] == ["1", "2", "3"]


def test_when_letters_run_out_a_theme_is_signed_by_its_number() -> None:
    found = keys(codebook(*(f"Thème {place}" for place in range(40))))
    assert (found["t1"].letter, found["t35"].letter, found["t36"].letter) == ("", "z", "")
    assert found["t36"].sign == "36"


def test_a_label_without_a_letter_takes_one_of_the_alphabet() -> None:
    assert keys(codebook("★ 2030"))["t1"].letter == "a"


def test_a_retired_theme_has_no_key_and_takes_none() -> None:
    gone = Theme("t0", "Parti", status=ThemeStatus.RETIRED)
    book = Codebook((gone, *codebook("Reste").themes))
    assert {name: key.digit for name, key in keys(book).items()} == {"t1": "1"}


@given(st.lists(st.text(max_size=12), max_size=45))
def test_no_two_themes_ever_share_a_key_a_letter_or_a_sign(labels: list[str]) -> None:
    found = keys(codebook(*labels)).values()
    for own in ([key.digit for key in found], [key.letter for key in found]):
        given_ = [key for key in own if key]
        assert len(set(given_)) == len(given_)
    assert len({key.sign for key in found}) == len(labels)
    assert {key.colour for key in found} <= {f"v-t{place}" for place in range(1, 13)}
