"""What the board says, by the names that its modules use; [one, several] where it counts `n`."""

from collections.abc import Mapping

from verbatims.language import _, plural_pair, spoken

Words = Mapping[str, str | list[str]]


def words() -> Words:
    """In the reader's language, whose name goes with them."""
    return {
        "language": spoken(),
        # what is where
        "board": _("Codage : verbatim, thèmes et respondant"),
        "verbatim": _("Verbatim"),
        "text": _("Texte du verbatim"),
        "themes": _("Thèmes"),
        "actions": _("Actions"),
        "beside": _("Autour du verbatim"),
        "respondent": _("Répondant"),
        "closed": _("Réponses fermées"),
        "others": _("Ses autres réponses"),
        "similar": _("Verbatims proches"),
        # the verbatim
        "read_already": _("Déjà lu"),
        "read_changed": _("Déjà lu, modifié sans être validé"),
        "blind": _("Lecture en aveugle"),
        "blind_others": _("Ce que les autres ont codé se verra quand chacun aura lu ce verbatim."),
        "blind_machine": _(
            "Ni les suggestions de la machine ni ce que les autres ont codé ne se voient "
            "avant que chacun ait lu ce verbatim."
        ),
        "accepted": _("Accepté par la machine, sans lecture : {themes}"),
        "why": plural_pair("Pourquoi — {n} suggestion", "Pourquoi — {n} suggestions"),
        "percent": _("{n}\u202f%"),
        "between": _(" ; "),
        "own_passage": _("passage codé à la main"),
        "kept_count": plural_pair("{n} retenu", "{n} retenus"),
        "nothing_kept": _("Aucun thème retenu"),
        "none": _("aucun"),
        "told": _("{text} Thèmes retenus : {themes}."),
        "alike": plural_pair("+ {n} réponse identique", "+ {n} réponses identiques"),
        "alike_none": _("Réponses identiques : aucune"),
        "alike_title": plural_pair(
            "{n} autre réponse dit la même chose",
            "{n} autres réponses disent la même chose",
        ),
        "alike_help": _(
            "Celles qui sont cochées recevront les mêmes thèmes quand vous validerez ce verbatim."
        ),
        "tick_all": _("Tout cocher"),
        "untick_all": _("Tout décocher"),
        "coded_by": _("codé par {coder}"),
        "open": _("Voir ce verbatim"),
        "memo": _("Mémo"),
        "memo_hint": _("Remarque de codage : Entrée l’enregistre, Maj+Entrée va à la ligne"),
        "memo_saved": _("Mémo enregistré."),
        "before": _("Ce qui est dit avant"),
        "after": _("Ce qui est dit après"),
        # actions
        "enter": _("Entrée"),
        "escape": _("Échap"),
        "shift": _("Maj"),
        "validate": _("Valider"),
        "nothing": _("Rien à coder"),
        "back": _("Précédent"),
        "skip": _("Passer"),
        "undo": _("Annuler"),
        "undo_title": _("Annuler le dernier geste (Ctrl+Z)"),
        "undo_none": _("Il n’y a plus rien à annuler."),
        "undone": _("Annulé."),
        "redo": _("Rétablir"),
        "redo_title": _("Rétablir le geste annulé (Ctrl+Maj+Z)"),
        "redo_none": _("Il n’y a rien à rétablir."),
        "redone": _("Rétabli."),
        "star": _("Citation"),
        "star_title": _("Retenir comme citation (Maj+C)"),
        "starred": _("Retenu comme citation."),
        "unstarred": _("Retiré des citations."),
        "flag": _("À discuter"),
        "flag_title": _("Signaler comme à discuter (Maj+D)"),
        "flagged": _("Signalé comme à discuter."),
        "unflagged": _("N’est plus à discuter."),
        "help": _("Touches du clavier"),
        "help_title": _("Touches du clavier (?)"),
        "close": _("Fermer"),
        # themes
        "search": _("Chercher un thème"),
        "search_hint": _("Chercher un thème (touche /)"),
        "none_found": _("Aucun thème ne commence ainsi."),
        "kept_already": _("retenu"),
        "candidate": _("à l’essai"),
        "theme_sheet": _("Fiche du thème"),
        "definition": _("Définition"),
        "include": _("Inclure"),
        "exclude": _("Exclure"),
        "examples": _("Exemples"),
        "quoted": _("«\u00a0{text}\u00a0»"),
        "undefined": _("Ce thème n’a pas encore de définition."),
        "retain": _("Retenir ce thème"),
        "drop": _("Ne plus retenir ce thème"),
        "sheet_keys": _(
            "La touche d’un thème montre sa fiche, ↑ et ↓ passent à la voisine, Échap "
            "revient au verbatim."
        ),
        # passages
        "passage": _("Passage"),
        "passage_hint": _(
            "«\u00a0{words}\u00a0» : la touche d’un thème code ce passage, Échap le laisse"
        ),
        "passage_start": _(
            "Passage : flèches pour aller de mot en mot, Maj et flèches pour l’étendre, "
            "puis la touche d’un thème."
        ),
        "passage_coded": _("Passage codé."),
        "passage_removed": _("Passage retiré."),
        "adjust": _("Ajuster ce passage"),
        "remove": _("Retirer ce passage"),
        # keys
        "keys": _("Touches du clavier"),
        "key_validate": _("valider les thèmes retenus et passer au verbatim suivant"),
        "key_nothing": _("rien à coder dans ce verbatim, et suivant"),
        "key_toggle": _("retenir ou retirer un thème"),
        "key_search": _("chercher un thème par le début de ses mots"),
        "key_skip": _("passer sans décider"),
        "key_back": _("revenir au précédent"),
        "key_undo": _("annuler le dernier geste sur ce verbatim, puis les décisions précédentes"),
        "key_redo": _("rétablir ce qui a été annulé"),
        "key_memo": _("écrire un mémo ; Entrée l’enregistre, Maj+Entrée va à la ligne"),
        "key_star": _("retenir comme citation"),
        "key_flag": _("signaler comme à discuter"),
        "key_passage": _("choisir un passage au clavier"),
        "key_sheet": _("fiche du thème : définition, inclure, exclure"),
        "key_help": _("ces touches"),
        "key_leave": _("revenir au verbatim"),
        "passages_help": _(
            "Choisissez un passage à la souris, ou au clavier : flèches de mot en mot, "
            "Maj et flèches pour l’étendre, ↑ et ↓ d’idée en idée. Puis la touche d’un thème le "
            "code ; sur un passage déjà codé, elle l’ajuste ; sur le même, elle le retire."
        ),
        "single_keys": _(
            "Entendre ces touches partout dans la page, pas seulement dans le cadre du verbatim"
        ),
        # what is saved
        "progress": _("{read} / {scope} lues"),
        "coded_as": _("Codé par {coder}"),
        "saved": _("Tout est enregistré"),
        "saving": plural_pair("{n} en cours d’enregistrement", "{n} en cours d’enregistrement"),
        "waiting": plural_pair(
            "{n} en attente : le serveur ne répond pas. Continuez, rien n’est perdu.",
            "{n} en attente : le serveur ne répond pas. Continuez, rien n’est perdu.",
        ),
        "waiting_open": plural_pair(
            "{n} en attente : le serveur ne répond pas. Gardez cette page ouverte.",
            "{n} en attente : le serveur ne répond pas. Gardez cette page ouverte.",
        ),
        "waiting_expired": plural_pair(
            "{n} en attente : votre accès a expiré. Rechargez la page, rien n’est perdu.",
            "{n} en attente : votre accès a expiré. Rechargez la page, rien n’est perdu.",
        ),
        "refused": plural_pair("{n} geste refusé : voir", "{n} gestes refusés : voir"),
        "refused_title": plural_pair(
            "{n} geste n’a pas été enregistré", "{n} gestes n’ont pas été enregistrés"
        ),
        "see_verbatim": _("Revoir ce verbatim"),
        "understood": _("J’ai compris"),
        "codebook_changed": _("La grille a changé : vous avez la nouvelle."),
        "of_another": plural_pair(
            "{n} décision de {coder} attend dans ce navigateur : reprenez sous ce nom pour "
            "l’envoyer.",
            "{n} décisions de {coder} attendent dans ce navigateur : reprenez sous ce nom pour les "
            "envoyer.",
        ),
        # nothing on the desk
        "loading": _("Les verbatims arrivent…"),
        "unreachable": _(
            "Le serveur ne répond pas. Ce qui est fait est gardé ; la suite viendra d’elle-"
            "même dès qu’il répondra."
        ),
        "expired": _("Votre accès a expiré. Rechargez la page : rien n’est perdu."),
        "no_match": _("Aucun verbatim ne correspond à ces filtres."),
        "no_match_advice": _("Élargissez la recherche, ou choisissez « Tous » comme statut."),
        "list_end": _("Vous êtes au bout de cette liste."),
        "all_read": plural_pair(
            "La réponse de cette liste est lue.",
            "Les {n} réponses de cette liste sont lues.",
        ),
        "see_passed": plural_pair("Revoir la réponse passée", "Revoir les {n} réponses passées"),
        "see_results": _("Voir les résultats"),
    }
