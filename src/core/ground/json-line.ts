import { UNSEEN } from './visible.js';

/**
 * The escaper of JSON, of the log too, for whatever reads it next. JSON leaves C1 controls, line and paragraph separators and
 * bidi marks as they are: a terminal acts on the first, `splitlines` breaks at the second, an editor turns text around at
 * the last. As escapes they say the same to every parser.
 */
export const jsonText = (value: unknown): string => escapeJson(JSON.stringify(value));

/** One value on one line. */
export const jsonLine = (value: unknown): string => `${jsonText(value)}\n`;

/** Of JSON that is written already: what stands raw in its texts. What breaks its lines stands between them. */
export const escapeJson = (json: string): string =>
  json.replace(UNSEEN, (character) => (BETWEEN.has(character) ? character : escaped(character)));

const BETWEEN: ReadonlySet<string> = new Set(['\n', '\r', '\t']);

function escaped(character: string): string {
  let text = '';
  for (let at = 0; at < character.length; at += 1)
    text += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  return text;
}
