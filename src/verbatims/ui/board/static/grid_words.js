// Texts made safe for HTML; words looked for, marked whatever their case and accents.

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const escape = (text) => String(text).replace(/[&<>"']/g, (sign) => SIGNS[sign]);

const folded = (sign) =>
  sign.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace("œ", "oe").replace("æ", "ae");

// A text blind to case and accents, and for each of its signs the place it comes from.
function fold(text) {
  let key = "";
  const from = [];
  for (let place = 0; place < text.length; ) {
    const sign = String.fromCodePoint(text.codePointAt(place));
    const own = folded(sign);
    for (let n = 0; n < own.length; n += 1) from.push(place);
    key += own;
    place += sign.length;
  }
  from.push(text.length);
  return { key, from };
}

export const foldedText = (text) => fold(text).key;

// The text for HTML, where each word looked for is marked.
export function found(text, search) {
  const wanted = foldedText(search).split(/\s+/).filter(Boolean);
  if (!wanted.length) return escape(text);
  const { key, from } = fold(text);
  const marked = new Uint8Array(text.length);
  for (const word of wanted)
    for (let at = key.indexOf(word); at >= 0; at = key.indexOf(word, at + word.length))
      marked.fill(1, from[at], from[at + word.length]);
  let html = "";
  for (let start = 0, end = 0; start < text.length; start = end) {
    while (end < text.length && marked[end] === marked[start]) end += 1;
    const piece = escape(text.slice(start, end));
    html += marked[start] ? `<mark>${piece}</mark>` : piece;
  }
  return html;
}
