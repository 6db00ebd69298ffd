"""A French word on its own → its lemma, and the other forms that it regularly takes."""

from collections.abc import Iterator
from functools import cache

_LONG = 4  # an unknown word in « s » may be an acronym: « ESS », « CCAS »


@cache
def lemma_of(word: str) -> str:
    import simplemma

    return str(simplemma.lemmatize(word, lang="fr"))


@cache
def is_known(word: str) -> bool:
    import simplemma

    return bool(simplemma.is_known(word, lang="fr"))


@cache
def inflections(word: str) -> frozenset[str]:
    """« partagées » → « partagée »; « élu » → « élus », « élue », « élues ».

    A form that the dictionary gives to another word is left out: « cours » is not from « cour »,
    nor « porte » from « port ».
    """
    return frozenset(_forms(word.casefold())) - {word.casefold()}


def _forms(word: str) -> Iterator[str]:
    singular = _singular(word)
    for form in (singular, *_feminine(singular)):
        yield form
        yield from (plural for plural in _plurals(form) if _may_be(plural, form))


def _singular(word: str) -> str:
    """The word itself unless it is, or looks like, a regular plural."""
    shorter = word[:-1]
    if not word.endswith(("s", "aux", "eux", "oux")):
        return word
    if is_known(word):
        return shorter if _may_be(word, shorter) and lemma_of(word) != word else word
    return shorter if len(shorter) >= _LONG else word


def _feminine(masculine: str) -> tuple[str, ...]:
    """« élue », « habitante »; of unknown words, participles only: « mutualisée »."""
    form = f"{masculine}e"
    sure = masculine.endswith("é") or (is_known(form) and not masculine.endswith("e"))
    return (form,) if sure and _may_be(form, masculine) else ()


def _plurals(form: str) -> tuple[str, ...]:
    if form.endswith(("s", "x", "z")):
        return ()
    return (f"{form}s", f"{form}x") if form.endswith(("au", "eu", "ou")) else (f"{form}s",)


def _may_be(form: str, singular: str) -> bool:
    """Whether the dictionary has no other word for this form."""
    return not is_known(form) or lemma_of(form) in (singular, lemma_of(singular))
