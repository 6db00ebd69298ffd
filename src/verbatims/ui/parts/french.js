// Streamlit speaks only English: tell the browser in which language the page is, and in French put
// its own words into French wherever they appear.
const WORDS = new Map([
  ["Upload", "Choisir un fichier"],
  ["Browse files", "Choisir un fichier"],
  ["Drag and drop file here", "Ou déposez-le ici"],
  ["Drag and drop files here", "Ou déposez-les ici"],
  ["No results", "Aucun résultat"],
  ["No options to select", "Aucun choix"],
  ["No options to select.", "Aucun choix."],
  ["Choose options", "Choisir"],
  ["Choose an option", "Choisir"],
  ["Select all", "Tout choisir"],
  ["Press Enter to apply", "Entrée pour appliquer"],
  ["Press Ctrl+Enter to apply", "Ctrl+Entrée pour enregistrer"],
  ["Press ⌘+Enter to apply", "⌘+Entrée pour enregistrer"],
  ["Press Enter to submit form", "Entrée pour valider"],
  ["Press Ctrl+Enter to submit form", "Ctrl+Entrée pour valider"],
  ["App pages", "Étapes"],
  ["Clear all", "Tout effacer"],
  ["Close fullscreen", "Quitter le plein écran"],
  ["Copied", "Copié"],
  ["Copy to clipboard", "Copier"],
  ["Copy Vega-Lite spec", "Copier la description du graphique"],
  ["Dismiss", "Fermer"],
  ["Download as CSV", "Télécharger en CSV"],
  ["Download as PNG", "Télécharger en PNG"],
  ["file upload", "Dépôt de fichier"],
  ["Fullscreen", "Plein écran"],
  ["Open", "Ouvrir"],
  ["Search", "Rechercher"],
  ["Selected values", "Choix"],
  ["Show chart", "Voir le graphique"],
  ["Show data", "Voir les données"],
  ["Show/hide columns", "Choisir les colonnes"],
  ["Skip to main content", "Aller au contenu"],
  ["Connection error", "Connexion perdue"],
  ["Connecting", "Connexion…"],
  ["CONNECTING", "Connexion…"],
  ["Running...", "En cours…"],
  ["Stop", "Arrêter"],
  ["Sort ascending", "Trier, croissant"],
  ["Sort descending", "Trier, décroissant"],
  ["Autosize", "Ajuster la largeur"],
  ["Hide column", "Masquer la colonne"],
  ["Pin column", "Figer la colonne"],
  ["Unpin column", "Libérer la colonne"],
  ["Statistics", "Statistiques"],
  ["Format", "Présentation"],
  ["Automatic", "Automatique"],
  ["Localized", "À la française"],
  ["Plain", "Brute"],
  ["Compact", "Abrégée"],
  ["Percent", "Pourcentage"],
  ["Scientific", "Scientifique"],
  ["Accounting", "Comptable"],
  ["ENTER", "Entrée"], ["Enter", "Entrée"],
]);
const UNITS = { B: "o", KB: "ko", MB: "Mo", GB: "Go" };
const PATTERNS = [
  [/^(\d+)\s?MB per file(.*)$/, (_, size, rest) => `${size} Mo au plus${rest}`],
  [/^([\d.]+)\s?(B|KB|MB|GB)$/, (_, size, unit) => `${size.replace(".", ",")} ${UNITS[unit]}`],
  [/^Shortcut (.*)$/, (_, key) => `Touche ${french(key)}`],
  [/^Fullscreen: (.*)$/, (_, name) => `Plein écran : ${name}`],
  [/^(\d+) options? available\.$/, (_, count) => `${count} choix.`],
  [/^(?:Sub)?[Tt]itle text '(.*)'$/, (_, words) => words],
  [/^X-axis titled '(.*)' for .*$/, (_, title) => `Axe horizontal : ${title}`],
  [/^Y-axis for a discrete scale with (\d+) values: (.*)$/, (_, count, names) => `Axe vertical, ${count} lignes : ${names.replace("ending with", "jusqu’à")}`],
  [/^Remove (.*)$/, (_, name) => `Retirer ${name}`],
  [/^(?:(\w+): )?This app has encountered an error\..*$/s, (_, kind) => `${kind ?? "Erreur"} : erreur inattendue ; le détail est dans le terminal qui sert l’application.`],
  [/^Limit (\d+)\s?MB per file(.*)$/, (_, size, rest) => `${size} Mo au plus${rest}`],
];
const OURS = ".stHtml, [data-testid=stMarkdownContainer], textarea, pre, code, style";
const THEIRS = "[data-testid=stException], [data-testid=stFileUploader] section, [data-testid=stTooltipContent]";
const ATTRIBUTES = ["aria-label", "title", "placeholder"];

function ours(element) {
  return element?.closest(OURS) && !element.closest(THEIRS);
}

function french(words) {
  const text = words.trim();
  if (WORDS.has(text)) return words.replace(text, WORDS.get(text));
  for (const [pattern, say] of PATTERNS) if (pattern.test(text)) return text.replace(pattern, say);
  return words;
}

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const said = french(node.nodeValue);
    if (said !== node.nodeValue && !ours(node.parentElement)) node.nodeValue = said;
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE || (node.matches(OURS) && ours(node))) return;
  for (const name of ATTRIBUTES) {
    const words = node.getAttribute(name);
    if (words && french(words) !== words) node.setAttribute(name, french(words));
  }
  node.childNodes.forEach(translate);
}

export default function ({ data }) {
  document.documentElement.lang = data.lang;
  // what opens over the page is outside of the app, and would be light in the dark
  document.documentElement.style.colorScheme = getComputedStyle(document.querySelector(".stApp")).colorScheme;
  if (data.lang !== "fr") {
    window.verbatimsFrench?.disconnect();
    window.verbatimsFrench = null;
    return;
  }
  if (window.verbatimsFrench) return;
  translate(document.body);
  window.verbatimsFrench = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") translate(change.target);
      else change.addedNodes.forEach(translate);
    }
  });
  window.verbatimsFrench.observe(document.body, { childList: true, characterData: true, subtree: true });
}
