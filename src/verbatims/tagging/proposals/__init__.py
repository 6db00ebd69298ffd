"""What the coders' decisions teach the codebook: terms to add or drop, themes to look at again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from verbatims.folding import fold_word
from verbatims.language import _
from verbatims.model import Codebook
from verbatims.tagging.proposals.additions import ANSWERS, LABEL, Ground, additions
from verbatims.tagging.proposals.additions import COLUMNS as ADDITIONS
from verbatims.tagging.proposals.candidates import term
from verbatims.tagging.proposals.effect import (
    FEW,
    HELD_BACK,
    Effect,
    Figures,
    held_back,
    measure,
)
from verbatims.tagging.proposals.overlaps import COLUMNS as OVERLAPS
from verbatims.tagging.proposals.overlaps import above, overlaps
from verbatims.tagging.proposals.present import in_force, worth
from verbatims.tagging.proposals.standing import everyone, themes_of

__all__ = [
    "ANSWERS",
    "ENOUGH",
    "FEW",
    "HELD_BACK",
    "LABEL",
    "Effect",
    "Figures",
    "Proposals",
    "drafted",
    "held_back",
    "measure",
    "propose",
]

ENOUGH = 30  # validated answers before anything is proposed
REMOVALS = ("theme", "term", "n", "hits", "precision", "low", "high")


@dataclass(frozen=True)
class Proposals:
    """What the validated answers suggest; nothing but a `note` while they are too few.

    `additions`: theme, term, kind, origin, n, hits, precision, low, high, chi2, adds, examples.
    Each row is measured on the answers that neither the theme's terms nor the rows above it find:
    `n` of the validated ones hold the term, `hits` with the theme, hence a precision and its
    interval at 90 %; it would newly suggest the theme in `adds` answers not read yet; `examples`
    are verbatim ids. `origin` is ANSWERS, or LABEL: a theme without terms is tagged by the words
    of its label, which the first term would undo, so that those worth keeping come with it.
    `removals`, the terms that mislead: theme, term, n, hits, precision, low, high.
    `overlaps`: theme, other, both, n_theme, n_other, jaccard, phi, sentence.
    `unused`: the ids of themes that no validated answer and no passage has.
    `draft` is the codebook once all additions and removals are accepted, `effect` what it changes.
    """

    additions: pd.DataFrame
    removals: pd.DataFrame
    overlaps: pd.DataFrame
    unused: tuple[str, ...]
    draft: Codebook
    effect: Effect | None
    note: str


def propose(
    lemmas: pd.DataFrame, codebook: Codebook, labels: pd.DataFrame, *, limit: int = 8
) -> Proposals:
    """What coders' decisions suggest, at most `limit` new terms for each theme.

    Terms are drawn from the validated answers but those held back, on which `effect` is measured.
    """
    labels = labels[labels.notna().any(axis=1)]
    if len(labels) < ENOUGH:
        return _too_few(codebook, len(labels))
    ids = everyone(lemmas, labels)
    known = labels.reindex(index=ids, columns=[theme.id for theme in codebook])
    learning = np.where(held_back(ids)[:, None], np.nan, known.to_numpy(dtype=float))
    explicit = in_force(codebook)
    terms = worth(lemmas, ids, explicit, learning)
    gone = terms[terms["misleads"]]
    kept = drafted(explicit, _NONE, gone)
    found, unread = themes_of(kept, lemmas, ids), ~ids.isin(labels.index)
    refused = frozenset(zip(gone["theme"], map(fold_word, gone["term"]), strict=True))
    added = additions(Ground(lemmas, ids, kept, found, learning, unread, refused), limit)
    added = _in_order(codebook, [_label_words(codebook, terms, added), added])
    removed = _removed(codebook, terms)
    draft = drafted(codebook, added, removed)
    effect = measure(lemmas, codebook, draft, labels)
    unused = _unused(codebook, known, terms)
    return Proposals(added, removed, overlaps(codebook, labels), unused, draft, effect, "")


def drafted(codebook: Codebook, added: pd.DataFrame, removed: pd.DataFrame) -> Codebook:
    """The codebook with some rows of `additions` accepted, and some of `removals`."""
    gone = set(zip(removed["theme"], removed["term"], strict=True))
    new = list(zip(added["theme"], added["term"], added["kind"], strict=True))
    themes = tuple(
        replace(
            theme,
            terms=(
                *(old for old in theme.terms if (theme.id, old.written) not in gone),
                *(term(written, kind) for name, written, kind in new if name == theme.id),
            ),
        )
        for theme in codebook.themes
    )
    return replace(codebook, themes=themes, hash="")


_NONE = pd.DataFrame(columns=["theme", "term", "kind"])


def _too_few(codebook: Codebook, validated: int) -> Proposals:
    note = _(
        "Il faut {enough} réponses validées pour proposer des termes : il en manque {missing}. "
        "Continuez à coder.",
        enough=ENOUGH,
        missing=ENOUGH - validated,
    )
    frames = (_empty(ADDITIONS), _empty(REMOVALS), _empty(OVERLAPS))
    return Proposals(*frames, (), codebook, None, note)


def _empty(columns: Collection[str]) -> pd.DataFrame:
    return pd.DataFrame(columns=list(columns))


def _label_words(codebook: Codebook, terms: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """The words of the label, to be written where a theme gets its first terms.

    Until then they stand for terms; without them the first term would make the theme lose them.
    """
    bare = [theme.id for theme in codebook if not theme.terms]
    changed = {*added["theme"], *terms.loc[terms["misleads"], "theme"]}
    kept = terms["theme"].isin(bare) & terms["theme"].isin(changed) & ~terms["misleads"]
    kept &= terms["examples"].map(bool)
    return terms[kept].assign(origin=LABEL, adds=0)


def _in_order(codebook: Codebook, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """One frame of additions, theme by theme; what comes first stays first."""
    rows = pd.concat([part for part in parts if len(part)] or [_empty(ADDITIONS)])
    order = {theme.id: number for number, theme in enumerate(codebook)}
    rows = rows.sort_values("theme", key=lambda names: names.map(order), kind="stable")
    return rows[list(ADDITIONS)].reset_index(drop=True)


def _removed(codebook: Codebook, terms: pd.DataFrame) -> pd.DataFrame:
    """Among the terms that are written in the codebook, those that mislead."""
    written = {theme.id for theme in codebook if theme.terms}
    gone = terms[terms["theme"].isin(written) & terms["misleads"]]
    return gone[list(REMOVALS)].reset_index(drop=True)


def _unused(codebook: Codebook, labels: pd.DataFrame, terms: pd.DataFrame) -> tuple[str, ...]:
    """The themes that nobody coded and no term finds, but for those that hold one in use."""
    found = terms.loc[terms["examples"].map(bool), "theme"]
    used = {*labels.columns[(labels == 1).any(axis=0)], *found}
    for name in tuple(used):
        used |= above(codebook, codebook[name])
    return tuple(theme.id for theme in codebook if theme.id not in used)
