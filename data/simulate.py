"""A seed and the hand-written answers of reponses.toml → the three CSV files of the demo study.

    python data/simulate.py [FOLDER]

The same bytes come out on every machine: only `Random.random` is used, the one method whose
sequence Python promises to keep from one version to the next.
"""

import csv
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeVar

T = TypeVar("T")

SEED = 52
HERE = Path(__file__).parent

# --- Who answers: how many of each, dealt exactly --------------------------------------------

STRUCTURES = {
    "Association": 17,
    "Collectivité": 8,
    "Entreprise": 8,
    "Fondation": 6,
    "Tête de réseau": 5,
    "Service de l'État": 4,
    "Accompagnement ou recherche": 4,
}
REGIONS = {
    "Auvergne-Rhône-Alpes": 7,
    "Bourgogne-Franche-Comté": 3,
    "Bretagne": 4,
    "Centre-Val de Loire": 2,
    "Grand Est": 5,
    "Hauts-de-France": 6,
    "Île-de-France": 7,
    "Normandie": 3,
    "Nouvelle-Aquitaine": 5,
    "Occitanie": 4,
    "Pays de la Loire": 4,
    "Provence-Alpes-Côte d'Azur": 2,
}
TERRITORIES = {
    "Rural": 14,
    "Petite ou moyenne ville": 13,
    "Métropole": 16,
    "Plusieurs territoires": 9,
}
SIZES = ["Moins de 10 salariés", "10 à 49 salariés", "50 à 249 salariés", "250 salariés et plus"]
ROLES = {
    "Direction": 0.36,
    "Chargé·e de mission": 0.30,
    "Présidence ou administration": 0.16,
    "Élu·e": 0.0,
    "Bénévole": 0.06,
}

# How large each kind of structure is, how far co-construction has gone there, what it has on
# its mind, and what weight it carries in the community that the sample stands for.
SIZE_OF = {"Association": 0.3, "Tête de réseau": 0.3, "Fondation": 0.25, "Entreprise": 0.75}
MATURITY = {"Tête de réseau": 0.15, "Fondation": 0.1, "Entreprise": -0.1, "Rural": -0.08}
CONCERN = {
    "Association": "financement",
    "Collectivité": "gouvernance",
    "Entreprise": "reseaux_entreprises",
    "Fondation": "evaluation",
    "Tête de réseau": "coordination",
    "Service de l'État": "articulation_niveaux",
    "Accompagnement ou recherche": "ingenierie",
}
WEIGHT = {"Association": 0.82, "Entreprise": 1.35, "Collectivité": 1.15, "Fondation": 0.9}

# --- What they tick: each answer with how far up the scale, or how often, it comes -------------

EXISTENCE = {  # Q1
    "Expérimentations collectives autour d'un enjeu partagé du territoire": 0.50,
    "Animation du territoire sur les partenariats": 0.44,
    "Accompagnement des associations et des entreprises sur leurs partenariats": 0.55,
}
LEVELS_CALLED_ON = {  # Q2
    "National": 0.22,
    "Régional": 0.62,
    "Départemental": 0.60,
    "Intercommunal": 0.66,
    "Communal": 0.38,
    "Quartier": 0.20,
}
SKIPPED = 1 / 30  # the share of closed answers left blank
ASKED_ABOUT_ACTORS = 34  # the base printed in the published deck
ARTICULATION = {"1": 9, "2": ASKED_ABOUT_ACTORS - 9, "3": 14, "4": 2, "": 2}  # Q3
FLOWS = {  # Q4
    "Descendante : déclinaison de programmes nationaux en local": 0.62,
    "Remontante : remontée d'initiatives locales au niveau national pour un déploiement": 0.52,
    "Transversale : irrigation entre territoires des initiatives": 0.27,
}
FREQUENCIES = {  # Q5: how high, and for which structure it is its own kind
    "Associations": (0.88, "Association"),
    "Pouvoirs publics": (0.80, "Collectivité"),
    "Fondations": (0.66, "Fondation"),
    "Entreprises": (0.44, "Entreprise"),
    "Grandes entreprises à maillage territorial": (0.32, "Entreprise"),
    "Enseignement et recherche": (0.30, "Accompagnement ou recherche"),
    "Citoyens": (0.38, ""),
}
COMPANY_ROLES = {  # Q6
    "Mise à disposition de ressources humaines": 0.60,
    "Mise à disposition de ressources matérielles": 0.46,
    "Mise à disposition de ressources financières": 0.62,
    "Facilitation": 0.40,
    "Aide à l'ingénierie de projet": 0.30,
}
IMPORTANCE = {  # Q7: mean mark
    "La sécurité": 4.6,
    "Le niveau de vie, le pouvoir d'achat": 6.3,
    "La culture, les loisirs": 6.4,
    "La santé": 6.7,
    "L'éducation": 7.0,
    "L'accès au numérique, l'accès à internet": 6.0,
    "Le vieillissement, l'intergénérationnel": 7.0,
    "Le logement": 6.3,
    "La mobilité (infrastructures transports)": 6.5,
    "La diversité, le handicap": 7.1,
    "Le développement économique": 7.2,
    "Le lien social, l'isolement": 8.2,
    "L'environnement": 7.4,
    "La pauvreté, la précarité": 8.1,
    "La transition énergétique": 8.0,
    "Les emplois, le chômage, l'insertion professionnelle": 8.5,
}
LEANINGS = {  # the domains that a structure marks one point higher
    "Association": ("Le lien social, l'isolement", "La pauvreté, la précarité"),
    "Entreprise": ("La transition énergétique", "Le développement économique"),
    "Collectivité": ("La mobilité (infrastructures transports)", "Le logement"),
}
EXPECTED_ACTORS = {  # Q8
    "Associations": 0.92,
    "Pouvoirs publics": 0.86,
    "Fondations": 0.72,
    "Entreprises": 0.70,
    "Grandes entreprises à maillage territorial": 0.60,
    "Citoyens": 0.66,
}
LEVERS = {  # Q9
    "Mécénat des entreprises": 0.56,
    "Fonds des fondations": 0.66,
    "Subventions des collectivités": 0.60,
    "Fonds européens": 0.34,
    "Contribution des bénéficiaires": 0.24,
    "Fonds mutualisé public-privé": 0.48,
}
GOVERNORS = {  # Q10
    "Les institutions": 0.78,
    "Les organisations opérationnelles": 0.80,
    "Les citoyens": 0.66,
    "Les financeurs": 0.36,
}
PRIORITIES = {  # Q11
    "Évaluer et mesurer les impacts": 0.46,
    "Organiser des rencontres entre acteurs": 0.44,
    "Lancer des expérimentations collectives": 0.42,
    "Valoriser les initiatives existantes": 0.40,
    "Former et outiller les acteurs": 0.28,
    "Sécuriser le financement": 0.38,
}

# --- What they write --------------------------------------------------------------------------

EXPECTATIONS, HELP = "attentes", "aide"  # the ids of the open questions
COLUMN = {EXPECTATIONS: "Q12", HELP: "Q13"}
SILENT = {  # what those who say nothing leave in the cell
    EXPECTATIONS: ["", "", "", "", "RAS", "nsp", "Néant"],
    HELP: [*[""] * 19, "  ", "idem", "ras", "-", "Rien", "RAS"],
}
QUOTES = [  # published, the only real answers of the study
    "Désectoriser, mettre de la cohérence dans toutes les initiatives; "
    "travailler à la complémentarité",
    "Coordonner; agir ensemble; inter-connaissance pour susciter l'envie de faire ensemble",
    "Valoriser, faire connaitre, illustrer les résultats",
    "Intégrer la thématique dans les chantiers des réseaux d'entreprises",
]


@dataclass(frozen=True)
class Respondent:
    """One simulated person, and how far co-construction has gone around them (0 to 1)."""

    id: str
    structure: str
    region: str
    territory: str
    maturity: float


@dataclass(frozen=True)
class Answer:
    """A hand-written answer, and what it is about."""

    text: str
    themes: tuple[str, ...] = ()
    decoys: tuple[str, ...] = ()
    who: tuple[str, ...] = tuple(STRUCTURES)
    sure: bool = False


def main() -> None:
    simulate(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)


def simulate(folder: Path) -> None:
    """Write the survey, the quotes and the decisions of the simulated coder into `folder`."""
    people = respondents()
    written = {question: open_answers(question, people) for question in COLUMN}
    levels = articulation(people)
    survey = [row(person, levels[person.id], written) for person in people]
    quotes = [{"personne": f"E{n}", "propos": quote} for n, quote in enumerate(QUOTES, start=1)]
    write(folder / "pionniers.csv", survey, delimiter=";")
    write(folder / "citations.csv", quotes, delimiter=";")
    write(folder / "codages_demo.csv", decisions(written[EXPECTATIONS]), delimiter=",")


def respondents() -> list[Respondent]:
    """Deal the profiles to 52 respondents."""
    rng = stream("profile")
    hands = zip(*(dealt(rng, counts) for counts in (STRUCTURES, REGIONS, TERRITORIES)), strict=True)
    return [
        Respondent(f"R{n:02}", *hand, maturity=clamp(0.5 + shift(hand) + 0.7 * bump(rng)))
        for n, hand in enumerate(hands, start=1)
    ]


def shift(hand: Iterable[str]) -> float:
    return sum(MATURITY.get(trait, 0.0) for trait in hand)


# --- Closed answers ---------------------------------------------------------------------------


def row(person: Respondent, level: str, written: dict[str, dict[str, Answer]]) -> dict[str, str]:
    """One line of the survey file."""
    rng = stream(person.id)
    return {
        "N°": person.id,
        **profile(rng, person),
        **scale(rng, numbered("Q1", EXISTENCE), 0.8 * (person.maturity - 0.5)),
        **{f"Q2_{n}": ticks(rng, LEVELS_CALLED_ON) for n in (1, 2, 3)},
        "Q3": level,
        "Q4": ticks(rng, FLOWS),
        **actors(rng, person),
        "Q6": ticks(rng, COMPANY_ROLES),
        **ratings(rng, person),
        **expected_actors(rng, level),
        **boxes(rng, numbered("Q9", LEVERS)),
        "Q10": ticks(rng, GOVERNORS),
        "Q11": ticks(rng, PRIORITIES, most=3),
        **{COLUMN[question]: answers[person.id].text for question, answers in written.items()},
        "Poids": f"{WEIGHT.get(person.structure, 1.0) * (0.95 + 0.1 * rng.random()):.3f}",
        "Durée (s)": str(240 + int(1500 * rng.random() ** 2)),
    }


def profile(rng: Random, person: Respondent) -> dict[str, str]:
    size = SIZE_OF.get(person.structure, 0.6)
    roles = ROLES | {"Élu·e": 0.4 if person.structure == "Collectivité" else 0.0}
    if person.structure != "Association":
        roles["Bénévole"] = 0.0
    return {
        "Structure": person.structure,
        "Région": person.region,
        "Territoire": person.territory,
        "Taille": SIZES[rung(rng, size, len(SIZES))],
        "Fonction": choose(rng, list(roles), list(roles.values())),
    }


def scale(rng: Random, items: dict[str, float], lift: float) -> dict[str, str]:
    """A grid of four levels coded 1 to 4, with some cells left blank."""
    return {
        header: "" if rng.random() < SKIPPED else str(1 + rung(rng, height + lift, 4))
        for header, height in items.items()
    }


def actors(rng: Random, person: Respondent) -> dict[str, str]:
    """How often each actor takes part (1 to 4); each sees a little more of its own kind."""
    lift = 0.3 * (person.maturity - 0.5)
    answers = {}
    for header, (height, kin) in numbered("Q5", FREQUENCIES).items():
        level = 1 + rung(rng, height + lift + 0.12 * (kin == person.structure), 4)
        answers[header] = "9" if rng.random() < 0.04 else str(level)
    return answers


def ratings(rng: Random, person: Respondent) -> dict[str, str]:
    """Marks from 1 to 10, 99 for « Ne sais pas »; some are generous with all domains."""
    generosity = 3 * bump(rng) + 0.5 * (person.territory == "Rural")
    marks = {}
    for domain, mean in IMPORTANCE.items():
        mark = round(mean + generosity + (domain in leanings(person)) + 8 * bump(rng))
        unsure = 0.10 if mean < 6.5 else 0.04
        marks[domain] = "99" if rng.random() < unsure else str(min(10, max(1, mark)))
    return numbered("Q7", marks)


def leanings(person: Respondent) -> tuple[str, ...]:
    return LEANINGS.get(person.structure, ())


def numbered(question: str, items: dict[str, T]) -> dict[str, T]:
    """The items of a question under the headers of the file: Q7_1, Q7_2…"""
    return {f"{question}_{n}": value for n, value in enumerate(items.values(), start=1)}


def ticks(rng: Random, options: dict[str, float], *, most: int = 99) -> str:
    """The options ticked, in one cell, `most` of them at most; blank when skipped."""
    if rng.random() < SKIPPED:
        return ""
    ticked = [option for option, share in options.items() if rng.random() < share]
    while len(ticked) > most:
        ticked.remove(choose(rng, ticked, [1.0] * len(ticked)))
    return ";".join(ticked or [max(options, key=lambda option: options[option])])


def boxes(rng: Random, options: dict[str, float]) -> dict[str, str]:
    """The options ticked, one 0/1 column each; all blank when skipped."""
    ticked = ticks(rng, options)
    return {option: str(int(option in ticked.split(";"))) if ticked else "" for option in options}


def articulation(people: Sequence[Respondent]) -> dict[str, str]:
    """How well each finds the territorial levels articulated: in fixed numbers, by maturity."""
    rng = stream("articulation")
    ranks = sorted(people, key=lambda person: (person.maturity + 0.5 * bump(rng), person.id))
    levels = [level for level, count in ARTICULATION.items() for _ in range(count)]
    return {person.id: level for person, level in zip(ranks, levels, strict=True)}


def expected_actors(rng: Random, level: str) -> dict[str, str]:
    """Who should take part (1 to 4), asked only of those who find the levels little articulated."""
    heights = numbered("Q8", EXPECTED_ACTORS)
    if level not in ("1", "2"):
        return dict.fromkeys(heights, "")
    return {header: str(1 + rung(rng, height, 4)) for header, height in heights.items()}


# --- Open answers -----------------------------------------------------------------------------


def open_answers(question: str, people: Sequence[Respondent]) -> dict[str, Answer]:
    """Give each respondent an answer that suits their structure, or a way of saying nothing."""
    rng = stream(question)
    order = shuffled(rng, people)
    silent, talking = order[: len(SILENT[question])], order[len(SILENT[question]) :]
    given = {person.id: Answer(text) for person, text in zip(silent, SILENT[question], strict=True)}
    for answer in sorted(shuffled(rng, pool(question)), key=lambda answer: not answer.sure):
        fit = [person for person in talking if person.structure in answer.who]
        if fit:
            concerned = [3.0 if CONCERN[p.structure] in answer.themes else 1.0 for p in fit]
            person = choose(rng, fit, concerned)
            talking.remove(person)
            given[person.id] = answer if answer.sure else rough(rng, answer)
    return given


def pool(question: str) -> list[Answer]:
    with (HERE / "reponses.toml").open("rb") as file:
        entries = tomllib.load(file)[question]
    return [
        Answer(
            text=entry["text"],
            themes=tuple(entry["themes"]),
            decoys=tuple(entry.get("decoys", ())),
            who=tuple(entry.get("who", STRUCTURES)),
            sure=entry.get("sure", False),
        )
        for entry in entries
    ]


def rough(rng: Random, answer: Answer) -> Answer:
    """The answer as it might really have been typed; more than half are left as they are."""
    text, roll = answer.text, rng.random()
    if roll < 0.10:
        text = unaccented(text)
    elif roll < 0.20:
        text = mistyped(rng, text)
    elif roll < 0.25 and len(text.split()) < 12:
        text = unaccented(text).upper()
    elif roll < 0.35:
        text = text[0].lower() + text[1:].rstrip(" .!")
    elif roll < 0.45:
        text = text.replace("'", "’") + " "
    return Answer(text, answer.themes, answer.decoys)


def unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def mistyped(rng: Random, text: str) -> str:
    """Swap, double or forget one letter inside one or two long words."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 6 and word.isalpha()]
    for place in shuffled(rng, long)[: 1 + (len(words) > 15)]:
        word = words[place]
        at = 2 + int(rng.random() * (len(word) - 4))
        slips = [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1 :],
        ]
        words[place] = choose(rng, slips, [1.0] * len(slips))
    return " ".join(words)


def decisions(answers: dict[str, Answer]) -> list[dict[str, str]]:
    """What a coder who knows the truth enters: present, refused, then « read »."""
    rows = []
    for respondent_id, answer in sorted(answers.items()):
        if answer.text in SILENT[EXPECTATIONS]:
            continue
        gestures = [(theme, "present") for theme in answer.themes]
        gestures += [(theme, "absent") for theme in answer.decoys]
        for theme, value in [*gestures, ("", "read")]:
            verbatim = f"{respondent_id}:{EXPECTATIONS}"
            rows.append({"verbatim_id": verbatim, "theme": theme, "value": value})
    return rows


# --- Chance and files -------------------------------------------------------------------------


def stream(name: str) -> Random:
    """Its own sequence for each name, so that a change in one place leaves the others alone."""
    return Random(f"{SEED} {name}")


def bump(rng: Random) -> float:
    """A number between -0.5 and 0.5, most often near 0."""
    return (rng.random() + rng.random()) / 2 - 0.5


def clamp(number: float) -> float:
    return min(1.0, max(0.0, number))


def rung(rng: Random, height: float, rungs: int) -> int:
    """A step from 0 to `rungs` - 1, near `height` (0 to 1)."""
    return min(rungs - 1, int(rungs * clamp(height + 1.2 * bump(rng))))


def choose(rng: Random, options: Sequence[T], weights: Sequence[float]) -> T:
    mark = rng.random() * sum(weights)
    for option, weight in zip(options, weights, strict=True):
        mark -= weight
        if mark < 0:
            return option
    return options[-1]


def shuffled(rng: Random, items: Iterable[T]) -> list[T]:
    draws = [(rng.random(), item) for item in items]
    return [item for _, item in sorted(draws, key=lambda draw: draw[0])]


def dealt(rng: Random, counts: dict[str, int]) -> list[str]:
    return shuffled(rng, [option for option, count in counts.items() for _ in range(count)])


def write(path: Path, rows: list[dict[str, str]], *, delimiter: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
