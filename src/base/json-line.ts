import { INVISIBLE_CHARACTERS } from './visible.js';

/**
 * Formats a value as JSON that is safe for logs, terminals and editors. JSON allows C1 controls, line and paragraph
 * separators and bidi marks unescaped, but terminals interpret the first, `splitlines` breaks lines at the second and
 * editors reorder text at the last. As escapes they mean the same to every parser.
 */
export const formatJson = (value: unknown): string => escapeJson(JSON.stringify(value));

/** Formats a value as one line of JSON. */
export const formatJsonLine = (value: unknown): string => `${formatJson(value)}\n`;

/** Escapes these characters in JSON text that is already formatted. Line breaks between its values stay. */
export const escapeJson = (json: string): string =>
  json.replace(INVISIBLE_CHARACTERS, (character) =>
    LINE_BREAKS.has(character) ? character : escapeCharacters(character),
  );

const LINE_BREAKS: ReadonlySet<string> = new Set(['\n', '\r', '\t']);

function escapeCharacters(character: string): string {
  let text = '';
  for (let at = 0; at < character.length; at += 1)
    text += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  return text;
}
