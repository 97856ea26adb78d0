import { visible } from './visible.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const ADDRESS_CHARACTERS = 2_048;

/** The one door for text on its way into HTML, as content or inside a quoted attribute. */
export function escapeHtml(text: string, most?: number): string {
  return visible(text, most).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** The address where it is a web address over TLS, escaped; undefined where it is anything else. */
export function httpsAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, username, password, href } = new URL(address);
  const plain =
    protocol === 'https:' && username === '' && password === '' && href.length <= ADDRESS_CHARACTERS;
  return plain ? escapeHtml(href, ADDRESS_CHARACTERS) : undefined;
}
