"""Suggested (answer, theme) pairs → TAGS: the words of each answer that speak for its themes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.folding import fold_word
from verbatims.frames import TAGS
from verbatims.language import N_
from verbatims.model import Codebook, Theme
from verbatims.tagging.features import Features
from verbatims.tagging.lexicon.labels import label_words
from verbatims.tagging.mining import mine
from verbatims.tagging.tagged import Coded, ids, places

Flags = NDArray[np.bool_]

_MOST = 4  # reasons of one suggestion
_PASSAGE, _LEARNED, _SAID, _WHOLE = range(4)  # kinds of reasons, the strongest first

# Tags hold their rules in French; `_` says these words of them to who reads.
NEAR_DEFINITION = N_("proche du libellé ou de la définition")
NEAR_ANSWERS = N_("proche de réponses validées")
TAUGHT, LABEL, DEFINITION = N_("appris"), N_("libellé"), N_("définition")

# A reason not yet cut out of the text: `kind` and `weight` rank those of a pair.
_COLUMNS = ("row", "theme", "kind", "weight", "start", "end", "rule", "evidence")


def passages(tags: pd.DataFrame, features: Features, codebook: Codebook) -> pd.DataFrame:
    """The passages of terms, as reasons; the longest first."""
    return pd.DataFrame(
        {
            "row": places(features.ids, tags["verbatim_id"]),
            "theme": places(ids(codebook), tags["theme"]),
            "kind": _PASSAGE,
            "weight": (tags["end"] - tags["start"]).to_numpy(),
            **{name: tags[name].to_numpy() for name in ("start", "end", "rule", "evidence")},
        }
    )


@dataclass(frozen=True)
class Words:
    """Words that speak for themes: a row per (theme, word) with its weight and what to say."""

    kind: int
    frame: pd.DataFrame

    def found(self, features: Features, suggested: Flags) -> pd.DataFrame:
        """Where they first stand in the answers to which their theme is suggested."""
        theme = self.frame["theme"].to_numpy(np.intp)
        each = (self._of(features, n, self.frame[theme == n], suggested) for n in np.unique(theme))
        every = [found for found in each if len(found)]
        if not every:
            return pd.DataFrame(columns=list(_COLUMNS))
        return _placed(pd.concat(every, ignore_index=True), features)

    def _of(
        self, features: Features, theme: int, words: pd.DataFrame, suggested: Flags
    ) -> pd.DataFrame:
        held = features.first[:, words["word"].to_numpy()].tocoo()
        kept = suggested[held.row, theme]
        number = held.col[kept]
        return pd.DataFrame(
            {
                "row": held.row[kept],
                "theme": theme,
                "kind": self.kind,
                "weight": words["weight"].to_numpy()[number],
                "at": held.data[kept] - 1,
                "rule": words["rule"].to_numpy()[number],
            }
        )


def learned_words(features: Features, coded: Coded) -> Words:
    """Those that the coded answers teach, with how many of the answers that hold them agree."""
    found = mine(features.present[coded.rows], coded.labels)
    written = features.written[found["word"]]
    told = zip(written, found["hits"], found["n"], strict=True)
    rule = np.array([_taught(*said) for said in told], dtype=object)
    return Words(_LEARNED, found[["theme", "word"]].assign(weight=found["precision"], rule=rule))


def rarely_learned(features: Features, coded: Coded, pairs: Flags) -> pd.DataFrame:
    """For each pair, the word most often coded so, however few the answers that hold it."""
    held = features.present[coded.rows].T.tocsr()
    hits = (held @ np.nan_to_num(coded.labels)).astype(np.float32)
    times = (held @ (~np.isnan(coded.labels)).astype(np.float32)).astype(np.float32)
    found = _closest(features, pairs, hits / (times + 1))
    word, theme = found.pop("word").to_numpy(), found["theme"].to_numpy()
    told = zip(features.written[word], hits[word, theme], times[word, theme], strict=True)
    rule = np.array([_taught(said, int(h), int(n)) for said, h, n in told], dtype=object)
    return _placed(found.assign(rule=rule), features)


def near_words(features: Features, closeness: NDArray[np.floating], pairs: Flags) -> pd.DataFrame:
    """For each pair, the word nearest in meaning to what the theme says of itself."""
    found = _closest(features, pairs, closeness).drop(columns="word")
    return _placed(found.assign(rule=NEAR_DEFINITION), features)


def said_words(features: Features, codebook: Codebook) -> Words:
    """Those of the themes' own labels, definitions and examples."""
    rows = [
        (number, word, float(features.rarity[word]), rule)
        for number, theme in enumerate(codebook)
        for word, rule in _said(features, theme).items()
    ]
    return Words(_SAID, pd.DataFrame(rows, columns=["theme", "word", "weight", "rule"]))


def whole(pairs: Flags, rule: str) -> pd.DataFrame:
    """One reason for each pair that has no place in the text."""
    row, theme = np.nonzero(pairs)
    placed = {"start": 0, "end": 0, "rule": rule, "evidence": ""}
    return pd.DataFrame({"row": row, "theme": theme, "kind": _WHOLE, "weight": 0.0, **placed})


def told(found: Iterable[pd.DataFrame], shape: tuple[int, int]) -> Flags:
    """The pairs that have a reason."""
    pairs = np.zeros(shape, dtype=bool)
    for reasons in found:
        pairs[reasons["row"].to_numpy(dtype=np.intp), reasons["theme"].to_numpy(np.intp)] = True
    return pairs


def tags(
    found: Sequence[pd.DataFrame],
    features: Features,
    codebook: Codebook,
    scores: NDArray[np.floating],
    tagger: str,
) -> pd.DataFrame:
    """The strongest reasons of each pair, in the order of the text, then of the codebook."""
    every = pd.concat([part for part in found if len(part)] or [found[0]], ignore_index=True)
    order = [every[name].to_numpy() for name in ("start", "weight", "kind", "theme", "row")]
    order[1] = -order[1]
    every = every.take(np.lexsort(order)).drop_duplicates(["row", "theme", "start"])
    kept = every[every.groupby(["row", "theme"], sort=False).cumcount().to_numpy() < _MOST]
    kept = kept.take(np.lexsort([kept[name].to_numpy() for name in ("theme", "start", "row")]))
    row, theme = kept["row"].to_numpy(np.intp), kept["theme"].to_numpy(np.intp)
    columns = {
        "verbatim_id": features.ids[row],
        "theme": np.array(ids(codebook), dtype=object)[theme],
        "tagger": np.full(len(kept), tagger, dtype=object),
        "start": kept["start"].to_numpy(np.int32),
        "end": kept["end"].to_numpy(np.int32),
        "score": scores[row, theme].astype(np.float64),
        "rule": kept["rule"].to_numpy(object),
        "evidence": kept["evidence"].to_numpy(object),
    }
    return pd.DataFrame(columns, columns=list(TAGS.columns))


def _said(features: Features, theme: Theme) -> dict[int, str]:
    """The number of each word that some answer has, and where it is said."""
    others = " . ".join((theme.definition, *theme.include, *theme.examples))
    named = {fold_word(word) for word in label_words(theme.label)}
    said: dict[int, str] = {}
    for word in (*label_words(theme.label), *label_words(others)):
        number = features.number(word)
        if number is not None:
            place = LABEL if fold_word(word) in named else DEFINITION
            said.setdefault(number, f"{place} : « {word} »")
    return said


def _placed(found: pd.DataFrame, features: Features) -> pd.DataFrame:
    """With the span and the form of the token where each word stands."""
    at = found.pop("at").to_numpy(dtype=np.intp)
    forms = features.lemmas["form"].array[at]
    spans = {name: features.lemmas[name].to_numpy()[at] for name in ("start", "end")}
    return found.assign(**spans, evidence=np.asarray(forms, dtype=object))


def _closest(features: Features, pairs: Flags, table: NDArray[np.floating]) -> pd.DataFrame:
    """For each pair, its answer's content word that is worth most to its theme, if any is.

    `table` is what words are worth, words × themes.
    """
    rows, themes = np.nonzero(pairs)
    held = features.first[rows].tocoo()
    worth = table[held.col, themes[held.row]]
    order = np.lexsort((held.data, -worth, held.row))
    best = order[np.diff(held.row[order], prepend=-1) > 0]
    best = best[worth[best] > 0]
    pair = held.row[best]
    placed = {"row": rows[pair], "theme": themes[pair], "kind": _WHOLE, "weight": 0.0}
    return pd.DataFrame({**placed, "at": held.data[best] - 1, "word": held.col[best]})


def _taught(word: str, hits: int, n: int) -> str:
    return f"{TAUGHT} : « {word} » ({hits} réponse{'s' if hits > 1 else ''} sur {n})"
