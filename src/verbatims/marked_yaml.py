"""YAML file → nodes that keep their lines, read as written, every fault gathered."""

import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode
from yaml.composer import ComposerError

from verbatims.errors import FileError, Problem, VerbatimsError, capped, printable
from verbatims.language import N_, _, ngettext

_TRUE = ("true", "vrai", "oui", "yes")
_FALSE = ("false", "faux", "non", "no")
_MOST_NAMED = 20
_MOST_TOLD = 50

_ASTERISK = N_(
    "« * » ne peut pas commencer un texte : mettez-le entre guillemets, ou l'astérisque à la fin "
    "du mot (« mutualis* »)."
)
_BACKSLASH = N_("« \\ » en trop ; mettez le texte qui le contient entre guillemets simples.")
_SURROGATE = N_(
    "« \\u » suivi d'une moitié de caractère (D800 à DFFF) ; écrivez le caractère lui-même."
)
_TWO_MARKS = N_(
    "une marque d'ordre des octets (BOM), invisible, est en trop au début du fichier ; "
    "réenregistrez-le en UTF-8 sans BOM."
)
_HALF = re.compile("[\ud800-\udfff]")

# What PyYAML says, and what an analyst can do about it; the first that fits is shown.
_ADVICE = (
    ("'\\t'", N_("une tabulation décale cette ligne ; remplacez-la par des espaces.")),
    ("surrogate", _SURROGATE),
    ("alias", _ASTERISK),
    ("an anchor", N_("« & » ne peut pas commencer un texte sans guillemets.")),
    ("a quoted scalar", N_("un guillemet est ouvert ici et n'est jamais refermé.")),
    ("escape", _BACKSLASH),
    (
        "mapping values",
        N_("« : » en trop, ou ligne mal alignée ; mettez le texte entre guillemets."),
    ),
    ("cannot start any token", N_("ce caractère ne peut pas commencer un texte sans guillemets.")),
    ("expected ':'", N_("il manque « : » après la clé, ou la ligne est mal alignée.")),
    ("single document", N_("« --- » ouvre un second document ; gardez-en un seul par fichier.")),
    (
        "but got ':'",
        N_(
            "un crochet ou une accolade s'ouvre ici sans se refermer, ou contient un texte avec "
            "« : » ; mettez ce texte entre guillemets."
        ),
    ),
    ("or ']'", N_("un crochet « [ » est ouvert ici et n'est jamais refermé.")),
    ("or '}'", N_("une accolade « { » est ouverte ici et n'est jamais refermée.")),
    ("'<stream end>'", N_("un crochet ou une accolade n'est pas refermé à la fin du fichier.")),
    ("<document start>", N_("ligne mal alignée, ou après « ... » ; alignez-la avec la première.")),
    (
        "<scalar>",
        N_("du texte suit un guillemet fermant ; mettez le tout entre guillemets simples."),
    ),
)
_BEGUN = ("a flow", "a quoted scalar", "a simple key", "an alias", "an anchor")
_DEFAULT_ADVICE = N_(
    "la mise en page ne se lit plus à partir d'ici ; vérifiez l'alignement des lignes, et mettez "
    "entre guillemets les textes qui contiennent « : » ou commencent par un signe."
)
_TOO_DEEP = N_("trop de crochets ou d'accolades les uns dans les autres.")


class _Loader(yaml.SafeLoader):
    """Refuses the halves of characters that escapes can write: no text can hold them."""

    def compose_scalar_node(self, anchor: Any) -> ScalarNode:
        node = super().compose_scalar_node(anchor)
        if _HALF.search(node.value):
            raise ComposerError(None, None, "found a surrogate", node.start_mark)
        return node


class Place(NamedTuple):
    """Where something is in a text; both count from 1, a column of 0 is not known."""

    line: int
    column: int = 0


@dataclass(frozen=True)
class Reader:
    """Nodes → what they say; no objects are built, so that `Non` or `1.0` stay as written.

    What is wrong is noted on the way and reads as empty; `check` raises it all together.
    `kind` names the file to the analyst, and `what` a part of it, in the language spoken.
    """

    path: Path
    kind: str
    error: type[VerbatimsError]
    problems: list[Problem] = field(default_factory=list)

    def root(self, known: Collection[str], *, what: str) -> "Fields":
        """The keys at the top of the file; raises if there are none to read."""
        return self.root_of(self._text(), known, what=what)

    def root_of(self, text: str, known: Collection[str], *, what: str) -> "Fields":
        """The keys at the top of a text that need not be in the file yet."""
        node = self._composed(text)
        if node is None:
            keys = ", ".join(map(_quoted, known))
            self.note(Place(1), _("le fichier est vide ; ses clés sont {keys}.", keys=keys))
            raise self._refusal()
        fields = self.fields(node, known, what=what)
        if fields is None:
            raise self._refusal()
        return fields

    def note(self, at: Node | Place, message: str) -> None:
        line, column = at if isinstance(at, Place) else place_of(at)
        self.problems.append(Problem(message, printable(self.path.name), line, column))

    def check(self) -> None:
        if self.problems:
            raise self._refusal()

    def fields(self, node: Node, known: Collection[str], *, what: str) -> "Fields | None":
        """The known keys of a mapping, None if it is not one; other keys are noted."""
        found: dict[str, Node] = {}
        for key, value in self._entries(node, what):
            name = str(key.value)
            if name in known:
                found[name] = value
            else:
                near = meant(name, known)
                self.note(key, _("clé inconnue « {key} » ; {near}", key=name, near=near))
        return Fields(node, found, self) if isinstance(node, MappingNode) else None

    def pairs(self, node: Node, *, what: str) -> list[tuple[str, Node]]:
        """The keys and values of a mapping whose keys are free."""
        return [(str(key.value), value) for key, value in self._entries(node, what)]

    def text(self, node: Node, *, what: str) -> str:
        if isinstance(node, ScalarNode):
            return str(node.value)
        self.note(node, _("{what} attend un texte ; mettez-le entre guillemets.", what=what))
        return ""

    def nodes(self, node: Node, *, what: str) -> list[Node]:
        """What a list holds."""
        if isinstance(node, SequenceNode):
            return list(node.value)
        self.note(node, _("{what} attend une liste : une ligne « - … » par élément.", what=what))
        return []

    def items(self, node: Node, *, what: str) -> list[ScalarNode]:
        """The texts of a list, as nodes, for those who need the line of each."""
        texts = []
        for item in self.nodes(node, what=what):
            if isinstance(item, ScalarNode):
                texts.append(item)
            else:
                told = _(
                    "{what} : chaque élément est un texte ; mettez-le entre guillemets s'il "
                    "contient « : », « [ » ou « {{ ».",
                    what=what,
                )
                self.note(item, told)
        return texts

    def texts(self, node: Node, *, what: str, alone: bool = False) -> tuple[str, ...]:
        """The texts of a list; with `alone`, one text stands for a list of one."""
        if alone and isinstance(node, ScalarNode):
            return (str(node.value),)
        return tuple(str(item.value) for item in self.items(node, what=what))

    def interval(self, node: Node, *, what: str) -> tuple[float, float] | None:
        if not isinstance(node, SequenceNode) or len(node.value) != 2:
            self.note(node, _("{what} attend deux nombres, par exemple [1, 10].", what=what))
            return None
        low, high = (self.number(item, what=what) for item in node.value)
        if low is None or high is None:
            return None
        if low > high:
            self.note(node, _("{what} : le premier nombre dépasse le second.", what=what))
            return None
        return low, high

    def number(self, node: Node, *, what: str) -> float | None:
        written = self.text(node, what=what)
        try:
            number = float(written.replace(",", "."))
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            return number
        if isinstance(node, ScalarNode):
            told = _("{what} : « {written} » n'est pas un nombre.", what=what, written=written)
            self.note(node, told)
        return None

    def flag(self, node: Node, *, what: str) -> bool:
        written = self.text(node, what=what).lower()
        if isinstance(node, ScalarNode) and written not in _TRUE + _FALSE:
            told = _(
                "{what} attend true ou false, et non « {written} ».", what=what, written=written
            )
            self.note(node, told)
        return written in _TRUE

    def _text(self) -> str:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError as error:
            told = _(
                "« {path} » n'existe pas : vérifiez son nom et son dossier.",
                path=printable(self.path),
            )
            raise FileError(told) from error
        except OSError as error:
            told = _(
                "Impossible de lire « {path} » ({reason}). Vérifiez que c'est un fichier, et vos "
                "droits.",
                path=printable(self.path),
                reason=error.strerror or error,
            )
            raise FileError(told) from error
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            place = _place_at(data[: error.start].decode("utf-8-sig"))
            self.note(place, _("caractère illisible ; enregistrez le fichier en UTF-8."))
            raise self._refusal() from error

    def _composed(self, text: str) -> Node | None:
        if text.startswith("\ufeff\ufeff"):  # PyYAML reads one as none
            self.note(Place(1, 1), _(_TWO_MARKS))
            raise self._refusal()
        try:
            return yaml.compose(text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            self.note(*_fault(error))
            raise self._refusal() from error
        except yaml.reader.ReaderError as error:
            place = _place_at(text[: error.position])
            self.note(place, _("caractère invisible interdit en YAML ; effacez-le."))
            raise self._refusal() from error
        except (RecursionError, OverflowError, ValueError) as error:  # these know no line
            message = _TOO_DEEP if isinstance(error, RecursionError) else _BACKSLASH
            self.problems.append(Problem(_(message), printable(self.path.name)))
            raise self._refusal() from error

    def _entries(self, node: Node, what: str) -> list[tuple[ScalarNode, Node]]:
        if not isinstance(node, MappingNode):
            self.note(node, _("{what} s'écrit avec des lignes « clé: valeur ».", what=what))
            return []
        found: dict[str, tuple[ScalarNode, Node]] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.note(key, _("clé inconnue ; une clé est un mot, sans crochet ni accolade."))
            elif key.value in found:
                told = _(
                    "clé « {key} » écrite deux fois dans {what} ; gardez-en une.",
                    key=key.value,
                    what=what,
                )
                self.note(key, told)
            else:
                found[key.value] = key, value
        return list(found.values())

    def _refusal(self) -> VerbatimsError:
        found = sorted(dict.fromkeys(self.problems), key=_by_place)
        told = ngettext(
            "{kind} « {file} » : une erreur à corriger.",
            "{kind} « {file} » : {n} erreurs à corriger.",
            len(found),
            kind=self.kind,
            file=printable(self.path.name),
        )
        return self.error(told, capped(found, _other_errors, shown=_MOST_TOLD))


@dataclass(frozen=True)
class Fields:
    """A mapping by its known keys; a key with nothing after it is a key not given."""

    node: Node
    nodes: Mapping[str, Node]
    reader: Reader

    def given(self, key: str) -> Node | None:
        node = self.nodes.get(key)
        return None if isinstance(node, ScalarNode) and not node.value else node

    def has(self, key: str) -> bool:
        return self.given(key) is not None

    def line(self, key: str = "") -> int:
        """The line of a key, else that of the mapping."""
        return line_of(self.nodes.get(key, self.node))

    def note(self, message: str, key: str = "") -> None:
        """Something wrong with what a key says, else with the mapping."""
        self.reader.note(self.nodes.get(key, self.node), message)

    def text(self, key: str) -> str:
        node = self.given(key)
        return "" if node is None else self.reader.text(node, what=_quoted(key))

    def nodes_of(self, key: str) -> list[Node]:
        node = self.given(key)
        return [] if node is None else self.reader.nodes(node, what=_quoted(key))

    def items(self, key: str) -> list[ScalarNode]:
        node = self.given(key)
        return [] if node is None else self.reader.items(node, what=_quoted(key))

    def texts(self, key: str, *, alone: bool = False) -> tuple[str, ...]:
        node = self.given(key)
        return () if node is None else self.reader.texts(node, what=_quoted(key), alone=alone)

    def pairs(self, key: str) -> list[tuple[str, Node]]:
        node = self.given(key)
        return [] if node is None else self.reader.pairs(node, what=_quoted(key))

    def interval(self, key: str) -> tuple[float, float] | None:
        node = self.given(key)
        return None if node is None else self.reader.interval(node, what=_quoted(key))

    def flag(self, key: str) -> bool:
        node = self.given(key)
        return False if node is None else self.reader.flag(node, what=_quoted(key))


def line_of(node: Node) -> int:
    return place_of(node).line


def place_of(node: Node) -> Place:
    return _marked(node.start_mark)


def meant(word: str, known: Collection[str]) -> str:
    """« vouliez-vous dire … ? » when a known word is close to the one written, else them all."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return _("vouliez-vous dire « {near} » ?", near=close[0])
    named = ", ".join([_quoted(name) for name in known][:_MOST_NAMED])
    if len(known) > _MOST_NAMED:
        return _("possibles : {names}, …", names=named)
    return _("possibles : {names}.", names=named)


def loops(above: Mapping[str, str]) -> Iterator[list[str]]:
    """The loops in a mapping of names to names, each once, from its first name on."""
    told: set[str] = set()
    for start in above:
        way = [start]
        while (following := above.get(way[-1])) and following not in way:
            way.append(following)
        if following == start and start not in told:
            told.update(way)
            yield way


def _quoted(text: str) -> str:
    return _("« {text} »", text=text)


def _other_errors(n: int) -> str:
    return ngettext("et {n} autre erreur.", "et {n} autres erreurs.", n)


def _fault(error: yaml.MarkedYAMLError) -> tuple[Place, str]:
    """The place to look at and what to do there; where it began, when the fault is its end."""
    context, problem = str(error.context), str(error.problem)
    mark = (error.context_mark if any(map(context.count, _BEGUN)) else None) or error.problem_mark
    said = f"{context} {problem}"
    advice = next((advice for clue, advice in _ADVICE if clue in said), _DEFAULT_ADVICE)
    return (_marked(mark) if mark else Place(1)), _(advice)


def _marked(mark: yaml.Mark) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def _place_at(before: str) -> Place:
    """The place that follows a text."""
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _by_place(problem: Problem) -> tuple[int, int]:
    column = problem.column if isinstance(problem.column, int) else 0
    return problem.line or 0, column
