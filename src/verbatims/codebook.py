"""codebook.yaml → Codebook, or every error of the file at once, each with its line."""

import hashlib
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

import yaml

from verbatims.errors import CodebookError, FileError, Problem
from verbatims.folding import fold_word
from verbatims.model import Codebook, Term, TermKind, Theme

ROOT_KEYS = ("title", "themes")
THEME_KEYS = ("id", "label", "parent", "definition", "include", "exclude", "examples", "terms")

Fields = dict[str, yaml.Node]

_ID = re.compile(r"[a-z0-9_-]+")
_ODD_QUOTES = re.compile(r"[«»“”„‟]|^['’‘]|['’‘]$")

# What PyYAML says, and what an analyst can do about it; the first that fits is shown.
_YAML_ADVICE = (
    ("'\\t'", "une tabulation décale cette ligne ; remplacez-la par des espaces."),
    ("alias", "l'astérisque se met à la fin d'un mot, comme dans « mutualis* »."),
    ("alphabetic or numeric", "l'astérisque se met à la fin d'un mot, comme dans « mutualis* »."),
    ("unexpected end of stream", "un guillemet est ouvert ici et n'est jamais refermé."),
    ("mapping values", "« : » en trop, ou ligne mal alignée ; mettez le texte entre guillemets."),
    ("cannot start any token", "ce caractère ne peut pas commencer un texte sans guillemets."),
    ("expected ':'", "il manque « : » après la clé, ou la ligne est mal alignée."),
    ("single document", "« --- » ouvre un second document ; gardez une seule grille par fichier."),
    ("or ']'", "un crochet « [ » est ouvert ici et n'est jamais refermé."),
    ("or '}'", "une accolade « { » est ouverte ici et n'est jamais refermée."),
    ("<scalar>", "du texte suit un guillemet fermant ; mettez le tout entre guillemets simples."),
)
_YAML_DEFAULT = "le fichier n'est pas lisible à partir d'ici ; vérifiez l'alignement des lignes."


def load(path: Path) -> Codebook:
    """Read a codebook; raise a CodebookError that lists every problem found."""
    reader = _Reader(path.name)
    root = reader.compose(_text(path))
    book = _codebook(root, reader)
    if reader.problems:
        raise _error(path.name, sorted(reader.problems, key=lambda problem: problem.line or 0))
    return replace(book, hash=_hash(book))


@dataclass
class _Reader:
    """YAML nodes → plain texts, noting what is wrong on the way."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def note(self, line: int, message: str) -> None:
        self.problems.append(Problem(message, self.file, line))

    def compose(self, text: str) -> yaml.Node | None:
        try:
            return yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            raise _error(self.file, [Problem(_advice(error), self.file, _place(error))]) from error
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            message = "caractère invisible interdit en YAML ; effacez-le."
            raise _error(self.file, [Problem(message, self.file, line)]) from error

    def fields(self, node: yaml.Node, known: Collection[str], what: str) -> Fields:
        """The known keys of a mapping; unknown and repeated ones are noted."""
        if not isinstance(node, yaml.MappingNode):
            self.note(_line(node), f"{what} s'écrit avec des lignes « clé: valeur ».")
            return {}
        found: Fields = {}
        for key, value in node.value:
            name = _written(key)
            if name in found:
                self.note(_line(key), f"clé « {name} » écrite deux fois dans {what}.")
            elif name in known:
                found[name] = value
            else:
                self.note(_line(key), f"clé inconnue « {name} » ; {_meant(name, known)}")
        return found

    def text(self, fields: Fields, key: str) -> str:
        node = fields.get(key)
        if node is None or isinstance(node, yaml.ScalarNode):
            return _written(node)
        self.note(_line(node), f"« {key} » attend un texte ; mettez-le entre guillemets.")
        return ""

    def texts(self, fields: Fields, key: str) -> tuple[str, ...]:
        return tuple(text for _, text in self.items(fields, key) if text)

    def items(self, fields: Fields, key: str) -> Iterator[tuple[int, str]]:
        """The line and text of each item of a list."""
        node = fields.get(key)
        if node is None or _is_null(node):
            return
        if not isinstance(node, yaml.SequenceNode):
            self.note(_line(node), f"« {key} » attend une liste : une ligne « - … » par élément.")
            return
        for item in node.value:
            if isinstance(item, yaml.ScalarNode):
                yield _line(item), _written(item)
            else:
                advice = "mettez-le entre guillemets s'il contient « : », « [ » ou « { »."
                self.note(_line(item), f"« {key} » : chaque élément est un texte ; {advice}")


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise FileError(f"Impossible de lire « {path.name} » : {reason}.") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = "caractère illisible ; enregistrez le fichier en UTF-8."
        raise _error(path.name, [Problem(message, path.name, line)]) from error


def _codebook(root: yaml.Node | None, reader: _Reader) -> Codebook:
    if root is None:
        reader.note(1, "le fichier est vide ; commencez par « themes: ».")
        return Codebook(())
    problems_before = len(reader.problems)
    fields = reader.fields(root, ROOT_KEYS, "la grille")
    themes = tuple(_themes(fields.get("themes"), reader))
    if not themes and len(reader.problems) == problems_before:
        line = _line(fields.get("themes", root))
        reader.note(line, "aucun thème ; ajoutez-en sous « themes: », un par tiret.")
    _check_ids(themes, reader)
    _check_parents(themes, reader)
    return Codebook(themes, reader.text(fields, "title"))


def _themes(node: yaml.Node | None, reader: _Reader) -> Iterator[Theme]:
    if node is None or _is_null(node):
        return
    if not isinstance(node, yaml.SequenceNode):
        reader.note(_line(node), "« themes » attend une liste : un thème par tiret « - ».")
        return
    for item in node.value:
        theme = _theme(item, reader)
        if theme is not None:
            yield theme


def _theme(node: yaml.Node, reader: _Reader) -> Theme | None:
    fields = reader.fields(node, THEME_KEYS, "un thème")
    if not isinstance(node, yaml.MappingNode):
        return None
    for key in ("id", "label"):
        if key not in fields or _is_null(fields[key]):
            reader.note(_line(node), f"ce thème n'a pas de « {key} » ; ajoutez-le.")
    return Theme(
        id=reader.text(fields, "id"),
        label=reader.text(fields, "label"),
        parent=reader.text(fields, "parent"),
        definition=reader.text(fields, "definition"),
        include=reader.texts(fields, "include"),
        exclude=reader.texts(fields, "exclude"),
        examples=reader.texts(fields, "examples"),
        terms=tuple(_terms(fields, reader)),
        line=_line(node),
    )


def _terms(fields: Fields, reader: _Reader) -> Iterator[Term]:
    seen: dict[tuple[TermKind, tuple[str, ...]], int] = {}
    for line, written in reader.items(fields, "terms"):
        fault = _fault(written)
        if fault:
            reader.note(line, fault)
            continue
        term = _term(written, line)
        key = term.kind, tuple(map(fold_word, term.words))
        if key in seen:
            reader.note(line, f"terme « {written} » déjà écrit ligne {seen[key]} ; effacez-le.")
        else:
            seen[key] = line
            yield term


def _fault(written: str) -> str:
    """What is wrong with a term, "" if nothing."""
    if not written:
        return "terme vide ; complétez-le ou effacez la ligne."
    if _ODD_QUOTES.search(written) or not _well_quoted(written):
        return (
            f"guillemets mal placés dans « {written} » ; une forme exacte s'écrit '\"en réseau\"'."
        )
    if not any(char.isalnum() for char in written):
        return f"le terme « {written} » n'a aucune lettre."
    if "*" in written and not re.fullmatch(r"[^\s*\"]+\*", written):
        return f"« {written} » : l'astérisque se met à la fin d'un mot seul, comme « mutualis* »."
    return ""


def _well_quoted(written: str) -> bool:
    return '"' not in written or bool(re.fullmatch(r'"[^"]+"', written))


def _term(written: str, line: int) -> Term:
    if written.startswith('"'):
        return Term(written, TermKind.EXACT, tuple(written.strip('"').split()), line)
    if written.endswith("*"):
        return Term(written, TermKind.PREFIX, (written.removesuffix("*"),), line)
    words = tuple(written.split())
    return Term(written, TermKind.LEMMA if len(words) == 1 else TermKind.EXPRESSION, words, line)


def _check_ids(themes: tuple[Theme, ...], reader: _Reader) -> None:
    seen: dict[str, int] = {}
    for theme in themes:
        if theme.id and not _ID.fullmatch(theme.id):
            advice = "minuscules sans accent, chiffres, « _ » et « - » seulement"
            reader.note(theme.line, f"identifiant « {theme.id} » : {advice}.")
        elif theme.id in seen:
            advice = f"déjà pris ligne {seen[theme.id]} ; choisissez-en un autre"
            reader.note(theme.line, f"identifiant « {theme.id} » {advice}.")
        elif theme.id:
            seen[theme.id] = theme.line


def _check_parents(themes: tuple[Theme, ...], reader: _Reader) -> None:
    parents = {theme.id: theme.parent for theme in themes}
    in_known_cycle: set[str] = set()
    for theme in themes:
        if theme.parent and theme.parent not in parents:
            meant = _meant(theme.parent, parents)
            reader.note(theme.line, f"thème parent inconnu : « {theme.parent} » ; {meant}")
            continue
        cycle = _cycle(theme.id, parents)
        if cycle and not in_known_cycle & set(cycle):
            loop = " → ".join([*cycle, cycle[0]])
            reader.note(theme.line, f"thèmes parents en boucle : {loop} ; effacez un « parent ».")
        in_known_cycle.update(cycle)


def _cycle(theme_id: str, parents: dict[str, str]) -> list[str]:
    """The themes met on the way up from this one and back to it, [] if the way ends."""
    met = [theme_id]
    while parents.get(met[-1]):
        above = parents[met[-1]]
        if above == theme_id:
            return met
        if above in met:
            return []
        met.append(above)
    return []


def _hash(book: Codebook) -> str:
    content = asdict(book)
    for theme in content["themes"]:
        del theme["line"]
        theme["terms"] = [term["written"] for term in theme["terms"]]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _error(file: str, problems: list[Problem]) -> CodebookError:
    count = "une erreur" if len(problems) == 1 else f"{len(problems)} erreurs"
    return CodebookError(f"Grille de codage « {file} » : {count} à corriger.", problems)


def _advice(error: yaml.MarkedYAMLError) -> str:
    said = f"{error.context} {error.problem}"
    return next((advice for clue, advice in _YAML_ADVICE if clue in said), _YAML_DEFAULT)


def _place(error: yaml.MarkedYAMLError) -> int:
    """Where a bracket or a quote was opened, when it is the end that is missing."""
    unclosed = "end of stream" in str(error.problem) or "<stream end>" in str(error.problem)
    mark = (error.context_mark if unclosed else None) or error.problem_mark
    return mark.line + 1 if mark else 1


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _written(node: yaml.Node | None) -> str:
    """A scalar as typed, white space put together."""
    return " ".join(node.value.split()) if isinstance(node, yaml.ScalarNode) else ""


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value.strip()


def _meant(word: str, known: Collection[str]) -> str:
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"vouliez-vous dire « {close[0]} » ?" if close else f"possibles : {', '.join(known)}."
