"""What the grid of answers says. A pair is for one and for several; {n} and others are filled in
by the browser.
"""

Said = str | tuple[str, str]

WORDS: dict[str, Said] = {
    "grid": "Tableau des réponses",
    "keys": (
        "Dans le tableau : ↑ ↓ ligne · Espace choisir · Maj+↑ ↓ étendre le choix · Ctrl+A toute la "
        "page · → ← déplier, replier · Entrée ouvrir dans « Une à une » · Échap ne plus rien "
        "choisir · Ctrl+Z annuler"
    ),
    # filters
    "question": "Question",
    "all_questions": "Toutes les questions",
    "theme_filter": "Thème",
    "all_themes": "Tous les thèmes",
    "profile": "Profil",
    "all_profiles": "Tous les profils",
    "state": "Lecture",
    "mark": "Marques",
    "search": "Rechercher",
    "search_hint": "mots du texte",
    "clear_filters": "Effacer les filtres",
    "columns": "Colonnes",
    "own_columns": "Codage",
    "closed_columns": "Réponses fermées",
    # rows
    "choose_row": "Choisir la réponse de {who}",
    "choose_page": "Choisir toute la page",
    "open_row": "Ouvrir la réponse de {who} dans « Une à une »",
    "unfold": "Lire tout",
    "fold": "Replier",
    "memo": "Mémo :",
    "flagged": "À discuter",
    "picked": "Retenue comme citation",
    "read_by": "lu · {who}",
    "unread": "non lu",
    "me": "moi",
    "closed": "à l’aveugle",
    "closed_to_machine": "suggestions masquées",
    "holds_nothing": "rien à coder",
    "more_themes": ("+ {n} autre", "+ {n} autres"),
    "chip_coded": "{label} : retenu par {by}",
    "chip_others": "{label} : retenu par {by}, pas par vous",
    "chip_suggested": "{label} : suggéré",
    "chip_accepted": "{label} : accepté sans lecture",
    "nothing_passes": "Aucune réponse ne passe ces filtres.",
    "nothing_here": "Aucune réponse ouverte.",
    # pages
    "range": ("{first} à {last} sur {n} réponse", "{first} à {last} sur {n} réponses"),
    "by_page": "Par page",
    "page": "Page",
    "of_pages": ("sur {n}", "sur {n}"),
    "previous": "Page précédente",
    "next": "Page suivante",
    # choosing
    "chosen_none": "Aucune réponse choisie",
    "chosen": ("{n} réponse choisie", "{n} réponses choisies"),
    "elsewhere": ("(dont {n} hors de cette page)", "(dont {n} hors de cette page)"),
    "choose_all": ("Choisir la seule réponse", "Choisir les {n} réponses"),
    "choose_passing": (
        "Choisir la réponse qui passe les filtres",
        "Choisir les {n} réponses qui passent les filtres",
    ),
    "unchoose": "Ne plus rien choisir",
    "doing": "Coder les réponses choisies",
    "add": "Ajouter un thème…",
    "remove": "Retirer un thème…",
    "validate": "Valider les suggestions…",
    "nothing": "Rien à coder…",
    # one gesture on many
    "themes": "Thèmes",
    "search_theme": "Chercher un thème",
    "no_theme": "Aucun thème ne correspond.",
    "counting": "Décompte en cours…",
    "held": ("sur {n} réponse", "sur {n} réponses"),
    "cancel": "Ne rien faire",
    "add_which": (
        "Quel thème ajouter à la réponse choisie ?",
        "Quel thème ajouter aux {n} réponses choisies ?",
    ),
    "remove_which": (
        "Quel thème retirer de la réponse choisie ?",
        "Quel thème retirer des {n} réponses choisies ?",
    ),
    "add_title": (
        "Ajouter « {label} » à la réponse choisie ?",
        "Ajouter « {label} » aux {n} réponses choisies ?",
    ),
    "remove_title": (
        "Retirer « {label} » de la réponse choisie ?",
        "Retirer « {label} » des {n} réponses choisies ?",
    ),
    "validate_title": (
        "Valider les suggestions de la réponse choisie ?",
        "Valider les suggestions des {n} réponses choisies ?",
    ),
    "nothing_title": (
        "Rien à coder dans la réponse choisie ?",
        "Rien à coder dans les {n} réponses choisies ?",
    ),
    "add_do": ("Ajouter à {n} réponse", "Ajouter à {n} réponses"),
    "remove_do": ("Retirer de {n} réponse", "Retirer de {n} réponses"),
    "validate_do": ("Valider {n} réponse", "Valider {n} réponses"),
    "nothing_do": ("Rien à coder dans {n} réponse", "Rien à coder dans {n} réponses"),
    "add_rule": (
        "Chaque réponse garde ses thèmes (les vôtres si vous l’avez lue, sinon tous ceux que "
        "montre sa ligne, suggérés compris) et reçoit « {label} »."
    ),
    "remove_rule": (
        "Chaque réponse perd « {label} » et garde ses autres thèmes (les vôtres si vous l’avez "
        "lue, sinon tous ceux que montre sa ligne, suggérés compris)."
    ),
    "validate_rule": "Chaque réponse retient les thèmes que sa ligne suggère, sans en changer.",
    "nothing_rule": "Chaque réponse sera sans thème : ni retenu, ni suggéré.",
    "newly_read": (
        "{n} réponse que vous n’aviez pas lue comptera comme lue par vous.",
        "{n} réponses que vous n’aviez pas lues compteront comme lues par vous.",
    ),
    "add_same": (
        "{n} réponse que vous avez lue le porte déjà : rien n’y change.",
        "{n} réponses que vous avez lues le portent déjà : rien n’y change.",
    ),
    "remove_same": (
        "{n} réponse ne le porte pas : rien n’y change.",
        "{n} réponses ne le portent pas : rien n’y change.",
    ),
    "validate_same": (
        "{n} réponse est déjà lue ou n’a pas de suggestion : rien n’y change.",
        "{n} réponses sont déjà lues ou n’ont pas de suggestion : rien n’y change.",
    ),
    "nothing_same": (
        "{n} réponse que vous avez lue est déjà sans thème : rien n’y change.",
        "{n} réponses que vous avez lues sont déjà sans thème : rien n’y change.",
    ),
    "assigned": (
        "{n} réponse est confiée à d’autres par le plan de codage : rien n’y change.",
        "{n} réponses sont confiées à d’autres par le plan de codage : rien n’y change.",
    ),
    "one_gesture": "C’est un seul geste : « Annuler » le reprend tout entier.",
    "add_no_effect": "Vous avez lu toutes ces réponses, et elles portent déjà « {label} ».",
    "remove_no_effect": "Aucune de ces réponses ne porte « {label} ».",
    "validate_no_effect": "Aucune de ces réponses n’a de suggestion à valider.",
    "nothing_no_effect": "Vous avez lu toutes ces réponses, et elles sont déjà sans thème.",
    "add_done": (
        "« {label} » ajouté à {n} réponse.",
        "« {label} » ajouté à {n} réponses.",
    ),
    "remove_done": (
        "« {label} » retiré de {n} réponse.",
        "« {label} » retiré de {n} réponses.",
    ),
    "validate_done": ("{n} réponse validée.", "{n} réponses validées."),
    "nothing_done": ("Rien à coder dans {n} réponse.", "Rien à coder dans {n} réponses."),
    "now_read": (
        "{n} compte maintenant comme lue par vous.",
        "{n} comptent maintenant comme lues par vous.",
    ),
    "undo": "Annuler",
    "undone": "Le geste est repris tout entier.",
    "nothing_to_undo": "Rien à annuler ici ; « Une à une » reprend les gestes plus anciens.",
    # when things go wrong
    "away": "Le serveur ne répond pas : nouvel essai en cours.",
    "refused": "La demande n’a pas abouti : rechargez la page.",
}
