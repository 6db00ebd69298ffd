"""YAML text → nodes that keep their lines, read as the analyst wrote them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from verbatims.errors import Problem, QuestionnaireError

_TRUE = ("true", "vrai", "oui", "yes")
_FALSE = ("false", "faux", "non", "no")


def compose(data: bytes, file: str) -> Node:
    """The root node of a YAML file: no objects are built, so `Non` or `1.0` stay as written."""
    try:
        root = yaml.compose(data, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise QuestionnaireError(
            f"Le fichier « {file} » n'est pas un YAML lisible.", [_unreadable(error, file)]
        ) from error
    if root is None:
        raise QuestionnaireError(f"Le fichier « {file} » est vide : décrivez-y les questions.")
    return root


def line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def suggestion(word: str, known: Iterable[str]) -> str:
    """« (vouliez-vous dire … ?) » when a known word is close to the one written."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (vouliez-vous dire « {close[0]} » ?)" if close else ""


@dataclass
class Faults:
    """Reads nodes, and gathers what is wrong with them on the way."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, message: str, node: Node) -> None:
        self.problems.append(Problem(message, file=self.file, line=line(node)))

    def mapping(self, node: Node, *, known: Collection[str], what: str) -> dict[str, Node]:
        """The keys of a mapping among the known ones; the others are problems."""
        found = {}
        for key, value in self.pairs(node, what=what):
            if key in known:
                found[key] = value
            else:
                self.add(f"clé inconnue « {key} »{suggestion(key, known)}.", value)
        return found

    def pairs(self, node: Node, *, what: str) -> list[tuple[str, Node]]:
        if not isinstance(node, MappingNode):
            self.add(f"{what} : écrivez « clé: valeur » à la ligne, ou {{clé: valeur}}.", node)
            return []
        found: dict[str, Node] = {}
        for key_node, value in node.value:
            key = self.text(key_node, what=what)
            if key in found:
                self.add(f"{what} : « {key} » est écrit deux fois.", key_node)
            found[key] = value
        return list(found.items())

    def text(self, node: Node, *, what: str) -> str:
        if isinstance(node, ScalarNode):
            return str(node.value)
        self.add(f"{what} : un texte est attendu ici.", node)
        return ""

    def texts(self, node: Node, *, what: str) -> tuple[str, ...]:
        """A list of texts; one text alone stands for a list of one."""
        if isinstance(node, SequenceNode):
            return tuple(self.text(item, what=what) for item in node.value)
        return (self.text(node, what=what),)

    def number(self, node: Node, *, what: str) -> float | None:
        written = self.text(node, what=what)
        try:
            return float(written.replace(",", "."))
        except ValueError:
            self.add(f"{what} : « {written} » n'est pas un nombre.", node)
            return None

    def interval(self, node: Node, *, what: str) -> tuple[float, float] | None:
        if not isinstance(node, SequenceNode) or len(node.value) != 2:
            self.add(f"{what} : écrivez deux nombres, par exemple [1, 10].", node)
            return None
        low, high = (self.number(item, what=what) for item in node.value)
        if low is None or high is None:
            return None
        if low > high:
            self.add(f"{what} : le premier nombre dépasse le second.", node)
            return None
        return low, high

    def flag(self, node: Node, *, what: str) -> bool:
        written = self.text(node, what=what).lower()
        if written not in _TRUE + _FALSE:
            self.add(f"{what} : écrivez true ou false.", node)
        return written in _TRUE


def _unreadable(error: yaml.YAMLError | RecursionError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    place = int(mark.line) + 1 if mark else None
    if isinstance(error, yaml.reader.ReaderError):
        return Problem("le fichier n'est pas en UTF-8 : réenregistrez-le en UTF-8.", file=file)
    return Problem(
        "la mise en page ne se lit pas ici : vérifiez l'alignement, et mettez entre guillemets "
        'droits (") les textes qui contiennent « : », « # » ou qui commencent par un signe.',
        file=file,
        line=place,
    )
