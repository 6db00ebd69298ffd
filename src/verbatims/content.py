"""Lemmas → the rows that carry meaning: nouns, verbs, adjectives and names that are not empty."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from verbatims.folding import fold_word, fold_words

CONTENT_POS = ("NOUN", "VERB", "ADJ", "PROPN")

# What says nothing of the theme in any survey. Grammar words go by their part of speech: those
# listed are the ones that the tagger takes for content in capitals, lists and telegraphic
# answers. Not listed, because they mean something elsewhere, or without their accents: « car »
# (autocar), « mais » (maïs), « sur » (sûr), « bien » (bien commun), « genre » (égalité de),
# « espèce » (animale), « lieu », « niveau », « ensemble », « effet » (de serre), « temps »,
# « jour » (accueil de), « semaine » (de quatre jours), « heure » (supplémentaire).
_EMPTY = """
    tout toute tous toutes autre même tel certain quelque quelconque plusieurs aucun chaque chacun
    divers différent nombreux maint nul
    le la les un une des du de au aux ce cet cette ces ça cela ceci celui celle ceux
    mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
    je tu il elle on nous vous ils elles me te se moi toi soi lui eux en rien
    et ou où ni donc que qui quoi dont quel quelle si comme quand lorsque puisque parce pourquoi
    comment combien à dans par pour sous avec sans vers chez contre depuis pendant dès selon afin
    jusque malgré parmi hors lors outre via
    ne pas non oui plus moins très trop peu beaucoup assez aussi encore déjà toujours jamais alors
    ainsi puis ensuite enfin surtout notamment également plutôt souvent seulement voire ici là
    voici voilà
    deux trois premier premièrement deuxième deuxièmement troisième
    important nécessaire possible
    chose truc exemple cas façon manière sorte type fois terme nombre part compte fait titre
    mise pourcent numéro an année mois
    etc ex cf nb ps svp stp merci bonjour nsp ras euh
"""

# Empty as verbs only: « pouvoir » is a noun in « pouvoir d'achat » and « pouvoirs publics ».
# First the auxiliaries and modals, then verbs that lean on their object (« mettre en place »,
# « permettre de »), then those that only bring in an opinion (« je pense que », « il semble »).
_EMPTY_VERBS = """
    être avoir faire falloir pouvoir devoir vouloir aller venir savoir
    mettre prendre rendre permettre laisser tenir
    penser croire dire sembler paraître estimer trouver voir
"""

STOP_WORDS = frozenset(_EMPTY.split())
STOP_VERBS = frozenset(_EMPTY_VERBS.split())


def content(
    lemmas: pd.DataFrame, *, stop: Collection[str] = (), kept: Collection[str] = ()
) -> pd.DataFrame:
    """The rows of content words; case, accents and hyphens make no difference.

    The lemmas of `stop` go too, whatever their part of speech; those of `kept` stay whatever the
    lists say, if they are nouns, verbs, adjectives or names. A word that is in both goes.
    """
    stopped, saved = set(fold_words(list(stop))), set(fold_words(list(kept)))
    lemma = lemmas["lemma"].astype("category").cat
    codes, pos = lemma.codes.to_numpy(), lemmas["pos"]
    meant = pos.isin(CONTENT_POS).to_numpy()
    used, empty, empty_verb = np.zeros((3, len(lemma.categories)), dtype=bool)
    used[codes[meant]] = True
    keys = fold_words(lemma.categories[used].tolist())
    empty[used] = [
        key in stopped or (key not in saved and (key in _STOP_WORDS or not _is_word(key)))
        for key in keys
    ]
    empty_verb[used] = [key in _STOP_VERBS and key not in saved for key in keys]
    dropped = empty[codes] | (empty_verb[codes] & (pos == "VERB").to_numpy())
    return lemmas[meant & ~dropped]


def stop_words() -> pd.DataFrame:
    """The tool's own list in alphabetical order: `word`, and whether `verbs_only` are dropped."""
    words = sorted(STOP_WORDS | STOP_VERBS, key=lambda word: (fold_word(word), word))
    return pd.DataFrame({"word": words, "verbs_only": [word in STOP_VERBS for word in words]})


_STOP_WORDS = frozenset(map(fold_word, STOP_WORDS))
_STOP_VERBS = frozenset(map(fold_word, STOP_VERBS))


def _is_word(key: str) -> bool:
    """« co2 » and « 4x4 » are; bullets, numbers, « 1/ » and stray letters are not."""
    signs = [sign for sign in key if sign.isalnum()]
    return len(signs) > 1 and any(sign.isalpha() for sign in signs)
