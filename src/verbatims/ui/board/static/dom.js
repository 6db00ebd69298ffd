// What the page is made of: elements, and sentences with their figures.

const LOCALES = { fr: "fr-FR", en: "en-GB" };

/** An element: `on` holds its listeners, `data` its data attributes; the rest are attributes. */
export function el(tag, { on = {}, data = {}, text, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  Object.assign(made.dataset, data);
  for (const [event, heard] of Object.entries(on)) made.addEventListener(event, heard);
  if (text !== undefined) made.textContent = text;
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** `words` by name, each a sentence or its [singular, plural] → sentences with their figures, in
    the language that the words name. */
export function speaking(words) {
  const forms = new Intl.PluralRules(words.language);
  const figures = new Intl.NumberFormat(LOCALES[words.language]);
  const shown = (value) => (typeof value === "number" ? figures.format(value) : (value ?? ""));
  return (name, values = {}) => {
    const said = words[name];
    const sentence = Array.isArray(said) ? said[forms.select(values.n) === "one" ? 0 : 1] : said;
    return sentence.replace(/\{(\w+)\}/g, (_, key) => shown(values[key]));
  };
}

/** Write a text only where it differs: what has not changed is not read aloud again. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** What the browser remembers of the coder's taste, null when nothing. */
export function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // forbidden or full: it will be asked again
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // nothing is stored
  }
}

/** The next frame has been drawn; a hidden page draws none. */
export function afterFrame(then) {
  if (document.hidden) return setTimeout(then);
  const channel = new MessageChannel();
  channel.port1.onmessage = then;
  requestAnimationFrame(() => channel.port2.postMessage(0));
}
