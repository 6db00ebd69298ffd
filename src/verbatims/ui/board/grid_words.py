"""What the grid of answers says. A pair is for one and for several; {n} and others are filled in
by the browser.
"""

from verbatims.language import _, plural_pair, spoken
from verbatims.ui.board.words import Words


def words() -> Words:
    """In the reader's language, whose name goes with them."""
    return {
        "language": spoken(),
        "grid": _("Tableau des réponses"),
        "keys": _(
            "Dans le tableau : ↑ ↓ ligne · Espace choisir · Maj+↑ ↓ étendre le choix · Ctrl+A "
            "toute la page · → ← déplier, replier · Entrée ouvrir dans « Une à une » · Échap ne "
            "plus rien choisir · Ctrl+Z annuler"
        ),
        # filters
        "question": _("Question"),
        "all_questions": _("Toutes les questions"),
        "theme_filter": _("Thème"),
        "all_themes": _("Tous les thèmes"),
        "profile": _("Profil"),
        "all_profiles": _("Tous les profils"),
        "state": _("Lecture"),
        "mark": _("Marques"),
        "search": _("Rechercher"),
        "search_hint": _("mots du texte"),
        "clear_filters": _("Effacer les filtres"),
        "columns": _("Colonnes"),
        "own_columns": _("Codage"),
        "closed_columns": _("Réponses fermées"),
        # rows
        "choose_row": _("Choisir la réponse de {who}"),
        "choose_page": _("Choisir toute la page"),
        "open_row": _("Ouvrir la réponse de {who} dans « Une à une »"),
        "unfold": _("Lire tout"),
        "fold": _("Replier"),
        "memo": _("Mémo :"),
        "flagged": _("À discuter"),
        "picked": _("Retenue comme citation"),
        "read_by": _("lu · {who}"),
        "unread": _("non lu"),
        "me": _("moi"),
        "closed": _("à l’aveugle"),
        "closed_to_machine": _("suggestions masquées"),
        "holds_nothing": _("rien à coder"),
        "more_themes": plural_pair("+ {n} autre", "+ {n} autres"),
        "more_named": plural_pair("+ {n} autre : {themes}", "+ {n} autres : {themes}"),
        "chip_coded": _("{label} : retenu par {by}"),
        "chip_others": _("{label} : retenu par {by}, pas par vous"),
        "chip_suggested": _("{label} : suggéré"),
        "chip_accepted": _("{label} : accepté sans lecture"),
        "nothing_passes": _("Aucune réponse ne passe ces filtres."),
        "nothing_here": _("Aucune réponse ouverte."),
        # pages
        "range": plural_pair(
            "{first} à {last} sur {n} réponse", "{first} à {last} sur {n} réponses"
        ),
        "by_page": _("Par page"),
        "page": _("Page"),
        "of_pages": plural_pair("sur {n}", "sur {n}"),
        "previous": _("Page précédente"),
        "next": _("Page suivante"),
        # choosing
        "chosen_none": _("Aucune réponse choisie"),
        "chosen": plural_pair("{n} réponse choisie", "{n} réponses choisies"),
        "elsewhere": plural_pair("(dont {n} hors de cette page)", "(dont {n} hors de cette page)"),
        "choose_all": plural_pair("Choisir la seule réponse", "Choisir les {n} réponses"),
        "choose_passing": plural_pair(
            "Choisir la réponse qui passe les filtres",
            "Choisir les {n} réponses qui passent les filtres",
        ),
        "unchoose": _("Ne plus rien choisir"),
        "doing": _("Coder les réponses choisies"),
        "add": _("Ajouter un thème…"),
        "remove": _("Retirer un thème…"),
        "validate": _("Valider les suggestions…"),
        "nothing": _("Rien à coder…"),
        # one gesture on many
        "themes": _("Thèmes"),
        "search_theme": _("Chercher un thème"),
        "no_theme": _("Aucun thème ne correspond."),
        "counting": _("Décompte en cours…"),
        "held": plural_pair("sur {n} réponse", "sur {n} réponses"),
        "cancel": _("Ne rien faire"),
        "add_which": plural_pair(
            "Quel thème ajouter à la réponse choisie ?",
            "Quel thème ajouter aux {n} réponses choisies ?",
        ),
        "remove_which": plural_pair(
            "Quel thème retirer de la réponse choisie ?",
            "Quel thème retirer des {n} réponses choisies ?",
        ),
        "add_title": plural_pair(
            "Ajouter « {label} » à la réponse choisie ?",
            "Ajouter « {label} » aux {n} réponses choisies ?",
        ),
        "remove_title": plural_pair(
            "Retirer « {label} » de la réponse choisie ?",
            "Retirer « {label} » des {n} réponses choisies ?",
        ),
        "validate_title": plural_pair(
            "Valider les suggestions de la réponse choisie ?",
            "Valider les suggestions des {n} réponses choisies ?",
        ),
        "nothing_title": plural_pair(
            "Rien à coder dans la réponse choisie ?",
            "Rien à coder dans les {n} réponses choisies ?",
        ),
        "add_do": plural_pair("Ajouter à {n} réponse", "Ajouter à {n} réponses"),
        "remove_do": plural_pair("Retirer de {n} réponse", "Retirer de {n} réponses"),
        "validate_do": plural_pair("Valider {n} réponse", "Valider {n} réponses"),
        "nothing_do": plural_pair(
            "Rien à coder dans {n} réponse", "Rien à coder dans {n} réponses"
        ),
        "add_rule": _(
            "Chaque réponse garde ses thèmes (les vôtres si vous l’avez lue, sinon tous ceux que "
            "montre sa ligne, suggérés compris) et reçoit « {label} »."
        ),
        "remove_rule": _(
            "Chaque réponse perd « {label} » et garde ses autres thèmes (les vôtres si vous l’avez "
            "lue, sinon tous ceux que montre sa ligne, suggérés compris)."
        ),
        "validate_rule": _(
            "Chaque réponse retient les thèmes que sa ligne suggère, sans en changer."
        ),
        "nothing_rule": _("Chaque réponse sera sans thème : ni retenu, ni suggéré."),
        "newly_read": plural_pair(
            "{n} réponse que vous n’aviez pas lue comptera comme lue par vous.",
            "{n} réponses que vous n’aviez pas lues compteront comme lues par vous.",
        ),
        "add_same": plural_pair(
            "{n} réponse que vous avez lue le porte déjà : rien n’y change.",
            "{n} réponses que vous avez lues le portent déjà : rien n’y change.",
        ),
        "remove_same": plural_pair(
            "{n} réponse ne le porte pas : rien n’y change.",
            "{n} réponses ne le portent pas : rien n’y change.",
        ),
        "validate_same": plural_pair(
            "{n} réponse est déjà lue ou n’a pas de suggestion : rien n’y change.",
            "{n} réponses sont déjà lues ou n’ont pas de suggestion : rien n’y change.",
        ),
        "nothing_same": plural_pair(
            "{n} réponse que vous avez lue est déjà sans thème : rien n’y change.",
            "{n} réponses que vous avez lues sont déjà sans thème : rien n’y change.",
        ),
        "assigned": plural_pair(
            "{n} réponse est confiée à d’autres par le plan de codage : rien n’y change.",
            "{n} réponses sont confiées à d’autres par le plan de codage : rien n’y change.",
        ),
        "one_gesture": _("C’est un seul geste : « Annuler » le reprend tout entier."),
        "add_no_effect": _("Vous avez lu toutes ces réponses, et elles portent déjà « {label} »."),
        "remove_no_effect": _("Aucune de ces réponses ne porte « {label} »."),
        "validate_no_effect": _("Aucune de ces réponses n’a de suggestion à valider."),
        "nothing_no_effect": _("Vous avez lu toutes ces réponses, et elles sont déjà sans thème."),
        "add_done": plural_pair(
            "« {label} » ajouté à {n} réponse.",
            "« {label} » ajouté à {n} réponses.",
        ),
        "remove_done": plural_pair(
            "« {label} » retiré de {n} réponse.",
            "« {label} » retiré de {n} réponses.",
        ),
        "validate_done": plural_pair("{n} réponse validée.", "{n} réponses validées."),
        "nothing_done": plural_pair(
            "Rien à coder dans {n} réponse.", "Rien à coder dans {n} réponses."
        ),
        "now_read": plural_pair(
            "{n} compte maintenant comme lue par vous.",
            "{n} comptent maintenant comme lues par vous.",
        ),
        "undo": _("Annuler"),
        "undone": _("Le geste est repris tout entier."),
        "nothing_to_undo": _("Rien à annuler ici ; « Une à une » reprend les gestes plus anciens."),
        # when things go wrong
        "away": _("Le serveur ne répond pas : nouvel essai en cours."),
        "refused": _("La demande n’a pas abouti : rechargez la page."),
    }
