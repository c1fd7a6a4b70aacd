/** XML as text: elements, attributes, and nothing that could break out of them. */

type Attributes = Record<string, string | number>;

const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n';

export const document = (root: string): string => `${DECLARATION}${root}\n`;

/** Write an element; *content* is text, or elements that are written already. */
export function element(name: string, content: Content = "", attributes: Attributes = {}): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inside = Array.isArray(content) ? content.join("") : escaped(content);
  const opening = `${name}${written.join("")}`;
  return inside === "" ? `<${opening} />` : `<${opening}>${inside}</${name}>`;
}

export type Content = string | number | string[];

/** Write one child a key, in the order of the keys. */
export function children(values: Record<string, string | number>): string[] {
  return Object.entries(values).map(([name, value]) => element(name, value));
}

function escaped(text: string | number): string {
  return String(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
