"""What the analyst rules about words: the log of rulings → those that stand, by what they do."""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd

from verbatims.errors import StudyError
from verbatims.folding import composed, fold, fold_answer, fold_word
from verbatims.frames import (
    ANSWERED,
    CORRECTION_KINDS,
    EMPTY,
    EMPTY_ANSWER,
    EXPRESSION,
    HELD,
    KEPT,
    LEMMA,
    REFUSED,
    REPAIR,
    STOP,
    STOP_WORD,
    TAKEN_BACK,
)
from verbatims.language import _

PARTS_OF_SPEECH = ("NOUN", "VERB", "ADJ", "ADV", "PROPN", "AUX", "ADP", "PRON", "DET")

READING = (REPAIR, LEMMA, EMPTY_ANSWER)  # change lemmas and tags
GROUPING = (EXPRESSION, STOP_WORD)  # change only which words stand for a verbatim

_CHOICES = {
    EXPRESSION: (HELD, REFUSED),
    STOP_WORD: (STOP, KEPT),
    EMPTY_ANSWER: (EMPTY, ANSWERED),
}
_PARTS = re.compile(r"\w+")


@dataclass(frozen=True)
class Corrections:
    """The rulings that stand; words are in lower case, texts and expressions as they were given."""

    repairs: Mapping[str, str] = field(default_factory=dict)  # form → the word to read
    lemmas: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (form, pos or "") → lemma
    expressions: tuple[str, ...] = ()
    refused_expressions: tuple[str, ...] = ()
    stop_words: frozenset[str] = frozenset()
    kept_words: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()

    @property
    def reading(self) -> str:
        """A short name for what changes lemmas and tags."""
        return _hash(self.repairs.items(), self.lemmas.items(), self.empty, self.answered)

    @property
    def grouping(self) -> str:
        """A short name for what changes only which words stand for a verbatim."""
        in_order = list(enumerate(self.expressions))  # of two that fit, the first held wins
        return _hash(in_order, self.stop_words, self.kept_words)


NONE = Corrections()


def key(kind: str, form: str) -> str:
    """What two rulings on the same thing share; accents count for words that are read."""
    spaced = " ".join(composed(form).split())
    if kind in (REPAIR, LEMMA):
        return spaced.casefold().replace("’", "'")
    if kind == STOP_WORD:
        return fold_word(spaced)
    return fold_answer(spaced) if kind == EMPTY_ANSWER else fold(spaced)


def check(kind: str, form: str, value: str, *, pos: str = "", reason: str = "") -> None:
    """Raise a StudyError that says what is wrong with a ruling, if something is."""
    if kind not in CORRECTION_KINDS or not form.strip():
        raise StudyError(_("Dites ce que vous corrigez : un mot, une expression ou une réponse."))
    if not (form + value).isprintable():
        raise StudyError(_("Des caractères invisibles ou abîmés s'y trouvent : retapez le mot."))
    if pos and kind != LEMMA:
        raise StudyError(_("La nature (NOUN, VERB…) ne se précise que pour un lemme."))
    if value == TAKEN_BACK:
        return
    if kind in (REPAIR, LEMMA):
        _check_word(form, value)
    if kind == LEMMA:
        _check_lemma(form, value, pos, reason)
    if kind in _CHOICES:
        _check_choice(kind, form, value)


def _check_choice(kind: str, form: str, value: str) -> None:
    if kind == EXPRESSION and len(_PARTS.findall(form)) < 2:
        raise StudyError(
            _("« {form} » est un seul mot : une expression en tient plusieurs.", form=form)
        )
    if value not in _CHOICES[kind]:
        raise StudyError(
            _(
                "« {value} » : choisissez parmi {known}.",
                value=value,
                known=", ".join(_CHOICES[kind]),
            )
        )


def _check_word(form: str, value: str) -> None:
    if len(form.split()) > 1 or len(value.split()) != 1:
        raise StudyError(
            _(
                "« {form} » → « {value} » : donnez un seul mot de chaque côté. Pour tenir ensemble "
                "plusieurs mots, ajoutez une expression.",
                form=form,
                value=value,
            )
        )
    if not any(map(str.isalnum, value)):
        raise StudyError(_("« {value} » n'est pas un mot.", value=value))


def _check_lemma(form: str, value: str, pos: str, reason: str) -> None:
    if not reason.strip():
        raise StudyError(
            _(
                "Dites en quelques mots pourquoi « {form} » a pour lemme « {value} ».",
                form=form,
                value=value,
            )
        )
    if pos not in ("", *PARTS_OF_SPEECH):
        raise StudyError(
            _(
                "Nature inconnue : « {pos} ». Choisissez parmi : {known}, ou ne dites rien pour "
                "toutes.",
                pos=pos,
                known=", ".join(PARTS_OF_SPEECH),
            )
        )


def standing(log: pd.DataFrame) -> pd.DataFrame:
    """The last ruling on each thing, in the order they were made; those taken back are left out."""
    keys = [key(kind, form) for kind, form in zip(log["kind"], log["form"], strict=True)]
    last = ~log.assign(form=keys).duplicated(["kind", "form", "pos"], keep="last")
    return log[last & (log["value"] != TAKEN_BACK)].reset_index(drop=True)


def differences(before: pd.DataFrame, after: pd.DataFrame, kinds: Collection[str]) -> int:
    """On how many things of these kinds two logs do not rule alike.

    To refuse an expression is to hold none.
    """
    old, new = _by_thing(before), _by_thing(after)
    things = [thing for thing in old.keys() | new.keys() if thing[0] in kinds]
    return sum(old.get(thing) != new.get(thing) for thing in things)


def read(log: pd.DataFrame) -> Corrections:
    """What the log of CORRECTIONS comes to."""
    rulings = standing(log)
    return Corrections(
        repairs=_by_form(rulings, REPAIR),
        lemmas=_by_form_and_pos(rulings),
        expressions=_forms(rulings, EXPRESSION, HELD),
        refused_expressions=_forms(rulings, EXPRESSION, REFUSED),
        stop_words=frozenset(_forms(rulings, STOP_WORD, STOP)),
        kept_words=frozenset(_forms(rulings, STOP_WORD, KEPT)),
        empty=frozenset(_forms(rulings, EMPTY_ANSWER, EMPTY)),
        answered=frozenset(_forms(rulings, EMPTY_ANSWER, ANSWERED)),
    )


def _by_thing(log: pd.DataFrame) -> dict[tuple[str, str, str], str]:
    rulings = standing(log)
    columns = (rulings[name] for name in ("kind", "form", "pos", "value"))
    return {
        (kind, key(kind, form), pos): value
        for kind, form, pos, value in zip(*columns, strict=True)
        if (kind, value) != (EXPRESSION, REFUSED)
    }


def _by_form(rulings: pd.DataFrame, kind: str) -> dict[str, str]:
    own = rulings[rulings["kind"] == kind]
    return {key(kind, form): value for form, value in zip(own["form"], own["value"], strict=True)}


def _by_form_and_pos(rulings: pd.DataFrame) -> dict[tuple[str, str], str]:
    own = rulings[rulings["kind"] == LEMMA]
    columns = (own[name] for name in ("form", "pos", "value"))
    return {(key(LEMMA, form), pos): value for form, pos, value in zip(*columns, strict=True)}


def _forms(rulings: pd.DataFrame, kind: str, value: str) -> tuple[str, ...]:
    own = rulings[(rulings["kind"] == kind) & (rulings["value"] == value)]
    return tuple(own["form"])


def _hash(*parts: Collection[object]) -> str:
    text = "\n".join(repr(sorted(map(repr, part))) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
